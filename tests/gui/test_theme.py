import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from painprogram.gui import theme
from painprogram.gui.theme import DARK, LIGHT
from painprogram.gui.tokens import Tokens

THEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])

TEXT_ON_GROUND = {
    "text": "window base alt sunken accent_tint raised",
    "text2": "window base alt sunken accent_tint raised closed warn_tint block_tint ok_tint",
    "text3": "window base alt sunken accent_tint past",
    "accent": "window base alt sunken accent_tint",
    "ok": "base alt ok_tint",
    "warn": "base alt warn_tint",
    "block": "base alt block_tint closed raised",
    "on_accent": "accent",
    "tip_text": "tip",
    "tip_text2": "tip",
    "base": "ink",
}
EDGE_ON_GROUND = {"ctl": "base window alt", "block_line": "base blocked_fill", "accent": "base"}


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication):
    yield
    theme.apply(qapp, "light")


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of WCAG 2."""

    def luminance(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@THEMES
@pytest.mark.parametrize("ink", TEXT_ON_GROUND)
def test_that_text_can_be_read_on_every_ground_it_stands_on(colours: Tokens, ink: str) -> None:
    for ground in TEXT_ON_GROUND[ink].split():
        ratio = contrast(colours.colour(ink), colours.colour(ground))
        assert ratio >= 4.5, (ink, ground, ratio)


@THEMES
@pytest.mark.parametrize("edge", EDGE_ON_GROUND)
def test_that_the_edge_of_a_control_can_be_seen(colours: Tokens, edge: str) -> None:
    for ground in EDGE_ON_GROUND[edge].split():
        ratio = contrast(colours.colour(edge), colours.colour(ground))
        assert ratio >= 3, (edge, ground, ratio)


@THEMES
def test_that_text_and_icon_can_be_read_on_the_ground_of_every_kind(colours: Tokens) -> None:
    for name, kind in colours.kinds.items():
        assert contrast(colours.text, kind.tint) >= 4.5, name
        assert contrast(colours.text2, kind.tint) >= 4.5, name
        assert contrast(kind.colour, kind.tint) >= 3, name
        assert contrast(kind.colour, colours.base) >= 3, name


def test_that_an_unknown_kind_is_neutral_and_an_unknown_role_an_error() -> None:
    assert LIGHT.kind("dance").tint == LIGHT.sunken
    with pytest.raises(AttributeError):
        LIGHT.colour("dance")


def test_that_dark_is_dressed_at_once_and_told(qapp: QApplication, qtbot) -> None:
    theme.apply(qapp, "light")
    with qtbot.waitSignal(theme.notifier.changed):
        theme.apply(qapp, "dark")

    assert theme.tokens() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Base) == DARK.base
    assert qapp.palette().color(QPalette.ColorRole.Text) == DARK.text


def test_that_the_system_decides_when_asked_to(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    theme.apply(qapp, "system")
    dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark

    assert theme.tokens() is (DARK if dark else LIGHT)


def test_that_no_font_is_smaller_than_8_points(qapp: QApplication) -> None:
    before = qapp.font()
    small = qapp.font()
    small.setPointSizeF(9)
    qapp.setFont(small)
    sizes = [
        theme.font(role).pointSizeF() for role in ("caption", "small", "body", "title", "heading")
    ]
    qapp.setFont(before)

    assert sizes == [8, 8, 9, 11, 14]


def _form(qtbot) -> tuple[QWidget, QPushButton, QLineEdit]:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(16, 16, 16, 16)
    button, field = QPushButton("Publish"), QLineEdit()
    layout.addWidget(button)
    layout.addWidget(field)
    window.resize(240, 140)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window, button, field


@pytest.mark.parametrize(
    ("name", "least"), [("small", 24), ("plain", 28), ("primary", 28), ("big", 40)]
)
def test_that_a_button_is_as_high_as_it_says(qapp, qtbot, name: str, least: int) -> None:
    theme.apply(qapp, "light")
    button = QPushButton("Publish")
    qtbot.addWidget(button)
    button.setProperty(name, True)

    assert least <= button.sizeHint().height() <= least + 6


def test_that_the_primary_button_is_filled_with_the_accent(qapp, qtbot) -> None:
    theme.apply(qapp, "light")
    window, button, _field = _form(qtbot)
    button.setProperty("primary", True)
    button.update()
    image = window.grab().toImage()

    assert image.pixelColor(button.pos() + QPoint(8, 6)) == LIGHT.accent


def test_that_a_ring_follows_the_keyboard_around_buttons(qapp, qtbot) -> None:
    theme.apply(qapp, "light")
    window, button, field = _form(qtbot)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    rings = window.findChildren(QWidget, "focus_ring")
    assert [ring.geometry() for ring in rings] == [button.geometry().adjusted(-4, -4, 4, 4)]

    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert not any(ring.isVisible() for ring in window.findChildren(QWidget, "focus_ring"))


def test_that_the_keyboard_may_be_in_a_button_that_goes_away(qapp, qtbot) -> None:
    theme.apply(qapp, "light")
    window, button, field = _form(qtbot)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    button.deleteLater()
    qtbot.waitUntil(lambda: len(window.findChildren(QPushButton)) == 0)
    field.setFocus(Qt.FocusReason.TabFocusReason)

    assert not any(ring.isVisible() for ring in window.findChildren(QWidget, "focus_ring"))


def test_that_colours_are_named_in_one_place_only() -> None:
    gui = Path(theme.__file__).parent
    found = [
        f"{file.name}: {line.strip()}"
        for file in sorted(gui.rglob("*.py"))
        if file.name != "theme.py"
        for line in file.read_text("utf-8").splitlines()
        if re.search(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b", line)
    ]

    assert found == []
