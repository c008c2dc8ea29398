"""A publication is a group's schedule as it was told; what the draft changes, in words.

Whoever goes by the schedule (a patient's sheet, a colleague's calendar) has been told a version of
it. What is planned after that is a draft until it is published.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from painprogram import i18n
from painprogram.domain.names import folded
from painprogram.domain.people import Profession
from painprogram.domain.sessions import Leader, Session
from painprogram.i18n import N_, _, ngettext

Says = tuple[datetime, int, UUID | None, tuple[UUID, ...], bool, int]
"""What the event of a session says: start, minutes, room, leaders, cancelled, number."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A session as it was told."""

    id: UUID
    strand: str
    module: str
    number: int
    start: datetime
    minutes: int
    room_id: UUID | None = None
    room_name: str = ""
    """As the room was called then; where it is still there, by the name it has now."""
    leaders: tuple[Leader, ...] = ()
    cancelled: bool = False
    sequence: int = 0
    gone: bool = False
    """It was told before, and is no longer there: calendars are told so."""

    @property
    def says(self) -> Says:
        leaders = tuple(leader.staff_id for leader in self.leaders)
        return self.start, self.minutes, self.room_id, leaders, self.cancelled, self.number


@dataclass(frozen=True)
class Told:
    """What a publication says; *links* are the sessions of other activities in it."""

    group_id: UUID
    number: int
    sessions: Mapping[UUID, Frozen] = field(default_factory=dict)
    links: frozenset[UUID] = frozenset()
    at: datetime | None = None
    """UTC."""

    @cached_property
    def held(self) -> Mapping[UUID, Frozen]:
        """Without what is no longer there."""
        return {key: one for key, one in self.sessions.items() if not one.gone}

    @cached_property
    def of(self) -> Mapping[str, int]:
        """The m of "n of m", by strand."""
        highest: dict[str, int] = {}
        for one in self.held.values():
            highest[one.strand] = max(highest.get(one.strand, 0), one.number)
        return highest


@dataclass(frozen=True, slots=True)
class Publication:
    """Who told it, when (UTC), and what they wrote beside it."""

    group_id: UUID
    number: int
    at: datetime
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """How far a group's draft is from what was told; *number* is None where nothing was."""

    group_id: UUID
    group_name: str
    number: int | None = None
    changes: int = 0

    @property
    def differs(self) -> bool:
        return self.number is None or self.changes > 0

    @property
    def words(self) -> str:
        """``3 changes since version 2``."""
        if self.number is None:
            return _("not published yet")
        if not self.changes:
            return _("published as version {number}").format(number=self.number)
        many = ngettext(
            "{changes} change since version {number}",
            "{changes} changes since version {number}",
            self.changes,
        )
        return many.format(changes=self.changes, number=self.number)


def says(session: Session) -> Says:
    leaders = tuple(leader.staff_id for leader in session.leaders)
    return (
        session.start,
        session.minutes,
        session.room_id,
        leaders,
        session.cancelled,
        session.number,
    )


def freeze(draft: Iterable[Session], before: Told | None) -> dict[UUID, Frozen]:
    """The sessions of a new publication.

    A number in a calendar rises by one where what the event says differs from what was told, and
    nowhere else. What was told and is gone stays as such; what was never told and is cancelled
    need not be told now.
    """
    known = before.sessions if before else {}
    found: dict[UUID, Frozen] = {}
    for session in draft:
        old = known.get(session.id)
        if before is not None and (old is None or old.gone) and session.cancelled:
            if old is not None:
                found[session.id] = old
            continue
        found[session.id] = _frozen(session, old)
    for key, old in known.items():
        if key not in found:
            rises = 0 if old.gone else 1
            found[key] = replace(old, cancelled=True, gone=True, sequence=old.sequence + rises)
    return found


