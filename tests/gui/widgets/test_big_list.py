from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from painprogram.gui import theme
from painprogram.gui.widgets.big_list import BigEntry, BigList
from painprogram.gui.widgets.tiles import Tiles


def rows(*titles: str) -> list[BigEntry]:
    return [BigEntry(title, title, f"{title}. Nothing noted", detail="H26 A") for title in titles]


def shown(bot: QtBot, qapp, *titles: str) -> BigList:
    theme.apply(qapp, "light")
    made = BigList("Expected")
    bot.addWidget(made)
    made.show_rows(rows(*titles))
    made.resize(400, 300)
    made.show()
    return made


def test_that_the_chosen_row_stays_chosen_when_the_rows_change(qtbot: QtBot, qapp) -> None:
    made = shown(qtbot, qapp, "Bo", "Eva")
    walked: list[object] = []
    made.walked.connect(walked.append)
    made.choose("Eva")

    made.show_rows(rows("Anna", "Bo", "Eva"))

    assert made.current_key == "Eva"
    assert walked == []  # the program chose, not the user


def test_that_arrows_walk_and_enter_asks(qtbot: QtBot, qapp) -> None:
    made = shown(qtbot, qapp, "Bo", "Eva")
    asked: list[object] = []
    made.asked.connect(asked.append)
    made.choose("Bo")

    with qtbot.waitSignal(made.walked) as walked:
        qtbot.keyClick(made, Qt.Key.Key_Down)
    qtbot.keyClick(made, Qt.Key.Key_Return)

    assert (walked.args, asked) == (["Eva"], ["Eva"])


def test_that_letters_are_left_to_whoever_the_list_stands_in(qtbot: QtBot, qapp) -> None:
    typed: list[str] = []

    class Screen(QWidget):
        def keyPressEvent(self, event) -> None:  # noqa: N802 -- Qt
            typed.append(event.text())

    theme.apply(qapp, "light")
    screen = Screen()
    qtbot.addWidget(screen)
    made = BigList("Expected")
    QVBoxLayout(screen).addWidget(made)
    made.show_rows(rows("Bo", "Eva"))
    screen.show()
    made.choose("Bo")

    qtbot.keyClicks(made, "e")

    assert (typed, made.current_key) == (["e"], "Bo")


def test_that_a_row_is_read_out_whole(qtbot: QtBot, qapp) -> None:
    made = shown(qtbot, qapp, "Bo")

    assert made.item(0).text() == "Bo. Nothing noted"


def test_that_every_part_of_a_row_is_painted_in_whatever_width(qtbot: QtBot, qapp) -> None:
    made = shown(qtbot, qapp, "Bo")
    made.show_rows(
        [
            BigEntry(
                "x",
                "Anna-Karin Elisabeth von Sydow af Rosenborg",
                "x",
                detail="Came 10.04",
                lead="13.00",
                tick=("check", "ok"),
                sign="relaxation",
                signs=(("shield", "Protected identity"), ("ear", "Hearing loop")),
                mark="Late 12 minutes",
                bar=(3, 12),
                struck=True,
            )
        ]
    )
    for width in (90, 160, 900):
        made.resize(width, 120)
        assert not made.grab().isNull()


def test_that_tiles_stand_in_as_many_columns_as_have_room(qtbot: QtBot, qapp) -> None:
    theme.apply(qapp, "light")
    screen = QWidget()
    qtbot.addWidget(screen)
    tiles = Tiles(6, screen)
    for name in ("Came", "Late", "Partly", "Excused", "Absent with notice", "No-show"):
        tiles.addWidget(QPushButton(name))
    widest = tiles.minimumSize().width()

    assert [tiles.columns(round(widest * n + 8 * (n - 1))) for n in (1, 2, 3, 4, 5, 6, 9)] == [
        *(1, 2, 3, 3, 3, 6, 6)
    ]
    screen.resize(widest * 2 + 30, tiles.heightForWidth(widest * 2 + 30))
    screen.show()
    assert {child.width() for child in screen.findChildren(QPushButton)} <= {
        widest + 10,
        widest + 11,
    }


def test_that_hidden_tiles_take_no_room(qtbot: QtBot, qapp) -> None:
    theme.apply(qapp, "light")
    screen = QWidget()
    qtbot.addWidget(screen)
    tiles = Tiles(2, screen)
    parts = [QLineEdit(), QLineEdit(), QLineEdit()]
    for part in parts:
        tiles.addWidget(part)
    screen.show()
    tall = tiles.heightForWidth(1000)

    parts[2].hide()

    assert tiles.heightForWidth(1000) < tall
