"""A colleague's schedule and a room's door list: what was told, without any patient's name."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents.door import DoorList, Taken, door_lists
from painprogram.documents.staff_schedule import StaffSchedule, Task, staff_schedules
from painprogram.domain.errors import Refused
from painprogram.domain.groups import GroupStatus
from painprogram.domain.names import folded
from painprogram.domain.papers import Kind, Wanted
from painprogram.domain.people import Profession
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.progress import Progress
from painprogram.domain.sessions import Session, Visit
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    CentreRow,
    GroupRow,
    PatientRow,
    RoomRow,
    StaffRow,
    VisitRow,
)
from painprogram.usecases import occasions, published, session_rows
from painprogram.usecases.calendars import sort_of
from painprogram.usecases.paper_batch import Batch, Item
from painprogram.usecases.paper_span import Days, now_on, staff_language, within
from painprogram.usecases.schedule_batches import parts

__all__ = ["door_lists_of", "schedules"]

FOUR_WEEKS = timedelta(days=27)
ONE_WEEK = timedelta(days=6)


def schedules(database: Database, progress: Progress, wanted: Wanted, today: date) -> Batch:
    """The schedule of a colleague, or of everybody at a centre who has something to do.

    From this week's Monday four weeks on, where no days are asked for.
    """
    progress.report(0)
    language = staff_language(wanted)
    monday = today - timedelta(days=today.weekday())
    days = within(wanted, monday, monday + FOUR_WEEKS)
    with i18n.using(language), database.read() as db:
        asked = _staff(db, wanted)
        around = occasions.load(db, days.first or today, days.last or today)
        found = []
        for number, row in enumerate(asked):
            progress.report(number / len(asked))
            content = _schedule(db, row, days, around, today, language)
            if not content.tasks and wanted.staff is None:
                continue
            found.append(
                Item(
                    content=content,
                    language=language,
                    centre_id=row.centre_id,
                    name=_("Schedule {name}").format(name=row.name),
                    by_name=(folded(row.name),),
                    by_time=content.tasks[0].start if content.tasks else None,
                    of_id=row.id,
                )
            )
        if not found:
            raise Refused(_("No colleague leads anything in these days."))
        name = found[0].name if len(found) == 1 else _("Colleagues' schedules")
    return Batch(name, tuple(found), _draw_schedules)


def door_lists_of(database: Database, progress: Progress, wanted: Wanted, today: date) -> Batch:
    """What is held in a room, or in each room of a centre: this week, or the days asked for."""
    progress.report(0)
    language = staff_language(wanted)
    monday = today - timedelta(days=today.weekday())
    days = within(wanted, monday, monday + ONE_WEEK)
    with i18n.using(language), database.read_patients(_("Print door list")) as db:
        saw(db, ())
        asked = _rooms(db, wanted)
        found = []
        for number, row in enumerate(asked):
            progress.report(number / len(asked))
            content = _door(db, row, days, today, language)
            if not content.taken and wanted.room is None:
                continue
            found.append(
                Item(
                    content=content,
                    language=language,
                    centre_id=row.centre_id,
                    name=_("Door list {name}").format(name=row.name),
                    by_name=(folded(row.name),),
                    by_time=content.taken[0].start if content.taken else None,
                    of_id=row.id,
                )
            )
        if not found:
            raise Refused(_("Nothing is held in any room in these days."))
        name = found[0].name if len(found) == 1 else Kind.DOOR.label
    return Batch(name, tuple(found), _draw_doors)


def _draw_schedules(items: Sequence[Item], progress: Progress) -> bytes:
    return staff_schedules([item.content for item in items], progress)


def _draw_doors(items: Sequence[Item], progress: Progress) -> bytes:
    return door_lists([item.content for item in items], progress)


# Colleagues


def _staff(db: Db, wanted: Wanted) -> list[StaffRow]:
    if wanted.staff:
        row = db.get(StaffRow, wanted.staff)
        if row is None:
            raise Refused(_("The colleague is no longer there."))
        return [row]
    if wanted.centre is None:
        raise Refused(_("Choose the colleague whose schedule is to be printed."))
    found = db.scalars(
        select(StaffRow).where(StaffRow.centre_id == wanted.centre, StaffRow.active)
    ).all()
    return sorted(found, key=lambda row: folded(row.name))


def _schedule(
    db: Db,
    row: StaffRow,
    days: Days,
    around: Mapping[UUID, occasions.Held],
    today: date,
    language: str,
) -> StaffSchedule:
    first, last = days.first or today, days.last or today
    off = _cancelled_groups(db)
    led = [one for one in published.led_by(db, row.id, first) if days.holds(one.start.date())]
    visits = session_rows.load_visits(db, VisitRow.staff_id == row.id, *days.of(VisitRow.start))
    centres = dict(db.execute(select(CentreRow.id, CentreRow.name)).all())
    tasks = [_task(one, row, centres, off) for one in led]
    tasks += [_visit(one, around, row, centres) for one in visits]
    return StaffSchedule(
        centre=row.centre.name,
        name=row.name,
        profession=Profession(row.profession).label,
        first=first,
        last=last,
        tasks=tuple(sorted(tasks, key=lambda task: (task.start, task.end, task.what))),
        language=language,
        printed=now_on(today),
    )


def _cancelled_groups(db: Db) -> set[UUID]:
    return set(db.scalars(select(GroupRow.id).where(GroupRow.status == GroupStatus.CANCELLED)))


def _task(one: Session, row: StaffRow, centres: Mapping[UUID, str], off: set[UUID]) -> Task:
    around = bool(one.preparation or one.wrap_up)
    return Task(
        start=one.start,
        end=one.end,
        what=one.numbered_title,
        group=one.group_name,
        room=one.room_name,
        place=centres[one.centre_id] if one.centre_id != row.centre_id else "",
        busy_from=one.start - timedelta(minutes=one.preparation) if around else None,
        busy_until=one.end + timedelta(minutes=one.wrap_up) if around else None,
        others=tuple(leader.name for leader in one.leaders if leader.staff_id != row.id),
        cancelled=one.cancelled or one.group_id in off,
    )


def _visit(
    one: Visit,
    around: Mapping[UUID, occasions.Held],
    row: StaffRow,
    centres: Mapping[UUID, str],
) -> Task:
    held = around[one.id].occasion if one.id in around else None
    more = held is not None and bool(held.preparation or held.wrap_up)
    return Task(
        start=one.start,
        end=one.end,
        what=_("Individual visit"),
        group=one.group_name,
        room=one.room_name,
        place=centres[one.centre_id] if one.centre_id != row.centre_id else "",
        busy_from=one.start - timedelta(minutes=held.preparation) if held and more else None,
        busy_until=one.end + timedelta(minutes=held.wrap_up) if held and more else None,
        cancelled=one.cancelled,
    )


# Rooms


def _rooms(db: Db, wanted: Wanted) -> list[RoomRow]:
    if wanted.room:
        row = db.get(RoomRow, wanted.room)
        if row is None:
            raise Refused(_("The room is no longer there."))
        return [row]
    if wanted.centre is None:
        raise Refused(_("Choose the room whose door list is to be printed."))
    found = db.scalars(
        select(RoomRow).where(RoomRow.centre_id == wanted.centre, RoomRow.active)
    ).all()
    return sorted(found, key=lambda row: folded(row.name))


def _door(db: Db, row: RoomRow, days: Days, today: date, language: str) -> DoorList:
    """A visit of somebody with protected identity hangs on no door."""
    off = _cancelled_groups(db)
    first = days.first or today
    held = [one for one in published.held_in(db, row.id, first) if days.holds(one.start.date())]
    visits = [
        visit
        for visit in session_rows.load_visits(
            db, VisitRow.room_id == row.id, *days.of(VisitRow.start)
        )
        if not visit.cancelled
    ]
    hidden = _protected(db, {visit.patient_id for visit in visits})
    taken = [
        Taken(
            one.start,
            one.end,
            sort_of(one) if one.kind is not ModuleKind.MEASUREMENT else _("Group session"),
            tuple(leader.name for leader in one.leaders),
            one.cancelled or one.group_id in off,
        )
        for one in held
    ]
    taken += [
        Taken(
            visit.start,
            visit.end,
            sort_of(visit),
            (visit.leader.name,) if visit.leader else (),
        )
        for visit in visits
        if visit.patient_id not in hidden
    ]
    return DoorList(
        centre=row.centre.name,
        room=row.name,
        first=first,
        last=days.last or first,
        taken=tuple(sorted(taken, key=lambda one: (one.start, one.end, one.what))),
        language=language,
        printed=now_on(today),
    )


def _protected(db: Db, patients: set[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for part in parts(patients):
        found.update(
            db.scalars(select(PatientRow.id).where(PatientRow.id.in_(part), PatientRow.protected))
        )
    saw(db, patients)
    return found
