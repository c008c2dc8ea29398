"""Colleagues."""

from dataclasses import replace

import pytest

from painprogram.domain.errors import Conflict, Refused
from painprogram.domain.people import Profession
from painprogram.usecases import history, staff
from tests import make


def test_that_colleagues_stand_in_order_of_name(database):
    where = make.centre(database)
    for name in ("erik Lund", "Anna Berg"):
        staff.add(database, where.id, name, Profession.NURSE)

    assert [p.name for p in staff.staff(database, where.id)] == ["Anna Berg", "erik Lund"]


def test_that_a_centre_has_its_own_colleagues_and_the_cluster_all(database):
    first, second = make.centre(database, "Alen"), make.centre(database, "Tallen")
    anna = staff.add(database, first.id, "Anna", Profession.NURSE)
    eva = staff.add(database, second.id, "Eva", Profession.NURSE)

    assert staff.staff(database, first.id) == (anna,)
    assert staff.staff(database) == (anna, eva)
    assert eva.centre_name == "Tallen"


def test_that_a_colleague_is_changed(database):
    where = make.centre(database)
    anna = staff.add(database, where.id, "Anna", Profession.NURSE, phone=" 1 ")

    saved = staff.update(
        database, replace(anna, name=" Anna  Berg ", profession=Profession.COUNSELLOR, phone="2")
    )

    assert (saved.name, saved.profession, saved.phone) == (
        "Anna Berg",
        Profession.COUNSELLOR,
        "2",
    )
    assert staff.staff(database) == (saved,)


def test_that_who_has_left_is_kept_but_not_offered(database):
    where = make.centre(database)
    anna = staff.add(database, where.id, "Anna", Profession.NURSE)

    staff.update(database, replace(anna, active=False))

    assert staff.staff(database, where.id) == ()
    assert [p.name for p in staff.staff(database, where.id, former=True)] == ["Anna"]

    history.undo(database)
    assert [p.name for p in staff.staff(database, where.id)] == ["Anna"]


def test_that_a_colleague_has_a_name(database):
    where = make.centre(database)

    with pytest.raises(Refused, match="Write a name for the colleague"):
        staff.add(database, where.id, "  ", Profession.NURSE)

    assert staff.staff(database) == ()


def test_that_an_old_look_at_a_colleague_changes_nothing(database):
    where = make.centre(database)
    anna = staff.add(database, where.id, "Anna", Profession.NURSE)
    staff.update(database, replace(anna, phone="1"))

    with pytest.raises(Conflict):
        staff.update(database, replace(anna, phone="2"))

    assert staff.staff(database)[0].phone == "1"


def test_that_a_colleague_who_was_taken_back_is_not_changed(database):
    where = make.centre(database)
    anna = staff.add(database, where.id, "Anna", Profession.NURSE)
    history.undo(database)

    with pytest.raises(Conflict):
        staff.update(database, replace(anna, phone="2"))
