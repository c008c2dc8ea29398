"""Beside the search: what the list is narrowed to, and choices kept under a name."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QWidget

from painprogram.domain import traits
from painprogram.domain.errors import Refused
from painprogram.domain.traits import Choice, Trait
from painprogram.gui.desk import Desk
from painprogram.gui.icons import icon
from painprogram.gui.patients.parts import icon_button
from painprogram.gui.widgets.form import Form
from painprogram.i18n import _

_KEPT = "patients saved filters"


class FilterButton(QWidget):
    """Holds the choice; the panel reads the list anew when it changes."""

    chosen = Signal(object)
    """A ``Choice``."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.choice = Choice()
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill)
        self.button: QToolButton = icon_button(_("Filter"), "patients_filter", "filter", self._open)
        self.button.setParent(self)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFixedSize(self.button.sizeHint())
        self.setFocusProxy(self.button)

    @property
    def saved(self) -> tuple[Choice, ...]:
        return traits.read(self._desk.settings.text(_KEPT))

    def show_choice(self, choice: Choice) -> None:
        self.choice = choice
        narrowed = bool(choice.traits)
        self.button.setIcon(icon("filter", "accent" if narrowed else "text2"))
        told = ", ".join(sorted(one.label for one in choice.traits))
        words = _("Filter: {what}").format(what=told) if narrowed else _("Filter")
        self.button.setToolTip(words)
        self.button.setAccessibleName(words)

    def _open(self) -> None:
        self.menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _fill(self) -> None:
        menu = self.menu
        menu.clear()
        for one in Trait:
            action = menu.addAction(one.label)
            action.setObjectName(f"trait_{one}")
            action.setCheckable(True)
            action.setChecked(one in self.choice.traits)
            action.toggled.connect(partial(self._toggle, one))
        menu.addSeparator()
        for kept in self.saved:
            action = menu.addAction(icon("star"), kept.name.replace("&", "&&"))
            action.setObjectName("saved_filter")
            action.triggered.connect(partial(self.chosen.emit, kept))
        save = menu.addAction(_("Keep this filter under a name…"), self.ask_name)
        save.setObjectName("save_filter")
        save.setEnabled(bool(self.choice.traits or self.choice.standing))
        if self.saved:
            gone = menu.addMenu(_("Remove a filter"))
            for kept in self.saved:
                gone.addAction(kept.name.replace("&", "&&")).triggered.connect(
                    partial(self._remove, kept.name)
                )

    def _toggle(self, one: Trait, on: bool) -> None:  # noqa: FBT001 -- a signal
        wanted = self.choice.traits | {one} if on else self.choice.traits - {one}
        self.chosen.emit(Choice(self.choice.standing, wanted))

    def ask_name(self) -> None:
        NameForm(self, self).open()

    def keep(self, name: str) -> None:
        """Refused without a name, or where too many are kept."""
        self._desk.settings.put(_KEPT, traits.written(traits.named(self.choice, name, self.saved)))

    def _remove(self, name: str) -> None:
        rest = [one for one in self.saved if one.name != name]
        self._desk.settings.put(_KEPT, traits.written(rest) if rest else None)


class NameForm(Form):
    def __init__(self, parent: QWidget, filters: FilterButton) -> None:
        super().__init__(parent, _("Keep the filter"), _("Keep"), self._send)
        self._filters = filters
        self.name = QLineEdit()
        self.name.setMaxLength(traits.LONGEST_NAME)
        self.name.setPlaceholderText(_("Such as: my unsigned commitments"))
        self.add(_("Name"), self.name, "filter_name")
        self.name.setFocus()

    def _send(self) -> None:
        try:
            self._filters.keep(self.name.text())
        except Refused as refused:
            self.fail(str(refused))
        else:
            self.accept()
