from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest

from painprogram.domain.errors import NeedsReason, Refused
from painprogram.domain.groups import Decision, GroupStatus
from painprogram.domain.people import Centre
from painprogram.domain.referrals import ReferralValues
from painprogram.domain.seats import Answers, Choice, How
from painprogram.domain.ways import WayStatus
from painprogram.usecases import (
    Database,
    centres,
    enrolments,
    groups,
    history,
    laps,
    patients,
    schedules,
    seats,
    sessions,
    waiting,
    ways,
)
from tests import make

WEEK = timedelta(weeks=1)
TODAY = make.TODAY
WHY = "För få anmälda"


@pytest.fixture
def where(database: Database) -> Centre:
    return make.furnished(database)


def waits(database: Database, where: Centre, number: int, given: str = "Nils") -> UUID:
    """Somebody on the waiting list; the key of the way."""
    known = make.patient(database, where, given, "Ek", number)
    way = ways.receive(database, known.id, ReferralValues(TODAY - 4 * WEEK), today=TODAY)
    ways.step(database, way.id, WayStatus.WAITING, TODAY, today=TODAY)
    return way.id


def status(database: Database, patient_id: UUID) -> WayStatus:
    return ways.of_patient(database, patient_id, TODAY)[0].status


def test_that_a_forecast_counts_those_who_have_a_place_and_those_who_may_come(
    database: Database, where: Centre
) -> None:
    group = make.group(database, where)
    for number in range(3):
        make.placed(database, where, group.id, number)
    offered, *_others = (waits(database, where, number) for number in range(3, 6))
    waiting.offer(database, offered, group.id, TODAY, today=TODAY)

    found = seats.forecast(database, group.id, TODAY)

    assert (found.group.taken, found.offered, found.fitting, found.passed) == (3, 1, 2, 0)
    assert found.expected == 5  # three of four of those three
    assert found.sentences == (
        "3 of 12 seats are taken; at least 6 are needed.",
        "1 has been offered a place and not answered.",
        "2 on the waiting list could take a seat.",
        "Reckoned with: 3 of 4 take a place that is offered, until there are more answers.",
        "5 are expected: 1 is lacking for the minimum of 6.",
    )
    assert found.when == "Is decided on Tue 29 Dec, in 37 days"


def test_that_a_forecast_reckons_with_what_the_centre_has_seen(
    database: Database, where: Centre
) -> None:
    group = make.group(database, where)
    for number in range(5):
        way = waits(database, where, number)
        waiting.offer(database, way, group.id, TODAY, today=TODAY)
        if number < 3:
            waiting.accept(database, way, TODAY, today=TODAY)
        else:
            waiting.decline(database, way, TODAY, "Reser", stays=False, today=TODAY)

    found = seats.forecast(database, group.id, TODAY)

    assert found.answers == Answers(3, 5)
    assert "3 of the 5 last who were offered a place took it" in found.answers.told


def test_that_groups_near_their_decision_are_listed(database: Database, where: Centre) -> None:
    group = make.group(database, where)
    waits(database, where, 0)
    soon = TODAY + 3 * WEEK

    assert seats.near(database, where.id, TODAY) == ()
    (found,) = seats.near(database, where.id, soon + timedelta(days=3))
    assert (found.group.id, found.fitting, found.days) == (group.id, 1, 13)
    seats.set_decision_day(database, group.id, TODAY + timedelta(days=3))
    (found,) = seats.near(database, where.id, TODAY)
    assert found.days == 3
    seats.decide(database, group.id, Choice(How.START), TODAY)
    assert seats.near(database, where.id, TODAY) == ()


def test_that_a_decision_day_is_not_after_the_start(database: Database, where: Centre) -> None:
    group = make.group(database, where)

    with pytest.raises(Refused, match="begins on 12 January 2027"):
        seats.set_decision_day(database, group.id, make.MONDAY + WEEK)


