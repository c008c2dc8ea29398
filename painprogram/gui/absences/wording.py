"""What is said of an absence and of each thing that can be done about what it touches."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from painprogram import i18n
from painprogram.domain.sessions import Session
from painprogram.domain.substitutes import Choice, Solution, Standing
from painprogram.gui.widgets.chips import Tone
from painprogram.i18n import _, ngettext
from painprogram.usecases.absences import Impact, Touched

_TONES: dict[Standing, Tone] = {
    Standing.FREE: "neutral",
    Standing.ASK: "warn",
    Standing.TAKEN: "block",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that can be done: *short* in the closed box, *why* under it."""

    choice: Choice
    short: str
    why: str
    tone: Tone = "neutral"

    @property
    def text(self) -> str:
        return " · ".join(part for part in (self.short, self.why) if part)


@dataclass(frozen=True, slots=True)
class Remark:
    text: str
    tone: Tone = "neutral"
    icon: str = ""


def summary(impact: Impact) -> str:
    """``4 träffar, 31 patienter, 31 scheman att trycka om``."""
    visits = sum(not isinstance(one.shown, Session) for one in impact.touched)
    many = len(impact.touched) - visits
    parts = []
    if many or not visits:
        parts.append(ngettext("{number} session", "{number} sessions", many).format(number=many))
    if visits:
        parts.append(
            ngettext("{number} individual visit", "{number} individual visits", visits).format(
                number=visits
            )
        )
    parts.append(
        ngettext("{number} patient", "{number} patients", impact.patients).format(
            number=impact.patients
        )
    )
    if impact.sheets:
        parts.append(
            ngettext(
                "{number} schedule to print again",
                "{number} schedules to print again",
                impact.sheets,
            ).format(number=impact.sheets)
        )
    return ", ".join(parts)


def done(choices: Iterable[Choice]) -> Iterator[Remark]:
    """How many of each, in a few words."""
    many = Counter(choice.solution for choice in choices)
    substituted, moved = many[Solution.SUBSTITUTE], many[Solution.MOVE]
    cancelled, left = many[Solution.CANCEL], many[Solution.LEAVE]
    if substituted:
        text = ngettext("{number} substitute", "{number} substitutes", substituted)
        yield Remark(text.format(number=substituted), "ok", "check")
    if moved:
        yield Remark(_("{number} moved").format(number=moved), "accent", "arrow-right")
    if cancelled:
        text = ngettext("{number} cancelled", "{number} cancelled", cancelled)
        yield Remark(text.format(number=cancelled), "warn", "cancel")
    if left:
        yield Remark(_("{number} without leader").format(number=left), "block", "warning")


def title(one: Touched) -> str:
    shown = one.shown
    name = shown.numbered_title if isinstance(shown, Session) else shown.title
    return f"{name} ({shown.group_name})"


def when(one: Touched) -> str:
    shown = one.shown
    return f"{i18n.day_short(shown.start.date())} {i18n.clock_range(shown.start, shown.end)}"


def facts(one: Touched) -> str:
    parts = [
        ngettext("{number} patient", "{number} patients", one.patients).format(number=one.patients)
    ]
    if one.shown.room_name:
        parts.append(one.shown.room_name)
    return " · ".join(parts)


def ways(one: Touched) -> Iterator[Way]:
    """Those who can step in, other times, then cancelling it and leaving it."""
    for substitute in one.substitutes:
        yield Way(
            Choice(one.id, Solution.SUBSTITUTE, substitute.staff_id),
            _("{name} steps in").format(name=substitute.name),
            substitute.why,
            _TONES[substitute.standing],
        )
    for opening in one.times:
        day, clock = i18n.day_short(opening.first.date()), i18n.clock(opening.first)
        yield Way(
            Choice(one.id, Solution.MOVE, start=opening.first, room_id=opening.room_id),
            _("Move to {day} {time}").format(day=day, time=clock),
            " · ".join(part for part in (_("everybody is free"), opening.room_name) if part),
        )
    yield Way(
        Choice(one.id, Solution.CANCEL),
        _("Cancel it"),
        _("the patients must be told"),
        "warn",
    )
    yield Way(
        Choice(one.id, Solution.LEAVE),
        _("Leave as it is"),
        _("nobody leads it: a clash until it is solved"),
        "block",
    )
