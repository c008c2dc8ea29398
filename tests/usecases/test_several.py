"""Several sessions and visits in one step."""

from datetime import date, datetime, time, timedelta

import pytest

from painprogram.domain.errors import Conflict, NeedsReason, Refused
from painprogram.domain.groups import Group
from painprogram.domain.people import Centre
from painprogram.usecases import history, rooms, schedules, sessions, several, staff
from tests import make

DAY = timedelta(days=1)


@pytest.fixture
def centre(database) -> Centre:
    return make.furnished(database)


@pytest.fixture
def group(database, centre) -> Group:
    return make.group(database, centre)


def visit_of(database, centre, group, start):
    place = make.placed(database, centre, group.id)
    own = schedules.add_visit(database, place.id, start, 45, title="Hemligt")
    (visit,) = [line.session for line in own.lines if line.session.start == start]
    return visit


def test_that_several_are_moved_in_one_step_that_undo_takes_back(database, centre, group):
    first, second, *_ = make.of_strand(database, group.id, "relaxation")
    visit = visit_of(database, centre, group, datetime.combine(make.MONDAY, time(8)))

    several.move_several(
        database,
        {one.id: one.start + DAY for one in (first, second, visit)},
    )

    after = sessions.session(database, first.id), sessions.session(database, second.id)
    assert [one.start for one in after] == [first.start + DAY, second.start + DAY]
    assert [one.sequence for one in after] == [first.sequence + 1, second.sequence + 1]
    (moved,) = sessions.week(database, centre.id, make.MONDAY).visits
    assert moved.start == visit.start + DAY

    assert history.undo(database) == "Move 3 sessions"
    assert sessions.session(database, first.id).start == first.start
    (moved,) = sessions.week(database, centre.id, make.MONDAY).visits
    assert moved.start == visit.start


def test_that_rooms_and_leaders_follow_in_the_same_step(database, centre, group):
    first, second, *_ = make.of_strand(database, group.id, "relaxation")
    other = next(r for r in rooms.rooms(database) if r.id != first.room_id)
    erik = next(one for one in staff.staff(database) if one.name == "Erik Lund")

    several.move_several(
        database,
        {first.id: first.start, second.id: second.start + DAY},
        rooms={first.id: other.id, second.id: None},
        leaders={second.id: [erik.id]},
    )

    one, two = (sessions.session(database, each.id) for each in (first, second))
    assert (one.room_id, one.leaders) == (other.id, first.leaders)
    assert (two.room_id, [leader.name for leader in two.leaders]) == (None, ["Erik Lund"])


def test_that_what_stays_where_it_was_is_no_news_to_calendars(database, group):
    first, second, *_ = make.of_strand(database, group.id, "relaxation")

    several.move_several(database, {first.id: first.start, second.id: second.start + DAY})

    assert sessions.session(database, first.id).sequence == first.sequence


def test_that_all_stay_where_one_can_not_go(database, group):
    first, second, *_ = make.of_strand(database, group.id, "relaxation")
    late = datetime.combine(second.start.date(), time(23, 30))

    with pytest.raises(Refused, match="end on the day"):
        several.move_several(database, {first.id: first.start + DAY, second.id: late})

    assert sessions.session(database, first.id).start == first.start


def test_that_what_somebody_else_changed_meanwhile_is_not_moved(database, group):
    first, second, *_ = make.of_strand(database, group.id, "relaxation")
    seen = {one.id: one.version for one in (first, second)}
    sessions.cancel(database, second.id)

    with pytest.raises(Conflict):
        several.move_several(
            database, {one.id: one.start + DAY for one in (first, second)}, versions=seen
        )

    assert sessions.session(database, first.id).start == first.start


def test_that_a_copy_is_an_extra_session_of_the_same_strand(database, group):
    strand = make.of_strand(database, group.id, "relaxation")
    sessions.cancel(database, strand[0].id)
    when = strand[-1].start + 7 * DAY

    (key,) = several.copy(database, {strand[0].id: when})

    extra = sessions.session(database, key)
    assert (extra.start, extra.number, extra.of) == (when, len(strand) + 1, len(strand) + 1)
    assert not extra.cancelled
    assert (extra.room_id, extra.leaders, extra.minutes, extra.sequence) == (
        strand[0].room_id,
        strand[0].leaders,
        strand[0].minutes,
        0,
    )
    assert history.undo(database) == "Copy 1 session"
    assert make.of_strand(database, group.id, "relaxation")[-1].of == len(strand)


