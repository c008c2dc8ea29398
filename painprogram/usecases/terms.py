"""A term at a glance: its groups, what each has in every week, what is closed.

Read by columns in a fixed number of queries, however many groups and sessions there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from painprogram.domain.closures import Closure
from painprogram.domain.groups import GroupStatus
from painprogram.domain.names import folded
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.publications import SessionChange
from painprogram.domain.sessions import Session, Visit
from painprogram.domain.terms import TermWeek, monday_of, weeks
from painprogram.storage.database import Database
from painprogram.storage.tables import VisitRow
from painprogram.usecases.centres import closures_of
from painprogram.usecases.clashes import Found
from painprogram.usecases.sessions import load_visits
from painprogram.usecases.term_queries import Asked

Held = Session | Visit


@dataclass(frozen=True, slots=True)
class Rest:
    """A group is paused from *first* until *last*, or until it is resumed (None)."""

    first: date
    last: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class TermGroup:
    """A group with what its row shows."""

    id: UUID
    centre_id: UUID
    name: str
    letter: str
    status: GroupStatus
    start: date
    maximum: int
    taken: int = 0
    activity: bool = False
    rests: tuple[Rest, ...] = ()


@dataclass(frozen=True)
class Term:
    """What one centre has from *first* to *last*. Visits carry no name: the door has those."""

    first: date
    last: date
    groups: tuple[TermGroup, ...] = ()
    """In order of their start; activities that others link in come last."""
    sessions: tuple[Session, ...] = ()
    visits: tuple[Visit, ...] = ()
    linked: Mapping[UUID, tuple[Session, ...]] = field(default_factory=dict)
    """By group: sessions of other activities in its base schedule."""
    closures: tuple[Closure, ...] = ()
    found: tuple[Found, ...] = ()
    """Clashes, where they have been asked for: see ``with_clashes``."""
    told: Mapping[UUID, SessionChange] = field(default_factory=dict)
    """By session: what was published, where the draft says something else; see ``with_told``."""

    @cached_property
    def weeks(self) -> tuple[TermWeek, ...]:
        return weeks(self.first, self.last, self.closures)

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """Sessions and visits at the centre, in order of time."""
        return tuple(sorted((*self.sessions, *self.visits), key=lambda h: (h.start, h.id.int)))

    @cached_property
    def cells(self) -> Mapping[tuple[UUID, date], tuple[Held, ...]]:
        """By group and Monday: what it has that week, what is linked in as well."""
        found: dict[tuple[UUID, date], list[Held]] = defaultdict(list)
        for one in self.held:
            found[one.group_id, monday_of(one.start.date())].append(one)
        for group, others in self.linked.items():
            for other in others:
                found[group, monday_of(other.start.date())].append(other)
        return {
            key: tuple(sorted(there, key=lambda h: (h.start, h.id.int)))
            for key, there in found.items()
        }

    def group(self, key: UUID) -> TermGroup | None:
        return self._groups.get(key)

    @cached_property
    def _groups(self) -> Mapping[UUID, TermGroup]:
        return {group.id: group for group in self.groups}

    def one(self, key: UUID) -> Held | None:
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> Mapping[UUID, Held]:
        others = (one for there in self.linked.values() for one in there)
        return {one.id: one for one in (*others, *self.held)}

    def cancelled(self, held: Held) -> bool:
        """By itself, or with its whole group."""
        group = self.group(held.group_id)
        return held.cancelled or (group is not None and group.status is GroupStatus.CANCELLED)

    def clashes_of(self, key: UUID) -> Sequence[Found]:
        return self._clashes.get(key, ())

    @cached_property
    def _clashes(self) -> Mapping[UUID, list[Found]]:
        of: dict[UUID, list[Found]] = defaultdict(list)
        for one in self.found:
            of[one.occasion].append(one)
            if one.other:
                of[one.other].append(one)
        return of

    def with_clashes(self, found: Iterable[Found]) -> "Term":
        """With what ``clashes.found`` says of the same days."""
        return replace(self, found=tuple(found))

    def with_told(self, told: Mapping[UUID, SessionChange]) -> "Term":
        """With what ``publications.differences`` says of its groups."""
        return replace(self, told=told)


def term(database: Database, centre_id: UUID, first: date, last: date) -> Term:
    """Everything at *centre_id* from *first* to *last*.

    A group is in it that has a session in these days, starts in them, or rests in them.
    """
    with database.read() as db:
        asked = Asked(db, centre_id, first, last)
        rows, links = asked.sessions(), asked.links()
        here = {row.id for row in rows}
        away = {session for session, _group in links if session not in here}
        others = asked.others(away)
        rests = _rests(asked)
        visits = load_visits(
            db,
            VisitRow.centre_id == centre_id,
            VisitRow.start >= asked.start,
            VisitRow.start < asked.end,
        )
        shown = {row.group_id for row in rows} | {visit.group_id for visit in visits}
        besides = {row.group_id for row in others} | {group for _session, group in links}
        groups = asked.groups(shown | besides | rests.keys())
        values = _Values(asked, groups, (*rows, *others), links, away)
        every = {row.id: values.session(row) for row in (*rows, *others)}
        groups = sorted(groups, key=lambda g: (g.activity, g.start, folded(g.name), g.id.int))
        return Term(
            first,
            last,
            tuple(
                values.group(row, rests.get(row.id, ()))
                for row in groups
                if row.id in shown or row.centre_id == centre_id
            ),
            tuple(every[row.id] for row in rows),
            visits,
            _linked(every, links),
            closures_of(db, centre_id, first, last),
        )


def _linked(
    every: Mapping[UUID, Session], links: Iterable[tuple[UUID, UUID]]
) -> dict[UUID, tuple[Session, ...]]:
    """By group: the sessions of others in its base schedule, as it sees them."""
    found: dict[UUID, list[Session]] = defaultdict(list)
    for session, group in links:
        one = every[session]
        if group != one.group_id:
            found[group].append(replace(one, linked=True, of=1, kind=ModuleKind.LINKED))
    return {group: tuple(there) for group, there in found.items()}


def _rests(asked: Asked) -> dict[UUID, tuple[Rest, ...]]:
    found: dict[UUID, tuple[Rest, ...]] = {}
    for row in asked.rests():
        rest = Rest(row.first, row.last, row.reason)
        found[row.group_id] = (*found.get(row.group_id, ()), rest)
    return found


class _Values:
    """Rows as frozen values: with titles from their programmes, and who is to come, counted."""

    def __init__(
        self,
        asked: Asked,
        groups: Sequence[Any],
        rows: Sequence[Any],
        links: Sequence[tuple[UUID, UUID]],
        elsewhere: set[UUID],
    ) -> None:
        self._leaders = asked.leaders(elsewhere)
        self._groups = {row.id: row for row in groups}
        self._contents = asked.contents({row.programme_version_id for row in groups})
        self._highest = asked.highest({row.group_id for row in rows})
        linked = {session for session, _group in links}
        self._coming = asked.coming(self._groups, links)
        asked.members(self._coming, {row.group_id for row in rows if row.id in linked})
        self._looks: dict[tuple[UUID, str, str], dict[str, Any]] = {}

    def group(self, row: Any, rests: tuple[Rest, ...]) -> TermGroup:
        return TermGroup(
            row.id,
            row.centre_id,
            row.name,
            row.letter,
            GroupStatus(row.status),
            row.start,
            row.maximum,
            self._coming.places.get(row.id, 0),
            row.activity,
            rests,
        )

    def session(self, row: Any) -> Session:
        (
            key,
            group_id,
            centre_id,
            strand,
            module,
            number,
            start,
            minutes,
            room_id,
            room_name,
            cancelled,
            sequence,
            version,
        ) = row
        look = self._looks.get((group_id, strand, module))
        if look is None:
            look = self._look(group_id, strand, module)
            self._looks[group_id, strand, module] = look
        return Session(
            id=key,
            group_id=group_id,
            centre_id=centre_id,
            strand=strand,
            module=module,
            number=number,
            start=start,
            minutes=minutes,
            room_id=room_id,
            room_name=room_name or "",
            leaders=self._leaders.get(key, ()),
            cancelled=cancelled,
            taken=self._coming.to(key, group_id, start.date()),
            sequence=sequence,
            version=version,
            **look,
        )

    def _look(self, group_id: UUID, strand_key: str, module_key: str) -> dict[str, Any]:
        """What the sessions of a strand have in common."""
        group = self._groups[group_id]
        content = self._contents[group.programme_version_id]
        module, strand = content.module(module_key), content.strand(strand_key)
        return {
            "kind": ModuleKind.LINKED if group.activity else module.kind,
            "of": self._highest[group_id, strand_key],
            "title": str(module.name),
            "card_title": module.card_title,
            "letter": strand.letter,
            "preparation": module.preparation,
            "wrap_up": module.wrap_up,
            "group_name": group.name,
            "seats": group.maximum,
        }
