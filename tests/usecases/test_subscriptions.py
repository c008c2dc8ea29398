"""A folder of calendars that other programs subscribe to."""

import json
import sys
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from painprogram.domain.errors import Cancelled, Refused
from painprogram.domain.patients import Enrolment
from painprogram.domain.people import Centre
from painprogram.domain.progress import Progress
from painprogram.exchange.calendar import Event, read
from painprogram.storage.database import Database
from painprogram.storage.tables import access_entry, access_patient
from painprogram.usecases import (
    centres,
    enrolments,
    patients,
    schedules,
    sessions,
    staff,
    subscriptions,
)
from painprogram.usecases.subscriptions import MANIFEST, Refreshed
from tests import make

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
posix = pytest.mark.skipif(sys.platform == "win32", reason="rights as on POSIX")


@dataclass
class House:
    """A centre with two groups and two patients in each, and the folder."""

    database: Database
    centre: Centre
    folder: Path
    groups: tuple[UUID, UUID]
    places: tuple[Enrolment, ...]

    def refresh(self, stamp: datetime = make.STAMP, *, patients: bool = True) -> Refreshed:
        return subscriptions.refresh_folder(
            self.database, Progress(), self.folder, stamp, patients=patients
        )

    def file(self, kind: str, key: UUID) -> Path:
        return self.folder / kind / f"{key}.ics"

    def of_patient(self, number: int) -> Path:
        return self.file("patients", self.places[number].patient_id)

    def events(self, path: Path) -> dict[str, Event]:
        return {event.uid: event for event in read(path.read_bytes())}

    def contents(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file()
        }


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    where = make.furnished(database)
    first = make.group(database, where)
    second = make.group(database, where, "H26 B", make.MONDAY + timedelta(weeks=1))
    places = tuple(
        make.placed(database, where, group.id, number)
        for number, group in enumerate((first, first, second, second))
    )
    return House(database, where, tmp_path / "kalendrar", (first.id, second.id), places)


def uid(session: object) -> str:
    return f"{session.id}@painprogram"  # type: ignore[attr-defined]


# What lies there.


def test_that_groups_colleagues_rooms_and_patients_each_have_a_file(house: House) -> None:
    told = house.refresh()

    assert told == Refreshed(house.folder, written=2 + 7 + 3 + 4)
    base = sessions.sessions(house.database, house.groups[0])
    assert house.events(house.file("groups", house.groups[0])).keys() == {uid(s) for s in base}
    assert house.events(house.of_patient(0)).keys() >= {uid(s) for s in base}


def test_that_neither_names_of_files_nor_the_manifest_tell_anything(house: House) -> None:
    house.refresh()

    for name in house.contents():
        assert name == MANIFEST or UUID(name.partition("/")[2].removesuffix(".ics"))
    told = (house.folder / MANIFEST).read_text("utf-8")
    assert not [name for name in ("Berg", "Öberg", "H26", "salen", "Ekbacken") if name in told]


@posix
def test_that_only_its_owner_reads_the_folder_of_patients(house: House) -> None:
    house.folder.mkdir()
    (house.folder / "patients").mkdir(mode=0o755)

    house.refresh()

    assert (house.folder / "patients").stat().st_mode & 0o777 == 0o700


@posix
def test_that_a_folder_of_patients_that_leads_elsewhere_is_refused(
    house: House, tmp_path: Path
) -> None:
    (tmp_path / "shared").mkdir()
    house.folder.mkdir()
    (house.folder / "patients").symlink_to(tmp_path / "shared")

    with pytest.raises(Refused, match="gets no patient's calendar"):
        house.refresh()

    assert not list((tmp_path / "shared").iterdir())


def test_that_a_refresh_is_one_line_in_the_access_log(house: House) -> None:
    before = _entries(house.database)

    house.refresh()

    assert _entries(house.database) == before + 1
    with house.database.read() as db:
        newest = db.execute(select(access_entry).order_by(access_entry.c.at.desc())).first()
        assert newest is not None
        assert newest.action == "Refresh calendar folder"
        told = select(access_patient.c.patient_id).where(access_patient.c.entry_id == newest.id)
        assert set(db.scalars(told)) == {place.patient_id for place in house.places}


def _entries(database: Database) -> int:
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(access_entry)) or 0


def test_that_patients_can_be_left_out(house: House) -> None:
    house.refresh()
    before = _entries(house.database)

    told = house.refresh(patients=False)

    assert (told.removed, told.unchanged) == (4, 12)
    assert not (house.folder / "patients").exists()
    assert _entries(house.database) == before


def test_that_who_has_protected_identity_has_no_file(house: House) -> None:
    house.refresh()
    known = patients.patient(house.database, house.places[0].patient_id)
    patients.update(house.database, replace(known, protected=True))

    told = house.refresh()

    assert (told.protected, told.removed, told.ended) == (1, 1, 0)
    assert not house.of_patient(0).exists()
    assert house.of_patient(1).exists()


