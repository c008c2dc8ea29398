from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from painprogram.domain.attendance import AttendanceState
from painprogram.domain.progress import Progress
from painprogram.gui.desk import Paper
from painprogram.usecases import (
    attendance,
    enrolments,
    patients,
    prints,
    publications,
    schedules,
    session_events,
    sessions,
)
from tests import make
from tests.gui.reception.conftest import Screen

RIGHT, DOWN, RETURN, ESCAPE = (
    Qt.Key.Key_Right,
    Qt.Key.Key_Down,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
)


def test_that_the_day_opens_at_what_goes_on_now(screen: Screen) -> None:
    start = screen.session.start
    schedules.add_visit(
        screen.database, screen.places[0].id, start - timedelta(hours=3), 30, title="Samtal"
    )
    screen.open()

    rows = screen.page.side.day.rows
    assert [(row.title, row.mark) for row in rows[:2]] == [
        ("Individual visit", "0 of 1"),
        ("Relaxation 1", "0 of 3"),
    ]
    assert screen.page.side.day.current_key == screen.session.id
    assert screen.states == {"Bo": "", "Gunhild": "", "Maria": ""}
    assert screen.has_keyboard(screen.page.side.day)


def test_that_somebody_is_ticked_by_one_key(screen: Screen) -> None:
    screen.open()
    screen.walk_to(1)

    screen.press("c")
    screen.settle()

    assert screen.states == {"Bo": "", "Gunhild": "Came", "Maria": ""}
    assert screen.kept["Gunhild"] == ["present"]
    assert screen.page.roster.head.counts.text == "1 of 3 have come · 2 left to note"
    assert next(row.mark for row in screen.page.side.day.rows if row.lead) == "1 of 3"


def test_that_each_state_has_its_key(screen: Screen) -> None:
    screen.open()
    screen.walk_to(0)

    for key in ("c", "t", "e", "a", "n"):
        screen.press(key)
        screen.settle()

    assert screen.kept["Bo"] == ["no_show", "absent", "excused", "partly", "present"]


def test_that_how_late_somebody_is_is_read_off_the_clock(screen: Screen) -> None:
    screen.open()
    screen.walk_to(0)

    screen.press("l")
    screen.settle()

    assert screen.states["Bo"] == "Late 9 minutes"


def test_that_minutes_are_asked_for_when_the_clock_does_not_know(screen: Screen) -> None:
    screen.now += timedelta(hours=3)
    screen.open()
    screen.walk_to(0)

    screen.press("l")
    form = screen.form
    assert screen.words("who") == "Bo Öberg"
    screen.press("12", RETURN)
    screen.bot.waitUntil(lambda: not isValid(form) or not form.isVisible())
    screen.settle()

    assert screen.states["Bo"] == "Late 12 minutes"


def test_that_space_ticks_and_takes_back(screen: Screen) -> None:
    screen.open()
    screen.walk_to(0)

    screen.press(" ")
    screen.settle()
    assert screen.states["Bo"] == "Came"
    screen.press(" ")
    screen.settle()

    assert screen.states["Bo"] == ""
    assert screen.kept["Bo"] == ["withdrawn", "present"]


def test_that_a_correction_shows_what_stood_before(screen: Screen) -> None:
    screen.open()
    screen.walk_to(0)
    screen.press("n")
    screen.settle()
    screen.press("c")
    screen.settle()

    row = screen.page.roster.list.rows[0]
    assert "No-show → Came, corrected" in row.detail
    screen.press(Qt.Key.Key_F2)
    history = screen.words("history")
    assert [line.split(" · ")[-1] for line in history.splitlines()] == ["Came", "No-show"]


def test_that_keys_faster_than_the_disk_are_not_lost(screen: Screen) -> None:
    screen.open()
    screen.walk_to(0)

    screen.press("n", "c")
    screen.settle()
    screen.settle()

    assert screen.states["Bo"] == "Came"
    assert screen.messages == []


