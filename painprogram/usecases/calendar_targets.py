"""Calendars on servers that are kept up to date: one calendar of ours to one there (CalDAV).

Everything of ours is one event for one session, known by its UID. What somebody else changed in
it on the server is not written over: it is told, and the user chooses. What others put in the
calendar themselves is never looked at. The password is asked for each time, or lies in the
computer's keyring; it is never in the database.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.domain.progress import Progress
from painprogram.exchange import calendar, passwords
from painprogram.exchange.caldav import CalendarOnServer, WrongPassword, cleaned_address
from painprogram.i18n import _, ngettext
from painprogram.storage.changes import changed_by_another
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    CalendarTargetRow,
    GroupRow,
    PushedEventRow,
    RoomRow,
    StaffRow,
)
from painprogram.usecases import calendars
from painprogram.usecases.pushing import Edited, Keep, Left, Push

__all__ = [
    "Edited",
    "Keep",
    "Pushed",
    "Target",
    "add",
    "check",
    "push",
    "push_remembered",
    "remember",
    "remembered",
    "remove",
    "targets",
]

KINDS = ("staff", "room", "group")
"""Of patients nothing is sent to a server."""
LONGEST_ADDRESS = 500
_OF = {"group": calendars.of_group, "staff": calendars.of_staff, "room": calendars.of_room}
_TABLES: dict[str, type[GroupRow | RoomRow | StaffRow]] = {
    "group": GroupRow,
    "staff": StaffRow,
    "room": RoomRow,
}


@dataclass(frozen=True, slots=True)
class Target:
    """A calendar on a server, and whose calendar goes there."""

    id: UUID
    centre_id: UUID
    address: str
    account: str
    of_kind: str
    of_id: UUID
    of_name: str
    pushed_at: datetime | None = None
    """UTC."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was sent to one calendar."""

    name: str
    created: int = 0
    updated: int = 0
    cancelled: int = 0
    unchanged: int = 0
    kept: int = 0
    """Left as others made them."""
    edited: tuple[Edited, ...] = ()
    """Events of ours that others changed there: nothing was done with them."""

    @property
    def told(self) -> str:
        """In words: ``2 events new, 1 changed.``"""
        parts = []
        for number, part in (
            (self.created, ngettext("{number} event new", "{number} events new", self.created)),
            (self.updated, ngettext("{number} changed", "{number} changed", self.updated)),
            (
                self.cancelled,
                ngettext("{number} event cancelled", "{number} events cancelled", self.cancelled),
            ),
            (self.kept, ngettext("{number} left as it is", "{number} left as they are", self.kept)),
        ):
            if number:
                parts.append(part.format(number=i18n.number(number)))
        sentence = ", ".join(parts) + "." if parts else _("Nothing had changed.")
        if not self.edited:
            return sentence
        others = ngettext(
            "{number} event was changed on the server and not sent.",
            "{number} events were changed on the server and not sent.",
            len(self.edited),
        )
        return f"{sentence} {others.format(number=i18n.number(len(self.edited)))}"


def targets(database: Database, centre_id: UUID | None = None) -> tuple[Target, ...]:
    """The calendars on servers, of one centre or of all, in order of whose they are."""
    with database.read() as db:
        query = select(CalendarTargetRow)
        if centre_id:
            query = query.where(CalendarTargetRow.centre_id == centre_id)
        found = [_as_target(db, row) for row in db.scalars(query)]
        return tuple(sorted(found, key=lambda each: (each.of_name.casefold(), each.address)))


def add(
    database: Database, centre_id: UUID, address: str, account: str, kind: str, key: UUID
) -> Target:
    """Keep the calendar at *address* up to date with that of a ``staff``, ``room`` or ``group``."""
    where = cleaned_address(address)
    if len(where) > LONGEST_ADDRESS:
        raise Refused(
            _("The address is too long: {most} characters at most.").format(most=LONGEST_ADDRESS)
        )
    who = account.strip()
    if not who:
        raise Refused(_("Write the account that may write in the calendar."))
    if kind not in KINDS:
        raise Refused(_("Choose a colleague, a room or a group."))
    with database.change(_("Add calendar on a server")) as db:
        if db.scalar(select(CalendarTargetRow.id).where(CalendarTargetRow.address == where)):
            raise Refused(
                _("That calendar is kept up to date already. Each takes one calendar of ours.")
            )
        row = CalendarTargetRow(
            centre_id=centre_id, address=where, account=who, of_kind=kind, of_id=key
        )
        db.add(row)
        db.flush()
        return _as_target(db, row)


def remove(database: Database, target_id: UUID) -> None:
    """Send nothing there any more; what has been sent stays on the server."""
    with database.change(_("Remove calendar on a server")) as db:
        row = db.get(CalendarTargetRow, target_id)
        if row is None:
            raise changed_by_another()
        for event in db.scalars(
            select(PushedEventRow).where(PushedEventRow.target_id == target_id)
        ):
            db.delete(event)
        db.flush()
        db.delete(row)


