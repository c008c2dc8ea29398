"""A patient's way from a referral to the last follow-up: where it stands and what comes next."""

from datetime import date, timedelta
from enum import StrEnum

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.i18n import N_, _

LONGEST_REASON = 500
YEAR = 365


class WayStatus(StrEnum):
    """Where a way stands; the reason it ended is a status of its own."""

    RECEIVED = "received"
    ASSESSED = "assessed"
    WAITING = "waiting"
    OFFERED = "offered"
    PLACED = "placed"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    STOPPED = "stopped"
    NEVER_CAME = "never_came"
    ONWARD = "onward"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return _(_STATUSES[self])

    @property
    def ended(self) -> bool:
        return self in ENDED


_STATUSES = {
    WayStatus.RECEIVED: N_("Received"),
    WayStatus.ASSESSED: N_("Assessed"),
    WayStatus.WAITING: N_("Waiting"),
    WayStatus.OFFERED: N_("Offered a place"),
    WayStatus.PLACED: N_("Has a place"),
    WayStatus.UNDER_WAY: N_("Under way"),
    WayStatus.COMPLETED: N_("Completed"),
    WayStatus.STOPPED: N_("Stopped early"),
    WayStatus.NEVER_CAME: N_("Never came"),
    WayStatus.ONWARD: N_("Sent onward"),
    WayStatus.DECLINED: N_("Declined"),
}
NEW = (WayStatus.RECEIVED, WayStatus.ASSESSED)
IN_LINE = (WayStatus.WAITING, WayStatus.OFFERED)
IN_GROUP = (WayStatus.PLACED, WayStatus.UNDER_WAY)
OPEN = (*NEW, *IN_LINE, *IN_GROUP)
ENDED = (
    WayStatus.COMPLETED,
    WayStatus.STOPPED,
    WayStatus.NEVER_CAME,
    WayStatus.ONWARD,
    WayStatus.DECLINED,
)


class Standing(StrEnum):
    """Where a patient stands; with several ways, what comes first here counts."""

    IN_GROUP = "in_group"
    IN_LINE = "in_line"
    NEW = "new"
    FOLLOW_UP = "follow_up"
    DONE = "done"
    NOWHERE = "nowhere"
    """No referral and no place: somebody has to say what is to be done."""

    @property
    def label(self) -> str:
        return _(_STANDINGS[self])


_STANDINGS = {
    Standing.NEW: N_("To assess"),
    Standing.IN_LINE: N_("Waiting list"),
    Standing.IN_GROUP: N_("In a group"),
    Standing.FOLLOW_UP: N_("To follow up"),
    Standing.DONE: N_("Done"),
    Standing.NOWHERE: N_("Without a next step"),
}


def standing_of(status: str | None, next_step: str | None, *, placed: bool) -> Standing:
    """Where somebody stands whose way is *status*; without a way by the place alone."""
    if not status:
        return Standing.IN_GROUP if placed else Standing.NOWHERE
    for several, standing in (
        (NEW, Standing.NEW),
        (IN_LINE, Standing.IN_LINE),
        (IN_GROUP, Standing.IN_GROUP),
    ):
        if status in several:
            return standing
    return Standing.FOLLOW_UP if next_step else Standing.DONE


_FOLLOWS: dict[WayStatus, tuple[WayStatus, ...]] = {
    WayStatus.RECEIVED: (
        *(WayStatus.ASSESSED, WayStatus.WAITING, WayStatus.ONWARD, WayStatus.DECLINED),
    ),
    WayStatus.ASSESSED: (
        *(WayStatus.WAITING, WayStatus.OFFERED, WayStatus.PLACED),
        *(WayStatus.ONWARD, WayStatus.DECLINED),
    ),
    WayStatus.WAITING: (
        *(WayStatus.OFFERED, WayStatus.PLACED, WayStatus.ONWARD, WayStatus.DECLINED),
    ),
    WayStatus.OFFERED: (
        *(WayStatus.PLACED, WayStatus.WAITING, WayStatus.ONWARD, WayStatus.DECLINED),
    ),
    WayStatus.PLACED: (
        *(WayStatus.UNDER_WAY, WayStatus.COMPLETED, WayStatus.WAITING, WayStatus.STOPPED),
        *(WayStatus.NEVER_CAME, WayStatus.ONWARD, WayStatus.DECLINED),
    ),
    WayStatus.UNDER_WAY: (
        *(WayStatus.COMPLETED, WayStatus.STOPPED, WayStatus.NEVER_CAME, WayStatus.ONWARD),
    ),
}
_NEED_REASON = (WayStatus.STOPPED, WayStatus.NEVER_CAME, WayStatus.ONWARD, WayStatus.DECLINED)
END_REASONS: dict[WayStatus, tuple[str, ...]] = {
    WayStatus.STOPPED: (
        N_("Wants to stop"),
        N_("Can't benefit from it now"),
        N_("Other illness"),
        N_("Has moved"),
    ),
    WayStatus.NEVER_CAME: (N_("Did not come and gave no notice"), N_("Could not be reached")),
    WayStatus.ONWARD: (
        N_("To specialised pain care"),
        N_("To another health centre"),
        N_("Needs another assessment first"),
    ),
    WayStatus.DECLINED: (
        N_("The patient declines"),
        N_("Manages without further measures"),
        N_("Can't benefit from it now"),
    ),
}
"""What is offered where a reason is asked for; another may be written."""


