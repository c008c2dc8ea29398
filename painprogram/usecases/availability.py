"""When colleagues can be asked for: their working week, extra time, absences and busy times."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.availability import (
    Absence,
    AbsenceKind,
    Availability,
    Span,
    StaffTime,
    Weeks,
    WorkingTime,
    check_absence,
    check_week,
)
from painprogram.domain.errors import Refused
from painprogram.i18n import _
from painprogram.storage.changes import changed_by_another
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    AbsenceRow,
    BusyRow,
    ExtraTimeRow,
    StaffRow,
    WorkingTimeRow,
)

LONGEST_EXTRA = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ExtraTime:
    """Worked outside the base week, this once."""

    id: UUID
    staff_id: UUID
    span: Span


def staff_time(db: Db, first: date, last: date) -> StaffTime:
    """Everybody's availability from *first* to *last*, in a query per table."""
    start = datetime.combine(first, time())
    end = datetime.combine(last, time()) + timedelta(days=1)
    weeks: dict[UUID, list[WorkingTime]] = defaultdict(list)
    for row in db.execute(
        select(
            WorkingTimeRow.staff_id,
            WorkingTimeRow.weekday,
            WorkingTimeRow.start,
            WorkingTimeRow.end,
            WorkingTimeRow.weeks,
        )
    ):
        weeks[row.staff_id].append(WorkingTime(row.weekday, row.start, row.end, Weeks(row.weeks)))
    extra = _spans(db, ExtraTimeRow, start, end)
    absent = _spans(db, AbsenceRow, start, end)
    busy = _spans(db, BusyRow, start, end)
    return StaffTime(
        {
            one: Availability(
                _in_order(weeks.get(one, ())),
                tuple(extra.get(one, ())),
                tuple(absent.get(one, ())),
                tuple(busy.get(one, ())),
            )
            for one in {*weeks, *extra, *absent, *busy}
        }
    )


def _spans(
    db: Db,
    table: type[AbsenceRow] | type[ExtraTimeRow] | type[BusyRow],
    start: datetime,
    end: datetime,
) -> dict[UUID, list[Span]]:
    found: dict[UUID, list[Span]] = defaultdict(list)
    for staff_id, since, until in db.execute(
        select(table.staff_id, table.start, table.end)
        .where(table.start < end, table.end > start)
        .order_by(table.start)
    ):
        found[staff_id].append(Span(since, until))
    return found


def week_of(database: Database, staff_id: UUID) -> tuple[WorkingTime, ...]:
    """The base working week, in order; empty where every hour may be asked for."""
    with database.read() as db:
        rows = db.scalars(select(WorkingTimeRow).where(WorkingTimeRow.staff_id == staff_id))
        return _in_order(_as_working_time(row) for row in rows)


def set_week(
    database: Database, staff_id: UUID, week: Iterable[WorkingTime]
) -> tuple[WorkingTime, ...]:
    """Let *week* be the base working week; empty: every hour may be asked for."""
    wanted = _in_order(set(week))
    check_week(wanted)
    name = _name(database, staff_id)
    with database.change(_("Change working week of {name}").format(name=name)) as db:
        _present(db, staff_id)
        left = set(wanted)
        for row in db.scalars(select(WorkingTimeRow).where(WorkingTimeRow.staff_id == staff_id)):
            there = _as_working_time(row)
            if there in left:
                left.remove(there)
            else:
                db.delete(row)
        for one in left:
            db.add(
                WorkingTimeRow(
                    staff_id=staff_id,
                    weeks=one.weeks.value,
                    weekday=one.weekday,
                    start=one.start,
                    end=one.end,
                )
            )
    return wanted


def absences(
    database: Database, staff_id: UUID | None = None, since: date | None = None
) -> tuple[Absence, ...]:
    """Absences of one colleague or of all, in order of time; *since* leaves out what is over."""
    query = select(AbsenceRow).order_by(AbsenceRow.start, AbsenceRow.id)
    if staff_id:
        query = query.where(AbsenceRow.staff_id == staff_id)
    if since:
        query = query.where(AbsenceRow.end > datetime.combine(since, time()))
    with database.read() as db:
        return tuple(as_absence(row) for row in db.scalars(query))