def test_that_somebody_elses_mark_is_not_written_over_unseen(screen: Screen) -> None:
    screen.open()
    screen.walk_to(0)
    assert screen.page.roster.current is not None
    key = screen.page.roster.current.patient_id
    screen.page.hide()
    attendance.note(
        screen.database, screen.session.id, key, AttendanceState.EXCUSED, today=screen.today
    )
    screen.page.show()

    screen.page.roster.note_current(AttendanceState.PRESENT)
    screen.settle()

    assert screen.kept["Bo"] == ["excused"]
    assert "meanwhile" in screen.page.roster.foot.wrong.text()
    assert screen.states["Bo"] == "Excused"


def test_that_whoever_stands_here_is_found_by_typing_and_ticked(screen: Screen) -> None:
    screen.open()

    screen.press("gu")
    screen.settle()
    assert screen.page.side.field.text() == "gu"
    assert [row.title for row in screen.page.side.found.rows] == ["Gunhild Öberg"]
    screen.press(RETURN)
    screen.settle()

    assert screen.page.side.field.text() == ""
    assert screen.has_keyboard(screen.page.roster.list)
    assert screen.person.name == "Gunhild Öberg"
    screen.press("c")
    screen.settle()
    assert screen.states["Gunhild"] == "Came"


def test_that_keys_typed_at_once_after_enter_count(screen: Screen) -> None:
    screen.open()

    screen.press("gunh", RETURN, "c")
    screen.settle()
    screen.settle()

    assert screen.states["Gunhild"] == "Came"


def test_that_a_number_is_searched_and_never_shown_whole(screen: Screen) -> None:
    one = patients.patient(screen.database, screen.places[0].patient_id)
    screen.open()

    screen.press(one.identity.number[:8])
    screen.settle()

    rows = screen.page.side.found.rows
    assert one.name in [row.title for row in rows]
    assert all(one.identity.number[8:] not in row.words for row in rows)


def test_that_a_search_in_vain_says_so_and_escape_leaves_it(screen: Screen) -> None:
    screen.open()

    screen.press("qqq", RETURN)
    screen.settle()
    assert screen.page.side.stack.currentWidget() is screen.page.side.nobody
    assert screen.has_keyboard(screen.page.side.field)
    screen.press(ESCAPE)

    assert screen.has_keyboard(screen.page.side.day)
    assert screen.page.side.stack.currentWidget() is screen.page.side.day


def test_that_somebody_with_nothing_that_day_is_shown_with_what_comes_next(
    screen: Screen,
) -> None:
    schedules.opt_out(screen.database, screen.places[2].id, screen.session.id, "Arbetar")
    screen.open()

    screen.walk_up("bo")

    one = screen.person
    assert (one.name, one.here) == ("Bo Öberg", ())
    assert one.next is not None
    assert screen.has_keyboard(screen.page.person.print)


def test_that_a_walk_up_added_after_the_list_was_kept_is_noted(screen: Screen) -> None:
    attendance.note_rest(screen.database, screen.session.id, AttendanceState.PRESENT, screen.today)
    new = make.patient(screen.database, screen.where, "Nya", "Öberg", 7)
    enrolments.enrol(screen.database, new.id, screen.group.id, make.TODAY)
    screen.open()
    screen.walk_up("nya")
    assert "Nya" not in screen.states
    assert screen.person.name == "Nya Öberg"

    screen.press("c")
    screen.settle()
    screen.settle()

    assert screen.states["Nya"] == "Came"


def test_that_the_paper_of_whoever_is_chosen_is_printed_by_one_key(screen: Screen) -> None:
    keys = [place.id for place in screen.places]
    prints.many_sheets(screen.database, Progress(), keys, make.TODAY)
    later = make.of_strand(screen.database, screen.group.id, "relaxation")[3]
    sessions.move(screen.database, later.id, later.start + timedelta(hours=1))
    publications.publish(screen.database, screen.group.id)
    screen.open()
    assert screen.page.side.queue.text().startswith("3 sheets are out of date")
    screen.walk_to(1)

    assert any("→" in text for text in screen.told)
    screen.press("p")
    screen.settle()

    (paper,) = screen.papers
    assert (paper.kind, paper.enrolment_id) == ("sheet", screen.places[1].id)


