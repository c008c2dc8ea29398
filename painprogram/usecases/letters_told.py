"""What patients were told of their times, on paper, and what has become of it since.

The last sheet or letter of a patient says what was told. Who never had a paper was told what was
published when they got their place. What leaves the house is the published schedule; that a group
pauses or is cancelled, or that a session was noted as cancelled, holds at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.attendance import EventKind
from painprogram.domain.groups import GroupStatus
from painprogram.domain.papers import Kind, LetterKind
from painprogram.domain.publications import Told
from painprogram.domain.schedule import STAYS_AWAY, Line, LineKind
from painprogram.domain.sessions import Session
from painprogram.storage.tables import (
    EnrolmentRow,
    GroupRow,
    PaperPrintRow,
    PauseRow,
    PrintRow,
    SessionEventRow,
    SessionRow,
)
from painprogram.usecases import printed, prints, published, schedule_batches
from painprogram.usecases.groups import under_way
from painprogram.usecases.schedule_batches import parts
from painprogram.usecases.schedules import OwnSchedule

Kept = Mapping[str, Any]
"""A line as ``printed.as_kept`` keeps it."""
_Said = tuple[str, int, str, tuple[str, ...], bool]


@dataclass(frozen=True, slots=True)
class Changed:
    """One occasion: what was told of it, and what holds now; None where it is not held."""

    key: UUID
    before: Kept | None
    now: Line | None

    @property
    def cancelled(self) -> bool:
        return self.now is None

    @property
    def start(self) -> datetime:
        if self.now is not None:
            return self.now.start
        return datetime.fromisoformat((self.before or {})["start"])


@dataclass(frozen=True, slots=True)
class Known:
    """What a patient was told."""

    papers: tuple[Mapping[str, Kept], ...] = ()
    """By key, of one paper, or of the two that were printed on the same day."""
    since: Mapping[str, Kept] = field(default_factory=dict)
    """By key, of letters about single occasions after them."""
    gone: frozenset[str] | None = None
    """Where nothing was printed: what was told by publishing and is no longer there."""
    on: date | None = None
    """The day of the last paper."""

    def before(self, key: str) -> Kept | None:
        """What was told of it, where it was to be held."""
        found = self.since.get(key) or (self.papers[0].get(key) if self.papers else None)
        if found is None or found.get("cancelled") or found.get("off"):
            return None
        return found

    def says(self, key: str, said: _Said | None) -> bool:
        """Whether one of the papers says so: *said* None: that it is not held."""
        if key in self.since:
            return _said(self.since[key]) == said
        return any(_said(paper.get(key)) == said for paper in self.papers)


@dataclass(frozen=True, slots=True)
class Place:
    """A place with the own schedule as it holds now, and what was told of it."""

    id: UUID
    patient_id: UUID
    group_id: UUID
    lines: tuple[Line, ...]
    known: Known

    def told_now(self, keys: Iterable[UUID] | None = None) -> dict[str, Any]:
        """What is kept of a letter: all that holds now, or of some occasions alone."""
        wanted = None if keys is None else set(keys)
        lines = {
            str(line.session.id): printed.as_kept(line)
            for line in self.lines
            if wanted is None or line.session.id in wanted
        }
        for key in wanted or ():
            lines.setdefault(str(key), {"key": str(key), "cancelled": True})
        return {"group": str(self.group_id), "whole": wanted is None, "lines": [*lines.values()]}


def places(db: Db, wanted: Iterable[UUID], also_off: Iterable[UUID] = ()) -> dict[UUID, Place]:
    """The places *wanted*, in the language in use; *also_off*: sessions that are cancelled too."""
    rows = {row.id: row for row in schedule_batches.places(db, wanted)}
    schedules = schedule_batches.load(db, rows, told=True)
    off = _off(db, {line.session.id for own in schedules.values() for line in own.lines})
    off |= set(also_off)
    known = _known(db, rows, schedules)
    return {
        key: Place(
            key,
            row.patient_id,
            row.group_id,
            _lines(schedules[key], off),
            known[key],
        )
        for key, row in rows.items()
    }


def changes(place: Place, today: date) -> tuple[Changed, ...]:
    """What the patient does not know yet of what lies ahead, in order of time."""
    midnight = datetime.combine(today, time())
    now = {str(line.session.id): line for line in place.lines if line.kind not in STAYS_AWAY}
    own = {str(line.session.id) for line in place.lines} - now.keys()
    instead = {str(line.instead_of.id): key for key, line in now.items() if line.instead_of}
    known, found = place.known, []
    told = {key for paper in known.papers for key in paper} | set(known.since)
    paired: set[str] = set()
    for key in sorted(told - own):
        held = now.get(key)
        if held is None and known.gone is None:  # on the paper stood what it is instead of
            held = now.get(instead.get(key, ""))
        before = known.before(key)
        if before is None or (held is None and not _is_gone(known, key)):
            continue
        if held is not None and held.attends:
            other = str(held.session.id)
            paired.add(other)
            if known.says(other, _said(printed.as_kept(held))):
                continue
            found.append(Changed(held.session.id, before, held))
        elif not known.says(key, None):
            found.append(Changed(UUID(key), before, None))
    for key, line in now.items():
        if not line.attends or key in paired or known.before(key) is not None:
            continue
        if _is_told_of(known, line) and not known.says(key, _said(printed.as_kept(line))):
            found.append(Changed(line.session.id, None, line))
    ahead = (one for one in found if _last_start(one) >= midnight)
    return tuple(sorted(ahead, key=lambda one: (one.start, str(one.key))))


def _is_gone(known: Known, key: str) -> bool:
    return known.gone is None or key in known.gone


def _is_told_of(known: Known, line: Line) -> bool:
    """Who never had a paper is told of what the group does; what is their own they agreed to."""
    if not known.papers:
        return False
    session = line.session
    is_groups = isinstance(session, Session) and not session.linked and line.kind is LineKind.BASE
    return known.gone is None or is_groups


def _last_start(one: Changed) -> datetime:
    starts = [one.start]
    if one.before is not None:
        starts.append(datetime.fromisoformat(one.before["start"]))
    return max(starts)


def _said(line: Kept | None) -> _Said | None:
    """What counts of a line; None where it is not held."""
    if line is None or line.get("cancelled") or line.get("off"):
        return None
    return (
        line["start"],
        line["minutes"],
        line["room"],
        tuple(line["leaders"]),
        bool(line.get("visit")),
    )


# How it is read


def _lines(own: OwnSchedule, off: set[UUID]) -> tuple[Line, ...]:
    return tuple(
        replace(line, session=replace(line.session, cancelled=True))
        if line.session.id in off
        else line
        for line in own.lines
    )


def _off(db: Db, keys: Iterable[UUID]) -> set[UUID]:
    """Of these sessions, those that are cancelled for certain, published or not."""
    found: set[UUID] = set()
    for part in parts(keys):
        rows = db.execute(
            select(SessionRow.id, SessionRow.group_id, GroupRow.status)
            .join(GroupRow, GroupRow.id == SessionRow.group_id)
            .where(SessionRow.id.in_(part), SessionRow.cancelled)
        ).all()
        found |= {row.id for row in rows if row.status == GroupStatus.CANCELLED}
        cancelled = {row.id for row in rows}
        for waiting in db.scalars(
            select(PauseRow.sessions).where(
                PauseRow.group_id.in_({row.group_id for row in rows}), under_way()
            )
        ):
            found |= cancelled & {UUID(key) for key in waiting}
        events = db.execute(
            select(SessionEventRow.session_id, SessionEventRow.kind)
            .where(SessionEventRow.session_id.in_(cancelled))
            .order_by(SessionEventRow.noted_at)
        )
        newest = {row.session_id: row.kind for row in events}
        found |= {key for key, kind in newest.items() if kind == EventKind.CANCELLED}
    return found


def _known(
    db: Db, rows: Mapping[UUID, EnrolmentRow], schedules: Mapping[UUID, OwnSchedule]
) -> dict[UUID, Known]:
    sheets = _sheets(db, {row.group_id for row in rows.values()})
    letters = _letters(db, {row.patient_id for row in rows.values()})
    known: dict[UUID, Known] = {}
    never: list[EnrolmentRow] = []
    for key, row in rows.items():
        paper = row.patient_id, row.group_id
        found = _of_papers(sheets.get(paper), letters.get(paper, ()))
        known[key] = found
        if not found.papers:
            never.append(row)
    published_then = _published(db, never, schedules)
    for row in never:
        base, gone = published_then.get(row.id, ({}, frozenset()))
        papers = (base,) if base else ()
        known[row.id] = replace(known[row.id], papers=papers, gone=gone)
    return known


_Paper = tuple[UUID, UUID]
"""Patient and group."""
_Dated = tuple[datetime, Kept]


def _sheets(db: Db, groups: Iterable[UUID]) -> dict[_Paper, tuple[date, Kept]]:
    """The last sheet of each patient whose content was kept."""
    found: dict[_Paper, tuple[date, Kept]] = {}
    for part in parts(groups):
        for row in db.execute(
            select(PrintRow.patient_id, PrintRow.group_id, PrintRow.printed_on, PrintRow.content)
            .where(PrintRow.kind == prints.SHEET, PrintRow.group_id.in_(part))
            .order_by(PrintRow.printed_on, PrintRow.number)
        ):
            if row.content and "lines" in row.content:
                found[row.patient_id, row.group_id] = row.printed_on, row.content
    return found


def _letters(db: Db, patients: Iterable[UUID]) -> dict[_Paper, list[_Dated]]:
    """What letters told, the first first."""
    kinds = [f"{Kind.LETTER}.{kind}" for kind in LetterKind]
    found: dict[_Paper, list[_Dated]] = defaultdict(list)
    for part in parts(patients):
        for row in db.execute(
            select(PaperPrintRow.patient_id, PaperPrintRow.printed_at, PaperPrintRow.told)
            .where(PaperPrintRow.patient_id.in_(part), PaperPrintRow.kind.in_(kinds))
            .order_by(PaperPrintRow.printed_at)
        ):
            if row.told and row.patient_id:
                group = UUID(row.told["group"])
                found[row.patient_id, group].append((row.printed_at, row.told))
    return found


def _of_papers(sheet: tuple[date, Kept] | None, letters: Sequence[_Dated]) -> Known:
    """What the newest papers say; a sheet and a letter of one day count both."""
    whole = [(at, told) for at, told in letters if told["whole"]]
    papers: list[tuple[date, Mapping[str, Kept]]] = []
    if whole:
        papers.append((whole[-1][0].date(), _by_key(whole[-1][1])))
    if sheet is not None:
        papers.append((sheet[0], _by_key(sheet[1])))
    newest = max((day for day, _lines in papers), default=None)
    since: dict[str, Kept] = {}
    for at, told in letters:
        after_letter = not whole or at > whole[-1][0]
        if not told["whole"] and after_letter and (newest is None or at.date() >= newest):
            since |= _by_key(told)
    days = [day for day, _lines in papers] + [at.date() for at, _told in letters]
    last = max(days, default=None)
    return Known(tuple(lines for day, lines in papers if day == newest), since, on=last)


def _by_key(content: Kept) -> dict[str, Kept]:
    return {line["key"]: line for line in content["lines"]}


def _published(
    db: Db, rows: Sequence[EnrolmentRow], schedules: Mapping[UUID, OwnSchedule]
) -> dict[UUID, tuple[dict[str, Kept], frozenset[str]]]:
    """For each place: what was published when it was given, and what of it is gone.

    Of the group, and of the sessions of others that the patient goes to instead.
    """
    others = {row.id: _elsewhere(schedules[row.id]) for row in rows}
    groups = {group for found in others.values() for group in found.values()}
    earlier = published.earlier(db, groups | {row.group_id for row in rows})
    shown: dict[tuple[UUID, int], dict[str, Kept]] = {}

    def then(group_id: UUID, day: date) -> dict[str, Kept]:
        if group_id not in earlier:
            return {}
        told = _in_force(earlier[group_id], day)
        if (group_id, told.number) not in shown:
            lines = (Line(LineKind.BASE, session) for session in published.as_of(db, told))
            kept: dict[str, Kept] = {str(line.session.id): printed.as_kept(line) for line in lines}
            shown[group_id, told.number] = kept
        return shown[group_id, told.number]

    found = {}
    for row in rows:
        if row.group_id not in earlier:
            continue
        lines = dict(then(row.group_id, row.first))
        for key, group in others[row.id].items():
            if key in then(group, row.first):
                lines[key] = then(group, row.first)[key]
        gone = {str(one.id) for one in earlier[row.group_id][-1].sessions.values() if one.gone}
        found[row.id] = lines, frozenset(gone)
    return found


def _elsewhere(own: OwnSchedule) -> dict[str, UUID]:
    """The sessions that are the patient's own, with the groups that hold them."""
    return {
        str(line.session.id): line.session.group_id
        for line in own.lines
        if line.kind in (LineKind.SWAP, LineKind.ADDITION)
    }


def _in_force(versions: Sequence[Told], day: date) -> Told:
    """What was told when *day* began: a letter too many is better than one too few."""
    before = [one for one in versions if one.at is not None and one.at.date() < day]
    return before[-1] if before else versions[0]
