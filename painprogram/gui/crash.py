"""What happens when something happens that should not: a calm dialog, and a log for the maker.

An exception's message, its notes and its local variables may hold a patient's name. So none of
them is written or shown: only types, and the lines of the program they passed.
"""

import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    QUrl,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from painprogram import __version__, settings
from painprogram.gui import icons, theme
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _

LARGEST = 200_000
"""Bytes of a log file before the next is begun."""
KEPT = 5
"""How many earlier files are kept."""
_WIDE = 520
_DEEPEST = 8  # causes of causes
_writing = threading.Lock()


def stack(error: BaseException) -> str:
    """The types of *error* and its causes with the lines they passed; no word of any message."""
    return "\n".join(_told(error, set(), 0))


def log_file(folder: Path | None = None) -> Path:
    return (folder or settings.home() / "log") / "painprogram.log"


def write_log(error: BaseException, folder: Path | None = None) -> Path:
    """Add *error* to the log, and say where that is; a disk that refuses is no second crash."""
    return _append(stack(error), folder)


def _append(entry: str, folder: Path | None) -> Path:
    file = log_file(folder)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    text = f"{at} painprogram {__version__} {sys.platform} {platform.python_version()}\n{entry}\n\n"
    with _writing:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            if file.exists() and file.stat().st_size + len(text) > LARGEST:
                _rotate(file)
            with file.open("a", encoding="utf-8") as opened:
                opened.write(text)
        except OSError:  # nothing is left to do but go on
            pass
    return file


def _rotate(file: Path) -> None:
    for number in range(KEPT, 0, -1):
        older = file.with_name(f"{file.name}.{number}")
        newer = file.with_name(f"{file.name}.{number - 1}") if number > 1 else file
        if newer.exists():
            newer.replace(older)


def _told(error: BaseException, seen: set[int], depth: int) -> Iterator[str]:
    if id(error) in seen or depth > _DEEPEST:
        return
    seen.add(id(error))
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _told(cause, seen, depth + 1)
        yield "which led to"
    kind = type(error)
    yield f"{kind.__module__}.{kind.__qualname__}"
    for frame in traceback.extract_tb(error.__traceback__, limit=None):
        yield f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}"
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield "of which one is"
            yield from _told(each, seen, depth + 1)


def _place(filename: str) -> str:
    """The file without the folders above the program, which may name a person."""
    parts = Path(filename).parts
    for root in ("painprogram", "site-packages"):
        if root in parts[:-1]:
            at = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[at if root == "painprogram" else at + 1 :])
    return parts[-1] if parts else ""