def test_that_the_paper_is_that_of_the_row_though_the_person_is_not_shown_yet(
    screen: Screen,
) -> None:
    screen.open()
    screen.walk_to(0)

    screen.press(DOWN, "p")
    screen.settle()

    (paper,) = screen.papers
    assert paper.enrolment_id == screen.places[1].id


def test_that_with_nobody_chosen_the_lists_of_the_day_are_printed(screen: Screen) -> None:
    screen.open()
    screen.page.roster.show_occasion(None)

    screen.page.print_shown()

    assert screen.papers == [Paper("attendance", day=screen.today)]


def test_that_a_protected_identity_shows_no_number(screen: Screen) -> None:
    one = patients.patient(screen.database, screen.places[1].patient_id)
    patients.update(screen.database, replace(one, protected=True))
    screen.open()
    screen.press("gu")
    screen.settle()
    assert screen.page.side.found.rows[0].detail == "Protected identity"
    screen.press(RETURN)
    screen.settle()

    assert not any(one.identity.number[:8] in text for text in screen.told)
    assert screen.person.protected


def test_that_days_are_changed_by_keyboard(screen: Screen) -> None:
    screen.open()

    screen.bot.keyClick(screen.focus, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    screen.settle()
    assert screen.page.side.title.text.startswith("Tomorrow")
    screen.bot.keyClick(screen.focus, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    screen.settle()
    screen.bot.keyClick(screen.focus, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    screen.settle()

    assert screen.page.side.title.text.startswith("Yesterday")


def test_that_an_empty_day_leads_to_the_next_with_sessions(screen: Screen) -> None:
    screen.today = screen.session.start.date() - timedelta(days=9)
    screen.open()
    button = screen.button("next_with_sessions")
    assert button.isVisible()

    button.click()
    screen.settle()

    assert screen.page.shown_day == screen.session.start.date()
    assert screen.states == {"Bo": "", "Gunhild": "", "Maria": ""}


def test_that_a_held_session_says_so_and_the_rest_came(screen: Screen) -> None:
    screen.open()
    screen.walk_to(0)
    screen.press("n")
    screen.settle()

    screen.button("rest_came").click()
    screen.settle()
    screen.button("was_held").click()
    screen.settle()

    assert screen.states == {"Bo": "No-show", "Gunhild": "Came", "Maria": "Came"}
    assert screen.page.roster.head.became.text == "Was held"


def test_that_a_session_cancelled_now_is_so_at_short_notice(screen: Screen) -> None:
    screen.open()
    screen.button("was_cancelled").click()
    form = screen.form
    field = form.findChild(QLineEdit, "note")
    assert field is not None
    field.setText("Ledaren är sjuk")
    form.button.click()
    screen.bot.waitUntil(lambda: not isValid(form) or not form.isVisible())
    screen.settle()

    assert screen.page.roster.head.became.text == "Was cancelled at short notice"
    assert screen.page.side.day.rows[0].struck
    assert not screen.button("as_present").isEnabled()


def test_that_what_somebody_else_notes_appears_without_moving_anything(screen: Screen) -> None:
    screen.open()
    screen.walk_to(1)
    chosen = screen.page.roster.list.current_key

    session_events.held(screen.database, screen.session.id, today=screen.today)
    attendance.note(
        screen.database,
        screen.session.id,
        screen.places[2].patient_id,
        AttendanceState.PRESENT,
        today=screen.today,
    )
    screen.settle()

    assert screen.states["Bo"] == "Came"
    assert screen.page.roster.list.current_key == chosen
    assert screen.has_keyboard(screen.page.roster.list)


def test_that_another_centre_shows_its_own_day(screen: Screen) -> None:
    other = make.furnished(screen.database, "Norrby")
    screen.open()
    screen.walk_to(0)

    screen.desk.show_centre(other)
    screen.settle()

    assert screen.page.side.day.rows == []
    assert screen.page.person.person is None


def test_that_every_control_can_be_told_apart_by_name(screen: Screen) -> None:
    screen.open()
    screen.walk_up("gu")

    controls = [
        one
        for one in screen.page.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled()
    ]
    nameless = [
        one
        for one in controls
        if one.objectName() != "qt_scrollarea_viewport"
        and not (one.accessibleName() or getattr(one, "text", str)())
    ]
    assert nameless == []
