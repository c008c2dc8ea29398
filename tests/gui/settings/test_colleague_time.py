"""A colleague's working week, what differs from it, and calendars that make busy."""

from datetime import date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDateEdit, QLabel, QLineEdit, QTabWidget, QTimeEdit

from painprogram.domain.availability import Span, Weeks, WorkingTime
from painprogram.gui.settings.listing import Listing
from painprogram.gui.settings.staff import StaffSection
from painprogram.gui.widgets.line_table import LineTable
from painprogram.usecases import availability, busy, staff
from tests import make
from tests.gui.settings.screen import STAFF

DAY = date(2026, 12, 1)


@pytest.fixture
def anna(screen, database):
    """Chosen in the table."""
    found = staff.staff(database)[0]
    screen.go(STAFF)
    screen.find(StaffSection, "section_staff").choose(found.id)
    screen.settle()
    return found


def write_hours(screen, weekday: int, text: str, weeks: str = "odd") -> None:
    field = screen.find(QLineEdit, f"hours_{weekday}_{weeks}")
    field.setFocus()
    field.setText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    screen.settle()


def tab(screen, number: int) -> None:
    screen.find(QTabWidget, "colleague_tabs").setCurrentIndex(number)
    screen.settle()


def test_that_a_working_week_is_written_a_line_a_day(screen, database, anna):
    write_hours(screen, 0, "8-12, 13-16.30")
    assert availability.week_of(database, anna.id) == (
        WorkingTime(0, time(8), time(12)),
        WorkingTime(0, time(13), time(16, 30)),
    )
    screen.press("copy_monday")
    screen.settle()
    week = availability.week_of(database, anna.id)
    assert {one.weekday for one in week} == set(range(5))
    assert screen.text("week_total") == "37.5 h a week"
    write_hours(screen, 0, "")
    assert 0 not in {one.weekday for one in availability.week_of(database, anna.id)}


def test_that_odd_and_even_weeks_may_differ(screen, database, anna):
    write_hours(screen, 4, "8-16")
    screen.find(QCheckBox, "weeks_differ").click()
    screen.settle()
    write_hours(screen, 4, "", "even")
    assert availability.week_of(database, anna.id) == (
        WorkingTime(4, time(8), time(16), Weeks.ODD),
    )
    screen.find(QCheckBox, "weeks_differ").click()
    screen.settle()
    assert availability.week_of(database, anna.id) == (WorkingTime(4, time(8), time(16)),)


def test_that_what_is_no_time_is_said_and_what_was_saved_stands(screen, database, anna):
    write_hours(screen, 0, "8-12")
    write_hours(screen, 0, "morning")
    assert "is no working time" in screen.text("week_wrong")
    assert availability.week_of(database, anna.id) == (WorkingTime(0, time(8), time(12)),)


def test_that_another_colleague_shows_their_own_week(screen, database, anna):
    write_hours(screen, 0, "8-12")
    other = staff.staff(database)[1]
    screen.find(StaffSection, "section_staff").choose(other.id)
    screen.settle()
    assert screen.find(QLineEdit, "hours_0_odd").text() == ""
    screen.find(StaffSection, "section_staff").choose(anna.id)
    screen.settle()
    assert screen.find(QLineEdit, "hours_0_odd").text() == "8–12"


def test_that_absences_are_listed_and_taken_away(screen, database, anna):
    span = Span(datetime.combine(DAY, time()), datetime(2026, 12, 4))
    availability.add_absence(database, anna.id, span)
    availability.add_absence(
        database, anna.id, Span(datetime(2026, 12, 8, 13), datetime(2026, 12, 8, 15))
    )
    screen.page.reload()
    screen.settle()
    screen.settle()
    tab(screen, 1)
    listing = screen.find(Listing, "absences")
    assert [listing.item(row, 0).text() for row in range(2)] == [
        "Tue 1 Dec – Thu 3 Dec 2026",
        "Tue 8 Dec 2026 13:00–15:00",
    ]
    listing.setCurrentCell(0, 0)
    screen.press("absences_remove")
    screen.settle()
    assert len(availability.absences(database)) == 1


def test_that_absence_and_handing_over_are_asked_of_the_window(screen, anna):
    asked: list[object] = []
    screen.desk.absence_asked.connect(asked.append)
    screen.desk.handover_asked.connect(asked.append)
    screen.press("staff_absence")
    screen.press("staff_handover")
    tab(screen, 1)
    screen.press("absences_add")
    assert asked == [anna.id, anna.id, anna.id]


def test_that_extra_time_is_added_by_a_small_form(screen, database, anna):
    tab(screen, 2)
    screen.press("extra_times_add")
    screen.find(QDateEdit, "extra_day").setDate(QDate(2026, 12, 1))
    screen.find(QTimeEdit, "extra_begins").setTime(QTime(9, 0))
    screen.find(QTimeEdit, "extra_ends").setTime(QTime(8, 0))
    screen.press("accept")
    screen.settle()
    assert "must end after" in screen.text("wrong")
    screen.find(QTimeEdit, "extra_ends").setTime(QTime(11, 30))
    screen.press("accept")
    screen.settle()
    [made] = availability.extra_times(database, anna.id)
    assert made.span == Span(datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 11, 30))


def test_that_competences_are_written_with_commas_between(screen, database, anna):
    table = screen.find(LineTable, "staff")
    row = table.keys.index(anna.id)
    screen.write_cell(table, row, 4, "Avslappning, KBT", Qt.Key.Key_Return)
    assert staff.staff(database)[0].competences == ("Avslappning", "KBT")


def test_that_a_calendar_is_read_and_what_was_skipped_is_said(
    screen, database, anna, tmp_path: Path
):
    tab(screen, 3)
    file = tmp_path / "anna.ics"
    file.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//\r\n"
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T080000Z\r\nSUMMARY:Hemligt\r\n"
        "DTSTART;TZID=Europe/Stockholm:20261201T090000\r\n"
        "DTEND;TZID=Europe/Stockholm:20261201T100000\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n",
        "utf-8",
        newline="",
    )
    part = screen.find(StaffSection, "section_staff")._colleague._busy
    part.read(str(file))
    screen.settle()
    screen.settle()
    assert "1 busy time" in screen.find(QLabel, "busy_said").text()
    [source] = busy.sources(database, anna.id)
    listing = screen.find(Listing, "busy_sources")
    part.show_staff(anna.id, (source,))
    assert listing.item(0, 0).text() == str(file)
    assert "Hemligt" not in listing.item(0, 0).text()
    screen.press("busy_refresh")
    screen.settle()
    listing.setCurrentCell(0, 0)
    screen.press("busy_forget")
    screen.settle()
    assert busy.sources(database, anna.id) == ()


def test_that_a_calendar_that_can_not_be_read_is_said(screen, anna, tmp_path: Path):
    tab(screen, 3)
    part = screen.find(StaffSection, "section_staff")._colleague._busy
    part.read(str(tmp_path / "missing.ics"))
    screen.settle()
    assert screen.text("staff_wrong")
    assert screen.desk.today() == make.TODAY
