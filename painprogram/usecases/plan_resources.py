"""People, rooms and patients as the planner sees them: when each can be had, by the rules."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from uuid import UUID, uuid5

from painprogram.domain.clashes import Occasion
from painprogram.domain.plans import Easing, EasingKind, PlanWish
from painprogram.domain.rules import Level, Rule
from painprogram.domain.unsuitable import Unsuitable
from painprogram.i18n import _, ngettext
from painprogram.planner.problem import Kind, Resource, Session, Span
from painprogram.usecases.plan_facts import Facts

NAMES = UUID("6d1a5d1e-6f0e-4f7c-9a43-2f6cf1f2a0c5")
"""Of the keys of what only the planner knows: parties of patients, series, choices."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Weeks:
    """Which days are looked at, what stands still in them, and the shortest time around things."""

    facts: Facts
    days: tuple[date, ...]
    background: tuple[Occasion, ...]
    """What the plan takes as it is, in order of time."""
    eased: tuple[Easing, ...] = ()
    preparation: int = 0
    wrap_up: int = 0

    @cached_property
    def centres(self) -> frozenset[UUID]:
        return frozenset(one.centre_id for one in self.facts.groups.values())

    def level(self, rule: Rule) -> Level:
        return self.facts.around.level(rule, *sorted(self.centres))

    @cached_property
    def taken(self) -> Mapping[UUID, Sequence[Span]]:
        """By colleague and room: what stands still, with the time before and after it."""
        found: dict[UUID, list[Span]] = defaultdict(list)
        for one in self.background:
            span = Span(
                one.start - timedelta(minutes=one.preparation),
                one.end + timedelta(minutes=one.wrap_up),
            )
            for key in (*one.staff, *([one.room] if one.room else ())):
                found[key].append(span)
        return found

    def shorter(self, start: datetime, end: datetime) -> Span:
        """Of a time that binds a session itself, but not what goes before and after it."""
        since = start + timedelta(minutes=self.wrap_up)
        until = end - timedelta(minutes=self.preparation)
        return Span(since, until) if since < until else Span(start, end)

    def freed(self, key: UUID, spans: Iterable[Span]) -> tuple[Span, ...]:
        """*spans* without the times at which somebody is to be had all the same."""
        left = list(spans)
        for easing in self.eased:
            if (
                easing.kind is EasingKind.TIME
                and easing.about == key
                and easing.start
                and easing.end
            ):
                left = list(_without(left, easing.start, easing.end))
        return tuple(left)

    def more(self, key: UUID) -> int:
        return sum(one.kind is EasingKind.MORE and one.about == key for one in self.eased)


def _without(spans: Iterable[Span], start: datetime, end: datetime) -> Iterator[Span]:
    for span in spans:
        if not span.overlaps(start, end):
            yield span
            continue
        if span.start < start:
            yield Span(span.start, start)
        if end < span.end:
            yield Span(end, span.end)


# Colleagues and rooms


def people(weeks: Weeks, sessions: Iterable[Session]) -> Iterator[Resource]:
    """Everybody who may lead something of *sessions*, with a fair share of it."""
    shares = _fair_shares(sessions)
    for key in sorted(shares):
        person = weeks.facts.staff[key]
        absent = list(weeks.taken.get(key, ()))
        unwished: list[Span] = []
        for rule, span in _away(weeks, key):
            (unwished if weeks.level(rule) is Level.INFORMATION else absent).append(span)
        fair = weeks.facts.wishes[PlanWish.FAIR]
        yield Resource(
            key,
            person.name,
            Kind.PERSON,
            absent=weeks.freed(key, absent),
            unwished=tuple(unwished),
            fair_share=shares[key] if fair else None,
        )


