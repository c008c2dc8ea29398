"""The seats of a group: the forecast, the day of decision, and the decision with all it leads to.

A choice is worked out first (``consequences``), and then done in one step (``decide``).
"""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session as Db

from painprogram.domain.errors import Refused
from painprogram.domain.filling import judged
from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.seats import (
    SOON,
    Answers,
    Choice,
    Consequences,
    Forecast,
    How,
    check_choice,
    check_decision_day,
    decision_day,
)
from painprogram.domain.ways import WayStatus
from painprogram.i18n import _
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    GroupRow,
    ProgrammeVersionRow,
    ReferralRow,
    ReferralStepRow,
)
from painprogram.usecases import deciding, groups, waiting, ways

LATELY = timedelta(days=730)
"""Answers to offers that are counted with."""
_UNBEGUN = timedelta(days=365)
"""A group that should have begun before that, has nothing left to decide."""


def forecast(database: Database, group_id: UUID, today: date) -> Forecast:
    """How many the group will have: those with a place, and of those who wait the ones who fit.

    Whoever waits is judged as when a seat is proposed: programme, centre, times, access.
    """
    with database.read_patients(_("Forecast a group from the waiting list")) as db:
        return _judged(db, groups.one(db, group_id), today)


def outlook(database: Database, group_id: UUID, today: date) -> Forecast:
    """As ``forecast``, but those who wait are counted by programme and centre alone.

    Nobody's data are read, so it can stand on a screen.
    """
    with database.read() as db:
        return _counted(db, groups.one(db, group_id), today)


def near(database: Database, centre_id: UUID | None, today: date) -> tuple[Forecast, ...]:
    """Groups whose decision is due within two weeks, or overdue: the first to decide first.

    Those who wait are counted by programme and centre alone: nobody's data are read.
    """
    with database.read() as db:
        found = [
            _counted(db, group, today)
            for group in groups.load(db, centre_id, None, *_undecided(today))
            if not group.activity
            and group.status in (GroupStatus.DRAFT, GroupStatus.OPEN)
            and group.decision is None
            and (group.first or group.start) > today
            and (decision_day(group) - today).days <= SOON
        ]
    return tuple(sorted(found, key=lambda one: (one.decide_on, one.group.name)))


def _undecided(today: date) -> tuple[ColumnElement[bool], ...]:
    """Groups that may have something to decide, out of all that ever ran."""
    return (
        GroupRow.activity.is_(False),
        GroupRow.decision == "",
        GroupRow.status.in_((GroupStatus.DRAFT, GroupStatus.OPEN)),
        GroupRow.start > today - _UNBEGUN,
    )


def set_decision_day(database: Database, group_id: UUID, day: date | None) -> Group:
    """Set the day on which it is decided whether the group starts; None: two weeks before."""
    name = groups.group(database, group_id).name
    with database.change(_("Set the decision day of group {name}").format(name=name)) as db:
        check_decision_day(groups.one(db, group_id), day)
        row = db.get_one(GroupRow, group_id)
        row.decide_on, row.decision = day, ""
        db.flush()
        return groups.one(db, group_id)


def targets(database: Database, group_id: UUID, today: date) -> tuple[Group, ...]:
    """Groups of the same programme and care provider that have free seats and are ahead."""
    with database.read() as db:
        return deciding.targets(db, groups.one(db, group_id), today)


def consequences(database: Database, group_id: UUID, choice: Choice, today: date) -> Consequences:
    """Everything that a choice would lead to, in words, and who must be told. Nothing is done."""
    with database.read_patients(_("Work out what a decision leads to")) as db:
        return deciding.consequences(db, groups.one(db, group_id), choice, today)


def decide(
    database: Database,
    group_id: UUID,
    choice: Choice,
    today: date,
    *,
    because: str = "",
) -> Group:
    """Decide, with all it leads to, in one step. *because*: why clashes are to stand.

    What ends places or takes patients back to the waiting list is noted on their ways, and so
    can't be undone; starting and moving can.
    """
    wanted = check_choice(choice)
    name = groups.group(database, group_id).name
    label = _("Decide on group {name}: {how}").format(name=name, how=wanted.how.label.lower())
    undoable = wanted.how in (How.START, How.MOVE)
    with database.change(label, undoable=undoable) as db:
        group = groups.one(db, group_id)
        found = deciding.consequences(db, group, wanted, today)
        if found.hinder:
            raise Refused(found.hinder)
        deciding.carry_out(db, group, wanted, today, database.actor.name, because)
        db.flush()
        return groups.one(db, group_id)


# Inside


def _judged(db: Db, group: Group, today: date) -> Forecast:
    line = [
        one
        for one in waiting.load(db, today, group.centre_id)
        if one.referral.status is WayStatus.WAITING
    ]
    seat = waiting.seat_in(db, group, today)
    fitting = sum(one.seat is not None for one in judged(line, seat, len(line)))
    offered = ways.offers(db, [group.id]).get(group.id, 0)
    return Forecast(group, today, offered, fitting, len(line) - fitting, _answers(db, group, today))


def _counted(db: Db, group: Group, today: date) -> Forecast:
    programme = db.scalar(
        select(ProgrammeVersionRow.programme_id).where(ProgrammeVersionRow.id == group.programme_id)
    )
    line = db.execute(
        select(
            ReferralRow.programme_id, ReferralRow.centre_id, ReferralRow.preferred_centre_id
        ).where(
            ReferralRow.status == WayStatus.WAITING,
            or_(
                ReferralRow.centre_id == group.centre_id,
                ReferralRow.preferred_centre_id == group.centre_id,
            ),
        )
    ).all()
    fitting = sum(
        row.programme_id in (None, programme)
        and (row.preferred_centre_id or row.centre_id) == group.centre_id
        for row in line
    )
    offered = ways.offers(db, [group.id]).get(group.id, 0)
    return Forecast(group, today, offered, fitting, len(line) - fitting, _answers(db, group, today))


def _answers(db: Db, group: Group, today: date) -> Answers:
    """What became of the places that the centre offered lately."""
    steps = db.execute(
        select(ReferralStepRow.referral_id, ReferralStepRow.status)
        .join(ReferralRow, ReferralRow.id == ReferralStepRow.referral_id)
        .where(
            ReferralRow.centre_id == group.centre_id,
            ReferralStepRow.status_on >= today - LATELY,
            ReferralStepRow.status.in_((WayStatus.OFFERED, WayStatus.PLACED)),
        )
    ).all()
    offered = {row.referral_id for row in steps if row.status == WayStatus.OFFERED}
    placed = {row.referral_id for row in steps if row.status == WayStatus.PLACED} & offered
    still = set(
        db.scalars(
            select(ReferralRow.id).where(
                ReferralRow.centre_id == group.centre_id, ReferralRow.status == WayStatus.OFFERED
            )
        )
    )
    return Answers(len(placed), len((offered - still) | placed))
