"""Papers: what is shown before printing, and what was printed in which version.

A paper's version rises when its content differs from what was printed last; previewing changes
nothing. Rendering happens with no transaction open.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents import pages
from painprogram.documents import poster as poster_paper
from painprogram.documents import sheet as sheet_paper
from painprogram.documents.pages import PageImage
from painprogram.documents.poster import Poster
from painprogram.documents.sheet import Sheet
from painprogram.domain.errors import Refused
from painprogram.domain.progress import Progress
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import GroupRow, PrintRow
from painprogram.usecases import (
    enrolments,
    files,
    groups,
    posters,
    printed,
    sheets,
    translations,
    twins,
)
from painprogram.usecases.printed import Printed
from painprogram.usecases.schedule_batches import parts
from painprogram.usecases.sheets import Filled

__all__ = [
    "POSTER",
    "SHEET",
    "PageImage",
    "Printout",
    "Rendered",
    "all_sheets",
    "fitting",
    "many_sheets",
    "note",
    "numbered",
    "numbered_poster",
    "page",
    "page_count",
    "page_sizes",
    "poster",
    "render",
    "save",
    "sheet",
]

SHEET, POSTER = "sheet", "poster"


@dataclass(frozen=True, slots=True)
class Printout:
    """A paper in the version it has if it is printed now, and whose it is."""

    kind: str
    group_id: UUID
    patient_id: UUID | None
    language: str
    number: int
    dated: date
    digest: str
    replaces: int | None = None
    replaces_dated: date | None = None
    content: Printed | None = None
    new: bool = True
    """Whether this version was not printed before."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A paper as PDF, with what showing it takes."""

    name: str
    """For windows, queues and files: "Schema H26 A"; never a patient's."""
    sizes: tuple[tuple[float, float], ...]
    """Width and height of each page in millimetres."""
    pdf: bytes = field(repr=False)


def sheet(
    database: Database,
    enrolment_id: UUID,
    today: date,
    language: str | None = None,
    *,
    record: bool = True,
    large: bool = False,
    twin: bool = False,
    missing_ok: bool = True,
) -> bytes:
    """A patient's sheet as PDF, in *language* or the patient's own, perhaps in *large* print.

    With *record* it counts as printed on *today*: the next differing one has a higher version, and
    words without translation are refused where they are not *missing_ok*. With *twin*, and where
    nobody has approved the language, the same in Swedish is behind it.
    """
    action = _("Print schedule") if record else _("Preview schedule")
    with database.read_patients(action) as db:
        found = sheets.content(db, enrolment_id, today, language)
        papers = numbered(db, [found], today, language)
        (behind,) = twins.of_sheets(db, [found], papers, today, wanted=twin)
    if record:
        translations.allow(found.missing, missing_ok=missing_ok)
    ((content, printout),) = papers
    pdf = sheet_paper.sheet(content, large_print=large or found.large, twin=behind)
    if record:
        note(database, _("Print schedule"), [printout], today)
    return pdf


def all_sheets(
    database: Database,
    progress: Progress,
    group_id: UUID,
    today: date,
    language: str | None = None,
    *,
    record: bool = True,
    large: bool = False,
    twin: bool = False,
    missing_ok: bool = True,
) -> bytes:
    """The sheets of everybody in a group, in order of name, in one PDF.

    Each is in *language*, or in its patient's own. Cancelled, nothing counts as printed. The rest
    is as with one ``sheet``.
    """
    label = _("Print schedules of a group")
    action = label if record else _("Preview schedules of a group")
    with database.read_patients(action) as db:
        places = [place.id for place in enrolments.held(db, group_id)]
        if not places:
            raise Refused(_("Nobody has a place in the group yet: there is nothing to print."))
        found = list(_filled(db, progress, places, today, language).values())
        found.sort(key=lambda one: one.order)
        papers = numbered(db, found, today, language)
        behind = twins.of_sheets(db, found, papers, today, wanted=twin)
    if record:
        translations.allow(sheets.missing(found), missing_ok=missing_ok)
    each = [large or one.large for one in found]
    return _batch(database, progress, label, papers, behind, today, record=record, large=each)


