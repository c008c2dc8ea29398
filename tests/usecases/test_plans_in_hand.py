"""A plan in hand: locks, wishes, stopping, and what it may never break."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest

from painprogram.domain.availability import Span
from painprogram.domain.errors import Cancelled, Refused
from painprogram.domain.groups import Group
from painprogram.domain.plans import (
    ALL_LOCKS,
    Importance,
    LockKind,
    PlanProgress,
    PlanScope,
    PlanWanted,
    PlanWish,
)
from painprogram.domain.progress import Progress
from painprogram.usecases import (
    Database,
    availability,
    plans,
    sessions,
    staff,
)
from tests import make
from tests.usecases.planned import lecture, plan, to_answer_for


def test_that_locks_hold(term: Database, pair: tuple[Group, Group]) -> None:
    own, other = (lecture(term, group) for group in pair)
    plans.lock(term, [own.id])
    rest = [one.id for one in make.of_strand(term, pair[1].id, "exercise")]
    plans.lock(term, rest, [LockKind.TIME])

    best = plan(term, *pair)[0]

    assert plans.locks(term, [pair[0].id]) == {own.id: ALL_LOCKS}
    moved = {change.session_id for change in best.changes}
    assert own.id not in moved
    assert other.id in moved
    assert not any(change.moves for change in best.changes if change.session_id in rest)


def test_that_locks_that_contradict_each_other_are_said_before_anything_is_looked_for(
    term: Database, pair: tuple[Group, Group]
) -> None:
    own, other = (lecture(term, group) for group in pair)
    plans.lock(term, [own.id, other.id], [LockKind.TIME, LockKind.LEADERS])

    with pytest.raises(Refused, match=r"locked to the same time.*Unlock one of them"):
        plan(term, *pair)


def test_that_what_does_not_matter_is_not_counted(alone: Database, group: Group) -> None:
    plans.set_wish(alone, group.centre_id, PlanWish.TRIPS, Importance.NOT_AT_ALL)

    lines = plan(alone, group, scope=PlanScope.UNPLACED)[0].lines

    assert "trips" not in {line.key for line in lines}
    assert "rooms" in {line.key for line in lines}


def test_that_a_plan_that_is_stopped_is_the_best_so_far(
    term: Database, pair: tuple[Group, Group]
) -> None:
    progress = Progress()
    heard = []

    def watch(now: PlanProgress) -> None:
        heard.append(now)
        if not now.unplaced:
            progress.cancel()

    asked = PlanWanted(tuple(one.id for one in pair), seconds=60)

    best = plans.propose(term, progress, asked, make.TODAY, watch)[0]

    assert best.cancelled
    assert best.seconds < 30
    assert heard
    assert not best.unplaced


def test_that_stopping_before_anything_is_found_is_no_plan(
    term: Database, pair: tuple[Group, Group]
) -> None:
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        plans.propose(term, progress, PlanWanted((pair[0].id,)), make.TODAY)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_that_no_plan_breaks_a_rule_that_was_not_broken(
    term: Database, pair: tuple[Group, Group], seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 -- the same each time
    for number in range(3):
        make.placed(term, make.centre_of(term, pair[0].centre_id), chance.choice(pair).id, number)
    people = staff.staff(term)
    for _time in range(4):
        start = datetime.combine(make.MONDAY, time(chance.randrange(8, 15)))
        start += timedelta(days=chance.randrange(60))
        away = Span(start, start + timedelta(hours=chance.choice([2, 24, 72])))
        availability.add_absence(term, chance.choice(people).id, away)
    every = [one for group in pair for one in sessions.sessions(term, group.id)]
    locked = chance.sample(every, 5)
    plans.lock(term, [one.id for one in locked[:3]], [LockKind.TIME])
    plans.lock(term, [one.id for one in locked[3:]], [LockKind.LEADERS, LockKind.ROOM])
    before = to_answer_for(term)

    scope = list(PlanScope)[seed % 3]
    best = plan(term, *pair, scope=scope, seed=seed)[0]
    plans.apply(term, best, make.TODAY)

    assert to_answer_for(term) <= before
    for one in locked[:3]:
        assert sessions.session(term, one.id).start == one.start
    for one in locked[3:]:
        now = sessions.session(term, one.id)
        assert (now.leaders, now.room_id) == (one.leaders, one.room_id)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"group_ids": ()}, "Say which groups"),
        ({"seconds": 0}, "between 1 and 3600 seconds"),
        ({"alternatives": 4}, "1 to 3 alternatives"),
        ({"first": date(2027, 2, 1), "last": date(2027, 1, 1)}, "before the first"),
        ({"first": date(2028, 2, 1)}, "no session to plan"),
    ],
)
def test_that_what_no_plan_can_be_made_of_is_refused(
    alone: Database, group: Group, wrong: dict[str, Any], said: str
) -> None:

    with pytest.raises(Refused, match=said):
        plan(alone, group, **wrong)
