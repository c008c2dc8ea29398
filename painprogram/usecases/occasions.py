"""Sessions and visits as the rules see them, of every centre, read in a handful of queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram.domain.clashes import Occasion
from painprogram.domain.groups import GroupStatus
from painprogram.domain.programmes import Module
from painprogram.i18n import _
from painprogram.storage.tables import (
    DeviationRow,
    EnrolmentRow,
    GroupRow,
    LeaderRow,
    LinkRow,
    ProgrammeVersionRow,
    RoomRow,
    SessionRow,
    VisitRow,
)
from painprogram.usecases.programmes import content_of


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
            GroupRow.name,
            GroupRow.programme_version_id,
        )
        .join(GroupRow, GroupRow.id == SessionRow.group_id)
        .outerjoin(RoomRow, RoomRow.id == SessionRow.room_id)
        .where(*within, GroupRow.status != GroupStatus.CANCELLED)
    ).all()
    if not rows:
        return {}
    groups = {row.group_id for row in rows}
    modules = _modules(db, {row.programme_version_id for row in rows})
    several = _several(db, groups)
    leaders = _leaders(db, within)
    coming = _coming(db, within, {row.id: row.group_id for row in rows})
    nobody: frozenset[UUID] = frozenset()
    found = {}
    for row in rows:
        module, name = modules[row.programme_version_id, row.module]
        number = f" {row.number}" if (row.group_id, row.strand) in several else ""
        staff = leaders.get(row.id, ())
        occasion = Occasion(
            row.id,
            f"{name}{number} ({row.name})",
            row.start,
            row.start + timedelta(minutes=row.minutes),
            frozenset(one for one, _work in staff),
            tuple(work for _one, work in staff),
            row.room_id,
            coming.get(row.id, nobody),
            module.needs,
            row.seats,
        )
        found[row.id] = Held(occasion, row.centre_id, module)
    return found


def _modules(db: Db, versions: set[UUID]) -> dict[tuple[UUID, str], tuple[Module, str]]:
    rows = db.scalars(
        select(ProgrammeVersionRow)
        .where(ProgrammeVersionRow.id.in_(versions))
        .options(joinedload(ProgrammeVersionRow.programme))
    )
    return {
        (row.id, module.key): (module, str(module.name))
        for row in rows
        for module in content_of(row).modules
    }


def _several(db: Db, groups: set[UUID]) -> set[tuple[UUID, str]]:
    """The strands whose sessions are told apart by number."""
    rows = db.execute(
        select(SessionRow.group_id, SessionRow.strand)
        .where(SessionRow.group_id.in_(groups))
        .group_by(SessionRow.group_id, SessionRow.strand)
        .having(func.max(SessionRow.number) > 1)
    )
    return {(group, strand) for group, strand in rows}


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


def _coming(
    db: Db, within: tuple[ColumnElement[bool], ...], groups: Mapping[UUID, UUID]
) -> dict[UUID, frozenset[UUID]]:
    """Who is to come to each session: as ``guards.expected``, in bulk.

    Sessions of a group whose patients all follow the base schedule share one set.
    """
    links = db.execute(
        select(LinkRow.session_id, LinkRow.group_id)
        .join(SessionRow, SessionRow.id == LinkRow.session_id)
        .where(*within)
    ).all()
    members = _members(db, {*groups.values(), *(group for _session, group in links)})
    of_group = {group: frozenset(held.values()) for group, held in members.items()}
    linked: dict[UUID, list[UUID]] = defaultdict(list)
    for session, group in links:
        linked[session].append(group)
    away, extra = _differences(db, within)
    found: dict[UUID, frozenset[UUID]] = {}
    for session, own in groups.items():
        gone = away.get(session)
        who: frozenset[UUID] = frozenset()
        for group in dict.fromkeys((own, *linked.get(session, ()))):
            if not gone:
                who = who | of_group.get(group, frozenset()) if who else of_group.get(group, who)
            else:
                kept = members.get(group, {}).items()
                who |= {patient for enrolment, patient in kept if enrolment not in gone}
        found[session] = who | extra[session] if session in extra else who
    return found


def _members(db: Db, groups: set[UUID]) -> dict[UUID, dict[UUID, UUID]]:
    """By group: the patient of each place that is held."""
    found: dict[UUID, dict[UUID, UUID]] = defaultdict(dict)
    for enrolment, group, patient in db.execute(
        select(EnrolmentRow.id, EnrolmentRow.group_id, EnrolmentRow.patient_id).where(
            EnrolmentRow.last.is_(None), EnrolmentRow.group_id.in_(groups)
        )
    ):
        found[group][enrolment] = patient
    return found


def _differences(
    db: Db, within: tuple[ColumnElement[bool], ...]
) -> tuple[dict[UUID, set[UUID]], dict[UUID, set[UUID]]]:
    """By session: the places that stay away, and the patients who come besides."""
    away: dict[UUID, set[UUID]] = defaultdict(set)
    extra: dict[UUID, set[UUID]] = defaultdict(set)

    def rows(column: Any, who: Any) -> Any:
        return db.execute(
            select(column, who)
            .join(EnrolmentRow, EnrolmentRow.id == DeviationRow.enrolment_id)
            .join(SessionRow, SessionRow.id == column)
            .where(EnrolmentRow.last.is_(None), *within)
        )

    for session, enrolment in rows(DeviationRow.session_id, DeviationRow.enrolment_id):
        away[session].add(enrolment)
    for session, patient in rows(DeviationRow.to_session_id, EnrolmentRow.patient_id):
        extra[session].add(patient)
    return away, extra


def _visits(db: Db, start: datetime, end: datetime) -> dict[UUID, Held]:
    """Visits without what tells of the patient: no reason, no own title."""
    rows = db.execute(
        select(
            VisitRow.id,
            VisitRow.patient_id,
            VisitRow.centre_id,
            VisitRow.start,
            VisitRow.minutes,
            VisitRow.room_id,
            VisitRow.staff_id,
            GroupRow.name,
        )
        .join(EnrolmentRow, EnrolmentRow.id == VisitRow.enrolment_id)
        .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
        .where(VisitRow.start >= start, VisitRow.start < end, VisitRow.cancelled.is_(False))
    )
    title = _("Individual visit")
    return {
        row.id: Held(
            Occasion(
                row.id,
                f"{title} ({row.name})",
                row.start,
                row.start + timedelta(minutes=row.minutes),
                frozenset({row.staff_id} if row.staff_id else ()),
                room=row.room_id,
                patients=frozenset({row.patient_id}),
            ),
            row.centre_id,
        )
        for row in rows
    }
