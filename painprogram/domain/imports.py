"""Lists from other programs: which column is what, and what became of each row."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from painprogram.domain.errors import Refused
from painprogram.domain.names import folded
from painprogram.i18n import N_, _

MOST_SHOWN = 12
"""Headings or fields that are listed in a refusal."""


class ImportKind(StrEnum):
    PATIENTS = "patients"
    STAFF = "staff"

    @property
    def label(self) -> str:
        return _(_KINDS[self])


_KINDS = {ImportKind.PATIENTS: N_("Patients"), ImportKind.STAFF: N_("Colleagues")}


class Field(StrEnum):
    """What a column can say."""

    NAME = "name"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    IDENTITY = "identity_number"
    RESERVE = "reserve_number"
    PROFESSION = "profession"
    LANGUAGE = "language"
    INTERPRETER = "interpreter"
    PHONE = "phone"
    ADDRESS = "address"
    POSTCODE = "postcode"
    TOWN = "town"
    ACCESS = "access"
    CONTACT = "contact"
    NOTE = "note"
    PROTECTED = "protected"
    COMPETENCES = "competences"

    @property
    def label(self) -> str:
        return _(_FIELDS[self])


_FIELDS = {
    Field.NAME: N_("Name"),
    Field.GIVEN_NAME: N_("Given name"),
    Field.FAMILY_NAME: N_("Family name"),
    Field.IDENTITY: N_("Identity number"),
    Field.RESERVE: N_("Reserve number"),
    Field.PROFESSION: N_("Profession"),
    Field.LANGUAGE: N_("Language"),
    Field.INTERPRETER: N_("Interpreter"),
    Field.PHONE: N_("Phone"),
    Field.ADDRESS: N_("Address"),
    Field.POSTCODE: N_("Postcode"),
    Field.TOWN: N_("Town"),
    Field.ACCESS: N_("Access needs"),
    Field.CONTACT: N_("Contact person"),
    Field.NOTE: N_("Note"),
    Field.PROTECTED: N_("Protected identity"),
    Field.COMPETENCES: N_("Competences"),
}
FIELDS: dict[ImportKind, tuple[Field, ...]] = {
    ImportKind.PATIENTS: tuple(
        each for each in Field if each not in (Field.PROFESSION, Field.COMPETENCES)
    ),
    ImportKind.STAFF: (
        *(Field.NAME, Field.GIVEN_NAME, Field.FAMILY_NAME),
        *(Field.PROFESSION, Field.PHONE, Field.COMPETENCES),
    ),
}
_HEADINGS = {
    Field.NAME: "namn, fullständigt namn, patient, patientnamn, patientens namn, medarbetare, "
    "name, full name, patient name, colleague, staff",
    Field.GIVEN_NAME: "förnamn, tilltalsnamn, given name, first name, forename",
    Field.FAMILY_NAME: "efternamn, släktnamn, family name, last name, surname",
    Field.IDENTITY: "personnummer, personnr, pnr, person nr, personid, personidentitet, "
    "samordningsnummer, identity number, personal identity number, personal number, id number",
    Field.RESERVE: "reservnummer, reservnr, reserve number",
    Field.LANGUAGE: "språk, modersmål, language, first language",
    Field.INTERPRETER: "tolk, tolkbehov, behöver tolk, interpreter, needs an interpreter",
    Field.PHONE: "telefon, telefonnummer, tel, telnr, mobil, mobilnummer, mobiltelefon, "
    "phone, phone number, telephone, mobile",
    Field.ADDRESS: "adress, gatuadress, postadress, bostadsadress, address, street address",
    Field.POSTCODE: "postnummer, postnr, postcode, postal code, zip code",
    Field.TOWN: "ort, postort, town, city",
    Field.ACCESS: "behov, tillgänglighet, behov/tillgänglighet, särskilda behov, "
    "access needs, accessibility, access, needs",
    Field.CONTACT: "kontaktperson, fast vårdkontakt, kontakt, contact person, contact",
    Field.NOTE: "anteckning, anteckningar, kommentar, note, notes, comment",
    Field.PROTECTED: "skyddad identitet, skyddade personuppgifter, skyddad, sekretess, "
    "sekretessmarkering, skydd, protected identity, protected",
    Field.PROFESSION: "yrkeskategori, yrke, profession, titel, befattning, yrkestitel, roll, "
    "title, occupation",
    Field.COMPETENCES: "kompetenser, kompetens, utbildningar, competences, competence, skills",
}
_ASIDE = re.compile(r"\([^)]*\)|[*:?]")
Columns = dict[Field, int]
"""For each field that the file has, the column (from 0)."""


def _plain(heading: str) -> str:
    return " ".join(folded(_ASIDE.sub(" ", heading)).replace("_", " ").replace(".", " ").split())


_KNOWN = {
    _plain(heading): each
    for each, headings in _HEADINGS.items()
    for heading in headings.split(", ")
} | {str(each).replace("_", " "): each for each in Field}


def titled(header: Sequence[str], column: int) -> str:
    """The heading of a column, or its letters as a spreadsheet shows them."""
    if column < len(header) and header[column]:
        return header[column]
    letters, rest = "", column
    while rest >= 0:
        letters, rest = chr(ord("A") + rest % 26) + letters, rest // 26 - 1
    return _("Column {letters}").format(letters=letters)


def guessed(header: Sequence[str], kind: ImportKind) -> Columns:
    """The columns by their headings, in Swedish or English; what is not known is left out."""
    found: Columns = {}
    for column, heading in enumerate(header):
        known = _KNOWN.get(_plain(heading))
        if known in FIELDS[kind]:
            found.setdefault(known, column)
    if Field.GIVEN_NAME in found and Field.FAMILY_NAME in found:
        found.pop(Field.NAME, None)
    return found


def lacking(columns: Mapping[Field, int], kind: ImportKind) -> tuple[str, ...]:
    """What must be known before a row can be read, as sentences."""
    wrong = []
    whole = Field.NAME in columns
    parts = {Field.GIVEN_NAME, Field.FAMILY_NAME} & columns.keys()
    if whole and parts:
        wrong.append(_("Choose the name in one column, or given and family name in two: not both."))
    elif not whole and len(parts) == 1:
        other = Field.FAMILY_NAME if Field.GIVEN_NAME in parts else Field.GIVEN_NAME
        wrong.append(_("Choose which column has the {field}.").format(field=_within(other)))
    elif not whole and not parts:
        wrong.append(_("Choose which column has the {field}.").format(field=_within(Field.NAME)))
    if kind is ImportKind.PATIENTS and not {Field.IDENTITY, Field.RESERVE} & columns.keys():
        wanted = _within(Field.IDENTITY)
        wrong.append(_("Choose which column has the {field}.").format(field=wanted))
    if kind is ImportKind.STAFF and Field.PROFESSION not in columns:
        wanted = _within(Field.PROFESSION)
        wrong.append(_("Choose which column has the {field}.").format(field=wanted))
    return tuple(wrong)


def _within(one: Field) -> str:
    """Within a sentence."""
    return one.label[:1].lower() + one.label[1:]


# As a file, and as a choice that is remembered


def from_file(text: str, header: Sequence[str], kind: ImportKind) -> Columns:
    """The columns that a JSON file says: ``{"Heading": "field", …}``."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(
            _("The file of columns is no JSON. It should look like {sample}.").format(
                sample='{"Namn": "name"}'
            )
        ) from error
    if not isinstance(told, dict) or not all(isinstance(x, str | None) for x in told.values()):
        raise Refused(
            _("The file of columns should look like {sample}.").format(sample='{"Namn": "name"}')
        )
    found: Columns = {}
    for heading, name in told.items():
        if not name:
            continue
        if heading not in header:
            raise Refused(
                _("There is no column {heading} in the file. There are: {headings}.").format(
                    heading=heading, headings=_listed(header)
                )
            )
        if name not in FIELDS[kind]:
            raise Refused(
                _("{field} is no field. There are: {fields}.").format(
                    field=name, fields=", ".join(FIELDS[kind])
                )
            )
        if Field(name) in found:
            raise Refused(_("Two columns are given for {field}.").format(field=name))
        found[Field(name)] = header.index(heading)
    return found


