"""The example: a cluster of four centres with groups and patients, dated from a given day.

Made only through the use cases, so that it is what a centre's own work would be. The people are
invented and their identity numbers are test numbers (``resources/example``).
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from painprogram import i18n, resources
from painprogram.domain import identity
from painprogram.domain.actors import Actor
from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.patients import Access
from painprogram.domain.people import CentreKind, Profession, Staff
from painprogram.domain.planning import StrandPlan, monday, proposed
from painprogram.domain.programmes import Strand, Text
from painprogram.domain.progress import Progress
from painprogram.domain.rooms import Equipment, Room
from painprogram.domain.sessions import Session
from painprogram.i18n import _
from painprogram.storage.database import Database
from painprogram.storage.ids import repeatable
from painprogram.usecases import (
    centres,
    commitments,
    enrolments,
    groups,
    patients,
    programmes,
    rooms,
    rounds,
    schedules,
    seats,
    sessions,
    staff,
    starting,
)
from painprogram.usecases.example_diary import Diary
from painprogram.usecases.example_live import Data, Live
from painprogram.usecases.example_ways import Ways

SEED = 2019
"""The year in which the founding team began."""
CLASH_AFTER = timedelta(minutes=30)


def build(database: Database, today: date, progress: Progress | None = None) -> None:
    """Fill an empty database; the same on every machine for the same *today*.

    Refused where there is something in it. Each step is a transaction of its own, so when it is
    cancelled a part is left: the caller removes the file.
    """
    if centres.centres(database):
        raise Refused(_("The example needs an empty database, and this one is not."))
    before = database.actor
    steps = _steps(progress or Progress())
    try:
        with repeatable(SEED), i18n.using("sv"):
            _Example(database, today, steps).build()
    finally:
        database.actor = before
    database.forget_undo()


def _steps(progress: Progress) -> Callable[[int, int, int], None]:
    """Reports step *number* of *many* in *phase*, in the language of who is waiting."""
    phases = (_("Health centres"), _("Groups"), _("Patients"), _("Places and own schedules"))
    parts = (0.0, 0.15, 0.2, 0.5, 1.0)

    def report(phase: int, number: int, many: int) -> None:
        width = parts[phase + 1] - parts[phase]
        progress.report(parts[phase] + width * number / many, phases[phase])

    return report


def _data(name: str) -> Any:
    return json.loads(resources.path("example", f"{name}.json").read_text("utf-8"))


class _Example:
    def __init__(
        self, database: Database, today: date, report: Callable[[int, int, int], None]
    ) -> None:
        self._database = database
        self._today = today
        self._monday = monday(today)
        self._report = report
        self._centres: dict[str, UUID] = {}
        self._staff: dict[str, Staff] = {}
        self._rooms: dict[tuple[UUID, str], Room] = {}
        self._patients: dict[str, Data] = {}
        self._patient_ids: dict[str, UUID] = {}
        self._groups: dict[str, Group] = {}
        self._sessions: dict[str, tuple[Session, ...]] = {}
        self._places: dict[str, UUID] = {}
        self._diary = Diary()

    def build(self) -> None:
        self._add_cluster(_data("cluster"))
        plan = _data("groups")
        for number, group in enumerate(plan["groups"]):
            self._report(1, number, len(plan["groups"]))
            self._start(group)
        known = _data("patients")
        for number, patient in enumerate(known):
            self._report(2, number, len(known))
            self._add_patient(patient)
        live = Live(self._database, self._today, self._groups, self._staff)
        clashing = [(self._kept_free(live, clash), clash) for clash in plan["clashes"]]
        self._place_all(plan["groups"])
        live.work_weeks(_data("cluster"))
        for group in plan["groups"]:
            if "paused" in group:
                live.pause(group["letter"], group["paused"])
        live.publish(plan["published"])
        live.be_away(plan["absences"])
        self._go_their_ways(plan["groups"])
        for start, clash in clashing:
            if start:
                room_id = self._room_of(clash).id
                live.clash(start, clash, self._places[clash["patient"]], room_id)
        self._report(3, 1, 1)

    def _go_their_ways(self, every: list[Data]) -> None:
        placed = {
            place["patient"]: self._monday + timedelta(weeks=group["enrolled"])
            for group in every
            for place in group.get("places", ())
        }
        ways = Ways(self._database, self._today, self._staff)
        ways.refer(self._patients, self._patient_ids, placed)
        for group in every:
            if group.get("status") == GroupStatus.CLOSED or "rolling" in group:
                ways.attend(self._groups[group["letter"]])
                names = [place["patient"] for place in group["places"]]
                ways.begin(names, self._sessions[group["letter"]][0].start.date())
                ways.sign(self._places, names, group["owner"])

    def _room_of(self, clash: Data) -> Room:
        return self._rooms[self._staff[clash["staff"]].centre_id, clash["room"]]

    def _kept_free(self, live: Live, clash: Data) -> datetime | None:
        """The time of a clash ahead, kept free of everything else that it would clash with."""
        over = live.session(clash["over"]["group"], clash["over"]["strand"], 1)
        if over is None:
            return None
        start = over.start + CLASH_AFTER
        who = self._staff[clash["staff"]].id
        self._diary.book(start, clash["minutes"], who, self._room_of(clash).id)
        return start

    def _as(self, name: str) -> None:
        """Let the journal say that *name* did what follows."""
        person = self._staff.get(name)
        self._database.actor = Actor(name, person.centre_id, person.id) if person else Actor(name)

    # The cluster

    def _add_cluster(self, cluster: Data) -> None:
        for number, data in enumerate(cluster["centres"]):
            self._report(0, number, len(cluster["centres"]))
            self._as(cluster["coordinator"])
            self._add_centre(data)

    def _add_centre(self, data: Data) -> None:
        told = ("phone", "phone_hours", "address", "directions", "cancelling")
        centre = centres.add(
            self._database,
            data["name"],
            data["provider"],
            kind=CentreKind(data["kind"]),
            **{key: data[key] for key in told},
        )
        self._centres[data["key"]] = centre.id
        for person in data["staff"]:
            self._staff[person["name"]] = staff.add(
                self._database,
                centre.id,
                person["name"],
                Profession(person["profession"]),
                phone=person["phone"],
            )
        for room in data["rooms"]:
            self._rooms[centre.id, room["name"]] = rooms.add(
                self._database,
                centre.id,
                room["name"],
                room["seats"],
                equipment=[Equipment(item) for item in room["equipment"]],
                directions=room["directions"],
            )
        for closed in data.get("closures", ()):
            day = self._monday + timedelta(weeks=closed["week"], days=closed["weekday"])
            centres.close(self._database, centre.id, day, day, closed["reason"])

    # The groups

    def _start(self, data: Data) -> None:
        self._as(data["owner"])
        centre_id = self._centres[data["centre"]]
        content = programmes.template(data["template"])
        if "rolling" in data:
            names = Text(data["rolling"])
            content = replace(content, key=f"{content.key}-oppet", name=names, closed=False)
        first = self._monday + timedelta(weeks=data["week"])
        term = f"{'V' if first.month <= 6 else 'H'}{first.year % 100:02}"  # noqa: PLR2004 -- June
        wanted = starting.NewGroup(
            content,
            centre_id,
            data["name"].format(term=term),
            first,
            content.minimum,
            data.get("maximum", content.maximum),
            {
                key: self._strand(plan, data["strands"][key], centre_id)
                for key, plan in proposed(content).items()
            },
            self._staff[data["owner"]].id,
            data["letter"],
            deputy_id=self._staff[data["deputy"]].id,
        )
        group = starting.start(self._database, wanted)
        self._groups[data["letter"]] = group
        if "rolling" in data:
            rounds.add(self._database, group.id)
        self._sessions[data["letter"]] = sessions.sessions(self._database, group.id)
        for session in self._sessions[data["letter"]]:
            self._diary.book(
                session.start,
                session.minutes,
                *(leader.staff_id for leader in session.leaders),
                session.room_id,
            )

    def _strand(self, plan: StrandPlan, data: Data, centre_id: UUID) -> StrandPlan:
        return replace(
            plan,
            weekday=data.get("weekday", plan.weekday),
            start=time.fromisoformat(data["start"]) if "start" in data else plan.start,
            leaders=tuple(self._staff[name].id for name in data["leaders"]),
            room_id=self._rooms[centre_id, data["room"]].id,
        )

    # The patients

    def _add_patient(self, data: Data) -> None:
        self._as(data["contact"])
        given, family = data["name"]
        reserve = data.get("reserve_number")
        number = identity.parse(reserve or data["number"], self._today, reserve=bool(reserve))
        wanted = replace(
            patients.new(self._centres[data["centre"]], given, family, number),
            language=data.get("language", "sv"),
            interpreter=data.get("interpreter", False),
            access=tuple(Access(need) for need in data.get("access", ())),
            phone=data["phone"],
            address=data.get("address", ""),
            note=data.get("note", ""),
            contact_id=self._staff[data["contact"]].id,
            protected=data.get("protected", False),
        )
        added = patients.add(self._database, wanted)
        self._patients[added.name] = data
        self._patient_ids[added.name] = added.id

    # Their places and own schedules

    def _place_all(self, every: list[Data]) -> None:
        held = [(group, place) for group in every for place in group.get("places", ())]
        for number, (group, place) in enumerate(held):
            self._report(3, number, len(held))
            self._place(group, place)
            self._differ(group, place)
            self._visit(group, place)
        for group in every:
            if "status" in group and group["status"] != GroupStatus.DRAFT:
                self._as(group["owner"])
                key = self._groups[group["letter"]].id
                groups.set_status(self._database, key, GroupStatus(group["status"]))
                if "decide_in" in group:
                    day = self._today + timedelta(days=group["decide_in"])
                    seats.set_decision_day(self._database, key, day)

    def _place(self, group: Data, place: Data) -> None:
        self._as(group["owner"])
        weeks: int = place["enrolled"] if "enrolled" in place else group["enrolled"]
        day = self._monday + timedelta(weeks=weeks)
        name = place["patient"]
        held = enrolments.enrol(
            self._database, self._patient_ids[name], self._groups[group["letter"]].id, day
        )
        self._places[name] = held.id

    def _differ(self, group: Data, place: Data) -> None:
        """What the patient does not do as the group does; left out where no such session stands."""
        enrolment = self._places[place["patient"]]
        for data in place.get("differences", ()):
            base = self._session(group["letter"], data)
            other = self._session(data["to"]["group"], data["to"]) if "to" in data else None
            reason = data["reason"]
            if ("strand" in data and base is None) or ("to" in data and other is None):
                continue
            if base and other and base.id != other.id:
                schedules.swap(self._database, enrolment, base.id, other.id, reason)
            elif base and other is None:
                schedules.opt_out(self._database, enrolment, base.id, reason)
            elif other and base is None:
                schedules.add(self._database, enrolment, other.id, reason)

    def _session(self, letter: str, data: Data) -> Session | None:
        """A linked lecture has the number its own activity gave it."""
        return next(
            (
                session
                for session in self._sessions[letter]
                if session.strand == data.get("strand")
                and (session.linked or session.number == data["number"])
            ),
            None,
        )

    def _visit(self, group: Data, place: Data) -> None:
        """The first visit with the commitment, what was agreed besides, and the closing visit."""
        plan = group["visits"]
        leaders = [self._staff[name] for name in plan["staff"]]
        room = self._rooms[self._centres[group["centre"]], plan["room"]]
        first, closing = self._visit_strands(group)
        week = place.get("first_week", plan["first_week"])
        if week is not None:
            day = self._monday + timedelta(weeks=week)
            start, leader = self._book(place, first, day, leaders, room)
            if start.date() < self._today and "goals" in self._patients[place["patient"]]:
                self._commit(place, start.date(), leader)
        for data in place.get("visits", ()):
            self._extra_visit(place, data)
        last = self._sessions[group["letter"]][-1].start.date()
        if last < self._today + timedelta(weeks=8):  # later ones are not booked so early
            self._book(place, closing, monday(last) + timedelta(weeks=1), leaders, room)

    def _visit_strands(self, group: Data) -> Iterator[tuple[Strand, int]]:
        """The first and the closing visit of the programme, with their minutes."""
        asked = schedules.visit_strands(self._database, self._groups[group["letter"]].id)
        for strand, _name, minutes in asked[:2]:
            yield strand, minutes

    def _book(
        self,
        place: Data,
        visit: tuple[Strand, int],
        day: date,
        leaders: list[Staff],
        room: Room,
    ) -> tuple[datetime, Staff]:
        strand, minutes = visit
        start, leader = self._free(place, day, minutes, leaders, room)
        self._as(leader.name)
        schedules.add_visit(
            self._database,
            self._places[place["patient"]],
            start,
            minutes,
            strand=strand.key,
            staff_id=leader.id,
            room_id=room.id,
        )
        return start, leader

    def _extra_visit(self, place: Data, data: Data) -> None:
        leader = self._staff[data["staff"]]
        room = next(
            room
            for (centre, _name), room in self._rooms.items()
            if centre == leader.centre_id and room.seats <= 6  # noqa: PLR2004 -- for talking
        )
        day = self._monday + timedelta(weeks=data["week"])
        start, _leader = self._free(place, day, data["minutes"], [leader], room)
        self._as(leader.name)
        schedules.add_visit(
            self._database,
            self._places[place["patient"]],
            start,
            data["minutes"],
            title=data["title"],
            staff_id=leader.id,
            room_id=room.id,
            reason=data["reason"],
        )

    def _free(
        self, place: Data, day: date, minutes: int, leaders: list[Staff], room: Room
    ) -> tuple[datetime, Staff]:
        """A time from the Monday *day* on when the patient, a leader and the room are free."""
        patient = self._patient_ids[place["patient"]]
        for line in schedules.own(self._database, self._places[place["patient"]]).lines:
            if line.attends:
                self._diary.book(line.start, line.session.minutes, patient)
        shut = centres.closures(self._database, room.centre_id, day, day + timedelta(weeks=6))
        start, leader_id = self._diary.find(
            day, minutes, [leader.id for leader in leaders], (room.id, patient), shut
        )
        return start, next(leader for leader in leaders if leader.id == leader_id)

    def _commit(self, place: Data, day: date, leader: Staff) -> None:
        self._as(leader.name)
        enrolment, told = self._places[place["patient"]], self._patients[place["patient"]]
        blank = commitments.commitment(self._database, enrolment)
        written = commitments.write(
            self._database,
            blank,
            sentences=blank.sentences,
            goals=told["goals"],
            home=told["home"],
        )
        if place.get("agreed", True):
            written = commitments.agree(self._database, written, day, leader.id)
        if "review" in place:
            commitments.write(
                self._database,
                written,
                sentences=written.sentences,
                goals=place["review"],
                home=written.home,
            )
