"""The calendar files that make a colleague busy: what was read, what was skipped, in words."""

from datetime import UTC
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from painprogram import i18n
from painprogram.gui import icons
from painprogram.gui.desk import Desk
from painprogram.gui.settings.listing import Listing
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, ngettext
from painprogram.usecases import busy
from painprogram.usecases.busy import BusyPreview, BusySource, Refreshed


class BusyCalendars(QWidget):
    refused = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._staff: UUID | None = None
        self.list = Listing(
            _("Busy calendars"), (_("File or folder"), _("Busy times"), _("Last read"))
        )
        self.list.setObjectName("busy_sources")
        self.list.delete_asked.connect(self._forget)
        self.list.itemSelectionChanged.connect(self._chosen)
        self.said = Label("", "body", "text2", wrap=True)
        self.said.setObjectName("busy_said")
        self.said.hide()
        self._empty = Label(_("No calendar is read for this colleague."), "body", "text3")
        file = self._button("busy_file", "calendar-file", _("Read a file…"), self._ask_file)
        folder = self._button("busy_folder", "folder", _("Read a folder…"), self._ask_folder)
        self._refresh = self._button("busy_refresh", "refresh", _("Read again"), self._read_again)
        self._remove = self._button("busy_forget", "trash", _("Remove"), self._forget)
        row = QHBoxLayout()
        row.setSpacing(SPACE[2])
        for button in (file, folder, self._refresh, self._remove):
            row.addWidget(button)
        row.addStretch(1)
        hint = _(
            "An exported calendar (.ics) from Outlook, Google or Nextcloud. Only the times are "
            "kept, never what they are about."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE[3], 0, 0)
        column.setSpacing(SPACE[2])
        column.addWidget(Label(hint, "small", "text3", wrap=True))
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        column.addStretch(0)

    def _button(self, name: str, icon: str, text: str, pressed: object) -> QPushButton:
        button = QPushButton(icons.icon(icon), text)
        button.setObjectName(name)
        button.setProperty("small", True)
        button.clicked.connect(pressed)
        return button

    def show_staff(self, staff_id: UUID, found: tuple[BusySource, ...]) -> None:
        if staff_id != self._staff:
            self.said.hide()
        self._staff = staff_id
        self.list.show_lines(
            [(str(one.place), _many(one), _when(one)) for one in found], [one.id for one in found]
        )
        self.list.setVisible(bool(found))
        self._empty.setVisible(not found)
        self._refresh.setVisible(bool(found))
        self._remove.setVisible(bool(found))
        self._chosen()

    def _chosen(self) -> None:
        self._remove.setEnabled(self.list.current_key is not None)

    # Choosing

    def _ask_file(self) -> None:
        dialog = self._dialog(_("Calendar of busy times"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Calendar files (*.ics)"))
        dialog.open()

    def _ask_folder(self) -> None:
        dialog = self._dialog(_("Folder with calendars of busy times"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, title, folder)
        dialog.setObjectName("busy_place")
        dialog.fileSelected.connect(self.read)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    # Reading

    def read(self, place: str) -> None:
        """Read what is at *place* for the colleague who is shown."""
        if self._staff is None or not place:
            return
        self._say(_("Reading the calendar …"))
        today = self._desk.today()
        task = self._desk.work.run(self, self._read, busy.read, self._staff, Path(place), today)
        task.or_else(self._fail)

    def _read(self, found: BusyPreview) -> None:
        told = [found.told, *(skipped.told for skipped in found.skipped)]
        if found.unchanged:
            told.insert(0, _("Nothing has changed since it was last read."))
        self._say(" ".join(told))

    def _read_again(self) -> None:
        if self._staff is not None:
            self._say(_("Reading the calendar …"))
            task = self._desk.work.run(
                self, self._refreshed, busy.refresh, self._desk.today(), staff_id=self._staff
            )
            task.or_else(self._fail)

    def _refreshed(self, found: tuple[Refreshed, ...]) -> None:
        self._say("\n".join(f"{one.source.place.name}: {one.told}" for one in found))

    def _forget(self) -> None:
        key = self.list.current_key
        if isinstance(key, UUID):
            self.said.hide()
            self._desk.work.run(self, self._gone, busy.forget, key).or_else(self._fail)

    def _gone(self, _nothing: None) -> None:
        """The page is told of the change, and reads again."""

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.show()

    def _fail(self, sentence: str) -> None:
        self.said.hide()
        self.refused.emit(sentence)


def _many(one: BusySource) -> str:
    told = ngettext("{number} time", "{number} times", one.spans).format(number=one.spans)
    if one.skipped:
        told += ", " + _("{number} skipped").format(number=one.skipped)
    return told


def _when(one: BusySource) -> str:
    at = one.read_at.replace(tzinfo=UTC).astimezone()
    return f"{i18n.day_short(at.date())} {i18n.clock(at)}"
