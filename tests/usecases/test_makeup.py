from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from painprogram.domain.attendance import AttendanceState
from painprogram.domain.completion import PartState
from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group
from painprogram.domain.patients import Enrolment
from painprogram.domain.people import Centre
from painprogram.domain.rules import Rule
from painprogram.domain.schedule import LineKind
from painprogram.domain.unsuitable import read
from painprogram.storage.tables import EnrolmentRow
from painprogram.usecases import (
    Database,
    attendance,
    centres,
    completion,
    enrolments,
    groups,
    laps,
    makeup,
    patients,
    schedules,
    sessions,
)
from tests import make

WEEK = timedelta(weeks=1)
AFTER_A = make.MONDAY + 2 * WEEK
"""The Monday after the week of lecture A."""


@pytest.fixture
def where(database: Database) -> Centre:
    return make.furnished(database)


def two_groups(database: Database, where: Centre) -> tuple[Group, Group]:
    with make.unwatched(database, where):
        ours = make.group(database, where)
        theirs = make.group(database, where, "H26 B", make.MONDAY + 2 * WEEK)
    make.lenient(database, where, *Rule)
    return ours, theirs


def note(
    database: Database, place: Enrolment, strand: str, state: AttendanceState, number: int = 0
) -> UUID:
    session = make.of_strand(database, place.group_id, strand)[number]
    attendance.note(database, session.id, place.patient_id, state, today=session.start.date())
    return session.id


def lacking(database: Database, place: Enrolment, today: date) -> list[str]:
    found = completion.of(database, place.id, today)
    return [part.strand for part in found.lacking]


def test_that_a_missed_lecture_is_made_up_in_another_group(
    database: Database, where: Centre
) -> None:
    ours, theirs = two_groups(database, where)
    place = make.placed(database, where, ours.id)
    note(database, place, "lecture_a", AttendanceState.EXCUSED)
    other = make.of_strand(database, theirs.id, "lecture_a")[0]

    (missing,) = makeup.propose(database, place.id, AFTER_A).lacking
    (proposal,) = missing.proposals
    own = makeup.carry_out(database, place.id, proposal.session.id, "Sjuk", proposal.instead_of)

    assert (missing.part.strand, proposal.session.id) == ("lecture_a", other.id)
    assert proposal.reasons == ("here, in H26 B", "12 free seats")
    assert proposal.instead_of is None  # it was held: an addition
    assert [line.kind for line in own.lines if line.session.id == other.id] == [LineKind.ADDITION]
    assert lacking(database, place, AFTER_A) == []
    attendance.note(
        database, other.id, place.patient_id, AttendanceState.PRESENT, today=other.start.date()
    )
    part = completion.of(database, place.id, AFTER_A + WEEK).parts
    assert next(one for one in part if one.strand == "lecture_a").state is PartState.DONE


def test_that_what_is_told_before_is_swapped(database: Database, where: Centre) -> None:
    ours, theirs = two_groups(database, where)
    place = make.placed(database, where, ours.id)
    own = make.of_strand(database, ours.id, "lecture_a")[0]
    schedules.opt_out(database, place.id, own.id, "Reser")
    other = make.of_strand(database, theirs.id, "lecture_a")[0]

    (missing,) = makeup.propose(database, place.id, make.MONDAY).lacking
    (proposal,) = missing.proposals
    makeup.carry_out(database, place.id, other.id, "Reser", proposal.instead_of)

    assert proposal.instead_of == own.id
    (line,) = [one for one in schedules.own(database, place.id).lines if one.kind is LineKind.SWAP]
    assert line.instead_of is not None
    assert (line.session.id, line.instead_of.id) == (other.id, own.id)


def test_that_a_full_group_is_not_proposed(database: Database, where: Centre) -> None:
    ours, theirs = two_groups(database, where)
    place = make.placed(database, where, ours.id)
    make.placed(database, where, theirs.id, 1)
    note(database, place, "lecture_a", AttendanceState.NO_SHOW)
    groups.set_size(database, theirs.id, 1, 1)

    (missing,) = makeup.propose(database, place.id, AFTER_A).lacking

    assert missing.proposals == ()
    assert "no time ahead has a seat" in missing.told


