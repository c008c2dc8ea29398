"""What a name on the command line means: an id, a whole name, or a beginning that is enough."""

from collections.abc import Callable, Iterable
from typing import TypeVar
from uuid import UUID

from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group
from painprogram.domain.patients import Found
from painprogram.domain.people import Centre, Staff
from painprogram.domain.rooms import Room
from painprogram.i18n import _
from painprogram.usecases import Database, centres, groups, patients, rooms, staff

T = TypeVar("T", Group, Centre, Staff, Room, Found)
MOST_NAMED = 8
"""Candidates in a sentence; the rest is counted."""


def group(database: Database, text: str) -> Group:
    nothing = _("There is no group called {text}. See: painprogram list groups")
    found = groups.groups(database)
    return _one(text, found, lambda g: g.name, lambda g: f"{g.name} ({g.centre_name})", nothing)


def centre(database: Database, text: str) -> Centre:
    nothing = _("There is no health centre called {text}.")
    return _one(text, centres.centres(database), lambda c: c.name, lambda c: c.name, nothing)


def colleague(database: Database, text: str) -> Staff:
    nothing = _("There is no colleague called {text}. See: painprogram list staff")
    found = staff.staff(database)
    return _one(text, found, lambda p: p.name, lambda p: f"{p.name} ({p.centre_name})", nothing)


def room(database: Database, text: str) -> Room:
    nothing = _("There is no room called {text}. See: painprogram list rooms")
    found = rooms.rooms(database)
    return _one(text, found, lambda r: r.name, lambda r: f"{r.name} ({r.centre_name})", nothing)


def patient(database: Database, text: str) -> UUID:
    """By id, identity number or name."""
    by_id = _uuid(text)
    if by_id:
        return patients.patient(database, by_id).id
    nothing = _("There is no patient called {text}. See: painprogram list patients")
    each = {one.id: one for one in patients.find(database, text)}  # one line for each place
    found = tuple(each.values())
    if found and any(c.isdigit() for c in text):
        return _only(text, found, lambda p: f"{p.name} {p.masked}").id
    return _one(text, found, lambda p: p.name, lambda p: f"{p.name} {p.masked}", nothing).id


def _one(
    text: str,
    every: Iterable[T],
    name: Callable[[T], str],
    told: Callable[[T], str],
    nothing: str,
) -> T:
    known = tuple(every)
    by_id = _uuid(text)
    wanted = " ".join(text.casefold().split())
    found = tuple(one for one in known if one.id == by_id)
    if not found and wanted:
        found = tuple(one for one in known if name(one).casefold() == wanted)
        found = found or tuple(one for one in known if name(one).casefold().startswith(wanted))
        found = found or tuple(one for one in known if isinstance(one, Found))
    if not found:
        raise Refused(nothing.format(text=text))
    return _only(text, found, told)


def _only(text: str, found: tuple[T, ...], told: Callable[[T], str]) -> T:
    if len(found) == 1:
        return found[0]
    names = [told(one) for one in found[:MOST_NAMED]]
    if len(found) > MOST_NAMED:
        names.append(_("{count} more").format(count=len(found) - MOST_NAMED))
    raise Refused(
        _("{text} may be any of these, so write more of the name, or the id: {names}.").format(
            text=text, names=", ".join(names)
        )
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
