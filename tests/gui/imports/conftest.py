"""A desk with a centre, one patient and one colleague, and a folder for lists."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from painprogram.domain.people import Centre, Profession
from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.imports.dialog import ImportDialog
from painprogram.gui.work import Work
from painprogram.settings import Settings
from painprogram.usecases import Database, staff
from tests import make


@dataclass
class Office:
    qtbot: QtBot
    database: Database
    desk: Desk
    window: QWidget
    where: Centre
    folder: Path
    said: list[str] = field(default_factory=list)

    def dialog(self, kind: str = "patients") -> ImportDialog:
        opened = ImportDialog(self.desk, kind, self.window)
        opened.open()
        return opened

    def file(self, *lines: str, name: str = "lista.csv") -> str:
        path = self.folder / name
        path.write_text("\r\n".join(lines), "utf-8")
        return str(path)

    def settled(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.work.busy, timeout=20_000)


@pytest.fixture
def office(qtbot: QtBot, qapp, database: Database, tmp_path: Path) -> Iterator[Office]:
    theme.apply(qapp, "light")
    where = make.centre(database)
    staff.add(database, where.id, "Anna Berg", Profession.NURSE)
    make.patient(database, where, "Anna", "Öberg", 0)
    work = Work(database)
    desk = Desk(work, Settings(tmp_path / "settings.json"), where, lambda: make.TODAY)
    window = QWidget()
    window.resize(1300, 900)
    qtbot.addWidget(window)
    window.show()
    made = Office(qtbot, database, desk, window, where, tmp_path)
    desk.message.connect(made.said.append)
    work.refused.connect(made.said.append)
    work.crashed.connect(lambda error: pytest.fail(repr(error)))
    yield made
    work.close()
