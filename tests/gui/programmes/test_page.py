from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QWidget,
)

from painprogram.domain.groups import GroupStatus
from painprogram.gui.desk import Paper
from painprogram.gui.programmes.board_tile import TileButton
from painprogram.gui.programmes.group_forms import RenameForm, SizeForm
from painprogram.gui.programmes.group_view import GroupView
from painprogram.gui.programmes.start_dialog import StartDialog
from painprogram.gui.widgets.label import Label
from painprogram.usecases import enrolments, groups, history, patients, sessions
from tests import make

KEY = Qt.ItemDataRole.UserRole


def titles(entries: QListWidget) -> list[str]:
    return [entries.item(row).text() for row in range(entries.count())]


def module_title(screen) -> str:
    label: Label = screen.page.programme_view.inspector.findChild(Label, "module_title")
    return label.text()


# Programmes.


def test_that_the_founding_programme_is_shown_first(screen) -> None:
    page = screen.page

    assert titles(page.library.programmes) == ["Smärthanteringsprogram", "Öppna föreläsningar"] or (
        titles(page.library.programmes) == ["Pain management programme", "Open lectures"]
    )
    assert page.programme_view.isVisible()
    assert page.programme_view.title.text == "Pain management programme"
    assert page.library.no_groups.isVisible()


def test_that_the_board_has_a_tile_for_each_session_and_visit(screen) -> None:
    words = [tile.accessibleName() for tile in screen.page.programme_view.board.tiles()]

    assert len(words) == 8 + 8 + 4 + 2 + 3
    assert "Relaxation 8, week 8, Physiotherapist" in words
    assert "A Pain physiology and medicines, week 2, Physician and pharmacist" in words
    assert "Lecture on sleep, some time in weeks 1–8" in words
    assert "First visit and first measurement, before the start, " in "".join(
        f"{word}, " for word in words
    )


def test_that_a_module_is_chosen_by_a_click_and_by_arrow_keys(screen) -> None:
    tiles = screen.page.programme_view.board.tiles()
    lecture = next(tile for tile in tiles if tile.tile.strand == "lecture_a")

    screen.qtbot.mouseClick(lecture, Qt.MouseButton.LeftButton)
    assert module_title(screen) == "A Pain physiology and medicines"
    screen.qtbot.keyClick(lecture, Qt.Key.Key_Right)
    assert module_title(screen) == "B Activity balance"
    up = next(tile for tile in tiles if tile.tile.strand == "lecture_b")
    assert up.isChecked()
    screen.qtbot.keyClick(up, Qt.Key.Key_Up)
    assert module_title(screen) == "Exercise"
    assert [tile.focusPolicy() for tile in tiles].count(Qt.FocusPolicy.StrongFocus) == 1


def test_that_the_inspector_says_what_a_module_needs(screen) -> None:
    view = screen.page.programme_view
    lecture = next(tile for tile in view.board.tiles() if tile.tile.strand == "lecture_a")

    lecture.click()

    said = {widget.accessibleName() for widget in view.inspector.findChildren(QWidget)}
    assert {
        "With the patients: 90 minutes",
        "Preparation: 15 minutes",
        "Wrap-up: 5 minutes",
        "For staff and room: 110 minutes",
        "Physician",
        "Pharmacist",
        "Participants: 20 at most",
    } <= said
    texts = {label.text() for label in view.inspector.findChildren(Label)}
    assert (
        "Before B, C, D and Closing visit and last measurement.\nIn week 3 at the latest." in texts
    )
    assert "Projector and step-free" in texts


def test_that_a_version_says_which_groups_run_it(screen, database, centre) -> None:
    make.group(database, centre, "H26 A")
    make.group(database, centre, "H26 B")

    screen.reload()

    (entry, _other) = [screen.page.library.programmes.item(row).data(KEY) for row in range(2)]
    assert entry.detail == "Version 1 · 2 groups"


def test_that_the_shown_programme_stays_chosen_when_its_template_becomes_a_version(
    screen, database, centre
) -> None:
    page = screen.page
    page.library.programmes.setCurrentRow(1)
    assert page.programme_view.title.text == "Open lectures"

    make.group(database, centre, "Open lectures", template="oppna-forelasningar")
    screen.reload()

    assert page.programme_view.title.text == "Open lectures"
    assert page.library.programmes.currentRow() == 1


# Groups.


