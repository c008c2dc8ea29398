"""What stands in a letter: its words, its appointments, who writes it and what it is sent by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents import dates
from painprogram.documents.letter import Appointment, Letter, Occasion
from painprogram.domain.groups import GroupStatus
from painprogram.domain.papers import LetterKind, Wanted
from painprogram.domain.patients import Access, Patient
from painprogram.domain.people import Centre, Profession
from painprogram.domain.programmes import ModuleKind, Text
from painprogram.domain.sessions import Session, Visit
from painprogram.i18n import N_, _
from painprogram.storage.tables import (
    CentreRow,
    GroupRow,
    PauseRow,
    RoomRow,
    SessionRow,
    StaffRow,
    VisitRow,
)
from painprogram.usecases import (
    paper_faces,
    paper_words,
    printed,
    published,
    sessions,
    translations,
)
from painprogram.usecases.centres import as_centre
from painprogram.usecases.groups import under_way
from painprogram.usecases.letters_receivers import Receiver
from painprogram.usecases.letters_told import Changed, Kept
from painprogram.usecases.paper_faces import PaperFace
from painprogram.usecases.paper_words import Words
from painprogram.usecases.programmes import content_of
from painprogram.usecases.translations import Translator

_NO_WAY = N_(
    "This letter can't be sent as it is. The patient has protected identity, and the centre has "
    "not written how letters to such patients are sent on. Write it in Settings, under Papers, "
    "and print the letter again."
)


@dataclass(frozen=True, slots=True)
class Colleague:
    name: str
    profession: Profession
    phone: str = ""


@dataclass(frozen=True, slots=True)
class At:
    """A centre with what it puts on letters in one language."""

    centre: Centre
    face: PaperFace
    words: Words
    translator: Translator


@dataclass(frozen=True, slots=True)
class _Centre:
    """The same, before anybody's letter."""

    centre: Centre
    face: PaperFace
    own: Mapping[tuple[str, str], str]
    known: Mapping[str, str]


