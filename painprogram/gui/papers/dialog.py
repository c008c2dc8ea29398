"""A paper as it will be printed; which, for whom, in which language; printed or saved from here."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QSizeF, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.papers import Kind
from painprogram.domain.publications import State
from painprogram.gui import icons
from painprogram.gui.desk import Desk, Paper
from painprogram.gui.papers import printing, told
from painprogram.gui.papers.offers import Chosen, Offer, Whom
from painprogram.gui.papers.side import Side
from painprogram.gui.tokens import GAP, SCREEN_EDGE, SPACE
from painprogram.gui.widgets.banner import Banner
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.preview import Preview
from painprogram.gui.work import Task
from painprogram.i18n import _, ngettext
from painprogram.usecases import approvals, files, papers, prints, publications
from painprogram.usecases.approvals import LanguageStatus
from painprogram.usecases.papers import LastPrint, Made

_PATIENCE = 400  # ms before the progress is worth showing
_PAUSE = 120  # ms in which several choices are one
_MM_IN_INCH = 25.4
_POINTS_IN_MM = 72 / _MM_IN_INCH
_SIZE = 1180, 900
_WITH_VERSIONS = Kind.SHEET, Kind.POSTER


class PaperDialog(QDialog):
    """Shown with ``open()``. What leaves it is remembered, and is just what was remembered."""

    def __init__(self, desk: Desk, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._offer = Offer(paper, desk.centre.id)
        self._made: Made | None = None
        self._task: Task | None = None
        self._serial = 0
        self._loading = False
        self._printer: QPrinter | None = None
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("paper")
        self.setWindowTitle(_("Preview"))
        self.side = Side(self._offer, paper.day or desk.today())
        self._shown = self.side.chosen
        self.preview = Preview()
        self.preview.pages.setObjectName("pages")
        self.draft = Banner("warn", "pen")
        self.draft.setObjectName("draft")
        self.untranslated = Banner("warn", "language")
        self.untranslated.setObjectName("untranslated")
        write = self.untranslated.add_button(_("Translate…"), self._translate)
        write.setObjectName("translate")
        self._said = Label(colour="block", wrap=True)
        self._said.setObjectName("said")
        self._bar = QProgressBar()
        self._stop = QPushButton(_("Cancel"))
        self._print = QPushButton(icons.icon("printer", "on_accent"), _("Print…"))
        self._save = QPushButton(icons.icon("save"), _("Save as PDF…"))
        self._close = QPushButton(_("Close"))
        self._patience = self._timer(_PATIENCE, self._show_progress)
        self._pause = self._timer(_PAUSE, self._load)
        self._name_parts()
        self._lay_out()
        self._add_keys()
        self.side.changed.connect(self._choose_other)
        self._print.clicked.connect(self._choose_printer)
        self._save.clicked.connect(self._choose_file)
        self._close.clicked.connect(self.reject)
        self._stop.clicked.connect(self._cancel)
        desk.work.progressed.connect(self._tell_progress)
        self._load()
        self._ask_about(self._shown)
        desk.work.run(self, self._show_statuses, approvals.statuses, desk.centre.id)

    def _timer(self, pause: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(then)
        return timer

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

    def _add_keys(self) -> None:
        """The pages answer to these wherever the keyboard is."""
        pages = self.preview.pages
        for keys, then in (
            ("Ctrl++", partial(pages.step_zoom, 1)),
            ("Ctrl+-", partial(pages.step_zoom, -1)),
            ("Ctrl+0", pages.fit_width),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(then)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(SCREEN_EDGE, SPACE[3], SCREEN_EDGE, SPACE[3])
        foot.setSpacing(GAP)
        foot.addWidget(self._said, 1)
        foot.addWidget(self._bar, 1)
        foot.addWidget(self._stop)
        foot.addStretch(0)
        for button in (self._close, self._save, self._print):
            foot.addWidget(button)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.side)
        middle.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.draft)
        column.addWidget(self.untranslated)
        column.addLayout(middle, 1)
        column.addLayout(foot)
        self._rest()
        rest = (self.preview.pages, self._said, self._stop, self._close, self._save, self._print)
        for before, after in pairwise((*self.side.controls(), *rest)):
            QWidget.setTabOrder(before, after)
        room = QGuiApplication.primaryScreen().availableSize()
        wide, high = _SIZE
        self.resize(min(wide, room.width() - 60), min(high, room.height() - 80))

    # What is told beside the pages

    def _ask_about(self, chosen: Chosen) -> None:
        """Whether the plan differs from what was published; when such a paper was printed last."""
        paper, work = self._offer.paper, self._desk.work
        self.draft.say("")
        self.side.printed.setText("")
        if chosen.kind in _WITH_VERSIONS:
            if paper.group_id is not None and not paper.places:
                done = partial(self._show_draft, chosen.kind)
                work.run(self, done, publications.state, paper.group_id)
            return
        done_last = partial(self._show_last, chosen)
        if chosen.whom is Whom.ONE and paper.patient_id is not None:
            work.run(self, done_last, papers.last_printed, patient=paper.patient_id)
        elif (of := told.subject(paper, chosen.whom)) is not None:
            work.run(self, done_last, papers.last_printed, of=of)

    def _show_draft(self, kind: Kind, found: State) -> None:
        """Whoever looks for what was just changed is told why it is not there."""
        if kind is not self.side.chosen.kind:
            return
        if found.number is None:
            self.draft.say(_("the paper shows what is planned so far"), _("Not published yet"))
        elif found.changes:
            words = _("the paper shows version {number}; the draft has {changes}")
            many = ngettext("{number} change", "{number} changes", found.changes)
            self.draft.say(
                words.format(number=found.number, changes=many.format(number=found.changes)),
                _("As published"),
            )

    def _show_statuses(self, found: tuple[LanguageStatus, ...]) -> None:
        self.side.mark_unreviewed(frozenset(x.language for x in found if not x.is_reviewed))

    def _show_last(self, chosen: Chosen, found: tuple[LastPrint, ...]) -> None:
        if chosen.kind is self.side.chosen.kind:
            self.side.printed.setText(told.last(found, chosen))

    def _translate(self) -> None:
        if self._made is not None:
            language = next((x.language for x in self._made.batch.items if x.missing), "")
            self._desk.translations_asked.emit(language)
            self.reject()

    # The pages

    def _choose_other(self) -> None:
        """What is loading is of no interest any more; what is shown can't be printed as it is."""
        self._begin()
        self._pause.start()

    def _load(self) -> None:
        chosen = self.side.chosen
        if self._shown != chosen:
            self._ask_about(chosen)
        self._begin()
        self._loading = True
        self._task = self._desk.work.run_long(
            self,
            partial(self._loaded, self._serial, chosen),
            papers.make,
            self._offer.wanted(chosen),
            self._desk.today(),
            record=False,
        ).or_else(partial(self._failed, self._serial))

    def _loaded(self, serial: int, chosen: Chosen, made: Made) -> None:
        if serial == self._serial:
            self._shown = chosen
            self._rest()
            self._show(made)

    def _show(self, made: Made) -> None:
        if len(made.files) > 1:
            return  # saved one by one: the pages that are shown are the same
        first = self._made is None
        self._made = made
        self.setWindowTitle(made.name)
        sizes = [QSizeF(wide, high) * _POINTS_IN_MM for wide, high in made.files[0].sizes]
        self.preview.show_pages(sizes, self._picture)
        self.untranslated.say(*told.untranslated(made))
        self._enable()
        if first:
            self.preview.setFocus()

    def _picture(self, page: int, dpi: float) -> QImage:
        if self._made is None:
            return QImage()
        paper = self._made.files[0]
        shown = prints.page(paper.pdf, page, dpi)
        rgb = QImage.Format.Format_RGB32
        image = QImage(shown.bgra, shown.width, shown.height, shown.stride, rgb)
        # Just as large as its place: scaled by a dot, it would lose a row somewhere in the text.
        wide, high = (round(side * dpi / _MM_IN_INCH) for side in paper.sizes[page])
        return image.copy(0, 0, wide, high)

    # Printing

    def _choose_printer(self) -> None:
        if self._made is None:
            return
        sizes = self._made.files[0].sizes
        self._printer = printing.printer_for(self._made.name, sizes)
        dialog = QPrintDialog(self._printer, self)
        dialog.setObjectName("printer")
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
        dialog.setMinMax(1, len(sizes))
        dialog.finished.connect(self._printer_chosen)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # QPrintDialog's own wants a receiver

    def _printer_chosen(self, result: int) -> None:
        printer, self._printer = self._printer, None
        if printer is not None and result == QDialog.DialogCode.Accepted:
            self._send(printer)

    def _send(self, printer: QPrinter) -> None:
        self._begin()
        self.side.setEnabled(False)
        self._task = self._desk.work.run_long(
            self,
            partial(self._sent, self._serial),
            printing.send,
            printer,
            self._offer.wanted(self._shown),
            self._desk.today(),
            missing_ok=True,  # the banner says so
        ).or_else(partial(self._failed, self._serial))

    def _sent(self, serial: int, made: Made) -> None:
        self._desk.message.emit(_("{name} is printed.").format(name=made.name))
        if serial == self._serial:
            self._rest(_("Sent to the printer."))
            self._show(made)
            self._ask_about(self._shown)

    # Saving

    def _choose_file(self) -> None:
        if self._made is None:
            return
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder, name = Path(place), files.name_for(self._made.name, "pdf")
        if self.side.is_each:
            dialog = QFileDialog(self, _("Save one file for each"), str(folder))
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        else:
            pdf = _("PDF files (*.pdf)")
            dialog = QFileDialog(self, _("Save as PDF"), str(folder / name), pdf)
            dialog.setDefaultSuffix("pdf")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setObjectName("file")
        dialog.fileSelected.connect(self._write)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write(self, file: str) -> None:
        path = Path(file)
        self._begin()
        self.side.setEnabled(False)
        self._task = self._desk.work.run_long(
            self,
            partial(self._written, self._serial, path),
            papers.save,
            self._offer.wanted(self._shown),
            self._desk.today(),
            path,
            one_each=self.side.is_each,
            missing_ok=True,  # the banner says so
        ).or_else(partial(self._failed, self._serial))

    def _written(self, serial: int, path: Path, made: Made) -> None:
        said = told.saved(path, made)
        self._desk.message.emit(said)
        if serial == self._serial:
            self._rest(said)
            self._show(made)
            self._ask_about(self._shown)

    # What goes on

    @property
    def busy(self) -> bool:
        return self._task is not None or self._pause.isActive()

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
        self.side.setEnabled(True)
        self._patience.stop()
        self._bar.hide()
        self._stop.hide()
        self._said.set_colour(colour)
        self._said.setText(said)
        self._said.setVisible(True)
        self._enable()

    def _enable(self) -> None:
        for button in (self._print, self._save):
            button.setEnabled(self._made is not None)

    def _failed(self, serial: int, sentence: str) -> None:
        if serial == self._serial:
            self._give_up(sentence, "block")

    def _give_up(self, said: str, colour: str) -> None:
        """What is shown stays, and so does what is chosen of it."""
        if self._made is not None:
            self.side.show_chosen(self._shown)
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
        if self.busy:
            self._pause.stop()
            if self._task is not None:
                self._task.cancel()
            self._serial += 1
            self._give_up(_("Cancelled."), "text2")

    def done(self, result: int) -> None:
        """What is being shown is given up; what is being printed or saved goes on to its end."""
        if self._task is not None and self._loading:
            self._task.cancel()
        super().done(result)
