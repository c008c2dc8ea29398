import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from painprogram.documents import fonts
from painprogram.documents.fonts import Weight


@given(st.text(max_size=120), st.sampled_from([12.0, 30.0, 80.0]))
@settings(max_examples=150, deadline=None)
def test_that_no_line_is_wider_than_its_room_and_nothing_is_left_out(text, room) -> None:
    lines = fonts.wrap(text, Weight.SEMIBOLD, 11.5, room)

    assert [line for line in lines if fonts.width(line, Weight.SEMIBOLD, 11.5) > room] == []
    # Only a hyphen may come, where a soft hyphen was.
    ignored = str.maketrans("", "", " -\u00ad")
    assert "".join(lines).translate(ignored) == fonts.clean(text).translate(ignored)


def test_that_a_long_word_breaks_at_its_soft_hyphen() -> None:
    word = "Smärt\u00adpsykologi"

    assert fonts.wrap(word, Weight.SEMIBOLD, 11.5, 23.0) == ("Smärt-", "psykologi")


def test_that_a_soft_hyphen_is_not_seen_where_the_word_fits() -> None:
    [(_font, text, _width)] = fonts.line("Smärt\u00adpsykologi", Weight.BOLD).runs

    assert text == "Smärtpsykologi"


def test_that_a_phone_number_with_hard_spaces_stays_on_one_line() -> None:
    lines = fonts.wrap("Call us on 031-390\u00a006\u00a012", Weight.REGULAR, 11, 30.0)

    assert lines[-1] == "031-390\u00a006\u00a012"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Anna\x07 \x1bLind", "Anna Lind"),
        ("Anna\u202egrebdniL", "AnnagrebdniL"),
        ("\u2066Anna\u2069 \u200f\u200bLind\ufeff", "Anna Lind"),
        (" two\nlines\tand\r\nmore ", "two lines and more"),
        ("e\u0301", "é"),
        ("broken \ud800", "broken \ufffd"),
        ("a  b", "a b"),
    ],
)
def test_that_nothing_that_controls_the_text_reaches_the_paper(raw, clean) -> None:
    assert fonts.clean(raw) == clean


def test_that_letters_our_font_lacks_come_from_the_fallback() -> None:
    runs = fonts.line("Åsa שלום", Weight.BOLD).runs

    assert [font for font, _text, _width in runs] == ["SourceSans3-Bold", "DejaVuSans-Bold"]


def test_that_a_letter_no_font_has_prints_as_a_mark() -> None:
    assert [text for _font, text, _width in fonts.line("A\U0001f600ꙮ漢", Weight.REGULAR).runs] == [
        "A",
        "\ufffd\ua66e\ufffd",
    ]


def test_that_a_name_in_hebrew_letters_is_seen_from_the_right() -> None:
    runs = fonts.line("Till אב גד, hej", Weight.REGULAR).runs

    assert "".join(text for _font, text, _width in runs) == "Till דג בא, hej"


def test_that_swedish_and_vietnamese_names_need_no_fallback() -> None:
    runs = fonts.line("Åsa Öberg, Nguyễn Thị Ánh, Αλέξης, Олена", Weight.REGULAR).runs

    assert [font for font, _text, _width in runs] == ["SourceSans3"]
