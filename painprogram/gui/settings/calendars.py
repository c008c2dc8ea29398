"""What calendars outside show: of patients, in a folder, on servers."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit

from painprogram.domain.people import Centre
from painprogram.gui.desk import Desk
from painprogram.gui.settings.calendar_folder import FolderBlock
from painprogram.gui.settings.calendar_servers import ServersBlock
from painprogram.gui.settings.saver import Saver
from painprogram.gui.settings.section import Section
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.field import Field
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, ngettext
from painprogram.usecases import centres

_USUAL = (None, 30, 60, 120, 24 * 60)
_HOUR, _DAY = 60, 24 * 60


class CalendarsSection(Section):
    def __init__(self, desk: Desk) -> None:
        text = _("What telephones and other programs show of the schedule.")
        super().__init__(desk, "calendars", _("Calendars"), text)
        self._centre: Centre | None = None
        self._saver: Saver[Centre] = Saver(desk.work, centres.update, self)
        self._saver.saved.connect(self._saved)
        self._saver.refused.connect(self._refused)
        self.column.addSpacing(SPACE[2])
        self.column.addWidget(Label(_("Patients' calendars"), "title", wrap=True))
        self._title = QLineEdit()
        self._title.setPlaceholderText(_("The programme's public name"))
        self._title.editingFinished.connect(self._title_left)
        self._alarm = QComboBox()
        self._alarm.activated.connect(self._alarm_left)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE[4])
        hint = _("Others see the telephone, too: nothing that tells what the patient has.")
        self._title_field = Field(
            _("What a session is called"), self._title, "calendar_title", hint
        )
        self._alarm_field = Field(_("Reminder"), self._alarm, "calendar_alarm")
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._title_field, 0, 0, top)
        grid.addWidget(self._alarm_field, 0, 1, top)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self._folder = FolderBlock(desk)
        self._servers = ServersBlock(desk)
        for block in (self._folder, self._servers):
            self.column.addSpacing(SPACE[4])
            self.column.addWidget(block)
        self.column.addStretch(1)

    # Reading.

    def reload(self) -> None:
        self.desk.work.run(self, self._show, centres.centre, self.desk.centre.id)
        self._folder.reload()
        self._servers.reload()

    def _show(self, centre: Centre) -> None:
        if self._saver.busy:
            return  # what is being saved comes back by itself
        other = self._centre is not None and self._centre.id != centre.id
        self._centre = centre
        self._saver.know([centre])
        written = self._title.hasFocus() and self._title.isModified()
        if other or not (written or self._title_field.is_wrong):
            if self._title.text() != centre.calendar_title:
                self._title.setText(centre.calendar_title)
            self._title.setModified(False)
            self._title_field.clear()
        self._show_alarm(centre.calendar_alarm)

    def _show_alarm(self, minutes: int | None) -> None:
        offered = _USUAL if minutes in _USUAL else (*_USUAL, minutes)
        if self._alarm.count() != len(offered):
            self._alarm.clear()
            for each in offered:
                self._alarm.addItem(_before(each), each)
        self._alarm.setCurrentIndex(offered.index(minutes))

    # Saving.

    def _title_left(self) -> None:
        title = self._title.text().strip()
        if self._centre is not None and title != self._centre.calendar_title:
            self._saver.change(
                self._centre.id, lambda centre: replace(centre, calendar_title=title), "title"
            )

    def _alarm_left(self) -> None:
        minutes = self._alarm.currentData()
        if self._centre is not None and minutes != self._centre.calendar_alarm:
            self._saver.change(
                self._centre.id, lambda centre: replace(centre, calendar_alarm=minutes), "alarm"
            )

    def _saved(self, centre: Centre) -> None:
        if centre.id == self.desk.centre.id:
            self._centre = centre
            self._title.setModified(False)
            self.desk.show_centre(centre)

    def _refused(self, sentence: str, part: str) -> None:
        field = self._title_field if part == "title" else self._alarm_field
        field.say(sentence)


def _before(minutes: int | None) -> str:
    if minutes is None:
        return _("No reminder")
    if minutes % _DAY == 0 and minutes:
        days = minutes // _DAY
        return ngettext("{number} day before", "{number} days before", days).format(number=days)
    if minutes % _HOUR == 0 and minutes:
        hours = minutes // _HOUR
        return ngettext("{number} hour before", "{number} hours before", hours).format(number=hours)
    told = ngettext("{number} minute before", "{number} minutes before", minutes)
    return told.format(number=minutes)
