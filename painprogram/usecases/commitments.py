"""The commitment of a place: text from the programme, own goals and home practice, agreed."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram import i18n
from painprogram.domain.commitments import Commitment, cleaned
from painprogram.domain.errors import Refused
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.changes import expect
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    CommitmentRow,
    EnrolmentRow,
    GroupRow,
    PatientRow,
    ProgrammeVersionRow,
    StaffRow,
)
from painprogram.usecases.programmes import content_of


def commitment(database: Database, enrolment_id: UUID) -> Commitment:
    """The newest version; before one is written, the programme's sentences and nothing agreed."""
    with database.read_patients(_("Open commitment")) as db:
        return load(db, enrolment_id)


def history(database: Database, enrolment_id: UUID) -> tuple[Commitment, ...]:
    """Every version, the newest first."""
    with database.read_patients(_("Open commitment")) as db:
        saw(db, [db.get_one(EnrolmentRow, enrolment_id).patient_id])
        return tuple(
            _as_commitment(row)
            for row in db.scalars(
                _versions(enrolment_id).options(joinedload(CommitmentRow.agreed_staff))
            )
        )


def write(
    database: Database,
    commitment: Commitment,
    *,
    sentences: Sequence[str],
    goals: Sequence[str],
    home: Sequence[str],
) -> Commitment:
    """Write the commitment. One that is agreed stays as it is: a new version follows it.

    Refused where somebody else wrote since *commitment* was shown, or a line is too long.
    """
    wanted = cleaned(tuple(sentences)), cleaned(tuple(goals)), cleaned(tuple(home))
    with database.change(_("Write commitment")) as db:
        row = _newest(db, commitment)
        if row is None or row.agreed_on is not None:
            enrolment = db.get_one(EnrolmentRow, commitment.enrolment_id)
            number = row.number + 1 if row else 1
            row = CommitmentRow(
                patient_id=enrolment.patient_id, enrolment_id=enrolment.id, number=number
            )
            db.add(row)
        row.sentences, row.goals, row.home = (list(lines) for lines in wanted)
        db.flush()
        return _as_commitment(row)


def agree(database: Database, commitment: Commitment, day: date, staff_id: UUID) -> Commitment:
    """Mark the commitment as agreed on *day*, by the patient and this colleague."""
    with database.change(_("Mark commitment as agreed")) as db:
        colleague = db.get_one(StaffRow, staff_id)
        row = _newest(db, commitment)
        if row is None:
            enrolment = db.get_one(EnrolmentRow, commitment.enrolment_id)
            row = CommitmentRow(
                patient_id=enrolment.patient_id,
                enrolment_id=enrolment.id,
                number=1,
                sentences=list(commitment.sentences),
                goals=[],
                home=[],
            )
            db.add(row)
        if row.agreed_on is not None:
            raise Refused(_("The commitment is already agreed."))
        row.agreed_on = day
        row.agreed_by = colleague.id
        db.flush()
        db.expire(row, ["agreed_staff"])
        return _as_commitment(row)


def load(db: Db, enrolment_id: UUID) -> Commitment:
    row = db.scalar(_versions(enrolment_id).limit(1))
    if row is not None:
        return _as_commitment(row)
    found = db.execute(
        select(ProgrammeVersionRow, PatientRow.language, PatientRow.id)
        .join(GroupRow, GroupRow.programme_version_id == ProgrammeVersionRow.id)
        .join(EnrolmentRow, EnrolmentRow.group_id == GroupRow.id)
        .join(PatientRow, PatientRow.id == EnrolmentRow.patient_id)
        .where(EnrolmentRow.id == enrolment_id)
    ).one()
    saw(db, [found.id])
    language = found.language if found.language in i18n.LANGUAGES else "sv"
    with i18n.using(language):
        texts = content_of(found[0]).commitment.sentences
        return Commitment(enrolment_id, sentences=tuple(str(text) for text in texts))


def _versions(enrolment_id: UUID) -> Select[CommitmentRow]:
    return (
        select(CommitmentRow)
        .where(CommitmentRow.enrolment_id == enrolment_id)
        .order_by(CommitmentRow.number.desc())
    )


def _newest(db: Db, shown: Commitment) -> CommitmentRow | None:
    """The row that was shown; refused where another is there by now."""
    row = db.scalar(_versions(shown.enrolment_id).limit(1))
    if row is not None:
        if row.id != shown.id:
            expect(row, -1)
        expect(row, shown.version)
    return row


def _as_commitment(row: CommitmentRow) -> Commitment:
    return Commitment(
        enrolment_id=row.enrolment_id,
        number=row.number,
        sentences=tuple(row.sentences),
        goals=tuple(row.goals),
        home=tuple(row.home),
        agreed_on=row.agreed_on,
        agreed_by=row.agreed_by,
        agreed_by_name=row.agreed_staff.name if row.agreed_staff else "",
        id=row.id,
        version=row.version,
    )
