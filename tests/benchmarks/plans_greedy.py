"""A plan as a person makes it: one session after another, each at the first time that fits.

A person who knows the trade: the series' own weekday and time are tried first, then its room and
leaders. Nothing that stands is moved again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from painprogram.planner.problem import Choice, Option, Place, Plan, Problem, Session, Span
from painprogram.planner.tables import teams


class Hand:
    """The plan under way, and who is where."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.places: dict[UUID, Place] = {}
        self.chosen: dict[UUID, int] = {}
        self.heads: Counter[UUID] = Counter()
        self.used: Counter[int] = Counter()
        self.taken: dict[tuple[UUID, date], list[Span]] = defaultdict(list)
        self.weeks: Counter[tuple[UUID, date]] = Counter()
        self.last: dict[UUID | None, Place] = {}
        self.away = {
            each.key: sorted(each.absent, key=lambda span: span.start) for each in problem.resources
        }
        known = problem.resource
        for each in problem.sessions:
            self.heads[each.key] = each.heads + sum(known[k].heads for k in each.audience)

    def plan(self) -> Plan:
        for session in sorted(self.problem.sessions, key=lambda each: min(each.starts)):
            place = next(self._fitting(session), None)
            if place is not None:
                self._put(session, place)
        for choice in self.problem.choices:
            for number, option in enumerate(choice.options):
                if self._may_choose(choice, option):
                    self._choose(choice, number)
                    break
        return Plan(self.places, self.chosen)

    # Sessions

    def _fitting(self, session: Session) -> Iterator[Place]:
        before = self.last.get(session.series)
        starts, rooms = list(session.starts), list(session.rooms or (None,))
        led = teams(session)
        if before is not None:
            slot = before.start.weekday(), before.start.time()
            starts.sort(key=lambda start: ((start.weekday(), start.time()) != slot, start))
            rooms.sort(key=lambda room: room != before.room)
            led.sort(key=lambda team: team != before.leaders)
        for start in starts:
            if not self._can(session, start):
                continue
            span = session.with_buffers(start)
            room = next((room for room in rooms if self._roomy(session, room, span)), ...)
            team = next((team for team in led if all(self._free(p, span) for p in team)), None)
            if room is not ... and team is not None:
                yield Place(start, room, team)

    def _can(self, session: Session, start: datetime) -> bool:
        span = Span(start, session.end(start))
        return all(self._free(each, span) for each in session.audience) and all(
            self._orderly(session, start, order.first, order.second, order.least, order.most)
            for order in self.problem.orders
            if session.key in (order.first, order.second)
        )

    def _orderly(
        self,
        session: Session,
        start: datetime,
        first: UUID,
        second: UUID,
        least: timedelta,
        most: timedelta | None,
    ) -> bool:
        held = {key: place.start for key, place in self.places.items()} | {session.key: start}
        if first not in held or second not in held:
            return True
        between = held[second] - self.problem.session[first].end(held[first])
        return between >= least and (most is None or between <= most)

    def _roomy(self, session: Session, room: UUID | None, span: Span) -> bool:
        if room is None:
            return True
        seats = self.problem.resource[room].seats
        return (session.crowding or seats >= self.heads[session.key]) and self._free(room, span)

    def _free(self, key: UUID, span: Span) -> bool:
        each, day = self.problem.resource[key], span.start.date()
        taken = self.taken[key, day]
        week = self.weeks[key, day - timedelta(days=day.weekday())]
        if each.most_per_day is not None and len(taken) >= each.most_per_day:
            return False
        if each.most_per_week is not None and week >= each.most_per_week:
            return False
        return not any(other.overlaps(span.start, span.end) for other in (*taken, *self.away[key]))

    def _put(self, session: Session, place: Place) -> None:
        self.places[session.key] = place
        self.last[session.series] = place
        room = () if place.room is None else (place.room,)
        self._hold((*place.leaders, *room), session.with_buffers(place.start))
        self._hold(session.audience, Span(place.start, session.end(place.start)))

    def _hold(self, keys: Iterable[UUID], span: Span) -> None:
        day = span.start.date()
        for key in keys:
            self.taken[key, day].append(span)
            self.weeks[key, day - timedelta(days=day.weekday())] += 1

    # Choices

    def _may_choose(self, choice: Choice, option: Option) -> bool:
        heads = self.problem.resource[choice.patient].heads
        for key in option.sessions:
            session, place = self.problem.session[key], self.places.get(key)
            if session.seats is not None and self.heads[key] + heads > session.seats:
                return False
            if place is not None and not self._welcome(session, place, choice.patient, heads):
                return False
        return all(self.used[n] < self.problem.quotas[n].most for n in self._quotas(choice, option))

    def _welcome(self, session: Session, place: Place, patient: UUID, heads: int) -> bool:
        if place.room is not None and not session.crowding:
            room = self.problem.resource[place.room]
            if room.seats < self.heads[session.key] + heads:
                return False
        return self._free(patient, Span(place.start, session.end(place.start)))

    def _quotas(self, choice: Choice, option: Option) -> list[int]:
        return [
            n
            for n, quota in enumerate(self.problem.quotas)
            if choice.patient in quota.patients and quota.session in option.sessions
        ]

    def _choose(self, choice: Choice, number: int) -> None:
        option = choice.options[number]
        self.chosen[choice.key] = number
        for n in self._quotas(choice, option):
            self.used[n] += 1
        for key in option.sessions:
            self.heads[key] += self.problem.resource[choice.patient].heads
            if key in self.places:
                start = self.places[key].start
                span = Span(start, self.problem.session[key].end(start))
                self._hold((choice.patient,), span)


def by_hand(problem: Problem) -> Plan:
    return Hand(problem).plan()
