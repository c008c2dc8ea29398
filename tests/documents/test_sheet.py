import io
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from painprogram import i18n
from painprogram.documents.sheet import sheet, sheets
from painprogram.domain.errors import Cancelled
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.progress import Progress
from tests.documents.papers import (
    KARIN,
    MAJA,
    content,
    fonts,
    misplaced,
    row,
    rows,
    rules,
    texts,
)

A4 = (595.28, 841.89)
LONG = "Anna-Karin Wilhelmina Gyllenstierna-Österbottens-Ångermanland"
HOSTILE = [
    "Anna </b><b>Lind & Söner",
    '<img src="/etc/passwd"/>',
    "{patient} %s %(name)s \\n",
    "(Anna\\) Tj",
    LONG,
    "W" * 60,
]


@pytest.mark.parametrize("many", [1, 14, 25, 45])
def test_that_every_session_is_printed_in_order_with_day_time_and_place(many) -> None:
    planned = content(rows=rows(many))

    words = " ".join(texts(sheet(planned)))

    places = []
    for line in planned.rows:
        day = i18n.day_short(line.start.date())
        match = re.search(rf"{day} 13:00–14:00 (A )?{line.title} .*?Hall", words)
        assert match, line.title
        places.append(match.start())
    assert places == sorted(places)


def test_that_what_matters_comes_in_the_order_of_reading() -> None:
    [words] = texts(sheet(content()))

    expected = [
        "Björkvikens vårdcentral", "Version 3, 22 March 2027", "Your schedule", "Anna Lindgren",
        "19670312-••••", "Living with pain", "14 September – 29 October 2027, 14 sessions",
        "Your contact person", "Maja Ek, physiotherapist", "031-390 06 12", "Monday–Friday",
        "Week Day Time What With whom Where", "Only for you.", "You do not go to Stress",
        "Bring", "Soft clothes", "Find us", "Storgatan 14", "If you can't come", "My commitment",
        "I come as often as I can.", "My goals", "Walk the dog", "Relaxation every evening",
        "We go through the goals together", "Date and signature: Anna Lindgren",
        "Date and signature: Maja Ek, physiotherapist",
        "Version 3, printed 23 March 2027. Replaces version 2 of 8 March 2027.", "Page 1 of 1",
    ]  # fmt: skip
    after = 0
    for text in expected:
        assert text in words[after:], text
        after = words.index(text, after)


def test_that_each_page_says_whose_it_is_and_which_of_how_many() -> None:
    pages = texts(sheet(content(rows=rows(45))))

    assert len(pages) == 3
    for number, words in enumerate(pages, start=1):
        assert "Anna Lindgren 19670312-••••" in words
        assert "Version 3, 22 March 2027" in words
        assert f"Page {number} of 3" in words


def test_that_a_table_that_continues_repeats_its_head_and_says_so() -> None:
    first, second, third = texts(sheet(content(rows=rows(45))))

    head = "Week Day Time What With whom Where"
    assert head in first
    assert head in second
    assert "Continues on the next page" in first
    assert "Continues on the next page" not in third


@pytest.mark.parametrize("many", range(10, 34))
def test_that_neither_a_row_nor_the_commitment_is_split(many) -> None:
    planned = content(rows=rows(many))
    pages = texts(sheet(planned))

    for line in planned.rows:
        whole = f"{line.title} {line.subtitle}".strip() + " "
        assert sum(whole in words for words in pages) == 1
    [page] = [words for words in pages if "My commitment" in words]
    for part in ("I keep silent.", "Walk the dog", "signature: Anna", "signature: Maja"):
        assert part in page


def test_that_no_page_holds_a_single_row() -> None:
    for many in range(14, 34):
        for words in texts(sheet(content(rows=rows(many)))):
            assert words.count("13:00–14:00") != 1


def test_that_many_goals_give_the_commitment_a_page_of_its_own() -> None:
    four = sheet(content(rows=rows(5), goals=tuple(f"Goal {n}" for n in range(4))))
    five = sheet(content(rows=rows(5), goals=tuple(f"Goal {n}" for n in range(5))))

    assert len(texts(four)) == 1
    first, second = texts(five)
    assert "My commitment" not in first
    assert "Goal 0" in second
    assert "Goal 4" in second


def test_that_the_longest_commitment_keeps_signatures_with_what_is_signed() -> None:
    most = tuple(f"{number} " + "walk " * 39 for number in range(12))
    pages = texts(sheet(content(sentences=most, goals=most, home=most)))

    assert "signature: Anna" in pages[-1]
    assert "11 walk" in pages[-1]
    assert sum(words.count("walk") for words in pages) == 3 * 12 * 39


