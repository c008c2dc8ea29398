from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group
from painprogram.domain.people import Centre
from painprogram.domain.planning import NoteKind
from painprogram.domain.sessions import Session
from painprogram.storage.database import Database
from painprogram.usecases import groups, pauses, schedules, sessions, shifting
from tests import make

STOCKHOLM = ZoneInfo("Europe/Stockholm")
WEEK = timedelta(weeks=1)
BEFORE_ALL = date(2027, 1, 1)


@pytest.fixture
def centre(database: Database) -> Centre:
    return make.furnished(database)


@pytest.fixture
def group(database: Database, centre: Centre) -> Group:
    return make.group(database, centre, "V27 A")


def starts(database: Database, group: Group) -> dict[Any, datetime]:
    return {s.id: s.start for s in sessions.sessions(database, group.id) if not s.linked}


def test_that_a_whole_group_moves_in_one_step_as_previewed(
    database: Database, group: Group
) -> None:
    before = starts(database, group)
    shown = shifting.preview(database, group.id, 7, BEFORE_ALL)
    assert starts(database, group) == before, "a preview changes nothing"

    moved = shifting.move(database, group.id, 7, BEFORE_ALL)

    assert starts(database, group) == {key: at + WEEK for key, at in before.items()}
    assert {one.session.id: one.start for one in shown.dates} == starts(database, group)
    assert moved.start == group.start + WEEK, "its first week too"
    assert database.undo() == "Move group V27 A"
    assert starts(database, group) == before
    assert groups.group(database, group.id).start == group.start


def test_that_a_group_does_not_clash_with_where_it_stood_itself(
    database: Database, group: Group
) -> None:
    shown = shifting.preview(database, group.id, 7, BEFORE_ALL)

    assert [one.clash for one in shown.dates if one.clash] == []
    assert shown.suggestions == 0


def test_that_what_lies_behind_stays(database: Database, group: Group) -> None:
    before = starts(database, group)
    since = date(2027, 2, 1)

    moved = shifting.move(database, group.id, 14, since)

    after = starts(database, group)
    for key, at in before.items():
        assert (after[key] == at) is (at.date() < since)
    assert moved.start == group.start


def test_that_lectures_of_another_activity_and_visits_stay(
    database: Database, centre: Centre
) -> None:
    activity = make.group(database, centre, "Open V27", template="oppna-forelasningar")
    group = make.group(database, centre, "V27 A")
    place = make.placed(database, centre, group.id)
    schedules.add_visit(database, place.id, datetime(2027, 1, 13, 8), 45, title="Visit")
    lectures = starts(database, activity)

    assert shifting.preview(database, group.id, 7, BEFORE_ALL).visits == 1
    shifting.move(database, group.id, 7, BEFORE_ALL, reason="Later is better")

    assert starts(database, activity) == lectures
    assert sum(s.linked for s in sessions.sessions(database, group.id)) == 2
    lines = schedules.own(database, place.id).lines
    assert datetime(2027, 1, 13, 8) in [line.start for line in lines]


def test_that_a_room_taken_at_the_new_time_is_told(
    database: Database, centre: Centre, group: Group
) -> None:
    other = make.group(database, centre, "V27 B")
    relaxation = make.of_strand(database, other.id, "relaxation")
    mine = make.of_strand(database, group.id, "relaxation")
    sessions.move(
        database,
        relaxation[7].id,
        mine[7].start + WEEK,
        room_id=mine[7].room_id,
    )

    shown = shifting.preview(database, group.id, 7, BEFORE_ALL)

    (clashing,) = (one for one in shown.dates if one.clash)
    assert clashing.session.id == mine[7].id
    assert "Relaxation 8 (V27 B)" in clashing.clash
    assert clashing.suggestion
    assert clashing.suggestion.room_id not in (None, mine[7].room_id)


def test_that_a_cancelled_session_goes_along_and_stays_cancelled(
    database: Database, group: Group
) -> None:
    third = make.of_strand(database, group.id, "relaxation")[2]
    sessions.cancel(database, third.id)

    shifting.move(database, group.id, 7, BEFORE_ALL)

    now = sessions.session(database, third.id)
    assert (now.start, now.cancelled) == (third.start + WEEK, True)