def _fair_shares(sessions: Iterable[Session]) -> dict[UUID, int]:
    """What each would lead if those who can lead the same things shared them alike."""
    wanted: Counter[tuple[UUID, ...]] = Counter()
    for session in sessions:
        for role in session.roles:
            wanted[role.candidates] += role.many
    shares: dict[UUID, float] = defaultdict(float)
    for candidates, many in wanted.items():
        for key in candidates:
            shares[key] += many / len(candidates)
    return {key: -(-round(share * 1000) // 1000) for key, share in shares.items()}


def _away(weeks: Weeks, key: UUID) -> Iterator[tuple[Rule, Span]]:
    theirs = weeks.facts.around.time[key]
    for span in theirs.absent:
        yield Rule.ABSENT, weeks.shorter(span.start, span.end)
    for span in theirs.busy:
        yield Rule.BUSY, weeks.shorter(span.start, span.end)
    if not theirs.week:
        return
    for day in weeks.days:
        at, end = midnight(day), midnight(day) + DAY
        for span in theirs.working(day):
            if span.start > at:
                yield Rule.HOURS, weeks.shorter(at, span.start)
            at = max(at, span.end)
        if at < end:
            yield Rule.HOURS, weeks.shorter(at, end)


def rooms(weeks: Weeks, wanted: Collection[UUID]) -> Iterator[Resource]:
    for key in sorted(wanted):
        room = weeks.facts.rooms[key]
        absent = weeks.freed(key, weeks.taken.get(key, ()))
        yield Resource(key, room.name, Kind.ROOM, seats=room.seats, absent=absent)


# Patients


@dataclass(frozen=True, slots=True)
class Party:
    """Patients who have the same to come to: the planner moves them together."""

    key: UUID
    patients: frozenset[UUID]
    sessions: frozenset[UUID]
    """What they come to of what is planned."""
    beside: tuple[Occasion, ...]
    """What they come to besides, that stands still."""
    times_not: tuple[Unsuitable, ...]
    choosing: bool
    """One who gets something at one of several places."""


def parties(
    weeks: Weeks, attending: Mapping[UUID, frozenset[UUID]], choosing: Collection[UUID]
) -> tuple[Party, ...]:
    """*attending* says which planned sessions each patient comes to."""
    beside: dict[UUID, list[Occasion]] = defaultdict(list)
    for one in weeks.background:
        for patient in one.patients & attending.keys():
            beside[patient].append(one)
    alike: dict[tuple[object, ...], set[UUID]] = defaultdict(set)
    for patient, sessions in attending.items():
        there = tuple(one.id for one in beside[patient])
        times = weeks.facts.times_not.get(patient, ())
        alone = patient if patient in choosing else None
        alike[sessions, there, times, alone].add(patient)
    found = []
    for together in alike.values():
        first = min(together)
        found.append(
            Party(
                uuid5(NAMES, f"party {first}"),
                frozenset(together),
                attending[first],
                tuple(beside[first]),
                weeks.facts.times_not.get(first, ()),
                first in choosing,
            )
        )
    return tuple(sorted(found, key=lambda party: party.key))


def everybody_to_come(weeks: Weeks, group: UUID, sessions: frozenset[UUID]) -> Party:
    """Those who may come to a group that nobody is in yet: it must be possible to go to it all."""
    linked = weeks.facts.groups[group].linked
    beside = tuple(one for one in weeks.background if one.group == group or one.id in linked)
    return Party(uuid5(NAMES, f"group {group}"), frozenset(), sessions, beside, (), choosing=False)


def patients(
    weeks: Weeks, party: Party, anchored: Collection[UUID], every: Mapping[UUID, Session]
) -> Resource:
    """A party as a resource; what of *beside* is not *anchored* in the problem takes its time."""
    absent = [Span(one.start, one.end) for one in party.beside if one.id not in anchored]
    unwished = [span for day in weeks.days for span in _unsuitable(party.times_not, day)]
    minutes = [every[key].minutes for key in party.sessions]
    there = [one for one in party.beside if one.id in anchored]
    minutes += [one.minutes for one in there]
    days = Counter(
        place.start.date() for key in party.sessions if (place := every[key].today) is not None
    )
    days += Counter(one.start.date() for one in there)
    most = _most_a_day(weeks, minutes)
    if most is not None:
        most = max(most, max(days.values(), default=1)) + weeks.more(party.key)
    return Resource(
        party.key,
        name_of(weeks.facts, party),
        Kind.PATIENT,
        heads=1 if party.choosing else 0,
        absent=weeks.freed(party.key, absent),
        unwished=tuple(unwished),
        most_per_day=most,
    )


def _most_a_day(weeks: Weeks, minutes: Sequence[int]) -> int | None:
    """Visits that a day may hold, however long the ones are that come together."""
    limits = []
    rules = [weeks.facts.around.rules_of(centre) for centre in sorted(weeks.centres)]
    if weeks.level(Rule.VISITS_DAY) is not Level.INFORMATION:
        limits.append(min(one.most(Rule.VISITS_DAY) for one in rules))
    if weeks.level(Rule.HOURS_DAY) is not Level.INFORMATION:
        most = min(one.most(Rule.HOURS_DAY) for one in rules)
        longest = accumulate(sorted(minutes, reverse=True))
        limits.append(max(1, sum(whole <= most for whole in longest)))
    return min(limits, default=None)


def _unsuitable(times: Iterable[Unsuitable], day: date) -> Iterator[Span]:
    for one in times:
        if one.weekday == day.weekday():
            start = datetime.combine(day, one.start or time())
            yield Span(start, datetime.combine(day, one.end) if one.end else midnight(day) + DAY)


def name_of(facts: Facts, party: Party) -> str:
    """``3 patients in Smärta H26 A``; one is told by the number of the place."""
    held = [one for one in facts.places if one.patient_id in party.patients]
    if not party.patients:
        return _("everybody in the group")
    if not held:
        many = len(party.patients)
        return ngettext("{number} patient", "{number} patients", many).format(number=many)
    group = facts.groups[held[0].group_id].name
    if len(party.patients) == 1:
        return patient_name(held[0].number, group)
    many = len(party.patients)
    words = ngettext("{number} patient in {group}", "{number} patients in {group}", many)
    return words.format(number=many, group=group)


def patient_name(number: int, group: str) -> str:
    return _("patient {number} in {group}").format(number=number, group=group)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())