def test_that_a_group_that_starts_is_opened_and_says_what_is_lacking(
    database: Database, where: Centre
) -> None:
    group = make.group(database, where, status=GroupStatus.DRAFT)
    make.placed(database, where, group.id)

    found = seats.consequences(database, group.id, Choice(How.START), TODAY)
    done = seats.decide(database, group.id, Choice(How.START), TODAY)

    assert found.sentences == (
        "H26 A begins on Tue 12 Jan with 1 participant.",
        "11 seats stay open for those who wait.",
        "The group is opened for enrolment.",
    )
    assert found.warnings == ("That is fewer than the 6 the group was to have at least.",)
    assert (done.decision, done.status) == (Decision.GO, GroupStatus.OPEN)
    history.undo(database)
    assert groups.group(database, group.id).decision is None


def test_that_a_start_is_moved_and_the_decision_with_it(database: Database, where: Centre) -> None:
    group = make.group(database, where)
    make.placed(database, where, group.id)
    seats.set_decision_day(database, group.id, make.MONDAY - WEEK)
    choice = Choice(How.MOVE, WHY, weeks=1)

    found = seats.consequences(database, group.id, choice, TODAY)
    done = seats.decide(database, group.id, choice, TODAY)

    assert found.sentences[0] == (
        "H26 A begins on Tue 19 Jan instead of Tue 12 Jan, and ends on Thu 11 Mar."
    )
    assert [one.what for one in found.told] == ["The group begins on Tue 19 Jan"]
    assert (done.first, done.decide_on) == (make.MONDAY + timedelta(days=8), make.MONDAY)
    assert done.decision is None
    assert done.taken == 1


def test_that_a_move_onto_what_stands_there_asks_for_a_reason(
    database: Database, where: Centre
) -> None:
    group = make.group(database, where)
    make.placed(database, where, group.id)
    late = make.of_strand(database, group.id, "relaxation")[0].start + 10 * WEEK
    place = enrolments.names(database, group.id)[0][0]
    (held,) = patients.enrolments(database, place)
    schedules.add_visit(database, held.id, late, 45, title="Samtal")
    choice = Choice(How.MOVE, WHY, weeks=10)

    with pytest.raises(NeedsReason):
        seats.decide(database, group.id, choice, TODAY)
    seats.decide(database, group.id, choice, TODAY, because="Besöket flyttas")


def test_that_a_small_group_goes_over_to_another_centre(database: Database, where: Centre) -> None:
    norra = make.furnished(database, "Norra")
    ours, theirs = make.group(database, where), make.group(database, norra, "H26 N", maximum=6)
    placed = [make.placed(database, where, ours.id, number) for number in range(2)]
    visit = schedules.add_visit(
        database, placed[0].id, sessions.sessions(database, ours.id)[0].start - WEEK, 45, title="S"
    )
    asked, other = (waits(database, where, number) for number in (2, 3))
    waiting.offer(database, asked, ours.id, TODAY, today=TODAY)
    choice = Choice(How.POOL, WHY, into=theirs.id)

    found = seats.consequences(database, ours.id, choice, TODAY)
    done = seats.decide(database, ours.id, choice, TODAY)

    assert [one.id for one in seats.targets(database, ours.id, TODAY)] == [theirs.id]
    assert found.sentences == (
        "2 of 2 places go to H26 N at Norra, which begins on Tue 12 Jan.",
        "1 who waits here is proposed for groups at Norra from now on.",
        "H26 A is cancelled with its 20 sessions; leaders and rooms are free again.",
        "1 individual visit goes with its patient, or is cancelled.",
        "It can't be undone: it is noted on each patient's way.",
    )
    assert not found.undoable
    assert (done.status, done.decision, done.taken) == (GroupStatus.CANCELLED, Decision.NO_GO, 0)
    assert groups.group(database, theirs.id).taken == 2
    held = [patients.enrolments(database, one.patient_id)[0] for one in placed]
    assert {one.group_id for one in held} == {theirs.id}
    assert [status(database, one.patient_id) for one in placed] == [WayStatus.PLACED] * 2
    lines = schedules.own(database, held[0].id).lines
    assert visit.lines[-1].session.id in {line.session.id for line in lines} or len(lines) > 20
    line = waiting.waiting(database, norra.id, today=TODAY)
    assert {(one.referral.id, one.offered_group_name) for one in line} >= {(other, "")}
    assert all(one.cancelled for one in sessions.sessions(database, ours.id))


