"""A term as rows and columns of the term grid, with what they say to eye and ear.

A visit's mark never tells whose it is, no more than its card on the week does.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Literal
from uuid import UUID

from painprogram import i18n
from painprogram.domain.groups import GroupStatus
from painprogram.domain.sessions import Session
from painprogram.domain.terms import TermWeek
from painprogram.gui.sessions.cards import corner, first_capital, full_title, when
from painprogram.gui.sessions.filters import Filters
from painprogram.gui.sessions.shown import Held, leaders_of
from painprogram.gui.sessions.toolbar import span
from painprogram.gui.widgets.termgrid import Line, Mark, Rest, WeekColumn
from painprogram.i18n import _
from painprogram.usecases.terms import Term, TermGroup

Tone = Literal["block", "warn", "info", ""]


def columns(term: Term, today: date) -> tuple[WeekColumn, ...]:
    return tuple(_column(week, today) for week in term.weeks)


def _column(week: TermWeek, today: date) -> WeekColumn:
    number = week.monday.isocalendar().week
    friday, sunday = week.monday + timedelta(days=4), week.monday + timedelta(days=6)
    thursday = week.monday + timedelta(days=3)
    told = [f"{week_title(week.monday)}, {span(week.monday, friday)}"]
    for closure in week.closures:
        what = _("half day") if closure.until else _("closed")
        days = i18n.day_short(max(closure.first, week.monday))
        if closure.last > closure.first:
            days += f"–{i18n.day_short(min(closure.last, sunday))}"
        told.append(f"{first_capital(closure.reason)}: {what} {days}")
    return WeekColumn(
        week.monday,
        _("wk {number}").format(number=number),
        str(number),
        _month(thursday),
        today=today.weekday() if week.monday <= today <= sunday else None,
        past=sunday < today,
        closed=first_capital(week.closed),
        shut=tuple((day.weekday(), first_capital(why)) for day, why in week.shut.items()),
        tooltip=plain("\n".join(told)),
    )


def week_title(monday: date) -> str:
    return _("Week {number}").format(number=monday.isocalendar().week)


def _month(day: date) -> str:
    """``November 2026``: what is left of the date without its day."""
    return first_capital(i18n.date_long(day).partition(" ")[2])


def lines(term: Term, filters: Filters, today: date) -> tuple[Line, ...]:
    """The groups that something let through is in; all of them where nothing is filtered."""
    found = []
    for group in term.groups:
        line = _line(term, group, filters, today)
        if filters.groups and group.id not in filters.groups:
            continue
        if line.cells or not filters.are_on or filters == Filters(groups=filters.groups):
            found.append(line)
    return tuple(found)


def _line(term: Term, group: TermGroup, filters: Filters, today: date) -> Line:
    cells = {}
    for week in term.weeks:
        held = [one for one in term.cells.get((group.id, week.monday), ()) if _fits(filters, one)]
        if held:
            held.sort(key=lambda one: not isinstance(one, Session))  # visits after the sessions
            cells[week.monday] = tuple(_mark(term, group.id, one, today) for one in held)
    facts = group_facts(group, today)
    told = [group.name, *facts]
    if not group.activity:
        told.insert(
            1,
            _("{taken} of {seats} seats are taken").format(taken=group.taken, seats=group.maximum),
        )
    return Line(
        key=group.id,
        title=group.name,
        badge=group.letter,
        detail=facts[-1],
        used=None if group.activity else group.taken,
        total=None if group.activity else group.maximum,
        quiet=group.status in (GroupStatus.DRAFT, GroupStatus.CANCELLED),
        struck=group.status is GroupStatus.CANCELLED,
        tooltip=plain("\n".join(told)),
        accessible_text=f"{', '.join(told)}.",
        cells=cells,
        rests=tuple(
            Rest(
                rest.first,
                rest.last - timedelta(days=1) if rest.last else term.last,
                _("Paused: {reason}").format(reason=rest.reason) if rest.reason else _("Paused"),
            )
            for rest in group.rests
        ),
    )


def _fits(filters: Filters, held: Held) -> bool:
    """As the filters say, but for the group: a linked session is seen in the rows of others."""
    return Filters(frozenset(), filters.leaders, filters.rooms, filters.kinds).lets(held)


def group_facts(group: TermGroup, today: date) -> list[str]:
    """Its status, or that it is paused and since when; a pause to come."""
    facts = [_("Lectures") if group.activity else group.status.label]
    for rest in group.rests:
        if rest.first <= today and (rest.last is None or today < rest.last):
            facts[0] = _("Paused since {day}").format(day=i18n.day_month(rest.first))
        elif today < rest.first:
            facts.append(_("Paused from {day}").format(day=i18n.day_month(rest.first)))
    return facts


def _mark(term: Term, row: UUID, held: Held, today: date) -> Mark:
    session = held if isinstance(held, Session) else None
    sentences = told(term, held)
    tone = standing(term, held)
    cancelled = term.cancelled(held)
    return Mark(
        key=(row, held.id),
        kind=held.kind.value,
        text=_text(session) if session else "",
        conflict=tone == "block" and not cancelled,
        acknowledged=tone == "warn" and not cancelled,
        cancelled=cancelled,
        changed=held.id in term.told,
        linked=bool(session and session.linked),
        past=held.end.date() < today,
        fixed=bool(session and session.linked) or cancelled,
        tooltip=plain("\n".join(sentences)),
        accessible_text=" ".join(sentences),
    )


def _text(session: Session) -> str:
    """Its letter, or which one of several it is."""
    if session.letter:
        return session.letter
    return str(session.number) if session.of > 1 else ""


def told(term: Term, held: Held) -> list[str]:
    """Everything about it in whole sentences."""
    found = [f"{full_title(held)}, {held.group_name}.", f"{first_capital(when(held))}."]
    if term.cancelled(held):
        found.append(_("Cancelled") + ".")
    if held.room_name:
        found.append(f"{held.room_name}.")
    names = [leader.name for leader in leaders_of(held)]
    found.append(
        _("Led by {names}.").format(names=i18n.joined(names)) if names else _("Nobody leads it.")
    )
    if isinstance(held, Session) and held.seats:
        seats = _("{taken} of {seats} seats are taken.")
        found.append(seats.format(taken=held.taken, seats=held.seats))
    change = term.told.get(held.id)
    if change is not None:
        old = _("Changed since it was published: {old}.")
        new = _("New since the schedule was published.")
        found.append(old.format(old=change.old) if change.old else new)
    return [*found, *against(term, held, _("Clash: {text}"))]


def against(term: Term, held: Held, clash: str = "{text}") -> Sequence[str]:
    """What stands against it, each said once: first what somebody has to see to, as *clash*."""
    said = []
    for one in sorted(term.clashes_of(held.id), key=lambda one: not one.open):
        text = one.against(held.id)
        if one.acknowledged is not None:
            words = _("Acknowledged: {text} Reason: {reason}")
            text = words.format(text=text, reason=one.acknowledged.reason)
        said.append(clash.format(text=text) if one.open else text)
    return tuple(dict.fromkeys(said))


def standing(term: Term, held: Held) -> Tone:
    """Whether somebody has to see to it, has acknowledged it, or may want to know of it."""
    found = term.clashes_of(held.id)
    if any(one.open for one in found):
        return "block"
    if any(one.acknowledged for one in found):
        return "warn"
    return "info" if found else ""


def number_of(held: Held) -> str:
    """``3 of 8``, ``Part A``."""
    return corner(held) if isinstance(held, Session) else ""


def plain(text: str) -> str:
    """A tooltip reads what looks like markup as such; names are names."""
    return escape(text).replace("\n", "<br>") if "<" in text else text
