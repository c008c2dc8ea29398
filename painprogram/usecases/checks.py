"""Is the database whole? What must always hold, asked of everything; and the clashes ahead."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram.domain.errors import Refused
from painprogram.domain.groups import GroupStatus
from painprogram.domain.laps import fullest
from painprogram.domain.people import Profession
from painprogram.domain.schedule import DeviationKind
from painprogram.domain.sessions import check_time
from painprogram.i18n import _
from painprogram.storage import places
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.guards import expected
from painprogram.storage.opening import HEAD
from painprogram.storage.tables import (
    CommitmentRow,
    DeviationRow,
    EnrolmentRow,
    GroupRow,
    LeaderRow,
    LinkRow,
    ProgrammeVersionRow,
    SessionRow,
    StaffRow,
    VisitRow,
)
from painprogram.usecases import clashes
from painprogram.usecases.programmes import content_of

SCHEMA = HEAD
"""The schema that an open database has."""
AHEAD = timedelta(days=3 * 365)


class FindingKind(StrEnum):
    FILE = "file"
    """The engine itself finds something broken."""
    RULE = "rule"
    """Something that must always hold does not."""
    CLASH = "clash"
    """For information: people may plan so, and see it on the schedule."""


@dataclass(frozen=True, slots=True)
class Finding:
    kind: FindingKind
    text: str

    @property
    def broken(self) -> bool:
        return self.kind is not FindingKind.CLASH


def check(database: Database, today: date) -> tuple[Finding, ...]:
    """Everything broken, and the clashes from *today* on that block or must be acknowledged.

    What tells of a patient is counted and compared, never read: nobody's data are shown.
    """
    found = [
        Finding(FindingKind.FILE, _("The file is damaged: {fault}").format(fault=fault))
        for fault in database.faults()
    ]
    with database.read_patients(_("Check the database")) as db:
        for rule in _RULES:
            found += [Finding(FindingKind.RULE, text) for text in rule(db)]
        saw(db, ())  # counted and compared, never shown
    if not found:  # a broken schedule has no clashes worth reading
        found += [
            Finding(FindingKind.CLASH, f"{clash.title}: {clash.text}")
            for clash in clashes.found(database, today, today + AHEAD)
            if clash.open
        ]
    return tuple(found)


def _places(db: Db) -> Iterator[str]:
    """No more places are held than a group has."""
    groups = {
        row.id: row for row in db.execute(select(GroupRow.id, GroupRow.name, GroupRow.maximum))
    }
    for key, held in places.held(db, groups).items():
        row, (taken, _when) = groups[key], fullest(place.lap for place in held.each)
        if taken > row.maximum:
            yield _("{group} has {maximum} places, but {taken} are taken.").format(
                group=row.name, maximum=row.maximum, taken=taken
            )
    ended = select(EnrolmentRow.id).where(EnrolmentRow.last < EnrolmentRow.first)
    for one in db.scalars(ended):
        yield _("The place {id} ends before it begins.").format(id=one)


def _visited(db: Db) -> Iterator[str]:
    """Nor are more people expected at a session, own schedules counted in."""
    rows = db.execute(
        select(SessionRow.id, SessionRow.start, GroupRow.name, GroupRow.maximum)
        .join(GroupRow, GroupRow.id == SessionRow.group_id)
        .where(GroupRow.activity.is_(False))
    )
    coming = expected(db)
    for row in rows:
        taken = len(coming.get(row.id, ()))
        if taken > row.maximum:
            yield _("{group} {day}: {taken} are expected, but there are {maximum} places.").format(
                group=row.name, day=row.start.date(), taken=taken, maximum=row.maximum
            )


def _strands(db: Db) -> Iterator[str]:
    """The sessions of each strand are numbered 1, 2, 3 …, and the programme knows the strand.

    An open group begins again with each round.
    """
    contents = _contents(db)
    rolling = set(db.scalars(select(GroupRow.id).where(GroupRow.rolling)))
    numbers: dict[tuple[UUID, str], list[int]] = defaultdict(list)
    for row in db.execute(
        select(
            SessionRow.id,
            SessionRow.group_id,
            SessionRow.strand,
            SessionRow.module,
            SessionRow.number,
            SessionRow.start,
            SessionRow.minutes,
        )
    ):
        numbers[row.group_id, row.strand].append(row.number)
        name, content = contents[row.group_id]
        if (row.strand, row.module) not in content:
            yield _("{group}: the programme has no strand {strand} with module {module}.").format(
                group=name, strand=row.strand, module=row.module
            )
        try:
            check_time(row.start, row.minutes)
        except Refused as refused:
            yield f"{name} {row.start.date()}: {refused}"
    for (group, strand), given in numbers.items():
        once = sorted(set(given)) if group in rolling else sorted(given)
        if once != list(range(1, len(once) + 1)):
            yield _("{group}: the sessions of {strand} are numbered {numbers}.").format(
                group=contents[group][0],
                strand=strand,
                numbers=", ".join(str(number) for number in sorted(given)),
            )


def _contents(db: Db) -> dict[UUID, tuple[str, frozenset[tuple[str, str]]]]:
    """By group: its name, and the strands of its programme with their modules."""
    rows = db.scalars(
        select(GroupRow).options(
            joinedload(GroupRow.programme_version).joinedload(ProgrammeVersionRow.programme)
        )
    )
    return {
        row.id: (
            row.name,
            frozenset((s.key, s.module) for s in content_of(row.programme_version).strands),
        )
        for row in rows
    }


def _words(db: Db) -> Iterator[str]:
    """What is written as a word of ours is one."""
    for column, known in (
        (GroupRow.status, GroupStatus),
        (StaffRow.profession, Profession),
        (LeaderRow.profession, Profession),
        (DeviationRow.kind, DeviationKind),
    ):
        for word in db.scalars(select(column).distinct()):
            if word not in {one.value for one in known}:
                yield _("“{word}” is unknown ({place}).").format(word=word, place=str(column))


def _deviations(db: Db) -> Iterator[str]:
    """Each differs from the base schedule of the patient's own group, as its kind says."""
    base: dict[UUID, set[UUID]] = defaultdict(set)
    modules: dict[UUID, str] = {}
    for held, group, module in db.execute(
        select(SessionRow.id, SessionRow.group_id, SessionRow.module)
    ):
        base[group].add(held)
        modules[held] = module
    for linked, group in db.execute(select(LinkRow.session_id, LinkRow.group_id)):
        base[group].add(linked)
    for row in db.execute(
        select(
            DeviationRow.id,
            DeviationRow.kind,
            DeviationRow.session_id,
            DeviationRow.to_session_id,
            EnrolmentRow.group_id,
        ).join(EnrolmentRow, EnrolmentRow.id == DeviationRow.enrolment_id)
    ):
        own, other = row.session_id, row.to_session_id
        if (own is not None, other is not None) != _SHAPES.get(row.kind, (False, False)):
            yield _("The difference {id} is no {kind}.").format(id=row.id, kind=row.kind)
        elif own is not None and own not in base[row.group_id]:
            yield _("The difference {id} is from a session of another group.").format(id=row.id)
        elif own and other and modules[own] != modules[other]:
            yield _("The swap {id} is to a session of another module.").format(id=row.id)


