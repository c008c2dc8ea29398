"""A patient moves to another group: what was is kept as it was, what comes is the new group's."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest

from painprogram.domain.attendance import AttendanceState
from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group
from painprogram.domain.patients import Enrolment
from painprogram.domain.people import Centre
from painprogram.domain.schedule import LineKind
from painprogram.domain.ways import WayStatus
from painprogram.storage.database import Database
from painprogram.usecases import (
    attendance,
    commitments,
    groups,
    history,
    moving,
    patients,
    rests,
    schedules,
    sessions,
    ways,
)
from tests import make

TODAY = make.MONDAY + timedelta(weeks=2)
"""Two weeks into both groups."""


@dataclass
class There:
    where: Centre
    old: Group
    new: Group
    place: Enrolment


@pytest.fixture
def there(database: Database) -> There:
    where = make.furnished(database)
    old = make.group(database, where)
    with make.unwatched(database, where):
        new = make.group(database, where, "H26 B")
    return There(where, old, new, make.placed(database, where, old.id))


def move(database: Database, there: There, first=TODAY) -> Enrolment:
    return moving.move(
        database, there.place.id, there.new.id, first, "Arbetar tisdagar", today=TODAY
    )


def expected_at(database: Database, group: Group, place: Enrolment) -> list[date]:
    return [
        one.start.date()
        for one in sessions.sessions(database, group.id)
        if any(
            who.patient_id == place.patient_id for who in sessions.participants(database, one.id)
        )
    ]


def test_that_the_earlier_roster_and_attendance_stay_as_they_were(
    database: Database, there: There
) -> None:
    held = make.of_strand(database, there.old.id, "relaxation")[0]
    make.placed(database, there.where, there.old.id, 1, "Nils")
    attendance.note(database, held.id, there.place.patient_id, AttendanceState.PRESENT, today=TODAY)
    before = attendance.sheet_of(database, held.id)
    own = schedules.own(database, there.place.id)

    move(database, there)

    assert attendance.sheet_of(database, held.id).attendees == before.attendees
    after = schedules.own(database, there.place.id)
    assert [line.session.id for line in after.lines] == [line.session.id for line in own.lines]
    ended = patients.enrolments(database, there.place.patient_id)[1]
    assert (ended.id, ended.last, ended.reason) == (there.place.id, TODAY, "Arbetar tisdagar")


def test_that_a_session_before_the_move_that_is_noted_later_has_the_patient(
    database: Database, there: There
) -> None:
    held = make.of_strand(database, there.old.id, "relaxation")[0]
    later = make.of_strand(database, there.new.id, "relaxation")[0]
    move(database, there)

    assert there.place.patient_id in {
        one.patient_id for one in attendance.sheet_of(database, held.id).attendees
    }
    assert there.place.patient_id not in {
        one.patient_id for one in attendance.sheet_of(database, later.id).attendees
    }


def test_that_the_seat_changes_group_and_the_way_goes_on(database: Database, there: There) -> None:
    new = move(database, there)

    assert groups.group(database, there.old.id).taken == 0
    assert groups.group(database, there.new.id).taken == 1
    (way,) = ways.of_patient(database, there.place.patient_id, TODAY)
    assert way.referral.status is WayStatus.PLACED
    assert patients.enrolments(database, there.place.patient_id)[0] == new


def test_that_until_the_first_day_the_patient_comes_where_they_came(
    database: Database, there: There
) -> None:
    first = TODAY + timedelta(weeks=1)
    plan = moving.preview(database, there.place.id, there.new.id, first, TODAY)
    assert plan.until

    new = move(database, there, first)

    old_days = expected_at(database, there.old, there.place)
    assert [line.start.date() for line in plan.until] == old_days
    assert all(TODAY <= day < first for day in old_days)
    ahead = [day for day in expected_at(database, there.new, there.place) if day >= TODAY]
    assert min(ahead) >= first
    kinds = {line.kind for line in schedules.own(database, new.id).lines}
    assert kinds == {LineKind.BASE, LineKind.ADDITION, LineKind.OPT_OUT}


def test_that_the_new_schedule_begins_on_the_first_day_there(
    database: Database, there: There
) -> None:
    new = move(database, there)

    lines = schedules.own(database, new.id).lines
    assert lines
    assert min(line.start.date() for line in lines) >= TODAY
    assert min(line.start.date() for line in schedules.own(database, there.place.id).lines) < TODAY


def test_that_visits_goals_and_pauses_ahead_go_along(database: Database, there: There) -> None:
    start = datetime.combine(TODAY + timedelta(days=9), time(15))
    schedules.add_visit(database, there.place.id, start, 45, title="Samtal", today=make.TODAY)
    past = datetime.combine(make.MONDAY, time(15))
    schedules.add_visit(database, there.place.id, past, 45, title="Först", today=make.TODAY)
    shown = commitments.commitment(database, there.place.id)
    commitments.write(
        database, shown, sentences=shown.sentences, goals=("Gå",), home=("Andas",), scores=(4,)
    )
    rests.rest(
        database, there.place.id, TODAY + timedelta(days=20), TODAY + timedelta(days=25), "Resa"
    )

    plan = moving.preview(database, there.place.id, there.new.id, TODAY, TODAY)
    new = move(database, there)

    assert [line.session.title for line in plan.follows] == ["Samtal"]
    assert plan.goals == 2
    titles = {line.session.title for line in schedules.own(database, new.id).lines}
    assert "Samtal" in titles
    assert "Först" not in titles
    carried = commitments.commitment(database, new.id)
    assert (carried.scored, carried.home, carried.agreed_on) == ((("Gå", 4),), ("Andas",), None)
    assert [one.reason for one in rests.rests(database, new.id)] == ["Resa"]


def test_that_the_preview_says_what_comes_again_and_what_is_lacking(
    database: Database, there: There
) -> None:
    plan = moving.preview(database, there.place.id, there.new.id, TODAY, TODAY)

    assert len(plan.past) == sum(
        line.start.date() < TODAY for line in schedules.own(database, there.place.id).lines
    )
    assert {one.start.date() >= TODAY for one in plan.new} == {True}
    assert (plan.free, plan.noted, plan.goals) == (12, 0, 0)
    assert groups.group(database, there.old.id).taken == 1


def test_that_a_later_group_brings_again_what_was_had_and_an_earlier_one_leaves_gaps(
    database: Database, there: There
) -> None:
    with make.unwatched(database, there.where):
        later = make.group(database, there.where, "H27 C", make.MONDAY + timedelta(weeks=3))
    first = later.first or TODAY
    had = {
        line.session.title
        for line in schedules.own(database, there.place.id).lines
        if line.start.date() < first
    }

    plan = moving.preview(database, there.place.id, later.id, first, first)
    assert plan.again
    assert set(plan.again) <= had
    assert plan.lacking == ()

    new = moving.move(database, there.place.id, later.id, first, "Senare", today=first)
    back = moving.preview(database, new.id, there.old.id, first, first)
    assert back.lacking == ()  # had there, before the first move
    nils = make.placed(database, there.where, later.id, 1, "Nils")
    assert set(moving.preview(database, nils.id, there.old.id, first, first).lacking) <= had
    assert moving.preview(database, nils.id, there.old.id, first, first).lacking


def test_that_one_undo_takes_all_of_the_move_back(database: Database, there: There) -> None:
    own = schedules.own(database, there.place.id)
    move(database, there, TODAY + timedelta(weeks=1))

    assert history.undo(database) == "Move patient to another group"

    (place,) = patients.enrolments(database, there.place.patient_id)
    assert (place.id, place.last) == (there.place.id, None)
    assert schedules.own(database, there.place.id).lines == own.lines


def test_that_a_move_to_a_full_group_or_the_same_one_is_refused(
    database: Database, there: There
) -> None:
    groups.set_size(database, there.new.id, 1, 1)
    make.placed(database, there.where, there.new.id, 1, "Nils")

    with pytest.raises(Refused, match="full"):
        move(database, there)
    with pytest.raises(Refused, match="in that group already"):
        moving.move(database, there.place.id, there.old.id, TODAY, "Fel", today=TODAY)
    with pytest.raises(Refused, match="reason"):
        moving.move(database, there.place.id, there.new.id, TODAY, " ", today=TODAY)
    assert groups.group(database, there.old.id).taken == 1


def test_that_a_day_before_what_is_noted_is_refused(database: Database, there: There) -> None:
    held = make.of_strand(database, there.old.id, "relaxation")[1]
    attendance.note(database, held.id, there.place.patient_id, AttendanceState.PRESENT, today=TODAY)

    with pytest.raises(Refused, match="Attendance is noted at Relaxation"):
        move(database, there, held.start.date())