def test_that_who_gets_no_seat_there_waits_again(database: Database, where: Centre) -> None:
    ours = make.group(database, where)
    with make.unwatched(database, where):
        theirs = make.group(database, where, "H26 B", make.MONDAY + WEEK, maximum=1)
    second, late = (make.patient(database, where, "Nils", "Ek", n) for n in range(2))
    enrolments.enrol(database, late.id, ours.id, TODAY + timedelta(days=1))
    enrolments.enrol(database, second.id, ours.id, TODAY)
    choice = Choice(How.POOL, WHY, into=theirs.id)

    found = seats.consequences(database, ours.id, choice, TODAY)
    seats.decide(database, ours.id, choice, TODAY)

    assert found.sentences[1] == "1 gets no seat there, and goes back to the waiting list."
    assert status(database, second.id) is WayStatus.PLACED
    assert status(database, late.id) is WayStatus.WAITING


def test_that_another_care_provider_is_no_target(database: Database, where: Centre) -> None:
    private = centres.add(database, "Privata", "Vård AB")
    make.team(database, private)
    make.hall(database, private)
    ours, theirs = make.group(database, where), make.group(database, private, "P 1")

    found = seats.consequences(database, ours.id, Choice(How.POOL, WHY, into=theirs.id), TODAY)

    assert seats.targets(database, ours.id, TODAY) == ()
    assert (
        found.hinder == "Choose a group of the same programme and care provider, with free seats."
    )


def test_that_a_cancelled_group_tells_who_must_be_told_and_how(
    database: Database, where: Centre
) -> None:
    group = make.group(database, where)
    ada, bo, cia = (
        make.placed(database, where, group.id, n, name) for n, name in enumerate(("Ada", "Bo", "C"))
    )
    changes = (
        (ada, {"address": "Storgatan 1\n123 45 Ekby"}),
        (bo, {"phone": "070-000 00 01"}),
        (cia, {"protected": True}),
    )
    for place, values in changes:
        known = patients.patient(database, place.patient_id)
        patients.update(database, replace(known, **values))
    choice = Choice(How.CANCEL, WHY)

    found = seats.consequences(database, group.id, choice, TODAY)
    done = seats.decide(database, group.id, choice, TODAY)

    assert {one.name: one.reach for one in found.told} == {
        "Ada Öberg": "Letter",
        "Bo Öberg": "070-000 00 01",
        "C Öberg": "Protected identity: as agreed with the patient",
    }
    assert done.status is GroupStatus.CANCELLED
    assert [status(database, one.patient_id) for one in (ada, bo, cia)] == [WayStatus.WAITING] * 3
    (way,) = ways.of_patient(database, ada.patient_id, TODAY)
    assert way.steps[-1].reason == f"H26 A does not start: {WHY}"
    assert history.undo(database) != "Decide on group H26 A: cancel the group"


def test_that_a_group_that_has_begun_is_not_cancelled_here(
    database: Database, where: Centre
) -> None:
    group = make.group(database, where)

    with pytest.raises(Refused, match="has begun"):
        seats.decide(database, group.id, Choice(How.CANCEL, WHY), make.MONDAY + WEEK)


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        (Choice(How.CANCEL, " "), "Write why"),
        (Choice(How.MOVE, WHY), "by how many weeks"),
        (Choice(How.POOL, WHY), "Choose the group"),
    ],
)
def test_that_a_choice_without_what_it_needs_is_refused(
    database: Database, where: Centre, choice: Choice, sentence: str
) -> None:
    group = make.group(database, where)

    with pytest.raises(Refused, match=sentence):
        seats.decide(database, group.id, choice, TODAY)


