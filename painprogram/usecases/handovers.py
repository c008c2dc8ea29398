"""Somebody leaves, or passes something on: what is theirs, and to whom it goes, in one step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload, selectinload

from painprogram.domain.diary import Diary
from painprogram.domain.errors import Refused
from painprogram.domain.groups import GroupStatus
from painprogram.domain.names import folded
from painprogram.domain.people import Profession, Staff
from painprogram.domain.sessions import Session, Visit
from painprogram.i18n import N_, _
from painprogram.storage.access import saw
from painprogram.storage.changes import changed_by_another
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    EnrolmentRow,
    GroupRow,
    LeaderRow,
    PatientRow,
    ProgrammeRow,
    SessionRow,
    StaffRow,
    VisitRow,
)
from painprogram.usecases import occasions, rules, sessions
from painprogram.usecases.availability import staff_time
from painprogram.usecases.programmes import content_of
from painprogram.usecases.staff import as_staff


class Part(StrEnum):
    """In what way something is somebody's."""

    OWNS_GROUP = "owns_group"
    DEPUTY_GROUP = "deputy_group"
    OWNS_PROGRAMME = "owns_programme"
    DEPUTY_PROGRAMME = "deputy_programme"
    LEADS = "leads"
    VISITS = "visits"
    CONTACT = "contact"

    @property
    def label(self) -> str:
        return _(_PARTS[self])


_PARTS = {
    Part.OWNS_GROUP: N_("Owns the group"),
    Part.DEPUTY_GROUP: N_("Deputy of the group"),
    Part.OWNS_PROGRAMME: N_("Owns the programme"),
    Part.DEPUTY_PROGRAMME: N_("Deputy of the programme"),
    Part.LEADS: N_("Leads"),
    Part.VISITS: N_("Individual visits"),
    Part.CONTACT: N_("Contact person of patients"),
}


@dataclass(frozen=True, slots=True)
class Belonging:
    """One thing that can go to somebody else.

    *thing* is the key of a group or programme; of what is led, the group's and its *strand*.
    """

    part: Part
    title: str
    thing: UUID | None = None
    strand: str = ""
    many: int = 1
    """Sessions, visits or patients."""
    first: date | None = None
    last: date | None = None
    profession: Profession | None = None
    """Asked for in what is led."""
    proposed: UUID | None = None
    """To whom it would go: the deputy, or whoever leads it too."""

    @property
    def key(self) -> tuple[Part, UUID | None, str]:
        return self.part, self.thing, self.strand


@dataclass(frozen=True, slots=True)
class Handover:
    """What is somebody's after a last day."""

    staff: Staff
    belongings: tuple[Belonging, ...]
    colleagues: tuple[Staff, ...]
    """Everybody else who works here, at every centre."""


@dataclass(frozen=True, slots=True)
class Passed:
    """One thing and whom it goes to; None: to nobody for now."""

    belonging: Belonging
    to: UUID | None


def handover(database: Database, staff_id: UUID, last_day: date) -> Handover:
    """What somebody owns, deputises, leads after *last_day* and is contact person for."""
    with database.read_patients(_("List what a colleague has")) as db:
        person = _person(db, staff_id)
        people = db.scalars(
            select(StaffRow)
            .where(StaffRow.active, StaffRow.id != staff_id)
            .options(joinedload(StaffRow.centre))
        )
        colleagues = tuple(
            sorted((as_staff(row) for row in people), key=lambda one: folded(one.name))
        )
        contacts = list(db.scalars(select(PatientRow.id).where(PatientRow.contact_id == staff_id)))
        saw(db, contacts)
        found = [
            *_groups(db, staff_id),
            *_programmes(db, staff_id),
            *_led(db, staff_id, last_day, colleagues),
            *_visits(db, staff_id, last_day, colleagues),
        ]
        if contacts:
            found.append(Belonging(Part.CONTACT, "", many=len(contacts)))
        active = {one.id for one in colleagues}
        return Handover(person, tuple(_proposed(found, active)), colleagues)


def hand_over(
    database: Database,
    staff_id: UUID,
    last_day: date,
    passed: Iterable[Passed],
    *,
    leaves: bool = False,
    reason: str = "",
    today: date | None = None,
) -> None:
    """Give each thing to whom it goes, in one step; with *leaves* they are no longer offered.

    What is led up to *last_day* stays theirs. *reason* answers for what the centre's rules want
    acknowledged.
    """
    wanted = tuple(passed)
    if any(one.to == staff_id for one in wanted):
        raise Refused(_("Choose somebody else than the one who hands over."))
    with database.read() as db:
        name = _person(db, staff_id).name
    wording = _("{name} leaves") if leaves else _("Hand over from {name}")
    with database.change(wording.format(name=name)) as db:
        row = db.get_one(StaffRow, staff_id)
        for one in wanted:
            if one.to is not None and not db.get_one(StaffRow, one.to).active:
                raise Refused(_("Somebody you chose no longer works here. Choose again."))
        touched = _occasions(db, staff_id, last_day, wanted)
        with rules.kept(db, touched, today, reason, database.actor.name):
            for one in wanted:
                _pass_on(db, staff_id, last_day, one)
        if leaves:
            row.active = False


