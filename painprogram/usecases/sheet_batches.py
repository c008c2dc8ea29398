"""Patients' schedules and base schedules among the other papers; they have versions to follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents import sheet as sheet_paper
from painprogram.documents.poster import Poster
from painprogram.documents.sheet import Sheet
from painprogram.domain.errors import Refused
from painprogram.domain.papers import Wanted
from painprogram.domain.progress import Progress
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import GroupRow
from painprogram.usecases import groups, paper_places, prints, twins
from painprogram.usecases import sheets as sheet_contents
from painprogram.usecases.paper_batch import Batch, Item
from painprogram.usecases.prints import Printout
from painprogram.usecases.sheets import Filled


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A schedule, and the version it has if it is printed now."""

    paper: Sheet | Poster
    printout: Printout
    twin: Sheet | None = None
    """The same in Swedish, for the staff."""
    large: bool = False


def sheets(database: Database, progress: Progress, wanted: Wanted, today: date) -> Batch:
    """The schedules of whom they are wanted for, each in its patient's language or the chosen.

    With the Swedish behind those in a language that the patient's centre has not approved.
    """
    with database.read_patients(_("Make schedules")) as db:
        places = paper_places.places(db, wanted)
        if not places:
            saw(db, ())
            raise Refused(_nobody(wanted))
        progress.report(0)
        filled = sheet_contents.contents(db, places, today, wanted.language)
        saw(db, (one.enrolment.patient_id for one in filled.values()))
        progress.report(1 / 3)
        found = [filled[key] for key in places if key in filled]
        numbered = prints.numbered(db, found, today, wanted.language)
        behind = twins.of_sheets(db, found, numbered, today, wanted=wanted.twin)
        hosts = dict(_hosts(db, {one.enrolment.group_id for one in found}))
        progress.report(1)
    items = tuple(
        _item(
            one, _Numbered(sheet, printout, twin, one.large), hosts[one.enrolment.group_id], today
        )
        for one, (sheet, printout), twin in zip(found, numbered, behind, strict=True)
    )
    name = items[0].name if len(items) == 1 else _of_all(found)
    draw = partial(_draw, large=wanted.large)
    return Batch(name, items, draw, partial(_remember, _("Print schedules"), today))


def poster(database: Database, _progress: Progress, wanted: Wanted, today: date) -> Batch:
    """The base schedule of a group, in the language chosen or the program's."""
    if wanted.group is None:
        raise Refused(_("Say which group the base schedule is of."))
    group = groups.group(database, wanted.group)
    paper, printout = prints.numbered_poster(database, wanted.group, today, wanted.language)
    item = Item(
        content=_Numbered(paper, printout),
        language=printout.language,
        centre_id=group.centre_id,
        name=_("Base schedule {group}").format(group=group.name),
        of_id=group.id,
    )
    remember = partial(_remember, _("Print base schedule"), today)
    return Batch(item.name, (item,), _draw_poster, remember)


def _hosts(db: Db, held: Iterable[UUID]) -> Iterable[tuple[UUID, UUID]]:
    rows = select(GroupRow.id, GroupRow.centre_id).where(GroupRow.id.in_(held))
    return ((row.id, row.centre_id) for row in db.execute(rows))


def _item(one: Filled, content: _Numbered, host: UUID, today: date) -> Item:
    place = one.enrolment
    midnight = datetime.combine(today, time())
    coming = (line.start for line in one.lines if line.attends and line.start >= midnight)
    return Item(
        content=content,
        language=one.sheet.language,
        centre_id=host,
        name=_("Schedule {group}").format(group=place.group_name),
        by_name=(one.order,),
        by_time=min(coming, default=None),
        patient_id=place.patient_id,
        of_id=place.group_id,
        missing=one.missing,
    )


def _of_all(found: Sequence[Filled]) -> str:
    groups_of = {one.enrolment.group_id: one.enrolment.group_name for one in found}
    if len(groups_of) != 1:
        return _("Schedules")
    (name,) = groups_of.values()
    return _("Schedules {group}").format(group=name)


def _nobody(wanted: Wanted) -> str:
    if wanted.patient is not None:
        return _("The patient has no place in a group: there is no schedule to print.")
    if wanted.group is not None:
        return _("Nobody has a place in the group yet: there is nothing to print.")
    return _("There is no sheet to print.")


def _draw(items: Sequence[Item], progress: Progress, *, large: bool) -> bytes:
    behind = [item.content.twin for item in items]
    papers = [item.content.paper for item in items]
    each = [large or item.content.large for item in items]
    return sheet_paper.sheets(papers, progress, large_print=each, twins=behind)


def _draw_poster(items: Sequence[Item], _progress: Progress) -> bytes:
    (item,) = items
    with i18n.using(item.language):
        return prints.fitting(item.content.paper)


def _remember(label: str, today: date, database: Database, items: Sequence[Item]) -> None:
    prints.note(database, label, [item.content.printout for item in items], today)
