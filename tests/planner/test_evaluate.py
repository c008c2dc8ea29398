"""Each rule and each wish: one plan that hurts it and one that does not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from painprogram.planner.evaluate import COSTS, RULES, Rule, evaluate
from painprogram.planner.problem import (
    Apart,
    Choice,
    Lock,
    Option,
    Order,
    Plan,
    Problem,
    Quota,
    Series,
    Session,
    Span,
    Wish,
    Wishes,
)
from tests.planner.plans import at, key, patient, person, place, plan, room, session

NINE, TEN, NEXT_DAY = at(0, 9), at(0, 10), at(1, 9)
TIMES = (NINE, TEN, NEXT_DAY, at(7, 9))
PEOPLE = (
    person("Anna"),
    person("Bo", absent=(Span(NINE, TEN),), most_per_day=1),
    room("Big"),
    room("Small", seats=3),
    patient("Group", heads=4),
    patient("Cilla", absent=(Span(NEXT_DAY, at(1, 12)),)),
    patient("Dan"),
)


def two(**more) -> Problem:
    """Sessions A and B, alike."""
    return Problem((session("A", *TIMES, **more), session("B", *TIMES, **more)), PEOPLE)


def broken(problem: Problem, held: Plan) -> set[Rule]:
    return {breach.rule for breach in evaluate(problem, held).breaches}


LED = {"leaders": [("Anna", "Bo")]}
ROOMY = {"rooms": ("Big", "Small")}
APART_IN_TIME = plan(A=place(NINE), B=place(TEN))
SAME_TIME = plan(A=place(NINE), B=place(NINE))
CHOICE = Choice(key("C"), "C", key("Cilla"), (Option((key("A"),)), Option((key("B"),))))


def chosen(number: int) -> Plan:
    return Plan(APART_IN_TIME.places, {CHOICE.key: number})


RULED = [
    (Rule.START, two(), plan(A=place(at(0, 13))), plan(A=place(NINE))),
    (Rule.ROOM, two(rooms=("Big",)), plan(A=place(NINE, "Small")), plan(A=place(NINE, "Big"))),
    (Rule.ROOM, two(**ROOMY), plan(A=place(NINE)), plan(A=place(NINE, "Small"))),
    (Rule.LEADERS, two(**LED), plan(A=place(NINE)), plan(A=place(NINE, None, ("Anna",)))),
    (
        Rule.LEADERS,
        two(leaders=[("Anna",), ("Anna", "Bo")]),
        plan(A=place(TEN, None, ("Anna",))),
        plan(A=place(TEN, None, ("Anna", "Bo"))),
    ),
    (Rule.LOCK, two(lock=Lock(start=NINE)), plan(A=place(TEN)), plan(A=place(NINE))),
    (
        Rule.LOCK,
        two(lock=Lock(room=key("Big")), **ROOMY),
        plan(A=place(NINE, "Small")),
        plan(A=place(NINE, "Big")),
    ),
    (
        Rule.LOCK,
        replace(two(), choices=(replace(CHOICE, lock=1),)),
        chosen(0),
        chosen(1),
    ),
    (Rule.TWICE, two(audience=("Group",)), SAME_TIME, APART_IN_TIME),
    (
        Rule.TWICE,
        two(**ROOMY),
        plan(A=place(NINE, "Big"), B=place(NINE, "Big")),
        plan(A=place(NINE, "Big"), B=place(NINE, "Small")),
    ),
    (
        Rule.TWICE,
        two(preparation=15, **ROOMY),
        plan(A=place(NINE, "Big"), B=place(TEN, "Big")),
        plan(A=place(NINE, "Big"), B=place(TEN, "Small")),
    ),
    (
        Rule.TWICE,
        two(**LED),
        plan(A=place(TEN, None, ("Anna",)), B=place(TEN, None, ("Anna",))),
        plan(A=place(TEN, None, ("Anna",)), B=place(TEN, None, ("Bo",))),
    ),
    (
        Rule.ABSENT,
        two(**LED),
        plan(A=place(NINE, None, ("Bo",))),
        plan(A=place(TEN, None, ("Bo",))),
    ),
    (
        Rule.ABSENT,
        two(preparation=15, **LED),
        plan(A=place(TEN, None, ("Bo",))),
        plan(A=place(TEN, None, ("Anna",))),
    ),
    (
        Rule.ABSENT,
        two(audience=("Cilla",), wrap_up=30),
        plan(A=place(NEXT_DAY)),
        plan(A=place(NINE)),
    ),
    (
        Rule.TOO_MANY,
        two(**LED),
        plan(A=place(TEN, None, ("Bo",)), B=place(TEN + timedelta(hours=1), None, ("Bo",))),
        plan(A=place(TEN, None, ("Bo",)), B=place(NEXT_DAY, None, ("Bo",))),
    ),
    (
        Rule.ORDER,
        replace(two(), orders=(Order(key("A"), key("B")),)),
        plan(A=place(TEN), B=place(NINE)),
        plan(A=place(NINE), B=place(TEN)),
    ),
    (
        Rule.ORDER,
        replace(two(), orders=(Order(key("A"), key("B"), most=timedelta(days=2)),)),
        plan(A=place(NINE), B=place(at(7, 9))),
        plan(A=place(NINE), B=place(NEXT_DAY)),
    ),
    (
        Rule.SEATS,
        two(audience=("Group",), **ROOMY),
        plan(A=place(NINE, "Small")),
        plan(A=place(NINE, "Big")),
    ),
    (
        Rule.SEATS,
        replace(two(seats=0), choices=(CHOICE,)),
        chosen(0),
        APART_IN_TIME,
    ),
    (Rule.CHOICE, replace(two(), choices=(CHOICE,)), chosen(2), chosen(1)),
    (
        Rule.QUOTA,
        replace(
            two(),
            choices=(CHOICE,),
            quotas=(Quota("North", key("A"), frozenset({key("Cilla")}), 0),),
        ),
        chosen(0),
        chosen(1),
    ),
]


@pytest.mark.parametrize(("rule", "problem", "hurting", "harmless"), RULED)
def test_that_a_rule_is_broken_by_what_breaks_it_alone(rule, problem, hurting, harmless) -> None:
    assert rule in broken(problem, hurting)
    assert broken(problem, harmless) == set()


def test_that_every_rule_has_its_example() -> None:
    assert {each[0] for each in RULED} == set(Rule)
    assert len(RULES) == len(Rule)


def series(*places: Session, days: int = 1, **more) -> Problem:
    return Problem(places, PEOPLE, (Series(key("S"), "S", days),), **more)


PAIR = series(session("A", *TIMES, series="S", **ROOMY), session("B", *TIMES, series="S", **ROOMY))
LED_PAIR = series(session("A", *TIMES, series="S", **LED), session("B", *TIMES, series="S", **LED))
SPREAD = series(session("A", *TIMES, series="S"), session("B", *TIMES, series="S"), days=2)
FOR_GROUP = two(audience=("Group",))
SHY = Problem(
    (session("A", *TIMES, leaders=[("Eva",)]), session("B", *TIMES, leaders=[("Eva",)])),
    (person("Eva", unwished=(Span(TEN, at(0, 12)),), fair_share=1),),
)
EVA = ("Eva",)
KEPT = two(today=place(NINE, "Big", ("Anna",)), **LED, **ROOMY)

LONG_DAY = Problem(
    tuple(session(name, *TIMES, at(0, 13), at(2, 9), audience=("Group",)) for name in "AB"), PEOPLE
)

COSTED = [
    (
        Wish.REGULAR,
        PAIR,
        (1, plan(A=place(NINE, "Big"), B=place(TEN, "Big"))),
        (0, plan(A=place(NINE, "Big"), B=place(at(7, 9), "Big"))),
    ),
    (
        Wish.ROOMS,
        PAIR,
        (1, plan(A=place(NINE, "Big"), B=place(TEN, "Small"))),
        (0, plan(A=place(NINE, "Big"), B=place(TEN, "Big"))),
    ),
    (
        Wish.LEADERS,
        LED_PAIR,
        (1, plan(A=place(TEN, None, ("Bo",)), B=place(NEXT_DAY, None, ("Anna",)))),
        (0, plan(A=place(TEN, None, ("Bo",)), B=place(NEXT_DAY, None, ("Bo",)))),
    ),
    (Wish.SPREAD, SPREAD, (1, APART_IN_TIME), (0, plan(A=place(NINE), B=place(NEXT_DAY)))),
    (
        Wish.ISOLATED,
        FOR_GROUP,
        (8, plan(A=place(NINE), B=place(NEXT_DAY))),
        (0, APART_IN_TIME),
    ),
    (Wish.TRIPS, FOR_GROUP, (8, plan(A=place(NINE), B=place(NEXT_DAY))), (0, plan())),
    (
        Wish.HOURS,
        SHY,
        (1, plan(A=place(TEN, None, EVA))),
        (0, plan(A=place(NINE, None, EVA))),
    ),
    (
        Wish.FAIR,
        SHY,
        (1, plan(A=place(NINE, None, EVA), B=place(NEXT_DAY, None, EVA))),
        (0, plan(A=place(NINE, None, EVA))),
    ),
    (
        Wish.CHANGES,
        KEPT,
        (3, plan(A=place(TEN, "Small", ("Bo",)))),
        (0, plan(A=place(NINE, "Big", ("Anna",)))),
    ),
    (
        Wish.APART,
        replace(two(), apart=(Apart(key("A"), key("B")),)),
        (1, APART_IN_TIME),
        (0, plan(A=place(NINE), B=place(NEXT_DAY))),
    ),
    (
        Wish.CROWDING,
        two(heads=5, crowding=True, **ROOMY),
        (2, plan(A=place(NINE, "Small"))),
        (0, plan(A=place(NINE, "Big"))),
    ),
    (
        Wish.CHOICES,
        replace(
            two(), choices=(replace(CHOICE, options=(Option((key("A"),), 3), *CHOICE.options)),)
        ),
        (3, chosen(0)),
        (0, chosen(1)),
    ),
    (Wish.CHOICES, two(urgency=5), (5, plan(A=place(at(7, 9)))), (0, plan(A=place(NEXT_DAY)))),
    (
        Wish.COMPACT,
        LONG_DAY,
        (4, plan(A=place(NINE), B=place(at(0, 13)))),
        (0, plan(A=place(NINE), B=place(NEXT_DAY))),
    ),
    (
        Wish.REST,
        LONG_DAY,
        (4, plan(A=place(NINE), B=place(NEXT_DAY))),
        (0, plan(A=place(NINE), B=place(at(2, 9)))),
    ),
    (
        Wish.SEATS,
        replace(two(seats=8), choices=(CHOICE, replace(CHOICE, key=key("D"), patient=key("Dan")))),
        (14, Plan(APART_IN_TIME.places, {CHOICE.key: 0, key("D"): 1})),
        (6, Plan(APART_IN_TIME.places, {CHOICE.key: 1, key("D"): 1})),
    ),
]


@pytest.mark.parametrize(("wish", "problem", "hurting", "harmless"), COSTED)
def test_that_a_wish_costs_what_it_says(wish, problem, hurting, harmless) -> None:
    wished = replace(problem, wishes=Wishes({wish: 10}))
    for many, held in (hurting, harmless):
        found = evaluate(wished, held)
        assert (found.costs, found.sound) == ({wish: 10 * many}, True)


def test_that_every_wish_has_its_example() -> None:
    assert {each[0] for each in COSTED} == set(Wish) == set(COSTS)


def test_that_visits_near_each_other_are_not_alone() -> None:
    held = plan(A=place(NINE), B=place(at(0, 10.5)))
    problem = Problem(
        (
            session("A", NINE, audience=("Group",)),
            session("B", at(0, 10.5), audience=("Group",)),
        ),
        PEOPLE,
    )
    costs = [
        evaluate(replace(problem, wishes=Wishes({Wish.ISOLATED: 1}, nearby=nearby)), held).cost
        for nearby in (15, 30)
    ]

    assert costs == [8, 0]


def test_that_a_patient_rests_between_two_visits_of_a_day() -> None:
    held = plan(A=place(NINE), B=place(at(0, 10.5)))
    sessions = (session("A", NINE, audience=("Dan",)), session("B", at(0, 10.5), audience=("Dan",)))
    costs = [
        evaluate(Problem(sessions, PEOPLE, wishes=Wishes({Wish.REST: 1}, rest=rest)), held).cost
        for rest in (30, 45)
    ]

    assert costs == [0, 1]


def test_that_one_who_has_waited_long_starts_early() -> None:
    held = plan(A=place(at(0, 9)), B=place(at(21, 9)))
    sessions = [session(name, at(0, 9), at(21, 9)) for name in "AB"]
    waited = Problem((sessions[0], replace(sessions[1], urgency=4)), PEOPLE)
    swapped = plan(A=held.places[key("B")], B=held.places[key("A")])

    costs = [
        evaluate(replace(waited, wishes=Wishes({Wish.CHOICES: 2})), each).cost
        for each in (held, swapped)
    ]

    assert costs == [24, 0]


def test_that_what_has_no_place_is_named() -> None:
    found = evaluate(replace(two(), choices=(CHOICE,)), plan(A=place(NINE)))

    assert found.unplaced == (key("B"), CHOICE.key)
