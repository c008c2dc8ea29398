"""What a decision on a group leads to: worked out, and carried out."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.seats import Choice, Consequences, How, Notice
from painprogram.domain.ways import WayStatus
from painprogram.i18n import _, ngettext
from painprogram.storage.access import saw
from painprogram.storage.places import HELD
from painprogram.storage.tables import (
    CentreRow,
    EnrolmentRow,
    GroupRow,
    ProgrammeVersionRow,
    ReferralRow,
    SessionRow,
    VisitRow,
)
from painprogram.usecases import (
    affected,
    enrolments,
    groups,
    late_changes,
    redating,
    shifting,
    way_rows,
    ways,
)
from painprogram.usecases.affected import Person

MOVED = "moved"
"""How a place ended that goes on in another group."""


def targets(db: Db, group: Group, today: date) -> tuple[Group, ...]:
    """Groups that could take those of *group*: same programme and care provider, free seats."""
    programme = affected.programme_of(db, group)
    provider = affected.provider_of(db, group.centre_id)
    centres = set(db.scalars(select(CentreRow.id).where(CentreRow.provider_id == provider)))
    same = set(
        db.scalars(
            select(ProgrammeVersionRow.id).where(ProgrammeVersionRow.programme_id == programme)
        )
    )
    found = [
        one
        for one in groups.load(db)
        if one.id != group.id
        and one.programme_id in same
        and one.centre_id in centres
        and one.status in (GroupStatus.DRAFT, GroupStatus.OPEN)
        and one.paused is None
        and one.free
        and (one.rolling or (one.first or one.start) > today)
    ]
    return tuple(sorted(found, key=lambda one: (one.first or one.start, one.centre_name, one.name)))


def consequences(db: Db, group: Group, choice: Choice, today: date) -> Consequences:
    """Of *choice*, as things are now."""
    people = affected.people(db, group.id)
    saw(db, (one.patient_id for one in people))
    placed = [one for one in people if one.place]
    offered = [one for one in people if not one.place]
    hinder = _hinder(group, placed, choice, today)
    if hinder:
        return Consequences(choice, (), hinder=hinder)
    if choice.how is How.START:
        return _starting(group, choice, placed)
    if choice.how is How.MOVE:
        return _moving(db, group, choice, people, today)
    if choice.how is How.POOL:
        return _pooling(db, group, choice, placed, offered, today)
    return _cancelling(db, group, choice, placed, offered, today)


def carry_out(
    db: Db, group: Group, choice: Choice, today: date, who: str, because: str = ""
) -> None:
    """Do what was worked out; the transaction is the caller's."""
    row = db.get_one(GroupRow, group.id)
    row.decision = choice.how.decision or ""
    if choice.how is How.START:
        if row.status == GroupStatus.DRAFT:
            row.status = GroupStatus.OPEN
        return
    if choice.how is How.MOVE:
        days = 7 * choice.weeks
        shown = shifting.shown(db, group.id, days, group.first or group.start)
        redating.write(db, row, shown, reason=because, today=today, who=who)
        if row.decide_on is not None:
            row.decide_on += timedelta(days=days)
        return
    people = affected.people(db, group.id)
    reason = _("{group} does not start: {reason}").format(group=group.name, reason=choice.reason)
    if choice.how is How.POOL and choice.into is not None:
        into = groups.one(db, choice.into)
        stay, back = _seated(db, people, into)
        for one in stay:
            _take_over(db, one, into, today, reason)
        _send_waiting(db, group, into)
    else:
        back = people
    for one in back:
        _back_to_list(db, one, today, who, reason)
    _cancel_sessions(db, group.id, today, who)
    row.status = GroupStatus.CANCELLED


# Working out


def _hinder(group: Group, placed: Sequence[Person], choice: Choice, today: date) -> str:
    if group.activity:
        return _("{name} is an open lecture activity: it needs no decision.").format(
            name=group.name
        )
    if group.status is GroupStatus.CANCELLED:
        return _("{name} is cancelled.").format(name=group.name)
    begun = any(one.status is WayStatus.UNDER_WAY for one in placed)
    if choice.how is not How.START and (begun or (group.first or group.start) <= today):
        return _("{name} has begun. Pause it, or end the places one by one.").format(
            name=group.name
        )
    return ""


