"""The sheets that are out of date: exactly those that would say something else than was printed.

What leaves the house is the published schedule, so a draft puts nothing in the queue. A sheet is
compared with the last one that was printed in its patient's own language; where there is none,
with the last that somebody asked for in another. It is of interest as long as something on it, or
on the paper that was handed out, lies ahead.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.domain.groups import GroupStatus
from painprogram.domain.patients import LANGUAGES
from painprogram.domain.progress import Progress
from painprogram.domain.publications import Told
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    DeviationRow,
    EnrolmentRow,
    GroupRow,
    PrintRow,
    PublicationRow,
    SessionRow,
    StaffRow,
    VisitRow,
)
from painprogram.usecases import printed, prints, published, schedule_batches, sessions, sheets
from painprogram.usecases.printed import Difference, Names, Printed
from painprogram.usecases.schedule_batches import parts
from painprogram.usecases.sheets import Filled

__all__ = ["Count", "Difference", "Queue", "Waiting", "count", "queue"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sheet that is out of date, or was never printed (*number* is then None)."""

    enrolment_id: UUID
    patient_id: UUID
    name: str
    group_id: UUID
    group_name: str
    next: datetime | None
    """When the patient comes next."""
    number: int | None = None
    printed_on: date | None = None
    """Version and day of the last print."""
    since: date | None = None
    """The day of the publication that made it out of date; None where it was not publishing."""
    changes: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Queue:
    """Both in order of name."""

    sheets: tuple[Waiting, ...]
    never: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Count:
    sheets: int = 0
    never: int = 0


@dataclass(frozen=True, slots=True)
class _Print:
    language: str
    number: int
    digest: str
    printed_on: date
    content: Printed | None

    @property
    def chosen(self) -> bool:
        return bool(self.content and self.content.get("chosen"))


@dataclass(frozen=True, slots=True)
class _Compared:
    """Sheets as they would be printed now, beside the last print of each."""

    filled: Mapping[UUID, Filled]
    outdated: Mapping[UUID, _Print]
    never: tuple[UUID, ...]


def count(database: Database, today: date, centre_id: UUID | None = None) -> Count:
    """How many there are. Sheets are compared and counted, and nobody's data are shown."""
    with database.read_patients(_("Count the sheets to print")) as db:
        found = _compare(db, today, centre_id)
        saw(db, ())
        return Count(len(found.outdated), len(found.never))


def queue(
    database: Database,
    progress: Progress | None,
    today: date,
    centre_id: UUID | None = None,
) -> Queue:
    """Who has a sheet that is out of date, what has changed on it, and who has none yet.

    The log says of whom something is shown; the others were compared and not looked at.
    """
    told = progress or Progress()
    told.report(0)
    with database.read_patients(_("Look at the sheets to print")) as db:
        compared = _compare(db, today, centre_id)
        told.report(0.7)
        found = _told(db, compared, today)
        saw(db, [one.patient_id for one in (*found.sheets, *found.never)])
    told.report(1)
    return found


def of_patient(db: Db, patient_id: UUID, today: date) -> Queue:
    """The same of one patient, for the other use cases: they say to the door whose it was."""
    return _told(db, _compare(db, today, None, patient_id), today)


def _told(db: Db, found: _Compared, today: date) -> Queue:
    names = _names(db, found)
    known = published.earlier(db, {found.filled[key].enrolment.group_id for key in found.outdated})
    late = [
        _waiting(found.filled[key], today, last, names[key], known)
        for key, last in found.outdated.items()
    ]
    never = [_first(found.filled[key], today) for key in found.never]
    order = {key: (one.order, str(key)) for key, one in found.filled.items()}
    return Queue(
        tuple(sorted(late, key=lambda one: order[one.enrolment_id])),
        tuple(sorted(never, key=lambda one: order[one.enrolment_id])),
    )


# Which sheets there are


