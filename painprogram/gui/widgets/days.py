"""Days and clocks as fields of Qt's, and back."""

from datetime import date, time

from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import QDateEdit, QTimeEdit

from painprogram import i18n


def day_field(day: date, name: str, caption: str) -> QDateEdit:
    """A field for a day, with a calendar to open; *caption* is its accessible name."""
    field = QDateEdit(QDate(day.year, day.month, day.day))
    field.setDisplayFormat("yyyy-MM-dd")
    field.setCalendarPopup(True)
    field.setObjectName(name)
    field.setAccessibleName(caption)
    return field


def clock_field(at: time, name: str, caption: str) -> QTimeEdit:
    field = QTimeEdit(QTime(at.hour, at.minute))
    field.setDisplayFormat(clock_format())
    field.setObjectName(name)
    field.setAccessibleName(caption)
    return field


def clock_format() -> str:
    """How a field shows a clock, in the language in use."""
    return "HH.mm" if i18n.language() == "sv" else "HH:mm"


def day_of(field: QDateEdit) -> date:
    told = field.date()
    return date(told.year(), told.month(), told.day())


def show_day(field: QDateEdit, day: date) -> None:
    field.setDate(QDate(day.year, day.month, day.day))


def clock_of(field: QTimeEdit) -> time:
    told = field.time()
    return time(told.hour(), told.minute())


def show_clock(field: QTimeEdit, at: time) -> None:
    field.setTime(QTime(at.hour, at.minute))
