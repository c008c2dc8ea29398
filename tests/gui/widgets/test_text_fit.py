import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from painprogram.gui import theme
from painprogram.gui.widgets.text_fit import SOFT_HYPHEN, elide, lines


@pytest.fixture
def metrics(qapp: QApplication) -> QFontMetricsF:
    return QFontMetricsF(theme.font("caption"))


def test_that_what_fits_is_left_alone(metrics) -> None:
    assert lines("Short", metrics, 500, 2) == ["Short"]
    assert elide("Short", metrics, 500) == "Short"


def test_that_a_title_breaks_at_a_space_first(metrics) -> None:
    wide = metrics.horizontalAdvance("medicine and")

    assert lines("Pain and medicine", metrics, wide, 2) == ["Pain and", "medicine"]


def test_that_a_long_word_breaks_at_its_soft_hyphen(metrics) -> None:
    word = f"Activity{SOFT_HYPHEN}balance"

    assert lines(word, metrics, metrics.horizontalAdvance("Activity-") + 1, 2) == [
        "Activity-",
        "balance",
    ]
    assert lines(word, metrics, 500, 2) == ["Activitybalance"]


def test_that_nothing_is_ever_wider_than_its_room(metrics) -> None:
    text = f"Mindfulness{SOFT_HYPHEN}introduction for unbelievably patient beginners"
    for width in range(20, 400, 7):
        for line in lines(text, metrics, width, 2):
            assert metrics.horizontalAdvance(line) <= width
