"""How each stretch of each lane takes to the card that is dragged: the board's answer, as slots."""

from collections.abc import Hashable, Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from painprogram import i18n
from painprogram.domain import placing
from painprogram.domain.clashes import Occasion
from painprogram.domain.placing import Stretch, Verdict
from painprogram.domain.sessions import Session
from painprogram.gui.sessions.cards import key_of
from painprogram.gui.sessions.lanes import keys_of, lanes, title_of
from painprogram.gui.sessions.shown import Held, LaneKind, Shown, leaders_of
from painprogram.gui.widgets.weekgrid import Slot
from painprogram.gui.widgets.weekgrid_values import SlotState
from painprogram.i18n import _

_STATES: dict[Verdict, SlotState] = {
    Verdict.FREE: "free",
    Verdict.ACKNOWLEDGE: "acknowledge",
    Verdict.BLOCKED: "blocked",
}
_Place = tuple[date, Hashable]
_MIDNIGHT = 24


class Places:
    """Everywhere *held* could go in the week that is shown; worked out when a drag begins."""

    def __init__(
        self, shown: Shown, kind: LaneKind, held: Held, lane: Hashable, hours: tuple[int, int]
    ) -> None:
        self._shown, self._kind, self._held = shown, kind, held
        self._hours = time(hours[0]), time(hours[1]) if hours[1] < _MIDNIGHT else time.max
        self._parts: dict[_Place, tuple[Stretch, ...]] = {}
        occasion = shown.board.occasions.get(held.id)
        if occasion is not None:
            for day in shown.days:
                for there in self._lanes(lane):
                    self._parts[day, there] = placing.stretches(
                        shown.board, self._as_in(occasion, lane, there), day, *self._hours
                    )

    def _lanes(self, lane: Hashable) -> Iterator[Hashable]:
        """In a group's lane only its own sessions stand."""
        if self._kind is LaneKind.GROUP:
            yield lane
        else:
            yield from (one.key for one in lanes(self._shown, self._kind))

    def _as_in(self, occasion: Occasion, lane: Hashable, there: Hashable) -> Occasion:
        board = self._shown.board
        if self._kind is LaneKind.ROOM:
            return placing.in_room(board, occasion, there if isinstance(there, UUID) else None)
        if self._kind is LaneKind.LEADER and isinstance(self._held, Session):
            return placing.as_led_by(board, occasion, led_after(self._held, lane, there))
        if self._kind is LaneKind.LEADER and there != lane:
            return placing.as_led_by(board, occasion, [there] if isinstance(there, UUID) else [])
        return occasion

    def slots(self) -> Iterator[Slot]:
        for (day, lane), parts in self._parts.items():
            for part in parts:
                detail = " ".join((*part.reasons[1:], *part.notes))
                yield Slot(
                    day,
                    lane,
                    _minute(part.start, day),
                    _minute(part.end, day),
                    _STATES[part.verdict],
                    part.reasons[0] if part.reasons else "",
                    detail,
                    self._key_of(part.other),
                )

    def _key_of(self, occasion: UUID | None) -> Hashable:
        """The card of what stands in the way, where it is shown."""
        found = self._shown.one(occasion) if occasion else None
        return key_of(found.id, 0, keys_of(found, self._kind)[0]) if found else None

    def nearest(self, wanted: datetime) -> str:
        """The nearest free place in words, or that there is none this week."""
        options = ((lane, part) for (_day, lane), parts in self._parts.items() for part in parts)
        found = placing.nearest_free(options, wanted, self._held.minutes)
        if found is None:
            return _("No place in the week is free.")
        lane, start = found
        end = start + timedelta(minutes=self._held.minutes)
        where = f"{i18n.day_short(start.date())} {i18n.clock_range(start, end)}"
        return _("Nearest free: {place}.").format(
            place=", ".join(p for p in (where, title_of(self._shown, self._kind, lane)) if p)
        )


def led_after(session: Session, lane: Hashable, there: Hashable) -> list[UUID]:
    """The leaders when the card in *lane* is dropped *there*: that one is exchanged."""
    before = [leader.staff_id for leader in leaders_of(session)]
    if lane == there:
        return before
    after = [one for one in before if one != lane]
    if isinstance(there, UUID) and there not in after:
        at = next((n for n, one in enumerate(before) if one == lane), len(after))
        after.insert(at, there)
    return after


def _minute(at: datetime, day: date) -> int:
    return at.hour * 60 + at.minute if at.date() == day else 24 * 60
