"""What stands on a patient's sheet: the own schedule, the commitment and the contact person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents.face import Face
from painprogram.documents.sheet import Sheet, SheetRow
from painprogram.domain.commitments import Commitment
from painprogram.domain.names import folded
from painprogram.domain.patients import Access, Enrolment, Patient
from painprogram.domain.people import Centre, Staff
from painprogram.domain.programmes import Content, Text
from painprogram.domain.schedule import STAYS_AWAY, Line, LineKind
from painprogram.domain.sessions import Session, Visit
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.tables import CentreRow, EnrolmentRow, GroupRow, StaffRow
from painprogram.usecases import (
    commitments,
    paper_faces,
    paper_words,
    patients,
    schedule_batches,
    translations,
)
from painprogram.usecases.centres import as_centre
from painprogram.usecases.paper_words import Words
from painprogram.usecases.programmes import content_of
from painprogram.usecases.staff import as_staff
from painprogram.usecases.translations import Translator

FIRST = 1
"""Sheets carry their version; ``prints`` fills it in."""


def language_of(wanted: str | None, patient_language: str) -> str:
    """The language of the paper: the one asked for, the patient's where we have it, Swedish."""
    if wanted:
        return wanted
    return patient_language if patient_language in i18n.PAPER_LANGUAGES else "sv"


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet with what it was made of."""

    sheet: Sheet
    enrolment: Enrolment
    lines: tuple[Line, ...]
    order: str
    """The patient's name as lists are ordered by it."""
    own: str
    """The language that the patient's papers are in, unless somebody asks for another."""
    missing: tuple[str, ...] = ()
    """Swedish words on it that have no translation into its language."""
    own_words: tuple[str, ...] = ()
    """What was written for this patient alone."""
    centre_id: UUID | None = None
    """Of the patient."""
    large: bool = False
    """Whether the patient is to have large print."""


def content(db: Db, enrolment_id: UUID, today: date, language: str | None) -> Filled:
    """The sheet of a place in a group as it was told, in *language* or the patient's own."""
    found = contents(db, [enrolment_id], today, language)
    if enrolment_id not in found:
        raise patients.gone()
    saw(db, [found[enrolment_id].enrolment.patient_id])
    return found[enrolment_id]


def contents(
    db: Db,
    enrolments: Iterable[UUID],
    today: date,
    language: str | Mapping[UUID, str] | None = None,
) -> dict[UUID, Filled]:
    """Many sheets at once, by columns: whoever shows them says to the door whose they are.

    In *language*, in one for each place, or each in its patient's own.
    """
    places = {row.id: row for row in schedule_batches.places(db, enrolments)}
    people = patients.several(db, {row.patient_id for row in places.values()})
    chosen = {
        key: language_of(
            language.get(key) if isinstance(language, Mapping) else language,
            people[row.patient_id].language,
        )
        for key, row in places.items()
    }
    promised = commitments.several(
        db, {key: people[row.patient_id].language for key, row in places.items()}
    )
    centres = _Centres(db)
    found: dict[UUID, Filled] = {}
    for wanted in sorted(set(chosen.values())):
        with i18n.using(wanted):
            these = [key for key in places if chosen[key] == wanted]
            speakers = _Speakers(db, wanted, these)
            for key, schedule in schedule_batches.load(db, these, told=True).items():
                row = places[key]
                patient = people[row.patient_id]
                say = speakers.one(row, patient.centre_id)
                sheet = _sheet(
                    row.group, patient, schedule.lines, promised[key], centres, today, say
                )
                own = language_of(None, patient.language)
                found[key] = Filled(
                    sheet,
                    schedule.enrolment,
                    schedule.lines,
                    _order(patient),
                    own,
                    say.words.missing,
                    say.words.private,
                    patient.centre_id,
                    Access.LARGE_PRINT in patient.access,
                )
    return found


def missing(found: Iterable[Filled]) -> tuple[str, ...]:
    """What has no translation on any of them, each once."""
    return tuple(dict.fromkeys(words for one in found for words in one.missing))


