"""Calendars on a real server follow ours, and what others do there is theirs."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from sqlalchemy import select

from painprogram.domain.errors import Cancelled, Refused
from painprogram.domain.progress import Progress
from painprogram.storage.database import Database
from painprogram.storage.tables import CalendarTargetRow, PushedEventRow
from painprogram.usecases import calendar_targets, history, sessions, staff
from painprogram.usecases.calendar_targets import Pushed
from tests.caldav_server import ANNA, ERIK, Server
from tests.calendar_there import LATER, There, prepared, uid

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("radicale"))
    yield started
    started.stop()


@pytest.fixture
def there(database: Database, server: Server) -> There:
    return prepared(database, server)


# Sending.


def test_that_the_first_push_puts_every_session_there(there: There) -> None:
    sent = there.push()

    assert (sent.name, sent.created, sent.edited) == ("Arbete", len(there.held), ())
    assert there.everything().keys() == {f"{session.id}.ics" for session in there.held}
    event = there.event(there.held[0])
    assert (event.start, event.uid) == (there.held[0].start, uid(there.held[0]))
    assert "METHOD" not in there.data(there.held[0])
    (target,) = calendar_targets.targets(there.database)
    assert target.pushed_at == LATER.replace(tzinfo=None)


def test_that_nothing_is_sent_when_nothing_changed(there: There) -> None:
    there.push()
    before = there.everything()

    sent = there.push()

    assert (sent.unchanged, sent.created + sent.updated + sent.cancelled) == (len(before), 0)
    assert there.everything() == before


def test_that_a_session_that_moved_is_the_only_one_sent(there: There) -> None:
    there.push()
    before = there.everything()
    held = there.held[3]
    sessions.move(there.database, held.id, held.start + HOUR)

    sent = there.push()

    assert (sent.updated, sent.unchanged) == (1, len(before) - 1)
    assert {name for name, tag in there.everything().items() if before[name] != tag} == {
        f"{held.id}.ics"
    }
    event = there.event(held)
    assert (event.start, event.sequence) == (held.start + HOUR, 1)


def test_that_a_cancelled_session_stays_there_as_cancelled(there: There) -> None:
    there.push()
    sessions.cancel(there.database, there.held[0].id)

    assert there.push().cancelled == 1
    assert there.event(there.held[0]).cancelled
    assert there.push().cancelled == 0


def test_that_what_is_past_or_was_cancelled_before_is_not_sent_the_first_time(
    there: There,
) -> None:
    sessions.cancel(there.database, there.held[-1].id)
    stamp = there.held[2].start.replace(tzinfo=UTC)

    sent = calendar_targets.push(there.database, Progress(), there.target.id, ANNA[1], stamp)

    past = [held for held in there.held if held.end <= there.held[2].start + HOUR]
    assert sent.created == len(there.held) - len(past) - 1


def test_that_who_no_longer_leads_a_session_has_it_cancelled_until_they_do_again(
    there: There, server: Server
) -> None:
    anna, erik = staff.staff(there.database)[:2]
    there.target = calendar_targets.add(
        there.database, anna.centre_id, server.calendar(), ANNA[0], "staff", anna.id
    )
    there.push()
    held = next(one for one in there.held if [who.staff_id for who in one.leaders] == [anna.id])

    sessions.change_leaders(there.database, held.id, [erik.id])
    assert there.push().cancelled == 1
    gone = there.event(held)
    assert gone.cancelled
    assert there.push().unchanged == len(there.everything())

    sessions.change_leaders(there.database, held.id, [anna.id])
    assert there.push().updated == 1
    back = there.event(held)
    assert not back.cancelled
    assert back.sequence > gone.sequence


# What goes wrong.


def test_that_a_wrong_password_sends_nothing(there: There) -> None:
    with pytest.raises(Refused, match="does not accept the account or the password"):
        calendar_targets.push(there.database, Progress(), there.target.id, "fel", LATER)

    assert there.everything() == {}
    assert calendar_targets.targets(there.database)[0].pushed_at is None


def test_that_what_was_sent_before_a_push_was_stopped_is_remembered(there: There) -> None:
    progress = Progress(lambda done, _text: progress.cancel() if done > 0.2 else None)
    with pytest.raises(Cancelled):
        calendar_targets.push(there.database, progress, there.target.id, ANNA[1], LATER)
    sent = len(there.everything())
    assert 0 < sent < len(there.held)

    assert there.push() == Pushed("Arbete", created=len(there.held) - sent, unchanged=sent)


def test_that_a_server_that_gets_full_is_said_to_be_with_how_far_it_went(
    there: There, server: Server
) -> None:
    """Between us and the real server: the fourth event has no room."""
    puts = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            puts.extend([1] if self.command == "PUT" else [])
            full = len(puts) > 3
            got = httpx.request(
                "GET" if full else self.command,
                server.address + self.path,
                content=None if full else body,
                headers={**self.headers, "Host": ""} if not full else {},
            )
            self.send_response(507 if full else got.status_code)
            for name in ("ETag", "Content-Type"):
                if name in got.headers:
                    self.send_header(name, got.headers[name])
            data = b"" if full else got.content
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_PROPFIND = do_PUT = do_GET = answer  # noqa: N815

        def log_message(self, *_args: object) -> None: ...

    between = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=between.serve_forever, args=[0.01])
    thread.start()
    target = calendar_targets.add(
        there.database,
        there.target.centre_id,
        there.target.address.replace(server.address, f"http://127.0.0.1:{between.server_port}"),
        ANNA[0],
        "group",
        there.held[0].group_id,
    )
    try:
        with pytest.raises(Refused, match=r"no room left .* 3 events had been sent\."):
            calendar_targets.push(there.database, Progress(), target.id, ANNA[1], LATER)
    finally:
        between.shutdown()
        thread.join()
        between.server_close()

    with there.database.read() as db:
        rows = db.scalars(select(PushedEventRow)).all()
        assert {row.target_id for row in rows} == {target.id}
        assert len(rows) == len(there.everything()) == 3


# Which calendars.


def test_that_a_calendar_is_checked_before_it_is_used(there: There) -> None:
    checked = calendar_targets.check(there.database, Progress(), there.target.address, *ANNA)

    assert checked == "Arbete"
    with pytest.raises(Refused, match="may not write"):
        calendar_targets.check(there.database, Progress(), there.target.address, *ERIK)
    assert there.everything() == {}


def test_that_nothing_of_patients_goes_to_a_server(there: There) -> None:
    with pytest.raises(Refused, match="a colleague, a room or a group"):
        calendar_targets.add(
            there.database,
            there.target.centre_id,
            "https://server.se/kalender",
            "anna",
            "patient",
            there.target.id,
        )


def test_that_a_calendar_on_a_server_takes_one_of_ours(there: There) -> None:
    with pytest.raises(Refused, match="kept up to date already"):
        calendar_targets.add(
            there.database,
            there.target.centre_id,
            there.target.address.rstrip("/"),
            "anna",
            "room",
            there.target.id,
        )


def test_that_an_account_is_needed(there: There) -> None:
    with pytest.raises(Refused, match="Write the account"):
        calendar_targets.add(
            there.database,
            there.target.centre_id,
            "https://server.se/k",
            " ",
            "room",
            there.target.id,
        )


def test_that_a_calendar_that_was_removed_comes_back_by_undo_with_all_it_knew(
    there: There,
) -> None:
    there.push()

    calendar_targets.remove(there.database, there.target.id)
    assert calendar_targets.targets(there.database) == ()
    there.database.undo()

    assert there.push().unchanged == len(there.held)


def test_that_a_push_is_in_the_change_log_and_is_not_undone(there: There) -> None:
    there.push()

    assert history.entries(there.database, 1)[0].label == "Send calendar H26 A to its server"
    assert there.database.undo_label == "Add calendar on a server"


def test_that_the_password_is_never_in_the_database(there: There, tmp_path: Path) -> None:
    there.push()
    with there.database.read() as db:
        assert db.scalar(select(CalendarTargetRow.account)) == ANNA[0]

    for file in tmp_path.rglob("*"):
        assert file.is_dir() or ANNA[1].encode() not in file.read_bytes()
