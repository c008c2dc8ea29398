"""Centres, their closed days, and founding a new one."""

from dataclasses import replace
from datetime import date, time
from uuid import uuid4

import pytest

from painprogram.domain.actors import Actor
from painprogram.domain.closures import ClosureKind
from painprogram.domain.errors import Conflict, Refused
from painprogram.domain.people import CentreKind, Profession
from painprogram.domain.rooms import Equipment
from painprogram.usecases import centres, databases, founding, history, rooms, staff
from painprogram.usecases.founding import NewCentre, NewRoom, NewStaff
from tests import make

ANNA = NewStaff("Anna Berg", Profession.PHYSIOTHERAPIST, "036-000 00 11")
SOFIA = NewStaff("Sofia Nyström", Profession.PSYCHOLOGIST)
NEW = NewCentre(
    name="Ekbackens vårdcentral",
    kind=CentreKind.HALSOCENTRAL,
    provider="Region Norr",
    phone="036-000 00 10",
    phone_hours="mån–fre 8–9.30",
    address="Storgatan 1\n123 45 Ekbacken",
    staff=(ANNA, SOFIA),
    rooms=(NewRoom("Stora salen", 16, (Equipment.PROJECTOR, Equipment.MATS)),),
    me="Anna Berg",
)


def test_that_centres_stand_in_order_of_name(database):
    make.centre(database, "tallen")
    make.centre(database, "Alen")

    assert [centre.name for centre in centres.centres(database)] == ["Alen", "tallen"]


def test_that_two_centres_of_one_care_provider_share_it(database):
    first = make.centre(database, "Alen", "Region Norr")
    second = make.centre(database, "Tallen", "region norr")

    assert first.provider_id == second.provider_id
    assert second.provider_name == "Region Norr"


def test_that_a_centre_without_provider_is_one_by_itself(database):
    assert centres.add(database, "Alen", "  ").provider_name == "Alen"


def test_that_two_centres_cannot_have_one_name(database):
    make.centre(database, "Åsen")

    with pytest.raises(Refused, match="already a health centre called åsen"):
        make.centre(database, "åsen")

    assert len(centres.centres(database)) == 1


def test_that_a_centre_is_not_renamed_to_another(database):
    make.centre(database, "Alen")
    second = make.centre(database, "Tallen")

    with pytest.raises(Refused, match="already a health centre called Alen"):
        centres.update(database, replace(second, name="Alen"))


def test_that_every_field_of_a_centre_is_kept(database):
    changed = replace(
        make.centre(database),
        name="Ekbackens hälsocentral",
        kind=CentreKind.HALSOCENTRAL,
        phone="1",
        phone_hours="alltid",
        address="Gatan 2",
        directions="Röda dörren",
        cancelling="Ring oss.",
        half_day_until=time(12),
    )

    saved = centres.update(database, changed)

    assert saved == replace(changed, version=changed.version + 1)
    assert centres.centre(database, changed.id) == saved


def test_that_an_old_look_at_a_centre_changes_nothing(database):
    seen = make.centre(database)
    centres.update(database, replace(seen, phone="1"))

    with pytest.raises(Conflict):
        centres.update(database, replace(seen, phone="2"))

    assert centres.centre(database, seen.id).phone == "1"


def test_that_a_change_of_nothing_leaves_no_trace(database):
    seen = make.centre(database)
    before = history.entries(database)

    centres.update(database, seen)

    assert history.entries(database) == before


def test_that_the_care_provider_is_renamed_for_all_its_centres(database):
    first = make.centre(database, "Alen", "Regon Norr")
    second = make.centre(database, "Tallen", "Regon Norr")

    centres.rename_provider(database, first.id, " Region  Norr ")

    assert centres.centre(database, second.id).provider_name == "Region Norr"


def test_that_a_care_provider_never_becomes_another_by_its_name(database):
    make.centre(database, "Alen", "Region Norr")
    private = make.centre(database, "Tallen", "Tallen AB")

    with pytest.raises(Refused, match="already a care provider called region norr"):
        centres.rename_provider(database, private.id, "region norr")


def test_that_own_closed_days_join_the_red_days(database):
    where = make.centre(database)
    week = centres.close(database, where.id, date(2027, 7, 12), date(2027, 7, 30), " Semester ")

    found = centres.closures(database, where.id, date(2027, 6, 1), date(2027, 7, 12))

    assert [(c.kind, c.reason) for c in found] == [
        (ClosureKind.RED_DAY, "National Day"),
        (ClosureKind.EVE, "Midsummer Eve"),
        (ClosureKind.RED_DAY, "Midsummer Day"),
        (ClosureKind.OWN, "Semester"),
    ]
    assert found[-1] == week


def test_that_half_days_are_closed_from_the_time_the_centre_says(database):
    where = make.centre(database)
    maundy = date(2027, 3, 25)
    assert centres.closures(database, where.id, maundy, maundy) == ()

    centres.update(database, replace(where, half_day_until=time(12)))

    (half,) = centres.closures(database, where.id, maundy, maundy)
    assert (half.kind, half.until) == (ClosureKind.HALF_DAY, time(12))


