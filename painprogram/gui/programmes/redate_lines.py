"""New dates of a group as lines: week by week, with the day each session had before."""

from collections.abc import Iterator
from datetime import datetime, time

from painprogram import i18n
from painprogram.domain.planning import Note, NoteKind
from painprogram.gui.programmes import wording
from painprogram.gui.programmes.preview_lines import Line, LineKind, Remark, by_week
from painprogram.i18n import _, ngettext
from painprogram.usecases.redating import NewDate, Preview

_SAID = (NoteKind.ORDER, NoteKind.TOGETHER)


def lines(preview: Preview, *, suggested: bool) -> list[Line]:
    """*suggested*: what is free in place of what is taken, is taken."""
    return by_week(_dates(preview, suggested=suggested))


def summary(preview: Preview, *, suggested: bool) -> list[Remark]:
    """How much of each, in a few words; the clashes only where there are any."""
    many = len(preview.dates)
    found = [
        Remark("neutral", _number(ngettext("{number} session", "{number} sessions", many), many))
    ]
    if preview.dates:
        first, last = (preview.dates[at].start.date() for at in (0, -1))
        found.append(Remark("neutral", wording.weeks(first, last)))
    kinds = [note.kind for note in preview.notes]
    skipped, moved = kinds.count(NoteKind.SKIPPED), kinds.count(NoteKind.MOVED)
    if skipped:
        found.append(Remark("warn", _("{number} skipped").format(number=skipped)))
    if moved:
        found.append(Remark("warn", _("{number} on another day").format(number=moved)))
    solved = sum(bool(one.clash and one.suggestion) for one in preview.dates) if suggested else 0
    left = preview.clashes - solved
    if left:
        found.append(
            Remark("block", _number(ngettext("{number} clash", "{number} clashes", left), left))
        )
    if solved:
        text = ngettext("{number} clash solved", "{number} clashes solved", solved)
        found.append(Remark("ok", _number(text, solved)))
    return found


def _number(text: str, number: int) -> str:
    return text.format(number=number)


def _dates(preview: Preview, *, suggested: bool) -> Iterator[tuple[datetime, Line]]:
    times = {one.session.strand: one.start.time() for one in preview.dates}
    for one in preview.dates:
        yield one.start, _of(one, preview, suggested=suggested)
    for note in preview.notes:
        if note.kind is NoteKind.SKIPPED and note.day:
            module = preview.content.strand(note.strand).module
            start = datetime.combine(note.day, times.get(note.strand, time()))
            line = Line(
                LineKind.SKIPPED,
                note.title,
                i18n.day_short(note.day),
                i18n.clock(start),
                module=preview.content.module(module).kind,
                remarks=(Remark("warn", wording.sentence(note.reason)),),
            )
            yield start, line


def _of(new: NewDate, preview: Preview, *, suggested: bool) -> Line:
    session, day = new.session, new.start.date()
    remarks = []
    for note in preview.notes:
        if note.strand != session.strand:
            continue
        if note.kind is NoteKind.MOVED and note.moved_to == day and note.day:
            remarks.append(Remark("warn", _said(note)))
        elif note.kind in _SAID and note.day == day:
            remarks.append(Remark("warn", wording.sentence(note.reason)))
    takes = new.suggestion is not None and suggested
    if new.clash:
        remarks.append(Remark("warn" if takes else "block", new.clash))
    if new.suggestion is not None:
        remarks.append(Remark("ok" if takes else "warn", new.suggestion.text))
    if session.cancelled and not preview.holds:
        remarks.append(Remark("neutral", _("Cancelled")))
    leaders = ", ".join(leader.name for leader in session.leaders)
    where = " · ".join(part for part in (leaders, session.room_name) if part)
    return Line(
        LineKind.SESSION,
        f"{session.letter} {session.title}".strip(),
        i18n.day_short(day),
        i18n.clock_range(new.start, new.end),
        _("{number} of {of}").format(number=session.number, of=session.of)
        if session.of > 1
        else "",
        where or _("Neither leader nor room yet"),
        session.kind,
        _before(new),
        tuple(remarks),
    )


def _said(note: Note) -> str:
    """Where it was wished, and why it is not there."""
    assert note.day  # noqa: S101 -- asked of those with a day only
    return _("Not {day}: {reason}").format(day=i18n.day_short(note.day), reason=note.reason)


def _before(new: NewDate) -> str:
    """The day it had; empty where it has it still."""
    old = new.session.start
    return "" if old == new.start else i18n.day_short(old.date())
