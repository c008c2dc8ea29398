"""The table of the patient sheet: which day, what, with whom and where."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from math import ceil

from painprogram import i18n
from painprogram.documents import columns as sharing
from painprogram.documents import dates, icons, style
from painprogram.documents.columns import BASELINE, END_EDGE, START_EDGE, Columns, Laid, Words
from painprogram.documents.flow import Block
from painprogram.documents.style import END, Pen
from painprogram.domain.programmes import ModuleKind
from painprogram.i18n import _, pgettext

HEAD_RULE = 2.0
"""From the baseline of the column heads down to their rule."""
_BAR_OUT, _BAR = 3.2, 1.6
_TINT_OUT = 1.5
_FIGURES = str.maketrans("123456789", "000000000")
"""All are equally wide."""

People = tuple[tuple[str, str], ...]
"""Name and profession of each leader."""
_ALWAYS_WITH_PROFESSION = frozenset(
    {ModuleKind.LECTURE, ModuleKind.LINKED, ModuleKind.INDIVIDUAL, ModuleKind.MEASUREMENT}
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One session or visit in the patient's own schedule."""

    start: datetime
    end: datetime
    kind: ModuleKind
    title: str
    """What it is, with its number in the series: "Avslappning 3"."""
    subtitle: str = ""
    """A second line: "Föreläsning A"."""
    letter: str = ""
    """A, B, C …: stands in the icon of a lecture."""
    leaders: tuple[tuple[str, str], ...] = ()
    """Name and title of the profession, in the patient's language."""
    room: str = ""
    change: str = ""
    """What is the patient's own here: "I stället för tisdag 11 maj", "Extra besök för dig"."""
    cancelled: bool = False
    """The session is off for everybody; *change* may then say what happens instead."""


@dataclass(frozen=True, slots=True)
class _Measured:
    row: SheetRow
    laid: Laid
    day: str
    year: str
    """Below the day, where it is another than in the row before."""

    @property
    def height(self) -> float:
        return self.laid.height


@dataclass(frozen=True, slots=True)
class Table:
    """The rows measured in columns that fit them all, ready to be divided among pages."""

    columns: Columns
    rows: tuple[_Measured, ...]

    def height(self, first: int, last: int) -> float:
        """Of the rows from *first* up to but not including *last*, with the rule of the head."""
        return HEAD_RULE + sum(row.height for row in self.rows[first:last])

    def fitting(self, first: int, room: float) -> int:
        """The row at which the page after this one begins; never one row alone on that page."""
        total = len(self.rows)
        last = first
        while last < total and self.height(first, last + 1) <= room:
            last += 1
        return max(total - 2, first) if total - last == 1 else last

    def block(self, first: int, last: int, gap: float) -> Block:
        """Rows *first* to *last* with their head, *gap* below what stands above."""

        def draw(pen: Pen, top: float) -> None:
            _draw(pen, top + gap, self, self.rows[first:last])

        return Block(gap + self.height(first, last), draw, gap)


def table(rows: Iterable[SheetRow]) -> Table:
    """Measure *rows*, which are in order of time, in the columns that make them lowest."""
    known = tuple(rows)
    new_years = years(known)
    words = list(map(_words, known, people(known), new_years))
    days = tuple(
        ceil(10 * max(_day_role(row).width(dates.day(row.start.date(), each)) for row in known))
        / 10
        for each in dates.DayStyle
    )
    chosen = sharing.best(_alike(words), days, _times_width(known), i18n.language())
    measured = (
        _Measured(
            row,
            sharing.lay(each, chosen.columns),
            dates.day(row.start.date(), chosen.day_style),
            year,
        )
        for row, each, year in zip(known, words, new_years, strict=True)
    )
    return Table(chosen.columns, tuple(measured))


def _alike(words: Iterable[Words]) -> tuple[tuple[Words, int], ...]:
    """One for all that take the same place, as "Avslappning 1" and "2" do, and how many."""
    counted = Counter(replace(each, title=each.title.translate(_FIGURES)) for each in words)
    return tuple(counted.items())


def _times_width(rows: Sequence[SheetRow]) -> float:
    """Of the times, and beyond the icon of the word that stands there instead."""
    times = max(style.TIME.width(i18n.clock_range(row.start, row.end)) for row in rows)
    if any(row.cancelled for row in rows):
        times = max(times, _cancelled_width() - icons.SHEET)
    return times


def _words(row: SheetRow, who: People, year: str) -> Words:
    own = row.change or (_("No session this day") if row.cancelled else "")
    room = "" if row.cancelled else row.room
    return Words(row.title, row.subtitle, own, who, room, bool(year), row.cancelled)


def people(rows: Sequence[SheetRow]) -> list[People]:
    """Who leads each row: with profession the first time, and in lectures and visits always."""
    seen: set[str] = set()
    found: list[People] = []
    for row in rows:
        if row.cancelled:
            found.append(())
            continue
        always = row.kind in _ALWAYS_WITH_PROFESSION
        found.append(
            tuple(
                (name, profession if always or name not in seen else "")
                for name, profession in row.leaders
            )
        )
        seen.update(name for name, _profession in row.leaders)
    return found


