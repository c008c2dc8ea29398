"""The report of a group, counted from what is noted when it is asked for; nobody is named."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents.report import GroupReport, Outcome, Part, group_reports
from painprogram.domain.attendance import AttendanceState, in_force
from painprogram.domain.errors import Refused
from painprogram.domain.groups import GroupStatus
from painprogram.domain.names import folded
from painprogram.domain.papers import Wanted
from painprogram.domain.programmes import Content
from painprogram.domain.progress import Progress
from painprogram.domain.sessions import Session
from painprogram.domain.ways import ReferralKind, WayStatus
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    AttendanceRow,
    CentreRow,
    EnrolmentRow,
    GroupRow,
    LinkRow,
    ReferralRow,
    VisitRow,
)
from painprogram.usecases import attendance, completion, rosters, session_rows
from painprogram.usecases.paper_batch import Batch, Item
from painprogram.usecases.paper_span import now_on, staff_language
from painprogram.usecases.programmes import content_of
from painprogram.usecases.schedule_batches import parts

__all__ = ["report"]

MOVED, WITHDRAWN = "moved", "withdrawn"
"""A place that went on in another group, and one that was a mistake."""
_OUTCOMES = (
    *(WayStatus.COMPLETED, WayStatus.UNDER_WAY, WayStatus.STOPPED, WayStatus.NEVER_CAME),
    *(WayStatus.ONWARD, WayStatus.DECLINED),
)


def report(database: Database, progress: Progress, wanted: Wanted, today: date) -> Batch:
    """The report of a group, or of every group of a centre that has begun."""
    progress.report(0)
    language = staff_language(wanted)
    with i18n.using(language), database.read_patients(_("Print group report")) as db:
        saw(db, ())
        asked = _groups(db, wanted, today)
        items = []
        for number, group in enumerate(asked):
            progress.report(number / len(asked))
            items.append(
                Item(
                    content=_report(db, group, today, language),
                    language=language,
                    centre_id=group.centre_id,
                    name=_("Group report {group}").format(group=group.name),
                    by_name=(folded(group.name),),
                    of_id=group.id,
                )
            )
        name = items[0].name if len(items) == 1 else _("Group reports")
    return Batch(name, tuple(items), _drawn)


def _drawn(items: Sequence[Item], progress: Progress) -> bytes:
    return group_reports([item.content for item in items], progress)


def _groups(db: Db, wanted: Wanted, today: date) -> list[GroupRow]:
    if wanted.group:
        row = db.get(GroupRow, wanted.group)
        if row is None:
            raise Refused(_("The group is no longer there."))
        if row.activity:
            raise Refused(
                _("{name} is an open lecture activity: nobody has a place in it.").format(
                    name=row.name
                )
            )
        return [row]
    if wanted.centre is None:
        raise Refused(_("Choose the group that the report is to be about."))
    found = db.scalars(
        select(GroupRow).where(
            GroupRow.centre_id == wanted.centre,
            GroupRow.activity.is_(False),
            GroupRow.status.in_((GroupStatus.OPEN, GroupStatus.CLOSED)),
            GroupRow.start <= today,
        )
    ).all()
    if not found:
        raise Refused(_("No group of the centre has begun yet: there is nothing to report."))
    return sorted(found, key=lambda row: (row.start, folded(row.name)))


def _report(db: Db, group: GroupRow, today: date, language: str) -> GroupReport:
    programme = content_of(group.programme_version)
    places = _places(db, group.id)
    counted = {key: row for key, row in places.items() if row.ended_as not in (MOVED, WITHDRAWN)}
    saw(db, {row.patient_id for row in counted.values()})
    base = session_rows.base_schedule(db, group.id)
    complete = completion.load(db, counted, today)
    limit = db.scalar(select(CentreRow.waiting_limit).where(CentreRow.id == group.centre_id))
    return GroupReport(
        centre=group.centre.name,
        group=group.name,
        programme=str(programme.name),
        edition=group.programme_version.number,
        first=base[0].start.date() if base else None,
        last=base[-1].start.date() if base else None,
        enrolled=len(counted),
        complete=sum(one.complete for one in complete.values()),
        outcomes=_outcomes(db, counted.values()),
        parts=_parts(db, group, programme, base, counted, today),
        waits=_waits(db, counted.values()),
        limit=limit or 0,
        moved=sum(row.ended_as == MOVED for row in places.values()),
        language=language,
        taken=now_on(today),
    )


def _places(db: Db, group_id: UUID) -> dict[UUID, EnrolmentRow]:
    """The latest place of each patient."""
    rows = db.scalars(
        select(EnrolmentRow)
        .where(EnrolmentRow.group_id == group_id)
        .order_by(EnrolmentRow.first, EnrolmentRow.last.is_(None), EnrolmentRow.id)
    )
    latest = {row.patient_id: row for row in rows}
    return {row.id: row for row in latest.values()}


def _outcomes(db: Db, places: Iterable[EnrolmentRow]) -> tuple[Outcome, ...]:
    known = list(places)
    status = {
        key: WayStatus(value)
        for part in parts({row.referral_id for row in known if row.referral_id})
        for key, value in db.execute(
            select(ReferralRow.id, ReferralRow.status).where(ReferralRow.id.in_(part))
        )
    }
    counts: Counter[WayStatus | None] = Counter()
    for row in known:
        way = status.get(row.referral_id) if row.referral_id else None
        if row.last is not None:
            counts[WayStatus(row.ended_as) if row.ended_as in _OUTCOMES else None] += 1
        else:
            counts[way if way and way.ended else WayStatus.UNDER_WAY] += 1
    found = [Outcome(one.label, counts[one]) for one in _OUTCOMES]
    if counts[None]:
        found.append(Outcome(_("Ended, and nobody noted how"), counts[None]))
    return tuple(found)


def _waits(db: Db, places: Iterable[EnrolmentRow]) -> tuple[int, ...]:
    first = {row.referral_id: row.first for row in places if row.referral_id}
    return tuple(
        sorted(
            max(0, (first[row.id] - row.received_on).days)
            for part in parts(key for key in first if key)
            for row in db.execute(
                select(ReferralRow.id, ReferralRow.received_on).where(
                    ReferralRow.id.in_(part), ReferralRow.kind != ReferralKind.DIRECT
                )
            )
        )
    )


# Attendance


@dataclass(frozen=True, slots=True)
class _Held:
    """A session or visit that is over, with those who were to come to it."""

    key: UUID
    strand: str
    patients: frozenset[UUID]


def _parts(
    db: Db,
    group: GroupRow,
    programme: Content,
    base: Sequence[Session],
    places: Mapping[UUID, EnrolmentRow],
    today: date,
) -> tuple[Part, ...]:
    held = [
        *_sessions(db, group, base, places, today),
        *_visits(db, places, today),
    ]
    noted = _noted(db, {one.key for one in held}, {row.patient_id for row in places.values()})
    by_strand: dict[str, list[_Held]] = defaultdict(list)
    for one in held:
        by_strand[one.strand].append(one)
    titles = Counter(str(programme.module(each.module).name) for each in programme.strands)
    found = []
    for strand in programme.strands:
        if strand.key not in by_strand:
            continue
        title = str(programme.module(strand.module).name)
        if titles[title] > 1 and strand.letter:
            title = f"{title} {strand.letter}"
        found.append(_part(title, by_strand[strand.key], noted))
    return tuple(found)


def _sessions(
    db: Db,
    group: GroupRow,
    base: Sequence[Session],
    places: Mapping[UUID, EnrolmentRow],
    today: date,
) -> list[_Held]:
    over = [one for one in base if not one.cancelled and one.start.date() < today]
    found = rosters.of_sessions(db, [one.id for one in over])
    links = dict(
        db.execute(
            select(LinkRow.session_id, LinkRow.strand).where(LinkRow.group_id == group.id)
        ).all()
    )
    return [
        _Held(
            one.id,
            links.get(one.id, one.strand),
            frozenset(
                patient
                for patient, expected in found.get(one.id, {}).items()
                if expected.enrolment_id in places
            ),
        )
        for one in over
    ]


def _visits(db: Db, places: Mapping[UUID, EnrolmentRow], today: date) -> list[_Held]:
    return [
        _Held(row.id, row.strand, frozenset({row.patient_id}))
        for part in parts(places)
        for row in db.execute(
            select(VisitRow.id, VisitRow.strand, VisitRow.patient_id, VisitRow.start).where(
                VisitRow.enrolment_id.in_(part),
                VisitRow.strand != "",
                VisitRow.cancelled.is_(False),
            )
        )
        if row.start.date() < today
    ]


def _noted(
    db: Db, keys: Iterable[UUID], patients: Collection[UUID]
) -> dict[tuple[UUID, UUID], AttendanceState]:
    found: dict[tuple[UUID, UUID], AttendanceState] = {}
    for part in parts(keys):
        marks = attendance.marks_of(
            db, AttendanceRow.occasion_id.in_(part), AttendanceRow.patient_id.in_(patients)
        )
        for key, each in marks.items():
            if mark := in_force(each):
                found[key] = mark.state
    return found


def _part(
    title: str, held: Sequence[_Held], noted: Mapping[tuple[UUID, UUID], AttendanceState]
) -> Part:
    states = Counter(noted.get((one.key, patient)) for one in held for patient in one.patients)
    return Part(
        title=title,
        sessions=len(held),
        came=sum(many for state, many in states.items() if state and state.came),
        excused=states[AttendanceState.EXCUSED],
        absent=states[AttendanceState.ABSENT],
        no_show=states[AttendanceState.NO_SHOW],
        unnoted=states[None],
    )
