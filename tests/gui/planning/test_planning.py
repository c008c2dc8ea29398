"""A plan in the window: asked for, looked at over the week, applied or not."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QWidget

from painprogram.domain.availability import AbsenceKind, Span
from painprogram.domain.plans import PlanScope
from painprogram.domain.rules import Rule
from painprogram.gui.proposed import Stage
from painprogram.gui.sessions import cards
from painprogram.gui.widgets.segmented import Segmented
from painprogram.usecases import availability, history, plan_locks, sessions, staff
from tests import make


def double_booked(database, centre, group, at=0):
    """Two that follow each other at once, in one room: one of them must move."""
    first, second = sessions.sessions(database, group.id)[at : at + 2]
    with make.unwatched(database, centre, Rule.ROOM, Rule.PATIENT, Rule.STAFF, Rule.EQUIPMENT):
        sessions.move(database, second.id, first.start, room_id=first.room_id)
    return first, second


def started(database, group):
    return {one.id: one.start for one in sessions.sessions(database, group.id)}


def test_that_a_plan_is_asked_for_with_groups_scope_and_time(show, group):
    table = show()

    table.planning.ask()
    table.settle()

    assert table.went == [True]
    form = table.form
    assert form.groups.chosen == (group.id,)
    assert form.scope is PlanScope.ALL
    form.part = form.findChild(QCheckBox, "plan_alternatives")
    assert not form.part.isChecked()
    form.groups.selectAll()
    assert form.groups.chosen == ()
    form.button.click()
    assert form.wrong.text() == "Say which groups are to be planned."


def test_that_the_wishes_are_a_step_away(show, group):
    table = show()
    asked: list[str] = []
    table.desk.settings_asked.connect(asked.append)

    table.planning.ask()
    table.settle()
    table.form.wishes.click()

    assert asked == ["wishes"]


def test_that_a_proposal_is_shown_and_applied_in_one_step(show, centre, group, database):
    double_booked(database, centre, group)
    there = started(database, group)
    table = show()

    table.propose(group.id, scope=PlanScope.REPAIR)

    panel = table.panel
    proposal = table.planning.proposal
    change = proposal.changes[0]
    assert started(database, group) == there
    assert panel.changes.current == change
    assert table.part("proposal_banner", QWidget).isVisible()
    card = table.card(change.session_id)
    assert card.number == 1
    assert card.fixed
    assert "Change 1" in card.accessible_text
    assert [ghost.number for ghost in table.page.grid.ghosts] == [1]
    switch = table.part("plan_stages", Segmented)
    switch.button(Stage.AFTER).click()
    assert table.page.grid.ghosts == ()
    switch.button(Stage.NOW).click()
    assert table.card(change.session_id).start_minute == (
        change.before.start.hour * 60 + change.before.start.minute
    )

    table.press("apply_plan")
    table.settle()

    assert table.panels == []
    assert started(database, group)[change.session_id] == change.after.start
    assert not any(ghost.number for ghost in table.page.grid.ghosts)
    assert history.undo(database) == "Apply a plan"
    assert started(database, group) == there


def test_that_a_plan_of_facts_that_have_changed_is_refused_and_made_again(
    show, centre, group, database
):
    double_booked(database, centre, group)
    table = show()
    table.propose(group.id, scope=PlanScope.REPAIR)
    sessions.cancel(database, sessions.sessions(database, group.id)[2].id)
    table.settle()

    table.press("apply_plan")
    table.settle()

    assert "Make the plan again" in table.part("plan_wrong", QLabel).text()
    table.press("reckon_anew")
    table.settle()
    table.press("apply_plan")
    table.settle()
    assert table.panels == []
    assert history.labels(database)[0] == "Apply a plan"


def test_that_what_is_kept_as_it_was_is_locked_and_planned_around(show, centre, group, database):
    first, second = double_booked(database, centre, group)
    table = show()
    table.propose(group.id, scope=PlanScope.REPAIR)
    kept = table.panel.changes.current.session_id

    table.pick("keep")

    assert plan_locks.locks(database, [group.id]).keys() == {kept}
    (other,) = {first.id, second.id} - {kept}
    moved = {change.session_id for change in table.planning.proposal.changes}
    assert kept not in moved
    assert other in moved
    table.press("discard_plan")
    table.settle()
    assert table.panels == []
    assert table.card(kept).locked


def test_that_changes_are_walked_by_key_from_the_week_to_the_list_and_back(
    show, centre, group, database
):
    double_booked(database, centre, group)
    double_booked(database, centre, group, 2)
    table = show()
    table.propose(group.id, scope=PlanScope.REPAIR)
    changes = table.panel.changes
    numbers = [one.number for one in table.planning.proposal.changes]
    assert len(numbers) > 1

    QTest.keyClick(table.page, Qt.Key.Key_F6)
    table.settle()
    assert changes.current.number == numbers[1]
    assert cards.occasion_of(table.page.grid.current) == changes.current.session_id
    QTest.keyClick(table.page, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    table.settle()
    assert changes.current.number == numbers[0]

    shown = next(card for card in table.page.grid.cards if card.number)
    table.page.grid.select(())
    table.page.grid.select((shown.key,))
    assert changes.current.number == shown.number
    assert changes.item(0).text().startswith("Change 1: ")


def test_that_what_got_no_place_says_why_and_is_planned_again_when_that_is_changed(
    show, group, database
):
    (alone,) = (one for one in staff.staff(database) if one.name == "Maria Åberg")
    year = Span(datetime(2027, 1, 1), datetime(2027, 12, 31))
    leave = availability.add_absence(database, alone.id, year, AbsenceKind.LEAVE)
    table = show()
    asked: list[str] = []
    table.desk.settings_asked.connect(asked.append)
    table.propose(group.id, scope=PlanScope.REPAIR, weeks=4)
    (left,) = table.planning.proposal.unplaced
    told = [label.text() for label in table.panel.unplaced.findChildren(QLabel)]
    assert "1 session got no place" in told
    assert any("Maria Åberg" in text for text in told)
    assert f"Smallest change: {left.ways[0].text}" in told

    table.panel.unplaced.findChildren(QAbstractButton, "change_facts")[0].click()
    assert asked == ["staff"]
    availability.remove_absence(database, leave.id)
    table.panel.unplaced.findChildren(QAbstractButton, "plan_again")[0].click()
    table.settle()

    proposal = table.planning.proposal
    assert proposal is None or proposal.unplaced == ()
    assert not any(one.unplaced.isVisible() for one in table.panels)


def test_that_a_search_is_stopped_and_its_best_is_shown(show, centre, group, database):
    double_booked(database, centre, group)
    table = show()
    table.planning.ask()
    table.settle()
    table.form.button.click()

    table.bot.waitUntil(lambda: table.page.findChild(QWidget, "plan_running") is not None)
    table.press("stop_plan")
    table.settle()

    assert table.panels or table.messages == ["Stopped before a plan was found."]
    assert table.page.findChild(QWidget, "plan_running") is None


def test_that_sessions_are_locked_and_unlocked_by_a_key(show, group, database):
    one = sessions.sessions(database, group.id)[0]
    table = show()
    table.page.show_session(one)
    table.settle()

    QTest.keyClick(table.page.grid, Qt.Key.Key_L)
    table.settle()

    assert table.card(one.id).locked
    assert table.card(one.id).draggable
    assert "Locked for the automatic plan: time, room and leaders." in (
        table.card(one.id).accessible_text
    )
    QTest.keyClick(table.page.grid, Qt.Key.Key_L)
    table.settle()
    assert not table.card(one.id).locked
    assert history.labels(database)[0] == "Unlock 1 session"
