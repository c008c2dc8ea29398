"""A patient moves to another group: what was stays with the old place, what comes is the new's.

The old place ends as ``moved`` and keeps its own schedule, rosters, attendance and sheets. Goals
and home practice, visits and additions ahead and what is left of a pause go along. Until the
first day in the new group the patient comes to the old one's sessions as before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.errors import Refused
from painprogram.domain.patients import Enrolment
from painprogram.domain.schedule import (
    STAYS_AWAY,
    DeviationKind,
    Line,
    LineKind,
    check_reason,
)
from painprogram.domain.sessions import Session, Visit
from painprogram.i18n import _, date_short
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.places import MOVED
from painprogram.storage.tables import (
    AttendanceRow,
    DeviationRow,
    EnrolmentRow,
    VisitRow,
)
from painprogram.usecases import commitments, enrolments, groups, laps, rests, schedules, sessions
from painprogram.usecases.patients import as_enrolment


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of everything when a patient moves on a day."""

    old: Enrolment
    group_id: UUID
    group_name: str
    first: date
    past: tuple[Line, ...]
    """What the patient has had in the old group: kept."""
    noted: int
    """Of those: how many attendance is noted at."""
    until: tuple[Line, ...]
    """What is still gone to in the old group before the first day in the new one."""
    left: tuple[Line, ...]
    """What the patient would have gone to in the old group after that."""
    new: tuple[Session, ...]
    """What comes in the new group."""
    follows: tuple[Line, ...]
    """Visits and additions ahead that go along."""
    again: tuple[str, ...]
    """Modules of a single session that the patient has had and that come again."""
    lacking: tuple[str, ...]
    """Modules that the new group has behind it and the patient has not had."""
    goals: int
    """Goals and home practice that go along, to be agreed again."""
    free: int
    """Seats in the new group before the move."""


def preview(
    database: Database, enrolment_id: UUID, group_id: UUID, first: date, today: date
) -> Move:
    """What a move on *first* keeps and brings; nothing is changed."""
    with database.read_patients(_("Preview a move to another group")) as db:
        return _planned(db, enrolment_id, group_id, first, today)


def move(
    database: Database,
    enrolment_id: UUID,
    group_id: UUID,
    first: date,
    reason: str,
    *,
    today: date,
    because: str = "",
) -> Enrolment:
    """Let a patient go on in another group from *first* on: the new place.

    Refused where that is full or not open. One step: undo takes all of it back. *because*: why
    it is to be so though a rule asks.
    """
    wanted = check_reason(reason)
    who = database.actor.name
    with (
        database.change(_("Move patient to another group")) as db,
        enrolments.held_to_rules(db, group_id, first, because, who, today),
    ):
        plan = _planned(db, enrolment_id, group_id, first, today)
        old = db.get_one(EnrolmentRow, enrolment_id)
        begins = min(first, today)
        old.last, old.reason, old.ended_as = max(begins, old.first), wanted, MOVED
        db.flush()
        new = enrolments.place(db, old.patient_id, group_id, begins)
        if first > new.first:
            new.lap_end = laps.end_of(db, new.group, first)
        _bridge(db, plan, new, today)
        _bring(db, plan, new)
        rests.carry(db, old.id, new, first)
        commitments.carry(db, old.id, new.id)
        db.flush()
        return as_enrolment(new)


