"""The patient sheet in every language of papers, in ordinary and in large print."""

import io
from typing import Any, cast

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from painprogram import i18n
from painprogram.documents import style
from painprogram.documents.fonts import MM, Weight
from painprogram.documents.sheet import sheet, sheets
from painprogram.documents.style import Document, Pen, Type
from painprogram.i18n import N_, _
from tests.documents import papers

WIDTH, HEIGHT = (side * MM for side in style.PORTRAIT)
LONG = "Wolfeschlegelsteinhausen-Bergerdorff " * 7
HOSTILE = "<b>&amp; </para> \u202egrebdniL \x07 😀 نور (A) שלום " + LONG


def places(pdf: bytes, page: int = 0) -> list[tuple[str, float, float]]:
    """Letters of a page with the left and the right of each, in millimetres."""
    return [
        (one.text, one.box[0] / MM, one.box[2] / MM)
        for one in papers.letters(pdf)
        if one.page == page
    ]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", i18n.PAPER_LANGUAGES)
def test_that_a_sheet_holds_everything_within_its_pages(language, large) -> None:
    content = papers.content(language=language)

    pdf = sheet(content, large_print=large)

    shown = "".join(one.text for one in papers.letters(pdf))
    for word in ("Lindgren", "19670312", "Exercise", "031-390", "dog", "Hall", "2027"):
        assert word in shown
    edges = [one.box for one in papers.letters(pdf)]
    assert min(box[0] for box in edges) > 12
    assert max(box[2] for box in edges) < WIDTH - 12
    assert min(box[1] for box in edges) > 12
    smallest = min(one.size for one in papers.letters(pdf))
    assert smallest >= (9.5 * 0.92 if language in i18n.FROM_THE_RIGHT else 9.5) - 0.01


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", ["sv", "ar"])
def test_that_hostile_names_are_words_and_stay_on_the_page(language, large) -> None:
    rows = (papers.row(0, HOSTILE, leaders=((HOSTILE, HOSTILE),), room=HOSTILE, change=HOSTILE),)
    pdf = sheet(
        papers.content(
            patient=HOSTILE, rows=rows, contact=HOSTILE, goals=(HOSTILE,), language=language
        ),
        large_print=large,
    )

    edges = [one.box for one in papers.letters(pdf)]
    assert min(box[0] for box in edges) > 12
    assert max(box[2] for box in edges) < WIDTH - 12
    assert "&amp;" in "".join(papers.texts(pdf))


def test_that_a_page_read_from_the_right_is_the_mirror_of_one_read_from_the_left() -> None:
    role = Type(12, Weight.REGULAR)

    def drawn(language: str) -> bytes:
        with i18n.using(language):
            document = Document("Test", "Test")
            pen = Pen(document, style.PORTRAIT)
            pen.text(17, 30, "Start", role)
            pen.text(193, 40, "End", role, style.END)
            pen.text(60, 50, "Middle", role, style.CENTRE)
            pen.rule(20, 50, 60, 1.0, style.TEXT)
            with pen.unmirrored():
                pen.text(25, 70, "Window", role)
            pen.finish()
            return document.saved()

    left, right = drawn("sv"), drawn("ar")
    width = style.PORTRAIT[0]
    starts = {word[0]: (a, b) for word, (a, b) in edges_of(left).items()}
    mirrored = {word[0]: (a, b) for word, (a, b) in edges_of(right).items()}
    for word in "SEM":
        assert mirrored[word] == pytest.approx(
            (width - starts[word][1], width - starts[word][0]), abs=0.6
        )
    assert mirrored["W"] == pytest.approx(starts["W"], abs=0.01)


def edges_of(pdf: bytes) -> dict[str, tuple[float, float]]:
    """Left and right of each line, by its words; lines are apart in height."""
    lines: dict[int, list[papers.Letter]] = {}
    for one in papers.letters(pdf):
        lines.setdefault(round(one.box[1] / MM / 6), []).append(one)
    return {
        "".join(one.text for one in line): (
            min(one.box[0] for one in line) / MM,
            max(one.box[2] for one in line) / MM,
        )
        for line in lines.values()
    }


def test_that_the_change_bar_and_the_first_column_are_at_the_right_in_arabic() -> None:
    content = papers.content(rows=(papers.row(change="Own"), papers.row(7)), language="ar")
    week = str(content.rows[1].start.isocalendar().week)

    found = places(sheet(content))

    words = "".join(text for text, _left, _right in found)
    at = words.index("Hall")
    assert found[at][1] < 40
    assert max(right for text, _left, right in found if text == week[0]) > 185


def test_that_large_print_is_large_and_no_visit_is_divided() -> None:
    pdf = sheet(papers.content(language="sv"), large_print=True)

    sizes = {one.size for one in papers.letters(pdf)}
    assert min(sizes) == 14
    assert {18.0, 20.0, 24.0, 38.0, 30.0} <= sizes
    pages = papers.texts(pdf)
    assert sum(page.count("13.00–14.00") for page in pages) == 14
    for page in pages:
        assert page.count("13.00–14.00") == page.count("Hall")
    assert [f"Sida {n} av {len(pages)}" in page for n, page in enumerate(pages, 1)] == [True] * len(
        pages
    )


def test_that_the_swedish_stands_behind_in_the_same_version_and_reception_knows_both() -> None:
    foreign, swedish = papers.content(language="fi"), papers.content(language="sv")

    with i18n.using("en"):
        pages = papers.texts(sheet(foreign, twin=swedish))

    known = i18n.in_swedish(N_("Patient's schedule, {language}, version {number}"))
    behind = i18n.in_swedish(N_("For the staff: the schedule in {language} in Swedish"))
    with i18n.using("fi"):
        assert _("Your schedule") in pages[0]
    assert known.format(language="finska", number=3) in pages[0]
    assert "Ditt schema" in pages[-1]
    assert behind.format(language="finska") in pages[-1]


def test_that_the_outline_of_a_batch_leads_to_each_sheet_and_its_swedish() -> None:
    batch = [papers.content(patient=name, language="fi") for name in ("Anna Ek", "Åsa نور")]
    twins = [papers.content(patient="Anna Ek", language="sv"), None]

    outline: list[Any] = PdfReader(io.BytesIO(sheets(batch, twins=twins))).outline

    first, (twin,), second = outline
    assert [str(one["/Title"]) for one in (first, second)] == ["Anna Ek", "Åsa نور"]
    assert twin["/Title"] == "Ditt schema"


def test_that_an_arabic_file_is_read_from_the_right_with_our_fonts_alone() -> None:
    pdf = sheet(papers.content(language="ar"))

    root = PdfReader(io.BytesIO(pdf)).root_object
    preferences = cast("DictionaryObject", root["/ViewerPreferences"])
    assert (str(preferences["/Direction"]), str(root["/Lang"])) == ("/R2L", "ar")
    assert {name.split("-")[0] for name in papers.fonts(pdf)} == {"SourceSans3", "Vazirmatn"}
    assert all(papers.fonts(pdf).values())
