"""Measurement forms: questions before, after and one year after, to be answered with a pen.

Only words that may be printed stand here; the items of other instruments are the centre's own
texts. Nothing that was answered before is printed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from painprogram import i18n
from painprogram.documents import framed, style
from painprogram.documents.face import NO_FACE, Face
from painprogram.documents.flow import Block, Flow
from painprogram.documents.framed import Frame
from painprogram.documents.style import CENTRE, END, Document, Pen
from painprogram.domain.progress import Progress
from painprogram.i18n import N_, _

__all__ = ["ABILITY", "MeasureForm", "OwnItems", "measure_forms"]

ABILITY = N_(
    "How do you rate your ability to handle your pain problems on a scale of 0-10? "
    "0= very low ability, 10= very high ability"
)
"""Its Swedish is the question verbatim; a test compares them."""
_TRAINING = (
    N_("0 minutes, no time"),
    N_("less than 30 minutes"),
    N_("30–59 minutes"),
    N_("60–89 minutes"),
    N_("90–119 minutes"),
    N_("120 minutes or more"),
)
_EVERYDAY = (
    N_("0 minutes, no time"),
    N_("less than 30 minutes"),
    N_("30–59 minutes"),
    N_("60–89 minutes"),
    N_("90–149 minutes"),
    N_("150–299 minutes"),
    N_("300 minutes or more"),
)
_BOX = 4.6
_BLANK_ACTIVITIES = 3
_MOST_NAME = 3
"""Lines of a name that has the line for the date beside it."""
_ITEM = re.compile(r"\d{1,2}[.)]\s+\S")
"""How a line of the centre's own text begins that is to be answered."""


@dataclass(frozen=True, slots=True)
class OwnItems:
    """An instrument in the centre's own words, a line each."""

    name: str
    lines: tuple[str, ...]
    """Those that begin with a number are answered; the others are printed as they are."""
    best: int
    """Answers run from 0 to this."""


@dataclass(frozen=True, slots=True)
class MeasureForm:
    """One form; without a patient it is blank."""

    centre: str
    programme: str
    training: str
    everyday: str
    """The two questions on physical activity."""
    activities: tuple[str, ...] = field(repr=False)
    """The patient's own, of the PSFS; none: lines to write on."""
    own: tuple[OwnItems, ...]
    patient: str = field(repr=False)
    masked_number: str = field(repr=False)
    edition: int
    """Of the programme."""
    printed: date
    language: str
    large: bool
    face: Face = NO_FACE
    twin: "MeasureForm | None" = None
    """The same in Swedish."""


def measure_forms(contents: Sequence[MeasureForm], progress: Progress) -> bytes:
    """One PDF; each form from a page of its own."""
    first = contents[0] if contents else None
    with i18n.using(first.language if first else i18n.language()):
        document = Document(_("Measurement form"), first.centre if first else "")
    for number, content in enumerate(contents):
        progress.report(number / len(contents))
        for each in (content, content.twin):
            if each is not None:
                with i18n.using(each.language):
                    _draw(document, each)
    return document.saved()


def _draw(document: Document, content: MeasureForm) -> None:
    whose = f"{content.patient}  {content.masked_number}".strip()
    frame = Frame(
        content.centre,
        content.programme,
        _("Questions of the programme, edition {edition}. Printed {date}.").format(
            edition=content.edition, date=i18n.date_long(content.printed)
        ),
        whose,
        large=content.large,
        face=content.face,
    )
    flow = frame.flow()
    for block in _heading(frame, content):
        flow.add(block)
    flow.add(_when(frame))
    number = 1
    flow.add(_ability(frame, number))
    for words, classes in ((content.training, _TRAINING), (content.everyday, _EVERYDAY)):
        number += 1
        flow.add(_classes(frame, number, words, classes))
    _add_activities(flow, frame, number + 1, content.activities)
    number += 1
    for own in content.own:
        number += 1
        _add_own(flow, frame, number, own)
    words = _("Thank you. Give the form to the person you meet.")
    framed.add_text(flow, frame, words, style.BODY, frame.role(style.BODY).step * 2)
    frame.draw(document, flow, content.patient or _("Measurement form"))


# The top


def _heading(frame: Frame, content: MeasureForm) -> list[Block]:
    title = framed.title(frame, _("Questions for you"), [])
    body = frame.role(style.BODY)
    words = framed.text(
        frame.start,
        frame.room,
        _("Mark the answer that suits you best. There is no right or wrong answer."),
        body,
        body.step * 1.5,
    )
    return [title, _lines(frame, content), words]


def _lines(frame: Frame, content: MeasureForm) -> Block:
    """Whose answers they are, and the line for the date."""
    name, caption = frame.role(style.NAME), frame.role(style.CAPTION)
    half = (frame.room - 8) / 2
    number = frame.role(style.NUMBER)
    wrapped = name.wrap(content.patient, half)
    if len(wrapped) > _MOST_NAME:
        wrapped = name.wrap(content.patient, frame.room)
    masked = number.wrap(content.masked_number, half)
    first = name.step * 1.5
    deepest = first + max(0, len(wrapped) - 1) * name.step + len(masked) * _number_step(frame)
    deepest = max(deepest, first + name.step * 0.4)
    if len(wrapped) > _MOST_NAME:  # the line for the date is below it
        deepest += name.step

    def draw(pen: Pen, y: float) -> None:
        if wrapped:
            at = pen.lines(frame.start, y + first, wrapped, name)
            for line in masked:
                at += _number_step(frame)
                pen.text(frame.start, at, line, number)
        else:
            pen.rule(frame.start, frame.start + half, y + deepest, style.WEEK_RULE, style.TEXT)
            pen.text(frame.start, y + deepest + caption.step, _("Name"), caption)
        x = frame.start + half + 8
        pen.rule(x, frame.end, y + deepest, style.WEEK_RULE, style.TEXT)
        pen.text(x, y + deepest + caption.step, _("Date"), caption)

    return Block(deepest + caption.step, draw)


