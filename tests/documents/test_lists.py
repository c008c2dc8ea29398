import io
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from pypdf import PdfReader

from painprogram import i18n
from painprogram.documents.attendance import Attending
from painprogram.documents.attendance_signs import Sign
from painprogram.documents.report import GroupReport
from painprogram.domain.errors import Cancelled
from painprogram.domain.progress import Progress
from tests.documents import lists
from tests.documents.lists import PAPERS, Paper, with_words, words_in
from tests.documents.papers import Letter, fonts, letters, misplaced, texts

HOSTILE = [
    "Anna </b><b>Lind & Söner</para>",
    '<img src="/etc/passwd"/>',
    "{patient} %s %(name)s \\n (Anna\\) Tj",
    "Anna\x00\x07\x1b\u202eLind\u2066",
    "Layla منصور 😀 \ud83d Ek",
    "W" * 60,
]
EVERY = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)


def words(pdf: bytes) -> str:
    return " ".join(texts(pdf))


def out_of_place(pdf: bytes, paper: Paper) -> list[Letter]:
    """As ``misplaced``; Arabic looks larger, and may be so much smaller."""
    return [
        one
        for one in misplaced(pdf, *paper.size)
        if one.size < 8.7 or misplaced_box(one, *paper.size)
    ]


def misplaced_box(one: Letter, width: float, height: float, margin: float = 12.0) -> bool:
    left, bottom, right, top = one.box
    return min(left, bottom, width - right, height - top) < margin


def longer(text: str, each: str) -> str:
    return "W" * 300 if each == text else each


# All of them


@EVERY
@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_that_no_text_is_markup_and_none_is_lost_or_cut(paper, name) -> None:
    pdf = paper.pdf(with_words(paper.content, lambda known: f"{name} {known}"))

    assert out_of_place(pdf, paper) == []
    assert all(fonts(pdf).values())
    if name == HOSTILE[0]:
        shown = words(pdf)
        assert name in shown or "Anna </b><b>Lind" in shown


@EVERY
def test_that_three_hundred_letters_anywhere_stay_on_the_page(paper) -> None:
    found = dict.fromkeys(words_in(paper.content))
    known = [each for each in found if each and not each.isdecimal()]
    for text in known:
        pdf = paper.pdf(with_words(paper.content, partial(longer, text)))
        assert out_of_place(pdf, paper) == [], text
        drawn = [letter for letter in letters(pdf) if letter.text == "W"]
        assert len(drawn) >= 300, text


@EVERY
def test_that_a_paper_says_what_it_is_when_it_is_from_and_which_page(paper) -> None:
    pdf = paper.pdf()
    reader = PdfReader(io.BytesIO(pdf))

    assert reader.metadata is not None
    assert reader.metadata.title
    assert reader.metadata.author == "Ekbacken"
    assert reader.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]
    pages = texts(pdf)
    for number, shown in enumerate(pages, start=1):
        assert "10 September 2027" in shown
        if paper.content.__class__.__name__ != "Card":
            assert f"Page {number} of {len(pages)}" in shown
            assert len(reader.outline) == 1
    assert paper.pdf() == pdf


@EVERY
def test_that_a_batch_begins_each_paper_on_a_page_and_can_be_stopped(paper) -> None:
    both = paper.draw([paper.content, paper.content], Progress())
    stopped = Progress()
    stopped.cancel()

    alone = len(texts(paper.pdf()))
    expected = alone if paper.content.__class__.__name__ == "Card" else 2 * alone
    assert len(texts(both)) == expected
    with pytest.raises(Cancelled):
        paper.draw([paper.content], stopped)


@pytest.mark.parametrize("kind", ["accesslog", "measures", "accesslog, large", "measures, large"])
def test_that_a_patients_paper_is_drawn_from_the_right_too(kind) -> None:
    paper = PAPERS[kind]
    pdf = paper.pdf(replace(paper.content, language="ar"))

    assert out_of_place(pdf, paper) == []