def test_that_the_ways_into_an_open_group_say_how_many_seats_there_are(
    database: Database, where: Centre
) -> None:
    group = make.open_group(database, where, maximum=2)
    place = make.placed(database, where, group.id)
    laps.set_lap(database, place.id, make.MONDAY, make.MONDAY + 3 * WEEK)

    found = laps.entry_points(database, group.id, TODAY)

    assert [one.free for one in found] == [1, 1, 1, 2, 2, 2, 2, 2][: len(found)]
    assert found[0].whole
    assert found[0].last == groups.group(database, group.id).last
    assert laps.entry_points(database, make.group(database, where, "H26 B").id, TODAY) == ()


def test_that_laps_follow_a_group_that_moves(database: Database, where: Centre) -> None:
    group = make.open_group(database, where)
    place = make.placed(database, where, group.id)
    (before,) = laps.laps(database, group.id)

    seats.decide(database, group.id, Choice(How.MOVE, WHY, weeks=1), TODAY)

    (after,) = laps.laps(database, group.id)
    last = groups.group(database, group.id).last
    assert last is not None
    assert before.last is not None
    assert place.lap_end == before.last == last - WEEK
    assert (after.last, after.outdated) == (before.last + WEEK, False)


def test_that_the_seats_of_an_open_group_hold_for_programs_that_enrol_at_once(url: str) -> None:
    database = Database.open(url)
    where = make.furnished(database)
    group = make.open_group(database, where, maximum=2)
    people = [make.patient(database, where, "Nils", "Ek", n) for n in range(6)]
    programs = [Database.open(url) for _ in people]
    together = Barrier(len(programs))

    def enrol(number: int) -> str:
        together.wait()
        try:
            day = make.MONDAY + (number % 2) * WEEK  # their laps overlap
            enrolments.enrol(programs[number], people[number].id, group.id, day)
        except Refused as refusal:
            return str(refusal)
        return "placed"

    with ThreadPoolExecutor(len(programs)) as threads:
        said = list(threads.map(enrol, range(len(programs))))

    assert said.count("placed") == 2
    assert all("Öppen is full" in one for one in said if one != "placed")
    assert groups.group(database, group.id).taken == 2
    for program in (database, *programs):
        program.close()


def test_that_a_guest_and_a_returning_patient_do_not_both_get_the_last_chair(url: str) -> None:
    """One program ends a pause while another lets a guest in: whoever is second is refused."""
    database = Database.open(url)
    where = make.furnished(database)
    ours = make.group(database, where, maximum=1)
    with make.unwatched(database, where):
        theirs = make.group(database, where, "H26 B", make.MONDAY + WEEK)
    resting = make.placed(database, where, ours.id, 0)
    guest = make.placed(database, where, theirs.id, 1)
    make.rest(database, resting, make.MONDAY, make.MONDAY + WEEK)
    own, other = (make.of_strand(database, one.id, "relaxation")[0] for one in (ours, theirs))
    make.lenient(database, where)
    programs = [Database.open(url), Database.open(url)]
    together = Barrier(2)

    def back() -> str:
        together.wait()
        try:
            make.end_rest(programs[0], resting)
        except Refused as refusal:
            return str(refusal)
        return "done"

    def visit() -> str:
        together.wait()
        try:
            schedules.swap(programs[1], guest.id, other.id, own.id, "Reser")
        except Refused as refusal:
            return str(refusal)
        return "done"

    with ThreadPoolExecutor(2) as threads:
        said = [one.result() for one in [threads.submit(back), threads.submit(visit)]]

    assert said.count("done") == 1
    assert sum("H26 A is full" in one for one in said) == 1
    for program in (database, *programs):
        program.close()
