"""The levels and limits of the rules, as they are set by hand."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QLabel, QPushButton, QSpinBox

from painprogram.domain.rules import Level, Rule
from painprogram.usecases import history, rules
from tests.gui.settings.screen import RULES


def texts(screen) -> list[str]:
    """What is seen of the section."""
    return [label.text() for label in screen.page.findChildren(QLabel) if label.isVisible()]


def pick(screen, rule: Rule, level: Level) -> None:
    box = screen.find(QComboBox, f"level_{rule}")
    box.setCurrentIndex(box.findData(level))
    box.activated.emit(box.currentIndex())
    screen.settle()


def test_that_every_rule_stands_there_with_its_level_in_words(screen):
    screen.go(RULES)

    for rule in Rule:
        box = screen.find(QComboBox, f"level_{rule}")
        assert box.currentData() == rule.usual
        assert box.accessibleName() == f"{rule.label}: level"
        assert rule.told in texts(screen)


def test_that_a_level_and_a_limit_are_set_and_taken_back(screen, database):
    screen.go(RULES)

    pick(screen, Rule.ROOM, Level.INFORMATION)
    limit = screen.find(QSpinBox, "most_visits_day")
    limit.setValue(5)
    limit.editingFinished.emit()
    screen.settle()

    now = rules.levels(database, screen.desk.centre.id)
    assert now.level(Rule.ROOM) is Level.INFORMATION
    assert (now.level(Rule.VISITS_DAY), now.most(Rule.VISITS_DAY)) == (Level.ACKNOWLEDGE, 5)
    assert "Usually: Blocks" in texts(screen)
    assert "Usually: Needs a reason, 3" in texts(screen)
    assert history.labels(database)[0] == "Change the rule Visits in a day"
    screen.find(QPushButton, "rules_as_usual").click()
    screen.settle()
    assert rules.levels(database, screen.desk.centre.id).set == {}
    assert "Usually: Blocks" not in texts(screen)
    assert not screen.find(QPushButton, "rules_as_usual").isEnabled()
    assert history.undo(database) == "Set all rules as usual"


def test_that_hours_are_set_in_hours(screen, database):
    screen.go(RULES)
    limit = screen.find(QDoubleSpinBox, "most_hours_day")
    assert limit.text() == "4 h"

    limit.setValue(2.5)
    limit.editingFinished.emit()
    screen.settle()

    assert rules.levels(database, screen.desk.centre.id).most(Rule.HOURS_DAY) == 150
    assert limit.text() == "2.5 h"


def test_that_the_wheel_scrolls_the_page_and_changes_no_rule(screen, database):
    screen.go(RULES)
    box = screen.find(QComboBox, "level_room")
    box.setFocus()
    middle = QPointF(box.rect().center())
    turn = QWheelEvent(
        middle,
        box.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    QApplication.sendEvent(box, turn)

    assert box.currentData() == Level.BLOCKS
