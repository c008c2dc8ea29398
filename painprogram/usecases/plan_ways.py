"""What got no place, what stands against it, and the smallest change that would free it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from enum import Enum, auto
from itertools import product
from uuid import UUID

from painprogram import i18n
from painprogram.domain.clashes import Occasion
from painprogram.domain.errors import Cancelled
from painprogram.domain.planning import monday
from painprogram.domain.plans import Easing, EasingKind, Unplaced, WayOut
from painprogram.domain.progress import Progress
from painprogram.domain.rules import Level, Rule
from painprogram.i18n import _
from painprogram.planner.contradictions import impossible_sessions
from painprogram.planner.evaluate import evaluate
from painprogram.planner.explain import Way, explain
from painprogram.planner.problem import Kind, Lock, Place, Plan, Problem, Resource, Session, Span
from painprogram.usecases.plan_judge import Judged
from painprogram.usecases.plan_problem import Asked, ask, still
from painprogram.usecases.plan_words import now

MOST_EXPLAINED = 6
MOST_SAID = 3
MOST_WAYS = 2


class Reach(Enum):
    """How far from where it stands a way out is looked for: the nearest is the smallest."""

    STAY = auto()
    DAY = auto()
    WEEK = auto()
    ALL = auto()


def unplaced(asked: Asked, judged: Judged, progress: Progress) -> tuple[Unplaced, ...]:
    """In order of time. Stopped, it says what stands against each, and looks for no ways out."""
    facts = asked.facts
    left = {key for key in asked.movable if key not in judged.plan.places}
    left |= asked.hopeless.keys()
    against = {
        key: judged.after.said(clash)
        for _level, clash in judged.after.open()
        for key in (clash.occasion, clash.other)
        if key and (key in asked.movable or key in asked.hopeless) and key not in judged.places
    }
    left |= against.keys() & asked.troubled.keys()
    ordered = sorted(left, key=lambda key: (facts.sessions[key].start, key))
    found = []
    for number, key in enumerate(ordered):
        one = facts.sessions[key]
        said = [asked.hopeless.get(key) or asked.troubled.get(key, "")]
        ways: tuple[WayOut, ...] = ()
        if number < MOST_EXPLAINED and not progress.is_cancelled:
            with suppress(Cancelled):  # what is found so far is what is wanted
                progress.report(number / len(ordered), _("Looking for ways out"))
            more, ways = _explained(asked, judged.plan, key)
            said += more
        found.append(
            Unplaced(
                key,
                one.group_id,
                one.centre_id,
                one.group_name,
                one.numbered_title,
                now(one),
                tuple(dict.fromkeys(words for words in said if words)),
                ways,
            )
        )
    return tuple(found)


def _explained(asked: Asked, plan: Plan, key: UUID) -> tuple[list[str], tuple[WayOut, ...]]:
    """With everything that stands still let loose: what would have to give way?"""
    loose = ask(asked.facts, asked.wanted, loosened={key})
    if key not in loose.problem.session:
        return [], ()
    said: list[str] = []
    everybody_there = _possible(loose.problem, key)
    for starts, reach in product((everybody_there, loose.problem.session[key].starts), Reach):
        problem = _within(loose.problem, key, _reached(loose.problem.session[key], starts, reach))
        if not problem.session[key].starts:
            continue
        sound = _sound(problem, Plan(_places(problem, plan, key)))
        found = explain(problem, sound, key)
        said = said or _against(problem, found.against)
        if found.ways:
            ways = {
                _alike(one): one
                for one in reversed([_way(asked, problem, sound, way, key) for way in found.ways])
            }
            return said, tuple(reversed(ways.values()))[:MOST_WAYS]
    return said, ()


def _against(problem: Problem, found: Sequence[str]) -> list[str]:
    """The commonest, of the patients without a number that says nothing."""
    parties = tuple(one.name for one in problem.resources if one.kind is Kind.PATIENT)
    said = [
        _("The patients have something else then.")
        if words.startswith(parties)
        else _sentence(words)
        for words in found
    ]
    return list(dict.fromkeys(said))[:MOST_SAID]


def _alike(way: WayOut) -> tuple[object, ...]:
    """Ways that ask the same of the same, an hour earlier or later, are one."""
    return tuple((one.kind, one.about, one.other) for one in way.eased)


def _places(problem: Problem, plan: Plan, key: UUID) -> dict[UUID, Place]:
    """Where everything else stands, by the plan or as it does now."""
    found = {}
    for each in problem.sessions:
        place = plan.places.get(each.key, each.today or still(each))
        if each.key != key and place is not None:
            found[each.key] = place
    return found


def _possible(problem: Problem, key: UUID) -> tuple[datetime, ...]:
    """When all it needs could be there, did nothing of ours stand in the way: first of all there
    a way out is looked for, so that nobody has to change their own time.
    """
    alone = replace(problem, orders=(), apart=(), choices=(), quotas=())
    session = problem.session[key]
    return tuple(
        start
        for start in session.starts
        if not any(
            impossible_sessions(replace(alone, sessions=(replace(session, starts=(start,)),)))
        )
    )


def _reached(session: Session, starts: tuple[datetime, ...], reach: Reach) -> tuple[datetime, ...]:
    """Of *starts* the full hours and its usual time, as far as *reach* goes."""
    usual = session.today.start if session.today else session.starts[0]
    there = (start for start in starts if not start.minute or start.time() == usual.time())
    if reach is Reach.STAY:
        return tuple(start for start in there if start == usual)
    if reach is Reach.DAY:
        return tuple(start for start in there if start.date() == usual.date())
    if reach is Reach.WEEK:
        return tuple(start for start in there if monday(start.date()) == monday(usual.date()))
    return tuple(there)


def _within(problem: Problem, key: UUID, starts: tuple[datetime, ...]) -> Problem:
    looked_into = replace(problem.session[key], starts=starts, lock=Lock())
    sessions = tuple(looked_into if each.key == key else each for each in problem.sessions)
    return replace(problem, sessions=sessions)


def _sound(problem: Problem, plan: Plan) -> Plan:
    """*plan* without what breaks something as it is: that is another story."""
    while True:
        broken = evaluate(problem, plan).breaches
        if not broken:
            return plan
        out = {key for breach in broken for key in (breach.session, breach.other) if key}
        kept = {key: place for key, place in plan.places.items() if key not in out}
        if len(kept) == len(plan.places):
            return Plan({})
        plan = Plan(kept)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")


# A way out


def _way(asked: Asked, problem: Problem, plan: Plan, way: Way, key: UUID) -> WayOut:
    eased: list[Easing] = []
    said: list[str] = []
    facts = False
    for before, after in _changed(problem, way.problem):
        span = problem.session[key].with_buffers(way.place.start)
        if before.absent != after.absent:
            eased.append(Easing(EasingKind.TIME, before.key, start=span.start, end=span.end))
            words, outside = _freed(asked, before, key, span)
            said.append(words)
            facts = facts or outside
        else:
            eased.append(Easing(EasingKind.MORE, before.key))
            said.append(_("{name} takes one session more that day").format(name=before.name))
            facts = True
    for first, second in _dropped(problem, way.problem):
        eased.append(Easing(EasingKind.ORDER, first, second))
        said.append(
            _("{title} need not come after {other}").format(
                title=problem.session[second].title, other=problem.session[first].title
            )
        )
    for other, place in _moved(plan.places, way.plan.places, key):
        said.append(_gives_way(asked, problem, other, place))
        if other not in asked.movable:
            kind = EasingKind.UNLOCK if asked.facts.locked(other) else EasingKind.FREE
            eased.append(Easing(kind, other))
    if asked.facts.locked(key):
        eased.append(Easing(EasingKind.UNLOCK, key))
        said.append(_("unlock {title}").format(title=problem.session[key].title))
    place = way.place
    eased.append(
        Easing(
            EasingKind.PLACE,
            key,
            start=place.start,
            room_id=place.room,
            staff=tuple(sorted(place.leaders)),
        )
    )
    when = _at(place.start)
    if not said:
        return WayOut(_("Put it on {when}.").format(when=when), tuple(eased))
    words = i18n.joined(list(dict.fromkeys(said)))
    text = _("{changes}: then it fits on {when}.").format(changes=words, when=when)
    return WayOut(text[:1].upper() + text[1:], tuple(eased), facts)


def _changed(before: Problem, after: Problem) -> Iterator[tuple[Resource, Resource]]:
    known = after.resource
    for one in before.resources:
        if known[one.key] != one:
            yield one, known[one.key]


def _dropped(before: Problem, after: Problem) -> Iterator[tuple[UUID, UUID]]:
    left = {(order.first, order.second) for order in after.orders}
    for order in before.orders:
        if (order.first, order.second) not in left:
            yield order.first, order.second


def _moved(
    before: Mapping[UUID, Place], after: Mapping[UUID, Place], key: UUID
) -> Iterator[tuple[UUID, Place]]:
    for other, place in after.items():
        if other != key and before.get(other) != place:
            yield other, place


def _gives_way(asked: Asked, problem: Problem, other: UUID, place: Place) -> str:
    title = problem.session[other].title
    one = asked.facts.sessions.get(other)
    elsewhere = one is not None and place.start == one.start
    if asked.facts.locked(other):
        words = _("unlock {title} {when}")
        return words.format(title=title, when=_at(one.start if one else place.start))
    if elsewhere:
        return _("{title} gets another room or another leader").format(title=title)
    return _("{title} moves to {when}").format(title=title, when=_at(place.start))


def _freed(asked: Asked, one: Resource, key: UUID, span: Span) -> tuple[str, bool]:
    """What keeps *one* from *key* then, and whether that is a fact outside the plan."""
    facts, start, end = asked.facts, span.start, span.end
    when = f"{i18n.day_short(start.date())} {i18n.clock_range(start, end)}"
    for held in _standing(asked, one, start, end):
        if held.id == key:
            continue
        words = _("{title} {when} moves or is held without {name}")
        return words.format(title=held.title, when=_at(held.start), name=one.name), True
    if one.kind is Kind.PERSON:
        theirs = facts.around.time[one.key]
        words, rule = _("{name} works {when}"), Rule.HOURS
        if any(span.meets(start, end) for span in theirs.absent):
            words, rule = _("{name} is not absent {when}"), Rule.ABSENT
        elif any(span.meets(start, end) for span in theirs.busy):
            words, rule = _("{name} is not busy {when}"), Rule.BUSY
        blocks = facts.around.level(rule, *_centres(asked)) is Level.BLOCKS
        return words.format(name=one.name, when=when), blocks
    return _("{name} can be had {when}").format(name=one.name, when=when), True


def _centres(asked: Asked) -> set[UUID]:
    return {one.centre_id for one in asked.facts.groups.values()}


def _standing(asked: Asked, one: Resource, start: datetime, end: datetime) -> Iterator[Occasion]:
    people = asked.people.get(one.key, frozenset())
    for held in asked.facts.occasions.values():
        uses = one.key in held.staff or one.key == held.room or bool(people & held.patients)
        if uses and held.start < end and start < held.end:
            yield held


def _at(start: datetime) -> str:
    return f"{i18n.day_short(start.date())} {i18n.clock(start)}"
