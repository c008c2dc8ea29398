"""When colleagues are busy by their own calendars: files and folders that other programs write.

Only the times are kept. What with, where and with whom stays in the calendar it came from.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Db

from painprogram.domain.availability import Span
from painprogram.domain.errors import Refused
from painprogram.domain.names import folded
from painprogram.domain.progress import Progress
from painprogram.exchange import busy
from painprogram.exchange.busy import BusyTimes, Skipped
from painprogram.exchange.foreign_events import SkipReason
from painprogram.i18n import _, date_short, ngettext
from painprogram.storage.database import Database
from painprogram.storage.tables import BusyRow, BusySourceRow, StaffRow
from painprogram.usecases.calendars import UID

BACK = timedelta(weeks=4)
MONTHS_AHEAD = 18
MOST_FILES = 50
"""Calendars in a folder."""
_OURS = UID.format(key="")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class BusyWeek:
    monday: date
    minutes: int


@dataclass(frozen=True, slots=True)
class BusyPreview:
    """What a file or folder says, before or after it is taken in."""

    staff_id: UUID
    place: Path
    first: date
    last: date
    """The days that were looked at."""
    files: int
    events: int
    free: int
    """Of the events: shown as free, cancelled, or our own sessions come back."""
    skipped: tuple[Skipped, ...]
    """Of the events: could not be read, each reason with its count and a sentence ``told``."""
    spans: tuple[Span, ...]
    weeks: tuple[BusyWeek, ...]
    """The weeks with busy time, in order."""
    unchanged: bool
    """The same as what is kept already."""

    @property
    def told(self) -> str:
        """One sentence."""
        if not self.spans:
            return _("No busy times from {first} to {last}.").format(
                first=date_short(self.first), last=date_short(self.last)
            )
        return ngettext(
            "{count} busy time, {first}.", "{count} busy times, {first} to {last}.", len(self.spans)
        ).format(
            count=len(self.spans),
            first=date_short(self.spans[0].start.date()),
            last=date_short(self.spans[-1].start.date()),
        )


@dataclass(frozen=True, slots=True)
class BusySource:
    """A file or folder that makes a colleague busy."""

    id: UUID
    staff_id: UUID
    staff_name: str
    place: Path
    read_at: datetime
    """UTC."""
    first: date
    last: date
    skipped: int
    spans: int


class Outcome(StrEnum):
    READ = "read"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    """The busy times from before are kept."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How it went with one source, in words."""

    source: BusySource
    outcome: Outcome
    told: str


@dataclass(frozen=True, slots=True)
class _Found:
    """What a place holds today."""

    digest: str
    files: int
    times: BusyTimes


