"""Each rule: once where it hurts, once where it does not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from painprogram.domain.availability import Availability, Span, StaffTime, WorkingTime
from painprogram.domain.clashes import (
    Clash,
    Course,
    Meeting,
    Occasion,
    Standing,
    Surroundings,
    against,
    clashes,
)
from painprogram.domain.closures import Closure, ClosureKind
from painprogram.domain.errors import Refused
from painprogram.domain.people import Profession
from painprogram.domain.programmes import Need
from painprogram.domain.rooms import Equipment
from painprogram.domain.rules import Level, Rule, Rules, Setting, check_most, hardest
from painprogram.domain.rules.facts import changed, facts
from painprogram.domain.rules.loads import gathered
from painprogram.domain.rules.words import sentence

DAY = date(2027, 1, 12)  # a Tuesday
ANNA, ERIK, HALL, GYM, MARIA, OLLE, GROUP = (UUID(int=number) for number in range(101, 108))
NAMES = {ANNA: "Anna Berg", ERIK: "Erik Lund", HALL: "Stora salen", GYM: "Gymmet"}
HOUR = timedelta(hours=1)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute))


def held(number: int, hour: int = 10, day: date = DAY) -> Occasion:
    """An hour of Anna, in the hall."""
    start = at(hour, 0, day)
    return Occasion(
        UUID(int=number), f"Session {number}", start, start + HOUR, frozenset({ANNA}), room=HALL
    )


ONE = held(1)
OTHER = replace(held(2), staff=frozenset({ERIK}), room=GYM)


def course(**strands: tuple[str, Occasion]) -> Surroundings:
    """Strands in order of name: each must come after those named with it."""
    return Surroundings(
        courses={
            GROUP: Course(
                {key: tuple(after.split()) for key, (after, _one) in strands.items() if after},
                {
                    key: (Meeting(one.id, one.title, one.start, one.end),)
                    for key, (_after, one) in strands.items()
                },
            )
        }
    )


def spans(**of: Span) -> Surroundings:
    told: dict[str, Any] = {key: (span,) for key, span in of.items()}
    return Surroundings(time=StaffTime({ANNA: Availability(**told)}))


def closed(until: time | None = None) -> Surroundings:
    return Surroundings(closures={None: (Closure(ClosureKind.OWN, DAY, DAY, "staff day", until),)})


def busy_day(many: int, hours: int = 1) -> list[Occasion]:
    """*many* things of Maria's on one day, one after the other."""
    return [
        Occasion(
            UUID(int=20 + n),
            f"Visit {n}",
            at(7 + n * hours),
            at(7 + (n + 1) * hours),
            patients=frozenset({MARIA}),
        )
        for n in range(many)
    ]


def busy_week(many: int, hours: int = 1) -> list[Occasion]:
    """A thing of Maria's on each of *many* days."""
    monday = DAY - timedelta(days=1)
    return [
        Occasion(
            UUID(int=20 + n),
            f"Visit {n}",
            at(8, 0, monday + timedelta(days=n)),
            at(8 + hours, 0, monday + timedelta(days=n)),
            patients=frozenset({MARIA}),
        )
        for n in range(many)
    ]


WORKS = Surroundings(
    time=StaffTime({ANNA: Availability(week=(WorkingTime(1, time(8), time(16)),))})
)
CROWD = frozenset(UUID(int=n) for n in range(5000, 5012))
LATE, EARLY = replace(held(3, 14), group=GROUP, strand="b"), replace(held(4, 9), group=GROUP)
FIRST, SECOND = replace(EARLY, strand="a"), LATE
ORDERED = course(a=("", FIRST), b=("a", SECOND))
TURNED = (replace(SECOND, start=at(7), end=at(8)), FIRST)
SOON = Surroundings(today=DAY - timedelta(days=14))

Scene = tuple[list[Occasion], Surroundings]
NOTHING = Surroundings()