def _starting(group: Group, choice: Choice, placed: Sequence[Person]) -> Consequences:
    begins = i18n.day_short(group.first or group.start)
    many = len(placed)
    sentences = [
        ngettext(
            "{name} begins on {day} with {number} participant.",
            "{name} begins on {day} with {number} participants.",
            many,
        ).format(name=group.name, day=begins, number=many)
    ]
    if group.free:
        sentences.append(
            ngettext(
                "{number} seat stays open for those who wait.",
                "{number} seats stay open for those who wait.",
                group.free,
            ).format(number=group.free)
        )
    if group.status is GroupStatus.DRAFT:
        sentences.append(_("The group is opened for enrolment."))
    warnings: tuple[str, ...] = ()
    if many < group.minimum:
        few = _("That is fewer than the {minimum} the group was to have at least.")
        warnings = (few.format(minimum=group.minimum),)
    return Consequences(choice, tuple(sentences), warnings=warnings)


def _moving(
    db: Db, group: Group, choice: Choice, people: Sequence[Person], today: date
) -> Consequences:
    try:
        shown = shifting.shown(db, group.id, 7 * choice.weeks, group.first or group.start)
    except Refused as refused:
        return Consequences(choice, (), hinder=str(refused))
    first, last = shown.dates[0].start.date(), shown.dates[-1].start.date()
    if first <= today:
        return Consequences(choice, (), hinder=_("The group can't begin in the past."))
    sentences = [
        _("{name} begins on {day} instead of {before}, and ends on {last}.").format(
            name=group.name,
            day=i18n.day_short(first),
            before=i18n.day_short(group.first or group.start),
            last=i18n.day_short(last),
        ),
        ngettext(
            "{number} session gets a new date.",
            "{number} sessions get new dates.",
            len(shown.dates),
        ).format(number=len(shown.dates)),
        _("All keep their places; the decision is taken anew."),
    ]
    if shown.visits:
        sentences.append(
            ngettext(
                "{number} individual visit stays where it is: look at it.",
                "{number} individual visits stay where they are: look at them.",
                shown.visits,
            ).format(number=shown.visits)
        )
    warnings = [str(note) for note in shown.notes]
    warnings += [
        f"{one.session.numbered_title}, {i18n.day_short(one.start.date())}: {one.clash}"
        for one in shown.dates
        if one.clash
    ]
    what = _("The group begins on {day}").format(day=i18n.day_short(first))
    told = tuple(_notice(one, what) for one in people)
    return Consequences(choice, tuple(sentences), told, warnings=tuple(warnings))


def _pooling(
    db: Db,
    group: Group,
    choice: Choice,
    placed: Sequence[Person],
    offered: Sequence[Person],
    today: date,
) -> Consequences:
    into = next((one for one in targets(db, group, today) if one.id == choice.into), None)
    if into is None:
        hinder = _("Choose a group of the same programme and care provider, with free seats.")
        return Consequences(choice, (), hinder=hinder)
    stay, back = _seated(db, [*placed, *offered], into)
    begins = i18n.day_short(max(into.first or into.start, today))
    goes = _("Place in {group} at {centre}, from {day}").format(
        group=into.name, centre=into.centre_name, day=begins
    )
    asked = _("Is offered a place in {group} at {centre} instead").format(
        group=into.name, centre=into.centre_name
    )
    waits = _("Waits for another group; the wait counts from the referral")
    over = sum(one.place is not None for one in stay)
    sentences = [
        ngettext(
            "{number} of {of} place goes to {group} at {centre}, which begins on {day}.",
            "{number} of {of} places go to {group} at {centre}, which begins on {day}.",
            len(placed),
        ).format(number=over, of=len(placed), group=into.name, centre=into.centre_name, day=begins)
    ]
    if back:
        sentences.append(_no_seat(len(back)))
    waiting = len(affected.waiting_here(db, group)) if into.centre_id != group.centre_id else 0
    if waiting:
        sentences.append(
            ngettext(
                "{number} who waits here is proposed for groups at {centre} from now on.",
                "{number} who wait here are proposed for groups at {centre} from now on.",
                waiting,
            ).format(number=waiting, centre=into.centre_name)
        )
    sentences += _gone(db, group, today)
    told = tuple(
        [_notice(one, goes if one.place else asked) for one in stay]
        + [_notice(one, waits) for one in back]
    )
    return Consequences(choice, tuple(sentences), told, undoable=False)


