"""A group that stops for four months, with patients who have schedules of their own."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest

from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group
from painprogram.domain.people import Centre
from painprogram.domain.planning import NoteKind
from painprogram.domain.schedule import LineKind
from painprogram.domain.sessions import Session
from painprogram.storage.database import Database
from painprogram.usecases import (
    calendars,
    groups,
    history,
    pauses,
    rooms,
    schedules,
    sessions,
    staff,
    starting,
)
from painprogram.usecases.redating import Preview
from tests import make

WEEK_FOUR = date(2027, 2, 1)
FOUR_MONTHS_LATER = date(2027, 6, 1)
"""A Tuesday, the week of the National Day's eve: 6 June is a Sunday that year."""


@pytest.fixture
def centre(database: Database) -> Centre:
    return make.furnished(database)


@pytest.fixture
def group(database: Database, centre: Centre) -> Group:
    make.group(database, centre, "Open lectures V27", template="oppna-forelasningar")
    return make.group(database, centre, "V27 A")


def own(database: Database, group: Group) -> tuple[Session, ...]:
    return tuple(s for s in sessions.sessions(database, group.id) if not s.linked)


def paused(database: Database, group: Group, first: date = WEEK_FOUR, *visits: Any) -> Group:
    return pauses.pause(database, group.id, first, "Few can come in the spring", visits)


def everything(database: Database, *groups_: Group) -> Any:
    """All that a pause could touch, as values."""
    return [
        (groups.group(database, one.id), sessions.sessions(database, one.id)) for one in groups_
    ]


def without_counts(found: Any) -> Any:
    """Undo raises the number of a calendar event and the version of a row, as it should."""
    return [
        (group, tuple(replace(one, sequence=0, version=0) for one in held)) for group, held in found
    ]


def new_dates(shown: Preview) -> list[tuple[str, date]]:
    return [(one.session.numbered_title, one.start.date()) for one in shown.dates]


# Pausing.


def test_that_a_pause_cancels_what_lies_ahead_and_nothing_else(
    database: Database, group: Group
) -> None:
    before = sessions.sessions(database, group.id)

    told = paused(database, group)

    assert (told.paused, told.pause_reason) == (WEEK_FOUR, "Few can come in the spring")
    for old, new in zip(before, sessions.sessions(database, group.id), strict=True):
        waits = not old.linked and old.start.date() >= WEEK_FOUR
        assert (new.id, new.start, new.number, new.of) == (old.id, old.start, old.number, old.of)
        assert new.cancelled is waits
        assert new.sequence == old.sequence + waits
    assert database.undo_label == "Pause group V27 A"


def test_that_calendars_and_own_schedules_say_what_is_cancelled(
    database: Database, centre: Centre, group: Group
) -> None:
    place = make.placed(database, centre, group.id)

    paused(database, group)

    waiting = sum(s.start.date() >= WEEK_FOUR for s in own(database, group))
    told = calendars.of_group(database, group.id, make.STAMP).decode()
    assert told.count("STATUS:CANCELLED") == waiting
    lines = schedules.own(database, place.id).lines
    assert sum(not line.attends for line in lines) == waiting


def test_that_what_a_pause_touches_is_told_before(
    database: Database, centre: Centre, group: Group
) -> None:
    other = make.group(database, centre, "V27 B")
    mine, theirs = (
        make.placed(database, centre, group.id, 0),
        make.placed(database, centre, other.id, 1, "Olle"),
    )
    fourth, elsewhere = (make.of_strand(database, g.id, "relaxation")[3] for g in (group, other))
    schedules.swap(database, theirs.id, elsewhere.id, fourth.id, "A trip")
    at = datetime(2027, 2, 10, 8)
    schedules.add_visit(database, mine.id, at, 45, title="Ergonomics")
    schedules.add_visit(database, mine.id, datetime(2027, 1, 13, 8), 45, title="Before it")

    found = pauses.touched(database, group.id, WEEK_FOUR)

    assert [s.id for s in found.sessions] == [
        s.id for s in own(database, group) if s.start.date() >= WEEK_FOUR
    ]
    assert (found.participants, found.guests) == (1, 1)
    assert [(v.name, v.visit.start) for v in found.visits] == [("Maria Öberg", at)]


