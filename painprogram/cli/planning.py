"""What stands against the schedule, and what changes in it, from the command line."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from uuid import UUID

from painprogram import i18n
from painprogram.cli import finding
from painprogram.cli.listing import Entry, put, put_json
from painprogram.cli.output import say
from painprogram.domain.availability import AbsenceKind, Span
from painprogram.domain.errors import NeedsReason, Refused
from painprogram.domain.rules import Level
from painprogram.domain.sessions import Session, Visit
from painprogram.domain.substitutes import Choice, Solution
from painprogram.i18n import _, ngettext
from painprogram.usecases import Database, absences, clashes, history, sessions
from painprogram.usecases.absences import Impact, Touched
from painprogram.usecases.clashes import AHEAD, Found


def show_clashes(database: Database, wanted: Namespace, today: date) -> None:
    """What is open, or with ``--all`` also what is acknowledged and information."""
    first = wanted.from_day or today
    last = wanted.to_day or first + AHEAD
    if last < first:
        raise Refused(_("--to is before --from."))
    centre = finding.centre(database, wanted.centre).id if wanted.centre else None
    found = [
        one
        for one in clashes.found(database, first, last, centre, today=today)
        if wanted.all or one.open
    ]
    head = (_("Session"), _("Level"), _("What"))
    lines = [(one.title, one.level.label, _told(one)) for one in found]
    if not found and not wanted.json:
        say(_("Nothing stands against the schedule."))
        return
    put([_clash(one) for one in found], (head, lines), as_json=wanted.json)


def _told(one: Found) -> str:
    if one.acknowledged:
        return _("{what} Acknowledged: {reason}").format(
            what=one.text, reason=one.acknowledged.reason
        )
    return one.text


def _clash(one: Found) -> Entry:
    return {
        "rule": one.rule.value,
        "level": one.level.value,
        "occasion_id": one.occasion,
        "other_id": one.other,
        "centre_id": one.centre_id,
        "start": one.start,
        "title": one.title,
        "text": one.text,
        "acknowledged": one.acknowledged is not None,
        "reason": one.acknowledged.reason if one.acknowledged else "",
        "asked_again": one.asked_again is not None,
    }


@contextmanager
def reason_wanted(option: str = "--reason") -> Iterator[None]:
    """What must be acknowledged is refused here with how to do it."""
    try:
        yield
    except NeedsReason as refused:
        raise Refused(
            _("{what} To do it all the same, say why with {option}.").format(
                what=" ".join(refused.findings), option=option
            )
        ) from refused


def move(database: Database, wanted: Namespace, today: date) -> None:
    room = finding.room(database, wanted.room).id if wanted.room else None
    before = sessions.session(database, key_of(wanted.session))
    with reason_wanted():
        after = sessions.move(
            database,
            before.id,
            wanted.start,
            room_id=room,
            minutes=wanted.minutes,
            reason=wanted.reason,
            today=today,
        )
    told = _told_of(database, after, today)
    if wanted.json:
        put_json({"id": after.id, "before": _place(before), "after": _place(after), "notes": told})
        return
    say(f"{after.numbered_title} ({after.group_name}): {_when(before)} → {_when(after)}")
    for sentence in told:
        say(f"  {sentence}")


def _told_of(database: Database, session: Session, today: date) -> list[str]:
    """What a rule only says of it: nothing that stops anybody."""
    day = session.start.date()
    found = clashes.found(database, day, day, session.centre_id, today=today)
    return [
        one.against(session.id)
        for one in found
        if one.touches(session.id) and one.level is Level.INFORMATION
    ]


def key_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(
            _("“{text}” is no id of a session. See: painprogram list sessions").format(text=text)
        ) from None


def _place(session: Session | Visit) -> Entry:
    return {
        "start": session.start,
        "minutes": session.minutes,
        "room_id": session.room_id,
        "room": session.room_name,
    }


def _when(held: Session | Visit) -> str:
    when = f"{i18n.day_short(held.start.date())} {i18n.clock_range(held.start, held.end)}"
    return f"{when} {held.room_name}".rstrip()


def absence(database: Database, wanted: Namespace, today: date) -> None:
    """What it touches and who could step in; with ``--apply`` it is entered, the best chosen."""
    person = finding.colleague(database, wanted.staff)
    if wanted.to_day < wanted.from_day:
        raise Refused(_("--to is before --from."))
    end = datetime.combine(wanted.to_day, time()) + timedelta(days=1)
    span = Span(datetime.combine(wanted.from_day, time()), end)
    impact = absences.touched(database, person.id, span, today)
    choices = [one.best for one in impact.touched]
    if wanted.apply:
        with reason_wanted():
            absences.enter(
                database,
                person.id,
                span,
                AbsenceKind.AWAY,
                choices,
                reason=wanted.reason,
                today=today,
            )
    if wanted.json:
        put_json(_absence(impact, applied=wanted.apply))
        return
    _show_absence(impact)
    if wanted.apply:
        say(_("The absence is entered. Take it back with: painprogram undo"))
    else:
        say(_("Nothing was changed. To enter it, add --apply."))


def _show_absence(impact: Impact) -> None:
    parts = (
        ngettext("{number} session", "{number} sessions", len(impact.touched)),
        ngettext("{number} patient", "{number} patients", impact.patients),
        ngettext("{number} sheet to print again", "{number} sheets to print again", impact.sheets),
    )
    numbers = (len(impact.touched), impact.patients, impact.sheets)
    told = [part.format(number=many) for part, many in zip(parts, numbers, strict=True)]
    say(f"{impact.staff.name}: {', '.join(told)}")
    for one in impact.touched:
        title = one.shown.numbered_title if isinstance(one.shown, Session) else one.shown.title
        say(f"  {_when(one.shown)}  {title} ({one.shown.group_name})")
        say(f"    {_chosen(one)}")


def _chosen(one: Touched) -> str:
    """What would be done, in words."""
    if one.best.solution is Solution.SUBSTITUTE:
        who = next(each for each in one.substitutes if each.staff_id == one.best.staff_id)
        return _("{name} steps in: {why}").format(name=who.name, why=who.why)
    if one.best.solution is Solution.MOVE and one.best.start:
        return _("Moved to {day} {time}").format(
            day=i18n.day_short(one.best.start.date()), time=i18n.clock(one.best.start)
        )
    if one.best.solution is Solution.CANCEL:
        return _("Cancelled: nobody is free")
    return _("Nobody is free: left as it is")


def _absence(impact: Impact, *, applied: bool) -> Entry:
    return {
        "staff_id": impact.staff.id,
        "staff": impact.staff.name,
        "start": impact.span.start,
        "end": impact.span.end,
        "patients": impact.patients,
        "sheets": impact.sheets,
        "applied": applied,
        "sessions": [_touched(one) for one in impact.touched],
    }


def _touched(one: Touched) -> Entry:
    session = one.shown if isinstance(one.shown, Session) else None
    return {
        "id": one.id,
        "kind": one.shown.kind.value,
        "group_id": one.shown.group_id,
        "group": one.shown.group_name,
        "title": session.numbered_title if session else one.shown.title,
        "start": one.shown.start,
        "end": one.shown.end,
        "room_id": one.shown.room_id,
        "patients": one.patients,
        "chosen": _choice(one.best),
        "substitutes": [
            {
                "id": each.staff_id,
                "name": each.name,
                "profession": each.profession.value,
                "standing": each.standing.value,
                "why": each.why,
            }
            for each in one.substitutes
        ],
        "times": [
            {"first": each.first, "last": each.last, "room_id": each.room_id} for each in one.times
        ],
    }


def _choice(choice: Choice) -> Entry:
    return {
        "solution": choice.solution.value,
        "staff_id": choice.staff_id,
        "start": choice.start,
        "room_id": choice.room_id,
    }


def undo(database: Database, wanted: Namespace, _today: date) -> None:
    label = history.undo_recorded(database)
    if label is None:
        raise Refused(_("There is nothing to take back: this account has changed nothing."))
    if wanted.json:
        put_json({"undone": label})
    else:
        say(_("Undone: {label}").format(label=label))
