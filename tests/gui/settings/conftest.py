"""The settings of a furnished centre, on screen."""

import pytest
from PySide6.QtWidgets import (
    QApplication,
)

from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.settings.page import SettingsPage
from painprogram.gui.work import Work
from painprogram.settings import Settings
from tests import make
from tests.gui.settings.screen import Screen


@pytest.fixture
def screen(qapp: QApplication, qtbot, database, tmp_path):
    theme.apply(qapp, "light")
    where = make.furnished(database)
    work = Work(database)
    desk = Desk(work, Settings(tmp_path / "settings.json"), where, lambda: make.TODAY)
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.resize(1300, 900)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    made = Screen(page, desk, qtbot)
    page.reload()
    made.settle()
    yield made
    work.close()
