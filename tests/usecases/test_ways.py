from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.patients import Patient
from painprogram.domain.people import Centre
from painprogram.domain.referrals import Priority, Referral, ReferralValues, Way
from painprogram.domain.ways import NextStep, ReferralKind, WayStatus, following
from painprogram.storage.database import Database
from painprogram.usecases import enrolments, groups, history, patients, way_lists, ways
from tests import make
from tests.make import TODAY

DAY = timedelta(days=1)
RECEIVED = TODAY - 30 * DAY
VALUES = ReferralValues(RECEIVED, from_whom="Dr Ek", reason="Long-lasting pain", needs=("Sleep",))


@pytest.fixture
def where(database: Database) -> Centre:
    return make.furnished(database)


@pytest.fixture
def patient(database: Database, where: Centre) -> Patient:
    return make.patient(database, where)


def receive(database: Database, patient: Patient, values: ReferralValues = VALUES) -> Referral:
    return ways.receive(database, patient.id, values, today=TODAY)


def take(
    database: Database,
    way: Referral,
    *statuses: WayStatus,
    group: Group | None = None,
    on: date = TODAY,
    reason: str = "",
) -> Referral:
    for status in statuses:
        key = group.id if group else None
        way = ways.step(database, way.id, status, on, reason, key, today=on)
    return way


def way_of(database: Database, patient: Patient, today: date = TODAY) -> Way:
    return ways.of_patient(database, patient.id, today)[0]


def lost(database: Database) -> list[tuple[str, str]]:
    return [(one.name, one.why) for one in way_lists.without_next_step(database)]


def test_that_a_referral_has_a_next_step_with_its_day(database: Database, patient: Patient) -> None:
    made = receive(database, patient)

    assert (made.status, made.next_step) == (WayStatus.RECEIVED, NextStep.ASSESS)
    assert made.next_on == RECEIVED + 14 * DAY
    way = way_of(database, patient)
    assert (way.waited, way.over_limit, way.overdue) == (30, False, True)
    assert way.referral.values == VALUES


def test_that_a_place_is_to_be_offered_within_the_centres_limit(
    database: Database, patient: Patient
) -> None:
    made = take(database, receive(database, patient), WayStatus.ASSESSED, WayStatus.WAITING)

    assert (made.next_step, made.next_on) == (NextStep.OFFER, RECEIVED + 60 * DAY)
    later = way_of(database, patient, RECEIVED + 61 * DAY)
    assert (later.waited, later.over_limit) == (61, True)


def test_that_registering_can_be_undone_and_a_step_cannot(
    database: Database, patient: Patient
) -> None:
    receive(database, patient)
    history.undo(database)
    assert ways.of_patient(database, patient.id, TODAY) == ()

    history.redo(database)
    take(database, way_of(database, patient).referral, WayStatus.ASSESSED)

    assert "step" not in (database.undo_label or "")
    assert [one.status for one in way_of(database, patient).steps] == [
        *(WayStatus.RECEIVED, WayStatus.ASSESSED)
    ]


def test_that_a_patient_is_on_one_way_at_a_time(database: Database, patient: Patient) -> None:
    receive(database, patient)

    with pytest.raises(Refused, match="already on a way: received"):
        receive(database, patient)


def test_that_no_step_leads_nowhere(database: Database, patient: Patient) -> None:
    made = receive(database, patient)

    with pytest.raises(Refused, match="“Received” can't become “Completed”"):
        take(database, made, WayStatus.COMPLETED)
    with pytest.raises(Refused, match="Write the reason"):
        take(database, made, WayStatus.DECLINED)
    with pytest.raises(Refused, match="has not come yet"):
        ways.step(database, made.id, WayStatus.ASSESSED, TODAY + DAY, today=TODAY)
    with pytest.raises(Refused, match="choose 23 October 2026 or a later day"):
        ways.step(database, made.id, WayStatus.ASSESSED, RECEIVED - DAY, today=TODAY)
    with pytest.raises(Refused, match="can't be received on a day that has not come"):
        ways.change(database, made.id, ReferralValues(TODAY + DAY), today=TODAY)


def test_that_placing_gives_the_place_in_the_same_step(
    database: Database, where: Centre, patient: Patient
) -> None:
    group = make.group(database, where)
    made = take(database, receive(database, patient), WayStatus.WAITING)

    take(database, made, WayStatus.PLACED, group=group)

    (place,) = patients.enrolments(database, patient.id)
    assert (place.group_id, place.last) == (group.id, None)
    way = way_of(database, patient)
    assert (way.status, way.group_name) == (WayStatus.PLACED, "H26 A")
    assert (way.next_step, way.next_on) == (NextStep.BEFORE, place.first)
    assert place.first == groups.group(database, group.id).first


