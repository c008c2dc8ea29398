"""What stands on the base schedule poster: no patient, and whatever the group is to know."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents.poster import Poster, PosterCell, PosterStrand
from painprogram.domain.closures import Closure
from painprogram.domain.people import Profession
from painprogram.domain.planning import WEEK, monday
from painprogram.domain.programmes import Content, ModuleKind, Placement, Strand
from painprogram.domain.sessions import Session
from painprogram.i18n import _, ngettext, pgettext
from painprogram.storage.tables import CentreRow, GroupRow
from painprogram.usecases import paper_faces, published
from painprogram.usecases.centres import as_centre, closures_of
from painprogram.usecases.programmes import content_of

T = TypeVar("T", bound=Hashable)

_NAMES = ("Kristi ", "Sveriges ")
"""Days that keep their capital in Swedish."""


def content(db: Db, group_id: UUID, today: date) -> Poster:
    """The poster of a group as it was told, in the language in use, not numbered yet."""
    row = db.get_one(GroupRow, group_id)
    programme = content_of(row.programme_version)
    centre = as_centre(db.get_one(CentreRow, row.centre_id))
    base = published.base_schedule(db, group_id)
    shut: tuple[Closure, ...] = ()
    if base:
        shut = closures_of(db, row.centre_id, base[0].start.date(), base[-1].start.date())
    owner = row.owner
    return Poster(
        centre=centre.name,
        programme=str(programme.name),
        group=row.name,
        strands=tuple(_strands(programme, base)),
        template=str(programme.name),
        template_version=row.programme_version.number,
        version=1,
        dated=today,
        owner=f"{owner.name}, {Profession(owner.profession).label}" if owner else "",
        notes=tuple(_notes(programme, base, shut)),
        phone=centre.phone,
        phone_hours=centre.phone_hours,
        face=paper_faces.on_paper(paper_faces.of_centre(db, row.centre_id), centre),
    )


# Strands


def _strands(programme: Content, base: Sequence[Session]) -> Iterable[PosterStrand]:
    """A row for each series, one for the lectures, one for what is linked in, one for visits."""
    lectures = {strand.key for strand in programme.strands if _is_lecture(programme, strand)}
    for strand in programme.strands:
        held = _of(strand, base)
        if held and strand.key not in lectures:
            yield _series(programme, strand, held)
    held = [session for session in base if session.strand in lectures and not session.linked]
    if held:
        yield _lectures(held)
    linked = [session for session in base if session.linked]
    if linked:
        yield _linked(linked)
    visits = [
        programme.module(strand.module).card_title
        for strand in programme.strands
        if strand.placement is Placement.VISIT
    ]
    if visits:
        note = _("{visits}: you get a time of your own.").format(visits=_named(visits))
        yield PosterStrand(ModuleKind.INDIVIDUAL, _("Individual visits"), note=note)


def _is_lecture(programme: Content, strand: Strand) -> bool:
    kind = programme.module(strand.module).kind
    return strand.placement is Placement.ONCE and kind is ModuleKind.LECTURE


def _of(strand: Strand, base: Iterable[Session]) -> list[Session]:
    return [session for session in base if session.strand == strand.key and not session.linked]


def _series(programme: Content, strand: Strand, held: Sequence[Session]) -> PosterStrand:
    module = programme.module(strand.module)
    return PosterStrand(
        module.kind,
        str(module.name),
        _leaders(held),
        _rooms(held),
        ", ".join(_lowered(str(module.bring).splitlines())),
        tuple(
            PosterCell(s.start, s.end, s.number, s.of if s.of > 1 else 0, cancelled=s.cancelled)
            for s in held
        ),
    )


def _lectures(held: Sequence[Session]) -> PosterStrand:
    letters = sorted({session.letter for session in held if session.letter})
    topics: tuple[str, ...] = ()
    if len(letters) > 1:
        many = ngettext("{number} topic", "{number} topics", len(letters))
        topics = (
            _("{topics}, {first} to {last}").format(
                topics=many.format(number=len(letters)), first=letters[0], last=letters[-1]
            ),
        )
    cells = _cells(held, with_letter=True)
    return PosterStrand(ModuleKind.LECTURE, _("Lectures"), topics, _rooms(held), "", cells)


def _linked(held: Sequence[Session]) -> PosterStrand:
    title = _named(dict.fromkeys(session.card_title for session in held))
    about = (_("Open lectures, also for others"),)
    cells = _cells(held, with_letter=False)
    return PosterStrand(ModuleKind.LINKED, title, about, _rooms(held), "", cells)


def _cells(held: Iterable[Session], *, with_letter: bool) -> tuple[PosterCell, ...]:
    return tuple(
        PosterCell(
            s.start,
            s.end,
            letter=s.letter if with_letter else "",
            title=s.card_title,
            professions=tuple(map(_narrow, (leader.profession for leader in s.leaders))),
            cancelled=s.cancelled,
        )
        for s in held
    )


def _narrow(profession: Profession) -> str:
    """The title in the column of a week, with the places where it may be broken."""
    titles = {
        Profession.PHYSIOTHERAPIST: pgettext("narrow column", "physio\u00adtherapist"),
        Profession.PSYCHOLOGIST: pgettext("narrow column", "psycho\u00adlogist"),
        Profession.PHARMACIST: pgettext("narrow column", "pharma\u00adcist"),
        Profession.OCCUPATIONAL_THERAPIST: pgettext("narrow column", "occupational therapist"),
        Profession.NURSE: pgettext("narrow column", "nurse"),
        Profession.ASSISTANT_NURSE: pgettext("narrow column", "assistant nurse"),
        Profession.REHAB_COORDINATOR: pgettext(
            "narrow column", "rehabili\u00adtation coordi\u00adnator"
        ),
    }
    return titles.get(profession) or profession.label


def _leaders(held: Iterable[Session]) -> tuple[str, ...]:
    found = [f"{x.name}, {x.profession.label}" for s in held for x in s.leaders]
    return tuple(dict.fromkeys(found))


def _rooms(held: Iterable[Session]) -> str:
    return ", ".join(dict.fromkeys(s.room_name for s in held if s.room_name))


def _named(titles: Iterable[str]) -> str:
    """``Sömn och stress``: several titles as the words of one."""
    return i18n.joined(_lowered(title.replace("\u00ad", "") for title in titles))


def _lowered(titles: Iterable[str]) -> list[str]:
    """All but the first without their capital; an abbreviation keeps its own."""
    known = list(titles)
    return [
        title if not number or title[1:2].isupper() else title[:1].lower() + title[1:]
        for number, title in enumerate(known)
    ]


# What the calendar did to the schedule


def _notes(programme: Content, base: Sequence[Session], shut: Sequence[Closure]) -> Iterable[str]:
    """Days that are closed where something would have met, and what is done instead.

    "Torsdag 6 maj är Kristi himmelsfärdsdag. Föreläsning C är därför onsdag 5 maj."
    """
    lectures = [strand for strand in programme.strands if strand.placement is Placement.ONCE]
    single = [session for strand in lectures for session in _of(strand, base)]
    for closure in shut:
        moved: list[str] = []
        skipped: list[str] = []
        for strand in programme.strands:
            held = _of(strand, base)
            usual = held if strand.placement is Placement.SERIES else single
            if held and usual:
                moved += _moved(strand, held, usual, closure)
                if _is_skipped(strand, held, closure):
                    skipped.append(str(programme.module(strand.module).name))
        if moved or skipped:
            yield " ".join([_closed(closure), *moved, *_skips(skipped)])


def _closed(closure: Closure) -> str:
    if closure.first != closure.last:
        return _("{reason}: closed in {week}.").format(
            reason=closure.reason, week=i18n.week(closure.first)
        )
    day = i18n.day_long(closure.first)
    return _("{day} is {reason}.").format(
        day=day[0].upper() + day[1:], reason=_in_a_sentence(closure.reason)
    )


def _in_a_sentence(reason: str) -> str:
    """In Swedish "julafton", but "Kristi himmelsfärdsdag"; English writes all with capitals."""
    if i18n.language() != "sv" or reason.startswith(_NAMES):
        return reason
    return _lowered(["", reason])[1]


def _moved(
    strand: Strand, held: Sequence[Session], usual: Sequence[Session], closure: Closure
) -> Iterable[str]:
    """Sessions on another day than such ones have, in a week where theirs is closed."""
    weekday = _usual(session.start.weekday() for session in usual)
    for session in held:
        day = monday(session.start.date()) + timedelta(days=weekday)
        if session.start.weekday() != weekday and _hits(closure, day, session):
            name = _("Lecture {letter}").format(letter=strand.letter) if strand.letter else ""
            yield _("{title} is therefore on {day}.").format(
                title=name or session.numbered_title, day=i18n.day_long(session.start.date())
            )


def _is_skipped(strand: Strand, held: Sequence[Session], closure: Closure) -> bool:
    """Whether a series waits longer than its rhythm because of this closure."""
    rhythm = strand.every_weeks * WEEK
    for before, after in pairwise(held):
        day = before.start.date() + rhythm
        last = after.start.date() - rhythm
        while monday(day) <= monday(last):
            if _hits(closure, day, before):
                return True
            day += rhythm
    return False


def _skips(names: Sequence[str]) -> Iterable[str]:
    if names:
        yield _("No session that week: {names}.").format(names=i18n.joined(_lowered(names)))


def _hits(closure: Closure, day: date, session: Session) -> bool:
    """Whether *session* could not have been held on *day*, at its own time."""
    start = datetime.combine(day, session.start.time())
    return closure.covers(start, start + timedelta(minutes=session.minutes))


def _usual(found: Iterable[T]) -> T:
    return Counter(found).most_common(1)[0][0]
