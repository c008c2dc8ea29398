"""An open group: when one can come into it, and the lap of each who is in it."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from painprogram import i18n
from painprogram.domain.groups import Group
from painprogram.domain.laps import Entry
from painprogram.domain.patients import Enrolment
from painprogram.gui.desk import Desk
from painprogram.gui.entries import entry_told
from painprogram.gui.programmes.day_field import day_field, day_of, show_day
from painprogram.gui.programmes.seats_list import PeopleList, Told
from painprogram.gui.reasons import Reasoned
from painprogram.gui.tokens import GAP, SCREEN_EDGE
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, ngettext
from painprogram.usecases import laps, rounds
from painprogram.usecases.laps import OwnLap
from painprogram.usecases.rounds import Round

_MOST = 5
"""Ways in that are told of."""


class LapsTab(QWidget):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._group: Group | None = None
        self._laps: dict[UUID, OwnLap] = {}
        self.entries = Label("", "body", "text2", wrap=True)
        self.entries.setObjectName("entry_points")
        self.people = PeopleList("group_laps", _("Laps"))
        self.people.person_asked.connect(desk.patient_asked)
        self.people.currentRowChanged.connect(self._enable)
        self.change = QPushButton(_("Change lap …"))
        self.change.setObjectName("change_lap")
        self.change.clicked.connect(self.ask_lap)
        self.renew = QPushButton(_("Let the laps follow the dates"))
        self.renew.setObjectName("renew_laps")
        self.renew.clicked.connect(self._renew)
        self.round = QPushButton(_("Next round …"))
        self.round.setObjectName("next_round")
        self.round.clicked.connect(self.ask_round)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.round, self.change, self.renew):
            button.setAccessibleName(button.text())
            buttons.addWidget(button)
        buttons.addStretch(1)
        top = QVBoxLayout()
        top.setContentsMargins(SCREEN_EDGE, 12, SCREEN_EDGE, 8)
        top.setSpacing(8)
        top.addWidget(self.entries)
        top.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.people, 1)
        self._enable()

    def show_group(self, group: Group) -> None:
        """Each reading is logged: only asked for while the tab is looked at."""
        if self._group is None or self._group.id != group.id:
            self.people.show_people(())
            self._laps = {}
        self._group = group
        work, today = self._desk.work, self._desk.today()
        work.run(self, partial(self._show_entries, group), laps.entry_points, group.id, today)
        work.run(self, partial(self._show_laps, group), laps.laps, group.id)

    def _show_entries(self, group: Group, found: tuple[Entry, ...]) -> None:
        if group is not self._group:
            return
        ways_in = [one for one in found if one.free and not one.early][:_MOST]
        lines = [_("Ways in"), *map(entry_told, ways_in)]
        nothing = _("No day ahead has a free seat for a whole lap.")
        self.entries.setText("\n".join(lines) if ways_in else nothing)

    def _show_laps(self, group: Group, found: tuple[OwnLap, ...]) -> None:
        if group is not self._group:
            return
        self._laps = {one.enrolment_id: one for one in found}
        self.people.show_people(_told(one, self._desk.today()) for one in found)
        self._enable()

    def _enable(self) -> None:
        self.change.setEnabled(self.people.chosen is not None)
        self.renew.setVisible(any(one.outdated and one.planned for one in self._laps.values()))

    def ask_lap(self) -> None:
        chosen = self._laps.get(self.people.chosen) if self.people.chosen else None
        if chosen is not None:
            form = LapForm(self._desk, chosen, self)
            form.accepted.connect(self._again)
            form.open()

    def ask_round(self) -> None:
        if self._group:
            form = RoundForm(self._desk, self._group, self)
            form.accepted.connect(self._again)
            form.open()

    def _renew(self) -> None:
        if self._group:
            self._desk.work.run(self, self._renewed, laps.renew, self._group.id)

    def _renewed(self, _changed: int) -> None:
        self._again()

    def _again(self) -> None:
        if self._group:
            self.show_group(self._group)


class LapForm(Form):
    def __init__(self, desk: Desk, lap: OwnLap, parent: QWidget) -> None:
        title = _("The lap of {name}").format(name=lap.name)
        super().__init__(parent, title, _("Change lap"), self._save)
        self.setObjectName("lap_form")
        self._desk, self._lap = desk, lap
        self.first = day_field()
        show_day(self.first, lap.first)
        self.whole = QCheckBox(_("Until every part has been met"))
        self.whole.setObjectName("whole_lap")
        self.last = day_field()
        show_day(self.last, lap.last or lap.planned or lap.first + timedelta(weeks=8))
        self.add(_("Comes in on"), self.first, "lap_first")
        self.fields.addRow("", self.whole)
        self.add(_("Last day"), self.last, "lap_last")
        self.whole.toggled.connect(self.last.setDisabled)
        self.whole.setChecked(lap.last is None or not lap.outdated)
        self.first.setFocus()

    def _save(self) -> None:
        last = None if self.whole.isChecked() else day_of(self.last)
        task = self._desk.work.run(
            self, self._done, laps.set_lap, self._lap.enrolment_id, day_of(self.first), last
        )
        task.or_else(self.fail)

    def _done(self, _place: Enrolment) -> None:
        self.accept()


class RoundForm(Form):
    """The dates of the next round are shown before it is planned."""

    def __init__(self, desk: Desk, group: Group, parent: QWidget) -> None:
        title = _("Next round of {name}").format(name=group.name)
        super().__init__(parent, title, _("Plan the round"), self._save)
        self.setObjectName("round_form")
        self._desk, self._group = desk, group
        self.told = Label("", "body", wrap=True)
        self.told.setObjectName("round_told")
        self.notes = Label("", "small", "text2", wrap=True)
        self.notes.setObjectName("round_notes")
        self.fields.addRow(self.told)
        self.fields.addRow(self.notes)
        self.button.setEnabled(False)
        desk.work.run(self, self._show, rounds.preview, group.id).or_else(self.fail)

    def _show(self, found: Round) -> None:
        many = len(found.timetable.sessions)
        words = ngettext(
            "{number} session from {first} to {last}, as in the last round.",
            "{number} sessions from {first} to {last}, as in the last round.",
            many,
        )
        self.told.setText(
            words.format(
                number=many, first=i18n.day_short(found.first), last=i18n.day_short(found.last)
            )
        )
        self.notes.setText("\n".join(map(str, found.timetable.notes)))
        self.notes.setVisible(bool(found.timetable.notes))
        self.button.setEnabled(True)
        self.adjustSize()

    def _save(self) -> None:
        self._adding = Reasoned(self._desk.work, self, self._done, self.fail, self._left)
        self._adding.run(rounds.add, self._group.id, today=self._desk.today())

    def _left(self) -> None:
        self.button.setEnabled(True)

    def _done(self, _group: Group) -> None:
        self.accept()


def _told(one: OwnLap, today: date) -> Told:
    first = i18n.day_short(one.first)
    if one.last is None:
        text = _("{name}: from {first}, until every part has dates").format(
            name=one.name, first=first
        )
    else:
        text = _("{name}: {first} – {last}").format(
            name=one.name, first=first, last=i18n.day_short(one.last)
        )
    sign, colour = "person", "text2"
    if one.last is not None and one.last < today:
        text = _("{lap}. The lap is over: confirm how it ended.").format(lap=text)
        sign, colour = "check", "ok"
    elif one.outdated and one.planned is not None:
        text = _("{lap}. By the dates there are now it would end on {day}.").format(
            lap=text, day=i18n.day_short(one.planned)
        )
        sign, colour = "warning", "warn"
    return Told(one.enrolment_id, one.patient_id, text, sign, colour)
