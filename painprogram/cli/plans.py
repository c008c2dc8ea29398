"""The automatic plan from the command line: proposed, shown with its reasons, applied if wanted."""

from argparse import Namespace
from datetime import date

from painprogram.cli import finding
from painprogram.cli.listing import Entry, put_json
from painprogram.cli.output import say
from painprogram.cli.planning import reason_wanted
from painprogram.cli.stopping import stoppable
from painprogram.domain.errors import Refused
from painprogram.domain.plans import (
    CostLine,
    PlanChange,
    PlanChoice,
    PlanProposal,
    PlanScope,
    PlanStanding,
    PlanWanted,
    Unplaced,
)
from painprogram.domain.progress import Progress
from painprogram.i18n import _, ngettext
from painprogram.usecases import Database, plans


def plan(database: Database, wanted: Namespace, today: date) -> None:
    asked = _asked(database, wanted)
    progress = Progress()
    with stoppable(progress):
        found = plans.propose(database, progress, asked, today)
    applied = None
    if wanted.apply and found:
        if not 1 <= wanted.choose <= len(found):
            raise Refused(
                _("There are {many} plans: choose one of them with --choose.").format(
                    many=len(found)
                )
            )
        chosen = found[wanted.choose - 1]
        if not chosen.empty:
            with reason_wanted():
                plans.apply(database, chosen, today, reason=wanted.reason)
            applied = chosen.number
    if wanted.json:
        put_json([_plan(one, applied=one.number == applied) for one in found])
        return
    for one in found:
        _show(one)
    _say_end(found, wanted, applied)


def _asked(database: Database, wanted: Namespace) -> PlanWanted:
    groups = tuple(finding.group(database, name).id for name in wanted.group or ())
    centre = finding.centre(database, wanted.centre).id if wanted.centre else None
    if wanted.steps is not None and wanted.steps < 1:
        raise Refused(_("--steps: write a number above 0."))
    return PlanWanted(
        tuple(dict.fromkeys(groups)),
        centre,
        wanted.from_day,
        wanted.to_day,
        PlanScope(wanted.what),
        wanted.seconds,
        wanted.seed,
        wanted.alternatives,
        wanted.steps,
    )


# For people


def _show(one: PlanProposal) -> None:
    many = len(one.changes) + len(one.choices)
    changes = ngettext("{number} change", "{number} changes", many).format(number=many)
    say(
        _("Plan {number} of {of}: {changes}.").format(number=one.number, of=one.of, changes=changes)
    )
    for change in one.changes:
        say(f"  {change.number}. {change.title} ({change.group_name}): {change.text}")
        say(f"     {change.why}")
    for choice in one.choices:
        say(f"  {choice.title}, {choice.patient}: {choice.text}")
    for left in one.unplaced:
        lost = _("{title} ({group}) got no place, and stays {when}.")
        named = {"title": left.title, "group": left.group_name, "when": left.now.when}
        say("  " + lost.format(**named))
        for words in (*left.against, *(way.text for way in left.ways)):
            say(f"     {words}")
    for line in one.lines:
        if line.before or line.after:
            say(f"  {line.label}: {line.before} → {line.after}")
    say("  " + _cost(one))
    for words in one.to_acknowledge:
        say("  " + _("To be acknowledged: {what}").format(what=words))


def _cost(one: PlanProposal) -> str:
    before, after = one.cost_before, one.cost_after
    if one.proven:
        return _("Cost by the wishes {before} → {after}: nothing better is possible.").format(
            before=before, after=after
        )
    if one.bound:
        return _("Cost by the wishes {before} → {after}; at best {bound}.").format(
            before=before, after=after, bound=one.bound
        )
    return _("Cost by the wishes {before} → {after}.").format(before=before, after=after)


def _say_end(found: tuple[PlanProposal, ...], wanted: Namespace, applied: int | None) -> None:
    if applied is not None:
        say(_("The plan is applied. Take it back with: painprogram undo"))
    elif all(one.empty for one in found):
        say(_("There is nothing to change."))
    elif not wanted.apply:
        say(_("Nothing was changed. To let it be so, add --apply."))


# For programs


def _plan(one: PlanProposal, *, applied: bool) -> Entry:
    return {
        "number": one.number,
        "cost_before": one.cost_before,
        "cost_after": one.cost_after,
        "bound": one.bound,
        "proven": one.proven,
        "seconds": round(one.seconds, 1),
        "best_at": round(one.best_at, 1),
        "movable": one.movable,
        "locked": one.locked,
        "lines": [_line(each) for each in one.lines],
        "changes": [_change(each) for each in one.changes],
        "choices": [_choice(each) for each in one.choices],
        "unplaced": [_unplaced(each) for each in one.unplaced],
        "to_acknowledge": list(one.to_acknowledge),
        "applied": applied,
    }


def _line(one: CostLine) -> Entry:
    return {"key": one.key, "label": one.label, "before": one.before, "after": one.after}


def _change(one: PlanChange) -> Entry:
    return {
        "session_id": one.session_id,
        "group_id": one.group_id,
        "group": one.group_name,
        "title": one.title,
        "before": _place(one.before),
        "after": _place(one.after),
        "why": one.why,
    }


def _place(one: PlanStanding) -> Entry:
    return {
        "start": one.start,
        "room_id": one.room_id,
        "room": one.room_name,
        "staff": [{"id": each.staff_id, "name": each.name} for each in one.leaders],
    }


def _choice(one: PlanChoice) -> Entry:
    return {
        "enrolment_id": one.enrolment_id,
        "session_id": one.from_session,
        "to_session_id": one.to_session,
        "text": one.text,
    }


def _unplaced(one: Unplaced) -> Entry:
    return {
        "session_id": one.session_id,
        "group_id": one.group_id,
        "title": one.title,
        "start": one.now.start,
        "against": list(one.against),
        "ways": [way.text for way in one.ways],
    }
