from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from painprogram.domain.errors import Refused
from painprogram.domain.groups import GroupStatus
from painprogram.domain.people import Centre
from painprogram.domain.referrals import Priority, Referral, ReferralValues
from painprogram.domain.ways import Standing, WayStatus
from painprogram.storage.database import Database
from painprogram.storage.tables import access_entry, access_patient
from painprogram.usecases import groups, patients, waiting, way_lists, ways
from tests import make
from tests.make import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def where(database: Database) -> Centre:
    return make.furnished(database)


def wait(
    database: Database,
    where: Centre,
    name: str,
    number: int,
    *,
    days: int = 10,
    priority: Priority = Priority.USUAL,
) -> Referral:
    one = make.patient(database, where, name, "Ek", number)
    values = ReferralValues(TODAY - days * DAY, priority=priority)
    made = ways.receive(database, one.id, values, today=TODAY)
    return ways.step(database, made.id, WayStatus.WAITING, TODAY, today=TODAY)


def names(database: Database, where: Centre) -> list[str]:
    return [one.name for one in waiting.waiting(database, where.id, today=TODAY)]


def test_that_the_list_is_in_order_of_priority_and_referral(
    database: Database, where: Centre
) -> None:
    wait(database, where, "Nils", 0, days=5)
    wait(database, where, "Eva", 1, days=20)
    wait(database, where, "Ove", 2, days=1, priority=Priority.BEFORE_OTHERS)
    make.patient(database, where, "Nobody", "Waits", 3)

    assert names(database, where) == ["Ove Ek", "Eva Ek", "Nils Ek"]
    assert names(database, make.centre(database, "Sjövik")) == []


def test_that_who_would_rather_come_elsewhere_stands_on_both_lists(
    database: Database, where: Centre
) -> None:
    other = make.centre(database, "Sjövik")
    private = make.centre(database, "Privat", "Vård AB")
    one = wait(database, where, "Nils", 0)
    values = replace(one.values, preferred_centre_id=other.id)
    ways.change(database, one.id, values, today=TODAY)

    assert names(database, where) == names(database, other) == ["Nils Ek"]
    assert names(database, private) == []
    ways.change(database, one.id, replace(values, preferred_centre_id=private.id), today=TODAY)
    assert names(database, private) == []


def test_that_free_seats_are_proposed_with_reasons_and_offered_with_them(
    database: Database, where: Centre
) -> None:
    group = make.group(database, where, maximum=2)
    make.placed(database, where, group.id, 4)
    first, second = wait(database, where, "Eva", 1, days=70), wait(database, where, "Nils", 2)

    found = waiting.propose(database, group.id, today=TODAY)
    assert (found.free, found.offered) == (1, 0)
    assert [(one.waiting.name, one.seat) for one in found.judged] == [
        ("Eva Ek", 1),
        ("Nils Ek", None),
    ]
    (chosen,) = found.chosen
    waiting.offer(database, first.id, group.id, TODAY, why=chosen.told, today=TODAY)

    after = waiting.propose(database, group.id, today=TODAY)
    assert (after.free, after.offered, after.chosen) == (0, 1, ())
    with pytest.raises(Refused, match="taken or offered"):
        waiting.offer(database, second.id, group.id, TODAY, today=TODAY)
    offered = ways.of_patient(database, first.patient_id, TODAY)[0]
    assert (offered.status, offered.group_name) == (WayStatus.OFFERED, "H26 A")
    assert offered.steps[-1].reason == chosen.told
    assert "has waited 70 days, more than the limit of 60" in chosen.told


def test_that_an_accepted_offer_is_a_place(database: Database, where: Centre) -> None:
    group = make.group(database, where)
    one = wait(database, where, "Eva", 1)
    waiting.offer(database, one.id, group.id, TODAY, today=TODAY)

    waiting.accept(database, one.id, TODAY, today=TODAY)

    assert groups.group(database, group.id).taken == 1
    assert names(database, where) == []


