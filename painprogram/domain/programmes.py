"""A programme as it is written down: modules, strands, rules. Immutable; a change is a new version.

How it looks in a file, and every sentence about what is wrong in one, is in ``templates.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from uuid import UUID

from painprogram import i18n
from painprogram.domain.people import Profession
from painprogram.domain.rooms import Equipment


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in several languages; Swedish is always there."""

    by_language: Mapping[str, str]

    def __str__(self) -> str:
        """In the reader's language, else in Swedish."""
        return self.by_language.get(i18n.language()) or self.by_language.get("sv", "")

    def __bool__(self) -> bool:
        return any(self.by_language.values())


NO_TEXT = Text({})


class ModuleKind(StrEnum):
    RELAXATION = "relaxation"
    EXERCISE = "exercise"
    LECTURE = "lecture"
    INDIVIDUAL = "individual"
    MEASUREMENT = "measurement"
    LINKED = "linked"

    @property
    def label(self) -> str:
        return i18n._(_KINDS[self])


_KINDS = {
    ModuleKind.RELAXATION: i18n.N_("Relaxation"),
    ModuleKind.EXERCISE: i18n.N_("Exercise"),
    ModuleKind.LECTURE: i18n.N_("Lecture"),
    ModuleKind.INDIVIDUAL: i18n.N_("Individual visit"),
    ModuleKind.MEASUREMENT: i18n.N_("Measurement"),
    ModuleKind.LINKED: i18n.N_("Linked lecture"),
}


@dataclass(frozen=True, slots=True)
class Need:
    """One leader the module asks for, who has any of these professions.

    A module with two needs has two leaders at once: physician *and* pharmacist.
    """

    professions: tuple[Profession, ...]

    def __str__(self) -> str:
        return i18n._(" or ").join(p.label for p in self.professions)


@dataclass(frozen=True, slots=True)
class Module:
    """A part of a programme. Minutes are what the patient sees; the rest is staff and room time."""

    key: str
    kind: ModuleKind
    name: Text
    minutes: int
    needs: tuple[Need, ...] = ()
    short: Text = NO_TEXT
    """For cards and narrow columns; may carry soft hyphens."""
    preparation: int = 0
    wrap_up: int = 0
    equipment: tuple[Equipment, ...] = ()
    competences: tuple[str, ...] = ()
    """What at least one of the leaders must have been trained in, in the centre's own words."""
    smallest: int | None = None
    largest: int | None = None
    goals: Text = NO_TEXT
    patient_text: Text = NO_TEXT
    bring: Text = NO_TEXT
    """What the patient should bring or wear, as printed on the sheet."""
    material: Text = NO_TEXT
    source: str = ""
    """Evidence the module builds on, with the version that was read."""
    reviewed: date | None = None

    @property
    def card_title(self) -> str:
        return str(self.short) or str(self.name)


class Placement(StrEnum):
    SERIES = "series"
    """One session each rhythm until all occurrences stand; a closed day makes the series longer."""
    ONCE = "once"
    """One session in its week; a closed day moves it to the nearest open day."""
    LINKED = "linked"
    """Owned by another activity; an existing session is linked in."""
    VISIT = "visit"
    """One visit per patient, booked in the own schedule."""


@dataclass(frozen=True, slots=True)
class Strand:
    """A series of one module in a programme (spår), with the times that are proposed first."""

    key: str
    module: str
    placement: Placement
    occurrences: int = 1
    every_weeks: int = 1
    weekday: int | None = None
    """Proposed weekday, Monday = 0."""
    start: time | None = None
    week: int = 1
    """The programme week (1 = first) in which it starts; for visits 0 = before the start,
    and a week after the last means after the end."""
    latest_week: int | None = None
    letter: str = ""
    """A, B, C …: a lecture's part in its series, as printed."""
    after: tuple[str, ...] = ()
    """Keys of strands that must have ended before this one begins."""
    apart_from: tuple[str, ...] = ()
    """Keys of strands that should not meet on the same day, where it can be."""
    core: bool = False
    """Needed for completion: all of them, or *at_least* many."""
    at_least: int | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """What the patient and the team promise each other; one short sentence each."""

    sentences: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a programme version says."""

    key: str
    name: Text
    weeks: int
    minimum: int
    maximum: int
    modules: tuple[Module, ...]
    strands: tuple[Strand, ...]
    commitment: Commitment
    public_name: Text = NO_TEXT
    """What calendars call it: reveals no diagnosis."""
    closed: bool = True
    """A closed group starts and ends together; an open one takes patients along the way."""
    activity: bool = False
    """Sessions that other groups link in (open lectures): nobody enrols, nothing is promised."""
    notes: Text = NO_TEXT

    def module(self, key: str) -> Module:
        return next(module for module in self.modules if module.key == key)

    def strand(self, key: str) -> Strand:
        return next(strand for strand in self.strands if strand.key == key)


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme version in the database; a running group keeps the one it started with."""

    id: UUID
    """Of the version."""
    programme_id: UUID
    number: int
    content: Content = field(compare=False)

    @property
    def name(self) -> str:
        return str(self.content.name)
