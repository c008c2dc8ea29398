"""Groups that have begun or ended: whose way goes on with them, proposed and confirmed at once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session as Db

from painprogram.domain.names import folded
from painprogram.domain.referrals import Way
from painprogram.domain.ways import IN_GROUP, WayStatus
from painprogram.i18n import _, ngettext
from painprogram.storage.database import Database
from painprogram.storage.tables import EnrolmentRow, ReferralRow
from painprogram.usecases import completion, way_lists, way_rows, ways


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """What a group's dates say of its patients; a person says whether it is so."""

    group_id: UUID
    group_name: str
    status: WayStatus
    """What they would become."""
    on: date
    ways: tuple[Way, ...]
    lacking: Mapping[UUID, str] = field(default_factory=dict)
    """By referral, what somebody lacks who has come to the end without completing."""

    @property
    def told(self) -> str:
        many = len(self.ways)
        if self.status is WayStatus.COMPLETED:
            wording = ngettext(
                "{number} patient has come to the end of {group}: confirm",
                "{number} patients have come to the end of {group}: confirm",
                many,
            )
        else:
            wording = ngettext(
                "{number} patient has begun in {group}: confirm",
                "{number} patients have begun in {group}: confirm",
                many,
            )
        return wording.format(number=many, group=self.group_name)


def to_confirm(
    database: Database, centre_id: UUID | None = None, *, today: date
) -> tuple[ToConfirm, ...]:
    """By group, those who should have begun by *today*, and those who have come to the end."""
    where: list[ColumnElement[bool]] = [ReferralRow.status.in_(IN_GROUP)]
    if centre_id:
        where.append(ReferralRow.centre_id == centre_id)
    with database.read_patients(_("List whose way goes on")) as db:
        found: dict[tuple[UUID, WayStatus], list[Way]] = {}
        every = way_lists.load(db, today, *where)
        spans = _spans(db, (one.group_id for one in every if one.group_id))
        lacks = _lacking(db, every, spans, today)
        for one in every:
            status = _goes_on(one, spans, today)
            if status is not None and one.group_id is not None:
                found.setdefault((one.group_id, status), []).append(one)
    proposed = [
        ToConfirm(
            group,
            several[0].group_name,
            status,
            spans[group][1 if status is WayStatus.COMPLETED else 0],
            tuple(sorted(several, key=lambda one: folded(one.name))),
            lacks if status is WayStatus.COMPLETED else {},
        )
        for (group, status), several in found.items()
    ]
    return tuple(sorted(proposed, key=lambda one: (one.on, folded(one.group_name))))


def count(database: Database, centre_id: UUID | None = None, *, today: date) -> int:
    """How many patients there are to confirm; whom is not looked at."""
    with database.read() as db:
        query = (
            select(
                ReferralRow.status,
                EnrolmentRow.group_id,
                EnrolmentRow.first,
                EnrolmentRow.lap_end,
            )
            .join(EnrolmentRow, EnrolmentRow.referral_id == ReferralRow.id)
            .where(ReferralRow.status.in_(IN_GROUP), way_rows.HELD)
        )
        if centre_id:
            query = query.where(ReferralRow.centre_id == centre_id)
        rows = db.execute(query).all()
        spans = _spans(db, (row.group_id for row in rows))
        found = 0
        for row in rows:
            first, last = spans.get(row.group_id, (date.max, date.max))
            begun = max(first, row.first) <= today and row.status == WayStatus.PLACED
            found += (row.lap_end or last) < today or begun
        return found


def confirm(
    database: Database,
    status: WayStatus,
    referrals: Collection[UUID],
    *,
    today: date,
) -> int:
    """These patients have begun, or completed: one step for all; how many it was."""
    label = _("Way of {number} patients: {status}").format(
        number=len(referrals), status=status.label
    )
    with database.change(label, undoable=False) as db:
        for referral in sorted(referrals):
            row = way_rows.one(db, referral)
            first, last = way_rows.place_span(db, referral)
            on = min(today, (last if status is WayStatus.COMPLETED else first) or today)
            day = max(on, row.status_on) if row.status_on <= today else today
            ways.take(db, row, status, day, database.actor.name, today=today)
        return len(referrals)


def _spans(db: Db, groups: Iterable[UUID]) -> dict[UUID, way_rows.Span]:
    """Of a paused group nobody knows the last day: it ends when it has gone on."""
    rests = set(db.scalars(way_rows.paused()))
    return {
        group: (first, date.max if group in rests else last)
        for group, (first, last) in way_rows.spans(db, groups).items()
    }


def _lacking(
    db: Db, every: Iterable[Way], spans: dict[UUID, way_rows.Span], today: date
) -> dict[UUID, str]:
    """By referral, what is missing of the core for those who have come to the end."""
    ended = [one.referral.id for one in every if _goes_on(one, spans, today) is WayStatus.COMPLETED]
    rows = db.execute(
        select(EnrolmentRow.id, EnrolmentRow.referral_id).where(
            EnrolmentRow.referral_id.in_(ended), way_rows.HELD
        )
    ).all()
    if not rows:
        return {}
    found = completion.load(db, (row.id for row in rows), today)
    return {row.referral_id: found[row.id].told for row in rows if found[row.id].lacking}


def _goes_on(one: Way, spans: dict[UUID, way_rows.Span], today: date) -> WayStatus | None:
    """What the dates say that the way has come to; None where nothing new."""
    if one.group_id is None or one.group_id not in spans:
        return None
    first, last = spans[one.group_id]
    if (one.ends_on or last) < today:
        return WayStatus.COMPLETED
    begun = max(first, one.placed_on or first) <= today
    return WayStatus.UNDER_WAY if one.status is WayStatus.PLACED and begun else None
