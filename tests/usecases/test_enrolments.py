from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from painprogram.domain.errors import NeedsReason, Refused
from painprogram.domain.groups import GroupStatus
from painprogram.domain.rules import Level, Rule
from painprogram.storage.database import Database
from painprogram.usecases import (
    clashes,
    enrolments,
    groups,
    history,
    moving,
    rules,
    schedules,
    sessions,
)
from tests import make


def test_that_a_full_group_takes_nobody(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where, maximum=2)
    make.placed(database, where, group.id, 0)
    make.placed(database, where, group.id, 1)

    with pytest.raises(Refused, match="H26 A is full: 2 of 2 seats are taken"):
        make.placed(database, where, group.id, 2)

    assert groups.group(database, group.id).taken == 2


def test_that_undo_does_not_overfill_a_group(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where, maximum=1)
    place = make.placed(database, where, group.id, 0)
    other = make.patient(database, where, "Nils", "Ek", 1)
    enrolments.leave(database, place.id, make.TODAY, "Flyttar")
    theirs = Database.open(database.url)
    enrolments.enrol(theirs, other.id, group.id, make.TODAY)
    theirs.close()

    with pytest.raises(Refused, match="full"):
        history.undo(database)

    assert groups.group(database, group.id).taken == 1


def test_that_the_maximum_cannot_be_set_below_those_who_have_a_place(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    make.placed(database, where, group.id, 0)
    make.placed(database, where, group.id, 1)

    with pytest.raises(Refused, match="full"):
        groups.set_size(database, group.id, 1, 1)


def test_that_the_maximum_holds_for_programs_that_enrol_at_once(url: str) -> None:
    database = Database.open(url)
    where = make.furnished(database)
    group = make.group(database, where, maximum=3)
    waiting = [make.patient(database, where, "Nils", "Ek", n) for n in range(6)]
    programs = [Database.open(url) for _ in waiting]
    together = Barrier(len(programs))

    def enrol(program: Database, patient: int) -> str:
        together.wait()
        try:
            enrolments.enrol(program, waiting[patient].id, group.id, make.TODAY)
        except Refused as refusal:
            return str(refusal)
        return "placed"

    with ThreadPoolExecutor(len(programs)) as threads:
        said = list(threads.map(enrol, programs, range(len(programs))))

    assert said.count("placed") == 3
    assert [text for text in said if text != "placed"] == [
        "H26 A is full: 3 of 3 seats are taken."
    ] * 3
    assert groups.group(database, group.id).taken == 3
    for program in (database, *programs):
        program.close()


def test_that_a_patient_has_one_place_in_a_group(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)

    with pytest.raises(Refused, match="already has a place"):
        enrolments.enrol(database, place.patient_id, group.id, make.TODAY)


def test_that_a_closed_group_takes_nobody(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where, status=GroupStatus.CLOSED)

    with pytest.raises(Refused, match="not open for new patients"):
        make.placed(database, where, group.id)


def test_that_an_added_session_takes_a_seat_there(database: Database) -> None:
    where = make.furnished(database)
    one = make.group(database, where, maximum=1)
    other = make.group(database, where, "H26 B", maximum=2)
    make.placed(database, where, one.id, 0)
    place = make.placed(database, where, other.id, 1)
    full = make.of_strand(database, one.id, "lecture_a")[0]
    own = make.of_strand(database, other.id, "lecture_a")[0]

    with pytest.raises(Refused, match="H26 A is full"):
        schedules.swap(database, place.id, own.id, full.id, "Arbetar tisdagar")


def test_that_a_place_that_ended_is_kept(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)

    ended = enrolments.leave(database, place.id, make.TODAY, "Flyttar")

    assert (ended.last, ended.reason) == (make.TODAY, "Flyttar")
    assert groups.group(database, group.id).taken == 0
    with pytest.raises(Refused, match="already ended"):
        enrolments.leave(database, place.id, make.TODAY, "Igen")


def test_that_a_place_is_held_to_the_rules_of_the_centre(database: Database) -> None:
    where = make.furnished(database)
    with make.unwatched(database, where):
        group, other = (make.group(database, where, name) for name in ("H26 A", "H26 B"))
    place = make.placed(database, where, group.id)

    with pytest.raises(NeedsReason, match="at the same time") as asked:
        enrolments.enrol(database, place.patient_id, other.id, make.TODAY)
    assert len(asked.value.findings) <= 7
    assert groups.group(database, other.id).taken == 0
    told = "Goes to every second"
    enrolments.enrol(database, place.patient_id, other.id, make.TODAY, because=told)
    held = clashes.found(database, make.MONDAY, make.MONDAY + timedelta(days=6), where.id)
    assert {
        one.acknowledged and one.acknowledged.reason for one in held if one.rule is Rule.PATIENT
    } == {told}

    rules.set_level(database, where.id, Rule.PATIENT, Level.BLOCKS)
    nils = make.placed(database, where, group.id, 1, "Nils")
    with pytest.raises(Refused, match="at the same time") as refused:
        enrolments.enrol(database, nils.patient_id, other.id, make.TODAY, because=told)
    assert not isinstance(refused.value, NeedsReason)


def test_that_who_moves_in_was_not_expected_before(database: Database) -> None:
    where = make.furnished(database)
    with make.unwatched(database, where):
        group, other = (make.group(database, where, name) for name in ("H26 A", "H26 B"))
    place = make.placed(database, where, group.id)
    first, later = make.of_strand(database, other.id, "relaxation")[:2]
    day = later.start.date()

    moving.move(database, place.id, other.id, day, "Another day", today=day)

    assert sessions.session(database, first.id).taken == 0
    assert sessions.session(database, later.id).taken == 1
