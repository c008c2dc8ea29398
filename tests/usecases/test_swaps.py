"""What a patient could go to instead: the same module elsewhere, with what stands against it."""

from dataclasses import replace

import pytest

from painprogram.domain.unsuitable import written
from painprogram.storage.database import Database
from painprogram.usecases import groups, patients, sessions, swaps
from tests import make


@pytest.fixture
def where(database: Database):
    return make.furnished(database)


@pytest.fixture
def place(database: Database, where):
    return make.placed(database, where, make.group(database, where).id)


def other(database: Database, where, name: str = "H26 B", **more):
    with make.unwatched(database, where):
        return make.group(database, where, name, **more)


def test_that_sessions_of_the_module_in_other_groups_are_found_with_their_seats(
    database: Database, where, place
) -> None:
    group = other(database, where, maximum=3)
    base = make.of_strand(database, place.group_id, "relaxation")[0]

    found = swaps.alternatives(database, place.id, base.id, make.TODAY)

    assert {one.session.group_id for one in found} == {group.id}
    assert {one.session.module for one in found} == {"relaxation"}
    assert {(one.free, one.elsewhere, one.centre_name) for one in found} == {(3, False, "Ekbacken")}


def test_that_what_clashes_with_the_own_schedule_is_said_and_stands_last(
    database: Database, where, place
) -> None:
    other(database, where)
    base = make.of_strand(database, place.group_id, "relaxation")[0]

    found = swaps.alternatives(database, place.id, base.id, make.TODAY)

    free = [one for one in found if not one.against]
    assert found[: len(free)] == tuple(free)
    assert free[0].session.start == base.start  # its own time is free by the swap
    said = {words.rpartition(" ")[0] for one in found for words in one.against}
    assert any(words.startswith("clashes with Relaxation") for words in said)


def test_that_times_that_do_not_work_are_said(database: Database, where, place) -> None:
    other(database, where)
    base = make.of_strand(database, place.group_id, "relaxation")[0]
    day = base.start.strftime("%a").lower()
    known = patients.patient(database, place.patient_id)
    patients.update(database, replace(known, times_not=written(day)))

    found = swaps.alternatives(database, place.id, base.id, make.TODAY)

    assert any(words.startswith("does not work") for words in found[-1].against)


def test_that_other_centres_of_the_care_provider_are_reachable_and_no_others(
    database: Database, where, place
) -> None:
    near = make.furnished(database, "Lindängen")
    far = make.centre(database, "Fjärran", "Region Syd")
    make.team(database, far)
    make.hall(database, far)
    make.hall(database, far, "Gymmet", 12)
    make.hall(database, far, "Rum 4", 4)
    there = other(database, near, "Lindängen A")
    other(database, far, "Fjärran A")
    base = make.of_strand(database, place.group_id, "relaxation")[0]

    found = swaps.alternatives(database, place.id, base.id, make.TODAY)

    assert {one.session.group_id for one in found} == {there.id}
    assert {(one.elsewhere, one.centre_name) for one in found} == {(True, "Lindängen")}


def test_that_full_cancelled_and_past_sessions_are_left_out(
    database: Database, where, place
) -> None:
    group = other(database, where, maximum=1)
    make.placed(database, where, group.id, 1, "Nils")
    base = make.of_strand(database, place.group_id, "relaxation")[0]
    assert swaps.alternatives(database, place.id, base.id, make.TODAY) == ()

    groups.set_size(database, group.id, 1, 2)
    first, *rest = make.of_strand(database, group.id, "relaxation")
    sessions.cancel(database, rest[-1].id)

    found = swaps.alternatives(database, place.id, base.id, rest[0].start.date())

    assert {one.session.id for one in found} == {one.id for one in rest[:-1]}
    assert first.id not in {one.session.id for one in found}


def test_that_what_can_be_added_is_not_in_the_base_schedule(
    database: Database, where, place
) -> None:
    group = other(database, where)

    found = swaps.additions(database, place.id, make.TODAY)

    assert {one.session.group_id for one in found} == {group.id}
    assert len({one.session.module for one in found}) > 1
