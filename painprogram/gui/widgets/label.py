"""A text in one of the theme's fonts and colours, which follows the theme."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from painprogram.gui import theme


class Label(QLabel):
    """Plain text always: what a user has typed is never read as markup."""

    def __init__(
        self,
        text: str = "",
        font: theme.FontRole = "body",
        colour: str = "text",
        parent: QWidget | None = None,
        *,
        wrap: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self._font_role: theme.FontRole = font
        self._colour = colour
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self._dress()
        theme.notifier.changed.connect(self._dress)

    def set_colour(self, colour: str) -> None:
        """Another role of ``Tokens``: what is good, what warns, what is wrong."""
        self._colour = colour
        self._dress()

    def _dress(self) -> None:
        self.setFont(theme.font(self._font_role))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.tokens().colour(self._colour))
        self.setPalette(palette)
