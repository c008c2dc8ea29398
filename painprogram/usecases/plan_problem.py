"""From the facts to the planner's problem: what may move, what stands, who comes to what."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from uuid import UUID

from painprogram.domain.clashes import Occasion
from painprogram.domain.errors import Refused
from painprogram.domain.planning import monday
from painprogram.domain.plans import EasingKind, Importance, PlanScope, PlanWanted, PlanWish
from painprogram.domain.sessions import Session
from painprogram.i18n import _
from painprogram.planner.contradictions import impossible_sessions
from painprogram.planner.problem import (
    Apart,
    Lock,
    Order,
    Place,
    Plan,
    Problem,
    Resource,
    Series,
    Wish,
    Wishes,
)
from painprogram.planner.problem import Session as Wanted
from painprogram.usecases import plan_choices, plan_resources
from painprogram.usecases.plan_choices import Chosen
from painprogram.usecases.plan_facts import Facts, troubles
from painprogram.usecases.plan_resources import Party, Weeks
from painprogram.usecases.plan_sessions import (
    Offer,
    fully_locked,
    may_be_once,
)

WEIGHTS = {
    Importance.NOT_AT_ALL: 0,
    Importance.LITTLE: 1,
    Importance.SOMEWHAT: 3,
    Importance.MUCH: 8,
    Importance.VERY: 20,
}
FEWEST_CHANGES = 60
"""Of a change where a plan is only repaired: more than any other wish."""
CROWDED = 2
_OF_EACH_PARTY = (
    PlanWish.TRIPS,
    PlanWish.ISOLATED,
    PlanWish.COMPACT,
    PlanWish.REST,
    PlanWish.CHOICES,
)
NEARBY = 90
"""Minutes between two visits that are one trip without much waiting."""
OVERNIGHT = timedelta(hours=12)
"""Two of a series are not on one day."""


@dataclass(frozen=True)
class Asked:
    """A problem, and the way back to what it is about."""

    facts: Facts
    wanted: PlanWanted
    problem: Problem
    movable: frozenset[UUID]
    troubled: Mapping[UUID, str]
    """By session: what stands against it where it stands."""
    hopeless: Mapping[UUID, str]
    """Those that can't be held at any time: they stay, and it is said."""
    choices: Mapping[UUID, Chosen]
    people: Mapping[UUID, frozenset[UUID]]
    """By party: the patients."""

    @cached_property
    def today(self) -> Plan:
        """Where everything stands now, also what is no part of it and only takes people's time."""
        every = {each.key: each.today or still(each) for each in self.problem.sessions}
        places = {key: place for key, place in every.items() if place is not None}
        return Plan(places, dict.fromkeys(self.choices, 0))

    @property
    def locked(self) -> int:
        return len(self.facts.sessions) - len(self.movable) - len(self.hopeless)


def still(session: Wanted) -> Place | None:
    """Where something stands that is no session of ours."""
    return Place(session.lock.start) if session.lock.start is not None else None


def ask(facts: Facts, wanted: PlanWanted, *, loosened: Collection[UUID] | None = None) -> Asked:
    """The problem of *wanted*.

    *loosened*: these alone are free, and so is everything that is locked or left alone: what it
    would take to place them.
    """
    return _Asking(facts, wanted, loosened).asked()


