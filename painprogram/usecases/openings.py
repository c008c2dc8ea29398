"""The next times that suit these leaders, this room and this group."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram import i18n
from painprogram.domain.clashes import by_day
from painprogram.domain.diary import Diary
from painprogram.domain.errors import Refused
from painprogram.domain.openings import Opening, Wanted, openings
from painprogram.domain.rooms import Equipment, Room
from painprogram.domain.sessions import LONGEST, SHORTEST
from painprogram.i18n import _, ngettext
from painprogram.storage.database import Database
from painprogram.storage.guards import expected
from painprogram.storage.tables import EnrolmentRow, GroupRow, RoomRow, SessionRow
from painprogram.usecases import occasions, sessions
from painprogram.usecases.availability import staff_time
from painprogram.usecases.centres import closures_of
from painprogram.usecases.programmes import content_of
from painprogram.usecases.rooms import as_room

MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Request:
    """Who and what is to meet."""

    centre_id: UUID
    minutes: int
    staff: tuple[UUID, ...] = ()
    group_id: UUID | None = None
    """Whose patients are to be free; of a session, exactly those who are expected."""
    session_id: UUID | None = None
    """What is to be moved: it stands in no way of its own."""
    room_id: UUID | None = None
    """This room and no other."""
    needs_room: bool = True
    seats: int = 0
    equipment: tuple[Equipment, ...] = ()
    preparation: int = 0
    wrap_up: int = 0
    not_on: frozenset[date] = frozenset()


def of_session(database: Database, session_id: UUID) -> Request:
    """What a session asks of another time for it."""
    with database.read() as db:
        session = sessions.one(db, session_id)
        row = db.get_one(SessionRow, session_id)
        module = content_of(row.group.programme_version).module(row.module)
        return Request(
            session.centre_id,
            session.minutes,
            tuple(leader.staff_id for leader in session.leaders),
            session.group_id,
            session.id,
            None,
            session.room_id is not None,
            session.taken,
            module.equipment,
            session.preparation,
            session.wrap_up,
            _days_of_series(db, row),
        )


def next_times(
    database: Database, asked: Request, first: date, *, days: int = 60, many: int = 40
) -> tuple[Opening, ...]:
    """The first *many* openings in the *days* from *first* on; empty where there are none."""
    if not SHORTEST <= asked.minutes <= LONGEST:
        raise Refused(
            _("A session lasts between {least} and {most} minutes.").format(
                least=SHORTEST, most=LONGEST
            )
        )
    last = first + timedelta(days=max(1, min(days, MOST_DAYS)) - 1)
    with database.read() as db:
        held = occasions.load(db, first, last)
        rooms = _rooms(db, asked) if asked.needs_room or asked.room_id else None
        wanted = Wanted(
            asked.minutes,
            frozenset(asked.staff),
            _patients(db, asked),
            rooms,
            asked.preparation,
            asked.wrap_up,
            asked.session_id,
            asked.not_on,
        )
        found = openings(
            wanted,
            Diary(one.occasion for one in held.values()),
            staff_time(db, first, last),
            by_day(closures_of(db, asked.centre_id, first, last)),
            each_day(first, last),
        )
        return tuple(islice(found, many))


# For the other use cases


def each_day(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def rooms_of(db: Db, centre_id: UUID) -> tuple[Room, ...]:
    rows = db.scalars(
        select(RoomRow)
        .where(RoomRow.active, RoomRow.centre_id == centre_id)
        .options(joinedload(RoomRow.centre))
    )
    return tuple(as_room(row) for row in rows)


def suitable(
    rooms: Sequence[Room],
    seats: int,
    equipment: Collection[Equipment],
    rather: UUID | None = None,
) -> tuple[Room, ...]:
    """Those with the seats and what is needed: *rather* first, then no larger than they must."""
    fit = [
        room
        for room in rooms
        if room.id == rather or (room.seats >= seats and set(equipment) <= set(room.equipment))
    ]
    return tuple(sorted(fit, key=lambda room: (room.id != rather, room.seats, room.name)))


def _days_of_series(db: Db, row: SessionRow) -> frozenset[date]:
    """Where the others of its series stand: two of it on one day would be one too many."""
    starts = db.scalars(
        select(SessionRow.start).where(
            SessionRow.group_id == row.group_id,
            SessionRow.strand == row.strand,
            SessionRow.id != row.id,
            SessionRow.cancelled.is_(False),
        )
    )
    return frozenset(start.date() for start in starts)


def _rooms(db: Db, asked: Request) -> tuple[Room, ...]:
    there = rooms_of(db, asked.centre_id)
    if asked.room_id is not None:
        named = [room for room in there if room.id == asked.room_id]
        if not named:
            raise Refused(_("The room is no longer used. Choose another."))
        return tuple(named)
    rather = None
    if asked.session_id is not None:
        rather = db.scalar(select(SessionRow.room_id).where(SessionRow.id == asked.session_id))
    fit = suitable(there, asked.seats, asked.equipment, rather)
    if not fit:
        needed = [one.label for one in asked.equipment]
        if asked.seats:
            seats = ngettext("{number} seat", "{number} seats", asked.seats)
            needed.insert(0, seats.format(number=asked.seats))
        raise Refused(
            _("No room of the centre has {needed}. Choose a room yourself.").format(
                needed=i18n.joined(needed) or _("room for it")
            )
        )
    return fit


def _patients(db: Db, asked: Request) -> frozenset[UUID]:
    if asked.session_id is not None:
        return frozenset(expected(db, [asked.session_id]).get(asked.session_id, frozenset()))
    if asked.group_id is None:
        return frozenset()
    if db.get(GroupRow, asked.group_id) is None:
        raise Refused(_("The group is no longer there."))
    return frozenset(
        db.scalars(
            select(EnrolmentRow.patient_id).where(
                EnrolmentRow.group_id == asked.group_id, EnrolmentRow.last.is_(None)
            )
        )
    )
