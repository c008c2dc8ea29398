"""Pause a group and let it go on again: its sessions wait in order, with everything they hold."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Db

from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group, check_pausing, check_resuming
from painprogram.domain.redating import weeks_until
from painprogram.domain.sessions import Session, Visit
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    DeviationRow,
    EnrolmentRow,
    GroupRow,
    PatientRow,
    PauseRow,
    SessionRow,
    VisitRow,
)
from painprogram.usecases import groups, late_changes, redating, sessions
from painprogram.usecases.programmes import content_of
from painprogram.usecases.redating import Preview


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which a group did not meet, or does not yet."""

    first: date
    last: date | None
    """The day it was resumed for; None while it lasts."""
    reason: str
    waiting: int
    """Sessions that were to have new dates."""


@dataclass(frozen=True, slots=True)
class PatientsVisit:
    """An individual visit that lies in a pause."""

    visit: Visit
    name: str
    """Of the patient."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What a pause would touch."""

    sessions: tuple[Session, ...]
    """That would wait for new dates."""
    participants: int
    guests: int
    """Patients of other groups who were to come to one of these sessions."""
    visits: tuple[PatientsVisit, ...]
    """Of the group's patients; they stay unless they are chosen."""


def pauses(database: Database, group_id: UUID) -> tuple[Pause, ...]:
    """Every pause of a group, the first one first."""
    with database.read() as db:
        rows = db.scalars(
            select(PauseRow).where(PauseRow.group_id == group_id).order_by(PauseRow.first)
        )
        return tuple(Pause(row.first, row.last, row.reason, len(row.sessions)) for row in rows)


def touched(database: Database, group_id: UUID, first: date) -> Touched:
    """What would wait and who is concerned, if the group paused from *first*."""
    with database.read_patients(_("List what a pause touches")) as db:
        group = groups.one(db, group_id)
        ahead = _ahead(db, group_id, first)
        return Touched(
            ahead,
            group.taken,
            _guests(db, [one.id for one in ahead]),
            _visits(db, group_id, first),
        )


def pause(
    database: Database, group_id: UUID, first: date, reason: str, visits: Iterable[UUID] = ()
) -> Group:
    """Cancel what the group was to do from *first* on, until it is resumed.

    Its places, own schedules and what has been held stay as they are, lectures linked in from
    another activity too. Of the patients' individual visits those in *visits* are cancelled.
    """
    wanted = " ".join(reason.split())
    if not wanted:
        raise Refused(_("Write why the group is paused: it stands beside its name."))
    name = groups.group(database, group_id).name
    with database.change(_("Pause group {name}").format(name=name)) as db:
        check_pausing(groups.one(db, group_id), first)
        waiting = _ahead(db, group_id, first)
        if not waiting:
            raise redating.nothing_ahead(name, first)
        ids = [one.id for one in waiting]
        with late_changes.noted(db, ids, who=database.actor.name):
            for row in db.scalars(select(SessionRow).where(SessionRow.id.in_(ids))):
                row.cancelled = True
                row.sequence += 1
        db.add(
            PauseRow(group_id=group_id, first=first, reason=wanted, sessions=[str(i) for i in ids])
        )
        _cancel_visits(db, group_id, visits)
        db.flush()
        return groups.one(db, group_id)


def preview(database: Database, group_id: UUID, day: date) -> Preview:
    """Every new date if the group went on from *day*, with what is skipped, moved and clashes."""
    with database.read() as db:
        return _preview(db, group_id, day)


def resume(
    database: Database,
    group_id: UUID,
    day: date,
    *,
    suggested: bool = False,
    reason: str = "",
    today: date | None = None,
) -> Group:
    """Let a paused group go on from *day*, with the dates of ``preview``.

    The sessions keep keys, numbers, rooms and leaders; with *suggested*, what is taken is
    replaced by what the preview suggests. *reason* is for what must be acknowledged.
    """
    name = groups.group(database, group_id).name
    with database.change(_("Resume group {name}").format(name=name)) as db:
        shown = _preview(db, group_id, day)
        row = db.get_one(GroupRow, group_id)
        redating.write(
            db,
            row,
            shown,
            suggested=suggested,
            reason=reason,
            today=today,
            who=database.actor.name,
        )
        _open_pause(db, group_id).last = day
        db.flush()
        return groups.one(db, group_id)


def _preview(db: Db, group_id: UUID, day: date) -> Preview:
    group = groups.one(db, group_id)
    check_resuming(group, day)
    row = db.get_one(GroupRow, group_id)
    waiting = {UUID(key) for key in _open_pause(db, group_id).sessions}
    every = sessions.load(db, SessionRow.group_id == group_id)
    # What was held after all, while the group was paused, has been decided by itself.
    left = [one for one in every if one.id in waiting and one.cancelled]
    standing = [one for one in every if one.id not in waiting or not one.cancelled]
    content = content_of(row.programme_version)
    if not left:
        return Preview((), (), content, holds=True)
    by = weeks_until([redating.as_planned(content, one) for one in left], day)
    return replace(redating.preview(db, row, left, standing, by, day), holds=True)


def _open_pause(db: Db, group_id: UUID) -> PauseRow:
    row = db.scalar(select(PauseRow).where(PauseRow.group_id == group_id, groups.under_way()))
    if row is None:
        raise Refused(_("The group is no longer paused."))
    return row


def _ahead(db: Db, group_id: UUID, first: date) -> tuple[Session, ...]:
    return sessions.load(
        db,
        SessionRow.group_id == group_id,
        SessionRow.cancelled.is_(False),
        SessionRow.start >= datetime.combine(first, time()),
    )


def _guests(db: Db, ids: Iterable[UUID]) -> int:
    found = db.scalar(
        select(func.count(DeviationRow.patient_id.distinct()))
        .join(EnrolmentRow, EnrolmentRow.id == DeviationRow.enrolment_id)
        .where(EnrolmentRow.last.is_(None), DeviationRow.to_session_id.in_(list(ids)))
    )
    return found or 0


def _visits(db: Db, group_id: UUID, first: date) -> tuple[PatientsVisit, ...]:
    of_group = select(EnrolmentRow.id).where(EnrolmentRow.group_id == group_id)
    found = sessions.load_visits(
        db,
        VisitRow.enrolment_id.in_(of_group),
        VisitRow.cancelled.is_(False),
        VisitRow.start >= datetime.combine(first, time()),
    )
    patients = {visit.patient_id for visit in found}
    names = {
        row.id: f"{row.given_name} {row.family_name}"
        for row in db.execute(
            select(PatientRow.id, PatientRow.given_name, PatientRow.family_name).where(
                PatientRow.id.in_(patients)
            )
        )
    }
    saw(db, patients)
    return tuple(PatientsVisit(visit, names[visit.patient_id]) for visit in found)


def _cancel_visits(db: Db, group_id: UUID, visits: Iterable[UUID]) -> None:
    chosen = set(visits)
    if not chosen:  # nothing of any patient is looked at
        return
    of_group = select(EnrolmentRow.id).where(EnrolmentRow.group_id == group_id)
    rows = db.scalars(
        select(VisitRow).where(VisitRow.id.in_(chosen), VisitRow.enrolment_id.in_(of_group))
    ).all()
    if len(rows) != len(chosen):
        raise Refused(_("The visit is no longer there."))
    for row in rows:
        if not row.cancelled:
            row.cancelled = True
            row.sequence += 1
