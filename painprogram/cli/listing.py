"""Lists for people, and the same as JSON for programs (``docs/command-line.md``)."""

import json
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from painprogram import i18n
from painprogram.cli.output import say
from painprogram.domain.groups import Group
from painprogram.domain.patients import LANGUAGES, Found
from painprogram.domain.people import Staff
from painprogram.domain.programmes import Content
from painprogram.domain.rooms import Room
from painprogram.domain.sessions import Session
from painprogram.i18n import _
from painprogram.usecases import (
    Database,
    centres,
    groups,
    patients,
    programmes,
    rooms,
    sessions,
    staff,
)

EVERY = 1_000_000
ID = "ID"
Entry = dict[str, Any]
"""An object of JSON; keys as ``docs/command-line.md`` lists them."""
Table = tuple[Sequence[str], Sequence[Sequence[str]]]
Lister = Callable[[Database], tuple[list[Entry], Table]]


def show(database: Database, noun: str, *, as_json: bool) -> None:
    """Print everything of one kind; *noun* as on the command line."""
    entries, table = _LISTERS[noun](database)
    put(entries, table, as_json=as_json)


def show_templates(*, as_json: bool) -> None:
    found = programmes.templates()
    head = (ID, _("Name"), _("Weeks"), _("Participants"))
    lines = [(c.key, str(c.name), str(c.weeks), f"{c.minimum}–{c.maximum}") for c in found]
    put([_template(content) for content in found], (head, lines), as_json=as_json)


def put(entries: list[Entry], table: Table, *, as_json: bool) -> None:
    """A list: as JSON, or as a table with its head."""
    if as_json:
        put_json(entries)
        return
    head, lines = table
    if not lines:
        say(_("Nothing is there yet."))
        return
    widths = [max(map(len, column)) for column in zip(head, *lines, strict=True)]
    for line in (head, *lines):
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        say("  ".join(cells).rstrip())