def add_absence(
    database: Database, staff_id: UUID, span: Span, kind: AbsenceKind = AbsenceKind.AWAY
) -> Absence:
    """Enter an absence and leave the schedule as it is; ``absences.enter`` also solves it."""
    check_absence(span)
    name = _name(database, staff_id)
    with database.change(_("Enter absence of {name}").format(name=name)) as db:
        if covered(db, staff_id, span):
            raise already_absent(name)
        return as_absence(absent(db, staff_id, span, kind))


def remove_absence(database: Database, absence_id: UUID) -> None:
    with database.change(_("Remove an absence")) as db:
        row = db.get(AbsenceRow, absence_id)
        if row is None:
            raise changed_by_another()
        db.delete(row)


def extra_times(
    database: Database, staff_id: UUID, since: date | None = None
) -> tuple[ExtraTime, ...]:
    """What a colleague works outside the base week, in order of time."""
    query = (
        select(ExtraTimeRow)
        .where(ExtraTimeRow.staff_id == staff_id)
        .order_by(ExtraTimeRow.start, ExtraTimeRow.id)
    )
    if since:
        query = query.where(ExtraTimeRow.end > datetime.combine(since, time()))
    with database.read() as db:
        return tuple(_as_extra(row) for row in db.scalars(query))


def add_extra(database: Database, staff_id: UUID, span: Span) -> ExtraTime:
    """Let a colleague work outside the base week, this once."""
    if span.end <= span.start:
        raise Refused(_("A working time must end after it starts."))
    if span.end - span.start > LONGEST_EXTRA:
        raise Refused(_("Extra time lasts a day at most. Enter each day by itself."))
    name = _name(database, staff_id)
    with database.change(_("Enter extra time of {name}").format(name=name)) as db:
        _present(db, staff_id)
        row = ExtraTimeRow(staff_id=staff_id, start=span.start, end=span.end)
        db.add(row)
        db.flush()
        return _as_extra(row)


def remove_extra(database: Database, extra_id: UUID) -> None:
    with database.change(_("Remove extra time")) as db:
        row = db.get(ExtraTimeRow, extra_id)
        if row is None:
            raise changed_by_another()
        db.delete(row)


# For the other use cases


def absent(db: Db, staff_id: UUID, span: Span, kind: AbsenceKind) -> AbsenceRow:
    row = AbsenceRow(staff_id=staff_id, start=span.start, end=span.end, kind=kind.value)
    db.add(row)
    db.flush()
    return row


def covered(db: Db, staff_id: UUID, span: Span) -> bool:
    """Whether an absence that is entered already holds for all of *span*."""
    there = db.scalar(
        select(AbsenceRow.id)
        .where(
            AbsenceRow.staff_id == staff_id,
            AbsenceRow.start <= span.start,
            AbsenceRow.end >= span.end,
        )
        .limit(1)
    )
    return there is not None


def already_absent(name: str) -> Refused:
    return Refused(
        _("{name} is already entered as absent then. Choose other dates.").format(name=name)
    )


def as_absence(row: AbsenceRow) -> Absence:
    return Absence(
        row.id, row.staff_id, Span(row.start, row.end), AbsenceKind(row.kind), row.version
    )


def _as_extra(row: ExtraTimeRow) -> ExtraTime:
    return ExtraTime(row.id, row.staff_id, Span(row.start, row.end))


def _as_working_time(row: WorkingTimeRow) -> WorkingTime:
    return WorkingTime(row.weekday, row.start, row.end, Weeks(row.weeks))


def _in_order(week: Iterable[WorkingTime]) -> tuple[WorkingTime, ...]:
    return tuple(sorted(week, key=lambda one: (one.weekday, one.start, one.weeks)))


def _name(database: Database, staff_id: UUID) -> str:
    with database.read() as db:
        return _present(db, staff_id).name


def _present(db: Db, staff_id: UUID) -> StaffRow:
    row = db.get(StaffRow, staff_id)
    if row is None:
        raise Refused(_("The colleague is no longer there."))
    return row
