"""Letters for a window envelope: a summons, a changed time, what is cancelled, the waiting list.

The texts in the content are in the patient's language already; dates and the foot follow it. Only
name and address stand in the window, and no fold cuts an appointment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from painprogram import i18n
from painprogram.documents import dates, envelope, fonts, letter_appointments, letter_look, style
from painprogram.documents.envelope import FoldedFlow
from painprogram.documents.face import NO_FACE, Face
from painprogram.documents.flow import Block
from painprogram.documents.framed import joined, lines
from painprogram.documents.letter_appointments import Appointment, Occasion
from painprogram.documents.letter_look import END_EDGE, ROOM, START_EDGE, Look
from painprogram.documents.style import END, Document, Pen
from painprogram.domain.envelopes import WINDOWS, Envelope, Fold, Window
from painprogram.domain.papers import LetterKind
from painprogram.domain.progress import Progress
from painprogram.i18n import N_, _

__all__ = ["Appointment", "Letter", "Occasion", "letters"]

_BODY_TOP = 86.0
_BELOW_WINDOW = 6.0
_RUNNING = 18.0
"""The baseline of what later pages begin with."""
_PANELS = 3
"""More appointments than that stand in a list."""
_TALLEST = 150.0
"""A panel; what is longer stands in the text, and may go on on the next page."""
_MOST_FOOT = 6
"""Lines."""
_NOTICED = 6.0
"""Millimetres left empty above a fold that look like a mistake."""
_KEPT = 3
"""Lines of a text that are not parted from its heading."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that stands on one letter."""

    kind: LetterKind
    centre: str
    name: str
    """Whose letter it is, on later pages."""
    address: tuple[str, ...]
    """In the window: the name, and what it is sent by; no address of a protected identity."""
    heading: str
    dated: date
    version: int
    """Of the schedule that it tells of."""
    opening: tuple[str, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    after: tuple[str, ...] = ()
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Headings with their paragraphs."""
    phone: str = ""
    phone_hours: str = ""
    closing: str = ""
    signed: str = ""
    signed_title: str = ""
    enclosed: bool = False
    """The own schedule lies in the envelope."""
    staff_note: str = ""
    """Why it can't be sent as it is: then this is all that is printed, for the staff."""
    face: Face = NO_FACE
    window: Window = WINDOWS[Envelope.H2]
    fold: Fold = Fold.HALF
    large: bool = False
    language: str = ""
    """Of dates and the foot; empty: the language in use."""
    twin: "Letter | None" = None
    """The same in Swedish, behind it: for the staff, not for the envelope."""


_NAMES = {
    LetterKind.SUMMONS: N_("Summons"),
    LetterKind.CHANGE: N_("Changed time"),
    LetterKind.CANCELLATION: N_("Cancelled time"),
    LetterKind.WAITING: N_("Letter about the waiting list"),
}


def letters(contents: Iterable[Letter], progress: Progress | None = None) -> bytes:
    """One PDF of many letters, each from a page of its own and in its own language."""
    known = tuple(contents)
    with i18n.using((known[0].language if len(known) == 1 else "") or i18n.language()):
        document = Document(_("Letters") if len(known) != 1 else known[0].heading, _author(known))
    for number, content in enumerate(known):
        if progress:
            progress.report(number / len(known))
        for one, is_twin in ((content, False), (content.twin, True)):
            if one is not None:
                with i18n.using(one.language or i18n.language()):
                    _draw_pages(document, one, is_twin=is_twin)
    return document.saved()


def _author(contents: tuple[Letter, ...]) -> str:
    return contents[0].centre if contents else ""


def _draw_pages(document: Document, content: Letter, *, is_twin: bool) -> None:
    look = letter_look.look(content.face, large=content.large)
    foot = _Foot(content, look)
    pages = _pages(content, look, foot.top, is_twin=is_twin)
    if not is_twin:
        key = f"letter-{document.canvas.getPageNumber()}"
        document.canvas.bookmarkPage(key)
        document.canvas.addOutlineEntry(fonts.clean(content.name) or key, key, 0)
    for number, blocks in enumerate(pages, start=1):
        pen = Pen(document, style.PORTRAIT)
        if number > 1 or content.staff_note:
            _draw_running(pen, content, look)
        elif is_twin:
            pen.text(START_EDGE, _RUNNING, _("Copy in Swedish for the staff"), look.strong)
        else:
            _sender(content, look).draw(pen)
            _draw_date(pen, content, look)
            envelope.draw_address(pen, content.address, content.window)
            envelope.draw_folds(pen, content.fold)
        for top, block in blocks:
            block.draw(pen, top)
        foot.draw(pen, number, len(pages))
        pen.finish()


def _sender(content: Letter, look: Look) -> letter_look.Sender:
    return letter_look.sender(content.face.sender or (content.centre,), content.window, look)


def _draw_date(pen: Pen, content: Letter, look: Look) -> None:
    """At the top end; below the logo, where there is one."""
    top = content.face.draw_logo(pen, END_EDGE, 10.0)
    y = 17.0 if top == 10.0 else top + look.date.step + 0.5  # noqa: PLR2004 -- no logo was drawn
    pen.text(END_EDGE, y, dates.long(content.dated), look.date, END)


def _draw_running(pen: Pen, content: Letter, look: Look) -> None:
    """Whose letter it is, and its day."""
    day = dates.long(content.dated)
    room = ROOM - look.date.width(day) - 6
    pen.lines(START_EDGE, _RUNNING, look.strong.wrap(content.name, room)[:2], look.strong)
    pen.text(END_EDGE, _RUNNING, day, look.date, END)


# The text


def _pages(
    content: Letter, look: Look, bottom: float, *, is_twin: bool
) -> list[list[tuple[float, Block]]]:
    later = _RUNNING + 2 * look.strong.step
    first = max(_BODY_TOP, content.window.bottom + _BELOW_WINDOW)
    fold = content.fold
    if is_twin or content.staff_note:
        first, fold = later, Fold.NONE
    if content.staff_note:
        flow = FoldedFlow(first, later, bottom, fold)
        _add_text(flow, _("For the staff"), (content.staff_note,), look)
        return flow.pages
    flows = [FoldedFlow(first, later, bottom, fold) for _order in range(2)]
    for flow, opening_first in zip(flows, (True, False), strict=True):
        _fill(flow, content, look, opening_first=opening_first)
        if flow.skipped < _NOTICED:
            return flow.pages
    return min(flows, key=lambda one: (len(one.pages), one.skipped)).pages


def _fill(flow: FoldedFlow, content: Letter, look: Look, *, opening_first: bool) -> None:
    """The whole letter; the appointments come first where the fold would leave a hole."""
    flow.add(lines(START_EDGE, look.heading.wrap(content.heading, ROOM), look.heading, look.above))
    if not opening_first:
        _add_appointments(flow, content, look)
    for number, text in enumerate(content.opening):
        close = number == 0 and opening_first
        _add_lines(flow, text, look, look.body.step * (1.35 if close else 1.6))
    if opening_first:
        _add_appointments(flow, content, look)
    for text in content.after:
        _add_lines(flow, text, look, look.body.step * 1.75)
    for heading, texts in content.sections:
        _add_text(flow, heading, texts, look)
    if content.phone:
        panel = _phone(content, look)
        if panel.height <= _TALLEST:
            flow.add_flat(panel)
        else:
            _add_lines(flow, f"{content.phone} {content.phone_hours}", look, look.body.step * 1.9)
    flow.add(_signature(content, look))


def _add_appointments(flow: FoldedFlow, content: Letter, look: Look) -> None:
    if len(content.appointments) <= _PANELS:
        for one in content.appointments:
            panel = letter_appointments.panel(one, look)
            if panel.height <= _TALLEST:
                flow.add_flat(panel)
                continue
            for words, _role in letter_appointments.words_of(one, look, leading=look.when):
                _add_lines(flow, words, look, look.body.step * 1.5)
    else:
        for one in content.appointments:
            flow.add_flat(letter_appointments.row(one, look))
        flow.add(letter_appointments.end_of_rows(look))


def _add_lines(flow: FoldedFlow, text: str, look: Look, gap: float) -> None:
    """A paragraph; a long one may go on on the next page, but not with its last line alone."""
    role = look.body
    wrapped = role.wrap(text, ROOM)
    parts = [wrapped[:_KEPT], *((line,) for line in wrapped[_KEPT:-2])]
    if wrapped[_KEPT:]:
        parts.append(wrapped[max(_KEPT, len(wrapped) - 2) :])
    for number, part in enumerate(parts):
        flow.add(lines(START_EDGE, part, role, role.step if number else gap))


def _add_text(flow: FoldedFlow, heading: str, texts: tuple[str, ...], look: Look) -> None:
    """A heading with what belongs to it."""
    role = look.body
    wrapped = [line for text in texts for line in role.wrap(text, ROOM)]
    if not wrapped:
        return
    top = lines(START_EDGE, look.section.wrap(heading, ROOM), look.section, role.step * 1.75)
    flow.add(joined([top, lines(START_EDGE, wrapped[:_KEPT], role, role.step * 1.1)]))
    for line in wrapped[_KEPT:]:
        flow.add(lines(START_EDGE, (line,), role, role.step))


# Whom to call, who has written


def _phone(content: Letter, look: Look) -> Block:
    inside = look.inside
    x, room = START_EDGE + inside, ROOM - 2 * inside
    heading = look.body.wrap(_("Questions, or can't you come? Call us"), room)
    numbers = look.phone.wrap(content.phone, room)
    hours = look.body.wrap(content.phone_hours, room)
    beside = look.phone.width(numbers[-1]) + 6 if numbers else 0.0
    is_beside = len(hours) == 1 and beside + look.body.width(hours[0]) <= room
    below = 0 if is_beside else len(hours)
    above = look.body.step * 1.5
    first = inside + look.body.size * 0.2
    phone_at = first + (len(heading) - 1) * look.body.step + look.phone.step
    last = phone_at + (len(numbers) - 1) * look.phone.step
    height = last + below * look.body.step * 1.15 + inside * 0.85

    def draw(pen: Pen, y: float) -> None:
        top = y + above
        pen.box(START_EDGE, top, ROOM, height, fill=style.PANEL, corner=style.CORNER)
        pen.lines(x, top + first, heading, look.body)
        pen.lines(x, top + phone_at, numbers, look.phone)
        if is_beside:
            pen.text(x + beside, top + last, hours[0], look.body)
        else:
            pen.lines(x, top + last + look.body.step * 1.15, hours, look.body)

    return Block(above + height, draw, above)


def _signature(content: Letter, look: Look) -> Block:
    role = look.body
    return joined(
        [
            lines(START_EDGE, role.wrap(content.closing, ROOM), role, role.step * 1.9),
            lines(START_EDGE, look.strong.wrap(content.signed, ROOM), look.strong, role.step * 1.9),
            lines(START_EDGE, role.wrap(content.signed_title, ROOM), role, role.step),
        ]
    )


class _Foot:
    """What the letter is, in which version and of which day, on every page."""

    def __init__(self, content: Letter, look: Look) -> None:
        self._look = look
        words = _("{letter}, version {number}, {date}.").format(
            letter=_(_NAMES[content.kind]), number=content.version, date=dates.long(content.dated)
        )
        if content.enclosed:
            words += " " + _("Enclosed: your schedule.")
        words = " ".join([words, content.face.footer, ", ".join(_sender(content, look).rest)])
        widest = look.foot_strong.width(_page(88, 88))
        self._lines = look.foot.wrap(words, ROOM - widest - 6)[:_MOST_FOOT]
        down = (len(self._lines) - 1) * look.foot.step
        self._first = min(281.5, 289.0 - down)
        self.rule = self._first - 5.5 * look.foot.size / style.FOOT.size

    @property
    def top(self) -> float:
        """Where the text above it must have ended."""
        return self.rule - 4.0

    def draw(self, pen: Pen, number: int, total: int) -> None:
        pen.rule(START_EDGE, END_EDGE, self.rule, style.HAIR_RULE, style.LINE)
        pen.lines(START_EDGE, self._first, self._lines, self._look.foot)
        pen.text(END_EDGE, self._first, _page(number, total), self._look.foot_strong, END)


def _page(number: int, total: int) -> str:
    return _("Page {number} of {total}").format(number=number, total=total)
