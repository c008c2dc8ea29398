"""Pocket cards: the times that lie ahead of each patient, as they were told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents.card import Card, CardTime
from painprogram.documents.card import cards as draw_cards
from painprogram.domain.errors import Refused
from painprogram.domain.papers import Kind, Wanted
from painprogram.domain.patients import Patient
from painprogram.domain.progress import Progress
from painprogram.domain.schedule import Line
from painprogram.domain.sessions import Session
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import CentreRow, EnrolmentRow, StaffRow
from painprogram.usecases import (
    approvals,
    paper_places,
    patients,
    schedule_batches,
    translations,
)
from painprogram.usecases.paper_batch import Batch, Item
from painprogram.usecases.paper_patients import named_order
from painprogram.usecases.sheets import language_of

__all__ = ["card"]


def card(database: Database, progress: Progress, wanted: Wanted, today: date) -> Batch:
    """A card for each of the places that are wanted, in its patient's language."""
    progress.report(0)
    with database.read_patients(_("Print pocket card")) as db:
        keys = paper_places.places(db, wanted)
        places = {row.id: row for row in schedule_batches.places(db, keys)}
        if not places:
            raise Refused(_("Nobody has a place whose times could stand on a card."))
        people = patients.several(db, {row.patient_id for row in places.values()})
        saw(db, people)
        chosen = {
            key: language_of(wanted.language, people[row.patient_id].language)
            for key, row in places.items()
        }
        unreviewed = approvals.unreviewed(db, {one.centre_id for one in people.values()})
        foreign = {key: language for key, language in chosen.items() if language != "sv"}
        twins = [
            key
            for key, language in foreign.items()
            if wanted.twin or (people[places[key].patient_id].centre_id, language) in unreviewed
        ]
        swedish = {item.of: item.card for item in _made(db, places, people, "sv", twins, today)}
        items = [
            replace(made.item, content=replace(made.card, twin=swedish.get(made.of)))
            for language in sorted(set(chosen.values()))
            for these in [[key for key in places if chosen[key] == language]]
            for made in _made(db, places, people, language, these, today)
        ]
    return Batch(Kind.CARD.label, tuple(sorted(items, key=lambda item: item.by_name)), _drawn)


def _drawn(items: Sequence[Item], progress: Progress) -> bytes:
    return draw_cards([item.content for item in items], progress)


@dataclass(frozen=True, slots=True)
class _Made:
    """A card, and the place it is of."""

    of: UUID
    card: Card
    item: Item


def _made(
    db: Db,
    places: Mapping[UUID, EnrolmentRow],
    people: Mapping[UUID, Patient],
    language: str,
    keys: Sequence[UUID],
    today: date,
) -> list[_Made]:
    """The cards of the places *keys* in one language."""
    with i18n.using(language):
        own = schedule_batches.load(db, keys, told=True)
        found = []
        for key in keys:
            row = places[key]
            item = _item(db, row, people[row.patient_id], own[key].lines, today)
            found.append(_Made(key, item.content, item))
        return found


def _item(db: Db, row: EnrolmentRow, one: Patient, lines: Sequence[Line], today: date) -> Item:
    centre = db.get_one(CentreRow, one.centre_id)
    language = i18n.language()
    ahead = [line for line in lines if line.attends and line.start.date() >= today]
    say = translations.translator(db, language, (one.centre_id, row.group.centre_id))
    content = Card(
        centre=centre.name,
        patient=one.name,
        times=tuple(_time(line) for line in ahead),
        phone=_phone(db, one.contact_id or row.group.owner_id) or centre.phone,
        phone_hours=say.words(centre.phone_hours),
        dated=today,
        language=language,
    )
    return Item(
        content=content,
        language=language,
        centre_id=one.centre_id,
        name=f"{Kind.CARD.label} {row.group.name}",
        by_name=named_order(one),
        by_time=ahead[0].start if ahead else None,
        patient_id=one.id,
        of_id=row.group_id,
        missing=say.missing,
    )


def _time(line: Line) -> CardTime:
    held = line.session
    if isinstance(held, Session):
        number = held.number if held.of > 1 else 0
        return CardTime(held.start, held.end, held.kind, number, held.letter, held.room_name)
    return CardTime(held.start, held.end, held.kind, room=held.room_name)


def _phone(db: Db, key: UUID | None) -> str:
    row = db.get(StaffRow, key) if key else None
    return row.phone if row else ""