class Writing:
    """Writes letters in one language; reads each centre, group and colleague once.

    Within ``i18n.using`` that language.
    """

    def __init__(self, db: Db, language: str, today: date, wanted: Wanted) -> None:
        self.language = language
        self._db, self._today, self._wanted = db, today, wanted
        self._centres: dict[UUID, _Centre] = {}
        self._say = Translator(language)
        self._groups: dict[UUID, GroupRow] = {}
        self._staff: dict[UUID, Colleague | None] = {}
        self._rooms: dict[UUID, RoomRow | None] = {}
        self._versions: dict[UUID, int] = {}
        self._paused: dict[UUID, date | None] = {}
        self._occasions: dict[UUID, Session | Visit | None] = {}

    # What is read

    def begin(self, patient: Patient, place_id: UUID | None = None) -> At:
        """Another patient's letter: what is missing on it is noted from now on."""
        known = self._centre(patient.centre_id).known
        own: Mapping[str, str] = {}
        if place_id is not None:
            own = translations.own_words(self._db, self.language, [place_id]).get(place_id, {})
        self._say = Translator(self.language, known, own)
        return self.at(patient.centre_id)

    def at(self, key: UUID) -> At:
        found = self._centre(key)
        words = Words(found.own, self.language, self._say.words)
        return At(found.centre, found.face, words, self._say)

    @property
    def missing(self) -> tuple[str, ...]:
        """Swedish words on the last letter, for want of a translation."""
        return self._say.missing

    def _centre(self, key: UUID) -> _Centre:
        if key not in self._centres:
            memory = translations.written(self._db, self.language, [key])
            self._centres[key] = _Centre(
                as_centre(self._db.get_one(CentreRow, key)),
                paper_faces.of_centre(self._db, key),
                paper_words.written(self._db, key),
                memory.get(key, {}),
            )
        return self._centres[key]

    def group(self, one: Receiver) -> GroupRow:
        return self._group(one.place.group_id)

    def _group(self, key: UUID) -> GroupRow:
        if key not in self._groups:
            self._groups[key] = self._db.get_one(GroupRow, key)
        return self._groups[key]

    def colleague(self, key: UUID | None) -> Colleague | None:
        if key is None:
            return None
        if key not in self._staff:
            row = self._db.get(StaffRow, key)
            known = Colleague(row.name, Profession(row.profession), row.phone) if row else None
            self._staff[key] = known
        return self._staff[key]

    def _version(self, group_id: UUID) -> int:
        if group_id not in self._versions:
            told = published.told(self._db, [group_id]).get(group_id)
            self._versions[group_id] = told.number if told else 1
        return self._versions[group_id]

    def _pause(self, group_id: UUID) -> date | None:
        if group_id not in self._paused:
            self._paused[group_id] = self._db.scalar(
                select(PauseRow.first).where(PauseRow.group_id == group_id, under_way())
            )
        return self._paused[group_id]

    # The whole letter

    def letter(self, one: Receiver, patient: Patient) -> Letter:
        at = self.begin(patient, one.place.id)
        group = self.group(one)
        contact = self.colleague(patient.contact_id or group.owner_id)
        opening, heading, after = self._words(one, at)
        is_first = self._wanted.letter is LetterKind.SUMMONS and self._wanted.session is None
        changed = self._wanted.letter is LetterKind.CHANGE and one.keys is None
        return self.framed(
            patient,
            contact,
            heading=heading,
            opening=opening,
            appointments=tuple(self._appointment(change, at) for change in one.changes),
            after=after,
            sections=self._sections(one, at),
            version=self._version(group.id),
            enclosed=is_first or changed,
        )

    def framed(
        self,
        patient: Patient,
        contact: Colleague | None,
        *,
        heading: str,
        opening: tuple[str, ...],
        appointments: tuple[Appointment, ...] = (),
        after: tuple[str, ...] = (),
        sections: tuple[tuple[str, tuple[str, ...]], ...] = (),
        version: int = 1,
        enclosed: bool = False,
    ) -> Letter:
        """Everything around what the letter says, as the centre and the patient have it."""
        at = self.at(patient.centre_id)
        address, note = _addressed(patient, at.face)
        face = paper_faces.on_paper(at.face, at.centre)
        return Letter(
            kind=self._wanted.letter,
            centre=at.centre.name,
            name=patient.name,
            address=address,
            heading=heading,
            dated=self._today,
            version=version,
            opening=opening,
            appointments=appointments,
            after=after,
            sections=sections,
            phone=(contact.phone if contact else "") or at.centre.phone,
            phone_hours=at.translator.words(at.centre.phone_hours),
            closing=at.words.text("closing"),
            signed=contact.name if contact else at.centre.name,
            signed_title=_title(contact, is_own=patient.contact_id is not None),
            enclosed=enclosed,
            staff_note=note,
            face=face,
            window=at.face.window,
            fold=at.face.fold,
            large=self._wanted.large or Access.LARGE_PRINT in patient.access,
            language="sv" if note else self.language,
        )

    # Its parts

    def _words(self, one: Receiver, at: At) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
        """Opening, heading, and what stands below the appointments."""
        group, words = self.group(one), at.words
        content = content_of(group.programme_version)
        programme = at.translator.text(content.name)
        filled = {"programme": programme, "centre": at.centre.name}
        if self._wanted.letter is LetterKind.SUMMONS:
            day = i18n.day_long(one.changes[0].start.date())
            if self._wanted.session is not None:
                opening = words.lines("time.opening", **filled, day=day)
                return opening, words.text("time.heading"), ()
            opening = words.lines("summons.opening", **filled, day=day)
            opening += words.lines("summons.schedule", **self._span(one))
            opening = (" ".join(opening),)
            return opening, words.text("summons.heading"), ()
        if self._wanted.letter is LetterKind.CHANGE:
            return (
                words.lines("change.opening", **filled),
                words.text("change.heading"),
                words.lines("change.after", **filled),
            )
        paused = self._pause(group.id)
        heading = words.text("cancellation.heading")
        if self._wanted.session is None and group.status == GroupStatus.CANCELLED:
            return words.lines("cancellation.group", **filled), heading, ()
        if self._wanted.session is None and paused is not None:
            opening = words.lines("cancellation.paused", **filled, day=dates.long(paused))
            return opening, heading, ()
        return words.lines("cancellation.opening", **filled), heading, ()

    def _span(self, one: Receiver) -> dict[str, str | int]:
        ahead = [
            line.start.date()
            for line in one.place.lines
            if line.attends and line.start.date() >= self._today
        ]
        return {
            "number": len(ahead),
            "first": i18n.day_long(ahead[0]),
            "last": i18n.day_long(ahead[-1]),
        }

    def _appointment(self, change: Changed, at: At) -> Appointment:
        before = self._before(change, at) if change.before is not None else None
        if change.now is None:
            return Appointment(None, before)
        now = self._occasion(change.now.session, at)
        if self._wanted.letter is LetterKind.SUMMONS:
            return Appointment(now, note=at.words.text("summons.arrive"))
        return Appointment(now, before, _tag(before, now))

    def _occasion(self, held: Session | Visit, at: At) -> Occasion:
        room = self._room(held.room_id) if held.room_id else None
        where = held.room_name
        if room is not None and room.directions:
            way = at.translator.words(room.directions).strip().splitlines()
            where = i18n.comma(where, *way[:1])
        if held.centre_id != at.centre.id:
            where = i18n.comma(where, self.at(held.centre_id).centre.name)
        leaders = printed.leaders(held)
        names = [leader.name for leader in leaders]
        if len(leaders) == 1:
            names = [i18n.comma(leaders[0].name, leaders[0].profession.label)]
        return Occasion(
            held.kind,
            held.start,
            held.end,
            self._title(held, at),
            i18n.joined(names),
            where,
            held.letter if isinstance(held, Session) else "",
        )

    def _room(self, key: UUID) -> RoomRow | None:
        if key not in self._rooms:
            self._rooms[key] = self._db.get(RoomRow, key)
        return self._rooms[key]

    def _title(self, held: Session | Visit, at: At) -> str:
        content = content_of(self._group(held.group_id).programme_version)
        if isinstance(held, Visit):
            if not held.strand:
                usual = held.title == _("Individual visit")
                return held.title if usual else at.translator.own_words(held.title)
            return at.translator.text(content.module(content.strand(held.strand).module).name)
        name: Text = content.module(held.module).name
        title = at.translator.text(name)
        return f"{title} {held.number}" if held.of > 1 else title

    def _before(self, change: Changed, at: At) -> Occasion:
        """What was told, with the words that it has now where it is still there."""
        told: Kept = change.before or {}
        start = datetime.fromisoformat(told["start"])
        end = start + timedelta(minutes=told["minutes"])
        held = self._held(UUID(told["key"]), is_visit=bool(told.get("visit")))
        leaders = [self.colleague(UUID(key)) for key in told["leaders"]]
        return Occasion(
            held.kind if held else ModuleKind.INDIVIDUAL,
            start,
            end,
            self._title(held, at) if held else _("Your time"),
            i18n.joined([leader.name for leader in leaders if leader]),
            told["room"],
            held.letter if isinstance(held, Session) else "",
        )

    def _held(self, key: UUID, *, is_visit: bool) -> Session | Visit | None:
        if key not in self._occasions:
            found: tuple[Session | Visit, ...] = (
                sessions.load_visits(self._db, VisitRow.id == key)
                if is_visit
                else sessions.load(self._db, SessionRow.id == key)
            )
            self._occasions[key] = found[0] if found else None
        return self._occasions[key]

    def _sections(self, one: Receiver, at: At) -> tuple[tuple[str, tuple[str, ...]], ...]:
        words, phone = at.words, at.centre.phone
        cancelling = words.lines("cancelling", phone=phone) or _translated(
            at.translator, at.centre.cancelling
        )
        if self._wanted.letter is not LetterKind.SUMMONS:
            every = all(change.cancelled for change in one.changes)
            return () if every else ((_("If you can't come"), cancelling),)
        return (
            (_("Bring"), self._bring(one, at)),
            (_("Find us"), self._found(one, at)),
            (_("If you can't come"), cancelling),
            (_("Fee"), words.lines("fee")),
            (_("Do you need help to come?"), words.lines("help")),
        )

    def _bring(self, one: Receiver, at: At) -> tuple[str, ...]:
        """For the first time only: the schedule tells of the others."""
        line = one.changes[0].now
        if line is None or not isinstance(line.session, Session):
            return ()
        content = content_of(self._group(line.session.group_id).programme_version)
        wanted = at.translator.text(content.module(line.session.module).bring)
        things = [part.strip().rstrip(".") for part in wanted.splitlines() if part.strip()]
        return (f"{i18n.joined([things[0], *map(_lowered, things[1:])])}.",) if things else ()

    def _found(self, one: Receiver, at: At) -> tuple[str, ...]:
        line = one.changes[0].now
        where = self.at(line.session.centre_id) if line else at
        address = ", ".join(part.strip() for part in where.centre.address.splitlines() if part)
        found = (address, *_translated(at.translator, where.centre.directions))
        words = ". ".join(part.rstrip(".") for part in found if part)
        return (f"{words}.",) if words else ()


