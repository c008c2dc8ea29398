"""New dates for a group's sessions: every one of them shown first, then written in one step."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload, selectinload

from painprogram import i18n
from painprogram.domain import redating
from painprogram.domain.availability import StaffTime
from painprogram.domain.clashes import Occasion
from painprogram.domain.errors import Refused
from painprogram.domain.people import Profession
from painprogram.domain.planning import Dated, Note, horizon, lacking, monday
from painprogram.domain.programmes import Content
from painprogram.domain.redating import Planned
from painprogram.domain.rooms import Room
from painprogram.domain.sessions import Session
from painprogram.i18n import _
from painprogram.storage.guards import expected
from painprogram.storage.tables import (
    EnrolmentRow,
    GroupRow,
    RoomRow,
    SessionRow,
    StaffRow,
    VisitRow,
)
from painprogram.usecases import clashes, laps, late_changes, occasions, rules, sessions
from painprogram.usecases.availability import staff_time
from painprogram.usecases.centres import closures_of
from painprogram.usecases.programmes import content_of
from painprogram.usecases.rooms import as_room


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is free at the new time, in place of a room or leaders that are taken."""

    room_id: UUID | None
    leaders: tuple[UUID, ...]
    text: str


@dataclass(frozen=True, slots=True)
class NewDate:
    """A session with the time it would get; it keeps its key, number, room and leaders."""

    session: Session
    """As it stands, or stood when the group was paused."""
    start: datetime
    clash: str = ""
    """The first thing that stands against the new time, in words."""
    suggestion: Suggestion | None = None

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.session.minutes)


@dataclass(frozen=True, slots=True)
class Preview:
    """Every new date, in order of time, before any is made."""

    dates: tuple[NewDate, ...]
    notes: tuple[Note, ...]
    content: Content
    visits: int = 0
    """Individual visits that lie ahead and stay where they are."""
    holds: bool = False
    """Whether what is cancelled is to be held again."""

    @property
    def clashes(self) -> int:
        return sum(bool(one.clash) for one in self.dates)

    @property
    def suggestions(self) -> int:
        return sum(one.suggestion is not None for one in self.dates)


def preview(
    db: Db,
    group: GroupRow,
    left: Sequence[Session],
    standing: Iterable[Session],
    by: timedelta,
    since: date,
) -> Preview:
    """*left* with new dates, *by* so much later; *standing* are the sessions that stay.

    Visits are counted from *since* on.
    """
    content = content_of(group.programme_version)
    first = min(one.start for one in left).date() + by
    shut = closures_of(db, group.centre_id, monday(first), horizon(first) + timedelta(weeks=1))
    new = redating.redated(
        content,
        [as_planned(content, one) for one in left],
        [as_planned(content, one) for one in standing],
        by,
        shut,
    )
    known = {one.id: one for one in left}
    ordered = sorted(new.sessions.items(), key=lambda pair: (pair[1].start, pair[1].strand))
    dates = [NewDate(known[key], dated.start) for key, dated in ordered]
    return Preview(
        tuple(_held_against(db, group, content, dates)),
        new.notes,
        content,
        _visits(db, group, since),
    )


def nothing_ahead(name: str, first: date) -> Refused:
    return Refused(
        _("{name} has no session from {day} on.").format(name=name, day=i18n.date_long(first))
    )


def as_planned(content: Content, session: Session) -> Planned:
    """What the dates are made of."""
    return Planned(
        session.id,
        Dated(
            session.strand,
            content.module(session.module),
            session.number,
            session.of,
            session.start,
            session.minutes,
            session.letter,
            session.room_id,
            tuple(leader.staff_id for leader in session.leaders),
        ),
    )


def write(
    db: Db,
    group: GroupRow,
    shown: Preview,
    *,
    suggested: bool = False,
    reason: str = "",
    today: date | None = None,
    who: str = "",
) -> None:
    """Give the sessions their new dates; with *suggested* also the rooms and leaders that are free.

    A group whose every session gets a new date begins with the first of them. What must be
    acknowledged needs a *reason*; what blocks is refused.
    """
    wanted = {one.session.id: one for one in shown.dates}
    rows = db.scalars(
        select(SessionRow)
        .where(SessionRow.group_id == group.id)
        .options(selectinload(SessionRow.leaders))
    ).all()
    keys = tuple(wanted)
    with rules.kept(db, keys, today, reason, who), late_changes.noted(db, keys, today, who):
        for row in rows:
            if row.id in wanted:
                _set(db, row, wanted[row.id], hold=shown.holds, suggested=suggested)
        if wanted and len(wanted) == len(rows):
            group.start = monday(shown.dates[0].start.date())
    db.flush()
    laps.follow(db, group.id)


def _set(db: Db, row: SessionRow, new: NewDate, *, hold: bool, suggested: bool) -> None:
    before = row.start, row.cancelled
    row.start = new.start
    row.cancelled = row.cancelled and not hold
    instead = new.suggestion if suggested else None
    if instead is not None:
        row.room_id = instead.room_id
        sessions.set_leaders(db, row, instead.leaders)
    if instead is not None or before != (row.start, row.cancelled):
        row.sequence += 1


def _visits(db: Db, group: GroupRow, since: date) -> int:
    found = db.scalars(
        select(VisitRow.id)
        .join(EnrolmentRow, EnrolmentRow.id == VisitRow.enrolment_id)
        .where(
            EnrolmentRow.group_id == group.id,
            VisitRow.cancelled.is_(False),
            VisitRow.start >= datetime.combine(since, time()),
        )
    )
    return len(found.all())


