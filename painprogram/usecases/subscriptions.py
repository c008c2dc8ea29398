"""Calendars that follow: a folder of files that other programs subscribe to.

Whatever shares the folder (a web server, a synced drive) shares what lies in it, so the files are
called by keys that tell nothing and can't be guessed, those of patients lie in a folder that only
its owner reads, and who has protected identity is not there at all. A manifest says which files
are ours; no other file is touched.
"""

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.domain.progress import Progress
from painprogram.exchange.calendar import followed, is_ours, undated
from painprogram.i18n import _, ngettext
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    CentreRow,
    EnrolmentRow,
    GroupRow,
    PatientRow,
    RoomRow,
    SessionRow,
    StaffRow,
)
from painprogram.usecases import calendars, files

MANIFEST = "painprogram-calendars.json"
FOLDERS = {"group": "groups", "staff": "staff", "room": "rooms", "patient": "patients"}
_OF = {"group": calendars.of_group, "staff": calendars.of_staff, "room": calendars.of_room}
STAYS = timedelta(days=30)
"""How long the calendar of what is gone stays, to say that its sessions are cancelled."""


_READING = 0.5
"""The part of a refresh that reads; the rest compares and writes."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did with the folder."""

    folder: Path
    written: int = 0
    unchanged: int = 0
    ended: int = 0
    """Of what is gone: they now say that its sessions are cancelled."""
    removed: int = 0
    protected: int = 0
    """Patients who get no file."""
    left_alone: tuple[str, ...] = ()
    """Files of others that lie where one of ours would."""

    @property
    def told(self) -> str:
        """In words: ``3 files written, 13 unchanged.``"""
        parts = [
            ngettext("{number} file written", "{number} files written", self.written),
            ngettext("{number} unchanged", "{number} unchanged", self.unchanged),
        ]
        numbers = [self.written, self.unchanged]
        for number, part in (
            (
                self.ended,
                ngettext("{number} file cancelled", "{number} files cancelled", self.ended),
            ),
            (self.removed, ngettext("{number} removed", "{number} removed", self.removed)),
            (
                self.protected,
                ngettext(
                    "{number} patient with protected identity left out",
                    "{number} patients with protected identity left out",
                    self.protected,
                ),
            ),
            (
                len(self.left_alone),
                ngettext(
                    "{number} file of another program left alone",
                    "{number} files of other programs left alone",
                    len(self.left_alone),
                ),
            ),
        ):
            if number:
                parts.append(part)
                numbers.append(number)
        words = zip(parts, numbers, strict=True)
        return ", ".join(part.format(number=i18n.number(many)) for part, many in words) + "."


@dataclass(frozen=True, slots=True)
class FolderFile:
    """Whose a file of the folder is; patients' are not told."""

    kind: str
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class _Thing:
    """What has a calendar: a group, a colleague, a room, a patient."""

    kind: str
    key: UUID
    centre: UUID

    @property
    def place(self) -> str:
        return f"{FOLDERS[self.kind]}/{self.key}.ics"


@dataclass(slots=True)
class _Written:
    """What the manifest knows of a file of ours."""

    centre: str
    source: str = ""
    """Digest of what was to be said."""
    file: str = ""
    """Digest of the file as it was left."""
    carries: bool = False
    """Whether it tells of events that are there no more."""
    gone: str = ""
    """The day its thing was found to be gone."""


def refresh_folder(
    database: Database,
    progress: Progress,
    folder: Path,
    stamp: datetime,
    *,
    centre_id: UUID | None = None,
    patients: bool = True,
) -> Refreshed:
    """Bring the calendar files in *folder* up to date; *stamp* is the time of writing in UTC.

    Of one centre, or of all in the database. Without *patients* there are no files of patients,
    and those of before are taken away.
    """
    now = stamp.replace(tzinfo=None)
    with database.read() as db:
        centres = _centres(db, centre_id)
        things = _things(db, centres, now - STAYS)
    made: dict[_Thing, bytes] = {}
    protected: list[_Thing] = []
    if patients:
        made, protected = _of_patients(database, progress, centres, stamp)
    target = _Folder(folder, private=bool(made))
    many = len(made) + len(things)
    try:
        for at, thing in enumerate(sorted({*made, *things}, key=lambda each: each.place)):
            told = _("Calendar {number} of {many}").format(number=at + 1, many=many)
            progress.report(_READING + (1 - _READING) * at / many, told)
            data = made.get(thing) or _OF[thing.kind](database, thing.key, stamp)
            target.put(thing, data, stamp)
        if not patients:
            target.clear_patients(centres)
        target.clear(thing.place for thing in protected)
        target.end(centres, {thing.place for thing in (*made, *things)}, stamp)
    finally:
        target.save()
    progress.report(1)
    return target.told(len(protected))


