from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from painprogram import i18n
from painprogram.domain.errors import Conflict, Refused
from painprogram.domain.groups import GroupStatus
from painprogram.domain.people import Profession
from painprogram.domain.publications import ChangeKind
from painprogram.domain.sessions import Session
from painprogram.storage.database import Database
from painprogram.usecases import (
    enrolments,
    groups,
    history,
    patients,
    publications,
    published,
    rooms,
    schedules,
    sessions,
    several,
    staff,
)
from tests import make

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def there(database: Database):
    """A centre and a group with two patients, published once."""
    where = make.furnished(database)
    group = make.group(database, where)
    places = (
        make.placed(database, where, group.id, 0, "Maria"),
        make.placed(database, where, group.id, 1, "Gunhild"),
    )
    publications.publish(database, group.id)
    return where, group, places


def relaxation(database: Database, group_id, number: int = 3) -> Session:
    return make.of_strand(database, group_id, "relaxation")[number - 1]


def as_told(database: Database, group_id) -> dict[Any, Any]:
    with database.read() as db:
        base = published.base_schedule(db, group_id)
    return {one.id: one for one in base}


def test_that_a_group_is_a_draft_until_it_is_published(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)

    before = publications.state(database, group.id)
    first = publications.publish(database, group.id, "  Klart för\nstart ")
    after = publications.state(database, group.id)

    assert (before.number, before.words) == (None, "not published yet")
    assert (first.number, first.note) == (1, "Klart för start")
    assert (after.number, after.changes, after.differs) == (1, 0, False)


def test_that_what_was_told_stays_until_the_next_version(database: Database, there) -> None:
    _where, group, _places = there
    moved = relaxation(database, group.id)
    sessions.move(database, moved.id, moved.start + DAY)

    told = as_told(database, group.id)[moved.id]
    assert told.start == moved.start
    assert publications.state(database, group.id).words == "1 change since version 1"

    publications.publish(database, group.id)
    assert as_told(database, group.id)[moved.id].start == moved.start + DAY
    assert publications.state(database, group.id).differs is False


def test_that_publishing_nothing_new_is_refused(database: Database, there) -> None:
    _where, group, _places = there

    with pytest.raises(Refused, match="Nothing has changed since version 1"):
        publications.publish(database, group.id)


def test_that_the_draft_published_is_the_one_that_was_seen(database: Database, there) -> None:
    _where, group, _places = there
    first, second = (relaxation(database, group.id, number) for number in (3, 4))
    sessions.move(database, first.id, first.start + HOUR)
    seen = publications.changes(database, group.id).seen
    sessions.move(database, second.id, second.start + HOUR)

    with pytest.raises(Conflict, match="Look at the changes again"):
        publications.publish(database, group.id, seen=seen)
    seen = publications.changes(database, group.id).seen
    assert publications.publish(database, group.id, seen=seen).number == 2


def test_that_a_change_is_told_in_words_old_and_new(database: Database, there) -> None:
    where, group, _places = there
    lokal = make.hall(database, where, "Lokal 9", 20)
    moved = relaxation(database, group.id)
    tuesday = datetime(2027, 1, 26, 14, 30)
    sessions.move(database, moved.id, tuesday, room_id=lokal.id)

    with i18n.using("sv"):
        (change,) = publications.changes(database, group.id).sessions
        old = f"{i18n.day_short(moved.start.date())} {i18n.clock(moved.start)}"
        assert change.subject == "Avslappning 3"
        assert change.old == f"{old} {moved.room_name}"
        assert change.new == "tis 26 jan 14.30 Lokal 9"
        assert change.words == f"Avslappning 3: {change.old} → {change.new}"


def test_that_only_what_changed_is_told(database: Database, there) -> None:
    where, group, _places = there
    longer, led, called_off = (relaxation(database, group.id, number) for number in (3, 4, 5))
    substitute = staff.add(database, where.id, "Åsa Ny", Profession.PHYSIOTHERAPIST)
    sessions.resize(database, longer.id, longer.minutes + 15)
    sessions.change_leaders(database, led.id, [substitute.id])
    sessions.cancel(database, called_off.id)

    found = {one.session.id: one for one in publications.changes(database, group.id).sessions}

    when = f"{i18n.day_short(longer.start.date())} {i18n.clock(longer.start)}"
    assert found[longer.id].old.startswith(f"{when}–")
    assert found[led.id].old == led.leaders[0].name
    assert found[led.id].new == "Åsa Ny"
    assert found[led.id].subject.startswith("Relaxation 4, ")
    assert found[called_off.id].kind is ChangeKind.CANCELLED
    assert found[called_off.id].words.startswith("Relaxation 5: Cancelled, ")


def test_that_an_extra_session_is_new_and_a_cancelled_one_may_be_held_again(
    database: Database, there
) -> None:
    _where, group, _places = there
    called_off, model = (relaxation(database, group.id, number) for number in (5, 8))
    sessions.cancel(database, called_off.id)
    publications.publish(database, group.id)
    sessions.cancel(database, called_off.id, cancelled=False)
    (extra,) = several.copy(database, {model.id: model.start + 7 * DAY})

    found = {one.session.id: one for one in publications.changes(database, group.id).sessions}

    assert found[called_off.id].kind is ChangeKind.HELD
    assert (found[extra].kind, found[extra].subject) == (ChangeKind.NEW, "Relaxation 9")
    assert found.keys() == {called_off.id, extra}