_SHAPES = {
    DeviationKind.OPT_OUT: (True, False),
    DeviationKind.SWAP: (True, True),
    DeviationKind.ADDITION: (False, True),
}
"""Whether a difference names a base session, and another one."""


def _belongings(db: Db) -> Iterator[str]:
    """What belongs to a place belongs to the patient who has it."""
    for table in (DeviationRow, VisitRow, CommitmentRow):
        stray = (
            select(table.id)
            .join(EnrolmentRow, EnrolmentRow.id == table.enrolment_id)
            .where(EnrolmentRow.patient_id != table.patient_id)
        )
        for one in db.scalars(stray):
            yield _("{thing} {id} belongs to one patient, its place to another.").format(
                thing=table.__tablename__, id=one
            )


def _links(db: Db) -> Iterator[str]:
    """Only an activity's sessions are linked in."""
    stray = (
        select(LinkRow.id)
        .join(SessionRow, SessionRow.id == LinkRow.session_id)
        .join(GroupRow, GroupRow.id == SessionRow.group_id)
        .where(GroupRow.activity.is_(False))
    )
    for one in db.scalars(stray):
        yield _("The link {id} is to a session that is no open lecture.").format(id=one)


def _commitments(db: Db) -> Iterator[str]:
    """The versions of a commitment are numbered 1, 2, 3 …, and only the last is not agreed."""
    versions: dict[UUID, list[Any]] = defaultdict(list)
    for row in db.execute(
        select(CommitmentRow.enrolment_id, CommitmentRow.number, CommitmentRow.agreed_on).order_by(
            CommitmentRow.number
        )
    ):
        versions[row.enrolment_id].append(row)
    for enrolment, given in versions.items():
        if [row.number for row in given] != list(range(1, len(given) + 1)):
            yield _("The commitment of place {id} has a version missing.").format(id=enrolment)
        if any(row.agreed_on is None for row in given[:-1]):
            yield _("The commitment of place {id} was followed before it was agreed.").format(
                id=enrolment
            )


_RULES: tuple[Callable[[Db], Iterator[str]], ...] = (
    _places,
    _visited,
    _strands,
    _words,
    _deviations,
    _belongings,
    _links,
    _commitments,
)
