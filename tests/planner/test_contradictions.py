"""What can't be is named before anything is searched, with the way out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from painprogram.domain.errors import Refused
from painprogram.planner.contradictions import check, contradictions
from painprogram.planner.problem import Choice, Lock, Option, Order, Problem, Role, Span
from painprogram.planner.solve import solve
from tests.planner.plans import at, key, patient, person, room, session

NINE, TEN = at(0, 9), at(0, 10)
DAYS = (NINE, TEN, at(0, 11), at(0, 12))
PEOPLE = (
    person("Anna"),
    person("Bo", absent=(Span(NINE, at(0, 12)),)),
    room("Big"),
    patient("Group", heads=12),
    patient("Cilla", absent=(Span(at(0, 0), at(1, 0)),)),
    patient("Dan", most_per_day=1),
    patient("Eva"),
)
BOTH = (Order(key("A"), key("B")), Order(key("B"), key("A")))
CHOICE = Choice(key("C"), "Sleep", key("Cilla"), (Option((key("A"),)),))
WANTED = replace(CHOICE, patient=key("Eva"))


def problem(*sessions, **more) -> Problem:
    return Problem(sessions, PEOPLE, **more)


def nobody(name: str):
    return replace(session(name, NINE), roles=(Role("physician", ()),))


SAID = [
    (problem(nobody("A")), "A: nobody may lead it as physician"),
    (problem(session("A", NINE, leaders=[("Bo",)])), "nobody who may lead it as physio"),
    (problem(session("A", NINE, audience=("Group",), rooms=("Big",))), "no room has seats for 12"),
    (problem(session("A", NINE, audience=("Group",), seats=8)), "12 are expected and 8"),
    (problem(session("A", NINE, audience=("Cilla",))), "Cilla can't come at any time of A"),
    (problem(session("A")), "no time at which everyone"),
    (problem(session("A", NINE, lock=Lock(start=TEN))), "A is locked to Mon 11 Jan 10:00"),
    (problem(session("A", NINE, lock=Lock(room=key("Big")))), "locked to a room"),
    (
        problem(session("A", NINE, lock=Lock(leaders=frozenset({key("Anna")})))),
        "locked to leaders",
    ),
    (
        problem(
            session("A", NINE, audience=("Group",), lock=Lock(start=NINE), minutes=90),
            session("B", TEN, audience=("Group",), lock=Lock(start=TEN)),
        ),
        "A and B are locked to the same time, Mon 11 Jan 10:00",
    ),
    (
        problem(
            session("A", TEN, lock=Lock(start=TEN)),
            session("B", NINE, lock=Lock(start=NINE)),
            orders=(Order(key("A"), key("B")),),
        ),
        "B must come after A",
    ),
    (problem(session("A", *DAYS), session("B", *DAYS), orders=BOTH), "in a circle"),
    (problem(session("A", NINE), choices=(CHOICE,)), "Cilla can't come to any of the sessions"),
    (
        problem(
            session("A", NINE, audience=("Dan",), lock=Lock(start=NINE)),
            session("B", TEN, audience=("Dan",), lock=Lock(start=TEN)),
        ),
        "Dan has 2 locked sessions on Mon 11 Jan and can take 1",
    ),
    (
        problem(session("A", TEN), session("B", NINE, TEN), orders=BOTH[:1]),
        "B must come after A, and has no time late enough",
    ),
    (
        problem(
            session("A", NINE),
            session("B", at(1, 9)),
            orders=(Order(key("A"), key("B"), most=timedelta(hours=2)),),
        ),
        "B must come soon after A, and has no time early enough",
    ),
    (
        problem(session("A", NINE, seats=1), choices=(WANTED, replace(WANTED, key=key("D")))),
        "Sleep: 2 must have a place and there are 1",
    ),
]


@pytest.mark.parametrize(("wrong", "said"), SAID)
def test_that_a_contradiction_is_named(wrong, said) -> None:
    found = contradictions(wrong)

    assert len(found) == 1
    assert said in found[0]


def test_that_a_contradiction_is_refused_before_solving() -> None:
    with pytest.raises(Refused, match="nobody may lead it"):
        solve(problem(nobody("A")))


def test_that_an_ordinary_problem_is_let_through() -> None:
    check(
        problem(
            session("A", NINE, leaders=[("Anna", "Bo")], rooms=("Big",)),
            session("B", TEN, lock=Lock(start=TEN), audience=("Group",)),
            orders=(Order(key("A"), key("B"), timedelta()),),
        )
    )


def test_that_a_key_that_leads_nowhere_is_a_bug() -> None:
    with pytest.raises(ValueError, match="unknown"):
        check(problem(session("A", NINE, audience=("Nobody",))))
