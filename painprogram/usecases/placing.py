"""What a week holds for everything that may be placed in it: read once, then only computed."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from painprogram.domain.placing import Board
from painprogram.storage.database import Database
from painprogram.storage.tables import RoomRow, StaffRow
from painprogram.usecases import occasions
from painprogram.usecases.centres import closures_of
from painprogram.usecases.rooms import as_room
from painprogram.usecases.staff import as_staff


def prepared(database: Database, centre_id: UUID, monday: date) -> Board:
    """The board of the seven days from *monday*: closed days are those of *centre_id*.

    Patients stand in it by key alone, so it is no reading of their data.
    """
    sunday = monday + timedelta(days=6)
    with database.read() as db:
        held = occasions.load(db, monday, sunday)
        people = db.scalars(select(StaffRow).options(joinedload(StaffRow.centre)))
        rooms = db.scalars(select(RoomRow).options(joinedload(RoomRow.centre)))
        return Board(
            monday,
            {key: one.occasion for key, one in held.items()},
            {key: one.module.equipment for key, one in held.items() if one.module},
            closures_of(db, centre_id, monday, sunday),
            {row.id: as_room(row) for row in rooms},
            {row.id: as_staff(row) for row in people},
        )
