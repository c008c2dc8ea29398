"""One push of a calendar to its server: event by event, never over what somebody else wrote."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.domain.progress import Progress
from painprogram.exchange import calendar
from painprogram.exchange.caldav import CalendarOnServer, Overtaken, Stored, UidTaken
from painprogram.exchange.calendar import Event
from painprogram.i18n import _

_GONE, _NOTHING, _UNKNOWN = "gone", "nothing", "unknown"
"""In place of a digest: the session is no longer there; nothing lies there; never seen by us."""


class Keep(StrEnum):
    """Whose version of an event holds."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Edited:
    """An event of ours that somebody changed on the server; both versions in words."""

    uid: str
    title: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Left:
    """An event as it was left on the server."""

    place: str
    tag: str
    sent: str
    """Digest of what we had to say, even where theirs was kept."""
    found: str
    """Digest of what lies there."""
    theirs: bool = False
    """Somebody else's version was kept."""

    @property
    def digest(self) -> str:
        return " ".join((self.sent, self.found, *(["theirs"] if self.theirs else [])))

    @classmethod
    def of(cls, place: str, tag: str, digest: str) -> "Left":
        sent, found, *theirs = digest.split()
        return cls(place, tag, sent, found, theirs == ["theirs"])


class Push:
    """*done* grows as the server takes events: it holds whatever happens next."""

    def __init__(
        self,
        server: CalendarOnServer,
        left: Mapping[str, Left],
        stamp: datetime,
        keep: Mapping[str, Keep],
    ) -> None:
        self._server, self._left, self._keep = server, left, keep
        self._stamp, self._now = stamp, calendar.wall_clock(stamp)
        self._tags: dict[str, str] = {}
        self.done: dict[str, Left] = {}
        self.edited: list[Edited] = []
        self.counts = {"created": 0, "updated": 0, "cancelled": 0, "unchanged": 0, "kept": 0}

    @property
    def many(self) -> int:
        """How many events have been sent."""
        return self.counts["created"] + self.counts["updated"] + self.counts["cancelled"]

    def send(self, wanted: Mapping[str, Event], progress: Progress) -> None:
        self._tags = self._server.tags()
        uids = [*wanted, *(uid for uid in self._left if uid not in wanted)]
        for at, uid in enumerate(uids):
            told = _("Event {number} of {many}").format(number=at + 1, many=len(uids))
            progress.report(at / len(uids), told)
            self._one(uid, wanted.get(uid))

    def _one(self, uid: str, event: Event | None) -> None:
        left = self._left.get(uid)
        if left is None:
            if event and not event.cancelled and event.end > self._now:
                self._create(event)
            return
        same = self._tags.get(left.place, "") == left.tag
        if same and left.sent == (_digest(event) if event else _GONE):
            self.counts["unchanged"] += 1
            return
        self._meet(uid, event, left, self._server.read(left.place))

    def _create(self, event: Event) -> None:
        name = event.uid.partition("@")[0]
        place = self._server.new_place(f"{name}.ics")
        try:
            tag = self._server.put(place, calendar.resource(event), None)
        except Overtaken:
            pass  # it was sent before, and that was forgotten: a database brought back, a crash
        except UidTaken:  # put there by hand, from a file of ours
            place = self._server.place_of(event.uid) or place
        else:
            self._took(event.uid, place, tag, _digest(event))
            self.counts["created"] += 1
            return
        stored = self._server.read(place)
        if stored is None:
            raise Refused(
                _(
                    "The server does not take {title}: it says that it has it already, and does "
                    "not say where. Look for it in the calendar's bin."
                ).format(title=event.summary)
            )
        self._meet(event.uid, event, Left(place, "", _UNKNOWN, _UNKNOWN), stored)

    def _meet(self, uid: str, event: Event | None, left: Left, stored: Stored | None) -> None:
        """Something lies there, or did: ours as we left it, or what somebody made of it."""
        wanted = _digest(event) if event else _GONE
        there = _read(stored, uid)
        found = _found(stored, there)
        tag = stored.tag if stored else ""
        over = event.end if event else there.end if there else self._now
        if found == wanted or (found == left.found and left.sent == wanted):
            self._adopt(uid, replace(left, tag=tag, sent=wanted, found=found))
        elif over <= self._now and (stored is None or event is None):
            # What is past may be tidied away, and was held although it is no longer planned.
            self._adopt(uid, Left(left.place, tag, wanted, found))
        elif event is None and there is None:
            # Taken away there as here, or made into something that is no longer one event of ours.
            self._adopt(uid, Left(left.place, tag, wanted, found))
        elif found == left.found and not left.theirs:
            self._write(uid, event, left.place, stored)
        elif uid not in self._keep:
            self.edited.append(_edited(uid, event, stored, there))
        elif self._keep[uid] is Keep.THEIRS:
            self.done[uid] = Left(left.place, tag, wanted, found, theirs=True)
            self.counts["kept"] += 1
        else:
            self._write(uid, event, left.place, stored)

    def _adopt(self, uid: str, left: Left) -> None:
        self.done[uid] = left
        self.counts["unchanged"] += 1

    def _write(self, uid: str, event: Event | None, place: str, stored: Stored | None) -> None:
        """Ours over what was just read: the tag of that is the condition."""
        there = _read(stored, uid)
        made = event or (there and there.taken_away(self._stamp))
        if made is None:
            raise ValueError("there is nothing to write")
        if there and there.sequence >= made.sequence:
            made = replace(made, sequence=there.sequence + 1)
        data = calendar.resource(made)
        if stored and there:
            data = calendar.amended(stored.data, made)
        try:
            tag = self._server.put(place, data, stored.tag if stored else None)
        except Overtaken:  # between the reading and the writing
            again = self._server.read(place)
            self.edited.append(_edited(uid, event, again, _read(again, uid)))
            return
        self._took(uid, place, tag, _digest(event) if event else _GONE, _digest(made))
        self.counts["cancelled" if made.cancelled else "updated"] += 1

    def _took(self, uid: str, place: str, tag: str, sent: str, put: str = "") -> None:
        """A server that gives no tag may have kept the event in words of its own."""
        found = put or sent
        if not tag:
            stored = self._server.read(place)
            tag = stored.tag if stored else ""
            found = _found(stored, _read(stored, uid))
        self.done[uid] = Left(place, tag, sent, found)


