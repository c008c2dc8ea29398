"""Start a group: a suggestion to begin with, a preview of every date, then all of it at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.domain.clashes import Occasion
from painprogram.domain.closures import Closure
from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group, GroupStatus, check_owners, check_size, check_year
from painprogram.domain.people import Staff
from painprogram.domain.planning import (
    WEEK,
    Dated,
    Note,
    NoteKind,
    StrandPlan,
    Timetable,
    besides,
    horizon,
    monday,
    name_after,
    overlaps,
    proposed,
    timetable,
    usual_plans,
)
from painprogram.domain.programmes import Content, Placement, Strand
from painprogram.domain.rooms import Room
from painprogram.domain.sessions import Session
from painprogram.i18n import _
from painprogram.storage.database import Database
from painprogram.storage.tables import CentreRow, GroupRow, LinkRow, SessionRow, StaffRow
from painprogram.usecases import clashes, groups, redating, rooms, sessions, staff
from painprogram.usecases.centres import closures_of, named
from painprogram.usecases.free import Free
from painprogram.usecases.programmes import Offered, content_of, in_use, offered


@dataclass(frozen=True, slots=True)
class NewGroup:
    """What the user has said of a group before it is made."""

    content: Content
    centre_id: UUID
    name: str
    start: date
    """Any day of the first week; nothing stands before it."""
    minimum: int
    maximum: int
    strands: Mapping[str, StrandPlan]
    owner_id: UUID | None = None
    letter: str = ""
    deputy_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A session of another activity that would be linked in."""

    strand: str
    number: int
    session: Session


