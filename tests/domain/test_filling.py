"""Each reason for passing somebody over: once where it hurts, once where it does not."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from painprogram.domain.filling import Judged, Meeting, Seat, Waiting, judged
from painprogram.domain.patients import Access
from painprogram.domain.referrals import Priority, Referral, ReferralValues
from painprogram.domain.rooms import Equipment
from painprogram.domain.unsuitable import written
from painprogram.domain.ways import WayStatus

HERE, THERE, PAIN, SLEEP = (uuid4() for _ in range(4))
DAY = date(2026, 10, 1)
TUESDAY = datetime(2027, 1, 12, 10)
MEETINGS = tuple(
    Meeting(
        TUESDAY + timedelta(days=days),
        TUESDAY + timedelta(days=days, hours=1),
        "Salen",
        frozenset({Equipment.STEP_FREE}),
    )
    for days in (0, 1, 7, 8, 14, 15, 21, 22)
)
SEAT = Seat("H26 A", HERE, "Ekbacken", PAIN, "Pain", MEETINGS, {"ar": 2})


def waiting(
    name: str = "Maria",
    *,
    days: int = 40,
    priority: Priority = Priority.USUAL,
    programme: UUID | None = None,
    preferred: UUID | None = None,
    centre: UUID = HERE,
    times: str = "",
    access: tuple[Access, ...] = (),
    language: str = "sv",
) -> Waiting:
    values = ReferralValues(
        DAY, priority=priority, programme_id=programme, preferred_centre_id=preferred
    )
    referral = Referral(uuid4(), uuid4(), centre, values, WayStatus.WAITING, DAY)
    return Waiting(
        1,
        referral,
        name,
        days,
        60,
        language,
        access=access,
        times_not=written(times),
        programme_name="Sleep",
        preferred_centre_name="Sjövik" if preferred == THERE else "",
        centre_name="Sjövik" if centre == THERE else "Ekbacken",
    )


def only(one: Waiting) -> Judged:
    (found,) = judged([one], SEAT, 1)
    return found


def test_that_seats_go_in_the_order_of_the_list() -> None:
    line = [waiting("Anna"), waiting("Bo"), waiting("Cia")]

    found = judged(line, SEAT, 2)

    assert [(one.waiting.name, one.seat) for one in found] == [
        ("Anna", 1),
        ("Bo", 2),
        ("Cia", None),
    ]
    assert found[2].against == ("No seat is left after those before",)
    assert found[0].reasons == ("number 1 on the list", "has waited 40 days")
    assert found[0].told == "number 1 on the list; has waited 40 days"


def test_that_who_is_passed_over_takes_no_seat() -> None:
    found = judged([waiting("Anna", times="tis"), waiting("Bo")], SEAT, 1)

    assert [(one.waiting.name, one.seat) for one in found] == [("Bo", 1), ("Anna", None)]


@pytest.mark.parametrize(
    ("one", "against"),
    [
        (waiting(programme=SLEEP), "Waits for Sleep"),
        (waiting(preferred=THERE), "Wants to come to Sjövik"),
        (waiting(centre=THERE), "Wants to come to Sjövik"),
        (
            waiting(times="tue 9-12; fri"),
            "4 of 8 meetings fall on times that do not work: Tue 9:00–12:00",
        ),
        (waiting(access=(Access.HEARING,)), "Needs hearing loop, which Salen lacks"),
    ],
)
def test_that_it_is_said_why_somebody_is_passed_over(one: Waiting, against: str) -> None:
    found = only(one)

    assert (found.seat, found.against) == (None, (against,))


@pytest.mark.parametrize(
    "one",
    [
        waiting(programme=PAIN),
        waiting(centre=THERE, preferred=HERE),
        waiting(times="tue 11-12; fri"),
        waiting(access=(Access.STEP_FREE, Access.LARGE_PRINT)),
    ],
)
def test_that_what_suits_hinders_nobody(one: Waiting) -> None:
    assert only(one).seat == 1


def test_that_all_that_speaks_for_somebody_is_said() -> None:
    found = only(
        waiting(
            days=61,
            priority=Priority.BEFORE_OTHERS,
            preferred=HERE,
            language="ar",
            times="fri",
        )
    )

    assert found.reasons == (
        "number 1 on the list",
        "priority: before others",
        "has waited 61 days, more than the limit of 60",
        "would rather come to Ekbacken",
        "2 others in the group have the same language: Arabic",
        "all times suit",
    )


def test_that_a_few_meetings_missed_are_told_and_do_not_hinder() -> None:
    few = tuple(
        Meeting(TUESDAY + timedelta(days=days), TUESDAY + timedelta(days=days, hours=1))
        for days in (0, 1, 8, 9)
    )
    (found,) = judged([waiting(times="tue 8-12")], Seat("A", HERE, "E", PAIN, "P", few), 1)

    assert found.seat == 1
    assert found.reasons[-1] == "1 of 4 meetings fall on times that do not work"
