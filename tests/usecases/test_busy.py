"""Busy times from files and folders of other programs' calendars, kept as times alone."""

import logging
import os
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import MetaData, select

from painprogram.domain.availability import Span
from painprogram.domain.errors import Refused
from painprogram.domain.people import Staff
from painprogram.domain.progress import Progress
from painprogram.usecases import Database, availability, busy, calendars, history, sessions
from painprogram.usecases.busy import BusyWeek, Outcome
from tests import make

SAMPLES = Path(__file__).parents[1] / "data" / "calendars"
TODAY = make.TODAY
MARKER = "Hemlig"


@pytest.fixture
def anna(database: Database) -> Staff:
    return make.team(database, make.centre(database))[0]


@pytest.fixture
def outlook(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLES / "outlook-desktop.ics", tmp_path / "kalender.ics"))


def write(path: Path, *times: tuple[str, str]) -> Path:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\nSUMMARY:{MARKER}\r\n"
        f"DTSTART:{start}\r\nDTEND:{end}\r\nEND:VEVENT\r\n"
        for number, (start, end) in enumerate(times)
    )
    path.write_text(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n", "utf-8", newline=""
    )
    return path


def kept(database: Database, person: Staff) -> tuple[Span, ...]:
    """As the rules see it."""
    with database.read() as db:
        return availability.staff_time(db, date(2026, 1, 1), date(2029, 1, 1))[person.id].busy


NOVEMBER = Span(datetime(2026, 11, 24, 9), datetime(2026, 11, 24, 10))
DECEMBER = Span(datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 10))
IN_NOVEMBER = ("20261124T090000", "20261124T100000")
IN_DECEMBER = ("20261201T090000", "20261201T100000")


# The days.


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 11, 22), date(2026, 10, 25), date(2028, 5, 22)),
        (date(2026, 8, 31), date(2026, 8, 3), date(2028, 2, 29)),
        (date(2027, 6, 30), date(2027, 6, 2), date(2028, 12, 30)),
    ],
)
def test_that_four_weeks_back_and_eighteen_months_ahead_are_kept(
    today: date, first: date, last: date
) -> None:
    assert busy.window(today) == (first, last)


# Looking before taking in.


def test_that_a_preview_tells_what_would_come_and_keeps_nothing(
    database: Database, anna: Staff, outlook: Path
) -> None:
    seen = busy.preview(database, anna.id, outlook, TODAY)

    assert (seen.files, seen.events, seen.free, seen.skipped) == (1, 8, 2, ())
    assert (seen.first, seen.last) == (date(2026, 10, 25), date(2028, 5, 22))
    assert seen.spans[0] == Span(datetime(2026, 10, 26, 8, 30), datetime(2026, 10, 26, 9, 15))
    assert seen.weeks[4] == BusyWeek(date(2026, 11, 23), 45 + 60 + 60)
    assert seen.weeks[5] == BusyWeek(date(2026, 11, 30), 2 * 24 * 60)
    assert seen.told == f"{len(seen.spans)} busy times, 26 Oct 2026 to 28 Jun 2027."
    assert not seen.unchanged
    assert kept(database, anna) == ()
    assert busy.sources(database) == ()


def test_that_a_week_ends_on_sunday_night(database: Database, anna: Staff, tmp_path: Path) -> None:
    file = write(tmp_path / "natt.ics", ("20261129T220000", "20261130T020000"))

    seen = busy.preview(database, anna.id, file, TODAY)

    assert seen.weeks == (
        BusyWeek(date(2026, 11, 23), 120),
        BusyWeek(date(2026, 11, 30), 120),
    )


def test_that_a_calendar_without_busy_times_says_so(
    database: Database, anna: Staff, tmp_path: Path
) -> None:
    seen = busy.preview(database, anna.id, write(tmp_path / "tom.ics"), TODAY)

    assert seen.told == "No busy times from 25 Oct 2026 to 22 May 2028."


# Taking in.


def test_that_what_is_read_is_kept(database: Database, anna: Staff, outlook: Path) -> None:
    seen = busy.preview(database, anna.id, outlook, TODAY)

    assert busy.read(database, anna.id, outlook, TODAY) == seen
    assert kept(database, anna) == seen.spans
    (source,) = busy.sources(database, anna.id)
    assert (source.place, source.staff_name) == (outlook, anna.name)
    assert source.spans == len(seen.spans)


def test_that_reading_is_one_step_of_undo(database: Database, anna: Staff, outlook: Path) -> None:
    before = busy.read(database, anna.id, outlook, TODAY).spans
    write(outlook, IN_NOVEMBER)
    busy.read(database, anna.id, outlook, TODAY)
    assert kept(database, anna) == (NOVEMBER,)

    assert history.undo(database) == f"Read busy times of {anna.name}"
    assert kept(database, anna) == before
    history.undo(database)
    assert (kept(database, anna), busy.sources(database)) == ((), ())
    history.redo(database)
    history.redo(database)
    assert kept(database, anna) == (NOVEMBER,)