def following(status: WayStatus) -> tuple[WayStatus, ...]:
    """What may come after *status*."""
    return _FOLLOWS.get(status, ())


def check_following(before: WayStatus, after: WayStatus, reason: str = "") -> str:
    """Refuse a step that leads nowhere, or an end without a reason; the reason, tidied."""
    if after not in following(before):
        raise Refused(
            _("A way that is “{before}” can't become “{after}”.").format(
                before=before.label, after=after.label
            )
        )
    tidied = " ".join(reason.split())
    taken_back = before in (WayStatus.OFFERED, WayStatus.PLACED) and after is WayStatus.WAITING
    if not tidied and (after in _NEED_REASON or taken_back):
        raise Refused(_("Write the reason."))
    return check_length(tidied)


def check_length(reason: str) -> str:
    if len(reason) > LONGEST_REASON:
        raise Refused(
            _("The reason is too long: {most} characters at most.").format(most=LONGEST_REASON)
        )
    return reason


def check_day(on: date, since: date, today: date | None) -> None:
    """Refuse a day that has not come, or that lies before what the way had come to."""
    if today is not None and on > today:
        raise Refused(_("{day} has not come yet.").format(day=i18n.date_long(on)))
    if on < since:
        raise Refused(
            _("The way had come further by {day}: choose {since} or a later day.").format(
                day=i18n.date_long(on), since=i18n.date_long(since)
            )
        )


class NextStep(StrEnum):
    """What is to be done next on a way."""

    ASSESS = "assess"
    DECIDE = "decide"
    OFFER = "offer"
    ANSWER = "answer"
    BEFORE = "before"
    START = "start"
    AFTER = "after"
    REPORT = "report"
    YEAR = "year"

    @property
    def label(self) -> str:
        return _(_STEPS[self][0])

    @property
    def days(self) -> int:
        """How long after the status it is due, where nothing else sets the day."""
        return _STEPS[self][1]


_STEPS = {
    NextStep.ASSESS: (N_("Assess the referral"), 14),
    NextStep.DECIDE: (N_("Put on the waiting list, or decide otherwise"), 7),
    NextStep.OFFER: (N_("Offer a place"), 60),
    NextStep.ANSWER: (N_("Get an answer to the offer"), 7),
    NextStep.BEFORE: (N_("First visit and measures before"), 14),
    NextStep.START: (N_("Confirm that the patient has begun"), 14),
    NextStep.AFTER: (N_("Measures after, and confirm the end"), 84),
    NextStep.REPORT: (N_("Answer the one who referred"), 14),
    NextStep.YEAR: (N_("Follow-up after one year"), YEAR),
}


class ReferralKind(StrEnum):
    REFERRAL = "referral"
    REQUEST = "request"
    OWN = "own"
    DIRECT = "direct"
    """The patient got a place before anything was registered; nobody is lost for that."""

    @property
    def label(self) -> str:
        return _(_KINDS[self])


_KINDS = {
    ReferralKind.REFERRAL: N_("Referral"),
    ReferralKind.REQUEST: N_("Care request"),
    ReferralKind.OWN: N_("Own care request"),
    ReferralKind.DIRECT: N_("Placed without a referral"),
}


def steps_in(status: WayStatus, kind: ReferralKind) -> tuple[NextStep, ...]:
    """What is to be done while a way is *status*, in order; the way is closed after the last."""
    referred = kind in (ReferralKind.REFERRAL, ReferralKind.REQUEST)
    report = (NextStep.REPORT,) if referred else ()
    return {
        WayStatus.RECEIVED: (NextStep.ASSESS,),
        WayStatus.ASSESSED: (NextStep.DECIDE,),
        WayStatus.WAITING: (NextStep.OFFER,),
        WayStatus.OFFERED: (NextStep.ANSWER,),
        WayStatus.PLACED: (NextStep.BEFORE, NextStep.START),
        WayStatus.UNDER_WAY: (NextStep.AFTER,),
        WayStatus.COMPLETED: (*report, NextStep.YEAR),
        WayStatus.STOPPED: (*report, NextStep.YEAR),
        WayStatus.NEVER_CAME: report,
        WayStatus.ONWARD: report,
        WayStatus.DECLINED: report,
    }[status]


def first_step(status: WayStatus, kind: ReferralKind) -> NextStep | None:
    return next(iter(steps_in(status, kind)), None)


def step_after(status: WayStatus, kind: ReferralKind, done: NextStep) -> NextStep | None:
    """What comes once *done* is done; refused where only another status leads on."""
    steps = steps_in(status, kind)
    at = steps.index(done) + 1
    if at < len(steps):
        return steps[at]
    if not status.ended:
        raise Refused(
            _("“{step}” is done by saying how it went: {choices}.").format(
                step=done.label, choices=", ".join(one.label for one in following(status))
            )
        )
    return None


def due(
    step: NextStep | None,
    since: date,
    received: date,
    limit: int,
    first: date | None = None,
    last: date | None = None,
) -> date | None:
    """The day of *step* on a way that is what it is *since*; *first* and *last* are the group's.

    A place is to be offered within the centre's *limit* of days from the referral.
    """
    if step is None:
        return None
    if step is NextStep.OFFER:
        return received + timedelta(days=limit)
    if step in (NextStep.BEFORE, NextStep.START) and first is not None:
        return first
    if step is NextStep.AFTER and last is not None:
        return last
    return since + timedelta(days=step.days)
