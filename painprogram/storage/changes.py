"""Notes every row of a transaction before and after: for the journal, undo, redo and refresh."""

import datetime as dt
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm.attributes import set_committed_value

from painprogram.domain.errors import Conflict
from painprogram.i18n import _
from painprogram.storage.tables import Row

Values = dict[str, Any]
RISING = "sequence"
"""A column that undo raises like any other change: calendars must see that something is new."""
_AS_TEXT = (UUID, dt.date, dt.time)
"""What JSON can't say."""
_AT_ONCE = 500
"""Rows that undo looks up in one statement; engines limit the parameters of one."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row before and after; None means it was not there."""

    table: type[Row]
    id: UUID
    before: Values | None
    after: Values | None

    def reversed(self) -> "RowChange":
        return RowChange(self.table, self.id, self.after, self.before)


RowChanges = dict[tuple[type[Row], UUID], RowChange]


@dataclass(frozen=True, slots=True)
class Change:
    """Everything one transaction did, under the words the user sees."""

    label: str
    rows: tuple[RowChange, ...]
    entry: int | None = None
    """The number of its line in the journal."""

    @classmethod
    def undoable(cls, label: str, rows: Iterable[RowChange], entry: int | None) -> "Change":
        """Without what is only ever added to: that has happened, whatever is taken back."""
        return cls(label, tuple(row for row in rows if not row.table.only_added), entry)

    def reversed(self) -> "Change":
        rows = tuple(row.reversed() for row in reversed(self.rows))
        return Change(self.label, rows, self.entry)


class Overtaken(Conflict):
    """What was to be changed, or taken back, is no longer as it was."""


def changed_by_another() -> Overtaken:
    return Overtaken(
        _("Somebody else has changed the same thing meanwhile. Look at it as it is now, and redo.")
    )


def expect(row: Row, version: int) -> None:
    """Refuse to write over what somebody else wrote since *version* was shown."""
    if row.version != version:
        raise changed_by_another()


def record(db: Db, rows: RowChanges) -> None:
    """Note each row of this flush; a row flushed twice keeps its first 'before'."""
    new, gone = db.new, db.deleted  # each is made anew whenever it is asked for
    for row in [*new, *db.dirty, *gone]:
        key = type(row), row.id
        before = None if row in new else _values_before(row)
        after = None if row in gone else _values_after(row, new=before is None)
        if key in rows:
            before = rows[key].before
        if before == after:
            rows.pop(key, None)
        else:
            rows[key] = RowChange(*key, before, after)


def replay(db: Db, change: Change) -> None:
    """Make each row what it was *after*; refused where one isn't what it was *before*.

    Rows come and go in the order in which tables refer to each other. What nothing refers to goes
    first: another may take its place under the same unique key.
    """
    there = _there(db, change)
    for row in change.rows:
        if not _same(there.get((row.table, row.id)), row.before):
            raise changed_by_another()
    order = {table.name: number for number, table in enumerate(Row.metadata.sorted_tables)}
    stages: dict[tuple[int, int], list[RowChange]] = {}
    for row in change.rows:
        name = row.table.__tablename__
        if row.after is not None:
            stage = 1, order[name]
        elif name in _referred_to():
            stage = 2, -order[name]
        else:
            stage = 0, -order[name]
        stages.setdefault(stage, []).append(row)
    for stage in sorted(stages):
        for row in stages[stage]:
            _apply(db, row, there.get((row.table, row.id)))
        db.flush()


def values(row: Row) -> Values:
    return {key: getattr(row, key) for key in _keys(type(row))}


def as_json(rows: Iterable[RowChange]) -> list[Any]:
    return [
        [row.table.__tablename__, str(row.id), _plain(row.before), _plain(row.after)]
        for row in rows
    ]


def from_json(noted: Iterable[Any]) -> tuple[RowChange, ...]:
    """What :func:`as_json` made, with times and keys as such again."""
    tables: dict[str, type[Row]] = {
        mapper.class_.__tablename__: mapper.class_ for mapper in Row.registry.mappers
    }
    return tuple(
        RowChange(
            tables[name], UUID(key), _typed(tables[name], before), _typed(tables[name], after)
        )
        for name, key, before, after in noted
    )


def _typed(table: type[Row], found: Values | None) -> Values | None:
    if found is None:
        return None
    kinds = {column.key: column.columns[0].type.python_type for column in _columns(table)}
    return {key: _read(kinds[key], value) for key, value in found.items()}


def _read(kind: type, value: Any) -> Any:
    if value is None:
        return None
    if kind is UUID:
        return UUID(value)
    if kind is bytes:
        return b64decode(value)
    return kind.fromisoformat(value) if issubclass(kind, dt.date | dt.time) else value


@cache
def _keys(table: type[Row]) -> tuple[str, ...]:
    return tuple(column.key for column in _columns(table) if column.key != "version")


def _columns(table: type[Row]) -> Iterable[Any]:
    return inspect(table).column_attrs


@cache
def _referred_to() -> frozenset[str]:
    return frozenset(
        key.column.table.name for table in Row.metadata.sorted_tables for key in table.foreign_keys
    )


def _plain(found: Values | None) -> Values | None:
    if found is None:
        return None
    return {key: _as_kept(value) for key, value in found.items()}


def _as_kept(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    return str(value) if isinstance(value, _AS_TEXT) else value


def _values_before(row: Row) -> Values:
    found = values(row)
    state = inspect(row)
    for key in found:
        history = state.attrs[key].history
        if history.deleted:
            found[key] = history.deleted[0]
        elif history.added:  # set while expired: undo would lose the old value
            raise RuntimeError(f"{type(row).__name__}.{key} was set before it was read")
    return found


def _values_after(row: Row, *, new: bool) -> Values:
    if new:  # what was left out is empty now, and known to be
        for key in _keys(type(row)):
            if key not in row.__dict__:
                set_committed_value(row, key, None)
    return values(row)


def _there(db: Db, change: Change) -> dict[tuple[type[Row], UUID], Row]:
    """The rows of *change* that are there now; fetched a table at a time."""
    keys: dict[type[Row], list[UUID]] = {}
    for row in change.rows:
        keys.setdefault(row.table, []).append(row.id)
    found: dict[tuple[type[Row], UUID], Row] = {}
    for table, ids in keys.items():
        for first in range(0, len(ids), _AT_ONCE):
            wanted = table.id.in_(ids[first : first + _AT_ONCE])
            for there in db.scalars(select(table).where(wanted)):
                found[table, there.id] = there
    return found


def _apply(db: Db, change: RowChange, row: Row | None) -> None:
    if change.after is None:
        db.delete(row)
    elif row is None:
        again = change.table(**change.after)
        if RISING in change.after:
            setattr(again, RISING, change.after[RISING] + 1)
        db.add(again)
    else:
        for key, value in change.after.items():
            setattr(row, key, getattr(row, key) + 1 if key == RISING else value)


def _same(row: Row | None, expected: Values | None) -> bool:
    """Whether *row* says what is *expected*; a number that only rises says nothing of its own."""
    if row is None or expected is None:
        return row is None and expected is None
    found = values(row)
    return all(
        found[key] == value or _as_stored(found[key]) == _as_stored(value)
        for key, value in expected.items()
        if key != RISING
    )


def _as_stored(value: Any) -> str:
    """JSON gives back neither tuples nor enums."""
    return json.dumps(value, default=str)
