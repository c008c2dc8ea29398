"""Of what needs somebody today, what is about patients: by keys, days and statuses.

Lines come with the patients' keys; whose names are read is decided when it is known which lines
are shown.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, false, or_, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import aliased

from painprogram import i18n
from painprogram.domain.groups import GroupStatus
from painprogram.domain.sessions import Session, Visit
from painprogram.domain.today import Goal, Line, Matter, Urgency, Where, days, until
from painprogram.domain.ways import IN_LINE, NEW, NextStep, ReferralKind, WayStatus
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    AttendanceRow,
    CommitmentRow,
    EnrolmentRow,
    GroupRow,
    PatientRow,
    ReferralRow,
    SessionRow,
    VisitRow,
)
from painprogram.usecases import rosters, sessions, way_lists, way_rows
from painprogram.usecases.programmes import newest_names
from painprogram.usecases.schedule_batches import parts

BACK = timedelta(days=30)
"""Attendance that was not noted before that, nobody remembers."""
PATIENCE = 7
"""Days after which an agreement should have been signed."""


@contextmanager
def reading(database: Database) -> Iterator[Db]:
    """The one reading of the whole screen, with one entry of the log."""
    with database.read_patients(_("Look at what waits for somebody today")) as db:
        yield db


def names(db: Db, patients: Collection[UUID]) -> dict[UUID, tuple[str, bool]]:
    """Name, and whether the identity is protected; the door is told whose they are."""
    found: dict[UUID, tuple[str, bool]] = {}
    for part in parts(patients):
        for row in db.execute(
            select(
                PatientRow.id, PatientRow.given_name, PatientRow.family_name, PatientRow.protected
            ).where(PatientRow.id.in_(part))
        ):
            found[row.id] = f"{row.given_name} {row.family_name}", row.protected
    saw(db, patients)
    return found


def commitments(db: Db, centre_id: UUID, day: date, me: UUID | None) -> list[Line]:
    """Agreed and not signed, for those who have a place; the oldest first."""
    later = aliased(CommitmentRow)
    newer = exists(later.id).where(
        later.enrolment_id == CommitmentRow.enrolment_id,
        later.number > CommitmentRow.number,
        later.agreed_on.is_not(None),
    )
    every = db.execute(
        select(CommitmentRow.id, CommitmentRow.patient_id, CommitmentRow.agreed_on, GroupRow.name)
        .join(EnrolmentRow, EnrolmentRow.id == CommitmentRow.enrolment_id)
        .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
        .where(
            EnrolmentRow.last.is_(None),
            GroupRow.status != GroupStatus.CANCELLED,
            CommitmentRow.agreed_on.is_not(None),
            CommitmentRow.signed_on.is_(None),
            ~newer,
        )
        .order_by(CommitmentRow.agreed_on, CommitmentRow.id)
    ).all()
    ours = _of_centre(db, centre_id, (row.patient_id for row in every), me)
    rows = [row for row in every if row.patient_id in ours]
    return [
        Line(
            Matter.COMMITMENT,
            str(row.id),
            Goal(Where.PATIENT, row.patient_id),
            _("Sign"),
            detail=_("{group} · agreed on {day}").format(
                group=row.name, day=i18n.day_month(row.agreed_on)
            ),
            when=days((day - row.agreed_on).days),
            urgency=(Urgency.SOON if (day - row.agreed_on).days >= PATIENCE else Urgency.LATER),
            mine=ours[row.patient_id],
            patients=(row.patient_id,),
        )
        for row in rows
    ]


def waits(db: Db, centre_id: UUID, day: date, limit: int, me: UUID | None) -> list[Line]:
    """Those who have waited longer than *limit* days for a place, the longest first."""
    rows = db.execute(
        select(
            ReferralRow.patient_id,
            ReferralRow.received_on,
            ReferralRow.status,
            ReferralRow.programme_id,
            _mine(me).label("mine"),
        )
        .join(PatientRow, PatientRow.id == ReferralRow.patient_id)
        .where(
            ReferralRow.centre_id == centre_id,
            ReferralRow.status.in_((*NEW, *IN_LINE)),
            ReferralRow.kind != ReferralKind.DIRECT,
            ReferralRow.received_on < day - timedelta(days=limit),
        )
        .order_by(ReferralRow.received_on, ReferralRow.id)
    ).all()
    programmes = newest_names(db) if any(row.programme_id for row in rows) else {}
    found = []
    for row in rows:
        status = WayStatus(row.status)
        waits = status is WayStatus.WAITING
        told = [status.label, programmes.get(row.programme_id, "")]
        found.append(
            Line(
                Matter.WAIT,
                str(row.patient_id),
                Goal(Where.WAITING) if waits else Goal(Where.PATIENT, row.patient_id),
                _("Propose a place") if waits else _("Take the next step"),
                detail=" · ".join(part for part in told if part),
                when=days((day - row.received_on).days),
                urgency=Urgency.SOON,
                mine=bool(row.mine),
                patients=(row.patient_id,),
            )
        )
    return found


def ways(db: Db, centre_id: UUID, day: date, me: UUID | None, told: Sequence[Line]) -> list[Line]:
    """Those on no way, and next steps whose day is past; not those *told* of already."""
    late = _overdue(db, centre_id, day, me, {one for line in told for one in line.patients})
    return [*_lost(db, centre_id, me), *late]


def _lost(db: Db, centre_id: UUID, me: UUID | None) -> list[Line]:
    found: dict[UUID, Line] = {}
    for condition, why in way_lists.losing():
        rows = db.execute(
            select(PatientRow.id, _mine(me).label("mine"))
            .where(condition, PatientRow.centre_id == centre_id)
            .order_by(PatientRow.search, PatientRow.id)
        )
        for key, mine in rows:
            line = Line(
                Matter.WAY,
                str(key),
                Goal(Where.PATIENT, key),
                _("Choose the next step"),
                detail=_(why),
                mine=bool(mine),
                patients=(key,),
            )
            found.setdefault(key, line)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Due:
    patient: UUID
    step: NextStep
    on: date
    group: UUID | None
    group_name: str
    mine: bool


def _overdue(db: Db, centre_id: UUID, day: date, me: UUID | None, told: set[UUID]) -> list[Line]:
    """One line for each; those who are to be confirmed with their group share one."""
    together: dict[tuple[object, ...], list[_Due]] = defaultdict(list)
    for due in _steps(db, centre_id, day, me):
        if due.on < day and due.patient not in told:
            by_group = due.step in way_lists.BY_GROUP and due.group is not None
            together[due.group if by_group else due.patient, due.step].append(due)
    lines = []
    for several in sorted(together.values(), key=lambda each: min(one.on for one in each)):
        first = min(several, key=lambda one: one.on)
        shared = first.group is not None and first.step in way_lists.BY_GROUP
        goal = Goal(Where.CONFIRMING) if shared else Goal(Where.PATIENT, first.patient)
        lines.append(
            Line(
                Matter.WAY,
                f"{first.group if shared else first.patient} {first.step}",
                goal,
                _("Confirm") if shared else _("Take the next step"),
                detail=" · ".join(part for part in (first.group_name, first.step.label) if part),
                when=until(first.on, day),
                urgency=Urgency.LATE,
                many=len(several),
                mine=sum(each.mine for each in several),
                patients=tuple(each.patient for each in several),
            )
        )
    return lines


def _steps(db: Db, centre_id: UUID, day: date, me: UUID | None) -> list[_Due]:
    """Next steps that may be late; the day of some follows the group's (``way_lists``)."""
    rows = db.execute(
        select(
            ReferralRow.patient_id,
            ReferralRow.next_step,
            ReferralRow.next_on,
            EnrolmentRow.group_id,
            EnrolmentRow.first,
            EnrolmentRow.lap_end,
            GroupRow.name,
            _mine(me).label("mine"),
        )
        .join(PatientRow, PatientRow.id == ReferralRow.patient_id)
        .outerjoin(EnrolmentRow, (EnrolmentRow.referral_id == ReferralRow.id) & way_rows.HELD)
        .outerjoin(GroupRow, GroupRow.id == EnrolmentRow.group_id)
        .where(
            ReferralRow.centre_id == centre_id,
            ReferralRow.next_step != "",
            ReferralRow.next_on.is_not(None),
            or_(ReferralRow.next_on < day, ReferralRow.next_step.in_(way_lists.BY_GROUP)),
        )
        .order_by(PatientRow.search, ReferralRow.id)
    ).all()
    spans = way_rows.spans(db, {row.group_id for row in rows if row.group_id})
    found = []
    for row in rows:
        step, on = NextStep(row.next_step), row.next_on
        if row.group_id and step in way_lists.BY_GROUP:
            first, last = spans.get(row.group_id, (row.first, on))
            on = (row.lap_end or last) if step is NextStep.AFTER else max(first, row.first)
        found.append(_Due(row.patient_id, step, on, row.group_id, row.name or "", bool(row.mine)))
    return found


