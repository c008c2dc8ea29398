"""What matters in a plan, as it is set by hand."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton

from painprogram.domain.plans import Importance, PlanWish, as_usual
from painprogram.usecases import history, plan_wishes
from tests.gui.settings.screen import WISHES


def test_that_every_wish_stands_there_with_what_it_means_and_how_much_it_is_wished(screen):
    screen.go(WISHES)

    for wish in PlanWish:
        box = screen.find(QComboBox, f"wish_{wish.value}")
        assert Importance(box.currentData()) is wish.usual
        assert box.accessibleName() == wish.label
        assert box.accessibleDescription() == wish.told
        assert [box.itemText(n) for n in range(box.count())] == [one.label for one in Importance]


def test_that_a_wish_is_set_by_key_and_taken_back(screen, database):
    screen.go(WISHES)
    centre = screen.desk.centre.id
    box = screen.find(QComboBox, "wish_fair")
    box.setFocus()

    QTest.keyClick(box, Qt.Key.Key_End)
    screen.settle()

    assert plan_wishes.wishes(database, centre)[PlanWish.FAIR] is Importance.VERY
    assert history.labels(database)[0] == "Change the wish Fair load"
    usual = screen.find(QPushButton, "wishes_as_usual")
    assert usual.isEnabled()
    usual.click()
    screen.settle()
    assert plan_wishes.wishes(database, centre) == as_usual()
    assert not usual.isEnabled()
