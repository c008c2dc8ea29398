"""The small widgets that every screen is made of."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from painprogram.gui import theme
from painprogram.gui.widgets.banner import Banner
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.preview import Preview
from painprogram.gui.widgets.searchfield import SearchField
from painprogram.gui.widgets.segmented import Segment, Segmented
from painprogram.gui.widgets.slot_legend import SlotLegend

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def shown(qtbot) -> Callable[[QWidget], QWidget]:
    def show(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    return show


# Chip, line, banner, empty state.


@pytest.mark.parametrize("tone", ["neutral", "accent", "ok", "warn", "block"])
def test_that_a_chip_says_its_text_to_all(shown, tone) -> None:
    chip = shown(Chip("1 added", tone, "plus"))
    narrow = chip.sizeHint().width()
    chip.grab()
    chip.show_text("1 added, 2 swapped", "warn")

    assert chip.accessibleName() == chip.text == "1 added, 2 swapped"
    assert chip.tone == "warn"
    assert chip.sizeHint().width() > narrow


def test_that_a_long_line_is_shortened_and_whole_to_a_screen_reader(shown) -> None:
    line = shown(Elided("A name that is far too long for where it stands", "strong"))
    line.resize(80, 20)
    line.grab()

    assert line.shown.endswith("…")
    assert line.accessibleName() == line.text
    line.resize(900, 20)
    assert line.shown == line.text


def test_that_a_banner_is_hidden_until_it_has_something_to_say(qtbot) -> None:
    banner = Banner("warn")
    qtbot.addWidget(banner)
    banner.say("")
    assert not banner.isVisible()

    pressed: list[int] = []
    button = banner.add_button("Publish", lambda: pressed.append(1), primary=True)
    banner.say("4 changes since <version> 6", "Draft")
    banner.grab()
    qtbot.mouseClick(button, LEFT)

    assert banner.isVisible()
    assert banner.accessibleName() == "Draft · 4 changes since <version> 6"
    assert pressed == [1]


def test_that_an_empty_state_says_what_to_do_and_does_it(shown, qtbot) -> None:
    empty = shown(Empty("people", "No patients yet. Receive the first referral."))
    pressed: list[int] = []
    button = empty.add_button("New patient", lambda: pressed.append(1), icon="plus")
    empty.grab()
    qtbot.mouseClick(button, LEFT)

    assert pressed == [1]
    assert empty.accessibleName() == "No patients yet. Receive the first referral."


def test_that_the_legend_names_its_three_grounds(shown) -> None:
    legend = shown(SlotLegend())
    legend.set_title("Moving Relaxation 3")
    for width in (240, 1100):
        legend.resize(width, 32)
        legend.grab()

    assert legend.accessibleName() == "Moving Relaxation 3 · Free · To be acknowledged · Blocked"


# Search.


def test_that_a_search_is_emptied_by_its_button_and_by_escape(shown, qtbot) -> None:
    field = shown(SearchField("Name or number"))
    clear = next(b for b in field.findChildren(QToolButton) if b.accessibleName() == "Clear")
    assert not clear.isVisible()

    qtbot.keyClicks(field, "Berg")
    assert clear.isVisible()
    qtbot.mouseClick(clear, LEFT)
    assert field.text() == ""

    qtbot.keyClicks(field, "Berg")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert field.accessibleName() == field.placeholderText() == "Name or number"


# One of a few.

VIEWS = [Segment("week", "Week", "calendar"), Segment("term", "Term"), Segment("list", "List")]


def test_that_the_first_is_chosen_until_another_is_clicked(shown, qtbot) -> None:
    bar = shown(Segmented("View", VIEWS))
    assert bar.current == "week"
    with qtbot.waitSignal(bar.chosen) as signal:
        qtbot.mouseClick(bar.button("list"), LEFT)
    bar.grab()

    assert signal.args == ["list"]
    assert bar.current == "list"


def test_that_arrows_choose_and_stop_at_the_ends(shown, qtbot) -> None:
    bar = shown(Segmented("View", VIEWS))
    seen: list[object] = []
    bar.chosen.connect(seen.append)
    bar.button("week").setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(QApplication.focusWidget(), key)

    assert seen == ["term", "list", "term"]
    assert QApplication.focusWidget() is bar.button("term")


def test_that_the_program_can_choose_and_change_the_choices_without_a_word(shown) -> None:
    bar = shown(Segmented("View", VIEWS))
    seen: list[object] = []
    bar.chosen.connect(seen.append)
    bar.choose("list")
    bar.show_segments(VIEWS[1:])
    assert bar.current == "list"
    bar.show_segments(VIEWS[:2])

    assert bar.current == "week"
    assert seen == []


# Pages to be printed.


@pytest.fixture
def asked() -> list[int]:
    """The pages that had to be drawn."""
    return []


@pytest.fixture
def preview(shown, asked: list[int]) -> Preview:
    def render(page: int, dpi: float) -> QImage:
        asked.append(page)
        image = QImage(round(595 * dpi / 72), round(842 * dpi / 72), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        return image

    made = Preview()
    made.resize(700, 600)
    made.show_pages([QSizeF(595, 842)] * 5, render)
    shown(made)
    return made


def test_that_only_pages_in_view_are_drawn(preview: Preview, asked: list[int]) -> None:
    preview.grab()

    assert set(asked) == {0}
    assert preview.pages.accessibleName() == "Page 1 of 5"


def test_that_keys_turn_the_pages(preview: Preview, qtbot) -> None:
    seen: list[object] = []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_Home):
        qtbot.keyClick(preview.pages, key)
        seen.append(preview.pages.page)

    assert seen == [1, 4, 3, 0]


def test_that_a_page_fits_the_width_until_it_is_zoomed(preview: Preview, qtbot) -> None:
    fitting = preview.pages.zoom
    preview.resize(900, 600)
    assert preview.pages.zoom > fitting

    preview.pages.set_zoom(1)
    preview.resize(700, 600)
    assert preview.pages.zoom == 1
    qtbot.keyClick(preview.pages, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert preview.pages.zoom == 1.25
    qtbot.keyClick(preview.pages, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert preview.pages.zoom == pytest.approx(fitting, abs=0.02)


def test_that_ctrl_and_the_wheel_zooms_the_pages(preview: Preview) -> None:
    preview.pages.set_zoom(1)
    event = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(preview.pages.viewport(), event)

    assert preview.pages.zoom == 0.75


def test_that_no_pages_are_no_trouble(shown) -> None:
    empty = shown(Preview())
    empty.show_pages([], lambda _page, _dpi: QImage())
    empty.grab()

    assert empty.pages.accessibleName() == "No pages"


# All of them.


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("points", [9, 14, 20])
def test_that_every_piece_takes_any_size_of_text(
    qapp, qtbot, scheme: theme.Scheme, points: int
) -> None:
    before = qapp.font()
    font = qapp.font()
    font.setPointSizeF(points)
    qapp.setFont(font)
    theme.apply(qapp, scheme)
    pieces = [
        Chip("1 added", "ok", "plus"),
        Elided("A line"),
        SearchField("Name"),
        Segmented("View", VIEWS),
        SlotLegend(),
    ]
    for piece in pieces:
        qtbot.addWidget(piece)
        piece.resize(piece.sizeHint())
        piece.grab()
        assert piece.sizeHint().height() >= points * 1.3
    qapp.setFont(before)


def test_that_every_control_has_a_name(preview: Preview) -> None:
    for button in preview.findChildren(QToolButton):
        assert button.accessibleName()
        assert button.toolTip()
