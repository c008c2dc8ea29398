"""Papers of every kind from the command line."""

from argparse import Namespace
from dataclasses import replace
from datetime import date
from time import perf_counter
from uuid import UUID

from painprogram import i18n
from painprogram.cli import finding
from painprogram.cli.listing import put_json
from painprogram.cli.output import check_target, say
from painprogram.cli.planning import key_of
from painprogram.domain.errors import Refused
from painprogram.domain.papers import Kind, LetterKind, Order, Wanted
from painprogram.domain.progress import Progress
from painprogram.i18n import _, ngettext
from painprogram.usecases import Database, centres, papers, patients, reprints
from painprogram.usecases.papers import Made


def print_papers(database: Database, wanted: Namespace, today: date) -> None:
    if not wanted.one_each:
        check_target(wanted.out)
    start = perf_counter()
    made = papers.save(
        database,
        Progress(),
        _wanted(database, wanted, today),
        today,
        wanted.out,
        one_each=wanted.one_each,
        missing_ok=wanted.untranslated,
    )
    _tell(wanted, made, perf_counter() - start)


def _wanted(database: Database, asked: Namespace, today: date) -> Wanted:
    whose = Wanted(
        Kind(asked.paper),
        language=asked.paper_language,
        large=asked.large,
        twin=asked.twin,
        letter=LetterKind(asked.letter),
        centre=_centre(database, asked),
        group=finding.group(database, asked.group).id if asked.group else None,
        session=key_of(asked.session) if asked.session else None,
        staff=finding.colleague(database, asked.staff).id if asked.staff else None,
        room=finding.room(database, asked.room).id if asked.room else None,
        patient=finding.patient(database, asked.patient) if asked.patient else None,
        first=asked.first or (today if _is_of_days(asked) else None),
        last=asked.last or (today if _is_of_days(asked) and not asked.first else None),
        initials=asked.initials,
        order=Order(asked.order),
    )
    if asked.queue:
        return replace(whose, places=_queue(database, whose, today))
    if whose.patient is not None and whose.group is not None:
        return replace(whose, places=(_place(database, whose.patient, asked.group),))
    return whose


def _is_of_days(asked: Namespace) -> bool:
    """Whoever comes to a centre comes on a day: today, unless another is said."""
    given = (asked.group, asked.session, asked.patient, asked.queue)
    waiting = asked.paper == Kind.LETTER and asked.letter == LetterKind.WAITING
    of_people = asked.paper in (Kind.SHEET, Kind.CARD, Kind.LETTER) and not waiting
    return of_people and asked.centre is not None and not any(given)


def _centre(database: Database, asked: Namespace) -> UUID | None:
    """The one named, or the only one there is where the paper is the centre's own."""
    if asked.centre:
        return finding.centre(database, asked.centre).id
    found = centres.centres(database)
    if asked.paper == Kind.CALIBRATION and len(found) > 1:
        raise Refused(_("There are several health centres: write --centre and which."))
    return found[0].id if asked.paper == Kind.CALIBRATION and found else None


def _queue(database: Database, whose: Wanted, today: date) -> tuple[UUID, ...]:
    found = reprints.queue(database, None, today, whose.centre).sheets
    keys = tuple(one.enrolment_id for one in found if whose.group in (None, one.group_id))
    if not keys:
        raise Refused(_("No sheet is out of date: there is nothing to print."))
    return keys


def _place(database: Database, patient: UUID, group: str) -> UUID:
    """The patient's place in the group."""
    wanted = finding.group(database, group)
    for place in patients.enrolments(database, patient):
        if place.group_id == wanted.id and place.last is None:
            return place.id
    raise Refused(_("The patient has no place in {group}.").format(group=wanted.name))


def _tell(asked: Namespace, made: Made, seconds: float) -> None:
    out = asked.out
    found = [(str(out / file.name if asked.one_each else out), file) for file in made.files]
    if asked.json:
        put_json(
            {
                "kind": asked.paper,
                "files": [{"file": name, "pages": file.pages} for name, file in found],
                "pages": made.pages,
                "seconds": round(seconds, 3),
                "untranslated": list(made.missing),
            }
        )
        return
    for name, _file in found:
        say(name)
    pages = ngettext("{number} page", "{number} pages", made.pages)
    words = _("{pages} in {seconds} s")
    told = pages.format(number=i18n.number(made.pages))
    say(words.format(pages=told, seconds=i18n.number(seconds, 1)))