def test_that_a_declined_offer_is_logged_and_the_place_in_line_kept(
    database: Database, where: Centre
) -> None:
    group = make.group(database, where)
    one = wait(database, where, "Eva", 1, days=30)
    wait(database, where, "Nils", 2, days=3)
    waiting.offer(database, one.id, group.id, TODAY, today=TODAY)

    with pytest.raises(Refused, match="Write the reason"):
        waiting.decline(database, one.id, TODAY, "", today=TODAY)
    waiting.decline(database, one.id, TODAY, "Wants to come in spring", today=TODAY)

    assert names(database, where) == ["Eva Ek", "Nils Ek"]
    waiting.offer(database, one.id, group.id, TODAY, today=TODAY)
    waiting.decline(database, one.id, TODAY, "No", stays=False, today=TODAY)
    way = ways.of_patient(database, one.patient_id, TODAY)[0]
    assert way.status is WayStatus.DECLINED
    assert [step.reason for step in way.steps][-3:] == ["Wants to come in spring", "", "No"]


def test_that_a_group_that_takes_nobody_has_no_proposals(database: Database, where: Centre) -> None:
    group = make.group(database, where, status=GroupStatus.CLOSED)

    with pytest.raises(Refused, match="not open for new patients"):
        waiting.propose(database, group.id, today=TODAY)


def test_that_counting_looks_at_nobody(database: Database, where: Centre) -> None:
    make.group(database, where)
    ((programme, name),) = ways.choices(database).programmes
    one = wait(database, where, "Eva", 1, days=61)
    ways.change(database, one.id, replace(one.values, programme_id=programme), today=TODAY)
    wait(database, where, "Nils", 2, days=3)
    before = _log(database)

    found = waiting.counts(database, where.id, today=TODAY)

    assert [(c.programme_name, c.waiting, c.over_limit, c.longest) for c in found] == [
        *(("", 1, 0, 3), (name, 1, 1, 61)),
    ]
    assert waiting.over_limit(database, where.id, today=TODAY) == 1
    assert way_lists.count_without_next_step(database, where.id) == 0
    assert _log(database) == before


def test_that_the_list_leaves_one_entry_with_everybody_on_it(
    database: Database, where: Centre
) -> None:
    wait(database, where, "Eva", 1)
    wait(database, where, "Nils", 2)
    before = len(_log(database))

    waiting.waiting(database, where.id, today=TODAY)

    (entry,) = _log(database)[before:]
    with database.raw() as connection:
        seen = connection.scalars(
            select(access_patient.c.patient_id).where(access_patient.c.entry_id == entry)
        )
        assert len(list(seen)) == 2


def test_that_patients_are_found_and_counted_by_where_they_stand(
    database: Database, where: Centre
) -> None:
    group = make.group(database, where)
    wait(database, where, "Eva", 1)
    make.placed(database, where, group.id, 2, "Per")
    fresh = make.patient(database, where, "Ny", "Ek", 3)
    ways.receive(database, fresh.id, ReferralValues(TODAY), today=TODAY)
    make.patient(database, where, "Nils", "Ek", 4)
    gone = wait(database, where, "Ove", 5)
    ways.step(database, gone.id, WayStatus.ONWARD, TODAY, "Moved", today=TODAY)

    def found(standing: Standing) -> list[str]:
        return [one.name for one in patients.find(database, "", where.id, standing=standing)]

    assert {standing: found(standing) for standing in Standing} == {
        Standing.NEW: ["Ny Ek"],
        Standing.IN_LINE: ["Eva Ek"],
        Standing.IN_GROUP: ["Per Öberg"],
        Standing.FOLLOW_UP: ["Ove Ek"],
        Standing.DONE: [],
        Standing.NOWHERE: ["Nils Ek"],
    }
    assert set(patients.counts(database, "", where.id).values()) == {1, 0}
    assert patients.counts(database, "ek")[Standing.IN_GROUP] == 0
    assert sum(patients.counts(database, "ek").values()) == 4


def _log(database: Database) -> list[object]:
    with database.raw() as connection:
        return list(connection.scalars(select(access_entry.c.id).order_by(access_entry.c.at)))
