"""Papers: what is shown before printing, and what was printed in which version.

A paper's version rises when its content differs from what was printed last; previewing changes
nothing. Rendering happens with no transaction open.
"""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import ColumnElement, select
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
from painprogram.storage.database import Database
from painprogram.storage.tables import EnrolmentRow, GroupRow, PatientRow, PrintRow
from painprogram.usecases import enrolments, files, groups, posters, sheets

__all__ = [
    "POSTER",
    "SHEET",
    "PageImage",
    "Rendered",
    "all_sheets",
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
class _Printout:
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

    @property
    def of_the_same(self) -> tuple[ColumnElement[bool], ...]:
        """Every version of this paper in this language."""
        return (
            PrintRow.kind == self.kind,
            PrintRow.group_id == self.group_id,
            PrintRow.patient_id.is_(None)
            if self.patient_id is None
            else PrintRow.patient_id == self.patient_id,
            PrintRow.language == self.language,
        )


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
) -> bytes:
    """A patient's sheet as PDF, in *language* or the patient's own.

    With *record* it counts as printed on *today*: the next differing one has a higher version.
    """
    action = _("Print schedule") if record else _("Preview schedule")
    with database.read_patients(action) as db:
        found = sheets.content(db, enrolment_id, today, language)
        place = db.get_one(EnrolmentRow, enrolment_id)
        printout = _printout(db, SHEET, place.group_id, place.patient_id, found, today)
    pdf = sheet_paper.sheet(_dated(found, printout))
    if record:
        with database.change(_("Print schedule"), undoable=False) as db:
            _note(db, database, printout, today)
    return pdf


def all_sheets(
    database: Database,
    progress: Progress,
    group_id: UUID,
    today: date,
    language: str | None = None,
    *,
    record: bool = True,
) -> bytes:
    """The sheets of everybody in a group, in order of name, in one PDF.

    Each is in *language*, or in its patient's own. Cancelled, nothing counts as printed.
    """
    action = _("Print schedules of a group") if record else _("Preview schedules of a group")
    found: list[tuple[str, Sheet, _Printout]] = []
    with database.read_patients(action) as db:
        places = enrolments.held(db, group_id)
        if not places:
            raise Refused(_("Nobody has a place in the group yet: there is nothing to print."))
        for number, place in enumerate(places):
            progress.report(number / len(places) / 2)
            content = sheets.content(db, place.id, today, language)
            printout = _printout(db, SHEET, group_id, place.patient_id, content, today)
            name = db.get_one(PatientRow, place.patient_id).search
            found.append((name.translate(_SWEDISH), _dated(content, printout), printout))
    found.sort(key=lambda one: one[0])
    second_half = Progress(lambda done, text: progress.report((1 + done) / 2, text))
    pdf = sheet_paper.sheets([content for _name, content, _printout in found], second_half)
    progress.report(1)
    if record:
        with database.change(_("Print schedules of a group"), undoable=False) as db:
            for _name, _content, printout in found:
                _note(db, database, printout, today)
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
    with i18n.using(language or i18n.language()):
        with database.read() as db:
            if db.get(GroupRow, group_id) is None:
                raise Refused(_("The group is no longer there."))
            found = posters.content(db, group_id, today)
            printout = _printout(db, POSTER, group_id, None, found, today)
        pdf = _fitting(replace(found, version=printout.number, dated=printout.dated))
    if record:
        with database.change(_("Print base schedule"), undoable=False) as db:
            _note(db, database, printout, today)
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
) -> Rendered:
    """A poster, a sheet, or the sheets of the whole group where no *enrolment_id* is given."""
    group = groups.group(database, group_id).name
    if kind == POSTER:
        name = _("Base schedule {group}").format(group=group)
        pdf = poster(database, group_id, today, language, record=record)
    elif enrolment_id is not None:
        name = _("Schedule {group}").format(group=group)
        pdf = sheet(database, enrolment_id, today, language, record=record)
    else:
        name = _("Schedules {group}").format(group=group)
        pdf = all_sheets(database, progress, group_id, today, language, record=record)
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
) -> Rendered:
    """Record a paper as printed and write just that to *path*."""
    rendered = render(
        database, progress, kind, group_id, enrolment_id, today, language, record=True
    )
    files.write(path, rendered.pdf)
    return rendered


def _fitting(content: Poster) -> bytes:
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

_SWEDISH = str.maketrans("åäö", "{|}")
"""Behind z, in this order: as a Swedish reader looks a name up."""


def _dated(content: Sheet, printout: _Printout) -> Sheet:
    return replace(
        content,
        version=printout.number,
        dated=printout.dated,
        replaces=printout.replaces,
        replaces_dated=printout.replaces_dated,
    )


def _printout(
    db: Db,
    kind: str,
    group_id: UUID,
    patient_id: UUID | None,
    content: Sheet | Poster,
    today: date,
) -> _Printout:
    """The last printed version where the content is the same, else the next."""
    plain = replace(content, version=0, dated=date.min)
    if isinstance(plain, Sheet):
        plain = replace(plain, printed=date.min)
    language = content.language if isinstance(content, Sheet) else i18n.language()
    digest = hashlib.sha256(repr(plain).encode()).hexdigest()
    new = _Printout(kind, group_id, patient_id, language, 1, today, digest)
    known = db.scalars(
        select(PrintRow).where(*new.of_the_same).order_by(PrintRow.number.desc()).limit(2)
    ).all()
    if not known:
        return new
    last = known[0]
    if last.digest != digest:
        return replace(
            new, number=last.number + 1, replaces=last.number, replaces_dated=last.printed_on
        )
    same = replace(new, number=last.number, dated=last.printed_on)
    if len(known) == 1:
        return same
    return replace(same, replaces=known[1].number, replaces_dated=known[1].printed_on)


def _note(db: Db, database: Database, printout: _Printout, today: date) -> None:
    """One row for each version; printing the same again adds none."""
    same = select(PrintRow.id).where(
        *printout.of_the_same,
        PrintRow.digest == printout.digest,
        PrintRow.number == printout.number,
    )
    if db.scalar(same) is None:
        db.add(
            PrintRow(
                kind=printout.kind,
                group_id=printout.group_id,
                patient_id=printout.patient_id,
                language=printout.language,
                number=printout.number,
                digest=printout.digest,
                printed_on=today,
                printed_by=database.actor.name,
            )
        )