def test_that_only_the_visits_that_are_chosen_are_cancelled(
    database: Database, centre: Centre, group: Group
) -> None:
    place = make.placed(database, centre, group.id)
    for day in (10, 11):
        schedules.add_visit(database, place.id, datetime(2027, 2, day, 8), 45, title="Visit")
    first, second = (one.visit for one in pauses.touched(database, group.id, WEEK_FOUR).visits)

    paused(database, group, WEEK_FOUR, first.id)

    lines = schedules.own(database, place.id).lines
    cancelled = {line.session.id: line.session.cancelled for line in lines}
    assert (cancelled[first.id], cancelled[second.id]) == (True, False)


def test_that_visits_of_other_groups_are_not_for_this_pause(
    database: Database, centre: Centre, group: Group
) -> None:
    other = make.group(database, centre, "V27 B")
    place = make.placed(database, centre, other.id)
    schedules.add_visit(database, place.id, datetime(2027, 2, 10, 8), 45, title="Visit")
    visit = pauses.touched(database, other.id, WEEK_FOUR).visits[0].visit

    with pytest.raises(Refused, match="The visit is no longer there"):
        paused(database, group, WEEK_FOUR, visit.id)

    assert groups.group(database, group.id).paused is None


def test_that_a_pause_that_makes_no_sense_is_refused(database: Database, group: Group) -> None:
    with pytest.raises(Refused, match="Write why the group is paused"):
        pauses.pause(database, group.id, WEEK_FOUR, "  ")
    with pytest.raises(Refused, match="V27 A has no session from 1 January 2028 on"):
        paused(database, group, date(2028, 1, 1))
    with pytest.raises(Refused, match="is not a day to plan"):
        paused(database, group, date(1900, 1, 1))
    paused(database, group)
    with pytest.raises(Refused, match="V27 A is already paused, since 1 February 2027"):
        paused(database, group)


# Resuming.


def test_that_a_resumed_group_goes_on_in_order_on_its_own_days(
    database: Database, group: Group
) -> None:
    before = [s for s in own(database, group) if s.start.date() >= WEEK_FOUR]
    paused(database, group)
    shown = pauses.preview(database, group.id, FOUR_MONTHS_LATER)

    told = pauses.resume(database, group.id, FOUR_MONTHS_LATER)

    after = {s.id: s for s in own(database, group)}
    assert told.paused is None
    assert [after[one.session.id].start for one in shown.dates] == [o.start for o in shown.dates]
    for old in before:
        new = after[old.id]
        assert not new.cancelled
        assert new.start >= datetime.combine(FOUR_MONTHS_LATER, time())
        assert (new.number, new.of, new.minutes) == (old.number, old.of, old.minutes)
        assert (new.room_id, new.leaders) == (old.room_id, old.leaders)
        assert new.sequence == old.sequence + 2
        if old.of > 1:
            assert (new.start.weekday(), new.start.time()) == (
                old.start.weekday(),
                old.start.time(),
            )
    for strand in ("relaxation", "exercise"):
        held = sorted((s for s in after.values() if s.strand == strand), key=lambda s: s.start)
        assert [s.number for s in held] == list(range(1, 9))
    assert pauses.pauses(database, group.id) == (
        pauses.Pause(WEEK_FOUR, FOUR_MONTHS_LATER, "Few can come in the spring", len(before)),
    )


def test_that_a_closed_day_after_the_pause_is_skipped_and_told(
    database: Database, group: Group
) -> None:
    paused(database, group)

    shown = pauses.preview(database, group.id, date(2027, 4, 20))

    skipped = [(n.strand, n.day) for n in shown.notes if n.kind is NoteKind.SKIPPED]
    assert skipped == [("exercise", date(2027, 5, 6))], "Ascension Day"
    exercise = [day for title, day in new_dates(shown) if title.startswith("Exercise")]
    assert len(exercise) == 5
    assert {b - a for a, b in pairwise(exercise)} == {timedelta(7), timedelta(14)}


