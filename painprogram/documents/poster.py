"""The base schedule of a group on the wall: weeks across, strands down, A4 landscape.

It holds no patient's name. Render it inside ``i18n.using(language)``; texts in the content are in
that language already.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from painprogram import i18n
from painprogram.documents import dates, icons, poster_cell, style
from painprogram.documents.face import NO_FACE, Face
from painprogram.documents.poster_cell import (
    CLOSE,
    CLOSEST,
    ROOMY,
    Look,
    PosterCell,
    Spacing,
)
from painprogram.documents.style import END, Pen
from painprogram.domain.programmes import ModuleKind
from painprogram.i18n import _, ngettext

__all__ = ["Poster", "PosterCell", "PosterStrand", "poster"]

_START, _END = 14.0, 283.0
_GRID_START = 58.2
_TOP = 57.0
"""The rule under the heads of the first band on a page."""
_BOTTOM = 186.0
"""Of the grid, when one line stands below it."""
_HEAD = 12.0
"""Height of the heads of a band above their rule."""
_BAND_GAP = 5.0
_WEEKS_IN_A_BAND = 9
_LONGEST_BREAK = 2
"""Weeks without anything that still get a column; a longer pause is left out."""
_LOGO_ROOM = (50.0, 11.0)
_MOST_AIR = 6.0
_TITLE_AT = 10.6
"""From the start edge to the name of a strand, beside its icon."""

_BELOW_NAME = 2.5
"""More than between the lines below it."""


@dataclass(frozen=True, slots=True)
class PosterStrand:
    """One row: a series of a module, or a few that belong together (sleep and stress)."""

    kind: ModuleKind
    title: str
    leaders: tuple[str, ...] = ()
    """A line each: "Maja Ek, fysioterapeut"."""
    room: str = ""
    bring: str = ""
    cells: tuple[PosterCell, ...] = ()
    note: str = ""
    """Stands across the weeks where there are no cells: "Du får en egen tid."."""


@dataclass(frozen=True, slots=True)
class Poster:
    """Everything that stands on the base schedule."""

    centre: str
    programme: str
    """Public name of the programme."""
    group: str
    """What tells this run from others: "våren 2027"; may be empty."""
    strands: tuple[PosterStrand, ...]
    template: str
    template_version: int
    version: int
    """Of the base schedule, with the day it is from."""
    dated: date
    owner: str
    """"Karin Holm, psykolog"."""
    notes: tuple[str, ...] = ()
    """"Torsdag 6 maj är Kristi himmelsfärdsdag. Föreläsning C är därför onsdag 5 maj."."""
    phone: str = ""
    phone_hours: str = ""
    face: Face = field(default=NO_FACE, repr=False)


@dataclass(frozen=True, slots=True)
class _Row:
    """A strand in a band of weeks, measured."""

    strand: PosterStrand
    label: tuple[str, ...]
    title: tuple[str, ...]
    cells: tuple[tuple[PosterCell, ...], ...]
    """For each week of the band."""
    look: Look
    height: float


@dataclass(frozen=True, slots=True)
class _Band:
    """Some weeks with the strands that have something in them."""

    weeks: tuple[date, ...]
    rows: tuple[_Row, ...]

    @property
    def height(self) -> float:
        return sum(row.height for row in self.rows)


def poster(content: Poster) -> bytes:
    """The PDF; more than nine weeks become two or more bands, on further pages if need be."""
    document = style.Document(_("Base schedule"), content.centre)
    document.accent = content.face.accent
    below = _below(content)
    bottom = _BOTTOM - (len(below) - 1) * style.EMPHASIS.step if below else _BOTTOM
    weeks = _weeks(content.strands)
    top = _title_bottom(content)
    pages = _pages(content, weeks, top, bottom)
    for number, bands in enumerate(pages, start=1):
        pen = Pen(document, style.LANDSCAPE)
        _draw_head(pen, content, weeks)
        y = top
        for band in bands:
            y = _draw_band(pen, band, y, _column(weeks)) + _BAND_GAP + _HEAD
        end = y - _BAND_GAP - _HEAD if bands else top
        _draw_below(pen, content, below, end)
        _draw_foot(pen, content, number, len(pages))
        pen.finish()
    return document.saved()


# Dividing weeks and strands


def _monday(at: datetime) -> date:
    return at.date() - timedelta(days=at.weekday())


def _weeks(strands: Iterable[PosterStrand]) -> tuple[date, ...]:
    """The Mondays that get a column."""
    used = sorted({_monday(cell.start) for strand in strands for cell in strand.cells})
    weeks: list[date] = []
    for monday in used:
        between = (monday - weeks[-1]).days // 7 - 1 if weeks else 0
        if between <= _LONGEST_BREAK:
            weeks += [monday - timedelta(weeks=n) for n in range(between, 0, -1)]
        weeks.append(monday)
    return tuple(weeks)


def _columns_in_a_band(weeks: Sequence[date]) -> int:
    bands = -(-len(weeks) // _WEEKS_IN_A_BAND) or 1
    return -(-len(weeks) // bands) or 1


def _column(weeks: Sequence[date]) -> float:
    """The width of a week."""
    return (_END - _GRID_START) / _columns_in_a_band(weeks)


def _bands(content: Poster, weeks: Sequence[date], spacing: Spacing) -> list[_Band]:
    many = _columns_in_a_band(weeks)
    column = _column(weeks)
    looks = [
        poster_cell.look(strand.kind, column, spacing, strand.cells) for strand in content.strands
    ]
    bands = []
    for start in range(0, max(len(weeks), 1), many):
        some = tuple(weeks[start : start + many])
        rows = [
            _row(strand, some, look)
            for strand, look in zip(content.strands, looks, strict=True)
            if any(_monday(cell.start) in some for cell in strand.cells)
            or (not strand.cells and start == 0)
        ]
        bands.append(_Band(some, tuple(rows)))
    return bands


def _row(strand: PosterStrand, weeks: Sequence[date], look: Look) -> _Row:
    """Measure *strand*; in little space all that stands below its name runs on as one text."""
    spacing = look.spacing
    room = _GRID_START - _START - 1.5
    title = style.POSTER_HEAD.wrap(strand.title, _GRID_START - _START - _TITLE_AT - 1)
    about = [part for part in (*strand.leaders, strand.room, strand.bring) if part]
    if spacing is not ROOMY:
        about = [". ".join(about)]
    label = tuple(line for text in about for line in style.POSTER_SMALL.wrap(text, room))
    cells = tuple(
        tuple(cell for cell in strand.cells if _monday(cell.start) == monday) for monday in weeks
    )
    inside = max((poster_cell.stack_height(some, look) for some in cells), default=0.0)
    heading = icons.POSTER + (len(title) - 1) * style.POSTER_HEAD.step
    if strand.note and not strand.cells:
        note = style.BODY.wrap(strand.note, _END - _GRID_START - 6)
        inside = icons.POSTER + (len(note) - 1) * style.BODY.step
    label_height = 1 + heading + len(label) * spacing.label + (1 if label else 0)
    return _Row(strand, label, title, cells, look, max(inside, label_height) + 2 * spacing.pad)


def _pages(content: Poster, weeks: Sequence[date], top: float, bottom: float) -> list[list[_Band]]:
    """All on one page, closer if that helps; else a page for each band; else row after row."""
    room = bottom - top
    # What to bring is on everybody's sheet: it should give way before the rows get that close.
    says_what_to_bring = any(strand.bring for strand in content.strands)
    spacings = (ROOMY, CLOSE) if says_what_to_bring else (ROOMY, CLOSE, CLOSEST)
    ways = [_bands(content, weeks, spacing) for spacing in spacings]
    for bands in ways:
        if _height(bands) <= room:
            return [_airy(bands, room)]
    chosen = [
        next((band for band in alike if band.height <= room), None)
        for alike in zip(*ways, strict=True)
    ]
    whole = [band for band in chosen if band]
    if len(whole) == len(chosen):
        return [_airy([band], room) for band in whole]
    return [_airy(bands, room) for bands in _divided(ways[0], top, bottom)]


def _divided(bands: Sequence[_Band], top: float, bottom: float) -> list[list[_Band]]:
    pages: list[list[_Band]] = [[]]
    y = top
    for band in bands:
        if pages[-1]:
            y += _BAND_GAP + _HEAD
        if y + band.height > bottom and pages[-1]:
            pages.append([])
            y = top
        some: list[_Row] = []
        for row in band.rows:
            if some and y + row.height > bottom:
                pages[-1].append(_Band(band.weeks, tuple(some)))
                pages.append([])
                some, y = [], top
            some.append(row)
            y += row.height
        pages[-1].append(_Band(band.weeks, tuple(some)))
    return pages


def _height(bands: Sequence[_Band]) -> float:
    return sum(band.height for band in bands) + (len(bands) - 1) * (_BAND_GAP + _HEAD)


def _airy(bands: Sequence[_Band], room: float) -> list[_Band]:
    """Share out what is left of the page among the rows."""
    many = sum(len(band.rows) for band in bands) or 1
    air = min(max(0.0, room - _height(bands)) / many, _MOST_AIR)
    return [
        replace(band, rows=tuple(replace(row, height=row.height + air) for row in band.rows))
        for band in bands
    ]


# Drawing


def _draw_band(pen: Pen, band: _Band, top: float, column: float) -> float:
    """The heads end at *top*; returns the bottom of the last row."""
    for number, (monday, days) in enumerate(zip(band.weeks, _days(band, column), strict=True)):
        x = _GRID_START + number * column
        pen.text(x + 1.6, top - 8.2, _week_title(monday), style.POSTER_HEAD)
        pen.text(x + 1.6, top - 3.0, days, style.POSTER_SMALL, colour=style.SECONDARY)
        pen.upright(x, top - _HEAD, top + band.height, style.HAIR_RULE, style.HAIRLINE)
    pen.rule(_START, _END, top, style.TABLE_RULE, style.TEXT)
    y = top
    for number, row in enumerate(band.rows):
        if number:
            pen.rule(_START, _END, y, style.WEEK_RULE, style.LINE)
        _draw_row(pen, row, y)
        y += row.height
    pen.rule(_START, _END, y, style.TABLE_RULE, style.TEXT)
    return y


def _days(band: _Band, column: float) -> list[str]:
    """The days of each week; the months shortened in all of them where one is too long."""
    ends = [
        (monday, monday + timedelta(days=_last_weekday(band, number)))
        for number, monday in enumerate(band.weeks)
    ]
    whole = [dates.week_days(*days) for days in ends]
    if all(style.POSTER_SMALL.width(days) <= column - 2.2 for days in whole):
        return whole
    return [dates.week_days(*days, short=True) for days in ends]


def _week_title(monday: date) -> str:
    return _("Week {number}").format(number=monday.isocalendar().week)


def _last_weekday(band: _Band, number: int) -> int:
    """Friday, or the day of the weekend on which something happens."""
    days = [cell.start.weekday() for row in band.rows for cell in row.cells[number]]
    return max([4, *days])


def _draw_row(pen: Pen, row: _Row, top: float) -> None:
    strand, spacing = row.strand, row.look.spacing
    middle = top + spacing.pad + 1 + icons.POSTER / 2
    icons.draw(pen, strand.kind, _START + icons.POSTER / 2, middle, icons.POSTER)
    y = pen.lines(_START + _TITLE_AT, middle + 1.6, row.title, style.POSTER_HEAD)
    for number, words in enumerate(row.label, start=1):
        pen.text(_START, y + _BELOW_NAME + number * spacing.label, words, style.POSTER_SMALL)
    if strand.note and not strand.cells:
        _draw_note(pen, strand.note, middle + 1.6)
    for number, cells in enumerate(row.cells):
        x = _GRID_START + number * row.look.column
        height = row.height - 2 * spacing.pad
        poster_cell.draw_stack(pen, row.look, cells, x, top + spacing.pad, height)


def _draw_note(pen: Pen, words: str, baseline: float) -> None:
    """Across the weeks, on white so that the lines between them don't cut it."""
    lines = style.BODY.wrap(words, _END - _GRID_START - 6)
    width = max((style.BODY.width(line) for line in lines), default=0.0)
    height = (len(lines) - 1) * style.BODY.step + 6.6
    pen.box(_GRID_START + 0.6, baseline - 4.6, width + 2, height, fill=style.WHITE)
    pen.lines(_GRID_START + 1.6, baseline, lines, style.BODY)