def test_that_empty_goals_print_three_lines_to_write_on() -> None:
    column = pytest.approx(84 * 72 / 25.4, abs=0.1)
    short = content(rows=rows(3))
    full = rules(sheet(short), 0, 0.7)
    no_goals = rules(sheet(replace(short, goals=())), 0, 0.7)
    neither = rules(sheet(replace(short, goals=(), home=())), 0, 0.7)

    counts = [sum(line == column for line in lines) for lines in (full, no_goals, neither)]
    assert counts == [2, 5, 8]  # two of them to sign on


@pytest.mark.parametrize("name", HOSTILE)
def test_that_no_name_is_markup_and_none_is_cut(name) -> None:
    pdf = sheet(
        content(
            centre=name,
            patient=name,
            programme=name,
            contact=name,
            rows=(row(title=name, leaders=((name, "physician"),), room=name, subtitle=name),),
            signatures=(name, name),
            goals=(name,),
        )
    )

    squeezed = "".join(texts(pdf)).replace(" ", "")
    assert squeezed.count(name.replace(" ", "")) >= 10
    assert misplaced(pdf, *A4) == []


@given(st.text(max_size=80), st.text(max_size=300))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_that_no_text_stops_the_print_or_leaves_the_page(short, long) -> None:
    pdf = sheet(
        content(
            patient=short,
            contact=short,
            phone=short,
            phone_hours=short,
            masked_number=short,
            rows=(
                row(0, short, leaders=((short, short), MAJA), room=short, change=long),
                row(2, long, cancelled=True),
            ),
            not_attending=(long,),
            bring=(long,),
            goals=(long, short),
            review=long,
        )
    )

    assert misplaced(pdf, *A4) == []


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("many", [0, 1, 25])
def test_that_no_text_is_too_small_or_outside_the_page(many, language) -> None:
    with i18n.using(language):
        pdf = sheet(content(rows=rows(many)))

    assert misplaced(pdf, *A4) == []


def test_that_only_our_own_fonts_are_in_the_file() -> None:
    assert fonts(sheet(content())) == {
        "SourceSans3-Regular": True,
        "SourceSans3-SemiBold": True,
        "SourceSans3-Bold": True,
    }


def test_that_a_name_with_rare_letters_is_printed_from_the_fallback() -> None:
    pdf = sheet(content(patient="Nguyễn Ωμέγα ꙮ"))

    assert fonts(pdf)["DejaVuSans-Bold"]
    assert "Nguyễn Ωμέγα ꙮ" in texts(pdf)[0]


def test_that_the_file_tells_its_language_and_centre_but_no_patient() -> None:
    reader = PdfReader(io.BytesIO(sheet(content())))

    assert reader.metadata is not None
    assert reader.metadata.title == "Your schedule"
    assert reader.metadata.author == "Björkvikens vårdcentral"
    assert not any("Lindgren" in str(value) for value in reader.metadata.values())
    assert str(reader.root_object["/Lang"]) == "en"


def test_that_the_same_content_gives_the_same_file() -> None:
    assert sheet(content()) == sheet(content())


def test_that_a_cancelled_session_shows_no_time_no_leader_and_no_place() -> None:
    off = row(0, "Relaxation 1", room="Room 214", cancelled=True)

    [words] = texts(sheet(content(rows=(off, row(2, "Relaxation 2", room="Hall")))))

    assert "Tue 14 Sep Cancelled Relaxation 1 No session this day Thu 16 Sep" in words
    assert "Room 214" not in words
    assert "16 September 2027, 1 session " in words


def test_that_a_cancelled_session_says_what_happens_instead() -> None:
    off = row(0, "Relaxation 1", cancelled=True, change="New time: Thursday 16 September")

    [words] = texts(sheet(content(rows=(off,))))

    assert "Relaxation 1 New time: Thursday 16 September" in words


def test_that_a_profession_follows_a_name_the_first_time_and_in_lectures_and_visits() -> None:
    planned = (
        row(0, "Relaxation 1"),
        row(2, "Relaxation 2"),
        row(4, "Pain", kind=ModuleKind.LECTURE, letter="A", leaders=(MAJA, KARIN)),
        row(6, "Talk", kind=ModuleKind.INDIVIDUAL, leaders=(KARIN,)),
        row(8, "Relaxation 3", leaders=(KARIN,)),
    )

    [words] = texts(sheet(content(rows=planned)))

    assert "Relaxation 1 Maja Ek, physiotherapist Hall" in words
    assert "Relaxation 2 Maja Ek Hall" in words
    assert "Pain Maja Ek, physiotherapist Karin Holm, psychologist Hall" in words
    assert "Talk Karin Holm, psychologist Hall" in words
    assert "Relaxation 3 Karin Holm Hall" in words


