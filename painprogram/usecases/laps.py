"""Open groups: where patients come in, and each one's own lap until every part has been met."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.errors import Refused
from painprogram.domain.laps import Entry, Lap, check_lap, entries, entry, fullest
from painprogram.domain.patients import Enrolment
from painprogram.domain.sessions import Session
from painprogram.i18n import _
from painprogram.storage import places
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import EnrolmentRow, GroupRow, LinkRow, PatientRow
from painprogram.usecases import sessions
from painprogram.usecases.patients import as_enrolment
from painprogram.usecases.programmes import content_of


@dataclass(frozen=True, slots=True)
class OwnLap:
    """The lap of one patient, and the one that today's dates would give."""

    enrolment_id: UUID
    patient_id: UUID
    name: str
    first: date
    last: date | None
    planned: date | None
    """The day on which every part will have been met by the dates there are now."""

    @property
    def outdated(self) -> bool:
        """The dates have changed since the lap was noted."""
        return self.last != self.planned


def entry_points(database: Database, group_id: UUID, since: date) -> tuple[Entry, ...]:
    """The weeks in which a patient can come into an open group, with free seats and the lap.

    Of a closed group there are none: everybody begins when it does.
    """
    with database.read() as db:
        row = _row(db, group_id)
        if not row.rolling:
            return ()
        held = places.held(db, [group_id]).get(group_id, places.NOBODY)
        found = entries(content_of(row.programme_version), _base(db, group_id), since)
        return tuple(
            replace(one, taken=_taken(held.each, one), maximum=row.maximum) for one in found
        )


def laps(database: Database, group_id: UUID) -> tuple[OwnLap, ...]:
    """The laps of those who have a place in an open group, the first to end first."""
    with database.read_patients(_("List the laps of patients")) as db:
        row = _row(db, group_id)
        if not row.rolling:
            saw(db, ())
            return ()
        names = db.execute(
            select(
                EnrolmentRow.id,
                EnrolmentRow.patient_id,
                EnrolmentRow.first,
                EnrolmentRow.lap_end,
                PatientRow.given_name,
                PatientRow.family_name,
            )
            .join(PatientRow, PatientRow.id == EnrolmentRow.patient_id)
            .where(EnrolmentRow.group_id == group_id, places.HELD)
            .order_by(PatientRow.search)
        ).all()
        saw(db, (one.patient_id for one in names))
        content, base = content_of(row.programme_version), _base(db, group_id)
        found = [
            OwnLap(
                one.id,
                one.patient_id,
                f"{one.given_name} {one.family_name}",
                one.first,
                one.lap_end,
                entry(content, base, one.first).last,
            )
            for one in names
        ]
    return tuple(sorted(found, key=lambda one: (one.last is None, one.last or one.first)))


def set_lap(
    database: Database, enrolment_id: UUID, first: date, last: date | None = None
) -> Enrolment:
    """Let a patient come into an open group on *first*; the lap ends on *last*.

    Without *last* it ends when every part has been met. Refused where the seat is taken by then.
    """
    check_lap(first, last)
    with database.change(_("Change the lap of a patient")) as db:
        row = db.get(EnrolmentRow, enrolment_id)
        if row is None or row.last is not None:
            raise Refused(_("The place in the group is no longer there."))
        if not row.group.rolling:
            raise Refused(
                _(
                    "{name} is a closed group: everybody goes from its first day to its last."
                ).format(name=row.group.name)
            )
        row.first, row.lap_end = first, last or end_of(db, row.group, first)
        db.flush()
        return as_enrolment(row)


def renew(database: Database, group_id: UUID) -> int:
    """Let every lap end when the dates there are now have covered it; how many were changed."""
    with database.change(_("Renew the laps of the group")) as db:
        return follow(db, group_id)


# For the other use cases


def end_of(db: Db, group: GroupRow, first: date) -> date | None:
    """The last day of the lap that begins on *first*; None in a closed group, and while open."""
    if not group.rolling:
        return None
    return entry(content_of(group.programme_version), _base(db, group.id), first).last


def follow(db: Db, group_id: UUID) -> int:
    """Laps of an open group that end on another day by the dates there are now."""
    row = _row(db, group_id)
    if not row.rolling:
        return 0
    content, base = content_of(row.programme_version), _base(db, group_id)
    changed = 0
    held = select(EnrolmentRow).where(EnrolmentRow.group_id == group_id, places.HELD)
    for place in db.scalars(held).all():
        planned = entry(content, base, place.first).last
        if planned is not None and planned != place.lap_end:
            place.lap_end = planned
            changed += 1
    db.flush()
    return changed


def _row(db: Db, group_id: UUID) -> GroupRow:
    row = db.get(GroupRow, group_id)
    if row is None:
        raise Refused(_("The group is no longer there."))
    return row


def _base(db: Db, group_id: UUID) -> tuple[Session, ...]:
    """The base schedule, each lecture that is linked in under the group's own strand."""
    links = select(LinkRow.session_id, LinkRow.strand).where(LinkRow.group_id == group_id)
    own = {row.session_id: row.strand for row in db.execute(links)}
    return tuple(
        replace(one, strand=own[one.id]) if one.id in own else one
        for one in sessions.base_schedule(db, group_id)
    )


def _taken(held: Iterable[places.Place], wanted: Entry) -> int:
    """Seats that are taken on the fullest day of a lap."""
    within = []
    for place in held:
        lap = place.lap
        begins = max(lap.first or wanted.first, wanted.first)
        ends = min((day for day in (lap.last, wanted.last) if day), default=None)
        if ends is None or begins <= ends:
            within.append(Lap(begins, ends))
    return fullest(within)[0]
