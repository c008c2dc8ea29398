"""Shades, old places and cut cards: painted, and told where the mouse or the mark is."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from painprogram.gui import theme
from painprogram.gui.widgets.weekgrid import Ghost, Shade, Spot, WeekGrid
from tests.gui.widgets.weeks import CARDS, DAYS, LANES, NOON

DAY = DAYS[3].date
SHADES = [
    Shade(DAY, "gym", 0, 9 * 60, "Outside working hours", "off"),
    Shade(DAY, "gym", NOON, NOON + 60, "Busy", "busy"),
    Shade(DAYS[2].date, "room", 0, 24 * 60, "Absent", "away"),
    Shade(DAYS[4].date, None, NOON, 24 * 60, "Half day", "closed"),
]
CTRL = Qt.KeyboardModifier.ControlModifier


def colour_at(grid: WeekGrid, day, lane, minute) -> str:
    image = grid.viewport().grab().toImage()
    point = grid.place_of(day, lane, minute) + QPoint(15, 3)
    return image.pixelColor(point * image.devicePixelRatio()).name()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_that_shades_of_every_kind_can_be_painted(grid: WeekGrid, qapp, scheme) -> None:
    theme.apply(qapp, scheme)
    before = colour_at(grid, DAY, "gym", 8 * 60 + 40)
    grid.set_shades(SHADES)
    assert colour_at(grid, DAY, "gym", 8 * 60 + 40) == theme.tokens().sunken.name() != before
    for zoom in (50, 100, 200):
        grid.set_zoom(zoom)
        assert not grid.grab().toImage().isNull()
    theme.apply(qapp, "light")


def test_that_a_shade_of_a_day_is_in_every_lane(grid: WeekGrid) -> None:
    grid.set_shades(SHADES)

    for lane in LANES:
        found = grid.shade_at(Spot(DAYS[4].date, lane.key, NOON + 30))
        assert found is not None
        assert found.text == "Half day"
    assert grid.shade_at(Spot(DAYS[4].date, "gym", NOON - 5)) is None


def test_that_the_mouse_is_told_what_shades_a_place(grid: WeekGrid) -> None:
    grid.set_shades(SHADES)
    grid.set_ghosts([Ghost("gym", DAY, "hall", NOON, NOON + 60, "Exercise", "As published: here")])

    assert grid._tip_at(grid.place_of(DAY, "gym", NOON) + QPoint(0, 5)) == "Busy"
    assert grid._tip_at(grid.place_of(DAY, "hall", NOON) + QPoint(0, 5)) == "As published: here"
    assert grid._tip_at(grid.place_of(DAY, "room", NOON)) == ""
    grid.grab()


def test_that_a_mark_tells_where_it_is_and_what_shades_it(grid: WeekGrid, qtbot) -> None:
    grid.set_shades(SHADES)

    assert grid._words_for(Spot(DAY, "gym", NOON)) == "Day 3, The gym, 12:00, Busy"


def test_that_an_old_place_out_of_sight_is_no_trouble(grid: WeekGrid) -> None:
    grid.set_ghosts([Ghost("gone", DAY, "no such lane", NOON, NOON + 60, "Gone")])

    assert not grid.grab().toImage().isNull()


def test_that_a_cut_card_is_faded(grid: WeekGrid) -> None:
    def ink() -> int:
        image = grid.viewport().grab(grid.rect_of("late")).toImage()
        return min(
            image.pixelColor(x, y).lightness()
            for x in range(8, image.width() - 8)
            for y in range(8, image.height() - 8)
        )

    plain = ink()
    cut = [replace(one, cut=True) if one.key == "late" else one for one in CARDS]
    grid.show_week(DAYS, LANES, cut)

    assert ink() > plain + 40
