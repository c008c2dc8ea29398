"""Who answers for a programme or a group, and who stands in for them."""

import pytest

from painprogram.domain.errors import Refused
from painprogram.storage.database import Database
from painprogram.usecases import groups, programmes, staff
from tests import make

FOUNDING = "smarthantering"


def test_that_a_group_has_an_owner_and_a_deputy(database: Database) -> None:
    group = make.group(database, make.furnished(database))
    anna, erik, *_ = staff.staff(database)
    assert (group.deputy_id, group.deputy_name) == (None, "")

    told = groups.set_owner(database, group.id, erik.id, anna.id)

    assert (told.owner_name, told.deputy_name) == (erik.name, anna.name)
    assert groups.groups(database) == (told,)
    assert database.undo() == "Change owner of group H26 A"
    assert groups.group(database, group.id) == group


@pytest.mark.parametrize("running", [0, 1])
def test_that_a_programme_has_an_owner_and_a_deputy(database: Database, running: int) -> None:
    where = make.furnished(database)
    if running:
        make.group(database, where)
    anna, erik, *_ = staff.staff(database)

    programmes.set_owner(database, FOUNDING, erik.id, anna.id)

    assert database.undo_label == "Change owner of programme Pain management programme"
    owned = {one.content.key: one for one in programmes.offered(database)}
    assert (owned[FOUNDING].owner_name, owned[FOUNDING].deputy_name) == (erik.name, anna.name)
    assert owned["oppna-forelasningar"].owner_id is None
    assert len(programmes.offered(database)) == 2
    assert make.group(database, where, "New").programme_version == 1


def test_that_nobody_stands_in_for_themself_or_for_nobody(database: Database) -> None:
    group = make.group(database, make.furnished(database))
    anna, *_ = staff.staff(database)

    for owner, deputy, sentence in (
        (anna.id, anna.id, "The deputy must be somebody else"),
        (None, anna.id, "Choose an owner first"),
    ):
        with pytest.raises(Refused, match=sentence):
            groups.set_owner(database, group.id, owner, deputy)
        with pytest.raises(Refused, match=sentence):
            programmes.set_owner(database, FOUNDING, owner, deputy)


def test_that_a_programme_nobody_knows_has_no_owner(database: Database) -> None:
    with pytest.raises(Refused, match="There is no template called nothing"):
        programmes.set_owner(database, "nothing", None)
