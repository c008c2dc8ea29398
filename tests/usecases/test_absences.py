from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from painprogram.domain.availability import Span, WorkingTime
from painprogram.domain.errors import Conflict, Refused
from painprogram.domain.groups import Group
from painprogram.domain.people import Centre, Profession, Staff
from painprogram.domain.substitutes import Choice, Solution, Standing
from painprogram.usecases import (
    Database,
    absences,
    availability,
    clashes,
    patients,
    schedules,
    sessions,
    staff,
)
from painprogram.usecases.absences import Impact, Touched
from tests import make

WEEK = make.MONDAY + timedelta(weeks=1)
AWAY = Span(datetime.combine(WEEK, time()), datetime.combine(WEEK + timedelta(days=7), time()))


@pytest.fixture
def where(database: Database) -> Centre:
    return make.furnished(database)


@pytest.fixture
def group(database: Database, where: Centre) -> Group:
    return make.group(database, where)


def named(database: Database, name: str) -> Staff:
    return next(one for one in staff.staff(database) if one.name == name)


def led_by(database: Database, group: Group, one: Staff, span: Span = AWAY) -> list[UUID]:
    return [
        session.id
        for session in sessions.sessions(database, group.id)
        if span.meets(session.start, session.end)
        and any(leader.staff_id == one.id for leader in session.leaders)
    ]


def who_leads(database: Database, group: Group) -> dict[UUID, tuple[UUID, ...]]:
    return {
        session.id: tuple(leader.staff_id for leader in session.leaders)
        for session in sessions.sessions(database, group.id)
    }


def busiest(database: Database, group: Group) -> Staff:
    """Who leads the most in the week."""
    return max(
        staff.staff(database),
        key=lambda one: len(led_by(database, group, one)),
    )


def at(found: Impact, key: UUID) -> Touched:
    return next(one for one in found.touched if one.id == key)


def test_that_an_absence_of_a_week_finds_every_session_it_touches_and_no_other(
    database: Database, where: Centre, group: Group
) -> None:
    one = busiest(database, group)
    wanted = led_by(database, group, one)
    assert wanted
    for number in range(3):
        make.placed(database, where, group.id, number)
    found = absences.touched(database, one.id, AWAY, make.TODAY)
    assert [touched.id for touched in found.touched] == wanted
    assert found.patients == 3
    assert {touched.patients for touched in found.touched} == {3}
    assert found.sheets == 0, "none has been printed"
    assert not found.known


def test_that_one_undo_restores_everything_that_was_solved(
    database: Database, group: Group
) -> None:
    one = busiest(database, group)
    before = sessions.sessions(database, group.id)
    found = absences.touched(database, one.id, AWAY, make.TODAY)
    done = absences.enter(
        database, one.id, AWAY, choices=[touched.best for touched in found.touched]
    )
    assert done.absence is not None
    assert sum(done.done.values()) == len(found.touched)
    after = absences.touched(database, one.id, AWAY, make.TODAY)
    assert after.touched == ()
    assert after.known
    assert database.undo() == f"Enter absence of {one.name}"
    assert availability.absences(database) == ()
    restored = sessions.sessions(database, group.id)
    assert [(s.id, s.start, s.room_id, s.leaders, s.cancelled) for s in restored] == [
        (s.id, s.start, s.room_id, s.leaders, s.cancelled) for s in before
    ]


def test_that_the_best_of_all_leaves_no_clash_among_leaders_and_rooms(
    database: Database, where: Centre, group: Group
) -> None:
    make.group(database, where, "H26 B")
    one = busiest(database, group)
    last = AWAY.end.date() + absences.SEARCHED
    before = {(clash.occasion, clash.rule) for clash in clashes.found(database, WEEK, last)}
    found = absences.touched(database, one.id, AWAY, make.TODAY)
    absences.enter(database, one.id, AWAY, choices=[touched.best for touched in found.touched])
    after = {(clash.occasion, clash.rule) for clash in clashes.found(database, WEEK, last)}
    assert after <= before


def test_that_a_free_colleague_of_the_profession_is_proposed_with_the_reasons(
    database: Database, group: Group
) -> None:
    anna, erik = named(database, "Anna Berg"), named(database, "Erik Lund")
    away, other = (anna, erik) if led_by(database, group, anna) else (erik, anna)
    first = absences.touched(database, away.id, AWAY, make.TODAY).touched[0]
    assert first.substitutes[0].staff_id == other.id
    assert first.substitutes[0].standing is Standing.FREE
    assert first.best == Choice(first.id, Solution.SUBSTITUTE, other.id)
    assert "free" in first.substitutes[0].reasons
    assert {one.profession for one in first.substitutes} == {Profession.PHYSIOTHERAPIST}