def listing(
    database: Database, folder: Path, centre_id: UUID | None = None
) -> tuple[FolderFile, ...]:
    """Whose each file in *folder* is, to subscribe to the right one; in order of kind and name."""
    found = []
    with database.read() as db:
        for kind, table in (("group", GroupRow), ("staff", StaffRow), ("room", RoomRow)):
            rows = db.execute(
                select(table.id, table.name)
                .where(table.centre_id.in_(_centres(db, centre_id)))
                .order_by(table.name)
            )
            for key, name in rows:
                path = folder / FOLDERS[kind] / f"{key}.ics"
                if path.is_file():
                    found.append(FolderFile(kind, name, path))
    return tuple(found)


def _centres(db: Db, centre_id: UUID | None) -> set[UUID]:
    return {centre_id} if centre_id else set(db.scalars(select(CentreRow.id)))


def _things(db: Db, centres: Iterable[UUID], since: datetime) -> list[_Thing]:
    """The groups that meet since *since*, and the colleagues and rooms in use."""
    meeting = select(SessionRow.group_id).where(SessionRow.start >= since)
    found = []
    for kind, table, wanted in (
        ("group", GroupRow, GroupRow.id.in_(meeting)),
        ("staff", StaffRow, StaffRow.active),
        ("room", RoomRow, RoomRow.active),
    ):
        rows = db.execute(
            select(table.id, table.centre_id).where(table.centre_id.in_(centres), wanted)
        )
        found += [_Thing(kind, key, centre) for key, centre in rows]
    return found


def _of_patients(
    database: Database, progress: Progress, centres: Iterable[UUID], stamp: datetime
) -> tuple[dict[_Thing, bytes], list[_Thing]]:
    """The calendars of those who have a place, in one reading, and those who may have none."""
    with database.read_patients(_("Refresh calendar folder")) as db:
        rows = db.execute(
            select(PatientRow.id, PatientRow.centre_id, PatientRow.protected, PatientRow.language)
            .join(EnrolmentRow, EnrolmentRow.patient_id == PatientRow.id)
            .where(PatientRow.centre_id.in_(centres), EnrolmentRow.last.is_(None))
            .distinct()
        ).all()
        saw(db, (row.id for row in rows))
        things = {row.id: _Thing("patient", row.id, row.centre_id) for row in rows}
        languages = {row.id: row.language for row in rows if not row.protected}
        made: dict[_Thing, bytes] = {}
        for key, data in calendars.of_patients(db, languages, stamp):
            progress.report(_READING * len(made) / len(languages), _("Reading the schedules"))
            made[things[key]] = data
        return made, [thing for key, thing in things.items() if key not in languages]


