"""Who can step in: pure values, no database."""

from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

from painprogram.domain.availability import Availability, Span, StaffTime, WorkingTime
from painprogram.domain.clashes import Occasion
from painprogram.domain.diary import Diary
from painprogram.domain.openings import Opening
from painprogram.domain.people import Profession
from painprogram.domain.programmes import Need
from painprogram.domain.substitutes import (
    Choice,
    Colleague,
    Solution,
    Standing,
    Substitute,
    Vacancy,
    best_for_all,
    ranked,
)

TUESDAY = datetime(2026, 11, 10)
HERE, THERE, OURS, THEIRS = uuid4(), uuid4(), uuid4(), uuid4()
PHYSIO, DOCTOR, CHEMIST = (
    Profession.PHYSIOTHERAPIST,
    Profession.PHYSICIAN,
    Profession.PHARMACIST,
)


def occasion(hour: int, *staff: UUID, title: str = "Avslappning 3 (H26 A)") -> Occasion:
    start = TUESDAY.replace(hour=hour)
    return Occasion(uuid4(), title, start, start + timedelta(hours=1), frozenset(staff))


def vacancy(
    hour: int = 10,
    *,
    needs: tuple[Need, ...] = (Need((PHYSIO,)),),
    others: tuple[Profession, ...] = (),
    profession: Profession = PHYSIO,
    series: str = "a",
) -> Vacancy:
    away = uuid4()
    held = occasion(hour, away)
    return Vacancy(
        held, away, profession, HERE, OURS, "avslappning", "Avslappning", series, needs, others
    )


def colleague(
    name: str,
    profession: Profession = PHYSIO,
    *,
    centre: UUID = HERE,
    provider: UUID = OURS,
    competences: tuple[str, ...] = (),
    led: int = 0,
) -> Colleague:
    return Colleague(
        uuid4(),
        name,
        profession,
        centre,
        "Norra" if centre == THERE else "Ekbacken",
        provider,
        competences,
        {"avslappning": led} if led else {},
    )


def names(found: tuple[Substitute, ...]) -> list[str]:
    return [one.name for one in found]


def nowhere(_vacancy: Vacancy) -> tuple[Opening, ...]:
    return ()


def test_that_only_those_who_fill_what_would_be_missing_can_step_in() -> None:
    people = [colleague("Anna"), colleague("Per", CHEMIST), colleague("Karin", DOCTOR)]
    lecture = vacancy(
        needs=(Need((DOCTOR,)), Need((CHEMIST,))), others=(DOCTOR,), profession=CHEMIST
    )
    assert names(ranked(lecture, people, Diary(), StaffTime())) == ["Per"]
    assert names(ranked(vacancy(), people, Diary(), StaffTime())) == ["Anna"]


def test_that_a_need_either_profession_fills_is_filled_by_either() -> None:
    people = [colleague("Per", CHEMIST), colleague("Karin", DOCTOR)]
    either = vacancy(needs=(Need((DOCTOR, CHEMIST)),), profession=DOCTOR)
    assert names(ranked(either, people, Diary(), StaffTime())) == ["Karin", "Per"]


def test_that_an_extra_leader_is_replaced_by_the_same_profession() -> None:
    people = [colleague("Anna"), colleague("Karin", DOCTOR)]
    extra = vacancy(others=(PHYSIO,), profession=DOCTOR)
    assert names(ranked(extra, people, Diary(), StaffTime())) == ["Karin"]


def test_that_the_own_centre_comes_before_another_and_that_before_another_provider() -> None:
    people = [
        colleague("Afar", centre=THERE, provider=THEIRS),
        colleague("Bror", centre=THERE),
        colleague("Cia"),
    ]
    found = ranked(vacancy(), people, Diary(), StaffTime())
    assert names(found) == ["Cia", "Bror", "Afar"]
    assert "from Norra" in found[1].reasons
    assert not any("from" in reason for reason in found[0].reasons)


def test_that_who_knows_the_module_comes_before_who_does_not() -> None:
    people = [
        colleague("Anna"),
        colleague("Bo", led=6),
        colleague("Cia", competences=("Avslappning",)),
    ]
    found = ranked(vacancy(), people, Diary(), StaffTime())
    assert names(found) == ["Bo", "Cia", "Anna"]
    assert "has led it 6 times" in found[0].reasons
    assert "trained for it" in found[1].reasons


