import json
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painprogram import i18n, resources
from painprogram.domain import templates
from painprogram.domain.people import Profession
from painprogram.domain.programmes import (
    NO_TEXT,
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

FILES = sorted(resources.path("templates").glob("*.json"))
FOUNDING = resources.path("templates", "smarthantering.json").read_bytes()


@pytest.fixture(autouse=True, scope="module")
def english() -> Iterator[None]:
    with i18n.using("en"):
        yield


def founding() -> Content:
    return templates.read(FOUNDING, "smarthantering.json")


def lectures() -> Content:
    file = resources.path("templates", "oppna-forelasningar.json")
    return templates.read(file.read_bytes(), file.name)


# The founding programme.


def test_that_the_founding_programme_has_its_numbers() -> None:
    content = founding()
    rows = [
        (s.key, s.occurrences, m.minutes, m.preparation, m.wrap_up)
        for s in content.strands
        for m in [content.module(s.module)]
    ]

    assert (content.weeks, content.closed, content.minimum, content.maximum) == (8, True, 6, 12)
    assert rows == [
        ("first_visit", 1, 60, 10, 10),
        ("relaxation", 8, 45, 10, 5),
        ("exercise", 8, 60, 10, 10),
        ("lecture_a", 1, 90, 15, 5),
        ("lecture_b", 1, 90, 15, 5),
        ("lecture_c", 1, 90, 15, 5),
        ("lecture_d", 1, 90, 15, 5),
        ("sleep", 1, 90, 0, 0),
        ("stress", 1, 90, 0, 0),
        ("closing_visit", 1, 45, 5, 10),
        ("one_year", 1, 30, 5, 5),
    ]


def test_that_the_first_lecture_wants_a_physician_and_a_pharmacist_together() -> None:
    assert founding().module("pain_physiology").needs == (
        Need((Profession.PHYSICIAN,)),
        Need((Profession.PHARMACIST,)),
    )


def test_that_the_first_lecture_comes_before_the_others_and_within_three_weeks() -> None:
    content = founding()
    first = content.strand("lecture_a")

    assert (first.latest_week, first.letter) == (3, "A")
    for key in ("lecture_b", "lecture_c", "lecture_d"):
        assert content.strand(key).after == ("lecture_a",)
        assert content.strand(key).week > first.week


def test_that_completion_is_the_core_lectures_and_six_of_eight() -> None:
    core = {s.key: s.at_least for s in founding().strands if s.core}

    assert core == {
        "first_visit": None,
        "relaxation": 6,
        "exercise": 6,
        "lecture_a": None,
        "lecture_b": None,
        "lecture_c": None,
        "lecture_d": None,
        "closing_visit": None,
    }


def test_that_linked_lectures_are_owned_by_the_open_lectures() -> None:
    linked = {m.key: m.minutes for m in founding().modules if m.kind is ModuleKind.LINKED}
    content = lectures()

    assert linked == {m.key: m.minutes for m in content.modules}
    assert content.activity
    assert not content.closed
    assert content.commitment.sentences == ()
    assert [(s.key, s.occurrences, s.every_weeks) for s in content.strands] == [
        ("sleep", 3, 4),
        ("stress", 3, 4),
    ]
    assert content.module("stress").needs == (
        Need((Profession.COUNSELLOR, Profession.PSYCHOLOGIST)),
    )


def texts(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from texts(getattr(value, name))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_that_what_ships_is_written_in_swedish_and_english(file) -> None:
    content = templates.read(file.read_bytes(), file.name)

    assert templates.write(content) == file.read_text("utf-8")
    for text in texts(content):
        assert not text or set(text.by_language) >= {"sv", "en"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_that_what_ships_blames_nobody_and_promises_nothing(file) -> None:
    words = file.read_text("utf-8").casefold()
    for word in ("missat", "måste", "smärtfri", "botar", "bättre", "must ", "pain-free", "cure"):
        assert word not in words


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_that_the_public_name_says_nothing_of_pain(file) -> None:
    public = templates.read(file.read_bytes(), file.name).public_name

    assert public
    for words in public.by_language.values():
        assert not any(word in words.casefold() for word in ("smärt", "pain", "sömn", "stress"))


# There and back.

KEYS = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,39}", fullmatch=True)
LETTERS = st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" åäöÅ\u00ad\u00a0")


def words(most: int, least: int = 0) -> st.SearchStrategy[str]:
    return (
        st.text(LETTERS, min_size=least, max_size=most)
        .map(str.strip)
        .filter(lambda text: len(text) >= least)
    )


def a_text(most: int = 40) -> st.SearchStrategy[Text]:
    languages = st.fixed_dictionaries(
        {"sv": words(most, 1)}, optional={code: words(most, 1) for code in ("en", "ar", "fi")}
    )
    return languages.map(Text)


def distinct(values: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[Any]:
    return st.lists(values, max_size=most, unique=True).map(tuple)


@st.composite
def modules(draw: Any, key: str) -> Module:
    some = a_text() | st.just(NO_TEXT)
    professions = distinct(st.sampled_from(Profession), 3).filter(bool)
    smallest = draw(st.none() | st.integers(1, 20))
    return Module(
        key=key,
        kind=draw(st.sampled_from(ModuleKind)),
        name=draw(a_text()),
        minutes=draw(st.integers(5, 480)),
        needs=tuple(Need(p) for p in draw(st.lists(professions, max_size=3))),
        short=draw(some),
        preparation=draw(st.integers(0, 240)),
        wrap_up=draw(st.integers(0, 240)),
        equipment=draw(distinct(st.sampled_from(Equipment), 3)),
        competences=draw(distinct(words(40).filter(bool), 3)),
        smallest=smallest,
        largest=draw(st.none() | st.integers(smallest or 1, 200)),
        goals=draw(some),
        bring=draw(some),
        source=draw(words(80)),
        reviewed=draw(st.none() | st.dates()),
    )


@st.composite
def strands(draw: Any, key: str, module: Module, weeks: int, earlier: list[str]) -> Strand:
    placement = {
        ModuleKind.LINKED: Placement.LINKED,
        ModuleKind.INDIVIDUAL: Placement.VISIT,
    }.get(module.kind) or draw(st.sampled_from([Placement.SERIES, Placement.ONCE, Placement.VISIT]))
    visit, series = placement is Placement.VISIT, placement is Placement.SERIES
    week = draw(st.integers(0 if visit else 1, 120 if visit else weeks))
    every = draw(st.integers(1, 4))
    most = (weeks - week) // every + 1 if series else 1 if placement is Placement.ONCE else 9
    occurrences = draw(st.integers(1, most))
    core = draw(st.booleans())
    references = distinct(st.sampled_from(earlier), 3) if earlier else st.just(())
    return Strand(
        key=key,
        module=module.key,
        placement=placement,
        occurrences=occurrences,
        every_weeks=every,
        weekday=draw(st.none() | st.integers(0, 6)),
        start=draw(st.none() | st.builds(time, st.integers(0, 15), st.integers(0, 59))),
        week=week,
        latest_week=draw(st.none() | st.integers(week, 120 if visit else weeks)),
        letter=draw(words(2)),
        after=draw(references),
        apart_from=draw(references),
        core=core,
        at_least=draw(st.none() | st.integers(1, occurrences)) if core else None,
    )


@st.composite
def contents(draw: Any) -> Content:
    weeks, minimum = draw(st.integers(1, 60)), draw(st.integers(1, 200))
    parts = [draw(modules(key)) for key in draw(st.lists(KEYS, max_size=4, unique=True))]
    keys = draw(st.lists(KEYS, max_size=5, unique=True)) if parts else []
    activity = draw(st.booleans())
    return Content(
        key=draw(KEYS),
        name=draw(a_text()),
        weeks=weeks,
        minimum=minimum,
        maximum=draw(st.integers(minimum, 200)),
        modules=tuple(parts),
        strands=tuple(
            draw(strands(key, draw(st.sampled_from(parts)), weeks, keys[:number]))
            for number, key in enumerate(keys)
        ),
        commitment=Commitment(() if activity else draw(distinct_texts())),
        public_name=draw(a_text() | st.just(NO_TEXT)),
        closed=draw(st.booleans()),
        activity=activity,
        notes=draw(a_text() | st.just(NO_TEXT)),
    )


def distinct_texts() -> st.SearchStrategy[Any]:
    return st.lists(a_text(), max_size=4).map(tuple)


@given(contents())
def test_that_a_programme_comes_back_from_its_file_as_it_was(content: Content) -> None:
    file = templates.write(content)

    assert templates.read(file, "x.json") == content
    assert templates.read(file.encode(), "x.json") == content
    assert templates.from_dict(json.loads(json.dumps(templates.as_dict(content))), "x") == content
    assert all(c.isprintable() or c == "\n" for c in file)


def test_that_a_byte_order_mark_does_no_harm() -> None:
    assert templates.read(b"\xef\xbb\xbf" + FOUNDING, "x") == founding()


def test_that_words_left_empty_are_left_out() -> None:
    content = replace(founding(), notes=Text({"sv": "", "en": ""}))

    assert templates.read(templates.write(content), "x").notes == NO_TEXT


def test_that_everything_in_a_file_may_say_when_it_was_read() -> None:
    content = founding()
    reviewed = replace(content.modules[0], reviewed=date(2026, 1, 31), source="Bok, 2:a uppl.")
    content = replace(content, modules=(reviewed, *content.modules[1:]))

    assert templates.read(templates.write(content), "x") == content


# The format, as promised to whoever keeps files of it.

EVERY_KEY = (Path(__file__).parents[1] / "data" / "templates" / "format-1.json").read_text("utf-8")
DESCRIPTION = resources.path("templates", "README.md").read_text("utf-8")


def test_that_a_file_of_the_first_format_is_read_for_good() -> None:
    assert templates.read(EVERY_KEY, "format-1.json") == Content(
        key="allt-1",
        name=Text({"sv": "Allt", "en": "All", "fi": "Kaikki"}),
        weeks=6,
        minimum=2,
        maximum=8,
        modules=(
            Module(
                key="walk",
                kind=ModuleKind.EXERCISE,
                name=Text({"sv": "Promenad"}),
                minutes=45,
                needs=(
                    Need((Profession.PHYSIOTHERAPIST, Profession.NURSE)),
                    Need((Profession.DIETITIAN,)),
                ),
                short=Text({"sv": "Prome\u00adnad"}),
                preparation=10,
                wrap_up=5,
                equipment=(Equipment.MATS, Equipment.HEARING_LOOP),
                competences=("Motiverande samtal", "ACT"),
                smallest=2,
                largest=6,
                goals=Text({"sv": "Gå\nVila"}),
                patient_text=Text({"sv": "Vi går."}),
                bring=Text({"sv": "Sköna skor"}),
                material=Text({"sv": "Karta"}),
                source="Gånghandboken, 2:a upplagan",
                reviewed=date(2026, 1, 31),
            ),
            Module("sleep", ModuleKind.LINKED, Text({"sv": "Sömn"}), 90),
        ),
        strands=(
            Strand("sleep", "sleep", Placement.LINKED),
            Strand(
                key="walk",
                module="walk",
                placement=Placement.SERIES,
                occurrences=3,
                every_weeks=2,
                weekday=6,
                start=time(9, 30),
                week=2,
                latest_week=3,
                letter="A",
                after=("sleep",),
                apart_from=("sleep",),
                core=True,
                at_least=2,
            ),
        ),
        commitment=Commitment((Text({"sv": "Jag kommer så ofta jag kan."}),)),
        public_name=Text({"sv": "Gruppträff"}),
        closed=False,
        activity=False,
        notes=Text({"sv": "För teamet."}),
    )


@pytest.mark.parametrize("part", [Content, Module, Strand], ids=lambda part: part.__name__)
def test_that_every_key_is_explained(part: Any) -> None:
    for field in fields(part):
        assert f'"{field.name}": ' in EVERY_KEY
        assert f"`{field.name}`" in DESCRIPTION
    for allowed in (*Profession, *Equipment, *ModuleKind, *Placement):
        assert f"`{allowed}`" in DESCRIPTION


def test_that_the_example_in_the_description_can_be_read() -> None:
    example = DESCRIPTION.split("```json\n")[1].split("```")[0]
    assert templates.write(templates.read(example, "README.md")) == example
