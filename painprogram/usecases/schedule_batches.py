"""Many patients' own schedules at once, as planned or as told, in a handful of queries.

What is read here is read by columns: whoever shows it says to the door whose it was (``saw``).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram.domain.programmes import Content, ModuleKind
from painprogram.domain.schedule import Deviation, DeviationKind, own_schedule
from painprogram.domain.sessions import Session, Visit
from painprogram.storage import places as places_held
from painprogram.storage.tables import (
    DeviationRow,
    EnrolmentRow,
    GroupRow,
    LinkRow,
    ProgrammeVersionRow,
    SessionRow,
    VisitRow,
)
from painprogram.usecases import published, sessions
from painprogram.usecases.patients import as_enrolment
from painprogram.usecases.programmes import content_of
from painprogram.usecases.schedules import OwnSchedule

AT_ONCE = 500
"""Keys in one statement; engines limit the parameters of one."""


def load(db: Db, enrolments: Iterable[UUID], *, told: bool) -> dict[UUID, OwnSchedule]:
    """The own schedules of *enrolments* in the language in use; *told*: as was published.

    Own differences and visits count at once, published or not.
    """
    rows = {row.id: row for row in places(db, enrolments)}
    groups = {row.group_id for row in rows.values()}
    base = published.base_schedules(db, groups) if told else _drafts(db, groups)
    deviations = _deviations(db, rows)
    elsewhere = {d.to_session_id for own in deviations.values() for d in own if d.to_session_id}
    others = _others(db, elsewhere, told=told)
    visits = _visits(db, rows)
    laps = places_held.laps(db, rows)
    return {
        key: OwnSchedule(
            as_enrolment(row),
            own_schedule(
                base[row.group_id],
                deviations.get(key, ()),
                others,
                visits.get(key, ()),
                laps[key],
            ),
        )
        for key, row in rows.items()
    }


def places(db: Db, enrolments: Iterable[UUID]) -> list[EnrolmentRow]:
    """The places with the groups and programmes they are in."""
    found: list[EnrolmentRow] = []
    for part in parts(enrolments):
        found += db.scalars(
            select(EnrolmentRow)
            .where(EnrolmentRow.id.in_(part))
            .options(
                joinedload(EnrolmentRow.group)
                .selectinload(GroupRow.programme_version)
                .joinedload(ProgrammeVersionRow.programme)
            )
        )
    return found


def parts(keys: Iterable[UUID]) -> Iterator[Sequence[UUID]]:
    """*keys* in portions that one statement can hold."""
    wanted = sorted(keys)
    for first in range(0, len(wanted), AT_ONCE):
        yield wanted[first : first + AT_ONCE]


def _drafts(db: Db, groups: set[UUID]) -> dict[UUID, tuple[Session, ...]]:
    links: dict[UUID, list[UUID]] = defaultdict(list)
    planned: dict[UUID, Session] = {}
    for part in parts(groups):
        for group, key in db.execute(
            select(LinkRow.group_id, LinkRow.session_id).where(LinkRow.group_id.in_(part))
        ):
            links[group].append(key)
        planned.update((s.id, s) for s in sessions.load(db, SessionRow.group_id.in_(part)))
    for part in parts({key for keys in links.values() for key in keys} - planned.keys()):
        planned.update((s.id, s) for s in sessions.load(db, SessionRow.id.in_(part)))
    held: dict[UUID, list[Session]] = defaultdict(list)
    for session in planned.values():
        held[session.group_id].append(session)
    for group, keys in links.items():
        held[group] += [published.as_linked(planned[key]) for key in keys]
    return {
        group: tuple(sorted(held.get(group, ()), key=lambda s: (s.start, str(s.id))))
        for group in groups
    }


def _deviations(db: Db, rows: Iterable[UUID]) -> dict[UUID, list[Deviation]]:
    found: dict[UUID, list[Deviation]] = defaultdict(list)
    for part in parts(rows):
        for row in db.execute(
            select(
                DeviationRow.id,
                DeviationRow.enrolment_id,
                DeviationRow.kind,
                DeviationRow.session_id,
                DeviationRow.to_session_id,
                DeviationRow.reason,
            ).where(DeviationRow.enrolment_id.in_(part))
        ):
            found[row.enrolment_id].append(
                Deviation(
                    row.id,
                    row.enrolment_id,
                    DeviationKind(row.kind),
                    row.session_id,
                    row.to_session_id,
                    row.reason,
                )
            )
    return found


def _others(db: Db, keys: Iterable[UUID], *, told: bool) -> Mapping[UUID, Session]:
    """What the patients go to elsewhere; what was not told yet, as it is planned."""
    found: list[Session] = []
    for part in parts(keys):
        planned = sessions.load(db, SessionRow.id.in_(part))
        found += published.as_published(db, planned, keep=True) if told else planned
    return {session.id: session for session in found}


def _visits(db: Db, rows: Mapping[UUID, EnrolmentRow]) -> dict[UUID, list[Visit]]:
    """With the title and reason that only the patient's own schedule shows."""
    found: dict[UUID, list[Visit]] = defaultdict(list)
    for part in parts(rows):
        own = {
            row.id: row
            for row in db.execute(
                select(VisitRow.id, VisitRow.title, VisitRow.strand, VisitRow.reason).where(
                    VisitRow.enrolment_id.in_(part)
                )
            )
        }
        for visit in sessions.load_visits(db, VisitRow.enrolment_id.in_(part)) if own else ():
            row, place = own[visit.id], rows[visit.enrolment_id]
            title, kind = row.title or visit.title, ModuleKind.INDIVIDUAL
            if row.strand:
                title, kind = _of_programme(content_of(place.group.programme_version), row.strand)
            found[visit.enrolment_id].append(
                replace(visit, title=title, kind=kind, reason=row.reason)
            )
    return found


def _of_programme(content: Content, strand: str) -> tuple[str, ModuleKind]:
    module = content.module(content.strand(strand).module)
    return str(module.name), module.kind