def attendance(db: Db, centre_id: UUID, day: date, me: UUID | None) -> list[Line]:
    """Sessions and visits of yesterday and before of which nothing is noted, the newest first."""
    until_, since = datetime.combine(day, time()), datetime.combine(day - BACK, time())
    held = sessions.load(
        db,
        GroupRow.status != GroupStatus.CANCELLED,
        *_unnoted(SessionRow, centre_id, since, until_),
    )
    lists = rosters.of_sessions(db, (one.id for one in held))
    visits = sessions.load_visits(db, *_unnoted(VisitRow, centre_id, since, until_))
    every: list[Session | Visit] = [one for one in held if lists.get(one.id)]
    every += visits
    return [_unmarked(one, day, me) for one in sorted(every, key=lambda x: x.start, reverse=True)]


def _unnoted(
    table: type[SessionRow] | type[VisitRow], centre_id: UUID, since: datetime, until_: datetime
) -> tuple[ColumnElement[bool], ...]:
    noted = exists(AttendanceRow.id).where(AttendanceRow.occasion_id == table.id)
    return (
        table.centre_id == centre_id,
        table.start >= since,
        table.start < until_,
        table.cancelled.is_(False),
        ~noted,
    )


def _unmarked(one: Session | Visit, day: date, me: UUID | None) -> Line:
    held = isinstance(one, Session)
    leaders = one.leaders if isinstance(one, Session) else (one.leader,) if one.leader else ()
    when = f"{i18n.day_short(one.start.date())} {i18n.clock_range(one.start, one.end)}"
    told = [when, one.group_name] if held else [one.title, when, one.group_name]
    told.append(", ".join(leader.name for leader in leaders))
    ago = (day - one.start.date()).days
    return Line(
        Matter.ATTENDANCE,
        str(one.id),
        Goal(Where.ATTENDANCE, one.id),
        _("Note attendance"),
        what=one.numbered_title if isinstance(one, Session) else "",
        detail=" · ".join(part for part in told if part),
        when=_("yesterday") if ago == 1 else days(ago),
        urgency=Urgency.SOON if ago == 1 else Urgency.LATE,
        mine=me is not None and any(leader.staff_id == me for leader in leaders),
        patients=() if isinstance(one, Session) else (one.patient_id,),
    )


def _of_centre(
    db: Db, centre_id: UUID, patients: Iterable[UUID], me: UUID | None
) -> dict[UUID, bool]:
    """Those of *patients* who are the centre's, each with whether they are of who sits here."""
    return {
        key: bool(mine)
        for part in parts(patients)
        for key, mine in db.execute(
            select(PatientRow.id, _mine(me)).where(
                PatientRow.id.in_(part), PatientRow.centre_id == centre_id
            )
        )
    }


def _mine(me: UUID | None) -> ColumnElement[bool]:
    """Whether who sits here is the contact person; asked to count, and so of everybody."""
    return PatientRow.contact_id.is_not_distinct_from(me) if me else false()
