"""The example in a folder: the database, and every paper and calendar that comes of it."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from painprogram import i18n
from painprogram.cli.listing import EVERY
from painprogram.cli.output import say, say_now, write_file
from painprogram.cli.stopping import stoppable
from painprogram.domain.actors import Actor
from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group
from painprogram.domain.patients import Found
from painprogram.domain.progress import Progress
from painprogram.i18n import _, ngettext
from painprogram.usecases import (
    Database,
    calendars,
    enrolments,
    example,
    groups,
    patients,
    prints,
    rooms,
    staff,
)

FILE = "example.ppdb"
PAPERS, CALENDARS = "papers", "calendars"


def make(folder: Path, today: date, actor: Actor) -> None:
    """Build ``example.ppdb`` in *folder*, and print and export everything there.

    Refused where the file is there already. A database that was not finished is removed.
    """
    file = _prepared(folder)
    try:
        database = Database.open(str(file), actor=actor)
        try:
            progress = Progress(_Told())
            with stoppable(progress):
                example.build(database, today, progress)
            _tell_size(database)
            _print_all(database, folder / PAPERS, today)
            _export_all(database, folder / CALENDARS)
        finally:
            database.close()
    except BaseException:
        for part in folder.glob(f"{FILE}*"):
            part.unlink()
        raise
    say(_("The example is in {folder}.").format(folder=folder))
    say(_("Open it with: {command}").format(command=f"painprogram --database {_quoted(file)}"))


def _prepared(folder: Path) -> Path:
    file = folder / FILE
    if file.exists():
        raise Refused(
            _("There is already an example in {folder}. Choose another folder.").format(
                folder=folder
            )
        )
    try:
        for part in (folder, folder / PAPERS, folder / CALENDARS):
            part.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(
            _("The folder {folder} can't be made: {reason}.").format(
                folder=folder, reason=error.strerror
            )
        ) from error
    return file


class _Told:
    """One line for each phase and each quarter of the whole."""

    def __init__(self) -> None:
        self._last: tuple[int, str] = (-1, "")

    def __call__(self, fraction: float, text: str) -> None:
        if (int(fraction * 4), text) != self._last:
            self._last = int(fraction * 4), text
            say_now(f"{int(fraction * 100):3} %  {text}")


def _tell_size(database: Database) -> None:
    """What is in it, in a line."""
    every = groups.groups(database)
    placed = sum(group.taken for group in every)
    many = len({one.id for one in patients.find(database, most=EVERY)})
    say_now(
        _(
            "{groups} groups, {staff} colleagues, {patients} patients, {placed} of them placed"
        ).format(
            groups=sum(not group.activity for group in every),
            staff=len(staff.staff(database)),
            patients=many,
            placed=placed,
        )
    )


def _print_all(database: Database, folder: Path, today: date) -> None:
    """For each group the base schedule, the sheets together, and each sheet, in each language."""
    for group in groups.groups(database):
        for language in i18n.LANGUAGES:
            poster = prints.poster(database, group.id, today, language, record=False)
            write_file(folder / f"{_file_name(group.name)}-{language}.pdf", poster)
            if group.taken:
                _print_sheets(database, folder, group, today, language)
        told = _("{group}: base schedule")
        if group.taken:
            told = ngettext(
                "{group}: base schedule, {count} patient sheet",
                "{group}: base schedule, {count} patient sheets",
                group.taken,
            )
        say_now(told.format(group=group.name, count=group.taken))


def _print_sheets(
    database: Database, folder: Path, group: Group, today: date, language: str
) -> None:
    together = prints.all_sheets(database, Progress(), group.id, today, language, record=False)
    write_file(folder / f"{_file_name(group.name)}-sheets-{language}.pdf", together)
    for patient, _name in enrolments.names(database, group.id):
        place = next(
            one.id for one in patients.enrolments(database, patient) if one.group_id == group.id
        )
        sheet = prints.sheet(database, place, today, language, record=False)
        write_file(folder / f"sheet-{patient}-{language}.pdf", sheet)  # never name or number


def _export_all(database: Database, folder: Path) -> None:
    stamp = datetime.now(UTC)
    count = 0
    for name, content in _calendars(database, stamp):
        write_file(folder / f"{name}.ics", content)
        count += 1
    say_now(ngettext("{count} calendar", "{count} calendars", count).format(count=count))


def _calendars(database: Database, stamp: datetime) -> Iterator[tuple[str, bytes]]:
    for group in groups.groups(database):
        yield f"group-{_file_name(group.name)}", calendars.of_group(database, group.id, stamp)
    for person in staff.staff(database):
        yield f"staff-{_file_name(person.name)}", calendars.of_staff(database, person.id, stamp)
    for room in rooms.rooms(database):
        name = _file_name(f"{room.centre_name} {room.name}")
        yield f"room-{name}", calendars.of_room(database, room.id, stamp)
    for patient in _placed(database):
        yield f"patient-{patient.id}", calendars.of_patient(database, patient.id, stamp)


def _placed(database: Database) -> Iterator[Found]:
    return (one for one in patients.find(database, most=EVERY) if one.group_id)


def _file_name(text: str) -> str:
    """``Åsa af Ekenstam`` is ``asa-af-ekenstam``: a name that every file system takes."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _quoted(file: Path) -> str:
    return f'"{file}"' if " " in str(file) else str(file)
