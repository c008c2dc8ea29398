"""Old and new places of a proposal, side by side in the week."""

from dataclasses import replace

import pytest

from painprogram.gui import theme
from painprogram.gui.widgets.weekgrid import Ghost, WeekGrid
from tests.gui.widgets.weeks import CARDS, DAYS, LANES, NOON

GYM, TALK = CARDS[1], CARDS[2]
OLD = Ghost("old", GYM.day, "gym", GYM.start_minute, GYM.end_minute, "Exercise", "Now here", 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_that_the_number_of_a_change_stands_at_both_of_its_ends(
    grid: WeekGrid, qapp, scheme
) -> None:
    theme.apply(qapp, scheme)
    before = grid.viewport().grab().toImage()
    moved = replace(GYM, day=DAYS[3].date, lane="room", number=1)
    grid.show_week(DAYS, LANES, [*(one for one in CARDS if one is not GYM), moved])
    grid.set_ghosts([OLD])

    after = grid.viewport().grab().toImage()

    edge = grid.rect_of(GYM.key).center()
    edge.setX(grid.rect_of(GYM.key).right() - 4)
    assert after.pixelColor(edge * after.devicePixelRatio()) == theme.tokens().accent
    assert after != before
    theme.apply(qapp, "light")


def test_that_what_leaves_shares_its_place_with_what_stands_there(grid: WeekGrid) -> None:
    alone = grid.rect_of(GYM.key).width()

    grid.set_ghosts([OLD])
    assert grid.rect_of(GYM.key).width() < alone * 0.6
    beside = grid.rect_of(GYM.key).center()
    beside.setX(grid.rect_of(GYM.key).right() + grid.rect_of(GYM.key).width() // 2)
    assert grid._tip_at(beside) == "Now here"

    grid.set_ghosts([replace(OLD, number=0)])
    assert grid.rect_of(GYM.key).width() == alone


def test_that_ways_in_every_direction_are_painted(grid: WeekGrid) -> None:
    away = [
        replace(GYM, number=1),
        replace(TALK, day=DAYS[4].date, number=2),
        replace(CARDS[0], day=DAYS[0].date, start_minute=NOON, end_minute=NOON + 60, number=13),
    ]
    grid.show_week(DAYS, LANES, away)
    grid.set_ghosts(
        [
            replace(OLD, day=DAYS[4].date),
            replace(OLD, key="b", day=DAYS[0].date, lane="hall", number=2),
            replace(OLD, key="c", day=DAYS[0].date, lane="hall", number=13),
        ]
    )
    for zoom in (50, 100, 200):
        grid.set_zoom(zoom)
        grid.select([GYM.key])
        assert not grid.grab().toImage().isNull()
