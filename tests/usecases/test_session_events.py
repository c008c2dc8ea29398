from datetime import timedelta

import pytest

from painprogram.domain.actors import Actor
from painprogram.domain.attendance import AttendanceState, EventKind
from painprogram.domain.errors import NeedsReason, Refused
from painprogram.domain.groups import GroupStatus
from painprogram.domain.sessions import Session
from painprogram.storage.database import Database
from painprogram.usecases import (
    attendance,
    groups,
    history,
    session_events,
    sessions,
    several,
)
from tests import make

DAY = timedelta(days=1)


@pytest.fixture
def session(database: Database) -> Session:
    where = make.furnished(database)
    group = make.group(database, where)
    make.placed(database, where, group.id)
    return make.of_strand(database, group.id, "relaxation")[0]


def test_that_a_held_session_keeps_its_list_and_says_who_noted_it(
    database: Database, session: Session
) -> None:
    database.actor = Actor("Anna Berg")

    told = session_events.held(database, session.id, today=session.start.date())

    assert (told.kind, told.by, told.short_notice) == (EventKind.HELD, "Anna Berg", False)
    sheet = attendance.sheet_of(database, session.id)
    assert (sheet.kept, sheet.events) == (True, (told,))


def test_that_nothing_has_been_held_before_its_day(database: Database, session: Session) -> None:
    with pytest.raises(Refused, match="still to come"):
        session_events.held(database, session.id, today=session.start.date() - DAY)


@pytest.mark.parametrize(("before", "short"), [(0, True), (2, True), (3, False)])
def test_that_the_centre_says_what_short_notice_is(
    database: Database, session: Session, before: int, *, short: bool
) -> None:
    today = session.start.date() - before * DAY

    told = session_events.cancelled(database, session.id, "Ledaren är sjuk", today=today)

    assert (told.short_notice, told.note) == (short, "Ledaren är sjuk")
    now = sessions.session(database, session.id)
    assert now.cancelled
    assert now.sequence == session.sequence + 1


def test_that_a_session_held_after_all_is_no_longer_cancelled(
    database: Database, session: Session
) -> None:
    today = session.start.date()
    session_events.cancelled(database, session.id, today=today)

    session_events.held(database, session.id, today=today)

    assert not sessions.session(database, session.id).cancelled
    kinds = [one.kind for one in attendance.sheet_of(database, session.id).events]
    assert kinds == [EventKind.HELD, EventKind.CANCELLED]


def test_that_a_session_to_which_somebody_came_was_not_cancelled(
    database: Database, session: Session
) -> None:
    today = session.start.date()
    attendance.note_rest(database, session.id, AttendanceState.PRESENT, today)

    with pytest.raises(Refused, match="having come"):
        session_events.cancelled(database, session.id, today=today)
    with pytest.raises(Refused, match="has begun"):
        session_events.moved(database, session.id, session.start + DAY, today=today)


def test_that_a_session_moved_at_the_last_moment_says_from_when_to_when(
    database: Database, session: Session
) -> None:
    later = session.start + timedelta(hours=5)

    told = session_events.moved(
        database, session.id, later, "Lokalen var låst", today=session.start.date()
    )

    assert told.short_notice
    assert " → " in told.note
    assert told.note.endswith("Lokalen var låst")
    now = sessions.session(database, session.id)
    assert (now.start, now.sequence) == (later, session.sequence + 1)


def test_that_the_rules_hold_for_a_session_moved_at_the_last_moment(
    database: Database, session: Session
) -> None:
    today, earlier = session.start.date(), session.start - DAY

    with pytest.raises(NeedsReason):
        session_events.moved(database, session.id, earlier, today=today)
    session_events.moved(database, session.id, earlier, reason="Hölls i går", today=today)

    assert sessions.session(database, session.id).start == earlier


def test_that_it_moves_somewhere(database: Database, session: Session) -> None:
    with pytest.raises(Refused, match="at that time already"):
        session_events.moved(database, session.id, session.start, today=session.start.date())


def test_that_what_became_of_a_session_is_corrected_and_not_undone(
    database: Database, session: Session
) -> None:
    before = history.labels(database)

    session_events.cancelled(database, session.id, today=session.start.date())

    assert history.labels(database) == before


def test_that_what_is_changed_late_on_the_schedule_is_noted_and_undo_takes_the_change_back(
    database: Database, session: Session
) -> None:
    database.actor = Actor("Anna Berg")
    today = session.start.date() - DAY

    sessions.move(database, session.id, session.start + DAY, today=today)
    (moved,) = attendance.sheet_of(database, session.id).events
    sessions.cancel(database, session.id, today=today)

    (cancelled, before) = attendance.sheet_of(database, session.id).events
    assert (moved.kind, moved.short_notice, moved.by) == (EventKind.MOVED, True, "Anna Berg")
    assert (cancelled.kind, before) == (EventKind.CANCELLED, moved)
    history.undo(database)
    assert attendance.sheet_of(database, session.id).events == (moved,)
    history.redo(database)
    assert attendance.sheet_of(database, session.id).events == (cancelled, moved)
    history.undo_recorded(database)
    history.undo_recorded(database)
    assert attendance.sheet_of(database, session.id).events == ()
    assert sessions.session(database, session.id).start == session.start


def test_that_what_is_changed_in_time_or_of_a_draft_is_not_noted(
    database: Database, session: Session
) -> None:
    early = session.start.date() - 10 * DAY
    several.move_several(database, {session.id: session.start + DAY}, today=early)
    groups.set_status(database, session.group_id, GroupStatus.DRAFT)

    several.cancel_several(database, [session.id], today=session.start.date())

    assert attendance.sheet_of(database, session.id).events == ()
