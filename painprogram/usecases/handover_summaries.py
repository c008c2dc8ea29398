"""The summary to the referrer: counted and gathered when it is asked for, without scores."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents.handover import Goal, Handover, Strand, handovers
from painprogram.domain.commitments import Outcome, Review
from painprogram.domain.completion import Completion, PartState
from painprogram.domain.errors import Refused
from painprogram.domain.papers import Kind, Wanted
from painprogram.domain.patients import Patient
from painprogram.domain.people import Profession
from painprogram.domain.progress import Progress
from painprogram.domain.ways import NextStep, ReferralKind, WayStatus, step_after
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import CentreRow, EnrolmentRow, ReferralRow, StaffRow
from painprogram.usecases import (
    commitments,
    completion,
    paper_faces,
    patients,
    reviews,
    schedule_batches,
    session_rows,
)
from painprogram.usecases.centres import as_centre
from painprogram.usecases.paper_batch import Batch, Item
from painprogram.usecases.paper_patients import named_order, places_ever
from painprogram.usecases.paper_span import staff_language
from painprogram.usecases.programmes import content_of
from painprogram.usecases.schedule_batches import parts

__all__ = ["handover"]


def handover(database: Database, progress: Progress, wanted: Wanted, today: date) -> Batch:
    """The summary of a patient, of those of ``places``, or of everybody who was in a group."""
    progress.report(0)
    language = staff_language(wanted)
    with i18n.using(language), database.read_patients(_("Print summary to the referrer")) as db:
        keys = places_ever(db, wanted)
        if not keys:
            raise Refused(_("Choose the patient, or a group in which somebody has had a place."))
        places = {row.id: row for row in schedule_batches.places(db, keys)}
        people = patients.several(db, {row.patient_id for row in places.values()})
        saw(db, people)
        done = completion.load(db, places, today)
        ways = _ways(db, places)
        items = []
        for number, row in enumerate(places.values()):
            progress.report(number / len(places))
            one = people[row.patient_id]
            way = ways.get(row.referral_id) if row.referral_id else None
            items.append(
                Item(
                    content=_summary(db, row, one, done[row.id], way, today, language),
                    language=language,
                    centre_id=one.centre_id,
                    name=f"{Kind.HANDOVER.label} {row.group.name}",
                    by_name=named_order(one),
                    patient_id=one.id,
                    of_id=row.group_id,
                )
            )
        items.sort(key=lambda item: item.by_name)
    return Batch(Kind.HANDOVER.label, tuple(items), _drawn)


def _drawn(items: Sequence[Item], progress: Progress) -> bytes:
    return handovers([item.content for item in items], progress)


def _ways(db: Db, places: Mapping[UUID, EnrolmentRow]) -> dict[UUID, Any]:
    keys = {row.referral_id for row in places.values() if row.referral_id}
    return {
        row.id: row
        for part in parts(keys)
        for row in db.execute(
            select(
                ReferralRow.id,
                ReferralRow.from_whom,
                ReferralRow.kind,
                ReferralRow.status,
                ReferralRow.next_step,
                ReferralRow.next_on,
            ).where(ReferralRow.id.in_(part))
        )
    }


def _summary(
    db: Db,
    row: EnrolmentRow,
    one: Patient,
    done: Completion,
    way: Any,
    today: date,
    language: str,
) -> Handover:
    centre = db.get_one(CentreRow, one.centre_id)
    contact = (
        db.get(StaffRow, one.contact_id or row.group.owner_id)
        if (one.contact_id or row.group.owner_id)
        else None
    )
    promised = commitments.load(db, row.id)
    review = _last_review(reviews.load(db, row.id))
    base = session_rows.base_schedule(db, row.group_id)
    days = [held.start.date() for held in base] or [row.first]
    return Handover(
        centre=centre.name,
        referrer=way.from_whom if way else "",
        patient=one.name,
        masked_number=one.identity.masked,
        protected=one.protected,
        programme=str(content_of(row.group.programme_version).name),
        group=row.group.name,
        first=max(row.first, min(days)),
        last=max(row.first, min(row.last or max(days), max(days))),
        outcome=_outcome(row, way),
        completion=_completed(done),
        strands=_strands(done, goes_on=row.last is None),
        goals=_goals(promised.goals, review),
        reviewed=(f"{review.kind.label}, {i18n.date_long(review.reviewed_on)}" if review else ""),
        home=promised.home,
        follow_up=_follow_up(way),
        contact=f"{contact.name}, {Profession(contact.profession).label}" if contact else "",
        phone=(contact.phone if contact else "") or centre.phone,
        language=language,
        printed=today,
        face=paper_faces.on_paper(paper_faces.of_centre(db, centre.id), as_centre(centre)),
    )


def _outcome(row: EnrolmentRow, way: Any) -> str:
    """How the place ended; never the reason, which may tell of the patient's health."""
    known = {status.value for status in WayStatus}
    status = row.ended_as if row.last is not None else (way.status if way else "")
    if status in known and WayStatus(status).ended:
        ended = row.last or None
        words = WayStatus(status).label
        if ended:
            return _("{status}, {day}.").format(status=words, day=i18n.date_long(ended))
        return f"{words}."
    if row.last is not None:
        return _("The place ended {day}.").format(day=i18n.date_long(row.last))
    return _("The programme is not concluded yet.")


def _completed(done: Completion) -> str:
    if done.complete or not done.core:
        return done.told
    return _("{done} of {number} core parts are done.").format(
        done=done.done, number=len(done.core)
    )


def _strands(done: Completion, *, goes_on: bool) -> tuple[Strand, ...]:
    """What is done is said, and what is on the way; of the rest the numbers tell."""
    told = {PartState.DONE, PartState.ON_THE_WAY} if goes_on else {PartState.DONE}
    return tuple(
        Strand(
            part.title,
            part.done,
            len(part.missed),
            part.needed,
            part.state.label if part.state in told else "",
        )
        for part in done.parts
    )


def _last_review(found: Sequence[Review]) -> Review | None:
    return found[-1] if found else None


def _goals(goals: Sequence[str], review: Review | None) -> tuple[Goal, ...]:
    """As they were looked back on; else as they stand in the commitment."""
    if review is None:
        return tuple(Goal(goal, "") for goal in goals)
    looked = tuple(Goal(one.goal, one.outcome.label) for one in review.goals)
    there = {one.goal for one in review.goals}
    added = tuple(Goal(goal, Outcome.OPEN.label) for goal in goals if goal not in there)
    return looked + added


def _follow_up(way: Any) -> str:
    """The last follow-up; the steps before it are the team's own."""
    if way is None or not way.next_step:
        return ""
    step, day = NextStep(way.next_step), way.next_on
    if step is NextStep.REPORT:
        step = step_after(WayStatus(way.status), ReferralKind(way.kind), step) or step
        day = None
    if step is not NextStep.YEAR:
        return ""
    words = _("We follow it up after one year")
    return f"{words}, {i18n.date_long(day)}." if day else f"{words}."