# What is theirs


def _groups(db: Db, staff_id: UUID) -> list[Belonging]:
    rows = db.scalars(
        select(GroupRow)
        .where(
            or_(GroupRow.owner_id == staff_id, GroupRow.deputy_id == staff_id),
            GroupRow.status.not_in([GroupStatus.CANCELLED]),
        )
        .order_by(GroupRow.start.desc(), GroupRow.name)
    ).all()
    found = [
        Belonging(Part.OWNS_GROUP, row.name, row.id, proposed=row.deputy_id)
        for row in rows
        if row.owner_id == staff_id
    ]
    found += [
        Belonging(Part.DEPUTY_GROUP, row.name, row.id) for row in rows if row.deputy_id == staff_id
    ]
    return found


def _programmes(db: Db, staff_id: UUID) -> list[Belonging]:
    rows = db.scalars(
        select(ProgrammeRow)
        .where(or_(ProgrammeRow.owner_id == staff_id, ProgrammeRow.deputy_id == staff_id))
        .options(selectinload(ProgrammeRow.versions))
        .order_by(ProgrammeRow.key)
    ).all()
    found = []
    for row in rows:
        title = str(content_of(row.versions[-1]).name) if row.versions else row.key
        if row.owner_id == staff_id:
            found.append(Belonging(Part.OWNS_PROGRAMME, title, row.id, proposed=row.deputy_id))
        if row.deputy_id == staff_id:
            found.append(Belonging(Part.DEPUTY_PROGRAMME, title, row.id))
    return found


def _led(db: Db, staff_id: UUID, last_day: date, people: Sequence[Staff]) -> list[Belonging]:
    """A series is one thing: it goes to one person, as a rule the deputy of its group."""
    led = select(LeaderRow.session_id).where(LeaderRow.staff_id == staff_id)
    there = sessions.load(db, SessionRow.id.in_(led), *_ahead(last_day))
    if not there:
        return []
    ordered = sorted(there, key=lambda one: (one.group_name, str(one.group_id), one.strand))
    deputies = {row.id: row.deputy for row in db.scalars(_groups_of(ordered))}
    free = _Free(db, there, people)
    found = []
    for (group, strand), series in groupby(ordered, key=lambda one: (one.group_id, one.strand)):
        held = sorted(series, key=lambda one: one.start)
        mine = next(one for one in held[0].leaders if one.staff_id == staff_id)
        deputy = deputies.get(group)
        if deputy is not None and deputy.profession == mine.profession:
            proposed: UUID | None = deputy.id
        else:
            proposed = free.best(held, mine.profession)
        found.append(
            Belonging(
                Part.LEADS,
                f"{held[0].title} ({held[0].group_name})",
                group,
                strand,
                len(held),
                held[0].start.date(),
                held[-1].start.date(),
                mine.profession,
                proposed,
            )
        )
    return sorted(found, key=lambda one: (one.first or last_day, one.title))


class _Free:
    """Who could take over a series, by how often they are taken when it is held."""

    def __init__(self, db: Db, there: Sequence[Session | Visit], people: Sequence[Staff]) -> None:
        days = [one.start.date() for one in there]
        held = occasions.load(db, min(days), max(days))
        self._diary = Diary(one.occasion for one in held.values())
        self._times = staff_time(db, min(days), max(days))
        self._people = people

    def best(self, held: Sequence[Session | Visit], profession: Profession) -> UUID | None:
        suited = [
            one
            for one in self._people
            if one.profession is profession
            and all(
                one.id != leader.staff_id
                for session in held
                if isinstance(session, Session)
                for leader in session.leaders
            )
        ]
        if not suited:
            return None
        centre = held[0].centre_id
        return min(
            suited,
            key=lambda one: (
                sum(self._taken(one.id, session) for session in held),
                one.centre_id != centre,
                one.name,
            ),
        ).id

    def _taken(self, staff_id: UUID, session: Session | Visit) -> bool:
        time_ = self._times[staff_id]
        return (
            self._diary.meets(staff_id, session.start, session.end) is not None
            or not time_.works(session.start, session.end)
            or any(one.meets(session.start, session.end) for one in (*time_.absent, *time_.busy))
        )


def _groups_of(there: Iterable[Session]) -> Select[GroupRow]:
    keys = {one.group_id for one in there}
    return select(GroupRow).where(GroupRow.id.in_(keys)).options(joinedload(GroupRow.deputy))