def many_sheets(
    database: Database,
    progress: Progress,
    places: Sequence[UUID],
    today: date,
    language: str | None = None,
    *,
    record: bool = True,
    large: bool = False,
    twin: bool = False,
    missing_ok: bool = True,
) -> bytes:
    """The sheets of *places*, of whatever groups, in the order given, in one PDF."""
    label = _("Print schedules")
    with database.read_patients(label if record else _("Preview schedules")) as db:
        found = _filled(db, progress, places, today, language)
        if not found:
            raise Refused(_("There is no sheet to print."))
        kept = [found[key] for key in dict.fromkeys(places) if key in found]
        papers = numbered(db, kept, today, language)
        behind = twins.of_sheets(db, kept, papers, today, wanted=twin)
    if record:
        translations.allow(sheets.missing(kept), missing_ok=missing_ok)
    each = [large or one.large for one in kept]
    return _batch(database, progress, label, papers, behind, today, record=record, large=each)


def _filled(
    db: Db, progress: Progress, places: Iterable[UUID], today: date, language: str | None
) -> dict[UUID, Filled]:
    progress.report(0)
    found = sheets.contents(db, places, today, language)
    saw(db, (one.enrolment.patient_id for one in found.values()))
    progress.report(1 / 3)
    return found


def _batch(
    database: Database,
    progress: Progress,
    label: str,
    papers: "list[tuple[Sheet, Printout]]",
    behind: Sequence[Sheet | None],
    today: date,
    *,
    record: bool,
    large: Sequence[bool],
) -> bytes:
    rest = Progress(lambda done, text: progress.report((1 + 2 * done) / 3, text))
    contents = [content for content, _printout in papers]
    pdf = sheet_paper.sheets(contents, rest, large_print=large, twins=behind)
    progress.report(1)
    if record:
        note(database, label, [printout for _content, printout in papers], today)
    return pdf


def poster(
    database: Database,
    group_id: UUID,
    today: date,
    language: str | None = None,
    *,
    record: bool = True,
) -> bytes:
    """The base schedule of a group as PDF, in *language* or the program's."""
    content, printout = numbered_poster(database, group_id, today, language)
    with i18n.using(printout.language):
        pdf = fitting(content)
    if record:
        note(database, _("Print base schedule"), [printout], today)
    return pdf


def render(
    database: Database,
    progress: Progress,
    kind: str,
    group_id: UUID,
    enrolment_id: UUID | None,
    today: date,
    language: str | None = None,
    *,
    record: bool,
    places: Sequence[UUID] = (),
    large: bool = False,
    twin: bool = False,
    missing_ok: bool = True,
) -> Rendered:
    """A poster, a sheet, or the sheets of the whole group where no *enrolment_id* is given.

    With *places* the sheets of just those, whatever their groups, in that order.
    """
    wish = {"record": record, "large": large, "twin": twin, "missing_ok": missing_ok}
    if places:
        pdf = many_sheets(database, progress, places, today, language, **wish)
        return Rendered(_("Schedules"), page_sizes(pdf), pdf)
    group = groups.group(database, group_id).name
    if kind == POSTER:
        name = _("Base schedule {group}").format(group=group)
        pdf = poster(database, group_id, today, language, record=record)
    elif enrolment_id is not None:
        name = _("Schedule {group}").format(group=group)
        pdf = sheet(database, enrolment_id, today, language, **wish)
    else:
        name = _("Schedules {group}").format(group=group)
        pdf = all_sheets(database, progress, group_id, today, language, **wish)
    return Rendered(name, page_sizes(pdf), pdf)


def save(
    database: Database,
    progress: Progress,
    path: Path,
    kind: str,
    group_id: UUID,
    enrolment_id: UUID | None,
    today: date,
    language: str | None = None,
    *,
    places: Sequence[UUID] = (),
    large: bool = False,
    twin: bool = False,
    missing_ok: bool = True,
) -> Rendered:
    """Record a paper as printed and write just that to *path*."""
    rendered = render(
        database,
        progress,
        kind,
        group_id,
        enrolment_id,
        today,
        language,
        record=True,
        places=places,
        large=large,
        twin=twin,
        missing_ok=missing_ok,
    )
    files.write(path, rendered.pdf)
    return rendered


def fitting(content: Poster) -> bytes:
    """What to bring gives way where the poster then has fewer pages: it is on everybody's sheet."""
    whole = poster_paper.poster(content)
    if pages.page_count(whole) == 1:
        return whole
    strands = tuple(replace(strand, bring="") for strand in content.strands)
    shorter = poster_paper.poster(replace(content, strands=strands))
    return shorter if pages.page_count(shorter) < pages.page_count(whole) else whole


# Showing a PDF that one of these made


