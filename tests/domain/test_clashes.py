from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from time import perf_counter
from uuid import UUID

import pytest

from painprogram.domain.clashes import Clash, Occasion, Surroundings, clashes
from painprogram.domain.closures import Closure, ClosureKind
from painprogram.domain.people import Profession
from painprogram.domain.programmes import Need
from painprogram.domain.rules import OF_ONE_PATIENT, Rule, Rules, Setting

DAY = date(2027, 1, 12)
ANNA, ERIK, HALL, GYM, MARIA, OLLE = (UUID(int=number) for number in range(101, 107))
PHYSIO, DOCTOR, PHARMACIST = (
    Profession.PHYSIOTHERAPIST,
    Profession.PHYSICIAN,
    Profession.PHARMACIST,
)


def held(number: int, first: int = 10, last: int = 11, day: date = DAY) -> Occasion:
    """Something on *day* from one full hour to another."""
    return Occasion(
        UUID(int=number),
        f"Session {number}",
        datetime.combine(day, time(first)),
        datetime.combine(day, time(last)),
    )


def found(*occasions: Occasion, closures: Iterable[Closure] = ()) -> list[Rule]:
    return [clash.rule for clash in clashes(occasions, shut(closures))]


def shut(closures: Iterable[Closure]) -> Surroundings:
    return Surroundings(closures={None: tuple(closures)})


def test_that_nobody_leads_two_sessions_at_once() -> None:
    one, other = replace(held(1), staff=frozenset({ANNA, ERIK})), held(2)

    assert clashes([one, replace(other, staff=frozenset({ANNA}))]) == (
        Clash(Rule.STAFF, one.id, other.id, ANNA),
    )
    assert found(one, other) == []


def test_that_a_room_holds_one_session_at_a_time() -> None:
    one, other = replace(held(1), room=HALL), replace(held(2), room=HALL)

    assert clashes([one, other]) == (Clash(Rule.ROOM, one.id, other.id, HALL),)
    assert found(one, replace(other, room=GYM)) == []
    assert found(held(1), held(2)) == []


def test_that_a_patient_can_be_in_one_place_only() -> None:
    one, other = replace(held(1), patients=frozenset({MARIA, OLLE})), held(2)

    assert clashes([one, replace(other, patients=frozenset({OLLE}))]) == (
        Clash(Rule.PATIENT, one.id, other.id, OLLE, "1", 1),
    )
    assert found(one, replace(other, patients=frozenset({ANNA}))) == []


def test_that_several_patients_of_two_sessions_are_one_clash() -> None:
    both = frozenset({MARIA, OLLE})
    one, other = replace(held(1), patients=both), replace(held(2), patients=both)

    assert clashes([one, other]) == (Clash(Rule.PATIENT, one.id, other.id, None, "2", 2),)


def test_that_touching_is_no_clash_and_overlapping_by_a_minute_is() -> None:
    one = replace(held(1, 10, 11), room=HALL)
    after = replace(held(2, 11, 12), room=HALL)

    assert found(one, after) == []
    assert found(replace(one, end=one.end + timedelta(minutes=1)), after) == [Rule.ROOM]
    assert found(one, replace(after, start=after.start - timedelta(days=1))) == [Rule.ROOM]


def test_that_a_session_within_a_long_one_clashes_even_when_others_lie_between() -> None:
    long = replace(held(1, 8, 16), staff=frozenset({ANNA}))
    between = held(2, 9, 10)
    late = replace(held(3, 14, 15), staff=frozenset({ANNA}))

    assert found(long, between, late) == [Rule.STAFF]


def test_that_each_need_is_filled_by_a_leader_of_its_own() -> None:
    lecture = replace(held(1), needs=(Need((DOCTOR,)), Need((PHARMACIST,))))

    assert found(replace(lecture, professions=(PHARMACIST, DOCTOR))) == []
    assert clashes([replace(lecture, professions=(DOCTOR,))]) == (
        Clash(Rule.NEEDS, lecture.id, detail="pharmacist"),
    )
    assert found(replace(lecture, professions=(DOCTOR, DOCTOR))) == [Rule.NEEDS]


def test_that_the_narrow_need_takes_its_leader_first() -> None:
    either = Need((PHYSIO, DOCTOR))
    visit = replace(held(1), needs=(either, Need((PHYSIO,))))

    assert found(replace(visit, professions=(PHYSIO, DOCTOR))) == []
    assert found(replace(visit, professions=(DOCTOR, DOCTOR))) == [Rule.NEEDS]


def test_that_a_room_must_seat_those_who_come() -> None:
    one = replace(held(1), room=HALL, seats=2)

    assert found(replace(one, patients=frozenset({MARIA, OLLE}))) == []
    assert clashes([replace(one, patients=frozenset({MARIA, OLLE, ANNA}))]) == (
        Clash(Rule.SEATS, one.id, about=HALL, detail="3/2", weight=3),
    )
    assert found(replace(one, seats=None, patients=frozenset({MARIA, OLLE, ANNA}))) == []


@pytest.mark.parametrize(
    ("first", "last", "until", "clashing"),
    [
        (DAY, DAY, None, True),
        (DAY - timedelta(days=3), DAY + timedelta(days=3), None, True),
        (DAY + timedelta(days=1), DAY + timedelta(days=5), None, False),
        (DAY, DAY, time(11), False),
        (DAY, DAY, time(10, 59), True),
    ],
)
def test_that_nothing_stands_on_a_closed_day(
    first: date,
    last: date,
    until: time | None,
    clashing: bool,  # noqa: FBT001
) -> None:
    closure = Closure(ClosureKind.OWN, first, last, "Staff day", until)

    said = clashes([held(1)], shut([closure]))

    assert said == (
        (Clash(Rule.CLOSED, UUID(int=1), detail="Staff day", mark=str(DAY)),) if clashing else ()
    )


def test_that_clashes_come_in_order_of_time() -> None:
    late = [replace(held(number, 14, 15), room=HALL) for number in (1, 2)]
    early = [replace(held(number, 8, 9), room=GYM) for number in (3, 4)]

    assert [c.occasion.int for c in clashes([*late, *early])] == [3, 1]


def test_that_two_thousand_occasions_are_checked_within_a_blink() -> None:
    """Half a year of four centres: twelve patients in each session, four at a time."""
    monday = date(2027, 1, 11)
    many = []
    groups = [frozenset(UUID(int=7000 + 12 * lane + n) for n in range(12)) for lane in range(4)]
    for number in range(2000):
        day = monday + timedelta(days=7 * (number // 80) + number // 16 % 5)
        one = held(number + 1, 8 + number // 4 % 4 * 2, 10 + number // 4 % 4 * 2, day)
        lane = number % 4
        many.append(
            replace(
                one,
                staff=frozenset({UUID(int=5000 + lane)}),
                room=UUID(int=6000 + lane),
                patients=groups[lane],
                seats=14,
            )
        )
    year = [
        Closure(ClosureKind.RED_DAY, monday + timedelta(days=6 + 7 * n), monday, "")
        for n in range(30)
    ]
    lavish = Rules({rule: Setting(rule.usual, 10_000) for rule in OF_ONE_PATIENT})
    around = replace(shut(year), rules={None: lavish})
    assert clashes(many, around) == ()

    times = []
    for _round in range(7):
        begun = perf_counter()
        clashes(many, around)
        times.append(perf_counter() - begun)

    assert min(times) < 0.1  # 0.03 on a quiet machine
