"""The queue holds exactly the sheets that would say something else than was printed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import icalendar
import pytest
from sqlalchemy import select

from painprogram import i18n
from painprogram.domain.progress import Progress
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import PrintRow
from painprogram.usecases import (
    calendars,
    centres,
    commitments,
    enrolments,
    patients,
    prints,
    publications,
    reprints,
    schedules,
    sessions,
    several,
    staff,
)
from tests import make
from tests.usecases.handed_out import LATER, print_all, published

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def there(database: Database):
    return published(database)


def queued(database: Database) -> list[str]:
    return [one.name for one in reprints.queue(database, None, LATER).sheets]


def told(database: Database) -> dict[str, list[str]]:
    found = reprints.queue(database, None, LATER).sheets
    return {one.name: [change.words for change in one.changes] for one in found}


def plain(data: bytes) -> dict[str, list[str]]:
    """The lines of each event, but for the time of writing."""
    return {
        str(event["UID"]): [
            line for line in event.to_ical().decode().splitlines() if "DTSTAMP" not in line
        ]
        for event in icalendar.Calendar.from_ical(data).walk("VEVENT")
    }


def test_that_what_was_printed_is_not_in_the_queue(database: Database, there) -> None:
    assert reprints.queue(database, Progress(), LATER) == reprints.Queue((), ())
    assert reprints.count(database, LATER) == reprints.Count(0, 0)


def test_that_moving_one_session_and_publishing_queues_exactly_those_who_had_it(
    database: Database, there
) -> None:
    _where, first, second, places = there
    moved = make.of_strand(database, first.id, "relaxation")[3]
    theirs = make.of_strand(database, second.id, "relaxation")[4]
    schedules.swap(database, places[2].id, theirs.id, moved.id, "jobb", because="sagt")
    print_all(database, places)
    before = {
        place.id: plain(calendars.of_patient(database, place.patient_id, make.STAMP))
        for place in places
    }

    sessions.move(database, moved.id, moved.start + HOUR)
    assert queued(database) == []
    publications.publish(database, first.id)

    assert queued(database) == ["Elsa Öberg", "Gunhild Öberg", "Maria Öberg"]
    after = {
        place.id: plain(calendars.of_patient(database, place.patient_id, make.STAMP + DAY))
        for place in places
    }
    assert after[places[3].id] == before[places[3].id]
    for place in places[:3]:
        differing = {
            uid for uid in after[place.id] if after[place.id][uid] != before[place.id][uid]
        }
        assert differing == {f"{moved.id}@painprogram"}


def test_that_a_draft_puts_nothing_in_the_queue_and_no_calendar(database: Database, there) -> None:
    _where, first, _second, places = there
    moved = make.of_strand(database, first.id, "relaxation")[3]
    who = next(one for one in staff.staff(database) if one.id == moved.leaders[0].staff_id)
    room = moved.room_id
    assert room is not None
    files: list[Callable[[], bytes]] = [
        lambda: calendars.of_group(database, first.id, make.STAMP),
        lambda: calendars.of_staff(database, who.id, make.STAMP),
        lambda: calendars.of_room(database, room, make.STAMP),
        lambda: calendars.of_patient(database, places[0].patient_id, make.STAMP),
    ]
    before = [file() for file in files]
    poster = prints.poster(database, first.id, make.TODAY, record=False)

    sessions.move(database, moved.id, moved.start + HOUR)

    assert [file() for file in files] == before
    assert prints.poster(database, first.id, make.TODAY, record=False) == poster
    assert queued(database) == []


def test_that_the_queue_says_what_changed_old_and_new(database: Database, there) -> None:
    where, first, _second, _places = there
    moved = make.of_strand(database, first.id, "relaxation")[2]
    lokal = make.hall(database, where, "Lokal 9", 20)
    tuesday = datetime(2027, 1, 26, 14, 30)
    sessions.move(database, moved.id, tuesday, room_id=lokal.id)
    publications.publish(database, first.id)

    with i18n.using("sv"):
        found = reprints.queue(database, None, LATER).sheets[0]
        old = f"{i18n.day_short(moved.start.date())} {i18n.clock(moved.start)} {moved.room_name}"
        assert [change.words for change in found.changes] == [
            f"Avslappning 3: {old} → tis 26 jan 14.30 Lokal 9"
        ]
    assert (found.number, found.printed_on) == (1, make.TODAY)
    assert found.since is not None


def test_that_everything_of_ones_own_puts_a_sheet_in_the_queue_at_once(
    database: Database, there
) -> None:
    _where, first, second, places = there
    off, on, _led = make.of_strand(database, first.id, "relaxation")[2:5]
    other = make.of_strand(database, second.id, "relaxation")[3]
    schedules.opt_out(database, places[0].id, off.id, "bortrest")
    schedules.swap(database, places[0].id, on.id, other.id, "jobb", because="sagt")
    schedules.add_visit(
        database, places[0].id, datetime(2027, 1, 13, 7), 45, title="Hemligt samtal"
    )
    shown = commitments.commitment(database, places[0].id)
    commitments.write(database, shown, sentences=shown.sentences, goals=["Gå med hunden"], home=[])

    with i18n.using("en"):
        (words,) = told(database).values()

    assert words[0] == "Hemligt samtal: new, Wed 13 Jan 7:00"
    assert words[1].endswith("→ does not go")
    assert words[2].startswith("Relaxation 4: ")
    assert words[3:] == ["Commitment, goals or home practice"]


def test_that_whatever_stands_on_the_sheet_counts(database: Database, there) -> None:
    where, _first, _second, places = there
    one = patients.patient(database, places[0].patient_id)
    patients.update(database, replace(one, family_name="Ny"))
    assert told(database) == {"Maria Ny": ["Name or number"]}
    print_all(database, places)

    centre = centres.centre(database, where.id)
    centres.update(database, replace(centre, phone="036-11 11 11"))
    everybody = told(database)
    assert len(everybody) == len(places)
    assert everybody["Maria Ny"][0] == "Contact person or phone"
    print_all(database, places)
    assert queued(database) == []


def test_that_another_language_needs_another_sheet(database: Database, there) -> None:
    _where, _first, _second, places = there
    one = patients.patient(database, places[0].patient_id)
    patients.update(database, replace(one, language="en"))

    assert told(database) == {"Maria Öberg": ["Language: Swedish → English"]}
    print_all(database, places)
    assert queued(database) == []


def test_that_a_copy_in_another_language_is_asked_for_and_counts_until_it_is_outdated(
    database: Database, there
) -> None:
    where, first, _second, places = there
    extra = make.placed(database, where, first.id, 7, "Nora")
    prints.sheet(database, extra.id, make.TODAY, "en")
    prints.sheet(database, places[0].id, make.TODAY, "en")
    assert queued(database) == []

    schedules.add_visit(database, extra.id, datetime(2027, 1, 13, 7), 45, title="Samtal")
    assert queued(database) == ["Nora Öberg"]
    print_all(database, (extra,))
    assert queued(database) == []


def test_that_going_back_to_what_was_printed_empties_the_queue(database: Database, there) -> None:
    _where, first, _second, places = there
    moved = make.of_strand(database, first.id, "relaxation")[2]
    sessions.move(database, moved.id, moved.start + HOUR)
    publications.publish(database, first.id)
    assert queued(database) == ["Gunhild Öberg", "Maria Öberg"]

    publications.go_back(database, first.id, 1)
    assert queued(database) == ["Gunhild Öberg", "Maria Öberg"]
    publications.publish(database, first.id)
    assert queued(database) == []

    one = patients.patient(database, places[0].patient_id)
    named = patients.update(database, replace(one, given_name="Mia"))
    assert queued(database) == ["Mia Öberg"]
    patients.update(database, replace(named, given_name="Maria"))
    assert queued(database) == []


def test_that_printing_empties_the_queue(database: Database, there) -> None:
    _where, first, _second, _places = there
    moved = make.of_strand(database, first.id, "relaxation")[2]
    sessions.cancel(database, moved.id)
    publications.publish(database, first.id)
    late = reprints.queue(database, None, LATER).sheets

    prints.many_sheets(database, Progress(), [one.enrolment_id for one in late], LATER)

    assert [one.name for one in late] == ["Gunhild Öberg", "Maria Öberg"]
    assert reprints.count(database, LATER) == reprints.Count(0, 0)


def test_that_who_left_and_what_is_over_is_not_in_the_queue(database: Database, there) -> None:
    where, first, second, places = there
    enrolments.leave(database, places[0].id, make.TODAY, "flyttat")
    centre = centres.centre(database, where.id)
    centres.update(database, replace(centre, phone="036-11 11 11"))

    assert queued(database) == ["Bo Öberg", "Elsa Öberg", "Gunhild Öberg"]
    after_the_first = sessions.sessions(database, first.id)[-1].start.date() + DAY
    found = reprints.queue(database, None, after_the_first)
    assert {one.group_id for one in found.sheets} == {second.id}
    assert reprints.count(database, after_the_first + timedelta(weeks=8)) == reprints.Count()


def test_that_a_paper_that_says_more_than_is_left_is_replaced(database: Database, there) -> None:
    _where, first, _second, places = there
    last = sessions.sessions(database, first.id)[-1]
    (extra,) = several.copy(database, {last.id: last.start + timedelta(weeks=3)})
    publications.publish(database, first.id)
    print_all(database, places)
    sessions.cancel(database, extra)
    publications.publish(database, first.id)

    assert len(reprints.queue(database, None, last.start.date() + DAY).sheets) == 2


def test_that_a_sheet_never_printed_stands_beside(database: Database, there) -> None:
    where, first, _second, _places = there
    draft = make.group(database, where, "H26 C", make.MONDAY + timedelta(weeks=2))
    make.placed(database, where, draft.id, 8, "Ingen")
    new = make.placed(database, where, first.id, 9, "Ny")

    found = reprints.queue(database, None, LATER)

    assert (found.sheets, [one.name for one in found.never]) == ((), ["Ny Öberg"])
    coming = sessions.sessions(database, first.id)[0].start
    assert (found.never[0].enrolment_id, found.never[0].next) == (new.id, coming)


def test_that_the_queue_is_of_one_centre(database: Database, there) -> None:
    where, *_rest = there
    other = make.centre(database, "Bankeryd", "Region Norr")
    centre = centres.centre(database, where.id)
    centres.update(database, replace(centre, phone="036-11 11 11"))

    assert len(reprints.queue(database, None, LATER, where.id).sheets) == 4
    assert reprints.count(database, LATER, other.id) == reprints.Count()


def test_that_only_those_who_are_shown_stand_in_the_log(database: Database, there) -> None:
    _where, _first, _second, places = there
    one = patients.patient(database, places[0].patient_id)
    patients.update(database, replace(one, family_name="Ny"))
    before = [len(patients.readings(database, place.patient_id)) for place in places]

    reprints.count(database, LATER)
    reprints.queue(database, None, LATER)

    after = [len(patients.readings(database, place.patient_id)) for place in places]
    assert [b - a for a, b in zip(before, after, strict=True)] == [1, 0, 0, 0]


def test_that_nothing_kept_of_a_print_names_anybody(database: Database, there) -> None:
    _where, _first, _second, places = there
    schedules.add_visit(database, places[0].id, datetime(2027, 1, 13, 7), 45, title="Hemligt")
    print_all(database, places)

    with database.raw() as connection:
        kept = " ".join(str(one) for one in connection.scalars(select(PrintRow.content)))

    for hidden in ("Öberg", "Maria", "Hemligt", "Anna Berg"):
        assert hidden not in kept


def test_that_what_was_printed_by_an_older_program_is_compared_as_well(
    database: Database, there
) -> None:
    _where, first, _second, _places = there
    with database.change("as it was") as db:
        for row in db.scalars(select(PrintRow)):
            row.content = None
        db.flush()
        saw(db, ())
    assert queued(database) == []
    moved = make.of_strand(database, first.id, "relaxation")[2]
    sessions.move(database, moved.id, moved.start + HOUR)
    publications.publish(database, first.id)

    assert told(database)["Maria Öberg"] == ["Printed before the program kept what was printed"]
