"""A proposal over the week: what would leave its place, and what would come to another."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from painprogram.domain.sessions import Session
from painprogram.gui.proposed import Moved, Proposed, Stage
from painprogram.gui.sessions.cards import first_capital, full_title, occasion_of, when
from painprogram.gui.sessions.lanes import keys_of
from painprogram.gui.sessions.shown import LaneKind, Shown
from painprogram.gui.widgets.weekgrid import Card, Ghost
from painprogram.i18n import _


def drawn(shown: Shown, proposed: Proposed | None) -> Shown:
    """The week as the proposal would have it, unless it is looked at as it is now."""
    if proposed is None or proposed.stage is Stage.NOW:
        return shown
    moved = proposed.by_id
    stay = tuple(one for one in shown.week.sessions if one.id not in moved)
    come = tuple(move.after for move in proposed.moves if _is_here(shown, move.after))
    week = replace(shown.week, sessions=(*stay, *come))
    found = tuple(one for one in shown.found if not {one.occasion, one.other} & moved.keys())
    told = {key: one for key, one in shown.told.items() if key not in moved}
    return replace(shown, week=week, found=found, told=told)


def both(shown: Shown, proposed: Proposed | None) -> Shown:
    """Everything that stands in the week in either of the two plans: for lanes, days and hours."""
    if proposed is None:
        return shown
    new = tuple(move.after for move in proposed.moves if _is_here(shown, move.after))
    return replace(shown, week=replace(shown.week, sessions=(*shown.week.sessions, *new)))


def _is_here(shown: Shown, held: Session) -> bool:
    days = held.start.date() - shown.week.monday
    return held.centre_id == shown.centre_id and timedelta() <= days < timedelta(days=7)


def numbered(found: list[Card], proposed: Proposed | None) -> list[Card]:
    """The cards with the numbers of their changes; none of them can be dragged."""
    if proposed is None or proposed.stage is Stage.NOW:
        return found
    return [_numbered(card, proposed) for card in found]


def _numbered(card: Card, proposed: Proposed) -> Card:
    move = proposed.by_id.get(occasion_of(card.key) or UUID(int=0))
    if move is None:
        return card
    words = _("Change {number}: proposed here; now {time}.")
    told = words.format(number=move.number, time=when(move.before))
    return replace(
        card,
        number=move.number,
        fixed=True,
        tooltip="<br>".join(part for part in (told, card.tooltip.replace("\n", "<br>")) if part),
        accessible_text=f"{told} {card.accessible_text}",
    )


def old_places(shown: Shown, kind: LaneKind, proposed: Proposed) -> tuple[Ghost, ...]:
    """Where what would move stands now."""
    if proposed.stage is not Stage.COMPARE:
        return ()
    return tuple(
        ghost
        for move in proposed.moves
        if _is_here(shown, move.before) and shown.filters.lets(move.before)
        for ghost in _left(move, kind)
    )


def _left(move: Moved, kind: LaneKind) -> Iterator[Ghost]:
    held = move.before
    start = held.start.hour * 60 + held.start.minute
    stays = keys_of(move.after, kind) if move.after.start == held.start else ()
    words = _("Change {number}: {title} stands here now, {time}")
    told = words.format(number=move.number, title=first_capital(full_title(held)), time=when(held))
    for lane in keys_of(held, kind):
        if lane not in stays:
            yield Ghost(
                (held.id, lane),
                held.start.date(),
                lane,
                start,
                start + held.minutes,
                held.card_title,
                told,
                move.number,
            )
