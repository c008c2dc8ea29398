"""What the status line says: what waits for somebody, where the data lies, who is at it."""

from PySide6.QtCore import QObject, QTimer

from painprogram.domain.publications import State
from painprogram.gui.desk import Desk
from painprogram.gui.frame import StatusLine
from painprogram.gui.widgets.plain_button import PlainButton
from painprogram.i18n import _, ngettext
from painprogram.usecases import clashes, publications, reprints
from painprogram.usecases.clashes import Found
from painprogram.usecases.reprints import Count

CLASHING = frozenset(
    {
        *("absence", "acknowledgement", "busy", "centre", "closure", "deviation", "enrolment"),
        *("extra_time", "leader", "link", "patient_group", "room", "rule_setting", "session"),
        *("staff", "visit", "working_time"),
    }
)
PRINTED = frozenset(
    {
        *("centre", "commitment", "deviation", "enrolment", "link", "patient", "patient_group"),
        *("paper_text", "print", "publication", "room", "staff", "translation", "visit"),
    }
)
DRAFTED = frozenset({"leader", "link", "patient_group", "publication", "session"})
_SETTLE = 150  # ms


class Standing(QObject):
    """Counts anew, a moment after something changed that may matter."""

    def __init__(self, desk: Desk, line: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._line = desk, line
        self._stale: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLE)
        self._soon.timeout.connect(self._count)
        desk.centre_changed.connect(self.count_all)

    @property
    def waits(self) -> bool:
        """Whether a count is about to begin."""
        return self._soon.isActive()

    def count_all(self) -> None:
        self._stale |= {"clashes", "queue", "drafts"}
        self._soon.start()

    def changed(self, tables: frozenset[str]) -> None:
        for name, counted in (("clashes", CLASHING), ("queue", PRINTED), ("drafts", DRAFTED)):
            if tables & counted:
                self._stale.add(name)
        if self._stale:
            self._soon.start()

    def _count(self) -> None:
        run, centre, today = self._desk.work.run, self._desk.centre.id, self._desk.today()
        stale, self._stale = self._stale, set()
        if "clashes" in stale:
            run(self, self._show_clashes, clashes.open_ahead, today, centre)
        if "drafts" in stale:
            run(self, self._show_drafts, publications.pending, centre, today)
        if "queue" in stale:
            run(self, self._show_queue, reprints.count, today, centre)

    def _show_clashes(self, found: tuple[Found, ...]) -> None:
        many = ngettext("{number} clash", "{number} clashes", len(found))
        _show(self._line.clashes, many, len(found))

    def _show_queue(self, found: Count) -> None:
        many = ngettext("{number} sheet to print", "{number} sheets to print", found.sheets)
        _show(self._line.queue, many, found.sheets)

    def _show_drafts(self, found: tuple[State, ...]) -> None:
        known = [state for state in found if state.number is not None]
        _show(self._line.drafts, _("Draft not published"), len(known))


def _show(chip: PlainButton, words: str, many: int) -> None:
    chip.show_text(words.format(number=many))
    chip.setVisible(many > 0)