def shown_group(screen, database, centre, **said):
    group = make.group(database, centre, **said)
    screen.reload()
    screen.page.show_group(group.id)
    screen.settle()
    return group


def rows(view: GroupView) -> list[list[str]]:
    model = view.table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_that_a_group_shows_all_its_dates(screen, database, centre) -> None:
    group = shown_group(screen, database, centre)
    view = screen.page.group_view

    assert view.isVisible()
    assert (view.title.text, view.status.text) == ("H26 A", "Open")
    assert "12 Jan – 4 Mar 2027 · weeks 2–9 · 6–12 participants" in view.facts.text
    assert len(rows(view)) == group.sessions
    assert rows(view)[0] == [
        "week 2",
        "Tue 12 Jan",
        "13:00–13:45",
        "Relaxation",
        "1 of 8",
        "Gymmet",
        "Anna Berg",
        "0/12",
        "",
    ]
    assert screen.page.library.groups.currentItem().text() == "H26 A"


def test_that_a_linked_and_a_cancelled_session_say_so(screen, database, centre) -> None:
    make.group(database, centre, "Open lectures", template="oppna-forelasningar")
    group = shown_group(screen, database, centre)
    first = sessions.sessions(database, group.id)[0]

    sessions.cancel(database, first.id)
    screen.reload()

    notes = [row[-1] for row in rows(screen.page.group_view)]
    assert notes[0] == "Cancelled"
    assert notes.count("Linked in from Open lectures") == 2


def test_that_a_group_is_chosen_with_the_keyboard(screen, database, centre) -> None:
    make.group(database, centre, "H26 A")
    make.group(database, centre, "H26 B")
    screen.reload()
    entries = screen.page.library.groups
    entries.setFocus()

    screen.qtbot.keyClick(entries, Qt.Key.Key_Down)
    screen.qtbot.keyClick(entries, Qt.Key.Key_Down)
    screen.settle()

    assert screen.page.group_view.title.text == entries.currentItem().text()
    assert screen.page.library.programmes.selectedItems() == []


def test_that_a_group_is_opened_closed_and_made_a_draft(screen, database, centre) -> None:
    group = shown_group(screen, database, centre, status=GroupStatus.DRAFT)
    view = screen.page.group_view
    button = screen.find(QPushButton, "open_group")

    for status, text in (
        (GroupStatus.OPEN, "Close for enrolment"),
        (GroupStatus.CLOSED, "Open for enrolment"),
    ):
        button.click()
        screen.settle()
        assert groups.group(database, group.id).status is status
        assert button.text() == text
    view.draft.trigger()
    screen.settle()
    assert groups.group(database, group.id).status is GroupStatus.DRAFT
    assert view.status.text == "Draft"


def test_that_f2_renames_and_a_refusal_stands_in_the_form(screen, database, centre) -> None:
    make.group(database, centre, "H26 B")
    group = shown_group(screen, database, centre)
    view = screen.page.group_view

    view.table.setFocus()
    screen.qtbot.keyClick(view.table, Qt.Key.Key_F2)
    form = view.findChild(RenameForm)
    form.name.setText("H26 B")
    form.button.click()
    screen.settle()

    assert form.wrong.text() == "There is already a group called H26 B."
    assert form.isVisible()

    form.name.setText("Torsdagsgruppen å")
    form.button.click()
    screen.settle()
    screen.reload()

    assert groups.group(database, group.id).name == "Torsdagsgruppen å"
    assert view.title.text == "Torsdagsgruppen å"


def test_that_a_group_is_never_made_smaller_than_it_is(screen, database, centre) -> None:
    group = shown_group(screen, database, centre)
    for number in range(2):
        make.placed(database, centre, group.id, number)
    view = screen.page.group_view

    view.size_action.trigger()
    form = view.findChild(SizeForm)
    form.findChild(QSpinBox, "group_minimum").setValue(1)
    form.findChild(QSpinBox, "group_maximum").setValue(1)
    form.button.click()
    screen.settle()

    assert "is full" in form.wrong.text()
    assert groups.group(database, group.id).maximum == 12

    form.maximum.setValue(8)
    form.button.click()
    screen.settle()
    assert groups.group(database, group.id).maximum == 8


