"""Calendar files, and lists for other programs: where to, then written aside."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from painprogram.gui.desk import Desk
from painprogram.i18n import _, ngettext
from painprogram.usecases import calendars, exports, files


def export_calendar(desk: Desk, kind: str, key: UUID, parent: QWidget) -> None:
    """Ask where the calendar of a ``group``, ``patient``, ``staff`` or ``room`` goes; write it."""
    desk.work.run(parent, partial(_ask, desk, kind, key, parent), calendars.title, kind, key)


def _ask(desk: Desk, kind: str, key: UUID, parent: QWidget, title: str) -> None:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    suggested = Path(folder) / files.name_for(title, "ics")
    dialog = QFileDialog(
        parent, _("Save calendar file"), str(suggested), _("Calendar files (*.ics)")
    )
    dialog.setObjectName("calendar-file")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("ics")
    dialog.fileSelected.connect(partial(_write, desk, kind, key, parent))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def export_list(desk: Desk, kind: str, parent: QWidget) -> None:
    """Ask where the list of ``patients`` or ``staff`` of the centre goes; write it."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    suggested = Path(folder) / exports.suggested(kind, desk.today())
    title = _("Save list of patients") if kind == "patients" else _("Save list of colleagues")
    dialog = QFileDialog(
        parent, title, str(suggested), _("Excel files (*.xlsx);;Text files (*.csv)")
    )
    dialog.setObjectName("list-file")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("xlsx")
    dialog.fileSelected.connect(partial(_write_list, desk, kind, parent))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _write_list(desk: Desk, kind: str, parent: QWidget, file: str) -> None:
    usecase = exports.patients if kind == "patients" else exports.colleagues
    desk.work.run(parent, partial(_told, desk), usecase, Path(file), desk.centre.id)


def _told(desk: Desk, done: exports.Exported) -> None:
    words = _("Saved as {file}.").format(file=done.path.name)
    if done.left_out:
        protected = ngettext(
            "{number} patient with protected identity is left out.",
            "{number} patients with protected identity are left out.",
            done.left_out,
        )
        words = f"{words} {protected.format(number=done.left_out)}"
    desk.message.emit(words)


def _write(desk: Desk, kind: str, key: UUID, parent: QWidget, file: str) -> None:
    stamp = datetime.now(UTC)
    desk.work.run(parent, partial(_said, desk), calendars.save, Path(file), kind, key, stamp)


def _said(desk: Desk, path: Path) -> None:
    desk.message.emit(_("Saved as {file}.").format(file=path.name))
