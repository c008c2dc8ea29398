"""A new centre in three steps; going back loses nothing."""

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram.gui.start.steps import CentreStep, RoomsStep, StaffStep, Step
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.usecases.founding import NewCentre, faults

ENDING = ".ppdb"


class Founding(QWidget):
    back_asked = Signal()
    founded = Signal(str, object)
    """Where the database is to lie, and the ``NewCentre``."""

    def __init__(self) -> None:
        super().__init__()
        self._url = ""
        self._file: Path | None = None
        self._steps: tuple[Step, ...] = (CentreStep(), StaffStep(), RoomsStep())
        self._count = Label("", "small", "text3")
        self._count.setObjectName("step")
        self._title = Label("", "heading", wrap=True)
        self._text = Label("", "body", "text2", wrap=True)
        self._stack = QStackedWidget()
        for step in self._steps:
            self._stack.addWidget(step)
        self._wrong = Label(colour="block", wrap=True)
        self._wrong.setObjectName("founding_wrong")
        self._wrong.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[4])
        for head in (self._count, self._title, self._text):
            column.addWidget(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self._place_line())
        column.addWidget(self._wrong)
        column.addLayout(self._buttons())

    def _place_line(self) -> QWidget:
        self._place = Elided("", "small", "text2")
        self._place.setObjectName("place")
        change = QPushButton(_("Change place …"))
        change.setObjectName("change_place")
        change.setProperty("small", True)
        change.clicked.connect(self._ask_place)
        self._where = QWidget()
        row = QHBoxLayout(self._where)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._place, 1)
        row.addWidget(change)
        return self._where

    def _buttons(self) -> QHBoxLayout:
        back = QPushButton(_("Back"))
        back.setObjectName("back")
        back.clicked.connect(self._go_back)
        self._next = QPushButton()
        self._next.setObjectName("next")
        self._next.setProperty("primary", True)
        self._next.clicked.connect(self._go_on)
        row = QHBoxLayout()
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(self._next)
        return row

    def begin(self, url: str = "") -> None:
        """With *url* the centre is founded in that database, not in a file of its own."""
        self._url = url
        self.say("")
        self._show(self._stack.currentIndex())

    def say(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    @property
    def new(self) -> NewCentre:
        """What all the steps say."""
        found = NewCentre()
        for step in self._steps:
            found = step.read(found)
        return found

    def _show(self, at: int) -> None:
        step, last = self._steps[at], at == len(self._steps) - 1
        number = _("Step {number} of {many}")
        self._count.setText(number.format(number=at + 1, many=len(self._steps)))
        self._title.setText(step.title)
        self._text.setText(step.text)
        self._next.setText(_("Create the health centre") if last else _("Next"))
        self._stack.setCurrentIndex(at)
        self._where.setVisible(last and not self._url)
        self._show_place()
        step.begin(self.new)

    def _go_back(self) -> None:
        self.say("")
        at = self._stack.currentIndex()
        if at == 0:
            self.back_asked.emit()
        else:
            self._show(at - 1)

    def _go_on(self) -> None:
        self.say("")
        at = self._stack.currentIndex()
        step, new = self._steps[at], self.new
        wrong = [fault for fault in faults(new) if fault.field in step.asks]
        step.say(wrong)
        if wrong:
            return
        if at < len(self._steps) - 1:
            self._show(at + 1)
        elif self._url:
            self.founded.emit(self._url, new)
        elif self._path().exists():
            text = _("There is already a file at {file}. Choose another place, or open that file.")
            self.say(text.format(file=self._path()))
        else:
            self.founded.emit(str(self._path()), new)

    # Where the file lies.

    def _path(self) -> Path:
        if self._file:
            return self._file
        told = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(told) if told and Path(told).is_dir() else Path.home()
        plain = re.sub(r"[^\w\- ]+", "", self.new.name).strip()[:80] or "painprogram"
        return _free(folder, plain)

    def _show_place(self) -> None:
        text = _("The database is kept in {file}").format(file=self._path())
        self._place.set_text(text)

    def _ask_place(self) -> None:
        dialog = QFileDialog(self, _("Where to keep the database"), str(self._path()))
        dialog.setObjectName("place_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setNameFilter(_("Databases (*{ending})").format(ending=ENDING))
        dialog.setDefaultSuffix(ENDING.removeprefix("."))
        dialog.selectFile(str(self._path()))
        dialog.fileSelected.connect(self._place_chosen)
        dialog.open()

    def _place_chosen(self, path: str) -> None:
        self._file = Path(path)
        self.say("")
        self._show_place()


def _free(folder: Path, name: str) -> Path:
    """A file that is not there yet."""
    numbers = ("", *(f" {number}" for number in range(2, 1000)))
    places = (folder / f"{name}{number}{ENDING}" for number in numbers)
    return next((place for place in places if not place.exists()), folder / f"{name}{ENDING}")
