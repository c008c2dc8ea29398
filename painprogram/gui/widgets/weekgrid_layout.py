"""Where everything stands in a week grid: minutes and lanes to pixels and back.

All coordinates are of the contents, unscrolled, without the day row and the time column.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from PySide6.QtCore import QPoint, QRect

from painprogram.gui.widgets.weekgrid_values import Card, Day, Ghost, Lane, Spot

_LEAST_LANE = 52  # at 10 pt; narrower than that nothing can be read
_EMPTY_LANE = 40
_GOOD_LANE = 94  # a card can be read in full
_CLOSED_DAY = 58
_STRETCH = 1.6  # a short week fills the height, but not beyond this
_THINNEST = 0.7  # of the width of a lane, however small the zoom
_WHOLE_DAY = 24


@dataclass(frozen=True, slots=True)
class Column:
    """One lane of one day."""

    day: int
    lane: int
    left: int
    width: int


@dataclass(frozen=True, slots=True)
class Shift:
    """How far several cards go together."""

    days: int
    lanes: int
    minutes: int


class Layout:
    """Built anew for each size, zoom or week; asking is cheap."""

    def __init__(
        self,
        days: Sequence[Day],
        lanes: Sequence[Lane],
        cards: Sequence[Card],
        *,
        hours: tuple[int, int],
        room: tuple[int, int],
        hour_height: float,
        scale: float,
        zoom: int = 100,
        ghosts: Sequence[Ghost] = (),
    ) -> None:
        self.days, self.lanes = days, lanes
        self.zoom = zoom
        self._stand(hours, room[1], hour_height)
        left = [ghost for ghost in ghosts if ghost.number]
        there: list[Card | Ghost] = [*cards, *left]
        taken = {card.day for card in there}
        self.narrow = [bool(day.closed) and day.date not in taken for day in days]
        known = {(day.date, lane.key) for day in days for lane in lanes}
        self._used = {(card.day, card.lane) for card in there} & known
        self.day_left: list[int] = []
        self.columns: list[Column] = []
        self._place(room[0], scale * max(_THINNEST, zoom / 100))
        self._day_of = {day.date: index for index, day in enumerate(days)}
        self._lane_of = {lane.key: index for index, lane in enumerate(lanes)}
        self._column_of = {(column.day, column.lane): column for column in self.columns}
        self.rects: dict[Hashable, QRect] = {}
        self.ghosts: dict[Ghost, QRect] = {}
        """Those with a number: what is to leave its place shares it with what is to come."""
        self._lay(there)

    def _stand(self, hours: tuple[int, int], room: int, least: float) -> None:
        """Settle how tall an hour is, and which are shown: where there is room, more of the day.

        *least* is an hour at a zoom of 100; it fills the height, but not beyond what is good.
        """
        first, last = hours
        count = last - first
        usual = min(max(room / count, least), least * _STRETCH)
        self.hour = usual * self.zoom / 100
        fitting = min(int(room / self.hour + 0.01), _WHOLE_DAY)
        if fitting > count:
            last = min(first + fitting, _WHOLE_DAY)
            first = last - fitting
            self.hour = min(room / fitting, least * _STRETCH * self.zoom / 100)
        self.first, self.last = first * 60, last * 60
        self.height = round((last - first) * self.hour)

    def _place(self, room: int, scale: float) -> None:
        lanes = max(1, len(self.lanes))
        thin = round(_CLOSED_DAY * scale)
        wide = sum(not narrow for narrow in self.narrow) * lanes
        if not wide:
            thin = max(thin, room // max(1, len(self.days)))
        full, empty = self._shares(room - thin * sum(self.narrow), wide, scale)
        at = 0.0
        for index, narrow in enumerate(self.narrow):
            self.day_left.append(round(at))
            for lane in range(lanes):
                step = full if self._is_used(index, lane) else empty
                step = thin / lanes if narrow else step
                left, right = round(at), round(at + step)
                self.columns.append(Column(index, lane, left, right - left))
                at += step
        self.width = round(at)
        self.day_left.append(self.width)

    def _shares(self, room: float, columns: int, scale: float) -> tuple[float, float]:
        """Widths of a lane with cards and of one without.

        All alike while there is room; then what is empty gives way to what is to be read.
        """
        share = room / columns if columns else 0.0
        used = len(self._used)
        if share >= _GOOD_LANE * scale or not 0 < used < columns:
            share = max(share, _LEAST_LANE * scale)
            return share, share
        least = min(share, _EMPTY_LANE * scale)
        full = min(_GOOD_LANE * scale, (room - least * (columns - used)) / used)
        full = max(full, _LEAST_LANE * scale)
        return full, max(least, (room - full * used) / (columns - used))

    def _is_used(self, day: int, lane: int) -> bool:
        return bool(self.lanes) and (self.days[day].date, self.lanes[lane].key) in self._used

    def _lay(self, cards: Sequence[Card | Ghost]) -> None:
        """Cards that overlap in one lane share its width side by side."""
        shown = [card for card in cards if self.column(card.day, card.lane) is not None]
        shown.sort(key=lambda card: (str(card.day), self._lane_of[card.lane], card.start_minute))
        for _where, group in groupby(shown, key=lambda card: (card.day, card.lane)):
            cluster: list[Card | Ghost] = []
            end = -1
            for card in group:
                if cluster and card.start_minute >= end:
                    self._side_by_side(cluster)
                    cluster, end = [], -1
                cluster.append(card)
                end = max(end, card.end_minute)
            self._side_by_side(cluster)

    def _side_by_side(self, cluster: list[Card | Ghost]) -> None:
        ends: list[int] = []
        place: list[int] = []
        for card in cluster:
            free = next((i for i, end in enumerate(ends) if end <= card.start_minute), len(ends))
            ends[free : free + 1] = [card.end_minute]
            place.append(free)
        for card, part in zip(cluster, place, strict=True):
            share = (part, len(ends))
            rect = self.rect(card.day, card.lane, card.start_minute, card.end_minute, share)
            if isinstance(card, Ghost):
                self.ghosts[card] = rect
            else:
                self.rects[card.key] = rect

    def column(self, day: date, lane: Hashable) -> Column | None:
        if day not in self._day_of or lane not in self._lane_of:
            return None
        return self._column_of[self._day_of[day], self._lane_of[lane]]

    def y(self, minute: float) -> int:
        return round((minute - self.first) * self.hour / 60)

    def minute(self, y: float) -> float:
        return self.first + y * 60 / self.hour

    def slot_rect(self, day: date, lane: Hashable, start: int, end: int) -> QRect:
        """The whole stretch between the lines, for a ground or a frame."""
        column = self.column(day, lane)
        if column is None:
            return QRect()
        top = self.y(max(start, self.first))
        bottom = self.y(min(end, self.last))
        return QRect(column.left, top, column.width, bottom - top)

    def rect(
        self, day: date, lane: Hashable, start: int, end: int, share: tuple[int, int] = (0, 1)
    ) -> QRect:
        """The card's own box: a hair inside its stretch, or inside its part of the width."""
        whole = self.slot_rect(day, lane, start, end)
        part, parts = share
        left = round(whole.width() * part / parts)
        right = round(whole.width() * (part + 1) / parts)
        return QRect(whole.x() + left + 2, whole.y() + 1, right - left - 4, whole.height() - 3)

    def at(self, point: QPoint) -> tuple[Day, Lane, float] | None:
        """The day, lane and minute under *point*; outside, the nearest."""
        if not self.columns or not self.lanes:
            return None
        x = min(max(point.x(), 0), self.width - 1)
        column = next((c for c in self.columns if c.left <= x < c.left + c.width), self.columns[-1])
        minute = min(max(self.minute(point.y()), self.first), self.last)
        return self.days[column.day], self.lanes[column.lane], minute

    def shifted(
        self, cards: Sequence[Card], wanted: Shift, hours: tuple[int, int] | None = None
    ) -> Shift:
        """How far *cards* can go together of what is wanted: all stay within the week.

        Within the minutes of *hours*, else those shown.
        """
        places = [(self._day_of[card.day], self._lane_of[card.lane]) for card in cards]
        first, last = hours or (self.first, self.last)
        top, end = min(card.start_minute for card in cards), max(card.end_minute for card in cards)
        return Shift(
            _within([day for day, _lane in places], wanted.days, len(self.days)),
            _within([lane for _day, lane in places], wanted.lanes, len(self.lanes)),
            max(min(wanted.minutes, max(last - end, 0)), min(first - top, 0)),
        )

    def landing(self, card: Card, shift: Shift) -> tuple[date, Hashable, int]:
        """The day, lane and minute where *card* stands after *shift*."""
        day = self.days[self._day_of[card.day] + shift.days].date
        lane = self.lanes[self._lane_of[card.lane] + shift.lanes].key
        return day, lane, card.start_minute + shift.minutes

    def step(self, spot: Spot, dx: int, minutes: int) -> Spot:
        """The place one column aside, or some minutes later; within the week."""
        here = self.column(spot.day, spot.lane)
        at = self.columns.index(here) if here else 0
        open_ones = [i for i, c in enumerate(self.columns) if not self.narrow[c.day] or i == at]
        near = min(max(open_ones.index(at) + dx, 0), len(open_ones) - 1)
        there = self.columns[open_ones[near]]
        minute = min(max(spot.minute + minutes, self.first), self.last - 15)
        return Spot(self.days[there.day].date, self.lanes[there.lane].key, minute)

    def touched(self, area: QRect) -> list[Hashable]:
        """The cards that *area* meets."""
        return [key for key, rect in self.rects.items() if rect.intersects(area)]

    def neighbour(self, key: Hashable, dx: int, dy: int) -> Hashable | None:
        """The nearest card in one direction: up and down first within the own column."""
        here = self.rects.get(key)
        if here is None:
            return None
        centre = here.center()
        best: tuple[float, Hashable] | None = None
        for other, rect in self.rects.items():
            if other == key:
                continue
            off = rect.center() - centre
            along = off.x() * dx + off.y() * dy
            across = abs(off.x() * dy) + abs(off.y() * dx)
            if along <= (here.width() // 4 if dx else 0):
                continue
            if dy and across > here.width():
                along += 10_000  # another column is a last resort
            cost = along + 2 * across
            if best is None or cost < best[0]:
                best = cost, other
        return best[1] if best else None


def _within(places: Sequence[int], step: int, count: int) -> int:
    """*step*, as far as it leads none of *places* out of 0 to *count*."""
    return min(max(step, -min(places)), count - 1 - max(places))
