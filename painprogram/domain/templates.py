"""A programme as a file: JSON with the names of ``programmes.py``; one sentence per mistake.

Every key is explained in ``resources/templates/README.md``.
"""

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, time
from graphlib import CycleError, TopologicalSorter
from typing import Any

from painprogram.domain import commitments, sessions
from painprogram.domain.errors import Refused
from painprogram.domain.people import Profession
from painprogram.domain.programmes import (
    Commitment,
    Content,
    Module,
    ModuleKind,
    Need,
    Placement,
    Strand,
    Text,
)
from painprogram.domain.rooms import Equipment
from painprogram.domain.template_fields import WEEKDAYS, Object, Record, Written, shown
from painprogram.i18n import N_, _

FORMAT = 1
LARGEST = 1_000_000
"""Bytes in a file."""
MOST_WEEKS = 60
MOST_OCCURRENCES = 100
MOST_NEEDS = 10
MOST_PEOPLE = 200
LAST_WEEK = 2 * MOST_WEEKS
"""Follow-ups a year later come after the programme's own weeks."""
NAME, CARD, LONG = 100, 40, 2000
"""Characters in a name, in a name on a card, in any other text."""

_WIDTH = 92
_SYNTAX = (
    ("Expecting ',' delimiter", N_("a comma, or the end of the list or object, is missing")),
    ("Expecting ':' delimiter", N_("a colon is missing after the key")),
    ("Expecting property name", N_("expected a key in double quotes")),
    ("Illegal trailing comma", N_("there is a comma too many")),
    ("Expecting value", N_("expected a value")),
    ("Unterminated string", N_("a text begins here and has no end: a double quote is missing")),
    ("Invalid control character", N_("a text may not hold a line break or tab: write \\n or \\t")),
    ("Invalid \\", N_("this \\ stands before something it can't: write \\\\ for the sign itself")),
    ("Extra data", N_("there is something more after the end")),
)
_NOT_JSON = N_("this is not JSON")
_CONTENT_KEYS = {field.name for field in fields(Content)}
_MODULE_KEYS = {field.name for field in fields(Module)}
_STRAND_KEYS = {field.name for field in fields(Strand)}


def read(data: bytes | str, source: str) -> Content:
    """The programme in *data*; *source* names the file in what is refused."""
    source = shown(source, 80)
    return from_dict(_parsed(_decoded(data, source), source), source)


def write(content: Content) -> str:
    """The file of *content*; :func:`read` gives the same content back."""
    return f"{_laid_out(as_dict(content), 0)}\n"


def as_dict(content: Content) -> dict[str, Any]:
    """What JSON can hold; what says nothing is left out."""
    return {"format": FORMAT, **_told(content)}


def from_dict(values: Any, source: str) -> Content:
    """The content that :func:`as_dict` gave, or that somebody else made: everything is checked."""
    record = Record(values, source)
    _check_format(record)
    record.only({"format", *_CONTENT_KEYS})
    weeks = record.whole("weeks", 1, MOST_WEEKS, unit="weeks")
    minimum = record.whole("minimum", 1, MOST_PEOPLE, unit="people")
    modules = tuple(_module(item) for item in record.records("modules"))
    _check_unique(record, "modules", (module.key for module in modules))
    strands = record.records("strands")
    content = Content(
        key=record.key("key"),
        name=record.text("name", NAME, required=True),
        weeks=weeks,
        minimum=minimum,
        maximum=record.whole("maximum", minimum, MOST_PEOPLE, unit="people"),
        modules=modules,
        strands=tuple(_strand(item, modules, weeks) for item in strands),
        commitment=Commitment(
            record.texts("commitment", commitments.MOST, longest=commitments.LONGEST)
        ),
        public_name=record.text("public_name", NAME),
        closed=record.flag("closed", default=True),
        activity=record.flag("activity", default=False),
        notes=record.text("notes", LONG, lines=True),
    )
    _check_unique(record, "strands", (strand.key for strand in content.strands))
    _check_order(record, strands, content)
    if content.activity and content.commitment.sentences:
        expected = _("none, since nobody enrols in an activity")
        raise record.wrong("commitment", expected, record.value("commitment"))
    return content


# The parts of a programme.


