"""Looking back on a commitment, half-way and at the end: how each goal went."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.commitments import (
    Commitment,
    GoalReview,
    Outcome,
    Review,
    ReviewKind,
    check_note,
    check_scores,
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
    StaffRow,
)
from painprogram.usecases import commitments


def reviews(database: Database, enrolment_id: UUID) -> tuple[Review, ...]:
    """What was looked back on, in order of time."""
    with database.read_patients(_("Open commitment")) as db:
        return load(db, enrolment_id)


def write(
    database: Database,
    commitment: Commitment,
    kind: ReviewKind,
    day: date,
    goals: Sequence[GoalReview],
    note: str = "",
    *,
    staff_id: UUID | None = None,
    review: Review | None = None,
) -> Review:
    """Write how it went with *commitment*; *goals* in its order.

    With *review* that is changed, and stays about the version it was about. Each kind is there
    once for a place. Refused where somebody else wrote it meanwhile.
    """
    words = check_note(note)
    check_scores(goal.after for goal in goals)
    if len(goals) != len(review.goals if review else commitment.goals):
        raise Refused(_("The goals are others by now: open the review again."))
    if not words and all(one.outcome is Outcome.OPEN and one.after is None for one in goals):
        raise Refused(_("Say how it went with a goal, or write a note."))
    with database.change(_("Write review of commitment")) as db:
        there = commitments.newest(db, commitment)
        if there is None:
            raise Refused(_("There is no commitment yet to look back on."))
        colleague = db.get_one(StaffRow, staff_id).id if staff_id else None
        row = _row(db, commitment.enrolment_id, kind)
        if row is None:
            place = db.get_one(EnrolmentRow, commitment.enrolment_id)
            row = CommitmentReviewRow(
                patient_id=place.patient_id, enrolment_id=place.id, kind=kind.value
            )
            row.number = there.number
            db.add(row)
        else:
            expect(row, review.version if review else -1)
        row.reviewed_on = day
        row.reviewed_by = colleague
        row.goals = [one.outcome.value for one in goals]
        row.scores = [one.after for one in goals]
        row.note = words
        db.flush()
        return _one(db, commitment.enrolment_id, kind)


def remove(database: Database, review: Review) -> None:
    with database.change(_("Remove review of commitment")) as db:
        row = db.get(CommitmentReviewRow, review.id)
        if row is None:
            raise Refused(_("The review is no longer there."))
        expect(row, review.version)
        db.delete(row)


# For the other use cases


def load(db: Db, enrolment_id: UUID) -> tuple[Review, ...]:
    saw(db, [db.get_one(EnrolmentRow, enrolment_id).patient_id])
    rows = db.scalars(
        select(CommitmentReviewRow)
        .where(CommitmentReviewRow.enrolment_id == enrolment_id)
        .order_by(CommitmentReviewRow.reviewed_on, CommitmentReviewRow.kind.desc())
    ).all()
    versions = {
        row.number: row
        for row in db.scalars(
            select(CommitmentRow).where(
                CommitmentRow.enrolment_id == enrolment_id,
                CommitmentRow.number.in_({row.number for row in rows}),
            )
        )
    }
    people = {row.reviewed_by for row in rows if row.reviewed_by}
    named = select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(people))
    names = {row.id: row.name for row in db.execute(named)}
    return tuple(_as_review(row, versions.get(row.number), names) for row in rows)


def _as_review(
    row: CommitmentReviewRow, version: CommitmentRow | None, names: dict[UUID, str]
) -> Review:
    goals = list(version.goals) if version else []
    before = padded(version.scores if version else (), len(goals))
    after = padded(row.scores, len(goals))
    outcomes = [*row.goals, *([Outcome.OPEN] * len(goals))][: len(goals)]
    return Review(
        id=row.id,
        enrolment_id=row.enrolment_id,
        kind=ReviewKind(row.kind),
        number=row.number,
        reviewed_on=row.reviewed_on,
        goals=tuple(
            GoalReview(goal, Outcome(outcome), then, now)
            for goal, outcome, then, now in zip(goals, outcomes, before, after, strict=True)
        ),
        note=row.note,
        reviewed_by=row.reviewed_by,
        reviewed_by_name=names.get(row.reviewed_by, "") if row.reviewed_by else "",
        version=row.version,
    )


def _row(db: Db, enrolment_id: UUID, kind: ReviewKind) -> CommitmentReviewRow | None:
    return db.scalar(
        select(CommitmentReviewRow).where(
            CommitmentReviewRow.enrolment_id == enrolment_id,
            CommitmentReviewRow.kind == kind.value,
        )
    )


def _one(db: Db, enrolment_id: UUID, kind: ReviewKind) -> Review:
    return next(one for one in load(db, enrolment_id) if one.kind is kind)