def test_that_a_name_too_long_for_its_line_breaks_before_the_profession() -> None:
    leader = ("Bertil Andersson-Hammarskjöld", "rehabilitation coordinator")
    planned = (row(0, "Relaxation and movement in everyday life", leaders=(leader,)),)

    [words] = texts(sheet(content(rows=planned)))

    assert "Hammarskjöld rehabilitation coordinator Hall" in words


def test_that_own_changes_stand_in_the_row_and_below_the_table() -> None:
    planned = (row(0, "Exercise 3", change="Instead of Tuesday 11 May"),)

    [words] = texts(sheet(content(rows=planned, not_attending=())))

    assert "Exercise 3 Instead of Tuesday 11 May" in words.replace("Maja Ek, physiotherapist ", "")
    assert "Only for you. The rows with a black bar are your own." in words


def test_that_nothing_empty_is_announced() -> None:
    bare = replace(
        content(), not_attending=(), bring=(), directions=(), cancelling=(), review="",
        replaces=None, contact="", contact_title="", phone_hours="",
    )  # fmt: skip

    [words] = texts(sheet(bare))

    for heading in ("Only for you", "Bring", "Find us", "If you can't", "Replaces", "contact"):
        assert heading not in words
    assert "Call us Björkvikens vårdcentral 031-390 06 12" in words


def test_that_a_schedule_without_sessions_says_so() -> None:
    [words] = texts(sheet(content(rows=())))

    assert "No sessions are planned yet." in words
    assert "With whom" not in words


def test_that_a_swedish_sheet_is_swedish_throughout() -> None:
    with i18n.using("sv"):
        pages = texts(sheet(content(rows=rows(25))))

    words = " ".join(pages)
    for text in (
        "Ditt schema", "14 september – 7 december 2027, 25 träffar", "Din kontaktperson",
        "Vecka Dag Tid Vad Med vem Var", "tisdag 14 september 13.00–14.00", "Gäller bara dig.",
        "Ta med", "Hitta hit", "Om du inte kan komma", "Mitt åtagande", "Mina mål",
        "Det jag övar hemma", "Datum och underskrift: Anna Lindgren", "Fortsätter på nästa sida",
        "Version 3, utskriven 23 mars 2027. Ersätter version 2 från 8 mars 2027.", "Sida 2 av 2",
    ):  # fmt: skip
        assert text in words


def test_that_many_sheets_are_one_file_with_pages_numbered_within_each() -> None:
    people = [content(patient=f"Patient {n}", rows=rows(n)) for n in (3, 30, 4)]

    pages = texts(sheets(people))

    assert [re.findall(r"Page \d of \d", words) for words in pages] == [
        ["Page 1 of 1"],
        ["Page 1 of 2"],
        ["Page 2 of 2"],
        ["Page 1 of 1"],
    ]
    assert ["Patient 30" in words for words in pages] == [False, True, True, False]


def test_that_a_batch_tells_how_far_it_is_and_can_be_stopped() -> None:
    told: list[float] = []
    progress = Progress(lambda fraction, _text: told.append(fraction))

    sheets([content()] * 4, progress)
    progress.cancel()

    assert told == [0.0, 0.25, 0.5, 0.75]
    with pytest.raises(Cancelled):
        sheets([content()], progress)


def test_that_no_word_is_broken_while_another_column_has_room() -> None:
    planned = (
        row(0, "First visit and first measurement", room="Konferensrummet"),
        row(2, "Relaxation 1", leaders=(("Bo Ek", "occupational therapist"),)),
        row(4, "Exercise 1", room="Room 214"),
    )

    with i18n.using("sv"):
        [words] = texts(sheet(content(rows=planned)))

    assert "Konferensrummet" in words
    assert "Room 214" in words


def test_that_swedish_days_are_shortened_where_that_makes_the_table_lower() -> None:
    short = tuple(row(number * 7, f"Avslappning {number}", leaders=(MAJA,)) for number in range(5))
    leader = ("Erik Lundmark", "fysioterapeut")
    long = (row(70, "Föreläsning om stress", leaders=(leader,), room="Samtalsrum 4"),)

    with i18n.using("sv"):
        [whole] = texts(sheet(content(rows=short)))
        [shortened] = texts(sheet(content(rows=(*short, *long))))

    assert "tisdag 14 september" in whole
    assert re.search(r"tis(dag)? 14 sep ", shortened)
    assert "Föreläsning om stress Erik Lundmark, fysioterapeut" in shortened


def test_that_a_day_in_another_year_says_which() -> None:
    planned = (row(0), row(7), row(430, "One-year follow-up"), row(437, "Talk"))

    [words] = texts(sheet(content(rows=planned)))

    assert re.findall(r"Hall 2028", words) == ["Hall 2028"]
    assert "One-year follow-up Maja Ek Hall 2028" in words
