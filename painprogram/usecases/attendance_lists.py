"""Attendance lists on paper: who is, or was, expected at which session, and what was noted.

A partner centre's patients are seats, and whoever has a protected identity is named nowhere.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents import dates
from painprogram.documents.attendance import Attendance, Attending, Occasion, attendance_lists
from painprogram.documents.attendance_signs import OF_STATE, Sign
from painprogram.domain.attendance import Mark, in_force
from painprogram.domain.errors import Refused
from painprogram.domain.names import folded
from painprogram.domain.papers import Kind, Wanted
from painprogram.domain.patients import LANGUAGES, Patient
from painprogram.domain.people import initials
from painprogram.domain.progress import Progress
from painprogram.domain.schedule import DeviationKind
from painprogram.domain.sessions import Session
from painprogram.i18n import _, ngettext
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    AttendanceRow,
    CentreRow,
    DeviationRow,
    EnrolmentRow,
    GroupRow,
    SessionRow,
)
from painprogram.usecases import attendance, patients, published, rosters, session_rows
from painprogram.usecases.calendars import sort_of
from painprogram.usecases.paper_batch import Batch, Item
from painprogram.usecases.paper_span import now_on, staff_language, within
from painprogram.usecases.programmes import content_of
from painprogram.usecases.rosters import Roster
from painprogram.usecases.schedule_batches import parts

__all__ = ["lists"]


def lists(database: Database, progress: Progress, wanted: Wanted, today: date) -> Batch:
    """The list of a session, of all sessions of a group, or of each session at a centre.

    ``wanted.first`` and ``last`` say the days; of a centre today's are meant without them.
    """
    progress.report(0)
    language = staff_language(wanted)
    with i18n.using(language), database.read_patients(_("Print attendance list")) as db:
        found = [
            Item(
                content=content,
                language=language,
                centre_id=group.centre_id,
                name=f"{Kind.ATTENDANCE.label} {group.name}",
                by_name=(folded(group.name),),
                by_time=content.occasions[0].start if content.occasions else None,
                of_id=of_id,
            )
            for group, held, of_id in _asked(db, wanted, today)
            for content in [_List(db, group, held, wanted, today).content(language)]
        ]
        if not found:
            raise Refused(_("There is no session to print an attendance list of."))
        name = found[0].name if len(found) == 1 else _("Attendance lists")
    return Batch(name, tuple(found), _drawn)


def _drawn(items: Sequence[Item], progress: Progress) -> bytes:
    return attendance_lists([item.content for item in items], progress)


_Asked = tuple[GroupRow, tuple[Session, ...], UUID]
"""A group, some of its sessions in order of time, and what the list is about."""


def _asked(db: Db, wanted: Wanted, today: date) -> Iterable[_Asked]:
    if wanted.session:
        held = session_rows.one(db, wanted.session)
        return [(db.get_one(GroupRow, held.group_id), (held,), held.id)]
    if wanted.group:
        group = db.get(GroupRow, wanted.group)
        if group is None:
            raise Refused(_("The group is no longer there."))
        base = session_rows.base_schedule(db, group.id)
        days = within(wanted, None, None)
        kept = tuple(one for one in base if not one.cancelled and days.holds(one.start.date()))
        return [(group, kept, group.id)] if kept else []
    if wanted.centre:
        days = within(wanted, today, today)
        where: list[ColumnElement[bool]] = [
            SessionRow.centre_id == wanted.centre,
            SessionRow.cancelled.is_(False),
            *days.of(SessionRow.start),
        ]
        found = session_rows.load(db, *where)
        groups = {key: db.get_one(GroupRow, key) for key in {one.group_id for one in found}}
        return [(groups[one.group_id], (one,), one.id) for one in found]
    raise Refused(_("Choose the session, the group or the day of the attendance list."))


@dataclass(frozen=True, slots=True)
class _Mark:
    """What is known of one person and one session."""

    sign: Sign
    other: Session | None = None
    """Where they go instead."""


class _List:
    """One list in the making, within the door."""

    def __init__(
        self, db: Db, group: GroupRow, held: Sequence[Session], wanted: Wanted, today: date
    ) -> None:
        self._db, self._group, self._held = db, group, held
        self._viewer = wanted.centre or group.centre_id
        self._initials = wanted.initials
        self._today = today
        keys = [one.id for one in held]
        self._rosters = self._own_only(rosters.of_sessions(db, keys))
        everybody = {patient for roster in self._rosters.values() for patient in roster}
        self._noted = self._marks(keys, everybody)
        self._swaps = self._swapped(keys)
        self._people = patients.several(db, everybody)
        saw(db, everybody)
        self._centres = {
            row.id: row
            for row in db.execute(select(CentreRow.id, CentreRow.name, CentreRow.phone)).all()
        }

    def _own_only(self, found: Mapping[UUID, Roster]) -> dict[UUID, Roster]:
        """Of a lecture that is linked in only those who come by this group: others stay unseen."""
        linked = {one.id for one in self._held if one.group_id != self._group.id}
        if not linked:
            return dict(found)
        places = {
            expected.enrolment_id for key in linked for expected in found.get(key, {}).values()
        }
        ours = {
            key
            for part in parts(places)
            for key in self._db.scalars(
                select(EnrolmentRow.id).where(
                    EnrolmentRow.id.in_(part), EnrolmentRow.group_id == self._group.id
                )
            )
        }
        return {
            key: {
                patient: expected
                for patient, expected in roster.items()
                if key not in linked or expected.enrolment_id in ours
            }
            for key, roster in found.items()
        }

    def _marks(
        self, keys: Iterable[UUID], patients: Collection[UUID]
    ) -> dict[tuple[UUID, UUID], Mark]:
        found: dict[tuple[UUID, UUID], Mark] = {}
        for part in parts(keys):
            noted = attendance.marks_of(
                self._db,
                AttendanceRow.occasion_id.in_(part),
                AttendanceRow.patient_id.in_(patients),
            )
            found.update((key, mark) for key, marks in noted.items() if (mark := in_force(marks)))
        return found

    def _swapped(self, keys: Iterable[UUID]) -> dict[tuple[UUID, UUID], Session]:
        """By session and patient where somebody goes instead."""
        rows = [
            row
            for part in parts(keys)
            for row in self._db.execute(
                select(
                    DeviationRow.session_id, DeviationRow.patient_id, DeviationRow.to_session_id
                ).where(DeviationRow.session_id.in_(part), DeviationRow.kind == DeviationKind.SWAP)
            )
        ]
        others = {row.to_session_id for row in rows}
        held = {
            one.id: one
            for part in parts(others)
            for one in session_rows.load(self._db, SessionRow.id.in_(part))
        }
        return {
            (row.session_id, row.patient_id): held[row.to_session_id]
            for row in rows
            if row.to_session_id in held
        }

    def content(self, language: str) -> Attendance:
        people = self._rows()
        noted = [one.start.date() for one in self._held if self._came(one) is not None]
        programme = content_of(self._group.programme_version)
        public = str(programme.public_name) or str(programme.name)
        return Attendance(
            centre=self._centres[self._viewer].name,
            group=self._group.name,
            programme=public if self._initials else str(programme.name),
            about=self._about(),
            numbers=self._numbers(people),
            occasions=tuple(self._occasion(one) for one in self._held),
            people=tuple(row for _rank, row in people),
            version=self._version(),
            filled=max(noted, default=None),
            initials=self._initials,
            language=language,
            printed=now_on(self._today),
        )

    def _version(self) -> str:
        told = published.told(self._db, [self._group.id]).get(self._group.id)
        if told is None:
            return _("Schedule not published yet")
        return _("Schedule version {number}").format(number=told.number)

    def _about(self) -> str:
        days = [one.start.date() for one in self._held]
        rooms = tuple(dict.fromkeys(one.room_name for one in self._held if one.room_name))
        return ", ".join((dates.period(min(days), max(days)), *rooms))

    def _numbers(self, people: Sequence[tuple[int, Attending]]) -> tuple[str, ...]:
        own = sum(rank == _OWN for rank, _row in people)
        seats = sum(rank == _SEAT for rank, _row in people)
        words = ngettext("{number} own participant", "{number} own participants", own).format(
            number=own
        )
        if seats:
            from_others = ngettext(
                "{number} seat of another centre", "{number} seats of other centres", seats
            ).format(number=seats)
            words = f"{words}, {from_others}"
        return words, _("{number} seats at most").format(number=self._group.maximum)

    def _occasion(self, held: Session) -> Occasion:
        came = self._came(held)
        leading = " ".join(leader.initials for leader in held.leaders)
        return Occasion(
            held.start,
            held.kind,
            sort_of(held) if self._initials or held.letter else _short(held),
            held.letter,
            came,
            leading if came is not None else "",
        )

    def _came(self, held: Session) -> int | None:
        """Without those who are not on paper; None while nothing is noted."""
        states = [
            mark.state
            for patient in self._rosters.get(held.id, ())
            if not self._people[patient].protected and (mark := self._noted.get((held.id, patient)))
        ]
        if not states or held.start.date() > self._today:
            return None
        return sum(state.came for state in states)

    # Rows

    def _rows(self) -> list[tuple[int, Attending]]:
        """Own patients by name, then seats of other centres, then who is not named at all."""
        ranked = sorted(self._people.values(), key=lambda one: (self._rank(one), *self._order(one)))
        return [
            (self._rank(one), self._row(one, number)) for number, one in enumerate(ranked, start=1)
        ]

    def _rank(self, one: Patient) -> int:
        if one.protected:
            return _PROTECTED
        return _OWN if one.centre_id == self._viewer else _SEAT

    def _order(self, one: Patient) -> tuple[str, str, str]:
        """A seat's place says nothing of the name."""
        if self._rank(one) == _OWN:
            return folded(one.family_name), folded(one.given_name), str(one.id)
        return self._centres[one.centre_id].name, str(one.id), ""

    def _row(self, one: Patient, number: int) -> Attending:
        rank = self._rank(one)
        if rank == _PROTECTED:
            return Attending(_("Protected identity"), (), quiet=True)
        marks = [self._mark(held, one.id) for held in self._held]
        signs = tuple(mark.sign for mark in marks)
        if rank == _SEAT:
            centre = self._centres[one.centre_id]
            name = _("Seat {number}, {centre}").format(number=number, centre=centre.name)
            call = _("Call {centre}, {phone}").format(
                centre=centre.name, phone=centre.phone.replace(" ", "\u00a0")
            )
            needs = (*_needs(one), *((call,) if centre.phone else ()))
            note = "" if self._initials else ", ".join(needs)
            return Attending(name, signs, note=note, quiet=True)
        if self._initials:
            return Attending(initials(one.name), signs)
        born = one.identity.born
        return Attending(
            f"{one.family_name}, {one.given_name}",
            signs,
            str(born.year) if born else "",
            ", ".join(part.rstrip(".") for part in (*_needs(one), one.note) if part),
            tuple(_move(held, mark.other) for held, mark in zip(self._held, marks, strict=True)),
        )

    def _mark(self, held: Session, patient: UUID) -> _Mark:
        if mark := self._noted.get((held.id, patient)):
            return _Mark(OF_STATE[mark.state])
        if patient in self._rosters.get(held.id, ()):
            return _Mark(Sign.OPEN)
        if other := self._swaps.get((held.id, patient)):
            return _Mark(Sign.ELSEWHERE, other)
        return _Mark(Sign.NOT_EXPECTED)


_OWN, _SEAT, _PROTECTED = range(3)


def _short(held: Session) -> str:
    return f"{held.card_title} {held.number}" if held.of > 1 else held.card_title


def _needs(one: Patient) -> tuple[str, ...]:
    """What the leader must think of; "Interpreter: Arabic"."""
    told = []
    if one.interpreter:
        language = _(LANGUAGES.get(one.language, LANGUAGES["other"]))
        if i18n.language() != "en":
            language = language.lower()
        told.append(_("Interpreter: {language}").format(language=language))
    return (*told, *(need.label for need in one.access))


def _move(held: Session, other: Session | None) -> str:
    if other is None:
        return ""
    return _("{day}: goes {other} instead").format(
        day=i18n.day_month(held.start.date()), other=_day_of(other.start, held.start)
    )


def _day_of(other: datetime, base: datetime) -> str:
    """``12 May``; with the time on the same day."""
    if other.date() == base.date():
        return i18n.clock(other)
    return i18n.day_month(other.date())