def test_that_the_same_again_writes_nothing(database: Database, anna: Staff, outlook: Path) -> None:
    busy.read(database, anna.id, outlook, TODAY)
    entries = history.entries(database)

    again = busy.read(database, anna.id, outlook, TODAY)

    assert again.unchanged
    assert busy.preview(database, anna.id, outlook, TODAY).unchanged
    assert history.entries(database) == entries


def test_that_another_day_moves_the_days_that_are_kept(
    database: Database, anna: Staff, tmp_path: Path
) -> None:
    file = write(tmp_path / "kalender.ics", IN_NOVEMBER, IN_DECEMBER)
    busy.read(database, anna.id, file, TODAY)

    later = busy.read(database, anna.id, file, date(2026, 12, 24))

    assert not later.unchanged
    assert kept(database, anna) == (DECEMBER,)


def test_that_two_files_of_a_colleague_stand_beside_each_other(
    database: Database, anna: Staff, tmp_path: Path
) -> None:
    busy.read(database, anna.id, write(tmp_path / "a.ics", IN_NOVEMBER), TODAY)
    busy.read(database, anna.id, write(tmp_path / "b.ics", IN_DECEMBER), TODAY)

    assert kept(database, anna) == (NOVEMBER, DECEMBER)


def test_that_a_folder_is_one_calendar(database: Database, anna: Staff, tmp_path: Path) -> None:
    write(tmp_path / "a.ics", IN_NOVEMBER, IN_DECEMBER)
    write(tmp_path / "b.ICS", IN_DECEMBER)
    write(tmp_path / "c.txt", ("20261208T090000", "20261208T100000"))

    seen = busy.read(database, anna.id, tmp_path, TODAY)

    assert (seen.files, seen.events, seen.spans) == (2, 3, (NOVEMBER, DECEMBER))
    assert kept(database, anna) == (NOVEMBER, DECEMBER)


def test_that_our_own_sessions_in_an_exported_calendar_make_nobody_busy(
    database: Database, tmp_path: Path
) -> None:
    group = make.group(database, make.furnished(database))
    leader = sessions.sessions(database, group.id)[0].leaders[0]
    file = tmp_path / "egen.ics"
    file.write_bytes(calendars.of_staff(database, leader.staff_id, make.STAMP))

    seen = busy.preview(database, leader.staff_id, file, TODAY)

    assert seen.spans == ()
    assert seen.free == seen.events > 0


# Refused.


def test_that_what_cannot_be_read_changes_nothing(
    database: Database, anna: Staff, outlook: Path
) -> None:
    before = busy.read(database, anna.id, outlook, TODAY).spans
    outlook.write_bytes(outlook.read_bytes()[:3000])

    with pytest.raises(Refused, match="not whole"):
        busy.read(database, anna.id, outlook, TODAY)
    assert kept(database, anna) == before


