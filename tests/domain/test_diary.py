from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from painprogram.domain.clashes import Occasion
from painprogram.domain.diary import Diary, led_instead

START = datetime(2026, 11, 10, 10)
HOUR = timedelta(hours=1)
ANNA, ERIK, HALL, MARIA = uuid4(), uuid4(), uuid4(), uuid4()


def held(start: datetime = START) -> Occasion:
    return Occasion(
        uuid4(),
        "Avslappning",
        start,
        start + HOUR,
        frozenset({ANNA}),
        room=HALL,
        patients=frozenset({MARIA}),
    )


def test_that_leader_room_and_patient_are_taken_and_touching_is_not_meeting() -> None:
    one = held()
    diary = Diary([one])
    for key in (ANNA, HALL, MARIA):
        assert diary.meets(key, START, START + HOUR) == one
        assert diary.meets(key, START - HOUR, START) is None
        assert diary.meets(key, START + HOUR, START + 2 * HOUR) is None
    assert diary.meets(ANNA, START, START + HOUR, apart_from=one.id) is None
    assert diary.meets(ERIK, START, START + HOUR) is None


def test_that_what_is_booked_anew_stands_no_longer_where_it_stood() -> None:
    one = held()
    diary = Diary([one])
    diary.book(led_instead(one, ANNA, ERIK))
    assert diary.meets(ANNA, START, START + HOUR) is None
    assert diary.meets(ERIK, START, START + HOUR) is not None
    later = START + timedelta(days=1)
    diary.book(replace(one, start=later, end=later + HOUR))
    assert diary.meets(HALL, START, START + HOUR) is None
    assert list(diary.on(HALL, later.date())) == [replace(one, start=later, end=later + HOUR)]


def test_that_the_minutes_of_a_week_are_counted() -> None:
    monday = START.date() - timedelta(days=START.weekday())
    diary = Diary([held(), held(START + timedelta(days=3)), held(START + timedelta(days=7))])
    assert diary.minutes(ANNA, monday) == 120
    assert diary.minutes(ERIK, monday) == 0
