"""Rooms of the centres."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram.domain.errors import Refused
from painprogram.domain.names import folded
from painprogram.domain.rooms import Equipment, Room
from painprogram.i18n import _
from painprogram.storage.changes import changed_by_another, expect
from painprogram.storage.database import Database
from painprogram.storage.tables import RoomRow
from painprogram.usecases.centres import named

MOST_SEATS = 500


def rooms(
    database: Database, centre_id: UUID | None = None, *, former: bool = False
) -> tuple[Room, ...]:
    """Rooms of one centre, or of all; *former* also shows those no longer used."""
    with database.read() as db:
        query = select(RoomRow).options(joinedload(RoomRow.centre))
        if centre_id:
            query = query.where(RoomRow.centre_id == centre_id)
        if not former:
            query = query.where(RoomRow.active)
        found = (as_room(row) for row in db.scalars(query))
        return tuple(sorted(found, key=lambda room: (folded(room.centre_name), folded(room.name))))


def add(
    database: Database,
    centre_id: UUID,
    name: str,
    seats: int,
    *,
    equipment: Iterable[Equipment] = (),
    directions: str = "",
) -> Room:
    wanted = named(name, _("the room"))
    check_seats(seats)
    with database.change(_("Add room {name}").format(name=wanted)) as db:
        _check_free(db, centre_id, wanted)
        row = RoomRow(
            centre_id=centre_id,
            name=wanted,
            seats=seats,
            equipment=sorted(equipment),
            directions=directions.strip(),
        )
        db.add(row)
        db.flush()
        return as_room(row)


def update(database: Database, room: Room) -> Room:
    wanted = named(room.name, _("the room"))
    check_seats(room.seats)
    with database.change(_("Change room {name}").format(name=wanted)) as db:
        row = db.get(RoomRow, room.id)
        if row is None:
            raise changed_by_another()
        expect(row, room.version)
        if wanted.casefold() != row.name.casefold():
            _check_free(db, row.centre_id, wanted)
        row.name = wanted
        row.seats = room.seats
        row.equipment = sorted(room.equipment)
        row.directions = room.directions.strip()
        row.active = room.active
        db.flush()
        return as_room(row)


def as_room(row: RoomRow) -> Room:
    return Room(
        id=row.id,
        centre_id=row.centre_id,
        name=row.name,
        seats=row.seats,
        equipment=tuple(Equipment(item) for item in row.equipment),
        centre_name=row.centre.name,
        directions=row.directions,
        active=row.active,
        version=row.version,
    )


def check_seats(seats: int) -> None:
    if not 1 <= seats <= MOST_SEATS:
        raise Refused(_("A room has between 1 and {most} seats.").format(most=MOST_SEATS))


def _check_free(db: Db, centre_id: UUID, name: str) -> None:
    """Two rooms of one name at one centre would send people to the wrong door."""
    taken = db.scalars(select(RoomRow.name).where(RoomRow.centre_id == centre_id))
    if any(other.casefold() == name.casefold() for other in taken):
        raise Refused(_("There is already a room called {name} here.").format(name=name))
