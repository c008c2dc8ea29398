from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from painprogram.gui import theme
from painprogram.gui.actions import Command
from painprogram.gui.shortcuts_help import ShortcutsHelp


def test_that_f1_lists_every_command_that_has_a_key(qapp: QApplication, qtbot):
    theme.apply(qapp, "light")
    dialog = ShortcutsHelp(
        (
            Command("undo", "Take it back", "undo", "Ctrl+Z", print),
            Command("odd", "Without a key", "undo", "", print),
        )
    )
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)

    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Take it back" in texts
    assert "Ctrl+Z" in texts
    assert "Without a key" not in texts

    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not QApplication.activeModalWidget())
