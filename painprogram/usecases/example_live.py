"""What happens in the example once its groups stand: it is told, printed, moved, and somebody away.

So the first look shows a draft, sheets to print again, a clash to solve and one to take upon you.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from painprogram.domain.actors import Actor
from painprogram.domain.availability import AbsenceKind, Span, Weeks, WorkingTime
from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group
from painprogram.domain.people import Staff
from painprogram.domain.planning import monday
from painprogram.domain.progress import Progress
from painprogram.domain.rules import Rule
from painprogram.domain.sessions import Session
from painprogram.storage.database import Database
from painprogram.usecases import (
    availability,
    clashes,
    pauses,
    prints,
    publications,
    schedules,
    sessions,
)

Data = dict[str, Any]
WORKDAYS = range(5)
USUAL = time(8), time(17)
_AWAY = [timedelta(minutes=minutes) for minutes in (30, -30, 60, -60, 90, 120, 15, -15)]
_MARGIN = timedelta(minutes=30)
_TRIED_DAYS = range(5)


class Live:
    def __init__(
        self,
        database: Database,
        today: date,
        groups: Mapping[str, Group],
        staff: Mapping[str, Staff],
    ) -> None:
        self._database, self._today = database, today
        self._groups, self._staff = groups, staff

    def _as(self, name: str) -> None:
        person = self._staff[name]
        self._database.actor = Actor(name, person.centre_id, person.id)

    def session(self, letter: str, strand: str, week: int) -> Session | None:
        """The first of a strand from the week that is *week* weeks ahead."""
        first = monday(self._today) + timedelta(weeks=week)
        held = sessions.sessions(self._database, self._groups[letter].id)
        return next(
            (one for one in held if one.strand == strand and one.start.date() >= first), None
        )

    def work_weeks(self, cluster: Data) -> None:
        """Everybody's working week; who works part-time says so."""
        for centre in cluster["centres"]:
            for person in centre["staff"]:
                self._as(person["name"])
                times = [
                    WorkingTime(
                        day,
                        time.fromisoformat(part["start"]),
                        time.fromisoformat(part["end"]),
                        Weeks(part["weeks"]),
                    )
                    for part in person.get("week", ())
                    for day in part["days"]
                ]
                usual = [WorkingTime(day, *USUAL) for day in WORKDAYS]
                key = self._staff[person["name"]].id
                availability.set_week(self._database, key, tuple(times or usual))

    def pause(self, letter: str, data: Data) -> None:
        """A group that rests from a week on, until somebody says when it goes on."""
        group = self._groups[letter]
        self._as(group.owner_name)
        first = monday(self._today) + timedelta(weeks=data["week"])
        pauses.pause(self._database, group.id, first, data["reason"])

    def publish(self, every: list[Data]) -> None:
        """Each group is told; one is told again, moved, when sheets are out; one has a draft."""
        for data in every:
            group = self._groups[data["group"]]
            self._as(group.owner_name)
            publications.publish(self._database, group.id)
            if data.get("printed"):
                day = self._today - timedelta(weeks=2)
                prints.all_sheets(self._database, Progress(), group.id, day)
            if "moved" in data and self._move(data["group"], data["moved"]):
                publications.publish(self._database, group.id, data.get("note", ""))
            if "draft" in data:
                self._move(data["group"], data["draft"])

    def _move(self, letter: str, data: Data) -> bool:
        """To a time near by at which nothing stands against it."""
        held = self.session(letter, data["strand"], data["week"])
        if held is None:
            return False
        for day in _TRIED_DAYS:
            for away in _AWAY:
                with suppress(Refused):
                    start = held.start + timedelta(days=day) + away
                    sessions.move(self._database, held.id, start, today=self._today)
                    return True
        return False

    def be_away(self, every: list[Data]) -> None:
        """An absence over one session, of which nothing is solved yet."""
        for data in every:
            held = self.session(data["group"], data["strand"], data["week"])
            if held is not None:
                self._as(data["staff"])
                span = Span(held.start - _MARGIN, held.end + _MARGIN)
                kind = AbsenceKind(data["kind"])
                availability.add_absence(self._database, self._staff[data["staff"]].id, span, kind)

    def clash(self, start: datetime, data: Data, place: UUID, room_id: UUID) -> None:
        """A visit of a patient who is in a session then; nobody answers for it any more."""
        leader = self._staff[data["staff"]]
        self._as(leader.name)
        schedules.add_visit(
            self._database,
            place,
            start,
            data["minutes"],
            title=data["title"],
            staff_id=leader.id,
            room_id=room_id,
            reason=data["reason"],
            because=data["because"],
        )
        day = start.date()
        for found in clashes.found(self._database, day, day, leader.centre_id):
            if found.rule is Rule.PATIENT and found.acknowledged:
                clashes.withdraw(self._database, found)
