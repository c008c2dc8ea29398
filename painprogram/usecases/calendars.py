"""Calendar files: for a patient, a colleague, a room, a group.

A calendar lies in a telephone or on a server where others may look, so it says no more than when
and where: no diagnosis, no patient's name, and for the patient the programme's public name only.

What is there is what was published; of a group that never was, its draft. What somebody was told
and is theirs no more stays as a cancelled event.

Calendars take the event with the higher SEQUENCE, and of two that are equal the one written down
later (RFC 5546): an opt-out reaches a telephone although the session itself has not changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.domain.groups import GroupStatus
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.sessions import Session, Visit
from painprogram.exchange.calendar import Event, calendar
from painprogram.i18n import _
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    CentreRow,
    EnrolmentRow,
    GroupRow,
    RoomRow,
    StaffRow,
    VisitRow,
)
from painprogram.usecases import files, patients, published, schedule_batches, sessions
from painprogram.usecases.programmes import content_of
from painprogram.usecases.schedules import OwnSchedule

UID = "{key}@painprogram"
"""The same in every file a session stands in, and for as long as it lives."""


def of_group(database: Database, group_id: UUID, stamp: datetime) -> bytes:
    """The base schedule of a group; *stamp* is the time of writing in UTC."""
    with database.read() as db:
        name = _name(db, GroupRow, group_id)
        held = published.base_schedule(db, group_id, gone=True)
        return calendar(name, _events(db, held, stamp))


def of_staff(database: Database, staff_id: UUID, stamp: datetime) -> bytes:
    """What a colleague leads, and the individual visits they have; without patients' names."""
    with database.read() as db:
        name = _name(db, StaffRow, staff_id)
        led = published.led_by(db, staff_id, stamp.date())
        held = _held(led, sessions.load_visits(db, VisitRow.staff_id == staff_id))
        return calendar(name, _events(db, held, stamp))


def of_room(database: Database, room_id: UUID, stamp: datetime) -> bytes:
    """When a room is taken, and by which group."""
    with database.read() as db:
        name = _name(db, RoomRow, room_id)
        held_here = published.held_in(db, room_id, stamp.date())
        held = _held(held_here, sessions.load_visits(db, VisitRow.room_id == room_id))
        return calendar(name, _events(db, held, stamp))


def of_patient(database: Database, patient_id: UUID, stamp: datetime) -> bytes:
    """The patient's own schedule in every group they have a place in, in their language.

    What they do not go to is there too, as cancelled: a telephone that knows it takes it away.
    """
    with database.read_patients(_("Export calendar")) as db:
        return dict(of_patients(db, {patient_id: patients.one(db, patient_id).language}, stamp))[
            patient_id
        ]


def of_patients(
    db: Db, languages: Mapping[UUID, str], stamp: datetime
) -> Iterator[tuple[UUID, bytes]]:
    """The same of many, whose *languages* are these, in one reading."""
    places: dict[UUID, list[EnrolmentRow]] = defaultdict(list)
    for part in schedule_batches.parts(languages):
        query = select(EnrolmentRow).where(
            EnrolmentRow.patient_id.in_(part), EnrolmentRow.last.is_(None)
        )
        for place in db.scalars(query):
            places[place.patient_id].append(place)
    own = schedule_batches.load(
        db, [place.id for held in places.values() for place in held], told=True
    )
    groups = {schedule.enrolment.group_id for schedule in own.values()}
    gone = {group: published.taken_away(db, group) for group in groups}
    _centres = db.scalars(select(CentreRow)).all()  # held, or each event asks for its own again
    for patient, language in languages.items():
        with i18n.using(language if language in i18n.LANGUAGES else "sv"):
            events = [
                event
                for place in places[patient]
                for event in _own(db, place, own[place.id], gone[place.group_id], stamp)
            ]
            events.sort(key=lambda event: (event.start, event.uid))
            yield patient, calendar(_("My sessions"), events, private=True)


_OF = {"group": of_group, "patient": of_patient, "staff": of_staff, "room": of_room}
_NAMED: dict[str, type[GroupRow | StaffRow | RoomRow]] = {
    "group": GroupRow,
    "staff": StaffRow,
    "room": RoomRow,
}


