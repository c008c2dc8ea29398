import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painprogram import i18n, resources
from painprogram.domain import templates
from painprogram.domain.errors import Refused
from painprogram.domain.people import Profession

FOUNDING = resources.path("templates", "smarthantering.json").read_bytes()


@pytest.fixture(autouse=True, scope="module")
def english() -> Iterator[None]:
    with i18n.using("en"):
        yield


# What is refused, and with which words.


def refusal(data: bytes | str) -> str:
    with pytest.raises(Refused) as refused:
        templates.read(data, "x.json")
    return str(refused.value)


def broken(change: Callable[[Any], object]) -> str:
    values = json.loads(FOUNDING)
    change(values)
    return json.dumps(values)


def put(*path: Any) -> str:
    *way, last, value = path

    def change(values: Any) -> None:
        for step in way:
            values = values[step]
        values[last] = value

    return broken(change)


ALLOWED_PROFESSIONS = ", ".join(Profession)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            put("modules", 2, "minutes", "abc"),
            (
                "x.json, modules[2].minutes: expected a whole number of minutes from 5 to 480, "
                'found "abc".'
            ),
        ),
        (
            put("modules", 2, "minutes", True),
            (
                "x.json, modules[2].minutes: expected a whole number of minutes from 5 to 480, "
                "found true."
            ),
        ),
        (
            put("modules", 2, "minutes", 60.0),
            (
                "x.json, modules[2].minutes: expected a whole number of minutes from 5 to 480, "
                "found 60.0."
            ),
        ),
        (
            put("weeks", 61),
            "x.json, weeks: expected a whole number of weeks from 1 to 60, found 61.",
        ),
        (
            put("weeks", float("nan")),
            "x.json, weeks: expected a whole number of weeks from 1 to 60, found NaN.",
        ),
        (
            FOUNDING.replace(b'"weeks": 8', b'"weeks": ' + b"8" * 5000),
            f"x.json, weeks: expected a whole number of weeks from 1 to 60, found {'8' * 40}….",
        ),
        (
            put("maximum", 5),
            "x.json, maximum: expected a number of people from 6 to 200, found 5.",
        ),
        (
            put("strands", 1, "occurrences", 101),
            "x.json, strands[1].occurrences: expected a whole number from 1 to 100, found 101.",
        ),
        (
            put("strands", 1, "occurrences", 9),
            (
                "x.json, strands[1].occurrences: expected a series that ends in week 8 or before, "
                "found one that ends in week 9."
            ),
        ),
        (
            put("strands", 3, "occurrences", 2),
            "x.json, strands[3].occurrences: expected 1, found 2.",
        ),
        (
            put("modules", 0, "kind", "yoga"),
            (
                "x.json, modules[0].kind: expected one of relaxation, exercise, lecture, "
                'individual, measurement, linked, found "yoga".'
            ),
        ),
        (
            put("modules", 0, "needs", [["psykolog"]]),
            (
                f"x.json, modules[0].needs[0][0]: expected one of {ALLOWED_PROFESSIONS}, "
                'found "psykolog".'
            ),
        ),
        (
            put("modules", 0, "needs", [[]]),
            (
                "x.json, modules[0].needs[0]: expected a list with something in it, "
                "found an empty one."
            ),
        ),
        (
            put("modules", 0, "needs", [["nurse", "nurse"]]),
            "x.json, modules[0].needs[0]: “nurse” stands here twice.",
        ),
        (
            put("modules", 1, "equipment", ["mattor"]),
            (
                "x.json, modules[1].equipment[0]: expected one of mats, projector, step_free, "
                'weights, hearing_loop, found "mattor".'
            ),
        ),
        (
            put("modules", 1, "competences", ["ACT", " "]),
            'x.json, modules[1].competences[1]: expected a word or two, found " ".',
        ),
        (
            put("modules", 1, "competences", ["ACT", "ACT"]),
            "x.json, modules[1].competences: “ACT” stands here twice.",
        ),
        (
            put("modules", 1, "minuts", 45),
            "x.json, modules[1]: the key “minuts” is not known; perhaps “minutes” is meant.",
        ),
        (
            put("xyzzy", 1),
            (
                "x.json: the key “xyzzy” is not known; there are activity, closed, commitment, "
                "format, key, maximum, minimum, modules, name, notes, public_name, strands, weeks."
            ),
        ),
        (
            broken(lambda v: v["modules"][1].pop("minutes")),
            "x.json, modules[1].minutes is missing.",
        ),
        (broken(lambda v: v.pop("format")), "x.json, format is missing."),
        (put("format", 2), "x.json: the file is made by a newer version of the program."),
        (
            put("strands", 1, "module", "relaxaton"),
            (
                "x.json, strands[1].module: nothing has the key “relaxaton”; "
                "perhaps “relaxation” is meant."
            ),
        ),
        (
            put("strands", 4, "after", ["lecture_a", "lectur_d"]),
            (
                "x.json, strands[4].after[1]: nothing has the key “lectur_d”; "
                "perhaps “lecture_d” is meant."
            ),
        ),
        (
            put("strands", 3, "after", ["lecture_d"]),
            (
                "x.json, strands: they wait for each other in a ring: "
                "lecture_a → lecture_d → lecture_a."
            ),
        ),
        (
            put("strands", 3, "key", "relaxation"),
            "x.json, strands[3].key: the key “relaxation” is used twice; each must have its own.",
        ),
        (
            put("modules", 3, "key", "Smärta"),
            (
                "x.json, modules[3].key: expected a key of at most 40 small letters a–z, digits, "
                '- and _, found "Smärta".'
            ),
        ),
        (
            put("name", "Program"),
            'x.json, name: expected words by language, as {"sv": "…", "en": "…"}, found "Program".',
        ),
        (
            put("name", {"en": "Programme"}),
            "x.json, name.sv: expected the words in Swedish, found nothing.",
        ),
        (
            put("name", {"sv": "x" * 101}),
            f'x.json, name.sv: expected text of at most 100 characters, found "{"x" * 40}…".',
        ),
        (
            put("name", {"sv": "a\x00b"}),
            "x.json, name.sv: the text holds a sign that can't be printed, U+0000.",
        ),
        (
            put("name", {"sv": "a\ud800b"}),
            "x.json, name.sv: the text holds a sign that can't be printed, U+D800.",
        ),
        (
            put("name", {"sv": "Namn", "engelska": "Name"}),
            "x.json, name: the key “engelska” is not known; there are en, sv.",
        ),
        (
            put("strands", 1, "weekday", "tisdag"),
            (
                "x.json, strands[1].weekday: expected one of monday, tuesday, wednesday, thursday, "
                'friday, saturday, sunday, found "tisdag".'
            ),
        ),
        (
            put("strands", 1, "start", "25:00"),
            'x.json, strands[1].start: expected a time of day as "13:00", found "25:00".',
        ),
        (
            put("strands", 1, "start", "23:15"),
            (
                "x.json, strands[1].start: expected a time from which it ends on the same day, "
                'found "23:15".'
            ),
        ),
        (
            put("modules", 1, "reviewed", "2026-02-30"),
            'x.json, modules[1].reviewed: expected a date as "2026-01-31", found "2026-02-30".',
        ),
        (
            put("strands", 7, "placement", "once"),
            (
                'x.json, strands[7].placement: expected "linked" for a module of the kind '
                '"linked", and for no other, found "once".'
            ),
        ),
        (
            put("strands", 0, "placement", "once"),
            (
                'x.json, strands[0].placement: expected "visit" for a module of the kind '
                '"individual", found "once".'
            ),
        ),
        (
            put("strands", 7, "at_least", 1),
            "x.json, strands[7].at_least: expected nothing, since the strand is not core, found 1.",
        ),
        (
            put("activity", True),
            "x.json, commitment: expected none, since nobody enrols in an activity, found a list.",
        ),
        (
            put("closed", "nej"),
            'x.json, closed: expected true or false, found "nej".',
        ),
        (put("modules", {}), "x.json, modules: expected a list in brackets, found an object."),
        (put("modules", 0, []), "x.json, modules[0]: expected an object in braces, found a list."),
        (
            put("strands", [{}] * 501),
            "x.json, strands: expected a list of at most 500, found one of 501.",
        ),
        ("[]", "x.json: expected an object in braces, found a list."),
        ('"a"', 'x.json: expected an object in braces, found "a".'),
        ("", "x.json: the file is empty."),
        (b" \n", "x.json: the file is empty."),
        ('{\n "format": 1,\n "format": 1}', "x.json: the key “format” stands here twice."),
        (
            '{"format": 1,\n  "weeks" 8}',
            "x.json, line 2, column 11: a colon is missing after the key.",
        ),
        (
            '{"format": 1\n  "weeks": 8}',
            "x.json, line 2, column 3: a comma, or the end of the list or object, is missing.",
        ),
        ('{"format": }', "x.json, line 1, column 12: expected a value."),
        ('{"format": 1} x', "x.json, line 1, column 15: there is something more after the end."),
        (
            '{"format',
            (
                "x.json, line 1, column 2: a text begins here and has no end: "
                "a double quote is missing."
            ),
        ),
        (
            "[" * 200_000,
            "x.json: lists or objects stand inside each other too deeply.",
        ),
        (
            "kött".encode("utf-16"),
            "x.json: this is not text in UTF-8. Save it again as UTF-8.",
        ),
        (
            '{"format": 1}\0',
            "x.json, line 1, column 14: there is something more after the end.",
        ),
        (
            b'{"format": 1}\0',
            "x.json: this is not text in UTF-8. Save it again as UTF-8.",
        ),
        (
            '{\n"å": 1}'.encode("cp1252"),
            "x.json, line 2: this is not text in UTF-8. Save it again as UTF-8.",
        ),
        (
            b" " * 1_000_001,
            "x.json: the file is too large for a programme: 1 MB at most.",
        ),
    ],
    ids=str,
)
def test_that_a_mistake_is_one_sentence_with_file_and_place(
    data: bytes | str, sentence: str
) -> None:
    assert refusal(data) == sentence


