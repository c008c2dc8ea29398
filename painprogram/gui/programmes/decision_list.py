"""What a decision leads to, as a list: sentences, warnings, and who must be told."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from painprogram.domain.seats import Consequences
from painprogram.gui.icons import icon
from painprogram.gui.tokens import ICON
from painprogram.i18n import _, ngettext


class ConsequenceList(QListWidget):
    """Wraps its words; nothing in it can be clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("consequences")
        self.setAccessibleName(_("What it leads to"))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setWordWrap(True)
        self.setIconSize(QSize(ICON, ICON))
        self.setSpacing(2)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_consequences(self, found: Consequences) -> None:
        self.clear()
        if found.hinder:
            self._line("blocked", "block", found.hinder)
            return
        for text in found.sentences:
            self._line("arrow-right", "text2", text)
        for text in found.warnings:
            self._line("warning", "warn", text)
        if found.told:
            many = len(found.told)
            words = ngettext(
                "{number} patient must be told:", "{number} patients must be told:", many
            )
            item = self._line("people", "text2", words.format(number=many))
            font = item.font()
            font.setBold(True)
            item.setFont(font)
        for one in found.told:
            sign = "lock" if one.protected else "person"
            self._line(sign, "text2", f"{one.name}: {one.what}. {one.reach}.")

    def texts(self) -> list[str]:
        return [self.item(row).text() for row in range(self.count())]

    def _line(self, sign: str, colour: str, text: str) -> QListWidgetItem:
        item = QListWidgetItem(icon(sign, colour), text, self)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setToolTip(text)
        return item
