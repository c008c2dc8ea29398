"""Who is to come to a session on its day: the list that attendance is noted on.

Once a session has begun to be noted its list is kept, and places or own schedules that change
afterwards do not change it. Until then it follows them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session as Db

from painprogram.domain.laps import Lap, Span
from painprogram.domain.schedule import DeviationKind, LineKind
from painprogram.storage.places import lap_of
from painprogram.storage.tables import (
    DeviationRow,
    EnrolmentPauseRow,
    EnrolmentRow,
    GroupRow,
    LinkRow,
    RosterRow,
    SessionRow,
)
from painprogram.usecases.schedule_batches import parts


@dataclass(frozen=True, slots=True)
class Expected:
    """The place by which somebody comes, and how: ``BASE``, ``SWAP`` or ``ADDITION``."""

    enrolment_id: UUID
    how: LineKind


Roster = Mapping[UUID, Expected]
"""By patient."""
_NOBODY: Roster = {}


def of_sessions(db: Db, sessions: Iterable[UUID]) -> dict[UUID, Roster]:
    """The list of each of *sessions*: as it was kept, else by the places of that day."""
    wanted = set(sessions)
    kept = kept_of(db, wanted)
    return {**as_planned(db, wanted - kept.keys()), **kept}


def kept_of(db: Db, sessions: Iterable[UUID]) -> dict[UUID, Roster]:
    """The lists of those of *sessions* that have been kept."""
    found: dict[UUID, dict[UUID, Expected]] = defaultdict(dict)
    for part in parts(sessions):
        for row in db.execute(
            select(
                RosterRow.session_id, RosterRow.patient_id, RosterRow.enrolment_id, RosterRow.how
            ).where(RosterRow.session_id.in_(part))
        ):
            expected = Expected(row.enrolment_id, LineKind(row.how))
            found[row.session_id][row.patient_id] = expected
    return dict(found)


def keep(db: Db, session_id: UUID) -> Roster:
    """The list of a session, kept from now on; called with the session's row locked."""
    kept = kept_of(db, [session_id]).get(session_id)
    if kept is not None:
        return kept
    roster = as_planned(db, [session_id]).get(session_id, _NOBODY)
    for patient, expected in roster.items():
        add(db, session_id, patient, expected)
    return roster


def add(db: Db, session_id: UUID, patient_id: UUID, expected: Expected) -> None:
    """Somebody more on a list that is kept."""
    db.add(
        RosterRow(
            session_id=session_id,
            patient_id=patient_id,
            enrolment_id=expected.enrolment_id,
            how=expected.how,
            kept_at=datetime.now(UTC).replace(tzinfo=None),
        )
    )


def as_planned(db: Db, sessions: Iterable[UUID]) -> dict[UUID, Roster]:
    """Who had, or has, a place that counts on the day, with own differences counted in.

    As ``guards.expected``; looking back, also those whose place has ended since, and not those
    who were placed afterwards.
    """
    meetings = _meetings(db, sessions)
    if not meetings:
        return {}
    days = [meeting.day for meeting in meetings.values()]
    members = _members(db, {key for one in meetings.values() for key in one.groups}, days)
    away, extra = _differences(db, meetings, days)
    found: dict[UUID, Roster] = {}
    for session, meeting in meetings.items():
        coming: dict[UUID, Expected] = {}
        for group in meeting.groups:
            for place in members.get(group, ()):
                if place.covers(meeting.day) and place.enrolment not in away[session]:
                    there = Expected(place.enrolment, LineKind.BASE)
                    coming.setdefault(place.patient, there)
        for place, how in extra[session]:
            if place.had(meeting.day) and not place.lap.rests(meeting.day):
                coming.setdefault(place.patient, Expected(place.enrolment, how))
        found[session] = coming
    return found


@dataclass(frozen=True, slots=True)
class _Meeting:
    day: date
    groups: tuple[UUID, ...]
    """Its own, and those that have it linked in."""


