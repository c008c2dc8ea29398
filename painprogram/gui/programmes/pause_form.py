"""Pause a group: from when, why, and which of the patients' own visits are cancelled with it."""

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from painprogram import i18n
from painprogram.domain.groups import Group
from painprogram.gui.desk import Desk
from painprogram.gui.programmes.day_field import day_field, day_of, show_day
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, ngettext
from painprogram.usecases import pauses
from painprogram.usecases.pauses import PatientsVisit, Touched

PAUSE = 120
"""Milliseconds after the last edit before it is looked up again what is touched."""
_VISIT = Qt.ItemDataRole.UserRole
_MOST = 6  # visits seen at once


class PauseForm(Form):
    def __init__(self, desk: Desk, group: Group, parent: QWidget) -> None:
        title = _("Pause {name}").format(name=group.name)
        super().__init__(parent, title, _("Pause group"), self._save)
        self._desk, self._group = desk, group
        self._asked = 0
        self.setObjectName("pause_group")
        self.day = day_field()
        show_day(self.day, desk.today())
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self.reason.setPlaceholderText(_("Stands beside the name of the group"))
        self.touches = Label("", "body", "text2", wrap=True)
        self.touches.setObjectName("pause_touches")
        self.visits = QListWidget()
        self.visits.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.add(_("From"), self.day, "pause_day")
        self.add(_("Reason"), self.reason, "pause_reason")
        self.fields.addRow(self.touches)
        self.ask = Label(
            _("These individual visits lie in the pause. Tick those that are cancelled:"),
            wrap=True,
        )
        self.fields.addRow(self.ask)
        self.visits.setObjectName("pause_visits")
        self.visits.setAccessibleName(_("Individual visits that are cancelled"))
        self.fields.addRow(self.visits)
        for widget in (self.ask, self.visits):
            widget.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._look)
        self.day.dateChanged.connect(self._pause.start)
        self.reason.setFocus()
        self._look()

    @property
    def settled(self) -> bool:
        return not self._pause.isActive() and not self._desk.work.busy

    def _look(self) -> None:
        self._asked += 1
        first = day_of(self.day)
        done = partial(self._tell, self._asked, first)
        task = self._desk.work.run(self, done, pauses.touched, self._group.id, first)
        task.or_else(self.fail)

    def _tell(self, asked: int, first: date, touched: Touched) -> None:
        if asked != self._asked:
            return
        self.touches.setText(_told(touched, first))
        self._show_visits(touched.visits)
        self.button.setEnabled(bool(touched.sessions))

    def _show_visits(self, visits: tuple[PatientsVisit, ...]) -> None:
        ticked = set(self._chosen())
        self.visits.clear()
        for one in visits:
            when = i18n.day_short(one.visit.start.date())
            words = f"{one.name}, {when} {i18n.clock_range(one.visit.start, one.visit.end)}"
            item = QListWidgetItem(words, self.visits)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = one.visit.id in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            item.setData(_VISIT, one.visit.id)
            item.setToolTip(words)
        rows = max(1, min(_MOST, len(visits)))
        self.visits.setFixedHeight(rows * max(20, self.visits.sizeHintForRow(0)) + 8)
        for widget in (self.ask, self.visits):
            widget.setVisible(bool(visits))
        self.adjustSize()

    def _chosen(self) -> tuple[UUID, ...]:
        items = [self.visits.item(row) for row in range(self.visits.count())]
        return tuple(
            item.data(_VISIT) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    def _save(self) -> None:
        self._desk.work.run(
            self,
            self._done,
            pauses.pause,
            self._group.id,
            day_of(self.day),
            self.reason.text(),
            self._chosen(),
        ).or_else(self.fail)

    def _done(self, _group: Group) -> None:
        self.accept()


def _told(touched: Touched, first: date) -> str:
    many = len(touched.sessions)
    if not many:
        return _("The group has no session from then on.")
    sessions = ngettext(
        "{number} session from {day} on is cancelled, and gets a new date when the group resumes.",
        "{number} sessions from {day} on are cancelled, and get new dates when the group resumes.",
        many,
    )
    parts = [sessions.format(number=many, day=i18n.date_long(first))]
    if touched.participants:
        people = ngettext(
            "{number} participant keeps their place and own schedule.",
            "{number} participants keep their places and own schedules.",
            touched.participants,
        )
        parts.append(people.format(number=touched.participants))
    if touched.guests:
        guests = ngettext(
            "{number} patient of another group was to come to one of them.",
            "{number} patients of other groups were to come to some of them.",
            touched.guests,
        )
        parts.append(guests.format(number=touched.guests))
    return " ".join(parts)
