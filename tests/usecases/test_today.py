from collections.abc import Collection
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from painprogram.domain.actors import Actor
from painprogram.domain.attendance import AttendanceState
from painprogram.domain.availability import Span
from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group
from painprogram.domain.people import Centre
from painprogram.domain.referrals import ReferralValues
from painprogram.domain.sessions import Session
from painprogram.domain.today import Line, Matter, Section, Today, Urgency, Where, Whose
from painprogram.domain.ways import WayStatus
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    CommitmentRow,
    PatientRow,
    access_entry,
    access_patient,
)
from painprogram.usecases import (
    attendance,
    availability,
    groups,
    patients,
    pauses,
    prints,
    publications,
    schedules,
    seats,
    sessions,
    staff,
    today,
    ways,
)
from tests import make
from tests.make import MONDAY, NO_PROGRESS, TODAY

DAY = timedelta(days=1)


@pytest.fixture
def where(database: Database) -> Centre:
    return make.furnished(database)


@pytest.fixture
def group(database: Database, where: Centre) -> Group:
    return make.group(database, where)


def look(
    database: Database,
    where: Centre,
    day: date = TODAY,
    whose: Whose = Whose.ALL,
    opened: Collection[Matter] = (),
) -> Today:
    return today.today(database, where.id, day, whose, opened)


def of(found: Today, matter: Matter) -> tuple[Line, ...]:
    return next((one.lines for one in found.sections if one.matter is matter), ())


def ahead(database: Database, where: Centre, day: date, matter: Matter) -> tuple[Line, ...]:
    found: tuple[Section, ...] = today.ahead(database, NO_PROGRESS, where.id, day).sections(
        Whose.ALL
    )
    return next(one.lines for one in found if one.matter is matter)


def sit(database: Database, name: str) -> None:
    who = next(one for one in staff.staff(database) if one.name == name)
    database.actor = Actor(who.name, who.centre_id, who.id)


def agree(database: Database, where: Centre, group: Group, number: int, on: date) -> None:
    place = make.placed(database, where, group.id, number, f"Eva{number}")
    with database.change("Agree") as db:
        db.add(
            CommitmentRow(
                patient_id=place.patient_id,
                enrolment_id=place.id,
                number=1,
                sentences=[],
                goals=[],
                home=[],
                agreed_on=on,
            )
        )


def logged(database: Database) -> list[int]:
    """How many patients each entry of this screen names."""
    with database.read() as db:
        rows = db.execute(
            select(access_entry.c.id, func.count(access_patient.c.patient_id))
            .join(access_patient, access_patient.c.entry_id == access_entry.c.id)
            .where(access_entry.c.action == "Look at what waits for somebody today")
            .group_by(access_entry.c.id)
        )
        return [many for _entry, many in rows]


def test_that_nothing_waits_in_a_new_centre(database: Database, where: Centre) -> None:
    found = look(database, where)

    assert (found.sections, found.happening, found.next) == ((), ((), ()), None)
    assert logged(database) == []


def test_that_an_agreement_that_nobody_signed_waits_until_it_is_signed(
    database: Database, where: Centre, group: Group
) -> None:
    agree(database, where, group, 0, TODAY - 8 * DAY)

    (line,) = of(look(database, where), Matter.COMMITMENT)

    assert (line.what, line.detail, line.when) == (
        *("Eva0 Öberg", "H26 A · agreed on 14 Nov", "8 days"),
    )
    assert (line.urgency, line.goal.where) == (Urgency.SOON, Where.PATIENT)
    with database.change("Sign") as db:
        row = db.scalars(select(CommitmentRow)).one()
        row.signed_on = TODAY
    assert of(look(database, where), Matter.COMMITMENT) == ()


def test_that_one_entry_of_the_log_names_those_who_are_named_and_nobody_else(
    database: Database, where: Centre, group: Group
) -> None:
    for number in range(8):
        agree(database, where, group, number, TODAY)

    shown = len(of(look(database, where), Matter.COMMITMENT))

    assert shown < 8
    assert logged(database)[0] >= shown
    opened = look(database, where, opened={Matter.COMMITMENT})
    assert len(of(opened, Matter.COMMITMENT)) == 8


def test_that_who_has_waited_longer_than_the_limit_is_told_once(
    database: Database, where: Centre
) -> None:
    for number, days in enumerate((61, 60)):
        one = make.patient(database, where, f"Ove{number}", "Ek", number)
        made = ways.receive(database, one.id, ReferralValues(TODAY - days * DAY), today=TODAY)
        ways.step(database, made.id, WayStatus.WAITING, TODAY - 5 * DAY, today=TODAY)

    found = look(database, where)

    (line,) = of(found, Matter.WAIT)
    assert (line.what, line.when, line.goal.where) == ("Ove0 Ek", "61 days", Where.WAITING)
    assert of(found, Matter.WAY) == ()


