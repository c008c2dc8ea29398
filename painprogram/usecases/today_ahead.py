"""Of what needs somebody today: clashes ahead, drafts that are not published, sheets to print."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from painprogram.domain.publications import State
from painprogram.domain.rules import Level, Rule
from painprogram.domain.sessions import Session, Visit
from painprogram.domain.today import Goal, Line, Matter, Urgency, Where, at, until, urgency
from painprogram.i18n import _, ngettext
from painprogram.storage.database import Database
from painprogram.storage.tables import GroupRow, SessionRow, VisitRow
from painprogram.usecases import publications, reprints, sessions
from painprogram.usecases.clashes import Found
from painprogram.usecases.schedule_batches import parts

FIRST_TIME = timedelta(weeks=4)
"""Before it begins a group should have been published at all."""


def lines(
    database: Database, centre_id: UUID, day: date, found: Sequence[Found]
) -> tuple[Line, ...]:
    me = database.actor.staff_id
    own = [one for one in found if one.rule is not Rule.ABSENT]  # absences stand by themselves
    return (
        *_clashes(database, own, day, me),
        *_drafts(database, publications.pending(database, centre_id, day), day, me),
        *_sheets(reprints.count(database, day, centre_id).sheets),
    )


def _clashes(
    database: Database, found: Sequence[Found], day: date, me: UUID | None
) -> Iterable[Line]:
    known = _occasions(database, found)
    for one in found:
        there = known.get(one.occasion)
        if there is None:
            continue
        involved = [known[key] for key in (one.occasion, one.other) if key in known]
        near = urgency(one.start.date(), day)
        today = one.start.date() == day and one.level is Level.BLOCKS
        yield Line(
            Matter.CLASH,
            f"{one.rule} {one.occasion} {one.other}",
            Goal(Where.OCCASION, one.occasion),
            _("Solve the clash"),
            what=_title(there),
            rest=there.group_name,
            detail=one.text,
            when=at(one.start, day),
            urgency=Urgency.LATE if today else near,
            strong=True,
            mine=any(me in _leading(each) for each in involved) if me else False,
        )


def _title(one: Session | Visit) -> str:
    return one.numbered_title if isinstance(one, Session) else one.title


def _leading(one: Session | Visit) -> set[UUID]:
    if isinstance(one, Visit):
        return {one.leader.staff_id} if one.leader else set()
    return {leader.staff_id for leader in one.leaders}


def _occasions(database: Database, found: Sequence[Found]) -> dict[UUID, Session | Visit]:
    wanted = {key for one in found for key in (one.occasion, one.other) if key}
    known: dict[UUID, Session | Visit] = {}
    with database.read() as db:
        for part in parts(wanted):
            for session in sessions.load(db, SessionRow.id.in_(part)):
                known[session.id] = session
            for visit in sessions.load_visits(db, VisitRow.id.in_(part)):
                known[visit.id] = visit
    return known


def _drafts(
    database: Database, found: Sequence[State], day: date, me: UUID | None
) -> Iterable[Line]:
    with database.read() as db:
        groups = {
            row.id: row
            for part in parts(one.group_id for one in found)
            for row in db.execute(
                select(GroupRow.id, GroupRow.start, GroupRow.owner_id, GroupRow.deputy_id).where(
                    GroupRow.id.in_(part)
                )
            )
        }
    for one in found:
        row = groups[one.group_id]
        if one.number is None and row.start > day + FIRST_TIME:
            continue
        begins = one.number is None and row.start >= day
        yield Line(
            Matter.DRAFT,
            str(one.group_id),
            Goal(Where.CHANGES, one.group_id),
            _("Show and publish"),
            what=one.group_name,
            detail=one.words,
            when=_("begins {when}").format(when=until(row.start, day)) if begins else "",
            urgency=urgency(row.start, day) if begins else Urgency.LATER,
            strong=True,
            mine=me is not None and me in (row.owner_id, row.deputy_id),
        )


def _sheets(many: int) -> Iterable[Line]:
    if many:
        told = ngettext("{number} patient schedule", "{number} patient schedules", many)
        yield Line(
            Matter.SHEETS,
            "sheets",
            Goal(Where.QUEUE),
            _("See and print all"),
            what=told.format(number=many),
            detail=_("They say something else than what is published now"),
            many=many,
        )
