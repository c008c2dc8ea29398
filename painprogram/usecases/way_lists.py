"""The ways of many patients as lists show them, and those who would else be lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session as Db

from painprogram.domain.groups import GroupStatus
from painprogram.domain.patients import Enrolment
from painprogram.domain.referrals import Referral, Way, WayStep
from painprogram.domain.ways import OPEN, NextStep, WayStatus
from painprogram.i18n import N_, _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    CentreRow,
    EnrolmentRow,
    GroupRow,
    PatientRow,
    ReferralRow,
    ReferralStepRow,
)
from painprogram.usecases import way_rows
from painprogram.usecases.patients import as_enrolment
from painprogram.usecases.programmes import newest_names

BY_GROUP = (NextStep.BEFORE, NextStep.START, NextStep.AFTER)
"""Steps whose day is the group's."""
_AT_ONCE = 500
MOST = 200
_NO_WAY = N_("No referral is registered, and the patient has no place")
_NO_STEP = N_("The next step or its day is missing")
_NO_PLACE = N_("The place has ended without saying how")
_NO_REFERRAL = N_("Has a place in a group, and no referral is registered")
_CANCELLED = N_("The group is cancelled")


@dataclass(frozen=True, slots=True)
class Lost:
    """A patient whom nobody would come back to by themselves, and why."""

    patient_id: UUID
    name: str
    why: str
    protected: bool = False


def without_next_step(
    database: Database, centre_id: UUID | None = None, *, most: int = MOST
) -> tuple[Lost, ...]:
    """Those who are on no way, or on one that leads nowhere: should be empty, or be dealt with."""
    with database.read_patients(_("List patients without a next step")) as db:
        found: dict[UUID, Lost] = {}
        for condition, why in losing():
            query = (
                select(
                    PatientRow.id,
                    PatientRow.given_name,
                    PatientRow.family_name,
                    PatientRow.protected,
                )
                .where(condition, *_at(centre_id))
                .order_by(PatientRow.search, PatientRow.id)
                .limit(most)
            )
            for row in db.execute(query):
                name = f"{row.given_name} {row.family_name}"
                found.setdefault(row.id, Lost(row.id, name, _(why), row.protected))
        chosen = tuple(found.values())[:most]
        saw(db, (one.patient_id for one in chosen))
        return chosen


def count_without_next_step(database: Database, centre_id: UUID | None = None) -> int:
    """How many of them there are; whom is not looked at."""
    with database.read() as db:
        anything = or_(*(condition for condition, _why in losing()))
        query = select(func.count()).select_from(PatientRow).where(anything, *_at(centre_id))
        return db.scalar(query) or 0


def _at(centre_id: UUID | None) -> tuple[ColumnElement[bool], ...]:
    return (PatientRow.centre_id == centre_id,) if centre_id else ()


def losing() -> tuple[tuple[ColumnElement[bool], str], ...]:
    """What makes a patient lost; by keys, days and statuses alone.

    As lists of keys, each found once: asked anew for each patient they take ten times as long.
    """
    of_way = exists(EnrolmentRow.id).where(
        EnrolmentRow.referral_id == ReferralRow.id, way_rows.HELD
    )
    cancelled = exists(GroupRow.id).where(
        GroupRow.status == GroupStatus.CANCELLED,
        or_(
            (ReferralRow.status == WayStatus.OFFERED)
            & (GroupRow.id == ReferralRow.offered_group_id),
            ReferralRow.status.in_((WayStatus.PLACED, WayStatus.UNDER_WAY))
            & exists(EnrolmentRow.id).where(
                EnrolmentRow.referral_id == ReferralRow.id,
                way_rows.HELD,
                EnrolmentRow.group_id == GroupRow.id,
            ),
        ),
    )
    placed = ReferralRow.status.in_((WayStatus.PLACED, WayStatus.UNDER_WAY))
    stepless = ReferralRow.status.in_(OPEN) & (
        (ReferralRow.next_step == "") | ReferralRow.next_on.is_(None)
    )
    undated = (ReferralRow.next_step != "") & ReferralRow.next_on.is_(None)
    ways, places = select(ReferralRow.patient_id), select(EnrolmentRow.patient_id)
    held = places.where(way_rows.HELD)
    one = PatientRow.id
    return (
        (one.in_(ways.where(or_(stepless, undated))), _NO_STEP),
        (one.in_(ways.where(placed, ~of_way)), _NO_PLACE),
        (one.in_(ways.where(cancelled)), _CANCELLED),
        (one.in_(held.where(EnrolmentRow.referral_id.is_(None))), _NO_REFERRAL),
        (one.not_in(ways) & one.not_in(held), _NO_WAY),
    )


