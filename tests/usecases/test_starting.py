from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from painprogram.domain.errors import Refused
from painprogram.domain.groups import GroupStatus
from painprogram.domain.people import Centre, Profession
from painprogram.domain.planning import NoteKind, StrandPlan
from painprogram.domain.programmes import Need
from painprogram.domain.rooms import Equipment
from painprogram.storage.database import Database
from painprogram.usecases import (
    centres,
    groups,
    history,
    programmes,
    rooms,
    sessions,
    staff,
    starting,
)
from painprogram.usecases.starting import NewGroup
from tests import make

FOUNDING = "smarthantering"
LECTURES = "oppna-forelasningar"


def suggested(
    database: Database, where: Centre, start: date = make.MONDAY, template: str = FOUNDING
) -> NewGroup:
    content = programmes.template(template)
    return starting.suggestion(database, content, where.id, "V27 A", start)


def with_plan(new: NewGroup, strand: str, plan: StrandPlan) -> NewGroup:
    return replace(new, strands={**new.strands, strand: plan})


# The suggestion.


def test_that_a_suggestion_has_the_programmes_own_times_and_leaders_that_fit(
    database: Database,
) -> None:
    where = make.furnished(database)
    professions = {person.id: person.profession for person in staff.staff(database)}

    new = suggested(database, where)

    assert (new.minimum, new.maximum) == (6, 12)
    relaxation = new.strands["relaxation"]
    assert (relaxation.weekday, relaxation.start, relaxation.week) == (1, time(13), 1)
    assert [professions[one] for one in new.strands["lecture_a"].leaders] == [
        Profession.PHYSICIAN,
        Profession.PHARMACIST,
    ]
    assert {professions[one] for one in relaxation.leaders} == {Profession.PHYSIOTHERAPIST}
    assert new.owner_id == relaxation.leaders[0]
    assert starting.preview(database, new).clashes == {}


def test_that_leaders_and_rooms_that_are_free_come_first(database: Database) -> None:
    where = make.furnished(database)
    first = starting.start(database, suggested(database, where))
    held = make.of_strand(database, first.id, "relaxation")[0]

    second = replace(suggested(database, where), name="V27 B")

    assert second.strands["relaxation"].room_id != held.room_id
    assert not set(second.strands["relaxation"].leaders) & {x.staff_id for x in held.leaders}


def test_that_colleagues_of_the_own_centre_come_before_those_of_others(database: Database) -> None:
    other = make.centre(database, "Aspen")
    for name in ("Aa", "Ab", "Ac"):
        staff.add(database, other.id, name, Profession.PHYSIOTHERAPIST)
    where = make.furnished(database)
    own = {person.id for person in staff.staff(database, where.id)}

    new = suggested(database, where)

    assert {one for plan in new.strands.values() for one in plan.leaders} <= own


def test_that_a_colleague_of_another_centre_helps_where_the_own_has_none(
    database: Database,
) -> None:
    where, other = make.furnished(database), make.centre(database, "Aspen")
    gone = next(p for p in staff.staff(database) if p.profession is Profession.PHARMACIST)
    staff.update(database, replace(gone, active=False))
    helper = staff.add(database, other.id, "Åke", Profession.PHARMACIST)

    assert suggested(database, where).strands["lecture_a"].leaders[1] == helper.id


def test_that_nobody_is_suggested_twice_for_one_session(database: Database) -> None:
    where = make.furnished(database)
    content = programmes.template(FOUNDING)
    relaxation = content.module("relaxation")
    doubled = replace(relaxation, needs=relaxation.needs * 3)
    content = replace(content, modules=(doubled, *content.modules))

    new = starting.suggestion(database, content, where.id, "V27 A", make.MONDAY)

    assert len(new.strands["relaxation"].leaders) == 2
    assert "No physiotherapist leads it." in starting.preview(database, new).clashes.values()


def test_that_a_suggested_room_is_large_enough_and_no_larger(database: Database) -> None:
    where = make.furnished(database)
    by_name = {room.name: room.id for room in rooms.rooms(database)}

    new = suggested(database, where)

    assert new.strands["relaxation"].room_id == by_name["Gymmet"]


