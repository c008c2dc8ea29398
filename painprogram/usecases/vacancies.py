"""What an absence leaves without a leader, and what is known of those who could step in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram.domain.availability import Span
from painprogram.domain.groups import GroupStatus
from painprogram.domain.people import Profession
from painprogram.domain.programmes import Content, Module
from painprogram.domain.rooms import Equipment
from painprogram.domain.sessions import LONGEST, Session, Visit
from painprogram.domain.substitutes import Colleague, Vacancy
from painprogram.storage.tables import (
    CentreRow,
    GroupRow,
    LeaderRow,
    ProgrammeVersionRow,
    SessionRow,
    StaffRow,
    VisitRow,
)
from painprogram.usecases import sessions
from painprogram.usecases.occasions import Held
from painprogram.usecases.programmes import content_of


@dataclass(frozen=True, slots=True)
class Open:
    """A vacancy, with what a screen shows of it and what it asks of a room."""

    vacancy: Vacancy
    shown: Session | Visit
    equipment: tuple[Equipment, ...] = ()
    preparation: int = 0
    wrap_up: int = 0


def touched_sessions(db: Db, staff_id: UUID, span: Span) -> tuple[Session, ...]:
    """What they lead within *span*, also in part; not what is cancelled."""
    ids = [
        row.id
        for row in db.execute(
            select(SessionRow.id, SessionRow.start, SessionRow.minutes)
            .join(LeaderRow, LeaderRow.session_id == SessionRow.id)
            .join(GroupRow, GroupRow.id == SessionRow.group_id)
            .where(
                LeaderRow.staff_id == staff_id,
                SessionRow.cancelled.is_(False),
                GroupRow.status != GroupStatus.CANCELLED,
                *_around(SessionRow, span),
            )
        )
        if span.meets(row.start, row.start + timedelta(minutes=row.minutes))
    ]
    return sessions.load(db, SessionRow.id.in_(ids)) if ids else ()


def touched_visits(db: Db, staff_id: UUID, span: Span) -> tuple[Visit, ...]:
    found = sessions.load_visits(
        db,
        VisitRow.staff_id == staff_id,
        VisitRow.cancelled.is_(False),
        *_around(VisitRow, span),
    )
    return tuple(visit for visit in found if span.meets(visit.start, visit.end))


def _around(
    table: type[SessionRow] | type[VisitRow], span: Span
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.start < span.end, table.start > span.start - timedelta(minutes=LONGEST)


def of_sessions(
    db: Db, staff_id: UUID, found: Iterable[Session], held: Mapping[UUID, Held]
) -> tuple[Open, ...]:
    providers = _providers(db)
    vacancies = []
    for session in found:
        one = held.get(session.id)
        mine = next((leader for leader in session.leaders if leader.staff_id == staff_id), None)
        if one is None or mine is None or one.module is None:
            continue
        others = tuple(
            leader.profession for leader in session.leaders if leader.staff_id != staff_id
        )
        vacancy = Vacancy(
            one.occasion,
            staff_id,
            mine.profession,
            session.centre_id,
            providers.get(session.centre_id),
            session.module,
            str(one.module.name),
            (session.group_id, session.strand),
            one.module.needs,
            others,
        )
        vacancies.append(
            Open(
                vacancy,
                session,
                one.module.equipment,
                one.module.preparation,
                one.module.wrap_up,
            )
        )
    return tuple(vacancies)


def of_visits(
    db: Db, staff_id: UUID, found: Iterable[Visit], held: Mapping[UUID, Held]
) -> tuple[Open, ...]:
    """An own visit without a strand asks for the profession of the one who is away."""
    wanted = tuple(found)
    if not wanted:
        return ()
    providers = _providers(db)
    contents = contents_of(db, {visit.group_id for visit in wanted})
    person = db.get_one(StaffRow, staff_id)
    vacancies = []
    for visit in wanted:
        one = held.get(visit.id)
        if one is None:
            continue
        module = _module(contents[visit.group_id], visit.strand)
        vacancy = Vacancy(
            one.occasion,
            staff_id,
            Profession(person.profession),
            visit.centre_id,
            providers.get(visit.centre_id),
            module.key if module else "",
            str(module.name) if module else visit.title,
            (visit.enrolment_id,),
            module.needs if module else (),
        )
        vacancies.append(
            Open(
                vacancy,
                visit,
                preparation=module.preparation if module else 0,
                wrap_up=module.wrap_up if module else 0,
            )
        )
    return tuple(vacancies)


def contents_of(db: Db, groups: Iterable[UUID]) -> dict[UUID, Content]:
    """What each group's programme says."""
    rows = db.execute(
        select(GroupRow.id, ProgrammeVersionRow)
        .join(ProgrammeVersionRow, ProgrammeVersionRow.id == GroupRow.programme_version_id)
        .where(GroupRow.id.in_(list(groups)))
        .options(joinedload(ProgrammeVersionRow.programme))
    )
    return {group: content_of(version) for group, version in rows}


def _module(content: Content, strand: str) -> Module | None:
    known = {one.key for one in content.strands}
    return content.module(content.strand(strand).module) if strand in known else None


def colleagues(db: Db, staff_id: UUID, found: Iterable[Open]) -> tuple[Colleague, ...]:
    """Everybody who still works here but the one who is away, with what they have led."""
    wanted = tuple(found)
    led = _led(db, wanted)
    rows = db.scalars(
        select(StaffRow)
        .where(StaffRow.active, StaffRow.id != staff_id)
        .options(joinedload(StaffRow.centre))
    )
    return tuple(
        Colleague(
            row.id,
            row.name,
            Profession(row.profession),
            row.centre_id,
            row.centre.name,
            row.centre.provider_id,
            tuple(row.competences),
            led.get(row.id, {}),
        )
        for row in rows
    )


def _led(db: Db, wanted: Iterable[Open]) -> dict[UUID, dict[str, int]]:
    """How many times each colleague has led the modules that are wanted, before those."""
    found: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    first = min((one.shown.start for one in wanted), default=None)
    if first is None:
        return found
    until = datetime.combine(first.date(), time())
    modules = {one.vacancy.module for one in wanted if isinstance(one.shown, Session)}
    for staff, module, many in db.execute(
        select(LeaderRow.staff_id, SessionRow.module, func.count())
        .join(SessionRow, SessionRow.id == LeaderRow.session_id)
        .where(
            SessionRow.module.in_(modules),
            SessionRow.start < until,
            SessionRow.cancelled.is_(False),
        )
        .group_by(LeaderRow.staff_id, SessionRow.module)
    ):
        found[staff][module] += many
    strands = {
        one.shown.strand: one.vacancy.module
        for one in wanted
        if isinstance(one.shown, Visit) and one.shown.strand
    }
    for one, strand, many in db.execute(
        select(VisitRow.staff_id, VisitRow.strand, func.count())
        .where(
            VisitRow.strand.in_(strands),
            VisitRow.start < until,
            VisitRow.cancelled.is_(False),
        )
        .group_by(VisitRow.staff_id, VisitRow.strand)
    ):
        if one is not None:
            found[one][strands[strand]] += many
    return found


def _providers(db: Db) -> dict[UUID, UUID]:
    return {
        row.id: row.provider_id for row in db.execute(select(CentreRow.id, CentreRow.provider_id))
    }
