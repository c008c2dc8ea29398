"""What got no place, and what can be pressed to give it one."""

from datetime import datetime
from uuid import uuid4

from PySide6.QtWidgets import QAbstractButton

from painprogram.domain.plans import Easing, EasingKind, PlanStanding, Unplaced, WayOut
from painprogram.gui.planning.unplaced_box import UnplacedBox

NOW = PlanStanding(datetime(2027, 1, 12, 13), 60)
UNLOCK = WayOut("Unlock <b>Exercise</b> 2", (Easing(EasingKind.UNLOCK, uuid4()),))
FREE = WayOut("Exercise 3 moves", (Easing(EasingKind.FREE, uuid4()),))
FACTS = WayOut("Anna Berg is not absent", (Easing(EasingKind.TIME, uuid4()),), facts=True)


def left(number: int, *ways: WayOut) -> Unplaced:
    key = uuid4()
    return Unplaced(key, key, key, "H26 A", f"Exercise {number}", NOW, ("Anna is taken",), ways)


def texts(box: UnplacedBox, name: str) -> list[str]:
    return [one.text() for one in box.findChildren(QAbstractButton, name)]


def seen(box: UnplacedBox) -> list[QAbstractButton]:
    found = box.findChildren(QAbstractButton, "look_at_unplaced")
    return [one for one in found if one.isVisible()]


def test_that_each_way_out_is_a_button_with_what_it_does(qtbot) -> None:
    box = UnplacedBox()
    qtbot.addWidget(box)
    chosen: list[WayOut] = []
    pressed: list[str] = []
    looked: list[Unplaced] = []
    box.way_chosen.connect(chosen.append)
    box.facts_asked.connect(lambda: pressed.append("facts"))
    box.again_asked.connect(lambda: pressed.append("again"))
    box.session_asked.connect(looked.append)
    one = left(1, UNLOCK, FREE, FACTS)

    box.show_unplaced([one])

    assert texts(box, "way_out") == ["Unlock and plan again", "Plan again with this"]
    for name in ("way_out", "change_facts", "plan_again", "look_at_unplaced"):
        for button in box.findChildren(QAbstractButton, name):
            assert button.accessibleDescription()
            button.click()
    assert chosen == [UNLOCK, FREE]
    assert pressed == ["facts", "again"]
    assert looked == [one]


def test_that_many_without_a_place_are_told_when_asked_for(qtbot) -> None:
    box = UnplacedBox()
    qtbot.addWidget(box)
    box.show_unplaced([left(number) for number in range(5)])
    more = box.findChild(QAbstractButton, "all_unplaced")
    assert more is not None
    assert more.text() == "3 more"
    assert len(texts(box, "look_at_unplaced")) == 2

    more.click()

    qtbot.waitUntil(lambda: len(seen(box)) == 5)
    assert more.text() == "Fewer"
    box.show_unplaced([])
    assert box.isHidden()
