"""Content for lists, reports and forms, and a way to put other words into all of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from painprogram.documents.accesslog import AccessExtract, AccessLine, access_extracts
from painprogram.documents.attendance import Attendance, Attending, Occasion, attendance_lists
from painprogram.documents.attendance_signs import Sign
from painprogram.documents.card import Card, CardTime, cards
from painprogram.documents.door import DoorList, Taken, door_lists
from painprogram.documents.handover import Goal, Handover, Strand, handovers
from painprogram.documents.measures import MeasureForm, OwnItems, measure_forms
from painprogram.documents.report import GroupReport, Outcome, Part, group_reports
from painprogram.documents.staff_schedule import StaffSchedule, Task, staff_schedules
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.progress import Progress

FIRST = datetime(2027, 9, 14, 13)
DAY = date(2027, 9, 10)
TAKEN = datetime(2027, 9, 10, 16, 20)
HOUR = timedelta(hours=1)


def occasions(many: int) -> tuple[Occasion, ...]:
    return tuple(
        Occasion(FIRST + timedelta(days=3 * n), ModuleKind.RELAXATION, f"Relaxation {n + 1}")
        for n in range(many)
    )


def attendance(many: int = 3, people: int = 4, **other) -> Attendance:
    rows = tuple(
        Attending(f"Öberg{n}, Maria", (Sign.OPEN,) * many, "1979", "Hearing loop")
        for n in range(people)
    )
    facts = {
        "centre": "Ekbacken",
        "group": "H27 A",
        "programme": "Pain management",
        "about": "14 September – 29 October 2027",
        "numbers": ("4 own participants", "12 seats at most"),
        "occasions": occasions(many),
        "people": rows,
        "version": "Schedule version 5",
        "filled": None,
        "initials": False,
        "language": "en",
        "printed": TAKEN,
    }
    return Attendance(**{**facts, **other})


def staff_schedule(**other) -> StaffSchedule:
    tasks = tuple(
        Task(
            FIRST + timedelta(days=n),
            FIRST + timedelta(days=n) + HOUR,
            f"Relaxation {n}",
            "H27 A",
            "Hall",
            busy_from=FIRST + timedelta(days=n, minutes=-10),
            busy_until=FIRST + timedelta(days=n, minutes=65),
            others=("Karin Holm",),
        )
        for n in range(3)
    )
    facts = ("Ekbacken", "Anna Berg", "physiotherapist", DAY, DAY + timedelta(20), tasks)
    return replace(StaffSchedule(*facts, "en", TAKEN), **other)


def door(**other) -> DoorList:
    taken = tuple(
        Taken(FIRST + timedelta(days=n), FIRST + timedelta(days=n) + HOUR, "Exercise", ("Anna",))
        for n in range(3)
    )
    facts = ("Ekbacken", "Hall", FIRST.date(), FIRST.date() + timedelta(6), taken)
    return replace(DoorList(*facts, "en", TAKEN), **other)


def report(**other) -> GroupReport:
    facts = {
        "centre": "Ekbacken",
        "group": "H27 A",
        "programme": "Pain management",
        "edition": 4,
        "first": FIRST.date(),
        "last": FIRST.date() + timedelta(50),
        "enrolled": 11,
        "complete": 7,
        "outcomes": (Outcome("Completed", 8), Outcome("Stopped early", 3)),
        "parts": (Part("Relaxation", 8, 80, 3, 2, 3, 0), Part("Exercise", 8, 70, 10, 4, 4)),
        "waits": (20, 30, 41, 55, 80, 90),
        "limit": 60,
        "moved": 1,
        "language": "en",
        "taken": TAKEN,
    }
    return GroupReport(**{**facts, **other})


def handover(**other) -> Handover:
    facts = {
        "centre": "Ekbacken",
        "referrer": "Dr Eva Lind",
        "patient": "Maria Öberg",
        "masked_number": "19790101-••••",
        "protected": False,
        "programme": "Pain management",
        "group": "H27 A",
        "first": FIRST.date(),
        "last": FIRST.date() + timedelta(50),
        "outcome": "Completed, 3 November 2027.",
        "completion": "Completed: every core part is done.",
        "strands": (Strand("Relaxation", 7, 1, 6, "Done"),),
        "goals": (Goal("Walk the dog", "Reached"),),
        "reviewed": "Review at the end, 3 November 2027",
        "home": ("Relaxation every evening",),
        "follow_up": "We follow it up after one year, 14 September 2028.",
        "contact": "Anna Berg, physiotherapist",
        "phone": "036-000 00 10",
        "language": "en",
        "printed": DAY,
    }
    return Handover(**{**facts, **other})


def extract(**other) -> AccessExtract:
    lines = (
        AccessLine(TAKEN, "Anna Berg", "Ekbacken", "Open own schedule"),
        AccessLine(TAKEN - HOUR, "Bo Lund", "Viken", "Note attendance"),
    )
    facts = {
        "centre": "Ekbacken",
        "provider": "Region Norr",
        "patient": "Maria Öberg",
        "masked_number": "19790101-••••",
        "first": None,
        "last": None,
        "lines": lines,
        "phone": "036-000 00 10",
        "language": "en",
        "large": False,
        "taken": TAKEN,
    }
    return AccessExtract(**{**facts, **other})


def card(many: int = 5, **other) -> Card:
    times = tuple(
        CardTime(
            FIRST + timedelta(days=n),
            FIRST + timedelta(days=n) + HOUR,
            ModuleKind.EXERCISE,
            n + 1,
            room="Hall",
        )
        for n in range(many)
    )
    facts = ("Ekbacken", "Maria Öberg", times, "036-000 00 10", "Monday–Friday 8:00–9:30", DAY)
    return replace(Card(*facts, "en"), **other)


def form(**other) -> MeasureForm:
    facts = {
        "centre": "Ekbacken",
        "programme": "Living well",
        "training": "How much do you train?",
        "everyday": "How much do you move?",
        "activities": ("Carry the shopping", "Cycle to work"),
        "own": (OwnItems("CPAQ-8", ("0 = never true", "1. One thing", "2. Another"), 6),),
        "patient": "Maria Öberg",
        "masked_number": "19790101-••••",
        "edition": 4,
        "printed": DAY,
        "language": "en",
        "large": False,
    }
    return MeasureForm(**{**facts, **other})


@dataclass(frozen=True)
class Paper:
    """A kind of paper: how it is drawn, and something to draw."""

    draw: Callable[[Any, Progress], bytes]
    content: Any
    landscape: bool = False

    def pdf(self, content: Any = None) -> bytes:
        return self.draw([content or self.content], Progress())

    @property
    def size(self) -> tuple[float, float]:
        return (841.89, 595.28) if self.landscape else (595.28, 841.89)


PAPERS = {
    "attendance": Paper(attendance_lists, attendance(), landscape=True),
    "staff": Paper(staff_schedules, staff_schedule()),
    "door": Paper(door_lists, door()),
    "door of a day": Paper(door_lists, door(last=FIRST.date())),
    "report": Paper(group_reports, report()),
    "handover": Paper(handovers, handover()),
    "accesslog": Paper(access_extracts, extract()),
    "accesslog, large": Paper(access_extracts, extract(large=True)),
    "card": Paper(cards, card()),
    "measures": Paper(measure_forms, form()),
    "measures, large": Paper(measure_forms, form(large=True)),
}


def words_in(value: Any) -> Iterator[str]:
    """Every text in a content, but which language it is in."""
    if type(value) is str:
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from words_in(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            if one.name != "language":
                yield from words_in(getattr(value, one.name))


def with_words(value: Any, other: Callable[[str], str]) -> Any:
    """The same content with other words; what is empty stays so."""
    if type(value) is str:
        return other(value) if value else value
    if isinstance(value, tuple):
        return tuple(with_words(each, other) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        kept = {
            one.name: with_words(getattr(value, one.name), other)
            for one in fields(value)
            if one.name != "language"
        }
        return replace(value, **kept)
    return value