def _frozen(session: Session, old: Frozen | None) -> Frozen:
    sequence = session.sequence
    if old is not None:
        rises = old.gone or old.says != says(session)
        sequence = old.sequence + rises
    return Frozen(
        id=session.id,
        strand=session.strand,
        module=session.module,
        number=session.number,
        start=session.start,
        minutes=session.minutes,
        room_id=session.room_id,
        room_name=session.room_name,
        leaders=session.leaders,
        cancelled=session.cancelled,
        sequence=sequence,
    )


def differing(told: Told | None, draft: Mapping[UUID, Says]) -> frozenset[UUID]:
    """The sessions of which the draft says something else than was told."""
    held = told.held if told else {}
    cancelled = 4
    found = {
        key
        for key, new in draft.items()
        if (held[key].says != new if key in held else not new[cancelled])
    }
    return frozenset(found | (held.keys() - draft.keys()))


# As it is kept.


def as_dict(sessions: Mapping[UUID, Frozen], links: Iterable[UUID]) -> dict[str, Any]:
    return {
        "sessions": [_session_as_dict(one) for one in sessions.values()],
        "links": sorted(str(key) for key in links),
    }


def from_dict(group_id: UUID, number: int, at: datetime, content: Mapping[str, Any]) -> Told:
    found = [_session_from_dict(one) for one in content["sessions"]]
    links = frozenset(UUID(key) for key in content["links"])
    return Told(group_id, number, {one.id: one for one in found}, links, at)


def _session_as_dict(one: Frozen) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": str(one.id),
        "strand": one.strand,
        "module": one.module,
        "number": one.number,
        "start": one.start.isoformat(timespec="minutes"),
        "minutes": one.minutes,
        "room": str(one.room_id) if one.room_id else None,
        "room_name": one.room_name,
        "leaders": [
            {"id": str(x.staff_id), "name": x.name, "profession": x.profession.value}
            for x in one.leaders
        ],
        "cancelled": one.cancelled,
        "sequence": one.sequence,
    }
    return {**found, "gone": True} if one.gone else found


def _session_from_dict(one: Mapping[str, Any]) -> Frozen:
    return Frozen(
        id=UUID(one["id"]),
        strand=one["strand"],
        module=one["module"],
        number=one["number"],
        start=datetime.fromisoformat(one["start"]),
        minutes=one["minutes"],
        room_id=UUID(one["room"]) if one["room"] else None,
        room_name=one["room_name"],
        leaders=tuple(
            Leader(UUID(x["id"]), x["name"], Profession(x["profession"])) for x in one["leaders"]
        ),
        cancelled=one["cancelled"],
        sequence=one["sequence"],
        gone=one.get("gone", False),
    )


# What changed, in words.


class ChangeKind(StrEnum):
    CHANGED = "changed"
    NEW = "new"
    CANCELLED = "cancelled"
    HELD = "held"
    GONE = "gone"

    @property
    def label(self) -> str:
        return _(_KINDS[self])


_KINDS = {
    ChangeKind.CHANGED: N_("Changed"),
    ChangeKind.NEW: N_("New"),
    ChangeKind.CANCELLED: N_("Cancelled"),
    ChangeKind.HELD: N_("Held after all"),
    ChangeKind.GONE: N_("Taken away"),
}


