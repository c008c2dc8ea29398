"""Draft and published: what publishing a group would change, publish it, go back to a version.

Publishing can't be undone, for it has been told; going back changes the draft alone.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.errors import Conflict, Refused
from painprogram.domain.groups import GroupStatus
from painprogram.domain.publications import (
    Changes,
    Notice,
    Publication,
    Says,
    SessionChange,
    State,
    Told,
    as_dict,
    between,
    differing,
    for_leaders,
    freeze,
)
from painprogram.domain.sessions import Session
from painprogram.i18n import _
from painprogram.storage import places
from painprogram.storage.access import saw
from painprogram.storage.database import Database
from painprogram.storage.guards import expected
from painprogram.storage.tables import (
    GroupRow,
    LeaderRow,
    LinkRow,
    PatientRow,
    PublicationRow,
    SessionRow,
)
from painprogram.usecases import published, restoring, sessions
from painprogram.usecases.published import as_published

__all__ = [
    "as_published",
    "changes",
    "differences",
    "go_back",
    "notices",
    "pending",
    "publish",
    "state",
    "versions",
]

LONGEST_NOTE = 300


def state(database: Database, group_id: UUID) -> State:
    """How many sessions the draft of a group says something else of than was told."""
    with database.read() as db:
        return _states(db, [_group(db, group_id)])[0]


def pending(
    database: Database, centre_id: UUID | None = None, today: date | None = None
) -> tuple[State, ...]:
    """The groups whose draft is not what was told, or that were never published; cheap.

    Without *today* all of them, else those that meet on that day or after it.
    """
    query = select(GroupRow).where(GroupRow.status != GroupStatus.CANCELLED)
    if centre_id is not None:
        query = query.where(GroupRow.centre_id == centre_id)
    held = select(SessionRow.id).where(SessionRow.group_id == GroupRow.id)
    if today is not None:
        held = held.where(SessionRow.start >= datetime.combine(today, time()))
    with database.read() as db:
        rows = db.scalars(query.where(held.exists()).order_by(GroupRow.start, GroupRow.name)).all()
        return tuple(one for one in _states(db, rows) if one.differs)


def differences(database: Database, groups: Iterable[UUID]) -> dict[UUID, SessionChange]:
    """By session: what was told of it and what is planned, where that differs; no patients."""
    wanted = set(groups)
    with database.read() as db:
        known = published.told(db, wanted)
        if not known:
            return {}
        before = published.base_schedules(db, known)
        draft = sessions.load(db, SessionRow.group_id.in_(known))
        found: dict[UUID, SessionChange] = {}
        for group in known:
            mine = [one for one in draft if one.group_id == group]
            found.update(
                (change.session.id, change)
                for change in between(_own(before[group], group), _own(mine, group))
            )
        return found


def changes(database: Database, group_id: UUID) -> Changes:
    """What publishing would change: for each session, patient and colleague, old and new.

    Patients are named here alone; the reading of their names is logged.
    """
    with database.read_patients(_("Look at what publishing changes")) as db:
        group = _group(db, group_id)
        known = published.told(db, [group_id]).get(group_id)
        found = _changes(db, group_id, known)
        return Changes(
            group_id,
            group.name,
            known.number if known else None,
            found,
            _for_patients(db, group_id, found),
            for_leaders(found),
            _seen(db, group_id),
        )


def notices(
    database: Database, group_id: UUID, number: int | None = None
) -> tuple[tuple[Notice, ...], tuple[Notice, ...]]:
    """For each patient, and for each colleague, everything that changed: one notice a person.

    What publication *number* changed since the one before it; without, what publishing would.
    """
    with database.read_patients(_("Look at what publishing changes")) as db:
        _group(db, group_id)
        if number is None:
            known = published.told(db, [group_id]).get(group_id)
            found = _changes(db, group_id, known)
        else:
            found = _changed_by(db, group_id, number)
        return _for_patients(db, group_id, found), for_leaders(found)


def versions(database: Database, group_id: UUID) -> tuple[Publication, ...]:
    """Every publication of a group, the newest first."""
    with database.read() as db:
        rows = db.execute(
            select(
                PublicationRow.group_id,
                PublicationRow.number,
                PublicationRow.published_at,
                PublicationRow.published_by,
                PublicationRow.note,
            )
            .where(PublicationRow.group_id == group_id)
            .order_by(PublicationRow.number.desc())
        )
        return tuple(Publication(*row) for row in rows)


def publish(
    database: Database, group_id: UUID, note: str = "", *, seen: str | None = None
) -> Publication:
    """Tell the draft as the next version; it can't be taken back, only followed by another.

    Refused where nothing has changed. With *seen* (of the changes that were looked at) also where
    the draft is no longer the one that was seen.
    """
    written = " ".join(note.split())
    if len(written) > LONGEST_NOTE:
        raise Refused(
            _("The note is too long: {most} characters at most.").format(most=LONGEST_NOTE)
        )
    with database.read() as db:
        name = _group(db, group_id).name
    label = _("Publish {group}").format(group=name)
    with database.change(label, undoable=False) as db:
        db.execute(select(GroupRow.id).where(GroupRow.id == group_id).with_for_update())
        if seen is not None and seen != _seen(db, group_id):
            raise Conflict(
                _("The draft has changed since you looked at it. Look at the changes again.")
            )
        known = published.told(db, [group_id]).get(group_id)
        links = _links(db, group_id)
        draft = sessions.load(db, SessionRow.group_id == group_id)
        if not draft:
            raise Refused(_("There is nothing to publish: the group has no sessions."))
        if known and not _changes(db, group_id, known):
            raise Refused(
                _("Nothing has changed since version {number}.").format(number=known.number)
            )
        row = PublicationRow(
            group_id=group_id,
            number=known.number + 1 if known else 1,
            published_at=datetime.now(UTC).replace(tzinfo=None),
            published_by=database.actor.name,
            note=written,
            content=as_dict(freeze(draft, known), links),
        )
        db.add(row)
        db.flush()
        return Publication(group_id, row.number, row.published_at, row.published_by, row.note)


def go_back(database: Database, group_id: UUID, number: int) -> State:
    """Make the draft what version *number* told; to be published like any other change.

    A session that came later is cancelled where anybody was told of it or goes there, else it is
    taken away.
    """
    with database.read() as db:
        name = _group(db, group_id).name
    label = _("Go back to version {number} of {group}").format(number=number, group=name)
    with database.change(label) as db:
        known = {told.number: told for told in published.earlier(db, [group_id]).get(group_id, ())}
        if number not in known:
            raise Refused(_("There is no version {number} of the group.").format(number=number))
        ever = {key for publication in known.values() for key in publication.sessions}
        restoring.restore(db, _group(db, group_id), known[number].held, ever)
        return _states(db, [_group(db, group_id)])[0]


# How they are found


def _group(db: Db, group_id: UUID) -> GroupRow:
    row = db.get(GroupRow, group_id)
    if row is None:
        raise Refused(_("The group is no longer there."))
    return row


def _states(db: Db, groups: Sequence[GroupRow]) -> list[State]:
    keys = [row.id for row in groups]
    known = published.told(db, keys)
    drafts = _drafts(db, known.keys())
    links = {group: _links(db, group) for group in known}
    return [
        State(
            row.id,
            row.name,
            known[row.id].number,
            len(differing(known[row.id], drafts.get(row.id, {})))
            + len(known[row.id].links ^ links[row.id]),
        )
        if row.id in known
        else State(row.id, row.name)
        for row in groups
    ]


def _drafts(db: Db, groups: Iterable[UUID]) -> dict[UUID, dict[UUID, Says]]:
    """What the draft of each group says of its sessions, by columns alone."""
    wanted = sorted(groups)
    leaders: dict[UUID, list[UUID]] = defaultdict(list)
    for session, staff in db.execute(
        select(LeaderRow.session_id, LeaderRow.staff_id)
        .join(SessionRow, SessionRow.id == LeaderRow.session_id)
        .where(SessionRow.group_id.in_(wanted))
        .order_by(LeaderRow.position)
    ):
        leaders[session].append(staff)
    found: dict[UUID, dict[UUID, Says]] = defaultdict(dict)
    for row in db.execute(
        select(
            SessionRow.id,
            SessionRow.group_id,
            SessionRow.start,
            SessionRow.minutes,
            SessionRow.room_id,
            SessionRow.cancelled,
            SessionRow.number,
        ).where(SessionRow.group_id.in_(wanted))
    ):
        leads = tuple(leaders.get(row.id, ()))
        found[row.group_id][row.id] = (
            row.start,
            row.minutes,
            row.room_id,
            leads,
            row.cancelled,
            row.number,
        )
    return found


def _links(db: Db, group_id: UUID) -> frozenset[UUID]:
    return frozenset(db.scalars(select(LinkRow.session_id).where(LinkRow.group_id == group_id)))


def _seen(db: Db, group_id: UUID) -> str:
    """A digest of the draft."""
    draft = _drafts(db, [group_id]).get(group_id, {})
    told = sorted((str(key), repr(says)) for key, says in draft.items())
    links = sorted(map(str, _links(db, group_id)))
    return hashlib.sha256(repr((told, links)).encode()).hexdigest()


def _changes(db: Db, group_id: UUID, known: Told | None) -> tuple[SessionChange, ...]:
    draft = sessions.base_schedule(db, group_id)
    before = published.base_schedule(db, group_id) if known else ()
    own = between(_own(before, group_id), _own(draft, group_id))
    old, new = ({one.id: one for one in held if one.linked} for held in (before, draft))
    linked = [SessionChange(old.get(key), new.get(key)) for key in sorted(old.keys() ^ new.keys())]
    return tuple(sorted((*own, *linked), key=lambda one: one.session.start))


def _changed_by(db: Db, group_id: UUID, number: int) -> tuple[SessionChange, ...]:
    known = {told.number: told for told in published.earlier(db, [group_id]).get(group_id, ())}
    if number not in known:
        raise Refused(_("There is no version {number} of the group.").format(number=number))
    before, after = (
        _own(published.as_of(db, known[one]), group_id) if one in known else {}
        for one in (number - 1, number)
    )
    return between(before, after)


def _own(found: Iterable[Session], group_id: UUID) -> Mapping[UUID, Session]:
    return {one.id: one for one in found if one.group_id == group_id and not one.linked}


def _for_patients(db: Db, group_id: UUID, found: Sequence[SessionChange]) -> tuple[Notice, ...]:
    """Whom each change concerns, own schedules counted in; each person once, in order of name."""
    coming = expected(db, [change.session.id for change in found])
    there = set(
        db.scalars(
            select(SessionRow.id).where(SessionRow.id.in_([change.session.id for change in found]))
        )
    )
    held = places.held(db, [group_id]).get(group_id, places.NOBODY)
    own: dict[UUID, list[SessionChange]] = defaultdict(list)
    for change in found:
        key = change.session.id
        own_roster = key in there and not change.session.linked
        before, after = (
            held.who(one.start.date()) if one else frozenset()
            for one in (change.before, change.after)
        )
        those = coming.get(key, set()) | (before - after) if own_roster else before | after
        for patient in those:
            own[patient].append(change)
    rows = db.execute(
        select(PatientRow.id, PatientRow.given_name, PatientRow.family_name)
        .where(PatientRow.id.in_(own))
        .order_by(PatientRow.search)
    ).all()
    saw(db, own)
    return tuple(
        Notice(row.id, f"{row.given_name} {row.family_name}", tuple(own[row.id])) for row in rows
    )