class _Speakers:
    """Who says what in one language; for Swedish nothing more is read."""

    def __init__(self, db: Db, language: str, places: Iterable[UUID]) -> None:
        self._db = db
        self._language = language
        self._own = translations.own_words(db, language, places)
        self._known: dict[tuple[UUID, ...], Mapping[str, str]] = {}
        self._contents: dict[UUID, Content | None] = {}

    def one(self, place: EnrolmentRow, centre_id: UUID) -> "_Speaker":
        """Who says what stands on the sheet of a patient of a centre."""
        if self._language == "sv":
            return _Speaker(Translator("sv"), self)
        wanted = centre_id, place.group.centre_id
        if wanted not in self._known:
            written = translations.written(self._db, self._language, wanted)
            self._known[wanted] = translations.merged(written, wanted)
        known = self._known[wanted]
        return _Speaker(Translator(self._language, known, self._own.get(place.id, {})), self)

    def name(self, held: Session) -> Text | None:
        """What the module of a session is called in all languages, where its programme says it."""
        programme = self.content(held.group_id)
        modules = programme.modules if programme else ()
        return next((each.name for each in modules if each.key == held.module), None)

    def content(self, group_id: UUID) -> Content | None:
        if group_id not in self._contents:
            row = self._db.get(GroupRow, group_id)
            self._contents[group_id] = content_of(row.programme_version) if row else None
        return self._contents[group_id]


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Says one patient's sheet in its language."""

    words: Translator
    _all: _Speakers

    @property
    def is_swedish(self) -> bool:
        return self.words.language == "sv"

    def title(self, held: Session | Visit) -> str:
        """What a session or visit is called, without its number."""
        if self.is_swedish:
            return held.title
        if isinstance(held, Session):
            name = self._all.name(held)
            return self.words.text(name) if name else self.words.words(held.title)
        if held.strand:
            return self._visit(held)
        usual = held.title == _("Individual visit")
        return held.title if usual else self.words.own_words(held.title)

    def numbered(self, held: Session | Visit) -> str:
        if isinstance(held, Session) and held.of > 1:
            return f"{self.title(held)} {held.number}"
        return self.title(held)

    def _visit(self, held: Visit) -> str:
        """A visit of the programme has its module's name, in the language or in Swedish."""
        programme = self._all.content(held.group_id)
        names = [each.name for each in programme.modules] if programme else []
        given = (name for name in names if name.by_language.get(self.words.language) == held.title)
        if next(given, None) is not None:
            return held.title
        return self.words.words(held.title)

    def lines(self, swedish: str) -> list[str]:
        return _lines(self.words.words(swedish))


class _Centres:
    """Centres and colleagues, each read once."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._known: dict[UUID, Centre] = {}
        self._staff: dict[UUID, Staff | None] = {}
        self._faces: dict[UUID, Face] = {}
        self._words: dict[UUID, Mapping[tuple[str, str], str]] = {}

    def centre(self, key: UUID) -> Centre:
        if key not in self._known:
            self._known[key] = as_centre(self._db.get_one(CentreRow, key))
        return self._known[key]

    def face(self, key: UUID) -> Face:
        if key not in self._faces:
            chosen = paper_faces.of_centre(self._db, key)
            self._faces[key] = paper_faces.on_paper(chosen, self.centre(key))
        return self._faces[key]

    def own_words(self, key: UUID) -> Mapping[tuple[str, str], str]:
        """What the centre has written in place of the program's texts, by key and language."""
        if key not in self._words:
            self._words[key] = paper_words.written(self._db, key)
        return self._words[key]

    def contact(self, key: UUID | None) -> Staff | None:
        if key is None:
            return None
        if key not in self._staff:
            row = self._db.get(StaffRow, key)
            self._staff[key] = as_staff(row) if row else None
        return self._staff[key]


def _sheet(
    group: GroupRow,
    patient: Patient,
    lines: Sequence[Line],
    promised: Commitment,
    known: _Centres,
    today: date,
    say: _Speaker,
) -> Sheet:
    programme = content_of(group.programme_version)
    centre = known.centre(patient.centre_id)
    host = known.centre(group.centre_id)
    contact = known.contact(patient.contact_id or group.owner_id)
    signing = _named(contact) if contact else host.name
    return Sheet(
        centre=centre.name,
        patient=patient.name,
        masked_number=patient.identity.masked,
        programme=say.words.text(programme.name),
        rows=tuple(_row(line, say) for line in lines if line.kind not in STAYS_AWAY),
        version=FIRST,
        dated=today,
        printed=today,
        contact=contact.name if contact else "",
        contact_title=contact.profession.label if contact else "",
        phone=(contact.phone if contact else "") or centre.phone,
        phone_hours=say.words.words(centre.phone_hours),
        not_attending=(
            *(
                _not_going(line, say)
                for line in lines
                if line.kind is LineKind.OPT_OUT and not line.session.cancelled
            ),
            *_resting(lines),
        ),
        bring=_bring(programme, lines, say),
        directions=(*_lines(host.address), *say.lines(host.directions)),
        cancelling=_cancelling(centre, contact, say, known.own_words(patient.centre_id)),
        sentences=_sentences(promised, programme, say.words),
        goals=tuple(map(say.words.own_words, promised.goals)),
        home=tuple(map(say.words.own_words, promised.home)),
        review=_review(lines),
        signatures=(patient.name, signing),
        language=say.words.language,
        face=known.face(patient.centre_id),
    )


