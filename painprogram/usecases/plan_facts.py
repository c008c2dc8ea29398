"""Everything a plan is made from, read at once; and a digest that tells when some of it changed."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram.domain.clashes import Occasion, Surroundings, spans_of_weeks
from painprogram.domain.errors import Refused
from painprogram.domain.groups import GroupStatus
from painprogram.domain.people import Staff
from painprogram.domain.plans import LockKind, PlanWanted, Wishes, check_wanted
from painprogram.domain.programmes import Content, Module, Strand
from painprogram.domain.rooms import Room
from painprogram.domain.rules import Level
from painprogram.domain.sessions import Session
from painprogram.domain.unsuitable import Unsuitable
from painprogram.domain.unsuitable import read as unsuitable
from painprogram.i18n import _
from painprogram.storage import places
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    CentreRow,
    DeviationRow,
    EnrolmentRow,
    GroupRow,
    LinkRow,
    PatientRow,
    RoomRow,
    SessionRow,
    StaffRow,
)
from painprogram.usecases import clashes, occasions, plan_locks, plan_wishes, sessions
from painprogram.usecases.clashes import Found
from painprogram.usecases.rooms import as_room
from painprogram.usecases.staff import as_staff
from painprogram.usecases.standing import Standing

ROUND_ABOUT = timedelta(weeks=2)
"""Something may move to a week before or after the ones that are planned."""
MOST_SESSIONS = 2000
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group that is planned."""

    id: UUID
    name: str
    centre_id: UUID
    start: date
    maximum: int
    rolling: bool
    content: Content
    linked: frozenset[UUID]
    """Sessions of activities that its patients go to."""


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A patient's place: a number instead of a name."""

    enrolment_id: UUID
    patient_id: UUID
    group_id: UUID
    number: int
    """In order of coming, within the group."""
    since: date


@dataclass(frozen=True)
class Facts:
    """Frozen: no transaction is open while a plan is made of them."""

    first: date
    """The first day that may be changed."""
    groups: Mapping[UUID, GroupFacts]
    sessions: Mapping[UUID, Session]
    """The groups' own that lie ahead."""
    occasions: Mapping[UUID, Occasion]
    """Everything that stands in those weeks, at every centre."""
    around: Surroundings
    names: Mapping[UUID, str]
    found: tuple[Found, ...]
    """Every clash there is."""
    rooms: Mapping[UUID, Room]
    staff: Mapping[UUID, Staff]
    providers: Mapping[UUID, UUID]
    """By centre."""
    locks: Mapping[UUID, frozenset[LockKind]]
    wishes: Wishes
    places: tuple[PlaceFacts, ...]
    differing: frozenset[tuple[UUID, UUID]]
    """Places that stay away from a session of their group, or have swapped it."""
    times_not: Mapping[UUID, tuple[Unsuitable, ...]] = field(default_factory=dict)

    def module(self, session: Session) -> Module:
        return self.groups[session.group_id].content.module(session.module)

    def strand(self, session: Session) -> Strand:
        return self.groups[session.group_id].content.strand(session.strand)

    def locked(self, key: UUID) -> frozenset[LockKind]:
        return self.locks.get(key, frozenset())

    def digest(self) -> str:
        """Another as soon as something that a plan looks at is not as it was."""
        told = hashlib.sha256()
        for part in self._parts():
            told.update(repr(part).encode())
        return told.hexdigest()

    def _parts(self) -> Iterable[Any]:
        yield sorted((one.id, one.version) for one in self.sessions.values())
        yield sorted(map(_plain, self.occasions.values()))
        yield sorted((key, repr(one)) for key, one in self.around.time.of.items())
        yield sorted((str(key), repr(one)) for key, one in self.around.closures.items())
        yield sorted(
            (str(key), sorted((rule, repr(one)) for rule, one in rules.set.items()))
            for key, rules in self.around.rules.items()
        )
        yield sorted((key, sorted(one.items())) for key, one in self.around.limits.items())
        yield sorted((one.id, one.version) for one in self.rooms.values())
        yield sorted((one.id, one.version) for one in self.staff.values())
        yield sorted((key, sorted(what)) for key, what in self.locks.items())
        yield sorted((one.id, repr(one.content), one.maximum) for one in self.groups.values())
        yield sorted(self.wishes.items())
        yield sorted((one.enrolment_id, one.group_id) for one in self.places)
        yield sorted(self.differing)
        yield sorted(self.times_not.items())