def test_that_a_centre_of_another_care_provider_is_not_proposed(
    database: Database, where: Centre
) -> None:
    ours, _theirs = two_groups(database, where)
    private = centres.add(database, "Privata", "Vård AB")
    same = make.furnished(database, "Norra")
    make.team(database, private)
    make.hall(database, private)
    for other in (private, same):
        with make.unwatched(database, other):
            make.group(database, other, "H26 N", make.MONDAY + 4 * WEEK)
    place = make.placed(database, where, ours.id)
    note(database, place, "lecture_a", AttendanceState.ABSENT)

    (missing,) = makeup.propose(database, place.id, AFTER_A).lacking

    assert [one.centre_name for one in missing.proposals] == ["Ekbacken", "Norra"]
    assert missing.proposals[1].reasons[0] == "at Norra, in H26 N"


def test_that_times_that_do_not_work_come_last(database: Database, where: Centre) -> None:
    ours, theirs = two_groups(database, where)
    place = make.placed(database, where, ours.id)
    for number in range(3):
        note(database, place, "relaxation", AttendanceState.NO_SHOW, number)
    ahead = make.of_strand(database, theirs.id, "relaxation")
    moved = ahead[-1]
    sessions.move(
        database, moved.id, datetime.combine(moved.start.date() + timedelta(days=1), time(8))
    )
    known = patients.patient(database, place.patient_id)
    patients.update(database, replace(known, times_not=read(["tue"])))

    (missing,) = makeup.propose(database, place.id, make.MONDAY + 3 * WEEK).lacking

    assert missing.proposals[0].session.id == moved.id
    assert missing.proposals[0].against == ()
    assert missing.proposals[1].against == ("does not work: Tue",)


def test_that_in_an_open_group_the_next_round_is_proposed_after_the_lap(
    database: Database, where: Centre
) -> None:
    group = make.open_group(database, where)
    place = make.placed(database, where, group.id)
    make.lenient(database, where, *Rule)
    laps.set_lap(database, place.id, make.MONDAY, make.MONDAY + 6 * WEEK)
    for number in range(4):
        note(database, place, "relaxation", AttendanceState.NO_SHOW, number)
    later = make.of_strand(database, group.id, "relaxation")[-1]

    found = makeup.propose(database, place.id, make.MONDAY + 4 * WEEK)
    proposals = {one.part.strand: one.proposals for one in found.lacking}["relaxation"]
    own = makeup.carry_out(database, place.id, later.id, "Missade fyra")

    assert [one.session.id for one in proposals][-1] == later.id
    assert proposals[0].reasons[0] == "in the own group"
    assert later.id in {line.session.id for line in own.lines if line.attends}


def test_that_attendance_of_an_earlier_group_counts_in_the_next(
    database: Database, where: Centre
) -> None:
    ours, theirs = two_groups(database, where)
    place = make.placed(database, where, ours.id)
    note(database, place, "lecture_a", AttendanceState.PRESENT)
    new = enrolments.enrol(database, place.patient_id, theirs.id, AFTER_A)
    with database.change("Ends") as db:
        db.get_one(EnrolmentRow, place.id).last = AFTER_A
    groups.rename(database, theirs.id, "H26 C")

    found = completion.of(database, new.id, AFTER_A)

    assert next(one for one in found.parts if one.strand == "lecture_a").done == 1


def test_that_a_group_shows_who_lacks_most_first(database: Database, where: Centre) -> None:
    ours, _theirs = two_groups(database, where)
    first, second = (
        make.placed(database, where, ours.id, n, name) for n, name in enumerate(("Ada", "Bo"))
    )
    note(database, second, "lecture_a", AttendanceState.NO_SHOW)

    found = completion.of_group(database, ours.id, AFTER_A)

    assert [one.name for one in found] == ["Bo Öberg", "Ada Öberg"]
    assert found[1].enrolment_id == first.id


def test_that_nothing_is_added_while_the_patient_rests(database: Database, where: Centre) -> None:
    ours, theirs = two_groups(database, where)
    place = make.placed(database, where, ours.id)
    make.rest(database, place, make.MONDAY, make.MONDAY + 4 * WEEK)
    other = make.of_strand(database, theirs.id, "lecture_a")[0]

    with pytest.raises(Refused, match="rests from the group on Thursday 4 February"):
        schedules.add(database, place.id, other.id, "Vill gärna")


def test_that_the_patient_is_told_of_in_the_log(database: Database, where: Centre) -> None:
    ours, _theirs = two_groups(database, where)
    place = make.placed(database, where, ours.id)

    makeup.propose(database, place.id, AFTER_A)

    assert patients.readings(database, place.patient_id)[0].action == "Propose make-up"
