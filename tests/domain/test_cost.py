from painprogram.domain.cost import Load, cost, load, weeks_of
from painprogram.domain.people import Profession
from painprogram.domain.programmes import (
    Commitment,
    Content,
    Module,
    ModuleKind,
    Need,
    Placement,
    Strand,
    Text,
)
from painprogram.usecases import programmes

PHYSIOTHERAPIST = Need((Profession.PHYSIOTHERAPIST,))
PHYSICIAN = Need((Profession.PHYSICIAN,))
PHARMACIST = Need((Profession.PHARMACIST,))
EITHER = Need((Profession.PHYSIOTHERAPIST, Profession.PSYCHOLOGIST))


def programme(module: Module, strand: Strand) -> Content:
    name = Text({"sv": "Test"})
    return Content("test", name, 8, 6, 10, (module,), (strand,), Commitment(()))


def module(*needs: Need, kind: ModuleKind = ModuleKind.LECTURE) -> Module:
    return Module("m", kind, Text({"sv": "M"}), 90, needs, preparation=20, wrap_up=10)


def test_that_preparation_and_wrap_up_are_staff_and_room_time() -> None:
    content = programme(module(PHYSIOTHERAPIST), Strand("s", "m", Placement.SERIES, 8))

    found = cost(content, 10)

    assert found.staff == ((PHYSIOTHERAPIST, 8 * 120),)
    assert found.room == 8 * 120
    assert found.staff_minutes_per_patient == 96


def test_that_two_leaders_at_once_cost_twice_and_need_one_room() -> None:
    found = cost(programme(module(PHYSICIAN, PHARMACIST), Strand("s", "m", Placement.ONCE)), 10)

    assert found.staff == ((PHYSICIAN, 120), (PHARMACIST, 120))
    assert (found.staff_minutes, found.room) == (240, 120)


def test_that_a_visit_costs_once_for_each_patient() -> None:
    visit = module(EITHER, kind=ModuleKind.INDIVIDUAL)

    found = cost(programme(visit, Strand("s", "m", Placement.VISIT)), 10)

    assert found.staff == ((EITHER, 1200),)
    assert found.room == 1200
    assert found.visits_instead == 27


def test_that_what_is_linked_in_costs_its_owner() -> None:
    linked = module(PHYSICIAN, kind=ModuleKind.LINKED)

    found = cost(programme(linked, Strand("s", "m", Placement.LINKED)), 10)

    assert (found.staff, found.room) == ((), 0)


def test_that_the_founding_programme_costs_what_its_table_says() -> None:
    found = cost(programmes.template("smarthantering"), 12)

    assert dict(found.staff) == {
        PHYSIOTHERAPIST: 8 * 60 + 8 * 80 + 110,
        EITHER: 12 * (80 + 60 + 40),
        PHYSICIAN: 110,
        PHARMACIST: 110,
        Need((Profession.OCCUPATIONAL_THERAPIST,)): 110,
        Need((Profession.PSYCHOLOGIST,)): 110,
    }
    assert found.room == 8 * 60 + 8 * 80 + 4 * 110 + 12 * 180


def test_that_the_founding_programme_asks_of_a_patient_what_its_table_says() -> None:
    both, with_lecture = 45 + 60, 45 + 60 + 90

    assert load(programmes.template("smarthantering")) == Load(
        before=60,
        weeks=(both, with_lecture, with_lecture, both, with_lecture, both, with_lecture, both + 45),
        after=30,
        any_week=180,
    )


def test_that_a_rhythm_is_counted_in_programme_weeks() -> None:
    assert weeks_of(Strand("s", "m", Placement.SERIES, 3, 4, week=3)) == (3, 7, 11)
    assert weeks_of(Strand("s", "m", Placement.LINKED)) == ()
