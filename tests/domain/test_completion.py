from datetime import datetime, timedelta
from uuid import UUID

import pytest

from painprogram.domain.attendance import AttendanceState
from painprogram.domain.completion import Completion, Met, PartState, completion
from painprogram.usecases import programmes

NOW = datetime(2027, 2, 1, 10)
CONTENT = programmes.template("smarthantering")
MODULES = {strand.key: strand.module for strand in CONTENT.strands}


def met(
    strand: str,
    number: int,
    state: AttendanceState | None = AttendanceState.PRESENT,
    *,
    noted: int | None = None,
    goes: bool = True,
    known: bool = True,
) -> Met:
    """*state* None: nothing is noted; a *number* above 100 lies ahead."""
    start = NOW + timedelta(days=number if number > 100 else -number)
    key = UUID(int=number * 100 + list(MODULES).index(strand))
    return Met(
        *(key, MODULES[strand], start, 60, strand if known else "", state, noted),
        ahead=number > 100,
        goes=goes,
    )


def everything() -> list[Met]:
    found = [met(strand, 1) for strand in MODULES if strand.startswith(("lecture", "first", "clo"))]
    return found + [met(strand, n) for strand in ("relaxation", "exercise") for n in range(1, 7)]


def part(found: Completion, strand: str):
    return next(one for one in found.parts if one.strand == strand)


def test_that_all_core_and_enough_of_a_series_completes_the_programme() -> None:
    found = completion(CONTENT, everything())

    assert found.complete
    assert found.told == "Completed: every core part is done."
    assert part(found, "relaxation").told == "6 of at least 6 (of 8)"


def test_that_five_of_eight_are_not_enough() -> None:
    found = completion(CONTENT, everything()[:-1])

    assert not found.complete
    assert found.told == ("7 of 8 core parts are done. 1 meeting must be made up: Exercise.")


def test_that_what_lies_ahead_may_be_enough() -> None:
    found = completion(CONTENT, [*everything()[:-1], met("exercise", 101, None)])

    assert part(found, "exercise").state is PartState.ON_THE_WAY
    assert part(found, "exercise").told == "5 of at least 6 (of 8), 1 ahead"
    assert found.lacking == ()


def test_that_what_nobody_noted_may_still_count() -> None:
    found = completion(CONTENT, [*everything()[:-1], met("exercise", 7, None)])

    assert part(found, "exercise").told == "5 of at least 6 (of 8), 1 not noted"
    assert found.lacking == ()


@pytest.mark.parametrize(
    ("state", "noted", "counts"),
    [
        (AttendanceState.PRESENT, None, True),
        (AttendanceState.LATE, 20, True),
        (AttendanceState.PARTLY, None, True),
        (AttendanceState.PARTLY, 30, True),
        (AttendanceState.PARTLY, 29, False),
        (AttendanceState.EXCUSED, None, False),
        (AttendanceState.ABSENT, None, False),
        (AttendanceState.NO_SHOW, None, False),
    ],
)
def test_that_who_came_for_half_of_it_has_met_it(
    state: AttendanceState, noted: int | None, *, counts: bool
) -> None:
    one = met("lecture_a", 1, state, noted=noted)

    assert (one.counts, one.missed) == (counts, not counts)


def test_that_a_missed_lecture_must_be_made_up() -> None:
    missed = met("lecture_b", 3, AttendanceState.EXCUSED)
    others = [one for one in everything() if one.strand != "lecture_b"]

    found = part(completion(CONTENT, [*others, missed]), "lecture_b")

    assert found.state is PartState.LACKING
    assert found.missed == (missed,)


def test_that_an_absence_told_before_is_not_ahead_any_more() -> None:
    told = met("lecture_b", 103, AttendanceState.EXCUSED)

    assert part(completion(CONTENT, [told]), "lecture_b").lacking == 1


def test_that_an_opt_out_is_missed_and_not_ahead() -> None:
    found = part(completion(CONTENT, [met("lecture_b", 103, None, goes=False)]), "lecture_b")

    assert (found.ahead, found.lacking, len(found.missed)) == (0, 1, 1)


def test_that_a_module_counts_wherever_it_was_met_and_each_time_once() -> None:
    elsewhere = met("lecture_b", 5, known=False)

    found = part(completion(CONTENT, [elsewhere, elsewhere]), "lecture_b")

    assert (found.done, found.state) == (1, PartState.DONE)


def test_that_a_visit_without_a_time_is_to_be_booked() -> None:
    found = completion(CONTENT, [one for one in everything() if one.strand != "closing_visit"])

    assert part(found, "closing_visit").state is PartState.UNBOOKED
    assert found.told.endswith("To be booked: Closing visit and last measurement.")


def test_that_what_is_not_core_is_besides() -> None:
    found = completion(CONTENT, [*everything(), met("sleep", 1)])

    assert part(found, "sleep").state is PartState.EXTRA
    assert found.complete
