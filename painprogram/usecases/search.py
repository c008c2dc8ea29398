"""One field finds everything: patients, groups, colleagues."""

from dataclasses import dataclass
from uuid import UUID

from painprogram import i18n
from painprogram.domain.patients import Found
from painprogram.storage.database import Database
from painprogram.usecases import groups, patients, staff

MOST = 8
SHORTEST = 2
"""Letters before patients are looked for: each look is logged."""


@dataclass(frozen=True, slots=True)
class Hit:
    """*kind* is ``patient``, ``group`` or ``staff``."""

    kind: str
    id: UUID
    title: str
    detail: str


def search(database: Database, text: str, centre_id: UUID) -> tuple[Hit, ...]:
    """What *text* may mean at the centre: the nearest few of each kind."""
    words = text.casefold().split()
    if not words:
        return ()
    found: list[Hit] = []
    if len(text.strip()) >= SHORTEST:
        found += _patients(database, text, centre_id)
    found += [
        Hit("group", group.id, group.name, i18n.date_short(group.start))
        for group in groups.groups(database)
        if _matches(words, f"{group.name} {group.programme_name}")
    ][:MOST]
    found += [
        Hit("staff", person.id, person.name, person.profession.label)
        for person in staff.staff(database)
        if _matches(words, f"{person.name} {person.profession.label}")
    ][:MOST]
    return tuple(found)


def _patients(database: Database, text: str, centre_id: UUID) -> list[Hit]:
    """Each once, with the groups they are in."""
    known: dict[UUID, list[Found]] = {}
    for one in patients.find(database, text, centre_id, most=MOST):
        known.setdefault(one.id, []).append(one)
    return [
        Hit("patient", key, places[0].name, " · ".join([places[0].masked, *_groups(places)]))
        for key, places in known.items()
    ]


def _groups(places: list[Found]) -> list[str]:
    return [place.group_name for place in places if place.group_name]


def _matches(words: list[str], text: str) -> bool:
    parts = text.casefold().split()
    return all(any(part.startswith(word) for part in parts) for word in words)
