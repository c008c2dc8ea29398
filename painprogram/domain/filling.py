"""Who a free seat is proposed to: judged by named reasons, in an order that can be explained.

The order is the waiting list's: priority, then the day of the referral. Nobody is put before
somebody else for anything but that; who can't use the seat is passed over, with the reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from painprogram.domain.patients import LANGUAGES, Access
from painprogram.domain.referrals import Priority, Referral
from painprogram.domain.rooms import Equipment
from painprogram.domain.unsuitable import Unsuitable
from painprogram.i18n import _, ngettext

FOURTH = 4
"""Who can't come to more than one meeting in so many is passed over."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody on the waiting list."""

    order: int
    """From 1."""
    referral: Referral
    name: str
    days: int
    """From the referral until today."""
    limit: int
    """Days that the centre holds itself to."""
    language: str = "sv"
    interpreter: bool = False
    access: tuple[Access, ...] = ()
    times_not: tuple[Unsuitable, ...] = ()
    protected: bool = False
    centre_name: str = ""
    programme_name: str = ""
    preferred_centre_name: str = ""
    offered_group_name: str = ""

    @property
    def over_limit(self) -> bool:
        return self.days > self.limit

    @property
    def centre_id(self) -> UUID:
        """Where the patient would rather come: the own centre, unless another was asked for."""
        return self.referral.values.preferred_centre_id or self.referral.centre_id


@dataclass(frozen=True, slots=True)
class Meeting:
    start: datetime
    end: datetime
    room: str = ""
    equipment: frozenset[Equipment] = frozenset()


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in a group, as far as it matters who takes it."""

    group_name: str
    centre_id: UUID
    centre_name: str
    programme_id: UUID | None
    programme_name: str
    meetings: tuple[Meeting, ...] = ()
    languages: Mapping[str, int] = field(default_factory=dict)
    """How many in the group speak each language."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One who waits, and what speaks for and against a place in the group."""

    waiting: Waiting
    seat: int | None
    """Which of the free seats, from 1; None for who is passed over or must wait."""
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """All on one line, as it is kept when the place is offered."""
        return "; ".join(self.reasons)


def judged(line: Iterable[Waiting], seat: Seat, free: int) -> tuple[Judged, ...]:
    """Everybody in *line*, who stands in order: first those who get a seat, then the others."""
    chosen: list[Judged] = []
    rest: list[Judged] = []
    for one in line:
        hinders = tuple(_hinders(one, seat))
        speaks = tuple(_speaks(one, seat, suits=not hinders))
        if hinders:
            rest.append(Judged(one, None, speaks, hinders))
        elif len(chosen) < free:
            chosen.append(Judged(one, len(chosen) + 1, speaks))
        else:
            full = (_("No seat is left after those before"),)
            rest.append(Judged(one, None, speaks, full))
    return (*chosen, *rest)


# What speaks for somebody


def _speaks(one: Waiting, seat: Seat, *, suits: bool) -> Iterable[str]:
    yield _("number {order} on the list").format(order=one.order)
    if one.referral.values.priority is not Priority.USUAL:
        yield _("priority: {priority}").format(priority=one.referral.values.priority.label.lower())
    waited = ngettext("has waited {days} day", "has waited {days} days", one.days)
    if one.over_limit:
        waited = _("has waited {days} days, more than the limit of {limit}")
    yield waited.format(days=one.days, limit=one.limit)
    if one.referral.values.preferred_centre_id == seat.centre_id:
        yield _("would rather come to {centre}").format(centre=seat.centre_name)
    with_same = seat.languages.get(one.language, 0)
    if one.language != "sv" and with_same:
        yield ngettext(
            "{number} other in the group has the same language: {language}",
            "{number} others in the group have the same language: {language}",
            with_same,
        ).format(number=with_same, language=_(LANGUAGES[one.language]))
    if one.times_not and suits:
        missed = len(_missed(one, seat))
        if not missed:
            yield _("all times suit")
        else:
            yield _("{missed} of {number} meetings fall on times that do not work").format(
                missed=missed, number=len(seat.meetings)
            )


# What hinders


def _hinders(one: Waiting, seat: Seat) -> Iterable[str]:
    yield from _other_programme(one, seat)
    yield from _other_centre(one, seat)
    yield from _times(one, seat)
    yield from _rooms(one, seat)


def _other_programme(one: Waiting, seat: Seat) -> Iterable[str]:
    wanted = one.referral.values.programme_id
    if wanted is not None and wanted != seat.programme_id:
        yield _("Waits for {programme}").format(programme=one.programme_name)


def _other_centre(one: Waiting, seat: Seat) -> Iterable[str]:
    if one.centre_id != seat.centre_id:
        name = one.preferred_centre_name or one.centre_name
        yield _("Wants to come to {centre}").format(centre=name)


def _times(one: Waiting, seat: Seat) -> Iterable[str]:
    missed = _missed(one, seat)
    if len(missed) * FOURTH > len(seat.meetings):
        met = {
            time.label: None
            for time in one.times_not
            if any(time.meets(meeting.start, meeting.end) for meeting in missed)
        }
        yield _("{missed} of {number} meetings fall on times that do not work: {times}").format(
            missed=len(missed), number=len(seat.meetings), times=", ".join(met)
        )


def _rooms(one: Waiting, seat: Seat) -> Iterable[str]:
    for need, equipment in _NEEDED.items():
        if need in one.access:
            without = {
                meeting.room
                for meeting in seat.meetings
                if meeting.room and equipment not in meeting.equipment
            }
            if without:
                yield _("Needs {need}, which {rooms} lacks").format(
                    need=equipment.label, rooms=", ".join(sorted(without))
                )


_NEEDED = {Access.STEP_FREE: Equipment.STEP_FREE, Access.HEARING: Equipment.HEARING_LOOP}


def _missed(one: Waiting, seat: Seat) -> list[Meeting]:
    return [
        meeting
        for meeting in seat.meetings
        if any(time.meets(meeting.start, meeting.end) for time in one.times_not)
    ]
