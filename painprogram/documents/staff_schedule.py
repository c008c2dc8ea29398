"""A colleague's own schedule: time, what, which group, where, and what is to be prepared.

It holds no patient's name: an individual visit is one, whoever comes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from painprogram import i18n
from painprogram.documents import dates, framed, style
from painprogram.documents.framed import Column, Frame, Row
from painprogram.documents.style import Document
from painprogram.domain.progress import Progress
from painprogram.i18n import _, ngettext, pgettext

__all__ = ["StaffSchedule", "Task", "staff_schedules"]


@dataclass(frozen=True, slots=True)
class Task:
    """One line."""

    start: datetime
    end: datetime
    what: str
    group: str = ""
    room: str = ""
    place: str = ""
    """The other centre it is at, where it is."""
    busy_from: datetime | None = None
    busy_until: datetime | None = None
    """With preparation and wrap-up, where there is any."""
    others: tuple[str, ...] = ()
    """Who leads it too."""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class StaffSchedule:
    """One colleague's lines in order of time, in the language they are in."""

    centre: str
    name: str
    profession: str
    first: date
    last: date
    tasks: tuple[Task, ...]
    language: str
    printed: datetime = field(compare=False, repr=False)


def staff_schedules(contents: Sequence[StaffSchedule], progress: Progress) -> bytes:
    """One PDF; each colleague from a page of its own."""
    first = contents[0] if contents else None
    with i18n.using(first.language if first else i18n.language()):
        document = Document(_("Colleague's schedule"), first.centre if first else "")
    for number, content in enumerate(contents):
        progress.report(number / len(contents))
        with i18n.using(content.language):
            _draw(document, content)
    return document.saved()


def _draw(document: Document, content: StaffSchedule) -> None:
    period = dates.period(content.first, content.last)
    frame = Frame(
        content.centre,
        _("For staff only"),
        _("Schedule as published, printed {date} at {time}. Cancelled sessions stay in it.").format(
            date=i18n.date_long(content.printed.date()), time=i18n.clock(content.printed)
        ),
        f"{content.name}, {period}",
    )
    flow = frame.flow()
    held = sum(not task.cancelled for task in content.tasks)
    many = ngettext("{number} session", "{number} sessions", held).format(number=held)
    below = [
        (f"{content.name}, {content.profession}", style.NAME),
        (f"{period}, {many}", style.PERIOD),
    ]
    flow.add(framed.title(frame, _("Schedule"), below))
    if content.tasks:
        framed.add_table(flow, frame, _columns(), _rows(content.tasks), gap=9.0)
    else:
        framed.add_text(flow, frame, _("Nothing is planned in these days."), style.BODY, 10.0)
    frame.draw(document, flow, content.name)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Day"), 17, 33),
        Column(_("Time"), 52, 25),
        Column(_("What"), 79, 50),
        Column(_("Where"), 132, 33),
        Column(_("With preparation"), 167, 26),
    )


def _rows(tasks: Sequence[Task]) -> list[Row]:
    rows = []
    before: date | None = None
    for task in tasks:
        day = task.start.date()
        new_day = day != before
        new_week = before is not None and day.isocalendar()[:2] != before.isocalendar()[:2]
        rows.append(_row(task, with_day=new_day, new_week=new_week or before is None))
        before = day
    return rows


def _row(task: Task, *, with_day: bool, new_week: bool) -> Row:
    words = dates.day(task.start.date(), dates.DayStyle.SHORT_MONTH)
    day = [(words, style.STRONG if with_day else style.QUIET)]
    if new_week:
        day.append((i18n.week(task.start.date()), style.CAPTION))
    what = [(task.what, style.QUIET if task.cancelled else style.STRONG)]
    with_others = _("with {names}").format(names=i18n.joined(list(task.others)))
    what += [
        (words, style.CELL) for words in (task.group, with_others if task.others else "") if words
    ]
    when = [(i18n.clock_range(task.start, task.end), style.TIME)]
    if task.cancelled:
        when.append((pgettext("session", "Cancelled"), style.EMPHASIS))
    where = [(words, style.CELL) for words in (task.room, task.place) if words]
    ready = []
    if task.busy_from and task.busy_until and not task.cancelled:
        ready.append((i18n.clock_range(task.busy_from, task.busy_until), style.CELL))
    return Row((day, when, what, where, ready), new_part=new_week)