def test_that_closed_days_are_taken_away_and_come_back_by_undo(database):
    where = make.centre(database)
    day = date(2027, 2, 1)
    closed = centres.close(database, where.id, day, day, "Flytt")
    assert closed.id is not None

    centres.reopen(database, closed.id)
    assert centres.closures(database, where.id, day, day) == ()

    history.undo(database)
    assert centres.closures(database, where.id, day, day) == (closed,)


def test_that_closed_days_somebody_else_took_away_are_said_to_be_gone(database):
    with pytest.raises(Conflict):
        centres.reopen(database, uuid4())


@pytest.mark.parametrize(
    ("first", "last", "reason", "sentence"),
    [
        (date(2027, 2, 2), date(2027, 2, 1), "Flytt", "before the first"),
        (date(2027, 2, 2), date(2062, 2, 3), "Flytt", "more than a year"),
        (date(2027, 2, 2), date(2027, 2, 2), " ", "why it is closed"),
    ],
)
def test_that_impossible_closed_days_are_refused(database, first, last, reason, sentence):
    where = make.centre(database)

    with pytest.raises(Refused, match=sentence):
        centres.close(database, where.id, first, last, reason)

    assert centres.closures(database, where.id, date(2027, 2, 1), date(2027, 2, 3)) == ()


def test_that_a_centre_is_founded_with_its_people_and_rooms_in_one_step(database):
    centre = founding.found(database, NEW)

    assert (centre.name, centre.kind, centre.provider_name, centre.address) == (
        NEW.name,
        NEW.kind,
        NEW.provider,
        NEW.address,
    )
    found = staff.staff(database, centre.id)
    assert [(p.name, p.profession, p.phone) for p in found] == [
        ("Anna Berg", Profession.PHYSIOTHERAPIST, "036-000 00 11"),
        ("Sofia Nyström", Profession.PSYCHOLOGIST, ""),
    ]
    (room,) = rooms.rooms(database, centre.id)
    assert (room.name, room.seats) == ("Stora salen", 16)
    assert room.equipment == (Equipment.MATS, Equipment.PROJECTOR)
    assert [entry.label for entry in history.entries(database)] == ["Found Ekbackens vårdcentral"]
    assert history.labels(database) == (None, None)


@pytest.mark.parametrize(
    ("changes", "field", "line", "sentence"),
    [
        ({"name": " "}, "name", None, "Write a name for the health centre"),
        ({"name": "x" * 201}, "name", None, "200 characters at most"),
        ({"provider": "x" * 201}, "provider", None, "the care provider is too long"),
        ({"staff": ()}, "staff", None, "yourself"),
        ({"staff": (ANNA, NewStaff("Eva", None))}, "staff", 1, "profession for Eva"),
        ({"staff": (ANNA, replace(SOFIA, name=" "))}, "staff", 1, "name for the colleague"),
        ({"staff": (ANNA, replace(SOFIA, name="anna  berg"))}, "staff", 1, "on two lines"),
        ({"rooms": (NewRoom("", 3),)}, "rooms", 0, "name for the room"),
        ({"rooms": (NewRoom("Salen", 0),)}, "rooms", 0, "Salen: A room has between 1 and"),
        ({"rooms": (NewRoom("A", 3), NewRoom("a", 3))}, "rooms", 1, "two rooms called a"),
        ({"me": "Ingen"}, "me", None, "who you are"),
    ],
)
def test_that_what_is_wrong_is_said_where_it_is(database, changes, field, line, sentence):
    new = replace(NEW, **changes)

    (fault,) = founding.faults(new)

    assert (fault.field, fault.line) == (field, line)
    assert sentence in fault.sentence
    with pytest.raises(Refused, match=sentence):
        founding.found(database, new)
    assert centres.centres(database) == ()


def test_that_nothing_is_founded_where_the_name_is_taken(database):
    founding.found(database, NEW)

    with pytest.raises(Refused, match="already a health centre"):
        founding.found(database, NEW)

    assert len(staff.staff(database)) == 2


@pytest.mark.parametrize(
    ("text", "profession"),
    [
        ("physiotherapist", Profession.PHYSIOTHERAPIST),
        (" Sjukgymnast ", Profession.PHYSIOTHERAPIST),
        ("LÄKARE", Profession.PHYSICIAN),
        ("psykol", Profession.PSYCHOLOGIST),
        ("occupational  therapist", Profession.OCCUPATIONAL_THERAPIST),
        ("p", None),
        ("", None),
        ("smed", None),
    ],
)
def test_that_a_profession_is_known_by_its_name_in_either_language(text, profession):
    assert founding.profession_named(text) is profession


def test_that_the_database_says_where_it_is_and_what_it_holds(database, engine):
    where = make.furnished(database)
    make.patient(database, where)

    found = databases.facts(database)

    assert found.shared == (engine == "postgresql")
    assert found.patients == 1
    assert found.size > 10_000
    assert found.name in found.place
    assert "@" not in found.place


def test_that_counting_patients_reads_none_of_them(database):
    where = make.furnished(database)
    make.patient(database, where)
    database.actor = Actor("Anna Berg", where.id)

    databases.facts(database)

    with database.raw() as connection:
        assert (
            connection.exec_driver_sql(
                "select count(*) from access_entry where who = 'Anna Berg'"
            ).scalar()
            == 0
        )