def _cancelling(
    db: Db,
    group: Group,
    choice: Choice,
    placed: Sequence[Person],
    offered: Sequence[Person],
    today: date,
) -> Consequences:
    people = [*placed, *offered]
    sentences = [
        ngettext(
            "{number} patient goes back to the waiting list; the wait counts from the referral.",
            "{number} patients go back to the waiting list; the wait counts from the referral.",
            len(people),
        ).format(number=len(people)),
        *_gone(db, group, today),
    ]
    waits = _("The group is cancelled; waits for another")
    told = tuple(_notice(one, waits) for one in people)
    return Consequences(choice, tuple(sentences), told, undoable=False)


def _no_seat(many: int) -> str:
    return ngettext(
        "{number} gets no seat there, and goes back to the waiting list.",
        "{number} get no seat there, and go back to the waiting list.",
        many,
    ).format(number=many)


def _gone(db: Db, group: Group, today: date) -> list[str]:
    sessions = len(affected.sessions_ahead(db, group.id, today))
    visits = len(affected.visits_ahead(db, group.id, today))
    found = [
        ngettext(
            "{name} is cancelled with its {number} session; leaders and rooms are free again.",
            "{name} is cancelled with its {number} sessions; leaders and rooms are free again.",
            sessions,
        ).format(name=group.name, number=sessions)
    ]
    if visits:
        found.append(
            ngettext(
                "{number} individual visit goes with its patient, or is cancelled.",
                "{number} individual visits go with their patients, or are cancelled.",
                visits,
            ).format(number=visits)
        )
    found.append(_("It can't be undone: it is noted on each patient's way."))
    return found


def _notice(one: Person, what: str) -> Notice:
    return Notice(one.patient_id, one.name, what, one.reach, one.protected)


# Carrying out


def _seated(db: Db, people: Sequence[Person], into: Group) -> tuple[list[Person], list[Person]]:
    """Those who get a seat there, places before offers, and those who do not."""
    there = set(
        db.scalars(select(EnrolmentRow.patient_id).where(EnrolmentRow.group_id == into.id, HELD))
    )
    free = into.free - ways.offers(db, [into.id]).get(into.id, 0)
    wanting = [one for one in people if one.patient_id not in there]
    stay = wanting[: max(0, free)]
    return stay, [one for one in people if one not in stay]


def _take_over(db: Db, one: Person, into: Group, today: date, reason: str) -> None:
    if one.place is None:
        way = db.get_one(ReferralRow, one.way)
        way.offered_group_id = into.id
        return
    old = db.get_one(EnrolmentRow, one.place)
    old.last, old.ended_as, old.reason = max(today, old.first), MOVED, reason
    db.flush()
    first = max(today, into.first or into.start) if into.rolling else today
    new = enrolments.place(db, one.patient_id, into.id, first)
    for visit in db.scalars(
        select(VisitRow).where(
            VisitRow.enrolment_id == old.id, VisitRow.start >= affected.midnight(today)
        )
    ):
        visit.enrolment_id = new.id


def _back_to_list(db: Db, one: Person, today: date, who: str, reason: str) -> None:
    if one.place is not None:
        for visit in db.scalars(
            select(VisitRow).where(
                VisitRow.enrolment_id == one.place,
                VisitRow.cancelled.is_(False),
                VisitRow.start >= affected.midnight(today),
            )
        ):
            visit.cancelled = True
            visit.sequence += 1
    if one.way is None:
        raise RuntimeError("a place without a way")
    others = [place for place in way_rows.held_places(db, one.way) if place.id != one.place]
    if others and one.place is not None:  # on the same way, in another group
        place = db.get_one(EnrolmentRow, one.place)
        place.last, place.ended_as, place.reason = max(today, place.first), ways.WITHDRAWN, reason
        return
    way = db.get_one(ReferralRow, one.way)
    ways.take(db, way, WayStatus.WAITING, max(today, way.status_on), who, reason)


def _send_waiting(db: Db, group: Group, into: Group) -> None:
    """Those who wait here, and asked for no other centre, are proposed for groups there."""
    if into.centre_id == group.centre_id:
        return
    for way in db.scalars(
        select(ReferralRow).where(ReferralRow.id.in_(affected.waiting_here(db, group)))
    ):
        way.preferred_centre_id = into.centre_id


def _cancel_sessions(db: Db, group_id: UUID, today: date, who: str) -> None:
    keys = affected.sessions_ahead(db, group_id, today)
    with late_changes.noted(db, keys, today, who):
        for row in db.scalars(select(SessionRow).where(SessionRow.id.in_(keys))).all():
            row.cancelled = True
            row.sequence += 1
