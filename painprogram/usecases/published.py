"""What has been told: the schedule as it leaves the house, for the other use cases.

A session is shown as the last publication of its own group says, wherever it stands (a linked
lecture, a swap into another group). A group that was never published shows its draft.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload
from sqlalchemy.orm import Session as Db

from painprogram.domain.programmes import ModuleKind
from painprogram.domain.publications import Frozen, Told, from_dict
from painprogram.domain.sessions import Leader, Session
from painprogram.storage.tables import (
    GroupRow,
    LeaderRow,
    LinkRow,
    ProgrammeVersionRow,
    PublicationRow,
    RoomRow,
    SessionRow,
    StaffRow,
)
from painprogram.usecases import sessions
from painprogram.usecases.programmes import content_of

_AT_ONCE = 500
"""Keys in one statement; engines limit the parameters of one."""


def told(db: Db, groups: Iterable[UUID]) -> dict[UUID, Told]:
    """The last publication of each of *groups* that has one."""
    return {group: versions[-1] for group, versions in _versions(db, set(groups)).items()}


def earlier(db: Db, groups: Iterable[UUID]) -> dict[UUID, tuple[Told, ...]]:
    """Every publication of each of *groups* that has one, the first first."""
    found = _versions(db, set(groups), every=True)
    return {group: tuple(versions) for group, versions in found.items()}


def base_schedule(db: Db, group_id: UUID, *, gone: bool = False) -> tuple[Session, ...]:
    """The base schedule of a group as it was told; with *gone* also what was taken away."""
    return base_schedules(db, [group_id], gone=gone)[group_id]


def base_schedules(
    db: Db, groups: Iterable[UUID], *, gone: bool = False
) -> dict[UUID, tuple[Session, ...]]:
    """The same of several groups, in a handful of queries and in the language in use."""
    wanted = set(groups)
    known = told(db, wanted)
    links = _links(db, wanted, known)
    linked = {key for keys in links.values() for key in keys}
    own = {
        one.id: group
        for group, publication in known.items()
        for one in publication.sessions.values()
        if gone or not one.gone
    }
    shown = _as_told(
        db, _load(db, SessionRow.group_id, wanted, linked), known, own, keep=linked, gone=gone
    )
    held: dict[UUID, list[Session]] = defaultdict(list)
    by_key = {session.id: session for session in shown}
    for session in shown:
        if session.group_id in wanted and (session.group_id not in known or session.id in own):
            held[session.group_id].append(session)
    for group, keys in links.items():
        held[group] += [as_linked(by_key[key]) for key in keys if key in by_key]
    return {group: tuple(sorted(held[group], key=_order)) for group in wanted}


def taken_away(db: Db, group_id: UUID) -> tuple[Session, ...]:
    """What a group was told of and is no longer there, as cancelled."""
    publication = told(db, [group_id]).get(group_id)
    gone = {one.id for one in publication.sessions.values() if one.gone} if publication else set()
    if not gone:
        return ()
    return tuple(one for one in base_schedule(db, group_id, gone=True) if one.id in gone)


def as_published(db: Db, found: Iterable[Session], *, keep: bool = False) -> tuple[Session, ...]:
    """*found* as their groups have told them.

    What a published group has not told yet is left out, or with *keep* as it is planned: somebody
    goes there by an own difference.
    """
    planned = tuple(found)
    views = {session.id for session in planned if session.linked}
    kept = {session.id for session in planned} if keep else set()
    shown = _as_told(db, planned, {}, {}, keep=kept, gone=False)
    return tuple(as_linked(one) if one.id in views else one for one in shown)


def as_of(db: Db, publication: Told) -> tuple[Session, ...]:
    """The sessions of a group as one of its publications told them."""
    own = dict.fromkeys(publication.held, publication.group_id)
    known = {publication.group_id: publication}
    drafts = _load(db, None, (), own)
    return tuple(sorted(_as_told(db, drafts, known, own, keep=set(), gone=False), key=_order))


def as_linked(session: Session) -> Session:
    """As seen from a group that has it linked in."""
    return replace(session, kind=ModuleKind.LINKED, of=1, linked=True)


def led_by(db: Db, staff_id: UUID, since: date) -> tuple[Session, ...]:
    """What a colleague leads as it was told; what they led before, from *since* on, cancelled."""
    leads = select(LeaderRow.session_id).where(LeaderRow.staff_id == staff_id)

    def theirs(one: Frozen | Session) -> bool:
        return any(leader.staff_id == staff_id for leader in one.leaders)

    return _those(db, SessionRow.id.in_(leads), staff_id, theirs, since)


def held_in(db: Db, room_id: UUID, since: date) -> tuple[Session, ...]:
    """What is held in a room as it was told; what was before, from *since* on, cancelled."""

    def theirs(one: Frozen | Session) -> bool:
        return one.room_id == room_id

    return _those(db, SessionRow.room_id == room_id, room_id, theirs, since)


def _those(
    db: Db,
    planned: ColumnElement[bool],
    key: UUID,
    theirs: Callable[[Frozen | Session], bool],
    since: date,
) -> tuple[Session, ...]:
    named = cast(PublicationRow.content, String).contains(str(key))
    groups = set(db.scalars(select(PublicationRow.group_id).where(named).distinct()))
    own: dict[UUID, UUID] = {}
    for group, versions in earlier(db, groups).items():
        last = versions[-1]
        for version in versions:
            for one in version.held.values():
                now = last.sessions[one.id]
                if theirs(one) and (version is last or now.start.date() >= since):
                    own[one.id] = group
    known = told(db, groups)
    loaded = sessions.load(db, planned) + tuple(_load(db, None, (), own))
    unique = {session.id: session for session in loaded}.values()
    shown = _as_told(db, unique, known, own, keep=set(), gone=True)
    never = {one.group_id for one in shown} - told(db, {one.group_id for one in shown}).keys()
    return tuple(
        sorted(
            (
                one if theirs(one) else replace(one, cancelled=True)
                for one in shown
                if one.id in own or one.group_id in never
            ),
            key=_order,
        )
    )


# How it is put together


def _as_told(
    db: Db,
    planned: Iterable[Session],
    known: Mapping[UUID, Told],
    own: Mapping[UUID, UUID],
    *,
    keep: set[UUID],
    gone: bool,
) -> list[Session]:
    """*planned* as told, and those of *own* (key and group) that are no longer in the draft."""
    drafts = {session.id: session for session in planned}
    missing = {session.group_id for session in drafts.values()} - known.keys()
    publications = {**known, **told(db, missing)}
    pairs: list[tuple[Session | None, Frozen, Told]] = []
    shown: list[Session] = []
    for draft in drafts.values():
        publication = publications.get(draft.group_id)
        one = publication.sessions.get(draft.id) if publication else None
        if publication and one and (gone or not one.gone):
            pairs.append((draft, one, publication))
        elif publication is None or draft.id in keep:
            shown.append(draft)
    for key, group in own.items():
        if key not in drafts:
            pairs.append((None, publications[group].sessions[key], publications[group]))
    names = _Names(db, drafts.values(), (one for _draft, one, _told in pairs))
    rebuilt = _rebuilt(db, [(one, of.group_id) for draft, one, of in pairs if draft is None])
    return shown + [
        _overlaid(draft or rebuilt[one.id], one, publication, names)
        for draft, one, publication in pairs
    ]


def _overlaid(session: Session, one: Frozen, publication: Told, names: "_Names") -> Session:
    linked = session.linked
    return replace(
        session,
        number=one.number,
        of=1 if linked else publication.of.get(one.strand, one.number),
        start=one.start,
        minutes=one.minutes,
        room_id=one.room_id,
        room_name=names.room(one),
        leaders=tuple(replace(x, name=names.leader(x)) for x in one.leaders),
        cancelled=one.cancelled,
        sequence=one.sequence,
    )


class _Names:
    """Rooms and colleagues by the names they have now; whoever is gone, by the one they had."""

    def __init__(self, db: Db, drafts: Iterable[Session], found: Iterable[Frozen]) -> None:
        self._rooms: dict[UUID, str] = {}
        self._staff: dict[UUID, str] = {}
        for session in drafts:
            if session.room_id:
                self._rooms[session.room_id] = session.room_name
            self._staff.update((x.staff_id, x.name) for x in session.leaders)
        rooms, staff = set(), set()
        for one in found:
            rooms |= {one.room_id} if one.room_id else set()
            staff |= {leader.staff_id for leader in one.leaders}
        for keys, table, known in (
            (rooms, RoomRow, self._rooms),
            (staff, StaffRow, self._staff),
        ):
            unknown = keys - known.keys()
            if unknown:
                rows = db.execute(select(table.id, table.name).where(table.id.in_(unknown)))
                known.update((key, name) for key, name in rows)

    def room(self, one: Frozen) -> str:
        return self._rooms.get(one.room_id, one.room_name) if one.room_id else ""

    def leader(self, one: Leader) -> str:
        return self._staff.get(one.staff_id, one.name)


def _rebuilt(db: Db, lost: Sequence[tuple[Frozen, UUID]]) -> dict[UUID, Session]:
    """Sessions that are no longer in the draft, from what was told of them."""
    if not lost:
        return {}
    groups = db.scalars(
        select(GroupRow)
        .where(GroupRow.id.in_({group for _one, group in lost}))
        .options(joinedload(GroupRow.programme_version).joinedload(ProgrammeVersionRow.programme))
    )
    known = {row.id: row for row in groups}
    return {one.id: _from_told(one, known[group]) for one, group in lost}


def _from_told(one: Frozen, group: GroupRow) -> Session:
    content = content_of(group.programme_version)
    module = content.module(one.module)
    return Session(
        id=one.id,
        group_id=group.id,
        centre_id=group.centre_id,
        strand=one.strand,
        module=one.module,
        kind=ModuleKind.LINKED if group.activity else module.kind,
        number=one.number,
        of=one.number,
        title=str(module.name),
        card_title=module.card_title,
        start=one.start,
        minutes=one.minutes,
        group_name=group.name,
        letter=content.strand(one.strand).letter,
        preparation=module.preparation,
        wrap_up=module.wrap_up,
        seats=group.maximum,
    )


def _links(db: Db, groups: set[UUID], known: Mapping[UUID, Told]) -> dict[UUID, list[UUID]]:
    """The sessions of other activities in each group: as told, else as planned."""
    found = {group: sorted(known[group].links) for group in groups if group in known}
    drafts = sorted(groups - known.keys())
    found.update({group: [] for group in drafts})
    for part in _parts(drafts):
        rows = db.execute(
            select(LinkRow.group_id, LinkRow.session_id).where(LinkRow.group_id.in_(part))
        )
        for group, session in rows:
            found[group].append(session)
    return found


def _load(
    db: Db,
    column: InstrumentedAttribute[UUID] | None,
    wanted: Iterable[UUID],
    also: Iterable[UUID],
) -> Iterator[Session]:
    """Sessions whose *column* is among *wanted*, and those with a key of *also*."""
    for which, keys in ((column, wanted), (SessionRow.id, also)):
        for part in _parts(sorted(keys)):
            if which is not None:
                yield from sessions.load(db, which.in_(part))


_parsed: dict[UUID, Told] = {}
_MOST_PARSED = 4000


def _versions(db: Db, groups: set[UUID], *, every: bool = False) -> dict[UUID, list[Told]]:
    """Publications of *groups* in order; the last alone unless *every*. Parsed once."""
    rows: dict[UUID, list[tuple[UUID, int, datetime]]] = defaultdict(list)
    for part in _parts(sorted(groups)):
        for row in db.execute(
            select(
                PublicationRow.id,
                PublicationRow.group_id,
                PublicationRow.number,
                PublicationRow.published_at,
            )
            .where(PublicationRow.group_id.in_(part))
            .order_by(PublicationRow.number)
        ):
            if not every:
                rows[row.group_id].clear()
            rows[row.group_id].append((row.id, row.number, row.published_at))
    wanted = {key: (group, number, at) for group, held in rows.items() for key, number, at in held}
    found = {key: _parsed[key] for key in wanted if key in _parsed}
    for part in _parts(sorted(wanted.keys() - found.keys())):
        for key, content in db.execute(
            select(PublicationRow.id, PublicationRow.content).where(PublicationRow.id.in_(part))
        ):
            found[key] = from_dict(*wanted[key], content)
    if len(_parsed) > _MOST_PARSED:
        _parsed.clear()
    _parsed.update(found)
    return {group: [found[key] for key, _number, _at in held] for group, held in rows.items()}


def _parts(keys: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for first in range(0, len(keys), _AT_ONCE):
        yield keys[first : first + _AT_ONCE]


def _order(session: Session) -> tuple[datetime, str]:
    return session.start, str(session.id)