def _number_step(frame: Frame) -> float:
    return frame.role(style.BODY).step * 1.1


def _when(frame: Frame) -> Block:
    """Before, after, one year after: one of them is marked."""
    return _ticks(
        frame,
        (
            _("before the programme"),
            _("after the programme"),
            _("one year after"),
        ),
        frame.role(style.BODY).step * 1.8,
        across=1 if frame.large else 3,
    )


# Questions


def _question(frame: Frame, number: int, words: str) -> Block:
    """The number before the question, and a rule above."""
    strong = frame.role(style.STRONG)
    hang = strong.size * 0.62
    wrapped = strong.wrap(words, frame.room - hang)
    first = strong.step * 2.25

    def draw(pen: Pen, y: float) -> None:
        pen.rule(frame.start, frame.end, y + strong.step * 0.95, style.HAIR_RULE, style.LINE)
        pen.text(frame.start, y + first, str(number), strong)
        pen.lines(frame.start + hang, y + first, wrapped, strong)

    return Block(first + max(0, len(wrapped) - 1) * strong.step, draw)


def _ability(frame: Frame, number: int) -> Block:
    low, high = _("very low ability"), _("very high ability")
    return framed.joined([_question(frame, number, _(ABILITY)), _scale(frame, 10, low, high)])


def _scale(frame: Frame, best: int, low: str = "", high: str = "") -> Block:
    """Squares from 0 to *best* over the width, with what their ends mean."""
    role, caption = frame.role(style.STRONG), frame.role(style.CAPTION)
    side = 11.0 if frame.large else 8.2
    step = min((frame.room - side) / max(best, 1), 30.0)
    top = role.step * 0.9
    names = bool(low or high)

    def draw(pen: Pen, y: float) -> None:
        for number in range(best + 1):
            x = frame.start + number * step
            pen.box(x, y + top, side, side, edge=style.TEXT, weight=0.8, corner=1.0)
            pen.text(x + side / 2, y + top + side / 2 + role.size * 0.12, str(number), role, CENTRE)
        at = y + top + side + caption.step * 1.1
        pen.text(frame.start, at, low, caption)
        pen.text(frame.start + best * step + side, at, high, caption, END)

    return Block(top + side + (caption.step * 1.2 if names else 1.0), draw)


def _classes(frame: Frame, number: int, words: str, classes: Sequence[str]) -> Block:
    across = 1 if frame.large else 2
    answers = _ticks(
        frame, [_(each) for each in classes], frame.role(style.BODY).step * 1.5, across
    )
    return framed.joined([_question(frame, number, words), answers])


def _ticks(frame: Frame, answers: Sequence[str], gap: float, across: int) -> Block:
    """Boxes to tick, down and then across."""
    body = frame.role(style.BODY)
    side = _BOX * (1.5 if frame.large else 1.0)
    wide = frame.room / across
    down = -(-len(answers) // across)
    step = body.step * 1.26
    wrapped = [body.wrap(words, wide - side - 5) for words in answers]
    tall = max((len(each) for each in wrapped), default=1)
    row = step + (tall - 1) * body.step

    def draw(pen: Pen, y: float) -> None:
        for number, lines in enumerate(wrapped):
            x = frame.start + number // down * wide
            at = y + gap + number % down * row
            pen.box(x, at - body.size * 0.115 - side / 2, side, side, edge=style.TEXT, weight=0.8)
            pen.lines(x + side + 2.6, at, lines, body)

    return Block(gap + (down - 1) * row + (tall - 1) * body.step + 1.0, draw)


def _add_activities(flow: Flow, frame: Frame, number: int, activities: Sequence[str]) -> None:
    """The patient's own activities (PSFS), each with its scale."""
    words = (
        _("How well can you do these things now?")
        if activities
        else _("Write three things that are hard for you to do. How well can you do them now?")
    )
    low, high = _("I can't do it"), _("I can do it as before")
    known = list(activities) or [""] * _BLANK_ACTIVITIES
    scale = _scale(frame, 10)
    blocks = [framed.joined([_activity(frame, each), scale]) for each in known[1:]]
    first = [_question(frame, number, words), _activity(frame, known[0])]
    blocks.insert(0, framed.joined([*first, _scale(frame, 10, low, high)]))
    for block in blocks:
        flow.add(block)


def _activity(frame: Frame, words: str) -> Block:
    role = frame.role(style.ITEM)
    if words:
        return framed.text(frame.start, frame.room, words, role, role.step * 1.6)
    gap = role.step * 1.8

    def draw(pen: Pen, y: float) -> None:
        pen.rule(frame.start, frame.end, y + gap, style.WEEK_RULE, style.LINE)

    return Block(gap, draw)


def _add_own(flow: Flow, frame: Frame, number: int, own: OwnItems) -> None:
    """The centre's own text; the heading stays with what follows it."""
    body = frame.role(style.BODY)
    waiting = [_question(frame, number, own.name)]
    for line in own.lines:
        waiting.append(framed.text(frame.start, frame.room, line, body, body.step * 1.5))
        if _ITEM.match(line):
            waiting.append(_scale(frame, own.best))
            flow.add(framed.joined(waiting))
            waiting = []
    if waiting:
        flow.add(framed.joined(waiting))