class _Asking:
    def __init__(self, facts: Facts, wanted: PlanWanted, loosened: Collection[UUID] | None) -> None:
        self.facts, self.wanted, self.loosened = facts, wanted, loosened
        self.troubled = troubles(facts)
        locks = Offer(facts, frozenset(facts.sessions), frozenset(), wanted.eased)
        for key, one in facts.sessions.items():
            if locks.lacks_room(one):
                self.troubled.setdefault(key, _("It has no room."))
        self.movable = self._movable(locks)
        self.hopeless: dict[UUID, str] = {}
        self.widened: set[UUID] = set()
        """What has no time at all in its own week."""
        self.aside: set[UUID] = set(self._unclean())
        """Left alone, and no part of the problem: what they take, is taken."""

    def _movable(self, locks: Offer) -> frozenset[UUID]:
        free = {
            key
            for key, one in self.facts.sessions.items()
            if self.loosened is not None or not fully_locked(locks, one)
        }
        if self.loosened is not None or self.wanted.scope is PlanScope.ALL:
            return frozenset(free)
        found = set(self.troubled)
        if self.wanted.scope is PlanScope.REPAIR:
            weeks = {monday(self.facts.sessions[key].start.date()) for key in found}
            found |= {
                key for key, one in self.facts.sessions.items() if monday(one.start.date()) in weeks
            }
        found |= {
            one.about
            for one in self.wanted.eased
            if one.kind in (EasingKind.FREE, EasingKind.PLACE, EasingKind.UNLOCK)
        }
        return frozenset(found & free)

    def _unclean(self) -> Iterator[UUID]:
        """Of what stays: all that stands against a rule, of whatever level, and is so to stay."""
        for one in self.facts.found:
            for key in (one.occasion, one.other):
                if key and key in self.facts.sessions and key not in self.movable:
                    yield key

    # The whole

    def asked(self) -> Asked:
        while True:
            made = self._problem()
            lost = self._impossible(made.problem)
            if self.loosened is not None:
                lost = {key: said for key, said in lost.items() if key not in self.loosened}
                self.aside |= lost.keys()
            if not lost:
                return made
            for key, said in lost.items():
                self._lose(key, said)

    def _lose(self, key: UUID, said: str) -> None:
        """No time in its own week: the weeks beside it are offered; then it stays."""
        if key in self.movable and key not in self.widened:
            self.widened.add(key)
            return
        if key in self.movable:
            self.hopeless[key] = said
            self.movable -= {key}
        self.aside.add(key)

    def _impossible(self, problem: Problem) -> dict[UUID, str]:
        """Those without any time at which all they need are there; refused without a leader."""
        found = {}
        for session in problem.sessions:
            if session.key not in self.facts.sessions:
                continue
            alone = replace(problem, sessions=(session,), orders=(), choices=(), quotas=())
            said = next(iter(impossible_sessions(alone)), None)
            if said is None:
                continue
            means = any(len(role.candidates) < role.many for role in session.roles)
            if means and session.key in self.movable and self.loosened is None:
                raise Refused(said)
            found[session.key] = said
        return found

    def _problem(self) -> Asked:
        facts = self.facts
        here = frozenset(set(facts.sessions) - self.aside)
        offer = Offer(facts, here, self._wide(), self.wanted.eased, self.loosened is not None)
        choices = self._choices(here)
        choosing = {(one.place.patient_id, key) for one in choices.values() for key in one.others}
        attending = self._attending(here, choosing)
        sessions = {key: self._session(offer, key, choosing) for key in sorted(here)}
        weeks = self._weeks(here, sessions.values())
        parties = plan_resources.parties(weeks, attending, {who for who, _key in choosing})
        parties += tuple(self._empty_groups(weeks, here))
        anchors = self._anchors(weeks, parties, sessions)
        of = defaultdict(list)
        for party in parties:
            for key in (*party.sessions, *(one.id for one in party.beside if one.id in anchors)):
                of[key].append(party.key)
        every = {
            key: replace(one, audience=tuple(of[key])) for key, one in (sessions | anchors).items()
        }
        units = {p.key: plan_resources.patients(weeks, p, anchors, sessions) for p in parties}
        self._check_patients(parties, units, every)
        party_of = {who: p.key for p in parties if p.choosing for who in p.patients}
        problem = Problem(
            tuple(every.values()),
            (
                *plan_resources.people(weeks, every.values()),
                *plan_resources.rooms(weeks, {r for one in every.values() for r in one.rooms}),
                *units.values(),
            ),
            tuple(self._series(every.values())),
            tuple(self._orders(every)),
            tuple(self._apart(every)),
            tuple(plan_choices.choosing(facts, choices, party_of)),
            wishes=self._wishes(every.values()),
        )
        return Asked(
            facts,
            self.wanted,
            problem,
            self.movable & here,
            self.troubled,
            dict(self.hopeless),
            choices,
            {party.key: party.patients for party in parties},
        )

    def _wide(self) -> frozenset[UUID]:
        """What may come to another week: what has no time in its own, and what comes once."""
        if self.loosened is not None:
            return frozenset(self.loosened)
        whole = self.wanted.scope is PlanScope.ALL
        once = {key for key in self.movable if may_be_once(self.facts, self.facts.sessions[key])}
        return frozenset(self.widened | (once if whole else set()))

    def _session(self, offer: Offer, key: UUID, choosing: Collection[tuple[UUID, UUID]]) -> Wanted:
        coming = self.facts.occasions[key].patients
        many = sum((who, key) not in choosing for who in coming)
        one = self.facts.sessions[key]
        return offer.session(one, many) if key in self.movable else offer.still(one, many)

    def _weeks(self, here: frozenset[UUID], sessions: Iterable[Wanted]) -> Weeks:
        every = list(sessions)
        days = {start.date() for one in every for start in one.starts}
        background = [
            one
            for one in self.facts.occasions.values()
            if one.id not in here and one.start.date() in days
        ]
        return Weeks(
            self.facts,
            tuple(sorted(days)),
            tuple(sorted(background, key=lambda one: (one.start, one.id.int))),
            self.wanted.eased,
            min((one.preparation for one in every), default=0),
            min((one.wrap_up for one in every), default=0),
        )

    # Who comes

    def _attending(
        self, here: frozenset[UUID], choosing: Collection[tuple[UUID, UUID]]
    ) -> dict[UUID, frozenset[UUID]]:
        found: dict[UUID, set[UUID]] = defaultdict(set)
        for key in sorted(here):
            for who in self.facts.occasions[key].patients:
                found[who]
                if (who, key) not in choosing:
                    found[who].add(key)
        return {who: frozenset(keys) for who, keys in found.items()}

    def _empty_groups(self, weeks: Weeks, here: frozenset[UUID]) -> Iterator[Party]:
        by_group: dict[UUID, set[UUID]] = defaultdict(set)
        for key in here:
            if not self.facts.occasions[key].patients:
                by_group[self.facts.sessions[key].group_id].add(key)
        for group in sorted(by_group):
            if not self.facts.groups[group].rolling:
                keys = frozenset(by_group[group])
                yield plan_resources.everybody_to_come(weeks, group, keys)

    def _anchors(
        self, weeks: Weeks, parties: Iterable[Party], sessions: Mapping[UUID, Wanted]
    ) -> dict[UUID, Wanted]:
        """What stands still and patients come to besides: it makes a trip, and fills a day."""
        parties = tuple(parties)
        wanted = {one.id for party in parties for one in party.beside}
        fixed = [
            (one.lock.start, one.end(one.lock.start), key)
            for key, one in sessions.items()
            if one.lock.start is not None
        ]
        coming: dict[UUID, set[UUID]] = defaultdict(set)
        for party in parties:
            for key in (*party.sessions, *(one.id for one in party.beside)):
                coming[key].add(party.key)
        kept: list[Occasion] = []
        for one in weeks.background:
            if one.id not in wanted or one.id in self.facts.sessions:
                continue
            meets = any(
                s < one.end and one.start < e and coming[k] & coming[one.id] for s, e, k in fixed
            )
            meets = meets or any(
                other.end > one.start and coming[other.id] & coming[one.id] for other in kept[-8:]
            )
            if not meets:
                kept.append(one)
        return {
            one.id: Wanted(one.id, one.title, one.minutes, (one.start,), lock=Lock(one.start))
            for one in kept
        }

    def _check_patients(
        self,
        parties: Iterable[Party],
        units: Mapping[UUID, Resource],
        every: Mapping[UUID, Wanted],
    ) -> None:
        """Refuse where one of them can't come to something at any of its times."""
        if self.loosened is not None:
            return
        for party in parties:
            times = units[party.key].unwished
            for key in sorted(party.sessions & self.movable):
                one = every[key]
                if times and all(
                    any(span.overlaps(start, one.end(start)) for span in times)
                    for start in one.starts
                ):
                    raise Refused(
                        _(
                            "{title}: no time it may have suits {patient}. Let the patient leave "
                            "it out or swap it, or change the times that do not suit."
                        ).format(title=one.title, patient=units[party.key].name)
                    )

    # What belongs together

    def _series(self, every: Iterable[Wanted]) -> Iterator[Series]:
        titles: dict[UUID, str] = {}
        for one in every:
            if one.series is not None:
                titles.setdefault(one.series, one.title)
        for key, title in sorted(titles.items()):
            yield Series(key, title)

    def _orders(self, every: Mapping[UUID, Wanted]) -> Iterator[Order]:
        """What must come after what, where either may move so far; and the numbers of a series."""
        strands: dict[tuple[UUID, str], list[Session]] = defaultdict(list)
        for key in every:
            if key in self.facts.sessions:
                one = self.facts.sessions[key]
                strands[one.group_id, one.strand].append(one)
        dropped = {
            (one.about, one.other) for one in self.wanted.eased if one.kind is EasingKind.ORDER
        }
        for (group, strand), held in sorted(strands.items(), key=lambda each: str(each[0])):
            held.sort(key=lambda one: (one.number, one.start))
            for first, second in pairwise(held):
                if first.start < second.start and _may_cross(every, first, second):
                    same_day = first.start.date() == second.start.date()
                    least = timedelta() if same_day else OVERNIGHT
                    yield Order(first.id, second.id, least)
            course = self.facts.around.courses.get(group)
            for before in course.after.get(strand, ()) if course else ():
                for first in strands.get((group, before), ()):
                    for second in held:
                        pair = first.id, second.id
                        if pair not in dropped and _may_cross(every, first, second):
                            yield Order(first.id, second.id)

    def _apart(self, every: Mapping[UUID, Wanted]) -> Iterator[Apart]:
        of: dict[tuple[UUID, str], list[Session]] = defaultdict(list)
        for key in sorted(every):
            if key in self.facts.sessions:
                one = self.facts.sessions[key]
                of[one.group_id, one.strand].append(one)
        said: set[frozenset[UUID]] = set()
        for (group, strand), held in of.items():
            content = self.facts.groups[group].content
            for other in content.strand(strand).apart_from:
                for first in held:
                    for second in of.get((group, other), ()):
                        pair = frozenset((first.id, second.id))
                        days = _days(every[first.id]) & _days(every[second.id])
                        if pair not in said and days:
                            said.add(pair)
                            yield Apart(first.id, second.id)

    def _choices(self, here: frozenset[UUID]) -> dict[UUID, Chosen]:
        if self.loosened is not None or self.wanted.scope is not PlanScope.ALL:
            return {}
        return dict(plan_choices.choices(self.facts, here, self.movable))

    def _wishes(self, every: Iterable[Wanted]) -> Wishes:
        """What is counted for each party of patients would drown what is counted once."""
        audiences = [len(one.audience) for one in every if one.audience]
        often = max(1, round(sum(audiences) / (2 * len(audiences)))) if audiences else 1
        weights = {
            Wish(wish.value): WEIGHTS[importance] * (1 if wish in _OF_EACH_PARTY else often)
            for wish, importance in self.facts.wishes.items()
        }
        weights[Wish.CROWDING] = CROWDED
        weights[Wish.CHOICES] = max(1, weights[Wish.CHOICES])
        if self.wanted.scope is not PlanScope.ALL or self.loosened is not None:
            weights[Wish.CHANGES] = FEWEST_CHANGES * often
        return Wishes(weights, NEARBY)


def _may_cross(every: Mapping[UUID, Wanted], first: Session, second: Session) -> bool:
    """Whether *second* could come to stand before *first* has ended."""
    one, other = every[first.id], every[second.id]
    return max(one.starts) + timedelta(minutes=one.minutes) > min(other.starts)


def _days(one: Wanted) -> set[date]:
    return {start.date() for start in one.starts}
