"""The commitment of a place: text from the programme, own goals and home practice, agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram import i18n
from painprogram.domain.commitments import (
    Commitment,
    Score,
    check_scores,
    cleaned,
    padded,
)
from painprogram.domain.errors import Refused
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.changes import expect
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    CommitmentReviewRow,
    CommitmentRow,
    EnrolmentRow,
    GroupRow,
    PatientRow,
    ProgrammeVersionRow,
    StaffRow,
)
from painprogram.usecases.programmes import content_of

_AT_ONCE = 500
"""Keys in one statement; engines limit the parameters of one."""


def commitment(database: Database, enrolment_id: UUID) -> Commitment:
    """The newest version; before one is written, the programme's sentences and nothing agreed."""
    with database.read_patients(_("Open commitment")) as db:
        return load(db, enrolment_id)


def history(database: Database, enrolment_id: UUID) -> tuple[Commitment, ...]:
    """Every version, the newest first."""
    with database.read_patients(_("Open commitment")) as db:
        saw(db, [db.get_one(EnrolmentRow, enrolment_id).patient_id])
        return tuple(
            as_commitment(row)
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
    scores: Sequence[Score] | None = None,
) -> Commitment:
    """Write the commitment. One that is agreed stays as it is: a new version follows it.

    *scores*: for each of *goals* that is an activity of the PSFS, 0 to 10; without it a goal
    keeps the one it had. Refused where somebody else wrote since *commitment* was shown, or a
    line is too long.
    """
    known = dict(commitment.scored)
    scored = (
        [(goal, known.get(" ".join(goal.split()))) for goal in goals]
        if scores is None
        else zip(goals, padded(scores, len(goals)), strict=True)
    )
    wanted = _checked(
        replace(
            commitment,
            sentences=cleaned(tuple(sentences)),
            home=cleaned(tuple(home)),
            goals=tuple(goals),
        ),
        [(goal, score) for goal, score in scored if goal.strip()],
    )
    with database.change(_("Write commitment")) as db:
        row = newest(db, commitment)
        if row is None or row.agreed_on is not None or _looked_back_on(db, row):
            row = following(db, commitment.enrolment_id, row)
        _fill(row, wanted)
        db.flush()
        return as_commitment(row)


def agree(database: Database, commitment: Commitment, day: date, staff_id: UUID) -> Commitment:
    """Mark the commitment as agreed on *day*, by the patient and this colleague."""
    with database.change(_("Mark commitment as agreed")) as db:
        colleague = db.get_one(StaffRow, staff_id)
        row = written(db, commitment)
        if row.agreed_on is not None:
            raise Refused(_("The commitment is already agreed."))
        row.agreed_on, row.agreed_by = day, colleague.id
        db.flush()
        db.expire(row, ["agreed_staff"])
        return as_commitment(row)


# For the other use cases


def written(db: Db, shown: Commitment) -> CommitmentRow:
    """The row that was shown; where nothing was written, the programme's sentences are now."""
    row = newest(db, shown)
    if row is None:
        row = following(db, shown.enrolment_id, None)
        _fill(row, replace(shown, goals=(), home=(), scores=()))
        db.flush()
    return row


def following(db: Db, enrolment_id: UUID, before: CommitmentRow | None) -> CommitmentRow:
    """The version after *before*, or the first; to be filled."""
    enrolment = db.get_one(EnrolmentRow, enrolment_id)
    row = CommitmentRow(
        patient_id=enrolment.patient_id,
        enrolment_id=enrolment.id,
        number=before.number + 1 if before else 1,
        translations=dict(before.translations or {}) if before else {},
    )
    db.add(row)
    return row


def carry(db: Db, enrolment_id: UUID, to_id: UUID) -> bool:
    """Let another place of the patient begin with the same goals and home practice, not agreed.

    Whether there were any.
    """
    old, new = load(db, enrolment_id), load(db, to_id)
    if not old.goals and not old.home:
        return False
    row = following(db, to_id, None)
    _fill(row, replace(new, goals=old.goals, home=old.home, scores=old.scores))
    db.flush()
    return True


def _looked_back_on(db: Db, row: CommitmentRow) -> bool:
    """What was reviewed stays as it was then."""
    reviewed = select(func.count(CommitmentReviewRow.id)).where(
        CommitmentReviewRow.enrolment_id == row.enrolment_id,
        CommitmentReviewRow.number == row.number,
    )
    return bool(db.scalar(reviewed))