def _digest(event: Event) -> str:
    return hashlib.sha256(repr(event.says).encode()).hexdigest()


def _found(stored: Stored | None, event: Event | None) -> str:
    if stored is None:
        return _NOTHING
    return _digest(event) if event else hashlib.sha256(stored.data).hexdigest()


def _read(stored: Stored | None, uid: str) -> Event | None:
    """The one event that lies there; None for what others made a series of, or something else."""
    try:
        events = calendar.read(stored.data) if stored else ()
    except Refused:
        return None
    return events[0] if len(events) == 1 and events[0].uid == uid else None


def _edited(uid: str, ours: Event | None, stored: Stored | None, theirs: Event | None) -> Edited:
    named = ours or theirs
    return Edited(
        uid=uid,
        title=named.summary if named else _("An event of ours"),
        ours=_told(ours) if ours else _("no longer planned"),
        theirs=_told(theirs, ours)
        if theirs
        else _("made into a series")
        if stored
        else _("removed"),
    )


def _told(event: Event, beside: Event | None = None) -> str:
    """When it is; and what else differs from the one *beside*."""
    words = [f"{i18n.day_short(event.start.date())} {i18n.clock_range(event.start, event.end)}"]
    if event.cancelled:
        words.append(_("cancelled"))
    if beside and event.location != beside.location:
        words.append(event.location or _("no place"))
    if beside and event.summary != beside.summary:
        words.append(event.summary)
    return ", ".join(words)