def test_that_a_room_with_what_is_needed_comes_before_a_fitting_size(database: Database) -> None:
    where = make.centre(database)
    make.team(database, where)
    rooms.add(database, where.id, "Bare", 12)
    equipped = rooms.add(database, where.id, "Equipped", 40, equipment=list(Equipment))

    assert suggested(database, where).strands["relaxation"].room_id == equipped.id


def test_that_a_centre_without_rooms_is_suggested_none(database: Database) -> None:
    where = make.centre(database)
    make.team(database, where)

    assert {plan.room_id for plan in suggested(database, where).strands.values()} == {None}


@pytest.mark.parametrize(
    ("profession", "start"),
    [
        (
            Profession.PHARMACIST,
            "Pain physiology and medicines needs a leader who is pharmacist",
        ),
        (
            Profession.OCCUPATIONAL_THERAPIST,
            "Activity balance needs a leader who is occupational therapist",
        ),
    ],
)
def test_that_a_profession_nobody_has_is_refused_by_module_and_nothing_is_written(
    database: Database, profession: Profession, start: str
) -> None:
    where = make.furnished(database)
    for person in staff.staff(database):
        if person.profession is profession:
            staff.update(database, replace(person, active=False))
    journal = history.entries(database)

    with pytest.raises(Refused) as refused:
        suggested(database, where)

    assert str(refused.value) == (
        f"{start}, but no colleague is. Add a colleague, or choose another programme."
    )
    assert groups.groups(database) == ()
    assert programmes.programmes(database) == ()
    assert history.entries(database) == journal


def test_that_a_profession_only_a_visit_needs_is_asked_for_too(database: Database) -> None:
    where = make.furnished(database)
    content = programmes.template(FOUNDING)
    visit = replace(content.module("first_visit"), needs=(Need((Profession.DIETITIAN,)),))
    content = replace(content, modules=(visit, *content.modules))

    with pytest.raises(Refused, match=r"First visit .* needs a leader who is dietitian"):
        starting.suggestion(database, content, where.id, "V27 A", make.MONDAY)


# The preview.


def test_that_a_preview_skips_red_days_and_the_centres_own(database: Database) -> None:
    where = make.furnished(database)
    centres.close(database, where.id, date(2026, 12, 7), date(2026, 12, 11), "Training week")

    shown = starting.preview(database, suggested(database, where, date(2026, 11, 9)))

    reasons = {(note.strand, note.day): note.reason for note in shown.notes if note.day}
    assert reasons["relaxation", date(2026, 12, 8)] == "Training week"
    assert reasons["exercise", date(2026, 12, 24)] == "Christmas Eve"
    assert reasons["exercise", date(2026, 12, 31)] == "New Year's Eve"
    numbers = [d.number for d in shown.timetable.sessions if d.strand == "exercise"]
    assert numbers == list(range(1, 9))
    moved = [(n.strand, n.day, n.moved_to) for n in shown.notes if n.kind is NoteKind.MOVED]
    assert moved == [
        ("lecture_c", date(2026, 12, 10), date(2026, 12, 17)),
        ("lecture_d", date(2026, 12, 24), date(2026, 12, 23)),
    ]
    assert shown.last_week == date(2027, 1, 18)


def test_that_a_preview_writes_nothing(database: Database) -> None:
    where = make.furnished(database)
    new = suggested(database, where)
    journal = history.entries(database)

    starting.preview(database, new)

    assert history.entries(database) == journal
    assert groups.groups(database) == ()


def test_that_a_preview_says_what_clashes_in_words(database: Database) -> None:
    where = make.furnished(database)
    make.group(database, where, "H26 A")
    new = suggested(database, where)
    taken = make.of_strand(database, groups.groups(database)[0].id, "relaxation")[0]
    plan = replace(new.strands["relaxation"], leaders=(taken.leaders[0].staff_id,))

    said = starting.preview(database, with_plan(new, "relaxation", plan)).clashes

    assert said["relaxation", 1] == (
        f"{taken.leaders[0].name} has Relaxation 1 (H26 A) 13:00–13:45 at the same time."
    )
    assert [number for strand, number in said if strand == "relaxation"] == list(range(1, 9))


