"""What some weeks hold for everything that may be placed in them: read once, then only computed."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from painprogram.domain.clashes import spans_of_weeks
from painprogram.domain.placing import Board
from painprogram.storage.database import Database
from painprogram.storage.tables import RoomRow, StaffRow
from painprogram.usecases.rooms import as_room
from painprogram.usecases.staff import as_staff
from painprogram.usecases.standing import Standing


def prepared(
    database: Database,
    centre_id: UUID,
    monday: date,
    *,
    last: date | None = None,
    today: date | None = None,
) -> Board:
    """The board of the week of *monday*, or of all weeks until *last*.

    With *today* the rules about days that have passed, and groups with too few, are asked too.
    Patients stand in it by key alone, so it is no reading of their data.
    """
    first, end = spans_of_weeks(monday, last or monday)
    with database.read() as db:
        standing = Standing(db, first, end, today=today, closed_at=[centre_id])
        people = db.scalars(select(StaffRow).options(joinedload(StaffRow.centre)))
        rooms = db.scalars(select(RoomRow).options(joinedload(RoomRow.centre)))
        return Board(
            first,
            standing.occasions,
            standing.around,
            {row.id: as_room(row) for row in rooms},
            {row.id: as_staff(row) for row in people},
            centre_id,
        )