RULES: dict[Rule, tuple[Scene, Scene, str]] = {
    Rule.STAFF: (
        ([ONE, replace(OTHER, staff=frozenset({ANNA}))], NOTHING),
        ([ONE, replace(held(2, 11), room=GYM)], NOTHING),
        "Anna Berg has Session 2 10:00–11:00 at the same time.",
    ),
    Rule.ROOM: (
        ([ONE, replace(OTHER, room=HALL)], NOTHING),
        ([ONE, replace(held(2, 11), staff=frozenset({ERIK}))], NOTHING),
        "Stora salen has Session 2 10:00–11:00 at the same time.",
    ),
    Rule.PATIENT: (
        ([replace(one, patients=CROWD) for one in (ONE, OTHER)], NOTHING),
        ([replace(ONE, patients=CROWD), replace(OTHER, patients=frozenset({MARIA}))], NOTHING),
        "12 patients have Session 2 10:00–11:00 at the same time.",
    ),
    Rule.NEEDS: (
        ([replace(ONE, needs=(Need((Profession.PHYSICIAN,)),))], NOTHING),
        (
            [replace(ONE, needs=(Need((Profession.PHYSICIAN,)),), professions=("physician",))],
            NOTHING,
        ),
        "No physician leads it.",
    ),
    Rule.COMPETENCE: (
        ([replace(ONE, competences=("ACT",))], NOTHING),
        ([replace(ONE, competences=("ACT",), mastered=frozenset({"act"}))], NOTHING),
        "Nobody who leads it has the competence ACT.",
    ),
    Rule.SEATS: (
        ([replace(ONE, patients=CROWD, seats=11)], NOTHING),
        ([replace(ONE, patients=CROWD, seats=12)], NOTHING),
        "Stora salen has 11 seats; 12 are expected.",
    ),
    Rule.EQUIPMENT: (
        ([replace(ONE, equipment=(Equipment.MATS,), offered=())], NOTHING),
        ([replace(ONE, equipment=(Equipment.MATS,), offered=(Equipment.MATS,))], NOTHING),
        "Stora salen lacks mats.",
    ),
    Rule.HOURS: (
        ([replace(ONE, start=at(15, 30), end=at(16, 30))], WORKS),
        ([ONE], WORKS),
        "Anna Berg does not work then.",
    ),
    Rule.ABSENT: (
        ([ONE], spans(absent=Span(at(10, 30), at(12)))),
        ([ONE], spans(absent=Span(at(11), at(12)))),
        "Anna Berg is absent 10:30–12:00.",
    ),
    Rule.BUSY: (
        ([ONE], spans(busy=Span(at(9), at(10, 15)))),
        ([ONE], spans(busy=Span(at(9), at(10)))),
        "Anna Berg is busy 9:00–10:15, by their own calendar.",
    ),
    Rule.BUFFER: (
        ([replace(ONE, wrap_up=10), replace(held(2, 11), room=GYM, preparation=5)], NOTHING),
        (
            [
                replace(ONE, wrap_up=10),
                replace(held(2, 11), start=at(11, 15), end=at(12), preparation=5),
            ],
            NOTHING,
        ),
        "Anna Berg has too little time between it and Session 2 11:00–12:00.",
    ),
    Rule.ORDER: (
        (list(TURNED), course(a=("", FIRST), b=("a", TURNED[0]))),
        ([FIRST, SECOND], ORDERED),
        "It should come after Session 4, Tue 12 Jan 9:00–10:00.",
    ),
    Rule.CLOSED: (
        ([ONE], closed()),
        ([ONE], closed(time(11))),
        "The centre is closed: staff day.",
    ),
    Rule.VISITS_DAY: (
        (busy_day(4), NOTHING),
        (busy_day(3), NOTHING),
        "A patient has more than 3 visits that day.",
    ),
    Rule.HOURS_DAY: (
        (busy_day(3, 2), NOTHING),
        (busy_day(2, 2), NOTHING),
        "A patient has more than 4 hours that day.",
    ),
    Rule.VISITS_WEEK: (
        (busy_week(7), NOTHING),
        (busy_week(6), NOTHING),
        "A patient has more than 6 visits that week.",
    ),
    Rule.HOURS_WEEK: (
        (busy_week(3, 3), NOTHING),
        (busy_week(4, 2), NOTHING),
        "A patient has more than 8 hours that week.",
    ),
    Rule.TRIPS_WEEK: (
        (busy_week(5), NOTHING),
        (busy_week(4), NOTHING),
        "A patient has to come on more than 4 days that week.",
    ),
    Rule.FEW: (
        ([replace(ONE, patients=frozenset({MARIA}), fewest=6)], SOON),
        (
            [replace(ONE, patients=frozenset({MARIA}), fewest=6)],
            Surroundings(today=DAY - timedelta(days=15)),
        ),
        "1 are expected; at least 6 are needed.",
    ),
    Rule.MANY: (
        ([replace(ONE, patients=CROWD, largest=10)], NOTHING),
        ([replace(ONE, patients=CROWD, largest=12)], NOTHING),
        "12 are expected; at most 10 can take part.",
    ),
    Rule.PAST: (
        ([ONE], Surroundings(today=DAY + timedelta(days=1))),
        ([ONE], Surroundings(today=DAY)),
        "The day has passed.",
    ),
    Rule.BEYOND: (
        ([replace(ONE, latest=DAY)], NOTHING),
        ([replace(ONE, latest=DAY + timedelta(days=1))], NOTHING),
        "It is long after the programme's last week.",
    ),
}


def told(scene: Scene, rule: Rule) -> list[str]:
    """What the rule says of the scene."""
    occasions, around = scene
    by_key = {one.id: one for one in occasions}
    return [
        sentence(clash, NAMES, by_key.get(clash.other) if clash.other else None, turned=False)
        for clash in gathered(clashes(occasions, around, moved=True))
        if clash.rule is rule
    ]


@pytest.mark.parametrize("rule", Rule)
def test_that_a_rule_hurts_where_it_should_and_nowhere_else(rule: Rule) -> None:
    hurting, fine, words = RULES[rule]

    assert told(hurting, rule) == [words]
    assert told(fine, rule) == []