def test_that_a_group_resumed_at_once_has_its_dates_back(database: Database, group: Group) -> None:
    before = {s.id: s.start for s in own(database, group)}
    paused(database, group)

    pauses.resume(database, group.id, WEEK_FOUR)

    assert {s.id: s.start for s in own(database, group)} == before
    assert not any(s.cancelled for s in own(database, group))


def test_that_what_was_cancelled_before_the_pause_stays_cancelled(
    database: Database, group: Group
) -> None:
    fifth = make.of_strand(database, group.id, "relaxation")[4]
    sessions.cancel(database, fifth.id)
    paused(database, group)

    pauses.resume(database, group.id, FOUR_MONTHS_LATER)

    now = sessions.session(database, fifth.id)
    assert (now.cancelled, now.start) == (True, fifth.start)
    held = [s for s in make.of_strand(database, group.id, "relaxation") if not s.cancelled]
    assert [s.number for s in held] == [1, 2, 3, 4, 6, 7, 8]


def test_that_what_was_held_in_the_pause_after_all_gets_no_new_date(
    database: Database, group: Group
) -> None:
    fourth = make.of_strand(database, group.id, "relaxation")[3]
    paused(database, group)
    sessions.cancel(database, fourth.id, cancelled=False)

    pauses.resume(database, group.id, FOUR_MONTHS_LATER)

    assert sessions.session(database, fourth.id).start == fourth.start


def test_that_a_group_that_held_everything_after_all_is_resumed_without_new_dates(
    database: Database, group: Group
) -> None:
    before = own(database, group)
    paused(database, group)
    for one in own(database, group):
        if one.cancelled:
            sessions.cancel(database, one.id, cancelled=False)

    assert pauses.preview(database, group.id, FOUR_MONTHS_LATER).dates == ()
    assert pauses.resume(database, group.id, FOUR_MONTHS_LATER).paused is None
    assert [s.start for s in own(database, group)] == [s.start for s in before]


def test_that_a_resumption_that_makes_no_sense_is_refused(database: Database, group: Group) -> None:
    with pytest.raises(Refused, match="V27 A is not paused"):
        pauses.resume(database, group.id, WEEK_FOUR)
    paused(database, group)
    with pytest.raises(Refused, match="V27 A paused on 1 February 2027: choose that day or a"):
        pauses.preview(database, group.id, date(2027, 1, 31))
    with pytest.raises(Refused, match="is not a day to plan"):
        pauses.preview(database, group.id, date(2127, 1, 31))


# What is taken meanwhile.


@pytest.fixture
def taken(database: Database, group: Group) -> Preview:
    """Another group has moved into room and time of the paused one."""
    paused(database, group)
    other = starting.like(database, group.id, date(2027, 5, 10), beside=False)
    starting.start(database, other)
    return pauses.preview(database, group.id, FOUR_MONTHS_LATER)


def test_that_what_is_taken_is_told_with_what_is_free(database: Database, taken: Preview) -> None:
    clashing = [one for one in taken.dates if one.clash]

    assert clashing
    assert taken.clashes == len(clashing)
    for one in clashing:
        assert one.suggestion is not None
    relaxation = next(one for one in clashing if one.session.strand == "relaxation")
    assert relaxation.suggestion
    assert relaxation.suggestion.text == (
        "Stora salen is free. Erik Lund is free instead of Anna Berg."
    )


def test_that_the_suggestions_make_room_for_both(
    database: Database, group: Group, taken: Preview
) -> None:
    pauses.resume(database, group.id, FOUR_MONTHS_LATER, suggested=True, reason="Better so")

    by_id = {s.id: s for s in own(database, group)}
    for one in taken.dates:
        now = by_id[one.session.id]
        leaders = tuple(leader.staff_id for leader in now.leaders)
        if one.suggestion:
            assert (now.room_id, leaders) == (one.suggestion.room_id, one.suggestion.leaders)
        else:
            assert (now.room_id, now.leaders) == (one.session.room_id, one.session.leaders)