# What stands around the grid


def _subtitle(content: Poster) -> str:
    days = sorted(cell.start.date() for strand in content.strands for cell in strand.cells)
    if not days:
        return _("Base schedule {group}").format(group=content.group).strip()
    with_year = str(days[-1].year) not in content.group
    period = dates.period(days[0], days[-1], with_year=with_year)
    if not content.group:
        return _("Base schedule, {period}").format(period=period)
    return _("Base schedule {group}, {period}").format(group=content.group, period=period)


def _size(content: Poster, weeks: Sequence[date]) -> str:
    held = sum(not cell.cancelled for strand in content.strands for cell in strand.cells)
    if not weeks:
        return ""
    parts = (
        ngettext("{number} week", "{number} weeks", len(weeks)).format(number=len(weeks)),
        ngettext("{number} session", "{number} sessions", held).format(number=held),
    )
    return ", ".join(parts)


def _title_lines(content: Poster) -> tuple[tuple[str, ...], tuple[str, ...]]:
    size_room = 70.0
    return (
        style.TITLE.wrap(content.programme, _END - _START - _logo_room(content)),
        style.POSTER_PERIOD.wrap(_subtitle(content), _END - _START - size_room),
    )


def _logo_room(content: Poster) -> float:
    return _LOGO_ROOM[0] + 6 if content.face.logo else 0.0


