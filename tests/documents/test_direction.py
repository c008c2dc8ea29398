"""Lines in Arabic and Persian, against Qt's own layout of the same words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextLayout, QTextOption

from painprogram.documents import direction, fonts
from painprogram.documents.fonts import Weight
from painprogram.i18n import using

ARABIC = ("برنامج", "الساعة", "محاضرة", "الأدوية", "طبيبة", "أبريل", "تعهّدي", "لقاءً")
PERSIAN = ("می‌توانید", "سه‌شنبه", "آوریل", "برنامه", "پنجشنبه", "گروه", "چهارشنبه", "زنگ")
FOREIGN = (
    "Björkvikens vårdcentral",
    "Maja Ek",
    "031-390 06 12",
    "13.00–14.30",
    "22",
    "2027",
    "Storgatan 14, Björkviken",
    "+46 70-12 34",
    "A",
    "19670312-••••",
    "Олена",
)
BETWEEN = (" ", "، ", ". ", ": ", " – ", " (", ") ")


@st.composite
def lines(draw, letters):
    """A line with at least one word from the right; what it says does not matter."""
    words = [draw(st.sampled_from(letters))]
    for word in draw(st.lists(st.sampled_from((*letters, *FOREIGN)), max_size=7)):
        words.append(draw(st.sampled_from(BETWEEN)))
        words.append(word)
    start = draw(st.sampled_from(("", "22 ", "Maja Ek، ", "8.00–9.30 ")))
    return start + "".join(words) + draw(st.sampled_from(("", ".", ")")))


def seen_by_qt(line: str) -> list[tuple[int, int]]:
    """Where the words of *line* begin and end, in the order in which Qt puts them from the left."""
    layout = QTextLayout(line, QFont("Vazirmatn", 12))
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    layout.setTextOption(option)
    layout.beginLayout()
    row = layout.createLine()
    row.setLineWidth(10_000)
    layout.endLayout()
    return sorted(words_in(line), key=lambda place: middle(row, *place))


def middle(row, first: int, last: int) -> float:
    """Of the signs that Qt draws for these letters."""
    across = [spot.x() for run in row.glyphRuns(first, last - first) for spot in run.positions()]
    return float(sum(across) / len(across))


def words_in(line: str) -> list[tuple[int, int]]:
    """First and last place of each stretch of letters and figures."""
    found, start = [], None
    for index, letter in enumerate(f"{line} "):
        inside = letter.isalnum() or letter in "\u200c\u0651\u064b"
        if inside and start is None:
            start = index
        elif not inside and start is not None:
            found.append((start, index))
            start = None
    return found


def seen_by_us(line: str) -> str:
    return direction.visual(line, right_to_left=True)


def compared(line: str) -> None:
    """Our words, read from the left, are the ones that Qt puts there."""
    isolated = direction.isolated(line, right_to_left=True)
    expected = [
        "".join(filter(str.isalnum, seen_by_us(isolated[first:last])))
        for first, last in seen_by_qt(isolated)
    ]
    ours = seen_by_us(line)
    assert ["".join(filter(str.isalnum, ours[a:b])) for a, b in words_in(ours)] == expected


@given(lines(ARABIC))
@settings(max_examples=60, deadline=None)
def test_that_arabic_words_come_in_the_order_of_qt(qapp, line) -> None:
    compared(line)


@given(lines(PERSIAN))
@settings(max_examples=60, deadline=None)
def test_that_persian_words_come_in_the_order_of_qt(qapp, line) -> None:
    compared(line)


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("אב 031-390 06 12 גד", "דג 031-390 06 12 בא"),
        ("אב 13.00–14.00", "13.00–14.00 בא"),
        ("Maja Ek، אב", "בא ،Maja Ek"),
        ("אב (גד) הו", "וה (דג) בא"),
        ("אב (Rum 214)", "(Rum 214) בא"),
        ("אב Anna (Åsa) Ek.", ".Anna (Åsa) Ek בא"),
        ("אב: 6 – 25 גד 2027.", ".2027 דג 6 – 25 :בא"),
        ("«אב», 22", "22 ,«בא»"),
        ("אב 22 (Rum 214)", "(Rum 214) 22 בא"),
        ("19670312-•••• אב", "בא 19670312-••••"),
    ],
)
def test_that_what_runs_from_the_left_stays_whole_and_brackets_are_turned(line, seen) -> None:
    assert direction.visual(line, right_to_left=True) == seen


def test_that_a_name_from_the_right_stands_whole_in_a_swedish_line() -> None:
    assert direction.visual("Till (אב גד), hej", right_to_left=False) == "Till (דג בא), hej"


def test_that_letters_are_joined_and_what_keeps_them_apart_is_not_drawn() -> None:
    apart = direction.visual("می‌توانید", right_to_left=True)
    joined = direction.visual("میتوانید", right_to_left=True)

    assert "\u200c" not in apart
    assert (apart[-2:], joined[-2:]) == ("\ufbfd\ufee3", "\ufbff\ufee3")


def test_that_arabic_and_persian_need_no_fallback_and_latin_keeps_its_font() -> None:
    words = "دربارهٔ پژوهش چهار گروه؛ کجا؟ «لأنّ» إيمانًا 12 (Maja Ek)"

    with using("ar"):
        found = {(font, piece) for font, piece, _width in fonts.line(words, Weight.REGULAR).runs}

    assert {font for font, _piece in found} == {"Vazirmatn", "SourceSans3"}
    latin = "".join(piece for font, piece in found if font == "SourceSans3")
    assert "Maja Ek" in latin
    assert not direction.runs_from_the_right(latin)
    assert fonts.REPLACEMENT not in "".join(piece for _font, piece in found)