def window(today: date) -> tuple[date, date]:
    """The days that busy times are kept for."""
    months = today.year * _MONTHS + today.month - 1 + MONTHS_AHEAD
    following = date((months + 1) // _MONTHS, (months + 1) % _MONTHS + 1, 1)
    last_of_month = following - timedelta(days=1)
    return today - BACK, last_of_month.replace(day=min(today.day, last_of_month.day))


# Reading.


def preview(database: Database, staff_id: UUID, path: Path, today: date) -> BusyPreview:
    """What :func:`read` would take in; nothing is kept."""
    place = path.absolute()
    first, last = window(today)
    found = _look(place, first, last)
    with database.read() as db:
        _name(db, staff_id)
        row = _source(db, staff_id, place)
        return _told(place, staff_id, today, found, unchanged=_same(row, found.digest, today))


def read(database: Database, staff_id: UUID, path: Path, today: date) -> BusyPreview:
    """Make a colleague busy by a calendar file, or by all the ``.ics`` files of a folder.

    Takes the place of what the same file or folder said before, in one step of undo; a file that
    says the same for the same days changes nothing.
    """
    place = path.absolute()
    first, last = window(today)
    found = _look(place, first, last)
    with database.read() as db:
        name = _name(db, staff_id)
        unchanged = _same(_source(db, staff_id, place), found.digest, today)
    if not unchanged:
        with database.change(_("Read busy times of {name}").format(name=name)) as db:
            _name(db, staff_id)
            _keep(db, staff_id, place, found, today)
    return _told(place, staff_id, today, found, unchanged=unchanged)


def refresh(
    database: Database,
    today: date,
    progress: Progress | None = None,
    *,
    staff_id: UUID | None = None,
) -> tuple[Refreshed, ...]:
    """Read all known files and folders anew, or those of one colleague, in one step of undo.

    What is missing or can't be read keeps its busy times, and says so.
    """
    progress = progress or Progress()
    known = sources(database, staff_id)
    first, last = window(today)
    found: list[_Found | str] = []
    for number, source in enumerate(known):
        progress.report(number / len(known), source.staff_name)
        try:
            found.append(_look(source.place, first, last))
        except Refused as refused:
            found.append(_("{reason} The busy times from before are kept.").format(reason=refused))
    changed: set[UUID] = set()
    digests = {
        source.id: one.digest
        for source, one in zip(known, found, strict=True)
        if isinstance(one, _Found)
    }
    with database.read() as db:
        rows = {row.id: row for row in db.scalars(select(BusySourceRow))}
        changed = {
            key for key, digest in digests.items() if not _same(rows.get(key), digest, today)
        }
    if changed:
        with database.change(_("Refresh busy times")) as db:
            for source, one in zip(known, found, strict=True):
                if source.id in changed and isinstance(one, _Found):
                    _keep(db, source.staff_id, source.place, one, today)
    return tuple(
        _refreshed(source, one, today, changed=source.id in changed)
        for source, one in zip(known, found, strict=True)
    )


def sources(database: Database, staff_id: UUID | None = None) -> tuple[BusySource, ...]:
    """The known files and folders, of one colleague or of all."""
    with database.read() as db:
        counted = select(BusyRow.source_id, func.count()).group_by(BusyRow.source_id)
        many = dict(iter(db.execute(counted)))
        query = select(BusySourceRow, StaffRow.name).join(
            StaffRow, StaffRow.id == BusySourceRow.staff_id
        )
        if staff_id:
            query = query.where(BusySourceRow.staff_id == staff_id)
        found = (_as_source(row, name, many.get(row.id, 0)) for row, name in db.execute(query))
        return tuple(sorted(found, key=lambda one: (folded(one.staff_name), str(one.place))))


def forget(database: Database, source_id: UUID) -> None:
    """Take away a file or folder, and the busy times it gave; the file itself is not touched."""
    with database.change(_("Remove calendar of busy times")) as db:
        row = db.get(BusySourceRow, source_id)
        if row is None:
            raise Refused(_("The calendar is already removed."))
        for each in _kept(db, row.id):
            db.delete(each)
        db.flush()
        db.delete(row)


# Files.


def _look(place: Path, first: date, last: date) -> _Found:
    """The busy times at *place*; a sentence where there are none to be read."""
    files = _files(place)
    digest = sha256()
    times: list[BusyTimes] = []
    left = busy.LARGEST
    for file in files:
        data = _bytes(file)
        left -= len(data)
        if left < 0:
            raise busy.too_large()
        digest.update(f"{len(data)}:".encode())
        digest.update(data)
        try:
            times.append(busy.read(data, first, last, ours=_OURS))
        except Refused as refused:
            if file == place:
                raise
            raise Refused(f"{file.name}: {refused}") from None
    return _Found(digest.hexdigest(), len(files), _together(times))


def _files(place: Path) -> list[Path]:
    try:
        if not place.is_dir():
            return [place]
        found = sorted(
            file
            for file in place.iterdir()
            if file.suffix.lower() == ".ics" and not file.name.startswith(".")
        )
    except OSError as error:
        raise _unreadable(place, error) from error
    if not found:
        raise Refused(_("There is no .ics file in the folder {folder}.").format(folder=place))
    if len(found) > MOST_FILES:
        raise Refused(
            _("There are too many files in the folder {folder}: {most} at most.").format(
                folder=place, most=MOST_FILES
            )
        )
    return found


def _bytes(file: Path) -> bytes:
    """What is in the file, but never more than may be."""
    try:
        if not file.exists():
            raise Refused(_("{file} is not there.").format(file=file))
        if not file.is_file():  # a device or a pipe may have no end
            raise Refused(_("{file} is no file.").format(file=file))
        with file.open("rb") as opened:
            data = opened.read(busy.LARGEST + 1)
    except OSError as error:
        raise _unreadable(file, error) from error
    except ValueError as error:  # a name that no system takes
        raise Refused(_("{file} is not there.").format(file=ascii(str(file)))) from error
    if len(data) > busy.LARGEST:
        raise busy.too_large()
    return data


def _unreadable(place: Path, error: OSError) -> Refused:
    return Refused(
        _("{file} can't be read: {reason}.").format(
            file=place, reason=(error.strerror or "").lower()
        )
    )


def _together(times: Sequence[BusyTimes]) -> BusyTimes:
    skipped: Counter[SkipReason] = Counter()
    for one in times:
        for each in one.skipped:
            skipped[each.reason] += each.count
    return BusyTimes(
        spans=busy.merged(span for one in times for span in one.spans),
        events=sum(one.events for one in times),
        free=sum(one.free for one in times),
        skipped=tuple(Skipped(reason, count) for reason, count in skipped.items()),
    )


# Keeping.


def _name(db: Db, staff_id: UUID) -> str:
    name = db.scalar(select(StaffRow.name).where(StaffRow.id == staff_id))
    if name is None:
        raise Refused(_("The colleague is no longer there."))
    return name


def _source(db: Db, staff_id: UUID, place: Path) -> BusySourceRow | None:
    return db.scalar(
        select(BusySourceRow).where(
            BusySourceRow.staff_id == staff_id, BusySourceRow.place == str(place)
        )
    )


def _same(row: BusySourceRow | None, digest: str, today: date) -> bool:
    return row is not None and (row.digest, row.first, row.last) == (digest, *window(today))


def _kept(db: Db, source_id: UUID) -> Sequence[BusyRow]:
    return db.scalars(select(BusyRow).where(BusyRow.source_id == source_id)).all()


def _keep(db: Db, staff_id: UUID, place: Path, found: _Found, today: date) -> None:
    """Rows that say the same stay as they are: a refresh writes what is new, and no more."""
    row = _source(db, staff_id, place)
    if row is None:
        row = BusySourceRow(staff_id=staff_id, place=str(place))
        db.add(row)
    row.read_at = datetime.now(UTC).replace(tzinfo=None)
    row.digest = found.digest
    row.first, row.last = window(today)
    row.skipped = sum(each.count for each in found.times.skipped)
    db.flush()
    wanted = set(found.times.spans)
    for each in _kept(db, row.id):
        span = Span(each.start, each.end)
        if span in wanted:
            wanted.discard(span)
        else:
            db.delete(each)
    db.add_all(
        BusyRow(staff_id=staff_id, source_id=row.id, start=span.start, end=span.end)
        for span in sorted(wanted, key=lambda each: each.start)
    )
    db.flush()


# Telling.


def _told(
    place: Path, staff_id: UUID, today: date, found: _Found, *, unchanged: bool
) -> BusyPreview:
    first, last = window(today)
    return BusyPreview(
        staff_id=staff_id,
        place=place,
        first=first,
        last=last,
        files=found.files,
        events=found.times.events,
        free=found.times.free,
        skipped=found.times.skipped,
        spans=found.times.spans,
        weeks=_weeks(found.times.spans),
        unchanged=unchanged,
    )


def _weeks(spans: Iterable[Span]) -> tuple[BusyWeek, ...]:
    minutes: Counter[date] = Counter()
    for span in spans:
        at = span.start
        while at < span.end:
            monday = at.date() - timedelta(days=at.weekday())
            until = min(span.end, datetime.combine(monday, time()) + timedelta(weeks=1))
            minutes[monday] += (until - at) // timedelta(minutes=1)
            at = until
    return tuple(BusyWeek(monday, minutes[monday]) for monday in sorted(minutes))


def _refreshed(source: BusySource, found: _Found | str, today: date, *, changed: bool) -> Refreshed:
    if isinstance(found, str):
        return Refreshed(source, Outcome.FAILED, found)
    if not changed:
        return Refreshed(source, Outcome.UNCHANGED, _("Nothing is new."))
    told = _told(source.place, source.staff_id, today, found, unchanged=False)
    words = " ".join((told.told, *(each.told for each in told.skipped)))
    return Refreshed(source, Outcome.READ, words)


def _as_source(row: BusySourceRow, name: str, spans: int) -> BusySource:
    return BusySource(
        id=row.id,
        staff_id=row.staff_id,
        staff_name=name,
        place=Path(row.place),
        read_at=row.read_at,
        first=row.first,
        last=row.last,
        skipped=row.skipped,
        spans=spans,
    )
