"""Read a list of patients or colleagues: choose the file, see what every row means, press once."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.imports import (
    Columns,
    ImportKind,
    Outcome,
    Verdict,
    as_choice,
    fingerprint,
)
from painprogram.domain.progress import Progress
from painprogram.gui import icons
from painprogram.gui.desk import Desk
from painprogram.gui.imports.columns import ColumnChoices
from painprogram.gui.imports.rows import RowsTable, what
from painprogram.gui.tokens import GAP, SCREEN_EDGE, SPACE
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.segmented import Segment, Segmented
from painprogram.gui.work import Task
from painprogram.i18n import _, ngettext, number
from painprogram.usecases import Database, imports
from painprogram.usecases.imports import Table

PAUSE = 150
"""Milliseconds after the last choice before the rows are judged anew."""
_SIZE = 1120, 720
_ALL = "all"
_IN_ORDER = (
    *(Verdict.REFUSED, Verdict.DUPLICATE),
    *(Verdict.NEW, Verdict.CHANGED, Verdict.UNCHANGED),
)
"""What has to be put right first."""
_NOTHING, _READ = range(2)
_ROWS, _LACKS = range(2)


class ImportDialog(QDialog):
    """*kind* is ``patients`` or ``staff``. Nothing is written before the press."""

    def __init__(self, desk: Desk, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._kind = desk, ImportKind(kind)
        self._table: Table | None = None
        self._outcome: Outcome | None = None
        self._asked = 0
        self._task: Task | None = None
        patients = self._kind is ImportKind.PATIENTS
        self.setObjectName("import_dialog")
        self.setWindowTitle(_("Import patients") if patients else _("Import colleagues"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.columns = ColumnChoices(self._kind)
        self.columns.changed.connect(self._edited)
        self.rows = RowsTable()
        self.rows.chosen_changed.connect(self._say_row)
        self.filter = Segmented(_("Rows to show"), ())
        self.filter.setObjectName("filter")
        self.filter.chosen.connect(self._show_rows)
        self.wrong = Label(colour="block", wrap=True)
        self.wrong.setObjectName("wrong")
        self.wrong.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._judge)
        self._lay_out()
        self._fit_screen()
        self._say()

    # Parts

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing())
        self._stack.addWidget(self._read())
        column.addWidget(self._stack, 1)
        column.addLayout(self._bottom())

    def _nothing(self) -> Empty:
        text = _(
            "Choose an Excel file (.xlsx) or a text file (.csv) with headings in its first row. "
            "Nothing is written before you have seen what becomes of every row."
        )
        self._empty = Empty("document", text)
        self.choose_button = self._empty.add_button(_("Choose file…"), self.ask_file)
        self.choose_button.setObjectName("choose_file")
        return self._empty

    def _read(self) -> QWidget:
        self.file = Elided("", "strong")
        self.file.setObjectName("file")
        self.note = Elided("", "small", "text3")
        self.other_button = QPushButton(icons.icon("folder"), _("Another file…"))
        self.other_button.setObjectName("other_file")
        self.other_button.setAutoDefault(False)
        self.other_button.clicked.connect(self.ask_file)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.file)
        words.addWidget(self.note)
        top = QHBoxLayout()
        top.setContentsMargins(SCREEN_EDGE, SPACE[3], SCREEN_EDGE, SPACE[3])
        top.setSpacing(GAP)
        top.addLayout(words, 1)
        top.addWidget(self.other_button)
        head = Ground("base", edge="bottom")
        head.setLayout(top)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.columns)
        across.addWidget(self._verdicts(), 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(across, 1)
        return whole

    def _verdicts(self) -> QWidget:
        self.detail = Label("", "body", "text2", wrap=True)
        self.detail.setObjectName("detail")
        self.detail.setContentsMargins(SCREEN_EDGE, SPACE[2], SCREEN_EDGE, SPACE[2])
        self._lacks = Empty("list", "")
        above = QHBoxLayout()
        above.setContentsMargins(SCREEN_EDGE, SPACE[3], SCREEN_EDGE, SPACE[2])
        above.addWidget(self.filter)
        above.addStretch(1)
        table = QWidget()
        column = QVBoxLayout(table)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.rows, 1)
        column.addWidget(self.detail)
        self._right = QStackedWidget()
        self._right.addWidget(table)
        self._right.addWidget(self._lacks)
        ground = Ground("base")
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._right)
        return ground

    def _bottom(self) -> QVBoxLayout:
        self.import_button = QPushButton(_("Import"))
        self.import_button.setObjectName("import")
        self.import_button.setProperty("primary", True)
        self.import_button.setToolTip(_("All rows as one step (Ctrl+Enter)"))
        self.import_button.clicked.connect(self._import)
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName("cancel")
        cancel.clicked.connect(self.reject)
        for button in (self.import_button, cancel):
            button.setAutoDefault(False)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(Qt.KeyboardModifier.ControlModifier | key), self)
            shortcut.activated.connect(self.import_button.click)
        self.foot = Label("", "small", "text3", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.foot, 1)
        row.addWidget(cancel)
        row.addWidget(self.import_button)
        column = QVBoxLayout()
        column.setContentsMargins(SCREEN_EDGE, SPACE[3], SCREEN_EDGE, SPACE[3])
        column.setSpacing(SPACE[2])
        column.addWidget(self.wrong)
        column.addLayout(row)
        return column

    def _fit_screen(self) -> None:
        free = self.screen().availableGeometry()
        self.resize(min(_SIZE[0], free.width() - 40), min(_SIZE[1], free.height() - 60))

    # The file

    def ask_file(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(
            self, _("Choose file"), folder, _("Tables (*.xlsx *.csv *.txt);;All files (*)")
        )
        dialog.setObjectName("import-file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.open_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_file(self, file: str) -> None:
        self.wrong.hide()
        self._desk.work.run_long(
            self, partial(self._opened, Path(file).name), _opened, Path(file), self._desk.today()
        ).or_else(self.fail)

    def _opened(self, name: str, table: Table) -> None:
        self._table, self._outcome = table, None
        self.file.set_text(name)
        many = sum(1 for _row in table.numbered())
        rows = ngettext("{number} row", "{number} rows", many).format(number=number(many))
        self.note.set_text(" · ".join(part for part in (table.note, rows) if part))
        remembered = self._desk.settings.text(self._remembered_as(table))
        self.columns.show_table(table, imports.columns_of(table, self._kind, remembered))
        self._stack.setCurrentIndex(_READ)
        next(iter(self.columns.boxes.values())).setFocus()
        self._judge()

    def _remembered_as(self, table: Table) -> str:
        return f"columns of {self._kind} {fingerprint(table.header)}"

    # What becomes of the rows

    def _edited(self) -> None:
        self.import_button.setEnabled(False)
        self._pause.start()

    def _judge(self) -> None:
        self._pause.stop()
        if self._table is None:
            return
        if self._task is not None:
            self._task.cancel()
        self._asked += 1
        self.import_button.setEnabled(False)
        self.wrong.hide()
        self._task = self._desk.work.run_long(
            self,
            partial(self._judged, self._asked),
            imports.judged,
            self._kind,
            self._table,
            self.columns.columns,
            self._desk.centre.id,
            self._desk.today(),
        ).or_else(self.fail)

    def _judged(self, asked: int, outcome: Outcome) -> None:
        if asked == self._asked:
            self._task = None
            self._show(outcome)

    def _show(self, outcome: Outcome) -> None:
        self._outcome = outcome
        if outcome.lacks:
            self._lacks.set_text("\n".join(outcome.lacks))
            self._right.setCurrentIndex(_LACKS)
        else:
            counts = outcome.counts
            many = _("All {number}").format(number=number(len(outcome.rows)))
            there = [one for one in _IN_ORDER if counts[one]]
            wrong = [one for one in there if one.stops]
            parts = [Segment(one, f"{one.label} {number(counts[one])}") for one in there]
            self.filter.show_segments([Segment(_ALL, many), *parts])
            if wrong and self.filter.current == _ALL:
                self.filter.choose(wrong[0])
            self._right.setCurrentIndex(_ROWS)
            self._show_rows()
        self._say()

    def _show_rows(self, _key: object = None) -> None:
        if self._outcome is None:
            return
        wanted = self.filter.current
        found = self._outcome.rows
        self.rows.show_rows(
            found if wanted == _ALL else [one for one in found if one.verdict == wanted]
        )

    def _say_row(self) -> None:
        one = self.rows.chosen
        words = what(one) if one else ""
        self.detail.setText(f"{one.who}: {words}" if one and one.who and words else words)

    def _say(self) -> None:
        outcome = self._outcome
        many = outcome.writes if outcome else 0
        self.import_button.setEnabled(bool(outcome and not outcome.stopped and many))
        if self._kind is ImportKind.PATIENTS:
            verb = ngettext("Import {number} patient", "Import {number} patients", many)
        else:
            verb = ngettext("Import {number} colleague", "Import {number} colleagues", many)
        self.import_button.setText(verb.format(number=number(many)) if many else _("Import"))
        self.import_button.setVisible(self._table is not None)
        self.foot.setText(self._told())

    def _told(self) -> str:
        outcome = self._outcome
        if outcome is None or outcome.lacks:
            return ""
        stops = sum(outcome.counts[each] for each in Verdict if each.stops)
        if stops:
            words = ngettext(
                "{number} row has to be put right in the file first: it is all of it, or nothing.",
                "{number} rows have to be put right in the file first: it is all of it, or "
                "nothing.",
                stops,
            )
            return words.format(number=number(stops))
        if not outcome.writes:
            return _("Everything in the file is here already.")
        return _("One step: Undo takes all of it back.")

    # Writing

    def _import(self) -> None:
        if self._table is None or self._outcome is None or self._pause.isActive():
            return
        self.import_button.setEnabled(False)
        self.wrong.hide()
        columns = self.columns.columns
        self._desk.work.run(
            self,
            partial(self._done, self._table, columns),
            imports.carry_out,
            self._kind,
            self._table,
            columns,
            self._desk.centre.id,
            self._desk.today(),
        ).or_else(self.fail)

    def _done(self, table: Table, columns: Columns, outcome: Outcome) -> None:
        if not outcome.done:  # somebody has changed something meanwhile
            self._show(outcome)
            return
        self._desk.settings.put(self._remembered_as(table), as_choice(columns, table.header))
        many = outcome.writes
        words = ngettext("{number} row imported.", "{number} rows imported.", many)
        self._desk.message.emit(words.format(number=number(many)))
        self.accept()

    def fail(self, sentence: str) -> None:
        """Say what is wrong; nothing chosen is lost."""
        self.wrong.setText(sentence)
        self.wrong.show()
        self._say()


def _opened(_database: Database, _progress: Progress, path: Path, today: date) -> Table:
    return imports.opened(path, today)
