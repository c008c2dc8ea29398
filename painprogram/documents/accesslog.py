"""An extract of the access log for the patient: who did what with the data, where and when."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from painprogram import i18n
from painprogram.documents import dates, framed, style
from painprogram.documents.face import NO_FACE, Face
from painprogram.documents.flow import Flow
from painprogram.documents.framed import Column, Frame, Row
from painprogram.documents.style import Document
from painprogram.domain.progress import Progress
from painprogram.i18n import _, ngettext

__all__ = ["AccessExtract", "AccessLine", "access_extracts"]


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One time somebody read or changed the patient's data."""

    at: datetime
    """Swedish wall-clock time."""
    who: str
    unit: str
    action: str
    """As it was written down then."""


@dataclass(frozen=True, slots=True)
class AccessExtract:
    """The log of one patient, in the language it is in."""

    centre: str
    provider: str
    patient: str = field(repr=False)
    masked_number: str = field(repr=False)
    first: date | None
    last: date | None
    """The days asked for; None is without an end."""
    lines: tuple[AccessLine, ...] = field(repr=False)
    """The newest first."""
    phone: str
    language: str
    large: bool
    taken: datetime = field(compare=False, repr=False)
    face: Face = NO_FACE
    twin: "AccessExtract | None" = None
    """The same in Swedish."""


def access_extracts(contents: Sequence[AccessExtract], progress: Progress) -> bytes:
    """One PDF; each patient from a page of its own."""
    first = contents[0] if contents else None
    with i18n.using(first.language if first else i18n.language()):
        document = Document(_("Extract of the access log"), first.centre if first else "")
    for number, content in enumerate(contents):
        progress.report(number / len(contents))
        for each in (content, content.twin):
            if each is not None:
                with i18n.using(each.language):
                    _draw(document, each)
    return document.saved()


def _draw(document: Document, content: AccessExtract) -> None:
    frame = Frame(
        content.centre,
        i18n.date_long(content.taken.date()),
        _("Taken out {date} at {time}. The times are Swedish time.").format(
            date=i18n.date_long(content.taken.date()), time=i18n.clock(content.taken)
        ),
        f"{content.patient}  {content.masked_number}".strip(),
        large=content.large,
        face=content.face,
    )
    flow = frame.flow()
    below = [
        (content.patient, style.NAME),
        (content.masked_number, style.NUMBER),
        (_period(content), style.PERIOD),
    ]
    flow.add(framed.title(frame, _("Who has seen your data"), below))
    for words in _opening():
        framed.add_text(flow, frame, words, style.BODY, frame.role(style.BODY).step * 1.5)
    if not content.lines:
        words = _("Nobody has read or changed your data in these days.")
        framed.add_text(flow, frame, words, style.STRONG, frame.role(style.BODY).step * 2)
    elif content.large:
        _add_blocks(flow, frame, content.lines)
    else:
        _add_rows(flow, frame, content.lines)
    _add_points(flow, frame, content)
    frame.draw(document, flow, content.patient)


def _period(content: AccessExtract) -> str:
    many = len(content.lines)
    told = ngettext("{number} line", "{number} lines", many).format(number=many)
    if content.first and content.last:
        return i18n.comma(dates.period(content.first, content.last), told)
    if content.first:
        return _("From {day}, {told}").format(day=i18n.date_long(content.first), told=told)
    if content.last:
        return _("Until {day}, {told}").format(day=i18n.date_long(content.last), told=told)
    return _("From the beginning, {told}").format(told=told)


def _opening() -> list[str]:
    return [
        _(
            "The list shows every time somebody read or changed what this program knows about "
            "you. Only those who take part in your care, or need it for their work, may do that."
        ),
        _(
            "It is about this program alone. Your medical record has a log of its own, which you "
            "can ask for too. That this extract was made is noted in the log as well."
        ),
    ]


def _add_rows(flow: Flow, frame: Frame, lines: Sequence[AccessLine]) -> None:
    columns = (
        Column(_("Day"), 17, 30),
        Column(_("Time"), 49, 14),
        Column(_("Who"), 65, 42),
        Column(_("Unit"), 110, 36),
        Column(_("What was done"), 149, 44),
    )
    rows = []
    before: date | None = None
    for line in lines:
        day = line.at.date()
        shown = [(i18n.date_short(day), style.QUIET if day == before else style.STRONG)]
        rows.append(
            Row(
                (
                    shown,
                    [(i18n.clock(line.at), style.TIME)],
                    [(_who(line), style.CELL)],
                    [(_unit(line), style.CELL)],
                    [(line.action, style.CELL)],
                ),
                new_part=before is not None and day != before,
            )
        )
        before = day
    framed.add_table(flow, frame, columns, rows, gap=10.0)


def _who(line: AccessLine) -> str:
    return line.who or _("Name not written down")


def _unit(line: AccessLine) -> str:
    return line.unit or _("Unit not written down")


def _add_blocks(flow: Flow, frame: Frame, lines: Sequence[AccessLine]) -> None:
    """In large print one below the other, each kept whole."""
    strong, body = frame.role(style.STRONG), frame.role(style.BODY)
    for line in lines:
        when = i18n.comma(i18n.date_short(line.at.date()), i18n.clock(line.at))
        parts = [framed.text(frame.start, frame.room, when, strong, strong.step * 1.7)]
        parts += [
            framed.text(frame.start, frame.room, words, body, body.step)
            for words in (line.action, _who(line), _unit(line))
        ]
        flow.add(framed.joined(parts))


def _add_points(flow: Flow, frame: Frame, content: AccessExtract) -> None:
    """The seven points of the regulation, and whom to ask."""
    body = frame.role(style.BODY)
    heading = framed.section(frame, _("What the log must hold"))
    law = _(
        "The rules on the log (HSLF-FS 2016:40, chapter 4, section 9) make the care provider "
        "responsible for seven things:"
    )
    flow.add(
        framed.joined([heading, framed.text(frame.start, frame.room, law, body, body.step * 1.4)])
    )
    points = (
        _("What was done with your data is seen in the log."),
        _("At which unit it was done is seen."),
        _("When it was done is seen."),
        _("Who did it is seen, and that it was about you."),
        _("Samples of the log are checked regularly."),
        _("The checks are written down."),
        _("The log is kept for at least five years."),
    )
    hang = body.size * 0.55
    for number, words in enumerate(points, start=1):
        wrapped = body.wrap(words, frame.room - hang)
        flow.add(
            framed.beside(
                framed.text(
                    frame.start, hang, str(number), frame.role(style.EMPHASIS), body.step * 1.2
                ),
                framed.lines(frame.start + hang, wrapped, body, body.step * 1.2),
            )
        )
    asked = (
        _("{provider} answers for the log.").format(provider=content.provider)
        if content.provider
        else ""
    )
    call = (
        _("Do you wonder about a line? Call {phone}.").format(phone=content.phone)
        if content.phone
        else ""
    )
    words = " ".join(part for part in (asked, call) if part)
    framed.add_text(flow, frame, words, style.EMPHASIS, body.step * 1.8)
