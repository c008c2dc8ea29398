"""What a patient can go to instead of what was missed: the same module, ahead, where a seat is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.completion import Completion, Met, Part
from painprogram.domain.groups import GroupStatus
from painprogram.domain.patients import Access
from painprogram.domain.rooms import Equipment
from painprogram.domain.schedule import LineKind
from painprogram.domain.sessions import Session
from painprogram.domain.unsuitable import Unsuitable, read
from painprogram.i18n import _, ngettext
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    CentreRow,
    GroupRow,
    PatientRow,
    RoomRow,
    SessionRow,
)
from painprogram.usecases import completion, schedules, sessions
from painprogram.usecases.schedules import OwnSchedule

MOST = 8
"""Times that are proposed for each part."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A session that could be gone to, and why it is proposed where it stands."""

    session: Session
    centre_name: str
    instead_of: UUID | None
    """The session of the base schedule it would take the place of: one that still lies ahead.
    None where it is an addition, for what was held stays as it was."""
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lacking:
    """A part that must be made up, and where."""

    part: Part
    proposals: tuple[Proposal, ...]

    @property
    def told(self) -> str:
        if self.proposals:
            return _("{title}: {many} must be made up.").format(
                title=self.part.title, many=self.part.lacking
            )
        return _("{title}: no time ahead has a seat. Add one, or book a visit.").format(
            title=self.part.title
        )


@dataclass(frozen=True, slots=True)
class MakeUp:
    completion: Completion
    lacking: tuple[Lacking, ...]


def propose(database: Database, enrolment_id: UUID, today: date) -> MakeUp:
    """How far the patient has come, and for each part that falls short where it can be made up.

    Here, in other groups, and at other centres of the same care provider; the best first.
    """
    with database.read_patients(_("Propose make-up")) as db:
        found = completion.load(db, [enrolment_id], today)[enrolment_id]
        own = schedules.load(db, enrolment_id)
        known = _Patient(db, own)
        return MakeUp(
            found,
            tuple(
                Lacking(part, tuple(known.proposals(db, part, today))[:MOST])
                for part in found.lacking
            ),
        )


def carry_out(
    database: Database,
    enrolment_id: UUID,
    session_id: UUID,
    reason: str,
    instead_of: UUID | None = None,
    *,
    because: str = "",
    today: date | None = None,
) -> OwnSchedule:
    """Put a proposal into the own schedule: as a swap with *instead_of*, or as an addition."""
    if instead_of is not None:
        return schedules.swap(
            database,
            enrolment_id,
            instead_of,
            session_id,
            reason,
            because=because,
            today=today,
        )
    return schedules.add(database, enrolment_id, session_id, reason, because=because, today=today)


class _Patient:
    """What matters of the patient when a time is chosen."""

    def __init__(self, db: Db, own: OwnSchedule) -> None:
        place = own.enrolment
        row = db.execute(
            select(PatientRow.id, PatientRow.times_not, PatientRow.access).where(
                PatientRow.id == place.patient_id
            )
        ).one()
        saw(db, [row.id])
        here = db.execute(
            select(GroupRow.centre_id, CentreRow.provider_id)
            .join(CentreRow, CentreRow.id == GroupRow.centre_id)
            .where(GroupRow.id == place.group_id)
        ).one()
        self._group, self._centre = place.group_id, here.centre_id
        centres = db.execute(
            select(CentreRow.id, CentreRow.name).where(CentreRow.provider_id == here.provider_id)
        )
        self._centres = {row.id: row.name for row in centres}
        self._not: tuple[Unsuitable, ...] = read(row.times_not)
        self._access = {Access(one) for one in row.access}
        self._there = {line.session.id for line in own.lines}
        self._base = {
            (line.instead_of or line.session).id
            for line in own.lines
            if line.kind not in (LineKind.ADDITION, LineKind.VISIT)
        }
        self._goes = [line.session for line in own.lines if line.attends]

    def proposals(self, db: Db, part: Part, today: date) -> Iterator[Proposal]:
        swapped = _still_ahead((one for one in part.missed if one.occasion_id in self._base), today)
        found = [
            self._judged(db, session, swapped) for session in self._candidates(db, part, today)
        ]
        found.sort(
            key=lambda one: (
                len(one.against),
                one.session.group_id != self._group,
                one.session.centre_id != self._centre,
                one.session.start,
            )
        )
        yield from found

    def _candidates(self, db: Db, part: Part, today: date) -> Iterator[Session]:
        running = select(GroupRow.id).where(
            GroupRow.status.in_((GroupStatus.OPEN, GroupStatus.CLOSED))
        )
        for session in sessions.load(
            db,
            SessionRow.module == part.module,
            SessionRow.cancelled.is_(False),
            SessionRow.start >= datetime.combine(today, time()),
            SessionRow.centre_id.in_(list(self._centres)),
            SessionRow.group_id.in_(running),
        ):
            taken = any(
                other.start < session.end and session.start < other.end for other in self._goes
            )
            if session.id not in self._there and session.taken < session.seats and not taken:
                yield session

    def _judged(self, db: Db, session: Session, swapped: UUID | None) -> Proposal:
        name = self._centres[session.centre_id]
        if session.group_id == self._group:
            where = _("in the own group")
        elif session.centre_id == self._centre:
            where = _("here, in {group}").format(group=session.group_name)
        else:
            where = _("at {centre}, in {group}").format(centre=name, group=session.group_name)
        seats = session.seats - session.taken
        free = ngettext("{number} free seat", "{number} free seats", seats).format(number=seats)
        reasons = (where, free) if session.seats else (where,)
        return Proposal(session, name, swapped, reasons, tuple(self._against(db, session)))

    def _against(self, db: Db, session: Session) -> Iterable[str]:
        for one in self._not:
            if one.meets(session.start, session.end):
                yield _("does not work: {time}").format(time=one.label)
        if Access.STEP_FREE in self._access and session.room_id:
            equipment = db.scalar(select(RoomRow.equipment).where(RoomRow.id == session.room_id))
            if Equipment.STEP_FREE not in (equipment or ()):
                yield _("{room} is not step-free").format(room=session.room_name)


def _still_ahead(missed: Iterable[Met], today: date) -> UUID | None:
    """The first of the missed that has not been held yet: a swap puts another in its place."""
    ahead = sorted((one for one in missed if one.start.date() >= today), key=lambda one: one.start)
    return ahead[0].occasion_id if ahead else None