@pytest.mark.parametrize("rule", Rule)
def test_that_a_dragged_thing_is_told_the_same_as_all_together(rule: Rule) -> None:
    """The incremental check of one finds what the sweep over all finds of it."""
    for occasions, around in RULES[rule][:2]:
        standing = Standing({one.id: one for one in occasions})
        every = {c.key for c in clashes(occasions, around, moved=True)}
        found: set[object] = set()
        for one in occasions:
            found |= {c.key for c in against(one, standing, around)}

        assert found == every


@pytest.mark.parametrize("rule", Rule)
def test_that_every_rule_has_words_and_a_limit_only_with_a_unit(rule: Rule) -> None:
    assert rule.label
    assert rule.told.endswith(".")
    assert (rule.usual_most is None) == (rule.unit is None)


def test_that_a_centre_sets_level_and_limit_and_the_rest_is_as_usual() -> None:
    rules = Rules(
        {Rule.VISITS_DAY: Setting(Level.BLOCKS, 5), Rule.ROOM: Setting(Level.INFORMATION)}
    )

    assert (rules.level(Rule.VISITS_DAY), rules.most(Rule.VISITS_DAY)) == (Level.BLOCKS, 5)
    assert rules.level(Rule.ROOM) is Level.INFORMATION
    assert rules.level(Rule.STAFF) is Level.BLOCKS
    assert rules.most(Rule.FEW) == 14
    around = Surroundings(rules={None: rules})
    assert told((busy_day(5), around), Rule.VISITS_DAY) == []
    assert hardest([Level.INFORMATION, Level.ACKNOWLEDGE]) is Level.ACKNOWLEDGE


def test_that_the_strictest_of_the_centres_involved_decides() -> None:
    mild = Rules({Rule.STAFF: Setting(Level.INFORMATION)})
    around = Surroundings(rules={ANNA: mild, ERIK: Rules()})

    assert around.level(Rule.STAFF, ANNA) is Level.INFORMATION
    assert around.level(Rule.STAFF, ANNA, ERIK) is Level.BLOCKS


def test_that_a_limit_no_rule_can_have_is_refused() -> None:
    with pytest.raises(Refused, match="has no limit"):
        check_most(Rule.ROOM, 3)
    with pytest.raises(Refused, match="from 1 to 50"):
        check_most(Rule.VISITS_DAY, 0)
    check_most(Rule.VISITS_DAY, None)


def test_that_patients_with_too_much_of_the_same_are_one_clash() -> None:
    day = [replace(one, patients=CROWD | {OLLE}) for one in busy_day(4)]

    (found,) = gathered(c for c in clashes(day) if c.rule is Rule.VISITS_DAY)

    assert (found.detail, found.weight, found.about) == ("13/3", 4, None)
    assert found.occasion == day[-1].id


def test_that_patients_with_schedules_of_their_own_are_counted_each() -> None:
    day = [replace(one, patients=CROWD) for one in busy_day(3)]
    extra = replace(busy_day(4)[3], patients=frozenset({min(CROWD)}))

    (found,) = gathered(c for c in clashes([*day, extra]) if c.rule is Rule.VISITS_DAY)

    assert (found.detail, found.about) == ("1/3", min(CROWD))


def test_that_a_group_with_too_few_is_told_once() -> None:
    sessions = [
        replace(held(n, 10, DAY + timedelta(days=n)), fewest=6, group=GROUP) for n in range(1, 4)
    ]

    found = [c for c in clashes(sessions, SOON) if c.rule is Rule.FEW]

    assert [c.occasion for c in found] == [sessions[0].id] or len(found) == 0
    near = Surroundings(today=DAY)
    assert [c.occasion for c in clashes(sessions, near) if c.rule is Rule.FEW] == [sessions[0].id]


def test_that_the_same_clash_has_one_key_whoever_comes_first() -> None:
    one = Clash(Rule.STAFF, ONE.id, OTHER.id, ANNA)

    assert one.key == Clash(Rule.STAFF, OTHER.id, ONE.id, ANNA).key
    assert one.key != Clash(Rule.STAFF, ONE.id, OTHER.id, ERIK).key
    assert one.key != Clash(Rule.ROOM, ONE.id, OTHER.id, ANNA).key


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda one: replace(one, start=at(11), end=at(12)), "its time was Tue 12 Jan 10:00–11:00"),
        (lambda one: replace(one, title="Renamed"), ""),
    ],
)
def test_that_what_changed_since_a_clash_was_acknowledged_is_told(
    change: Callable[[Occasion], Occasion], said: str
) -> None:
    clash = Clash(Rule.ROOM, ONE.id, OTHER.id, HALL)

    then, now = facts(clash, ONE, OTHER), facts(clash, change(ONE), OTHER)

    assert changed(then, now) == said
    assert (then == now) is (said == "")


def test_that_more_people_in_a_small_room_are_other_facts() -> None:
    then = facts(Clash(Rule.SEATS, ONE.id, None, HALL, "13/12", 13), ONE, None)
    now = facts(Clash(Rule.SEATS, ONE.id, None, HALL, "14/12", 14), ONE, None)

    assert changed(then, now) == "it was 13 then and is 14 now"
    moved = replace(ONE, start=at(8), end=at(9))
    assert facts(Clash(Rule.SEATS, ONE.id, None, HALL, "13/12", 13), moved, None) == then