def _held_against(
    db: Db, group: GroupRow, content: Content, dates: Sequence[NewDate]
) -> list[NewDate]:
    """*dates* with what clashes, and what is free in its place."""
    if not dates:
        return []
    held = {one.session.id: _occasion(group, content, one) for one in dates}
    coming = expected(db, held)
    seats = {row.id: row.seats for row in db.execute(select(RoomRow.id, RoomRow.seats))}
    planned = [
        replace(
            occasion,
            patients=frozenset(coming.get(key, ())),
            seats=seats[occasion.room] if occasion.room else None,
        )
        for key, occasion in held.items()
    ]
    first, last = dates[0].start.date(), dates[-1].start.date()
    said = clashes.against(db, planned, group.centre_id, first, last)
    instead = _Instead(db, group, content, planned, first, last)
    return [
        replace(one, clash=said.get(one.session.id, ""), suggestion=instead.of(one))
        for one in dates
    ]


def _occasion(group: GroupRow, content: Content, new: NewDate) -> Occasion:
    session = new.session
    return Occasion(
        session.id,
        f"{session.numbered_title} ({group.name})",
        new.start,
        new.end,
        frozenset(leader.staff_id for leader in session.leaders),
        tuple(leader.profession.value for leader in session.leaders),
        session.room_id,
        needs=content.module(session.module).needs,
        centre=session.centre_id,
    )


class _Instead:
    """Rooms and colleagues that are free when those of a session are not."""

    def __init__(
        self,
        db: Db,
        group: GroupRow,
        content: Content,
        planned: Sequence[Occasion],
        first: date,
        last: date,
    ) -> None:
        self._content = content
        self._centre = group.centre_id
        self._times: StaffTime = staff_time(db, first, last)
        self._staff = {row.id: row for row in db.scalars(select(StaffRow).where(StaffRow.active))}
        self._rooms: dict[UUID, list[Room]] = defaultdict(list)
        for row in db.scalars(
            select(RoomRow).where(RoomRow.active).options(joinedload(RoomRow.centre))
        ):
            self._rooms[row.centre_id].append(as_room(row))
        self._expected = {one.id: len(one.patients) for one in planned}
        ours = {one.id for one in planned}
        self._seats = group.maximum
        self._by_day: dict[date, list[Occasion]] = defaultdict(list)
        others = (one.occasion for one in occasions.load(db, first, last).values())
        for one in (*planned, *(other for other in others if other.id not in ours)):
            self._by_day[one.start.date()].append(one)
        self._chosen: Counter[UUID] = Counter()

    def of(self, new: NewDate) -> Suggestion | None:
        """None where room and leaders are free, whatever else stands against the time."""
        session = new.session
        there = [
            one
            for one in self._by_day[new.start.date()]
            if one.id != session.id and one.start < new.end and new.start < one.end
        ]
        texts: list[str] = []
        room_id = session.room_id
        if room_id and any(one.room == room_id for one in there):
            room_id = self._room(new, {one.room for one in there}, texts)
        leaders = self._leaders(new, {staff for one in there for staff in one.staff}, texts)
        return Suggestion(room_id, tuple(leaders), " ".join(texts)) if texts else None

    def _leaders(self, new: NewDate, taken: set[UUID], texts: list[str]) -> tuple[UUID, ...]:
        """Who is only busy, or off duty, stays where nobody else is free: they can be asked."""
        own = {leader.staff_id for leader in new.session.leaders}
        found: list[UUID] = []
        for leader in new.session.leaders:
            one = leader.staff_id
            if self._can(one, new, taken):
                found.append(one)
                continue
            other = self._colleague(leader.profession, new, taken | own | set(found))
            if other is not None:
                found.append(other.id)
                told = _("{other} is free instead of {name}.")
                texts.append(told.format(other=other.name, name=leader.name))
            elif self._away(one, new, taken):
                told = _("Nobody else is free: without {name} for now.")
                texts.append(told.format(name=leader.name))
            else:
                found.append(one)
        return tuple(found)

    def _room(self, new: NewDate, taken: set[UUID | None], texts: list[str]) -> UUID | None:
        module = self._content.module(new.session.module)
        many = self._expected[new.session.id]
        free = [
            room
            for room in self._rooms[new.session.centre_id]
            if room.id not in taken and not lacking(module, room, many)
        ]
        if not free:
            texts.append(_("No other room is free: without a room for now."))
            return None
        best = min(  # with a seat for those who may still come, where there is one
            free,
            key=lambda room: (
                room.seats < self._seats,
                -self._chosen[room.id],
                room.seats,
                room.name,
            ),
        )
        self._chosen[best.id] += 1
        texts.append(_("{room} is free.").format(room=best.name))
        return best.id

    def _colleague(self, profession: Profession, new: NewDate, taken: set[UUID]) -> StaffRow | None:
        free = [
            person
            for person in self._staff.values()
            if person.profession == profession and self._can(person.id, new, taken)
        ]
        if not free:
            return None
        best = min(
            free,
            key=lambda one: (-self._chosen[one.id], one.centre_id != self._centre, one.name),
        )
        self._chosen[best.id] += 1
        return best

    def _can(self, staff_id: UUID, new: NewDate, taken: set[UUID]) -> bool:
        times = self._times[staff_id]
        return (
            not self._away(staff_id, new, taken)
            and times.works(new.start, new.end)
            and not any(span.meets(new.start, new.end) for span in times.busy)
        )

    def _away(self, staff_id: UUID, new: NewDate, taken: set[UUID]) -> bool:
        """Whether they lead something else, are absent, or work here no longer."""
        return (
            staff_id in taken
            or staff_id not in self._staff
            or any(span.meets(new.start, new.end) for span in self._times[staff_id].absent)
        )