@dataclass(frozen=True, slots=True)
class Preview:
    """Every date of a group before it is made."""

    timetable: Timetable
    links: tuple[Link, ...]
    clashes: Mapping[tuple[str, int], str]
    """By strand and number: the first thing that stands against it, in words."""
    last_week: date
    """Monday of the week in which the last session stands."""

    @property
    def notes(self) -> tuple[Note, ...]:
        return self.timetable.notes


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen among when a group is started."""

    offered: tuple[Offered, ...]
    staff: tuple[Staff, ...]
    """Of all centres: a colleague of another one may lead."""
    rooms: tuple[Room, ...]
    names: tuple[str, ...]
    """That are taken."""


def choices(database: Database, centre_id: UUID) -> Choices:
    """The newest programmes, every colleague, the centre's rooms and its groups' names."""
    return Choices(
        tuple(one for one in offered(database) if one.newest),
        staff.staff(database),
        rooms.rooms(database, centre_id),
        tuple(group.name for group in groups.groups(database, centre_id)),
    )


def suggestion(
    database: Database, content: Content, centre_id: UUID, name: str, start: date
) -> NewGroup:
    """A group with the programme's own times, and leaders and rooms that suit and are free.

    Refused where a module asks for a profession that nobody has, with the module's name.
    """
    with database.read() as db:
        centre = db.get_one(CentreRow, centre_id)
        shut = closures_of(db, centre_id, monday(start), horizon(start))
        free = Free(db, start, centre)
        plans: dict[str, StrandPlan] = {}
        for strand in content.strands:
            module = content.module(strand.module)
            if strand.key not in (times := proposed(content)):
                free.leaders(module.needs, str(module.name), ())  # there must be somebody
                continue
            plan = times[strand.key]
            spans = [
                (dated.start, dated.end)
                for dated in timetable(content, start, {strand.key: plan}, shut).sessions
            ]
            leaders = free.leaders(module.needs, str(module.name), spans)
            room = free.room(spans, content.maximum, module.equipment)
            plans[strand.key] = replace(plan, leaders=leaders, room_id=room)
            free.book(spans, leaders, room)
    owner = next((plan.leaders[0] for plan in plans.values() if plan.leaders), None)
    return NewGroup(content, centre_id, name, start, content.minimum, content.maximum, plans, owner)


def like(database: Database, group_id: UUID, start: date, beside: bool) -> NewGroup:  # noqa: FBT001
    """A new run of a group, or a parallel group *beside* it, as a first proposal.

    Of the programme as it is now; days, times, rooms, leaders, owner and size as the group's own.
    A parallel group meets before or after the other where its leaders and room allow it. Who or
    what is taken is replaced by what is free.
    """
    check_year(start)
    with database.read() as db:
        pattern = groups.one(db, group_id)
        version = db.get_one(GroupRow, group_id).programme_version
        key, said = version.programme.key, content_of(version)
        own = [
            redating.as_planned(said, session).dated
            for session in sessions.load(db, SessionRow.group_id == group_id)
        ]
        active = set(db.scalars(select(StaffRow.id).where(StaffRow.active)))
    newest = (one.content for one in offered(database) if one.newest)
    content = next(one for one in newest if one.key == key)
    with database.read() as db:
        centre = db.get_one(CentreRow, pattern.centre_id)
        shut = closures_of(db, centre.id, monday(start), horizon(start))
        maker = _Likeness(Free(db, start, centre), content, start, shut, pattern.maximum)
        usual = usual_plans(own, pattern.start)
        plans = {
            strand: maker.plan(strand, usual.get(strand, plan), beside=beside)
            for strand, plan in proposed(content).items()
        }
    taken = [group.name for group in groups.groups(database, pattern.centre_id)]
    owner, deputy = (
        one if one in active else None for one in (pattern.owner_id, pattern.deputy_id)
    )
    return NewGroup(
        content,
        pattern.centre_id,
        name_after(pattern.name, content, start, taken),
        start,
        pattern.minimum,
        pattern.maximum,
        plans,
        owner,
        deputy_id=deputy if owner else None,
    )


def preview(database: Database, new: NewGroup) -> Preview:
    """Every date, what is skipped or moved and why, what is linked in, and what clashes."""
    with database.read() as db:
        return _preview(db, new)


def start(database: Database, new: NewGroup) -> Group:
    """Make the group with all its sessions, as previewed; a draft until it is opened."""
    name = named(new.name, _("the group"))
    check_size(new.minimum, new.maximum)
    check_owners(new.owner_id, new.deputy_id)
    with database.change(_("Start group {name}").format(name=name)) as db:
        groups.check_name(db, new.centre_id, name)
        shown = _preview(db, new)
        version = in_use(db, new.content)
        row = GroupRow(
            centre_id=new.centre_id,
            programme_version=version,
            name=name,
            letter=(new.letter.strip() or name.split()[-1][0].upper())[:2],
            status=GroupStatus.OPEN if new.content.activity else GroupStatus.DRAFT,
            start=monday(new.start),
            minimum=new.minimum,
            maximum=new.maximum,
            owner_id=new.owner_id,
            deputy_id=new.deputy_id,
            activity=new.content.activity,
            rolling=not new.content.closed and not new.content.activity,
        )
        db.add(row)
        db.flush()
        sessions.lay_out(db, row.id, new.centre_id, shown.timetable.sessions)
        for link in shown.links:
            db.add(
                LinkRow(
                    group_id=row.id,
                    session_id=link.session.id,
                    strand=link.strand,
                    number=link.number,
                    quota=new.maximum,
                )
            )
        db.flush()
        return groups.one(db, row.id)


class _Likeness:
    """Plans as those of another group, with what is free."""

    def __init__(
        self, free: Free, content: Content, start: date, shut: tuple[Closure, ...], seats: int
    ) -> None:
        self._free, self._content, self._start = free, content, start
        self._shut, self._seats = shut, seats
        self._group: list[tuple[datetime, datetime]] = []
        """When the group itself has something."""

    def plan(self, strand: str, usual: StrandPlan, *, beside: bool) -> StrandPlan:
        module = self._content.module(self._content.strand(strand).module)
        tried = (*besides(usual, module), usual) if beside else (usual,)
        found = next((plan for plan in tried if self._all_free(strand, plan)), None)
        if found is None:
            times = self._times(strand, usual)
            kept = usual.leaders and all(self._free.suits(one, times) for one in usual.leaders)
            leaders = usual.leaders
            if not kept:
                leaders = self._free.leaders(module.needs, str(module.name), times)
            room = usual.room_id
            if room is None or not self._free.suits(room, times):
                room = self._free.room(times, self._seats, module.equipment)
            found = replace(usual, leaders=leaders, room_id=room)
        times = self._times(strand, found)
        self._free.book(times, found.leaders, found.room_id)
        self._group += times
        return found

    def _all_free(self, strand: str, plan: StrandPlan) -> bool:
        times = self._times(strand, plan)
        wanted = [*plan.leaders, *([plan.room_id] if plan.room_id else [])]
        own = any(a < end and start < b for start, end in times for a, b in self._group)
        return (
            not own and bool(plan.leaders) and all(self._free.suits(one, times) for one in wanted)
        )

    def _times(self, strand: str, plan: StrandPlan) -> list[tuple[datetime, datetime]]:
        dates = timetable(self._content, self._start, {strand: plan}, self._shut)
        return [(dated.start, dated.end) for dated in dates.sessions]


def _preview(db: Db, new: NewGroup) -> Preview:
    if not 2000 <= new.start.year <= 2100:  # noqa: PLR2004 -- a slip of the finger, not a plan
        raise Refused(
            _("{day} is not a day to start a group on.").format(day=i18n.date_long(new.start))
        )
    shut = closures_of(db, new.centre_id, monday(new.start), horizon(new.start))
    dates = timetable(new.content, new.start, new.strands, shut)
    last_week = max(
        (monday(dated.start.date()) for dated in dates.sessions), default=monday(new.start)
    )
    links, missing = _links(db, new, dates, last_week)
    dates = replace(dates, notes=(*dates.notes, *missing))
    return Preview(dates, links, _clashes(db, new, dates, links), last_week)


def _links(
    db: Db, new: NewGroup, dates: Timetable, last_week: date
) -> tuple[tuple[Link, ...], tuple[Note, ...]]:
    """Open lectures of the centre while the group runs: the first that the group is free for."""
    links: list[Link] = []
    missing: list[Note] = []
    for strand in new.content.strands:
        if strand.placement is not Placement.LINKED:
            continue
        chosen = {link.session.id for link in links}
        on_offer = [
            session for session in _offered(db, new, strand, last_week) if session.id not in chosen
        ]
        on_offer.sort(key=lambda session: bool(overlaps(session, dates.sessions)))
        found = sorted(on_offer[: strand.occurrences], key=lambda session: session.start)
        links += [Link(strand.key, n, session) for n, session in enumerate(found, 1)]
        if len(found) < strand.occurrences:
            reason = _("no open lecture to link in is planned while the group runs.")
            title = str(new.content.module(strand.module).name)
            missing.append(Note(NoteKind.UNLINKED, strand.key, title, None, reason))
    return tuple(links), tuple(missing)


def _offered(db: Db, new: NewGroup, strand: Strand, last_week: date) -> tuple[Session, ...]:
    """The lectures that *strand* could link in, in order of time."""
    first = max(new.start, monday(new.start) + (strand.week - 1) * WEEK)
    end = last_week + WEEK
    if strand.latest_week:
        end = max(first, min(end, monday(new.start) + strand.latest_week * WEEK))
    return sessions.load(
        db,
        SessionRow.centre_id == new.centre_id,
        SessionRow.module == strand.module,
        SessionRow.cancelled.is_(False),
        SessionRow.start >= datetime.combine(first, time()),
        SessionRow.start < datetime.combine(end, time()),
        SessionRow.group.has(GroupRow.activity & (GroupRow.status != GroupStatus.CANCELLED)),
    )


def _clashes(
    db: Db, new: NewGroup, dates: Timetable, links: tuple[Link, ...]
) -> dict[tuple[str, int], str]:
    if not dates.sessions:
        return {}
    planned = {UUID(int=number): dated for number, dated in enumerate(dates.sessions)}
    occasions = [
        Occasion(
            key,
            _title(dated),
            dated.start,
            dated.end,
            frozenset(dated.leaders),
            groups.professions(db, dated.leaders),
            dated.room_id,
            needs=dated.module.needs,
        )
        for key, dated in planned.items()
    ]
    first, last = dates.sessions[0].start.date(), dates.sessions[-1].start.date()
    said = clashes.against(db, occasions, new.centre_id, first, last)
    found = {
        (dated.strand, dated.number): said[key] for key, dated in planned.items() if key in said
    }
    return found | _within(new, dates, links)


def _within(new: NewGroup, dates: Timetable, links: tuple[Link, ...]) -> dict[tuple[str, int], str]:
    """Two sessions of the group at the same time: nobody can come to both."""
    if new.content.activity:  # anybody comes to what they like
        return {}
    linked = [(link.session.title, link.session) for link in links]
    own = [(_title(dated), dated) for dated in dates.sessions]
    found = {}
    for dated in dates.sessions:
        others: list[tuple[str, Dated | Session]] = [
            *((title, other) for title, other in own if other is not dated),
            *linked,
        ]
        at_once = next((one for one in others if overlaps(dated, [one[1]])), None)
        if at_once:
            title, other = at_once
            found[dated.strand, dated.number] = _(
                "The group has {other} {time} at the same time."
            ).format(other=title, time=i18n.clock_range(other.start, other.end))
    return found


def _title(dated: Dated) -> str:
    name = str(dated.module.name)
    return f"{name} {dated.number}" if dated.of > 1 else name