def _visits(db: Db, staff_id: UUID, last_day: date, people: Sequence[Staff]) -> list[Belonging]:
    there = sessions.load_visits(db, VisitRow.staff_id == staff_id, *_visits_ahead(last_day))
    if not there:
        return []
    free = _Free(db, there, people)
    ordered = sorted(there, key=lambda one: (one.group_name, str(one.group_id), one.start))
    found = []
    for group, visits in groupby(ordered, key=lambda one: one.group_id):
        held = list(visits)
        leader = held[0].leader
        found.append(
            Belonging(
                Part.VISITS,
                held[0].group_name,
                group,
                "",
                len(held),
                held[0].start.date(),
                held[-1].start.date(),
                leader.profession if leader else None,
                free.best(held, leader.profession) if leader else None,
            )
        )
    return found


def _ahead(last_day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return SessionRow.start >= _after(last_day), SessionRow.cancelled.is_(False)


def _visits_ahead(last_day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return VisitRow.start >= _after(last_day), VisitRow.cancelled.is_(False)


def _after(last_day: date) -> datetime:
    return datetime.combine(last_day + timedelta(days=1), time())


def _proposed(found: Sequence[Belonging], active: set[UUID]) -> Iterable[Belonging]:
    """A deputy who has left is no proposal; what is led goes where its group goes, if it can."""
    for one in found:
        yield one if one.proposed in active else replace(one, proposed=None)


# To whom it goes


def _occasions(
    db: Db, staff_id: UUID, last_day: date, passed: Iterable[Passed]
) -> tuple[UUID, ...]:
    """The sessions and visits that somebody else is to lead; who gets none, leaves a clash."""
    led = select(LeaderRow.session_id).where(LeaderRow.staff_id == staff_id)
    given = [one.belonging for one in passed if one.to is not None]
    found: list[UUID] = []
    for one in given:
        if one.part is Part.LEADS:
            found += db.scalars(
                select(SessionRow.id).where(
                    SessionRow.id.in_(led),
                    SessionRow.group_id == one.thing,
                    SessionRow.strand == one.strand,
                    *_ahead(last_day),
                )
            )
        elif one.part is Part.VISITS:
            found += db.scalars(
                select(VisitRow.id)
                .join(EnrolmentRow, EnrolmentRow.id == VisitRow.enrolment_id)
                .where(
                    VisitRow.staff_id == staff_id,
                    EnrolmentRow.group_id == one.thing,
                    *_visits_ahead(last_day),
                )
            )
    return tuple(found)


def _pass_on(db: Db, staff_id: UUID, last_day: date, passed: Passed) -> None:
    one, to = passed.belonging, passed.to
    if one.part in (Part.OWNS_GROUP, Part.DEPUTY_GROUP):
        _own(db.get(GroupRow, one.thing), staff_id, to)
    elif one.part in (Part.OWNS_PROGRAMME, Part.DEPUTY_PROGRAMME):
        _own(db.get(ProgrammeRow, one.thing), staff_id, to)
    elif one.part is Part.LEADS:
        _lead(db, staff_id, last_day, one, to)
    elif one.part is Part.VISITS:
        for visit in db.scalars(
            select(VisitRow).where(VisitRow.staff_id == staff_id, *_visits_ahead(last_day))
        ):
            if visit.enrolment.group_id == one.thing:
                visit.staff_id = to
                visit.sequence += 1
    else:
        for patient in db.scalars(select(PatientRow).where(PatientRow.contact_id == staff_id)):
            patient.contact_id = to


def _own(row: GroupRow | ProgrammeRow | None, staff_id: UUID, to: UUID | None) -> None:
    """Whoever takes over is not their own deputy."""
    if row is None or staff_id not in (row.owner_id, row.deputy_id):
        raise changed_by_another()
    if row.owner_id == staff_id:
        row.owner_id = to
        if to is not None and row.deputy_id == to:
            row.deputy_id = None
    else:
        row.deputy_id = None if to == row.owner_id else to


def _lead(db: Db, staff_id: UUID, last_day: date, one: Belonging, to: UUID | None) -> None:
    rows = db.scalars(
        select(SessionRow)
        .where(SessionRow.group_id == one.thing, SessionRow.strand == one.strand, *_ahead(last_day))
        .options(selectinload(SessionRow.leaders))
    )
    for row in rows:
        leaders = [leader.staff_id for leader in row.leaders]
        if staff_id in leaders:
            put = [to if leader == staff_id else leader for leader in leaders]
            sessions.set_leaders(db, row, [leader for leader in put if leader is not None])
            row.sequence += 1


def _person(db: Db, staff_id: UUID) -> Staff:
    row = db.scalar(
        select(StaffRow).where(StaffRow.id == staff_id).options(joinedload(StaffRow.centre))
    )
    if row is None:
        raise Refused(_("The colleague is no longer there."))
    return as_staff(row)
