from datetime import date, datetime, timedelta

from painprogram.domain.groups import GroupStatus
from painprogram.domain.people import Staff
from painprogram.domain.rules import Rule
from painprogram.storage.database import Database
from painprogram.storage.guards import expected
from painprogram.usecases import (
    centres,
    clashes,
    groups,
    history,
    occasions,
    rooms,
    schedules,
    sessions,
    staff,
)
from tests import make

HOUR = timedelta(hours=1)
SUNDAY = make.MONDAY + timedelta(weeks=9)


def found(database: Database) -> list[tuple[Rule, str, str]]:
    every = clashes.found(database, make.MONDAY, SUNDAY)
    return [(clash.rule, clash.title, clash.text) for clash in every]


def someone(database: Database, name: str) -> Staff:
    return next(person for person in staff.staff(database) if person.name == name)


def test_that_a_new_group_clashes_with_nothing(database: Database) -> None:
    make.group(database, make.furnished(database))

    assert found(database) == []


def test_that_a_clash_says_what_it_clashes_with_from_both_sides(database: Database) -> None:
    where = make.furnished(database)
    make.lenient(database, where)
    group = make.group(database, where)
    first, exercise = (
        make.of_strand(database, group.id, key)[0] for key in ("relaxation", "exercise")
    )
    anna = first.leaders[0]
    sessions.change_leaders(database, exercise.id, [anna.staff_id])
    sessions.move(database, exercise.id, first.start + HOUR / 2)

    (clash,) = [c for c in clashes.found(database, make.MONDAY, SUNDAY) if c.rule == "staff"]

    assert clash.title.startswith("Relaxation 1 (H26 A), ")
    assert clash.text == (
        f"{anna.name} has Exercise 1 (H26 A) "
        f"{exercise_time(first.start + HOUR / 2, 60)} at the same time."
    )
    assert clash.against(exercise.id) == (
        f"{anna.name} has Relaxation 1 (H26 A) {exercise_time(first.start, 45)} at the same time."
    )
    history.undo(database)
    assert not any(kind is Rule.STAFF for kind, *_rest in found(database))


def exercise_time(start: datetime, minutes: int) -> str:
    end = start + timedelta(minutes=minutes)
    return f"{start.hour}:{start:%M}–{end.hour}:{end:%M}"


def test_that_patients_of_two_sessions_at_once_are_counted_and_not_named(
    database: Database,
) -> None:
    where = make.furnished(database)
    make.lenient(database, where)
    group = make.group(database, where)
    for number, given in enumerate(("Maria", "Olle", "Vera")):
        make.placed(database, where, group.id, number, given)
    first, exercise = (
        make.of_strand(database, group.id, key)[0] for key in ("relaxation", "exercise")
    )
    sessions.move(database, exercise.id, first.start)

    said = [text for kind, _title, text in found(database) if kind is Rule.PATIENT]

    assert len(said) == 1
    assert said[0].startswith(
        ("3 patients have Exercise 1 (H26 A)", "3 patients have Relaxation 1")
    )


def test_that_a_missing_profession_and_too_few_seats_are_found(database: Database) -> None:
    where = make.furnished(database)
    make.lenient(database, where)
    group = make.group(database, where)
    make.placed(database, where, group.id, 0)
    make.placed(database, where, group.id, 1, "Olle")
    lecture = make.of_strand(database, group.id, "lecture_a")[0]
    cell = rooms.add(database, where.id, "Skrubben", 1)

    sessions.change_leaders(database, lecture.id, [someone(database, "Karin Holm").id])
    sessions.change_room(database, lecture.id, cell.id)

    wanted = (Rule.NEEDS, Rule.SEATS)
    told = {(rule, text) for rule, _title, text in found(database) if rule in wanted}
    assert told == {
        (Rule.NEEDS, "No pharmacist leads it."),
        (Rule.SEATS, "Skrubben has 1 seats; 2 are expected."),
    }


def test_that_a_day_closed_later_stands_against_what_is_planned(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    first = make.of_strand(database, group.id, "relaxation")[0]
    day = first.start.date()

    centres.close(database, where.id, day, day, "staff day")

    closed = [clash for clash in clashes.found(database, day, day) if clash.rule == "closed"]
    assert first.id in {clash.occasion for clash in closed}
    assert {clash.text for clash in closed} == {"The centre is closed: staff day."}


def test_that_what_is_cancelled_does_not_clash(database: Database) -> None:
    where = make.furnished(database)
    make.lenient(database, where)
    group = make.group(database, where)
    first, exercise = (
        make.of_strand(database, group.id, key)[0] for key in ("relaxation", "exercise")
    )
    sessions.move(database, exercise.id, first.start, room_id=first.room_id)
    assert (Rule.ROOM) in {kind for kind, *_rest in found(database)}

    sessions.cancel(database, exercise.id)
    assert found(database) == []

    sessions.cancel(database, exercise.id, cancelled=False)
    assert found(database) != []
    groups.set_status(database, group.id, GroupStatus.CANCELLED)
    assert found(database) == []


def test_that_a_colleague_shared_by_two_centres_clashes_at_both(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    first = make.of_strand(database, group.id, "relaxation")[0]
    other = make.centre(database, "Bankeryd")
    make.hall(database, other, "Salen")
    make.lenient(database, where)
    make.lenient(database, other)
    theirs = make.group(database, other, "H26 B")
    there = make.of_strand(database, theirs.id, "relaxation")[0]
    sessions.change_leaders(database, there.id, [first.leaders[0].staff_id])
    sessions.move(database, there.id, first.start)

    for centre in (where, other):
        every = clashes.found(database, make.MONDAY, SUNDAY, centre.id)
        (clash,) = [c for c in every if c.touches(first.id)]
        assert clash.touches(there.id)
        assert {clash.centre_id, clash.other_centre_id} == {where.id, other.id}


def test_that_the_rules_see_the_roster_that_the_seats_are_held_for(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    parallel = make.group(database, where, "H26 B", make.MONDAY + timedelta(weeks=1))
    place = make.placed(database, where, group.id, 0)
    make.placed(database, where, group.id, 1, "Olle")
    make.placed(database, where, parallel.id, 2, "Vera")
    lecture, relaxation = (
        make.of_strand(database, group.id, key)[0] for key in ("lecture_a", "relaxation")
    )
    same = make.of_strand(database, parallel.id, "lecture_a")[0]
    schedules.swap(database, place.id, lecture.id, same.id, "Arbetar", because="sagt")
    schedules.opt_out(database, place.id, relaxation.id, "Orkar inte")

    with database.read() as db:
        counted = {key: frozenset(who) for key, who in expected(db).items() if who}
        seen = {
            key: held.occasion.patients
            for key, held in occasions.load(db, date(2026, 1, 1), date(2028, 1, 1)).items()
            if held.occasion.patients
        }

    assert seen == counted
    assert len(seen[same.id]) == 2