def test_that_two_sessions_of_the_group_at_the_same_time_clash(database: Database) -> None:
    new = suggested(database, make.furnished(database))
    plan = replace(new.strands["exercise"], weekday=1, start=time(13, 30))

    said = starting.preview(database, with_plan(new, "exercise", plan)).clashes

    assert said["relaxation", 1] == "The group has Exercise 1 13:30–14:30 at the same time."
    assert said["exercise", 8] == "The group has Relaxation 8 13:00–13:45 at the same time."


def test_that_a_leader_of_the_wrong_profession_is_said(database: Database) -> None:
    new = suggested(database, make.furnished(database))
    psychologist = new.strands["lecture_d"].leaders
    plan = replace(new.strands["lecture_b"], leaders=psychologist)

    said = starting.preview(database, with_plan(new, "lecture_b", plan)).clashes

    assert said == {("lecture_b", 1): "No occupational therapist leads it."}


@pytest.mark.parametrize("year", [1999, 2101])
def test_that_a_slip_of_the_finger_in_the_year_is_refused(database: Database, year: int) -> None:
    new = suggested(database, make.furnished(database))

    with pytest.raises(Refused, match="not a day to start a group on"):
        starting.preview(database, replace(new, start=date(year, 1, 11)))


# Linked lectures.


def test_that_a_missing_open_lecture_is_noted(database: Database) -> None:
    shown = starting.preview(database, suggested(database, make.furnished(database)))

    assert shown.links == ()
    assert [str(note) for note in shown.notes if note.kind is NoteKind.UNLINKED] == [
        "Lecture on sleep: no open lecture to link in is planned while the group runs.",
        "Lecture on stress: no open lecture to link in is planned while the group runs.",
    ]


def test_that_the_centres_open_lectures_are_linked_in(database: Database) -> None:
    where = make.furnished(database)
    activity = make.group(database, where, "Open lectures", template=LECTURES)
    other = make.centre(database, "Aspen")
    make.team(database, other)
    make.group(database, other, "Open lectures", template=LECTURES)

    new = suggested(database, where)
    shown = starting.preview(database, new)
    group = starting.start(database, new)

    assert activity.status is GroupStatus.OPEN
    first_sleep = make.of_strand(database, activity.id, "sleep")[0]
    first_stress = make.of_strand(database, activity.id, "stress")[0]
    assert [link.session for link in shown.links] == [first_sleep, first_stress]
    linked = [s for s in sessions.sessions(database, group.id) if s.linked]
    assert [s.id for s in linked] == [first_sleep.id, first_stress.id]


def test_that_a_lecture_the_group_is_free_for_is_linked_before_an_earlier_one(
    database: Database,
) -> None:
    where = make.furnished(database)
    activity = make.group(database, where, "Open lectures", template=LECTURES)
    first, second = make.of_strand(database, activity.id, "sleep")[:2]
    new = suggested(database, where)
    plan = replace(new.strands["relaxation"], weekday=2, start=first.start.time())
    busy_once = replace(
        new.content,
        strands=tuple(replace(s, occurrences=1) if s.key == "relaxation" else s
                      for s in new.content.strands),
    )  # fmt: skip

    shown = starting.preview(
        database, with_plan(replace(new, content=busy_once), "relaxation", plan)
    )

    sleep = next(link for link in shown.links if link.strand == "sleep")
    assert sleep.session.id == second.id
    assert shown.clashes == {}


def test_that_a_cancelled_lecture_or_activity_is_not_linked_in(database: Database) -> None:
    where = make.furnished(database)
    activity = make.group(database, where, "Open lectures", template=LECTURES)
    first = make.of_strand(database, activity.id, "sleep")[0]
    sessions.cancel(database, first.id)
    new = suggested(database, where)

    assert starting.preview(database, new).links[0].session.number == 2

    groups.set_status(database, activity.id, GroupStatus.CANCELLED)
    assert starting.preview(database, new).links == ()