def years(rows: Sequence[SheetRow]) -> list[str]:
    """The year where another one begins, as with a follow-up: its day alone would mislead."""
    if not rows:
        return []
    before = [rows[0].start.year, *(row.start.year for row in rows)]
    return [
        str(row.start.year) if row.start.year != year else ""
        for row, year in zip(rows, before, strict=False)
    ]


def _is_own(row: SheetRow) -> bool:
    return bool(row.change) and not row.cancelled


def _draw(pen: Pen, y: float, table: Table, rows: Sequence[_Measured]) -> None:
    columns = table.columns
    _draw_head(pen, y, columns)
    y += HEAD_RULE
    pen.rule(START_EDGE, END_EDGE, y, style.TABLE_RULE, style.TEXT)
    week: tuple[int, int] | None = None
    for measured in rows:
        this = measured.row.start.isocalendar()[:2]
        _draw_row(pen, y, columns, measured, with_week=this != week)
        week = this
        y += measured.height
    # Rules last, so that no tinted row covers half of one.
    y -= sum(measured.height for measured in rows)
    for upper, lower in pairwise(rows):
        y += upper.height
        if upper.row.start.isocalendar()[:2] == lower.row.start.isocalendar()[:2]:
            pen.rule(columns.day, END_EDGE, y, style.HAIR_RULE, style.HAIRLINE)
        else:
            pen.rule(START_EDGE, END_EDGE, y, style.WEEK_RULE, style.LINE)
    pen.rule(START_EDGE, END_EDGE, y + rows[-1].height, style.TABLE_RULE, style.TEXT)


def _draw_head(pen: Pen, y: float, columns: Columns) -> None:
    pen.text(START_EDGE, y, _("Week"), style.HEAD)
    pen.text(columns.day, y, _("Day"), style.HEAD)
    pen.text(columns.time_end - _time_width(), y, _("Time"), style.HEAD)
    pen.text(columns.what, y, _("What"), style.HEAD)
    pen.text(columns.who, y, _("With whom"), style.HEAD)
    pen.text(columns.where, y, _("Where"), style.HEAD)


def _draw_row(
    pen: Pen, top: float, columns: Columns, measured: _Measured, *, with_week: bool
) -> None:
    row, laid, height = measured.row, measured.laid, measured.height
    if _is_own(row):
        draw_own_mark(pen, top, height)
        inside = START_EDGE - _BAR_OUT + _BAR
        pen.box(inside, top, END_EDGE + _TINT_OUT - inside, height, fill=style.PANEL)
    baseline = top + BASELINE
    if with_week:
        pen.text(START_EDGE, baseline, str(row.start.isocalendar().week), style.QUIET)
    pen.text(columns.day, baseline, measured.day, _day_role(row))
    if row.cancelled:
        _draw_cancelled(pen, baseline, columns)
    else:
        _draw_time(pen, baseline, columns, i18n.clock_range(row.start, row.end))
        middle = top + min(height / 2, 4.9)
        icons.draw(pen, row.kind, columns.icon, middle, icons.SHEET, row.letter)
    for line in laid.what:
        pen.text(columns.what, top + line.y, line.text, line.role)
    pen.lines(columns.who, baseline, laid.who, style.CELL)
    pen.lines(columns.where, baseline, laid.where, style.CELL)
    pen.text(columns.day, baseline + style.CELL.step, measured.year, style.CELL)


def _time_width() -> float:
    return style.TIME.width(i18n.clock_range(datetime(1, 1, 1, 13), datetime(1, 1, 1, 14)))


def _draw_time(pen: Pen, baseline: float, columns: Columns, words: str) -> None:
    """Minutes below minutes: at the right on every page, for figures run from the left."""
    if pen.is_mirrored:
        pen.text(columns.time_end - _time_width(), baseline, words, style.TIME)
    else:
        pen.text(columns.time_end, baseline, words, style.TIME, END)


def _day_role(row: SheetRow) -> style.Type:
    return style.QUIET if row.cancelled else style.STRONG


def _draw_cancelled(pen: Pen, baseline: float, columns: Columns) -> None:
    """The word in a frame where time and icon would be, so that nobody comes at that time."""
    word, width = pgettext("session", "Cancelled"), _cancelled_width()
    end = columns.icon + icons.SHEET / 2
    pen.box(end - width, baseline - 3.95, width, 5.3, edge=style.TEXT, weight=1.0, corner=1.0)
    pen.text(end - 2, baseline, word, style.STRONG, END)


def _cancelled_width() -> float:
    return style.STRONG.width(pgettext("session", "Cancelled")) + 4


def draw_own_mark(pen: Pen, top: float, height: float) -> None:
    """The black bar outside the text: this is for the patient alone."""
    pen.box(START_EDGE - _BAR_OUT, top, _BAR, height, fill=style.TEXT)
