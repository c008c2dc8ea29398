"""The promise of silence in the group: signed by each participant for herself, never on a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from painprogram import i18n
from painprogram.documents import dates, framed, style
from painprogram.documents.face import NO_FACE, Face
from painprogram.documents.flow import Block, Flow
from painprogram.documents.framed import Frame
from painprogram.documents.style import Document, Pen
from painprogram.domain.progress import Progress
from painprogram.i18n import N_, _

_LONGEST_RUNNING = 100
"""Letters of a name that stands again on each page."""
_ABOVE_LINE = 15.0
"""Free above a line that is written on."""


@dataclass(frozen=True, slots=True)
class Silence:
    """One participant's promise; texts are in that language already."""

    centre: str
    group: str
    """What the programme is called to others, and the group."""
    name: str
    """Whose it is; empty: a line to write it on."""
    opening: tuple[str, ...]
    promises: tuple[str, ...]
    after: tuple[str, ...]
    dated: date
    face: Face = NO_FACE
    large: bool = False
    language: str = ""
    twin: "Silence | None" = None
    """The same in Swedish, behind it."""


_TWIN = N_("Copy in Swedish for the staff")


def silences(contents: Iterable[Silence], progress: Progress | None = None) -> bytes:
    """One PDF of many promises, each from a page of its own and in its own language."""
    known = tuple(contents)
    language = (known[0].language if len(known) == 1 else "") or i18n.language()
    with i18n.using(language):
        document = Document(_("Promise of silence"), known[0].centre if known else "")
    for number, content in enumerate(known):
        if progress:
            progress.report(number / len(known))
        _draw(document, content, "")
        if content.twin is not None:
            _draw(document, content.twin, i18n.in_swedish(_TWIN))
    return document.saved()


def _draw(document: Document, content: Silence, remark: str) -> None:
    with i18n.using(content.language or i18n.language()):
        day = dates.long(content.dated)
        foot = _("Promise of silence, version {number}, {date}.").format(number=1, date=day)
        frame = Frame(
            centre=content.centre,
            remark=remark or day,
            foot=foot,
            face=content.face,
            running=content.name if len(content.name) <= _LONGEST_RUNNING else "",
            large=content.large,
        )
        flow = frame.flow()
        flow.add(framed.title(frame, _("Promise of silence"), ()))
        for words, role in ((content.name, style.NAME), (content.group, style.PROGRAMME)):
            framed.add_text(flow, frame, words, role, frame.role(role).step * 1.25)
        gap = frame.role(style.BODY).step
        for text in content.opening:
            framed.add_text(flow, frame, text, style.BODY, gap * 1.9)
        for text in content.promises:
            flow.add(_promise(frame, text))
        for text in content.after:
            framed.add_text(flow, frame, text, style.BODY, gap * 1.9)
        _add_lines(flow, frame, content)
        frame.draw(document, flow, content.name or content.group)


def _promise(frame: Frame, words: str) -> Block:
    role = frame.role(style.BODY)
    indent = role.size * 0.4
    wrapped = role.wrap(words, frame.room - indent)
    gap = role.step * 1.5

    def draw(pen: Pen, y: float) -> None:
        pen.text(frame.start, y + gap, "•", role)
        pen.lines(frame.start + indent, y + gap, wrapped, role)

    return Block(gap + max(0, len(wrapped) - 1) * role.step, draw)


def _add_lines(flow: Flow, frame: Frame, content: Silence) -> None:
    """Lines to write on: the name where it isn't printed, the signature, the day and the place."""
    half = (frame.room - 10) / 2
    captions: list[tuple[str, ...]] = (
        [(_("Name"), _("Place and date"))] if not content.name else [(_("Place and date"),)]
    )
    captions.append((_("Signature"),))
    blocks = [_line(frame, texts, half) for texts in captions]
    flow.add(framed.joined([_gap(4.0), *blocks]))


def _gap(height: float) -> Block:
    return Block(height, lambda _pen, _y: None)


def _line(frame: Frame, captions: tuple[str, ...], half: float) -> Block:
    role = frame.role(style.CAPTION)
    width = half if len(captions) > 1 else frame.room
    lead = _ABOVE_LINE * (1.3 if frame.large else 1.0)

    def draw(pen: Pen, y: float) -> None:
        for number, caption in enumerate(captions):
            x = frame.start + number * (half + 10)
            pen.rule(x, x + width, y + lead, 0.7, style.TEXT)
            pen.text(x, y + lead + role.step, caption, role)

    return Block(lead + role.step, draw)
