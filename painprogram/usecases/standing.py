"""What stands in a stretch of weeks with all that the rules look at, and the words for it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.domain.availability import StaffTime
from painprogram.domain.clashes import Clash, Course, Meeting, Occasion, Surroundings, clashes
from painprogram.domain.load import Limits
from painprogram.domain.programmes import Content, Placement
from painprogram.domain.rules import Level, Rule, Rules, Setting
from painprogram.domain.rules.words import sentence
from painprogram.i18n import _
from painprogram.storage.places import weekly_limits
from painprogram.storage.tables import (
    GroupRow,
    RoomRow,
    RuleSettingRow,
    SessionRow,
    StaffRow,
)
from painprogram.usecases import occasions
from painprogram.usecases.availability import staff_time
from painprogram.usecases.centres import closures_of
from painprogram.usecases.occasions import Held


def rules_of(db: Db) -> dict[UUID | None, Rules]:
    """The rules of every centre that has set any."""
    found: dict[UUID, dict[Rule, Setting]] = defaultdict(dict)
    for row in db.execute(
        select(
            RuleSettingRow.centre_id,
            RuleSettingRow.rule,
            RuleSettingRow.level,
            RuleSettingRow.most,
        )
    ):
        found[row.centre_id][Rule(row.rule)] = Setting(Level(row.level), row.most)
    return {centre: Rules(of) for centre, of in found.items()}


class Standing:
    """Everything between two days, at every centre, as the rules see it."""

    def __init__(
        self,
        db: Db,
        first: date,
        last: date,
        *,
        today: date | None = None,
        closed_at: Collection[UUID] = (),
        ordered: Collection[UUID] | None = None,
    ) -> None:
        """*closed_at*: also the closed days of these centres, where nothing stands yet.

        *ordered*: the groups whose order is looked at, all where it is None.
        """
        self.held: dict[UUID, Held] = occasions.load(db, first, last)
        self.occasions: dict[UUID, Occasion] = {key: one.occasion for key, one in self.held.items()}
        self.around = _around(db, first, last, self.held.values(), today, closed_at, ordered)
        self._db = db

    @cached_property
    def names(self) -> Mapping[UUID, str]:
        return names_of(self._db)

    def clashes(self, *, moved: bool = False) -> tuple[Clash, ...]:
        return clashes(self.occasions.values(), self.around, moved=moved)

    def without(self, keys: Collection[UUID], *, moved: bool = False) -> tuple[Clash, ...]:
        """What would clash if these did not stand there."""
        left = [one for key, one in self.occasions.items() if key not in keys]
        courses = {group: _less(course, keys) for group, course in self.around.courses.items()}
        return clashes(left, replace(self.around, courses=courses), moved=moved)

    def one(self, key: UUID) -> Occasion | Meeting:
        found = self.occasions.get(key) or self.around.meeting(key)
        assert found is not None  # noqa: S101 -- every clash is between what is known
        return found

    def level(self, clash: Clash) -> Level:
        """As the strictest of the centres involved takes it."""
        keys = (clash.occasion, clash.other) if clash.other else (clash.occasion,)
        return self.around.level(clash.rule, *(self.one(key).centre for key in keys))

    def where(self, key: UUID) -> str:
        """``Avslappning 3 (H26 A), tis 10 nov 13.00``"""
        there = self.one(key)
        return _("{title}, {day} {time}").format(
            title=there.title,
            day=i18n.day_short(there.start.date()),
            time=i18n.clock(there.start),
        )

    def sentence(self, clash: Clash, *, turned: bool = False) -> str:
        """What stands against the first of the two, or *turned* against the other."""
        key = clash.occasion if turned else clash.other
        return sentence(clash, self.names, self.one(key) if key else None, turned=turned)


def names_of(db: Db) -> dict[UUID, str]:
    """Of all colleagues and rooms."""
    names = {row.id: row.name for row in db.execute(select(StaffRow.id, StaffRow.name))}
    return names | {row.id: row.name for row in db.execute(select(RoomRow.id, RoomRow.name))}


def _around(
    db: Db,
    first: date,
    last: date,
    held: Iterable[Held],
    today: date | None,
    closed_at: Collection[UUID],
    ordered: Collection[UUID] | None,
) -> Surroundings:
    there = list(held)
    centres = {one.centre_id for one in there} | set(closed_at)
    groups = {one.occasion.group for one in there if one.occasion.group}
    if ordered is not None:
        groups &= set(ordered)
    return Surroundings(
        rules_of(db),
        {centre: closures_of(db, centre, first, last) for centre in sorted(centres)},
        staff_time(db, first, last) if centres else StaffTime(),
        courses(db, groups),
        today,
        limits_of(db),
    )


def limits_of(db: Db) -> dict[UUID, dict[Rule, int]]:
    """By patient: what a week may ask of them, where something of their own is said."""
    return {patient: Limits(*of).by_rule() for patient, of in weekly_limits(db).items()}


def courses(db: Db, groups: Collection[UUID]) -> dict[UUID, Course]:
    """The order of each of *groups* whose programme asks for one, wherever its sessions stand."""
    if not groups:
        return {}
    versions = {
        row.id: row.programme_version_id
        for row in db.execute(
            select(GroupRow.id, GroupRow.programme_version_id).where(
                GroupRow.id.in_(groups),
                GroupRow.rolling.is_(False),  # it goes round: each lap has an order of its own
            )
        )
    }
    known = occasions.contents(db, versions.values())
    orders = {version: _order(content) for version, content in known.items()}
    ordered = {group: known[version] for group, version in versions.items() if orders[version]}
    strands = {
        strand
        for order in orders.values()
        for key, before in order.items()
        for strand in (key, *before)
    }
    meetings = _meetings(db, ordered, strands)
    return {group: Course(orders[versions[group]], meetings.get(group, {})) for group in ordered}


def _order(content: Content) -> dict[str, tuple[str, ...]]:
    """What must come after what among the sessions; visits are each patient's own."""
    of_group = {one.key for one in content.strands if one.placement is not Placement.VISIT}
    return {
        strand.key: before
        for strand in content.strands
        if strand.key in of_group
        and (before := tuple(key for key in strand.after if key in of_group))
    }