class _Folder:
    """The folder, and what the manifest says that we wrote in it."""

    def __init__(self, root: Path, *, private: bool) -> None:
        self._root = root.absolute()
        self._counts = {"written": 0, "unchanged": 0, "ended": 0, "removed": 0}
        self._left_alone: list[str] = []
        _make(self._root)
        for name in FOLDERS.values():
            if name != FOLDERS["patient"]:
                _make(self._root / name)
        if private:
            _make_private(self._root / FOLDERS["patient"])
        self._known = self._read_manifest()

    def _read_manifest(self) -> dict[str, _Written]:
        """One that can't be read counts as none: what is ours is known by its first lines, too."""
        try:
            found: Any = json.loads((self._root / MANIFEST).read_text("utf-8"))
            return {
                str(place): _Written(**entry)
                for place, entry in found["files"].items()
                if _is_place(place)
            }
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}

    def save(self) -> None:
        entries = {place: asdict(self._known[place]) for place in sorted(self._known)}
        told = json.dumps({"painprogram": 1, "files": entries}, indent=1)
        there = self._there(MANIFEST)
        if there != told.encode():
            files.write(self._root / MANIFEST, told.encode())

    def put(self, thing: _Thing, data: bytes, stamp: datetime) -> None:
        """Write the calendar of *thing*, unless the file says the same already."""
        place, source = thing.place, _digest(undated(data))
        known, there = self._known.get(place), self._there(place)
        if there is not None and known is None and not is_ours(there):
            self._left_alone.append(place)
            return
        intact = known is not None and there is not None and _digest(there) == known.file
        if known and intact and known.source == source and not (known.carries or known.gone):
            known.centre = str(thing.centre)
            self._counts["unchanged"] += 1
            return
        made = followed(there if there and intact else b"", data, stamp)
        carries = made.count(b"BEGIN:VEVENT") > data.count(b"BEGIN:VEVENT")
        if made != there:
            files.write(self._root / place, made)
        self._counts["unchanged" if made == there else "written"] += 1
        self._known[place] = _Written(str(thing.centre), source, _digest(made), carries)

    def end(self, centres: set[UUID], wanted: set[str], stamp: datetime) -> None:
        """What is gone is said to be cancelled, and its file taken away a while after.

        Only of *centres*: the folder may hold those of others, and of other databases.
        """
        ours = {str(centre) for centre in centres}
        for place, known in list(self._known.items()):
            if place in wanted or known.centre not in ours:
                continue
            there = self._there(place)
            if there is None or _digest(there) != known.file:
                del self._known[place]  # somebody else's hand was there: it is theirs now
            elif not known.gone:
                made = followed(there, None, stamp)
                files.write(self._root / place, made)
                known.file, known.gone = _digest(made), stamp.date().isoformat()
                self._counts["ended"] += 1
            elif date.fromisoformat(known.gone) + STAYS <= stamp.date():
                self._remove(place)

    def clear_patients(self, centres: set[UUID]) -> None:
        """Nothing of patients is to lie here."""
        ours = {str(centre) for centre in centres}
        folder = FOLDERS["patient"]
        self.clear(
            place
            for place, known in list(self._known.items())
            if place.startswith(f"{folder}/") and known.centre in ours
        )
        with contextlib.suppress(OSError):  # something of another lies there
            (self._root / folder).rmdir()

    def clear(self, places: Iterable[str]) -> None:
        for place in places:
            if place in self._known:
                self._remove(place)

    def _remove(self, place: str) -> None:
        path = self._root / place
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise Refused(_("{file} can't be removed.").format(file=path)) from error
        del self._known[place]
        self._counts["removed"] += 1

    def _there(self, place: str) -> bytes | None:
        path = self._root / place
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Refused(_("{file} can't be read.").format(file=path)) from error

    def told(self, protected: int) -> Refreshed:
        return Refreshed(
            self._root, **self._counts, protected=protected, left_alone=tuple(self._left_alone)
        )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _is_place(place: str) -> bool:
    """Whether it is where a file of ours may lie: a manifest is not trusted to say so."""
    folder, _slash, name = place.partition("/")
    try:
        return folder in FOLDERS.values() and name == f"{UUID(name.removesuffix('.ics'))}.ics"
    except ValueError:
        return False


def _make(path: Path) -> None:
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise Refused(
            _("The folder {folder} can't be made. Choose one that is there.").format(folder=path)
        ) from error


def _make_private(path: Path) -> None:
    """A folder that only its owner reads; one that was set up to be read by others is refused."""
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        if sys.platform == "win32":
            return  # rights there follow the folder it lies in
        if path.is_symlink() or path.stat().st_uid != os.geteuid():
            raise Refused(
                _("The folder {folder} is not your own, and gets no patient's calendar.").format(
                    folder=path
                )
            )
        path.chmod(0o700)
    except OSError as error:
        raise Refused(
            _("The folder {folder} can't be made. Choose one that is there.").format(folder=path)
        ) from error
