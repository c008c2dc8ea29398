"""The places that are held in groups, and the days on which each of them counts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import aliased

from painprogram.domain.laps import WHOLE, Lap, Span
from painprogram.storage.tables import (
    EnrolmentPauseRow,
    EnrolmentRow,
    GroupRow,
    PatientRow,
    SessionRow,
)

HELD = EnrolmentRow.last.is_(None)
MOVED = "moved"
"""How a place ended whose patient went on in another group."""
_AT_ONCE = 500
"""Keys in one statement; engines limit the parameters of one."""


@dataclass(frozen=True, slots=True)
class Place:
    enrolment: UUID
    patient: UUID
    lap: Lap


class Places:
    """The places of one group; sessions of the same day share a set."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.each = tuple(places)
        self._apart = any(place.lap is not WHOLE for place in self.each)
        self._days: dict[date | None, dict[UUID, UUID]] = {}
        self._who: dict[date | None, frozenset[UUID]] = {}

    def on(self, day: date) -> dict[UUID, UUID]:
        """By place: the patients who are to come to what the group does on *day*."""
        key = day if self._apart else None
        if key not in self._days:
            self._days[key] = {
                place.enrolment: place.patient for place in self.each if place.lap.covers(day)
            }
        return self._days[key]

    def who(self, day: date) -> frozenset[UUID]:
        key = day if self._apart else None
        if key not in self._who:
            self._who[key] = frozenset(self.on(day).values())
        return self._who[key]


NOBODY = Places(())


def held(db: Db, groups: Iterable[UUID]) -> dict[UUID, Places]:
    """The places of each of *groups* that has any."""
    found: dict[UUID, list[Place]] = defaultdict(list)
    for part in _parts(groups):
        rows = db.execute(
            select(
                EnrolmentRow.id,
                EnrolmentRow.group_id,
                EnrolmentRow.patient_id,
                EnrolmentRow.first,
                EnrolmentRow.lap_end,
                GroupRow.rolling,
                _came_from_elsewhere().label("moved_in"),
            )
            .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
            .where(HELD, EnrolmentRow.group_id.in_(part))
        ).all()
        rests = _pauses(db, part)
        for row in rows:
            found[row.group_id].append(
                Place(row.id, row.patient_id, _lap(row, rests.get(row.id, ())))
            )
    return {group: Places(places) for group, places in found.items()}


def laps(db: Db, enrolments: Iterable[UUID]) -> dict[UUID, Lap]:
    """The days of each of *enrolments*, held or ended."""
    found: dict[UUID, Lap] = {}
    for part in _parts(enrolments):
        rests: dict[UUID, list[Span]] = defaultdict(list)
        for key, first, last in db.execute(
            select(
                EnrolmentPauseRow.enrolment_id, EnrolmentPauseRow.first, EnrolmentPauseRow.last
            ).where(EnrolmentPauseRow.enrolment_id.in_(part))
        ):
            rests[key].append((first, last))
        for row in db.execute(
            select(
                EnrolmentRow.id,
                EnrolmentRow.first,
                EnrolmentRow.lap_end,
                GroupRow.rolling,
                _came_from_elsewhere().label("moved_in"),
            )
            .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
            .where(EnrolmentRow.id.in_(part))
        ):
            found[row.id] = _lap(row, rests.get(row.id, ()))
    return found


def _lap(row: Any, rests: Iterable[Span]) -> Lap:
    lap = lap_of(row.first, row.lap_end, rests, rolling=row.rolling)
    return replace(lap, first=row.first) if row.moved_in else lap


def _came_from_elsewhere() -> ColumnElement[bool]:
    """Whether the patient moved here from another group: what was before is that group's."""
    before = aliased(EnrolmentRow)
    return (
        select(before.id)
        .where(
            before.patient_id == EnrolmentRow.patient_id,
            before.ended_as == MOVED,
            before.last == EnrolmentRow.first,
        )
        .correlate(EnrolmentRow)
        .exists()
    )


def lap_of(first: date, last: date | None, pauses: Iterable[Span], *, rolling: bool) -> Lap:
    """What a row says; a place in a closed group counts at all it does."""
    rests = tuple(sorted(pauses))
    if rolling:
        return Lap(first, last, rests)
    return Lap(pauses=rests) if rests else WHOLE


def weekly_limits(db: Db) -> dict[UUID, tuple[int | None, int | None, int | None]]:
    """Visits, minutes and trips that a week may ask of those patients of whom any is said.

    Numbers by key, for the rules of a plan; they tell nobody who it is.
    """
    columns = (PatientRow.most_visits, PatientRow.most_minutes, PatientRow.most_trips)
    some = or_(*(column.is_not(None) for column in columns))
    rows = db.execute(select(PatientRow.id, *columns).where(some))
    return {patient: (visits, minutes, trips) for patient, visits, minutes, trips in rows}


def resting() -> ColumnElement[bool]:
    """Whether the patient of a place rests on the day of a session, in a statement on both."""
    day = func.date(SessionRow.start)
    return (
        select(EnrolmentPauseRow.id)
        .where(
            EnrolmentPauseRow.enrolment_id == EnrolmentRow.id,
            EnrolmentPauseRow.first <= day,
            EnrolmentPauseRow.last >= day,
        )
        .correlate(EnrolmentRow, SessionRow)
        .exists()
    )


def _pauses(db: Db, groups: Sequence[UUID]) -> dict[UUID, list[Span]]:
    found: dict[UUID, list[Span]] = defaultdict(list)
    for key, first, last in db.execute(
        select(EnrolmentPauseRow.enrolment_id, EnrolmentPauseRow.first, EnrolmentPauseRow.last)
        .join(EnrolmentRow, EnrolmentRow.id == EnrolmentPauseRow.enrolment_id)
        .where(HELD, EnrolmentRow.group_id.in_(groups))
    ):
        found[key].append((first, last))
    return found


def _parts(keys: Iterable[UUID]) -> Iterator[Sequence[UUID]]:
    wanted = sorted(set(keys))
    for first in range(0, len(wanted), _AT_ONCE):
        yield wanted[first : first + _AT_ONCE]
