"""The letter that says that somebody is on the waiting list."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents import dates
from painprogram.documents.letter import Letter
from painprogram.domain.errors import Refused
from painprogram.domain.names import folded
from painprogram.domain.papers import Wanted
from painprogram.domain.patients import Patient
from painprogram.domain.ways import ReferralKind, WayStatus
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.tables import ProgrammeRow, ReferralRow
from painprogram.usecases import approvals, patients, sheets
from painprogram.usecases.letters_content import At, Writing
from painprogram.usecases.paper_batch import Item
from painprogram.usecases.programmes import content_of


def written(db: Db, wanted: Wanted, today: date) -> list[Item]:
    """To the patient, or to everybody of the centre who waits; refused for who doesn't."""
    query = select(
        ReferralRow.id,
        ReferralRow.patient_id,
        ReferralRow.received_on,
        ReferralRow.kind,
        ReferralRow.programme_id,
    ).where(ReferralRow.status == WayStatus.WAITING)
    if wanted.patient is not None:
        query = query.where(ReferralRow.patient_id == wanted.patient)
    elif wanted.centre is not None:
        query = query.where(ReferralRow.centre_id == wanted.centre)
    else:
        raise Refused(_("Choose a patient, or the centre whose waiting list it is."))
    rows = db.execute(query.order_by(ReferralRow.received_on, ReferralRow.id)).all()
    if wanted.patient is not None and not rows:
        saw(db, ())
        raise Refused(_("The patient is not on the waiting list."))
    people = patients.several(db, {row.patient_id for row in rows})
    unreviewed = approvals.unreviewed(db, {one.centre_id for one in people.values()})
    writings: dict[str, Writing] = {}
    items = []
    for row in rows:
        patient = people[row.patient_id]
        language = sheets.language_of(wanted.language, patient.language)
        content = _in(db, writings, language, wanted, today, row, patient)
        missing = writings[language].missing
        if (patient.centre_id, language) in unreviewed or (wanted.twin and language != "sv"):
            twin = _in(db, writings, "sv", wanted, today, row, patient)
            content = replace(content, twin=twin)
        items.append(
            Item(
                content,
                language,
                patient.centre_id,
                wanted.letter.label,
                (folded(patient.family_name), folded(patient.given_name)),
                None,
                patient.id,
                row.id,
                missing,
            )
        )
    return items


def _in(
    db: Db,
    writings: dict[str, Writing],
    language: str,
    wanted: Wanted,
    today: date,
    row: Any,
    patient: Patient,
) -> Letter:
    """The letter in *language*."""
    with i18n.using(language):
        if language not in writings:
            writings[language] = Writing(db, language, today, wanted)
        writing = writings[language]
        at = writing.begin(patient)
        filled = {"programme": _programme(db, row.programme_id, at), "centre": at.centre.name}
        opening = "waiting.own" if row.kind == ReferralKind.OWN else "waiting.opening"
        return writing.framed(
            patient,
            writing.colleague(patient.contact_id),
            heading=at.words.text("waiting.heading"),
            opening=at.words.lines(opening, **filled, day=dates.long(row.received_on)),
            sections=(
                (_("What happens now"), at.words.lines("waiting.next", **filled)),
                (_("When to call us"), at.words.lines("waiting.call", **filled)),
            ),
        )


def _programme(db: Db, key: UUID | None, at: At) -> str:
    """What the programme that is asked for is called to others; empty where any will do."""
    row = db.get(ProgrammeRow, key) if key else None
    if row is None or not row.versions:
        return _("our group programme")
    content = content_of(row.versions[-1])
    return at.translator.text(content.name)
