"""Founding a new centre: its people and rooms in one step, from what the first start asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from painprogram.domain.errors import Refused
from painprogram.domain.people import Centre, CentreKind, Profession
from painprogram.domain.rooms import Equipment
from painprogram.i18n import LANGUAGES, _, using
from painprogram.storage.database import Database
from painprogram.storage.tables import CentreRow, RoomRow, StaffRow
from painprogram.usecases.centres import as_centre, check_free, named, provider_named
from painprogram.usecases.rooms import check_seats

_ALSO_CALLED = {
    "sjukgymnast": Profession.PHYSIOTHERAPIST,
    "doktor": Profession.PHYSICIAN,
    "doctor": Profession.PHYSICIAN,
    "farmaceut": Profession.PHARMACIST,
    "rehabkoordinator": Profession.REHAB_COORDINATOR,
    "rehabiliteringskoordinator": Profession.REHAB_COORDINATOR,
}


@dataclass(frozen=True, slots=True)
class NewStaff:
    """A colleague who works at the new centre."""

    name: str
    profession: Profession | None
    """None: not chosen yet, which is refused."""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A room of the new centre."""

    name: str
    seats: int
    equipment: tuple[Equipment, ...] = ()
    directions: str = ""


@dataclass(frozen=True, slots=True)
class NewCentre:
    """All that the first start asks about a centre."""

    name: str = ""
    kind: CentreKind = CentreKind.VARDCENTRAL
    provider: str = ""
    """Empty: the centre is a care provider by itself."""
    phone: str = ""
    phone_hours: str = ""
    address: str = ""
    staff: tuple[NewStaff, ...] = ()
    rooms: tuple[NewRoom, ...] = ()
    me: str = ""
    """The name of the colleague who founds it: whom the change log names."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with *field* of a ``NewCentre``; *line* counts from 0 where it is a list."""

    field: str
    sentence: str
    line: int | None = None


def faults(new: NewCentre) -> tuple[Fault, ...]:
    """Everything that has to be put right before the centre can be founded, top to bottom."""
    return (*_about_centre(new), *_about_staff(new), *_about_rooms(new), *_about_me(new))


def found(database: Database, new: NewCentre) -> Centre:
    """Add the centre with all its staff and rooms: all of it, or nothing.

    It can't be undone: a program without a centre has nothing to show.
    """
    for fault in faults(new):
        raise Refused(fault.sentence)
    name = named(new.name, _("the health centre"))
    label = _("Found {name}").format(name=name)
    with database.change(label, undoable=False) as db:
        check_free(db, name)
        centre = CentreRow(
            name=name,
            kind=new.kind,
            provider=provider_named(db, new.provider.strip() or name),
            phone=new.phone.strip(),
            phone_hours=new.phone_hours.strip(),
            address=new.address.strip(),
        )
        db.add(centre)
        db.flush()
        for person in new.staff:
            db.add(
                StaffRow(
                    centre_id=centre.id,
                    name=" ".join(person.name.split()),
                    profession=person.profession,
                    phone=person.phone.strip(),
                )
            )
        for room in new.rooms:
            db.add(
                RoomRow(
                    centre_id=centre.id,
                    name=" ".join(room.name.split()),
                    seats=room.seats,
                    equipment=sorted(room.equipment),
                    directions=room.directions.strip(),
                )
            )
        db.flush()
        return as_centre(centre)


def profession_named(text: str) -> Profession | None:
    """The profession that *text* says, in any of our languages; its beginning is enough.

    >>> profession_named("Sjukgymnast").value
    'physiotherapist'
    """
    wanted = " ".join(text.casefold().split())
    if not wanted:
        return None
    titles = dict(_ALSO_CALLED)
    for language in LANGUAGES:
        with using(language):
            titles |= {profession.label.casefold(): profession for profession in Profession}
    if wanted in titles:
        return titles[wanted]
    begun = {profession for title, profession in titles.items() if title.startswith(wanted)}
    return begun.pop() if len(begun) == 1 else None


def _about_centre(new: NewCentre) -> Iterator[Fault]:
    yield from _name_fault("name", None, new.name, _("the health centre"))
    if new.provider.strip():
        yield from _name_fault("provider", None, new.provider, _("the care provider"))


def _about_staff(new: NewCentre) -> Iterator[Fault]:
    if not new.staff:
        yield Fault("staff", _("Write at least one colleague: yourself."))
    for line, person in enumerate(new.staff):
        yield from _name_fault("staff", line, person.name, _("the colleague"))
        if person.profession is None:
            sentence = _("Choose a profession for {name}.")
            yield Fault("staff", sentence.format(name=person.name.strip() or "–"), line)
    sentence = _("{name} stands on two lines. Remove one, or tell the two apart in the name.")
    for line, name in _said_twice(person.name for person in new.staff):
        yield Fault("staff", sentence.format(name=name), line)


def _about_rooms(new: NewCentre) -> Iterator[Fault]:
    for line, room in enumerate(new.rooms):
        yield from _name_fault("rooms", line, room.name, _("the room"))
        try:
            check_seats(room.seats)
        except Refused as refused:
            yield Fault("rooms", f"{room.name.strip()}: {refused}", line)
    sentence = _("There are two rooms called {name}. Remove one, or tell the two apart.")
    for line, name in _said_twice(room.name for room in new.rooms):
        yield Fault("rooms", sentence.format(name=name), line)


def _about_me(new: NewCentre) -> Iterator[Fault]:
    if new.staff and new.me not in {" ".join(person.name.split()) for person in new.staff}:
        yield Fault("me", _("Choose who you are: the change log says who did what."))


def _name_fault(field: str, line: int | None, name: str, what: str) -> Iterator[Fault]:
    try:
        named(name, what)
    except Refused as refused:
        yield Fault(field, str(refused), line)


def _said_twice(names: Iterable[str]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for line, name in enumerate(names):
        plain = " ".join(name.split())
        if plain and plain.casefold() in seen:
            yield line, plain
        seen.add(plain.casefold())