def check(
    _database: Database, progress: Progress, address: str, account: str, password: str
) -> str:
    """What the calendar at *address* is called; refused in a sentence where nothing can go there.

    Nothing is written, here or there.
    """
    progress.report(0, _("Asking the server"))
    with _opened(address, account.strip(), password) as server:
        return server.name()


@contextmanager
def _opened(address: str, account: str, password: str) -> Iterator[CalendarOnServer]:
    """A password that the server does not take is not kept in the keyring either."""
    try:
        with CalendarOnServer(address, account, password) as server:
            yield server
    except WrongPassword:
        passwords.remember(address, account, "")
        raise


def push(
    database: Database,
    progress: Progress,
    target_id: UUID,
    password: str,
    stamp: datetime,
    *,
    keep: Mapping[str, Keep] | None = None,
) -> Pushed:
    """Send what changed since the last time; *stamp* is the time of writing in UTC.

    *keep* says for events that came back as ``edited`` whose version holds. Where the server fails
    on the way, what it has taken is remembered all the same.
    """
    with database.read() as db:
        row = db.get(CalendarTargetRow, target_id)
        if row is None:
            raise changed_by_another()
        target = _as_target(db, row)
        left = _left(db, target_id)
    wanted = {e.uid: e for e in calendar.read(_OF[target.of_kind](database, target.of_id, stamp))}
    progress.report(0, _("Asking the server"))
    with _opened(target.address, target.account, password) as server:
        name = server.name()
        sent = Push(server, left, stamp, keep or {})
        whole = False
        try:
            sent.send(wanted, progress)
            whole = True
        except Refused as refusal:
            raise Refused(_with_count(str(refusal), sent.many)) from refusal
        finally:
            _remember(database, target, sent.done, stamp if whole else None)
    progress.report(1)
    return Pushed(name, **sent.counts, edited=tuple(sent.edited))


def push_remembered(
    database: Database, progress: Progress, stamp: datetime, *, centre_id: UUID | None = None
) -> tuple[tuple[Target, str], ...]:
    """Send to every calendar whose password lies in the keyring: what was said of each.

    One server that fails is no reason not to send to the next.
    """
    said = []
    for target in targets(database, centre_id):
        if password := passwords.remembered(target.address, target.account):
            try:
                told = push(database, progress, target.id, password, stamp).told
            except Refused as refusal:
                told = str(refusal)
            said.append((target, told))
    return tuple(said)


def _with_count(sentence: str, many: int) -> str:
    if not many:
        return sentence
    told = ngettext("{number} event had been sent.", "{number} events had been sent.", many)
    return f"{sentence} {told.format(number=many)}"


def _left(db: Db, target_id: UUID) -> dict[str, Left]:
    rows = db.scalars(select(PushedEventRow).where(PushedEventRow.target_id == target_id))
    return {row.uid: Left.of(row.address, row.tag, row.digest) for row in rows}


def _remember(
    database: Database, target: Target, done: Mapping[str, Left], stamp: datetime | None
) -> None:
    """What lies on the server now. It has been sent, so there is nothing to undo."""
    if not done and stamp is None:
        return
    label = _("Send calendar {name} to its server").format(name=target.of_name)
    with database.change(label, undoable=False) as db:
        row = db.get(CalendarTargetRow, target.id)
        if row is None:
            return  # taken away meanwhile
        if stamp is not None:
            row.pushed_at = stamp.replace(tzinfo=None)
        query = select(PushedEventRow).where(PushedEventRow.target_id == target.id)
        known = {event.uid: event for event in db.scalars(query)}
        for uid, left in done.items():
            event = known.get(uid)
            if event is None:
                event = PushedEventRow(target_id=target.id, uid=uid)
                db.add(event)
            event.address, event.tag, event.digest = left.place, left.tag, left.digest


def _as_target(db: Db, row: CalendarTargetRow) -> Target:
    table = _TABLES[row.of_kind]
    name = db.scalar(select(table.name).where(table.id == row.of_id))
    return Target(
        id=row.id,
        centre_id=row.centre_id,
        address=row.address,
        account=row.account,
        of_kind=row.of_kind,
        of_id=row.of_id,
        of_name=name or "",
        pushed_at=row.pushed_at,
    )


# Passwords, where the computer has a keyring.


def remembered(_database: Database, _progress: Progress, target: Target) -> tuple[bool, str]:
    """Whether the computer has a keyring, and the password of *target* in it, if it is there.

    As a long task: a keyring may ask to be unlocked first.
    """
    return passwords.available(), passwords.remembered(target.address, target.account)


def remember(_database: Database, _progress: Progress, target: Target, password: str) -> bool:
    """Keep it in the keyring; an empty one is forgotten."""
    return passwords.remember(target.address, target.account, password)
