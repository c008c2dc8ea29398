"""Rooms."""

from dataclasses import replace

import pytest

from painprogram.domain.errors import Conflict, Refused
from painprogram.domain.rooms import Equipment
from painprogram.usecases import history, rooms
from tests import make


def test_that_a_room_keeps_what_stands_in_it(database):
    where = make.centre(database)

    made = rooms.add(
        database,
        where.id,
        " Stora  salen ",
        16,
        equipment={Equipment.PROJECTOR, Equipment.MATS},
        directions=" Plan 2 ",
    )

    assert (made.name, made.seats, made.directions) == ("Stora salen", 16, "Plan 2")
    assert made.equipment == (Equipment.MATS, Equipment.PROJECTOR)
    assert rooms.rooms(database, where.id) == (made,)


def test_that_a_room_is_changed(database):
    where = make.centre(database)
    made = make.hall(database, where)
    changed = replace(
        made, name="Salen", seats=8, equipment=(Equipment.HEARING_LOOP,), directions="Plan 3"
    )

    saved = rooms.update(database, changed)

    assert saved == replace(changed, version=saved.version)
    assert rooms.rooms(database) == (saved,)


def test_that_a_room_no_longer_used_is_kept_but_not_offered(database):
    where = make.centre(database)
    made = make.hall(database, where)

    rooms.update(database, replace(made, active=False))

    assert rooms.rooms(database, where.id) == ()
    assert len(rooms.rooms(database, where.id, former=True)) == 1


@pytest.mark.parametrize("seats", [0, -1, 501])
def test_that_a_room_has_a_sensible_number_of_seats(database, seats):
    where = make.centre(database)

    with pytest.raises(Refused, match="between 1 and 500"):
        rooms.add(database, where.id, "Salen", seats)

    assert rooms.rooms(database) == ()


def test_that_two_rooms_of_a_centre_cannot_have_one_name(database):
    where = make.centre(database)
    make.hall(database, where, "Åsen")
    other = make.hall(database, where, "Rum 4")

    with pytest.raises(Refused, match="already a room called åsen"):
        make.hall(database, where, "åsen")
    with pytest.raises(Refused, match="already a room called Åsen"):
        rooms.update(database, replace(other, name="Åsen"))


def test_that_rooms_of_two_centres_may_have_one_name(database):
    make.hall(database, make.centre(database, "Alen"))
    make.hall(database, make.centre(database, "Tallen"))

    assert [room.centre_name for room in rooms.rooms(database)] == ["Alen", "Tallen"]


def test_that_an_old_look_at_a_room_changes_nothing(database):
    made = make.hall(database, make.centre(database))
    rooms.update(database, replace(made, seats=9))

    with pytest.raises(Conflict):
        rooms.update(database, replace(made, seats=10))

    assert rooms.rooms(database)[0].seats == 9


def test_that_a_room_that_was_taken_back_is_not_changed(database):
    made = make.hall(database, make.centre(database))
    history.undo(database)

    with pytest.raises(Conflict):
        rooms.update(database, replace(made, seats=9))