def test_that_poster_calendar_and_schedule_are_asked_for(screen, said, database, centre) -> None:
    group = shown_group(screen, database, centre)

    for name in ("print_poster", "calendar_file", "show_on_schedule"):
        screen.find(QPushButton, name).click()

    assert said.papers == [Paper("poster", group.id)]
    assert said.calendars == [("group", group.id)]
    assert said.sessions == [sessions.sessions(database, group.id)[0]]


def test_that_print_shown_prints_the_group_or_says_what_to_choose(
    screen, said, database, centre
) -> None:
    screen.page.print_shown()
    assert (said.papers, len(said.messages)) == ([], 1)

    group = shown_group(screen, database, centre)
    screen.page.print_shown()
    assert said.papers == [Paper("poster", group.id)]


def test_that_participants_are_read_only_when_they_are_looked_at(
    screen, said, database, centre
) -> None:
    group = make.group(database, centre)
    enrolment = make.placed(database, centre, group.id)

    def readings() -> list[str]:
        return [entry.action for entry in patients.readings(database, enrolment.patient_id)]

    screen.reload()
    screen.page.show_group(group.id)
    screen.settle()
    assert "List participants" not in readings()

    view = screen.page.group_view
    view.tabs.setCurrentIndex(1)
    screen.settle()
    screen.reload()
    assert titles(view.people) == ["Maria Öberg"]
    assert readings().count("List participants") == 1

    make.placed(database, centre, group.id, 1, "Åsa")
    screen.reload()
    assert titles(view.people) == ["Maria Öberg", "Åsa Öberg"]

    item = view.people.item(0)
    view.people.itemClicked.emit(item)
    assert said.patients == [enrolment.patient_id]


def test_that_a_session_of_the_list_is_shown_on_the_schedule(
    screen, said, database, centre
) -> None:
    group = shown_group(screen, database, centre)
    table = screen.page.group_view.table
    table.selectRow(3)
    table.setFocus()

    screen.qtbot.keyClick(table, Qt.Key.Key_Return)

    assert said.sessions == [sessions.sessions(database, group.id)[3]]


def test_that_a_reload_keeps_choice_and_place(screen, database, centre) -> None:
    group = shown_group(screen, database, centre)
    table = screen.page.group_view.table
    table.selectRow(15)
    table.setFocus()

    first = sessions.sessions(database, group.id)[0]
    sessions.cancel(database, first.id)
    screen.reload()

    assert table.currentIndex().row() == 15
    assert table.hasFocus()


def test_that_a_group_whose_start_was_undone_gives_way_to_the_programme(
    screen, said, database, centre
) -> None:
    shown_group(screen, database, centre, status=GroupStatus.DRAFT)

    history.undo(database)
    screen.reload()

    assert screen.page.programme_view.isVisible()
    assert said.refusals == []


def test_that_a_patient_who_leaves_frees_a_seat_in_the_list(screen, database, centre) -> None:
    group = shown_group(screen, database, centre)
    enrolment = make.placed(database, centre, group.id)
    screen.reload()
    entry = screen.page.library.groups.item(0).data(KEY)
    assert entry.seats == (1, 12)

    enrolments.leave(database, enrolment.id, make.MONDAY, "moved away")
    screen.reload()

    assert screen.page.library.groups.item(0).data(KEY).seats == (0, 12)


# For everybody.


def test_that_every_control_has_a_name_and_says_what_it_is(screen, database, centre) -> None:
    shown_group(screen, database, centre)
    screen.page.start_group()
    screen.settle()

    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in screen.page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and isinstance(widget, QAbstractButton | QLineEdit | QListWidget | TileButton)
        and not isinstance(widget.parent(), QSpinBox)
        and not (widget.objectName() and widget.accessibleName())
    ]

    assert nameless == []
    screen.page.findChild(StartDialog).reject()


def test_that_a_narrow_screen_has_the_module_under_the_programme(screen) -> None:
    view = screen.page.programme_view
    assert view.inspector.x() > view.board.x()

    screen.page.resize(700, 700)
    screen.qtbot.waitUntil(lambda: view.inspector.y() > view.board.y())

    assert screen.page.width() == 700
    assert view.inspector.x() == 0


def test_that_a_name_with_marks_stays_a_name(screen, database, centre) -> None:
    shown_group(screen, database, centre, name="<b>Fet</b> & å")

    assert screen.page.group_view.title.text == "<b>Fet</b> & å"
    assert screen.page.library.groups.currentItem().text() == "<b>Fet</b> & å"
