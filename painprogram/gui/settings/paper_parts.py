"""The fields of the papers' look that are more than text: a picture, a colour, four measures."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QColorDialog,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.domain import colours
from painprogram.domain.envelopes import PAGE_WIDTH, Window
from painprogram.gui import icons, theme
from painprogram.gui.tokens import CONTROL, GAP, RADIUS, SPACE
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _

_LOGO_WIDE, _LOGO_HIGH = 200, 76
_LETTERS = 10
_PAPER = QColor("white")
"""In the dark as well: it is shown as it is printed."""


class LogoField(QWidget):
    """The picture on white, as on paper; choose another, or none."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = _Picture()
        self.choose = QPushButton(icons.icon("folder"), _("Choose picture…"))
        self.choose.setObjectName("logo_choose")
        self.remove = QPushButton(icons.icon("trash"), _("Remove"))
        self.remove.setObjectName("logo_remove")
        for button in (self.choose, self.remove):
            button.setAccessibleName(_("{what}: {verb}").format(what=_("Logo"), verb=button.text()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._picture)
        buttons = QVBoxLayout()
        buttons.setSpacing(SPACE[2])
        buttons.addWidget(self.choose)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        row.addLayout(buttons)
        row.addStretch(1)
        self.setFocusProxy(self.choose)
        self.put(b"")

    def put(self, picture: bytes) -> None:
        self._picture.show_picture(picture)
        self.remove.setVisible(bool(picture))


class _Picture(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._data = b""
        self._pixmap = QPixmap()
        self.setObjectName("logo_picture")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.update)

    def show_picture(self, data: bytes) -> None:
        if data == self._data and self.accessibleName():
            return
        self._data, self._pixmap = data, QPixmap()
        if data:
            self._pixmap.loadFromData(data)
        self.setAccessibleName(_("The logo") if data else _("No logo"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(_LOGO_WIDE * theme.scale()), round(_LOGO_HIGH * theme.scale()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), theme.tokens()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(tokens.line2, 1))
        painter.setBrush(_PAPER if self._data else tokens.alt)
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        if self._pixmap.isNull():
            painter.setPen(tokens.text3)
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, _("No logo"))
        else:
            room = frame.adjusted(SPACE[2], SPACE[2], -SPACE[2], -SPACE[2])
            size = QRectF(self._pixmap.rect()).size()
            size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            there = QRectF(room.topLeft(), size)
            there.moveCenter(room.center())
            painter.drawPixmap(there, self._pixmap, QRectF(self._pixmap.rect()))
        painter.end()


class ColourField(QWidget):
    """Six digits, what they look like, and whether text in them can be read."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._swatch = _Swatch()
        self.edit = QLineEdit()
        self.edit.setObjectName("colour_digits")
        self.edit.setAccessibleName(_("Colour in six digits or letters A to F"))
        self.edit.setPlaceholderText(_("The program's own"))
        self.edit.setMaxLength(_LETTERS)
        self.edit.textChanged.connect(self._tell)
        self.edit.editingFinished.connect(self.left)
        self.pick = QPushButton(_("Choose…"))
        self.pick.setObjectName("colour_pick")
        self.pick.setAccessibleName(_("Choose a colour"))
        self.pick.clicked.connect(self._ask)
        self.nearest = QPushButton("")
        self.nearest.setObjectName("colour_nearest")
        self.nearest.setAccessibleName(_("Take the nearest colour that can be read"))
        self.nearest.clicked.connect(self._take_nearest)
        self.nearest.hide()
        self._said = Label("", "small", "text3", wrap=True)
        self._said.setObjectName("colour_contrast")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._swatch)
        row.addWidget(self.edit, 1)
        row.addWidget(self.pick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addLayout(row)
        column.addWidget(self._said)
        column.addWidget(self.nearest, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.edit)
        self._tell()

    @property
    def digits(self) -> str:
        """As it is kept where it is a colour, else as it was written."""
        return colours.read(self.edit.text()) or self.edit.text().strip()

    @property
    def is_being_written(self) -> bool:
        return self.edit.hasFocus() and self.edit.isModified()

    def put(self, digits: str) -> None:
        if self.digits != digits:
            self.edit.setText(digits)
        self.edit.setModified(False)

    def _tell(self, _text: str = "") -> None:
        digits = colours.read(self.edit.text())
        self._swatch.show_colour(digits)
        self.nearest.hide()
        self._said.setVisible(digits is not None)
        if digits is None:
            return
        contrast = i18n.number(colours.contrast(digits), 1)
        if colours.contrast(digits) >= colours.LEAST_CONTRAST:
            words = _("Contrast on white {contrast} to 1: easily read.")
        else:
            words = _("Contrast on white {contrast} to 1: too pale to be read.")
            use = _("Use {colour}, the nearest that can be read")
            self.nearest.setText(use.format(colour=colours.nearest_readable(digits)))
            self.nearest.setAccessibleName(self.nearest.text())
            self.nearest.show()
        self._said.setText(words.format(contrast=contrast))

    def _ask(self) -> None:
        dialog = QColorDialog(self)
        dialog.setObjectName("colour_dialog")
        if digits := colours.read(self.edit.text()):
            dialog.setCurrentColor(_colour(digits))
        dialog.colorSelected.connect(self._picked)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _picked(self, colour: QColor) -> None:
        self._take(colour.name().removeprefix("#"))

    def _take_nearest(self) -> None:
        if digits := colours.read(self.edit.text()):
            self.edit.setFocus()
            self._take(colours.nearest_readable(digits))

    def _take(self, digits: str) -> None:
        self.edit.setText(digits.upper())
        self.left.emit()


class _Swatch(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._digits: str | None = None
        self.setFixedSize(CONTROL, CONTROL)
        theme.notifier.changed.connect(self.update)

    def show_colour(self, digits: str | None) -> None:
        self._digits = digits
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.ctl, 1))
        painter.setBrush(_colour(self._digits) if self._digits else tokens.alt)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()


def _colour(digits: str) -> QColor:
    return QColor.fromRgbF(*colours.parts(digits))


class WindowFields(QWidget):
    """Left edge, upper edge, width and height in millimetres."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._known = self._told = Window(0, 0, 0, 0)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        self._edits: list[QDoubleSpinBox] = []
        for column, (name, label) in enumerate(
            (
                ("left", _("Left edge")),
                ("top", _("Upper edge")),
                ("width", _("Width")),
                ("height", _("Height")),
            )
        ):
            edit = QDoubleSpinBox()
            edit.setRange(0, PAGE_WIDTH)
            edit.setDecimals(1)
            edit.setSuffix(_(" mm"))
            edit.setObjectName(f"window_{name}")
            edit.setAccessibleName(label)
            edit.setKeyboardTracking(False)
            edit.installEventFilter(self)
            caption = QLabel(label)
            caption.setBuddy(edit)
            caption.setFont(theme.font("small"))
            grid.addWidget(caption, 0, column)
            grid.addWidget(edit, 1, column)
            self._edits.append(edit)
        self.setFocusProxy(self._edits[0])

    @property
    def measures(self) -> Window:
        left, top, width, height = (edit.value() for edit in self._edits)
        return Window(left, top, width, height)

    @property
    def is_being_written(self) -> bool:
        return any(edit.hasFocus() for edit in self._edits) and self.measures != self._known

    def put(self, window: Window) -> None:
        self._known = self._told = window
        sides = (window.left, window.top, window.width, window.height)
        for edit, side in zip(self._edits, sides, strict=True):
            edit.setValue(side)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """All four are one value: told when one is left and it is another than was told."""
        if event.type() is QEvent.Type.FocusOut and watched in self._edits:
            found = self.measures
            if found != self._told:
                self._told = found
                self.left.emit()
        return super().eventFilter(watched, event)
