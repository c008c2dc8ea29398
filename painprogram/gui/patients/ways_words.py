"""How the screens say where a patient's way stands, and what can be done next."""

from datetime import date

from painprogram.domain.referrals import Way, WayStep
from painprogram.domain.ways import NextStep, WayStatus
from painprogram.gui.widgets.chips import Tone
from painprogram.i18n import N_, _, date_short, ngettext
from painprogram.usecases.ways import DONE

_VERBS = {
    WayStatus.ASSESSED: N_("Note as assessed…"),
    WayStatus.WAITING: N_("Put on the waiting list…"),
    WayStatus.OFFERED: N_("Offer a place…"),
    WayStatus.PLACED: N_("Give a place…"),
    WayStatus.UNDER_WAY: N_("Has begun…"),
    WayStatus.COMPLETED: N_("Has completed…"),
    WayStatus.STOPPED: N_("Stopped early…"),
    WayStatus.NEVER_CAME: N_("Never came…"),
    WayStatus.ONWARD: N_("Send onward…"),
    WayStatus.DECLINED: N_("Declined…"),
}
_TONES: dict[WayStatus, Tone] = {
    WayStatus.PLACED: "accent",
    WayStatus.UNDER_WAY: "accent",
    WayStatus.COMPLETED: "ok",
}
_SIGNS = {
    WayStatus.RECEIVED: "mail",
    WayStatus.ASSESSED: "document",
    WayStatus.WAITING: "clock",
    WayStatus.OFFERED: "flag",
    WayStatus.PLACED: "people",
    WayStatus.UNDER_WAY: "play",
    WayStatus.COMPLETED: "check",
    WayStatus.STOPPED: "blocked",
    WayStatus.NEVER_CAME: "blocked",
    WayStatus.ONWARD: "arrow-right",
    WayStatus.DECLINED: "blocked",
}
NATURAL = {
    WayStatus.RECEIVED: WayStatus.ASSESSED,
    WayStatus.ASSESSED: WayStatus.WAITING,
    WayStatus.WAITING: WayStatus.OFFERED,
    WayStatus.OFFERED: WayStatus.PLACED,
    WayStatus.PLACED: WayStatus.UNDER_WAY,
    WayStatus.UNDER_WAY: WayStatus.COMPLETED,
}
"""The step that most ways take next."""


def verb(status: WayStatus) -> str:
    """On the button that takes a way on to *status*."""
    return _(_VERBS[status])


def done_verb(step: NextStep) -> str:
    return _("Done: {step}…").format(step=step.label)


def chip(way: Way) -> tuple[str, Tone, str]:
    """Words, tone and sign for where it stands."""
    return way.status.label, _TONES.get(way.status, "neutral"), _SIGNS[way.status]


def since(way: Way) -> str:
    """``since 12 Oct · waited 45 days (limit 60)``"""
    parts = [_("since {day}").format(day=date_short(way.referral.status_on))]
    days = way.waited
    if days is not None and not way.status.ended:
        waited = ngettext("waited {days} day", "waited {days} days", days).format(days=days)
        limit = _("limit {limit}").format(limit=way.limit)
        parts.append(f"{waited} ({limit})" if way.placed_on is None else waited)
    if way.status.ended and way.referral.end_reason:
        parts.append(way.referral.end_reason)
    if way.status is WayStatus.OFFERED and way.group_name:
        parts.append(way.group_name)
    return " · ".join(parts)


def coming(way: Way, today: date) -> tuple[str, Tone]:
    """What is to be done next and when; the tone warns when the day has passed."""
    if way.next_step is None:
        return _("Nothing is left to do"), "neutral"
    if way.next_on is None:
        return way.next_step.label, "warn"
    days = (today - way.next_on).days
    if days > 0:
        late = ngettext("{days} day late", "{days} days late", days).format(days=days)
        return f"{way.next_step.label} · {late}", "warn"
    day = _("by {day}").format(day=date_short(way.next_on))
    return f"{way.next_step.label} · {day}", "neutral"


def step_words(step: WayStep) -> str:
    """A line of the list of steps."""
    words, reason = step.status.label, step.reason
    if reason.startswith(DONE):
        words, reason = _("Done: {step}").format(step=NextStep(reason[len(DONE) :]).label), ""
    parts = [date_short(step.on), words, *([reason] if reason else [])]
    return " · ".join([*parts, *([step.by] if step.by else [])])
