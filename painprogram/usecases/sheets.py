"""What stands on a patient's sheet: the own schedule, the commitment and the contact person."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram import i18n
from painprogram.documents.sheet import Sheet, SheetRow
from painprogram.domain.commitments import Commitment
from painprogram.domain.people import Centre, Staff
from painprogram.domain.programmes import Content
from painprogram.domain.schedule import Line, LineKind
from painprogram.domain.sessions import Session, Visit
from painprogram.i18n import _
from painprogram.storage.tables import (
    CentreRow,
    EnrolmentRow,
    GroupRow,
    ProgrammeVersionRow,
    StaffRow,
)
from painprogram.usecases import commitments, patients, schedules
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


def content(db: Db, enrolment_id: UUID, today: date, language: str | None) -> Sheet:
    """The sheet of a place in a group as it is now, in *language* or the patient's own."""
    place = db.scalar(
        select(EnrolmentRow)
        .where(EnrolmentRow.id == enrolment_id)
        .options(
            joinedload(EnrolmentRow.group)
            .joinedload(GroupRow.programme_version)
            .joinedload(ProgrammeVersionRow.programme)
        )
    )
    if place is None:
        raise patients.gone()
    patient = patients.one(db, place.patient_id)
    chosen = language_of(language, patient.language)
    with i18n.using(chosen):
        programme = content_of(place.group.programme_version)
        centre = as_centre(db.get_one(CentreRow, patient.centre_id))
        host = as_centre(db.get_one(CentreRow, place.group.centre_id))
        lines = schedules.load(db, enrolment_id).lines
        contact = _contact(db, patient.contact_id or place.group.owner_id)
        promised = commitments.load(db, enrolment_id)
        signing = _named(contact) if contact else host.name
        return Sheet(
            centre=centre.name,
            patient=patient.name,
            masked_number=patient.identity.masked,
            programme=str(programme.name),
            rows=tuple(_row(line) for line in lines if line.kind is not LineKind.OPT_OUT),
            version=FIRST,
            dated=today,
            printed=today,
            contact=contact.name if contact else "",
            contact_title=contact.profession.label if contact else "",
            phone=(contact.phone if contact else "") or centre.phone,
            phone_hours=centre.phone_hours,
            not_attending=tuple(
                _not_going(line)
                for line in lines
                if line.kind is LineKind.OPT_OUT and not line.session.cancelled
            ),
            bring=_bring(programme, lines),
            directions=(*_lines(host.address), *_lines(host.directions)),
            cancelling=_cancelling(centre, contact),
            sentences=_sentences(promised, programme),
            goals=promised.goals,
            home=promised.home,
            review=_review(lines),
            signatures=(patient.name, signing),
            language=chosen,
        )


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


def _contact(db: Db, staff_id: UUID | None) -> Staff | None:
    row = db.get(StaffRow, staff_id) if staff_id else None
    return as_staff(row) if row else None


def _named(person: Staff) -> str:
    return f"{person.name}, {person.profession.label}"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
