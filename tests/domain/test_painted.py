"""What is painted while dragging is what holds when the card is dropped."""

import random
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from painprogram.domain import placing
from painprogram.domain.availability import Availability, Span, StaffTime, WorkingTime
from painprogram.domain.clashes import Course, Meeting, Occasion, Surroundings
from painprogram.domain.closures import Closure, ClosureKind
from painprogram.domain.people import Profession, Staff
from painprogram.domain.placing import Board
from painprogram.domain.rooms import Room
from painprogram.domain.rules import Level, Rule, Rules, Setting
from painprogram.domain.rules.board import MILDEST_FIRST

MONDAY = date(2027, 1, 11)
FIRST, LAST = time(7), time(18)
CENTRE, GROUP = UUID(int=1), UUID(int=2)
PEOPLE = [UUID(int=10 + n) for n in range(3)]
ROOMS = [UUID(int=20 + n) for n in range(3)]
PATIENTS = [UUID(int=30 + n) for n in range(8)]


def at(day: int, hour: float) -> datetime:
    return datetime.combine(MONDAY + timedelta(days=day), time()) + timedelta(hours=hour)


def made(chance: random.Random, number: int) -> Occasion:
    start = at(chance.randrange(4), 7 + chance.randrange(36) / 4)
    return Occasion(
        UUID(int=100 + number),
        f"Session {number}",
        start,
        start + timedelta(minutes=15 * chance.randrange(2, 8)),
        frozenset(chance.sample(PEOPLE, chance.randrange(3))),
        room=chance.choice([None, *ROOMS]),
        patients=frozenset(chance.sample(PATIENTS, chance.randrange(5))),
        centre=CENTRE,
        group=GROUP if number < 3 else None,
        strand="abc"[number] if number < 3 else "",
        preparation=chance.choice((0, 10)),
        wrap_up=chance.choice((0, 5)),
        seats=chance.choice((None, 3)),
    )


def any_board(chance: random.Random) -> Board:
    occasions = [made(chance, number) for number in range(chance.randrange(3, 14))]
    levels = {rule: Setting(chance.choice(list(Level))) for rule in Rule}
    levels[Rule.BUFFER] = Setting(Level.INFORMATION)  # painted around what is met besides
    half = Closure(ClosureKind.OWN, MONDAY, MONDAY, "half a day", time(chance.randrange(12, 16)))
    meetings = {
        one.strand: (Meeting(one.id, one.title, one.start, one.end, CENTRE),)
        for one in occasions[:3]
    }
    away = at(1, 9), at(1, 9 + chance.randrange(1, 5))
    week = tuple(WorkingTime(day, time(8), time(chance.randrange(12, 18))) for day in range(4))
    around = Surroundings(
        {CENTRE: Rules(levels)},
        {CENTRE: (half,)},
        StaffTime(
            {
                PEOPLE[0]: Availability(week, (), (Span(*away),)),
                PEOPLE[1]: Availability(busy=(Span(at(2, 8), at(2, 12.5)), Span(*away))),
            }
        ),
        {GROUP: Course({"b": ("a",), "c": ("a", "b")}, meetings)},
        MONDAY + timedelta(days=1),
    )
    return Board(
        MONDAY,
        {one.id: one for one in occasions},
        around,
        {key: Room(key, CENTRE, "Room", 3) for key in ROOMS},
        {key: Staff(key, CENTRE, "Somebody", Profession.NURSE) for key in PEOPLE},
        CENTRE,
    )


@pytest.mark.parametrize("seed", range(12))
def test_that_each_place_is_painted_as_hard_as_it_is(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- repeatable
    board = any_board(chance)
    for held in chance.sample(list(board.occasions.values()), 3):
        for day in range(4):
            there = MONDAY + timedelta(days=day)
            parts = placing.stretches(board, held, there, FIRST, LAST)
            assert (parts[0].start.time(), parts[-1].end.time()) == (FIRST, LAST)
            start = at(day, 7)
            while start + (held.end - held.start) <= at(day, 18):
                moved = placing.moved_to(held, start)
                touched = [p.verdict for p in parts if p.start < moved.end and start < p.end]
                painted = max(touched, key=MILDEST_FIRST.index)
                assert painted is placing.verdict(placing.findings(board, moved)), (start, held)
                start += timedelta(minutes=15)
