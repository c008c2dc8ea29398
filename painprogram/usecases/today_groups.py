"""Of what needs somebody today, what is about groups and colleagues: no patient is looked at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.seats import Forecast
from painprogram.domain.today import (
    Goal,
    Line,
    Matter,
    Seats,
    Urgency,
    Where,
    at,
    days,
    until,
    urgency,
)
from painprogram.i18n import _, ngettext
from painprogram.storage.tables import (
    AbsenceRow,
    GroupRow,
    LeaderRow,
    PauseRow,
    SessionRow,
    StaffRow,
    VisitRow,
)
from painprogram.usecases import groups

AHEAD = timedelta(days=182)
"""Absences are looked at as far ahead as clashes are."""


def decisions(found: Iterable[Forecast], day: date, me: UUID | None) -> Iterator[Line]:
    """Groups that are to be decided on, with what is expected of them."""
    for one in found:
        group = one.group
        yield Line(
            Matter.DECISION,
            str(group.id),
            Goal(Where.GROUP, group.id),
            _("Decide"),
            what=group.name,
            detail=_("{taken} have a place, forecast {forecast}, at least {minimum}").format(
                taken=group.taken, forecast=one.expected, minimum=group.minimum
            ),
            when=until(one.decide_on, day),
            urgency=urgency(one.decide_on, day),
            strong=True,
            mine=_owns(group, me),
            seats=Seats(group.taken, one.expected, group.minimum, group.maximum),
        )


def _owns(group: Group, me: UUID | None) -> bool:
    return me is not None and me in (group.owner_id, group.deputy_id)


def pauses(db: Db, centre_id: UUID, day: date, me: UUID | None) -> Iterator[Line]:
    """Groups that are paused, and nobody has said until when."""
    for row in db.execute(
        select(
            GroupRow.id,
            GroupRow.name,
            GroupRow.owner_id,
            GroupRow.deputy_id,
            PauseRow.first,
            PauseRow.reason,
            PauseRow.sessions,
        )
        .join(PauseRow, PauseRow.group_id == GroupRow.id)
        .where(
            GroupRow.centre_id == centre_id,
            GroupRow.status != GroupStatus.CANCELLED,
            groups.under_way(),
        )
        .order_by(PauseRow.first, GroupRow.name)
    ):
        many = len(row.sessions)
        waiting = ngettext("{number} session waits", "{number} sessions wait", many)
        begun = row.first <= day
        yield Line(
            Matter.PAUSE,
            str(row.id),
            Goal(Where.GROUP, row.id),
            _("Choose a day"),
            what=row.name,
            detail=" · ".join((waiting.format(number=many), row.reason)),
            when=days((day - row.first).days) if begun else i18n.day_short(row.first),
            urgency=Urgency.SOON if begun else Urgency.LATER,
            strong=True,
            mine=me is not None and me in (row.owner_id, row.deputy_id),
        )


def absences(db: Db, centre_id: UUID, day: date, me: UUID | None) -> Iterator[Line]:
    """Colleagues who are away, with what they still lead meanwhile; one line for each."""
    left: dict[UUID, list[Any]] = defaultdict(list)
    for row in (*db.execute(_sessions(centre_id, day)), *db.execute(_visits(centre_id, day))):
        if row.start < row.until and row.away < row.start + timedelta(minutes=row.minutes):
            left[row.staff_id].append(row)
    for staff, rows in sorted(left.items(), key=lambda pair: min(row.start for row in pair[1])):
        each = {row.id: row for row in rows}
        first = min(row.start for row in rows)
        many = ngettext(
            "{number} session or visit without a solution",
            "{number} sessions and visits without a solution",
            len(each),
        )
        yield Line(
            Matter.ABSENCE,
            str(staff),
            Goal(Where.ABSENCE, staff),
            _("Solve"),
            what=rows[0].name,
            rest=_("is away"),
            detail=many.format(number=len(each)),
            when=at(first, day),
            urgency=urgency(first.date(), day),
            strong=True,
            mine=me is not None and any(me in (row.owner_id, row.deputy_id) for row in rows),
        )


def _sessions(centre_id: UUID, day: date) -> Any:
    start = datetime.combine(day, time())
    return (
        select(
            SessionRow.id,
            SessionRow.start,
            SessionRow.minutes,
            AbsenceRow.staff_id,
            AbsenceRow.start.label("away"),
            AbsenceRow.end.label("until"),
            StaffRow.name,
            GroupRow.owner_id,
            GroupRow.deputy_id,
        )
        .join(LeaderRow, LeaderRow.staff_id == AbsenceRow.staff_id)
        .join(SessionRow, SessionRow.id == LeaderRow.session_id)
        .join(StaffRow, StaffRow.id == AbsenceRow.staff_id)
        .join(GroupRow, GroupRow.id == SessionRow.group_id)
        .where(
            SessionRow.cancelled.is_(False),
            GroupRow.status != GroupStatus.CANCELLED,
            *_within(SessionRow, centre_id, start),
        )
    )


def _visits(centre_id: UUID, day: date) -> Any:
    start = datetime.combine(day, time())
    return (
        select(
            VisitRow.id,
            VisitRow.start,
            VisitRow.minutes,
            AbsenceRow.staff_id,
            AbsenceRow.start.label("away"),
            AbsenceRow.end.label("until"),
            StaffRow.name,
            StaffRow.id.label("owner_id"),
            StaffRow.id.label("deputy_id"),
        )
        .join(VisitRow, VisitRow.staff_id == AbsenceRow.staff_id)
        .join(StaffRow, StaffRow.id == AbsenceRow.staff_id)
        .where(VisitRow.cancelled.is_(False), *_within(VisitRow, centre_id, start))
    )


def _within(table: type[SessionRow] | type[VisitRow], centre_id: UUID, start: datetime) -> Any:
    """What lies ahead, before the end of an absence; whether after its start, is seen by rows."""
    return (
        table.centre_id == centre_id,
        table.start >= start,
        table.start < start + AHEAD,
        AbsenceRow.end > start,
        table.start < AbsenceRow.end,
    )