def _planned(db: Db, enrolment_id: UUID, group_id: UUID, first: date, today: date) -> Move:
    own = schedules.load(db, enrolment_id)
    if own.enrolment.last is not None:
        raise Refused(_("The place has already ended."))
    if group_id == own.enrolment.group_id:
        raise Refused(_("The patient is in that group already."))
    if first < min(own.enrolment.first, today):
        raise Refused(
            _("The patient has been in {group} since {day} only: choose a later day.").format(
                group=own.enrolment.group_name, day=date_short(own.enrolment.first)
            )
        )
    noted = _noted(db, own.enrolment)
    _check_unnoted(own.lines, noted, first)
    group = groups.one(db, group_id)
    enrolments.check_open(group)
    goes = [line for line in own.lines if line.kind not in STAYS_AWAY and _is_held(line)]
    base = sessions.base_schedule(db, group_id)
    shared = {session.id for session in base}
    new = tuple(one for one in base if one.start.date() >= first and not one.cancelled)
    past = tuple(line for line in goes if line.start.date() < min(first, today))
    until = tuple(
        line
        for line in goes
        if today <= line.start.date() < first
        and isinstance(line.session, Session)
        and line.session.id not in shared
    )
    follows = tuple(
        line
        for line in own.lines
        if line.start.date() >= min(first, today)
        and line.kind in (LineKind.VISIT, LineKind.ADDITION)
        and (line.start.date() >= first or isinstance(line.session, Visit))
        and line.session.id not in shared
    )
    left = tuple(line for line in goes if line.start.date() >= first and line not in follows)
    had = {line.session.module for line in (*past, *until) if isinstance(line.session, Session)}
    had |= _had_before(db, own.enrolment)
    promised = commitments.load(db, enrolment_id)
    return Move(
        own.enrolment,
        group.id,
        group.name,
        first,
        past,
        len(noted),
        until,
        left,
        new,
        follows,
        _titles(one for one in new if one.module in had and one.of == 1),
        _lacking(base, new, had),
        len(promised.goals) + len(promised.home),
        max(0, group.maximum - group.taken),
    )


def _had_before(db: Db, place: Enrolment) -> set[str]:
    """The modules that the patient met in the groups they have moved from."""
    earlier = select(EnrolmentRow.id, EnrolmentRow.last).where(
        EnrolmentRow.patient_id == place.patient_id, EnrolmentRow.ended_as == MOVED
    )
    return {
        line.session.module
        for row in db.execute(earlier).all()
        for line in schedules.load(db, row.id).lines
        if isinstance(line.session, Session) and line.attends and line.start.date() < row.last
    }


def _is_held(line: Line) -> bool:
    return not line.session.cancelled


def _titles(found: Iterable[Session]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.title for one in found))


def _lacking(base: Iterable[Session], new: tuple[Session, ...], had: set[str]) -> tuple[str, ...]:
    ahead = {one.module for one in new}
    return _titles(
        one
        for one in base
        if not one.cancelled and one.module not in ahead and one.module not in had
    )


def _noted(db: Db, place: Enrolment) -> frozenset[UUID]:
    """The sessions and visits that attendance is noted at."""
    saw(db, [place.patient_id])
    return frozenset(
        db.scalars(select(AttendanceRow.occasion_id).where(AttendanceRow.enrolment_id == place.id))
    )


def _check_unnoted(lines: Iterable[Line], noted: frozenset[UUID], first: date) -> None:
    for line in lines:
        if line.session.id in noted and line.start.date() >= first:
            raise Refused(
                _("Attendance is noted at {title} on {day}: choose a later day.").format(
                    title=line.session.title, day=date_short(line.start.date())
                )
            )


def _bridge(db: Db, plan: Move, new: EnrolmentRow, today: date) -> None:
    """From today until the first day in the new group the patient comes where they came."""
    words = _("In {group} until {day}").format(
        group=plan.old.group_name, day=date_short(plan.first)
    )
    for line in plan.until:
        _differ(db, new, DeviationKind.ADDITION, None, line.session.id, line.reason or words)
    shared = {session.id for session in sessions.base_schedule(db, plan.old.group_id)}
    for session in sessions.base_schedule(db, new.group_id):
        soon = today <= session.start.date() < plan.first
        if soon and session.id not in shared:  # a lecture of both is gone to all the same
            _differ(db, new, DeviationKind.OPT_OUT, session.id, None, words)


def _bring(db: Db, plan: Move, new: EnrolmentRow) -> None:
    """Visits move to the new place; an addition is written anew, the old place keeps its own."""
    for line in plan.follows:
        if isinstance(line.session, Visit):
            db.get_one(VisitRow, line.session.id).enrolment_id = new.id
        else:
            _differ(db, new, DeviationKind.ADDITION, None, line.session.id, line.reason)
    db.flush()


def _differ(
    db: Db,
    place: EnrolmentRow,
    kind: DeviationKind,
    session_id: UUID | None,
    to_session_id: UUID | None,
    reason: str,
) -> None:
    db.add(
        DeviationRow(
            patient_id=place.patient_id,
            enrolment_id=place.id,
            kind=kind,
            session_id=session_id,
            to_session_id=to_session_id,
            reason=reason,
        )
    )
    db.flush()
