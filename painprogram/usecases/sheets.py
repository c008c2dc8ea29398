"""What stands on a patient's sheet: the own schedule, the commitment and the contact person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents.sheet import Sheet, SheetRow
from painprogram.domain.commitments import Commitment
from painprogram.domain.names import folded
from painprogram.domain.patients import Enrolment, Patient
from painprogram.domain.people import Centre, Staff
from painprogram.domain.programmes import Content
from painprogram.domain.schedule import STAYS_AWAY, Line, LineKind
from painprogram.domain.sessions import Session, Visit
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.tables import CentreRow, GroupRow, StaffRow
from painprogram.usecases import commitments, patients, schedule_batches
from painprogram.usecases.centres import as_centre
from painprogram.usecases.programmes import content_of
from painprogram.usecases.staff import as_staff

FIRST = 1
"""Sheets carry their version; ``prints`` fills it in."""


def language_of(wanted: str | None, patient_language: str) -> str:
    """The language of the paper: the one asked for, the patient's where we have it, Swedish."""
    if wanted:
        return wanted
    return patient_language if patient_language in i18n.LANGUAGES else "sv"


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
            for key, schedule in schedule_batches.load(db, these, told=True).items():
                row = places[key]
                patient = people[row.patient_id]
                sheet = _sheet(
                    row.group, patient, schedule.lines, promised[key], centres, today, wanted
                )
                own = language_of(None, patient.language)
                found[key] = Filled(sheet, schedule.enrolment, schedule.lines, _order(patient), own)
    return found


class _Centres:
    """Centres and colleagues, each read once."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._known: dict[UUID, Centre] = {}
        self._staff: dict[UUID, Staff | None] = {}

    def centre(self, key: UUID) -> Centre:
        if key not in self._known:
            self._known[key] = as_centre(self._db.get_one(CentreRow, key))
        return self._known[key]

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
    language: str,
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
        programme=str(programme.name),
        rows=tuple(_row(line) for line in lines if line.kind not in STAYS_AWAY),
        version=FIRST,
        dated=today,
        printed=today,
        contact=contact.name if contact else "",
        contact_title=contact.profession.label if contact else "",
        phone=(contact.phone if contact else "") or centre.phone,
        phone_hours=centre.phone_hours,
        not_attending=(
            *(
                _not_going(line)
                for line in lines
                if line.kind is LineKind.OPT_OUT and not line.session.cancelled
            ),
            *_resting(lines),
        ),
        bring=_bring(programme, lines),
        directions=(*_lines(host.address), *_lines(host.directions)),
        cancelling=_cancelling(centre, contact),
        sentences=_sentences(promised, programme),
        goals=promised.goals,
        home=promised.home,
        review=_review(lines),
        signatures=(patient.name, signing),
        language=language,
    )


def _order(patient: Patient) -> str:
    return folded(f"{patient.family_name} {patient.given_name}")


def _row(line: Line) -> SheetRow:
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
            held.title,
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
        held.numbered_title,
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


def _not_going(line: Line) -> str:
    return _("You do not go to {title} {day}: {reason}.").format(
        title=_what(line.session),
        day=i18n.day_long(line.start.date()),
        reason=line.reason.rstrip("."),
    )


def _what(held: Session | Visit) -> str:
    return held.numbered_title if isinstance(held, Session) else held.title


def _bring(programme: Content, lines: Iterable[Line]) -> tuple[str, ...]:
    """What the modules ask for, each line once, in the order it is first needed."""
    known = {module.key: module for module in programme.modules}
    wanted: dict[str, None] = {}
    for line in lines:
        if line.attends and isinstance(line.session, Session) and line.session.module in known:
            for text in _lines(str(known[line.session.module].bring)):
                wanted.setdefault(text)
    return (*wanted, _("This paper")) if wanted else ()


def _cancelling(centre: Centre, contact: Staff | None) -> tuple[str, ...]:
    """What the centre has set; else only whom to call, never a rule of our own."""
    if centre.cancelling:
        return tuple(_lines(centre.cancelling))
    phone = (contact.phone if contact else "") or centre.phone
    return (_("Call {phone}.").format(phone=phone),) if phone else ()


def promise(
    promised: Commitment, programme: Content, language: str
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """What a sheet in *language* says of the commitment: sentences, goals and home practice."""
    with i18n.using(language):
        return _sentences(promised, programme), promised.goals, promised.home


def _sentences(promised: Commitment, programme: Content) -> tuple[str, ...]:
    """The programme's own sentences in the language of the paper; what is written anew as it is."""
    translated = {
        words: str(text)
        for text in programme.commitment.sentences
        for words in text.by_language.values()
    }
    return tuple(translated.get(sentence, sentence) for sentence in promised.sentences)


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
    return f"{person.name}, {person.profession.label}"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
