"""Patient data is read through the door, and nobody goes through it unseen."""

from uuid import UUID

import pytest
from sqlalchemy import exists, func, literal_column, select, text, union
from sqlalchemy.orm import aliased, defer, joinedload, selectinload

from painprogram.domain.actors import Actor
from painprogram.domain.errors import Refused
from painprogram.storage import door
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    CommitmentRow,
    DeviationRow,
    EnrolmentRow,
    PatientRow,
    PrintRow,
    RoomRow,
    StaffRow,
    VisitRow,
    access_entry,
    access_patient,
    journal,
)
from painprogram.usecases import patients
from tests import make
from tests.storage.conftest import Programs

OTHER = aliased(PatientRow)
INNER = select(PatientRow.given_name).subquery()
TOLD = select(PatientRow.id, PatientRow.note.label("x")).cte("told")
PATIENT = PatientRow.__table__
AGAIN = PATIENT.alias("room")

CLOSED = {
    "rows": select(PatientRow),
    "rows of a visit": select(VisitRow),
    "rows of a deviation": select(DeviationRow),
    "rows of a commitment": select(CommitmentRow),
    "a column": select(PatientRow.phone),
    "a column beside others": select(StaffRow.name, PatientRow.family_name).join(
        PatientRow, PatientRow.contact_id == StaffRow.id
    ),
    "a reason": select(DeviationRow.id, DeviationRow.reason),
    "an own title": select(VisitRow.start, VisitRow.title),
    "goals": select(CommitmentRow.goals),
    "an alias": select(OTHER),
    "a column of an alias": select(OTHER.family_name),
    "a column of a table under a plain name": select(AGAIN.c.phone),
    "a subquery": select(INNER),
    "a column of a subquery": select(INNER.c.given_name),
    "a common table expression": select(TOLD.c.x),
    "a union": union(select(RoomRow.name), select(PatientRow.note)),
    "what is asked for": select(PatientRow.id).where(PatientRow.family_name == "Öberg"),
    "what it is ordered by": select(PatientRow.id).order_by(PatientRow.search),
    "what it is grouped by": select(func.count(PatientRow.id)).group_by(PatientRow.language),
    "a function": select(func.max(PatientRow.identity_number)),
    "a question of yes and no": select(exists().where(PatientRow.protected)),
    "a subquery that counts": select(
        select(func.count(PatientRow.note)).scalar_subquery().label("n")
    ),
    "an order to load later": select(PatientRow).options(defer(PatientRow.note)),
    "a bare table": select(PATIENT),
    "everything of a table": select(text("*")).select_from(PATIENT),
    "everything, named": select(literal_column("patient.*")).select_from(PATIENT),
    "a column by hand": select(literal_column("given_name")).select_from(PATIENT),
    "a text": text("select id from patient"),
    "a text with an alias": text("select p.given_name from patient as p"),
    "a text in capitals": text('SELECT * FROM main."PATIENT"'),
    "a text with a comment": text("select * from/**/patient"),
    "a text of a column": select(text("given_name")).select_from(text("patient")),
    "a text told as rows": select(PatientRow).from_statement(text("select * from patient")),
    "what the journal keeps": select(journal.c.changes),
    "what a print said": select(PrintRow.content),
}
OPEN = {
    "who is there": select(PatientRow.id, PatientRow.centre_id),
    "how many": select(func.count(PatientRow.id)),
    "what was printed when": select(PrintRow.patient_id, PrintRow.number, PrintRow.printed_on),
    "how many rows": select(func.count()).select_from(PatientRow),
    "when a visit is": select(VisitRow.start, VisitRow.minutes, VisitRow.room_id),
    "who leads it": select(StaffRow.phone, StaffRow.name).join(
        VisitRow, VisitRow.staff_id == StaffRow.id
    ),
    "the room of a visit beside another": select(RoomRow.name, StaffRow.phone, VisitRow.id)
    .join(VisitRow, VisitRow.room_id == RoomRow.id)
    .join(StaffRow, VisitRow.staff_id == StaffRow.id),
    "an alias of what is open": select(OTHER.id, StaffRow.phone).join(
        StaffRow, OTHER.centre_id == StaffRow.centre_id
    ),
    "where somebody goes": select(DeviationRow.session_id, DeviationRow.to_session_id),
    "a place in a group": select(EnrolmentRow).join(
        PatientRow, PatientRow.id == EnrolmentRow.patient_id
    ),
    "the words of the journal": select(journal.c.label, journal.c.at),
    "a number of days": select(VisitRow.id).where(VisitRow.minutes * 2 > 60),
    "a value that looks like it": select(RoomRow.id).where(RoomRow.name == "patient.note"),
    "a literal that looks like it": select(RoomRow.id).where(
        RoomRow.name == literal_column("'patient.note *'")
    ),
    "a text on something else": text("select name from room"),
}


@pytest.mark.parametrize("statement", CLOSED.values(), ids=CLOSED)
def test_that_patient_data_is_not_read_outside_the_door(database: Database, statement) -> None:
    with pytest.raises(RuntimeError, match="outside the door"), database.read() as db:
        db.execute(statement)


@pytest.mark.parametrize("statement", OPEN.values(), ids=OPEN)
def test_that_what_tells_nothing_of_a_patient_needs_no_door(database: Database, statement) -> None:
    with database.read() as db:
        assert db.execute(statement).all() in ([], [(0,)])