class CrashDialog(QDialog):
    """Says what happened, what is kept and what to do; what it says may be sent to anybody."""

    def __init__(self, error: BaseException, log_path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crash")
        self.setWindowTitle(_("Something went wrong"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self._log = log_path
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(self._heading())
        for text in (
            _("What you did before is saved. Only the last step may not have been done."),
            _(
                "Look whether it was done, and try again. If it goes wrong again, close the "
                "program and start it anew, and send the details to whoever looks after it here."
            ),
        ):
            layout.addWidget(Label(text, wrap=True))
        layout.addWidget(self._fold(), 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._details(error))
        layout.addWidget(self._safe)
        layout.addStretch(1)
        layout.addWidget(self._buttons())
        self.setMinimumWidth(round(_WIDE * theme.scale()))
        self._unfold(shown=False)

    def open(self) -> None:
        """Show it beside the window, which lives on."""
        self.show()

    def _heading(self) -> QHBoxLayout:
        sign = QLabel()
        sign.setPixmap(icons.icon("warning", "warn").pixmap(24, 24))
        heading = QHBoxLayout()
        heading.setSpacing(12)
        heading.addWidget(sign)
        title = _("Something went wrong in the program")
        heading.addWidget(Label(title, "title", wrap=True), 1)
        return heading

    def _fold(self) -> QPushButton:
        self._switch = QPushButton()
        self._switch.setObjectName("details_switch")
        self._switch.setCheckable(True)
        self._switch.setAutoDefault(False)
        self._switch.toggled.connect(self._toggled)
        return self._switch

    def _details(self, error: BaseException) -> QPlainTextEdit:
        self._text = QPlainTextEdit(self._said(error))
        self._text.setObjectName("details")
        self._text.setAccessibleName(_("Technical details"))
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setMinimumHeight(180)
        self._safe = Label(
            _("The details name parts of the program and nothing about patients."),
            "small",
            "text2",
            wrap=True,
        )
        return self._text

    @staticmethod
    def _said(error: BaseException) -> str:
        machine = f"{sys.platform} {platform.machine()} Python {platform.python_version()}"
        return f"painprogram {__version__}\n{machine}\n\n{stack(error)}"

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        copy = box.addButton(_("Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("copy")
        copy.clicked.connect(self._copy)
        folder = box.addButton(_("Open log folder"), QDialogButtonBox.ButtonRole.ActionRole)
        folder.setObjectName("log_folder")
        folder.clicked.connect(self._open_log)
        close = box.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setObjectName("close")
        close.setDefault(True)
        box.rejected.connect(self.reject)
        return box

    @Slot(bool)
    def _toggled(self, shown: bool) -> None:  # noqa: FBT001
        self._unfold(shown=shown)

    def _unfold(self, *, shown: bool) -> None:
        self._switch.setText(_("Hide details") if shown else _("Show details"))
        self._switch.setIcon(icons.icon("chevron-up" if shown else "chevron-down"))
        self._text.setVisible(shown)
        self._safe.setVisible(shown)
        hint = self.sizeHint()  # adjustSize would stop at two thirds of the screen, and clip
        self.resize(hint.width(), max(hint.height(), self.heightForWidth(hint.width())))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())

    @Slot()
    def _open_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.parent)))


class Reporter(QObject):
    """Hears of every error that nobody expected, on any thread; writes it down and shows it.

    One dialog at a time: an error that comes again and again fills the log, not the screen.
    """

    _happened = Signal(object)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._dialog: CrashDialog | None = None
        self._before: tuple[Callable[..., object], Callable[..., object]] | None = None
        self._qt_before: Callable[..., object] | None = None
        self._happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    @Slot(Exception)
    def report(self, error: BaseException) -> None:
        """Write *error* down and tell whoever sits at the screen; safe from any thread."""
        write_log(error, self._folder)
        self._happened.emit(error)

    def hook(self) -> None:
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_aside
        self._qt_before = qInstallMessageHandler(self._qt_said)

    def unhook(self) -> None:
        """As it was before ``hook``."""
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before
            qInstallMessageHandler(self._qt_before)
            self._before = self._qt_before = None

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, Exception):
            self.report(error)
        else:  # an interrupt at the terminal, or an exit
            sys.__excepthook__(kind, error, trace)

    def _uncaught_aside(self, args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, Exception):
            self.report(args.exc_value)

    def _qt_said(self, kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            _append(_qt_entry(kind, context.category or "", message or ""), self._folder)

    @Slot(object)
    def _show(self, error: BaseException) -> None:
        if self._dialog is None:
            self._dialog = CrashDialog(error, log_file(self._folder))
            self._dialog.destroyed.connect(self._forget)
            self._dialog.open()

    @Slot()
    def _forget(self) -> None:
        self._dialog = None


def _qt_entry(kind: QtMsgType, category: str, message: str) -> str:
    """The function that Qt complains of, as far as the message begins with one."""
    where = re.match(r"Q\w+(::\w+)+", message)
    return f"{kind.name} {category} {where.group() if where else ''}".rstrip()


def install(folder: Path | None = None, parent: QObject | None = None) -> Reporter:
    """From now on no error passes unseen; connect ``Work.crashed`` to the reporter's ``report``."""
    reporter = Reporter(folder, parent)
    reporter.hook()
    return reporter
