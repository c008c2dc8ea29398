"""A sound database passes; whatever breaks a rule behind the program's back is named."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from sqlalchemy import Connection, insert, select, update

from painprogram.domain.groups import Group
from painprogram.domain.patients import Enrolment
from painprogram.domain.people import Centre
from painprogram.domain.rules import Rule
from painprogram.domain.sessions import Session
from painprogram.storage.ids import new_id
from painprogram.storage.tables import (
    CommitmentRow,
    DeviationRow,
    EnrolmentRow,
    GroupRow,
    LinkRow,
    SessionRow,
    StaffRow,
    access_entry,
)
from painprogram.usecases import Database, checks, commitments, schedules, sessions
from painprogram.usecases.checks import FindingKind
from tests import make

LONG_AGO = date(2020, 1, 1)


@dataclass
class World:
    database: Database
    centre: Centre
    group: Group
    place: Enrolment
    first: Session

    def break_it(self, change: Callable[[Connection], object]) -> None:
        """Write past the program, as a stray tool or a damaged disk would."""
        with self.database.raw() as connection:
            change(connection)
            connection.commit()

    def faults(self) -> list[str]:
        return [one.text for one in checks.check(self.database, make.TODAY) if one.broken]


@pytest.fixture
def world(database: Database) -> World:
    centre = make.furnished(database)
    group = make.group(database, centre)
    place = make.placed(database, centre, group.id)
    return World(
        database, centre, group, place, make.of_strand(database, group.id, "relaxation")[0]
    )


def test_that_a_sound_database_has_no_faults(world: World) -> None:
    schedules.opt_out(world.database, world.place.id, world.first.id, "Away that week")
    written = commitments.write(
        world.database,
        commitments.commitment(world.database, world.place.id),
        sentences=["I come"],
        goals=["Walk"],
        home=[],
    )
    person = world.first.leaders[0].staff_id
    commitments.agree(world.database, written, make.TODAY, person)

    assert checks.check(world.database, make.TODAY) == ()


def add_clash(world: World) -> None:
    with make.unwatched(world.database, world.centre, Rule.PATIENT):
        schedules.add_visit(world.database, world.place.id, world.first.start, 45, title="Talk")


def test_that_a_clash_ahead_is_told_and_is_no_fault(world: World) -> None:
    add_clash(world)

    (found,) = checks.check(world.database, make.TODAY)

    assert found.kind is FindingKind.CLASH
    assert not found.broken
    assert "Relaxation 1" in found.text


def test_that_a_clash_behind_is_not_told(world: World) -> None:
    add_clash(world)

    assert checks.check(world.database, date(2030, 1, 1)) == ()


def test_that_checking_shows_nobody_and_logs_no_reading(world: World) -> None:
    def entries() -> int:
        with world.database.raw() as connection:
            return len(connection.execute(select(access_entry.c.id)).all())

    before = entries()
    checks.check(world.database, make.TODAY)

    assert entries() == before


def test_that_too_many_places_are_found(world: World) -> None:
    make.placed(world.database, world.centre, world.group.id, 1)
    world.break_it(lambda c: c.execute(update(GroupRow).values(maximum=1)))

    assert "H26 A has 1 places, but 2 are taken." in world.faults()


def test_that_a_place_that_ends_before_it_begins_is_found(world: World) -> None:
    world.break_it(lambda c: c.execute(update(EnrolmentRow).values(last=LONG_AGO)))

    assert world.faults() == [f"The place {world.place.id} ends before it begins."]


def test_that_a_missing_session_of_a_strand_is_found(world: World) -> None:
    world.break_it(
        lambda c: c.execute(
            update(SessionRow).where(SessionRow.id == world.first.id).values(number=9)
        )
    )

    assert world.faults() == [
        "H26 A: the sessions of relaxation are numbered 2, 3, 4, 5, 6, 7, 8, 9."
    ]


def test_that_a_session_the_programme_does_not_know_is_found(world: World) -> None:
    world.break_it(
        lambda c: c.execute(
            update(SessionRow).where(SessionRow.id == world.first.id).values(module="yoga")
        )
    )

    assert "strand relaxation with module yoga" in world.faults()[0]


def test_that_a_session_of_no_length_is_found(world: World) -> None:
    world.break_it(
        lambda c: c.execute(
            update(SessionRow).where(SessionRow.id == world.first.id).values(minutes=0)
        )
    )

    assert "must end after it starts" in world.faults()[0]


@pytest.mark.parametrize("kind", ["swap", "addition", "holiday"])
def test_that_a_difference_of_the_wrong_kind_is_found(world: World, kind: str) -> None:
    schedules.opt_out(world.database, world.place.id, world.first.id, "Away that week")
    world.break_it(lambda c: c.execute(update(DeviationRow).values(kind=kind)))

    assert any(f"is no {kind}." in fault for fault in world.faults())


def test_that_a_difference_from_another_groups_session_is_found(world: World) -> None:
    other = make.group(world.database, world.centre, "H26 B")
    theirs = make.of_strand(world.database, other.id, "relaxation")[0]
    schedules.opt_out(world.database, world.place.id, world.first.id, "Away that week")
    world.break_it(lambda c: c.execute(update(DeviationRow).values(session_id=theirs.id)))

    assert "is from a session of another group." in world.faults()[0]


def test_that_a_swap_to_another_module_is_found(world: World) -> None:
    other = make.group(world.database, world.centre, "H26 B")
    relaxation = make.of_strand(world.database, other.id, "relaxation")[0]
    exercise = make.of_strand(world.database, other.id, "exercise")[0]
    schedules.swap(world.database, world.place.id, world.first.id, relaxation.id, "Works that day")
    world.break_it(lambda c: c.execute(update(DeviationRow).values(to_session_id=exercise.id)))

    assert "to a session of another module." in world.faults()[0]


def test_that_what_belongs_to_another_patient_is_found(world: World) -> None:
    stranger = make.patient(world.database, world.centre, number=1)
    schedules.opt_out(world.database, world.place.id, world.first.id, "Away that week")
    world.break_it(lambda c: c.execute(update(DeviationRow).values(patient_id=stranger.id)))

    assert "belongs to one patient, its place to another." in world.faults()[0]


def test_that_a_link_to_what_is_no_open_lecture_is_found(world: World) -> None:
    other = make.group(world.database, world.centre, "H26 B")
    world.break_it(
        lambda c: c.execute(
            insert(LinkRow).values(
                id=new_id(),
                version=1,
                group_id=other.id,
                session_id=world.first.id,
                strand="sleep",
                number=1,
                quota=12,
            )
        )
    )

    assert "is to a session that is no open lecture." in world.faults()[0]


def test_that_an_unknown_profession_is_found(world: World) -> None:
    world.break_it(lambda c: c.execute(update(StaffRow).values(profession="wizard")))

    assert "“wizard” is unknown (StaffRow.profession)." in world.faults()


def test_that_a_missing_version_of_a_commitment_is_found(world: World) -> None:
    commitments.write(
        world.database,
        commitments.commitment(world.database, world.place.id),
        sentences=["I come"],
        goals=[],
        home=[],
    )
    world.break_it(lambda c: c.execute(update(CommitmentRow).values(number=2)))

    assert "has a version missing." in world.faults()[0]


def test_that_clashes_wait_until_what_is_broken_is_mended(world: World) -> None:
    add_clash(world)
    sessions.move(world.database, world.first.id, datetime(2027, 1, 12, 14))
    world.break_it(lambda c: c.execute(update(EnrolmentRow).values(last=LONG_AGO)))

    assert {one.kind for one in checks.check(world.database, make.TODAY)} == {FindingKind.RULE}