def test_that_a_leader_who_has_left_is_replaced(database: Database, group: Group) -> None:
    paused(database, group)
    anna = next(p for p in staff.staff(database) if p.name == "Anna Berg")
    staff.update(database, replace(anna, active=False))

    shown = pauses.preview(database, group.id, FOUR_MONTHS_LATER)

    led = [d for d in shown.dates if anna.id in {x.staff_id for x in d.session.leaders}]
    assert led
    assert {d.suggestion.text for d in led if d.suggestion} == {
        "Erik Lund is free instead of Anna Berg."
    }


def test_that_where_nobody_and_nothing_is_free_that_is_said(
    database: Database, group: Group, centre: Centre
) -> None:
    for room in rooms.rooms(database):
        if room.name != "Gymmet":
            rooms.update(database, replace(room, active=False))
    paused(database, group)
    other = starting.like(database, group.id, date(2027, 5, 10), beside=False)
    starting.start(database, other)

    shown = pauses.preview(database, group.id, FOUR_MONTHS_LATER)

    lecture = next(d for d in shown.dates if d.session.strand == "lecture_d")
    assert lecture.suggestion
    assert lecture.suggestion.text == (
        "No other room is free: without a room for now. "
        "Nobody else is free: without Sofia Nyström for now."
    )


# The whole story.


def test_that_a_long_pause_loses_nothing_and_each_step_is_undone_at_once(
    database: Database, centre: Centre, group: Group
) -> None:
    other = make.group(database, centre, "V27 B")
    follows, differs, guest = (
        make.placed(database, centre, group.id, 0, "Maria"),
        make.placed(database, centre, group.id, 1, "Olle"),
        make.placed(database, centre, other.id, 2, "Siv"),
    )
    relaxation = make.of_strand(database, group.id, "relaxation")
    parallel = make.of_strand(database, other.id, "relaxation")
    schedules.opt_out(database, differs.id, relaxation[4].id, "Works then")
    schedules.swap(database, differs.id, relaxation[5].id, parallel[5].id, "A trip")
    schedules.swap(database, guest.id, parallel[6].id, relaxation[6].id, "A trip")
    schedules.opt_out(database, follows.id, relaxation[0].id, "Ill")
    schedules.add_visit(database, follows.id, datetime(2027, 2, 10, 8), 45, title="Ergonomics")
    (visit,) = pauses.touched(database, group.id, WEEK_FOUR).visits
    places = (follows, differs, guest)

    def lines() -> list[Any]:
        return [
            {
                (line.kind, line.session.id, line.instead_of and line.instead_of.id, line.reason)
                for line in schedules.own(database, place.id).lines
            }
            for place in places
        ]

    def standing() -> Any:
        return without_counts(everything(database, group, other)), lines()

    before = standing()
    paused(database, group, WEEK_FOUR, visit.visit.id)
    in_pause = standing()
    pauses.resume(database, group.id, FOUR_MONTHS_LATER, reason="It goes on")
    resumed = standing()

    assert lines() == before[1], "what each patient has chosen"
    assert len({LineKind.OPT_OUT, LineKind.SWAP} & {kind for kind, *_ in lines()[1]}) == 2
    guests = [line for line in schedules.own(database, guest.id).lines if line.instead_of]
    assert guests[0].start >= datetime.combine(FOUR_MONTHS_LATER, time()), "the guest goes along"
    assert resumed[0][1] == before[0][1], "the other group goes on as it did"

    assert database.undo() == "Resume group V27 A"
    assert standing() == in_pause
    assert database.undo() == "Pause group V27 A"
    assert standing() == before
    database.redo()
    database.redo()
    assert standing() == resumed
    labels = [entry.label for entry in history.entries(database)]
    assert labels.count("Pause group V27 A") == 1
