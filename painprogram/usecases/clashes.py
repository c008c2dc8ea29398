"""What stands against the schedule: every clash, with what it clashes with, in words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.domain.clashes import Clash, ClashKind, Occasion, clashes, on_closed_days
from painprogram.i18n import _, ngettext
from painprogram.storage.database import Database
from painprogram.storage.tables import RoomRow, StaffRow
from painprogram.usecases import occasions
from painprogram.usecases.centres import closures_of


@dataclass(frozen=True, slots=True)
class Found:
    """A clash for a list: where it is, what it is about, and what it clashes with."""

    kind: ClashKind
    occasion: UUID
    other: UUID | None
    centre_id: UUID
    start: datetime
    title: str
    """``Avslappning 3 (H26 A), tis 10 nov 13.00``"""
    text: str
    """``Anna Berg har Enskilt besök (H26 B) 13.30–14.15 samtidigt.``"""
    other_text: str = ""
    """The same as seen from *other*."""
    other_centre_id: UUID | None = None

    def touches(self, key: UUID) -> bool:
        """Whether the session or visit *key* is one of those involved."""
        return key in (self.occasion, self.other)

    def against(self, key: UUID) -> str:
        """What stands against *key*, one of the two, in a sentence."""
        return self.other_text if key == self.other else self.text


def found(
    database: Database,
    first: date,
    last: date,
    centre_id: UUID | None = None,
) -> tuple[Found, ...]:
    """Every clash from *first* to *last*; all centres are looked at, one may be shown.

    Patients are not named: the list is no reading of their data. Who it is, stands on the card
    of the patient.
    """
    with database.read() as db:
        return found_in(db, first, last, centre_id)


def found_in(db: Db, first: date, last: date, centre_id: UUID | None = None) -> tuple[Found, ...]:
    held = occasions.load(db, first, last)
    known = _Known(db, [one.occasion for one in held.values()])
    every = list(clashes(known.occasions, ()))
    by_centre: dict[UUID, list[Occasion]] = defaultdict(list)
    for one in held.values():
        by_centre[one.centre_id].append(one.occasion)
    for centre, there in by_centre.items():
        every += on_closed_days(there, closures_of(db, centre, first, last))
    if centre_id:
        every = [
            clash
            for clash in every
            if held[clash.occasion].centre_id == centre_id
            or (clash.other and held[clash.other].centre_id == centre_id)
        ]
    told = [
        Found(
            clash.kind,
            clash.occasion,
            clash.other,
            held[clash.occasion].centre_id,
            held[clash.occasion].occasion.start,
            known.where(clash.occasion),
            known.sentence(clash),
            known.sentence(_turned(clash)) if clash.other else "",
            held[clash.other].centre_id if clash.other else None,
        )
        for clash in every
    ]
    return tuple(sorted(told, key=lambda f: (f.start, f.title, f.text)))


def against(
    db: Db,
    planned: Iterable[Occasion],
    centre_id: UUID,  # noqa: ARG001 -- people and rooms are taken whichever centre wants them
    first: date,
    last: date,
) -> dict[UUID, str]:
    """By planned occasion: the first thing that stands against it between *first* and *last*."""
    new = tuple(planned)
    ours = {occasion.id for occasion in new}
    others = [held.occasion for held in occasions.load(db, first, last).values()]
    known = _Known(db, [*others, *new])
    said: dict[UUID, str] = {}
    for clash in clashes(known.occasions, ()):
        if clash.occasion in ours:
            said.setdefault(clash.occasion, known.sentence(clash))
        elif clash.other in ours:
            said.setdefault(clash.other, known.sentence(_turned(clash)))
    return said


def _turned(clash: Clash) -> Clash:
    """The same clash as seen from the other one."""
    assert clash.other  # noqa: S101 -- asked of pairs only
    return replace(clash, occasion=clash.other, other=clash.occasion)


class _Known:
    """The occasions of a stretch of time, and the names that sentences about them need."""

    def __init__(self, db: Db, held: Iterable[Occasion]) -> None:
        self.occasions = tuple(held)
        self._by_key = {occasion.id: occasion for occasion in self.occasions}
        self._names = {row.id: row.name for row in db.execute(select(StaffRow.id, StaffRow.name))}
        self._names |= {row.id: row.name for row in db.execute(select(RoomRow.id, RoomRow.name))}

    def where(self, key: UUID) -> str:
        occasion = self._by_key[key]
        return _("{title}, {day} {time}").format(
            title=occasion.title,
            day=i18n.day_short(occasion.start.date()),
            time=i18n.clock(occasion.start),
        )

    def sentence(self, clash: Clash) -> str:
        about = self._names.get(clash.about, "") if clash.about else ""
        if clash.other:
            other = self._by_key[clash.other]
            when = i18n.clock_range(other.start, other.end)
            if clash.kind is ClashKind.PATIENT:
                many = int(clash.detail)
                return ngettext(
                    "A patient has {other} {time} at the same time.",
                    "{number} patients have {other} {time} at the same time.",
                    many,
                ).format(number=many, other=other.title, time=when)
            return _("{about} has {other} {time} at the same time.").format(
                about=about, other=other.title, time=when
            )
        if clash.kind is ClashKind.NEEDS:
            return _("No {profession} leads it.").format(profession=clash.detail)
        if clash.kind is ClashKind.SEATS:
            taken, seats = clash.detail.split("/")
            return _("{room} has {seats} seats; {taken} are expected.").format(
                room=about, seats=seats, taken=taken
            )
        return _("The centre is closed: {reason}.").format(reason=clash.detail)
