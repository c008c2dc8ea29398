"""A group over Easter and the nights when clocks change: one time in data, on paper, in calendars.

In 2027: Good Friday is 26 March, summer begins on 28 March and ends on 31 October.
"""

from datetime import UTC, date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from painprogram import i18n
from painprogram.documents import dates
from painprogram.domain.patients import Enrolment
from painprogram.domain.sessions import Session
from painprogram.storage.database import Database
from painprogram.usecases import calendars, prints, publications, sessions
from tests import make
from tests.documents.papers import texts

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SPRING, AUTUMN = date(2027, 3, 1), date(2027, 9, 20)
HOURS = {SPRING: (1, 2), AUTUMN: (2, 1)}
"""What UTC lacks, at the beginning and at the end of the group."""
SHUT = {date(2027, 3, day) for day in (26, 28, 29)} | {date(2027, 11, 6)}


@pytest.fixture(params=[SPRING, AUTUMN], ids=["spring", "autumn"])
def place(database: Database, request: pytest.FixtureRequest) -> Enrolment:
    where = make.furnished(database)
    group = make.group(database, where, "V27 A", request.param)
    made = make.placed(database, where, group.id)
    publications.publish(database, group.id)
    return made


@pytest.fixture
def held(database: Database, place: Enrolment) -> tuple[Session, ...]:
    return sessions.sessions(database, place.group_id)


def test_that_the_database_has_the_times_of_the_template(held: tuple[Session, ...]) -> None:
    for strand, usual in (("relaxation", (1, 13, 0)), ("exercise", (3, 10, 0))):
        own = sorted((x for x in held if x.strand == strand), key=lambda x: x.start)
        assert [(x.number, x.of) for x in own] == [(n, 8) for n in range(1, 9)]
        assert {(x.start.weekday(), x.start.hour, x.start.minute) for x in own} == {usual}
    assert not SHUT & {x.start.date() for x in held}


def test_that_calendars_have_the_same_times_and_the_right_instants(
    database: Database, place: Enrolment, held: tuple[Session, ...]
) -> None:
    summer_first, summer_last = HOURS[SPRING if held[0].start.month == 3 else AUTUMN]
    wall = {calendars.UID.format(key=x.id): x for x in held}
    for data in (
        calendars.of_group(database, place.group_id, make.STAMP),
        calendars.of_patient(database, place.patient_id, make.STAMP),
    ):
        found = Calendar.from_ical(data).walk("VEVENT")
        events: dict[str, Any] = {str(x["UID"]): x for x in found}
        assert wall.keys() <= events.keys()
        for uid, session in wall.items():
            told = events[uid]["DTSTART"].dt
            ends = events[uid]["DTEND"].dt
            assert told.replace(tzinfo=None) == session.start
            assert ends - told == timedelta(minutes=session.minutes)
            instant = told.astimezone(UTC)
            assert instant == session.start.replace(tzinfo=STOCKHOLM).astimezone(UTC)
        first, last = (
            events[calendars.UID.format(key=x.id)]["DTSTART"].dt.utcoffset()
            for x in (held[0], held[-1])
        )
        assert (first, last) == (timedelta(hours=summer_first), timedelta(hours=summer_last))


def test_that_the_sheet_says_the_same_times_and_n_of_m(
    database: Database, place: Enrolment, held: tuple[Session, ...]
) -> None:
    words = " ".join(texts(prints.sheet(database, place.id, make.TODAY, "sv")))
    told = {"relaxation": "Avslappning", "exercise": "Fysisk träning"}
    with i18n.using("sv"):
        for one in (x for x in held if x.strand in told):
            days = [dates.day(one.start.date(), how) for how in dates.DayStyle]
            rest = f"{i18n.clock_range(one.start, one.end)} {told[one.strand]} {one.number} "
            assert any(f"{day} {rest}" in words for day in days), rest
