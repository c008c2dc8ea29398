"""What a week may ask of one patient, and the times of the week that do not work."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from painprogram.domain.errors import NeedsReason, Refused
from painprogram.domain.rules import Level, Rule
from painprogram.domain.unsuitable import written
from painprogram.storage.database import Database
from painprogram.usecases import clashes, patients, rules, schedules
from tests import make

VISIT = datetime.combine(make.MONDAY + timedelta(days=2), time(15))


@pytest.fixture
def where(database: Database):
    return make.furnished(database)


@pytest.fixture
def place(database: Database, where):
    return make.placed(database, where, make.group(database, where).id)


def limit(database: Database, place, **limits: Any) -> None:
    known = patients.patient(database, place.patient_id)
    patients.update(database, replace(known, **limits))


def add_visit(database: Database, place, because: str = ""):
    return schedules.add_visit(
        database,
        place.id,
        VISIT,
        45,
        title="Samtal",
        because=because,
        today=make.TODAY,
    )


def test_that_limits_and_times_are_kept_and_can_be_taken_away(database: Database, place) -> None:
    times = written("tis 8-12, tors")
    limit(database, place, most_visits=3, most_minutes=240, most_trips=2, times_not=times)

    known = patients.patient(database, place.patient_id)
    assert (known.most_visits, known.most_minutes, known.most_trips) == (3, 240, 2)
    assert known.times_not == times

    patients.update(database, replace(known, most_visits=None, times_not=()))
    known = patients.patient(database, place.patient_id)
    assert (known.most_visits, known.times_not) == (None, ())


def test_that_a_limit_no_week_can_have_is_refused(database: Database, place) -> None:
    with pytest.raises(Refused, match="A week can ask at least 1 trip and at most 7 trips"):
        limit(database, place, most_trips=8)


def test_that_the_patients_own_limit_goes_before_the_centres(
    database: Database, where, place
) -> None:
    rules.set_level(database, where.id, Rule.TRIPS_WEEK, Level.ACKNOWLEDGE, 7)
    limit(database, place, most_trips=1)

    with pytest.raises(NeedsReason) as asked:
        add_visit(database, place)

    assert any("1" in words for words in asked.value.findings)
    assert add_visit(database, place, "Agreed with the patient").lines


def test_that_a_patient_who_can_take_more_is_not_held_by_the_centres_limit(
    database: Database, where, place
) -> None:
    rules.set_level(database, where.id, Rule.TRIPS_WEEK, Level.ACKNOWLEDGE, 1)
    with pytest.raises(NeedsReason):
        add_visit(database, place)

    limit(database, place, most_trips=7)

    assert add_visit(database, place).lines


def test_that_only_the_one_with_a_limit_is_in_the_list_of_clashes(
    database: Database, where, place
) -> None:
    make.placed(database, where, place.group_id, 1, "Nils")
    first, last = make.MONDAY, make.MONDAY + timedelta(days=6)

    def told() -> set[object]:
        found = clashes.found(database, first, last, where.id, today=make.TODAY)
        return {one.rule for one in found}

    assert Rule.VISITS_WEEK not in told()
    limit(database, place, most_visits=1)
    assert Rule.VISITS_WEEK in told()
