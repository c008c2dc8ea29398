"""One object of a programme's file: each way of asking says what it expected and what stood there.

Knows nothing of what a programme holds; that is in ``templates.py``.
"""

import difflib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any, TypeVar, overload

from painprogram.domain.errors import Refused
from painprogram.domain.programmes import NO_TEXT, Text
from painprogram.i18n import N_, _

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_ITEMS = 500
MOST_NAMED = 20

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff\ufeff\ufffe\uffff]")
_WHOLE = {
    "minutes": N_("a whole number of minutes from {least} to {most}"),
    "weeks": N_("a whole number of weeks from {least} to {most}"),
    "people": N_("a number of people from {least} to {most}"),
    "": N_("a whole number from {least} to {most}"),
}
_MISSING: Any = object()

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class Written(str):
    """A number no programme holds (NaN, 1.5, a hundred digits), as it was written."""

    __slots__ = ()


class Object(dict[str, Any]):
    """A JSON object that remembers a key written twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.twice: str | None = None
        if len(self) < len(pairs):
            self.twice = Counter(key for key, _value in pairs).most_common(1)[0][0]


def shown(text: str, most: int) -> str:
    """*text* as it may stand in a sentence: short, and nothing in it that can't be seen."""
    cut = f"{text[:most]}…" if len(text) > most else text
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)


def found(value: Any) -> str:
    """What stood in the file, in a few words."""
    match value:
        case None:
            words = _("nothing")
        case Mapping():
            words = _("an object")
        case list() | tuple():
            words = _("a list")
        case bool():
            words = str(value).lower()
        case str() if not isinstance(value, Written):
            words = f'"{shown(value, 40)}"'
        case _:
            words = shown(str(value), 40)
    return words