def test_that_who_has_least_to_do_that_week_comes_first() -> None:
    anna, bo = colleague("Anna"), colleague("Bo")
    diary = Diary([occasion(14, anna.id)])
    found = ranked(vacancy(), [anna, bo], diary, StaffTime())
    assert names(found) == ["Bo", "Anna"]
    assert found[1].reasons == ("free", "1 h in week 46")


def test_that_who_is_taken_comes_last_with_what_takes_them() -> None:
    anna, bo, cia = colleague("Anna"), colleague("Bo"), colleague("Cia", led=3)
    wanted = vacancy()
    diary = Diary([occasion(10, cia.id, title="Fysisk träning 2 (H26 B)")])
    times = StaffTime(
        {
            anna.id: Availability(week=(WorkingTime(1, time(13), time(17)),)),
            bo.id: Availability(absent=(Span(TUESDAY, TUESDAY + timedelta(days=1)),)),
        }
    )
    found = ranked(wanted, [anna, bo, cia], diary, times)
    assert [(one.name, one.standing, one.against) for one in found] == [
        ("Anna", Standing.ASK, ("does not work then",)),
        ("Cia", Standing.TAKEN, ("has Fysisk träning 2 (H26 B) 10:00–11:00",)),
        ("Bo", Standing.TAKEN, ("absent",)),
    ]


def test_that_busy_elsewhere_is_told_without_what_it_is() -> None:
    anna = colleague("Anna")
    busy = Span(TUESDAY.replace(hour=9), TUESDAY.replace(hour=11))
    found = ranked(vacancy(), [anna], Diary(), StaffTime({anna.id: Availability(busy=(busy,))}))
    assert found[0].standing is Standing.ASK
    assert found[0].against == ("busy elsewhere 9:00–11:00",)
    assert found[0].why.startswith("busy elsewhere")


def test_that_nobody_steps_in_twice_at_the_same_time() -> None:
    anna, bo = colleague("Anna"), colleague("Bo")
    solved = best_for_all(
        [vacancy(10, series="a"), vacancy(10, series="b")],
        [anna, bo],
        Diary(),
        StaffTime(),
        nowhere,
    )
    assert {one.best.staff_id for one in solved} == {anna.id, bo.id}


def test_that_a_series_keeps_its_substitute() -> None:
    anna, bo = colleague("Anna"), colleague("Bo")
    solved = best_for_all(
        [vacancy(hour, series="a") for hour in (8, 10, 14)],
        [anna, bo],
        Diary(),
        StaffTime(),
        nowhere,
    )
    assert {one.best.staff_id for one in solved} == {anna.id}


def test_that_another_time_is_taken_when_nobody_is_free_and_is_then_taken() -> None:
    room = uuid4()
    opening = Opening(TUESDAY.replace(day=17, hour=10), TUESDAY.replace(day=17, hour=10), 60, room)
    asked: list[bool] = []
    diary = Diary()

    def elsewhere(_one: Vacancy) -> tuple[Opening, ...]:
        free = diary.meets(room, opening.first, opening.first + timedelta(hours=1)) is None
        asked.append(free)
        return (opening,) if free else ()

    first, second = vacancy(10), vacancy(11)
    solved = best_for_all([second, first], [], diary, StaffTime(), elsewhere)
    assert asked == [True, False]
    assert [one.best for one in solved] == [
        Choice(first.occasion.id, Solution.MOVE, start=opening.first, room_id=room),
        Choice(second.occasion.id, Solution.LEAVE),
    ]


def test_that_nothing_is_cancelled_without_being_asked_for() -> None:
    [solved] = best_for_all([vacancy()], [], Diary(), StaffTime(), nowhere)
    assert solved.best.solution is Solution.LEAVE


def test_that_who_must_be_asked_is_chosen_when_there_is_no_other_way() -> None:
    anna = colleague("Anna")
    times = StaffTime({anna.id: Availability(week=(WorkingTime(4, time(8), time(9)),))})
    [solved] = best_for_all([vacancy()], [anna], Diary(), times, nowhere)
    assert solved.best == Choice(solved.vacancy.occasion.id, Solution.SUBSTITUTE, anna.id)