def test_that_copies_are_numbered_in_the_order_they_are_held(database, group):
    strand = make.of_strand(database, group.id, "relaxation")
    later, sooner = strand[-1].start + 9 * DAY, strand[-1].start + 8 * DAY

    keys = several.copy(database, {strand[0].id: later, strand[1].id: sooner})

    made = sorted((sessions.session(database, key) for key in keys), key=lambda s: s.start)
    assert [one.number for one in made] == [len(strand) + 1, len(strand) + 2]


def test_that_a_copy_may_have_another_room_and_leader(database, group):
    first = make.of_strand(database, group.id, "relaxation")[0]
    other = next(r for r in rooms.rooms(database) if r.id != first.room_id)
    erik = next(one for one in staff.staff(database) if one.name == "Erik Lund")

    (key,) = several.copy(
        database,
        {first.id: first.start + DAY},
        rooms={first.id: other.id},
        leaders={first.id: [erik.id]},
    )

    extra = sessions.session(database, key)
    assert (extra.room_id, [leader.name for leader in extra.leaders]) == (other.id, ["Erik Lund"])
    assert sessions.session(database, first.id).room_id == first.room_id


def test_that_a_visit_is_copied_for_the_same_patient(database, centre, group):
    visit = visit_of(database, centre, group, datetime.combine(make.MONDAY, time(8)))

    several.copy(database, {visit.id: visit.start + DAY})

    found = sessions.week(database, centre.id, make.MONDAY).visits
    assert [(one.patient_id, one.start) for one in found] == [
        (visit.patient_id, visit.start),
        (visit.patient_id, visit.start + DAY),
    ]


def test_that_several_are_cancelled_and_visits_are_taken_away(database, centre, group):
    first, second, *_ = make.of_strand(database, group.id, "relaxation")
    visit = visit_of(database, centre, group, datetime.combine(make.MONDAY, time(8)))

    several.cancel_several(database, [first.id, second.id, visit.id])

    assert sessions.session(database, first.id).cancelled
    assert sessions.session(database, second.id).cancelled
    assert sessions.week(database, centre.id, make.MONDAY).visits == ()

    assert history.undo(database) == "Cancel 3 sessions"
    assert not sessions.session(database, first.id).cancelled
    assert len(sessions.week(database, centre.id, make.MONDAY).visits) == 1


def test_that_what_is_gone_is_said(database, group):
    first = make.of_strand(database, group.id, "relaxation")[0]

    with pytest.raises(Refused, match="no longer there"):
        several.move_several(database, {first.id: first.start, group.id: first.start})


# The rules


def test_that_none_is_moved_where_one_of_them_is_blocked(database, group):
    first, second, third, *_ = make.of_strand(database, group.id, "relaxation")
    starts = {first.id: first.start + DAY, second.id: third.start}

    with pytest.raises(Refused, match="Relaxation 3"):
        several.move_several(database, starts, reason="Trångt")

    assert sessions.session(database, first.id).start == first.start


def test_that_those_that_change_places_do_not_clash_with_each_other(database, group):
    first, second, *_ = make.of_strand(database, group.id, "relaxation")

    several.move_several(
        database, {first.id: second.start, second.id: first.start}, reason="Byter plats"
    )

    assert sessions.session(database, first.id).start == second.start
    assert sessions.session(database, second.id).start == first.start


def test_that_what_must_be_acknowledged_needs_a_reason_once_for_all(database, centre, group):
    bare = rooms.add(database, centre.id, "Skrubben", 10)
    first, second, *_ = make.of_strand(database, group.id, "relaxation")
    starts = {first.id: first.start, second.id: second.start}
    there = {first.id: bare.id, second.id: bare.id}

    with pytest.raises(NeedsReason) as asked:
        several.move_several(database, starts, rooms=there)
    assert any("Relaxation 1" in sentence for sentence in asked.value.findings)

    several.move_several(database, starts, rooms=there, reason="Salen målas om")
    assert sessions.session(database, second.id).room_name == "Skrubben"


def test_that_a_copy_is_held_to_the_rules_too(database, group):
    first = make.of_strand(database, group.id, "relaxation")[0]

    with pytest.raises(Refused):
        several.copy(database, {first.id: first.start}, reason="Två gånger")

    assert len(make.of_strand(database, group.id, "relaxation")) == 8


def test_that_a_week_can_be_read_without_its_closed_days(database, centre):
    monday = date(2027, 1, 4)  # Epiphany is on the Wednesday
    assert sessions.week(database, centre.id, monday).closures
    assert sessions.week(database, centre.id, monday, closures=False).closures == ()
