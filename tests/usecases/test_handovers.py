from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group
from painprogram.domain.people import Centre, Profession, Staff
from painprogram.usecases import (
    Database,
    groups,
    handovers,
    patients,
    programmes,
    schedules,
    sessions,
    staff,
)
from painprogram.usecases.handovers import Belonging, Part, Passed
from tests import make

LAST = make.MONDAY + timedelta(days=16)


@pytest.fixture
def where(database: Database) -> Centre:
    return make.furnished(database)


@pytest.fixture
def group(database: Database, where: Centre) -> Group:
    return make.group(database, where)


def named(database: Database, name: str) -> Staff:
    return next(one for one in staff.staff(database, former=True) if one.name == name)


def theirs(database: Database, one: Staff) -> dict[Part, list[Belonging]]:
    found: dict[Part, list[Belonging]] = {}
    for belonging in handovers.handover(database, one.id, LAST).belongings:
        found.setdefault(belonging.part, []).append(belonging)
    return found


def full(database: Database, where: Centre, group: Group, one: Staff, deputy: Staff) -> None:
    """Somebody who has a bit of everything."""
    groups.set_owner(database, group.id, one.id, deputy.id)
    programmes.set_owner(database, "smarthantering", one.id, deputy.id)
    place = make.placed(database, where, group.id)
    start = datetime.combine(LAST + timedelta(days=1), time(7))
    schedules.add_visit(database, place.id, start, 30, title="Samtal", staff_id=one.id)
    patient = patients.patient(database, place.patient_id)
    patients.update(database, replace(patient, contact_id=one.id))


def test_that_everything_somebody_has_is_found_with_the_deputy_proposed(
    database: Database, where: Centre, group: Group
) -> None:
    anna, erik = named(database, "Anna Berg"), named(database, "Erik Lund")
    full(database, where, group, anna, erik)
    found = theirs(database, anna)
    assert found[Part.OWNS_GROUP][0].proposed == erik.id
    assert found[Part.OWNS_PROGRAMME][0].proposed == erik.id
    assert [one.many for one in found[Part.VISITS]] == [1]
    assert [one.many for one in found[Part.CONTACT]] == [1]
    for led in found.get(Part.LEADS, []):
        assert led.proposed == erik.id
        assert led.first
        assert led.first > LAST
    assert theirs(database, erik)[Part.DEPUTY_GROUP][0].thing == group.id


def test_that_all_of_it_goes_in_one_step_and_comes_back_by_one_undo(
    database: Database, where: Centre, group: Group
) -> None:
    anna, erik = named(database, "Anna Berg"), named(database, "Erik Lund")
    full(database, where, group, anna, erik)
    before = [(one.id, one.start, one.leaders) for one in sessions.sessions(database, group.id)]
    had = handovers.handover(database, anna.id, LAST)
    handovers.hand_over(
        database,
        anna.id,
        LAST,
        [Passed(one, one.proposed or erik.id) for one in had.belongings],
        leaves=True,
        reason="Anna slutar",
    )
    assert handovers.handover(database, anna.id, LAST).belongings == ()
    assert not named(database, "Anna Berg").active
    after = groups.group(database, group.id)
    assert (after.owner_id, after.deputy_id) == (erik.id, None)
    assert database.undo() == "Anna Berg leaves"
    assert named(database, "Anna Berg").active
    restored = [(one.id, one.start, one.leaders) for one in sessions.sessions(database, group.id)]
    assert restored == before
    assert handovers.handover(database, anna.id, LAST).belongings == had.belongings


def test_that_sessions_up_to_the_last_day_stay_theirs(database: Database, group: Group) -> None:
    anna = named(database, "Anna Berg")
    led = [
        one
        for one in sessions.sessions(database, group.id)
        if any(leader.staff_id == anna.id for leader in one.leaders)
    ]
    had = handovers.handover(database, anna.id, LAST)
    ahead = sum(one.start.date() > LAST for one in led)
    assert sum(one.many for one in had.belongings if one.part is Part.LEADS) == ahead
    handovers.hand_over(
        database,
        anna.id,
        LAST,
        [Passed(one, one.proposed) for one in had.belongings],
        reason="Byte",
    )
    still = {
        one.id
        for one in sessions.sessions(database, group.id)
        if any(leader.staff_id == anna.id for leader in one.leaders)
    }
    assert still == {one.id for one in led if one.start.date() <= LAST}


def test_that_who_leaves_is_no_longer_offered(database: Database, where: Centre) -> None:
    anna = named(database, "Anna Berg")
    handovers.hand_over(database, anna.id, LAST, [], leaves=True)
    assert anna.id not in {one.id for one in staff.staff(database, where.id)}
    erik = named(database, "Erik Lund")
    offered = handovers.handover(database, erik.id, LAST).colleagues
    assert anna.id not in {one.id for one in offered}


def test_that_nothing_is_handed_to_who_has_left_or_to_oneself(
    database: Database, group: Group
) -> None:
    anna, erik = named(database, "Anna Berg"), named(database, "Erik Lund")
    groups.set_owner(database, group.id, anna.id, None)
    [owned] = [
        one
        for one in handovers.handover(database, anna.id, LAST).belongings
        if one.part is Part.OWNS_GROUP
    ]
    with pytest.raises(Refused, match="somebody else"):
        handovers.hand_over(database, anna.id, LAST, [Passed(owned, anna.id)])
    handovers.hand_over(database, erik.id, LAST, [], leaves=True)
    with pytest.raises(Refused, match="no longer works here"):
        handovers.hand_over(database, anna.id, LAST, [Passed(owned, erik.id)])


def test_that_a_deputy_of_another_profession_is_not_proposed_to_lead(
    database: Database, group: Group
) -> None:
    anna, erik = named(database, "Anna Berg"), named(database, "Erik Lund")
    sofia = named(database, "Sofia Nyström")
    groups.set_owner(database, group.id, anna.id, sofia.id)
    found = theirs(database, anna)
    assert found[Part.OWNS_GROUP][0].proposed == sofia.id
    assert {one.profession for one in found[Part.LEADS]} == {Profession.PHYSIOTHERAPIST}
    assert {one.proposed for one in found[Part.LEADS]} == {erik.id}


def test_that_reading_whose_contact_person_somebody_is_leaves_a_trace(
    database: Database, where: Centre, group: Group
) -> None:
    anna, erik = named(database, "Anna Berg"), named(database, "Erik Lund")
    full(database, where, group, anna, erik)
    patient = patients.find(database)[0]
    before = len(patients.readings(database, patient.id))
    handovers.handover(database, anna.id, LAST)
    readings = patients.readings(database, patient.id)
    assert len(readings) == before + 1
    assert "List what a colleague has" in {one.action for one in readings}