def test_that_a_refusal_names_the_place_and_the_reason(
    database: Database, anna: Staff, tmp_path: Path
) -> None:
    def refused(place: Path) -> str:
        with pytest.raises(Refused) as told:
            busy.preview(database, anna.id, place, TODAY)
        return str(told.value)

    assert refused(tmp_path / "borta.ics") == f"{tmp_path / 'borta.ics'} is not there."
    assert refused(tmp_path) == f"There is no .ics file in the folder {tmp_path}."
    assert "is not there" in refused(tmp_path / "a\0b.ics")
    assert "can't be read" in refused(tmp_path / ("x" * 300))
    (tmp_path / "trasig.ics").write_bytes(b"PK\x03\x04")
    assert refused(tmp_path).startswith("trasig.ics: This is a zip archive.")
    for number in range(busy.MOST_FILES):
        write(tmp_path / f"{number}.ics")
    assert "too many files" in refused(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices lie elsewhere")
def test_that_a_file_without_an_end_is_not_read(database: Database, anna: Staff) -> None:
    with pytest.raises(Refused, match="is no file"):
        busy.preview(database, anna.id, Path("/dev/zero"), TODAY)


def test_that_a_file_of_fifty_megabytes_is_refused(
    database: Database, anna: Staff, tmp_path: Path
) -> None:
    file = tmp_path / "stor.ics"
    with file.open("wb") as opened:
        opened.truncate(50_000_000)

    with pytest.raises(Refused, match="too large: 20 MB"):
        busy.read(database, anna.id, file, TODAY)


def test_that_a_colleague_must_be_there(database: Database, outlook: Path) -> None:
    for ask in (busy.preview, busy.read):
        with pytest.raises(Refused, match="no longer there"):
            ask(database, uuid4(), outlook, TODAY)


# Refreshing.


def test_that_a_refresh_tells_of_each_source_how_it_went(
    database: Database, anna: Staff, tmp_path: Path
) -> None:
    same, new, gone, broken = (tmp_path / f"{name}.ics" for name in ("a", "b", "c", "d"))
    for number, file in enumerate((same, new, gone, broken)):
        write(file, (f"202611{24 + number}T090000", f"202611{24 + number}T100000"))
        busy.read(database, anna.id, file, TODAY)
    write(new, IN_DECEMBER, ("20261202T090000", "20261202T100000"))
    gone.unlink()
    broken.write_bytes(b"BEGIN:VCALENDAR\r\n")

    told = busy.refresh(database, TODAY)

    assert [(each.source.place.name, each.outcome) for each in told] == [
        ("a.ics", Outcome.UNCHANGED),
        ("b.ics", Outcome.READ),
        ("c.ics", Outcome.FAILED),
        ("d.ics", Outcome.FAILED),
    ]
    assert told[0].told == "Nothing is new."
    assert told[1].told == "2 busy times, 1 Dec 2026 to 2 Dec 2026."
    assert told[2].told == f"{gone} is not there. The busy times from before are kept."
    assert "not whole" in told[3].told
    assert [span.start.day for span in kept(database, anna)] == [24, 26, 27, 1, 2]


def test_that_a_refresh_is_one_step_of_undo(
    database: Database, anna: Staff, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.ics", tmp_path / "b.ics"
    for file in (first, second):
        busy.read(database, anna.id, write(file, IN_NOVEMBER), TODAY)
        write(file, IN_DECEMBER)

    busy.refresh(database, TODAY)
    assert kept(database, anna) == (DECEMBER, DECEMBER)

    assert history.undo(database) == "Refresh busy times"
    assert kept(database, anna) == (NOVEMBER, NOVEMBER)


def test_that_a_refresh_without_news_writes_nothing(
    database: Database, anna: Staff, outlook: Path
) -> None:
    assert busy.refresh(database, TODAY) == ()
    busy.read(database, anna.id, outlook, TODAY)
    entries = history.entries(database)

    busy.refresh(database, TODAY)

    assert history.entries(database) == entries


def test_that_skipped_events_are_told_after_a_refresh(
    database: Database, anna: Staff, tmp_path: Path
) -> None:
    file = write(tmp_path / "kalender.ics")
    busy.read(database, anna.id, file, TODAY)
    shutil.copy(SAMPLES / "thunderbird.ics", file)

    (told,) = busy.refresh(database, TODAY)

    assert told.told.endswith(" 1 event is in a time zone that is not known.")
    assert busy.sources(database)[0].skipped == 1


def test_that_a_refresh_can_be_of_one_colleague_and_tells_how_far_it_is(
    database: Database, anna: Staff, tmp_path: Path
) -> None:
    others = make.team(database, make.centre(database, "Norrbacken"))
    file = write(tmp_path / "kalender.ics", IN_NOVEMBER)
    busy.read(database, anna.id, file, TODAY)
    busy.read(database, others[1].id, file, TODAY)
    reported: list[tuple[float, str]] = []
    progress = Progress(lambda done, words: reported.append((done, words)))

    told = busy.refresh(database, TODAY, progress, staff_id=anna.id)

    assert [each.source.staff_id for each in told] == [anna.id]
    assert reported == [(0.0, anna.name)]
    assert len(busy.sources(database)) == 2


# Forgetting.


def test_that_a_forgotten_source_takes_its_busy_times_with_it(
    database: Database, anna: Staff, tmp_path: Path
) -> None:
    busy.read(database, anna.id, write(tmp_path / "a.ics", IN_NOVEMBER), TODAY)
    busy.read(database, anna.id, write(tmp_path / "b.ics", IN_DECEMBER), TODAY)
    (first, second) = busy.sources(database)

    busy.forget(database, first.id)

    assert kept(database, anna) == (DECEMBER,)
    assert busy.sources(database) == (second,)
    assert first.place.exists()
    with pytest.raises(Refused, match="already removed"):
        busy.forget(database, first.id)
    history.undo(database)
    assert kept(database, anna) == (NOVEMBER, DECEMBER)


# Secrets.


def test_that_titles_places_and_people_are_kept_nowhere(
    database: Database, anna: Staff, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    folder = tmp_path / "kalendrar"
    shutil.copytree(SAMPLES, folder)

    seen = busy.read(database, anna.id, folder, TODAY)
    told = busy.refresh(database, TODAY + timedelta(days=1))
    (folder / "google.ics").write_bytes((folder / "google.ics").read_bytes()[:2000])
    failed = busy.refresh(database, TODAY + timedelta(days=2))

    assert seen.files == 6
    assert [each.outcome for each in (*told, *failed)] == [Outcome.READ, Outcome.FAILED]
    assert MARKER not in f"{seen} {told} {failed} {busy.sources(database)} {caplog.text}"
    assert MARKER not in everything_in(database)


def everything_in(database: Database) -> str:
    """Every row of every table, the journal with its changes too."""
    with database.raw() as connection:
        tables = MetaData()
        tables.reflect(connection)
        rows = [list(connection.execute(select(table))) for table in tables.sorted_tables]
    assert sum(map(len, rows)) > 100
    return repr(rows)