def _meetings(
    db: Db, known: Mapping[UUID, Content], strands: Collection[str]
) -> dict[UUID, dict[str, tuple[Meeting, ...]]]:
    if not known:
        return {}
    several = occasions.several(db, set(known))
    found: dict[UUID, dict[str, list[Meeting]]] = defaultdict(lambda: defaultdict(list))
    for row in db.execute(
        select(
            SessionRow.id,
            SessionRow.group_id,
            SessionRow.centre_id,
            SessionRow.strand,
            SessionRow.module,
            SessionRow.number,
            SessionRow.start,
            SessionRow.minutes,
            GroupRow.name,
        )
        .join(GroupRow, GroupRow.id == SessionRow.group_id)
        .where(
            SessionRow.group_id.in_(known),
            SessionRow.strand.in_(strands),
            SessionRow.cancelled.is_(False),
        )
        .order_by(SessionRow.start)
    ):
        words = occasions.title(
            known[row.group_id].module(row.module),
            row.number,
            row.name,
            numbered=(row.group_id, row.strand) in several,
        )
        end = row.start + timedelta(minutes=row.minutes)
        found[row.group_id][row.strand].append(
            Meeting(row.id, words, row.start, end, row.centre_id)
        )
    return {
        group: {strand: tuple(there) for strand, there in of.items()} for group, of in found.items()
    }


def _less(course: Course, keys: Collection[UUID]) -> Course:
    left = {
        strand: tuple(one for one in there if one.id not in keys)
        for strand, there in course.meetings.items()
    }
    return Course(course.after, left)
