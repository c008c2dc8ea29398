"""Lists, schedules, reports, summaries, extracts, cards and forms, as they leave the house."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from painprogram import i18n
from painprogram.domain.actors import Actor
from painprogram.domain.attendance import AttendanceState
from painprogram.domain.commitments import GoalReview, Outcome, ReviewKind
from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group
from painprogram.domain.papers import Kind, Wanted
from painprogram.domain.patients import Access, Enrolment
from painprogram.domain.people import Centre
from painprogram.domain.progress import Progress
from painprogram.domain.referrals import ReferralValues
from painprogram.domain.sessions import Session
from painprogram.domain.ways import WayStatus
from painprogram.storage.database import Database
from painprogram.usecases import (
    access_extracts,
    attendance,
    attendance_lists,
    cards,
    commitments,
    enrolments,
    group_reports,
    handover_summaries,
    measure_forms,
    paper_words,
    patients,
    reviews,
    rooms,
    schedules,
    sessions,
    staff,
    staff_papers,
    ways,
)
from painprogram.usecases.paper_batch import Batch
from tests import make, postgres
from tests.documents.papers import texts
from tests.make import TODAY

Maker = Callable[..., Batch]
DAY = timedelta(days=1)
PEOPLE = ("Almqvister", "Brunflods", "Cederblader")
"""Family names that are nowhere but with these patients."""
PROTECTED, PARTNER = "Hemligström", "Grannfors"


@dataclass
class House:
    """A group of three own patients, one of another centre, one with protected identity."""

    database: Database
    where: Centre
    other: Centre
    group: Group
    places: list[Enrolment]
    session: Session

    @property
    def day(self) -> datetime:
        return self.session.start

    def words(self, maker: Maker, kind: Kind, *, today=None, **wanted) -> str:
        batch = self.batch(maker, kind, today=today, **wanted)
        return " ".join(texts(batch.draw(batch.items, Progress())))

    def batch(self, maker: Maker, kind: Kind, *, today=None, **wanted) -> Batch:
        return maker(self.database, Progress(), Wanted(kind, **wanted), today or TODAY)

    def note(self, number: int, state: AttendanceState) -> None:
        patient = self.places[number].patient_id
        today = self.day.date()
        attendance.note(self.database, self.session.id, patient, state, today=today)


def add_patient(database: Database, where: Centre, family: str, number: int, **more) -> UUID:
    made = make.patient(database, where, "Maria", family, number)
    if more:
        patients.update(database, replace(made, **more))
    return made.id


def built(database: Database) -> House:
    database.actor = Actor("Lena Ek")
    where = make.furnished(database)
    other = make.centre(database, "Grannbyn")
    database.actor = Actor("Lena Ek", where.id)
    group = make.group(database, where)
    own = [add_patient(database, where, name, n) for n, name in enumerate(PEOPLE)]
    own.append(add_patient(database, other, PARTNER, 3, note="Hemlig anteckning"))
    own.append(add_patient(database, where, PROTECTED, 4, protected=True, note="Ring aldrig"))
    places = [enrolments.enrol(database, key, group.id, TODAY) for key in own]
    session = make.of_strand(database, group.id, "relaxation")[0]
    return House(database, where, other, group, places, session)


@pytest.fixture(scope="module")
def _houses() -> dict[str, tuple[str, House]]:
    """By engine the address of a house that is built once, to be copied."""
    return {}


@pytest.fixture
def house(
    engine: str,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
    _houses: dict[str, tuple[str, House]],
) -> Iterator[House]:
    if engine not in _houses:
        if engine == "sqlite":
            address = f"sqlite:///{tmp_path_factory.mktemp('house') / 'house.ppdb'}"
        else:
            address = request.getfixturevalue("_databases").make()
        first = Database.open(address)
        _houses[engine] = address, built(first)
        first.close()
    address, known = _houses[engine]
    if engine == "sqlite":
        own = f"sqlite:///{shutil.copy(address.removeprefix('sqlite:///'), tmp_path)}"
    else:
        own = request.getfixturevalue("_databases").make(postgres.name_in(address))
    database = Database.open(own, actor=Actor("Lena Ek", known.where.id))
    yield replace(known, database=database)
    database.close()
    if engine != "sqlite":
        request.getfixturevalue("_databases").drop(own)


def test_that_a_list_names_own_patients_gives_partners_seats_and_hides_the_protected(
    house: House,
) -> None:
    shown = house.words(attendance_lists.lists, Kind.ATTENDANCE, group=house.group.id)

    for name in PEOPLE:
        assert f"{name}, Maria" in shown
    assert "Seat 4, Grannbyn" in shown
    assert "Call Grannbyn, 036-000 00 10" in shown.replace("\u00a0", " ")
    assert "Protected identity" in shown
    for hidden in (PARTNER, PROTECTED, "Hemlig", "Ring aldrig"):
        assert hidden not in shown
    assert "3 own participants, 1 seat of another centre" in shown
    theirs = house.words(
        attendance_lists.lists, Kind.ATTENDANCE, group=house.group.id, centre=house.other.id
    )
    assert f"{PARTNER}, Maria" in theirs
    assert PEOPLE[0] not in theirs
    with_initials(house)


def with_initials(house: House) -> None:
    """Such a list holds no name, year or need."""
    one = patients.patient(house.database, house.places[0].patient_id)
    patients.update(
        house.database, replace(one, note="Sitter nära dörren", access=(Access.HEARING,))
    )

    named = house.words(attendance_lists.lists, Kind.ATTENDANCE, session=house.session.id)
    initials = house.words(
        attendance_lists.lists, Kind.ATTENDANCE, session=house.session.id, initials=True
    )

    assert "Hearing loop, Sitter nära dörren" in named
    assert str(one.identity.born.year) in named  # type: ignore[union-attr]
    for hidden in (*PEOPLE, "Hearing", "dörren", "Pain", str(one.identity.born.year)):  # type: ignore[union-attr]
        assert hidden not in initials
    assert "1 MA" in initials


def test_that_a_held_session_keeps_its_list_and_shows_its_signs(house: House) -> None:
    house.note(0, AttendanceState.PRESENT)
    house.note(1, AttendanceState.NO_SHOW)
    later = house.day.date() + DAY
    enrolments.leave(house.database, house.places[0].id, later, "Moved")
    new = add_patient(house.database, house.where, "Nykomling", 5)
    enrolments.enrol(house.database, new, house.group.id, later)

    held = {"session": house.session.id, "today": later}
    [item] = house.batch(attendance_lists.lists, Kind.ATTENDANCE, **held).items
    shown = house.words(attendance_lists.lists, Kind.ATTENDANCE, **held)

    assert f"{PEOPLE[0]}, Maria" in shown
    assert "Nykomling" not in shown
    assert [sign.name for one in item.content.people[:3] for sign in one.signs] == [
        "PRESENT",
        "NO_SHOW",
        "OPEN",
    ]
    assert item.content.occasions[0].came == 1
    assert item.of_id == house.session.id
    lists_of_a_day(house)


def lists_of_a_day(house: House) -> None:
    """One for each session."""
    day = house.day.date()
    batch = house.batch(attendance_lists.lists, Kind.ATTENDANCE, centre=house.where.id, first=day)

    assert {item.of_id for item in batch.items} == {
        one.id
        for one in sessions.sessions(house.database, house.group.id)
        if one.start.date() == day
    }
    with pytest.raises(Refused):
        house.batch(attendance_lists.lists, Kind.ATTENDANCE, centre=house.where.id)
    with pytest.raises(Refused):
        house.batch(attendance_lists.lists, Kind.ATTENDANCE)


def test_that_a_list_says_where_somebody_goes_instead(house: House) -> None:
    second = make.group(house.database, house.where, "H26 B", make.MONDAY + 7 * DAY)
    there = make.of_strand(house.database, second.id, "relaxation")[0]
    with make.unwatched(house.database, house.where):
        schedules.swap(house.database, house.places[0].id, house.session.id, there.id, "Other work")

    shown = house.words(attendance_lists.lists, Kind.ATTENDANCE, group=house.group.id)
    other = house.words(attendance_lists.lists, Kind.ATTENDANCE, session=there.id)

    moved = f"{i18n.day_month(house.day.date())}: goes {i18n.day_month(there.start.date())} instead"
    assert moved in shown
    assert "Other work" not in shown
    assert f"{PEOPLE[0]}, Maria" in other


def visit(house: House, number: int, at: time) -> datetime:
    leader = next(one for one in staff.staff(house.database) if one.name == "Anna Berg")
    room = next(one for one in rooms.rooms(house.database) if one.name == "Rum 4")
    start = datetime.combine(house.day.date(), at)
    with make.unwatched(house.database, house.where):
        schedules.add_visit(
            house.database,
            house.places[number].id,
            start,
            30,
            title="Smärtsamtal",
            staff_id=leader.id,
            room_id=room.id,
            reason="Mår dåligt",
        )
    return start


def test_that_staff_and_doors_see_times_and_nothing_of_patients(house: House) -> None:
    visit(house, 0, time(8, 10))
    visit(house, 4, time(16, 20))
    anna = next(one for one in staff.staff(house.database) if one.name == "Anna Berg")
    hall = next(one for one in rooms.rooms(house.database) if one.name == "Rum 4")
    first = house.day.date()

    work = house.words(staff_papers.schedules, Kind.STAFF, staff=anna.id, first=first)
    door = house.words(staff_papers.door_lists_of, Kind.DOOR, room=hall.id, first=first)
    doors = house.batch(staff_papers.door_lists_of, Kind.DOOR, centre=house.where.id, first=first)
    everything = " ".join(texts(doors.draw(doors.items, Progress())))

    assert "Relaxation 1 H26 A" in work
    assert "8:10–8:40 Individual visit H26 A Rum 4" in work
    start, end = house.day - timedelta(minutes=10), house.session.end + timedelta(minutes=5)
    assert i18n.clock_range(start, end) in work
    assert "8:10–8:40 Individual visit Anna Berg" in door
    assert "16:20" in work
    assert "16:20" not in door
    assert "Exercise 1" in everything
    for hidden in (*PEOPLE, PARTNER, PROTECTED, "Smärt", "dåligt", "Pain", "pain"):
        assert hidden not in work.replace("Pain physiology", "")
        assert hidden not in everything
    assert "H26 A" not in everything


def test_that_a_report_counts_and_names_nobody(house: House) -> None:
    for number, state in enumerate(
        (
            *(AttendanceState.PRESENT, AttendanceState.LATE, AttendanceState.NO_SHOW),
            *(AttendanceState.EXCUSED, AttendanceState.ABSENT),
        )
    ):
        house.note(number, state)
    values = ReferralValues(TODAY - 50 * DAY)
    for place in house.places[:2]:
        ways.receive(house.database, place.patient_id, values, today=TODAY)
    last = house.day.date() + DAY
    enrolments.leave(house.database, house.places[2].id, last, "Away", WayStatus.NEVER_CAME)
    about = {"group": house.group.id, "today": last}

    [item] = house.batch(group_reports.report, Kind.REPORT, **about).items
    shown = house.words(group_reports.report, Kind.REPORT, **about)

    content = item.content
    part = next(one for one in content.parts if one.title == "Relaxation")
    assert (part.came, part.no_show, part.excused, part.absent) == (2, 1, 1, 1)
    assert content.enrolled == 5
    assert {one.label: one.many for one in content.outcomes if one.many} == {
        "Under way": 4,
        "Never came": 1,
    }
    assert content.waits == (50, 50)
    assert "40 %" in shown
    for hidden in (*PEOPLE, PARTNER, PROTECTED):
        assert hidden not in shown
    with pytest.raises(Refused):
        house.batch(group_reports.report, Kind.REPORT, group=uuid4())


def test_that_the_referrer_is_told_goals_and_attendance_but_no_scores_or_reasons(
    house: House,
) -> None:
    place = house.places[0]
    values = ReferralValues(TODAY - 50 * DAY, from_whom="Dr Remitt")
    ways.receive(house.database, place.patient_id, values, today=TODAY)
    house.note(0, AttendanceState.PRESENT)
    promised = commitments.write(
        house.database,
        commitments.commitment(house.database, place.id),
        sentences=("I come",),
        goals=("Walk to the shop", "Play the fiddle"),
        home=("Breathe each evening",),
        scores=(3, None),
    )
    done = (
        GoalReview("Walk to the shop", Outcome.REACHED, 3, 9),
        GoalReview("Play the fiddle", Outcome.PARTLY),
    )
    on = house.day.date() + DAY
    reviews.write(house.database, promised, ReviewKind.END, on, done, "Svår ångest")
    enrolments.leave(house.database, place.id, on, "Ont i ryggen", WayStatus.COMPLETED)

    shown = house.words(
        handover_summaries.handover, Kind.HANDOVER, patient=place.patient_id, today=on
    )
    every = house.batch(handover_summaries.handover, Kind.HANDOVER, group=house.group.id)

    assert "To Dr Remitt" in shown
    assert "Walk to the shop Reached" in shown
    assert "Play the fiddle On the way" in shown
    assert "Breathe each evening" in shown
    assert "Relaxation 1 0 6" in shown
    assert "We follow it up after one year" in shown
    for hidden in ("ångest", "ryggen", " 9", *PEOPLE[1:], PROTECTED):
        assert hidden not in shown.replace("2027", "").replace("1967", "").replace(" 19", "")
    assert len(every.items) == 5


def test_that_the_patient_sees_who_did_what_where_and_when_and_that_asking_is_noted(
    house: House,
) -> None:
    patient = house.places[0].patient_id
    patients.patient(house.database, patient)
    other = patients.patient(house.database, house.places[1].patient_id)

    one = {"patient": patient, "language": "en"}
    [item] = house.batch(access_extracts.accesslog, Kind.ACCESSLOG, **one).items
    shown = house.words(access_extracts.accesslog, Kind.ACCESSLOG, **one)
    after = patients.readings(house.database, patient)

    lines = item.content.lines
    assert {line.who for line in lines} == {"Lena Ek"}
    assert "Ekbacken" in {line.unit for line in lines}
    assert "Open patient" in {line.action for line in lines}
    assert len(after) == len(lines) + 2
    assert after[0].action == "Print extract of the access log"
    assert other.family_name not in shown
    assert "Samples of the log are checked regularly." in shown
    [none] = house.batch(
        access_extracts.accesslog, Kind.ACCESSLOG, **one, first=TODAY + 9999 * DAY
    ).items
    assert none.content.lines == ()
    with pytest.raises(Refused):
        house.batch(access_extracts.accesslog, Kind.ACCESSLOG)


def test_that_a_card_holds_what_lies_ahead_in_the_patients_language(house: House) -> None:
    visit(house, 0, time(8, 10))
    first = house.places[0]
    one = patients.patient(house.database, first.patient_id)
    patients.update(house.database, replace(one, language="en"))
    sessions.cancel(house.database, house.session.id)

    batch = house.batch(cards.card, Kind.CARD, group=house.group.id)
    [item] = [item for item in batch.items if item.patient_id == first.patient_id]
    assert item.content.twin is None
    somali = house.batch(cards.card, Kind.CARD, places=(first.id,), language="so").items
    assert somali[0].content.twin.language == "sv"
    ahead = make.of_strand(house.database, house.group.id, "relaxation")[1].start
    late = house.batch(cards.card, Kind.CARD, places=(first.id,), today=ahead.date())

    assert len(batch.items) == 5
    assert item.language == "en"
    assert {each.language for each in batch.items} == {"sv", "en"}
    starts = [each.start for each in item.content.times]
    assert house.day not in starts
    assert starts[0] == datetime.combine(house.day.date(), time(8, 10))
    assert late.items[0].content.times[0].start.date() >= ahead.date()
    shown = " ".join(texts(batch.draw([item], Progress())))
    for hidden in ("Smärt", "dåligt", "Pain", "pain"):
        assert hidden not in shown


def test_that_a_form_has_the_own_activities_and_the_centres_own_items(house: House) -> None:
    place = house.places[0]
    commitments.write(
        house.database,
        commitments.commitment(house.database, place.id),
        sentences=(),
        goals=("Carry the shopping", "Feel calm"),
        home=(),
        scores=(4, None),
    )
    plain = house.words(
        measure_forms.measures, Kind.MEASURES, patient=place.patient_id, language="en"
    )
    paper_words.set_word(
        house.database, house.where.id, "measures.gad7", "en", "0 = not at all\n1. Item one"
    )
    one = {"patient": place.patient_id, "language": "en"}
    [item] = house.batch(measure_forms.measures, Kind.MEASURES, **one).items
    own = house.words(measure_forms.measures, Kind.MEASURES, **one)

    assert item.content.activities == ("Carry the shopping",)
    assert "GAD-7" not in plain
    assert "PHQ" not in own
    assert "GAD-7 0 = not at all 1. Item one 0 1 2 3" in own
    for other in (*PEOPLE[1:], PROTECTED):
        assert other not in own
    [foreign] = house.batch(
        measure_forms.measures, Kind.MEASURES, patient=place.patient_id, language="so"
    ).items
    assert foreign.content.twin.language == "sv"  # nobody has approved the other yet
    empty = make.group(house.database, house.where, "H26 B", make.MONDAY + 7 * DAY)
    [blank] = house.batch(measure_forms.measures, Kind.MEASURES, group=empty.id).items
    assert blank.content.patient == ""
    with pytest.raises(Refused):
        house.batch(measure_forms.measures, Kind.MEASURES)
