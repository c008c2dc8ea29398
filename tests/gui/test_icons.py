import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QApplication

from painprogram import resources
from painprogram.domain.programmes import ModuleKind
from painprogram.gui import icons, theme
from painprogram.gui.theme import DARK, LIGHT

GUI = Path(theme.__file__).parent


def inks(pixmap: QPixmap) -> set[str]:
    """The colours of all marks that are wholly covered."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication):
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "light")


def test_that_every_icon_asked_for_by_name_exists() -> None:
    asked = {
        name
        for file in GUI.rglob("*.py")
        if file.name != "icons.py"
        for name in re.findall(r"\bicon(?:s\.icon)?\(\s*\"([a-z-]+)\"", file.read_text("utf-8"))
    }

    assert asked
    assert asked - icons.names() == set()


def test_that_every_kind_has_its_icon_and_its_colour() -> None:
    kinds = {str(kind) for kind in ModuleKind}

    assert kinds <= icons.names()
    assert kinds == set(LIGHT.kinds) == set(DARK.kinds)


@pytest.mark.parametrize("name", sorted(icons.names()))
def test_that_a_drawing_holds_to_the_grid_and_takes_its_colour(name: str) -> None:
    text = resources.path("icons", f"{name}.svg").read_text("utf-8")

    assert 'viewBox="0 0 20 20"' in text
    assert 'stroke-width="1.5"' in text
    assert not re.search(r"#[0-9A-Fa-f]{3,6}", text)
    assert inks(icons.pixmap(name, QColor("red"), 40)) == {"#ff0000"}


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0, 3.0])
def test_that_an_icon_is_sharp_at_every_scale(ratio: float) -> None:
    found = icons.icon("search").pixmap(QSize(16, 16), ratio)

    assert found.width() == round(16 * ratio)
    assert found.deviceIndependentSize().width() == pytest.approx(16, abs=0.6)


def test_that_an_icon_follows_the_theme(qapp: QApplication) -> None:
    found = icons.icon("today", "accent")
    light = inks(found.pixmap(QSize(20, 20), 3.0))
    theme.apply(qapp, "dark")
    dark = inks(found.pixmap(QSize(20, 20), 3.0))

    assert (light, dark) == ({LIGHT.accent.name()}, {DARK.accent.name()})


def test_that_an_icon_out_of_use_is_pale() -> None:
    found = icons.icon("undo").pixmap(QSize(20, 20), 3.0, QIcon.Mode.Disabled)

    assert inks(found) == {LIGHT.ctl.name()}


def test_that_an_icon_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("unicorn")
    with pytest.raises(AttributeError):
        icons.icon("home", "unicorn")
