from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import icalendar
import pytest
import vobject

from painprogram.domain.errors import Refused
from painprogram.domain.groups import GroupStatus
from painprogram.storage.database import Database
from painprogram.usecases import (
    calendars,
    enrolments,
    groups,
    patients,
    publications,
    schedules,
    sessions,
    several,
    staff,
)
from tests import make

HOUR = timedelta(hours=1)
TELLING = ("smärt", "pain", "läkemedel", "medicin", "Hemlig", "Öberg", "Maria Ö")
"""What a calendar never says: what the group is about, who comes, and why."""


def events(data: bytes) -> dict[str, Any]:
    """By UID, as the icalendar library and vobject both read them."""
    found = {str(e["UID"]): e for e in icalendar.Calendar.from_ical(data).walk("VEVENT")}
    seen = vobject.readOne(data.decode("utf-8"))
    others = {e.uid.value: e for e in seen.contents.get("vevent", [])}
    assert {uid: e.summary.value for uid, e in others.items()} == {
        uid: str(e["SUMMARY"]) for uid, e in found.items()
    }
    return found


def wall(event: Any) -> datetime:
    at: datetime = event["DTSTART"].dt
    assert str(at.tzinfo) == "Europe/Stockholm"
    return at.replace(tzinfo=None)


def uid(session: Any) -> str:
    return f"{session.id}@painprogram"


def plain(data: bytes) -> str:
    return data.decode("utf-8").replace("\r\n ", "")


@pytest.fixture
def there(database: Database):
    """A centre with two groups, a patient in the first, and a first visit."""
    where = make.furnished(database)
    first = make.group(database, where)
    second = make.group(database, where, "H26 B", make.MONDAY + timedelta(weeks=1))
    place = make.placed(database, where, first.id)
    who = next(one for one in staff.staff(database) if one.name == "Anna Berg")
    room = make.of_strand(database, first.id, "relaxation")[0].room_id
    schedules.add_visit(
        database,
        place.id,
        datetime(2027, 1, 8, 9),
        60,
        title="Hemligt samtal",
        reason="Hemlig orsak",
        staff_id=who.id,
        room_id=room,
    )
    return first, second, place, who, room


def test_that_a_group_has_its_base_schedule(database: Database, there) -> None:
    first, *_rest = there

    found = events(calendars.of_group(database, first.id, make.STAMP))

    base = sessions.sessions(database, first.id)
    assert {key: wall(event) for key, event in found.items()} == {uid(s): s.start for s in base}
    relaxation = found[uid(make.of_strand(database, first.id, "relaxation")[2])]
    assert str(relaxation["SUMMARY"]) == "Relaxation 3 (H26 A)"
    assert str(relaxation["DESCRIPTION"]) == "Anna Berg"
    assert str(relaxation["LOCATION"]).endswith("Ekbacken, Storgatan 1")
    lecture = found[uid(make.of_strand(database, first.id, "lecture_a")[0])]
    assert str(lecture["SUMMARY"]) == "Lecture A (H26 A)"


def test_that_an_event_keeps_its_name_and_its_number_rises_when_it_moves(
    database: Database, there
) -> None:
    first, *_rest = there
    held = make.of_strand(database, first.id, "relaxation")[0]
    before = events(calendars.of_group(database, first.id, make.STAMP))

    sessions.move(database, held.id, held.start + HOUR)
    after = events(calendars.of_group(database, first.id, make.STAMP + HOUR))

    assert after.keys() == before.keys()
    assert after[uid(held)]["SEQUENCE"] > before[uid(held)]["SEQUENCE"]
    assert wall(after[uid(held)]) == held.start + HOUR
    others = before.keys() - {uid(held)}
    assert {after[key]["SEQUENCE"] for key in others} == {0}


def test_that_a_cancelled_session_is_cancelled_in_every_file(database: Database, there) -> None:
    first, _second, place, _who, room = there
    held = make.of_strand(database, first.id, "relaxation")[0]
    sessions.cancel(database, held.id)

    for data in (
        calendars.of_group(database, first.id, make.STAMP),
        calendars.of_staff(database, held.leaders[0].staff_id, make.STAMP),
        calendars.of_room(database, room, make.STAMP),
        calendars.of_patient(database, place.patient_id, make.STAMP),
    ):
        event = events(data)[uid(held)]
        assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_that_a_cancelled_group_cancels_its_sessions(database: Database, there) -> None:
    first, _second, place, _who, _room = there
    groups.set_status(database, first.id, GroupStatus.CANCELLED)

    of_group = events(calendars.of_group(database, first.id, make.STAMP))
    of_patient = events(calendars.of_patient(database, place.patient_id, make.STAMP))

    assert {e["STATUS"] for e in of_group.values()} == {"CANCELLED"}
    assert {e["STATUS"] for e in of_patient.values()} == {"CANCELLED"}


def test_that_a_patient_gets_the_own_schedule(database: Database, there) -> None:
    first, second, place, _who, _room = there
    swapped = make.of_strand(database, first.id, "lecture_a")[0]
    instead = make.of_strand(database, second.id, "lecture_a")[0]
    skipped = make.of_strand(database, first.id, "lecture_c")[0]
    added = make.of_strand(database, second.id, "relaxation")[7]
    schedules.swap(database, place.id, swapped.id, instead.id, "Hemlig orsak", because="sagt")
    schedules.opt_out(database, place.id, skipped.id, "Hemlig orsak")
    own = schedules.add(database, place.id, added.id, "Hemlig orsak", because="sagt")
    visit = next(line.session for line in own.lines if line.kind == "visit")

    data = calendars.of_patient(database, place.patient_id, make.STAMP)
    found = events(data)

    status = {key: str(event["STATUS"]) for key, event in found.items()}
    assert status[uid(swapped)] == status[uid(skipped)] == "CANCELLED"
    assert status[uid(instead)] == status[uid(added)] == status[uid(visit)] == "CONFIRMED"
    assert len(found) == len(sessions.sessions(database, first.id)) + 3
    assert {str(event["CLASS"]) for event in found.values()} == {"PRIVATE"}
    assert {str(event["SUMMARY"]) for event in found.values()} == {
        "Gruppträff på vårdcentralen",
        "Besök på vårdcentralen",
    }
    assert str(found[uid(visit)]["SUMMARY"]) == "Besök på vårdcentralen"
    assert str(found[uid(visit)]["DESCRIPTION"]) == "Frågor? Ring 036-000 00 10."