def _compare(
    db: Db, today: date, centre_id: UUID | None, patient_id: UUID | None = None
) -> _Compared:
    midnight = datetime.combine(today, time())
    candidates = _places(db, midnight, centre_id, patient_id)
    known = _printed(db, {group for group, _patient in candidates.values()})
    last = {key: known[paper] for key, paper in candidates.items() if paper in known}
    filled = sheets.contents(db, candidates, today)
    outdated: dict[UUID, _Print] = {}
    asked: dict[UUID, _Print] = {}
    never = []
    for key, one in filled.items():
        ahead = any(line.start >= midnight for line in one.lines)
        if key not in last:
            never += [key] if ahead else []
            continue
        own = last[key].get(one.own)
        newest = own or max(last[key].values(), key=lambda x: (x.printed_on, x.number))
        if not ahead and not any(at >= midnight for at in printed.starts(newest.content)):
            continue
        if own is None and newest.chosen:
            asked[key] = newest
        elif own is None or own.digest != printed.digest(one.sheet):
            outdated[key] = newest
    again = sheets.contents(db, asked, today, {key: x.language for key, x in asked.items()})
    for key, one in again.items():
        if asked[key].digest != printed.digest(one.sheet):
            outdated[key] = asked[key]
            filled[key] = one
    return _Compared(filled, outdated, tuple(never))


def _places(
    db: Db, midnight: datetime, centre_id: UUID | None, patient_id: UUID | None
) -> dict[UUID, tuple[UUID, UUID]]:
    """Group and patient of each place held in a published group with something ahead."""
    held = (
        select(EnrolmentRow.id, EnrolmentRow.group_id, EnrolmentRow.patient_id)
        .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
        .where(
            EnrolmentRow.last.is_(None),
            GroupRow.status != GroupStatus.CANCELLED,
            select(PublicationRow.id).where(PublicationRow.group_id == GroupRow.id).exists(),
        )
    )
    if centre_id is not None:
        held = held.where(GroupRow.centre_id == centre_id)
    if patient_id is not None:
        held = held.where(EnrolmentRow.patient_id == patient_id)
    rows = db.execute(held).all()
    groups = {row.group_id for row in rows}
    current = _current(db, groups, midnight)
    own = _own_ahead(db, midnight)
    return {
        row.id: (row.group_id, row.patient_id)
        for row in rows
        if row.group_id in current or row.id in own
    }


def _current(db: Db, groups: set[UUID], midnight: datetime) -> set[UUID]:
    """The groups that meet on that day or later, by what was told or what is linked in."""
    told = published.told(db, groups)
    linked = {key for publication in told.values() for key in publication.links}
    ahead: set[UUID] = set()
    for part in parts(linked):
        ahead |= set(
            db.scalars(
                select(SessionRow.id).where(SessionRow.id.in_(part), SessionRow.start >= midnight)
            )
        )
    owners = _owners(db, linked)
    activities = published.told(db, set(owners.values()))
    for key, owner in owners.items():
        one = activities[owner].sessions.get(key) if owner in activities else None
        if one is not None and one.start >= midnight:
            ahead.add(key)
    return {
        group
        for group, publication in told.items()
        if any(one.start >= midnight for one in publication.sessions.values())
        or publication.links & ahead
    }


def _owners(db: Db, keys: Iterable[UUID]) -> dict[UUID, UUID]:
    found: dict[UUID, UUID] = {}
    for part in parts(keys):
        rows = db.execute(select(SessionRow.id, SessionRow.group_id).where(SessionRow.id.in_(part)))
        found.update((key, group) for key, group in rows)
    return found


def _own_ahead(db: Db, midnight: datetime) -> set[UUID]:
    """The places with a visit ahead, or with a difference that leads to another group."""
    visits = select(VisitRow.enrolment_id).where(VisitRow.start >= midnight)
    elsewhere = select(DeviationRow.enrolment_id).where(DeviationRow.to_session_id.is_not(None))
    return {*db.scalars(visits), *db.scalars(elsewhere)}


def _printed(db: Db, groups: Iterable[UUID]) -> dict[tuple[UUID, UUID], dict[str, _Print]]:
    """The last print of each sheet in each language, by group and patient."""
    found: dict[tuple[UUID, UUID], dict[str, _Print]] = defaultdict(dict)
    for part in parts(groups):
        for row in db.execute(
            select(
                PrintRow.group_id,
                PrintRow.patient_id,
                PrintRow.language,
                PrintRow.number,
                PrintRow.digest,
                PrintRow.printed_on,
                PrintRow.content,
            )
            .where(PrintRow.kind == prints.SHEET, PrintRow.group_id.in_(part))
            .order_by(PrintRow.number)
        ):
            found[row.group_id, row.patient_id][row.language] = _Print(
                row.language, row.number, row.digest, row.printed_on, row.content
            )
    return found


