"""What goes with letters: the sheet for the envelope, the promise of silence, the logo."""

import io
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image
from pypdf import PdfReader

from painprogram.documents.calibration import Calibration, calibrations
from painprogram.documents.face import LARGEST, Face, logo
from painprogram.documents.poster import poster
from painprogram.documents.sheet import sheet
from painprogram.documents.silence import Silence, silences
from painprogram.domain import colours
from painprogram.domain.envelopes import WINDOWS, Envelope, Fold, Window, check_window
from painprogram.domain.errors import Refused
from tests.documents import papers
from tests.documents.test_letter import A4, HOSTILE, outside, seen_through

SHEET = Calibration(
    "Ekbacken", Envelope.H2, WINDOWS[Envelope.H2], Fold.HALF, date(2027, 3, 22), "en"
)
PROMISE = Silence(
    "Ekbacken",
    "Living with pain, group A",
    "Anna Lindgren",
    ("We promise each other:",),
    ("I tell nobody who is here.", "What is said stays here."),
    ("The staff have a duty of secrecy.",),
    date(2027, 3, 22),
    Face(footer="Ek AB"),
    language="en",
)


def image(kind: str, size: tuple[int, int] = (300, 100)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, (10, 90, 40)).save(buffer, kind)
    return buffer.getvalue()


def drawn(pdf: bytes) -> tuple[set[tuple[float, ...]], int]:
    """The colours on the first page, and how many pictures are placed on it."""
    stream = PdfReader(io.BytesIO(pdf)).pages[0].get_contents()
    assert stream is not None
    inks = {tuple(map(float, parts)) for parts, name in stream.operations if name in (b"rg", b"RG")}
    return inks, sum(name == b"Do" for _parts, name in stream.operations)


@pytest.mark.parametrize("envelope", [Envelope.H2, Envelope.V2])
def test_that_the_sheet_shows_the_window_with_only_the_sample_in_it(envelope: Envelope) -> None:
    window = WINDOWS[envelope]
    pdf = calibrations([replace(SHEET, envelope=envelope, window=window)])

    assert seen_through(pdf, window) == "SampleNameSampleStreet112345SAMPLETOWN"
    [words] = papers.texts(pdf)
    assert f"{window.width:g} × {window.height:g} mm" in words
    assert "100 mm" in words
    assert "version 1, 22 March 2027" in words
    assert papers.misplaced(pdf, *A4) == []


@pytest.mark.parametrize("large", [False, True])
def test_that_a_promise_is_signed_by_one_alone(*, large: bool) -> None:
    pdf = silences([replace(PROMISE, large=large), replace(PROMISE, name="", large=large)])

    named, blank = papers.texts(pdf)
    for words in ("Promise of silence", "I tell nobody who is here.", "Signature", "Ek AB"):
        assert words in named
        assert words in blank
    assert "Anna Lindgren" in named
    assert "Name" not in named
    assert "Name" in blank
    assert papers.misplaced(pdf, *A4) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_that_hostile_words_are_text(words: str) -> None:
    promise = Silence(
        *(words, words, words, (words,), (words,), (words,)), date(2027, 3, 22), Face(footer=words)
    )

    assert outside(silences([promise, replace(promise, large=True)])) == []
    assert outside(calibrations([replace(SHEET, centre=words)])) == []


@pytest.mark.parametrize("draw", [sheet, poster])
def test_that_sheet_and_poster_carry_the_face_of_the_centre(draw) -> None:
    plain = papers.content() if draw is sheet else papers.board()
    faced = replace(plain, face=Face("7A1F1F", logo(image("PNG"))))

    inks, pictures = drawn(draw(faced))

    assert (0.4784, 0.1216, 0.1216) in inks
    assert (0.05882, 0.298, 0.3608) not in inks
    assert pictures == drawn(draw(plain))[1] + 1
    assert repr(faced) == repr(plain)  # a new colour makes no paper out of date


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_that_a_logo_is_kept_as_a_picture_of_print_size(kind: str) -> None:
    kept = logo(image(kind, (4000, 1000)))

    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 300))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not a picture"),
        (b"<svg/>", "not a picture"),
        (image("PNG")[:60], "not a picture"),
        (image("PNG")[:-30], "not a picture"),
        (image("GIF"), "not a picture"),
        (b"\x89PNG" + bytes(LARGEST), "too large: 3 MB"),
        (bytes(80_000_000), "too large: 80 MB"),
    ],
)
def test_that_what_is_no_logo_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        logo(data)


def test_that_a_small_file_with_a_huge_picture_is_refused() -> None:
    buffer = io.BytesIO()
    Image.new("1", (6000, 5000)).save(buffer, "PNG")

    with pytest.raises(Refused, match="not a picture"):
        logo(buffer.getvalue())


@pytest.mark.parametrize("digits", ["FFD400", "FFFFFF", "87CEEB", "FF0000", "777777", "0F4C5C"])
def test_that_the_nearest_colour_that_works_is_just_dark_enough(digits: str) -> None:
    nearest = colours.nearest_readable(digits)

    assert colours.contrast(nearest) >= 4.5
    assert nearest == digits or colours.contrast(nearest) < 4.65


@pytest.mark.parametrize(
    ("window", "why"),
    [
        (Window(100, 40, 50, 40), "too small"),
        (Window(100, 40, 95, 10), "too small"),
        (Window(130, 40, 95, 40), "not on the paper"),
        (Window(-5, 40, 95, 40), "not on the paper"),
        (Window(100, 10, 95, 40), "between"),
        (Window(100, 110, 95, 40), "between"),
    ],
)
def test_that_a_window_off_the_page_is_refused(window: Window, why: str) -> None:
    with pytest.raises(Refused, match=why):
        check_window(window)