def test_that_a_patients_calendar_is_in_the_patients_language(database: Database, there) -> None:
    _first, _second, place, _who, _room = there
    one = patients.patient(database, place.patient_id)
    patients.update(database, replace(one, language="en"))

    data = plain(calendars.of_patient(database, one.id, make.STAMP))

    assert "SUMMARY:Group session at the health centre" in data


def test_that_a_place_given_up_is_no_longer_in_the_calendar(database: Database, there) -> None:
    _first, _second, place, _who, _room = there
    enrolments.leave(database, place.id, make.TODAY, "Flyttar")

    assert events(calendars.of_patient(database, place.patient_id, make.STAMP)) == {}


def test_that_a_colleague_sees_sessions_and_visits_but_not_whose(database: Database, there) -> None:
    first, second, _place, who, _room = there

    found = events(calendars.of_staff(database, who.id, make.STAMP))

    summaries = {str(event["SUMMARY"]) for event in found.values()}
    assert {"Relaxation 1 (H26 A)", "Individual visit (H26 A)", "Exercise 1 (H26 B)"} <= summaries
    led = [
        session
        for group in (first, second)
        for session in sessions.sessions(database, group.id)
        if who.id in {leader.staff_id for leader in session.leaders}
    ]
    assert len(found) == len(led) + 1


def test_that_no_file_tells_who_comes_or_what_it_is_about(database: Database, there) -> None:
    first, _second, place, who, room = there
    one = patients.patient(database, place.patient_id)
    number = one.identity.number

    for data in (
        calendars.of_patient(database, one.id, make.STAMP),
        calendars.of_staff(database, who.id, make.STAMP),
        calendars.of_room(database, room, make.STAMP),
        calendars.of_group(database, first.id, make.STAMP),
        *(
            calendars.of_staff(database, any_one.id, make.STAMP)
            for any_one in staff.staff(database)
        ),
    ):
        said = plain(data)
        lines = [line for line in said.splitlines() if not line.startswith(("UID", "PRODID"))]
        words = "\n".join(lines).casefold()
        assert number not in words
        assert number[2:] not in words
        assert number[-4:] not in words.replace("t000000", "")
        assert [telling for telling in TELLING if telling.casefold() in words] == []


def test_that_what_is_gone_is_refused(database: Database, there) -> None:
    _first, _second, place, _who, _room = there

    for wanted, sentence in (
        (calendars.of_group, "group is no longer"),
        (calendars.of_staff, "colleague is no longer"),
        (calendars.of_room, "room is no longer"),
        (calendars.of_patient, "patient is no longer"),
    ):
        with pytest.raises(Refused, match=sentence):
            wanted(database, place.id, make.STAMP)


def test_that_a_calendar_is_saved_under_a_name_without_a_patient(
    database: Database, there, tmp_path
) -> None:
    first, _second, place, who, _room = there
    file = tmp_path / "x.ics"

    calendars.save(database, file, "staff", who.id, make.STAMP)

    assert file.read_bytes() == calendars.of_staff(database, who.id, make.STAMP)
    assert calendars.title(database, "group", first.id) == "Calendar H26 A"
    assert calendars.title(database, "staff", who.id) == "Calendar Anna Berg"
    assert calendars.title(database, "patient", place.patient_id) == "My sessions"


def test_that_what_somebody_led_and_leads_no_more_is_cancelled_for_them(
    database: Database, there
) -> None:
    first, _second, _place, who, _room = there
    publications.publish(database, first.id)
    held = make.of_strand(database, first.id, "relaxation")[2]
    other = staff.add(database, who.centre_id, "Åsa Ny", who.profession)
    sessions.change_leaders(database, held.id, [other.id], reason="byte")
    assert str(events(calendars.of_staff(database, who.id, make.STAMP))[uid(held)]["STATUS"]) == (
        "CONFIRMED"
    )
    publications.publish(database, first.id)

    theirs = events(calendars.of_staff(database, who.id, make.STAMP))[uid(held)]
    others = events(calendars.of_staff(database, other.id, make.STAMP))[uid(held)]

    assert (str(theirs["STATUS"]), theirs["SEQUENCE"]) == ("CANCELLED", 1)
    assert (str(others["STATUS"]), others["SEQUENCE"]) == ("CONFIRMED", 1)


def test_that_what_was_told_and_taken_away_is_cancelled_in_every_file(
    database: Database, there
) -> None:
    first, _second, place, who, _room = there
    model = make.of_strand(database, first.id, "relaxation")[7]
    (extra,) = several.copy(database, {model.id: model.start + timedelta(days=7)})
    publications.publish(database, first.id)
    database.undo()
    publications.publish(database, first.id)

    for data in (
        calendars.of_group(database, first.id, make.STAMP),
        calendars.of_staff(database, who.id, make.STAMP),
        calendars.of_patient(database, place.patient_id, make.STAMP),
    ):
        assert str(events(data)[f"{extra}@painprogram"]["STATUS"]) == "CANCELLED"
