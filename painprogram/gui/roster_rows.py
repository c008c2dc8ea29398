"""The words, signs and keys of an attendance list."""

from collections.abc import Sequence
from datetime import UTC, datetime

from painprogram import i18n
from painprogram.domain.attendance import (
    AttendanceState,
    Event,
    EventKind,
    Mark,
)
from painprogram.domain.patients import LANGUAGES, Access
from painprogram.domain.schedule import LineKind
from painprogram.domain.sessions import Session, Visit
from painprogram.gui.widgets.big_list import BigEntry
from painprogram.gui.widgets.chips import Tone
from painprogram.i18n import N_, _, pgettext
from painprogram.usecases.attendance import Attendee, Sheet

TICKS: dict[AttendanceState, tuple[str, Tone]] = {
    AttendanceState.PRESENT: ("check", "ok"),
    AttendanceState.LATE: ("clock", "ok"),
    AttendanceState.PARTLY: ("term", "ok"),
    AttendanceState.EXCUSED: ("minus", "neutral"),
    AttendanceState.ABSENT: ("minus", "warn"),
    AttendanceState.NO_SHOW: ("cross", "block"),
}
_HOWS = {
    LineKind.SWAP: N_("Swaps to this session"),
    LineKind.ADDITION: N_("Comes besides"),
}
_ACCESS_SIGNS = {
    Access.HEARING: "ear",
    Access.LARGE_PRINT: "large-print",
    Access.LIFT: "lift",
    Access.COMPANION: "people",
}


def keys() -> dict[AttendanceState, str]:
    """The letter that notes each state."""
    return {
        AttendanceState.PRESENT: pgettext("key", "C"),
        AttendanceState.LATE: pgettext("key", "L"),
        AttendanceState.PARTLY: pgettext("key", "T"),
        AttendanceState.EXCUSED: pgettext("key", "E"),
        AttendanceState.ABSENT: pgettext("key", "A"),
        AttendanceState.NO_SHOW: pgettext("key", "N"),
    }


def verb(state: AttendanceState) -> str:
    """What a button says that notes it: somebody who arrives has come."""
    return _("Came") if state is AttendanceState.PRESENT else state.label


def told(mark: Mark) -> str:
    """The same word as on the button."""
    return _("Came") if mark.state is AttendanceState.PRESENT else mark.words


def clock_of(at: datetime, today: datetime | None = None) -> str:
    """A moment kept in UTC, as the clock on the wall said; with the day where it is another."""
    local = at.replace(tzinfo=UTC).astimezone()
    clock = i18n.clock(local)
    if today is not None and local.date() == today.date():
        return clock
    return f"{i18n.day_month(local.date())} {clock}"


def tick_of(state: AttendanceState) -> tuple[str, Tone]:
    return TICKS[state]


def tick(mark: Mark | None) -> tuple[str, Tone]:
    return TICKS[mark.state] if mark else ("", "neutral")


def signs(
    *, protected: bool, interpreter: bool, language: str, access: Sequence[Access]
) -> tuple[tuple[str, str], ...]:
    found = [("shield", _("Protected identity"))] if protected else []
    if interpreter:
        found.append(("language", interpreter_words(language)))
    found += [(_ACCESS_SIGNS.get(need, "wheelchair"), need.label) for need in access]
    return tuple(dict(found).items())


def interpreter_words(language: str) -> str:
    if language in ("", "sv", "other") or language not in LANGUAGES:
        return _("Needs an interpreter")
    name = _(LANGUAGES[language])
    return _("Needs an interpreter: {language}").format(language=name)


def row_of(one: Attendee, now: datetime) -> BigEntry:
    mark = one.mark
    state = told(mark) if mark else ""
    marks = history(one.marks, now)
    facts = [_(_HOWS[one.how]) if one.how in _HOWS else "", mark.note if mark else ""]
    if len(one.marks) > 1:
        facts.append(corrected(one.marks, now))
    elif mark:
        facts.append(" ".join(x for x in (clock_of(mark.at, now), mark.by) if x))
    meant = signs(
        protected=one.protected,
        interpreter=one.interpreter,
        language=one.language,
        access=one.access,
    )
    detail = " · ".join(fact for fact in facts if fact)
    spoken = [one.name, state or _("Nothing noted"), *(words for _icon, words in meant), detail]
    return BigEntry(
        key=one.patient_id,
        title=one.name,
        words=". ".join(part for part in spoken if part),
        detail=detail,
        tick=tick(mark),
        signs=meant,
        mark=state,
        tone=tick(mark)[1],
        tip="\n".join(marks) if len(marks) > 1 else "",
    )


def corrected(marks: Sequence[Mark], now: datetime) -> str:
    """``No-show → Late 12 min, corrected 10.04 by Anna Berg``; the newest first in *marks*."""
    new, old = marks[0], marks[1]
    was, is_now = (
        _("Nothing noted") if mark.state is AttendanceState.WITHDRAWN else told(mark)
        for mark in (old, new)
    )
    at, by = clock_of(new.at, now), new.by
    if not by:
        return _("{old} → {new}, corrected {at}").format(old=was, new=is_now, at=at)
    wording = _("{old} → {new}, corrected {at} by {name}")
    return wording.format(old=was, new=is_now, at=at, name=by)


def history(marks: Sequence[Mark], now: datetime) -> list[str]:
    """Everything that was noted, the newest first: when, by whom, what."""
    return [
        " · ".join(
            part
            for part in (
                clock_of(mark.at, now),
                mark.by,
                mark.state.label if mark.state is AttendanceState.WITHDRAWN else told(mark),
                mark.note,
            )
            if part
        )
        for mark in marks
    ]


def title(held: Session | Visit) -> str:
    return held.numbered_title if isinstance(held, Session) else held.title


def facts(held: Session | Visit) -> str:
    """``10.00–10.45 · Stora salen · Anna Berg · H26 A``"""
    who = held.leaders if isinstance(held, Session) else ((held.leader,) if held.leader else ())
    names = ", ".join(leader.name for leader in who)
    parts = (i18n.clock_range(held.start, held.end), held.room_name, names, held.group_name)
    return " · ".join(part for part in parts if part)


def counts(sheet: Sheet) -> str:
    expected, came = len(sheet.attendees), sheet.came
    left = expected - sheet.noted
    words = _("{came} of {expected} have come").format(
        came=i18n.number(came), expected=i18n.number(expected)
    )
    rest = _("{number} left to note").format(number=i18n.number(left))
    if expected and not left:
        rest = _("all are noted")
    return f"{words} · {rest}"


def event_chip(event: Event) -> tuple[str, Tone, str]:
    """Words, tone and icon."""
    if event.kind is EventKind.HELD:
        return event.kind.label, "ok", "check"
    words = event.kind.label
    if event.short_notice:
        words = _("{event} at short notice").format(event=words)
    return words, "warn", "cancel" if event.kind is EventKind.CANCELLED else "clock"


def event_told(event: Event, now: datetime) -> str:
    parts = (event.note, " ".join(x for x in (clock_of(event.at, now), event.by) if x))
    return " · ".join(part for part in parts if part)
