"""How many are to come; who, only when it is asked for, since looking is logged."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from painprogram.domain.sessions import Session
from painprogram.gui.desk import Desk
from painprogram.gui.sessions.parts import Link
from painprogram.gui.tokens import PANEL_EDGE
from painprogram.gui.widgets.ground import Ground, Sign
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _
from painprogram.usecases import sessions
from painprogram.usecases.sessions import Participant


class Roster(Ground):
    patient_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("alt", edge="top")
        self._desk = desk
        self._session: Session | None = None
        self._count = Label("", "strong", "text2")
        self._count.setObjectName("participants")
        self._all = Link("show_all", _("Show all"), "small")
        self._all.setToolTip(_("Shows the names; that you looked is logged."))
        self._all.clicked.connect(self._ask)
        head = QHBoxLayout()
        head.addWidget(self._count, 1)
        head.addWidget(self._all)
        self._names = QVBoxLayout()
        self._names.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(PANEL_EDGE, 12, PANEL_EDGE, 4)
        column.addLayout(head)
        column.addLayout(self._names)

    def show_session(self, session: Session) -> None:
        before, self._session = self._session, session
        seats = _("Participants {taken} of {seats}")
        self._count.setText(
            seats.format(taken=session.taken, seats=session.seats)
            if session.seats
            else _("Participants {taken}").format(taken=session.taken)
        )
        if before is None or (before.id, before.taken) != (session.id, session.taken):
            self._clear()
        self._all.setVisible(session.taken > 0 and self._names.count() == 0)

    def _ask(self) -> None:
        if self._session is not None:
            self._all.setEnabled(False)
            self._desk.work.run(self, self._show, sessions.participants, self._session.id)

    def _show(self, who: tuple[Participant, ...]) -> None:
        self._clear()
        for one in who:
            self._names.addWidget(self._row(one))
        self._all.setVisible(not who)
        self._all.setEnabled(True)

    def _row(self, one: Participant) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        name = Link("participant", one.name)
        name.setProperty("patient", one.patient_id)
        name.clicked.connect(self._go)
        line.addWidget(name, 1, Qt.AlignmentFlag.AlignLeft)
        for wanted, sign, words in (
            (one.interpreter, "language", _("Needs an interpreter")),
            (one.access, "wheelchair", _("Has needs of access")),
        ):
            if wanted:
                mark = Sign(sign)
                mark.setToolTip(words)
                mark.setAccessibleName(words)
                line.addWidget(mark)
        return row

    def _go(self) -> None:
        self.patient_asked.emit(self.sender().property("patient"))

    def _clear(self) -> None:
        while (item := self._names.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        self._all.setEnabled(True)