def test_that_a_full_group_takes_nobody_and_leaves_the_way_as_it_was(
    database: Database, where: Centre, patient: Patient
) -> None:
    group = make.group(database, where, maximum=1)
    make.placed(database, where, group.id, 1)
    made = take(database, receive(database, patient), WayStatus.WAITING)

    with pytest.raises(Refused, match="full"):
        take(database, made, WayStatus.PLACED, group=group)
    with pytest.raises(Refused, match="All seats in H26 A are taken or offered: 1 of 1"):
        take(database, made, WayStatus.OFFERED, group=group)

    assert way_of(database, patient).status is WayStatus.WAITING


def test_that_a_place_given_by_hand_takes_the_way_along_and_can_be_undone(
    database: Database, where: Centre, patient: Patient
) -> None:
    group = make.group(database, where)
    take(database, receive(database, patient), WayStatus.WAITING)

    enrolments.enrol(database, patient.id, group.id, TODAY)
    assert way_of(database, patient).status is WayStatus.PLACED

    history.undo(database)
    assert way_of(database, patient).status is WayStatus.WAITING
    assert patients.enrolments(database, patient.id) == ()


def test_that_a_patient_placed_without_a_referral_is_on_a_way_too(
    database: Database, where: Centre, patient: Patient
) -> None:
    group = make.group(database, where)
    enrolments.enrol(database, patient.id, group.id, TODAY)

    way = way_of(database, patient)
    assert (way.referral.values.kind, way.waited) == (ReferralKind.DIRECT, None)
    made = receive(database, patient)

    assert (made.id, made.status) == (way.referral.id, WayStatus.PLACED)
    assert made.values.from_whom == "Dr Ek"
    assert lost(database) == []


def test_that_a_place_that_ends_ends_the_way_unless_there_is_another(
    database: Database, where: Centre, patient: Patient
) -> None:
    group, other = (make.group(database, where, name) for name in ("H26 A", "H26 B"))
    make.lenient(database, where)
    receive(database, patient)
    first = enrolments.enrol(database, patient.id, group.id, TODAY)
    second = enrolments.enrol(database, patient.id, other.id, TODAY, because="Told")

    enrolments.leave(database, first.id, TODAY, "Swapped")
    assert way_of(database, patient).status is WayStatus.PLACED
    enrolments.leave(database, second.id, TODAY, "Never came", WayStatus.NEVER_CAME)

    way = way_of(database, patient)
    assert (way.status, way.next_step) == (WayStatus.NEVER_CAME, NextStep.REPORT)
    assert way.referral.end_reason == "Never came"


def test_that_back_takes_back_what_a_step_did(
    database: Database, where: Centre, patient: Patient
) -> None:
    group = make.group(database, where)
    made = take(database, receive(database, patient), WayStatus.WAITING)
    made = take(database, made, WayStatus.PLACED, group=group)
    made = take(database, made, WayStatus.STOPPED, reason="Wants to stop")
    assert groups.group(database, group.id).taken == 0

    ways.back(database, made.id, "The wrong patient")
    assert way_of(database, patient).status is WayStatus.PLACED
    assert groups.group(database, group.id).taken == 1
    ways.back(database, made.id, "The wrong patient")

    way = way_of(database, patient)
    assert (way.status, way.next_step) == (WayStatus.WAITING, NextStep.OFFER)
    assert groups.group(database, group.id).taken == 0
    assert len(way.steps) == 6
    with pytest.raises(Refused, match="Write the reason"):
        ways.back(database, made.id, " ")


def test_that_a_referral_that_has_just_come_has_nothing_to_take_back(
    database: Database, patient: Patient
) -> None:
    with pytest.raises(Refused, match="has only begun"):
        ways.back(database, receive(database, patient).id, "Oops")


def test_that_the_year_after_is_the_last_step(
    database: Database, where: Centre, patient: Patient
) -> None:
    group = make.group(database, where)
    made = take(database, receive(database, patient), WayStatus.WAITING)
    made = take(database, made, WayStatus.PLACED, group=group)
    end = date(2027, 3, 5)
    made = take(database, made, WayStatus.UNDER_WAY, WayStatus.COMPLETED, on=end)
    assert (made.next_step, made.next_on) == (NextStep.REPORT, end + 14 * DAY)

    made = ways.done(database, made.id, NextStep.REPORT, end, today=end)
    assert (made.next_step, made.next_on) == (NextStep.YEAR, end + 365 * DAY)
    assert not made.closed
    year = end + 370 * DAY
    made = ways.done(database, made.id, NextStep.YEAR, year, today=year)

    assert made.closed
    assert ways.ways(database, today=year) == ()
    assert len(ways.ways(database, today=year, closed=True)) == 1
    assert receive(database, patient, ReferralValues(TODAY)).status is WayStatus.RECEIVED


def test_that_the_day_of_a_step_can_be_moved_but_not_away_from_its_group(
    database: Database, where: Centre, patient: Patient
) -> None:
    made = receive(database, patient)
    assert ways.plan(database, made.id, TODAY + 3 * DAY).next_on == TODAY + 3 * DAY
    made = take(database, made, WayStatus.WAITING)
    take(database, made, WayStatus.PLACED, group=make.group(database, where))

    with pytest.raises(Refused, match="follows the dates of the group"):
        ways.plan(database, made.id, TODAY)


