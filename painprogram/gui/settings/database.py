"""Where the database lies, what is in it, and who changed what."""

from datetime import UTC

from PySide6.QtWidgets import QFormLayout

from painprogram import i18n
from painprogram.gui.desk import Desk
from painprogram.gui.settings.listing import Listing
from painprogram.gui.settings.section import Section
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, ngettext
from painprogram.usecases import databases, history

_MANY = 200
_KILO = 1000


class DatabaseSection(Section):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "database", _("Database"), "")
        self._place, self._kind, self._size, self._holds = (Elided() for _each in range(4))
        facts = QFormLayout()
        facts.setHorizontalSpacing(SPACE[5])
        facts.setVerticalSpacing(SPACE[2])
        facts.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, name, field in (
            (_("Place"), "database_place", self._place),
            (_("Kind"), "database_kind", self._kind),
            (_("Size"), "database_size", self._size),
            (_("Contents"), "database_holds", self._holds),
        ):
            field.setObjectName(name)
            facts.addRow(Label(label, "body", "text2"), field)
        self.column.addLayout(facts)
        self.column.addSpacing(SPACE[3])
        self.column.addWidget(Label(_("Change log"), "title"))
        self._log = Listing(_("Change log"), (_("When"), _("Who"), _("What")))
        self._log.setObjectName("change_log")
        self.column.addWidget(self._log, 1)
        text = _("The newest {number} changes are shown. Nothing is ever taken out of the log.")
        self.column.addWidget(Label(text.format(number=_MANY), "small", "text3", wrap=True))

    def reload(self) -> None:
        self.desk.work.run(self, self._show, databases.facts)
        self.desk.work.run(self, self._show_log, history.entries, _MANY)

    def _show(self, facts: databases.DatabaseFacts) -> None:
        self._place.set_text(facts.place)
        self._kind.set_text(
            _("Shared by the cluster (PostgreSQL)")
            if facts.shared
            else _("The centre's own file (SQLite)")
        )
        self._size.set_text(_size(facts.size))
        text = ngettext("{number} patient", "{number} patients", facts.patients)
        self._holds.set_text(text.format(number=i18n.number(facts.patients)))

    def _show_log(self, entries: tuple[history.Entry, ...]) -> None:
        lines = []
        for entry in entries:
            at = entry.at.replace(tzinfo=UTC).astimezone()
            when = f"{i18n.date_short(at.date())} {i18n.clock(at)}"
            lines.append((when, entry.who, entry.label))
        self._log.show_lines(lines)


def _size(many: int) -> str:
    """In the largest unit that leaves a number to read."""
    if many < _KILO**2:
        return f"{i18n.number(many / _KILO)} kB"
    return f"{i18n.number(many / _KILO**2, 1)} MB"