def test_that_the_name_of_a_file_can_not_spoil_the_sentence() -> None:
    with pytest.raises(Refused) as refused:
        templates.read("", "x\n\u202e" + "y" * 100)

    assert str(refused.value) == f"x\\u000a\\u202e{'y' * 77}…: the file is empty."


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["relaxation", "linked", "visit", "tuesday", "13:00", "2026-01-31", "sv"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["key", "sv", "module", "name"]) | st.text(), inner, max_size=4
        )
    ),
    max_leaves=12,
)


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in items:
        yield (*way, step)
        if isinstance(inner, dict | list):
            yield from places(inner, (*way, step))


PLACES = list(places(json.loads(FOUNDING)))


def read_or_refused(data: bytes | str) -> None:
    try:
        content = templates.read(data, "x.json")
    except Refused as refused:
        sentence = str(refused)
        assert sentence.startswith("x.json")
        assert sentence.endswith(".")
        assert len(sentence) < 400
        assert sentence.isprintable()
    else:
        assert templates.read(templates.write(content), "x.json") == content


@given(st.sampled_from(PLACES), JSON)
def test_that_anything_put_anywhere_is_read_or_refused(way: tuple[Any, ...], value: Any) -> None:
    values = copy.deepcopy(json.loads(FOUNDING))
    inner = values
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = value

    read_or_refused(json.dumps(values))


@given(st.binary() | st.text() | JSON.map(json.dumps))
def test_that_any_file_is_read_or_refused(data: bytes | str) -> None:
    read_or_refused(data)


@given(st.integers(0, len(FOUNDING)), st.integers(0, 40), st.binary(max_size=5))
def test_that_any_damage_to_a_file_is_read_or_refused(start: int, length: int, put: bytes) -> None:
    read_or_refused(FOUNDING[:start] + put + FOUNDING[start + length :])
