"""A patient's own schedule: the base of the group, and what differs for this patient."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.domain.patients import Enrolment
from painprogram.domain.programmes import ModuleKind, Placement, Strand
from painprogram.domain.schedule import (
    Deviation,
    DeviationKind,
    Line,
    check_reason,
    check_swap,
    own_schedule,
)
from painprogram.domain.sessions import Session, Visit, check_time
from painprogram.i18n import _
from painprogram.storage import guards, places
from painprogram.storage.access import saw
from painprogram.storage.changes import expect
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    DeviationRow,
    EnrolmentRow,
    GroupRow,
    ProgrammeVersionRow,
    RoomRow,
    SessionRow,
    StaffRow,
    VisitRow,
)
from painprogram.usecases import rules, sessions
from painprogram.usecases.patients import as_enrolment
from painprogram.usecases.programmes import content_of

LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class OwnSchedule:
    """A place with its lines, in order of time."""

    enrolment: Enrolment
    lines: tuple[Line, ...]


def own(database: Database, enrolment_id: UUID) -> OwnSchedule:
    """The patient's schedule now: it follows the group's sessions wherever they move."""
    with database.read_patients(_("Open own schedule")) as db:
        return load(db, enrolment_id)


def opt_out(database: Database, enrolment_id: UUID, session_id: UUID, reason: str) -> OwnSchedule:
    """The patient does not go to this session of the base schedule."""
    wanted = check_reason(reason)
    with database.change(_("Opt out of a session")) as db:
        _base_session(db, enrolment_id, session_id)
        deviate(db, enrolment_id, DeviationKind.OPT_OUT, session_id, None, wanted)
        return load(db, enrolment_id)


def swap(
    database: Database,
    enrolment_id: UUID,
    session_id: UUID,
    to_session_id: UUID,
    reason: str,
    *,
    because: str = "",
    today: date | None = None,
) -> OwnSchedule:
    """The patient goes to a parallel session instead; refused where it has no seat.

    *reason* is the patient's; *because* is why it is to be so though a rule asks.
    """
    wanted = check_reason(reason)
    with (
        database.change(_("Swap a session")) as db,
        rules.kept(db, [to_session_id], today, because, database.actor.name),
    ):
        base = _base_session(db, enrolment_id, session_id)
        there = sessions.one(db, to_session_id)
        check_swap(base, there)
        _check_rest(db, enrolment_id, there)
        deviate(db, enrolment_id, DeviationKind.SWAP, session_id, to_session_id, wanted)
        guards.sessions_hold(db, [to_session_id])
        return load(db, enrolment_id)


def add(
    database: Database,
    enrolment_id: UUID,
    session_id: UUID,
    reason: str,
    *,
    because: str = "",
    today: date | None = None,
) -> OwnSchedule:
    """The patient also goes to a session that is not in the base schedule.

    *reason* is the patient's; *because* is why it is to be so though a rule asks.
    """
    wanted = check_reason(reason)
    with (
        database.change(_("Add a session to the own schedule")) as db,
        rules.kept(db, [session_id], today, because, database.actor.name),
    ):
        there = sessions.one(db, session_id)
        _check_rest(db, enrolment_id, there)
        if any(line.session.id == session_id for line in load(db, enrolment_id).lines):
            raise Refused(_("{title} is already in the schedule.").format(title=there.title))
        deviate(db, enrolment_id, DeviationKind.ADDITION, None, session_id, wanted)
        guards.sessions_hold(db, [session_id])
        return load(db, enrolment_id)


def follow_base(database: Database, deviation_id: UUID) -> OwnSchedule:
    """Take away an opt-out, a swap or an addition: the base schedule holds again."""
    with database.change(_("Follow the base schedule again")) as db:
        row = db.get(DeviationRow, deviation_id)
        if row is None:
            raise Refused(_("The difference is no longer there."))
        enrolment_id = row.enrolment_id
        db.delete(row)
        db.flush()
        return load(db, enrolment_id)


def add_visit(
    database: Database,
    enrolment_id: UUID,
    start: datetime,
    minutes: int,
    *,
    title: str = "",
    strand: str = "",
    staff_id: UUID | None = None,
    room_id: UUID | None = None,
    reason: str = "",
    because: str = "",
    today: date | None = None,
) -> OwnSchedule:
    """Put an individual visit into the own schedule; one of the programme's where *strand* is.

    *reason* is what the visit is for; *because* is why it stands there though a rule asks.
    """
    check_time(start, minutes)
    if len(title) > LONGEST_TITLE:
        raise Refused(
            _("The title is too long: {most} characters at most.").format(most=LONGEST_TITLE)
        )
    if not strand and not title.strip():
        raise Refused(_("Write what the visit is for, in a word or two."))
    made: list[UUID] = []
    with (
        database.change(_("Add an individual visit")) as db,
        rules.kept(db, made, today, because, database.actor.name),
    ):
        enrolment = db.get_one(EnrolmentRow, enrolment_id)
        group = db.get_one(GroupRow, enrolment.group_id)
        row = VisitRow(
            patient_id=enrolment.patient_id,
            enrolment_id=enrolment_id,
            centre_id=db.get_one(RoomRow, room_id).centre_id if room_id else group.centre_id,
            strand=strand,
            title=" ".join(title.split()),
            start=start,
            minutes=minutes,
            staff_id=db.get_one(StaffRow, staff_id).id if staff_id else None,
            room_id=room_id,
            reason=" ".join(reason.split()),
        )
        db.add(row)
        db.flush()
        made.append(row.id)
        return load(db, enrolment_id)


def move_visit(
    database: Database,
    visit_id: UUID,
    start: datetime,
    minutes: int | None = None,
    *,
    room_id: UUID | None = None,
    staff_id: UUID | None = None,
    version: int | None = None,
    reason: str = "",
    today: date | None = None,
) -> OwnSchedule:
    """Move a visit, or let it last *minutes*; to another room or colleague where one is given.

    *reason*: why it is to stand there though a rule asks.
    """
    with (
        database.change(_("Move an individual visit")) as db,
        rules.kept(db, [visit_id], today, reason, database.actor.name),
    ):
        row = _visit_row(db, visit_id)
        if version is not None:
            expect(row, version)
        length = row.minutes if minutes is None else minutes
        check_time(start, length)
        room = db.get_one(RoomRow, room_id).id if room_id else row.room_id
        staff = db.get_one(StaffRow, staff_id).id if staff_id else row.staff_id
        if (row.start, row.minutes, row.room_id, row.staff_id) != (start, length, room, staff):
            row.start, row.minutes, row.room_id, row.staff_id = start, length, room, staff
            row.sequence += 1
        db.flush()
        return load(db, row.enrolment_id)


def remove_visit(database: Database, visit_id: UUID) -> OwnSchedule:
    with database.change(_("Remove an individual visit")) as db:
        row = _visit_row(db, visit_id)
        enrolment_id = row.enrolment_id
        db.delete(row)
        db.flush()
        return load(db, enrolment_id)


def visit_strands(database: Database, group_id: UUID) -> tuple[tuple[Strand, str, int], ...]:
    """The visits the programme asks for, each with its name and minutes."""
    with database.read() as db:
        content = content_of(db.get_one(GroupRow, group_id).programme_version)
        return tuple(
            (strand, str(module.name), module.minutes)
            for strand in content.strands
            if strand.placement is Placement.VISIT
            for module in [content.module(strand.module)]
        )


# For the other use cases


def load(db: Db, enrolment_id: UUID) -> OwnSchedule:
    row = db.scalar(
        select(EnrolmentRow)
        .where(EnrolmentRow.id == enrolment_id)
        .options(joinedload(EnrolmentRow.group))
    )
    if row is None:
        raise Refused(_("The place in the group is no longer there."))
    saw(db, [row.patient_id])
    base = sessions.base_schedule(db, row.group_id)
    deviations = tuple(
        Deviation(
            d.id, d.enrolment_id, DeviationKind(d.kind), d.session_id, d.to_session_id, d.reason
        )
        for d in db.scalars(select(DeviationRow).where(DeviationRow.enrolment_id == enrolment_id))
    )
    elsewhere = {d.to_session_id for d in deviations if d.to_session_id}
    others = sessions.load(db, SessionRow.id.in_(elsewhere)) if elsewhere else ()
    lines = own_schedule(
        base,
        deviations,
        {session.id: session for session in others},
        _visits(db, row),
        places.laps(db, [enrolment_id])[enrolment_id],
    )
    return OwnSchedule(as_enrolment(row), lines)


def _visits(db: Db, enrolment: EnrolmentRow) -> Iterable[Visit]:
    """With the title and reason that only the patient's own schedule shows."""
    told = {
        row.id: row
        for row in db.scalars(select(VisitRow).where(VisitRow.enrolment_id == enrolment.id))
    }
    version = db.scalar(
        select(ProgrammeVersionRow)
        .join(GroupRow, GroupRow.programme_version_id == ProgrammeVersionRow.id)
        .where(GroupRow.id == enrolment.group_id)
        .options(joinedload(ProgrammeVersionRow.programme))
    )
    content = content_of(version) if version else None
    for visit in sessions.load_visits(db, VisitRow.enrolment_id == enrolment.id):
        row = told[visit.id]
        title, kind = row.title or visit.title, ModuleKind.INDIVIDUAL
        if row.strand and content:
            module = content.module(content.strand(row.strand).module)
            title, kind = str(module.name), module.kind
        yield replace(visit, title=title, kind=kind, reason=row.reason)


