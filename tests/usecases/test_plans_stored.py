"""What a plan writes, on both engines: itself as one step, locks, wishes."""

import pytest

from painprogram.domain.availability import Span
from painprogram.domain.errors import Conflict
from painprogram.domain.plans import ALL_LOCKS, Importance, LockKind, PlanWish
from painprogram.usecases import Database, availability, history, plans, sessions
from tests import make
from tests.usecases.planned import YEAR, blocking, called, lecture, plan, rivals, standing


def test_that_a_plan_is_applied_in_one_step_and_refused_when_the_facts_have_changed(
    database: Database,
) -> None:
    pair = rivals(database, make.furnished(database))
    before = standing(database, *pair)
    assert blocking(database) > 0

    best = plan(database, *pair)[0]

    assert standing(database, *pair) == before  # nothing is written
    plans.apply(database, best, make.TODAY)
    assert blocking(database) == 0
    for change in best.changes:
        now = sessions.session(database, change.session_id)
        assert (now.start, now.room_id) == (change.after.start, change.after.room_id)
        assert now.sequence == 1
    assert history.undo_recorded(database) == "Apply a plan"
    assert standing(database, *pair) == before

    away = Span(YEAR.start, YEAR.start.replace(hour=4))
    availability.add_absence(database, called(database, "Erik"), away)
    again = plan(database, *pair)[0]
    availability.add_absence(database, called(database, "Anna"), YEAR)
    with pytest.raises(Conflict, match="has changed since the plan was made"):
        plans.apply(database, again, make.TODAY)
    assert standing(database, *pair) == before


def test_that_locks_are_kept_and_taken_back(database: Database) -> None:
    group = make.group(database, make.furnished(database))
    first = lecture(database, group)

    plans.lock(database, [first.id])
    plans.unlock(database, [first.id], [LockKind.ROOM])

    assert plans.locks(database, [group.id]) == {first.id: ALL_LOCKS - {LockKind.ROOM}}
    assert sessions.session(database, first.id).locked == {"time", "leaders"}
    assert history.undo_recorded(database) == "Unlock 1 session"
    assert plans.locks(database, [group.id]) == {first.id: ALL_LOCKS}


def test_that_a_centre_says_in_words_what_matters(database: Database) -> None:
    centre, other = make.centre(database), make.centre(database, "Björkviken")
    assert plans.wishes(database, centre.id)[PlanWish.TRIPS] is Importance.SOMEWHAT

    found = plans.set_wish(database, centre.id, PlanWish.TRIPS, Importance.VERY)

    assert found == plans.wishes(database, centre.id)
    assert found[PlanWish.TRIPS] is Importance.VERY
    assert plans.wishes(database, other.id)[PlanWish.TRIPS] is Importance.SOMEWHAT
    assert plans.wishes_as_usual(database, centre.id)[PlanWish.TRIPS] is Importance.SOMEWHAT
    assert history.undo_recorded(database) == "Set all wishes as usual"
    assert history.undo_recorded(database) == "Change the wish Few trips"