def test_that_who_has_something_else_then_comes_last_with_what_it_is(
    database: Database, where: Centre, group: Group
) -> None:
    one = busiest(database, group)
    first = absences.touched(database, one.id, AWAY, make.TODAY).touched[0]
    best = first.substitutes[0]
    session = sessions.session(database, first.id)
    span = Span(session.start, session.end)
    availability.add_absence(database, best.staff_id, span)
    again = at(absences.touched(database, one.id, AWAY, make.TODAY), first.id)
    assert again.substitutes[-1].staff_id == best.staff_id
    assert again.substitutes[-1].standing is Standing.TAKEN
    assert again.substitutes[-1].against == ("absent",)
    spare = staff.add(database, where.id, "Åsa Öst", Profession.PHYSIOTHERAPIST)
    once_more = at(absences.touched(database, one.id, AWAY, make.TODAY), first.id)
    assert once_more.best.staff_id == spare.id


def test_that_who_does_not_work_then_is_asked_after_another_time_is_looked_for(
    database: Database, group: Group
) -> None:
    one = busiest(database, group)
    first = absences.touched(database, one.id, AWAY, make.TODAY).touched[0]
    other = first.substitutes[0]
    day = first.shown.start.weekday()
    availability.set_week(database, other.staff_id, [WorkingTime((day + 1) % 5, time(8), time(9))])
    again = at(absences.touched(database, one.id, AWAY, make.TODAY), first.id)
    mine = next(sub for sub in again.substitutes if sub.staff_id == other.staff_id)
    assert mine.standing is Standing.ASK
    assert mine.against == ("does not work then",)
    assert again.best.solution is Solution.MOVE
    assert again.best.start == again.times[0].first


def test_that_other_times_are_after_the_absence_and_on_no_day_of_the_series(
    database: Database, group: Group
) -> None:
    one = busiest(database, group)
    found = absences.touched(database, one.id, AWAY, make.TODAY)
    strands = {session.id: session.strand for session in sessions.sessions(database, group.id)}
    for touched in found.touched:
        days = {
            session.start.date()
            for session in sessions.sessions(database, group.id)
            if session.strand == strands[touched.id]
        }
        assert touched.times
        for opening in touched.times:
            assert opening.first >= AWAY.end
            assert opening.first.date() not in days


def test_that_a_lecture_with_two_leaders_loses_only_the_one_who_is_away(
    database: Database, where: Centre, group: Group
) -> None:
    lecture = next(
        one
        for one in sessions.sessions(database, group.id)
        if {leader.profession for leader in one.leaders}
        == {Profession.PHYSICIAN, Profession.PHARMACIST}
    )
    per = named(database, "Per Sand")
    stand_in = staff.add(database, where.id, "Nils Ek", Profession.PHARMACIST)
    span = Span(
        datetime.combine(lecture.start.date(), time()),
        datetime.combine(lecture.start.date() + timedelta(days=1), time()),
    )
    found = absences.touched(database, per.id, span, make.TODAY)
    assert [sub.staff_id for sub in found.touched[0].substitutes] == [stand_in.id]
    absences.enter(database, per.id, span, choices=[found.touched[0].best])
    after = sessions.session(database, lecture.id)
    assert [leader.profession for leader in after.leaders] == [
        leader.profession for leader in lecture.leaders
    ]
    assert stand_in.id in {leader.staff_id for leader in after.leaders}
    assert after.sequence == lecture.sequence + 1


def test_that_one_absence_may_touch_part_of_a_day(database: Database, group: Group) -> None:
    one = busiest(database, group)
    session = sessions.session(database, led_by(database, group, one)[0])
    before = Span(session.start - timedelta(hours=2), session.start)
    within = Span(session.end - timedelta(minutes=5), session.end + timedelta(hours=1))
    assert absences.touched(database, one.id, before, make.TODAY).touched == ()
    assert [t.id for t in absences.touched(database, one.id, within, make.TODAY).touched] == [
        session.id
    ]


