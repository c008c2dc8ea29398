"""Letters go to exactly those who don't know, and tell what they were told and what holds now."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from painprogram.domain.envelopes import Envelope, Fold, Window
from painprogram.domain.errors import Refused
from painprogram.domain.papers import Kind, LetterKind, Wanted
from painprogram.domain.patients import Access
from painprogram.domain.progress import Progress
from painprogram.domain.referrals import ReferralValues
from painprogram.domain.seats import Choice, How
from painprogram.domain.ways import WayStatus
from painprogram.storage.database import Database
from painprogram.usecases import (
    letters,
    paper_faces,
    paper_words,
    patients,
    pauses,
    publications,
    schedules,
    seats,
    session_events,
    sessions,
    ways,
)
from painprogram.usecases.paper_batch import Batch
from painprogram.usecases.paper_faces import PaperFace
from painprogram.usecases.silence import silence
from tests import make
from tests.usecases.handed_out import LATER, print_all, published

HOUR = timedelta(hours=1)


@pytest.fixture
def there(database: Database):
    return published(database)


@pytest.fixture
def small(database: Database):
    """One group, published, with two who never had a paper."""
    where = make.furnished(database)
    group = make.group(database, where)
    places = tuple(
        make.placed(database, where, group.id, number, given)
        for number, given in enumerate(("Maria", "Gunhild"))
    )
    publications.publish(database, group.id)
    return where, group, places


def batch(database: Database, kind: LetterKind, **wanted: Any) -> Batch:
    asked = Wanted(Kind.LETTER, letter=kind, **{"language": "en", **wanted})
    return letters.letter(database, Progress(), asked, LATER)


def needing(database: Database, *groups: Any) -> list[tuple[str, LetterKind]]:
    return [
        (one.name, one.kind)
        for group in groups
        for one in letters.who_needs_letters(database, group.id, LATER)
    ]


def names(found: Batch) -> list[str]:
    return sorted(item.content.name for item in found.items)


def sent(database: Database, found: Batch) -> None:
    assert found.draw(found.items, Progress()).startswith(b"%PDF")
    assert found.remember is not None
    found.remember(database, found.items)


def test_that_a_published_change_is_told_to_exactly_those_it_touches(
    database: Database, there
) -> None:
    _where, first, second, places = there
    moved = make.of_strand(database, first.id, "relaxation")[3]
    theirs = make.of_strand(database, second.id, "relaxation")[2]
    schedules.swap(database, places[2].id, theirs.id, moved.id, "jobb")
    schedules.opt_out(database, places[1].id, moved.id, "bortrest")
    print_all(database, places)
    assert needing(database, first, second) == []

    sessions.move(database, moved.id, moved.start + HOUR)
    assert needing(database, first, second) == []
    publications.publish(database, first.id)

    assert needing(database, first, second) == [
        ("Maria Öberg", LetterKind.CHANGE),
        ("Elsa Öberg", LetterKind.CHANGE),
    ]
    found = batch(database, LetterKind.CHANGE, group=first.id)
    assert names(found) == ["Maria Öberg"]
    [told] = found.items[0].content.appointments
    assert (told.before.start, told.now.start) == (moved.start, moved.start + HOUR)
    assert told.now.what == "Relaxation 4"
    assert told.tag == "Changed time"
    sent(database, found)
    assert needing(database, first, second) == [("Elsa Öberg", LetterKind.CHANGE)]
    with pytest.raises(Refused, match="as they were told"):
        batch(database, LetterKind.CHANGE, group=first.id)
    sessions.move(database, moved.id, moved.start + 2 * HOUR)
    publications.publish(database, first.id)
    [told] = batch(database, LetterKind.CHANGE, group=first.id).items[0].content.appointments
    assert (told.before.start, told.now.start) == (moved.start + HOUR, moved.start + 2 * HOUR)


def test_that_a_pause_cancels_what_lies_ahead_until_they_have_been_told(
    database: Database, there
) -> None:
    _where, first, second, places = there
    guest = make.of_strand(database, first.id, "relaxation")[5]
    theirs = make.of_strand(database, second.id, "relaxation")[4]
    schedules.swap(database, places[2].id, theirs.id, guest.id, "jobb")
    print_all(database, places)
    own = [s for s in sessions.sessions(database, first.id) if not s.linked]

    pauses.pause(database, first.id, make.MONDAY, "Few can come")

    assert needing(database, first, second) == [
        ("Gunhild Öberg", LetterKind.CANCELLATION),
        ("Maria Öberg", LetterKind.CANCELLATION),
        ("Elsa Öberg", LetterKind.CANCELLATION),
    ]
    found = batch(database, LetterKind.CANCELLATION, group=first.id)
    content = found.items[0].content
    assert len(content.appointments) == len(own)
    assert all(one.now is None for one in content.appointments)
    assert content.opening[0].startswith("Your group rests from 11 January 2027.")
    sent(database, found)
    assert needing(database, first) == []
    publications.publish(database, first.id)
    assert needing(database, first) == []

    pauses.resume(database, first.id, make.MONDAY + timedelta(weeks=9))
    publications.publish(database, first.id)
    assert {kind for _name, kind in needing(database, first)} == {LetterKind.CHANGE}
    new = batch(database, LetterKind.CHANGE, group=first.id).items[0].content.appointments
    assert {one.tag for one in new} == {"New time for you"}


def test_that_a_single_cancelled_session_is_told_to_all_who_were_to_come(
    database: Database, there
) -> None:
    _where, first, second, places = there
    off = make.of_strand(database, first.id, "relaxation")[3]
    theirs = make.of_strand(database, second.id, "relaxation")[2]
    schedules.swap(database, places[2].id, theirs.id, off.id, "jobb")
    schedules.opt_out(database, places[1].id, off.id, "bortrest")
    print_all(database, places)
    with pytest.raises(Refused, match="not cancelled"):
        batch(database, LetterKind.CANCELLATION, session=off.id)
    session_events.cancelled(database, off.id, "ill", today=off.start.date())

    found = batch(database, LetterKind.CANCELLATION, session=off.id)

    assert names(found) == ["Elsa Öberg", "Maria Öberg"]
    assert len(needing(database, first, second)) == 2
    sent(database, found)
    assert needing(database, first, second) == []


def test_that_a_cancelled_group_is_told_to_those_who_wait_again(database: Database, small) -> None:
    _where, group, _places = small

    seats.decide(database, group.id, Choice(How.CANCEL, "Too few"), make.TODAY)

    assert needing(database, group) == [
        ("Gunhild Öberg", LetterKind.CANCELLATION),
        ("Maria Öberg", LetterKind.CANCELLATION),
    ]
    found = batch(database, LetterKind.CANCELLATION, group=group.id)
    assert found.items[0].content.opening[0].startswith("Your group is cancelled.")
    sent(database, found)
    assert needing(database, group) == []


def test_that_who_never_had_a_paper_is_told_what_was_published_since_they_came(
    database: Database, small
) -> None:
    where, group, places = small
    other = make.group(database, where, "H26 B", make.MONDAY + timedelta(weeks=1))
    publications.publish(database, other.id)
    schedules.add_visit(database, places[0].id, datetime(2027, 1, 13, 7), 45, title="Samtal")
    off = make.of_strand(database, group.id, "relaxation")[3]
    on = make.of_strand(database, other.id, "relaxation")[2]
    schedules.swap(database, places[0].id, off.id, on.id, "jobb")
    assert needing(database, group) == []

    sessions.move(database, on.id, on.start + HOUR)
    publications.publish(database, other.id)
    assert needing(database, group) == [("Maria Öberg", LetterKind.CHANGE)]

    moved = make.of_strand(database, group.id, "relaxation")[0]
    sessions.move(database, moved.id, moved.start + HOUR)
    publications.publish(database, group.id)

    first, second = letters.who_needs_letters(database, group.id, LATER)
    assert (first.name, first.kind, first.changes) == ("Gunhild Öberg", LetterKind.CHANGE, 1)
    assert (second.changes, second.told_on) == (2, None)
    after = moved.start.date() + timedelta(days=1)
    assert [one.name for one in letters.who_needs_letters(database, group.id, after)] == [
        "Maria Öberg"
    ]


def test_that_a_summons_is_to_the_first_time_ahead_in_the_patients_language(
    database: Database, small
) -> None:
    where, group, places = small
    one = patients.patient(database, places[1].patient_id)
    known = replace(
        one, language="en", access=(Access.LARGE_PRINT,), address="Ekvägen 2\n123 45 Ek"
    )
    patients.update(database, known)
    paper_words.set_word(database, where.id, "summons.heading", "en", "Nice to meet you")
    paper_words.set_word(database, where.id, "fee", "sv", "Ett besök kostar 100 kr.")
    own = PaperFace(where.id, colour="#7a1f1f", sender="Ek\nBox 1", footer="Ek AB")
    paper_faces.set_face(database, own)

    found = batch(database, LetterKind.SUMMONS, group=group.id, language=None, twin=True)

    by_name = {item.content.name: item for item in found.items}
    swedish, english = by_name["Maria Öberg"], by_name["Gunhild Öberg"]
    held = sessions.sessions(database, group.id)[0]
    [told] = english.content.appointments
    assert (swedish.language, english.language) == ("sv", "en")
    assert (told.now.start, told.before, english.by_time) == (held.start, None, held.start)
    assert english.content.address == ("Gunhild Öberg", "Ekvägen 2", "123 45 Ek")
    assert english.content.heading == "Nice to meet you"
    assert {swedish.name, english.name, found.name} == {"Summons H26 A"}
    assert english.content.large
    assert english.content.enclosed
    assert (english.content.twin.language, swedish.content.twin) == ("sv", None)
    assert "Ett besök kostar 100 kr." in english.missing
    assert any("kostar 100" in texts[0] for _head, texts in swedish.content.sections if texts)
    face = english.content.face
    assert (face.colour, face.sender, face.footer) == ("7A1F1F", ("Ek", "Box 1"), "Ek AB")
    for place in places:
        read = patients.readings(database, place.patient_id)
        assert "Write letters" in [one.action for one in read]


def test_that_a_visit_of_ones_own_is_summoned_to_by_itself(database: Database, small) -> None:
    _where, _group, places = small
    own = schedules.add_visit(database, places[0].id, datetime(2027, 1, 13, 7), 45, title="Samtal")
    visit = next(line.session for line in own.lines if line.session.start.hour == 7)

    [item] = batch(database, LetterKind.SUMMONS, session=visit.id).items

    assert item.content.appointments[0].now.what == "Samtal"
    assert "Samtal" in item.missing
    assert not item.content.enclosed
    assert item.of_id == visit.id
    other = patients.readings(database, places[1].patient_id)
    assert "Write letters" not in [one.action for one in other]
    with pytest.raises(Refused, match="Choose a group"):
        batch(database, LetterKind.SUMMONS)


def test_that_protected_identity_has_no_address_and_goes_the_centres_way(
    database: Database, small
) -> None:
    where, group, places = small
    one = patients.patient(database, places[0].patient_id)
    hidden = replace(one, protected=True, address="Hemliga vägen 1\n123 45 Ort")
    patients.update(database, hidden)

    found = batch(database, LetterKind.SUMMONS, places=(places[0].id,))
    content = found.items[0].content
    assert content.address == ("Maria Öberg",)
    assert content.staff_note
    assert "Hemliga" not in repr(content)
    sent(database, found)  # that page is for the staff: nobody has been told
    assert letters.who_needs_letters(database, group.id, LATER) == ()

    face = PaperFace(where.id, forwarding="Förmedling\nBox 1\n123 00 Ort")
    paper_faces.set_face(database, face)
    [item] = batch(database, LetterKind.SUMMONS, group=group.id, patient=hidden.id).items
    assert item.content.address == ("Maria Öberg", "Förmedling", "Box 1", "123 00 Ort")
    assert item.content.staff_note == ""


def test_that_the_waiting_list_letter_tells_of_the_referral(database: Database) -> None:
    where = make.centre(database)
    one = make.patient(database, where)
    with pytest.raises(Refused, match="not on the waiting list"):
        batch(database, LetterKind.WAITING, patient=one.id)
    way = ways.receive(database, one.id, ReferralValues(date(2026, 11, 2)), today=make.TODAY)
    ways.step(database, way.id, WayStatus.WAITING, make.TODAY, today=make.TODAY)

    [item] = batch(database, LetterKind.WAITING, centre=where.id).items

    [told] = item.content.opening
    assert told.startswith("We received your referral on 2 November 2026.")
    assert told.endswith("waiting for a place at Ekbacken.")
    assert item.content.appointments == ()
    sent(database, batch(database, LetterKind.WAITING, patient=one.id))


def test_that_each_participant_promises_silence_alone_in_their_own_language(
    database: Database, small
) -> None:
    where, group, places = small
    one = patients.patient(database, places[1].patient_id)
    patients.update(database, replace(one, language="en", protected=True))

    found = silence(database, Progress(), Wanted(Kind.SILENCE, group=group.id), LATER)

    assert {(item.language, item.content.name) for item in found.items} == {
        ("sv", "Maria Öberg"),
        ("en", ""),
    }
    assert found.draw(found.items, Progress()).startswith(b"%PDF")
    empty = make.group(database, where, "H26 B", make.MONDAY + timedelta(weeks=10))
    [blank] = silence(database, Progress(), Wanted(Kind.SILENCE, group=empty.id), LATER).items
    assert (blank.content.name, blank.patient_id) == ("", None)


def test_that_the_calibration_sheet_is_of_the_centres_own_envelope(database: Database) -> None:
    where = make.centre(database)
    own = Window(20, 45, 100, 35)
    paper_faces.set_face(
        database,
        PaperFace(where.id, envelope=Envelope.OWN, own_window=own, fold=Fold.THIRDS),
    )

    wanted = Wanted(Kind.CALIBRATION, centre=where.id)
    [item] = letters.calibration(database, Progress(), wanted, LATER).items

    assert (item.content.window, item.content.fold) == (own, Fold.THIRDS)