def test_that_a_row_is_not_fetched_by_its_key_or_by_another_outside_the_door(
    database: Database,
) -> None:
    where = make.furnished(database)
    place = make.placed(database, where, make.group(database, where).id)

    for ask in (
        lambda db: db.get(PatientRow, place.patient_id),
        lambda db: db.get_one(PatientRow, place.patient_id),
        lambda db: db.merge(PatientRow(id=place.patient_id)),
        lambda db: db.query(PatientRow).all(),
        lambda db: db.connection().execute(select(PATIENT)),
        lambda db: db.connection().exec_driver_sql("select note from patient"),
    ):
        with pytest.raises(RuntimeError, match="outside the door"), database.read() as db:
            ask(db)


def test_that_a_row_expired_in_one_transaction_is_not_read_again_in_another(
    database: Database,
) -> None:
    known = make.patient(database, make.furnished(database))
    with database.read_patients("Open") as db:
        row = db.get_one(PatientRow, known.id)
        db.expire(row)
        db.expunge(row)

    with pytest.raises(RuntimeError, match="outside the door"), database.read() as db:  # noqa: PT012
        db.add(row)
        _ = row.note


@pytest.mark.parametrize("load", [joinedload, selectinload])
def test_that_a_related_row_is_seen_like_any_other(database: Database, load) -> None:
    """No relation of ours leads to a patient; one that did would be stopped."""
    known = make.patient(database, make.furnished(database))

    with database.read_patients("Open") as db:
        rows = db.scalars(select(PatientRow).options(load(PatientRow.contact))).unique().all()
        assert [row.id for row in rows] == [known.id]

    assert seen_last(database) == ("Open", {known.id})


def test_that_the_log_says_who_saw_whom_and_what_for(url: str, programs: Programs) -> None:
    database = programs(url, who="Anna Berg")
    where = make.furnished(database)
    database.actor = Actor("Anna Berg", where.id)
    one, other = make.patient(database, where), make.patient(database, where, number=1)

    with database.read_patients("Look at two") as db:
        db.get(PatientRow, one.id)
        db.get(PatientRow, other.id)
        db.get(PatientRow, one.id)

    with database.raw() as connection:
        entry = connection.execute(
            select(access_entry).where(access_entry.c.action == "Look at two")
        ).one()
    assert (entry.who, entry.centre_id) == ("Anna Berg", where.id)
    assert seen_last(database) == ("Look at two", {one.id, other.id})


def test_that_there_is_no_data_where_there_is_no_log(url: str, programs: Programs) -> None:
    database, other = programs(url, 0.1), programs(url)
    known = make.patient(database, make.furnished(database))
    entries = count(database)
    statement = (
        "LOCK TABLE access_entry IN EXCLUSIVE MODE"
        if database.file is None
        else "INSERT INTO care_provider (name, id, version) VALUES ('x', 'x', 1)"
    )
    with other.raw() as connection:
        connection.exec_driver_sql(statement)  # nothing else can be written now

        with pytest.raises(Refused, match="in use by another program"):
            patients.patient(database, known.id)
        connection.rollback()

    assert count(database) == entries
    assert patients.patient(database, known.id) == known
    assert count(database) == entries + 1


def test_that_a_change_that_is_rolled_back_leaves_no_entry(database: Database) -> None:
    known = make.patient(database, make.furnished(database))
    entries = count(database)

    with pytest.raises(Refused), database.change("Change patient") as db:  # noqa: PT012
        db.get_one(PatientRow, known.id).note = "x"
        db.flush()
        raise Refused("no")

    assert count(database) == entries


def test_that_a_change_leaves_one_entry_whatever_it_read_and_wrote(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    entries = count(database)

    place = make.placed(database, where, group.id)

    assert count(database) == entries + 2  # the patient, and the place
    assert seen_last(database) == ("Place patient in group", {place.patient_id})
    database.undo()
    assert seen_last(database) == ("Undo: Place patient in group", {place.patient_id})


def test_that_columns_read_with_nobody_named_are_a_bug(database: Database) -> None:
    make.patient(database, make.furnished(database))
    names = select(PatientRow.family_name)

    with pytest.raises(RuntimeError, match="saw"), database.read_patients("List") as db:
        assert db.scalars(names).all() == ["Öberg"]

    with database.read_patients("List nobody") as db:
        db.scalars(names.where(PatientRow.family_name == "Ek")).all()
        saw(db, ())


def test_that_what_the_journal_writes_of_a_patient_needs_no_reading(database: Database) -> None:
    statement = "INSERT INTO journal (at, changes) VALUES (?, ?)"

    assert door.reads(statement) is None
    assert door.reads(f"{statement} RETURNING journal.seq") is None
    assert door.reads(f"{statement} RETURNING journal.changes") == "journal.changes"
    assert door.reads("INSERT INTO room (name) SELECT patient.note FROM patient") is not None


def count(database: Database) -> int:
    with database.raw() as connection:
        return connection.execute(select(func.count()).select_from(access_entry)).scalar_one()


def seen_last(database: Database) -> tuple[str, set[UUID]]:
    """What the newest entry of the log says was done, and with whose data."""
    with database.raw() as connection:
        rows = connection.execute(
            select(access_entry.c.id, access_entry.c.action, access_patient.c.patient_id)
            .join(access_patient, access_patient.c.entry_id == access_entry.c.id)
            .order_by(access_entry.c.at.desc())
        ).all()
    return rows[0].action, {row.patient_id for row in rows if row.id == rows[0].id}
