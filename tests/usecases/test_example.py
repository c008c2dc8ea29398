"""The example is a whole cluster, the same everywhere on the same day, and sound."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from painprogram import i18n, resources
from painprogram.domain.actors import Actor
from painprogram.domain.availability import Weeks
from painprogram.domain.errors import Cancelled, Refused
from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.identity import IdentityKind
from painprogram.domain.planning import monday
from painprogram.domain.progress import Progress
from painprogram.domain.rules import Rule
from painprogram.domain.schedule import LineKind
from painprogram.domain.ways import WayStatus
from painprogram.usecases import (
    Database,
    availability,
    centres,
    checks,
    clashes,
    commitments,
    confirming,
    enrolments,
    example,
    groups,
    history,
    laps,
    patients,
    publications,
    reprints,
    rooms,
    schedules,
    sessions,
    staff,
    way_lists,
)
from tests.make import TODAY

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
DAY = timedelta(days=1)
ACTOR = Actor("Whoever asked")


@pytest.fixture(scope="module")
def _built() -> Iterator[dict[str, Database]]:
    """Building takes seconds, and these tests only read: one for each engine."""
    made: dict[str, Database] = {}
    yield made
    for database in made.values():
        database.close()


@pytest.fixture
def built(
    engine: str,
    _built: dict[str, Database],
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Database:
    """The example of 22 November 2026, to be read only."""
    if engine not in _built:
        url = (
            str(tmp_path_factory.mktemp("built") / "example.ppdb")
            if engine == "sqlite"
            else request.getfixturevalue("_databases").make()
        )
        _built[engine] = Database.open(url, actor=ACTOR)
        example.build(_built[engine], TODAY)
    return _built[engine]


def opened(folder: Path) -> Database:
    return Database.open(str(folder / "other.ppdb"), actor=ACTOR)


def running(database: Database) -> Group:
    return next(g for g in groups.groups(database) if g.letter == "A")


def places(database: Database) -> list[schedules.OwnSchedule]:
    return [
        schedules.own(database, place.id)
        for found in patients.find(database)
        for place in patients.enrolments(database, found.id)
    ]


def test_that_it_is_a_cluster_of_four_centres_and_two_care_providers(built: Database) -> None:
    found = centres.centres(built)
    people = staff.staff(built)

    assert len(found) == 4
    assert sorted(Counter(c.provider_name for c in found).values()) == [1, 3]
    assert len(people) == 25
    assert len({person.profession for person in people}) == 8
    assert len(rooms.rooms(built)) == 9


def test_that_most_of_sixty_patients_are_placed_in_six_groups(built: Database) -> None:
    found = [group for group in groups.groups(built) if not group.activity]

    assert len({one.id for one in patients.find(built)}) == 60
    assert {g.letter: (g.status, g.taken) for g in found} == {
        "A": (GroupStatus.CLOSED, 11),
        "B": (GroupStatus.OPEN, 8),
        "C": (GroupStatus.DRAFT, 11),
        "D": (GroupStatus.OPEN, 3),
        "E": (GroupStatus.OPEN, 3),
        "G": (GroupStatus.CLOSED, 6),
    }
    assert all(g.taken <= g.maximum for g in found)


def test_that_one_group_is_halfway_and_others_lie_ahead(built: Database) -> None:
    halfway = sessions.sessions(built, running(built).id)
    behind = [s for s in halfway if s.start.date() < TODAY]
    ahead = {g.letter: g.start for g in groups.groups(built) if g.start > TODAY and not g.activity}

    assert len(halfway) / 3 < len(behind) < 2 * len(halfway) / 3
    weeks = {letter: (start - monday(TODAY)).days // 7 for letter, start in ahead.items()}
    assert weeks == {"E": 3, "B": 4, "C": 8}


def test_that_an_open_group_goes_round_one_is_paused_and_one_near_its_decision(
    built: Database,
) -> None:
    rolling, deciding, paused = (
        next(g for g in groups.groups(built) if g.letter == letter) for letter in "DEG"
    )

    assert rolling.rolling
    assert sum(one.free > 0 and one.whole for one in laps.entry_points(built, rolling.id, TODAY))
    assert (deciding.taken < deciding.minimum, deciding.decide_on) == (True, TODAY + 4 * DAY)
    assert paused.paused
    assert way_lists.without_next_step(built) == ()
    proposed = confirming.to_confirm(built, today=TODAY)
    assert {one.status for one in proposed} == {WayStatus.UNDER_WAY}


def test_that_groups_link_in_the_lectures_of_their_centre(
    built: Database,
) -> None:
    linked = [
        {s.strand for s in sessions.sessions(built, group.id) if s.linked}
        for group in groups.groups(built)
        if group.letter in "ABCE"
    ]

    assert linked == [{"sleep", "stress"}] * 4


def test_that_two_clashes_lie_ahead_and_no_more(built: Database) -> None:
    found = clashes.found(built, FIRST, LAST)

    assert sorted(clash.rule for clash in found) == [Rule.ABSENT, Rule.PATIENT]
    assert all(clash.open for clash in found)
    assert all(clash.start.date() > TODAY for clash in found)


def test_that_the_first_look_shows_a_draft_sheets_to_print_and_who_works_when(
    built: Database,
) -> None:
    pending = {state.group_name: state.changes for state in publications.pending(built)}
    late = reprints.queue(built, None, TODAY).sheets
    weeks = [availability.week_of(built, person.id) for person in staff.staff(built)]

    assert sorted(pending.values()) == [0, 1]
    assert len(late) == 11
    assert all(one.changes for one in late)
    assert all(weeks)
    assert {part.weeks for week in weeks for part in week} == set(Weeks)


def test_that_everything_that_must_hold_does(built: Database) -> None:
    assert [one.text for one in checks.check(built, TODAY) if one.broken] == []


def test_that_only_published_test_numbers_are_used(built: Database) -> None:
    known = {
        number
        for kind in ("personnummer", "samordningsnummer")
        for number in resources.path("example", f"{kind}.txt").read_text("ascii").split()
    }
    every = [patients.patient(built, one.id).identity for one in patients.find(built)]
    kinds = Counter(identity.kind for identity in every)

    assert {i.number for i in every if i.kind is not IdentityKind.RESERVE} <= known
    assert kinds[IdentityKind.RESERVE] == 1
    assert kinds[IdentityKind.COORDINATION] == 4


def test_that_languages_needs_and_a_protected_identity_are_there(built: Database) -> None:
    found = patients.find(built)
    protected = [patients.patient(built, one.id) for one in found if one.protected]

    assert {one.language for one in found} >= {"sv", "ar", "fa", "so", "uk", "fi", "en"}
    assert any(one.interpreter for one in found)
    assert any(one.access for one in found)
    assert [patient.address for patient in protected] == [""]


def test_that_there_are_own_schedules_of_every_kind_with_their_reasons(built: Database) -> None:
    lines = [line for own in places(built) for line in own.lines]
    kinds = {line.kind for line in lines}
    deviating = {LineKind.OPT_OUT, LineKind.SWAP, LineKind.ADDITION}

    assert kinds >= set(LineKind) - {LineKind.PAUSED}
    assert all(line.reason for line in lines if line.kind in deviating)


def test_that_most_commitments_are_agreed_after_the_first_visit(built: Database) -> None:
    found = [commitments.history(built, own.enrolment.id) for own in places(built)]
    written = [versions for versions in found if versions]

    assert len(written) == 16
    assert sum(any(v.agreed_on for v in versions) for versions in written) == 15
    assert all(v.goals and v.home for versions in written for v in versions)
    assert all(v.agreed_on <= TODAY for versions in written for v in versions if v.agreed_on)


def test_that_colleagues_of_the_example_made_it_and_nothing_can_be_undone(built: Database) -> None:
    names = {person.name for person in staff.staff(built)}

    assert {entry.who for entry in history.entries(built, 1000)} <= names
    assert built.actor == ACTOR
    assert history.labels(built) == (None, None)


def test_that_it_is_the_same_everywhere_on_the_same_day(built: Database, tmp_path: Path) -> None:
    def told(database: Database) -> list[object]:
        every = groups.groups(database)
        return [
            every,
            [sessions.sessions(database, group.id) for group in every],
            [patients.patient(database, one.id) for one in patients.find(database)],
            [own.lines for own in places(database)],
        ]

    other = opened(tmp_path)
    i18n.set_language("sv")
    example.build(other, TODAY)
    i18n.set_language("en")

    assert told(other) == told(built)
    other.close()


@pytest.mark.parametrize("today", [date(2026, 12, 12), date(2027, 3, 28)])
def test_that_red_days_do_not_make_it_clash(today: date, tmp_path: Path) -> None:
    database = opened(tmp_path)

    example.build(database, today)

    assert len(clashes.found(database, FIRST, LAST)) == 2
    database.close()


def test_that_a_database_with_something_in_it_is_refused_and_unchanged(built: Database) -> None:
    before = history.entries(built, 1)

    with pytest.raises(Refused, match="empty database"):
        example.build(built, TODAY)

    assert history.entries(built, 1) == before


def test_that_it_tells_how_far_it_is_and_can_be_cancelled(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []

    def tell(fraction: float, text: str) -> None:
        told.append((fraction, text))
        if text == "Patients":
            progress.cancel()

    progress = Progress(tell)
    database = opened(tmp_path)

    with pytest.raises(Cancelled):
        example.build(database, TODAY, progress)

    assert [text for _f, text in told][-1] == "Patients"
    assert [fraction for fraction, _t in told] == sorted(fraction for fraction, _t in told)
    assert enrolments.names(database, groups.groups(database)[0].id) == ()
    assert database.actor == ACTOR
    database.close()