def _plain(one: Occasion) -> tuple[Any, ...]:
    room = str(one.room or "")
    return one.id, one.start, one.end, room, sorted(one.staff), sorted(one.patients), one.seats


def gathered(database: Database, wanted: PlanWanted, today: date) -> Facts:
    """Through the door: the times that do not suit the patients are read."""
    with database.read_patients(_("Make a plan")) as db:
        return read(db, wanted, today)


def read(db: Db, wanted: PlanWanted, today: date) -> Facts:
    """The same within a change, whose door is open."""
    check_wanted(wanted)
    first = max(wanted.first or today + timedelta(days=1), today)
    groups = _groups(db, wanted)
    ahead = _ahead(db, groups, first, wanted.last)
    last = max(one.start.date() for one in ahead.values())
    span = spans_of_weeks(first - ROUND_ABOUT, last + ROUND_ABOUT)
    centres = {one.centre_id for one in groups.values()}
    standing = Standing(db, *span, today=today, closed_at=centres)
    held = _places(db, groups)
    patients = {one.patient_id for one in held}
    patients |= {one for key in ahead for one in standing.occasions[key].patients}
    return Facts(
        first=first,
        groups=groups,
        sessions=ahead,
        occasions=standing.occasions,
        around=standing.around,
        names=standing.names,
        found=clashes.found_in(db, *spans_of_weeks(first, last), today=today),
        rooms=_rooms(db, centres, ahead.values()),
        staff=_staff(db),
        providers={
            row.id: row.provider_id
            for row in db.execute(select(CentreRow.id, CentreRow.provider_id))
        },
        locks=plan_locks.of_groups(db, groups),
        wishes=plan_wishes.of_centres(db, centres),
        places=held,
        differing=_differences(db, {one.enrolment_id for one in held}),
        times_not=_times_not(db, patients),
    )


def _groups(db: Db, wanted: PlanWanted) -> dict[UUID, GroupFacts]:
    query = select(
        GroupRow.id,
        GroupRow.name,
        GroupRow.centre_id,
        GroupRow.start,
        GroupRow.maximum,
        GroupRow.rolling,
        GroupRow.status,
        GroupRow.programme_version_id,
    ).order_by(GroupRow.name, GroupRow.id)
    if wanted.group_ids:
        query = query.where(GroupRow.id.in_(wanted.group_ids))
    else:
        query = query.where(
            GroupRow.centre_id == wanted.centre_id,
            GroupRow.status != GroupStatus.CANCELLED,
        )
    rows = db.execute(query).all()
    if len(rows) < len(set(wanted.group_ids)):
        raise Refused(_("The group is no longer there."))
    over = next((row.name for row in rows if row.status == GroupStatus.CANCELLED), None)
    if over is not None:
        raise Refused(_("{group} is cancelled: there is nothing to plan.").format(group=over))
    contents = occasions.contents(db, {row.programme_version_id for row in rows})
    linked: dict[UUID, set[UUID]] = defaultdict(set)
    for group, session in db.execute(select(LinkRow.group_id, LinkRow.session_id)):
        linked[group].add(session)
    return {
        row.id: GroupFacts(
            row.id,
            row.name,
            row.centre_id,
            row.start,
            row.maximum,
            row.rolling,
            contents[row.programme_version_id],
            frozenset(linked.get(row.id, ())),
        )
        for row in rows
    }


