"""Who and what is free: the leaders and rooms that a suggestion starts from."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram.domain.errors import Refused
from painprogram.domain.programmes import Need
from painprogram.domain.rooms import Equipment
from painprogram.i18n import _
from painprogram.storage.tables import (
    CentreRow,
    LeaderRow,
    RoomRow,
    SessionRow,
    StaffRow,
    VisitRow,
)

Times = Sequence[tuple[datetime, datetime]]


class Free:
    """What is taken from *first* on, and what a group of *centre* in the making takes besides."""

    def __init__(self, db: Db, first: date, centre: CentreRow) -> None:
        self._centre = centre
        self._staff = list(
            db.scalars(select(StaffRow).where(StaffRow.active).options(joinedload(StaffRow.centre)))
        )
        self._rooms = list(
            db.scalars(select(RoomRow).where(RoomRow.active, RoomRow.centre_id == centre.id))
        )
        self._in_use = {row.id for row in (*self._staff, *self._rooms)}
        self._taken: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
        self._read_sessions(db, datetime.combine(first, time()))
        self._read_visits(db, datetime.combine(first, time()))

    def _read_sessions(self, db: Db, since: datetime) -> None:
        ahead = SessionRow.start >= since, SessionRow.cancelled.is_(False)
        rooms = select(SessionRow.start, SessionRow.minutes, SessionRow.room_id)
        for start, minutes, room in db.execute(rooms.where(*ahead)):
            self.book([(start, start + timedelta(minutes=minutes))], (), room)
        led = select(SessionRow.start, SessionRow.minutes, LeaderRow.staff_id)
        led = led.join(LeaderRow, LeaderRow.session_id == SessionRow.id)
        for start, minutes, leader in db.execute(led.where(*ahead)):
            self.book([(start, start + timedelta(minutes=minutes))], [leader], None)

    def _read_visits(self, db: Db, since: datetime) -> None:
        columns = select(VisitRow.start, VisitRow.minutes, VisitRow.staff_id, VisitRow.room_id)
        ahead = VisitRow.start >= since, VisitRow.cancelled.is_(False)
        for start, minutes, leader, room in db.execute(columns.where(*ahead)):
            span = (start, start + timedelta(minutes=minutes))
            self.book([span], [leader] if leader else [], room)

    def book(self, times: Times, staff: Collection[UUID], room: UUID | None) -> None:
        for one in [*staff, *([room] if room else [])]:
            self._taken[one] += times

    def suits(self, one: UUID, times: Times) -> bool:
        """Whether a colleague or a room that is in use has nothing else at *times*."""
        return one in self._in_use and not self._clashing(one, times)

    def leaders(self, needs: Sequence[Need], module: str, times: Times) -> tuple[UUID, ...]:
        """For each need a colleague with the profession, nobody twice.

        Free first; then of the own centre, of the same care provider, with least to do. Refused
        where nobody has the profession, with the name of *module*.
        """
        chosen: list[UUID] = []
        for need in sorted(needs, key=lambda need: len(need.professions)):
            suited = [person for person in self._staff if person.profession in need.professions]
            if not suited:
                raise Refused(
                    _(
                        "{module} needs a leader who is {profession}, but no colleague is. "
                        "Add a colleague, or choose another programme."
                    ).format(module=module, profession=need)
                )
            left = [person for person in suited if person.id not in chosen]
            if left:  # else the preview says who is missing
                chosen.append(min(left, key=lambda person: self._fit(person, times)).id)
        return tuple(chosen)

    def _fit(self, person: StaffRow, times: Times) -> tuple[int, bool, bool, int, str]:
        return (
            self._clashing(person.id, times),
            person.centre.provider_id != self._centre.provider_id,
            person.centre_id != self._centre.id,
            len(self._taken[person.id]),
            person.name,
        )

    def room(self, times: Times, seats: int, equipment: Collection[Equipment]) -> UUID | None:
        """A room of the centre: free, with what is needed, and no larger than it must be."""
        if not self._rooms:
            return None
        best = min(
            self._rooms,
            key=lambda room: (
                self._clashing(room.id, times),
                len(set(equipment) - set(room.equipment)),
                room.seats < seats,
                abs(room.seats - seats),
                len(set(room.equipment) - set(equipment)),  # left for those who need it
                room.name,
            ),
        )
        return best.id

    def _clashing(self, one: UUID, times: Times) -> int:
        taken = self._taken[one]
        return sum(start < e and s < end for start, end in times for s, e in taken)