def test_that_a_patient_on_no_way_and_one_past_the_day_are_told_why(
    database: Database, where: Centre
) -> None:
    make.patient(database, where, "Nils", "Lost", 0)
    late = make.patient(database, where, "Eva", "Late", 1)
    ways.receive(database, late.id, ReferralValues(TODAY - 20 * DAY), today=TODAY)

    lost, overdue = of(look(database, where), Matter.WAY)

    assert (lost.what, lost.when) == ("Nils Lost", "")
    assert "No referral" in lost.detail
    assert (overdue.what, overdue.detail, overdue.when, overdue.urgency) == (
        *("Eva Late", "Assess the referral", "6 days late", Urgency.LATE),
    )


def test_that_those_who_begin_together_share_a_line(
    database: Database, where: Centre, group: Group
) -> None:
    for number in range(4):
        make.placed(database, where, group.id, number, f"Eva{number}")

    day = MONDAY + timedelta(weeks=1)
    found = [line for line in of(look(database, where, day), Matter.WAY) if line.many > 1]

    (line,) = found
    assert (line.many, line.what, line.goal.where) == (4, "4 patients", Where.CONFIRMING)


def test_that_a_group_near_its_decision_shows_its_forecast(
    database: Database, where: Centre, group: Group
) -> None:
    seats.set_decision_day(database, group.id, TODAY + 3 * DAY)
    make.placed(database, where, group.id)

    (line,) = of(look(database, where), Matter.DECISION)

    assert (line.what, line.when, line.urgency) == ("H26 A", "in 3 days", Urgency.SOON)
    assert line.seats is not None
    assert (line.seats.taken, line.seats.maximum) == (1, 12)
    assert of(look(database, where, TODAY - 30 * DAY), Matter.DECISION) == ()


def test_that_a_group_waits_for_its_day_only_while_it_is_paused(
    database: Database, where: Centre, group: Group
) -> None:
    first = MONDAY + timedelta(weeks=2)
    pauses.pause(database, group.id, first, "No room")

    (line,) = of(look(database, where, first + 4 * DAY), Matter.PAUSE)

    assert (line.what, line.when, line.goal.where) == ("H26 A", "4 days", Where.GROUP)
    assert line.detail.endswith("No room")
    pauses.resume(database, group.id, first + timedelta(weeks=3))
    assert of(look(database, where, first + 4 * DAY), Matter.PAUSE) == ()


def led(database: Database, group: Group) -> Session:
    return next(one for one in sessions.sessions(database, group.id) if one.leaders)


def test_that_an_absence_waits_until_what_it_touches_is_led_by_another(
    database: Database, where: Centre, group: Group
) -> None:
    held = led(database, group)
    away = held.leaders[0]
    span = Span(held.start - timedelta(hours=1), held.end)
    availability.add_absence(database, away.staff_id, span)

    found = look(database, where, held.start.date())

    (line,) = of(found, Matter.ABSENCE)
    assert (line.what, line.goal.where, line.goal.key) == (
        *(away.name, Where.ABSENCE, away.staff_id),
    )
    assert line.when.startswith("today ")
    clashing = ahead(database, where, held.start.date(), Matter.CLASH)
    assert held.id not in {one.goal.key for one in clashing}  # told once
    make.lenient(database, where)
    others = [one.id for one in staff.staff(database) if one.id != away.staff_id]
    sessions.change_leaders(database, held.id, others[:1], reason="Steps in")
    assert of(look(database, where, held.start.date()), Matter.ABSENCE) == ()


def test_that_an_absence_beside_a_session_touches_nothing(
    database: Database, where: Centre, group: Group
) -> None:
    held = led(database, group)
    span = Span(held.end, held.end + timedelta(hours=1))
    availability.add_absence(database, held.leaders[0].staff_id, span)

    assert of(look(database, where, held.start.date()), Matter.ABSENCE) == ()


def test_that_a_session_without_attendance_waits_from_the_day_after_until_it_is_noted(
    database: Database, where: Centre, group: Group
) -> None:
    make.placed(database, where, group.id)
    held = sessions.sessions(database, group.id)[0]
    day = held.start.date()

    assert of(look(database, where, day), Matter.ATTENDANCE) == ()
    (line,) = of(look(database, where, day + DAY), Matter.ATTENDANCE)
    assert (line.goal.where, line.goal.key, line.when) == (
        *(Where.ATTENDANCE, held.id, "yesterday"),
    )
    attendance.note_rest(database, held.id, AttendanceState.PRESENT, day)
    assert of(look(database, where, day + DAY), Matter.ATTENDANCE) == ()


def test_that_a_session_nobody_was_to_come_to_wants_no_attendance(
    database: Database, where: Centre, group: Group
) -> None:
    day = sessions.sessions(database, group.id)[0].start.date()

    assert of(look(database, where, day + DAY), Matter.ATTENDANCE) == ()