def _order(patient: Patient) -> str:
    return folded(f"{patient.family_name} {patient.given_name}")


def _row(line: Line, say: _Speaker) -> SheetRow:
    held = line.session
    if isinstance(held, Visit):
        leaders: Sequence[tuple[str, str]] = (
            [(held.leader.name, held.leader.profession.label)] if held.leader else []
        )
        own = "" if held.strand else _("Extra visit for you")
        return SheetRow(
            held.start,
            held.end,
            held.kind,
            say.title(held),
            "",
            "",
            tuple(leaders),
            held.room_name,
            own,
            held.cancelled,
        )
    return SheetRow(
        held.start,
        held.end,
        held.kind,
        say.numbered(held),
        _("Lecture {letter}").format(letter=held.letter) if held.letter else "",
        held.letter,
        tuple((leader.name, leader.profession.label) for leader in held.leaders),
        held.room_name,
        _change(line),
        held.cancelled,
    )


def _change(line: Line) -> str:
    """Never the reason: it may tell of the patient's health."""
    if line.kind is LineKind.ADDITION:
        return _("Extra session for you")
    if line.kind is LineKind.SWAP and line.instead_of:
        return _("Instead of {day}").format(day=i18n.day_long(line.instead_of.start.date()))
    return ""


def _resting(lines: Iterable[Line]) -> tuple[str, ...]:
    """One sentence for all the days of a pause."""
    days = sorted(
        {
            line.start.date()
            for line in lines
            if line.kind is LineKind.PAUSED and not line.session.cancelled
        }
    )
    if not days:
        return ()
    told = i18n.joined([i18n.day_long(day) for day in days])
    return (_("You rest from the group and do not come {days}.").format(days=told),)


def _not_going(line: Line, say: _Speaker) -> str:
    return _("You do not go to {title} {day}: {reason}.").format(
        title=say.numbered(line.session),
        day=i18n.day_long(line.start.date()),
        reason=say.words.own_words(line.reason.rstrip(".")),
    )


def _bring(programme: Content, lines: Iterable[Line], say: _Speaker) -> tuple[str, ...]:
    """What the modules ask for, each line once, in the order it is first needed."""
    known = {module.key: module for module in programme.modules}
    wanted: dict[str, None] = {}
    for line in lines:
        if line.attends and isinstance(line.session, Session) and line.session.module in known:
            for text in _lines(say.words.text(known[line.session.module].bring)):
                wanted.setdefault(text)
    return (*wanted, _("This paper")) if wanted else ()


def _cancelling(
    centre: Centre, contact: Staff | None, say: _Speaker, own: Mapping[tuple[str, str], str]
) -> tuple[str, ...]:
    """What the centre has set, as in its letters; else only whom to call, never a rule of ours."""
    phone = (contact.phone if contact else "") or centre.phone
    words = Words(own, say.words.language, say.words.words)
    said = words.lines("cancelling", phone=phone) or tuple(say.lines(centre.cancelling))
    call = (_("Call {phone}.").format(phone=phone),) if phone else ()
    return (*(said or call), *words.lines("fee"))


def promise(
    db: Db, place: EnrolmentRow, promised: Commitment, language: str
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """What a sheet in *language* says of the commitment: sentences, goals and home practice."""
    programme = content_of(place.group.programme_version)
    (patient,) = patients.several(db, {place.patient_id}).values()
    say = _Speakers(db, language, [place.id]).one(place, patient.centre_id).words
    goals, home = (tuple(map(say.own_words, texts)) for texts in (promised.goals, promised.home))
    return _sentences(promised, programme, say), goals, home


def _sentences(promised: Commitment, programme: Content, say: Translator) -> tuple[str, ...]:
    """The programme's own sentences in the language of the paper, and what is written anew."""
    known = {
        words: text
        for text in programme.commitment.sentences
        for words in text.by_language.values()
    }
    return tuple(
        say.text(known[sentence]) if sentence in known else say.own_words(sentence)
        for sentence in promised.sentences
    )


def _review(lines: Iterable[Line]) -> str:
    """The programme's visits after the first: there the goals are gone through together."""
    visits = [
        line.session
        for line in lines
        if isinstance(line.session, Visit) and line.session.strand and not line.session.cancelled
    ]
    days = [i18n.day_long(visit.start.date()) for visit in visits[1:]]
    if not days:
        return ""
    return _("We go through the goals together {days}.").format(days=i18n.joined(days))


def _named(person: Staff) -> str:
    return i18n.comma(person.name, person.profession.label)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
