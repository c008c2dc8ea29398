"""What the referrer is told when the programme is over: attendance, goals, what goes on.

No score stands on it, and nothing of why somebody stayed away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from painprogram import i18n
from painprogram.documents import dates, framed, style
from painprogram.documents.face import NO_FACE, Face
from painprogram.documents.flow import Block, Flow
from painprogram.documents.framed import Column, Frame, Row
from painprogram.documents.style import Document, Pen
from painprogram.domain.progress import Progress
from painprogram.i18n import _

__all__ = ["Goal", "Handover", "Strand", "handovers"]


@dataclass(frozen=True, slots=True)
class Strand:
    """A part of the programme, and how far the patient came with it."""

    title: str
    came: int
    missed: int
    needed: int
    """Times for completion; 0 where it is not asked for."""
    state: str


@dataclass(frozen=True, slots=True)
class Goal:
    words: str
    outcome: str
    """"Reached", "On the way"; empty where nobody has looked back on it."""


@dataclass(frozen=True, slots=True)
class Handover:
    """Everything the referrer is told of one patient, in the language it is in."""

    centre: str
    referrer: str
    patient: str = field(repr=False)
    masked_number: str = field(repr=False)
    protected: bool
    programme: str
    group: str
    first: date
    last: date
    outcome: str
    """How the place ended, or that it goes on."""
    completion: str
    strands: tuple[Strand, ...]
    goals: tuple[Goal, ...]
    reviewed: str
    """"Review at the end, 8 December 2026"; empty where there was none."""
    home: tuple[str, ...]
    follow_up: str
    """The next step that is left, with its day."""
    contact: str
    phone: str
    language: str
    printed: date
    face: Face = NO_FACE


def handovers(contents: Sequence[Handover], progress: Progress) -> bytes:
    """One PDF; each patient from a page of its own."""
    first = contents[0] if contents else None
    with i18n.using(first.language if first else i18n.language()):
        document = Document(_("Summary to the referrer"), first.centre if first else "")
    for number, content in enumerate(contents):
        progress.report(number / len(contents))
        with i18n.using(content.language):
            _draw(document, content)
    return document.saved()


def _draw(document: Document, content: Handover) -> None:
    who = f"{content.patient}  {content.masked_number}".strip()
    frame = Frame(
        content.centre,
        _("Summary to the referrer, {date}").format(date=i18n.date_long(content.printed)),
        _(
            "Taken from the programme's own notes on {date}. The medical record is elsewhere."
        ).format(date=i18n.date_long(content.printed)),
        who,
        face=content.face,
    )
    flow = frame.flow()
    period = dates.period(content.first, content.last)
    below = [(who, style.NAME)]
    if content.protected:
        below.append((_("Protected identity: handle as agreed."), style.EMPHASIS))
    if content.referrer:
        below.append((_("To {name}").format(name=content.referrer), style.PERIOD))
    below.append((f"{content.programme}, {content.group}", style.PROGRAMME))
    below.append((period, style.PERIOD))
    flow.add(framed.title(frame, _("After the programme"), below))
    _add_course(flow, frame, content)
    _add_goals(flow, frame, content)
    _add_next(flow, frame, content)
    flow.add(_signing(frame, content))
    frame.draw(document, flow, content.patient)


def _add_course(flow: Flow, frame: Frame, content: Handover) -> None:
    told = " ".join(part for part in (content.outcome, content.completion) if part)
    _add_headed(flow, frame, _("How it went"), [told])
    if not content.strands:
        return
    columns = (
        Column(_("Part"), 17, 76),
        Column(_("Came"), 95, 16, at_end=True),
        Column(_("Missed"), 113, 18, at_end=True),
        Column(_("Asked for"), 133, 20, at_end=True),
        Column("", 157, 36),
    )
    rows = [
        Row(
            (
                [(one.title, style.STRONG)],
                [(str(one.came), style.TIME)],
                [(str(one.missed), style.TIME)],
                [(str(one.needed) if one.needed else "", style.TIME)],
                [(one.state, style.CELL)],
            )
        )
        for one in content.strands
    ]
    framed.add_table(flow, frame, columns, rows, gap=8.0)


def _add_goals(flow: Flow, frame: Frame, content: Handover) -> None:
    if not content.goals:
        return
    heading = framed.section(frame, _("The patient's own goals"))
    about = content.reviewed or _("They have not been looked back on yet.")
    flow.add(
        framed.joined([heading, framed.text(frame.start, frame.room, about, style.QUIET, 6.0)])
    )
    columns = (Column(_("Goal"), 17, 120), Column(_("How it went"), 142, 51))
    rows = [
        Row(([(one.words, style.ITEM)], [(one.outcome, style.STRONG)])) for one in content.goals
    ]
    framed.add_table(flow, frame, columns, rows, gap=6.6)


def _add_next(flow: Flow, frame: Frame, content: Handover) -> None:
    if not content.home and not content.follow_up:
        return
    words = [*(f"•  {line}" for line in content.home)]
    if content.follow_up:
        words.append(content.follow_up)
    _add_headed(flow, frame, _("What the patient goes on with"), words)


def _add_headed(flow: Flow, frame: Frame, heading: str, words: Sequence[str]) -> None:
    """The heading stays with the first of *words*."""
    known = [line for line in words if line]
    if not known:
        return
    first = framed.text(frame.start, frame.room, known[0], style.BODY, 6.6)
    flow.add(framed.joined([framed.section(frame, heading), first]))
    for line in known[1:]:
        framed.add_text(flow, frame, line, style.BODY, 5.6)


def _signing(frame: Frame, content: Handover) -> Block:
    caption = _("Date and signature: {name}").format(name=content.contact or content.centre)
    lines = style.CAPTION.wrap(caption, 84)
    call = _("Questions? Call {phone}").format(phone=content.phone) if content.phone else ""
    wrapped = style.BODY.wrap(call, 84)

    def draw(pen: Pen, y: float) -> None:
        pen.rule(frame.start, frame.start + 84, y + 22, style.WEEK_RULE, style.TEXT)
        pen.lines(frame.start, y + 26.3, lines, style.CAPTION)
        pen.lines(frame.start + 92, y + 22, wrapped, style.BODY)

    return Block(26.3 + (len(lines) - 1) * style.CAPTION.step, draw)