def test_that_each_person_has_one_notice_of_everything(database: Database, there) -> None:
    where, group, places = there
    other = make.group(database, where, "H26 B", make.MONDAY + timedelta(weeks=1))
    visiting = make.placed(database, where, other.id, 2, "Elsa")
    third, fourth = (relaxation(database, group.id, number) for number in (3, 4))
    schedules.opt_out(database, places[1].id, third.id, "bortrest")
    theirs = relaxation(database, other.id, 4)
    schedules.swap(database, visiting.id, theirs.id, fourth.id, "jobb", because="sagt")
    substitute = staff.add(database, where.id, "Åsa Ny", Profession.PHYSIOTHERAPIST)
    sessions.move(database, third.id, third.start + HOUR)
    sessions.move(database, fourth.id, fourth.start + HOUR)
    sessions.change_leaders(database, fourth.id, [substitute.id])

    found = publications.changes(database, group.id)
    patients_told, staff_told = publications.notices(database, group.id)

    assert (patients_told, staff_told) == (found.patients, found.staff)
    assert [(one.name, [c.session.id for c in one.changes]) for one in found.patients] == [
        ("Elsa Öberg", [fourth.id]),
        ("Gunhild Öberg", [fourth.id]),
        ("Maria Öberg", [third.id, fourth.id]),
    ]
    leader = third.leaders[0].name
    told = {one.name: [change.kind for change in one.changes] for one in found.staff}
    assert told == {leader: [ChangeKind.CHANGED, ChangeKind.GONE], "Åsa Ny": [ChangeKind.NEW]}


def test_that_notices_can_be_written_after_publishing(database: Database, there) -> None:
    _where, group, _places = there
    moved = relaxation(database, group.id)
    sessions.move(database, moved.id, moved.start + HOUR)
    before = publications.notices(database, group.id)
    publications.publish(database, group.id)

    assert publications.notices(database, group.id) == ((), ())
    after = publications.notices(database, group.id, 2)
    words = [[[c.words for c in one.changes] for one in side] for side in before]
    assert [[[c.words for c in one.changes] for one in side] for side in after] == words


def test_that_the_patients_are_logged_once_when_they_are_named(database: Database, there) -> None:
    _where, group, places = there
    moved = relaxation(database, group.id)
    sessions.move(database, moved.id, moved.start + HOUR)
    before = len(patients.readings(database, places[0].patient_id))

    publications.changes(database, group.id)
    publications.state(database, group.id)
    publications.pending(database)

    assert len(patients.readings(database, places[0].patient_id)) == before + 1


def test_that_a_number_rises_only_where_the_event_changed_since_it_was_told(
    database: Database, there
) -> None:
    _where, group, _places = there
    back, moved, still = (relaxation(database, group.id, number) for number in (3, 4, 5))
    sessions.move(database, back.id, back.start + HOUR)
    sessions.move(database, back.id, back.start)
    sessions.move(database, moved.id, moved.start + HOUR)
    sessions.move(database, moved.id, moved.start + 2 * HOUR)
    publications.publish(database, group.id)

    told = as_told(database, group.id)

    assert [told[one.id].sequence for one in (back, moved, still)] == [0, 1, 0]


def test_that_a_session_made_and_taken_away_is_told_once_each_way(
    database: Database, there
) -> None:
    _where, group, _places = there
    model = relaxation(database, group.id, 8)
    (extra,) = several.copy(database, {model.id: model.start + 7 * DAY})
    publications.publish(database, group.id)
    history.undo(database)

    assert as_told(database, group.id)[extra].numbered_title == "Relaxation 9"
    (change,) = publications.changes(database, group.id).sessions
    assert (change.kind, change.session.id) == (ChangeKind.GONE, extra)
    publications.publish(database, group.id)
    assert extra not in as_told(database, group.id)
    with database.read() as db:
        gone = published.base_schedule(db, group.id, gone=True)
    assert [(s.cancelled, s.sequence) for s in gone if s.id == extra] == [(True, 1)]

    history.redo(database)
    publications.publish(database, group.id)
    assert as_told(database, group.id)[extra].sequence == 2


