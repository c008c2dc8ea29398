"""A preview as lines: week by week every date, what is skipped, moved or linked, what clashes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from painprogram import i18n
from painprogram.domain.people import Staff
from painprogram.domain.planning import Dated, Note, NoteKind, monday
from painprogram.domain.programmes import Content, ModuleKind
from painprogram.domain.rooms import Room
from painprogram.domain.sessions import Session
from painprogram.gui.programmes import wording
from painprogram.gui.widgets.chips import Tone
from painprogram.i18n import _, ngettext
from painprogram.usecases.starting import Preview


class LineKind(StrEnum):
    WEEK = "week"
    SESSION = "session"
    LINKED = "linked"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Remark:
    tone: Tone
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    kind: LineKind
    title: str
    when: str = ""
    clock: str = ""
    number: str = ""
    """``3 av 8``."""
    detail: str = ""
    module: ModuleKind = ModuleKind.LECTURE
    instead_of: str = ""
    """The day it was moved from."""
    remarks: tuple[Remark, ...] = ()

    @property
    def clashing(self) -> bool:
        return any(remark.tone == "block" for remark in self.remarks)

    def __str__(self) -> str:
        """As a screen reader says it."""
        parts = [self.when, self.clock, self.title, self.number, self.detail]
        parts += [remark.text for remark in self.remarks]
        return ", ".join(part for part in parts if part)


class Known:
    """The names that lines need."""

    def __init__(self, content: Content, staff: Iterable[Staff], rooms: Iterable[Room]) -> None:
        self.content = content
        self.people: Mapping[UUID, str] = {person.id: person.name for person in staff}
        self.rooms: Mapping[UUID, str] = {room.id: room.name for room in rooms}


def lines(preview: Preview, known: Known) -> list[Line]:
    """A heading for each week, and what stands in it in order of time."""
    return by_week(_dates(preview, known))


def by_week(dates: Iterable[tuple[datetime, Line]]) -> list[Line]:
    """A heading for each week, and what stands in it in order of time."""
    weeks: dict[date, list[tuple[datetime, Line]]] = defaultdict(list)
    for start, line in dates:
        weeks[monday(start.date())].append((start, line))
    found = []
    for first, within in sorted(weeks.items()):
        last = first + timedelta(days=6)
        when = f"{i18n.day_month(first)} – {i18n.date_short(last)}"
        found.append(Line(LineKind.WEEK, i18n.week(first), when))
        found += [line for _start, line in sorted(within, key=lambda pair: pair[0])]
    return found


def summary(preview: Preview) -> list[Remark]:
    """How much of each, in a few words; the clashes only where there are any."""
    many = len(preview.timetable.sessions)
    kinds = [note.kind for note in preview.notes]
    skipped, moved = kinds.count(NoteKind.SKIPPED), kinds.count(NoteKind.MOVED)
    found = [
        Remark("neutral", _count(ngettext("{number} session", "{number} sessions", many), many))
    ]
    if preview.timetable.sessions:
        first = preview.timetable.sessions[0].start.date()
        last = preview.timetable.sessions[-1].start.date()
        found.append(Remark("neutral", wording.weeks(first, last)))
    if skipped:
        found.append(Remark("warn", _("{number} skipped").format(number=skipped)))
    if moved:
        found.append(Remark("warn", _("{number} moved").format(number=moved)))
    clashing = len(preview.clashes)
    if clashing:
        text = ngettext("{number} clash", "{number} clashes", clashing)
        found.append(Remark("block", _count(text, clashing)))
    return found


def unlinked(preview: Preview) -> list[Note]:
    return [note for note in preview.notes if note.kind is NoteKind.UNLINKED]


def _count(text: str, number: int) -> str:
    return text.format(number=number)


def _dates(preview: Preview, known: Known) -> Iterator[tuple[datetime, Line]]:
    times = {dated.strand: dated.start.time() for dated in preview.timetable.sessions}
    for dated in preview.timetable.sessions:
        yield dated.start, _of_session(dated, preview, known)
    for link in preview.links:
        yield link.session.start, _of_linked(link.session)
    for note in preview.notes:
        if note.kind is NoteKind.SKIPPED and note.day:
            kind = known.content.module(known.content.strand(note.strand).module).kind
            start = datetime.combine(note.day, times.get(note.strand, time()))
            line = Line(
                LineKind.SKIPPED,
                note.title,
                i18n.day_short(note.day),
                i18n.clock(start),
                module=kind,
                remarks=(Remark("warn", wording.sentence(note.reason)),),
            )
            yield start, line


def _of_session(dated: Dated, preview: Preview, known: Known) -> Line:
    day = dated.start.date()
    remarks: list[Remark] = []
    instead_of = ""
    for note in preview.notes:
        if note.strand != dated.strand:
            continue
        if note.kind is NoteKind.MOVED and note.moved_to == day and note.day:
            instead_of = i18n.day_short(note.day)
            remarks.append(Remark("warn", wording.sentence(note.reason)))
        elif note.day == day and note.kind in (NoteKind.ORDER, NoteKind.LATE, NoteKind.TOGETHER):
            remarks.append(Remark("warn", wording.sentence(note.reason)))
    clash = preview.clashes.get((dated.strand, dated.number))
    if clash:
        remarks.append(Remark("block", clash))
    leaders = ", ".join(known.people.get(one, "") for one in dated.leaders)
    room = known.rooms.get(dated.room_id, "") if dated.room_id else ""
    return Line(
        LineKind.SESSION,
        f"{dated.letter} {dated.module.name}".strip(),
        i18n.day_short(day),
        i18n.clock_range(dated.start, dated.end),
        _("{number} of {of}").format(number=dated.number, of=dated.of) if dated.of > 1 else "",
        " · ".join(part for part in (leaders, room) if part) or _("Neither leader nor room yet"),
        dated.module.kind,
        instead_of,
        tuple(remarks),
    )


def _of_linked(session: Session) -> Line:
    return Line(
        LineKind.LINKED,
        session.title,
        i18n.day_short(session.start.date()),
        i18n.clock_range(session.start, session.end),
        detail=_("Linked in from {group}").format(group=session.group_name),
        module=ModuleKind.LINKED,
    )