def test_that_what_is_mine_is_what_i_own_lead_or_am_the_contact_for(
    database: Database, where: Centre, group: Group
) -> None:
    seats.set_decision_day(database, group.id, TODAY + 3 * DAY)
    sit(database, "Anna Berg")
    me = database.actor.staff_id
    groups.set_owner(database, group.id, me)
    mine, other = (make.patient(database, where, name, "Ek", n) for n, name in enumerate("AB"))
    with database.change("Contact") as db:
        db.get_one(PatientRow, mine.id).contact_id = me

    found = look(database, where, whose=Whose.MINE)

    assert [line.what for line in of(found, Matter.WAY)] == [mine.name]
    assert [line.what for line in of(found, Matter.DECISION)] == ["H26 A"]
    assert (found.total(Whose.ALL), found.total(Whose.MINE), found.known) == (3, 2, True)
    assert other.name not in str(found)


def test_that_nothing_is_mine_where_nobody_of_the_staff_sits(
    database: Database, where: Centre, group: Group
) -> None:
    make.patient(database, where)
    groups.set_owner(database, group.id, None)

    found = look(database, where)

    assert (found.total(Whose.ALL) > 0, found.total(Whose.MINE), found.known) == (True, 0, False)


def test_that_another_centres_matters_are_not_ours(
    database: Database, where: Centre, group: Group
) -> None:
    agree(database, where, group, 0, TODAY)
    make.patient(database, where, "Nils", "Ek", 1)

    assert look(database, make.centre(database, "Sjövik")).sections == ()


def test_that_today_and_tomorrow_stand_at_the_side_by_time(
    database: Database, where: Centre, group: Group
) -> None:
    make.placed(database, where, group.id)
    held = sessions.sessions(database, group.id)
    day = held[0].start.date()

    found = look(database, where, day)

    assert [one.occasion.id for one in found.happening[0]] == [
        one.id for one in held if one.start.date() == day
    ]
    assert [one.occasion.id for one in found.happening[1]] == [
        one.id for one in held if one.start.date() == day + DAY
    ]
    assert found.happening[0][0].expected == 1
    assert found.next is not None
    assert found.next.start.date() > day


def test_that_a_clash_leads_to_its_session_and_marks_both(
    database: Database, where: Centre, group: Group
) -> None:
    first, second = sessions.sessions(database, group.id)[:2]
    with make.unwatched(database, where):
        sessions.move(database, second.id, first.start)
        sessions.change_leaders(database, second.id, [first.leaders[0].staff_id])

    day = first.start.date()
    found = today.ahead(database, NO_PROGRESS, where.id, day)

    lines = [line for line in found.lines if line.matter is Matter.CLASH]
    assert {line.goal.where for line in lines} == {Where.OCCASION}
    assert any(line.urgency is Urgency.LATE for line in lines)  # it blocks, and it is today
    assert found.clashing.keys() >= {first.id, second.id}
    assert today.occasion(database, first.id).id == first.id


def test_that_a_draft_waits_when_it_is_not_what_was_told_or_soon_begins(
    database: Database, where: Centre, group: Group
) -> None:
    assert ahead(database, where, TODAY, Matter.DRAFT) == ()  # seven weeks are left
    (line,) = ahead(database, where, MONDAY - 5 * DAY, Matter.DRAFT)
    assert (line.what, line.when, line.goal.where) == ("H26 A", "begins in 5 days", Where.CHANGES)

    publications.publish(database, group.id)
    assert ahead(database, where, MONDAY - 5 * DAY, Matter.DRAFT) == ()

    held = sessions.sessions(database, group.id)[0]
    with make.unwatched(database, where):
        sessions.move(database, held.id, held.start + timedelta(minutes=15))
    (line,) = ahead(database, where, TODAY, Matter.DRAFT)
    assert line.detail == "1 change since version 1"


def test_that_sheets_out_of_date_are_one_line_for_them_all(
    database: Database, where: Centre, group: Group
) -> None:
    make.placed(database, where, group.id)
    publications.publish(database, group.id)
    prints.all_sheets(database, NO_PROGRESS, group.id, TODAY)
    assert ahead(database, where, TODAY, Matter.SHEETS) == ()

    held = sessions.sessions(database, group.id)[0]
    with make.unwatched(database, where):
        sessions.move(database, held.id, held.start + timedelta(minutes=15))
    publications.publish(database, group.id)

    (line,) = ahead(database, where, TODAY, Matter.SHEETS)
    assert (line.many, line.what, line.goal.where) == (1, "1 patient schedule", Where.QUEUE)


def test_that_an_occasion_that_is_gone_is_refused(database: Database, where: Centre) -> None:
    with pytest.raises(Refused, match="no longer there"):
        today.occasion(database, where.id)


def test_that_the_visit_of_a_patient_shows_initials_and_who_was_named_is_logged(
    database: Database, where: Centre, group: Group
) -> None:
    place = make.placed(database, where, group.id)
    start = datetime.combine(MONDAY, time(8))
    with make.unwatched(database, where):
        schedules.add_visit(database, place.id, start, 45, title="Uppföljning av läkemedel")
    before = len(logged(database))

    found = look(database, where, MONDAY)

    visit = next(one for one in found.happening[0] if one.initials)
    assert (visit.initials, visit.occasion.title) == ("MÖ", "Individual visit")
    assert len(logged(database)) == before + 1
    assert patients.patient(database, place.patient_id).name == "Maria Öberg"
