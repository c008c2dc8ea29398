"""Calendar files: where to, then written aside."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from painprogram.gui.desk import Desk
from painprogram.i18n import _
from painprogram.usecases import calendars, files


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


def _write(desk: Desk, kind: str, key: UUID, parent: QWidget, file: str) -> None:
    stamp = datetime.now(UTC)
    desk.work.run(parent, partial(_said, desk), calendars.save, Path(file), kind, key, stamp)


def _said(desk: Desk, path: Path) -> None:
    desk.message.emit(_("Saved as {file}.").format(file=path.name))