@pytest.mark.parametrize(
    ("days", "since", "sentence"),
    [
        (0, BEFORE_ALL, "Write by how many days or weeks"),
        (733, BEFORE_ALL, "two years at most"),
        (10**12, BEFORE_ALL, "two years at most"),
        (7, date(2028, 1, 1), "V27 A has no session from 1 January 2028 on"),
    ],
)
def test_that_a_move_that_makes_no_sense_is_refused(
    database: Database, group: Group, days: int, since: date, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        shifting.move(database, group.id, days, since)


def test_that_a_paused_group_is_resumed_rather_than_moved(database: Database, group: Group) -> None:
    pauses.pause(database, group.id, date(2027, 2, 1), "Spring")

    with pytest.raises(Refused, match="Resume it on the day it is to go on"):
        shifting.preview(database, group.id, 7, BEFORE_ALL)


# Easter, and the nights when clocks change: 28 March and 31 October 2027.


def check(held: tuple[Session, ...], shut: set[date]) -> None:
    """The wall times of the template, n of m, and nothing on a closed day."""
    wall = {"relaxation": (1, 13, 0), "exercise": (3, 10, 0)}
    for strand, usual in wall.items():
        own = sorted((s for s in held if s.strand == strand), key=lambda s: s.start)
        assert [(s.number, s.of) for s in own] == [(n, 8) for n in range(1, 9)]
        assert {(s.start.weekday(), s.start.hour, s.start.minute) for s in own} == {usual}
    assert not shut & {s.start.date() for s in held}


def offsets(held: tuple[Session, ...]) -> set[timedelta | None]:
    return {s.start.replace(tzinfo=STOCKHOLM).utcoffset() for s in held}


EASTER = {date(2027, 3, day) for day in (26, 28, 29)}
ALL_SAINTS = {date(2027, 11, 6)}


@pytest.mark.parametrize(
    ("start", "shut"), [(date(2027, 3, 1), EASTER), (date(2027, 9, 20), ALL_SAINTS)]
)
def test_that_wall_times_and_numbers_hold_over_easter_and_both_clock_changes(
    database: Database, centre: Centre, start: date, shut: set[date]
) -> None:
    started = make.group(database, centre, "Started", start)
    held = sessions.sessions(database, started.id)
    usual = {(s.strand, s.number): s.start.time() for s in held}

    def as_ever(group: Group) -> None:
        now = sessions.sessions(database, group.id)
        check(now, shut)
        assert offsets(now) == {timedelta(hours=1), timedelta(hours=2)}
        assert {(s.strand, s.number): s.start.time() for s in now} == usual

    as_ever(started)
    database.undo()  # opened
    database.undo()

    early = make.group(database, centre, "Moved", start - 5 * WEEK)
    shifting.move(database, early.id, 5 * 7, start - 5 * WEEK)
    as_ever(early)

    pauses.pause(database, early.id, start, "Break")
    pauses.resume(database, early.id, start)
    as_ever(early)


def test_that_a_pause_that_ends_before_easter_resumes_over_it(
    database: Database, centre: Centre
) -> None:
    group = make.group(database, centre, "V27 A", date(2027, 1, 11))
    pauses.pause(database, group.id, date(2027, 2, 8), "Flu")

    shown = pauses.preview(database, group.id, date(2027, 3, 22))
    pauses.resume(database, group.id, date(2027, 3, 22))

    held = sessions.sessions(database, group.id)
    check(held, EASTER)
    moved = [str(n) for n in shown.notes if n.kind is not NoteKind.SKIPPED]
    assert all("Easter" in text or "Good Friday" in text for text in moved)
    utc = {s.start.replace(tzinfo=STOCKHOLM).astimezone(UTC).time() for s in held if s.number == 8}
    assert len(utc) == 2
    assert replace(groups.group(database, group.id), paused=None).start == date(2027, 1, 11)
