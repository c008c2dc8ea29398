from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from painprogram.domain import placing
from painprogram.domain.availability import Availability, Span, StaffTime, WorkingTime
from painprogram.domain.clashes import Occasion, Surroundings
from painprogram.domain.closures import Closure, ClosureKind
from painprogram.domain.people import Profession, Staff
from painprogram.domain.placing import Away, Board, Stretch, Verdict
from painprogram.domain.programmes import Need
from painprogram.domain.rooms import Equipment, Room
from painprogram.domain.rules import Level, Rule

DAY = date(2027, 1, 12)
CENTRE, ANNA, ERIK, HALL, GYM, MARIA, OLLE = (UUID(int=number) for number in range(101, 108))
PHYSIO = Profession.PHYSIOTHERAPIST

FREE, ACKNOWLEDGE, BLOCKED = Verdict.FREE, Verdict.ACKNOWLEDGE, Verdict.BLOCKED


def at(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(DAY, time(hour, minute))


SESSION = Occasion(
    UUID(int=1),
    "Relaxation 3 (H26 A)",
    at(14),
    at(15),
    frozenset({ANNA}),
    (PHYSIO.value,),
    HALL,
    frozenset({MARIA, OLLE}),
    (Need((PHYSIO,)),),
    16,
    CENTRE,
    equipment=(Equipment.MATS,),
    offered=(Equipment.MATS,),
)
OTHER = Occasion(UUID(int=2), "Exercise 3 (H26 B)", at(10), at(11), frozenset({ERIK}))


def board(*others: Occasion, closures: tuple[Closure, ...] = ()) -> Board:
    return Board(
        DAY,
        {one.id: one for one in (SESSION, *others)},
        Surroundings(closures={CENTRE: closures}),
        {
            HALL: Room(HALL, CENTRE, "Stora salen", 16, (Equipment.MATS,)),
            GYM: Room(GYM, CENTRE, "Gymmet", 1),
        },
        {
            ANNA: Staff(ANNA, CENTRE, "Anna Berg", PHYSIO),
            ERIK: Staff(ERIK, CENTRE, "Erik Lund", Profession.PHYSICIAN),
        },
    )


def parts(where: Board, held: Occasion = SESSION) -> list[tuple[str, Verdict]]:
    return [
        (f"{s.start:%H}-{s.end:%H}", s.verdict)
        for s in placing.stretches(where, held, DAY, time(8), time(17))
    ]


def stretch(where: Board, hour: int, held: Occasion = SESSION) -> Stretch:
    all_ = placing.stretches(where, held, DAY, time(8), time(17))
    return next(s for s in all_ if s.start <= at(hour) < s.end)


def test_that_a_day_with_nothing_else_is_free_and_its_own_place_does_not_count() -> None:
    assert parts(board()) == [("08-17", FREE)]


def test_that_what_others_do_elsewhere_leaves_the_day_free() -> None:
    assert parts(board(replace(OTHER, room=GYM))) == [("08-17", FREE)]


def test_that_a_leader_is_busy_elsewhere() -> None:
    where = board(replace(OTHER, staff=frozenset({ANNA}), room=GYM))

    assert parts(where) == [("08-10", FREE), ("10-11", BLOCKED), ("11-17", FREE)]
    found = stretch(where, 10)
    assert found.reasons == ("Anna Berg is busy: Exercise 3 (H26 B) 10:00–11:00.",)
    assert found.other == OTHER.id


def test_that_the_room_is_taken_and_the_patients_are_busy() -> None:
    assert parts(board(replace(OTHER, patients=frozenset({MARIA})))) == [
        ("08-10", FREE),
        ("10-11", ACKNOWLEDGE),
        ("11-17", FREE),
    ]
    taken = stretch(board(replace(OTHER, room=HALL)), 10)
    busy = stretch(board(replace(OTHER, patients=frozenset({MARIA, OLLE}))), 10)
    one = stretch(board(replace(OTHER, patients=frozenset({MARIA}))), 10)

    assert taken.reasons == ("Stora salen is taken: Exercise 3 (H26 B) 10:00–11:00.",)
    assert busy.reasons == ("2 patients have Exercise 3 (H26 B) 10:00–11:00.",)
    assert one.reasons == ("A patient has Exercise 3 (H26 B) 10:00–11:00.",)


def test_that_a_closed_day_is_blocked_and_half_a_day_is_half() -> None:
    shut = Closure(ClosureKind.OWN, DAY, DAY, "staff day")

    assert parts(board(closures=(shut,))) == [("08-17", BLOCKED)]
    assert stretch(board(closures=(shut,)), 9).reasons == ("The centre is closed: staff day.",)
    half = replace(shut, until=time(12))
    assert parts(board(closures=(half,))) == [("08-12", FREE), ("12-17", BLOCKED)]


def test_that_a_room_without_mats_or_seats_must_be_acknowledged() -> None:
    where = board()

    there = placing.in_room(where, SESSION, GYM)

    assert parts(where, there) == [("08-17", ACKNOWLEDGE)]
    assert stretch(where, 9, there).reasons == (
        "Gymmet lacks mats.",
        "Gymmet has 1 seats; 2 are expected.",
    )
    assert parts(where, placing.in_room(where, SESSION, None)) == [("08-17", FREE)]


def test_that_a_leader_of_another_profession_must_be_acknowledged() -> None:
    where = board()

    led = placing.as_led_by(where, SESSION, [ERIK])

    assert stretch(where, 9, led).reasons == ("No physiotherapist leads it.",)
    assert parts(where, placing.as_led_by(where, SESSION, [ERIK, ANNA])) == [("08-17", FREE)]


def test_that_a_gap_too_short_for_the_session_is_no_place_for_it() -> None:
    before = replace(OTHER, room=HALL)
    after = replace(OTHER, id=UUID(int=3), start=at(11, 30), end=at(12, 30), room=HALL)

    found = stretch(board(before, after), 11)

    assert found.verdict is BLOCKED
    assert found.reasons == ("Only 30 minutes are free here.",)


def test_that_the_hardest_reason_stands_first_and_all_are_told() -> None:
    where = board(replace(OTHER, staff=frozenset({ANNA}), room=GYM))

    found = stretch(where, 10, placing.in_room(where, SESSION, GYM))

    assert found.reasons[0].startswith("Anna Berg is busy")
    assert found.reasons[1].startswith("Gymmet is taken")
    assert found.reasons[2] == "Gymmet lacks mats."


def test_that_the_nearest_free_place_is_found_in_time() -> None:
    where = board(replace(OTHER, room=HALL))
    there = [("hall", s) for s in placing.stretches(where, SESSION, DAY, time(8), time(17))]

    assert placing.nearest_free(there, at(10), 60) == ("hall", at(9))
    assert placing.nearest_free(there, at(10, 45), 60) == ("hall", at(11))
    assert placing.nearest_free([], at(10), 60) is None


def test_that_the_board_says_when_a_colleague_is_not_to_be_had() -> None:
    midnight = datetime.combine(DAY, time()) + timedelta(days=1)
    theirs = Availability(
        (WorkingTime(DAY.weekday(), time(8), time(16)),),
        absent=(Span(at(14), midnight),),
        busy=(Span(at(9), at(10)),),
    )
    where = replace(board(), around=Surroundings(time=StaffTime({ANNA: theirs})))

    assert [(one.rule, one.start, one.end) for one in placing.away(where, ANNA, DAY)] == [
        (Rule.HOURS, datetime.combine(DAY, time()), at(8)),
        (Rule.BUSY, at(9), at(10)),
        (Rule.ABSENT, at(14), midnight),
        (Rule.HOURS, at(16), midnight),
    ]
    assert placing.away(where, ANNA, DAY + timedelta(days=1)) == (
        Away(Rule.HOURS, midnight, midnight + timedelta(days=1)),
    )
    assert placing.away(where, ERIK, DAY) == ()
    assert parts(where) == [
        ("08-09", FREE),
        ("09-10", ACKNOWLEDGE),
        ("10-14", FREE),
        ("14-16", BLOCKED),
        ("16-17", BLOCKED),
    ]
    assert stretch(where, 9).reasons == ("Anna Berg is busy 9:00–10:00, by their own calendar.",)


def test_that_what_is_only_good_to_know_leaves_the_place_free() -> None:
    where = board(replace(OTHER, room=HALL, wrap_up=15))

    found = stretch(where, 11)

    assert (found.verdict, found.reasons, found.end) == (FREE, (), at(11, 15))
    assert found.notes == (
        "Stora salen has too little time between it and Exercise 3 (H26 B) 10:00–11:00.",
    )


def test_that_only_what_is_new_is_found_against_a_move() -> None:
    where = board(
        replace(OTHER, room=HALL),
        replace(OTHER, id=UUID(int=3), start=at(14), end=at(15), room=HALL),
    )
    now = where.occasions[SESSION.id]

    assert [one.rule for one in placing.findings(where, now)] == [Rule.ROOM]
    assert placing.new_findings(where, placing.moved_to(now, at(14, 30))) == ()
    (new,) = placing.new_findings(where, placing.moved_to(now, at(10, 30)))
    assert (new.rule, new.level, new.other) == (Rule.ROOM, Level.BLOCKS, OTHER.id)
