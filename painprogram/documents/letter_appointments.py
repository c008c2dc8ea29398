"""The appointments that a letter tells of: each on a panel, or as rows where they are many."""

from dataclasses import dataclass
from datetime import datetime

from painprogram import i18n
from painprogram.documents import icons, style
from painprogram.documents.flow import Block
from painprogram.documents.letter_look import END_EDGE, ROOM, START_EDGE, Look
from painprogram.documents.style import Pen
from painprogram.domain.programmes import ModuleKind
from painprogram.i18n import _


@dataclass(frozen=True, slots=True)
class Occasion:
    """A session or a visit, in words."""

    kind: ModuleKind
    start: datetime
    end: datetime
    what: str
    who: str = ""
    where: str = ""
    letter: str = ""
    """Of a lecture in its series."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """What the letter tells of one occasion: *now* None is cancelled, *before* what was told."""

    now: Occasion | None
    before: Occasion | None = None
    tag: str = ""
    """"New time"; above it in the panel."""
    note: str = ""
    """Behind the place."""


def _when(one: Occasion) -> str:
    """``Tisdag 6 april kl. 13.00–14.00``, as a line begins."""
    words = _when_inside(one)
    return words[:1].upper() + words[1:]


def _when_inside(one: Occasion) -> str:
    return _("{day} at {time}").format(
        day=i18n.day_long(one.start.date()), time=i18n.clock_range(one.start, one.end)
    )


def _what(one: Occasion) -> str:
    if not one.who:
        return one.what
    return _("{what} with {who}").format(what=one.what, who=one.who)


def _instead(one: Appointment) -> str:
    """What no longer holds, of what was told before."""
    old, new = one.before, one.now
    if old is None or new is None:
        return ""
    if (old.start, old.end) != (new.start, new.end):
        told = _when_inside(old)
        if old.where and old.where != new.where:
            told = f"{told}, {old.where}"
    elif old.where != new.where:
        told = old.where or _("no room")
    else:
        told = old.who
    return _("Instead of {day}").format(day=told) if told else ""


_Words = list[tuple[str, style.Type]]


def words_of(one: Appointment, look: Look, *, leading: style.Type) -> _Words:
    """What is said of an appointment, from the top; *leading* is the look of its time."""
    told = one.now or one.before
    if told is None:
        return []
    if one.now is None:
        found = [
            (_("Cancelled time"), leading),
            (_when(told), look.strong),
            (_what(told), look.body),
        ]
    else:
        place = told.where
        if one.note:
            place = f"{place}. {one.note}" if place else one.note
        found = [(one.tag, look.strong), (_when(told), leading), (_what(told), look.body)]
        found += [(place, look.body), (_instead(one), look.strong)]
    return [(words, role) for words, role in found if words]


def _wrapped(found: _Words, room: float) -> list[tuple[float, str, style.Type]]:
    """Each line with how far it lies below the one before."""
    laid: list[tuple[float, str, style.Type]] = []
    for words, role in found:
        for number, line in enumerate(role.wrap(words, room)):
            gap = role.step if number else role.step * 1.15
            laid.append((gap, line, role))
    return laid


def panel(one: Appointment, look: Look) -> Block:
    """The appointment in large type on a panel, with the sign of its kind."""
    told = one.now or one.before
    inside, size = look.inside, look.icon
    x = START_EDGE + inside + size + inside
    laid = _wrapped(words_of(one, look, leading=look.when), END_EDGE - inside - x)
    laid[0] = (inside + laid[0][2].size * 0.27, *laid[0][1:])
    height = sum(gap for gap, _line, _role in laid) + inside * 1.1

    def draw(pen: Pen, y: float) -> None:
        top = at = y + look.body.step * 1.1
        dashed = (3.0, 2.0) if one.now is None else ()
        edge, fill = (style.LINE, None) if one.now is None else (None, style.PANEL)
        pen.box(
            *(START_EDGE, top, ROOM, height),
            fill=fill,
            edge=edge,
            corner=style.CORNER,
            dash=dashed,
        )
        if told is not None:
            middle = START_EDGE + inside + size / 2
            icons.draw(pen, told.kind, middle, top + inside + size / 2, size, told.letter)
        for gap, line, role in laid:
            at += gap
            pen.text(x, at, line, role)

    above = look.body.step * 1.1
    return Block(above + height, draw, above)


def row(one: Appointment, look: Look) -> Block:
    """One of many, in the size of the text: a line above it, the time, then the rest."""
    told = one.now or one.before
    lead, rest = (_when(told), [_what(told), told.where]) if told else ("", [])
    if one.now is None and told:
        lead, rest = f"{_('Cancelled time')}: {_when_inside(told)}", rest[:1]
    found = [(lead, look.strong), (", ".join(part for part in rest if part), look.body)]
    laid = [
        (role.step, line, role)
        for words, role in (*found, (_instead(one), look.body))
        for line in role.wrap(words, ROOM)
    ]
    gap = look.body.step * 0.4

    def draw(pen: Pen, y: float) -> None:
        at = y + gap
        pen.rule(START_EDGE, END_EDGE, at, style.HAIR_RULE, style.LINE)
        for step, line, role in laid:
            at += step
            pen.text(START_EDGE, at, line, role)

    return Block(gap + sum(step for step, _line, _role in laid), draw)


def end_of_rows(look: Look) -> Block:
    gap = look.body.step * 0.4

    def draw(pen: Pen, y: float) -> None:
        pen.rule(START_EDGE, END_EDGE, y + gap, style.HAIR_RULE, style.LINE)

    return Block(gap, draw)