def put_json(value: Entry | list[Entry]) -> None:
    say(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _groups(database: Database) -> tuple[list[Entry], Table]:
    found = groups.groups(database)
    head = (_("Name"), _("Health centre"), _("Status"), _("Begins"), _("Seats taken"), ID)
    lines = [
        (
            g.name,
            g.centre_name,
            g.status.label,
            g.start.isoformat(),
            f"{g.taken}/{g.maximum}",
            str(g.id),
        )
        for g in found
    ]
    return [_group(group) for group in found], (head, lines)


def _group(group: Group) -> Entry:
    return {
        "id": group.id,
        "name": group.name,
        "letter": group.letter,
        "status": group.status.value,
        "activity": group.activity,
        "programme": group.programme_name,
        "programme_version": group.programme_version,
        "centre_id": group.centre_id,
        "centre": group.centre_name,
        "owner_id": group.owner_id,
        "owner": group.owner_name,
        "start": group.start,
        "first": group.first,
        "last": group.last,
        "minimum": group.minimum,
        "maximum": group.maximum,
        "taken": group.taken,
        "sessions": group.sessions,
    }


def _sessions(database: Database) -> tuple[list[Entry], Table]:
    """Each session once: of the group it belongs to, not of those it is linked into."""
    found = [
        session
        for group in groups.groups(database)
        for session in sessions.sessions(database, group.id)
        if not session.linked
    ]
    found.sort(key=lambda session: (session.start, session.group_name, str(session.id)))
    names = {centre.id: centre.name for centre in centres.centres(database)}
    head = (_("Day"), _("Time"), _("Session"), _("Group"), _("Room"), _("Leaders"), _("Coming"))
    lines = [
        (
            f"{session.start.date()} {i18n.weekday_short(session.start.date())}",
            i18n.clock_range(session.start, session.end),
            session.numbered_title + (f" ({_('Cancelled')})" if session.cancelled else ""),
            session.group_name,
            session.room_name,
            ", ".join(leader.name for leader in session.leaders),
            f"{session.taken}/{session.seats}",
        )
        for session in found
    ]
    return [_session(session, names) for session in found], (head, lines)


def _session(session: Session, centre_names: dict[UUID, str]) -> Entry:
    return {
        "id": session.id,
        "group_id": session.group_id,
        "group": session.group_name,
        "strand": session.strand,
        "module": session.module,
        "kind": session.kind.value,
        "title": session.title,
        "letter": session.letter,
        "number": session.number,
        "of": session.of,
        "start": session.start,
        "end": session.end,
        "minutes": session.minutes,
        "centre_id": session.centre_id,
        "centre": centre_names[session.centre_id],
        "room_id": session.room_id,
        "room": session.room_name,
        "leaders": [
            {"id": one.staff_id, "name": one.name, "profession": one.profession.value}
            for one in session.leaders
        ],
        "taken": session.taken,
        "seats": session.seats,
        "cancelled": session.cancelled,
    }


def _patients(database: Database) -> tuple[list[Entry], Table]:
    names = {centre.id: centre.name for centre in centres.centres(database)}
    places: dict[UUID, list[Found]] = {}
    for found in patients.find(database, most=EVERY):  # one for each place a patient has
        places.setdefault(found.id, []).append(found)
    head = (_("Name"), _("Number"), _("Health centre"), _("Language"), _("Group"), ID)
    lines = [
        (
            held[0].name,
            held[0].masked,
            names[held[0].centre_id],
            _(LANGUAGES[held[0].language]),
            ", ".join(one.group_name for one in held if one.group_id),
            str(patient),
        )
        for patient, held in places.items()
    ]
    return [_patient(held, names) for held in places.values()], (head, lines)


def _patient(held: list[Found], centre_names: dict[UUID, str]) -> Entry:
    patient = held[0]
    return {
        "id": patient.id,
        "name": patient.name,
        "masked_number": patient.masked,
        "centre_id": patient.centre_id,
        "centre": centre_names[patient.centre_id],
        "language": patient.language,
        "interpreter": patient.interpreter,
        "access_needs": patient.access,
        "protected": patient.protected,
        "groups": [{"id": one.group_id, "name": one.group_name} for one in held if one.group_id],
    }


def _staff(database: Database) -> tuple[list[Entry], Table]:
    found = staff.staff(database)
    head = (_("Name"), _("Profession"), _("Health centre"), _("Phone"), ID)
    lines = [(p.name, p.profession.label, p.centre_name, p.phone, str(p.id)) for p in found]
    return [_colleague(person) for person in found], (head, lines)


def _colleague(person: Staff) -> Entry:
    return {
        "id": person.id,
        "name": person.name,
        "profession": person.profession.value,
        "phone": person.phone,
        "centre_id": person.centre_id,
        "centre": person.centre_name,
    }


def _rooms(database: Database) -> tuple[list[Entry], Table]:
    found = rooms.rooms(database)
    head = (_("Name"), _("Health centre"), _("Seats"), _("Equipment"), ID)
    lines = [
        (r.name, r.centre_name, str(r.seats), ", ".join(e.label for e in r.equipment), str(r.id))
        for r in found
    ]
    return [_room(room) for room in found], (head, lines)


def _room(room: Room) -> Entry:
    return {
        "id": room.id,
        "name": room.name,
        "seats": room.seats,
        "equipment": [item.value for item in room.equipment],
        "centre_id": room.centre_id,
        "centre": room.centre_name,
    }


def _template(content: Content) -> Entry:
    return {
        "id": content.key,
        "name": dict(content.name.by_language),
        "weeks": content.weeks,
        "minimum": content.minimum,
        "maximum": content.maximum,
        "closed": content.closed,
        "activity": content.activity,
    }


_LISTERS: dict[str, Lister] = {
    "groups": _groups,
    "sessions": _sessions,
    "patients": _patients,
    "staff": _staff,
    "rooms": _rooms,
}
