"""An open group goes round: the programme's sessions once more, after the last that are planned."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.planning import (
    WEEK,
    Dated,
    Timetable,
    horizon,
    monday,
    timetable,
    usual_plans,
)
from painprogram.domain.programmes import Content
from painprogram.i18n import _
from painprogram.storage.database import Database
from painprogram.storage.tables import GroupRow, SessionRow
from painprogram.usecases import groups, laps, redating, rules, sessions
from painprogram.usecases.centres import closures_of
from painprogram.usecases.programmes import content_of


@dataclass(frozen=True, slots=True)
class Round:
    """The next round of an open group, before it is made."""

    timetable: Timetable

    @property
    def first(self) -> date:
        return self.timetable.sessions[0].start.date()

    @property
    def last(self) -> date:
        return self.timetable.sessions[-1].start.date()


def preview(database: Database, group_id: UUID) -> Round:
    """Every date of the next round: on the days and times, with the leaders and in the rooms that
    the last one has. Refused for a closed group."""
    with database.read() as db:
        return _next(db, _row(db, group_id))


def add(
    database: Database, group_id: UUID, *, reason: str = "", today: date | None = None
) -> Group:
    """Plan the next round, as previewed; laps that had too few dates get their end.

    *reason* is for what must be acknowledged.
    """
    name = groups.group(database, group_id).name
    made: list[UUID] = []
    with (
        database.change(_("Plan the next round of group {name}").format(name=name)) as db,
        rules.kept(db, made, today, reason, database.actor.name),
    ):
        row = _row(db, group_id)
        laid = sessions.lay_out(db, group_id, row.centre_id, _next(db, row).timetable.sessions)
        made += [session.id for session in laid]
        laps.follow(db, group_id)
        return groups.one(db, group_id)


def _row(db: Db, group_id: UUID) -> GroupRow:
    row = db.get(GroupRow, group_id)
    if row is None:
        raise Refused(_("The group is no longer there."))
    if not row.rolling:
        raise Refused(
            _("{name} is a closed group: start a new run of it instead.").format(name=row.name)
        )
    if row.status == GroupStatus.CANCELLED:
        raise Refused(_("{name} is cancelled.").format(name=row.name))
    if groups.one(db, group_id).paused:
        raise Refused(
            _("{name} is paused. Resume it on the day it is to go on.").format(name=row.name)
        )
    return row


def _next(db: Db, row: GroupRow) -> Round:
    content = content_of(row.programme_version)
    planned = [
        redating.as_planned(content, one).dated
        for one in sessions.load(
            db, SessionRow.id.in_(select(SessionRow.id).where(SessionRow.group_id == row.id))
        )
    ]
    if not planned:
        raise redating.nothing_ahead(row.name, row.start)
    latest = _latest_round(content, planned)
    began = monday(min(one.start for one in latest).date())
    start = monday(max(one.start for one in planned).date()) + WEEK
    shut = closures_of(db, row.centre_id, start, horizon(start))
    return Round(timetable(content, start, usual_plans(latest, began), shut))


def _latest_round(content: Content, planned: list[Dated]) -> list[Dated]:
    found: list[Dated] = []
    for strand in content.strands:
        own = sorted((one for one in planned if one.strand == strand.key), key=lambda x: x.start)
        found += own[-strand.occurrences :]
    return found