def _ahead(db: Db, groups: Collection[UUID], first: date, last: date | None) -> dict[UUID, Session]:
    """What may be planned: not what is cancelled, nor what has been."""
    where = [
        SessionRow.group_id.in_(groups),
        SessionRow.cancelled.is_(False),
        SessionRow.start >= datetime.combine(first, time()),
    ]
    if last is not None:
        where.append(SessionRow.start < datetime.combine(last, time()) + timedelta(days=1))
    many = db.scalar(select(func.count()).select_from(SessionRow).where(*where)) or 0
    if not many:
        raise Refused(_("There is no session to plan in those weeks. Choose others."))
    if many > MOST_SESSIONS:
        raise Refused(
            _("{many} sessions are too many at a time: plan at most {most}.").format(
                many=many, most=MOST_SESSIONS
            )
        )
    return {one.id: one for one in sessions.load(db, *where)}


def _rooms(db: Db, centres: Collection[UUID], held: Iterable[Session]) -> dict[UUID, Room]:
    """Those in use at the centres, and those that something stands in."""
    used = {one.room_id for one in held if one.room_id}
    rows = db.scalars(
        select(RoomRow)
        .where((RoomRow.active & RoomRow.centre_id.in_(list(centres))) | RoomRow.id.in_(list(used)))
        .options(joinedload(RoomRow.centre))
    )
    return {row.id: as_room(row) for row in rows}


def _staff(db: Db) -> dict[UUID, Staff]:
    rows = db.scalars(select(StaffRow).options(joinedload(StaffRow.centre)))
    return {row.id: as_staff(row) for row in rows}


def _places(db: Db, groups: Collection[UUID]) -> tuple[PlaceFacts, ...]:
    rows = db.execute(
        select(EnrolmentRow.id, EnrolmentRow.patient_id, EnrolmentRow.group_id, EnrolmentRow.first)
        .where(places.HELD, EnrolmentRow.group_id.in_(groups))
        .order_by(EnrolmentRow.group_id, EnrolmentRow.first, EnrolmentRow.id)
    )
    numbers: dict[UUID, int] = defaultdict(int)
    found = []
    for row in rows:
        numbers[row.group_id] += 1
        found.append(
            PlaceFacts(row.id, row.patient_id, row.group_id, numbers[row.group_id], row.first)
        )
    return tuple(found)


def _differences(db: Db, enrolments: Collection[UUID]) -> frozenset[tuple[UUID, UUID]]:
    found: set[tuple[UUID, UUID]] = set()
    for part in _parts(sorted(enrolments)):
        for enrolment, session in db.execute(
            select(DeviationRow.enrolment_id, DeviationRow.session_id).where(
                DeviationRow.enrolment_id.in_(part), DeviationRow.session_id.is_not(None)
            )
        ):
            found |= {(enrolment, session)} if session else set()
    return frozenset(found)


def _times_not(db: Db, patients: Collection[UUID]) -> dict[UUID, tuple[Unsuitable, ...]]:
    found: dict[UUID, tuple[Unsuitable, ...]] = {}
    for part in _parts(sorted(patients)):
        rows = db.execute(
            select(PatientRow.id, PatientRow.times_not).where(PatientRow.id.in_(part))
        )
        found |= {key: unsuitable(texts) for key, texts in rows if texts}
    saw(db, patients)
    return found


def _parts(keys: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    for first in range(0, len(keys), AT_ONCE):
        yield keys[first : first + AT_ONCE]


def troubles(facts: Facts) -> dict[UUID, str]:
    """By session: what stands against it, blocking or to be acknowledged, in a sentence."""
    said: dict[UUID, str] = {}
    for one in facts.found:
        if one.open and one.level is not Level.INFORMATION:
            for key in (one.occasion, one.other):
                if key in facts.sessions and key is not None:
                    said.setdefault(key, one.against(key))
    return said
