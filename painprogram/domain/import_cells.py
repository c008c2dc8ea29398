"""What is written in the cells of a list: read when it can only mean one thing, else explained."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from painprogram.domain.errors import Refused
from painprogram.domain.identity import Identity, parse
from painprogram.domain.imports import Fault, Field, Line, titled
from painprogram.domain.names import folded
from painprogram.domain.patients import LANGUAGES, Access
from painprogram.domain.people import Profession
from painprogram.i18n import LANGUAGES as OURS
from painprogram.i18n import _, language, using

LONGEST_NAME, LONGEST_PHONE, LONGEST_TEXT = 200, 40, 500
_SHOWN = 30
"""Letters of a cell that a reason repeats."""
_SHORTENED = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+?[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9:.]+)?")
_DAY_TOGETHER = re.compile(r"(19|20)[0-9]{6}")
_POSTCODE = re.compile(r", *(?=[0-9]{3} ?[0-9]{2} )")
_FEWEST = 7
"""Digits left of a number with ten when those of the year 2000, January, were taken away."""
_YES = frozenset(("ja", "j", "yes", "y", "x", "1", "sant", "true", "√", "✓", "✔"))
_NO = frozenset(("nej", "n", "no", "0", "falskt", "false", "-", "–", "ingen", "inga", "none"))
_GUARDED = frozenset(
    ("skyddad", "sekretess", "sekretessmarkering", "skyddad folkbokföring", "protected")
)
_LANGUAGES = {
    "svenska": "sv",
    "engelska": "en",
    "arabiska": "ar",
    "persiska": "fa",
    "farsi": "fa",
    "somaliska": "so",
    "ukrainska": "uk",
    "finska": "fi",
    "annat": "other",
    "other": "other",
} | {code: code for code in LANGUAGES}
_ANOTHER = "another"
"""A language by name that has no texts here."""
_OTHERS = """
albanska amhariska arameiska armeniska assyriska azerbajdzjanska bengali bosniska bulgariska
danska dari estniska franska georgiska grekiska hindi holländska isländska italienska japanska
kantonesiska kinesiska koreanska kroatiska kurdiska kurmanji lettiska litauiska makedonska
mandarin meänkieli mongoliska nederländska nepalesiska norska pashto polska portugisiska punjabi
romani rumänska ryska samiska serbiska slovakiska slovenska sorani spanska swahili syrianska
tagalog tamil teckenspråk thailändska tigrinja tigrinska tjeckiska turkiska tyska ungerska urdu
uzbekiska vietnamesiska albanian amharic bosnian bulgarian chinese croatian czech danish dutch
estonian french german greek hungarian italian japanese korean kurdish latvian lithuanian
norwegian polish portuguese romanian russian serbian spanish thai tigrinya turkish vietnamese
"""
_OTHER_LANGUAGES = frozenset(_OTHERS.split())
_ACCESS = {
    "stegfri": Access.STEP_FREE,
    "trappfri": Access.STEP_FREE,
    "utan trappor": Access.STEP_FREE,
    "rullstol": Access.STEP_FREE,
    "rollator": Access.STEP_FREE,
    "wheelchair": Access.STEP_FREE,
    "hiss": Access.LIFT,
    "hörslinga": Access.HEARING,
    "stor text": Access.LARGE_PRINT,
    "ledsagare": Access.COMPANION,
    "medföljare": Access.COMPANION,
    "companion": Access.COMPANION,
}


@dataclass(slots=True)
class Reading:
    """What reading the cells takes to know, and what it remarks on the way."""

    today: date
    contacts: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """The keys of the colleagues of each name, folded."""
    profession_named: Callable[[str], Profession | None] = lambda _text: None
    remarks: list[str] = field(default_factory=list)


Readers = Mapping[Field, Callable[[str, Reading], dict[str, Any]]]


def check_headings(header: Sequence[str], today: date) -> None:
    """Refuse a list whose first row is somebody: that row would be lost."""
    for text in header:
        try:
            parse(text, today)
        except Refused:
            continue
        raise Refused(
            _("The first row is a person. Write a row of headings above it, and save again.")
        )


def patient_line(
    row: int, cells: Sequence[str], columns: Mapping[Field, int], header: Sequence[str], at: Reading
) -> Line:
    """A row of a list of patients, as attributes of ``Patient``."""
    at.remarks.clear()
    told, faults = _told(cells, columns, header, at, _READERS)
    given = told.get("given_name", "")
    if "given_name" not in told or "family_name" not in told:
        faults += _missing_name(columns, header, faults)
    place = columns.get(Field.IDENTITY, columns.get(Field.RESERVE, 0))
    if "identity" not in told and titled(header, place) not in {x.column for x in faults}:
        faults.append(Fault(titled(header, place), _("The row has no identity number.")))
    if told.get("protected") and told.get("address"):
        at.remarks.append(_("The address is not kept: the identity is protected."))
    number = told["identity"].number if "identity" in told else ""
    who = f"{given} {told.get('family_name', '')}".strip()
    return Line(row, told, tuple(faults), tuple(at.remarks), who, number)


def staff_line(
    row: int, cells: Sequence[str], columns: Mapping[Field, int], header: Sequence[str], at: Reading
) -> Line:
    """A row of a list of colleagues, as attributes of ``Staff``; known again by name."""
    at.remarks.clear()
    told, faults = _told(cells, columns, header, at, _OF_STAFF)
    parts = [told.pop(each, "") for each in ("name", "given_name", "family_name")]
    whole = " ".join(part for part in parts if part)
    if whole:
        told["name"] = whole
    else:
        faults += _missing_name(columns, header, faults)
    return Line(row, told, tuple(faults), tuple(at.remarks), whole, folded(whole))


def _told(
    cells: Sequence[str],
    columns: Mapping[Field, int],
    header: Sequence[str],
    at: Reading,
    readers: Readers,
) -> tuple[dict[str, Any], list[Fault]]:
    told: dict[str, Any] = {}
    faults = []
    for each, column in columns.items():
        if text := cells[column]:
            try:
                told.update(readers[each](text, at))
            except Refused as refused:
                faults.append(Fault(titled(header, column), str(refused)))
    if "reserve" in told:
        told.setdefault("identity", told.pop("reserve"))
    street, place = told.pop("street", ""), [told.pop(key, "") for key in ("postcode", "town")]
    if any(place):
        lines = (street, " ".join(part for part in place if part))
        told["address"] = "\n".join(line for line in lines if line)
    elif street:
        told["address"] = street
    return told, faults


def _missing_name(
    columns: Mapping[Field, int], header: Sequence[str], faults: Sequence[Fault]
) -> list[Fault]:
    """Of the columns of the name, those that are empty and not wrong already."""
    known = {fault.column for fault in faults}
    for each in (Field.NAME, Field.GIVEN_NAME, Field.FAMILY_NAME):
        if each in columns and (column := titled(header, columns[each])) not in known:
            return [Fault(column, _("The row has no name."))]
    return []


# One cell each


def _identity(text: str, at: Reading) -> dict[str, Any]:
    return {"identity": explained(text, at.today)}


def explained(text: str, today: date) -> Identity:
    """The identity number in a cell; what a spreadsheet did to it is explained, never guessed."""
    number = text.strip().lstrip("'")
    if _SHORTENED.fullmatch(number):
        raise Refused(
            _(
                "The spreadsheet has shortened the number to {number}: its last digits are lost. "
                "Make the column text there, write the number again, and save."
            ).format(number=number)
        )
    if set(number) == {"#"}:
        raise Refused(_("Here are only number signs: widen the column, and save again."))
    if _DAY.fullmatch(number) or _DAY_TOGETHER.fullmatch(number):
        raise Refused(_("This is a day of birth: the last four digits are missing."))
    if number.isdigit() and _FEWEST <= len(number) < 10:  # noqa: PLR2004 -- digits of a number
        raise Refused(
            _(
                "The number has {count} digits. Spreadsheets take away the zeros at the beginning: "
                "make the column text there, or write the number with its hyphen."
            ).format(count=len(number))
        )
    try:
        return parse(number, today)
    except Refused as refused:
        if any(letter.isalpha() for letter in number):
            more = _("A reserve number stands in a column of its own, called Reserve number.")
            raise Refused(f"{refused} {more}") from refused
        raise


def _reserve(text: str, at: Reading) -> dict[str, Any]:
    return {"reserve": parse(text, at.today, reserve=True)}


def _name(text: str, _at: Reading) -> dict[str, Any]:
    """``Efternamn, Förnamn``, else the last word is the family name."""
    family, comma, given = (" ".join(part.split()) for part in _short(text).partition(","))
    if not comma:
        given, _space, family = family.rpartition(" ")
    if not given or not family:
        raise Refused(_("Write a given name and a family name."))
    return {"given_name": given, "family_name": family}


def _staff_name(text: str, _at: Reading) -> dict[str, Any]:
    family, comma, given = (" ".join(part.split()) for part in _short(text).partition(","))
    return {"name": f"{given} {family}" if comma else family}


def _given(text: str, _at: Reading) -> dict[str, Any]:
    return {"given_name": _short(text)}


def _family(text: str, _at: Reading) -> dict[str, Any]:
    return {"family_name": _short(text)}


def _short(text: str, most: int = LONGEST_NAME) -> str:
    if len(text) > most:
        raise Refused(_("The text is too long: {most} characters at most.").format(most=most))
    return " ".join(text.split())


def _profession(text: str, at: Reading) -> dict[str, Any]:
    found = at.profession_named(text)
    if found is None:
        raise Refused(
            _("{text} is no profession we know. There are: {known}.").format(
                text=_cut(text), known=", ".join(each.label for each in Profession)
            )
        )
    return {"profession": found}


def _language(text: str, at: Reading) -> dict[str, Any]:
    code = _language_code(text, language())
    if code is None:
        raise Refused(
            _("{text} is no language we know. Write one of: {known}.").format(
                text=_cut(text), known=", ".join(_(name) for name in LANGUAGES.values())
            )
        )
    if code == _ANOTHER:
        at.remarks.append(_("{text} is kept as Other language.").format(text=_cut(text)))
        code = "other"
    return {"language": code}


@lru_cache(maxsize=1000)
def _language_code(text: str, _language: str) -> str | None:
    name = folded(text.strip(" ."))
    known = {folded(each): code for each, code in _LANGUAGES.items()}
    for ours in OURS:
        with using(ours):
            known |= {folded(_(label)): code for code, label in LANGUAGES.items()}
    if name in known:
        return known[name]
    return _ANOTHER if name in {folded(each) for each in _OTHER_LANGUAGES} else None


def _interpreter(text: str, _at: Reading) -> dict[str, Any]:
    return {"interpreter": _yes(text)}


def _protected(text: str, _at: Reading) -> dict[str, Any]:
    return {"protected": text.strip().casefold() in _GUARDED or _yes(text)}


@lru_cache(maxsize=1000)
def _yes(text: str) -> bool:
    word = text.strip(" .!").casefold() or "-"
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Refused(_("{text} says neither yes nor no.").format(text=_cut(text)))


def _phone(text: str, at: Reading) -> dict[str, Any]:
    number = _short(text, LONGEST_PHONE)
    digits = number.replace(" ", "").replace("-", "")
    if digits.isdigit() and digits[0] != "0" and 7 <= len(digits) <= 10:  # noqa: PLR2004
        at.remarks.append(_("The phone number seems to have lost its first zero."))
    return {"phone": number}


def _address(text: str, _at: Reading) -> dict[str, Any]:
    lines = [" ".join(line.split()) for line in _POSTCODE.sub("\n", text).splitlines()]
    return {"street": _bounded("\n".join([line for line in lines if line]))}


def _postcode(text: str, _at: Reading) -> dict[str, Any]:
    code = "".join(_short(text, 20).split())
    return {"postcode": f"{code[:3]} {code[3:]}" if len(code) == 5 else text}  # noqa: PLR2004


def _town(text: str, _at: Reading) -> dict[str, Any]:
    return {"town": _short(text)}


def _note(text: str, _at: Reading) -> dict[str, Any]:
    return {"note": _bounded(text)}


def _bounded(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise Refused(
            _("The text is too long: {most} characters at most.").format(most=LONGEST_TEXT)
        )
    return text


def _access(text: str, _at: Reading) -> dict[str, Any]:
    return {"access": _needs(text, language())}


@lru_cache(maxsize=1000)
def _needs(text: str, _language: str) -> tuple[Access, ...]:
    if text.strip().casefold() in _NO:
        return ()
    known = {folded(each): need for each, need in _ACCESS.items()}
    for ours in OURS:
        with using(ours):
            known |= {folded(need.label): need for need in Access}
    found = set()
    for part in re.split(r"[,;/\n]| och | and ", text):
        if not part.strip():
            continue
        need = known.get(folded(" ".join(part.strip(" .").split())))
        if need is None:
            raise Refused(
                _("{text} is no need we know. Write one of: {known}; or choose it as Note.").format(
                    text=_cut(part), known=", ".join(each.label for each in Access)
                )
            )
        found.add(need)
    return tuple(sorted(found))


def _contact(text: str, at: Reading) -> dict[str, Any]:
    family, comma, given = (" ".join(part.split()) for part in text.partition(","))
    keys = at.contacts.get(folded(f"{given} {family}" if comma else family), ())
    if not keys:
        raise Refused(
            _("Nobody called {text} works at the centre. Add the colleague first.").format(
                text=_cut(text)
            )
        )
    if len(keys) > 1:
        raise Refused(_("Several colleagues are called {text}.").format(text=_cut(text)))
    return {"contact_id": keys[0]}


def _competences(text: str, _at: Reading) -> dict[str, Any]:
    parts = (_short(part) for part in re.split(r"[,;\n]", text))
    return {"competences": tuple(dict.fromkeys(part for part in parts if part))}


def _cut(text: str) -> str:
    clean = " ".join(text.split())
    return f"“{clean if len(clean) <= _SHOWN else clean[:_SHOWN] + '…'}”"


_READERS: Readers = {
    Field.NAME: _name,
    Field.GIVEN_NAME: _given,
    Field.FAMILY_NAME: _family,
    Field.IDENTITY: _identity,
    Field.RESERVE: _reserve,
    Field.PROFESSION: _profession,
    Field.LANGUAGE: _language,
    Field.INTERPRETER: _interpreter,
    Field.PHONE: _phone,
    Field.ADDRESS: _address,
    Field.POSTCODE: _postcode,
    Field.TOWN: _town,
    Field.ACCESS: _access,
    Field.CONTACT: _contact,
    Field.NOTE: _note,
    Field.PROTECTED: _protected,
    Field.COMPETENCES: _competences,
}
_OF_STAFF: Readers = {**_READERS, Field.NAME: _staff_name}
