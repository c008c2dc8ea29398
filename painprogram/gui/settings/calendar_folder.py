"""The folder of calendar files that other programs subscribe to: where, and what was written."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from painprogram.gui import icons
from painprogram.gui.desk import Desk
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.field import Field
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.settings import Settings
from painprogram.usecases import calendar_targets, subscriptions
from painprogram.usecases.calendar_targets import Target
from painprogram.usecases.subscriptions import FolderFile, Refreshed

FOLDER, PATIENTS = "calendar folder", "calendar folder patients"
"""Choices of this machine."""


def folder(settings: Settings) -> Path | None:
    named = settings.text(FOLDER)
    return Path(named) if named else None


def with_patients(settings: Settings) -> bool:
    return settings.text(PATIENTS, "yes") == "yes"


class Following(QObject):
    """Brings calendars outside up to date: for whoever has just published something."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def refresh(self) -> None:
        """The folder, if one is chosen, and the servers whose passwords are remembered."""
        desk, stamp = self._desk, datetime.now(UTC)
        if where := folder(desk.settings):
            desk.work.run_long(
                self,
                self._refreshed,
                subscriptions.refresh_folder,
                where,
                stamp,
                centre_id=desk.centre.id,
                patients=with_patients(desk.settings),
            )
        desk.work.run_long(
            self, self._sent, calendar_targets.push_remembered, stamp, centre_id=desk.centre.id
        )

    def _refreshed(self, told: Refreshed) -> None:
        if told.written or told.ended or told.removed:
            self._desk.message.emit(_("Calendar folder: {told}").format(told=told.told))

    def _sent(self, said: tuple[tuple[Target, str], ...]) -> None:
        for target, told in said:
            self._desk.message.emit(f"{target.of_name}: {told}")


class FolderBlock(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._files: tuple[FolderFile, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[3])
        column.addWidget(Label(_("A folder to subscribe to"), "title", wrap=True))
        text = _(
            "One file for each group, colleague, room and patient, kept up to date each time "
            "something is published. Their names tell nothing."
        )
        column.addWidget(Label(text, "body", "text2", wrap=True))
        column.addLayout(self._place())
        self._patients = QCheckBox(_("Patients' calendars, too, in a folder only you can read"))
        self._patients.setObjectName("calendar_folder_patients")
        self._patients.clicked.connect(self._patients_chosen)
        column.addWidget(self._patients)
        column.addLayout(self._running())
        column.addLayout(self._whose())

    def _place(self) -> QHBoxLayout:
        self._path = QLineEdit()
        self._path.setPlaceholderText(_("No folder chosen"))
        self._path.editingFinished.connect(self._path_left)
        self._field = Field(_("Folder on this computer"), self._path, "calendar_folder")
        choose = QPushButton(icons.icon("folder"), _("Choose…"))
        choose.setObjectName("calendar_folder_choose")
        choose.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.addWidget(self._field, 1)
        side = QVBoxLayout()
        side.addStretch(1)
        side.addWidget(choose)
        row.addLayout(side)
        return row

    def _running(self) -> QHBoxLayout:
        self._refresh = QPushButton(icons.icon("refresh"), _("Refresh now"))
        self._refresh.setObjectName("calendar_folder_refresh")
        self._refresh.clicked.connect(self.refresh)
        self._told = Label("", "body", "text2", wrap=True)
        self._told.setObjectName("calendar_folder_told")
        row = QHBoxLayout()
        row.setSpacing(SPACE[3])
        row.addWidget(self._refresh)
        row.addWidget(self._told, 1)
        return row

    def _whose(self) -> QHBoxLayout:
        self._who = QComboBox()
        self._who.setObjectName("calendar_file")
        self._who.setAccessibleName(_("Whose file"))
        self._who.setMinimumContentsLength(18)
        self._who.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._copy = QPushButton(icons.icon("copy"), _("Copy path"))
        self._copy.setObjectName("calendar_file_copy")
        self._copy.clicked.connect(self._copied)
        row = QHBoxLayout()
        row.setSpacing(SPACE[3])
        self._caption = Label(_("Whose file"), "body", "text2")
        row.addWidget(self._caption)
        row.addWidget(self._who, 1)
        row.addWidget(self._copy)
        row.addStretch(1)
        return row

    # Reading.

    def reload(self) -> None:
        where = folder(self._desk.settings)
        if not self._path.hasFocus():
            self._path.setText(str(where or ""))
        self._patients.setChecked(with_patients(self._desk.settings))
        self._refresh.setEnabled(where is not None)
        if where is None:
            self._show_files(())
        else:
            self._desk.work.run(
                self, self._show_files, subscriptions.listing, where, self._desk.centre.id
            )

    def _show_files(self, files: tuple[FolderFile, ...]) -> None:
        for widget in (self._caption, self._who, self._copy):
            widget.setVisible(bool(files))
        if files == self._files:
            return
        chosen = self._who.currentData()
        self._files = files
        self._who.clear()
        for file in files:
            self._who.addItem(file.name, str(file.path))
        self._who.setCurrentIndex(max(0, self._who.findData(chosen)))

    # Choosing.

    def _ask(self) -> None:
        dialog = QFileDialog(self, _("Folder for calendars"), self._path.text())
        dialog.setObjectName("calendar-folder")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self._path.setText(path)
        self._keep()

    def _path_left(self) -> None:
        self._keep()

    def _keep(self) -> None:
        path = self._path.text().strip()
        if path == self._desk.settings.text(FOLDER):
            return
        self._field.clear()
        if path and not Path(path).is_absolute():
            self._field.say(_("Write the folder's whole path, or choose it."))
            return
        self._desk.settings.put(FOLDER, path or None)
        self._say("")
        self.reload()
        if path:
            self.refresh()

    def _patients_chosen(self) -> None:
        self._desk.settings.put(PATIENTS, "yes" if self._patients.isChecked() else "no")
        if folder(self._desk.settings):
            self.refresh()

    def _copied(self) -> None:
        QGuiApplication.clipboard().setText(self._who.currentData() or "")
        self._desk.message.emit(_("Copied."))

    # Refreshing.

    def refresh(self) -> None:
        where = folder(self._desk.settings)
        if where is None:
            return
        self._refresh.setEnabled(False)
        self._say(_("Under way …"))
        task = self._desk.work.run_long(
            self,
            self._refreshed,
            subscriptions.refresh_folder,
            where,
            datetime.now(UTC),
            centre_id=self._desk.centre.id,
            patients=with_patients(self._desk.settings),
        )
        task.or_else(self._refused)

    def _refreshed(self, told: Refreshed) -> None:
        self._say(told.told)
        self.reload()

    def _refused(self, sentence: str) -> None:
        self._refresh.setEnabled(True)
        self._say(sentence, "block")

    def _say(self, sentence: str, colour: str = "text2") -> None:
        self._told.set_colour(colour)
        self._told.setText(sentence)