# What is told of them


def _waiting(
    one: Filled, today: date, last: _Print, names: Names, known: Mapping[UUID, tuple[Told, ...]]
) -> Waiting:
    now = printed.as_printed(one, chosen=False)
    changes: tuple[Difference, ...]
    if last.language == one.sheet.language:
        changes = printed.differences(last.content, now, names)
    else:
        old, new = (_(LANGUAGES[key]) for key in (last.language, one.own))
        changes = (
            Difference(_("Language"), old, new),
            *printed.moved(last.content, now, names),
        )
    return Waiting(
        one.enrolment.id,
        one.enrolment.patient_id,
        one.sheet.patient,
        one.enrolment.group_id,
        one.enrolment.group_name,
        _next(one, today),
        last.number,
        last.printed_on,
        _since(last, now, known.get(one.enrolment.group_id, ())),
        changes,
    )


def _first(one: Filled, today: date) -> Waiting:
    place = one.enrolment
    return Waiting(
        place.id,
        place.patient_id,
        one.sheet.patient,
        place.group_id,
        place.group_name,
        _next(one, today),
    )


def _next(one: Filled, today: date) -> datetime | None:
    midnight = datetime.combine(today, time())
    coming = (line.start for line in one.lines if line.attends and line.start >= midnight)
    return min(coming, default=None)


def _since(last: _Print, now: Printed, known: tuple[Told, ...]) -> date | None:
    """When the first of the publications came that tell what the paper does not."""
    if last.content is None:
        return None
    before = {line["key"]: line for line in last.content["lines"]}
    after = {line["key"]: line for line in now["lines"]}
    differing = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    found: date | None = None
    for told in reversed(known):
        if told.at is None or told.at.date() < last.printed_on:
            break
        if not any(
            _tells_otherwise(told, UUID(key), before.get(key))
            for key in differing
            if any(UUID(key) in each.sessions for each in known)
        ):
            break
        found = told.at.date()
    return found


def _tells_otherwise(told: Told, key: UUID, line: Mapping[str, Any] | None) -> bool:
    one = told.held.get(key)
    if one is None or line is None:
        return (one is None) != (line is None)
    return (
        one.start != datetime.fromisoformat(line["start"])
        or one.minutes != line["minutes"]
        or one.cancelled != line.get("cancelled", False)
        or one.room_name != line["room"]
        or [str(leader.staff_id) for leader in one.leaders] != line["leaders"]
    )


def _names(db: Db, found: _Compared) -> dict[UUID, Names]:
    """Titles and colleagues in the language in use, whatever language a sheet is in."""
    language = i18n.language()
    foreign = [key for key in found.outdated if found.filled[key].sheet.language != language]
    again = schedule_batches.load(db, foreign, told=True)
    titles: dict[UUID, dict[UUID, str]] = {}
    staff: dict[UUID, str] = {}
    lost: set[UUID] = set()
    for key, last in found.outdated.items():
        shown = [x.session for x in (again[key] if key in again else found.filled[key]).lines]
        titles[key] = {held.id: printed.title(held) for held in shown}
        staff.update((x.staff_id, x.name) for held in shown for x in printed.leaders(held))
        kept = (last.content or {}).get("lines", ())
        lost |= {UUID(line["key"]) for line in kept if not line.get("visit")} - titles[key].keys()
    others: dict[UUID, str] = {}
    for part in parts(lost):
        held_elsewhere = sessions.load(db, SessionRow.id.in_(part))
        others.update((held.id, printed.title(held)) for held in held_elsewhere)
    staff |= _colleagues(db, found.outdated.values(), staff)
    return {key: Names({**others, **own}, staff) for key, own in titles.items()}


def _colleagues(db: Db, prints_of: Iterable[_Print], known: Mapping[UUID, str]) -> dict[UUID, str]:
    """Those who stood on a paper and are not among *known*."""
    wanted = {
        UUID(who)
        for last in prints_of
        for line in (last.content or {}).get("lines", ())
        for who in line["leaders"]
    }
    found: dict[UUID, str] = {}
    for part in parts(wanted - known.keys()):
        rows = db.execute(select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(part)))
        found.update((who, name) for who, name in rows)
    return found
