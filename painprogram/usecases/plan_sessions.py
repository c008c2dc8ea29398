"""A session as the planner sees it: when it may be held, where, and by whom."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID, uuid5

from painprogram.domain.clashes import Occasion
from painprogram.domain.people import Staff
from painprogram.domain.planning import EVENING, MORNING, WEEK, WORKDAYS, monday
from painprogram.domain.plans import ALL_LOCKS, Easing, EasingKind, LockKind
from painprogram.domain.programmes import Need, Placement
from painprogram.domain.rooms import Room
from painprogram.domain.rules.occasion import folded_competence
from painprogram.domain.sessions import Session
from painprogram.planner.problem import Lock, Place, Role
from painprogram.planner.problem import Session as Wanted
from painprogram.usecases.plan_facts import Facts
from painprogram.usecases.plan_resources import NAMES

STEP = timedelta(minutes=30)


@dataclass(frozen=True)
class Offer:
    """What sessions may be given; *planned* are those that the plan may place."""

    facts: Facts
    planned: frozenset[UUID]
    """Also those that only stand in the problem, to be seen by the others of their series."""
    wide: frozenset[UUID]
    """Those that may come to a week before or after their own."""
    eased: tuple[Easing, ...] = ()
    unlocked: bool = False
    """Whether locks are left out of account: to see what they cost."""

    def session(self, one: Session, patients: int) -> Wanted:
        """*one*, free to move as far as it is not locked; *patients* come as a matter of course."""
        locked = self.locks(one.id)
        pinned = self._pinned(one.id)
        if pinned is not None and pinned.start is not None:
            starts: tuple[datetime, ...] = (pinned.start,)
            rooms: tuple[UUID, ...] = (pinned.room_id,) if pinned.room_id else ()
            roles = self.led_by(pinned.staff)
        else:
            starts = (one.start,) if LockKind.TIME in locked else self.starts(one)
            rooms = self._locked_room(one) if LockKind.ROOM in locked else self.rooms(one)
            staff = tuple(leader.staff_id for leader in one.leaders)
            roles = self.led_by(staff) if LockKind.LEADERS in locked else self.roles(one)
        held = self.facts.occasions[one.id]
        heads = len(held.patients)
        seats = [self.facts.rooms[key].seats for key in rooms]
        return Wanted(
            one.id,
            held.title,
            one.minutes,
            starts,
            roles=roles,
            rooms=rooms,
            heads=patients,
            crowding=bool(seats) and max(seats) < heads,
            seats=None if held.largest is None else max(held.largest, heads),
            preparation=one.preparation,
            wrap_up=one.wrap_up,
            series=series_key(one),
            lock=Lock(
                one.start if LockKind.TIME in locked else None,
                one.room_id if LockKind.ROOM in locked else None,
                stands(one).leaders if LockKind.LEADERS in locked else None,
            )
            if pinned is None
            else Lock(),
            today=stands(one),
        )

    def still(self, one: Session, patients: int) -> Wanted:
        """*one* just as it stands."""
        found = self.session(one, patients)
        staff = tuple(leader.staff_id for leader in one.leaders)
        return replace(
            found,
            starts=(one.start,),
            roles=self.led_by(staff),
            rooms=(one.room_id,) if one.room_id else (),
            crowding=True,
            lock=Lock(one.start, one.room_id, frozenset(staff)),
        )

    def locks(self, key: UUID) -> frozenset[LockKind]:
        eased = any(one.kind is EasingKind.UNLOCK and one.about == key for one in self.eased)
        return frozenset() if self.unlocked or eased else self.facts.locked(key)

    def _pinned(self, key: UUID) -> Easing | None:
        return next(
            (one for one in self.eased if one.kind is EasingKind.PLACE and one.about == key), None
        )

    # When

    def starts(self, one: Session) -> tuple[datetime, ...]:
        """Half hours of the workdays of its week, open ones, within the programme's order."""
        first = monday(one.start.date())
        weeks = [first - WEEK, first, first + WEEK] if one.id in self.wide else [first]
        days = [week + timedelta(days=n) for week in weeks for n in range(WORKDAYS)]
        days += [] if one.start.date() in days else [one.start.date()]
        proposed = self.facts.strand(one).start
        usual = {one.start.time(), *({proposed} if proposed else ())}
        times = usual | set(_half_hours())
        length = timedelta(minutes=one.minutes)
        found = [
            start
            for day in sorted(days)
            if day >= self.facts.first
            for at in sorted(times)
            for start in [datetime.combine(day, at)]
            if at in usual or start + length <= datetime.combine(day, EVENING)
        ]
        held = self.facts.occasions[one.id]
        open_ = [start for start in found if not self._closed(held, start)]
        for keeps in (self._in_time, self._in_order, self._on_its_own):
            open_ = [start for start in open_ if keeps(one, start)] or open_
        return tuple(open_)

    def _closed(self, held: Occasion, start: datetime) -> bool:
        end = start + (held.end - held.start)
        closures = self.facts.around.closures_on(held.centre, start.date())
        return any(closure.covers(start, end) for closure in closures)

    def _in_time(self, one: Session, start: datetime) -> bool:
        """Within the weeks that the programme has for it, and that it lasts."""
        held, latest = self.facts.occasions[one.id], self.facts.strand(one).latest_week
        group = self.facts.groups[one.group_id]
        if start.date() < group.start:
            return False
        if latest and start.date() >= monday(group.start) + latest * WEEK:
            return False
        return held.latest is None or start.date() < held.latest

    def _in_order(self, one: Session, start: datetime) -> bool:
        """After and before what the plan takes as it is."""
        course = self.facts.around.courses.get(one.group_id)
        if course is None:
            return True
        end = start + timedelta(minutes=one.minutes)
        before = (
            meeting
            for key in course.after.get(one.strand, ())
            for meeting in course.meetings[key]
            if key in course.meetings
        )
        return all(m.id in self.planned or m.end <= start for m in before) and all(
            m.id in self.planned or end <= m.start for m in course.after_me(one.strand)
        )

    def _on_its_own(self, one: Session, start: datetime) -> bool:
        """Not on a day that another of its series has, as it stands."""
        return start.date() == one.start.date() or start.date() not in self._days.get(
            (one.group_id, one.strand), ()
        )

    @cached_property
    def _days(self) -> dict[tuple[UUID, str], set[date]]:
        found: dict[tuple[UUID, str], set[date]] = {}
        for held in self.facts.occasions.values():
            if held.group in self.facts.groups and held.id not in self.planned and held.group:
                found.setdefault((held.group, held.strand), set()).add(held.start.date())
        return found

    # Where

    def _locked_room(self, one: Session) -> tuple[UUID, ...]:
        return (one.room_id,) if one.room_id else ()

    def rooms(self, one: Session) -> tuple[UUID, ...]:
        """Those of the centre with what it needs; with seats for all who may come, where any has.

        None where it has none, and neither needs nor is used to one.
        """
        module, many = self.facts.module(one), len(self.facts.occasions[one.id].patients)
        if one.room_id is None and not module.equipment and not self._roomed(one):
            return ()
        fit = [
            room
            for room in self._rooms(one.centre_id)
            if set(module.equipment) <= set(room.equipment)
        ]
        if not fit:
            return self._locked_room(one)
        seated = [room for room in fit if room.seats >= many] or fit
        limit = self.facts.groups[one.group_id].maximum
        if module.largest:
            limit = min(limit, module.largest)
        roomy = [room for room in seated if room.seats >= limit or room.id == one.room_id]
        keys = [room.id for room in roomy or seated]
        return tuple(sorted(keys, key=lambda key: (key != one.room_id, key)))

    def _rooms(self, centre_id: UUID) -> Iterator[Room]:
        for room in self.facts.rooms.values():
            if room.active and room.centre_id == centre_id:
                yield room

    def _roomed(self, one: Session) -> bool:
        return any(
            held.room is not None
            for held in self.facts.occasions.values()
            if held.group == one.group_id and held.strand == one.strand
        )

    def lacks_room(self, one: Session) -> bool:
        locked = LockKind.ROOM in self.locks(one.id)
        return one.room_id is None and not locked and bool(self.rooms(one))

    # By whom

    def roles(self, one: Session) -> tuple[Role, ...]:
        """What the module asks for; who leads it beside that, may be another of the same work."""
        module = self.facts.module(one)
        left = [leader.staff_id for leader in one.leaders]
        roles = []
        for need in sorted(module.needs, key=lambda need: len(need.professions)):
            now = next(
                (k for k in left if k in self.facts.staff and _suits(self.facts.staff[k], need)),
                None,
            )
            if now is not None:
                left.remove(now)
            roles.append(Role(str(need), self._candidates(need, one)))
        for key in left:
            person = self.facts.staff[key]
            need = Need((person.profession,))
            roles.append(Role(str(need), self._candidates(need, one)))
        return self._trained(tuple(roles), module.competences)

    def _candidates(self, need: Need, one: Session) -> tuple[UUID, ...]:
        """Of the own centre, and who leads it now; else of the care provider; else anybody."""
        suited = [s for s in self.facts.staff.values() if s.active and _suits(s, need)]
        now = {leader.staff_id for leader in one.leaders}
        provider = self.facts.providers.get(one.centre_id)
        near = [s for s in suited if s.centre_id == one.centre_id]
        kin = [s for s in suited if self.facts.providers.get(s.centre_id) == provider]
        chosen = {s.id for s in near or kin or suited}
        chosen |= {s.id for s in suited if s.id in now}
        return tuple(sorted(chosen))

    def _trained(self, roles: tuple[Role, ...], asked: Collection[str]) -> tuple[Role, ...]:
        """One of the leaders has every competence that is asked for, where anybody has."""
        if not asked:
            return roles
        wanted = {folded_competence(name) for name in asked}
        for number, role in enumerate(roles):
            able = tuple(
                key
                for key in role.candidates
                if wanted <= {folded_competence(c) for c in self.facts.staff[key].competences}
            )
            if able:
                return (*roles[:number], replace(role, candidates=able), *roles[number + 1 :])
        return roles

    def led_by(self, staff: Iterable[UUID]) -> tuple[Role, ...]:
        """These, and nobody else."""
        return tuple(
            Role(self.facts.staff[key].profession.label, (key,)) for key in dict.fromkeys(staff)
        )


def _suits(person: Staff, need: Need) -> bool:
    return person.profession in need.professions


def _half_hours() -> Iterator[time]:
    at = datetime.combine(date.min, MORNING)
    while at.time() < EVENING:
        yield at.time()
        at += STEP


def stands(one: Session) -> Place:
    staff = frozenset(leader.staff_id for leader in one.leaders)
    return Place(one.start, one.room_id, staff)


def series_key(one: Session) -> UUID:
    return uuid5(NAMES, f"series {one.group_id} {one.strand}")


def fully_locked(offer: Offer, one: Session) -> bool:
    return offer.locks(one.id) == ALL_LOCKS


def may_be_once(facts: Facts, one: Session) -> bool:
    """Whether it is the only one of its strand, which may come a week before or after."""
    return facts.strand(one).placement is Placement.ONCE
