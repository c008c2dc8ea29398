"""Patients and colleagues from a list of another program: a dry run, then all of it or nothing.

An empty cell, and a column that is not there, leave what is known already as it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.errors import Refused
from painprogram.domain.import_cells import Reading, check_headings, patient_line, staff_line
from painprogram.domain.imports import (
    Columns,
    Difference,
    Fault,
    Field,
    ImportKind,
    Judged,
    Line,
    Outcome,
    Verdict,
    from_choice,
    from_file,
    guessed,
    lacking,
    outcome,
    titled,
)
from painprogram.domain.names import folded
from painprogram.domain.patients import LANGUAGES, Patient
from painprogram.domain.people import Staff
from painprogram.domain.progress import Progress
from painprogram.exchange import spreadsheet
from painprogram.i18n import _
from painprogram.storage.access import saw
from painprogram.storage.database import Database, add_many
from painprogram.storage.ids import new_id
from painprogram.storage.tables import PatientRow, Row, StaffRow
from painprogram.usecases import patients
from painprogram.usecases.founding import profession_named
from painprogram.usecases.staff import as_staff

Table = spreadsheet.Table
AnyRow = TypeVar("AnyRow", bound=Row)
LARGEST_MAP = 100_000
"""Bytes of a file of columns."""
_AT_ONCE = 500
"""Keys in one statement; engines limit the parameters of one."""
_REPORTED = 500
"""Rows between two reports of how far we are."""


def opened(path: Path, today: date, *, sheet: str = "") -> Table:
    """The table in a file; refused, with a sentence, for what is none."""
    table = spreadsheet.read(_bytes(path, spreadsheet.LARGEST), sheet=sheet)
    check_headings(table.header, today)
    return table


def columns_of(table: Table, kind: ImportKind, remembered: str = "") -> Columns:
    """As they were chosen for these headings before (``domain.imports.as_choice``), or guessed."""
    before = from_choice(remembered, table.header, kind) if remembered else None
    return guessed(table.header, kind) if before is None else before


def columns_in(path: Path, table: Table, kind: ImportKind) -> Columns:
    """As a JSON file says: ``{"Heading": "field", …}``."""
    try:
        text = _bytes(path, LARGEST_MAP).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            _("The file of columns is no JSON. It should look like {sample}.").format(
                sample='{"Namn": "name"}'
            )
        ) from error
    return from_file(text, table.header, kind)


def judged(
    database: Database,
    progress: Progress,
    kind: ImportKind,
    table: Table,
    columns: Columns,
    centre_id: UUID,
    today: date,
) -> Outcome:
    """A dry run: the verdict over every row, and nothing written."""
    if lacks := lacking(columns, kind):
        return Outcome(kind, (), lacks)
    task = _Task(kind, table, columns, centre_id)
    task.read(database, progress, today)
    if kind is ImportKind.STAFF:
        with database.read() as db:
            return outcome(kind, [one.judged for one in task.staff(db)])
    with database.read_patients(_("Compare patients with a file")) as db:
        return outcome(kind, [one.judged for one in task.patients(db)])


def carry_out(
    database: Database,
    kind: ImportKind,
    table: Table,
    columns: Columns,
    centre_id: UUID,
    today: date,
) -> Outcome:
    """Write every row in one step; where one row is wrong, none, and the outcome is not *done*."""
    if lacks := lacking(columns, kind):
        return Outcome(kind, (), lacks)
    task = _Task(kind, table, columns, centre_id)
    task.read(database, Progress(), today)
    label = _("Import patients") if kind is ImportKind.PATIENTS else _("Import colleagues")
    with database.change(label) as db:
        found = list(task.patients(db) if kind is ImportKind.PATIENTS else task.staff(db))
        result = outcome(kind, [one.judged for one in found])
        if not result.stopped:
            _write(db, found)
            result = replace(result, done=True)
    return result


def _bytes(path: Path, most: int) -> bytes:
    """Never more than *most* and one: what is larger is refused by whoever reads it."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", "") or "").lower() or _("no such file")
        raise Refused(
            _("{file} can't be read: {reason}.").format(file=path.name, reason=reason)
        ) from error
    if len(data) > most:
        raise Refused(
            _("The file is too large: {most} MB at most.").format(most=max(1, most // 1_000_000))
        )
    return data


@dataclass(slots=True)
class _Wanted:
    """A row with its verdict, and what is to be in the database."""

    judged: Judged
    patient: Patient | None = None
    person: Staff | None = None


@dataclass(slots=True)
class _Task:
    kind: ImportKind
    table: Table
    columns: Columns
    centre_id: UUID
    lines: list[Line] = field(default_factory=list)
    contact_names: dict[UUID, str] = field(default_factory=dict)

    def read(self, database: Database, progress: Progress, today: date) -> None:
        """The cells, as far as they can be understood without knowing who is there."""
        at = Reading(today, self._contacts(database), cache(profession_named))
        understand = patient_line if self.kind is ImportKind.PATIENTS else staff_line
        many = len(self.table.rows)
        for number, cells in self.table.numbered():
            self.lines.append(understand(number, cells, self.columns, self.table.header, at))
            if len(self.lines) % _REPORTED == 0:
                progress.report(len(self.lines) / many, _("Reading rows"))

    def _contacts(self, database: Database) -> Mapping[str, list[UUID]]:
        if Field.CONTACT not in self.columns:
            return {}
        found: dict[str, list[UUID]] = {}
        with database.read() as db:
            query = select(StaffRow.id, StaffRow.name)
            for key, name in db.execute(
                query.where(StaffRow.centre_id == self.centre_id, StaffRow.active)
            ):
                found.setdefault(folded(name), []).append(key)
                self.contact_names[key] = name
        return found

    def _each(self) -> Iterator[tuple[Line, Judged | None]]:
        """Each line, with its verdict where the file alone gives one."""
        seen: dict[str, int] = {}
        for line in self.lines:
            if line.faults:
                yield line, _judged(line, Verdict.REFUSED, line.faults)
            elif line.key in seen:
                yield line, _judged(line, Verdict.DUPLICATE, (self._twice(seen[line.key]),))
            else:
                seen[line.key] = line.row
                yield line, None

    def _twice(self, row: int) -> Fault:
        if self.kind is ImportKind.STAFF:
            reason = _("The same name stands in row {row}.")
        else:
            reason = _("The same number stands in row {row}.")
        return Fault(
            self._heading(Field.IDENTITY, Field.RESERVE, Field.NAME), reason.format(row=row)
        )

    def _heading(self, *fields: Field) -> str:
        """Of the first of *fields* that the file has."""
        told = (self.columns[each] for each in fields if each in self.columns)
        return titled(self.table.header, next(told, 0))

    # Patients

    def patients(self, db: Db) -> Iterator[_Wanted]:
        there = self._patients_there(db)
        for line, verdict in self._each():
            yield _Wanted(verdict) if verdict else self._patient(line, there.get(line.key))

    def _patients_there(self, db: Db) -> dict[str, Patient]:
        """Those whom the file names by number and the centre knows, by number."""
        keys: list[UUID] = []
        numbers = sorted({line.key for line in self.lines if line.key})
        for first in range(0, len(numbers), _AT_ONCE):
            part = PatientRow.identity_number.in_(numbers[first : first + _AT_ONCE])
            keys += db.scalars(
                select(PatientRow.id).where(PatientRow.centre_id == self.centre_id, part)
            )
        saw(db, keys)
        return {one.identity.number: one for one in patients.several(db, keys).values()}

    def _patient(self, line: Line, before: Patient | None) -> _Wanted:
        told = line.told
        if before is None:
            wanted = Patient(new_id(), self.centre_id, **told)
        elif before.protected and told.get("protected") is False:
            fault = Fault(
                self._heading(Field.PROTECTED),
                _("The identity is protected here. A file can't lift that: open the patient."),
            )
            return _Wanted(_judged(line, Verdict.REFUSED, (fault,)))
        else:
            wanted = replace(before, **told)
        if wanted.protected:
            wanted = replace(wanted, address="")
        try:
            patients.check(wanted)
        except Refused as refused:
            fault = Fault(self._heading(Field.IDENTITY, Field.RESERVE), str(refused))
            return _Wanted(_judged(line, Verdict.REFUSED, (fault,)))
        if before is None:
            return _Wanted(_judged(line, Verdict.NEW), patient=wanted)
        changes = tuple(self._differences(before, wanted))
        if not changes:
            return _Wanted(_judged(line, Verdict.UNCHANGED))
        return _Wanted(_judged(line, Verdict.CHANGED, (), changes), patient=wanted)

    def _differences(self, before: Patient, after: Patient) -> Iterator[Difference]:
        words = (
            self._words(before, before.contact_name),
            self._words(
                after, self.contact_names.get(after.contact_id or UUID(int=0), before.contact_name)
            ),
        )
        for each, old in words[0].items():
            if old != words[1][each]:
                yield Difference(each.label, old, words[1][each])

    @staticmethod
    def _words(one: Patient, contact: str) -> dict[Field, str]:
        return {
            Field.GIVEN_NAME: one.given_name,
            Field.FAMILY_NAME: one.family_name,
            Field.LANGUAGE: _(LANGUAGES[one.language]),
            Field.INTERPRETER: _yes(one.interpreter),
            Field.PHONE: one.phone,
            Field.ADDRESS: ", ".join(one.address.splitlines()),
            Field.ACCESS: ", ".join(need.label for need in sorted(one.access)),
            Field.CONTACT: contact,
            Field.NOTE: one.note,
            Field.PROTECTED: _yes(one.protected),
        }

    # Colleagues

    def staff(self, db: Db) -> Iterator[_Wanted]:
        there: dict[str, list[Staff]] = {}
        for row in db.scalars(select(StaffRow).where(StaffRow.centre_id == self.centre_id)):
            there.setdefault(folded(row.name), []).append(as_staff(row))
        for line, verdict in self._each():
            yield _Wanted(verdict) if verdict else self._person(line, there.get(line.key, []))

    def _person(self, line: Line, before: list[Staff]) -> _Wanted:
        if len(before) > 1:
            reason = _("Several colleagues here have this name: tell them apart in the settings.")
            fault = Fault(self._heading(Field.NAME, Field.GIVEN_NAME), reason)
            return _Wanted(_judged(line, Verdict.REFUSED, (fault,)))
        if not before:
            if "profession" not in line.told:
                fault = Fault(self._heading(Field.PROFESSION), _("The row has no profession."))
                return _Wanted(_judged(line, Verdict.REFUSED, (fault,)))
            person = Staff(UUID(int=0), self.centre_id, **line.told)
            return _Wanted(_judged(line, Verdict.NEW), person=person)
        known = before[0]
        if not known.active:
            remark = _("No longer works here; the file does not change that.")
            line = replace(line, remarks=(*line.remarks, remark))
        person = replace(known, **line.told)
        old, new = _staff_words(known), _staff_words(person)
        changes = tuple(
            Difference(each.label, old[each], new[each]) for each in old if old[each] != new[each]
        )
        if not changes:
            return _Wanted(_judged(line, Verdict.UNCHANGED))
        return _Wanted(_judged(line, Verdict.CHANGED, (), changes), person=person)


def _judged(
    line: Line,
    verdict: Verdict,
    faults: tuple[Fault, ...] = (),
    differences: tuple[Difference, ...] = (),
) -> Judged:
    return Judged(line.row, verdict, line.who, faults, differences, line.remarks)


def _staff_words(one: Staff) -> dict[Field, str]:
    return {
        Field.NAME: one.name,
        Field.PROFESSION: one.profession.label,
        Field.PHONE: one.phone,
        Field.COMPETENCES: ", ".join(one.competences),
    }


def _yes(is_so: bool) -> str:  # noqa: FBT001 -- a value, no switch
    return _("Yes") if is_so else _("No")


# Writing


def _write(db: Db, found: Iterable[_Wanted]) -> None:
    wanted = [one for one in found if one.judged.verdict in (Verdict.NEW, Verdict.CHANGED)]
    new = [one for one in wanted if one.judged.verdict is Verdict.NEW]
    add_many(
        db,
        PatientRow,
        [
            {"id": one.id, "centre_id": one.centre_id, **patients.values_of(one)}
            for one in (each.patient for each in new)
            if one is not None
        ],
    )
    add_many(
        db,
        StaffRow,
        [
            {"id": new_id(), "centre_id": one.centre_id, "active": True, **_values_of(one)}
            for one in (each.person for each in new)
            if one is not None
        ],
    )
    changed = [one for one in wanted if one.judged.verdict is Verdict.CHANGED]
    known = {one.patient.id: one.patient for one in changed if one.patient}
    for row in _rows(db, PatientRow, known):
        patients.write(row, known[row.id])
    people = {one.person.id: one.person for one in changed if one.person}
    for person in _rows(db, StaffRow, people):
        for column, value in _values_of(people[person.id]).items():
            setattr(person, column, value)


def _rows(db: Db, table: type[AnyRow], wanted: Iterable[UUID]) -> Iterator[AnyRow]:
    keys = sorted(wanted)
    for first in range(0, len(keys), _AT_ONCE):
        yield from db.scalars(select(table).where(table.id.in_(keys[first : first + _AT_ONCE])))


def _values_of(person: Staff) -> dict[str, Any]:
    return {
        "name": person.name,
        "profession": person.profession,
        "phone": person.phone,
        "competences": list(person.competences),
    }
