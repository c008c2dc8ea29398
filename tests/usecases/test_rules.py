"""What a change may do: blocked, asked for a reason, or let through; and what was acknowledged."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from painprogram.domain.availability import Span, WorkingTime
from painprogram.domain.clashes import Occasion
from painprogram.domain.errors import NeedsReason, Refused
from painprogram.domain.groups import Group
from painprogram.domain.people import Centre
from painprogram.domain.rooms import Room
from painprogram.domain.rules import Level, Rule
from painprogram.domain.sessions import Session
from painprogram.storage.database import Database
from painprogram.storage.ids import new_id
from painprogram.storage.tables import access_entry
from painprogram.usecases import (
    availability,
    centres,
    clashes,
    history,
    programmes,
    rooms,
    rules,
    schedules,
    sessions,
    several,
    staff,
    starting,
)
from painprogram.usecases.clashes import Found
from tests import make

HOUR = timedelta(hours=1)
SUNDAY = make.MONDAY + timedelta(weeks=9)
REASON = "Nobody else can that week"


@pytest.fixture
def where(database: Database) -> Centre:
    return make.furnished(database)


@pytest.fixture
def group(database: Database, where: Centre) -> Group:
    return make.group(database, where)


@pytest.fixture
def first(database: Database, group: Group) -> Session:
    return make.of_strand(database, group.id, "relaxation")[0]


@pytest.fixture
def exercise(database: Database, group: Group) -> Session:
    return make.of_strand(database, group.id, "exercise")[0]


def of_rule(database: Database, rule: Rule) -> list[Found]:
    return [one for one in clashes.found(database, make.MONDAY, SUNDAY) if one.rule is rule]


def bare(database: Database, where: Centre, seats: int = 14) -> Room:
    """A room without anything in it; see the callers."""
    return rooms.add(database, where.id, "Skrubben", seats)


def test_that_what_blocks_is_refused_by_name_and_nothing_is_changed(database, first, exercise):
    with pytest.raises(Refused) as refused:
        sessions.move(database, exercise.id, first.start, room_id=first.room_id)

    assert f"{first.room_name} has Relaxation 1 (H26 A) 13:00–13:45 at the same time." in str(
        refused.value
    )
    assert not isinstance(refused.value, NeedsReason)
    assert sessions.session(database, exercise.id) == exercise
    with pytest.raises(Refused):
        sessions.move(database, exercise.id, first.start, room_id=first.room_id, reason=REASON)


def test_that_what_must_be_acknowledged_asks_for_a_reason_and_keeps_it(database, where, first):
    closet = bare(database, where)

    with pytest.raises(NeedsReason) as asked:
        sessions.change_room(database, first.id, closet.id)
    assert asked.value.findings == ("Skrubben lacks mats and step-free.",)
    assert sessions.session(database, first.id).room_id == first.room_id

    sessions.change_room(database, first.id, closet.id, reason=f"  {REASON} ")

    (found,) = of_rule(database, Rule.EQUIPMENT)
    assert (found.level, found.open) == (Level.ACKNOWLEDGE, False)
    assert found.acknowledged
    assert found.acknowledged.reason == REASON
    assert history.labels(database)[0] == "Change room of Relaxation 1"
    history.undo(database)
    assert of_rule(database, Rule.EQUIPMENT) == []
    history.redo(database)
    (again,) = of_rule(database, Rule.EQUIPMENT)
    assert again.acknowledged
    assert again.acknowledged.reason == REASON


def test_that_information_stops_nothing(database, where, first, exercise):
    make.lenient(database, where, Rule.ROOM, Rule.STAFF)

    sessions.move(database, exercise.id, first.start, room_id=first.room_id)

    (found,) = of_rule(database, Rule.ROOM)
    assert (found.level, found.open) == (Level.INFORMATION, False)
    assert clashes.open_ahead(database, make.TODAY, where.id) == ()


def test_that_a_clash_that_stood_before_stops_nobody(database, where, first):
    closet = bare(database, where)
    with make.unwatched(database, where, Rule.EQUIPMENT):
        sessions.change_room(database, first.id, closet.id)

    sessions.move(database, first.id, first.start - HOUR)

    (found,) = of_rule(database, Rule.EQUIPMENT)
    assert found.open


def test_that_other_facts_open_a_clash_again_and_say_what_was_acknowledged(
    database, where, group, first
):
    make.placed(database, where, group.id, 0)
    make.placed(database, where, group.id, 1, "Olle")
    cell = make.hall(database, where, "Skrubben", 1)
    sessions.change_room(database, first.id, cell.id, reason=REASON)
    (found,) = of_rule(database, Rule.SEATS)
    assert not found.open

    with make.unwatched(database, where, Rule.SEATS):
        make.placed(database, where, group.id, 2, "Vera")

    (found,) = of_rule(database, Rule.SEATS)
    assert found.open
    assert found.acknowledged is None
    assert found.asked_again is not None
    assert found.asked_again.reason == REASON
    assert found.changed == "it was 2 then and is 3 now"
    clashes.acknowledge(database, found, "Three fit")
    (found,) = of_rule(database, Rule.SEATS)
    assert found.acknowledged is not None
    assert (found.open, found.acknowledged.reason) == (False, "Three fit")
    assert history.labels(database)[0] == "Acknowledge a clash"

    clashes.withdraw(database, found)

    (found,) = of_rule(database, Rule.SEATS)
    assert (found.open, found.asked_again) == (True, None)
    with pytest.raises(Refused, match="Nobody has acknowledged"):
        clashes.withdraw(database, found)
    with pytest.raises(Refused, match="Write why"):
        clashes.acknowledge(database, found, "  ")


def test_that_what_blocks_can_not_be_acknowledged_nor_what_is_no_longer_so(
    database, where, first, exercise
):
    with make.unwatched(database, where, Rule.ROOM, Rule.STAFF):
        sessions.move(database, exercise.id, first.start, room_id=first.room_id)
    (found,) = of_rule(database, Rule.ROOM)
    assert found.open

    with pytest.raises(Refused, match="the rule Room double-booked blocks"):
        clashes.acknowledge(database, found, REASON)
    sessions.resize(database, exercise.id, 30)
    with pytest.raises(Refused, match="no longer as it was"):
        clashes.acknowledge(database, found, REASON)


def test_that_a_day_that_has_passed_is_asked_about(database, first):
    today = first.start.date()

    with pytest.raises(NeedsReason, match="The day has passed"):
        sessions.move(database, first.id, first.start - timedelta(days=1), today=today)
    sessions.move(database, first.id, first.start - timedelta(days=1))

    assert of_rule(database, Rule.PAST) == []


def test_that_a_closed_day_blocks_and_another_one_is_another_clash(database, where, first):
    day = first.start.date()
    centres.close(database, where.id, day, day + timedelta(days=1), "staff day")

    with pytest.raises(Refused, match="The centre is closed: staff day"):
        sessions.move(database, first.id, first.start + timedelta(days=1))

    sessions.move(database, first.id, first.start + timedelta(minutes=15))


def test_that_leaders_are_asked_for_when_they_work_and_are_here(database, first):
    anna = first.leaders[0].staff_id
    day = first.start.date()
    week = tuple(WorkingTime(number, time(8), time(16)) for number in range(5))
    availability.set_week(database, anna, week)
    away = Span(datetime.combine(day, time(8)), datetime.combine(day, time(10)))
    availability.add_absence(database, anna, away)

    with pytest.raises(NeedsReason, match="does not work then"):
        sessions.move(database, first.id, datetime.combine(day, time(15, 30)))
    with pytest.raises(Refused, match="is absent 8:00–10:00"):
        sessions.move(database, first.id, datetime.combine(day, time(9, 30)))
    sessions.move(database, first.id, datetime.combine(day, time(15)))


def test_that_the_order_of_lectures_is_asked_about_from_both_sides(database, group):
    first, second = (
        make.of_strand(database, group.id, key)[0] for key in ("lecture_a", "lecture_b")
    )

    with pytest.raises(NeedsReason) as asked:
        sessions.move(database, first.id, second.start + timedelta(days=1))
    assert "should come after it." in asked.value.findings[0]

    sessions.move(database, first.id, second.start + timedelta(days=1), reason=REASON)
    (found,) = of_rule(database, Rule.ORDER)
    assert found.touches(first.id)
    assert found.touches(second.id)
    assert found.occasion == second.id
    assert found.text.startswith("It should come after Pain physiology and medicines (H26 A), ")
    in_that_week = clashes.found(database, first.start.date(), first.start.date())
    assert not any(one.rule is Rule.ORDER for one in in_that_week)


def test_that_a_visit_at_the_time_of_a_session_needs_a_reason_of_its_own(
    database, where, group, first
):
    place = make.placed(database, where, group.id)

    with pytest.raises(NeedsReason, match="A patient has Relaxation 1"):
        schedules.add_visit(database, place.id, first.start, 45, title="Talk", reason="Pain worse")
    schedules.add_visit(
        database, place.id, first.start, 45, title="Talk", reason="Pain worse", because=REASON
    )

    (found,) = of_rule(database, Rule.PATIENT)
    assert found.acknowledged
    assert found.acknowledged.reason == REASON


def test_that_a_session_held_after_all_must_fit_again(database, where, first, exercise):
    sessions.cancel(database, exercise.id)
    sessions.move(database, first.id, exercise.start, room_id=exercise.room_id)

    with pytest.raises(Refused, match="at the same time"):
        sessions.cancel(database, exercise.id, cancelled=False)

    assert sessions.session(database, exercise.id).cancelled


def test_that_a_patients_day_can_become_too_much(database, where, group, first):
    place = make.placed(database, where, group.id)
    day = first.start.date()
    rules.set_level(database, where.id, Rule.VISITS_DAY, Level.ACKNOWLEDGE, 2)
    schedules.add_visit(database, place.id, datetime.combine(day, time(8)), 30, title="Talk")

    with pytest.raises(NeedsReason, match="A patient has more than 2 visits that day"):
        schedules.add_visit(database, place.id, datetime.combine(day, time(16)), 30, title="Talk")


def test_that_a_missing_competence_is_told(database, where):
    content = programmes.template("smarthantering")
    asking = replace(
        content,
        modules=tuple(
            replace(one, competences=("Mindfulness",)) if one.key == "relaxation" else one
            for one in content.modules
        ),
    )
    new = starting.suggestion(database, asking, where.id, "H26 A", make.MONDAY)
    made = starting.start(database, new)
    session = make.of_strand(database, made.id, "relaxation")[0]
    assert {one.level for one in of_rule(database, Rule.COMPETENCE)} == {Level.INFORMATION}

    leader = next(one for one in staff.staff(database) if one.id == session.leaders[0].staff_id)
    staff.update(database, replace(leader, competences=("mindfulness",)))

    assert of_rule(database, Rule.COMPETENCE) == []


def test_that_a_group_with_too_few_is_told_two_weeks_before(database, where, group):
    def few(today) -> list[Found]:
        every = clashes.found(database, make.MONDAY, SUNDAY, where.id, today=today)
        return [one for one in every if one.rule is Rule.FEW]

    assert few(make.MONDAY - timedelta(weeks=4)) == []
    (found,) = few(make.MONDAY - timedelta(weeks=1))
    assert found.text == "0 are expected; at least 6 are needed."
    assert not found.open


def test_that_levels_are_set_by_centre_and_become_as_usual_again(database, where):
    other = make.centre(database, "Bankeryd")

    rules.set_level(database, where.id, Rule.VISITS_DAY, Level.BLOCKS, 4)
    rules.set_level(database, where.id, Rule.VISITS_DAY, Level.INFORMATION)

    ours = rules.levels(database, where.id)
    assert (ours.level(Rule.VISITS_DAY), ours.most(Rule.VISITS_DAY)) == (Level.INFORMATION, 4)
    assert rules.levels(database, other.id).level(Rule.VISITS_DAY) is Level.ACKNOWLEDGE
    assert history.labels(database)[0] == "Change the rule Visits in a day"
    assert rules.as_usual(database, where.id, Rule.VISITS_DAY).most(Rule.VISITS_DAY) == 3
    with pytest.raises(Refused, match="from 1 to 50"):
        rules.set_level(database, where.id, Rule.VISITS_DAY, Level.BLOCKS, 51)


def test_that_several_at_once_are_told_apart(database, first, exercise):
    later = first.start.replace(hour=15)
    starts = {first.id: later, exercise.id: later}

    with pytest.raises(Refused) as refused:
        several.move_several(database, starts, rooms=dict.fromkeys(starts, first.room_id))

    said = str(refused.value)
    assert said.startswith(("Relaxation 1 (H26 A), ", "Exercise 1 (H26 A), "))


def test_that_a_plan_is_told_the_hardest_thing_against_it(database, where, first):
    planned = Occasion(
        new_id(),
        "New",
        first.start,
        first.end,
        frozenset({first.leaders[0].staff_id}),
        wrap_up=30,
    )
    day = first.start.date()

    with database.read() as db:
        said = clashes.against(db, [planned], where.id, day, day)

    name = first.leaders[0].name
    assert said == {planned.id: f"{name} has Relaxation 1 (H26 A) 13:00–13:45 at the same time."}


def test_that_clashes_are_no_reading_of_patients(database, where, group, first):
    def entries() -> int:
        with database.raw() as connection:
            return len(connection.execute(select(access_entry.c.id)).all())

    place = make.placed(database, where, group.id)
    schedules.add_visit(database, place.id, first.start, 45, title="Talk", because=REASON)
    before = entries()

    (found,) = of_rule(database, Rule.PATIENT)
    clashes.withdraw(database, found)

    assert entries() == before
    assert "Maria" not in f"{found.text}{found.title}{found.facts}"
