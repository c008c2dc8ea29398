"""Letters to patients: who needs one, what stands in it, and that it was sent.

A summons tells of the first time ahead, a change or a cancellation of what is no longer as the
patient was told (see ``letters_told``), a waiting-list letter of the referral.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents import letter as paper
from painprogram.documents.letter import Letter
from painprogram.domain.errors import Refused
from painprogram.domain.names import folded
from painprogram.domain.papers import LetterKind, Wanted
from painprogram.domain.patients import Patient
from painprogram.domain.progress import Progress
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import EnrolmentRow, PaperPrintRow
from painprogram.usecases import approvals, letters_receivers, letters_waiting, patients, sheets
from painprogram.usecases.calibrating import calibration
from painprogram.usecases.letters_content import Writing
from painprogram.usecases.letters_receivers import Receiver
from painprogram.usecases.paper_batch import Batch, Item

__all__ = ["Needed", "calibration", "letter", "who_needs_letters"]


@dataclass(frozen=True, slots=True)
class Needed:
    """A patient who does not know of something, and which letter tells of it."""

    enrolment_id: UUID
    patient_id: UUID
    name: str
    kind: LetterKind
    """A cancellation where nothing else has changed."""
    changes: int
    first: datetime
    """When the earliest of what has changed is held, or was to be."""
    told_on: date | None = None
    """The day of the last paper; None: there was none."""


def who_needs_letters(database: Database, group_id: UUID, today: date) -> tuple[Needed, ...]:
    """Exactly those whose times ahead are no longer as they were told, in order of name.

    Since their last sheet or letter, by publishing, a pause, or the cancelling of a session or of
    the group.
    """
    with database.read_patients(_("List who needs a letter")) as db:
        found = letters_receivers.touched(db, group_id, today)
        people = patients.several(db, {place.patient_id for place, _changes in found})
        saw(db, people)
    order = {key: folded(f"{one.family_name} {one.given_name}") for key, one in people.items()}
    return tuple(
        Needed(
            place.id,
            place.patient_id,
            people[place.patient_id].name,
            letters_receivers.kind_of(changes),
            len(changes),
            changes[0].start,
            place.known.on,
        )
        for place, changes in sorted(found, key=lambda one: order[one[0].patient_id])
    )


def letter(database: Database, progress: Progress, wanted: Wanted, today: date) -> Batch:
    """The letters that are *wanted*.

    Changes and cancellations of a group go to those who need them (``who_needs_letters``), those
    of a session to all who were to come; a summons to everybody with something ahead.
    """
    progress.report(0)
    with database.read_patients(_("Write letters")) as db:
        if wanted.letter is LetterKind.WAITING:
            found = letters_waiting.written(db, wanted, today)
            told: dict[_About, dict[str, Any]] = {}
        else:
            found, told = _written(db, progress, wanted, today)
        saw(db, (item.patient_id for item in found if item.patient_id))
    if not found:
        raise Refused(_NOBODY[wanted.letter]())
    names = tuple(dict.fromkeys(item.name for item in found))
    name = names[0] if len(names) == 1 else wanted.letter.label

    def remember(to: Database, printed: Sequence[Item]) -> None:
        _remember(to, name, wanted, printed, told)

    return Batch(name, tuple(found), _draw, remember)


_About = tuple[UUID | None, UUID | None]
"""Patient, and what it is about."""
_NOBODY: Mapping[LetterKind, Callable[[], str]] = {
    LetterKind.SUMMONS: lambda: _("Nobody has a time ahead to be summoned to."),
    LetterKind.CHANGE: lambda: _("Nobody needs a letter: their times are as they were told."),
    LetterKind.CANCELLATION: lambda: _(
        "Nobody needs a letter: nothing is cancelled that they do not know of."
    ),
    LetterKind.WAITING: lambda: _("Nobody is on the waiting list."),
}


def _draw(items: Sequence[Item], progress: Progress) -> bytes:
    return paper.letters([item.content for item in items], progress)


def _remember(
    database: Database,
    name: str,
    wanted: Wanted,
    items: Iterable[Item],
    told: Mapping[_About, dict[str, Any]],
) -> None:
    """Not what is for the staff alone: that letter is still to be sent."""
    now = datetime.now(UTC).replace(tzinfo=None)
    with database.change(_("Print {name}").format(name=name), undoable=False) as db:
        for item in items:
            if item.content.staff_note:
                continue
            plain = replace(item.content, dated=date.min, twin=None)
            db.add(
                PaperPrintRow(
                    centre_id=item.centre_id,
                    kind=f"{wanted.kind}.{wanted.letter}",
                    of_id=item.of_id,
                    patient_id=item.patient_id,
                    language=item.language,
                    digest=hashlib.sha256(repr(plain).encode("utf-8", "replace")).hexdigest(),
                    printed_at=now,
                    printed_by=database.actor.name,
                    told=told.get((item.patient_id, item.of_id)),
                )
            )


# What they are told


def _written(
    db: Db, progress: Progress, wanted: Wanted, today: date
) -> tuple[list[Item], dict[_About, dict[str, Any]]]:
    keys = letters_receivers.wanted_places(db, wanted)
    also_off = letters_receivers.cancelled_now(db, wanted)
    of = select(EnrolmentRow.id, EnrolmentRow.patient_id).where(EnrolmentRow.id.in_(keys))
    owners = {key: patient for key, patient in db.execute(of)}  # noqa: C416 -- a Row is no pair
    people = patients.several(db, owners.values())
    languages = {
        key: sheets.language_of(wanted.language, people[owner].language)
        for key, owner in owners.items()
    }
    unreviewed = approvals.unreviewed(db, {one.centre_id for one in people.values()})
    foreign = [
        key
        for key, language in languages.items()
        if (wanted.twin and language != "sv")
        or (people[owners[key]].centre_id, language) in unreviewed
    ]
    copies: dict[UUID, Letter] = {}
    if foreign:
        with i18n.using("sv"):
            writing = Writing(db, "sv", today, wanted)
            for one in letters_receivers.receivers(db, foreign, also_off, wanted, today):
                copies[one.place.id] = writing.letter(one, people[one.place.patient_id])
    items: list[Item] = []
    told: dict[_About, dict[str, Any]] = {}
    here, spoken = i18n.language(), sorted(set(languages.values()))
    for number, language in enumerate(spoken):
        progress.report(number / len(spoken))
        with i18n.using(language):
            writing = Writing(db, language, today, wanted)
            these = [key for key in owners if languages[key] == language]
            for one in letters_receivers.receivers(db, these, also_off, wanted, today):
                patient = people[one.place.patient_id]
                content = replace(writing.letter(one, patient), twin=copies.get(one.place.id))
                items.append(_item(wanted, one, patient, content, writing, here))
                told[patient.id, items[-1].of_id] = one.place.told_now(one.keys)
    return items, told


def _item(
    wanted: Wanted, one: Receiver, patient: Patient, content: Letter, writing: Writing, here: str
) -> Item:
    """Named in the language of whoever prints it, *here*."""
    with i18n.using(here):
        name = _("{letter} {group}").format(
            letter=wanted.letter.label, group=writing.group(one).name
        )
    return Item(
        content,
        writing.language,
        patient.centre_id,
        name,
        (folded(patient.family_name), folded(patient.given_name)),
        one.changes[0].start,
        patient.id,
        wanted.session or one.place.group_id,
        writing.missing,
    )