def as_file(columns: Mapping[Field, int], header: Sequence[str]) -> str:
    """What *from_file* reads."""
    told = {header[column]: str(each) for each, column in columns.items()}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _listed(header: Sequence[str]) -> str:
    shown = [heading or "–" for heading in header[:MOST_SHOWN]]
    return ", ".join(shown) + (" …" if len(header) > MOST_SHOWN else "")


def fingerprint(header: Sequence[str]) -> str:
    """The same for the same set of headings, in whatever order; it tells none of them."""
    told = "\n".join(header[column] for column in _in_order(header))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def as_choice(columns: Mapping[Field, int], header: Sequence[str]) -> str:
    """What the settings keep: fields only, in the order of the headings; no heading."""
    by_column = {column: str(each) for each, column in columns.items()}
    return json.dumps([by_column.get(column, "") for column in _in_order(header)])


def from_choice(text: str, header: Sequence[str], kind: ImportKind) -> Columns | None:
    """What *as_choice* kept; None where it does not fit."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if (
        not isinstance(told, list)
        or len(told) != len(header)
        or not all(isinstance(name, str) for name in told)
    ):
        return None
    known = {str(each): each for each in FIELDS[kind]}
    pairs = zip(told, _in_order(header), strict=True)
    return {
        known[name]: column for name, column in pairs if isinstance(name, str) and name in known
    }


def _in_order(header: Sequence[str]) -> list[int]:
    return sorted(range(len(header)), key=lambda column: (header[column], column))


# What became of each row


class Verdict(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return _(_VERDICTS[self])

    @property
    def stops(self) -> bool:
        """Whether nothing at all is imported while a row is judged so."""
        return self in (Verdict.DUPLICATE, Verdict.REFUSED)


_VERDICTS = {
    Verdict.NEW: N_("New"),
    Verdict.CHANGED: N_("Changed"),
    Verdict.UNCHANGED: N_("Unchanged"),
    Verdict.DUPLICATE: N_("Duplicate"),
    Verdict.REFUSED: N_("Wrong"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row: the heading of the column, and the reason."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it was understood: what it tells, by attribute; an empty cell tells nothing."""

    row: int
    told: dict[str, Any]
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()
    who: str = ""
    key: str = ""
    """By what the same person is known again: the number, or the name of a colleague."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What would change of somebody who is known already, in words."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict over one row. Who it is, and old and new, are for the window alone."""

    row: int
    verdict: Verdict
    who: str = ""
    faults: tuple[Fault, ...] = ()
    differences: tuple[Difference, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Every row's verdict; *done* when it is no longer a dry run but was written."""

    kind: ImportKind
    rows: tuple[Judged, ...]
    lacks: tuple[str, ...] = ()
    """What the columns lack; then no row was read."""
    done: bool = False
    counts: Counter[Verdict] = field(default_factory=Counter)

    @property
    def stopped(self) -> bool:
        """Whether something has to be put right first: it is all of the file, or nothing."""
        return bool(self.lacks) or any(each.stops and self.counts[each] for each in Verdict)

    @property
    def writes(self) -> int:
        """Rows that add or change somebody."""
        return self.counts[Verdict.NEW] + self.counts[Verdict.CHANGED]


def outcome(kind: ImportKind, rows: Iterable[Judged], *, done: bool = False) -> Outcome:
    kept = tuple(rows)
    counts = Counter(one.verdict for one in kept)
    return Outcome(kind, kept, done=done, counts=counts)


def told_plainly(result: Outcome) -> dict[str, Any]:
    """For a script: row, verdict, column and reason; nobody's name and no old or new value."""
    return {
        "kind": str(result.kind),
        "done": result.done,
        "stopped": result.stopped,
        "lacks": list(result.lacks),
        "counts": {str(each): result.counts[each] for each in Verdict},
        "rows": [
            {
                "row": one.row,
                "verdict": str(one.verdict),
                "faults": [{"column": x.column, "reason": x.reason} for x in one.faults],
                "changes": [x.what for x in one.differences],
                "remarks": list(one.remarks),
            }
            for one in result.rows
        ],
    }
