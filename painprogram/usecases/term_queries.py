"""The questions a term asks, put together once: the same few for one group and for forty."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Uuid, and_, bindparam, func, or_, select, type_coerce
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram.domain.people import Profession
from painprogram.domain.programmes import Content
from painprogram.domain.sessions import Leader
from painprogram.storage import places
from painprogram.storage.tables import (
    DeviationRow,
    EnrolmentPauseRow,
    EnrolmentRow,
    GroupRow,
    LeaderRow,
    LinkRow,
    PauseRow,
    ProgrammeVersionRow,
    RoomRow,
    SessionRow,
    StaffRow,
)
from painprogram.usecases.programmes import content_of


@lru_cache(maxsize=50_000)
def _made(key: str | None) -> UUID | None:
    return UUID(key) if key else None


class _Shared(Uuid[UUID]):
    """A key that comes on line after line, and again at every reading, is made once."""

    cache_ok = True

    def result_processor(self, dialect: Any, coltype: object) -> Any:
        usual = super().result_processor(dialect, coltype)  # type: ignore[no-untyped-call]
        return usual and _made  # a driver that gives keys itself has nothing to make


def _key(column: Any) -> Any:
    return type_coerce(column, _Shared()).label(column.key)


_HERE = SessionRow.centre_id == bindparam("centre")
_OURS = GroupRow.centre_id == bindparam("centre")
_WITHIN = and_(SessionRow.start >= bindparam("start"), SessionRow.start < bindparam("end"))
_GROUPS: BindParameter[Any] = bindparam("groups", expanding=True)
_SESSION = (
    select(
        _key(SessionRow.id),
        _key(SessionRow.group_id),
        _key(SessionRow.centre_id),
        SessionRow.strand,
        SessionRow.module,
        SessionRow.number,
        SessionRow.start,
        SessionRow.minutes,
        _key(SessionRow.room_id),
        RoomRow.name.label("room_name"),
        SessionRow.cancelled,
        SessionRow.sequence,
        SessionRow.version,
    )
    .outerjoin(RoomRow, RoomRow.id == SessionRow.room_id)
    .order_by(SessionRow.start, SessionRow.id)
)
_SESSIONS = _SESSION.where(_WITHIN, _HERE)
_OTHERS = _SESSION.where(SessionRow.id.in_(bindparam("ids", expanding=True)))
_LINKS = (
    select(LinkRow.session_id, LinkRow.group_id)
    .join(SessionRow, SessionRow.id == LinkRow.session_id)
    .join(GroupRow, GroupRow.id == LinkRow.group_id)
    .where(_WITHIN, or_(_OURS, _HERE))
    .order_by(SessionRow.start, SessionRow.id)
)
_LEADERS = (
    select(
        _key(LeaderRow.session_id),
        _key(LeaderRow.staff_id),
        StaffRow.name,
        LeaderRow.profession,
    )
    .join(SessionRow, SessionRow.id == LeaderRow.session_id)
    .join(StaffRow, StaffRow.id == LeaderRow.staff_id)
    .order_by(LeaderRow.session_id, LeaderRow.position)
)
_LEADERS_HERE = _LEADERS.where(_WITHIN, _HERE)
_LEADERS_THERE = _LEADERS.where(LeaderRow.session_id.in_(bindparam("ids", expanding=True)))
_GROUP = select(
    GroupRow.id,
    GroupRow.centre_id,
    GroupRow.programme_version_id,
    GroupRow.name,
    GroupRow.letter,
    GroupRow.status,
    GroupRow.start,
    GroupRow.maximum,
    GroupRow.activity,
).where(
    or_(
        GroupRow.id.in_(_GROUPS),
        and_(_OURS, GroupRow.start.between(bindparam("first"), bindparam("last"))),
    )
)
_RESTS = (
    select(PauseRow.group_id, PauseRow.first, PauseRow.last, PauseRow.reason)
    .join(GroupRow, GroupRow.id == PauseRow.group_id)
    .where(
        _OURS,
        PauseRow.first <= bindparam("last"),
        or_(PauseRow.last.is_(None), PauseRow.last >= bindparam("first")),
    )
    .order_by(PauseRow.first)
)
_HIGHEST = (
    select(_key(SessionRow.group_id), SessionRow.strand, func.max(SessionRow.number))
    .where(SessionRow.group_id.in_(_GROUPS))
    .group_by(SessionRow.group_id, SessionRow.strand)
)
_HELD = places.HELD
_PLACES = (
    select(EnrolmentRow.group_id, func.count())
    .where(_HELD, EnrolmentRow.group_id.in_(_GROUPS))
    .group_by(EnrolmentRow.group_id)
)
_DEVIATION = (
    select(SessionRow.id, SessionRow.group_id, EnrolmentRow.id, EnrolmentRow.patient_id)
    .select_from(DeviationRow)
    .join(EnrolmentRow, EnrolmentRow.id == DeviationRow.enrolment_id)
)
_AWAY = _DEVIATION.join(SessionRow, SessionRow.id == DeviationRow.session_id).where(_HELD, _WITHIN)
_EXTRA = _DEVIATION.join(SessionRow, SessionRow.id == DeviationRow.to_session_id).where(
    _HELD, _WITHIN, ~places.resting()
)
_APART = (
    select(GroupRow.id)
    .where(GroupRow.id.in_(_GROUPS), GroupRow.rolling)
    .union(
        select(EnrolmentRow.group_id)
        .join(EnrolmentPauseRow, EnrolmentPauseRow.enrolment_id == EnrolmentRow.id)
        .where(
            *(_HELD, EnrolmentRow.group_id.in_(_GROUPS)),
            EnrolmentPauseRow.first <= bindparam("last"),
            EnrolmentPauseRow.last >= bindparam("first"),
        )
    )
)
"""Groups whose sessions do not all have the same patients: open ones, and where somebody rests."""
_VERSIONS = (
    select(ProgrammeVersionRow)
    .where(ProgrammeVersionRow.id.in_(bindparam("ids", expanding=True)))
    .options(joinedload(ProgrammeVersionRow.programme))
)
_contents: dict[UUID, Content] = {}


@dataclass(frozen=True)
class Asked:
    """One centre from *first* to *last*, as the questions want it."""

    db: Db
    centre_id: UUID
    first: date
    last: date

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time())

    @property
    def end(self) -> datetime:
        return datetime.combine(self.last, time()) + timedelta(days=1)

    def _rows(self, statement: Any, **named: Any) -> Sequence[Any]:
        return self.db.execute(statement, named).all()

    def _within(self, statement: Any) -> Sequence[Any]:
        return self._rows(statement, centre=self.centre_id, start=self.start, end=self.end)

    def sessions(self) -> Sequence[Any]:
        """At the centre, in order of time."""
        return self._within(_SESSIONS)

    def others(self, ids: Collection[UUID]) -> Sequence[Any]:
        """Sessions elsewhere, by key."""
        return self._rows(_OTHERS, ids=tuple(ids)) if ids else ()

    def links(self) -> list[tuple[UUID, UUID]]:
        """Sessions with the groups they are linked into: of this centre, or at it."""
        return [(session, group) for session, group in self._within(_LINKS)]

    def leaders(self, elsewhere: Collection[UUID]) -> dict[UUID, tuple[Leader, ...]]:
        """By session, of the centre's and of those *elsewhere*."""
        rows = list(self._within(_LEADERS_HERE))
        if elsewhere:
            rows += self._rows(_LEADERS_THERE, ids=tuple(elsewhere))
        people: dict[tuple[UUID, str], Leader] = {}
        found: dict[UUID, tuple[Leader, ...]] = {}
        for session, staff, name, work in rows:
            leader = people.get((staff, work))
            if leader is None:
                leader = people[staff, work] = Leader(staff, name, Profession(work))
            found[session] = (*found.get(session, ()), leader)
        return found

    def groups(self, ids: Iterable[UUID]) -> Sequence[Any]:
        """Those of *ids*, and the centre's that begin within the days."""
        named = {"first": self.first, "last": self.last, "centre": self.centre_id}
        return self._rows(_GROUP, groups=tuple(ids), **named)

    def rests(self) -> Sequence[Any]:
        """Pauses that touch the days, of the centre's groups."""
        return self._rows(_RESTS, first=self.first, last=self.last, centre=self.centre_id)

    def highest(self, groups: Iterable[UUID]) -> dict[tuple[UUID, str], int]:
        """The m of "n of m": the highest number of each strand, cancelled ones counted in."""
        rows = self._rows(_HIGHEST, groups=tuple(groups))
        return {(group, strand): most for group, strand, most in rows}

    def contents(self, versions: Iterable[UUID]) -> Mapping[UUID, Content]:
        """What each version says; read once, for a version never changes."""
        new = {version for version in versions if version not in _contents}
        if new:
            for row in self.db.scalars(_VERSIONS, {"ids": tuple(new)}):
                _contents[row.id] = content_of(row)
        return _contents

    def coming(self, groups: Iterable[UUID], links: Iterable[tuple[UUID, UUID]]) -> "Coming":
        """How many are to come to each session, and have a place in each of *groups*."""
        rows = self._rows(_PLACES, groups=tuple(groups))
        found = Coming(dict(tuple(row) for row in rows))
        mixed: set[UUID] = set()
        for session, group in links:
            found.linked[session].add(group)
            mixed.add(group)
        for session, owner, enrolment, _patient in self._within(_AWAY):
            found.away[session].add(enrolment)
            mixed.add(owner)
        for session, owner, _enrolment, patient in self._within(_EXTRA):
            found.extra[session].add(patient)
            mixed.add(owner)
        named = {"first": self.first, "last": self.last}
        found.apart = {key for (key,) in self._rows(_APART, groups=tuple(groups), **named)}
        found.one_by_one = mixed | found.apart
        return found

    def members(self, coming: "Coming", owners: Iterable[UUID]) -> None:
        """Whom *coming* must know one by one: who comes by two ways is counted once."""
        mixed = coming.one_by_one | set(owners)
        coming.known = places.held(self.db, mixed)


class Coming:
    """As ``guards.expected``, in bulk: only where groups mix are patients told apart."""

    def __init__(self, held: Mapping[UUID, int]) -> None:
        self.places = held
        self.linked: dict[UUID, set[UUID]] = defaultdict(set)
        self.away: dict[UUID, set[UUID]] = defaultdict(set)
        self.extra: dict[UUID, set[UUID]] = defaultdict(set)
        self.apart: set[UUID] = set()
        self.one_by_one: set[UUID] = set()
        self.known: Mapping[UUID, places.Places] = {}

    def to(self, session: UUID, group: UUID, day: date) -> int:
        linked, away = self.linked.get(session), self.away.get(session)
        extra = self.extra.get(session)
        if not (linked or away or extra or group in self.apart):
            return self.places.get(group, 0)
        gone = away or set()
        who = set(extra or ())
        for one in {group, *(linked or ())}:
            there = self.known.get(one, places.NOBODY).on(day)
            who |= {patient for place, patient in there.items() if place not in gone}
        return len(who)
