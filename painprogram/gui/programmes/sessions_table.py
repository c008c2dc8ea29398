"""The dates of a group, one line each."""

from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from painprogram import i18n
from painprogram.domain.sessions import Session
from painprogram.gui import theme
from painprogram.gui.icons import icon
from painprogram.i18n import N_, _

_KEY = Qt.ItemDataRole.UserRole
_COLUMNS = (
    N_("Week"),
    N_("Day"),
    N_("Time"),
    N_("Session"),
    N_("Number"),
    N_("Room"),
    N_("Leaders"),
    N_("Seats"),
    N_("Remark"),
)
_SESSION, _LEADERS = 3, 6
_WIDEST, _LEAST = 200, 120


class SessionsTable(QTableView):
    """Enter or a double click asks for the session on the schedule."""

    asked = Signal(object)
    """A ``Session``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("group_sessions")
        self.setAccessibleName(_("The dates of the group"))
        self._model = QStandardItemModel(0, len(_COLUMNS), self)
        self._model.setHorizontalHeaderLabels([_(title) for title in _COLUMNS])
        self._shown: tuple[Session, ...] = ()
        self.setModel(self._model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (_SESSION, _LEADERS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        self.activated.connect(self._activated)
        theme.notifier.changed.connect(self._redress)

    def show_sessions(self, sessions: tuple[Session, ...]) -> None:
        """Keeps the chosen line and the place."""
        if sessions == self._shown:
            return
        chosen, scrolled = self._chosen(), self.verticalScrollBar().value()
        self._fill(sessions)
        at = next((n for n, one in enumerate(sessions) if one.id == chosen), None)
        if at is not None:
            self.selectRow(at)
        self.verticalScrollBar().setValue(scrolled)

    def _fill(self, sessions: tuple[Session, ...]) -> None:
        self._shown = sessions
        self._model.setRowCount(0)
        for session in sessions:
            self._model.appendRow(_cells(session))
        metrics = QFontMetricsF(theme.font("strong"))  # a little wider than the figures
        for column, title in enumerate(_COLUMNS):
            if column not in (_SESSION, _LEADERS):
                texts = [_(title), *(row[column] for row in map(_texts, sessions))]
                wide = max(metrics.horizontalAdvance(text) for text in texts)
                self.setColumnWidth(column, round(min(wide, _WIDEST * theme.scale())) + 18)

        self._stretch()

    def _stretch(self) -> None:
        """Titles and leaders share what the others leave, and stay readable all the same."""
        others = (n for n in range(len(_COLUMNS)) if n not in (_SESSION, _LEADERS))
        free = self.viewport().width() - sum(self.columnWidth(column) for column in others)
        for column in (_SESSION, _LEADERS):
            self.setColumnWidth(column, max(free // 2, round(_LEAST * theme.scale())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()

    def _redress(self) -> None:
        self._fill(self._shown)

    def _chosen(self) -> UUID | None:
        row = self.currentIndex().row()
        return self._shown[row].id if 0 <= row < len(self._shown) else None

    def _activated(self, index: QModelIndex) -> None:
        self.asked.emit(self._shown[index.row()])


def next_session(sessions: tuple[Session, ...], now: datetime) -> Session | None:
    """The first one ahead, else the last one; none where there are none."""
    ahead = (one for one in sessions if one.start >= now and not one.cancelled)
    return next(ahead, sessions[-1] if sessions else None)


def _texts(session: Session) -> tuple[str, ...]:
    note = ""
    if session.cancelled:
        note = _("Cancelled")
    elif session.linked:
        note = _("Linked in from {group}").format(group=session.group_name)
    day = session.start.date()
    number = _("{number} of {of}").format(number=session.number, of=session.of)
    return (
        i18n.week(day),
        i18n.day_short(day),
        i18n.clock_range(session.start, session.end),
        f"{session.letter} {session.title}".strip(),
        number if session.of > 1 else "",
        session.room_name or "–",
        ", ".join(leader.name for leader in session.leaders) or "–",
        f"{session.taken}/{session.seats}" if session.seats else "",
        note,
    )


def _cells(session: Session) -> list[QStandardItem]:
    cells = [_cell(text, session) for text in _texts(session)]
    cells[_SESSION].setIcon(icon(session.kind, session.kind))
    cells[_SESSION].setData(session.id, _KEY)
    return cells


def _cell(text: str, session: Session) -> QStandardItem:
    cell = QStandardItem(text)
    cell.setToolTip(text)
    cell.setFont(theme.figures())
    if session.cancelled:
        struck = QFont(theme.figures())
        struck.setStrikeOut(text not in ("", _("Cancelled")))
        cell.setFont(struck)
        cell.setForeground(theme.tokens().text3)
    return cell