@dataclass(frozen=True, slots=True)
class _Place:
    enrolment: UUID
    patient: UUID
    first: date
    last: date | None
    lap: Lap

    def had(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day < self.last)

    def covers(self, day: date) -> bool:
        return self.had(day) and self.lap.covers(day)


def _meetings(db: Db, sessions: Iterable[UUID]) -> dict[UUID, _Meeting]:
    found: dict[UUID, _Meeting] = {}
    for part in parts(sessions):
        linked: dict[UUID, list[UUID]] = defaultdict(list)
        for session, group in db.execute(
            select(LinkRow.session_id, LinkRow.group_id).where(LinkRow.session_id.in_(part))
        ):
            linked[session].append(group)
        for session, group, start in db.execute(
            select(SessionRow.id, SessionRow.group_id, SessionRow.start).where(
                SessionRow.id.in_(part)
            )
        ):
            found[session] = _Meeting(start.date(), (group, *sorted(linked[session])))
    return found


_PLACE = (
    EnrolmentRow.id,
    EnrolmentRow.patient_id,
    EnrolmentRow.group_id,
    EnrolmentRow.first,
    EnrolmentRow.last,
    EnrolmentRow.lap_end,
    GroupRow.rolling,
)


def _that_counted(days: list[date]) -> tuple[ColumnElement[bool], ...]:
    ended = or_(EnrolmentRow.last.is_(None), EnrolmentRow.last > min(days))
    return ended, EnrolmentRow.first <= max(days)


def _members(db: Db, groups: Iterable[UUID], days: list[date]) -> dict[UUID, list[_Place]]:
    found: dict[UUID, list[_Place]] = defaultdict(list)
    for part in parts(groups):
        rows = db.execute(
            select(*_PLACE)
            .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
            .where(EnrolmentRow.group_id.in_(part), *_that_counted(days))
        ).all()
        rests = _pauses(db, (row.id for row in rows))
        for row in rows:
            found[row.group_id].append(_place(row, rests))
    return found


def _differences(
    db: Db, sessions: Iterable[UUID], days: list[date]
) -> tuple[dict[UUID, set[UUID]], dict[UUID, list[tuple[_Place, LineKind]]]]:
    """By session: the places that stay away, and those that come besides."""
    away: dict[UUID, set[UUID]] = defaultdict(set)
    extra: dict[UUID, list[tuple[_Place, LineKind]]] = defaultdict(list)
    for part in parts(sessions):
        for session, enrolment in db.execute(
            select(DeviationRow.session_id, DeviationRow.enrolment_id).where(
                DeviationRow.session_id.in_(part)
            )
        ):
            if session is not None:
                away[session].add(enrolment)
        rows = db.execute(
            select(*_PLACE, DeviationRow.to_session_id, DeviationRow.kind)
            .join(EnrolmentRow, EnrolmentRow.id == DeviationRow.enrolment_id)
            .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
            .where(DeviationRow.to_session_id.in_(part), *_that_counted(days))
        ).all()
        rests = _pauses(db, (row.id for row in rows)) if rows else {}
        for row in rows:
            swapped = row.kind == DeviationKind.SWAP
            how = LineKind.SWAP if swapped else LineKind.ADDITION
            extra[row.to_session_id].append((_place(row, rests), how))
    return away, extra


def _place(row: Any, rests: Mapping[UUID, list[Span]]) -> _Place:
    lap = lap_of(row.first, row.lap_end, rests.get(row.id, ()), rolling=row.rolling)
    return _Place(row.id, row.patient_id, row.first, row.last, lap)


def _pauses(db: Db, enrolments: Iterable[UUID]) -> dict[UUID, list[Span]]:
    found: dict[UUID, list[Span]] = defaultdict(list)
    for part in parts(enrolments):
        for key, first, last in db.execute(
            select(
                EnrolmentPauseRow.enrolment_id, EnrolmentPauseRow.first, EnrolmentPauseRow.last
            ).where(EnrolmentPauseRow.enrolment_id.in_(part))
        ):
            found[key].append((first, last))
    return found
