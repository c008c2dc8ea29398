from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, func, select

from painprogram.domain.actors import Actor
from painprogram.domain.attendance import AttendanceState
from painprogram.domain.errors import Conflict, Refused
from painprogram.domain.groups import Group
from painprogram.domain.people import Centre
from painprogram.domain.schedule import LineKind
from painprogram.domain.sessions import Session
from painprogram.storage.database import Database
from painprogram.storage.tables import AttendanceRow, RosterRow
from painprogram.usecases import (
    attendance,
    enrolments,
    history,
    patients,
    schedules,
    session_events,
    sessions,
)
from painprogram.usecases.attendance import Attendee
from tests import make

PRESENT, LATE, NO_SHOW = AttendanceState.PRESENT, AttendanceState.LATE, AttendanceState.NO_SHOW


class Day:
    """A group of three, and its first relaxation."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.where: Centre = make.furnished(database)
        self.group: Group = make.group(database, self.where)
        self.places = [
            make.placed(database, self.where, self.group.id, number, given)
            for number, given in enumerate(("Maria", "Bo", "Åke"))
        ]
        self.session: Session = make.of_strand(database, self.group.id, "relaxation")[0]

    @property
    def today(self) -> date:
        return self.session.start.date()

    def note(self, number: int, state: AttendanceState, **more) -> Attendee:
        who = self.places[number].patient_id
        more.setdefault("today", self.today)
        return attendance.note(self.database, self.session.id, who, state, **more)

    @property
    def sheet(self) -> attendance.Sheet:
        return attendance.sheet_of(self.database, self.session.id)

    def states(self) -> dict[str, str]:
        return {
            one.name.split()[0]: one.mark.words if one.mark else "" for one in self.sheet.attendees
        }


@pytest.fixture
def day(database: Database) -> Day:
    return Day(database)


def number(database: Database, table: type[AttendanceRow | RosterRow]) -> int:
    with database.read() as db:
        return db.scalar(select(func.count(table.id))) or 0


def test_that_the_list_has_everybody_who_is_to_come_in_order_of_name(day: Day) -> None:
    sheet = day.sheet

    assert [one.name for one in sheet.attendees] == ["Bo Öberg", "Maria Öberg", "Åke Öberg"]
    assert (sheet.kept, sheet.came, sheet.noted) == (False, 0, 0)
    assert sheet.occasion == day.session


def test_that_a_mark_says_who_noted_it_and_when(day: Day) -> None:
    day.database.actor = Actor("Anna Berg")
    before = datetime.now(UTC).replace(tzinfo=None)

    noted = day.note(0, LATE, minutes=12, note=" Bussen  var sen ")

    assert noted.mark is not None
    assert (noted.mark.words, noted.mark.note, noted.mark.by) == (
        "Late 12 minutes",
        "Bussen var sen",
        "Anna Berg",
    )
    assert before <= noted.mark.at <= datetime.now(UTC).replace(tzinfo=None)
    assert day.states() == {"Bo": "", "Maria": "Late 12 minutes", "Åke": ""}
    assert (day.sheet.came, day.sheet.noted) == (1, 1)


def test_that_a_correction_keeps_what_stood_before(day: Day) -> None:
    day.database.actor = Actor("Lena Ek")
    wrong = day.note(0, NO_SHOW).mark
    assert wrong is not None
    day.database.actor = Actor("Anna Berg")

    right = day.note(0, PRESENT, corrects=wrong.id)

    assert [(mark.state, mark.by) for mark in right.marks] == [
        (PRESENT, "Anna Berg"),
        (NO_SHOW, "Lena Ek"),
    ]
    assert right.marks[0].corrects_id == wrong.id
    assert day.states()["Maria"] == "Present"
    assert day.sheet.attendees[1].marks == right.marks


def test_that_nothing_is_written_twice(day: Day) -> None:
    day.note(0, PRESENT)
    day.note(0, PRESENT)

    assert number(day.database, AttendanceRow) == 1


def test_that_a_mark_on_the_wrong_line_is_taken_back(day: Day) -> None:
    day.note(0, PRESENT)
    who = day.places[0].patient_id

    back = attendance.withdraw(day.database, day.session.id, who)
    assert back.mark is None
    assert len(back.marks) == 2
    assert attendance.withdraw(day.database, day.session.id, who).marks == back.marks

    again = day.note(0, LATE)
    assert again.mark is not None
    assert again.mark.corrects_id == back.marks[0].id
    assert day.states()["Maria"] == "Late"


def test_that_two_who_note_the_same_person_hear_of_each_other(day: Day) -> None:
    seen = day.note(0, NO_SHOW).mark
    assert seen is not None
    day.note(0, LATE)

    with pytest.raises(Conflict):
        day.note(0, PRESENT, corrects=seen.id)
    with pytest.raises(Conflict):
        day.note(0, PRESENT, first=True)
    assert day.states()["Maria"] == "Late"


def test_that_a_mark_is_not_undone_but_corrected(day: Day) -> None:
    before = history.labels(day.database)

    day.note(0, PRESENT)

    assert history.labels(day.database) == before


def test_that_the_list_is_kept_from_the_first_mark_on_the_day(day: Day) -> None:
    day.note(0, PRESENT)

    enrolments.leave(day.database, day.places[1].id, day.today, "Flyttar")
    schedules.opt_out(day.database, day.places[2].id, day.session.id, "Arbetar")
    make.placed(day.database, day.where, day.group.id, 3, "Ny")

    assert [one.name for one in day.sheet.attendees] == ["Bo Öberg", "Maria Öberg", "Åke Öberg"]
    assert day.sheet.kept


def test_that_the_list_follows_the_places_until_then(day: Day) -> None:
    schedules.opt_out(day.database, day.places[2].id, day.session.id, "Arbetar")
    day.note(0, AttendanceState.EXCUSED, today=day.today - timedelta(days=3))
    make.placed(day.database, day.where, day.group.id, 3, "Ny")

    assert not day.sheet.kept
    assert day.states() == {"Bo": "", "Maria": "Excused", "Ny": ""}
    assert number(day.database, RosterRow) == 0


def test_that_the_kept_list_says_how_somebody_came_there(day: Day) -> None:
    other = make.group(day.database, day.where, "H26 B", make.MONDAY + timedelta(weeks=1))
    guest = make.placed(day.database, day.where, other.id, 4, "Gäst")
    first = make.of_strand(day.database, other.id, "relaxation")[0]
    schedules.swap(day.database, guest.id, first.id, day.session.id, "Arbetar")

    day.note(0, PRESENT)

    hows = {one.name.split()[0]: one.how for one in day.sheet.attendees}
    assert hows == {
        "Bo": LineKind.BASE,
        "Gäst": LineKind.SWAP,
        "Maria": LineKind.BASE,
        "Åke": LineKind.BASE,
    }


def test_that_somebody_who_came_besides_is_added_to_the_kept_list(day: Day) -> None:
    other = make.group(day.database, day.where, "H26 B", make.MONDAY + timedelta(weeks=1))
    guest = make.placed(day.database, day.where, other.id, 4, "Gäst")
    day.note(0, PRESENT)
    with pytest.raises(Refused, match="not expected there"):
        attendance.note(day.database, day.session.id, guest.patient_id, PRESENT, today=day.today)
    first = make.of_strand(day.database, other.id, "relaxation")[0]
    schedules.swap(day.database, guest.id, first.id, day.session.id, "Kom i dag i stället")

    attendance.note(day.database, day.session.id, guest.patient_id, PRESENT, today=day.today)

    assert day.states() == {"Bo": "", "Gäst": "Present", "Maria": "Present", "Åke": ""}


def test_that_looking_back_the_list_is_of_those_who_had_a_place_then(day: Day) -> None:
    later = day.today + timedelta(days=5)
    enrolments.leave(day.database, day.places[1].id, later, "Flyttar")
    new = make.patient(day.database, day.where, "Sen", "Öberg", 5)
    enrolments.enrol(day.database, new.id, day.group.id, later)

    assert day.states() == {"Bo": "", "Maria": "", "Åke": ""}


def test_that_only_an_absence_can_be_noted_ahead(day: Day) -> None:
    with pytest.raises(Refused, match="still to come"):
        day.note(0, PRESENT, today=day.today - timedelta(days=1))

    assert number(day.database, AttendanceRow) == 0


def test_that_a_cancelled_session_has_nobody_to_note(day: Day) -> None:
    sessions.cancel(day.database, day.session.id)

    with pytest.raises(Refused, match="cancelled"):
        day.note(0, PRESENT)


def test_that_the_rest_are_noted_in_one_step(day: Day) -> None:
    day.note(0, NO_SHOW)

    rest = attendance.note_rest(day.database, day.session.id, PRESENT, day.today)

    assert {one.name for one in rest} == {"Bo Öberg", "Åke Öberg"}
    assert day.states() == {"Bo": "Present", "Maria": "No-show", "Åke": "Present"}


def test_that_a_visit_has_a_list_of_one(day: Day) -> None:
    place = day.places[0]
    start = day.session.start.replace(hour=15, minute=0)
    own = schedules.add_visit(day.database, place.id, start, 30, title="Samtal om arbete")
    visit = next(line.session for line in own.lines if line.kind is LineKind.VISIT)

    sheet = attendance.sheet_of(day.database, visit.id)
    assert sheet.occasion.title == "Samtal om arbete"
    assert [one.name for one in sheet.attendees] == ["Maria Öberg"]

    noted = attendance.note(day.database, visit.id, place.patient_id, PRESENT, today=day.today)
    assert noted.mark is not None
    assert number(day.database, RosterRow) == 0
    with pytest.raises(Refused, match="not expected there"):
        attendance.note(day.database, visit.id, day.places[1].patient_id, PRESENT, today=day.today)


def test_that_what_is_gone_is_told(day: Day) -> None:
    with pytest.raises(Refused, match="no longer there"):
        attendance.sheet_of(day.database, day.group.id)
    with pytest.raises(Refused, match="no longer there"):
        attendance.note(day.database, day.group.id, day.places[0].patient_id, PRESENT)


def test_that_what_holds_is_counted_without_the_door(day: Day) -> None:
    day.note(0, NO_SHOW)
    day.note(0, LATE, minutes=5)
    day.note(1, PRESENT)
    attendance.withdraw(day.database, day.session.id, day.places[1].patient_id)

    with day.database.read() as db:
        found = attendance.standing(db, AttendanceRow.occasion_id == day.session.id)

    assert found == {(day.session.id, day.places[0].patient_id): (LATE, 5)}


def test_that_the_needs_of_those_who_come_are_on_the_list(day: Day) -> None:
    one = patients.patient(day.database, day.places[0].patient_id)
    patients.update(day.database, replace(one, language="ar", interpreter=True, protected=True))

    found = next(x for x in day.sheet.attendees if x.patient_id == one.id)

    assert (found.language, found.interpreter, found.protected) == ("ar", True, True)


def test_that_a_list_takes_few_statements(day: Day) -> None:
    for number in range(3, 12):
        make.placed(day.database, day.where, day.group.id, number, f"P{number}")
    attendance.note_rest(day.database, day.session.id, PRESENT, day.today)
    asked: list[str] = []
    engine = day.database._engine

    def count(_connection, _cursor, statement, *_more) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    sheet = day.sheet
    event.remove(engine, "before_cursor_execute", count)

    assert len(sheet.attendees) == 12
    assert len([x for x in asked if x.lstrip().startswith("SELECT")]) <= 14


def test_that_looking_at_the_list_and_noting_leave_traces(day: Day) -> None:
    day.note(0, PRESENT)
    day.sheet  # noqa: B018 -- it is read

    found = [
        reading.action for reading in patients.readings(day.database, day.places[0].patient_id)
    ]
    assert found[:2] == ["Open attendance list", "Note attendance"]


def test_that_the_newest_event_says_what_became_of_a_session(day: Day) -> None:
    session_events.held(day.database, day.session.id, today=day.today)

    (told,) = day.sheet.events
    assert told.kind.label == "Was held"
    assert day.sheet.kept
