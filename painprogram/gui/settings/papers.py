"""The centre's own face on its papers: each field is saved as it is left."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from painprogram.domain.envelopes import Envelope, Fold, Window
from painprogram.gui import icons
from painprogram.gui.desk import Desk, Paper
from painprogram.gui.settings.lines import Lines
from painprogram.gui.settings.paper_parts import ColourField, LogoField, WindowFields
from painprogram.gui.settings.saver import Saver
from painprogram.gui.settings.section import Section
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.field import Field
from painprogram.i18n import _
from painprogram.usecases import Database, paper_faces
from painprogram.usecases.paper_faces import PaperFace

Change = Callable[[PaperFace], PaperFace]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A face, by the key of its centre."""

    face: PaperFace

    @property
    def id(self) -> UUID:
        return self.face.centre_id


def _keep(database: Database, kept: _Kept) -> _Kept:
    return _Kept(paper_faces.set_face(database, kept.face))


class PapersSection(Section):
    def __init__(self, desk: Desk) -> None:
        text = _(
            "How your papers look, and where your envelopes have their window. Every field is "
            "saved as you leave it."
        )
        super().__init__(desk, "papers", _("Papers"), text)
        self._face: PaperFace | None = None
        self._saver: Saver[_Kept] = Saver(desk.work, _keep, self)
        self._saver.saved.connect(self._saved)
        self._saver.refused.connect(self._refused)
        self._fields: dict[str, Field] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE[4])
        self._grid.setVerticalSpacing(SPACE[4])
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.logo = LogoField()
        self.logo.choose.clicked.connect(self._ask_logo)
        self.logo.remove.clicked.connect(self._remove_logo)
        self._add("logo", _("Logo"), self.logo, 0, 0, _("PNG or JPEG, at most 2 MB."))
        self.colour = ColourField()
        self.colour.left.connect(self._colour_left)
        self._add("colour", _("Colour"), self.colour, 0, 1, _("Of headings and rules. Any hue."))
        self.sender_lines = Lines()
        self.sender_lines.left.connect(self._sender_left)
        hint = _("At the top of letters. Empty: name, address and phone of the centre.")
        self._add("sender", _("Sender"), self.sender_lines, 1, 0, hint)
        self.footer = QLineEdit()
        self.footer.editingFinished.connect(self._footer_left)
        self._add("footer", _("Footer"), self.footer, 1, 1, _("At the foot of letters."))
        self._add_envelope()
        self.column.addLayout(self._grid)
        self.column.addStretch(1)

    def _add_envelope(self) -> None:
        self.envelope, self.fold = QComboBox(), QComboBox()
        for envelope in Envelope:
            self.envelope.addItem(envelope.label, envelope)
        for fold in Fold:
            self.fold.addItem(fold.label, fold)
        self.envelope.activated.connect(self._envelope_left)
        self.fold.activated.connect(self._fold_left)
        self._add("envelope", _("Window of the envelope"), self.envelope, 2, 0)
        self._add("fold", _("Folding marks"), self.fold, 2, 1)
        self.window_row = WindowFields()
        self.window_row.left.connect(self._window_left)
        hint = _("From the left and the upper edge of the paper, in millimetres.")
        self._add("own_window", _("Where it is on the paper"), self.window_row, 3, 0, hint)
        sheet = QPushButton(icons.icon("printer"), _("Print calibration sheet…"))
        sheet.setObjectName("calibration")
        sheet.clicked.connect(self._calibrate)
        hint = _("Print it, fold it, put it in an envelope: all of the frame must be seen.")
        self._add("calibration", _("Does it fit?"), sheet, 3, 1, hint)
        sheet.setAccessibleName(sheet.text())
        self.forwarding = Lines()
        self.forwarding.left.connect(self._forwarding_left)
        hint = _("Stands below the name in the window, in place of the address, which stays out.")
        label = _("Letters to somebody with protected identity are sent on by")
        self._add("forwarding", label, self.forwarding, 4, 0, hint, wide=True)

    def _add(
        self,
        name: str,
        label: str,
        editor: QWidget,
        row: int,
        column: int,
        hint: str = "",
        *,
        wide: bool = False,
    ) -> None:
        field = Field(label, editor, f"paper_{name}" if name != "calibration" else name, hint)
        self._fields[name] = field
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(field, row, column, 1, 2 if wide else 1, top)

    # Reading

    def reload(self) -> None:
        self.desk.work.run(self, self._show, paper_faces.face, self.desk.centre.id)

    def _show(self, face: PaperFace) -> None:
        if self._saver.busy:
            return  # what is being saved comes back by itself
        other = self._face is not None and self._face.centre_id != face.centre_id
        self._face = face
        self._saver.know([_Kept(face)])
        if other:
            self._clear()
        self._put(face, everything=other)

    def _clear(self) -> None:
        self.say("")
        for field in self._fields.values():
            field.clear()

    def _put(self, face: PaperFace, *, everything: bool = False) -> None:
        """What is being written, or was refused, stays as it is."""
        for name, lines in (("sender", self.sender_lines), ("forwarding", self.forwarding)):
            wrong = self._fields[name].is_wrong
            if everything or not (lines.is_being_written or wrong):
                lines.put(getattr(face, name))
        written = self.footer.hasFocus() and self.footer.isModified()
        if everything or not (written or self._fields["footer"].is_wrong):
            if self.footer.text() != face.footer:
                self.footer.setText(face.footer)
            self.footer.setModified(False)
        if everything or not (self.colour.is_being_written or self._fields["colour"].is_wrong):
            self.colour.put(face.colour)
        self.logo.put(face.logo)
        self.envelope.setCurrentIndex(list(Envelope).index(face.envelope))
        self.fold.setCurrentIndex(list(Fold).index(face.fold))
        if everything or not (
            self.window_row.is_being_written or self._fields["own_window"].is_wrong
        ):
            self.window_row.put(face.window)
        self._fields["own_window"].setVisible(face.envelope is Envelope.OWN)

    # Saving

    def _change(self, part: str, value: Any, **more: Any) -> None:
        if self._face is None:
            return
        self._fields[part].clear()
        if getattr(self._face, part) != value or more:
            key = self._face.centre_id
            self._saver.change(
                key, lambda kept: _Kept(replace(kept.face, **{part: value}, **more)), part
            )

    def _sender_left(self) -> None:
        self._change("sender", self.sender_lines.toPlainText().strip())

    def _forwarding_left(self) -> None:
        self._change("forwarding", self.forwarding.toPlainText().strip())

    def _footer_left(self) -> None:
        self._change("footer", self.footer.text().strip())

    def _colour_left(self) -> None:
        self._change("colour", self.colour.digits)

    def _fold_left(self) -> None:
        self._change("fold", Fold(self.fold.currentData()))

    def _envelope_left(self) -> None:
        """Own measures begin where the window was."""
        wanted = Envelope(self.envelope.currentData())
        if self._face is None or wanted is self._face.envelope:
            return
        own: dict[str, Window] = {}
        if wanted is Envelope.OWN and self._face.own_window is None:
            own["own_window"] = self._face.window
        self._change("envelope", wanted, **own)

    def _window_left(self) -> None:
        self._change("own_window", self.window_row.measures)

    def _ask_logo(self) -> None:
        dialog = QFileDialog(self, _("Choose a logo"), "", _("Pictures (*.png *.jpg *.jpeg)"))
        dialog.setObjectName("logo_file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._read_logo)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _read_logo(self, file: str) -> None:
        task = self.desk.work.run(self, self._take_logo, _logo, Path(file))
        task.or_else(self._fields["logo"].say)

    def _take_logo(self, picture: bytes) -> None:
        self._change("logo", picture)

    def _remove_logo(self) -> None:
        self._change("logo", b"")

    def _calibrate(self) -> None:
        self.desk.paper_asked.emit(Paper("calibration"))

    def _saved(self, kept: _Kept) -> None:
        if kept.id == self.desk.centre.id:
            self._face = kept.face
            self._put(kept.face)

    def _refused(self, sentence: str, part: str) -> None:
        """What was written stays, so that it can be put right."""
        if part in self._fields:
            self._fields[part].say(sentence)
        else:
            self.say(sentence)
        if self._face is not None:
            self._put(self._face)


def _logo(_database: Database, path: Path) -> bytes:
    return paper_faces.logo_from(path)
