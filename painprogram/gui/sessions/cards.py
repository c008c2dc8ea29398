"""Sessions and visits as cards of the week grid, with what they say to eye and ear.

A visit's card never tells whose it is: who comes is read through the door, when it is asked for.
"""

from collections.abc import Collection, Hashable
from datetime import date, datetime
from functools import cache
from html import escape
from uuid import UUID

from painprogram import i18n
from painprogram.domain.plans import LockKind
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.sessions import Session
from painprogram.gui.sessions.lanes import keys_of
from painprogram.gui.sessions.shown import Held, LaneKind, Shown, is_past, leaders_of
from painprogram.gui.widgets.weekgrid import Card, Day
from painprogram.i18n import _
from painprogram.usecases.clashes import Found

_USUAL_HOURS = (8, 17)


def days(shown: Shown, today: date) -> tuple[Day, ...]:
    found = []
    for day in shown.days:
        shut = [c.reason for c in shown.closures_on(day) if c.until is None]
        short = f"{i18n.weekday_short(day)} {day.day}"
        found.append(
            Day(
                day,
                first_capital(i18n.day_short(day)),
                first_capital(short),
                today=day == today,
                past=day < today,
                closed=first_capital(", ".join(shut)),
            )
        )
    return tuple(found)


def hours(shown: Shown) -> tuple[int, int]:
    """The usual day, and more where something stands outside it."""
    first = min((held.start.hour for held in shown.held), default=24)
    last = max((held.end.hour + (held.end.minute > 0) for held in shown.held), default=0)
    return min(_USUAL_HOURS[0], first), max(_USUAL_HOURS[1], last)


def cards(
    shown: Shown, kind: LaneKind, now: datetime, cut: Collection[UUID] = frozenset()
) -> list[Card]:
    """What the filters let through; *cut* are on their way to another place."""
    return [
        _card(shown, held, now, nth, lane, cut=held.id in cut)
        for held in shown.seen
        for nth, lane in enumerate(keys_of(held, kind))
    ]


def occasion_of(key: Hashable) -> UUID | None:
    """Whose card has *key*: one with several leaders has a card in the lane of each."""
    found = key[0] if isinstance(key, tuple) else key
    return found if isinstance(found, UUID) else None


def key_of(occasion: UUID, nth: int, lane: Hashable) -> Hashable:
    return (occasion, lane) if nth else occasion


def _card(
    shown: Shown,
    held: Held,
    now: datetime,
    nth: int,
    lane: Hashable,
    *,
    cut: bool,
) -> Card:
    group = shown.group(held.group_id)
    session = held if isinstance(held, Session) else None
    start = held.start.hour * 60 + held.start.minute
    sentences = told(shown, held)
    if cut:
        sentences.append(_("Cut: it moves when it is pasted. Esc leaves it here."))
    return Card(
        key=key_of(held.id, nth, lane),
        day=held.start.date(),
        lane=lane,
        start_minute=start,
        end_minute=start + held.minutes,
        title=session.card_title if session else _("Visit"),
        corner=corner(session) if session else "",
        subtitle=" + ".join(leader.initials for leader in leaders_of(held)),
        badge=group.letter if group else "",
        kind=held.kind.value,
        used=session.taken if session else None,
        total=session.seats if session and session.seats else None,
        conflict=any(clash.open for clash in shown.clashes_of(held.id)),
        acknowledged=any(clash.acknowledged for clash in shown.clashes_of(held.id)),
        cancelled=shown.cancelled(held),
        changed=held.id in shown.told,
        locked=bool(session and session.locked),
        linked=held.kind is ModuleKind.LINKED,
        fixed=not can_be_moved(held),
        cut=cut,
        past=is_past(held, now),
        tooltip=_plain("\n".join(sentences)),
        accessible_text=" ".join(sentences),
    )


def can_be_moved(held: Held) -> bool:
    """By a drag or a key: where other groups come too, its time is changed in words only."""
    return held.kind is not ModuleKind.LINKED and not held.cancelled


def corner(session: Session) -> str:
    """``Del A``, ``3 av 8``, or nothing for one that stands alone."""
    if session.letter:
        return _("Part {letter}").format(letter=session.letter)
    if session.of > 1:
        return _("{number} of {total}").format(number=session.number, total=session.of)
    return ""


def full_title(held: Held) -> str:
    """``Avslappning 3 av 8``, ``Smärtpsykologi, del D``"""
    if not isinstance(held, Session):
        return held.title
    if held.of > 1:
        return f"{held.title} {corner(held)}"
    return f"{held.title} ({held.letter})" if held.letter else held.title


def when(held: Held) -> str:
    """``tis 10 nov 10.00–10.45``"""
    return f"{i18n.day_short(held.start.date())} {i18n.clock_range(held.start, held.end)}"


def told(shown: Shown, held: Held) -> list[str]:
    """Everything about it in whole sentences."""
    day = _day_long(held.start.date(), i18n.language())
    hours_ = i18n.clock_range(held.start, held.end)
    found = [f"{full_title(held)}, {held.group_name}.", first_capital(f"{day} {hours_}.")]
    if shown.cancelled(held):
        found.append(_("Cancelled") + ".")
    if held.room_name:
        found.append(f"{held.room_name}.")
    names = [f"{leader.name} ({leader.profession.label})" for leader in leaders_of(held)]
    found.append(
        _("Led by {names}.").format(names=i18n.joined(names)) if names else _("Nobody leads it.")
    )
    if isinstance(held, Session) and held.seats:
        seats = _("{taken} of {seats} seats are taken.")
        found.append(seats.format(taken=held.taken, seats=held.seats))
    if held.kind is ModuleKind.LINKED:
        found.append(_("Other groups come too: its time is changed with Enter, not by dragging."))
    if isinstance(held, Session) and held.locked:
        kinds = [kind.label for kind in LockKind if kind in held.locked]
        words = _("Locked for the automatic plan: {what}.")
        found.append(words.format(what=i18n.joined(kinds).lower()))
    change = shown.told.get(held.id)
    if change is not None:
        published = _("Changed since it was published: {old}.")
        new = _("New since the schedule was published.")
        found.append(published.format(old=change.old) if change.old else new)
    found += [_told(clash, clash.against(held.id)) for clash in shown.clashes_of(held.id)]
    return found


def _told(clash: Found, text: str) -> str:
    if clash.acknowledged is not None:
        words = _("Acknowledged: {text} Reason: {reason}")
        return words.format(text=text, reason=clash.acknowledged.reason)
    return _("Clash: {text}").format(text=text) if clash.open else text


@cache
def _day_long(day: date, _language: str) -> str:
    return i18n.day_long(day)


def first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plain(text: str) -> str:
    """A tooltip reads what looks like markup as such; names are names."""
    return escape(text).replace("\n", "<br>") if "<" in text else text
