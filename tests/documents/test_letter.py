import io
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PIL import Image
from pypdf import PdfReader

from painprogram import i18n
from painprogram.documents.envelope import FoldedFlow
from painprogram.documents.face import Face
from painprogram.documents.flow import Block
from painprogram.documents.letter import Appointment, Letter, Occasion, letters
from painprogram.domain.envelopes import WINDOWS, Fold, Window
from painprogram.domain.errors import Cancelled
from painprogram.domain.papers import LetterKind
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.progress import Progress
from tests.documents import papers

MM = 72 / 25.4
A4 = (595.28, 841.89)
FIRST = datetime(2027, 4, 6, 13)
OWN = Window(60.0, 31.0, 90.0, 45.0)
HOSTILE = [
    "Anna </b><b>Lind & Söner",
    "</para><para>",
    "{patient} %s %(name)s \\n",
    "(Anna\\) Tj",
    "Anna\x00\x1b[31m\x7fLind",
    "\u202eanna\u202c Lind",
    "🙂👩‍👩‍👧 Lind",
    "محمد الأحمد",
    "W" * 300,
    "Anna-Karin Wilhelmina Gyllenstierna-Österbotten " * 6,
]


def occasion(day: int = 0, **other) -> Occasion:
    start = FIRST + timedelta(days=day)
    facts = {
        "what": f"Relaxation {day + 1}",
        "who": "Maja Ek, physiotherapist",
        "where": "Hall, ground floor",
        **other,
    }
    return Occasion(ModuleKind.RELAXATION, start, start + timedelta(hours=1), **facts)


def content(**other) -> Letter:
    facts = {
        "kind": LetterKind.SUMMONS,
        "centre": "Björkvikens vårdcentral",
        "name": "Anna Lindgren",
        "address": ("Anna Lindgren", "Ekstigen 7 lgh 1102", "123 46 Björkviken"),
        "heading": "Welcome to your first session",
        "dated": date(2027, 3, 22),
        "version": 3,
        "opening": ("You have a place in the group. " * 3,),
        "appointments": (Appointment(occasion(), note="Please come early."),),
        "sections": (("Bring", ("Soft clothes.",)), ("Fee", ("100 kr.",))),
        "phone": "031-390 06 12",
        "phone_hours": "Monday–Friday 8:00–9:30",
        "closing": "Kind regards",
        "signed": "Maja Ek",
        "signed_title": "Physiotherapist and your contact person",
        "enclosed": True,
        "face": Face(sender=("Björkvikens vårdcentral", "Storgatan 14", "123 45 Björkviken")),
        "language": "en",
    }
    return Letter(**{**facts, **other})


def seen_through(pdf: bytes, window: Window, page: int = 0) -> str:
    """The letters on a page of which anything lies within the window."""
    left, right = window.left * MM, window.right * MM
    bottom, top = A4[1] - window.bottom * MM, A4[1] - window.top * MM
    return "".join(
        letter.text
        for letter in papers.letters(pdf)
        if letter.page == page
        and letter.box[0] < right
        and letter.box[2] > left
        and letter.box[1] < top
        and letter.box[3] > bottom
    )


def outside(pdf: bytes) -> list[papers.Letter]:
    """Letters too small or too near an edge; those of Arabic look larger than they are."""
    return [each for each in papers.misplaced(pdf, *A4) if not 8.7 < each.size < 8.75]


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGBA", (400, 400), (200, 0, 0, 128)).save(buffer, "PNG")
    return buffer.getvalue()


def test_that_what_matters_comes_in_the_order_of_reading() -> None:
    [words] = papers.texts(letters([content()]))

    after = 0
    for text in (
        "Björkvikens vårdcentral", "Storgatan 14", "22 March 2027", "Anna Lindgren",
        "Ekstigen 7 lgh 1102", "123 46 Björkviken", "Welcome to your first session",
        "You have a place", "Tuesday 6 April at 13:00–14:00",
        "Relaxation 1 with Maja Ek, physiotherapist", "Hall, ground floor. Please come early.",
        "Bring", "Soft clothes.", "Fee", "031-390 06 12", "Monday–Friday", "Kind regards",
        "Maja Ek", "Physiotherapist and your contact person",
        "Summons, version 3, 22 March 2027. Enclosed: your schedule.", "Page 1 of 1",
    ):  # fmt: skip
        assert text in words[after:], text
        after = words.index(text, after)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("window", [*WINDOWS.values(), OWN])
@pytest.mark.parametrize("large", [False, True])
def test_that_only_name_and_address_show_in_the_window(
    window: Window, language: str, *, large: bool
) -> None:
    sender = tuple(f"Line {number} of a long sender with many words" for number in range(6))
    long = content(
        window=window,
        language=language,
        large=large,
        face=Face(logo=picture(), sender=sender),
        heading="A very long heading that takes more than one line, as headings do",
    )

    pdf = letters([long])

    expected = "".join("".join(long.address).split())
    seen = seen_through(pdf, window)
    assert sorted(seen) == sorted(expected)
    assert language == "ar" or seen == expected
    told = " ".join(papers.texts(pdf))
    assert language == "ar" or all(line in told for line in sender)


@pytest.mark.parametrize("window", [*WINDOWS.values(), OWN])
def test_that_an_address_of_long_lines_stays_in_its_window(window: Window) -> None:
    name = "Anna-Karin Wilhelmina Gyllenstierna-Österbotten " * 6
    long = content(window=window, address=(name, "Ekstigen 7", "123 46 Björkviken"))

    seen = seen_through(letters([long]), window)

    assert seen.startswith("Anna-KarinWilhelmina")
    assert seen.endswith("Ekstigen712346Björkviken")
    assert "Storgatan" not in seen


