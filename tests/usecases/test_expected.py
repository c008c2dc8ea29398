"""Who is expected at a session: one answer, whoever asks."""

from datetime import datetime, time, timedelta
from uuid import UUID

import pytest

from painprogram.domain.errors import Refused
from painprogram.domain.groups import GroupStatus
from painprogram.domain.rules import Rule
from painprogram.domain.schedule import LineKind
from painprogram.domain.sessions import Session
from painprogram.storage.access import saw
from painprogram.storage.guards import expected
from painprogram.storage.tables import EnrolmentPauseRow
from painprogram.usecases import (
    Database,
    checks,
    enrolments,
    groups,
    history,
    laps,
    occasions,
    schedule_batches,
    schedules,
    sessions,
    sheets,
    terms,
)
from tests import make

WEEK = timedelta(weeks=1)
START = make.MONDAY


def coming(database: Database, group_id: UUID) -> dict[UUID, set[UUID]]:
    """By session of the group, as every counting has it: they must agree."""
    held = sessions.sessions(database, group_id)
    first, last = held[0].start.date(), held[-1].start.date()
    with database.read_patients("Count") as db:
        found = expected(db, [one.id for one in held])
        in_bulk = {
            key: set(one.occasion.patients) for key, one in occasions.load(db, first, last).items()
        }
        everybody = {place.id: place.patient_id for place in enrolments.held(db, group_id)}
        own = schedule_batches.load(db, everybody, told=False)
        one_by_one = {key: schedules.load(db, key) for key in everybody}
    whole = {one.id: found.get(one.id, set()) for one in held}
    assert {key: in_bulk[key] for key in whole if not _cancelled(held, key)} == {
        key: who for key, who in whole.items() if not _cancelled(held, key)
    }
    assert {one.id: one.taken for one in held} == {key: len(who) for key, who in whole.items()}
    term = terms.term(database, held[0].centre_id, first, last)
    counted = {one.id: one.taken for one in term.sessions}
    assert {key: counted[key] for key in whole} == {key: len(who) for key, who in whole.items()}
    assert {key: x.lines for key, x in own.items()} == {k: x.lines for k, x in one_by_one.items()}
    for key, patient in everybody.items():
        goes = {line.session.id for line in own[key].lines if line.attends}
        assert goes & whole.keys() == {one for one, who in whole.items() if patient in who}
    return whole


def _cancelled(held: tuple[Session, ...], key: UUID) -> bool:
    return next(one for one in held if one.id == key).cancelled


