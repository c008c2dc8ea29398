from datetime import datetime

import pytest
from PySide6.QtWidgets import QApplication

from painprogram.gui import theme
from painprogram.gui.widgets.weekgrid import WeekGrid
from tests.gui.widgets.weeks import CARDS, DAYS, LANES


@pytest.fixture
def grid(qapp: QApplication, qtbot) -> WeekGrid:
    theme.apply(qapp, "light")
    made = WeekGrid()
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show_week(DAYS, LANES, CARDS)
    made.set_now(datetime(2026, 11, 10, 10, 24))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made
