"""A paper as it will be printed; in which language; printed or saved from here."""

from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QSizeF, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.domain.patients import LANGUAGES
from painprogram.domain.publications import State
from painprogram.gui import icons
from painprogram.gui.desk import Desk, Paper
from painprogram.gui.papers import printing
from painprogram.gui.tokens import GAP, SCREEN_EDGE, SPACE
from painprogram.gui.widgets.banner import Banner
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.preview import Preview
from painprogram.gui.work import Task
from painprogram.i18n import _, ngettext
from painprogram.usecases import files, prints, publications

_PATIENCE = 400  # ms before the progress is worth showing
_MM_IN_INCH = 25.4
_POINTS_IN_MM = 72 / _MM_IN_INCH


class PaperDialog(QDialog):
    """Shown with ``open()``. What leaves it is recorded, and is just what was recorded."""

    def __init__(self, desk: Desk, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._paper = paper
        self._rendered: prints.Rendered | None = None
        self._shown_language = 0
        self._task: Task | None = None
        self._serial = 0
        self._loading = False
        self._printer: QPrinter | None = None
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("paper")
        self.setWindowTitle(_("Preview"))
        self.preview = Preview()
        self.preview.pages.setObjectName("pages")
        self.language = QComboBox()
        self.draft = Banner("warn", "pen")
        self.draft.setObjectName("draft")
        self._said = Label(colour="block", wrap=True)
        self._said.setObjectName("said")
        self._bar = QProgressBar()
        self._stop = QPushButton(_("Cancel"))
        self._print = QPushButton(icons.icon("printer", "on_accent"), _("Print…"))
        self._save = QPushButton(icons.icon("save"), _("Save as PDF…"))
        self._close = QPushButton(_("Close"))
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._show_progress)
        self._name_parts()
        self._lay_out()
        self._fill_languages()
        self.language.currentIndexChanged.connect(self._load)
        self._print.clicked.connect(self._choose_printer)
        self._save.clicked.connect(self._choose_file)
        self._close.clicked.connect(self.reject)
        self._stop.clicked.connect(self._cancel)
        desk.work.progressed.connect(self._tell_progress)
        self._load()
        if not paper.places:
            desk.work.run(self, self._show_draft, publications.state, paper.group_id)

    def _name_parts(self) -> None:
        self._bar.setObjectName("progress")
        self._bar.setAccessibleName(_("Progress"))
        self._bar.setRange(0, 100)
        for button, name in (
            (self._stop, "stop"),
            (self._print, "print"),
            (self._save, "save"),
            (self._close, "close"),
        ):
            button.setObjectName(name)
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
        self._print.setProperty("primary", True)
        self._print.setShortcut("Ctrl+P")
        self._save.setShortcut("Ctrl+S")

    def _lay_out(self) -> None:
        caption = QLabel(_("Language"))
        caption.setBuddy(self.language)
        self.preview.bar.addWidget(caption)
        self.preview.bar.addWidget(self.language)
        foot = QHBoxLayout()
        foot.setContentsMargins(SCREEN_EDGE, SPACE[3], SCREEN_EDGE, SPACE[3])
        foot.setSpacing(GAP)
        foot.addWidget(self._said, 1)
        foot.addWidget(self._bar, 1)
        foot.addWidget(self._stop)
        foot.addStretch(0)
        for button in (self._close, self._save, self._print):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.draft)
        column.addWidget(self.preview, 1)
        column.addLayout(foot)
        self._rest()
        order = (self.preview.pages, self._said, self._stop, self._close, self._save, self._print)
        QWidget.setTabOrder(self.language, self.preview.pages)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        room = QGuiApplication.primaryScreen().availableSize()
        wide, high = (1060, 800) if self._paper.kind == prints.POSTER else (820, 900)
        self.resize(min(wide, room.width() - 60), min(high, room.height() - 80))

    def _fill_languages(self) -> None:
        """The patient's own first; a poster has the program's."""
        self.language.setObjectName("language")
        self.language.setAccessibleName(_("Language"))
        if self._paper.kind == prints.SHEET:
            own = _("The patient's own") if self._paper.enrolment_id else _("Each patient's own")
            self.language.addItem(own, None)
        for key in i18n.LANGUAGES:
            self.language.addItem(_(LANGUAGES[key]), key)
        if self._paper.kind == prints.POSTER:
            self.language.setCurrentIndex(self.language.findData(i18n.language()))

    def _show_draft(self, found: State) -> None:
        """Whoever looks for what was just changed is told why it is not there."""
        if found.number is None:
            self.draft.say(_("the paper shows what is planned so far"), _("Not published yet"))
        elif found.changes:
            words = _("the paper shows version {number}; the draft has {changes}")
            many = ngettext("{number} change", "{number} changes", found.changes)
            self.draft.say(
                words.format(number=found.number, changes=many.format(number=found.changes)),
                _("As published"),
            )

    # The pages

    def _load(self) -> None:
        paper, chosen = self._paper, self.language.currentData()
        self._begin()
        self._loading = True
        self._task = self._desk.work.run_long(
            self,
            partial(self._loaded, self._serial),
            prints.render,
            paper.kind,
            paper.group_id,
            paper.enrolment_id,
            self._desk.today(),
            chosen,
            record=False,
            places=paper.places,
        ).or_else(partial(self._failed, self._serial))

    def _loaded(self, serial: int, rendered: prints.Rendered) -> None:
        if serial == self._serial:
            self._shown_language = self.language.currentIndex()
            self._rest()
            self._show(rendered)

    def _show(self, rendered: prints.Rendered) -> None:
        first = self._rendered is None
        self._rendered = rendered
        self.setWindowTitle(rendered.name)
        sizes = [QSizeF(wide, high) * _POINTS_IN_MM for wide, high in rendered.sizes]
        self.preview.show_pages(sizes, self._picture)
        self._enable()
        if first:
            self.preview.setFocus()

    def _picture(self, page: int, dpi: float) -> QImage:
        if self._rendered is None:
            return QImage()
        shown = prints.page(self._rendered.pdf, page, dpi)
        rgb = QImage.Format.Format_RGB32
        image = QImage(shown.bgra, shown.width, shown.height, shown.stride, rgb)
        # Just as large as its place: scaled by a dot, it would lose a row somewhere in the text.
        wide, high = (round(side * dpi / _MM_IN_INCH) for side in self._rendered.sizes[page])
        return image.copy(0, 0, wide, high)

    # Printing

    def _choose_printer(self) -> None:
        if self._rendered is None:
            return
        self._printer = printing.printer_for(self._rendered.name, self._rendered.sizes)
        dialog = QPrintDialog(self._printer, self)
        dialog.setObjectName("printer")
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
        dialog.setMinMax(1, len(self._rendered.sizes))
        dialog.finished.connect(self._printer_chosen)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # QPrintDialog's own wants a receiver

    def _printer_chosen(self, result: int) -> None:
        printer, self._printer = self._printer, None
        if printer is not None and result == QDialog.DialogCode.Accepted:
            self._send(printer)

    def _send(self, printer: QPrinter) -> None:
        self._begin()
        self._task = self._desk.work.run_long(
            self,
            partial(self._sent, self._serial),
            printing.send,
            printer,
            self._paper,
            self._desk.today(),
            self.language.currentData(),
        ).or_else(partial(self._failed, self._serial))

    def _sent(self, serial: int, rendered: prints.Rendered) -> None:
        self._desk.message.emit(_("{name} is printed.").format(name=rendered.name))
        if serial == self._serial:
            self._rest(_("Sent to the printer."))
            self._show(rendered)

    # Saving

    def _choose_file(self) -> None:
        if self._rendered is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        suggested = Path(folder) / files.name_for(self._rendered.name, "pdf")
        dialog = QFileDialog(self, _("Save as PDF"), str(suggested), _("PDF files (*.pdf)"))
        dialog.setObjectName("file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self._write)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write(self, file: str) -> None:
        paper, path = self._paper, Path(file)
        self._begin()
        self._task = self._desk.work.run_long(
            self,
            partial(self._written, self._serial, path),
            prints.save,
            path,
            paper.kind,
            paper.group_id,
            paper.enrolment_id,
            self._desk.today(),
            self.language.currentData(),
            places=paper.places,
        ).or_else(partial(self._failed, self._serial))

    def _written(self, serial: int, path: Path, rendered: prints.Rendered) -> None:
        self._desk.message.emit(_("Saved as {file}.").format(file=path.name))
        if serial == self._serial:
            self._rest(_("Saved as {file}.").format(file=path.name))
            self._show(rendered)

    # What goes on

    @property
    def busy(self) -> bool:
        return self._task is not None

    def _begin(self) -> None:
        if self._task is not None and self._loading:
            self._task.cancel()
        self._serial += 1
        self._said.hide()
        self._bar.setValue(0)
        self._patience.start()
        for button in (self._print, self._save):
            button.setEnabled(False)

    def _rest(self, said: str = "", colour: str = "ok") -> None:
        """Nothing is under way; *said* stays until something is."""
        self._task = None
        self._loading = False
        self._patience.stop()
        self._bar.hide()
        self._stop.hide()
        self._said.set_colour(colour)
        self._said.setText(said)
        self._said.setVisible(True)
        self._enable()

    def _enable(self) -> None:
        for button in (self._print, self._save):
            button.setEnabled(self._rendered is not None)

    def _failed(self, serial: int, sentence: str) -> None:
        if serial == self._serial:
            self._give_up(sentence, "block")

    def _give_up(self, said: str, colour: str) -> None:
        """What is shown stays, and so does its language."""
        if self._rendered is not None:
            self.language.blockSignals(True)
            self.language.setCurrentIndex(self._shown_language)
            self.language.blockSignals(False)
        self._rest(said, colour)

    def _show_progress(self) -> None:
        if self._task is not None:
            self._said.hide()
            self._bar.show()
            self._stop.show()

    def _tell_progress(self, done: float, _words: str) -> None:
        if self._task is not None:
            self._bar.setValue(round(done * 100))

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._serial += 1
            self._give_up(_("Cancelled."), "text2")

    def done(self, result: int) -> None:
        """What is being shown is given up; what is being printed or saved goes on to its end."""
        if self._task is not None and self._loading:
            self._task.cancel()
        super().done(result)