def _module(record: Record) -> Module:
    record.only(_MODULE_KEYS)
    smallest = record.whole("smallest", 1, MOST_PEOPLE, None, unit="people")
    return Module(
        key=record.key("key"),
        kind=record.choice("kind", ModuleKind),
        name=record.text("name", NAME, required=True),
        minutes=record.whole("minutes", sessions.SHORTEST, sessions.LONGEST, unit="minutes"),
        needs=tuple(
            Need(chosen) for chosen in record.alternatives("needs", Profession, MOST_NEEDS)
        ),
        short=record.text("short", CARD),
        preparation=record.whole("preparation", 0, 240, 0, unit="minutes"),
        wrap_up=record.whole("wrap_up", 0, 240, 0, unit="minutes"),
        equipment=record.choices("equipment", Equipment),
        competences=record.strings("competences", MOST_NEEDS, longest=CARD),
        smallest=smallest,
        largest=record.whole("largest", smallest or 1, MOST_PEOPLE, None, unit="people"),
        goals=record.text("goals", LONG, lines=True),
        patient_text=record.text("patient_text", LONG, lines=True),
        bring=record.text("bring", LONG, lines=True),
        material=record.text("material", LONG, lines=True),
        source=record.string("source", LONG),
        reviewed=record.day("reviewed"),
    )


def _strand(record: Record, modules: tuple[Module, ...], weeks: int) -> Strand:
    record.only(_STRAND_KEYS)
    placement = record.choice("placement", Placement)
    module = _referred(record, placement, modules)
    visit = placement is Placement.VISIT
    week = record.whole("week", 0 if visit else 1, LAST_WEEK if visit else weeks, 1)
    most = 1 if placement is Placement.ONCE else MOST_OCCURRENCES
    occurrences = record.whole("occurrences", 1, most, 1)
    every_weeks = record.whole("every_weeks", 1, MOST_WEEKS, 1, unit="weeks")
    last = week + (occurrences - 1) * every_weeks
    if placement is Placement.SERIES and last > weeks:
        expected = _("a series that ends in week {weeks} or before").format(weeks=weeks)
        found = _("one that ends in week {week}").format(week=last)
        raise record.refused("occurrences", expected, found)
    core = record.flag("core", default=False)
    at_least = record.whole("at_least", 1, occurrences, None)
    if at_least is not None and not core:
        raise record.wrong("at_least", _("nothing, since the strand is not core"), at_least)
    return Strand(
        key=record.key("key"),
        module=module.key,
        placement=placement,
        occurrences=occurrences,
        every_weeks=every_weeks,
        weekday=record.weekday("weekday"),
        start=_start(record, module),
        week=week,
        latest_week=record.whole("latest_week", week, LAST_WEEK if visit else weeks, None),
        letter=record.string("letter", 2),
        after=record.keys("after"),
        apart_from=record.keys("apart_from"),
        core=core,
        at_least=at_least,
    )


def _referred(record: Record, placement: Placement, modules: tuple[Module, ...]) -> Module:
    """The strand's module; what is linked in and what is individual can stand in one way only."""
    key = record.key("module")
    module = next((module for module in modules if module.key == key), None)
    if module is None:
        raise record.unknown("module", key, [module.key for module in modules])
    linked = module.kind is ModuleKind.LINKED
    if linked != (placement is Placement.LINKED):
        expected = _('"linked" for a module of the kind "linked", and for no other')
        raise record.wrong("placement", expected, str(placement))
    if module.kind is ModuleKind.INDIVIDUAL and placement is not Placement.VISIT:
        expected = _('"visit" for a module of the kind "individual"')
        raise record.wrong("placement", expected, str(placement))
    return module


def _start(record: Record, module: Module) -> time | None:
    start = record.clock("start")
    if start is not None and start.hour * 60 + start.minute + module.minutes >= 24 * 60:
        raise record.wrong(
            "start", _("a time from which it ends on the same day"), f"{start:%H:%M}"
        )
    return start


# What must hold between the parts.


def _check_format(record: Record) -> None:
    newest = record.whole("format", 1, 999)
    if newest > FORMAT:
        raise Refused(
            _("{where}: the file is made by a newer version of the program.").format(
                where=record.where()
            )
        )