# For the other use cases


def load(db: Db, today: date, *where: ColumnElement[bool], steps: bool = False) -> tuple[Way, ...]:
    """The ways that *where* says, by the day of their next step."""
    rows = db.execute(
        select(
            *ReferralRow.__table__.columns,
            PatientRow.given_name,
            PatientRow.family_name,
            PatientRow.protected,
            CentreRow.waiting_limit,
        )
        .join(PatientRow, PatientRow.id == ReferralRow.patient_id)
        .join(CentreRow, CentreRow.id == ReferralRow.centre_id)
        .where(*where)
        .order_by(ReferralRow.received_on.desc(), ReferralRow.id)
    ).all()
    saw(db, (row.patient_id for row in rows))
    known = _Known(db, rows, steps=steps)
    found = [_way(row, today, known) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.next_on is None, one.next_on or today)))


class _Known:
    """What belongs to many ways, each read in one go."""

    def __init__(self, db: Db, rows: Iterable[Any], *, steps: bool) -> None:
        keys = [row.id for row in rows]
        self.places: dict[UUID, list[Enrolment]] = {}
        self.laps: dict[UUID, date | None] = {}
        for first in range(0, len(keys), _AT_ONCE):
            part = EnrolmentRow.referral_id.in_(keys[first : first + _AT_ONCE])
            for row in db.scalars(select(EnrolmentRow).where(part).order_by(EnrolmentRow.first)):
                self.places.setdefault(row.referral_id or row.id, []).append(as_enrolment(row))
                self.laps[row.id] = row.lap_end
        held = {one.group_id for every in self.places.values() for one in every if not one.last}
        self.spans = way_rows.spans(db, held)
        offered = {row.offered_group_id for row in rows if row.offered_group_id}
        self.groups: dict[UUID, str] = {}
        if offered:
            named = select(GroupRow.id, GroupRow.name).where(GroupRow.id.in_(offered))
            self.groups = {row.id: row.name for row in db.execute(named)}
        wanted = any(row.programme_id for row in rows)
        self.programmes = newest_names(db) if wanted else {}
        centres = db.execute(select(CentreRow.id, CentreRow.name))
        self.centres = {row.id: row.name for row in centres}
        self.steps: dict[UUID, list[WayStep]] = {}
        if steps:
            self._read_steps(db, keys)

    def _read_steps(self, db: Db, keys: list[UUID]) -> None:
        noted = db.scalars(
            select(ReferralStepRow)
            .where(ReferralStepRow.referral_id.in_(keys))
            .order_by(ReferralStepRow.noted_at)
        )
        for row in noted:
            self.steps.setdefault(row.referral_id, []).append(
                WayStep(WayStatus(row.status), row.status_on, row.noted_by, row.reason)
            )


def _way(row: Any, today: date, known: _Known) -> Way:
    referral = way_rows.as_referral(row)
    places = known.places.get(row.id, [])
    held = next((one for one in reversed(places) if one.last is None), None)
    shown = held or (places[-1] if places else None)
    next_on, ends_on = row.next_on, None
    if held is not None:
        first, last = known.spans.get(held.group_id, (held.first, None))
        ends_on = known.laps.get(held.id) or last
        if referral.next_step is NextStep.AFTER:
            next_on = ends_on or next_on
        elif referral.next_step in BY_GROUP:
            next_on = max(first, held.first)
    waiting = referral.status is WayStatus.OFFERED
    return Way(
        referral,
        today,
        row.waiting_limit,
        name=f"{row.given_name} {row.family_name}",
        group_id=row.offered_group_id if waiting else (shown.group_id if shown else None),
        group_name=(
            known.groups.get(row.offered_group_id, "")
            if waiting
            else (shown.group_name if shown else "")
        ),
        placed_on=places[0].first if places else None,
        next_on=next_on,
        ends_on=ends_on,
        steps=_steps(referral, known.steps.get(row.id, [])),
        programme_name=known.programmes.get(row.programme_id, ""),
        preferred_centre_name=known.centres.get(row.preferred_centre_id, ""),
        protected=row.protected,
    )


def _steps(referral: Referral, noted: list[WayStep]) -> tuple[WayStep, ...]:
    """Those that are noted, and the one it has come to since."""
    if any((one.status, one.on) == (referral.status, referral.status_on) for one in noted):
        return tuple(noted)
    now = WayStep(referral.status, referral.status_on, "", referral.end_reason)
    return (*noted, now)
