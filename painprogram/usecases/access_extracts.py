"""What a patient is given of the access log: every reading and changing of the own data."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents.accesslog import AccessExtract, AccessLine, access_extracts
from painprogram.domain.errors import Refused
from painprogram.domain.papers import Kind, Wanted
from painprogram.domain.patients import Access, Patient
from painprogram.domain.progress import Progress
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.tables import CentreRow, access_entry, access_patient
from painprogram.usecases import approvals, paper_faces, patients
from painprogram.usecases.centres import as_centre
from painprogram.usecases.paper_batch import Batch, Item
from painprogram.usecases.paper_patients import named_order, patients_of
from painprogram.usecases.paper_span import ZONE, Days, now_on, within
from painprogram.usecases.schedule_batches import parts
from painprogram.usecases.sheets import language_of

__all__ = ["accesslog"]


def accesslog(database: Database, progress: Progress, wanted: Wanted, today: date) -> Batch:
    """The log of a patient, or of those of ``places``, of all days or of those asked for.

    That it was taken out is an entry of the log itself, after those on the paper.
    """
    progress.report(0)
    days = within(wanted, None, None)
    with database.read_patients(_("Print extract of the access log")) as db:
        keys = patients_of(db, wanted)
        if not keys:
            raise Refused(_("Choose the patient whose access log is to be printed."))
        people = patients.several(db, keys)
        saw(db, people)
        lines = _lines(db, people, days)
        items = [
            Item(
                content=_extract(db, one, lines[one.id], days, wanted, today),
                language=language_of(wanted.language, one.language),
                centre_id=one.centre_id,
                name=Kind.ACCESSLOG.label,
                by_name=named_order(one),
                patient_id=one.id,
            )
            for one in sorted(people.values(), key=named_order)
        ]
    return Batch(Kind.ACCESSLOG.label, tuple(items), _drawn)


def _drawn(items: Sequence[Item], progress: Progress) -> bytes:
    return access_extracts([item.content for item in items], progress)


def _extract(
    db: Db,
    one: Patient,
    lines: Sequence[AccessLine],
    days: Days,
    wanted: Wanted,
    today: date,
) -> AccessExtract:
    """In the patient's language, and where that is wanted in Swedish behind it."""
    centre = db.get_one(CentreRow, one.centre_id)
    language = language_of(wanted.language, one.language)
    with i18n.using(language):
        found = AccessExtract(
            centre=centre.name,
            provider=centre.provider.name,
            patient=one.name,
            masked_number=one.identity.masked,
            first=days.first,
            last=days.last,
            lines=tuple(lines),
            phone=centre.phone,
            language=language,
            large=wanted.large or Access.LARGE_PRINT in one.access,
            taken=now_on(today),
            face=paper_faces.on_paper(paper_faces.of_centre(db, centre.id), as_centre(centre)),
        )
    if language != "sv" and (wanted.twin or approvals.needs_twin(db, centre.id, language)):
        return replace(found, twin=replace(found, language="sv", large=False))
    return found


def _lines(db: Db, keys: Iterable[UUID], days: Days) -> dict[UUID, list[AccessLine]]:
    units = dict(db.execute(select(CentreRow.id, CentreRow.name)).all())
    zone = ZoneInfo(ZONE)
    found: dict[UUID, list[AccessLine]] = defaultdict(list)
    for part in parts(keys):
        for row in db.execute(
            select(
                access_patient.c.patient_id,
                access_entry.c.at,
                access_entry.c.who,
                access_entry.c.centre_id,
                access_entry.c.action,
            )
            .join(access_entry, access_entry.c.id == access_patient.c.entry_id)
            .where(access_patient.c.patient_id.in_(part))
            .order_by(access_entry.c.at.desc(), access_entry.c.id.desc())
        ):
            at = _local(row.at, zone)
            if days.holds(at.date()):
                unit = units.get(row.centre_id, "") if row.centre_id else ""
                found[row.patient_id].append(AccessLine(at, row.who, unit, row.action))
    return found


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    return at.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