def test_that_large_print_is_18_points() -> None:
    for kind in ("accesslog, large", "measures, large"):
        sizes = {round(letter.size, 1) for letter in letters(PAPERS[kind].pdf())}
        assert min(sizes) == 14  # the foot
        assert min(sizes - {14}) == 18


# Attendance


def test_that_a_list_shows_who_is_expected_and_what_was_noted() -> None:
    people = (
        Attending("Öberg, Maria", (Sign.PRESENT, Sign.LATE, Sign.OPEN), "1979", "Hearing loop"),
        Attending("Protected identity", (), quiet=True),
    )
    [page] = texts(lists.PAPERS["attendance"].pdf(lists.attendance(people=0, many=3)))
    assert "Nobody is on this list yet." in page

    [page] = texts(PAPERS["attendance"].pdf(replace(lists.attendance(), people=people)))

    assert "1 Öberg, Maria 1979" in page
    assert "Noted in the program, not on paper" in page
    assert "P present H here for a part L late E excused" in page


def test_that_more_occasions_and_people_go_on_on_pages_with_their_heads_and_legend() -> None:
    pages = texts(PAPERS["attendance"].pdf(lists.attendance(many=10, people=13)))

    assert len(pages) == 4
    for page in pages:
        assert "No. Name" in page
        assert "present" in page
    assert ["Öberg0," in page for page in pages] == [True, False, True, False]
    assert ["Öberg12," in page for page in pages] == [False, True, False, True]
    assert [page.count("13:00") for page in pages] == [8, 8, 2, 2]
    assert ["Leader's signature" in page for page in pages] == [False, True, False, True]


def test_that_eight_occasions_and_eleven_people_fit_on_one_page() -> None:
    for language in i18n.LANGUAGES:
        content = lists.attendance(many=8, people=11, language=language)
        assert len(texts(PAPERS["attendance"].pdf(content))) == 1


# The others


def test_that_a_schedule_of_work_tells_time_group_room_and_preparation() -> None:
    shown = words(PAPERS["staff"].pdf())

    assert "13:00–14:00 Relaxation 0 H27 A with Karin Holm Hall 12:50–14:05" in shown


def test_that_a_door_list_can_be_read_from_a_metre() -> None:
    for kind in ("door", "door of a day"):
        sizes = [letter.size for letter in letters(PAPERS[kind].pdf()) if letter.size > 11]
        assert min(sizes) >= 18


def report_words(content: GroupReport) -> str:
    return words(PAPERS["report"].pdf(content))


def test_that_a_report_tells_shares_with_source_filter_definition_and_time() -> None:
    shown = report_words(lists.report())

    for part in (
        "7 of 11",
        "91 %",
        "Completed 8 73 %",
        "Stopped early 3 27 %",
        "the shortest 20, the longest 90 days",
        "2 waited longer than the 60 days",
        "Source: places, attendance and referrals",
        "Filter: group H27 A",
        "Taken out 10 September 2027 at 16:20",
        "Template: Pain management, edition 4",
        "How it is counted",
        "1 person went on in another group",
        "No measurements before and after are registered",
    ):
        assert part in shown, part


def test_that_a_report_of_fewer_than_five_gives_counts_alone() -> None:
    few = lists.report(enrolled=4, complete=2, waits=(20, 30, 41, 55))
    shown = report_words(few)

    assert "%" not in shown
    assert "median" not in shown.replace("no medians", "")
    assert "the shortest" not in shown
    assert "2 of 4" in shown
    assert "fewer than 5 people" in shown


def test_that_a_summary_tells_goals_and_no_scores() -> None:
    shown = words(PAPERS["handover"].pdf())

    assert "Walk the dog Reached" in shown
    assert "Relaxation 7 1 6 Done" in shown
    assert "We follow it up after one year" in shown
    bare = lists.handover(referrer="", goals=(), home=(), follow_up="", strands=())
    shown = words(PAPERS["handover"].pdf(bare))
    for heading in ("To ", "goals", "goes on with"):
        assert heading not in shown.replace("To be", "")