def page_count(pdf: bytes) -> int:
    return pages.page_count(pdf)


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page in millimetres; all pages of one paper have the same."""
    return (pages.page_size(pdf, 0),) * pages.page_count(pdf)


def page(pdf: bytes, number: int, dpi: float) -> PageImage:
    """The picture of page *number*, the first being 0, at *dpi* dots an inch."""
    return pages.page(pdf, number, dpi)


# Versions


def numbered_poster(
    database: Database, group_id: UUID, today: date, language: str | None
) -> tuple[Poster, Printout]:
    """The base schedule of a group with the version it has if it is printed now."""
    with i18n.using(language or i18n.language()), database.read() as db:
        if db.get(GroupRow, group_id) is None:
            raise Refused(_("The group is no longer there."))
        found = posters.content(db, group_id, today)
        plain = replace(found, version=0, dated=date.min)
        mark = hashlib.sha256(repr(plain).encode()).hexdigest()
        new = Printout(POSTER, group_id, None, i18n.language(), 1, today, mark)
        known = _last(db, POSTER, [group_id])
        printout = _versioned(new, known.get((group_id, None, new.language), []))
    return replace(found, version=printout.number, dated=printout.dated), printout


_Paper = tuple[UUID, UUID | None, str]
"""A group, a patient, a language: papers of one kind that follow each other."""


@dataclass(frozen=True, slots=True)
class _Version:
    number: int
    digest: str
    printed_on: date


def numbered(
    db: Db, found: Sequence[Filled], today: date, language: str | None
) -> "list[tuple[Sheet, Printout]]":
    """Each sheet with the version it has if it is printed now."""
    known = _last(db, SHEET, {one.enrolment.group_id for one in found})
    papers = []
    for one in found:
        place, wanted = one.enrolment, one.sheet.language
        new = Printout(
            SHEET, place.group_id, place.patient_id, wanted, 1, today, printed.digest(one.sheet)
        )
        printout = replace(
            _versioned(new, known.get((place.group_id, place.patient_id, wanted), [])),
            content=printed.as_printed(one, chosen=language is not None and wanted != one.own),
        )
        papers.append((_dated(one.sheet, printout), printout))
    return papers


def _dated(content: Sheet, printout: Printout) -> Sheet:
    return replace(
        content,
        version=printout.number,
        dated=printout.dated,
        replaces=printout.replaces,
        replaces_dated=printout.replaces_dated,
    )


def _last(db: Db, kind: str, wanted: Iterable[UUID]) -> Mapping[_Paper, list[_Version]]:
    """The versions of every paper of these groups that was printed, the newest first."""
    found: dict[_Paper, list[_Version]] = {}
    for part in parts(wanted):
        for row in db.execute(
            select(
                PrintRow.group_id,
                PrintRow.patient_id,
                PrintRow.language,
                PrintRow.number,
                PrintRow.digest,
                PrintRow.printed_on,
            )
            .where(PrintRow.kind == kind, PrintRow.group_id.in_(part))
            .order_by(PrintRow.number.desc())
        ):
            paper = row.group_id, row.patient_id, row.language
            found.setdefault(paper, []).append(_Version(row.number, row.digest, row.printed_on))
    return found


def _versioned(new: Printout, known: Sequence[_Version]) -> Printout:
    """The last printed version where the content is the same, else the next."""
    if not known:
        return new
    last = known[0]
    if last.digest != new.digest:
        return replace(
            new, number=last.number + 1, replaces=last.number, replaces_dated=last.printed_on
        )
    same = replace(new, number=last.number, dated=last.printed_on, new=False)
    if len(known) == 1:
        return same
    return replace(same, replaces=known[1].number, replaces_dated=known[1].printed_on)


def note(database: Database, label: str, printouts: Iterable[Printout], today: date) -> None:
    """One row for each version; printing the same again adds none."""
    fresh = [printout for printout in printouts if printout.new]
    with database.change(label, undoable=False) as db:
        known = _last(db, fresh[0].kind, {one.group_id for one in fresh}) if fresh else {}
        for one in fresh:
            there = known.get((one.group_id, one.patient_id, one.language), [])
            if any((v.number, v.digest) == (one.number, one.digest) for v in there):
                continue  # printed by somebody else meanwhile
            db.add(
                PrintRow(
                    kind=one.kind,
                    group_id=one.group_id,
                    patient_id=one.patient_id,
                    language=one.language,
                    number=one.number,
                    digest=one.digest,
                    printed_on=today,
                    printed_by=database.actor.name,
                    content=one.content,
                )
            )