def test_that_going_back_makes_the_draft_what_a_version_told(database: Database, there) -> None:
    where, group, _places = there
    lokal = make.hall(database, where, "Lokal 9", 20)
    first = as_told(database, group.id)
    moved, called_off, model = (relaxation(database, group.id, number) for number in (3, 4, 8))
    sessions.move(database, moved.id, moved.start + HOUR, room_id=lokal.id)
    sessions.cancel(database, called_off.id)
    (extra,) = several.copy(database, {model.id: model.start + 7 * DAY})
    publications.publish(database, group.id)
    second = as_told(database, group.id)
    (never,) = several.copy(database, {model.id: model.start + 14 * DAY})

    state = publications.go_back(database, group.id, 1)

    draft = {one.id: one for one in sessions.sessions(database, group.id)}
    assert never not in draft
    assert draft[extra].cancelled
    assert {key: (one.start, one.room_id, one.cancelled) for key, one in first.items()} == {
        key: (one.start, one.room_id, one.cancelled) for key, one in draft.items() if key != extra
    }
    assert state.changes == 3
    assert {key: replace(one, version=0) for key, one in as_told(database, group.id).items()} == {
        key: replace(one, version=0) for key, one in second.items()
    }
    history.undo(database)
    assert publications.state(database, group.id).changes == 1
    history.redo(database)
    publications.publish(database, group.id)
    assert as_told(database, group.id)[moved.id].sequence == first[moved.id].sequence + 2


def test_that_a_version_that_is_not_there_is_refused(database: Database, there) -> None:
    _where, group, _places = there

    for verb in (publications.go_back, publications.notices):
        with pytest.raises(Refused, match="no version 7"):
            verb(database, group.id, 7)


def test_that_versions_are_kept_with_their_notes(database: Database, there) -> None:
    _where, group, _places = there
    moved = relaxation(database, group.id)
    sessions.move(database, moved.id, moved.start + HOUR)
    publications.publish(database, group.id, "Anna är borta")

    found = publications.versions(database, group.id)

    assert [(one.number, one.note) for one in found] == [(2, "Anna är borta"), (1, "")]
    assert history.entries(database)[0].label == "Publish H26 A"


def test_that_publishing_is_never_undone(database: Database, there) -> None:
    _where, group, _places = there
    moved = relaxation(database, group.id)
    sessions.move(database, moved.id, moved.start + HOUR)
    publications.publish(database, group.id)

    assert history.undo(database) == "Move Relaxation 3"
    assert publications.state(database, group.id).words == "1 change since version 2"


def test_that_only_groups_with_something_to_tell_are_pending(database: Database, there) -> None:
    where, group, _places = there
    fresh = make.group(database, where, "H26 B", make.MONDAY + timedelta(weeks=1))
    off = make.group(database, where, "H26 C", make.MONDAY + timedelta(weeks=2))
    groups.set_status(database, off.id, GroupStatus.CANCELLED)
    moved = relaxation(database, group.id)

    assert [one.group_id for one in publications.pending(database, where.id)] == [fresh.id]
    sessions.move(database, moved.id, moved.start + HOUR)
    found = publications.pending(database, where.id, make.TODAY)
    assert [(one.group_name, one.number, one.changes) for one in found] == [
        ("H26 A", 1, 1),
        ("H26 B", None, 0),
    ]
    late = make.MONDAY + timedelta(weeks=30)
    assert publications.pending(database, where.id, late) == ()


def test_that_differences_name_the_place_that_was_told(database: Database, there) -> None:
    _where, group, _places = there
    moved = relaxation(database, group.id)
    sessions.move(database, moved.id, moved.start + HOUR)

    found = publications.differences(database, [group.id])

    assert found.keys() == {moved.id}
    change = found[moved.id]
    assert change.before
    assert change.after
    assert (change.before.start, change.after.start) == (moved.start, moved.start + HOUR)


def test_that_a_linked_lecture_is_told_by_its_own_activity(database: Database) -> None:
    where = make.furnished(database)
    lectures = make.group(
        database, where, "Öppna föreläsningar", template="oppna-forelasningar", maximum=40
    )
    group = make.group(database, where)
    place = make.placed(database, where, group.id)
    linked = next(one for one in sessions.sessions(database, group.id) if one.linked)
    publications.publish(database, group.id)

    sessions.move(database, linked.id, linked.start + HOUR)
    assert as_told(database, group.id)[linked.id].start == linked.start + HOUR

    publications.publish(database, lectures.id)
    sessions.move(database, linked.id, linked.start + 2 * HOUR)
    shown = as_told(database, group.id)[linked.id]
    assert (shown.start, shown.linked) == (linked.start + HOUR, True)
    assert publications.state(database, group.id).differs is False
    told, _staff = publications.notices(database, lectures.id)
    assert [one.person_id for one in told] == [place.patient_id]


def test_that_whoever_left_is_told_nothing(database: Database, there) -> None:
    _where, group, places = there
    enrolments.leave(database, places[0].id, make.TODAY, "flyttat")
    moved = relaxation(database, group.id)
    sessions.move(database, moved.id, moved.start + HOUR)

    assert [one.name for one in publications.changes(database, group.id).patients] == [
        "Gunhild Öberg"
    ]


def test_that_what_was_told_has_the_names_of_today(database: Database, there) -> None:
    where, group, _places = there
    held = relaxation(database, group.id)
    room = next(one for one in rooms.rooms(database, where.id) if one.id == held.room_id)

    rooms.update(database, replace(room, name="Salen"))

    assert as_told(database, group.id)[held.id].room_name == "Salen"
    assert publications.state(database, group.id).differs is False
