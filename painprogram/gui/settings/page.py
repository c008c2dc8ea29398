"""Settings: the sections on the left, the chosen one on the right."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from painprogram.gui import icons, theme
from painprogram.gui.desk import Desk
from painprogram.gui.settings.calendars import CalendarsSection
from painprogram.gui.settings.centre import CentreSection
from painprogram.gui.settings.closed_days import ClosedDaysSection
from painprogram.gui.settings.database import DatabaseSection
from painprogram.gui.settings.languages import LanguagesSection
from painprogram.gui.settings.paper_texts import TextsSection
from painprogram.gui.settings.papers import PapersSection
from painprogram.gui.settings.program import ProgramSection
from painprogram.gui.settings.rooms import RoomsSection
from painprogram.gui.settings.rules import RulesSection
from painprogram.gui.settings.section import Section
from painprogram.gui.settings.staff import StaffSection
from painprogram.gui.settings.wishes import WishesSection
from painprogram.gui.tokens import ICON
from painprogram.i18n import _

_LIST, _WIDEST = 220, 1000
# Each change is a line of the change log.
_EVERYTHING = """
care_provider centre closure staff room programme programme_version patient_group session leader
link patient enrolment deviation visit commitment print
working_time absence extra_time busy busy_source calendar_target pushed_event
rule_setting publication acknowledgement group_pause planning_wish
paper_face paper_text translation language_approval
"""


class SettingsPage(QWidget):
    shows = frozenset(_EVERYTHING.split())
    language_chosen = Signal(str)
    scheme_chosen = Signal(str)
    actor_chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        program = ProgramSection(desk)
        program.language_chosen.connect(self.language_chosen)
        program.scheme_chosen.connect(self.scheme_chosen)
        program.actor_chosen.connect(self.actor_chosen)
        self._languages = LanguagesSection(desk)
        self._sections: tuple[tuple[str, Section], ...] = (
            ("home", CentreSection(desk)),
            ("people", StaffSection(desk)),
            ("room", RoomsSection(desk)),
            ("calendar", ClosedDaysSection(desk)),
            ("shield", RulesSection(desk)),
            ("star", WishesSection(desk)),
            ("calendar-file", CalendarsSection(desk)),
            ("document", PapersSection(desk)),
            ("mail", TextsSection(desk)),
            ("globe", self._languages),
            ("language", program),
            ("database", DatabaseSection(desk)),
        )
        self._stale: set[int] = set()
        self._list = QListWidget()
        self._list.setObjectName("sections")
        self._list.setAccessibleName(_("Settings"))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setIconSize(QSize(ICON, ICON))
        self._stack = QStackedWidget()
        for icon, section in self._sections:
            self._list.addItem(QListWidgetItem(icons.icon(icon, "text2"), section.title))
            self._stack.addWidget(_scrolled(section))
        self._list.setCurrentRow(0)
        self._list.currentRowChanged.connect(self._chosen)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._list)
        layout.addWidget(self._stack, 1)
        self._dress()
        theme.notifier.changed.connect(self._dress)
        desk.centre_changed.connect(self.reload)

    def reload(self) -> None:
        """The section that is seen now, the others when they are."""
        at = self._stack.currentIndex()
        self._stale = set(range(len(self._sections))) - {at}
        self._sections[at][1].reload()

    def show_section(self, name: str) -> None:
        """Go to a section, by its name."""
        wanted = f"section_{name}"
        for at, (_icon, section) in enumerate(self._sections):
            if section.objectName() == wanted:
                self._list.setCurrentRow(at)

    def show_languages(self, language: str) -> None:
        """What is missing in *language*, to be written."""
        self._languages.show_language(language)
        self.show_section("languages")

    def _chosen(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        if at in self._stale:
            self._stale.discard(at)
            self._sections[at][1].reload()

    def _dress(self) -> None:
        self._list.setFixedWidth(round(_LIST * theme.scale()))
        for widget, role in ((self._list, "alt"), (self._stack, "base")):
            palette = theme.palette(theme.tokens())
            ground = theme.tokens().colour(role)
            palette.setColor(QPalette.ColorRole.Base, ground)
            palette.setColor(QPalette.ColorRole.Window, ground)
            widget.setPalette(palette)
            widget.setAutoFillBackground(True)


def _scrolled(section: Section) -> QScrollArea:
    section.setMaximumWidth(round(_WIDEST * theme.scale()))
    ground = QWidget()
    row = QHBoxLayout(ground)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(section, 100)
    row.addStretch(1)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(ground)
    return area