def test_that_an_extract_names_what_who_where_when_and_the_seven_points() -> None:
    shown = words(PAPERS["accesslog"].pdf())

    assert "10 Sep 2027 16:20 Anna Berg Ekbacken Open own schedule" in shown
    assert "15:20 Bo Lund Viken Note attendance" in shown
    assert "1 What was done with your data" in shown
    assert "7 The log is kept for at least five years." in shown
    assert "Region Norr answers for the log." in shown
    nobody = replace(lists.extract(), lines=())
    assert "Nobody has read or changed" in words(PAPERS["accesslog"].pdf(nobody))


def test_that_cards_lie_eight_to_a_page_and_tell_what_is_left_out() -> None:
    ten = [lists.card(patient=f"Maria {n}") for n in range(10)]
    pages = texts(PAPERS["card"].draw(ten, Progress()))
    many = words(PAPERS["card"].pdf(lists.card(many=14)))

    assert [page.count("My next times") for page in pages] == [8, 2]
    shown = many.count("13:00–14:00")
    assert f"and {14 - shown} more in your schedule" in many
    assert shown >= 6


def test_that_a_card_of_another_direction_keeps_its_place() -> None:
    pair = [lists.card(), lists.card(language="ar", patient="Layla")]
    pdf = PAPERS["card"].draw(pair, Progress())
    middle = 595.28 / 2

    [left] = {"left" if one.box[2] < middle else "right" for one in letters(pdf) if one.text == "Ö"}
    [right] = {
        "left" if one.box[2] < middle else "right" for one in letters(pdf) if one.text == "L"
    }
    assert (left, right) == ("left", "right")


def test_that_a_form_asks_verbatim_and_prints_only_what_it_was_given() -> None:
    from painprogram.documents.measures import ABILITY

    shown = words(PAPERS["measures"].pdf())

    assert "handle your pain problems on a scale of 0-10?" in shown
    assert "90–119 minutes" in shown
    assert "150–299 minutes" in shown
    assert "Carry the shopping" in shown
    assert "0 1 2 3 4 5 6 very" not in shown
    assert "CPAQ-8 0 = never true 1. One thing 0 1 2 3 4 5 6 " in shown
    assert "2. Another 0 1 2 3 4 5 6 Thank you." in shown
    assert "PHQ" not in shown
    with i18n.using("sv"):
        assert i18n._(ABILITY) == (
            "Hur bedömer du din förmåga att hantera din smärtproblematik på en skala 0-10? "
            "0= mycket låg förmåga, 10= mycket hög förmåga"
        )


def test_that_a_blank_form_has_lines_for_name_date_and_own_activities() -> None:
    blank = lists.form(patient="", masked_number="", activities=(), own=())
    shown = words(PAPERS["measures"].pdf(blank))

    assert "Name Date" in shown
    assert "Write three things that are hard for you to do." in shown
    assert len(texts(PAPERS["measures"].pdf(blank))) == 1


def test_that_a_twin_in_swedish_follows_the_paper() -> None:
    for kind in ("accesslog", "measures"):
        paper = PAPERS[kind]
        foreign = replace(paper.content, language="en")
        twin = replace(foreign, twin=replace(foreign, language="sv"))
        alone, both = texts(paper.pdf(foreign)), texts(paper.pdf(twin))
        assert both[: len(alone)] == alone
        assert "Utskrivet" in both[-1] or "Uttag" in both[-1] or len(both) == 2 * len(alone)


def test_that_a_long_schedule_of_work_repeats_its_heads() -> None:
    task = lists.staff_schedule().tasks[0]
    many = tuple(
        replace(task, start=task.start + timedelta(days=n), end=task.end + timedelta(days=n))
        for n in range(60)
    )
    pages = texts(PAPERS["staff"].pdf(lists.staff_schedule(tasks=many)))

    assert len(pages) > 1
    for page in pages:
        assert "Day Time What Where" in page
        assert "Anna Berg" in page