def _addressed(patient: Patient, face: PaperFace) -> tuple[tuple[str, ...], str]:
    """What stands in the window, and what the staff must know before it can be sent."""
    if not patient.protected:
        lines = (line.strip() for line in patient.address.splitlines())
        return (patient.name, *(line for line in lines if line)), ""
    way = paper_faces.forwarding_lines(face)
    return (patient.name, *way), "" if way else i18n.in_swedish(_NO_WAY)


def _title(contact: Colleague | None, *, is_own: bool) -> str:
    if contact is None:
        return ""
    label = contact.profession.label
    words = _("{profession} and your contact person").format(profession=label) if is_own else label
    return words[:1].upper() + words[1:]


def _tag(before: Occasion | None, now: Occasion) -> str:
    if before is None:
        return _("New time for you")
    if (before.start, before.end) != (now.start, now.end):
        return _("Changed time")
    return _("Changed room") if before.where.split(",")[0] != now.where.split(",")[0] else ""


def _translated(translator: Translator, text: str) -> tuple[str, ...]:
    """As one paragraph: the lines were broken for a narrow column."""
    words = ""
    for line in (line.strip() for line in translator.words(text).splitlines()):
        if not line or not words:
            words += line
        elif words[-1] in ".,:;!?" or not line[0].isupper():
            words += f" {line}"
        else:
            words += f". {line}"
    return (words,) if words else ()


def _lowered(text: str) -> str:
    """A line of a list as it stands within a sentence; what is written in capitals stays so."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
