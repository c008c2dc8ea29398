"""Whatever is changed, in whatever order: the queue is what rendering each sheet says."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from painprogram.domain.errors import Refused
from painprogram.domain.patients import Enrolment
from painprogram.storage.database import Database
from painprogram.storage.tables import PrintRow
from painprogram.usecases import (
    centres,
    commitments,
    enrolments,
    groups,
    patients,
    printed,
    publications,
    reprints,
    schedules,
    sessions,
    several,
    sheets,
    staff,
    swaps,
)
from tests import make
from tests.usecases.handed_out import LATER, print_all, published

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def there(database: Database):
    return published(database)


def by_rendering(database: Database, places: tuple[Enrolment, ...]) -> set[UUID]:
    """The definition, asked sheet by sheet: the digest of now against that of the last print."""
    late = set()
    for place in places:
        if patients.enrolments(database, place.patient_id)[0].last is not None:
            continue
        with database.read_patients("test") as db:
            filled = sheets.content(db, place.id, LATER, None)
        with database.raw() as connection:
            last = connection.execute(
                select(PrintRow.digest)
                .where(
                    PrintRow.patient_id == place.patient_id,
                    PrintRow.group_id == place.group_id,
                    PrintRow.language == filled.own,
                )
                .order_by(PrintRow.number.desc())
            ).scalar()
        if last != printed.digest(filled.sheet):
            late.add(place.id)
    return late


class Changing:
    """Random changes through the use cases."""

    def __init__(self, database: Database, there: Any, seed: int) -> None:
        self.database = database
        self.where, *_groups, self.places = there
        self.random = random.Random(seed)  # noqa: S311 -- repeatable
        self.verbs: list[Callable[[], object]] = [
            self.move,
            self.move,
            self.cancel,
            self.lead,
            self.publish,
            self.publish,
            self.opt_out,
            self.swap,
            self.follow,
            self.visit,
            self.rename,
            self.phone,
            self.language,
            self.promise,
            self.leave,
            self.print_some,
            self.copy,
            self.undo,
        ]

    def step(self) -> str:
        verb = self.random.choice(self.verbs)
        try:
            verb()
        except Refused:
            return f"{verb.__name__} refused"
        return verb.__name__

    @property
    def group(self) -> Any:
        return self.random.choice(groups.groups(self.database))

    @property
    def place(self) -> Any:
        return self.random.choice(self.places)

    def session(self, group: Any) -> Any:
        held = sessions.sessions(self.database, group.id)
        return self.random.choice(held)

    def move(self) -> None:
        one = self.session(self.group)
        days = self.random.choice((-1, 0, 0, 1))
        sessions.move(
            self.database,
            one.id,
            one.start + days * DAY + self.random.choice((-1, 1)) * HOUR,
            reason="slump",
        )

    def cancel(self) -> None:
        one = self.session(self.group)
        sessions.cancel(self.database, one.id, cancelled=not one.cancelled)

    def lead(self) -> None:
        one = self.session(self.group)
        who = self.random.choice(staff.staff(self.database))
        sessions.change_leaders(self.database, one.id, [who.id], reason="slump")

    def publish(self) -> None:
        publications.publish(self.database, self.group.id)

    def opt_out(self) -> None:
        place = self.place
        held = sessions.sessions(self.database, place.group_id)
        schedules.opt_out(self.database, place.id, self.random.choice(held).id, "slump")

    def swap(self) -> None:
        place = self.place
        one = self.random.choice(sessions.sessions(self.database, place.group_id))
        others = swaps.alternatives(self.database, place.id, one.id, make.TODAY)
        if others:
            other = self.random.choice(others).session
            schedules.swap(self.database, place.id, one.id, other.id, "slump", because="slump")

    def follow(self) -> None:
        own = schedules.own(self.database, self.place.id).lines
        differing = [line.deviation_id for line in own if line.instead_of or not line.attends]
        if differing and differing[0]:
            schedules.follow_base(self.database, differing[0])

    def visit(self) -> None:
        start = datetime(2027, 1, self.random.randint(12, 28), 7)
        schedules.add_visit(self.database, self.place.id, start, 30, title="Samtal")

    def rename(self) -> None:
        one = patients.patient(self.database, self.place.patient_id)
        name = self.random.choice(("Ny", "Öberg"))
        patients.update(self.database, replace(one, family_name=name))

    def phone(self) -> None:
        centre = centres.centre(self.database, self.where.id)
        phone = self.random.choice(("036-1", "036-2"))
        centres.update(self.database, replace(centre, phone=phone))

    def language(self) -> None:
        one = patients.patient(self.database, self.place.patient_id)
        patients.update(self.database, replace(one, language=self.random.choice(("sv", "en"))))

    def promise(self) -> None:
        shown = commitments.commitment(self.database, self.place.id)
        goals = self.random.choice(([], ["Gå"]))
        commitments.write(self.database, shown, sentences=shown.sentences, goals=goals, home=[])

    def leave(self) -> None:
        if self.random.random() < 0.2:
            enrolments.leave(self.database, self.place.id, LATER, "slump")

    def print_some(self) -> None:
        some = self.random.sample(self.places, 2)
        print_all(self.database, tuple(some))

    def copy(self) -> None:
        one = self.session(self.group)
        several.copy(self.database, {one.id: one.start + 7 * DAY})

    def undo(self) -> None:
        self.database.undo()


@pytest.mark.parametrize("seed", range(2))
def test_that_the_queue_is_what_rendering_says_whatever_is_changed(
    database: Database, there, seed: int
) -> None:
    changing = Changing(database, there, seed)
    done: list[str] = []
    for _step in range(12):
        done += [changing.step() for _many in range(3)]
        found = reprints.queue(database, None, LATER)
        assert {one.enrolment_id for one in found.sheets} == by_rendering(
            database, changing.places
        ), done
        assert all(one.changes for one in found.sheets), done
        assert reprints.count(database, LATER).sheets == len(found.sheets)
