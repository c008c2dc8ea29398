"""What a term grid shows: rows by weeks with small marks; frozen values without a noun of ours."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that stands in one week of one row.

    *kind* is the name of a kind in the theme, *text* the letter or number beside its icon. A
    *fixed* mark can't be moved; a *linked* one has a dashed edge; a *changed* one a dot.
    """

    key: Hashable
    kind: str = ""
    text: str = ""
    conflict: bool = False
    acknowledged: bool = False
    cancelled: bool = False
    changed: bool = False
    linked: bool = False
    past: bool = False
    fixed: bool = False
    tooltip: str = ""
    accessible_text: str = ""


@dataclass(frozen=True, slots=True)
class WeekColumn:
    """*title* ``v. 46``, *short* ``46`` where columns are narrow, *month* of its Thursday."""

    monday: date
    title: str
    short: str
    month: str
    today: int | None = None
    """The weekday of today, where it is in this week; Monday = 0."""
    past: bool = False
    closed: str = ""
    """Why the whole week is closed."""
    shut: tuple[tuple[int, str], ...] = ()
    """Single closed days: weekday and reason."""
    tooltip: str = ""

    @property
    def is_shaded(self) -> bool:
        return bool(self.closed or self.shut)


@dataclass(frozen=True, slots=True)
class Rest:
    """The row rests from *first* to *last*; its weeks are hatched."""

    first: date
    last: date
    reason: str

    def touches(self, monday: date) -> bool:
        return self.first <= monday + timedelta(days=6) and monday <= self.last


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a letter in a box, its name, and under it the seats and *detail*."""

    key: Hashable
    title: str
    badge: str = ""
    detail: str = ""
    used: int | None = None
    total: int | None = None
    quiet: bool = False
    """Draft, cancelled, over: in a quiet colour, and struck where *struck*."""
    struck: bool = False
    tooltip: str = ""
    accessible_text: str = ""
    cells: Mapping[date, tuple[Mark, ...]] = field(default_factory=dict)
    rests: tuple[Rest, ...] = ()

    def marks(self, monday: date) -> tuple[Mark, ...]:
        return self.cells.get(monday, ())

    def rest(self, monday: date) -> Rest | None:
        return next((rest for rest in self.rests if rest.touches(monday)), None)


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the grid: the key of a row and the Monday of a week."""

    row: Hashable
    monday: date
