"""The first screen of the first start: three ways in, and a quiet fourth."""

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from painprogram import i18n
from painprogram.gui import icons
from painprogram.gui.start.card import Card
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.segmented import Segment, Segmented
from painprogram.i18n import _


class Choices(QWidget):
    example_asked = Signal()
    new_asked = Signal()
    connect_asked = Signal()
    file_asked = Signal()
    language_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[4])
        title = _("Plan and run group pain programmes")
        column.addWidget(Label(title, "heading", wrap=True))
        column.addWidget(Label(_("How do you want to begin?"), "body", "text2", wrap=True))
        self.wrong = Label(colour="block", wrap=True)
        self.wrong.setObjectName("choices_wrong")
        self.wrong.hide()
        column.addWidget(self.wrong)
        self.first = self._card(
            "play",
            _("Try it with example data"),
            _("A made-up cluster of four centres with groups, schedules and patients, for today."),
            "choose_example",
            self.example_asked,
        )
        column.addWidget(self.first)
        column.addWidget(
            self._card(
                "plus",
                _("New health centre"),
                _("Write down your colleagues and rooms, and start the first group."),
                "choose_new",
                self.new_asked,
            )
        )
        column.addWidget(
            self._card(
                "cluster",
                _("Connect to the cluster's database"),
                _("For centres that share one database. You need its address and an account."),
                "choose_connect",
                self.connect_asked,
            )
        )
        column.addLayout(self._bottom())

    @staticmethod
    def _card(icon: str, title: str, text: str, name: str, chosen: SignalInstance) -> Card:
        card = Card(icon, title, text, name)
        card.clicked.connect(chosen)
        return card

    def _bottom(self) -> QHBoxLayout:
        open_file = QPushButton(icons.icon("folder", "accent"), _("Open a database file"))
        open_file.setObjectName("choose_file")
        open_file.setFlat(True)
        open_file.clicked.connect(self.file_asked)
        languages = Segmented(_("Language"), [Segment("sv", "Svenska"), Segment("en", "English")])
        languages.setObjectName("language")
        languages.choose(i18n.language())
        languages.chosen.connect(self._language)
        row = QHBoxLayout()
        row.addWidget(open_file)
        row.addStretch(1)
        row.addWidget(languages)
        return row

    @Slot(object)
    def _language(self, key: object) -> None:
        self.language_chosen.emit(str(key))

    def say(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
