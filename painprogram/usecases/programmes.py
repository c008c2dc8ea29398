"""Programmes: the templates that ship, the versions in the database."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload, selectinload

from painprogram import resources
from painprogram.domain import templates as files
from painprogram.domain.errors import Refused
from painprogram.domain.groups import check_owners
from painprogram.domain.names import folded
from painprogram.domain.programmes import Content, Programme
from painprogram.i18n import _
from painprogram.storage.database import Database
from painprogram.storage.tables import ProgrammeRow, ProgrammeVersionRow, StaffRow


def templates() -> tuple[Content, ...]:
    """The programmes that ship with the program, the founding one first.

    A broken file is refused with its name, the place and what was expected.
    """
    found = [
        files.read(file.read_bytes(), file.name)
        for file in sorted(resources.path("templates").glob("*.json"))
    ]
    return tuple(sorted(found, key=lambda content: content.activity))


def template(key: str) -> Content:
    found = next((content for content in templates() if content.key == key), None)
    if found is None:
        known = ", ".join(content.key for content in templates())
        raise Refused(
            _("There is no template called {key}. There are: {known}.").format(key=key, known=known)
        )
    return found


def programmes(database: Database) -> tuple[Programme, ...]:
    """The newest version of every programme in the database."""
    with database.read() as db:
        rows = db.scalars(select(ProgrammeRow).options(selectinload(ProgrammeRow.versions)))
        newest = [as_programme(row.versions[-1]) for row in rows if row.versions]
        return tuple(sorted(newest, key=lambda p: folded(p.name)))


@dataclass(frozen=True, slots=True)
class Offered:
    """A programme that a group can be started from: a version in the database, or a template."""

    content: Content
    version_id: UUID | None = None
    """None for a template that no group has been started from in its present form."""
    number: int | None = None
    newest: bool = True
    """Whether new groups start from it; older versions live on in the groups that run them."""
    owner_id: UUID | None = None
    owner_name: str = ""
    deputy_id: UUID | None = None
    deputy_name: str = ""


def offered(database: Database) -> tuple[Offered, ...]:
    """Every template that ships and every version in the database, each said once.

    The founding programme first, newest versions before older ones, activities last.
    """
    with database.read() as db:
        rows = db.scalars(select(ProgrammeRow).options(selectinload(ProgrammeRow.versions))).all()
        held = {row.key: [as_programme(version) for version in row.versions] for row in rows}
        owned = _owned(db, rows)
        shipped = {content.key: content for content in templates()}
        found: list[Offered] = []
        for key in [*shipped, *sorted(held.keys() - shipped.keys())]:
            versions = held.get(key, [])
            template = shipped.get(key)
            fresh = template is not None and (
                not versions or files.as_dict(versions[-1].content) != files.as_dict(template)
            )
            if template is not None and fresh:
                found.append(Offered(template))
            found += [
                Offered(
                    version.content,
                    version.id,
                    version.number,
                    newest=not fresh and version is versions[-1],
                )
                for version in reversed(versions)
            ]
        found = [replace(one, **owned.get(one.content.key, {})) for one in found]
        return tuple(sorted(found, key=lambda one: one.content.activity))


def set_owner(
    database: Database, key: str, owner_id: UUID | None, deputy_id: UUID | None = None
) -> None:
    """Who answers for the programme called *key*, and who stands in for them."""
    check_owners(owner_id, deputy_id)
    content = next((one.content for one in offered(database) if one.content.key == key), None)
    name = str(content.name) if content else str(template(key).name)
    with database.change(_("Change owner of programme {name}").format(name=name)) as db:
        row = _known(db, key)
        row.owner_id = db.get_one(StaffRow, owner_id).id if owner_id else None
        row.deputy_id = db.get_one(StaffRow, deputy_id).id if deputy_id else None


def _owned(db: Db, rows: Iterable[ProgrammeRow]) -> dict[str, dict[str, Any]]:
    """By programme: who owns it and who stands in."""
    names = {row.id: row.name for row in db.execute(select(StaffRow.id, StaffRow.name))}
    return {
        row.key: {
            "owner_id": row.owner_id,
            "owner_name": names[row.owner_id] if row.owner_id else "",
            "deputy_id": row.deputy_id,
            "deputy_name": names[row.deputy_id] if row.deputy_id else "",
        }
        for row in rows
    }


def _known(db: Db, key: str) -> ProgrammeRow:
    """The programme called *key*; a template that nobody has used yet is added without versions."""
    row = db.scalar(
        select(ProgrammeRow)
        .where(ProgrammeRow.key == key)
        .options(selectinload(ProgrammeRow.versions))
    )
    if row is None:
        row = ProgrammeRow(key=key, versions=[])
        db.add(row)
        db.flush()
    return row


def in_use(db: Db, content: Content) -> ProgrammeVersionRow:
    """The version that says *content*, added to the database where it isn't there yet."""
    row = _known(db, content.key)
    as_dict = files.as_dict(content)
    if row.versions and row.versions[-1].content == as_dict:
        return row.versions[-1]
    version = ProgrammeVersionRow(number=len(row.versions) + 1, content=as_dict, programme=row)
    db.add(version)
    db.flush()
    return version


def newest_names(db: Db) -> dict[UUID, str]:
    """What the programmes in the database are called now, by their keys; not the activities."""
    rows = db.scalars(select(ProgrammeRow).options(selectinload(ProgrammeRow.versions)))
    newest = [(row.id, content_of(row.versions[-1])) for row in rows if row.versions]
    found = {key: str(content.name) for key, content in newest if not content.activity}
    return dict(sorted(found.items(), key=lambda one: folded(one[1])))


def as_programme(row: ProgrammeVersionRow) -> Programme:
    return Programme(row.id, row.programme_id, row.number, content_of(row))


_parsed: dict[UUID, Content] = {}


def contents_of(db: Db, versions: Iterable[UUID]) -> dict[UUID, Content]:
    """What each of these versions says; only those not yet parsed are read."""
    wanted = set(versions)
    if missing := wanted - _parsed.keys():
        query = select(ProgrammeVersionRow).where(ProgrammeVersionRow.id.in_(missing))
        for row in db.scalars(query.options(joinedload(ProgrammeVersionRow.programme))):
            content_of(row)
    return {key: _parsed[key] for key in wanted}


def content_of(row: ProgrammeVersionRow) -> Content:
    """Parsed once: a version never changes."""
    if row.id not in _parsed:
        _parsed[row.id] = files.from_dict(row.content, row.programme.key)
    return _parsed[row.id]