def test_that_the_centre_chooses_what_patients_calendars_say_and_when_they_remind(
    house: House,
) -> None:
    centres.update(
        house.database, replace(house.centre, calendar_title=" Tid  idag ", calendar_alarm=120)
    )

    house.refresh()

    told = house.events(house.of_patient(0)).values()
    assert {(event.summary, event.alarm_minutes) for event in told} == {("Tid idag", 120)}
    group = house.events(house.file("groups", house.groups[0])).values()
    assert {event.alarm_minutes for event in group} == {None}


@pytest.mark.parametrize("minutes", [-1, 14 * 24 * 60 + 1])
def test_that_a_reminder_that_makes_no_sense_is_refused(house: House, minutes: int) -> None:
    with pytest.raises(Refused, match="at most two weeks"):
        centres.update(house.database, replace(house.centre, calendar_alarm=minutes))


def test_that_the_list_says_whose_each_file_is_but_for_patients(house: House) -> None:
    house.refresh()

    told = subscriptions.listing(house.database, house.folder, house.centre.id)

    assert [file.name for file in told if file.kind == "group"] == ["H26 A", "H26 B"]
    assert {file.kind for file in told} == {"group", "staff", "room"}
    assert all(file.path.is_file() for file in told)
    anna = next(file for file in told if file.name == "Anna Berg")
    assert anna.path == house.file("staff", staff.staff(house.database)[0].id)


# What changes.


def test_that_an_unchanged_file_is_not_written_again(house: House) -> None:
    house.refresh()
    before = house.contents()
    times = {path: path.stat().st_mtime_ns for path in house.folder.rglob("*")}

    told = house.refresh(make.STAMP + HOUR)

    assert told == Refreshed(house.folder, unchanged=16)
    assert house.contents() == before
    assert {path: path.stat().st_mtime_ns for path in house.folder.rglob("*")} == times


def test_that_moving_a_session_changes_its_patients_files_and_no_others(house: House) -> None:
    house.refresh()
    before = house.contents()
    held = make.of_strand(house.database, house.groups[0], "relaxation")[0]
    sessions.move(house.database, held.id, held.start + HOUR)

    house.refresh(make.STAMP + HOUR)

    after = house.contents()
    changed = {name for name in after if after[name] != before[name]} - {MANIFEST}
    assert changed == {
        f"groups/{house.groups[0]}.ics",
        f"staff/{held.leaders[0].staff_id}.ics",
        f"rooms/{held.room_id}.ics",
        *(f"patients/{place.patient_id}.ics" for place in house.places[:2]),
    }
    for name in changed:
        was = {event.uid: event for event in read(before[name])}
        now = {event.uid: event for event in read(after[name])}
        assert {key for key in now if now[key] != was[key]} == {uid(held)}
        assert now[uid(held)].sequence == was[uid(held)].sequence + 1
        assert now[uid(held)].stamp == make.STAMP + HOUR


def test_that_an_event_that_left_a_file_is_said_to_be_cancelled_until_it_is_past(
    house: House,
) -> None:
    anna, erik = staff.staff(house.database)[:2]
    held = next(
        one
        for one in sessions.sessions(house.database, house.groups[0])
        if [who.staff_id for who in one.leaders] == [anna.id]
    )
    house.refresh()
    file = house.file("staff", anna.id)

    sessions.change_leaders(house.database, held.id, [erik.id])
    house.refresh(make.STAMP + HOUR)
    gone = house.events(file)[uid(held)]
    assert gone.cancelled
    kept = file.read_bytes()
    assert house.refresh(make.STAMP + DAY).written == 0
    assert file.read_bytes() == kept

    sessions.change_leaders(house.database, held.id, [anna.id])
    house.refresh(make.STAMP + 2 * DAY)
    back = house.events(file)[uid(held)]
    assert not back.cancelled
    assert back.sequence > gone.sequence

    sessions.change_leaders(house.database, held.id, [erik.id])
    house.refresh(make.STAMP + 3 * DAY)
    late = held.start - make.STAMP.replace(tzinfo=None) + 31 * DAY
    house.refresh(make.STAMP + late)
    assert uid(held) not in house.events(file)


def test_that_who_left_has_everything_cancelled_and_later_no_file(house: House) -> None:
    house.refresh()
    enrolments.leave(house.database, house.places[0].id, make.TODAY, "Moved")

    told = house.refresh(make.STAMP + DAY)

    assert (told.ended, told.unchanged) == (1, 15)
    assert all(event.cancelled for event in house.events(house.of_patient(0)).values())
    assert house.refresh(make.STAMP + 10 * DAY).removed == 0
    assert house.refresh(make.STAMP + 31 * DAY).removed == 1
    assert not house.of_patient(0).exists()


