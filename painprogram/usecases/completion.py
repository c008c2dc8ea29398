"""How far each patient has come with the programme: counted from attendance when it is asked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.attendance import AttendanceState
from painprogram.domain.completion import Completion, Met, completion
from painprogram.domain.names import folded
from painprogram.domain.programmes import Content
from painprogram.domain.schedule import STAYS_AWAY, Line, LineKind
from painprogram.domain.sessions import Session, Visit
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.places import HELD
from painprogram.storage.tables import (
    AttendanceRow,
    EnrolmentRow,
    GroupRow,
    LinkRow,
    PatientRow,
    SessionRow,
    VisitRow,
)
from painprogram.usecases import attendance, schedule_batches
from painprogram.usecases.programmes import content_of
from painprogram.usecases.schedule_batches import parts

Noted = Mapping[tuple[UUID, UUID], tuple[AttendanceState, int | None]]


@dataclass(frozen=True, slots=True)
class Standing:
    """A patient of a group, and how far they have come."""

    enrolment_id: UUID
    patient_id: UUID
    name: str
    completion: Completion


def of(database: Database, enrolment_id: UUID, today: date) -> Completion:
    """What is done, what lies ahead and what must be made up, in the language in use."""
    with database.read_patients(_("Look at what is completed")) as db:
        return load(db, [enrolment_id], today)[enrolment_id]


def of_group(database: Database, group_id: UUID, today: date) -> tuple[Standing, ...]:
    """Everybody who has a place in the group now, those who lack most first."""
    with database.read_patients(_("Look at what the group has completed")) as db:
        rows = db.execute(
            select(
                EnrolmentRow.id,
                EnrolmentRow.patient_id,
                PatientRow.given_name,
                PatientRow.family_name,
            )
            .join(PatientRow, PatientRow.id == EnrolmentRow.patient_id)
            .where(EnrolmentRow.group_id == group_id, HELD)
        ).all()
        found = load(db, (row.id for row in rows), today)
        saw(db, (row.patient_id for row in rows))
    standing = [
        Standing(row.id, row.patient_id, f"{row.given_name} {row.family_name}", found[row.id])
        for row in rows
    ]
    return tuple(
        sorted(
            standing,
            key=lambda one: (
                -sum(part.lacking for part in one.completion.lacking),
                folded(one.name),
            ),
        )
    )


# For the other use cases


def load(db: Db, enrolments: Iterable[UUID], today: date) -> dict[UUID, Completion]:
    """Of each of *enrolments*: what earlier places on the same way gave counts too."""
    wanted = tuple(enrolments)
    own = schedule_batches.load(db, wanted, told=False)
    rows = {row.id: row for row in schedule_batches.places(db, own)}
    saw(db, {row.patient_id for row in rows.values()})
    noted = _noted(db, {row.patient_id for row in rows.values()})
    links = _links(db, {row.group_id for row in rows.values()})
    earlier = _earlier(db, rows, noted)
    found = {}
    for key, row in rows.items():
        content = content_of(row.group.programme_version)
        strands = links.get(row.group_id, {})
        met = [
            _of_line(line, row, strands, noted, today)
            for line in own[key].lines
            if line.kind is not LineKind.VISIT or line.session.strand
        ]
        there = {one.occasion_id for one in met}
        met += [one for one in earlier.get(key, ()) if one.occasion_id not in there]
        found[key] = completion(content, met)
    return found


def _of_line(
    line: Line, row: EnrolmentRow, links: Mapping[UUID, str], noted: Noted, today: date
) -> Met:
    held = line.session
    state, minutes = noted.get((held.id, row.patient_id), (None, None))
    base = line.instead_of or held
    strand = links.get(base.id) or base.strand
    if isinstance(base, Session) and base.group_id != row.group_id and base.id not in links:
        strand = ""  # of another group: the module says which part it is
    return Met(
        held.id,
        _module(held, row),
        held.start,
        held.minutes,
        strand,
        state,
        minutes,
        ahead=held.start.date() >= today,
        goes=line.kind not in STAYS_AWAY and not held.cancelled,
    )


def _module(held: Session | Visit, row: EnrolmentRow) -> str:
    if isinstance(held, Session):
        return held.module
    return content_of(row.group.programme_version).strand(held.strand).module


def _noted(db: Db, patients: Iterable[UUID]) -> Noted:
    found: dict[tuple[UUID, UUID], tuple[AttendanceState, int | None]] = {}
    for part in parts(patients):
        found |= attendance.standing(db, AttendanceRow.patient_id.in_(part))
    return found


def _links(db: Db, groups: Iterable[UUID]) -> dict[UUID, dict[UUID, str]]:
    found: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for part in parts(groups):
        for row in db.execute(
            select(LinkRow.group_id, LinkRow.session_id, LinkRow.strand).where(
                LinkRow.group_id.in_(part)
            )
        ):
            found[row.group_id][row.session_id] = row.strand
    return found


def _earlier(
    db: Db, rows: Mapping[UUID, EnrolmentRow], noted: Noted
) -> dict[UUID, tuple[Met, ...]]:
    """What each patient came to on the same way, in this group and in those before it."""
    ways = {row.referral_id for row in rows.values() if row.referral_id}
    of_way: dict[UUID, set[UUID]] = defaultdict(set)
    places: set[UUID] = set(rows)
    for part in parts(ways):
        for row in db.execute(
            select(EnrolmentRow.id, EnrolmentRow.referral_id).where(
                EnrolmentRow.referral_id.in_(part)
            )
        ):
            if row.referral_id:
                of_way[row.referral_id].add(row.id)
                places.add(row.id)
    by_place: dict[UUID, set[tuple[UUID, UUID]]] = defaultdict(set)
    for part in parts(places):
        for place_id, occasion_id, patient_id in db.execute(
            select(
                AttendanceRow.enrolment_id, AttendanceRow.occasion_id, AttendanceRow.patient_id
            ).where(AttendanceRow.enrolment_id.in_(part))
        ):
            by_place[place_id].add((occasion_id, patient_id))
    known = _occasions(db, {key for marks in by_place.values() for key, _patient in marks})
    found = {}
    for key, place in rows.items():
        own = {key} | (of_way[place.referral_id] if place.referral_id else set())
        met = []
        for mark in sorted({mark for one in own for mark in by_place[one]}):
            occasion = known.get(mark[0])
            if mark in noted and occasion is not None:
                state, minutes = noted[mark]
                module, start, length = occasion
                met.append(Met(mark[0], module, start, length, "", state, minutes))
        found[key] = tuple(met)
    return found


def _occasions(db: Db, keys: Iterable[UUID]) -> dict[UUID, tuple[str, datetime, int]]:
    """By key: the module, the start and the minutes of sessions and visits that were noted."""
    found = {}
    wanted = set(keys)
    for part in parts(wanted):
        for row in db.execute(
            select(SessionRow.id, SessionRow.module, SessionRow.start, SessionRow.minutes).where(
                SessionRow.id.in_(part)
            )
        ):
            found[row.id] = row.module, row.start, row.minutes
    for part in parts(wanted - found.keys()):
        visits = db.execute(
            select(
                VisitRow.id,
                VisitRow.strand,
                VisitRow.start,
                VisitRow.minutes,
                EnrolmentRow.group_id,
            )
            .join(EnrolmentRow, EnrolmentRow.id == VisitRow.enrolment_id)
            .where(VisitRow.id.in_(part), VisitRow.strand != "")
        ).all()
        contents = _contents(db, {row.group_id for row in visits})
        for visit in visits:
            module = contents[visit.group_id].strand(visit.strand).module
            found[visit.id] = module, visit.start, visit.minutes
    return found


def _contents(db: Db, groups: Iterable[UUID]) -> dict[UUID, Content]:
    return {
        row.id: content_of(row.programme_version)
        for part in parts(groups)
        for row in db.scalars(select(GroupRow).where(GroupRow.id.in_(part)))
    }