def _check_unique(record: Record, name: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for number, key in enumerate(keys):
        if key in seen:
            raise Refused(
                _("{where}: the key “{key}” is used twice; each must have its own.").format(
                    where=record.where(f"{name}[{number}].key"), key=key
                )
            )
        seen.add(key)


def _check_order(record: Record, records: list[Record], content: Content) -> None:
    known = {strand.key for strand in content.strands}
    for strand, at in zip(content.strands, records, strict=True):
        for name in ("after", "apart_from"):
            for number, key in enumerate(getattr(strand, name)):
                if key not in known or key == strand.key:
                    raise at.unknown(f"{name}[{number}]", key, known - {strand.key})
    try:
        TopologicalSorter({s.key: s.after for s in content.strands}).prepare()
    except CycleError as error:
        ring = " → ".join(reversed(error.args[1]))
        raise Refused(
            _("{where}: they wait for each other in a ring: {ring}.").format(
                where=record.where("strands"), ring=shown(ring, 200)
            )
        ) from None


# Between text and JSON values.


def _decoded(data: bytes | str, source: str) -> str:
    if len(data) > LARGEST:
        raise Refused(
            _("{where}: the file is too large for a programme: {most} MB at most.").format(
                where=source, most=LARGEST // 1_000_000
            )
        )
    text = (_from_utf_8(data, source) if isinstance(data, bytes) else data).removeprefix("\ufeff")
    if not text.strip():
        raise Refused(_("{where}: the file is empty.").format(where=source))
    return text


def _from_utf_8(data: bytes, source: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        raise Refused(
            _("{where}: this is not text in UTF-8. Save it again as UTF-8.").format(where=source)
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(
            _("{where}, line {line}: this is not text in UTF-8. Save it again as UTF-8.").format(
                where=source, line=line
            )
        ) from None


def _parsed(text: str, source: str) -> Any:
    try:
        return json.loads(
            text,
            object_pairs_hook=Object,
            parse_int=_whole_or_written,
            parse_float=Written,
            parse_constant=Written,
        )
    except json.JSONDecodeError as error:
        known = (why for start, why in _SYNTAX if error.msg.startswith(start))
        raise Refused(
            _("{where}, line {line}, column {column}: {why}.").format(
                where=source,
                line=error.lineno,
                column=error.colno,
                why=_(next(known, _NOT_JSON)),
            )
        ) from None
    except RecursionError:
        raise Refused(
            _("{where}: lists or objects stand inside each other too deeply.").format(where=source)
        ) from None


def _whole_or_written(digits: str) -> int | Written:
    return int(digits) if len(digits) < 18 else Written(digits)  # noqa: PLR2004 -- 64 bits


def _told(part: Any) -> dict[str, Any]:
    """The fields of a dataclass that say more than their default."""
    return {
        field.name: _plain(value, field.name)
        for field in fields(part)
        if _says_something(value := getattr(part, field.name), field.default)
    }


def _says_something(value: Any, default: Any) -> bool:
    if isinstance(value, Text):
        return bool(value)
    return value not in (default, Commitment(()))


def _plain(value: Any, name: str) -> Any:
    """What JSON can hold instead of *value*, which stands under *name*."""
    match value:
        case Text():
            value = {code: words for code, words in value.by_language.items() if words}
        case Commitment():
            value = [_plain(sentence, name) for sentence in value.sentences]
        case Need():
            value = [str(profession) for profession in value.professions]
        case Module() | Strand():
            value = _told(value)
        case tuple():
            value = [_plain(item, name) for item in value]
        case time():
            value = f"{value:%H:%M}"
        case date():
            value = value.isoformat()
        case int() if name == "weekday":
            value = WEEKDAYS[value]
        case str():
            value = str(value)
    return value


def _laid_out(value: Any, depth: int) -> str:
    """JSON on one line where it fits, with what the eye can't see written as ``\\u…``."""
    line = json.dumps(value, ensure_ascii=False)
    line = "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)
    inner = "  " * (depth + 1)
    if isinstance(value, dict) and value and (depth < 1 or len(line) + 2 * depth > _WIDTH):
        lines = [
            f"{inner}{json.dumps(key)}: {_laid_out(item, depth + 1)}" for key, item in value.items()
        ]
    elif isinstance(value, list) and value and len(line) + 2 * depth > _WIDTH:
        lines = [f"{inner}{_laid_out(item, depth + 1)}" for item in value]
    else:
        return line
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return opening + "\n" + ",\n".join(lines) + "\n" + "  " * depth + closing
