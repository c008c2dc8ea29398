"""Recording a change, and how the layer keeps reading and changing apart."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError

from painprogram.domain.actors import Actor
from painprogram.domain.errors import Conflict, Refused
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    CareProviderRow,
    CentreRow,
    EnrolmentRow,
    LeaderRow,
    RoomRow,
    access_entry,
    access_patient,
    journal,
)
from painprogram.usecases import rooms
from tests import make
from tests.storage import journals
from tests.storage.conftest import Programs


def test_that_a_change_is_one_entry_with_each_row_before_and_after(
    url: str, programs: Programs
) -> None:
    database = programs(url, who="Anna Berg")
    where = make.centre(database)
    made = rooms.add(database, where.id, "Rum 4", 4)
    began = datetime.now(UTC).replace(tzinfo=None)

    with database.change("Paint the room") as db:
        row = db.get_one(RoomRow, made.id)
        row.name = "Blå rummet"
        db.flush()
        row.seats = 6
        db.add(RoomRow(centre_id=where.id, name="Rum 5", seats=3, equipment=[]))

    entry = journals.entries(database)[-1]
    assert (entry.who, entry.label, entry.tables) == ("Anna Berg", "Paint the room", ["room"])
    assert began <= entry.at <= began + timedelta(minutes=5)
    painted = next(change for change in entry.changes if change[1] == str(made.id))
    assert (painted[2]["name"], painted[3]["name"]) == ("Rum 4", "Blå rummet")
    assert (painted[2]["seats"], painted[3]["seats"]) == (4, 6)
    built = next(change for change in entry.changes if change[1] != str(made.id))
    assert (built[0], built[2], built[3]["name"]) == ("room", None, "Rum 5")


def test_that_the_entry_names_the_centre_somebody_acts_for(url: str, programs: Programs) -> None:
    database = programs(url)
    where = make.centre(database)
    database.actor = Actor("Anna Berg", where.id)

    rooms.add(database, where.id, "Rum 4", 4)

    assert journals.entries(database)[-1].centre_id == where.id


def test_that_a_change_of_nothing_is_no_entry(database: Database) -> None:
    made = rooms.add(database, make.centre(database).id, "Rum 4", 4)
    entries = len(journals.entries(database))

    with database.change("There and back") as db:
        row = db.get_one(RoomRow, made.id)
        row.seats = 9
        db.flush()
        row.seats = 4
        passing = RoomRow(centre_id=made.centre_id, name="Rum 5", seats=3, equipment=[])
        db.add(passing)
        db.flush()
        db.delete(passing)

    assert len(journals.entries(database)) == entries
    assert database.undo_label != "There and back"


def test_that_a_refused_change_leaves_nothing(database: Database) -> None:
    where = make.centre(database)
    before = journals.stored(database)
    entries = len(journals.entries(database))

    with pytest.raises(Refused, match="no"), database.change("Build") as db:  # noqa: PT012
        db.add(RoomRow(centre_id=where.id, name="Rum 5", seats=3, equipment=[]))
        db.flush()
        raise Refused("no")

    assert journals.stored(database) == before
    assert len(journals.entries(database)) == entries
    assert database.undo_label != "Build"


def test_that_the_journal_read_from_its_beginning_ends_in_what_the_tables_say(
    database: Database,
) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    make.placed(database, where, group.id)
    while database.undo():
        pass
    database.redo()
    database.redo()

    assert journals.replayed(database) == journals.stored(database)


def test_that_a_value_left_out_at_first_can_be_set_later_in_the_same_change(
    database: Database,
) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    known = make.patient(database, where)

    with database.change("Place and end") as db:
        row = EnrolmentRow(patient_id=known.id, group_id=group.id, first=make.TODAY)
        db.add(row)
        db.flush()
        row.last = make.TODAY
        db.flush()

    assert database.undo() == "Place and end"
    assert database.redo() == "Place and end"
    assert journals.replayed(database) == journals.stored(database)


def test_that_a_value_set_before_it_was_read_is_a_bug(database: Database) -> None:
    made = rooms.add(database, make.centre(database).id, "Rum 4", 4)

    with pytest.raises(RuntimeError, match="was set before it was read"):  # noqa: PT012, SIM117
        with database.change("Blind") as db:
            row = db.get_one(RoomRow, made.id)
            db.expire(row, ["seats"])
            row.seats = 9


def test_that_a_stale_write_is_a_conflict(url: str, programs: Programs) -> None:
    ours, theirs = programs(url), programs(url)
    made = rooms.add(ours, make.centre(ours).id, "Rum 4", 4)

    with pytest.raises(Conflict, match="Somebody else"), ours.change("Ours") as db:  # noqa: PT012
        row = db.get_one(RoomRow, made.id)
        if ours.file is None:
            with theirs.change("Theirs") as other:
                other.get_one(RoomRow, made.id).seats = 5
        else:  # a file has one writer at a time: only a lower layer could do it
            db.connection().execute(update(RoomRow).values(version=7))
        row.seats = 6

    assert rooms.rooms(ours)[0].seats == (5 if ours.file is None else 4)


def test_that_what_is_read_can_not_be_changed(database: Database) -> None:
    made = rooms.add(database, make.centre(database).id, "Rum 4", 4)

    with pytest.raises(RuntimeError, match=r"outside database\.change"):  # noqa: SIM117
        with database.read() as db:
            db.get_one(RoomRow, made.id).seats = 9

    assert rooms.rooms(database)[0].seats == 4


def test_that_a_change_inside_another_is_a_bug_and_waits_for_nobody(database: Database) -> None:
    with pytest.raises(RuntimeError, match="inside another"), database.change("Outer"):  # noqa: SIM117
        with database.change("Inner"):
            pass

    assert make.centre(database).name == "Ekbacken"


@pytest.mark.parametrize("table", [journal, access_entry, access_patient], ids=str)
def test_that_what_happened_is_never_changed(database: Database, table) -> None:
    make.patient(database, make.furnished(database))
    with database.raw() as connection:
        before = connection.execute(table.select()).all()
    column = next(column for column in table.c if not column.foreign_keys)
    empty = text(f"TRUNCATE {table.name} CASCADE")
    again = text(f"INSERT OR REPLACE INTO {table.name} SELECT * FROM {table.name}")  # noqa: S608

    for statement in (
        update(table).values({column: column}),
        delete(table),
        empty if database.file is None else again,
    ):
        with pytest.raises(DBAPIError, match="is only added to"), database.raw() as connection:
            connection.execute(statement)

    with database.raw() as connection:
        assert connection.execute(table.select()).all() == before


def test_that_an_entry_can_be_added_by_hand(database: Database) -> None:
    """Or the test above would pass where nothing can be written at all."""
    with database.raw() as connection:
        connection.execute(
            insert(access_entry).values(id=uuid4(), at=datetime(2026, 11, 22), who="", action="x")
        )
        connection.commit()


def test_that_undo_puts_one_under_the_same_key_back_in_the_place_of_another(
    database: Database,
) -> None:
    group = make.group(database, make.furnished(database))
    first = make.of_strand(database, group.id, "relaxation")[0]
    with database.change("Replace the leader by the same") as db:
        old = db.query(LeaderRow).filter_by(session_id=first.id).one()
        again = {"session_id": first.id, "staff_id": old.staff_id, "profession": old.profession}
        db.delete(old)
        db.flush()
        db.add(LeaderRow(**again))
    after = journals.stored(database)

    assert database.undo() == "Replace the leader by the same"
    assert database.redo() == "Replace the leader by the same"

    assert journals.stored(database) == after


def test_that_undo_takes_rows_away_in_the_order_in_which_they_refer(database: Database) -> None:
    with database.change("Found") as db:
        provider = CareProviderRow(name="Region Norr")
        db.add(provider)
        db.flush()
        where = CentreRow(name="Ekbacken", kind="health_centre", provider_id=provider.id)
        db.add(where)
        db.flush()
        db.add(RoomRow(centre_id=where.id, name="Rum 4", seats=4, equipment=[]))
    after = journals.stored(database)

    database.undo()
    assert journals.stored(database) == {}
    database.redo()
    assert journals.stored(database) == after


def test_that_undo_ends_where_it_is_told_to(database: Database) -> None:
    make.centre(database)

    database.forget_undo()

    assert (database.undo(), database.redo()) == (None, None)


def test_that_what_can_not_be_taken_back_stands_in_the_journal_alone(database: Database) -> None:
    where = make.centre(database)
    before = database.undo_label

    with database.change("Print", undoable=False) as db:
        db.add(RoomRow(centre_id=where.id, name="Rum 5", seats=3, equipment=[]))

    assert database.undo_label == before
    assert journals.entries(database)[-1].label == "Print"
