"""Nobody gets lost: the whole way of three patients, from the referral to the year after."""

from datetime import date, timedelta
from uuid import UUID

from painprogram.domain.attendance import AttendanceState
from painprogram.domain.people import Centre
from painprogram.domain.referrals import Referral, ReferralValues, Way
from painprogram.domain.ways import NextStep, ReferralKind, WayStatus
from painprogram.storage.database import Database
from painprogram.usecases import (
    attendance,
    completion,
    confirming,
    enrolments,
    groups,
    laps,
    makeup,
    moving,
    patients,
    rounds,
    sessions,
    waiting,
    way_lists,
    ways,
)
from tests import make

DAY = timedelta(days=1)
TODAY = make.TODAY


def referred(database: Database, where: Centre, name: str, number: int, days: int) -> Referral:
    one = make.patient(database, where, name, "Öberg", number)
    values = ReferralValues(TODAY - days * DAY, ReferralKind.REFERRAL, "Dr Ek", "Pain")
    made = ways.receive(database, one.id, values, today=TODAY)
    made = ways.step(database, made.id, WayStatus.ASSESSED, TODAY - 2 * DAY, today=TODAY)
    return ways.step(database, made.id, WayStatus.WAITING, TODAY - DAY, today=TODAY)


def way_of(database: Database, made: Referral, today: date) -> Way:
    found = ways.of_patient(database, made.patient_id, today)[0]
    assert way_lists.without_next_step(database) == ()
    return found


def confirm(database: Database, today: date) -> None:
    for one in confirming.to_confirm(database, today=today):
        keys = [way.referral.id for way in one.ways]
        confirming.confirm(database, one.status, keys, today=today)


def attend(
    database: Database,
    made: Referral,
    group_id: UUID,
    until: date,
    since: date = date.min,
    missed: str = "",
) -> None:
    """Come to all that was expected from a day to another, but for a strand that is *missed*."""
    for session in sessions.sessions(database, group_id):
        day = session.start.date()
        if since <= day <= until and not session.cancelled:
            state = AttendanceState.PRESENT
            if missed and session.strand == missed:
                state = AttendanceState.NO_SHOW
            attendance.note(database, session.id, made.patient_id, state, today=day)


def to_the_year_after(database: Database, made: Referral, last: date) -> Way:
    """The dates say that the programme is over; it is confirmed, told, and followed up."""
    confirm(database, last + DAY)
    ended = way_of(database, made, last + DAY)
    assert (ended.status, ended.next_step) == (WayStatus.COMPLETED, NextStep.REPORT)
    ways.done(database, made.id, NextStep.REPORT, last + 4 * DAY, today=last + 4 * DAY)
    year = way_of(database, made, last + 5 * DAY)
    assert (year.next_step, year.next_on) == (NextStep.YEAR, last + 365 * DAY)
    after = last + 370 * DAY
    assert way_of(database, made, after).overdue
    ways.done(database, made.id, NextStep.YEAR, after, today=after)
    closed = way_of(database, made, after)
    assert closed.referral.closed
    return closed


def test_the_way_through_a_closed_group_and_the_year_after(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where, maximum=2)
    made = referred(database, where, "Maria", 0, 70)
    referred(database, where, "Nils", 1, 10)

    first = waiting.propose(database, group.id, today=TODAY).chosen[0]
    assert first.waiting.name == "Maria Öberg"
    waiting.offer(database, made.id, group.id, TODAY, why=first.told, today=TODAY)
    assert way_of(database, made, TODAY).next_step is NextStep.ANSWER
    answered = TODAY + 3 * DAY
    waiting.accept(database, made.id, answered, today=answered)
    placed = way_of(database, made, answered)
    assert (placed.next_step, placed.next_on) == (NextStep.BEFORE, placed.placed_on)
    assert placed.waited == (placed.placed_on - made.values.received_on).days  # type: ignore[operator]
    begin = groups.group(database, group.id).first
    assert begin is not None
    ways.done(database, made.id, NextStep.BEFORE, answered, today=answered)
    confirm(database, begin)
    assert way_of(database, made, begin).status is WayStatus.UNDER_WAY

    last = groups.group(database, group.id).last
    assert last is not None
    attend(database, made, group.id, last)
    closed = to_the_year_after(database, made, last)
    (place,) = patients.enrolments(database, made.patient_id)
    assert place.last == last
    assert [one.status for one in closed.steps] == [
        *(WayStatus.RECEIVED, WayStatus.ASSESSED, WayStatus.WAITING, WayStatus.OFFERED),
        *(WayStatus.PLACED, WayStatus.PLACED, WayStatus.UNDER_WAY, WayStatus.COMPLETED),
        *(WayStatus.COMPLETED, WayStatus.COMPLETED),
    ]


