"""Where the window of an envelope lies on the paper: rulers, crosshairs and a sample address.

Printed, folded and put in an envelope it shows how many millimetres the window is off.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from painprogram import i18n
from painprogram.documents import dates, envelope, style
from painprogram.documents.fonts import Weight
from painprogram.documents.style import CENTRE, END, Document, Pen, Type
from painprogram.domain.envelopes import PAGE_HEIGHT, PAGE_WIDTH, Envelope, Fold, Window
from painprogram.i18n import _

_START, _END = 25.0, 187.0
_TITLE = Type(20, Weight.BOLD, style.ACCENT, 8.0)
_TEXT = Type(12, step=5.7)
_STRONG = Type(12, Weight.SEMIBOLD, step=5.7)
_FIGURE = Type(9.5, colour=style.SECONDARY)
_TICK, _LONG_TICK = 1.6, 3.2
_CROSS = 5.0
_MEASURED = 100.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the sheet is made for."""

    centre: str
    envelope: Envelope
    window: Window
    fold: Fold
    dated: date
    language: str = ""


def calibrations(contents: Iterable[Calibration]) -> bytes:
    """One PDF, a page for each."""
    known = tuple(contents)
    language = (known[0].language if known else "") or i18n.language()
    with i18n.using(language):
        title = _("Calibration sheet for envelopes")
        document = Document(title, known[0].centre if known else "")
        for number, content in enumerate(known, start=1):
            _draw(document, content, number, len(known))
    return document.saved()


def _draw(document: Document, content: Calibration, number: int, total: int) -> None:
    pen = Pen(document, style.PORTRAIT)
    room = _END - _START
    pen.lines(_START, 17, _STRONG.wrap(content.centre, 90)[:2], _STRONG)
    pen.text(_END, 17, dates.long(content.dated), _TEXT, END)
    with pen.unmirrored():
        _draw_window(pen, content.window)
    sample = (_("Sample Name"), _("Sample Street 1"), "123 45 " + _("SAMPLE TOWN"))
    envelope.draw_address(pen, sample, content.window)
    envelope.draw_folds(pen, content.fold)
    y = max(104.0, content.window.bottom + 24)
    y = pen.lines(_START, y, _TITLE.wrap(_("Is the address in the window?"), room), _TITLE)
    y = pen.lines(_START, y + 8, _TEXT.wrap(_set(content), room), _TEXT)
    for step, text in enumerate(_steps(), start=1):
        y += 7.5
        pen.text(_START, y, f"{step}.", _STRONG)
        y = pen.lines(_START + 7, y, _TEXT.wrap(text, room - 7), _TEXT)
    _draw_measure(pen, y + 16)
    pen.rule(_START, _END, 276, style.HAIR_RULE, style.LINE)
    foot = _("Calibration sheet, version {number}, {date}.").format(
        number=1, date=dates.long(content.dated)
    )
    pen.text(_START, 281.5, foot, style.FOOT)
    page = _("Page {number} of {total}").format(number=number, total=total)
    pen.text(_END, 281.5, page, style.FOOT_STRONG, END)
    pen.finish()


def _set(content: Calibration) -> str:
    window = content.window
    return _(
        "{envelope}: the window is {width} × {height} mm, {left} mm from the left edge and "
        "{top} mm from the upper edge."
    ).format(
        envelope=content.envelope.label,
        width=_millimetres(window.width),
        height=_millimetres(window.height),
        left=_millimetres(window.left),
        top=_millimetres(window.top),
    )


def _steps() -> tuple[str, ...]:
    return (
        _("Print at actual size (100 %), not “fit to page”. The line below must be 100 mm long."),
        _("Fold at the marks, put the sheet in the envelope and push it to each edge in turn."),
        _("Only the sample address may be seen, whole, however the sheet slides."),
        _(
            "If it is off, read at the rulers where the window begins and ends, and write those "
            "millimetres in Settings, under Papers, as measures of your own."
        ),
    )


def _millimetres(length: float) -> str:
    return i18n.number(length, 0 if length == round(length) else 1)


def _draw_window(pen: Pen, window: Window) -> None:
    """The window, crosshairs in its corners, and rulers along it with the page's millimetres."""
    pen.box(
        *(window.left, window.top, window.width, window.height),
        edge=style.TEXT,
        weight=0.7,
        dash=(3.0, 2.0),
    )
    for x in (window.left, window.right):
        for y in (window.top, window.bottom):
            pen.rule(x - _CROSS, x + _CROSS, y, style.HAIR_RULE, style.TEXT)
            pen.upright(x, y - _CROSS, y + _CROSS, style.HAIR_RULE, style.TEXT)
    below = window.bottom + 6
    first, last = ceil(max(0.0, window.left - 10)), floor(min(PAGE_WIDTH - 5, window.right + 10))
    for at in range(first, last + 1):
        long = at % 10 == 0
        pen.upright(at, below, below + (_LONG_TICK if long else _TICK), 0.4, style.TEXT)
        if long:
            pen.text(at, below + 7, str(at), _FIGURE, CENTRE)
    beside = window.left - 6 if window.left >= 24 else window.right + 6  # noqa: PLR2004 -- room
    outwards = -1 if beside < window.left else 1
    lowest = min(PAGE_HEIGHT, window.bottom + 4)
    for at in range(ceil(window.top - 8), floor(lowest) + 1):
        long = at % 10 == 0
        tip = beside + outwards * (_LONG_TICK if long else _TICK)
        pen.rule(min(beside, tip), max(beside, tip), at, 0.4, style.TEXT)
        if long:
            align = END if outwards < 0 else style.START
            pen.text(tip + outwards, at + 1.2, str(at), _FIGURE, align)


def _draw_measure(pen: Pen, y: float) -> None:
    """A line of 100 mm: shorter on paper where the printer shrinks the page."""
    pen.rule(_START, _START + _MEASURED, y, 1.0, style.TEXT)
    for at in range(0, int(_MEASURED) + 1, 10):
        half = 2.5 if at % 50 == 0 else 1.5
        pen.upright(_START + at, y - half, y + half, 0.7, style.TEXT)
    pen.text(_START + _MEASURED + 4, y + 1.3, "100 mm", _STRONG)