def weeks(database: Database, group_id: UUID, patient: UUID) -> list[int]:
    """The weeks of the group in which a patient is expected, from 1."""
    held = sessions.sessions(database, group_id)
    who = coming(database, group_id)
    days = {one.start.date() for one in held if patient in who[one.id]}
    return sorted({(day - START).days // 7 + 1 for day in days})


def test_that_a_place_in_a_closed_group_counts_at_every_session(database: Database) -> None:
    group = make.group(database, make.furnished(database))
    late = make.patient(database, make.centre(database, "Norra"))
    place = enrolments.enrol(database, late.id, group.id, START + 3 * WEEK)

    assert weeks(database, group.id, late.id) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert place.lap_end is None


def test_that_in_an_open_group_a_patient_is_expected_from_the_first_day_to_the_last_of_the_lap(
    database: Database,
) -> None:
    group = make.open_group(database, make.furnished(database))
    place = make.placed(database, make.centre(database, "Norra"), group.id)
    laps.set_lap(database, place.id, START + 2 * WEEK, START + 5 * WEEK - timedelta(days=1))

    assert weeks(database, group.id, place.patient_id) == [3, 4, 5]


def test_that_who_rests_is_not_expected_and_keeps_the_place(database: Database) -> None:
    group = make.group(database, make.furnished(database), maximum=1)
    place = make.placed(database, make.centre(database, "Norra"), group.id)
    make.rest(database, place, START + WEEK, START + 3 * WEEK - timedelta(days=1))

    assert weeks(database, group.id, place.patient_id) == [1, 4, 5, 6, 7, 8]
    kinds = {line.kind for line in schedules.own(database, place.id).lines}
    assert kinds == {LineKind.BASE, LineKind.PAUSED}
    with pytest.raises(Refused, match="full"):
        make.placed(database, make.centre(database, "Södra"), group.id, 1)


def test_that_a_sheet_tells_of_a_pause_in_one_sentence(database: Database) -> None:
    group = make.group(database, make.furnished(database))
    place = make.placed(database, make.centre(database, "Norra"), group.id)
    make.rest(database, place, START, START + WEEK - timedelta(days=1))

    with database.read_patients("Print") as db:
        (filled,) = sheets.contents(db, [place.id], make.TODAY, {place.id: "en"}).values()
        saw(db, [place.patient_id])

    assert filled.sheet.not_attending == (
        "You rest from the group and do not come Tuesday 12 January and Thursday 14 January.",
    )
    assert all(row.start.date() >= START + WEEK for row in filled.sheet.rows)


def test_that_a_swap_out_of_a_pause_stands_and_one_into_it_does_not(database: Database) -> None:
    where = make.furnished(database)
    ours = make.group(database, where)
    with make.unwatched(database, where):
        theirs = make.group(database, where, "H26 B", START + WEEK)
    place = make.placed(database, where, ours.id)
    own, other = (make.of_strand(database, one.id, "relaxation") for one in (ours, theirs))
    with make.unwatched(database, where):
        schedules.swap(database, place.id, own[0].id, other[2].id, "Sjuk den veckan")
        schedules.swap(database, place.id, own[7].id, other[0].id, "Kan inte då")
    make.rest(database, place, START, START + 2 * WEEK - timedelta(days=1))

    who = coming(database, theirs.id)

    assert [place.patient_id in who[one.id] for one in (other[0], other[2])] == [False, True]


def test_that_seats_of_an_open_group_are_taken_by_the_day(database: Database) -> None:
    where = make.furnished(database)
    group = make.open_group(database, where, maximum=1)
    first = make.placed(database, where, group.id, 0)
    laps.set_lap(database, first.id, START, START + 4 * WEEK - timedelta(days=1))
    other = make.patient(database, where, "Nils", "Ek", 1)

    with pytest.raises(Refused, match="Öppen is full on"):
        enrolments.enrol(database, other.id, group.id, START + 2 * WEEK)
    second = enrolments.enrol(database, other.id, group.id, START + 4 * WEEK)

    assert weeks(database, group.id, first.patient_id) == [1, 2, 3, 4]
    assert weeks(database, group.id, second.patient_id) == [5, 6, 7, 8]
    assert groups.group(database, group.id).taken == 1
    with pytest.raises(Refused, match="full on Mon 8 Feb"):
        laps.set_lap(database, first.id, START, START + 4 * WEEK)
    assert [one.text for one in checks.check(database, make.TODAY) if "places" in one.text] == []


def test_that_undo_does_not_bring_back_a_lap_whose_seat_is_taken(database: Database) -> None:
    where = make.furnished(database)
    group = make.open_group(database, where, maximum=1)
    first = make.placed(database, where, group.id, 0)
    laps.set_lap(database, first.id, START, START + WEEK)
    theirs = Database.open(database.url)
    other = make.patient(theirs, where, "Nils", "Ek", 1)
    enrolments.enrol(theirs, other.id, group.id, START + 2 * WEEK)
    theirs.close()

    with pytest.raises(Refused, match="full"):
        history.undo(database)


def test_that_a_pause_frees_a_chair_and_asks_for_it_again_when_it_ends(database: Database) -> None:
    where = make.furnished(database)
    ours = make.group(database, where, maximum=1)
    with make.unwatched(database, where):
        theirs = make.group(database, where, "H26 B", START + WEEK)
    resting, guest = (
        make.placed(database, where, ours.id, 0),
        make.placed(database, where, theirs.id, 1),
    )
    own, other = (make.of_strand(database, one.id, "relaxation") for one in (ours, theirs))
    pause = make.rest(database, resting, START, START + WEEK)
    with make.unwatched(database, where):
        schedules.swap(database, guest.id, other[0].id, own[0].id, "Reser")

    with pytest.raises(Refused, match="full"), database.change("No pause") as db:
        db.delete(db.get_one(EnrolmentPauseRow, pause))


def test_that_a_session_is_not_moved_to_a_day_on_which_it_is_full(database: Database) -> None:
    where = make.furnished(database)
    group = make.open_group(database, where, maximum=1)
    with make.unwatched(database, where):
        theirs = make.group(database, where, "H26 B", START + WEEK)
    guest = make.placed(database, where, theirs.id, 1)
    own, other = (make.of_strand(database, one.id, "relaxation") for one in (group, theirs))
    here = make.placed(database, where, group.id, 0)
    laps.set_lap(database, here.id, START + 2 * WEEK, None)
    with make.unwatched(database, where):
        schedules.swap(database, guest.id, other[0].id, own[0].id, "Reser")
        make.lenient(database, where, Rule.MANY, Rule.VISITS_DAY)
        day = datetime.combine(own[2].start.date() + timedelta(days=1), time(8))
        with pytest.raises(Refused, match="Öppen is full"):
            sessions.move(database, own[0].id, day)


def test_that_a_closed_status_has_nothing_to_do_with_an_open_group(database: Database) -> None:
    group = make.open_group(database, make.furnished(database))

    assert group.rolling
    assert groups.set_status(database, group.id, GroupStatus.CLOSED).rolling
