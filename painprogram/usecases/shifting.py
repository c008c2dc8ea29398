"""Move a whole group: what lies ahead of a day, by days or weeks."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session as Db

from painprogram.domain.groups import Group, check_moving, check_year
from painprogram.i18n import _
from painprogram.storage.database import Database
from painprogram.storage.tables import GroupRow, SessionRow
from painprogram.usecases import groups, redating, sessions
from painprogram.usecases.redating import Preview


def preview(database: Database, group_id: UUID, days: int, since: date) -> Preview:
    """Every new date if what the group does from *since* on moved by *days* (earlier: below 0)."""
    with database.read() as db:
        return shown(db, group_id, days, since)


def move(
    database: Database,
    group_id: UUID,
    days: int,
    since: date,
    *,
    suggested: bool = False,
    reason: str = "",
    today: date | None = None,
) -> Group:
    """Move what the group does from *since* on by *days*, with the dates of ``preview``.

    The sessions keep keys, numbers, rooms and leaders; with *suggested*, what is taken is
    replaced by what the preview suggests. Cancelled ones go along and stay cancelled. *reason*
    is for what must be acknowledged.
    """
    name = groups.group(database, group_id).name
    with database.change(_("Move group {name}").format(name=name)) as db:
        found = shown(db, group_id, days, since)
        row = db.get_one(GroupRow, group_id)
        redating.write(
            db,
            row,
            found,
            suggested=suggested,
            reason=reason,
            today=today,
            who=database.actor.name,
        )
        return groups.one(db, group_id)


def shown(db: Db, group_id: UUID, days: int, since: date) -> Preview:
    """The preview, for the other use cases."""
    group = groups.one(db, group_id)
    check_moving(group, days)
    by = timedelta(days=days)
    row = db.get_one(GroupRow, group_id)
    every = sessions.load(db, SessionRow.group_id == group_id)
    left = [one for one in every if one.start.date() >= since]
    if not left:
        raise redating.nothing_ahead(group.name, since)
    check_year(left[0].start.date() + by)
    standing = [one for one in every if one.start.date() < since]
    return redating.preview(db, row, left, standing, by, since)
