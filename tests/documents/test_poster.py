import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from painprogram import i18n
from painprogram.documents.poster import PosterStrand, poster
from painprogram.domain.programmes import ModuleKind
from tests.documents.papers import board, cells, fonts, letters, misplaced, strands, texts

A4_LANDSCAPE = (841.89, 595.28)


def test_that_the_poster_shows_every_week_strand_and_session() -> None:
    [words] = texts(poster(board()))

    assert re.findall(r"Week \d+", words) == [f"Week {number}" for number in range(37, 45)]
    assert re.findall(r"No\. (\d) of 8", words) == [str(n) for n in range(1, 9)] * 2
    assert "Relaxation Maja Ek, physiotherapist Hall Soft clothes Tue 14/9 13:00–14:00" in words
    assert words.count("physician and pharmacist") == 4
    assert "8 weeks, 20 sessions" in words
    assert "Base schedule autumn, 14 September – 4 November 2027" in words


def test_that_the_poster_says_whom_to_ask_and_where_it_comes_from() -> None:
    [words] = texts(poster(board()))

    assert "Thursday 6 May is Ascension Day. Lecture C is on Wednesday." in words
    assert "Questions? Call 031-390 06 12, Monday–Friday 8:00–9:30" in words
    assert "Template: Pain management, edition 4. Base schedule version 2, 8 March 2027." in words
    assert words.endswith("Responsible: Karin Holm, psychologist. Page 1 of 1")


FOUNDING = (
    PosterStrand(ModuleKind.RELAXATION, "Relaxation", ("Maja Ek, physiotherapist",), "Hall"),
    PosterStrand(ModuleKind.EXERCISE, "Exercise", ("Jon Berg, physiotherapist",), "Gym"),
    PosterStrand(ModuleKind.LECTURE, "Lectures", ("4 topics, A to D",), "Auditorium"),
    PosterStrand(ModuleKind.LINKED, "Sleep and stress", ("Open lectures, also for others",)),
    PosterStrand(ModuleKind.INDIVIDUAL, "Individual visits", note="You get a time of your own."),
)


def founding(weeks: int) -> tuple[PosterStrand, ...]:
    """The founding programme, whose lectures have long titles and two leaders."""
    series, exercise, lectures, linked, visits = FOUNDING
    titles = ("Pain physi\u00adology and medi\u00adcines", "Activity balance", "Sleep")
    pharmacist, therapist = "pharma\u00adcist", "physio\u00adtherapist"
    one, two, three = cells(weeks, 2)[1:4]
    return (
        replace(series, cells=cells(weeks)),
        replace(exercise, cells=cells(weeks, 2)),
        replace(
            lectures,
            cells=(
                replace(
                    one, of=0, letter="A", title=titles[0], professions=("physician", pharmacist)
                ),
                replace(two, of=0, letter="B", title=titles[1], professions=(therapist,)),
            ),
        ),
        replace(linked, cells=(replace(three, of=0, title=titles[2], professions=(therapist,)),)),
        visits,
    )


@pytest.mark.parametrize("weeks", [8, 9])
@pytest.mark.parametrize("language", ["en", "sv"])
def test_that_the_founding_programme_fits_one_page_with_all_its_words_whole(
    weeks, language
) -> None:
    with i18n.using(language):
        [words] = texts(poster(board(strands=founding(weeks))))

    for whole in ("medicines", "physio- therapist", "pharmacist", "Individual visits"):
        assert whole in words


def test_that_no_letter_of_a_lecture_stands_on_its_day() -> None:
    for weeks in (7, 8, 9):
        pdf = poster(board(strands=founding(weeks)))
        boxes = [letter.box for letter in letters(pdf)]
        for one, other in pairwise(boxes):
            overlap = min(one[2], other[2]) - max(one[0], other[0])
            same_line = min(one[3], other[3]) > max(one[1], other[1])
            assert not (same_line and overlap > 1), (weeks, one, other)


