"""What others do in a calendar on a real server is theirs."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from painprogram.exchange.calendar import read
from painprogram.storage.database import Database
from painprogram.storage.tables import PushedEventRow
from painprogram.usecases import calendar_targets, sessions
from painprogram.usecases.calendar_targets import Keep, Pushed
from tests.caldav_server import ANNA, Server
from tests.calendar_there import There, prepared, uid

HOUR = timedelta(hours=1)
_OWN = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//another//SV\r
BEGIN:VEVENT\r
UID:own\r
DTSTAMP:20261122T120000Z\r
DTSTART:20270112T090000Z\r
DTEND:20270112T100000Z\r
SUMMARY:Tandläkaren\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("radicale"))
    yield started
    started.stop()


@pytest.fixture
def there(database: Database, server: Server) -> There:
    return prepared(database, server)


def test_that_what_others_put_in_the_calendar_is_left_alone(there: There) -> None:
    there.http.put(f"{there.target.address}own.ics", auth=ANNA, content=_OWN.encode())
    before = there.everything()["own.ics"]

    there.push()
    sessions.move(there.database, there.held[0].id, there.held[0].start + HOUR)
    there.push()

    assert there.everything()["own.ics"] == before


def test_that_anothers_edit_is_told_and_not_written_over(there: There) -> None:
    there.push()
    held = there.held[0]
    there.move(held)
    sessions.move(there.database, held.id, held.start + timedelta(days=1))

    sent = there.push()

    (told,) = sent.edited
    assert told.uid == uid(held)
    assert told.ours == f"Wed 13 Jan {held.start.hour}:00–{held.start.hour}:45"
    assert told.theirs == "Tue 12 Jan 17:00–17:45"
    assert there.event(held).start.hour == 17


def test_that_an_edit_is_told_although_nothing_changed_here(there: There) -> None:
    there.push()
    there.move(there.held[0])
    there.edit(there.held[1], "SUMMARY:.*", "SUMMARY:Inställt?")

    assert {told.uid for told in there.push().edited} == {uid(one) for one in there.held[:2]}


def test_that_theirs_is_kept_until_ours_changes(there: There) -> None:
    there.push()
    held = there.held[0]
    there.move(held)

    assert there.push({uid(held): Keep.THEIRS}).kept == 1
    assert there.push() == Pushed("Arbete", unchanged=len(there.held))
    assert there.event(held).start.hour == 17

    sessions.move(there.database, held.id, held.start + timedelta(days=1))
    (told,) = there.push().edited
    assert told.uid == uid(held)
    assert there.event(held).start.hour == 17


def test_that_ours_is_written_where_that_is_chosen(there: There) -> None:
    there.push()
    held = there.held[0]
    there.move(held)

    sent = there.push({uid(held): Keep.OURS})

    assert (sent.updated, sent.edited) == (1, ())
    assert there.event(held).start == held.start
    assert there.push().unchanged == len(there.held)


def test_that_what_another_took_away_comes_back_only_by_choice(there: There) -> None:
    there.push()
    for held in there.held[:2]:
        there.http.delete(there.address(held), auth=ANNA)

    told = there.push().edited
    assert [each.theirs for each in told] == ["removed", "removed"]

    first, second = there.held[:2]
    there.push({uid(first): Keep.OURS, uid(second): Keep.THEIRS})
    assert there.event(first).start == first.start
    assert f"{second.id}.ics" not in there.everything()
    assert there.push().unchanged == len(there.held)


def test_that_what_others_add_to_an_event_is_no_edit_and_stays(there: There) -> None:
    there.push()
    held = there.held[0]
    there.edit(held, "END:VEVENT", "X-MOZ-LASTACK:20261122T120000Z\r\nEND:VEVENT")

    assert there.push().edited == ()
    sessions.move(there.database, held.id, held.start + HOUR)
    assert there.push().updated == 1

    assert "X-MOZ-LASTACK" in there.data(held)
    assert there.event(held).start == held.start + HOUR


def test_that_a_series_another_made_of_an_event_is_told(there: There) -> None:
    there.push()
    there.edit(there.held[0], "END:VEVENT", "RRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT")

    (told,) = there.push().edited
    assert told.theirs == "made into a series"

    there.push({told.uid: Keep.OURS})
    assert there.event(there.held[0]).start == there.held[0].start


def test_that_a_push_that_was_forgotten_finds_its_own_events(there: There) -> None:
    there.push()
    before = there.everything()
    with there.database.change("Forget", undoable=False) as db:
        for row in db.scalars(select(PushedEventRow)):
            db.delete(row)
    there.move(there.held[0])

    sent = there.push()

    assert (sent.created, sent.unchanged) == (0, len(before) - 1)
    assert [told.uid for told in sent.edited] == [uid(there.held[0])]


def test_that_an_event_somebody_put_there_by_hand_is_not_doubled(there: There) -> None:
    there.push()
    held = there.held[0]
    data = there.data(held)
    there.http.delete(there.address(held), auth=ANNA)
    there.http.put(f"{there.target.address}by-hand.ics", auth=ANNA, content=data.encode())
    calendar_targets.remove(there.database, there.target.id)
    there.target = calendar_targets.add(
        there.database,
        there.target.centre_id,
        there.target.address,
        ANNA[0],
        "group",
        held.group_id,
    )

    assert there.push().unchanged == len(there.held)
    sessions.move(there.database, held.id, held.start + HOUR)
    assert there.push().updated == 1

    assert len(there.everything()) == len(there.held)
    (event,) = read(there.http.get(f"{there.target.address}by-hand.ics", auth=ANNA).content)
    assert event.start == held.start + HOUR