def test_that_visits_are_touched_and_solved_without_naming_a_patient(
    database: Database, where: Centre, group: Group
) -> None:
    anna, erik = named(database, "Anna Berg"), named(database, "Erik Lund")
    place = make.placed(database, where, group.id)
    start = datetime.combine(WEEK, time(15))
    schedules.add_visit(database, place.id, start, 30, title="Samtal", staff_id=anna.id)
    before = len(patients.readings(database, place.patient_id))
    span = Span(start, start + timedelta(hours=1))
    found = absences.touched(database, anna.id, span, make.TODAY)
    assert len(patients.readings(database, place.patient_id)) == before
    [visit] = found.touched
    assert visit.patients == 1
    assert visit.best == Choice(visit.id, Solution.SUBSTITUTE, erik.id)
    absences.enter(database, anna.id, span, choices=[visit.best])
    assert absences.touched(database, anna.id, span, make.TODAY).touched == ()
    [moved] = absences.touched(database, erik.id, span, make.TODAY).touched
    assert moved.id == visit.id


def test_that_a_session_can_be_moved_or_cancelled_for_an_absence(
    database: Database, group: Group
) -> None:
    one = busiest(database, group)
    fortnight = Span(AWAY.start, AWAY.end + timedelta(weeks=1))
    found = absences.touched(database, one.id, fortnight, make.TODAY)
    first, second = found.touched[:2]
    opening = first.times[0]
    absences.enter(
        database,
        one.id,
        fortnight,
        choices=[
            Choice(first.id, Solution.MOVE, start=opening.first, room_id=opening.room_id),
            Choice(second.id, Solution.CANCEL),
        ],
    )
    assert sessions.session(database, first.id).start == opening.first
    assert sessions.session(database, second.id).cancelled


def test_that_what_is_left_can_be_solved_later_without_a_second_absence(
    database: Database, group: Group
) -> None:
    one = busiest(database, group)
    absences.enter(database, one.id, AWAY)
    found = absences.touched(database, one.id, AWAY, make.TODAY)
    assert found.known
    assert found.touched
    done = absences.enter(
        database, one.id, AWAY, choices=[touched.best for touched in found.touched]
    )
    assert done.absence is None
    assert len(availability.absences(database)) == 1
    with pytest.raises(Refused, match="already entered"):
        absences.enter(database, one.id, AWAY)


def test_that_what_somebody_else_has_solved_meanwhile_is_refused_whole(
    database: Database, group: Group
) -> None:
    one = busiest(database, group)
    found = absences.touched(database, one.id, AWAY, make.TODAY)
    best = found.touched[0].best
    assert best.staff_id
    sessions.change_leaders(database, found.touched[0].id, [best.staff_id])
    before = who_leads(database, group)
    with pytest.raises(Conflict):
        absences.enter(database, one.id, AWAY, choices=[touched.best for touched in found.touched])
    assert who_leads(database, group) == before
    assert availability.absences(database) == ()


def test_that_a_long_absence_proposes_people_and_no_other_times(
    database: Database, group: Group
) -> None:
    one = busiest(database, group)
    span = Span(AWAY.start, AWAY.start + timedelta(weeks=8))
    found = absences.touched(database, one.id, span, make.TODAY)
    assert len(found.touched) > len(led_by(database, group, one))
    assert all(touched.times == () for touched in found.touched)
    chosen = {touched.best.staff_id for touched in found.touched}
    assert len(chosen) == 1, "the same substitute all through"


def test_that_no_time_before_today_is_proposed(database: Database, group: Group) -> None:
    one = busiest(database, group)
    today = date(AWAY.end.year, AWAY.end.month, AWAY.end.day) + timedelta(days=9)
    found = absences.touched(database, one.id, AWAY, today)
    assert all(
        opening.first.date() >= today for touched in found.touched for opening in touched.times
    )


def test_that_the_patients_to_tell_are_named_and_the_reading_is_logged(
    database: Database, where: Centre, group: Group
) -> None:
    one = busiest(database, group)
    place = make.placed(database, where, group.id, 0)
    hidden = make.placed(database, where, group.id, 1, "Bo")
    for each, protected in ((place, False), (hidden, True)):
        known = patients.patient(database, each.patient_id)
        patients.update(database, replace(known, phone="070-000 00 00", protected=protected))
    found = absences.touched(database, one.id, AWAY, make.TODAY)
    before = len(patients.readings(database, place.patient_id))
    told = absences.patients(database, [touched.id for touched in found.touched])
    assert [(who.name, who.phone) for who in told] == [
        ("Bo Öberg", ""),
        ("Maria Öberg", "070-000 00 00"),
    ]
    assert told[0].occasions == tuple(sorted(touched.id for touched in found.touched))
    assert len(patients.readings(database, place.patient_id)) == before + 1