def title(database: Database, kind: str, key: UUID) -> str:
    """What a file of it may be called: whose it is, but never a patient's name."""
    if kind == "patient":
        return _("My sessions")
    with database.read() as db:
        return _("Calendar {name}").format(name=_name(db, _NAMED[kind], key))


def save(database: Database, path: Path, kind: str, key: UUID, stamp: datetime) -> Path:
    """Write the calendar of a ``group``, ``patient``, ``staff`` or ``room`` to *path*."""
    return files.write(path, _OF[kind](database, key, stamp))


def _name(db: Db, table: type[GroupRow | StaffRow | RoomRow], key: UUID) -> str:
    name = db.scalar(select(table.name).where(table.id == key))
    if name is not None:
        return name
    raise Refused(
        {
            GroupRow: _("The group is no longer there."),
            StaffRow: _("The colleague is no longer there."),
            RoomRow: _("The room is no longer there."),
        }[table]
    )


def _held(led: Iterable[Session], visited: Iterable[Visit]) -> Sequence[Session | Visit]:
    held: list[Session | Visit] = [*led, *visited]
    return sorted(held, key=lambda one: (one.start, str(one.id)))


def _events(db: Db, held: Iterable[Session | Visit], stamp: datetime) -> Iterable[Event]:
    """For staff: what sort it is and of which group; who comes, and what about, is not said."""
    off = set(db.scalars(select(GroupRow.id).where(GroupRow.status == GroupStatus.CANCELLED)))
    _centres = db.scalars(select(CentreRow)).all()  # held, or each event asks for its own again
    for one in held:
        leaders = one.leaders if isinstance(one, Session) else ()
        yield Event(
            uid=UID.format(key=one.id),
            sequence=one.sequence,
            start=one.start,
            end=one.end,
            summary=f"{sort_of(one)} ({one.group_name})",
            location=_place(db, one),
            description=", ".join(leader.name for leader in leaders),
            cancelled=one.cancelled or one.group_id in off,
            stamp=stamp,
        )


def sort_of(held: Session | Visit) -> str:
    """``Relaxation 3``, ``Lecture A``: the titles of lectures tell what the patients have."""
    if isinstance(held, Visit):
        return ModuleKind.INDIVIDUAL.label
    if held.letter:
        return _("Lecture {letter}").format(letter=held.letter)
    kind = ModuleKind.LECTURE if held.kind is ModuleKind.LINKED else held.kind
    return f"{kind.label} {held.number}" if held.of > 1 else kind.label


def _own(
    db: Db,
    place: EnrolmentRow,
    schedule: OwnSchedule,
    taken_away: Iterable[Session],
    stamp: datetime,
) -> Iterable[Event]:
    public_name = str(content_of(place.group.programme_version).public_name)
    off = place.group.status == GroupStatus.CANCELLED
    for line in schedule.lines:
        yield _own_event(db, line.session, public_name, stamp, off=off or not line.attends)
        if line.instead_of is not None:
            yield _own_event(db, line.instead_of, public_name, stamp, off=True)
    for gone in taken_away:
        yield _own_event(db, gone, public_name, stamp, off=True)


def _own_event(
    db: Db, held: Session | Visit, public_name: str, stamp: datetime, *, off: bool
) -> Event:
    centre = db.get_one(CentreRow, held.centre_id)
    group = public_name if isinstance(held, Session) else ""
    return Event(
        uid=UID.format(key=held.id),
        sequence=held.sequence,
        start=held.start,
        end=held.end,
        summary=centre.calendar_title or group or _("Visit to the health centre"),
        location=_place(db, held),
        description=_("Questions? Call {phone}.").format(phone=centre.phone)
        if centre.phone
        else "",
        cancelled=off,
        stamp=stamp,
        alarm_minutes=centre.calendar_alarm,
    )


def _place(db: Db, held: Session | Visit) -> str:
    centre = db.get_one(CentreRow, held.centre_id)
    street = centre.address.splitlines()[0] if centre.address else ""
    return ", ".join(part for part in (held.room_name, centre.name, street) if part)