@dataclass(frozen=True, slots=True)
class SessionChange:
    """One session before and after; None where it is new, or no longer there."""

    before: Session | None
    after: Session | None

    @property
    def session(self) -> Session:
        """As it is now, or was last."""
        found = self.after or self.before
        if found is None:
            raise ValueError("nothing has changed into nothing")
        return found

    @property
    def kind(self) -> ChangeKind:
        if self.before is None:
            return ChangeKind.NEW
        if self.after is None:
            return ChangeKind.GONE
        if self.before.cancelled != self.after.cancelled:
            return ChangeKind.CANCELLED if self.after.cancelled else ChangeKind.HELD
        return ChangeKind.CHANGED

    @property
    def subject(self) -> str:
        """``Relaxation 3``, with its time where that is not what changed."""
        old, new = self.before, self.after
        if self.kind is ChangeKind.CHANGED and old and new and _time(old) == _time(new):
            return f"{new.numbered_title}, {_when(new, whole=False)}"
        return self.session.numbered_title

    @property
    def old(self) -> str:
        """``tis 10 nov 10.00 Lokal 2``: what was told of what is no longer so."""
        if self.before is None or self.kind is ChangeKind.HELD:
            return ""
        return self._parts(self.before)

    @property
    def new(self) -> str:
        if self.after is None or self.kind is ChangeKind.CANCELLED:
            return ""
        return self._parts(self.after)

    @property
    def words(self) -> str:
        """The whole change in one line."""
        if self.kind is ChangeKind.CHANGED:
            told = f"{self.old} → {self.new}"
        else:
            told = f"{self.kind.label}, {self.old or self.new}"
        return f"{self.subject}: {told}"

    def _parts(self, session: Session) -> str:
        """Only what differs; of a session that comes or goes, when and where."""
        old, new = self.before, self.after
        if self.kind is not ChangeKind.CHANGED or old is None or new is None:
            return f"{_when(session, whole=False)} {session.room_name}".rstrip()
        parts = []
        moved = _time(old) != _time(new)
        if old.numbered_title != new.numbered_title:
            parts.append(session.numbered_title)
        if moved:
            parts.append(_when(session, whole=old.minutes != new.minutes))
        if old.room_id != new.room_id:
            parts.append(session.room_name or _("no room"))
        elif moved and session.room_name:
            parts.append(session.room_name)
        if [x.staff_id for x in old.leaders] != [x.staff_id for x in new.leaders]:
            names = i18n.joined([leader.name for leader in session.leaders])
            leads = names or _("no leader")
            parts = [*([" ".join(parts)] if parts else []), leads]
            return ", ".join(parts)
        return " ".join(parts)


def _time(session: Session) -> tuple[datetime, int]:
    return session.start, session.minutes


def _when(session: Session, *, whole: bool) -> str:
    """``tis 10 nov 10.00``, with its end where *whole*."""
    clock = i18n.clock_range(session.start, session.end) if whole else i18n.clock(session.start)
    return f"{i18n.day_short(session.start.date())} {clock}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything that changed for one person, told once."""

    person_id: UUID
    name: str
    changes: tuple[SessionChange, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What publishing a group would change since *number* (None: nothing was published)."""

    group_id: UUID
    group_name: str
    number: int | None
    sessions: tuple[SessionChange, ...]
    patients: tuple[Notice, ...]
    staff: tuple[Notice, ...]
    seen: str = ""
    """Of the draft that these are the changes of: hand it to ``publish``."""


def between(
    before: Mapping[UUID, Session], after: Mapping[UUID, Session]
) -> tuple[SessionChange, ...]:
    """What differs, in order of time. What comes or goes as cancelled is no news to anybody."""
    found = []
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            known = old or new
            if known is not None and not (old is None and known.cancelled):
                found.append(SessionChange(old, new))
        elif says(old) != says(new):
            found.append(SessionChange(old, new))
    return tuple(sorted(found, key=lambda one: (one.session.start, str(one.session.id))))


def for_leaders(changes: Iterable[SessionChange]) -> tuple[Notice, ...]:
    """What changed for each colleague who leads, or led: a session may be new to one alone."""
    names: dict[UUID, str] = {}
    told: dict[UUID, list[SessionChange]] = {}
    for change in changes:
        old, new = (
            {leader.staff_id: leader for leader in one.leaders} if one else {}
            for one in (change.before, change.after)
        )
        for staff_id in {**old, **new}:
            names[staff_id] = (new.get(staff_id) or old[staff_id]).name
            own = SessionChange(
                change.before if staff_id in old else None,
                change.after if staff_id in new else None,
            )
            told.setdefault(staff_id, []).append(own)
    found = [Notice(key, names[key], tuple(own)) for key, own in told.items()]
    return tuple(sorted(found, key=lambda one: (folded(one.name), str(one.person_id))))
