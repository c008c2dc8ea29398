"""A field for a day, with a calendar that shows the numbers of the weeks."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit

from painprogram import i18n
from painprogram.gui import theme


def day_field() -> QDateEdit:
    field = QDateEdit()
    swedish = i18n.language() == "sv"
    field.setLocale(QLocale("sv_SE" if swedish else "en_GB"))
    field.setDisplayFormat("d MMM yyyy")
    field.setCalendarPopup(True)
    field.setDateRange(QDate(2000, 1, 1), QDate(2100, 12, 31))
    calendar = QCalendarWidget()
    calendar.setLocale(field.locale())
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
    calendar.setGridVisible(False)
    quiet = QTextCharFormat()
    quiet.setForeground(theme.tokens().text2)  # Qt's own red is no colour of ours
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, quiet)
    field.setCalendarWidget(calendar)
    return field


def day_of(field: QDateEdit) -> date:
    found = field.date()
    return date(found.year(), found.month(), found.day())


def show_day(field: QDateEdit, day: date) -> None:
    field.setDate(QDate(day.year, day.month, day.day))
