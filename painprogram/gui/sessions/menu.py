"""What can be done with a card, by the right button or the menu key."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from painprogram.domain.sessions import Session
from painprogram.gui.icons import icon
from painprogram.gui.sessions.shown import Held
from painprogram.i18n import _


class CardMenu(QMenu):
    def __init__(self, held: Held, chosen: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("card_menu")
        self._chosen = chosen
        session = isinstance(held, Session)
        stop = _("Hold after all") if held.cancelled else _("Cancel session")
        for verb, sign, text, fits in (
            ("time", "clock", _("Change time"), True),
            ("leaders", "swap", _("Change leader"), True),
            ("room", "room", _("Change room"), True),
            ("cancel", "cancel", stop if session else _("Remove visit"), True),
            ("poster", "printer", _("Poster"), session),
            ("calendar", "calendar-file", _("Calendar file"), session),
        ):
            if fits:
                self.addAction(icon(sign), text).setData(verb)
        self.triggered.connect(self._pick)

    def open_at(self, where: QPoint) -> None:
        self.popup(where)

    def _pick(self, action: QAction) -> None:
        self._chosen(str(action.data()))