def _checked(commitment: Commitment, scored: Sequence[tuple[str, Score]]) -> Commitment:
    scores = tuple(score for _goal, score in scored)
    check_scores(scores)
    return replace(commitment, goals=cleaned([goal for goal, _score in scored]), scores=scores)


def _fill(row: CommitmentRow, wanted: Commitment) -> None:
    row.sentences, row.goals = list(wanted.sentences), list(wanted.goals)
    row.home, row.scores = list(wanted.home), list(padded(wanted.scores, len(wanted.goals)))


def load(db: Db, enrolment_id: UUID) -> Commitment:
    row = db.scalar(_versions(enrolment_id).limit(1))
    if row is not None:
        return as_commitment(row)
    found = db.execute(
        select(ProgrammeVersionRow, PatientRow.language, PatientRow.id)
        .join(GroupRow, GroupRow.programme_version_id == ProgrammeVersionRow.id)
        .join(EnrolmentRow, EnrolmentRow.group_id == GroupRow.id)
        .join(PatientRow, PatientRow.id == EnrolmentRow.patient_id)
        .where(EnrolmentRow.id == enrolment_id)
    ).one()
    saw(db, [found.id])
    return _unwritten(enrolment_id, found[0], found.language)


def several(db: Db, languages: Mapping[UUID, str]) -> dict[UUID, Commitment]:
    """What the places in *languages* (with their patients' language) promise, by columns.

    As ``load``, without who agreed; whoever shows it says to the door whose data it was.
    """
    wanted = sorted(languages)
    found: dict[UUID, Commitment] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        part = wanted[first : first + _AT_ONCE]
        for row in db.execute(
            select(
                CommitmentRow.enrolment_id,
                CommitmentRow.number,
                CommitmentRow.sentences,
                CommitmentRow.goals,
                CommitmentRow.home,
            )
            .where(CommitmentRow.enrolment_id.in_(part))
            .order_by(CommitmentRow.number)
        ):
            found[row.enrolment_id] = Commitment(
                row.enrolment_id,
                row.number,
                tuple(row.sentences),
                tuple(row.goals),
                tuple(row.home),
            )
        unwritten = db.execute(
            select(EnrolmentRow.id, GroupRow.programme_version_id)
            .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
            .where(EnrolmentRow.id.in_([key for key in part if key not in found]))
        ).all()
        versions = {
            row.id: row
            for row in db.scalars(
                select(ProgrammeVersionRow)
                .where(ProgrammeVersionRow.id.in_({version for _key, version in unwritten}))
                .options(joinedload(ProgrammeVersionRow.programme))
            )
        }
        for key, version in unwritten:
            found[key] = _unwritten(key, versions[version], languages[key])
    return found


def _unwritten(enrolment_id: UUID, version: ProgrammeVersionRow, known: str) -> Commitment:
    """The programme's sentences in the patient's language, where we have it."""
    with i18n.using(known if known in i18n.LANGUAGES else "sv"):
        texts = content_of(version).commitment.sentences
        return Commitment(enrolment_id, sentences=tuple(str(text) for text in texts))


def _versions(enrolment_id: UUID) -> Select[CommitmentRow]:
    return (
        select(CommitmentRow)
        .where(CommitmentRow.enrolment_id == enrolment_id)
        .order_by(CommitmentRow.number.desc())
    )


def newest(db: Db, shown: Commitment) -> CommitmentRow | None:
    """The row that was shown; refused where another is there by now."""
    row = db.scalar(_versions(shown.enrolment_id).limit(1))
    if row is not None:
        if row.id != shown.id:
            expect(row, -1)
        expect(row, shown.version)
    return row


def as_commitment(row: CommitmentRow) -> Commitment:
    return Commitment(
        enrolment_id=row.enrolment_id,
        number=row.number,
        sentences=tuple(row.sentences),
        goals=tuple(row.goals),
        home=tuple(row.home),
        scores=tuple(row.scores),
        agreed_on=row.agreed_on,
        agreed_by=row.agreed_by,
        agreed_by_name=row.agreed_staff.name if row.agreed_staff else "",
        signed_on=row.signed_on,
        signed_number=row.signed_number,
        id=row.id,
        version=row.version,
    )