def test_that_a_step_that_is_done_by_saying_how_it_went_says_so(
    database: Database, patient: Patient
) -> None:
    made = receive(database, patient)

    with pytest.raises(Refused, match="done by saying how it went: Assessed, Waiting"):
        ways.done(database, made.id, NextStep.ASSESS, TODAY, today=TODAY)
    with pytest.raises(Refused, match="is not the next step"):
        ways.done(database, made.id, NextStep.YEAR, TODAY, today=TODAY)


def test_that_who_is_on_no_way_is_listed(
    database: Database, where: Centre, patient: Patient
) -> None:
    assert lost(database) == [
        ("Maria Öberg", "No referral is registered, and the patient has no place")
    ]
    assert way_lists.count_without_next_step(database, where.id) == 1

    receive(database, patient)

    assert lost(database) == []
    assert way_lists.count_without_next_step(database) == 0


def test_that_a_cancelled_group_leaves_nobody_behind(
    database: Database, where: Centre, patient: Patient
) -> None:
    group = make.group(database, where)
    made = take(database, receive(database, patient), WayStatus.WAITING)
    take(database, made, WayStatus.OFFERED, group=group)

    groups.set_status(database, group.id, GroupStatus.CANCELLED)

    assert lost(database) == [("Maria Öberg", "The group is cancelled")]
    assert way_lists.count_without_next_step(database) == 1


def test_that_the_list_begins_with_what_should_be_done_first(
    database: Database, where: Centre
) -> None:
    for number, (name, days) in enumerate((("Nils", 1), ("Eva", 20), ("Ove", 5))):
        one = make.patient(database, where, name, "Ek", number)
        receive(database, one, ReferralValues(TODAY - days * DAY, priority=Priority.AT_ONCE))

    found = ways.ways(database, where.id, today=TODAY)

    assert [one.name for one in found] == ["Eva Ek", "Ove Ek", "Nils Ek"]
    assert ways.ways(database, where.id, today=TODAY, statuses=[WayStatus.WAITING]) == ()


def test_that_a_referral_is_asked_for_by_its_programme_and_centre(
    database: Database, where: Centre, patient: Patient
) -> None:
    make.group(database, where)
    offered = ways.choices(database)
    ((programme, name),) = offered.programmes
    made = receive(database, patient)
    values = replace(VALUES, programme_id=programme, preferred_centre_id=where.id)

    ways.change(database, made.id, values, today=TODAY)

    way = way_of(database, patient)
    assert (way.programme_name, way.preferred_centre_name) == (name, "Ekbacken")


_UNDONE = (
    *("Place patient in group", "End the patient's place in the group", "Move the next step"),
)
ACTIONS = ("step", "back", "done", "enrol", "leave", "undo", "receive", "plan")


@given(data=st.data())
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_that_whatever_is_done_nobody_is_without_a_next_step(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    database = Database.open(f"sqlite:///{tmp_path_factory.mktemp('ways') / 'ways.ppdb'}")
    try:
        where = make.furnished(database)
        group = make.group(database, where, maximum=2)
        patient = make.patient(database, where)
        receive(database, patient)
        for _number in range(data.draw(st.integers(1, 12))):
            with suppress(Refused):
                _act(database, data, patient.id, group.id)
            _check(database, patient)
    finally:
        database.close()


def _act(database: Database, data: st.DataObject, patient: UUID, group: UUID) -> None:
    way = ways.of_patient(database, patient, TODAY)[0]
    held = [one for one in patients.enrolments(database, patient) if one.last is None]
    match data.draw(st.sampled_from(ACTIONS)):
        case "step":
            then = following(way.status)
            status = data.draw(st.sampled_from(then)) if then else WayStatus.WAITING
            ways.step(database, way.referral.id, status, TODAY, "Because", group, today=TODAY)
        case "back":
            ways.back(database, way.referral.id, "Because")
        case "done" if way.next_step:
            ways.done(database, way.referral.id, way.next_step, TODAY, today=TODAY)
        case "enrol":
            enrolments.enrol(database, patient, group, TODAY)
        case "leave" if held:
            enrolments.leave(database, held[0].id, TODAY, "Because")
        case "undo":
            if database.undo_label in _UNDONE:
                history.undo(database)
        case "receive":
            ways.receive(database, patient, VALUES, today=TODAY)
        case "plan":
            ways.plan(database, way.referral.id, TODAY + DAY)


def _check(database: Database, patient: Patient) -> None:
    assert way_lists.without_next_step(database) == ()
    for way in ways.of_patient(database, patient.id, TODAY):
        assert way.referral.closed or (way.next_step and way.next_on)
        assert way.status in {one.status for one in way.steps}
    placed = any(one.last is None for one in patients.enrolments(database, patient.id))
    on_group = way_of(database, patient).status in (WayStatus.PLACED, WayStatus.UNDER_WAY)
    assert placed == on_group
