"""First start: three ways in. Asks and checks; making and opening is the program's task."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram.gui import theme
from painprogram.gui.start.choices import Choices
from painprogram.gui.start.connect import Connect
from painprogram.gui.start.founding import ENDING, Founding
from painprogram.gui.start.under_way import UnderWay
from painprogram.gui.tokens import SPACE
from painprogram.i18n import _

_WIDEST = 720


class StartPage(QWidget):
    example_asked = Signal()
    database_asked = Signal(str)
    """Open this file or server."""
    centre_asked = Signal(str, object)
    """Found this ``NewCentre`` in the database at that address; a file is made."""
    cancel_asked = Signal()
    language_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("start")
        self.choices = Choices()
        self.founding = Founding()
        self.connecting = Connect()
        self.under_way = UnderWay()
        self._came_from: QWidget = self.choices
        self._stack = QStackedWidget()
        for screen in (self.choices, self.founding, self.connecting, self.under_way):
            self._stack.addWidget(_in_the_middle(screen))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._wire()

    def _wire(self) -> None:
        self.choices.example_asked.connect(self._ask_example)
        self.choices.new_asked.connect(self.ask_for_centre)
        self.choices.connect_asked.connect(self.ask_for_server)
        self.choices.file_asked.connect(self._ask_file)
        self.choices.language_chosen.connect(self.language_chosen)
        self.founding.back_asked.connect(self.show_choices)
        self.founding.founded.connect(self._found)
        self.connecting.back_asked.connect(self.show_choices)
        self.connecting.connect_asked.connect(self._connect)
        self.under_way.cancel_asked.connect(self.cancel_asked)

    # What the program says.

    @Slot()
    def show_choices(self) -> None:
        """The three ways in; what has been written on the others is kept."""
        self.choices.say("")
        self._show(self.choices)
        self.choices.first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(float, str)
    def show_progress(self, fraction: float, text: str) -> None:
        self.under_way.show_progress(fraction, text)

    def show_failure(self, sentence: str) -> None:
        """Back to where it was asked for, with *sentence*; everything written is still there."""
        if self._came_from is self.founding:
            self._show(self.founding)
            self.founding.say(sentence)
        elif self._came_from is self.connecting:
            self._show(self.connecting)
            self.connecting.say(sentence)
        else:
            self._show(self.choices)
            self.choices.say(sentence)

    def ask_for_centre(self, url: str = "") -> None:
        """The three steps; with *url* the centre comes into that database."""
        self._show(self.founding)
        self.founding.begin(url)

    def ask_for_server(self, url: str = "") -> None:
        """Address and account; of a known *url* only the password is asked."""
        self._show(self.connecting)
        self.connecting.begin(url)

    # What the user says.

    @Slot()
    def _ask_example(self) -> None:
        self._begin(self.choices, _("Making the example"))
        self.example_asked.emit()

    @Slot(str, object)
    def _found(self, url: str, new: object) -> None:
        self._begin(self.founding, _("Creating the health centre"))
        self.centre_asked.emit(url, new)

    @Slot(str)
    def _connect(self, url: str) -> None:
        self._begin(self.connecting, _("Opening the database"))
        self.database_asked.emit(url)

    @Slot()
    def _ask_file(self) -> None:
        dialog = QFileDialog(self, _("Open a database file"))
        dialog.setObjectName("open_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [_("Databases (*{ending})").format(ending=ENDING), _("All files (*)")]
        )
        dialog.fileSelected.connect(self._open_file)
        dialog.open()

    @Slot(str)
    def _open_file(self, path: str) -> None:
        self._begin(self.choices, _("Opening the database"))
        self.database_asked.emit(path)

    def _begin(self, origin: QWidget, title: str) -> None:
        self._came_from = origin
        self.under_way.begin(title)
        self._show(self.under_way)
        self.under_way.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, screen: QWidget) -> None:
        at = (self.choices, self.founding, self.connecting, self.under_way).index(screen)
        self._stack.setCurrentIndex(at)


def _in_the_middle(screen: QWidget) -> QScrollArea:
    """In a column that is no wider than one reads; scrolled where it is higher than the window."""
    screen.setMaximumWidth(round(_WIDEST * theme.scale()))
    ground = QWidget()
    row = QHBoxLayout(ground)
    row.setContentsMargins(SPACE[6], 2 * SPACE[6], SPACE[6], SPACE[6])
    screen.setContentsMargins(*[SPACE[2]] * 4)  # the focus ring is drawn outside
    row.addStretch(1)
    row.addWidget(screen, 100)
    row.addStretch(1)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(ground)
    if isinstance(screen, Choices | UnderWay):
        row.setAlignment(screen, Qt.AlignmentFlag.AlignVCenter)
    return area