@pytest.mark.parametrize("fold", Fold)
@pytest.mark.parametrize("height", [25.0, 40.0, 60.0])
def test_that_no_fold_cuts_what_may_not_be_folded(fold: Fold, height: float) -> None:
    for before in range(0, 190, 3):
        flow = FoldedFlow(86.0, 26.0, 272.0, fold)
        flow.add(Block(before / 2, lambda _pen, _y: None))
        flow.add(Block(before / 2, lambda _pen, _y: None))
        flow.add_flat(Block(height + 6.0, lambda _pen, _y: None, 6.0))
        top, block = flow.pages[-1][-1]
        for at in fold.at:
            assert not top + 6.0 < at < top + block.height, (before, top)
        assert top + block.height <= 272.0
        assert len(flow.pages) <= 2


def test_that_many_changes_stand_in_order_on_pages_that_say_whose_they_are() -> None:
    days = range(40)
    changes = tuple(
        Appointment(occasion(day) if day % 3 else None, occasion(day + 60)) for day in days
    )

    pages = papers.texts(letters([content(kind=LetterKind.CHANGE, appointments=changes)]))

    words = " ".join(pages)
    places = [
        words.index(
            f"{'Cancelled time: ' if not day % 3 else ''}"
            f"{i18n_day(day + (0 if day % 3 else 60))} at 13:00–14:00"
        )
        for day in days
    ]
    assert places == sorted(places)
    assert "Instead of" in words
    for number, page in enumerate(pages, start=1):
        assert "Anna Lindgren" in page
        assert f"Page {number} of {len(pages)}" in page


def i18n_day(day: int) -> str:
    with i18n.using("en"):
        return i18n.day_long((FIRST + timedelta(days=day)).date())


def test_that_a_change_says_what_is_new_and_what_no_longer_holds() -> None:
    moved = Appointment(occasion(2), occasion(), "Changed time")
    room = Appointment(occasion(7), occasion(7, where="Room 4"), "Changed room")
    off = Appointment(None, occasion(9))

    [words, *_rest] = papers.texts(
        letters([content(kind=LetterKind.CHANGE, appointments=(moved, room, off))])
    )

    assert "Changed time Thursday 8 April at 13:00–14:00" in words
    assert "Instead of Tuesday 6 April at 13:00–14:00" in words
    assert "Instead of Room 4" in words
    assert "Cancelled time Thursday 15 April at 13:00–14:00 Relaxation 10" in words


@pytest.mark.parametrize("words", HOSTILE)
def test_that_whatever_is_written_is_printed_as_text_within_the_page(words: str) -> None:
    strange = content(
        name=words,
        address=(words, words, "123 45 Ek"),
        heading=words,
        opening=(words,),
        appointments=(
            Appointment(occasion(what=words, who=words, where=words), occasion(where=words)),
        ),
        sections=((words, (words,)),),
        phone=words,
        signed=words,
        face=Face(sender=(words, words), footer=words),
        centre=words,
    )

    pdf = letters([strange, replace(strange, large=True), content()])

    assert outside(pdf) == []
    assert "Welcome to your first session" in " ".join(papers.texts(pdf))
    if words.startswith("Anna </b>"):
        assert "Anna </b><b>Lind & Söner" in papers.texts(pdf)[0]


def test_that_large_print_is_large_but_for_the_address_and_the_foot() -> None:
    pdf = letters([content(large=True)])

    small = {letter.size for letter in papers.letters(pdf) if letter.size < 18}

    assert small == {12, 14}


def test_that_fonts_are_embedded_and_the_file_says_its_language() -> None:
    pdf = letters([content(), content(name="Bo Ek")])

    assert all(papers.fonts(pdf).values())
    reader = PdfReader(io.BytesIO(pdf))
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles == ["Anna Lindgren", "Bo Ek"]
    assert letters([content()]) == letters([content()])


def test_that_a_letter_that_cannot_be_sent_is_a_page_for_the_staff() -> None:
    [words] = papers.texts(letters([content(staff_note="No way to send it.", language="en")]))

    assert "For the staff No way to send it." in words
    assert "Ekstigen" not in words
    assert "Welcome" not in words


def test_that_the_copy_for_the_staff_has_no_address_and_pages_of_its_own() -> None:
    first, copy = papers.texts(letters([content(twin=content(language="sv"))]))

    assert "Ekstigen 7" in first
    assert "Ekstigen 7" not in copy
    assert "Page 1 of 1" in first
    assert "Sida 1 av 1" in copy


def test_that_the_colour_of_the_centre_takes_the_place_of_the_accent() -> None:
    plain, own = (
        PdfReader(io.BytesIO(letters([content(face=Face(colour=digits))]))).pages[0]
        for digits in ("", "7A1F1F")
    )

    accent = [0.05882, 0.298, 0.3608]
    for page, has_accent in ((plain, True), (own, False)):
        stream = page.get_contents()
        assert stream is not None
        used = [
            [float(part) for part in parts] for parts, name in stream.operations if name == b"rg"
        ]
        assert (accent in used) == has_accent
        assert has_accent or [0.4784, 0.1216, 0.1216] in used


def test_that_a_batch_can_be_stopped() -> None:
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        letters([content()] * 3, progress)
