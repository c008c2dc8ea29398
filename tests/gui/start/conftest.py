"""The first start, on screen."""

import pytest
from PySide6.QtWidgets import (
    QApplication,
)

from painprogram.gui import theme
from painprogram.gui.start.page import StartPage


@pytest.fixture
def page(qapp: QApplication, qtbot, tmp_path, monkeypatch) -> StartPage:
    monkeypatch.setenv("HOME", str(tmp_path))
    theme.apply(qapp, "light")
    made = StartPage()
    qtbot.addWidget(made)
    made.resize(1100, 860)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_choices()
    return made