def _base_session(db: Db, enrolment_id: UUID, session_id: UUID) -> Session:
    group_id = db.get_one(EnrolmentRow, enrolment_id).group_id
    for session in sessions.base_schedule(db, group_id):
        if session.id == session_id:
            return session
    raise Refused(_("The session is not in the group's base schedule."))


def _check_rest(db: Db, enrolment_id: UUID, there: Session) -> None:
    if places.laps(db, [enrolment_id])[enrolment_id].rests(there.start.date()):
        raise Refused(
            _("The patient rests from the group on {day}.").format(
                day=i18n.day_long(there.start.date())
            )
        )


def deviate(
    db: Db,
    enrolment_id: UUID,
    kind: DeviationKind,
    session_id: UUID | None,
    to_session_id: UUID | None,
    reason: str,
) -> None:
    """One difference for each base session: a new one takes the place of the old."""
    row = db.scalar(
        select(DeviationRow).where(
            DeviationRow.enrolment_id == enrolment_id,
            or_(
                DeviationRow.session_id == session_id,
                DeviationRow.session_id.is_(None) & (DeviationRow.to_session_id == to_session_id),
            ),
        )
    )
    if row is None:
        enrolment = db.get_one(EnrolmentRow, enrolment_id)
        row = DeviationRow(
            patient_id=enrolment.patient_id, enrolment_id=enrolment_id, session_id=session_id
        )
        db.add(row)
    row.kind, row.to_session_id, row.reason = kind, to_session_id, reason
    db.flush()


def _visit_row(db: Db, visit_id: UUID) -> VisitRow:
    row = db.get(VisitRow, visit_id)
    if row is None:
        raise Refused(_("The visit is no longer there."))
    return row
