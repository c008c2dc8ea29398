"""Only some of the schedule: by group, leader, room and kind; what is left out is said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from painprogram.domain.groups import Group
from painprogram.domain.people import Profession
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.sessions import Leader, Session, Visit
from painprogram.gui.sessions.filter_bar import FilterBar
from painprogram.gui.sessions.filters import Filters, Sort
from painprogram.gui.sessions.shown import LaneKind
from painprogram.settings import Settings
from tests import make
from tests.gui.sessions.screen import Screen

ANNA = Leader(uuid4(), "Anna Berg", Profession.PHYSIOTHERAPIST)
SESSION = Session(
    id=uuid4(),
    group_id=uuid4(),
    centre_id=uuid4(),
    strand="a",
    module="a",
    kind=ModuleKind.RELAXATION,
    number=1,
    of=1,
    title="Relaxation",
    card_title="Relaxation",
    start=datetime(2027, 1, 11, 9),
    minutes=45,
    group_name="H26 A",
    room_id=uuid4(),
    leaders=(ANNA,),
)
VISIT = Visit(
    id=uuid4(),
    enrolment_id=uuid4(),
    patient_id=uuid4(),
    centre_id=SESSION.centre_id,
    kind=ModuleKind.INDIVIDUAL,
    title="Visit",
    start=SESSION.start,
    minutes=45,
    group_id=SESSION.group_id,
    group_name="H26 A",
)


def test_that_nothing_chosen_lets_everything_in():
    assert Filters().lets(SESSION)
    assert Filters().lets(VISIT)
    assert not Filters().are_on


@pytest.mark.parametrize(
    ("sort", "fitting", "other"),
    [
        (Sort.GROUP, SESSION.group_id, uuid4()),
        (Sort.ROOM, SESSION.room_id, uuid4()),
        (Sort.LEADER, ANNA.staff_id, uuid4()),
        (Sort.KIND, ModuleKind.RELAXATION, ModuleKind.LECTURE),
    ],
)
def test_that_each_sort_lets_in_what_fits(sort, fitting, other):
    assert Filters().with_sort(sort, [fitting, other]).lets(SESSION)
    assert not Filters().with_sort(sort, [other]).lets(SESSION)


def test_that_one_choice_of_every_sort_must_fit():
    filters = Filters(groups=frozenset({SESSION.group_id}), kinds=frozenset({ModuleKind.LECTURE}))
    assert not filters.lets(SESSION)


def test_that_a_visit_is_let_in_by_who_leads_it():
    by_anna = Filters(leaders=frozenset({ANNA.staff_id}))
    assert not by_anna.lets(VISIT)
    assert by_anna.lets(replace(VISIT, leader=ANNA))


def test_that_filters_are_remembered_as_text():
    filters = Filters(
        frozenset({uuid4()}),
        frozenset({uuid4(), uuid4()}),
        frozenset(),
        frozenset({ModuleKind.LECTURE}),
    )
    assert Filters.from_text(filters.to_text()) == filters
    assert Filters().to_text() == ""


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"groups": ["no key"]}', '{"kinds": ["odd"]}', '{"rooms": 3}']
)
def test_that_what_can_not_be_read_filters_nothing(text):
    assert Filters.from_text(text) == Filters()


# On screen


@pytest.fixture
def screen(show: Callable[[], Screen], group: Group) -> Screen:
    return show()


def tick(screen: Screen, sort: Sort, name: str) -> None:
    menu = screen.part("filter_bar", FilterBar).menu(sort)
    next(action for action in menu.actions() if action.text() == name).trigger()
    screen.settle()


def press(screen: Screen, name: str) -> None:
    screen.bot.mouseClick(screen.part(name, QAbstractButton), Qt.MouseButton.LeftButton)
    screen.settle()


def test_that_only_what_is_chosen_is_shown_and_the_rest_is_counted(screen, database, centre):
    make.group(database, centre, "H26 B")
    screen.settle()
    count = len(screen.page.grid.cards)
    press(screen, "filter")
    assert screen.part("filter_bar", FilterBar).isVisible()

    tick(screen, Sort.GROUP, "H26 B")

    cards = screen.page.grid.cards
    assert {card.badge for card in cards} == {"B"}
    said = screen.part("filtered_out", QLabel)
    assert said.text() == f"{count - len(cards)} are not shown."
    assert screen.part("filter_groups", QAbstractButton).text() == "Group: H26 B"

    press(screen, "show_everything")
    assert len(screen.page.grid.cards) == count
    assert not said.isVisible()


def test_that_a_filter_by_what_the_lanes_are_leaves_only_those(screen):
    tick(screen, Sort.ROOM, "Gymmet")
    tick(screen, Sort.ROOM, "Stora salen")
    assert {lane.title for lane in screen.page.grid._lanes} == {"Gymmet", "Stora salen"}
    chip = screen.part("filter_rooms", QAbstractButton)
    assert chip.text() == "Room: Gymmet +1"

    screen.lanes(LaneKind.LEADER)
    assert "Anna Berg" in {lane.title for lane in screen.page.grid._lanes}


def test_that_filters_are_there_next_time(screen, show, tmp_path):
    tick(screen, Sort.KIND, ModuleKind.LECTURE.label)

    text = Settings(tmp_path / "settings.json").text("schedule filters")
    assert Filters.from_text(text).kinds == {ModuleKind.LECTURE}
    again = show()
    assert again.part("filter_bar", FilterBar).isVisible()
    assert {card.kind for card in again.page.grid.cards} <= {"lecture"}
    press(again, "show_everything")


def test_that_what_is_gone_to_is_shown_though_a_filter_hid_it(screen, database, group):
    tick(screen, Sort.KIND, ModuleKind.LECTURE.label)
    session = make.of_strand(database, group.id, "relaxation")[1]

    screen.page.show_session(session)
    screen.settle()

    assert screen.page.grid.current == session.id
    assert not screen.part("filter_bar", FilterBar).filters.are_on
    assert screen.messages[-1].startswith("The filter was taken away")


def test_that_the_filter_opens_and_closes_by_its_key(screen):
    bar = screen.part("filter_bar", FilterBar)
    screen.bot.keyClick(screen.page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert bar.isVisible()
    assert bar.chip(Sort.GROUP).hasFocus()
    screen.bot.keyClick(screen.page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert not bar.isVisible()
    assert screen.page.grid.hasFocus()


def test_that_what_is_chosen_and_then_filtered_out_is_let_go(screen, database, group):
    first = make.of_strand(database, group.id, "relaxation")[0]
    screen.choose(first.id)
    tick(screen, Sort.KIND, ModuleKind.LECTURE.label)

    assert screen.page.inspector.currentWidget() is screen.page.inspector.overview
    assert screen.page.grid.selection == ()