def _title_bottom(content: Poster) -> float:
    """Where the first rule of the grid lies: lower below a long name."""
    title, subtitle = _title_lines(content)
    extra = max(0, len(title) - 1) * style.TITLE.step
    return _TOP + extra + max(0, len(subtitle) - 1) * style.POSTER_PERIOD.step


def _draw_head(pen: Pen, content: Poster, weeks: Sequence[date]) -> None:
    remark = _("For the whole group. Your own times are in your own schedule.")
    room = _END - _START - style.QUIET.width(remark) - 6
    centre = style.EMPHASIS.wrap(content.centre, room)
    pen.lines(_START, 15 - (len(centre) - 1) * style.BODY.step, centre, style.EMPHASIS)
    pen.text(_END, 15, remark, style.QUIET, END)
    pen.rule(_START, _END, 18, style.HEAVY_RULE, style.ACCENT)
    content.face.draw_logo(pen, _END, 20.5, _LOGO_ROOM)
    title, subtitle = _title_lines(content)
    y = pen.lines(_START, 30.5, title, style.TITLE)
    pen.lines(_START, y + 7.3, subtitle, style.POSTER_PERIOD)
    pen.text(_END, y + 7.3, _size(content, weeks), style.POSTER_PERIOD, END)


def _draw_foot(pen: Pen, content: Poster, number: int, total: int) -> None:
    foot = _(
        "Template: {template}, edition {edition}. Base schedule version {version}, {date}."
    ).format(
        template=content.template,
        edition=content.template_version,
        version=content.version,
        date=i18n.date_long(content.dated),
    )
    if content.owner:
        foot += " " + _("Responsible: {name}.").format(name=content.owner)
    page = _("Page {number} of {total}").format(number=number, total=total)
    lines = style.FOOT.wrap(foot, _END - _START - style.FOOT_STRONG.width(page) - 6)
    pen.lines(_START, 203 - (len(lines) - 1) * style.FOOT.step, lines, style.FOOT)
    pen.text(_END, 203, page, style.FOOT_STRONG, END)


def _contact(content: Poster) -> str:
    if not content.phone:
        return ""
    call = _("Questions? Call {phone}").format(phone=content.phone)
    return f"{call}, {content.phone_hours}" if content.phone_hours else call


def _below(content: Poster) -> tuple[str, ...]:
    """The notes in lines that leave room for the contact line."""
    contact = style.EMPHASIS.width(_contact(content))
    return style.EMPHASIS.wrap(" ".join(content.notes), _END - _START - contact - 8)


def _draw_below(pen: Pen, content: Poster, below: Sequence[str], bottom: float) -> None:
    pen.lines(_START, bottom + 6.8, below, style.EMPHASIS)
    pen.text(_END, bottom + 6.8, _contact(content), style.EMPHASIS, END)
