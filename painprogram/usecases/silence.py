"""The promise of silence: one for each participant, in that participant's language."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents import silence as paper
from painprogram.documents.silence import Silence
from painprogram.domain.errors import Refused
from painprogram.domain.names import folded
from painprogram.domain.papers import Wanted
from painprogram.domain.patients import Access, Patient
from painprogram.domain.progress import Progress
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import EnrolmentRow, GroupRow
from painprogram.usecases import approvals, paper_faces, paper_words, patients, sheets, translations
from painprogram.usecases.centres import as_centre
from painprogram.usecases.paper_batch import Batch, Item
from painprogram.usecases.programmes import content_of


def silence(database: Database, progress: Progress, wanted: Wanted, today: date) -> Batch:
    """For the participants of a group, or some of them; for a group without any, one to fill in.

    Nobody reads on it who else is in the group.
    """
    progress.report(0)
    with database.read_patients(_("Write promises of silence")) as db:
        places = _places(db, wanted)
        people = patients.several(db, {patient for _key, patient, _group in places})
        saw(db, people)
        found = [_item(db, wanted, group, people[who], today) for _key, who, group in places]
        if not found and wanted.group is not None:
            group = db.get(GroupRow, wanted.group)
            if group is None:
                raise Refused(_("The group is no longer there."))
            found = [_item(db, wanted, group.id, None, today)]
    if not found:
        raise Refused(_("Choose a group, or a patient who has a place in one."))
    names = {item.name for item in found}
    name = found[0].name if len(names) == 1 else wanted.kind.label
    return Batch(name, tuple(found), _draw)


def _draw(items: Sequence[Item], progress: Progress) -> bytes:
    return paper.silences([item.content for item in items], progress)


def _places(db: Db, wanted: Wanted) -> list[tuple[UUID, UUID, UUID]]:
    """Place, patient and group."""
    query = select(EnrolmentRow.id, EnrolmentRow.patient_id, EnrolmentRow.group_id)
    if wanted.places:
        query = query.where(EnrolmentRow.id.in_(wanted.places))
    else:
        query = query.where(EnrolmentRow.last.is_(None))
        if wanted.patient is None and wanted.group is None:
            return []
        if wanted.patient is not None:
            query = query.where(EnrolmentRow.patient_id == wanted.patient)
        if wanted.group is not None:
            query = query.where(EnrolmentRow.group_id == wanted.group)
    return [(row.id, row.patient_id, row.group_id) for row in db.execute(query)]


def _item(db: Db, wanted: Wanted, group_id: UUID, patient: Patient | None, today: date) -> Item:
    group = db.get_one(GroupRow, group_id)
    own = sheets.language_of(wanted.language, patient.language) if patient else None
    language = own or wanted.language or i18n.language()
    content, missing = _content(db, wanted, group, patient, today, language)
    centre_id = patient.centre_id if patient else group.centre_id
    if (wanted.twin and language != "sv") or approvals.needs_twin(db, centre_id, language):
        twin, _none = _content(db, wanted, group, patient, today, "sv")
        content = replace(content, twin=twin)
    return Item(
        content,
        language,
        centre_id,
        _("{kind} {group}").format(kind=wanted.kind.label, group=group.name),
        (folded(patient.family_name), folded(patient.given_name)) if patient else (),
        None,
        patient.id if patient else None,
        group.id,
        missing,
    )


def _content(
    db: Db, wanted: Wanted, group: GroupRow, patient: Patient | None, today: date, language: str
) -> tuple[Silence, tuple[str, ...]]:
    """What stands on it in *language*, and what could not be put into it."""
    with i18n.using(language):
        centre = as_centre(group.centre)
        translator = translations.translator(db, language, [centre.id])
        words = paper_words.of_centre(db, centre.id, language, translator.words)
        programme = content_of(group.programme_version)
        named = translator.text(programme.name)
        filled = {"programme": named, "centre": centre.name}
        content = Silence(
            centre=centre.name,
            group=_("{programme}, group {group}").format(programme=named, group=group.name),
            name="" if patient is None or patient.protected else patient.name,
            opening=words.lines("silence.opening", **filled),
            promises=words.lines("silence.promises"),
            after=words.lines("silence.after"),
            dated=today,
            face=paper_faces.on_paper(paper_faces.of_centre(db, centre.id), centre),
            large=wanted.large or (patient is not None and Access.LARGE_PRINT in patient.access),
            language=language,
        )
        return content, translator.missing
