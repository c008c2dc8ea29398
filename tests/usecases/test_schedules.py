from datetime import datetime, timedelta

import pytest

from painprogram.domain.errors import NeedsReason, Refused
from painprogram.domain.schedule import LineKind
from painprogram.storage.database import Database
from painprogram.usecases import history, schedules, sessions, swaps
from tests import make

HOUR = timedelta(hours=1)


def differences(own: schedules.OwnSchedule) -> list[tuple[LineKind, str]]:
    return [(line.kind, line.reason) for line in own.lines if line.kind is not LineKind.BASE]


def test_that_the_own_schedule_is_the_base_until_something_differs(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)

    own = schedules.own(database, place.id)

    assert [line.session for line in own.lines] == list(sessions.sessions(database, group.id))
    assert differences(own) == []


def test_that_an_opt_out_needs_a_reason_and_can_be_taken_back(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)
    lecture = make.of_strand(database, group.id, "lecture_c")[0]

    with pytest.raises(Refused, match="reason"):
        schedules.opt_out(database, place.id, lecture.id, "  ")
    own = schedules.opt_out(database, place.id, lecture.id, "Har gått den i våras")

    assert differences(own) == [(LineKind.OPT_OUT, "Har gått den i våras")]
    assert sessions.session(database, lecture.id).taken == 0
    deviation = next(line.deviation_id for line in own.lines if line.deviation_id)
    assert differences(schedules.follow_base(database, deviation)) == []
    assert sessions.session(database, lecture.id).taken == 1


def test_that_a_swap_goes_to_the_same_module_only(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    parallel = make.group(database, where, "H26 B", make.MONDAY + timedelta(weeks=1))
    place = make.placed(database, where, group.id)
    lecture = make.of_strand(database, group.id, "lecture_a")[0]
    same, other = (
        make.of_strand(database, parallel.id, key)[0] for key in ("lecture_a", "lecture_b")
    )

    assert [
        s.session.id for s in swaps.alternatives(database, place.id, lecture.id, make.TODAY)
    ] == [same.id]
    with pytest.raises(Refused, match="not a parallel session"):
        schedules.swap(database, place.id, lecture.id, other.id, "Arbetar")
    own = schedules.swap(
        database, place.id, lecture.id, same.id, "Arbetar torsdagar", because="Vill själv"
    )

    line = next(line for line in own.lines if line.kind is LineKind.SWAP)
    assert (line.session, line.instead_of and line.instead_of.id) == (
        sessions.session(database, same.id),
        lecture.id,
    )
    assert sessions.session(database, same.id).taken == 1


def test_that_the_own_schedule_follows_when_sessions_move(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    parallel = make.group(database, where, "H26 B", make.MONDAY + timedelta(weeks=1))
    place = make.placed(database, where, group.id)
    lecture = make.of_strand(database, group.id, "lecture_a")[0]
    same = make.of_strand(database, parallel.id, "lecture_a")[0]
    schedules.swap(database, place.id, lecture.id, same.id, "Arbetar", because="Vill själv")
    relaxation = make.of_strand(database, group.id, "relaxation")[0]

    sessions.move(database, relaxation.id, relaxation.start + HOUR)
    sessions.move(database, same.id, same.start - HOUR)

    starts = {line.session.id: line.start for line in schedules.own(database, place.id).lines}
    assert starts[relaxation.id] == relaxation.start + HOUR
    assert starts[same.id] == same.start - HOUR


def test_that_visits_and_additions_stand_in_the_own_schedule(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    other = make.group(database, where, "H26 B")
    place = make.placed(database, where, group.id)
    extra = make.of_strand(database, other.id, "relaxation")[0]

    wish = "Vill prova en gång till"
    with pytest.raises(NeedsReason, match="at the same time"):
        schedules.add(database, place.id, extra.id, wish)
    schedules.add(database, place.id, extra.id, wish, because="Går ifrån den andra")
    own = schedules.add_visit(
        database, place.id, datetime(2027, 1, 13, 9), 45, title="Samtal", reason="Stöd"
    )

    assert differences(own) == [
        (LineKind.ADDITION, "Vill prova en gång till"),
        (LineKind.VISIT, "Stöd"),
    ]
    visit = next(line.session for line in own.lines if line.kind is LineKind.VISIT)
    assert visit.title == "Samtal"
    assert history.undo(database) == "Add an individual visit"
    assert len(differences(schedules.own(database, place.id))) == 1


def test_that_the_week_shows_a_visit_without_telling_whose(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)
    schedules.add_visit(
        database, place.id, datetime(2027, 1, 13, 9), 45, title="Hemligt", reason="Hemligt"
    )

    (visit,) = sessions.week(database, where.id, make.MONDAY).visits

    assert (visit.title, visit.reason) == ("Individual visit", "")
