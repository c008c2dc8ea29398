"""The automatic plan in the hands of the program: asked, judged, applied as one step."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from painprogram.domain.availability import Span
from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group
from painprogram.domain.plans import (
    LockKind,
    PlanScope,
    PlanWanted,
)
from painprogram.domain.unsuitable import Unsuitable
from painprogram.storage.tables import access_entry
from painprogram.usecases import (
    Database,
    availability,
    centres,
    clashes,
    patients,
    plans,
    schedules,
    sessions,
    staff,
)
from tests import make
from tests.usecases.planned import (
    STEPS,
    YEAR,
    blocking,
    called,
    lecture,
    plan,
    standing,
)

# Asked for


def test_that_groups_of_a_term_are_planned_together_without_a_clash(
    term: Database, pair: tuple[Group, Group]
) -> None:
    asked = PlanWanted(centre_id=pair[0].centre_id, steps=STEPS)

    (best,) = plans.propose(term, make.NO_PROGRESS, asked, make.TODAY)

    assert next(line for line in best.lines if line.key == "blocks").after == 0
    assert best.movable == len(standing(term, *pair))
    assert not best.unplaced
    assert best.cost_after >= best.bound


def test_that_the_same_seed_gives_the_same_plan(term: Database, pair: tuple[Group, Group]) -> None:
    one, other = (plan(term, *pair, seed=7)[0] for _time in range(2))

    assert one.changes == other.changes


def test_that_alternatives_differ(term: Database, pair: tuple[Group, Group]) -> None:
    found = plan(term, *pair, alternatives=3)

    assert len(found) > 1
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert len({tuple((c.session_id, c.after.start) for c in p.changes) for p in found}) == len(
        found
    )


def test_that_only_what_is_in_trouble_moves_where_the_rest_is_to_stay(
    term: Database, pair: tuple[Group, Group]
) -> None:
    in_trouble = {
        key
        for one in clashes.found(term, make.MONDAY, make.MONDAY + timedelta(days=120))
        if one.open
        for key in (one.occasion, one.other)
    }

    best = plan(term, *pair, scope=PlanScope.UNPLACED)[0]

    assert {change.session_id for change in best.changes} <= in_trouble
    assert best.movable == len(in_trouble)
    assert "Karin Holm has Pain physiology and medicines" in best.changes[0].why
    assert not best.unplaced


def test_that_a_session_without_a_leader_or_a_room_gets_one(alone: Database, group: Group) -> None:
    first = lecture(alone, group)
    with make.unwatched(alone, make.centre_of(alone, group.centre_id)):
        sessions.change_leaders(alone, first.id, ())
    sessions.change_room(alone, first.id, None)

    best = plan(alone, group, scope=PlanScope.UNPLACED)[0]

    (change,) = best.changes
    assert change.session_id == first.id
    assert change.after.start == first.start
    assert {one.profession.value for one in change.after.leaders} == {"physician", "pharmacist"}
    assert change.after.room_name in {"Stora salen", "Gymmet"}


def test_that_an_absence_is_repaired_with_few_changes(alone: Database, group: Group) -> None:
    first, second, *_more = make.of_strand(alone, group.id, "relaxation")
    monday = datetime.combine(make.MONDAY, time())
    away = Span(monday, monday + timedelta(days=7))
    availability.add_absence(alone, called(alone, "Anna"), away)
    before = standing(alone, group)

    best = plan(alone, group, scope=PlanScope.REPAIR)[0]
    plans.apply(alone, best, make.TODAY)

    (change,) = best.changes
    assert change.session_id == first.id
    assert change.why == "Anna Berg is absent Mon 11 Jan – Sun 17 Jan."
    assert [leader.name for leader in change.after.leaders] == ["Erik Lund"]
    after = standing(alone, group)
    assert {key for key in before if before[key] != after[key]} == {first.id}
    assert sessions.session(alone, second.id).leaders == second.leaders


def test_that_nothing_in_trouble_is_no_plan(alone: Database, group: Group) -> None:

    (best,) = plan(alone, group, scope=PlanScope.REPAIR)

    assert best.empty
    with pytest.raises(Refused, match="changes nothing"):
        plans.apply(alone, best, make.TODAY)


# Facts


def test_that_what_a_patient_has_elsewhere_counts_before_as_after(
    term: Database, pair: tuple[Group, Group]
) -> None:
    """It stands still, so that a plan from a sound schedule on costs no more than that one."""
    group = pair[0]
    place = make.placed(term, centres.centres(term)[0], group.id)
    repaired, *_others = plan(term, *pair)
    plans.apply(term, repaired, make.TODAY)
    alone = plan(term, group)[0].cost_before
    taken = {session.start.date() for session in sessions.sessions(term, group.id)}
    days = (make.MONDAY + timedelta(days=number) for number in range(5))
    day = next(each for each in days if each not in taken)
    schedules.add_visit(term, place.id, datetime.combine(day, time(10)), 45, title="Talk")
    assert blocking(term) == 0

    best, *_others = plan(term, group)

    assert alone < best.cost_before
    assert best.cost_after <= best.cost_before


def test_that_a_module_nobody_may_lead_is_said_with_the_way_out(
    alone: Database, group: Group
) -> None:
    gone = next(one for one in staff.staff(alone) if one.name == "Per Sand")
    staff.update(alone, replace(gone, active=False))

    with pytest.raises(Refused, match=r"nobody may lead it as pharmacist\. Add a colleague"):
        plan(alone, group)


def test_that_a_patient_without_any_possible_time_is_told_by_number(
    alone: Database, group: Group
) -> None:
    place = make.placed(alone, make.centre_of(alone, group.centre_id), group.id)
    patient = patients.patient(alone, place.patient_id)
    whole = tuple(Unsuitable(weekday) for weekday in range(5))
    patients.update(alone, replace(patient, times_not=whole))

    with pytest.raises(Refused, match="no time it may have suits patient 1 in H26 A"):
        plan(alone, group)


def test_that_a_plan_names_no_patient_and_the_log_says_whose_times_were_read(
    term: Database, pair: tuple[Group, Group]
) -> None:
    make.placed(term, make.centre_of(term, pair[0].centre_id), pair[0].id)

    found = plan(term, *pair)

    assert "Öberg" not in repr(found)
    with term.read() as db:
        assert "Make a plan" in set(db.scalars(select(access_entry.c.action)))


def test_that_whom_a_time_does_not_suit_gets_a_parallel_session(
    term: Database, pair: tuple[Group, Group]
) -> None:
    place = make.placed(term, make.centre_of(term, pair[0].centre_id), pair[0].id)
    patient = patients.patient(term, place.patient_id)
    patients.update(term, replace(patient, times_not=(Unsuitable(3),)))
    own, other = (make.of_strand(term, group.id, "exercise") for group in pair)
    sessions.move(term, other[0].id, other[0].start - timedelta(days=1))
    plans.lock(term, [one.id for one in own], [LockKind.TIME])

    best = plan(term, *pair)[0]
    plans.apply(term, best, make.TODAY)

    swapped = {choice.from_session: choice.to_session for choice in best.choices}
    assert swapped[own[0].id] == other[0].id
    coming = sessions.participants(term, other[0].id)
    assert [one.patient_id for one in coming] == [place.patient_id]


# What has no place


def test_that_what_has_no_place_is_explained_with_the_smallest_change(
    alone: Database, group: Group
) -> None:
    first = lecture(alone, group)
    availability.add_absence(alone, called(alone, "Per"), YEAR)

    best = plan(alone, group, scope=PlanScope.REPAIR)[0]

    (left,) = best.unplaced
    assert left.session_id == first.id
    assert "nobody who may lead it as pharmacist is there at any of its times" in left.against[0]
    assert left.ways[0].text.startswith("Per Sand is not absent Thu 21 Jan")
    assert left.ways[0].facts  # the absence itself must go first
    with pytest.raises(Refused, match="Change that first"):
        plans.again(alone, make.NO_PROGRESS, best, left.ways[0], make.TODAY)
    for absence in availability.absences(alone):
        availability.remove_absence(alone, absence.id)
    assert not plan(alone, group, scope=PlanScope.REPAIR)[0].unplaced


def test_that_unlocking_what_stands_in_the_way_gives_it_a_place(
    term: Database, pair: tuple[Group, Group]
) -> None:
    mine, blocked = (lecture(term, group) for group in pair)
    karin, one = called(term, "Karin"), mine.start
    availability.add_absence(term, karin, Span(YEAR.start, one - timedelta(minutes=30)))
    availability.add_absence(term, karin, Span(one + timedelta(hours=3.5), YEAR.end))
    sessions.move(term, mine.id, one + timedelta(minutes=30), room_id=mine.room_id)
    plans.lock(term, [mine.id])
    most = blocking(term)

    best = plan(term, *pair, scope=PlanScope.UNPLACED)[0]
    left = next(one for one in best.unplaced if one.session_id == blocked.id)
    way = left.ways[0]
    assert way.text.startswith("Unlock Pain physiology and medicines (H26 A)")
    assert not way.facts
    found = plans.again(term, make.NO_PROGRESS, best, way, make.TODAY)[0]

    assert mine.id in {change.session_id for change in found.changes}
    assert blocked.id not in {one.session_id for one in found.unplaced}
    plans.apply(term, found, make.TODAY)
    assert not sessions.session(term, mine.id).locked
    assert blocking(term) < most