class Record:
    """An object in the file, with the place where it stands."""

    def __init__(self, values: Any, source: str, place: str = "") -> None:
        self._source = source
        self._place = place
        self._values: Mapping[str, Any] = {}
        if not isinstance(values, Mapping):
            raise self.wrong("", _("an object in braces"), values)
        self._values = values

    # What is refused, and how it is said.

    def place(self, name: str) -> str:
        return ".".join(part for part in (self._place, name) if part)

    def where(self, name: str = "") -> str:
        place = self.place(name)
        return f"{self._source}, {place}" if place else self._source

    def wrong(self, name: str, expected: str, value: Any) -> Refused:
        return self.refused(name, expected, found(value))

    def refused(self, name: str, expected: str, instead: str) -> Refused:
        return Refused(
            _("{where}: expected {expected}, found {found}.").format(
                where=self.where(name), expected=expected, found=instead
            )
        )

    def unknown(self, name: str, key: str, known: Collection[str]) -> Refused:
        """For a reference to what is not there."""
        return self._with_hint(name, _("nothing has the key “{key}”"), key, known)

    def only(self, known: Collection[str]) -> None:
        """Refuse keys that mean nothing here, and a key that stands here twice."""
        twice = getattr(self._values, "twice", None)
        if twice is not None:
            raise Refused(
                _("{where}: the key “{key}” stands here twice.").format(
                    where=self.where(), key=shown(twice, 40)
                )
            )
        for key in self._values:
            if key not in known:
                raise self._with_hint("", _("the key “{key}” is not known"), str(key), known)

    def _with_hint(self, name: str, what: str, key: str, known: Collection[str]) -> Refused:
        """Ends with the closest key, or with all of them where they are few."""
        close = difflib.get_close_matches(key[:40], sorted(known), n=1)
        if close:
            sentence = _("{where}: {what}; perhaps “{known}” is meant.")
        elif 0 < len(known) <= MOST_NAMED:
            sentence = _("{where}: {what}; there are {known}.")
            close = [", ".join(sorted(known))]
        else:
            sentence = "{where}: {what}."
        return Refused(
            sentence.format(
                where=self.where(name),
                what=what.format(key=shown(key, 40)),
                known="".join(close),
            )
        )

    # What can be asked for. Without a default the key is required.

    def value(self, name: str, default: Any = _MISSING) -> Any:
        value = self._values.get(name, default)
        if value is _MISSING:
            raise Refused(_("{where} is missing.").format(where=self.where(name)))
        return value

    @overload
    def whole(
        self, name: str, least: int, most: int, default: int = ..., *, unit: str = ...
    ) -> int: ...
    @overload
    def whole(
        self, name: str, least: int, most: int, default: None, *, unit: str = ...
    ) -> int | None: ...
    def whole(
        self, name: str, least: int, most: int, default: int | None = _MISSING, *, unit: str = ""
    ) -> int | None:
        value = self.value(name, default)
        if value is None and default is None:
            return None
        if type(value) is not int or not least <= value <= most:
            expected = _(_WHOLE[unit]).format(least=least, most=most)
            raise self.wrong(name, expected if least < most else str(most), value)
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.value(name, default)
        if not isinstance(value, bool):
            raise self.wrong(name, _("true or false"), value)
        return value

    def key(self, name: str) -> str:
        return self._key(name, self.value(name))

    def keys(self, name: str) -> tuple[str, ...]:
        return self._without_twins(name, self.items(name, default=[]), self._key)

    def _key(self, name: str, value: Any) -> str:
        if type(value) is not str or not _KEY.fullmatch(value):
            expected = _("a key of at most 40 small letters a–z, digits, - and _")
            raise self.wrong(name, expected, value)
        return value

    def choice(self, name: str, kind: type[E]) -> E:
        return self._choice(name, self.value(name), kind)

    def choices(self, name: str, kind: type[E]) -> tuple[E, ...]:
        return self._choices(name, self.value(name, []), kind)

    def _choices(self, name: str, value: Any, kind: type[E]) -> tuple[E, ...]:
        return self._without_twins(
            name, self._items(name, value), lambda place, item: self._choice(place, item, kind)
        )

    def _choice(self, name: str, value: Any, kind: type[E]) -> E:
        if type(value) is not str or value not in {str(member.value) for member in kind}:
            raise self._not_among(name, value, [str(member.value) for member in kind])
        return kind(value)

    def _not_among(self, name: str, value: Any, allowed: Iterable[str]) -> Refused:
        return self.wrong(name, _("one of {allowed}").format(allowed=", ".join(allowed)), value)

    def weekday(self, name: str) -> int | None:
        """Monday = 0."""
        value = self.value(name, None)
        if value is None:
            return None
        if type(value) is not str or value not in WEEKDAYS:
            raise self._not_among(name, value, WEEKDAYS)
        return WEEKDAYS.index(value)

    def clock(self, name: str) -> time | None:
        value = self.value(name, None)
        if value is None:
            return None
        if type(value) is not str or not _CLOCK.fullmatch(value):
            raise self.wrong(name, _('a time of day as "13:00"'), value)
        return time(int(value[:2]), int(value[3:]))

    def day(self, name: str) -> date | None:
        value = self.value(name, None)
        if value is None:
            return None
        try:
            if type(value) is str and _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass  # the thirtieth of February
        raise self.wrong(name, _('a date as "2026-01-31"'), value)

    def string(self, name: str, most: int) -> str:
        """Empty where there is none."""
        return self._words(name, self.value(name, ""), most, lines=False)

    def strings(self, name: str, most: int, *, longest: int) -> tuple[str, ...]:
        """A list of at most *most* short texts, none of them empty or there twice."""
        return self._without_twins(
            name,
            self.items(name, most, []),
            lambda place, item: self._said(place, item, longest),
        )

    def _said(self, name: str, value: Any, most: int) -> str:
        written = self._words(name, value, most, lines=False)
        if not written:
            raise self.wrong(name, _("a word or two"), value)
        return written

    def _words(self, name: str, value: Any, most: int, *, lines: bool) -> str:
        if type(value) is not str or len(value) > most:
            raise self.wrong(name, _("text of at most {most} characters").format(most=most), value)
        strange = _UNPRINTABLE.search(value.replace("\n", " ") if lines else value)
        if strange is not None:
            raise Refused(
                _("{where}: the text holds a sign that can't be printed, {sign}.").format(
                    where=self.where(name), sign=f"U+{ord(strange[0]):04X}"
                )
            )
        return value.strip()

    def text(self, name: str, most: int, *, required: bool = False, lines: bool = False) -> Text:
        """Words by language; with *lines* they may be several lines."""
        value = self.value(name, _MISSING if required else NO_TEXT)
        return NO_TEXT if value is NO_TEXT else self._text(name, value, most, lines=lines)

    def texts(self, name: str, most: int, *, longest: int) -> tuple[Text, ...]:
        """A list of at most *most*; nothing where there is none."""
        return tuple(
            self._text(f"{name}[{number}]", item, longest, lines=False)
            for number, item in enumerate(self.items(name, most, []))
        )

    def _text(self, name: str, value: Any, most: int, *, lines: bool) -> Text:
        if not isinstance(value, Mapping):
            raise self.wrong(name, _('words by language, as {"sv": "…", "en": "…"}'), value)
        words = Record(value, self._source, self.place(name))
        words.only({"sv", "en"} | {c for c in value if type(c) is str and _LANGUAGE.fullmatch(c)})
        told = {code: words._words(code, item, most, lines=lines) for code, item in value.items()}
        if not told.get("sv"):
            raise words.wrong("sv", _("the words in Swedish"), value.get("sv"))
        return Text({code: written for code, written in told.items() if written})

    def items(self, name: str, most: int = MOST_ITEMS, default: Any = _MISSING) -> list[Any]:
        return self._items(name, self.value(name, default), most)

    def _items(self, name: str, value: Any, most: int = MOST_ITEMS) -> list[Any]:
        if not isinstance(value, list):
            raise self.wrong(name, _("a list in brackets"), value)
        if len(value) > most:
            expected = _("a list of at most {most}").format(most=most)
            raise self.refused(name, expected, _("one of {count}").format(count=len(value)))
        return value

    def records(self, name: str) -> list["Record"]:
        return [
            Record(item, self._source, self.place(f"{name}[{number}]"))
            for number, item in enumerate(self.items(name))
        ]

    def alternatives(self, name: str, kind: type[E], most: int) -> tuple[tuple[E, ...], ...]:
        """A list of lists, none of them empty."""
        found_so_far = []
        for number, item in enumerate(self.items(name, most, [])):
            place = f"{name}[{number}]"
            if item == []:
                raise self.refused(place, _("a list with something in it"), _("an empty one"))
            found_so_far.append(self._choices(place, item, kind))
        return tuple(found_so_far)

    def _without_twins(
        self, name: str, items: list[Any], each: Callable[[str, Any], T]
    ) -> tuple[T, ...]:
        seen: dict[T, None] = {}
        for number, item in enumerate(items):
            one = each(f"{name}[{number}]", item)
            if one in seen:
                raise Refused(
                    _("{where}: “{key}” stands here twice.").format(where=self.where(name), key=one)
                )
            seen[one] = None
        return tuple(seen)