def test_that_who_comes_back_has_the_same_file_again(house: House) -> None:
    house.refresh()
    before = house.events(house.of_patient(0))
    enrolments.leave(house.database, house.places[0].id, make.TODAY, "Moved")
    house.refresh(make.STAMP + DAY)
    house.database.undo()

    house.refresh(make.STAMP + 2 * DAY)

    after = house.events(house.of_patient(0))
    assert after.keys() == before.keys()
    assert not any(event.cancelled for event in after.values())
    assert all(after[key].sequence > before[key].sequence for key in after)


# Others in the folder.


def test_that_what_others_put_in_the_folder_is_left_alone(house: House) -> None:
    taken = house.file("groups", house.groups[0])
    others = {
        house.folder / "anteckningar.txt": b"Remember",
        house.folder / "groups" / "annan.ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        taken: b"BEGIN:VCALENDAR\r\nPRODID:-//another//\r\nEND:VCALENDAR\r\n",
    }
    for path, data in others.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    told = house.refresh()

    assert told.left_alone == (f"groups/{house.groups[0]}.ics",)
    assert {path: path.read_bytes() for path in others} == others


def test_that_a_file_of_ours_that_somebody_changed_is_written_again(house: House) -> None:
    house.refresh()
    before = house.of_patient(0).read_bytes()
    house.of_patient(0).write_bytes(before.replace(b"CONFIRMED", b"TENTATIVE"))
    house.of_patient(1).unlink()

    assert house.refresh().written == 2

    assert house.of_patient(0).read_bytes() == before
    assert house.of_patient(1).exists()


@pytest.mark.parametrize("told", ["", "[]", "{", '{"files": {"a": 1}}'])
def test_that_a_lost_manifest_loses_no_file(house: House, told: str) -> None:
    house.refresh()
    before = house.contents()
    (house.folder / MANIFEST).write_text(told, "utf-8")

    assert house.refresh() == Refreshed(house.folder, unchanged=16)

    assert house.contents() == before


def test_that_a_manifest_can_not_point_out_of_the_folder(house: House, tmp_path: Path) -> None:
    house.refresh()
    outside = tmp_path / f"{house.groups[0]}.ics"
    outside.write_bytes(b"x")
    manifest = house.folder / MANIFEST
    told = json.loads(manifest.read_text("utf-8"))
    entry = dict(next(iter(told["files"].values())), gone="2020-01-01")
    told["files"][f"../{outside.name}"] = told["files"][f"groups/../../{outside.name}"] = entry
    manifest.write_text(json.dumps(told), "utf-8")

    house.refresh()

    assert outside.read_bytes() == b"x"


def test_that_the_files_of_another_centre_stay_as_they_are(house: House) -> None:
    other = make.centre(house.database, "Norrgården")
    make.team(house.database, other)
    house.refresh()
    before = house.contents()

    told = subscriptions.refresh_folder(
        house.database, Progress(), house.folder, make.STAMP + DAY, centre_id=other.id
    )

    assert told == Refreshed(house.folder, unchanged=7)
    assert house.contents() == before


def test_that_a_refresh_that_is_stopped_is_finished_by_the_next(house: House) -> None:
    progress = Progress(lambda done, _text: progress.cancel() if done > 0.7 else None)
    with pytest.raises(Cancelled):
        subscriptions.refresh_folder(house.database, progress, house.folder, make.STAMP)
    written = len(house.contents()) - 1
    assert 0 < written < 16

    assert house.refresh() == Refreshed(house.folder, written=16 - written, unchanged=written)


@pytest.mark.parametrize("place", ["missing/kalendrar", "fil"])
def test_that_a_folder_that_can_not_be_made_is_refused(
    house: House, tmp_path: Path, place: str
) -> None:
    (tmp_path / "fil").write_bytes(b"")

    with pytest.raises(Refused, match="can't be made"):
        subscriptions.refresh_folder(house.database, Progress(), tmp_path / place, make.STAMP)


def test_that_the_calendar_of_who_skips_a_session_does_not_follow_it(house: House) -> None:
    held = make.of_strand(house.database, house.groups[0], "relaxation")[0]
    own = schedules.opt_out(house.database, house.places[0].id, held.id, "Travels")
    house.refresh()
    before = house.of_patient(0).read_bytes()
    told = house.events(house.of_patient(0))[uid(held)]
    assert told.cancelled
    sessions.move(house.database, held.id, held.start + HOUR)

    house.refresh(make.STAMP + HOUR)
    assert house.of_patient(0).read_bytes() == before

    (skipped,) = [line.deviation_id for line in own.lines if line.deviation_id]
    schedules.follow_base(house.database, skipped)
    house.refresh(make.STAMP + 2 * HOUR)
    now = house.events(house.of_patient(0))[uid(held)]
    assert (now.cancelled, now.start) == (False, held.start + HOUR)
    assert now.sequence > told.sequence
