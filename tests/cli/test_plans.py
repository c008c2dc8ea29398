"""The automatic plan on the command line: shown, told to programs, applied, taken back."""

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from painprogram.domain.availability import Span
from painprogram.usecases import Database, availability, sessions, staff
from tests import make
from tests.cli.told import Cli, is_one_sentence

PLAN = ("plan", "--group", "H26 A", "--what", "repair", "--steps", "20000")


@pytest.fixture
def away(file: Path) -> Path:
    """A database in which Anna Berg is away for the first week."""
    database = Database.open(str(file))
    anna = next(one for one in staff.staff(database) if one.name == "Anna Berg")
    monday = datetime.combine(make.MONDAY, time())
    availability.add_absence(database, anna.id, Span(monday, monday + timedelta(days=7)))
    database.close()
    return file


def test_that_a_plan_is_shown_with_its_reasons_and_changes_nothing(
    painprogram: Cli, away: Path
) -> None:
    said = painprogram(*PLAN, "--database", away)

    assert said.code == 0
    assert "Relaxation 1 (H26 A): Tue 12 Jan 13:00, Gymmet, Anna Berg → Erik Lund" in said.out
    assert "Anna Berg is absent Mon 11 Jan" in said.out
    assert "Nothing was changed. To let it be so, add --apply." in said.out
    assert "Öberg" not in said.out
    assert painprogram("undo", "--database", away).code == 1


def test_that_a_plan_is_applied_told_to_programs_and_taken_back(
    painprogram: Cli, away: Path
) -> None:
    said = painprogram(*PLAN, "--apply", "--json", "--database", away)

    (found,) = json.loads(said.out)
    assert found["applied"] is True
    (change,) = found["changes"]
    assert change["after"]["staff"][0]["name"] == "Erik Lund"
    database = Database.open(str(away))
    now = sessions.session(database, UUID(change["session_id"]))
    assert now.leaders[0].name == "Erik Lund"
    database.close()
    assert painprogram("undo", "--database", away).out == "Undone: Apply a plan\n"


def test_that_what_no_plan_can_be_made_of_is_one_sentence(painprogram: Cli, file: Path) -> None:
    for arguments, said in (
        (("--seconds", "0"), "A plan takes between 1 and 3600 seconds."),
        (("--steps", "-1"), "--steps: write a number above 0."),
        (("--from", "2029-01-01"), "There is no session to plan in those weeks."),
        (("--choose", "3", "--apply"), "choose one of them with --choose."),
    ):
        told = painprogram(*PLAN, *arguments, "--database", file)

        assert told.code == 1
        assert said in told.err
        assert is_one_sentence(told.err)