def test_that_more_than_nine_weeks_become_bands_with_their_own_heads() -> None:
    pages = texts(poster(board(strands=strands(12))))

    words = " ".join(pages)
    assert re.findall(r"Week \d+", words) == [f"Week {number}" for number in range(37, 49)]
    assert re.findall(r"No\. (\d+) of 12", words).count("12") == 2
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


def test_that_weeks_of_a_long_pause_get_no_column() -> None:
    late = tuple(
        replace(cell, start=cell.start.replace(month=12), end=cell.end.replace(month=12))
        for cell in cells(1)
    )
    paused = PosterStrand(ModuleKind.EXERCISE, "Exercise", cells=(*cells(2), *late))

    [words] = texts(poster(board(strands=(paused,))))

    assert re.findall(r"Week \d+", words) == ["Week 37", "Week 38", "Week 50"]


def test_that_two_sessions_in_one_week_stand_below_each_other() -> None:
    twice = PosterStrand(ModuleKind.EXERCISE, "Exercise", cells=(*cells(2), *cells(2, 3)))

    [words] = texts(poster(board(strands=(twice,))))

    assert "Tue 14/9 13:00–14:00 No. 1 of 2 Fri 17/9" in words


def test_that_a_cancelled_session_shows_no_time() -> None:
    off = PosterStrand(ModuleKind.EXERCISE, "Exercise", cells=cells(1, cancelled=True))

    [words] = texts(poster(board(strands=(off,))))

    assert "Tue 14/9 Cancelled" in words
    assert "13:00" not in words
    assert "0 sessions" in words


def test_that_a_strand_without_times_shows_its_note() -> None:
    visits = PosterStrand(ModuleKind.INDIVIDUAL, "First visit", note="You get a time of your own.")

    [words] = texts(poster(board(strands=(*strands(), visits))))

    assert "First visit You get a time of your own." in words


def test_that_a_lecture_with_a_soft_hyphen_is_hyphenated_only_where_it_must() -> None:
    [wide] = texts(poster(board(strands=strands(2))))
    [narrow] = texts(poster(board()))

    assert "Pain and medicines" in wide
    assert "Pain and medi- cines" in narrow or "Pain and medicines" in narrow


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("weeks", [1, 8, 9, 24])
def test_that_no_text_is_too_small_or_outside_the_page(weeks, language) -> None:
    with i18n.using(language):
        pdf = poster(board(strands=strands(weeks)))

    assert misplaced(pdf, *A4_LANDSCAPE) == []


@given(st.text(max_size=60))
@settings(max_examples=20, deadline=None)
def test_that_no_text_stops_the_print_or_leaves_the_page(name) -> None:
    hard = PosterStrand(ModuleKind.LINKED, name, (name,), name, name, cells(8, title=name))

    pdf = poster(board(centre=name, programme=name, group=name, strands=(hard,), owner=name))

    assert misplaced(pdf, *A4_LANDSCAPE) == []


def test_that_a_group_without_sessions_still_has_a_poster() -> None:
    [words] = texts(poster(board(strands=())))

    assert "Base schedule autumn" in words


def test_that_only_our_own_fonts_are_in_the_file() -> None:
    assert set(fonts(poster(board())).values()) == {True}


def test_that_a_swedish_poster_is_swedish_throughout() -> None:
    with i18n.using("sv"):
        [words] = texts(poster(board()))

    for text in (
        "Gäller hela gruppen. Din egen tid står i ditt schema.", "Grundschema autumn",
        "8 veckor, 20 träffar", "Vecka 37 13–17 sep", "27 sep – 1 okt", "tors 16/9",
        "13.00–14.00 Nr 1 av 8", "physician och pharmacist", "Frågor? Ring 031-390 06 12",
        "Mall: Pain management, utgåva 4. Grundschema version 2, 8 mars 2027.", "Sida 1 av 1",
    ):  # fmt: skip
        assert text in words


def test_that_bands_too_high_for_one_page_get_a_page_each() -> None:
    first, second = texts(poster(board(strands=founding(16))))

    assert re.findall(r"Week \d+", first) == [f"Week {number}" for number in range(37, 45)]
    assert re.findall(r"Week \d+", second) == [f"Week {number}" for number in range(45, 53)]
