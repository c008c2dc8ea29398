"""What a patient could go to instead of a session: the same module in other groups and runs.

Here and at the other centres of the care provider, ahead, where a seat is left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session as Db

from painprogram.domain.groups import GroupStatus
from painprogram.domain.patients import Access
from painprogram.domain.rooms import Equipment
from painprogram.domain.schedule import Line
from painprogram.domain.sessions import Session, Visit
from painprogram.domain.unsuitable import Unsuitable, read
from painprogram.i18n import _, clock
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import CentreRow, GroupRow, PatientRow, RoomRow, SessionRow
from painprogram.usecases import schedules, sessions
from painprogram.usecases.schedules import OwnSchedule


@dataclass(frozen=True, slots=True)
class Alternative:
    """A session that the patient could go to, and what stands against it."""

    session: Session
    centre_name: str
    elsewhere: bool
    """At another centre than the group's."""
    free: int
    """Seats that are left."""
    against: tuple[str, ...] = ()
    """Why it does not suit, in words; empty where nothing is known."""


def alternatives(
    database: Database, enrolment_id: UUID, session_id: UUID, today: date
) -> tuple[Alternative, ...]:
    """Parallel sessions of one of the base schedule: those that suit first, then by time."""
    with database.read_patients(_("Look for another session")) as db:
        own = schedules.load(db, enrolment_id)
        base = sessions.one(db, session_id)
        return _Looked(db, own, base).found(
            db, SessionRow.module == base.module, today, near=base.start
        )


def additions(database: Database, enrolment_id: UUID, today: date) -> tuple[Alternative, ...]:
    """What could be gone to besides the base schedule: those that suit first, then by time."""
    with database.read_patients(_("Look for another session")) as db:
        own = schedules.load(db, enrolment_id)
        return _Looked(db, own, None).found(db, SessionRow.cancelled.is_(False), today)


class _Looked:
    """The patient, and where and when they are already."""

    def __init__(self, db: Db, own: OwnSchedule, base: Session | None) -> None:
        place = own.enrolment
        row = db.execute(
            select(PatientRow.times_not, PatientRow.access).where(PatientRow.id == place.patient_id)
        ).one()
        saw(db, [place.patient_id])
        here = db.execute(
            select(GroupRow.centre_id, CentreRow.provider_id)
            .join(CentreRow, CentreRow.id == GroupRow.centre_id)
            .where(GroupRow.id == place.group_id)
        ).one()
        self._group, self._centre, self._base = place.group_id, here.centre_id, base
        named = select(CentreRow.id, CentreRow.name).where(
            CentreRow.provider_id == here.provider_id
        )
        self._centres: dict[UUID, str] = {one.id: one.name for one in db.execute(named)}
        self._not: tuple[Unsuitable, ...] = read(row.times_not)
        self._step_free = Access.STEP_FREE in {Access(one) for one in row.access}
        self._there = {line.session.id for line in own.lines}
        self._there |= {line.instead_of.id for line in own.lines if line.instead_of}
        self._goes = [
            line.session
            for line in own.lines
            if line.attends and not (base and base.id in (line.session.id, _instead(line)))
        ]

    def found(
        self, db: Db, wanted: ColumnElement[bool], today: date, *, near: datetime | None = None
    ) -> tuple[Alternative, ...]:
        running = select(GroupRow.id).where(
            GroupRow.status.in_((GroupStatus.OPEN, GroupStatus.CLOSED))
        )
        there = sessions.load(
            db,
            wanted,
            SessionRow.cancelled.is_(False),
            SessionRow.start >= datetime.combine(today, time()),
            SessionRow.centre_id.in_(list(self._centres)),
            SessionRow.group_id.in_(running),
        )
        rooms = self._not_step_free(db)
        found = [
            self._judged(one, rooms)
            for one in there
            if one.id not in self._there and one.taken < one.seats and self._is_other(one)
        ]
        since = near or datetime.combine(today, time())
        found.sort(
            key=lambda one: (bool(one.against), one.elsewhere, abs(one.session.start - since))
        )
        return tuple(found)

    def _is_other(self, one: Session) -> bool:
        """What the own group does has a place in the schedule already."""
        return one.group_id != self._group

    def _not_step_free(self, db: Db) -> frozenset[UUID]:
        if not self._step_free:
            return frozenset()
        rooms = db.execute(select(RoomRow.id, RoomRow.equipment))
        return frozenset(row.id for row in rooms if Equipment.STEP_FREE not in row.equipment)

    def _judged(self, one: Session, not_step_free: frozenset[UUID]) -> Alternative:
        return Alternative(
            one,
            self._centres[one.centre_id],
            one.centre_id != self._centre,
            one.seats - one.taken,
            tuple(self._against(one, not_step_free)),
        )

    def _against(self, one: Session, not_step_free: frozenset[UUID]) -> Iterator[str]:
        for other in self._goes:
            if other.start < one.end and one.start < other.end:
                yield _("clashes with {title} {time}").format(
                    title=_titled(other), time=clock(other.start)
                )
            elif other.start.date() == one.start.date() and other.centre_id != one.centre_id:
                yield _("the same day as {title} at {centre}").format(
                    title=_titled(other), centre=self._centres.get(other.centre_id, "")
                )
        for time_not in self._not:
            if time_not.meets(one.start, one.end):
                yield _("does not work: {time}").format(time=time_not.label)
        if one.room_id in not_step_free:
            yield _("{room} is not step-free").format(room=one.room_name)


def _titled(held: Session | Visit) -> str:
    return held.numbered_title if isinstance(held, Session) else held.title


def _instead(line: Line) -> UUID | None:
    return line.instead_of.id if line.instead_of else None
