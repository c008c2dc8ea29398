"""Sessions and visits as the rules see them, of every centre, read in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram.domain.clashes import Occasion
from painprogram.domain.groups import GroupStatus
from painprogram.domain.programmes import Content, Module
from painprogram.domain.rooms import Equipment
from painprogram.domain.rules.occasion import folded_competence
from painprogram.i18n import _
from painprogram.storage import places
from painprogram.storage.tables import (
    DeviationRow,
    EnrolmentRow,
    GroupRow,
    LeaderRow,
    LinkRow,
    ProgrammeVersionRow,
    RoomRow,
    SessionRow,
    StaffRow,
    VisitRow,
)
from painprogram.usecases.programmes import content_of

WEEKS_BEYOND = 4
"""How long a group may go on after its last week before somebody is told."""


@dataclass(frozen=True, slots=True)
class Held:
    """An occasion with what a sentence says of it, and the module it is of."""

    occasion: Occasion
    centre_id: UUID
    module: Module | None = None


def load(db: Db, first: date, last: date) -> dict[UUID, Held]:
    """What stands from *first* to *last*; not what is cancelled, nor groups that are."""
    start = datetime.combine(first, time())
    end = datetime.combine(last, time()) + timedelta(days=1)
    return _sessions(db, start, end) | _visits(db, start, end)


def contents(db: Db, versions: Iterable[UUID]) -> dict[UUID, Content]:
    """What each programme version says."""
    rows = db.scalars(
        select(ProgrammeVersionRow)
        .where(ProgrammeVersionRow.id.in_(set(versions)))
        .options(joinedload(ProgrammeVersionRow.programme))
    )
    return {row.id: content_of(row) for row in rows}


def several(db: Db, groups: set[UUID]) -> set[tuple[UUID, str]]:
    """The strands whose sessions are told apart by number."""
    rows = db.execute(
        select(SessionRow.group_id, SessionRow.strand)
        .where(SessionRow.group_id.in_(groups))
        .group_by(SessionRow.group_id, SessionRow.strand)
        .having(func.max(SessionRow.number) > 1)
    )
    return {(group, strand) for group, strand in rows}


def title(module: Module, number: int, group: str, *, numbered: bool) -> str:
    """``Avslappning 3 (H26 A)``"""
    return f"{module.name} {number} ({group})" if numbered else f"{module.name} ({group})"


def _sessions(db: Db, start: datetime, end: datetime) -> dict[UUID, Held]:
    within = (
        SessionRow.start >= start,
        SessionRow.start < end,
        SessionRow.cancelled.is_(False),
    )
    rows = db.execute(
        select(
            SessionRow.id,
            SessionRow.group_id,
            SessionRow.centre_id,
            SessionRow.strand,
            SessionRow.module,
            SessionRow.number,
            SessionRow.start,
            SessionRow.minutes,
            SessionRow.room_id,
            RoomRow.seats,
            RoomRow.equipment,
            GroupRow.name,
            GroupRow.status,
            GroupRow.start.label("group_start"),
            GroupRow.minimum,
            GroupRow.maximum,
            GroupRow.activity,
            GroupRow.rolling,
            GroupRow.programme_version_id,
        )
        .join(GroupRow, GroupRow.id == SessionRow.group_id)
        .outerjoin(RoomRow, RoomRow.id == SessionRow.room_id)
        .where(*within, GroupRow.status != GroupStatus.CANCELLED)
    ).all()
    if not rows:
        return {}
    known = _Known(db, rows)
    leaders = _leaders(db, within)
    coming = _coming(db, within, {row.id: (row.group_id, row.start.date()) for row in rows})
    found: dict[UUID, Held] = {}
    for row in rows:
        key: UUID = row.id
        module = known.module(row)
        occasion = _of_session(row, module, known, leaders.get(key, ()), coming)
        found[key] = Held(occasion, row.centre_id, module)
    return found


class _Known:
    """What is the same for all sessions of a module, a group or a room: made once."""

    def __init__(self, db: Db, rows: Iterable[Any]) -> None:
        there = list(rows)
        self._contents = contents(db, {row.programme_version_id for row in there})
        self._modules = {
            (version, module.key): module
            for version, content in self._contents.items()
            for module in content.modules
        }
        self._several = several(db, {row.group_id for row in there})
        self._rooms: dict[UUID, tuple[Equipment, ...]] = {}
        self.competences = _competences(db, self._modules.values())

    def module(self, row: Any) -> Module:
        return self._modules[row.programme_version_id, row.module]

    def title(self, row: Any, module: Module) -> str:
        numbered = (row.group_id, row.strand) in self._several
        return title(module, row.number, row.name, numbered=numbered)

    def offered(self, row: Any) -> tuple[Equipment, ...] | None:
        if row.room_id is None:
            return None
        if row.room_id not in self._rooms:
            self._rooms[row.room_id] = tuple(Equipment(each) for each in row.equipment)
        return self._rooms[row.room_id]

    def latest(self, row: Any) -> date | None:
        """Activities have no end of their own, nor have open groups."""
        if row.activity or row.rolling:
            return None
        weeks = self._contents[row.programme_version_id].weeks + WEEKS_BEYOND
        begun: date = row.group_start
        return begun - timedelta(days=begun.weekday()) + timedelta(weeks=weeks)


def _competences(db: Db, modules: Iterable[Module]) -> Mapping[UUID, frozenset[str]]:
    """What each colleague masters; nobody is asked where no module asks for anything."""
    if not any(module.competences for module in modules):
        return {}
    rows = db.execute(select(StaffRow.id, StaffRow.competences))
    return {key: frozenset(map(folded_competence, names)) for key, names in rows if names}


_NONE: frozenset[str] = frozenset()


def _of_session(
    row: Any,
    module: Module,
    known: _Known,
    staff: Iterable[tuple[UUID, str]],
    coming: "_Coming",
) -> Occasion:
    key, led = row.id, tuple(staff)
    largest = row.maximum if row.activity else row.maximum + coming.quotas.get(key, 0)
    fewest = max(module.smallest or 0, 0 if row.activity else row.minimum)
    return Occasion(
        id=key,
        title=known.title(row, module),
        start=row.start,
        end=row.start + timedelta(minutes=row.minutes),
        staff=frozenset(one for one, _work in led),
        professions=tuple(work for _one, work in led),
        room=row.room_id,
        patients=coming.who.get(key, frozenset()),
        needs=module.needs,
        seats=row.seats,
        centre=row.centre_id,
        group=row.group_id,
        strand=row.strand,
        preparation=module.preparation,
        wrap_up=module.wrap_up,
        equipment=module.equipment,
        offered=known.offered(row),
        competences=module.competences,
        mastered=(
            _NONE.union(*(known.competences.get(one, _NONE) for one, _work in led))
            if module.competences
            else _NONE
        ),
        fewest=fewest if row.status == GroupStatus.OPEN and fewest else None,
        largest=min(module.largest, largest) if module.largest else largest,
        over_quota=coming.over.get(key, 0),
        latest=known.latest(row),
    )


def _leaders(
    db: Db, within: tuple[ColumnElement[bool], ...]
) -> Mapping[UUID, list[tuple[UUID, str]]]:
    found: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for session, staff, work in db.execute(
        select(LeaderRow.session_id, LeaderRow.staff_id, LeaderRow.profession)
        .join(SessionRow, SessionRow.id == LeaderRow.session_id)
        .where(*within)
        .order_by(LeaderRow.session_id, LeaderRow.position)
    ):
        found[session].append((staff, work))
    return found


@dataclass(frozen=True, slots=True)
class _Coming:
    """By session: who is to come, the seats of the groups that link it in, and who has none."""

    who: Mapping[UUID, frozenset[UUID]]
    quotas: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))
    over: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))


def _coming(
    db: Db, within: tuple[ColumnElement[bool], ...], held: Mapping[UUID, tuple[UUID, date]]
) -> _Coming:
    """Who is to come to each session, by its group and day: as ``guards.expected``, in bulk.

    Sessions of a group whose patients all follow the base schedule share one set.
    """
    links = db.execute(
        select(LinkRow.session_id, LinkRow.group_id, LinkRow.quota)
        .join(SessionRow, SessionRow.id == LinkRow.session_id)
        .where(*within)
    ).all()
    owners = {group for group, _day in held.values()}
    members = places.held(db, {*owners, *(group for _session, group, _quota in links)})
    linked: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for session, group, quota in links:
        linked[session][group] = quota
    away, extra = _differences(db, within)
    found: dict[UUID, frozenset[UUID]] = {}
    result = _Coming(found)
    for session, (own, day) in held.items():
        gone = away.get(session)
        who: frozenset[UUID] = frozenset()
        quotas = linked.get(session, {})
        for group in dict.fromkeys((own, *quotas)):
            there = members.get(group, places.NOBODY)
            if not gone:
                here = there.who(day)
            else:
                kept = there.on(day).items()
                here = frozenset(patient for enrolment, patient in kept if enrolment not in gone)
            if group in quotas:
                result.quotas[session] += quotas[group]
                result.over[session] += max(0, len(here) - quotas[group])
            who = who | here if who else here
        found[session] = who | extra[session] if session in extra else who
    return result


def _differences(
    db: Db, within: tuple[ColumnElement[bool], ...]
) -> tuple[dict[UUID, set[UUID]], dict[UUID, set[UUID]]]:
    """By session: the places that stay away, and the patients who come besides."""
    away: dict[UUID, set[UUID]] = defaultdict(set)
    extra: dict[UUID, set[UUID]] = defaultdict(set)

    def rows(column: Any, who: Any, *where: ColumnElement[bool]) -> Any:
        return db.execute(
            select(column, who)
            .join(EnrolmentRow, EnrolmentRow.id == DeviationRow.enrolment_id)
            .join(SessionRow, SessionRow.id == column)
            .where(places.HELD, *where, *within)
        )

    for session, enrolment in rows(DeviationRow.session_id, DeviationRow.enrolment_id):
        away[session].add(enrolment)
    for session, patient in rows(
        DeviationRow.to_session_id, EnrolmentRow.patient_id, ~places.resting()
    ):
        extra[session].add(patient)
    return away, extra


def _visits(db: Db, start: datetime, end: datetime) -> dict[UUID, Held]:
    """Visits without what tells of the patient: no reason, no own title."""
    rows = db.execute(
        select(
            VisitRow.id,
            VisitRow.patient_id,
            VisitRow.centre_id,
            VisitRow.strand,
            VisitRow.start,
            VisitRow.minutes,
            VisitRow.room_id,
            VisitRow.staff_id,
            RoomRow.equipment,
            StaffRow.profession,
            GroupRow.name,
            GroupRow.programme_version_id,
        )
        .join(EnrolmentRow, EnrolmentRow.id == VisitRow.enrolment_id)
        .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
        .outerjoin(RoomRow, RoomRow.id == VisitRow.room_id)
        .outerjoin(StaffRow, StaffRow.id == VisitRow.staff_id)
        .where(VisitRow.start >= start, VisitRow.start < end, VisitRow.cancelled.is_(False))
    ).all()
    known = contents(db, {row.programme_version_id for row in rows if row.strand})
    words = _("Individual visit")
    found = {}
    for row in rows:
        content = known.get(row.programme_version_id) if row.strand else None
        module = content.module(content.strand(row.strand).module) if content else None
        found[row.id] = Held(_of_visit(row, words, module), row.centre_id)
    return found


def _of_visit(row: Any, words: str, module: Module | None) -> Occasion:
    """Its leader is asked for what its module asks for, once there is one."""
    return Occasion(
        id=row.id,
        title=f"{words} ({row.name})",
        start=row.start,
        end=row.start + timedelta(minutes=row.minutes),
        staff=frozenset({row.staff_id} if row.staff_id else ()),
        professions=(row.profession,) if row.staff_id else (),
        room=row.room_id,
        patients=frozenset({row.patient_id}),
        needs=module.needs if module and row.staff_id else (),
        centre=row.centre_id,
        preparation=module.preparation if module else 0,
        wrap_up=module.wrap_up if module else 0,
        equipment=module.equipment if module else (),
        offered=tuple(Equipment(each) for each in row.equipment) if row.room_id else None,
    )