def test_the_way_of_one_who_declines_and_is_sent_onward(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    made = referred(database, where, "Maria", 0, 20)
    waiting.offer(database, made.id, group.id, TODAY, today=TODAY)

    waiting.decline(database, made.id, TODAY, "Wants to come in spring", today=TODAY)
    again = way_of(database, made, TODAY)
    assert (again.status, again.waited) == (WayStatus.WAITING, 20)
    assert groups.group(database, group.id).taken == 0
    later = TODAY + 30 * DAY
    reason = "To specialised pain care"
    ways.step(database, made.id, WayStatus.ONWARD, later, reason, today=later)

    onward = way_of(database, made, later)
    assert (onward.next_step, onward.next_on) == (NextStep.REPORT, later + 14 * DAY)
    ways.done(database, made.id, NextStep.REPORT, later, today=later)
    closed = way_of(database, made, later)
    assert (closed.referral.closed, closed.referral.end_reason) == (True, reason)
    assert [one.reason for one in closed.steps if one.reason] == [
        *("Wants to come in spring", reason, f"{ways.DONE}{NextStep.REPORT}"),
    ]


def test_the_way_through_an_open_group_is_the_patients_own_lap(database: Database) -> None:
    where = make.furnished(database)
    with make.unwatched(database, where):
        rolling = make.open_group(database, where)
        rounds.add(database, rolling.id)
    made = referred(database, where, "Maria", 0, 20)
    ways_in = laps.entry_points(database, rolling.id, make.MONDAY + timedelta(weeks=1))
    entry = next(one for one in ways_in if one.whole)
    waiting.offer(database, made.id, rolling.id, TODAY, today=TODAY)

    waiting.accept(database, made.id, TODAY, first=entry.first, today=TODAY)

    (place,) = patients.enrolments(database, made.patient_id)
    assert (place.first, place.lap_end) == (entry.first, entry.last)
    assert entry.last is not None
    ways.done(database, made.id, NextStep.BEFORE, TODAY, today=TODAY)
    confirm(database, entry.first)
    assert way_of(database, made, entry.first).status is WayStatus.UNDER_WAY
    attend(database, made, rolling.id, entry.last, entry.first)
    found = completion.of(database, place.id, entry.last + DAY)
    visits = {"first_visit", "closing_visit"}
    assert {one.strand for one in found.lacking} <= visits
    to_the_year_after(database, made, entry.last)
    group = groups.group(database, rolling.id)
    assert group.last is not None
    assert group.last > entry.last  # it goes on without her


def test_the_way_through_an_open_group_with_a_move_and_make_up(database: Database) -> None:
    where = make.furnished(database)
    with make.unwatched(database, where):
        rolling = make.open_group(database, where)
        rounds.add(database, rolling.id)
        other = make.group(database, where, "H26 B", make.MONDAY + timedelta(weeks=3))
    made = referred(database, where, "Maria", 0, 20)
    begin = make.MONDAY + timedelta(weeks=1)
    ways.step(database, made.id, WayStatus.PLACED, begin, "", rolling.id, today=begin)
    (lap,) = laps.laps(database, rolling.id)
    placed = way_of(database, made, begin)
    assert lap.first == placed.placed_on
    confirm(database, begin + 7 * DAY)
    assert way_of(database, made, begin + 7 * DAY).status is WayStatus.UNDER_WAY

    (place,) = patients.enrolments(database, made.patient_id)
    missed, *_rest = (
        one
        for one in sessions.sessions(database, rolling.id)
        if one.strand == "lecture_a" and one.start.date() >= begin
    )
    held = [
        one
        for one in sessions.sessions(database, rolling.id)
        if begin <= one.start.date() <= missed.start.date()
    ]
    for session in held:
        state = AttendanceState.NO_SHOW if session.id == missed.id else AttendanceState.PRESENT
        day = session.start.date()
        attendance.note(database, session.id, made.patient_id, state, today=day)
    before = [len(attendance.sheet_of(database, one.id).attendees) for one in held]
    moved_on = missed.start.date() + DAY

    new = moving.move(database, place.id, other.id, moved_on, "Wants another day", today=moved_on)

    moved = way_of(database, made, moved_on)
    assert (moved.status, moved.group_name) == (WayStatus.UNDER_WAY, "H26 B")
    assert [len(attendance.sheet_of(database, one.id).attendees) for one in held] == before
    assert enrolments.names(database, rolling.id) == ()
    found = makeup.propose(database, new.id, moved_on)
    lacking = {one.part.strand for one in found.lacking}
    taken = {part.strand: part.done for part in completion.of(database, new.id, moved_on).parts}
    assert "lecture_a" not in lacking  # it lies ahead in the new group
    assert sum(taken.values()) >= len(held) - 1

    last = groups.group(database, other.id).last
    assert last is not None
    attend(database, made, other.id, last, moved_on, missed="lecture_c")
    lacks = next(one for one in makeup.propose(database, new.id, last).lacking if one.proposals)
    assert lacks.part.strand == "lecture_c"
    elsewhere = lacks.proposals[0].session
    assert elsewhere.group_id == rolling.id
    makeup.carry_out(database, new.id, elsewhere.id, "Was ill", because="Asked for", today=last)
    day = elsewhere.start.date()
    state = AttendanceState.PRESENT
    attendance.note(database, elsewhere.id, made.patient_id, state, today=day)
    made_up = {one.strand: one.done for one in completion.of(database, new.id, day).parts}
    assert made_up["lecture_c"] == 1
    to_the_year_after(database, made, last)