def test_that_two_strands_of_one_lecture_link_in_two_of_it(database: Database) -> None:
    where = make.furnished(database)
    make.group(database, where, "Open lectures", template=LECTURES)
    new = suggested(database, where)
    again = replace(new.content.strand("sleep"), key="sleep_again")
    new = replace(new, content=replace(new.content, strands=(*new.content.strands, again)))

    group = starting.start(database, new)

    assert [s.number for s in sessions.sessions(database, group.id) if s.module == "sleep"] == [
        1,
        2,
    ]


# The start.


def test_that_what_is_started_is_what_was_previewed(database: Database) -> None:
    where = make.furnished(database)
    make.group(database, where, "Open lectures", template=LECTURES, start=date(2026, 11, 9))
    new = suggested(database, where, date(2026, 11, 9))
    shown = starting.preview(database, new)

    group = starting.start(database, new)

    assert (group.name, group.status, group.start) == ("V27 A", GroupStatus.DRAFT, new.start)
    assert (group.minimum, group.maximum, group.owner_id) == (6, 12, new.owner_id)
    made = [s for s in sessions.sessions(database, group.id) if not s.linked]
    assert [
        (s.strand, s.number, s.of, s.start, s.end, s.room_id, {x.staff_id for x in s.leaders})
        for s in made
    ] == [
        (d.strand, d.number, d.of, d.start, d.end, d.room_id, set(d.leaders))
        for d in shown.timetable.sessions
    ]
    linked = [s for s in sessions.sessions(database, group.id) if s.linked]
    assert [s.id for s in linked] == [link.session.id for link in shown.links]


def test_that_undo_of_a_start_removes_everything_and_redo_brings_it_back(
    database: Database,
) -> None:
    where = make.furnished(database)
    make.group(database, where, "Open lectures", template=LECTURES)
    before = groups.groups(database)
    group = starting.start(database, suggested(database, where))
    made = sessions.sessions(database, group.id)

    assert history.undo(database) == "Start group V27 A"

    assert groups.groups(database) == before
    assert sessions.sessions(database, group.id) == ()
    assert [p.content.key for p in programmes.programmes(database)] == [LECTURES]

    assert history.redo(database) == "Start group V27 A"

    assert groups.group(database, group.id) == group
    again = sessions.sessions(database, group.id)
    assert [replace(s, version=1, sequence=0) for s in again] == [
        replace(s, version=1, sequence=0) for s in made
    ]


def test_that_a_group_keeps_its_version_and_a_second_one_shares_it(database: Database) -> None:
    where = make.furnished(database)
    first = starting.start(database, suggested(database, where))
    second = starting.start(database, replace(suggested(database, where), name="V27 B"))

    assert first.programme_id == second.programme_id
    assert (first.programme_version, second.programme_version) == (1, 1)

    changed = replace(suggested(database, where), name="V27 C")
    changed = replace(changed, content=replace(changed.content, maximum=10))
    third = starting.start(database, changed)

    assert third.programme_version == 2
    assert groups.group(database, first.id).programme_version == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": "  "}, "Write a name for the group."),
        ({"minimum": 13}, "its maximum can't be below its minimum"),
        ({"maximum": 0}, "A group needs at least 1 participant"),
        ({"name": "H26 A"}, "There is already a group called H26 A."),
        ({"start": date(1999, 1, 4)}, "is not a day to start a group on"),
    ],
)
def test_that_a_start_that_is_refused_writes_nothing(
    database: Database, wrong: dict[str, Any], sentence: str
) -> None:
    where = make.furnished(database)
    held = make.group(database, where, "H26 A")
    journal = history.entries(database)

    with pytest.raises(Refused, match=sentence):
        starting.start(database, replace(suggested(database, where), **wrong))

    assert groups.groups(database) == (held,)
    assert history.entries(database) == journal


def test_that_a_start_in_the_middle_of_a_week_begins_no_earlier(database: Database) -> None:
    where = make.furnished(database)

    group = starting.start(database, suggested(database, where, make.MONDAY + timedelta(days=2)))

    assert group.start == make.MONDAY
    assert group.first == make.MONDAY + timedelta(days=3)


# The programmes a group can be started from.
