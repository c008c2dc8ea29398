"""Measurement forms: blank, or with the name and the own activities of each patient.

The items of the CPAQ-8, PHQ-9 and GAD-7 are printed where the centre has written them in its own
words of papers, and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents.measures import MeasureForm, OwnItems
from painprogram.documents.measures import measure_forms as draw_forms
from painprogram.domain.errors import Refused
from painprogram.domain.papers import Kind, Wanted
from painprogram.domain.patients import Access, Patient
from painprogram.domain.progress import Progress
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import CentreRow, EnrolmentRow, GroupRow
from painprogram.usecases import (
    approvals,
    commitments,
    paper_faces,
    paper_places,
    paper_words,
    patients,
    schedule_batches,
    translations,
)
from painprogram.usecases.centres import as_centre
from painprogram.usecases.paper_batch import Batch, Item
from painprogram.usecases.paper_patients import named_order
from painprogram.usecases.programmes import content_of
from painprogram.usecases.sheets import language_of

__all__ = ["measures"]

INSTRUMENTS = (
    ("measures.cpaq8", "CPAQ-8", 6),
    ("measures.phq9", "PHQ-9", 3),
    ("measures.gad7", "GAD-7", 3),
)
"""The centre's own texts: key, name, and the highest answer."""


def measures(database: Database, progress: Progress, wanted: Wanted, today: date) -> Batch:
    """A form for each of the places that are wanted; one blank form of a group without any."""
    progress.report(0)
    with database.read_patients(_("Print measurement form")) as db:
        saw(db, ())
        places = {
            row.id: row for row in schedule_batches.places(db, paper_places.places(db, wanted))
        }
        people = patients.several(db, {row.patient_id for row in places.values()})
        saw(db, people)
        items = [_item(db, row, people[row.patient_id], wanted, today) for row in places.values()]
        if not items:
            items = [_blank(db, wanted, today)]
    items.sort(key=lambda item: item.by_name)
    return Batch(Kind.MEASURES.label, tuple(items), _drawn)


def _drawn(items: Sequence[Item], progress: Progress) -> bytes:
    return draw_forms([item.content for item in items], progress)


def _item(db: Db, row: EnrolmentRow, one: Patient, wanted: Wanted, today: date) -> Item:
    language = language_of(wanted.language, one.language)
    large = wanted.large or Access.LARGE_PRINT in one.access
    form, missing = _form(db, row.group, one.centre_id, language, today, (row, one))
    form = replace(form, large=large)
    foreign = language != "sv"
    if foreign and (wanted.twin or approvals.needs_twin(db, one.centre_id, language)):
        twin, _none = _form(db, row.group, one.centre_id, "sv", today, (row, one))
        form = replace(form, twin=twin)
    return Item(
        content=form,
        language=language,
        centre_id=one.centre_id,
        name=f"{Kind.MEASURES.label} {row.group.name}",
        by_name=named_order(one),
        patient_id=one.id,
        of_id=row.group_id,
        missing=missing,
    )


def _blank(db: Db, wanted: Wanted, today: date) -> Item:
    """Of a group in which nobody has a place yet."""
    group = db.get(GroupRow, wanted.group) if wanted.group else None
    if group is None:
        raise Refused(_("Choose the patient or the group that the form is for."))
    language = wanted.language or i18n.language()
    form, missing = _form(db, group, group.centre_id, language, today, None)
    return Item(
        content=replace(form, large=wanted.large),
        language=language,
        centre_id=group.centre_id,
        name=f"{Kind.MEASURES.label} {group.name}",
        of_id=group.id,
        missing=missing,
    )


def _form(
    db: Db,
    group: GroupRow,
    centre_id: UUID,
    language: str,
    today: date,
    whose: tuple[EnrolmentRow, Patient] | None,
) -> tuple[MeasureForm, tuple[str, ...]]:
    """The form, and the Swedish words on it that have no translation."""
    centre = db.get_one(CentreRow, centre_id)
    say = translations.translator(
        db, language, (centre.id, group.centre_id), whose[0].id if whose else None
    )
    words = paper_words.of_centre(db, centre.id, language, say.words)
    with i18n.using(language):
        programme = content_of(group.programme_version)
        form = MeasureForm(
            centre=centre.name,
            programme=say.text(programme.public_name or programme.name),
            training=words.text("measures.training"),
            everyday=words.text("measures.everyday"),
            activities=tuple(say.words(each) for each in _activities(db, whose)),
            own=tuple(
                OwnItems(name, lines, best)
                for key, name, best in INSTRUMENTS
                if (lines := words.lines(key))
            ),
            patient=whose[1].name if whose else "",
            masked_number=whose[1].identity.masked if whose else "",
            edition=group.programme_version.number,
            printed=today,
            language=language,
            large=False,
            face=paper_faces.on_paper(paper_faces.of_centre(db, centre.id), as_centre(centre)),
        )
    return form, say.missing


def _activities(db: Db, whose: tuple[EnrolmentRow, Patient] | None) -> list[str]:
    """The goals that were scored when they were agreed; the scores stay off the paper."""
    if whose is None:
        return []
    promised = commitments.load(db, whose[0].id)
    return [goal for goal, score in promised.scored if score is not None]
