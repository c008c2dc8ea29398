"""The commands of planning: each does what the window does, and says it for people and programs."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from painprogram.domain.availability import WorkingTime
from painprogram.usecases import Database, availability, groups, pauses, prints, sessions, staff
from tests import make
from tests.cli.told import Cli, is_one_sentence

DATA = Path(__file__).parents[1] / "data" / "calendars"
SERIES = 8
ANNA_AWAY = ("absence", "--staff", "Anna", "--from", "2026-01-01", "--to")


def relaxation(filled: str) -> Any:
    database = Database.open(filled)
    group = groups.groups(database)[0]
    found = make.of_strand(database, group.id, "relaxation")
    database.close()
    return found


def moved(filled: str, key: Any) -> datetime:
    database = Database.open(filled)
    found = sessions.session(database, key).start
    database.close()
    return found


def test_that_a_session_is_moved_and_the_move_taken_back(told, filled: str) -> None:
    first = relaxation(filled)[0]
    later = first.start + timedelta(hours=2)

    found = told("move-session", first.id, "--start", f"{later:%Y-%m-%d %H:%M}")

    assert found["before"]["start"] == first.start.isoformat()
    assert found["after"]["start"] == later.isoformat()
    assert moved(filled, first.id) == later
    assert told("undo") == {"undone": "Move Relaxation 1"}
    assert moved(filled, first.id) == first.start


def test_that_a_blocked_move_is_refused_with_what_it_clashes_with(
    painprogram: Cli, filled: str
) -> None:
    first, second = relaxation(filled)[:2]
    start = f"{second.start:%Y-%m-%d %H:%M}"

    said = painprogram("move-session", first.id, "--start", start, "--database", filled)

    assert said.code == 1
    assert "Anna Berg has Relaxation 2" in said.err
    assert is_one_sentence(said.err)
    assert moved(filled, first.id) == first.start


def test_that_what_must_be_acknowledged_asks_for_a_reason_and_keeps_it(
    painprogram: Cli, told, filled: str
) -> None:
    first = relaxation(filled)[0]
    database = Database.open(filled)
    anna = next(one for one in staff.staff(database) if one.name == "Anna Berg")
    week = tuple(
        WorkingTime(day, first.start.time().replace(hour=8), first.start.time().replace(hour=16))
        for day in range(5)
    )
    availability.set_week(database, anna.id, week)
    database.close()
    evening = f"{first.start:%Y-%m-%d} 18:00"
    move = ("move-session", first.id, "--start", evening)

    said = painprogram(*move, "--database", filled)
    assert said.code == 1
    assert "--reason" in said.err
    told(*move, "--reason", "Evening group for those who work")

    assert told("clashes") == []
    known = [one for one in told("clashes", "--all") if one["acknowledged"]]
    assert [one["reason"] for one in known] == ["Evening group for those who work"]
    assert {one["rule"] for one in known} == {"hours"}


def test_that_what_is_only_information_is_said_and_stops_nobody(told, filled: str) -> None:
    first = relaxation(filled)[0]

    found = told("move-session", first.id, "--start", "2027-06-01 10:00", "--reason", "Room")

    assert found["after"]["start"] == "2027-06-01T10:00:00"
    assert any("programme" in note for note in found["notes"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("x",), "no id of a session"),
        (("00000000-0000-0000-0000-000000000000",), "no longer there"),
    ],
)
def test_that_what_is_no_session_is_said(
    painprogram: Cli, filled: str, arguments: tuple[str, ...], words: str
) -> None:
    said = painprogram(
        "move-session", *arguments, "--start", "2027-01-12 10:00", "--database", filled
    )

    assert said.code == 1
    assert words in said.err


def test_that_an_absence_lists_what_it_touches_and_is_entered_on_request(
    painprogram: Cli, told, filled: str
) -> None:
    first = relaxation(filled)[0]
    days = ("--from", f"{first.start:%Y-%m-%d}", "--to", f"{first.start:%Y-%m-%d}")

    found = told("absence", "--staff", "Anna", *days)
    assert [one["title"] for one in found["sessions"]] == ["Relaxation 1"]
    assert found["sessions"][0]["substitutes"][0]["name"] == "Erik Lund"
    assert (found["patients"], found["applied"]) == (1, False)
    assert painprogram("undo", "--database", filled).out != "Undone: Enter absence of Anna Berg\n"

    told("absence", "--staff", "Anna", *days, "--apply")
    database = Database.open(filled)
    led = sessions.session(database, first.id).leaders
    database.close()
    assert [leader.name for leader in led] == ["Erik Lund"]
    assert told("undo") == {"undone": "Enter absence of Anna Berg"}


def test_that_days_in_the_wrong_order_are_refused(painprogram: Cli, filled: str) -> None:
    for command in (("absence", "--staff", "Anna"), ("clashes",)):
        said = painprogram(
            *command, "--from", "2027-02-01", "--to", "2027-01-01", "--database", filled
        )
        assert said.code == 1
        assert "--to is before --from" in said.err


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (("clashes", "--from", "0001-01-01", "--to", "9999-12-31"), "is no date", 2),
        (
            (*ANNA_AWAY, "9999-12-31"),
            "no date",
            2,
        ),
        (
            (*ANNA_AWAY, "2199-12-31"),
            "two years",
            1,
        ),
        (("pause", "--group", "H26", "--from", "2199-12-31"), "not a day to plan", 1),
        (("clashes", "--from", "1900-01-01", "--to", "2199-12-31"), "", 0),
    ],
)
def test_that_absurd_days_are_told_in_words(
    painprogram: Cli, filled: str, arguments: tuple[str, ...], words: str, code: int
) -> None:
    said = painprogram(*arguments, "--database", filled)

    assert said.code == code
    assert words in said.err


def test_that_no_session_is_moved_to_the_end_of_time(painprogram: Cli, filled: str) -> None:
    first = relaxation(filled)[0]

    said = painprogram(
        *("move-session", first.id, "--start", "9999-12-31 23:59", "--database", filled)
    )

    assert said.code == 1
    assert "is not a day to plan" in said.err


def test_that_busy_times_are_shown_first_and_then_taken_in(told, filled: str) -> None:
    file = next(DATA.glob("*.ics"))

    shown = told("import", "busy", file, "--staff", "Anna", "--dry-run")
    taken = told("import", "busy", file, "--staff", "Anna")
    again = told("import", "busy", file, "--staff", "Anna")

    assert (shown["applied"], taken["applied"]) == (False, True)
    assert shown["busy"] == taken["busy"] == again["busy"]
    assert (taken["unchanged"], again["unchanged"]) == (False, True)


def test_that_a_file_that_is_no_calendar_is_refused(
    painprogram: Cli, filled: str, tmp_path: Path
) -> None:
    file = tmp_path / "busy.ics"
    file.write_bytes(b"PK\x03\x04")

    said = painprogram("import", "busy", file, "--staff", "Anna", "--database", filled)

    assert said.code == 1
    assert is_one_sentence(said.err)


def test_that_publishing_tells_who_is_concerned_and_fills_the_print_queue(
    painprogram: Cli, told, filled: str
) -> None:
    first = told("publish", "--group", "H26")
    assert (first["number"], first["before"], first["published"]) == (1, None, True)
    assert told("reprint-queue")["queue"] == []
    assert len(told("reprint-queue")["never_printed"]) == 1
    database = Database.open(filled)
    group = groups.groups(database)[0]
    prints.all_sheets(database, make.NO_PROGRESS, group.id, make.TODAY)
    session = make.of_strand(database, group.id, "relaxation")[0]
    sessions.move(database, session.id, session.start + timedelta(hours=2))
    database.close()
    assert told("reprint-queue") == {"queue": [], "never_printed": []}

    shown = told("publish", "--group", "H26", "--dry-run")
    done = told("publish", "--group", "H26", "--note", "The hall is taken")

    assert (shown["number"], shown["published"]) == (1, False)
    assert done["number"] == 2
    assert [one["title"] for one in done["sessions"]] == ["Relaxation 1"]
    assert [one["name"] for one in done["patients"]] == ["Maria Öberg"]
    assert [one["name"] for one in done["staff"]] == ["Anna Berg"]
    assert [one["name"] for one in told("reprint-queue")["queue"]] == ["Maria Öberg"]
    nothing = painprogram("publish", "--group", "H26", "--database", filled)
    assert nothing.code == 1
    assert "Nothing has changed since version 2" in nothing.err


def test_that_the_calendar_folder_is_refreshed_and_says_whose_the_files_are(
    told, filled: str, tmp_path: Path
) -> None:
    folder = tmp_path / "calendars"

    first = told("calendars", folder)
    again = told("calendars", folder)

    assert first["written"] == again["unchanged"] > 0
    assert again["written"] == 0
    assert {one["kind"] for one in first["files"]} == {"group", "staff", "room"}
    assert len(list((folder / "patients").glob("*.ics"))) == 1
    told("calendars", folder, "--without-patients")
    assert not list((folder / "patients").glob("*.ics"))


def test_that_a_group_is_paused_and_resumed(told, filled: str) -> None:
    held = relaxation(filled)
    day = f"{held[3].start:%Y-%m-%d}"

    shown = told("pause", "--group", "H26", "--from", day, "--dry-run")
    paused = told("pause", "--group", "H26", "--from", day, "--reason", "Pandemic")
    assert (shown["applied"], paused["applied"]) == (False, True)
    assert len(paused["sessions"]) > SERIES - 3

    resumed = told("resume", "--group", "H26", "--on", "2027-08-16")
    database = Database.open(filled)
    group = groups.groups(database)[0]
    after = make.of_strand(database, group.id, "relaxation")
    (pause,) = pauses.pauses(database, group.id)
    database.close()
    assert len(resumed["sessions"]) == len(paused["sessions"])
    assert [one.id for one in after] == [one.id for one in held]
    assert [one.start.time() for one in after] == [one.start.time() for one in held]
    assert after[3].start.date().isoformat() >= "2027-08-16"
    assert pause.reason == "Pandemic"


def test_that_nothing_to_take_back_is_said(painprogram: Cli, url: str) -> None:
    database = Database.open(url)
    database.close()

    said = painprogram("undo", "--database", url)

    assert said.code == 1
    assert "nothing to take back" in said.err


@pytest.mark.parametrize(
    "command",
    [
        ("clashes",),
        ("reprint-queue",),
        ("publish", "--group", "H26", "--dry-run"),
        ("absence", "--staff", "Anna", "--from", "2027-01-11", "--to", "2027-01-15"),
        ("pause", "--group", "H26", "--from", "2027-01-20", "--dry-run"),
    ],
)
def test_that_each_says_it_in_words_in_both_languages(
    painprogram: Cli, filled: str, command: tuple[str, ...]
) -> None:
    said = [
        painprogram(*command, "--database", filled, "--language", language).out
        for language in ("en", "sv")
    ]

    assert all(said)
    assert said[0] != said[1]
