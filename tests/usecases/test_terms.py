from datetime import date, datetime, timedelta

from sqlalchemy import Engine, event

from painprogram.domain.groups import GroupStatus
from painprogram.domain.people import Centre
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.terms import WEEK, monday_of
from painprogram.storage.database import Database
from painprogram.storage.tables import PauseRow
from painprogram.usecases import (
    centres,
    clashes,
    enrolments,
    groups,
    programmes,
    schedules,
    sessions,
    starting,
    terms,
)
from painprogram.usecases.terms import Rest, Term
from tests import make

FIRST, LAST = date(2027, 1, 11), date(2027, 6, 13)


def term(database: Database, where: Centre) -> Term:
    return terms.term(database, where.id, FIRST, LAST)


def test_that_a_term_holds_what_its_weeks_hold(database: Database) -> None:
    centre = make.furnished(database)
    group = make.group(database, centre)
    enrolment = make.placed(database, centre, group.id)
    schedules.add_visit(database, enrolment.id, datetime(2027, 1, 12, 9), 60, title="First")
    sessions.cancel(database, make.of_strand(database, group.id, "exercise")[2].id)

    found = term(database, centre)

    held = [sessions.week(database, centre.id, FIRST + n * WEEK) for n in range(22)]
    assert found.sessions == tuple(one for week in held for one in week.sessions)
    assert found.visits == tuple(one for week in held for one in week.visits)
    assert [week.monday for week in found.weeks] == [week.monday for week in held]


def test_that_own_schedules_are_counted_as_on_the_card(database: Database) -> None:
    centre = make.furnished(database)
    group, other = make.group(database, centre), make.group(database, centre, "H26 B")
    leaves = make.placed(database, centre, group.id, 0)
    make.placed(database, centre, group.id, 1)
    swaps = make.placed(database, centre, other.id, 2)
    relaxing, there = (make.of_strand(database, g.id, "relaxation") for g in (group, other))
    schedules.opt_out(database, leaves.id, relaxing[0].id, "away")
    schedules.swap(database, swaps.id, there[1].id, relaxing[1].id, "work")
    gone = make.placed(database, centre, group.id, 3)
    enrolments.leave(database, gone.id, date(2027, 2, 1), "moved")

    found = {one.id: one.taken for one in term(database, centre).sessions}

    told = {one.id: one.taken for g in (group, other) for one in sessions.sessions(database, g.id)}
    assert found == told
    assert found[relaxing[1].id] > found[relaxing[0].id]


def test_that_groups_stand_in_order_of_their_start_with_their_seats(database: Database) -> None:
    centre = make.furnished(database)
    make.group(database, centre, "Later", FIRST + 4 * WEEK, status=GroupStatus.DRAFT)
    early = make.group(database, centre, "Early", FIRST, maximum=9)
    make.placed(database, centre, early.id)

    first, second = term(database, centre).groups

    assert (first.name, first.taken, first.maximum, first.status) == (
        "Early",
        1,
        9,
        GroupStatus.OPEN,
    )
    assert (second.name, second.status) == ("Later", GroupStatus.DRAFT)


def test_that_a_group_of_another_term_is_not_in_it(database: Database) -> None:
    centre = make.furnished(database)
    make.group(database, centre, "Autumn", date(2027, 9, 6))

    assert term(database, centre).groups == ()


def test_that_another_centre_s_sessions_are_not_in_it(database: Database) -> None:
    centre = make.furnished(database)
    make.group(database, centre)
    elsewhere = make.centre(database, "Björkskolan")

    assert term(database, elsewhere) == Term(FIRST, LAST, closures=term(database, centre).closures)


def test_that_lectures_linked_in_stand_in_the_group_s_row_too(database: Database) -> None:
    centre = make.furnished(database)
    template = next(one for one in programmes.templates() if one.activity)
    new = starting.suggestion(database, template, centre.id, "Lectures", FIRST)
    activity = starting.start(database, new)
    group = make.group(database, centre)

    found = term(database, centre)

    linked = [one for one in sessions.sessions(database, group.id) if one.linked]
    assert linked
    assert found.linked == {group.id: tuple(linked)}
    assert all(one.kind is ModuleKind.LINKED for one in found.linked[group.id])
    cell = found.cells[group.id, monday_of(linked[0].start.date())]
    assert linked[0] in cell
    assert [one.id for one in found.groups] == [group.id, activity.id]


def test_that_a_cell_holds_the_week_of_a_group_in_order_of_time(database: Database) -> None:
    centre = make.furnished(database)
    group = make.group(database, centre)

    found = term(database, centre)

    week = sessions.week(database, centre.id, FIRST + WEEK)
    assert found.cells[group.id, FIRST + WEEK] == week.sessions
    assert (group.id, LAST) not in found.cells


def test_that_a_paused_group_says_from_when_and_why(database: Database) -> None:
    centre = make.furnished(database)
    group = make.group(database, centre)
    with database.change("Pause") as db:
        db.add(
            PauseRow(
                group_id=group.id, first=date(2027, 2, 1), last=None, reason="ill", sessions=[]
            )
        )

    (found,) = term(database, centre).groups

    assert found.rests == (Rest(date(2027, 2, 1), None, "ill"),)
    later = terms.term(database, centre.id, date(2028, 1, 10), date(2028, 6, 11))
    assert [one.id for one in later.groups] == [group.id]


def test_that_red_days_and_closed_weeks_stand_in_their_weeks(database: Database) -> None:
    centre = make.furnished(database)
    centres.close(database, centre.id, date(2027, 2, 15), date(2027, 2, 19), "sportlov")

    by_monday = {week.monday: week for week in term(database, centre).weeks}

    assert by_monday[date(2027, 2, 15)].closed == "sportlov"
    assert date(2027, 3, 26) in by_monday[date(2027, 3, 22)].shut


def test_that_clashes_are_found_by_both_that_are_involved(database: Database) -> None:
    centre = make.furnished(database)
    make.group(database, centre)
    make.group(database, centre, "H26 B")
    found = clashes.found(database, FIRST, LAST, centre.id)
    pair = next(one for one in found if one.other)

    held = term(database, centre).with_clashes(found)

    assert pair in held.clashes_of(pair.occasion)
    assert pair.other is not None
    assert pair in held.clashes_of(pair.other)


def test_that_a_cancelled_group_s_sessions_count_as_cancelled(database: Database) -> None:
    centre = make.furnished(database)
    group = make.group(database, centre)
    groups.set_status(database, group.id, GroupStatus.CANCELLED)

    found = term(database, centre)

    assert all(found.cancelled(one) for one in found.sessions)


def test_that_ten_groups_take_no_more_questions_than_one(database: Database) -> None:
    centre = make.furnished(database)
    make.group(database, centre)
    asked: list[str] = []

    def heard(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", heard)
    term(database, centre)
    few, asked[:] = len(asked), []
    for number in range(5):
        make.group(database, centre, f"H27 {number}", FIRST + number * timedelta(weeks=1))
    asked.clear()
    term(database, centre)
    event.remove(Engine, "before_cursor_execute", heard)

    assert len(asked) <= few
    assert few < 20


def test_that_a_term_names_no_patient(database: Database) -> None:
    centre = make.furnished(database)
    group = make.group(database, centre)
    enrolment = make.placed(database, centre, group.id, given="Ingeborg")
    schedules.add_visit(database, enrolment.id, datetime(2027, 1, 12, 9), 60, title="Secret")

    found = repr(term(database, centre))

    assert "Ingeborg" not in found
    assert "Secret" not in found
