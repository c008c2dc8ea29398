"""Who gets a letter, and what it tells each of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session as Db

from painprogram.domain.errors import Refused
from painprogram.domain.groups import GroupStatus
from painprogram.domain.papers import LetterKind, Wanted
from painprogram.domain.schedule import STAYS_AWAY
from painprogram.i18n import _
from painprogram.storage.tables import (
    DeviationRow,
    EnrolmentRow,
    GroupRow,
    LinkRow,
    SessionRow,
    VisitRow,
)
from painprogram.usecases import letters_told, printed
from painprogram.usecases.letters_told import Changed, Place

_WITHDRAWN = "withdrawn"
"""How places end whose group is cancelled: the patients wait again."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who gets a letter about *changes*, of which there is one at least."""

    place: Place
    changes: tuple[Changed, ...]
    keys: tuple[UUID, ...] | None = None
    """The occasions that the patient then knows of; None: the whole schedule."""


def receivers(
    db: Db, keys: Iterable[UUID], also_off: Iterable[UUID], wanted: Wanted, today: date
) -> tuple[Receiver, ...]:
    """Of the places *keys*, those that the letter is for, in the language in use."""
    found = letters_told.places(db, keys, also_off)
    every = (_receiver(place, wanted, today) for place in found.values())
    return tuple(one for one in every if one is not None)


def touched(db: Db, group_id: UUID, today: date) -> tuple[tuple[Place, tuple[Changed, ...]], ...]:
    """The places of a group whose patients do not know of something, and what of."""
    found = letters_told.places(db, _held(db, group_id))
    every = ((place, letters_told.changes(place, today)) for place in found.values())
    return tuple((place, changes) for place, changes in every if changes)


def kind_of(changes: Iterable[Changed]) -> LetterKind:
    """A cancellation where nothing else has changed."""
    only = all(one.cancelled for one in changes)
    return LetterKind.CANCELLATION if only else LetterKind.CHANGE


def wanted_places(db: Db, wanted: Wanted) -> list[UUID]:
    """The places that *wanted* speaks of."""
    if wanted.places:
        return list(wanted.places)
    if wanted.session is not None:
        return _of_session(db, wanted.session, wanted.patient)
    if wanted.patient is not None:
        query = select(EnrolmentRow.id).where(
            EnrolmentRow.patient_id == wanted.patient, EnrolmentRow.last.is_(None)
        )
        if wanted.group is not None:
            query = query.where(EnrolmentRow.group_id == wanted.group)
        return list(db.scalars(query))
    if wanted.group is not None:
        return _held(db, wanted.group)
    raise Refused(_("Choose a group, a session or a patient to write to."))


def cancelled_now(db: Db, wanted: Wanted) -> tuple[UUID, ...]:
    """The session that a cancellation is about, published as such or not; refused where it is
    held."""
    key = wanted.session
    if key is None or wanted.letter is not LetterKind.CANCELLATION:
        return ()
    off = db.scalar(select(SessionRow.cancelled).where(SessionRow.id == key))
    if off is None:
        off = db.scalar(select(VisitRow.cancelled).where(VisitRow.id == key))
    if not off:
        raise Refused(
            _(
                "The session is not cancelled. Cancel it first, then write to those who were to "
                "come."
            )
        )
    return (key,)


# Inside


def _receiver(place: Place, wanted: Wanted, today: date) -> Receiver | None:
    if wanted.letter is LetterKind.SUMMONS:
        return _summoned(place, wanted.session, today)
    if wanted.letter is LetterKind.CANCELLATION and wanted.session is not None:
        return _without(place, wanted.session)
    every = letters_told.changes(place, today)
    these = every
    if wanted.session is not None:
        these = tuple(one for one in every if one.key == wanted.session)
    elif wanted.letter is LetterKind.CANCELLATION:
        these = tuple(one for one in every if one.cancelled)
    chosen = wanted.places or wanted.patient or wanted.session
    if not these or not (chosen or kind_of(every) is wanted.letter):
        return None
    return Receiver(place, these, None if these == every else _keys(these))


def _summoned(place: Place, session: UUID | None, today: date) -> Receiver | None:
    """To the session, or to the first time ahead."""
    midnight = datetime.combine(today, time())
    for line in place.lines:
        if line.attends and line.start >= midnight and session in (None, line.session.id):
            changes = (Changed(line.session.id, None, line),)
            return Receiver(place, changes, _keys(changes) if session else None)
    return None


def _without(place: Place, session: UUID) -> Receiver | None:
    """The session that is cancelled, for somebody who was to come to it."""
    for line in place.lines:
        if line.session.id == session and line.kind not in STAYS_AWAY:
            before = place.known.before(str(session)) or printed.as_kept(line)
            changes = (Changed(session, before, None),)
            return Receiver(place, changes, _keys(changes))
    return None


def _keys(changes: Collection[Changed]) -> tuple[UUID, ...]:
    return tuple(one.key for one in changes)


def _held(db: Db, group_id: UUID) -> list[UUID]:
    """The places of a group; of one that is cancelled also those that ended with it."""
    group = db.get(GroupRow, group_id)
    if group is None:
        raise Refused(_("The group is no longer there."))
    theirs: ColumnElement[bool] = EnrolmentRow.last.is_(None)
    if group.status == GroupStatus.CANCELLED:
        theirs |= EnrolmentRow.ended_as == _WITHDRAWN
    query = select(EnrolmentRow.id).where(EnrolmentRow.group_id == group_id, theirs)
    return list(db.scalars(query))


def _of_session(db: Db, key: UUID, patient_id: UUID | None) -> list[UUID]:
    """The places that may lead to a session, or the one that a visit belongs to."""
    group = db.scalar(select(SessionRow.group_id).where(SessionRow.id == key))
    if group is None:
        place = db.scalar(select(VisitRow.enrolment_id).where(VisitRow.id == key))
        if place is None:
            raise Refused(_("The session is no longer there."))
        return [place]
    guests = select(DeviationRow.enrolment_id).where(DeviationRow.to_session_id == key)
    linked = select(LinkRow.group_id).where(LinkRow.session_id == key)
    query = select(EnrolmentRow.id).where(
        EnrolmentRow.last.is_(None),
        EnrolmentRow.group_id.in_(linked)
        | (EnrolmentRow.group_id == group)
        | EnrolmentRow.id.in_(guests),
    )
    if patient_id is not None:
        query = query.where(EnrolmentRow.patient_id == patient_id)
    return list(db.scalars(query))
