"""The left side: search as you type, the filter, the list, and a new patient."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.patients import Found
from painprogram.domain.traits import Choice
from painprogram.domain.ways import Standing
from painprogram.gui import theme, tokens
from painprogram.gui.desk import Desk
from painprogram.gui.patients.filters import FilterButton
from painprogram.gui.patients.found_delegate import FoundDelegate
from painprogram.gui.patients.found_model import FoundModel, More
from painprogram.gui.patients.opened import Search, search
from painprogram.gui.patients.parts import ChoiceChip, Flow, button, icon_button, is_key, offer
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.searchfield import SearchField
from painprogram.i18n import _

_WAIT = 120
"""Milliseconds after the last key until the search begins."""
_FIRST, _MORE = 200, 5
"""How many are asked for at first, and how many times more each time."""


FILTERS: tuple[Standing | None, ...] = (
    *(None, Standing.IN_LINE, Standing.IN_GROUP, Standing.NEW),
    *(Standing.FOLLOW_UP, Standing.DONE, Standing.NOWHERE),
)
_KEPT = "patients filter"
"""The choice as this machine keeps it."""


def _asked_for(one: Search) -> tuple[object, ...]:
    return one.text, one.standing, one.having


def chosen_before(desk: Desk) -> Standing | None:
    """The filter that was chosen last on this machine."""
    kept = desk.settings.text(_KEPT)
    return next((one for one in Standing if one == kept), None)


class _Field(SearchField):
    """The list is walked from here; the keyboard need not leave the field."""

    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_key(event, Qt.Key.Key_Down):
            self.walked.emit(1)
        elif is_key(event, Qt.Key.Key_Up):
            self.walked.emit(-1)
        else:
            super().keyPressEvent(event)


class _List(QListView):
    chosen = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_key(event, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class FoundPanel(Ground):
    """Says who is to be opened; knows who is."""

    opened = Signal(object)
    """A patient's key."""
    new_asked = Signal()
    line_asked = Signal()
    """The waiting list is to be shown."""
    nobody = Signal(bool)
    """Whether the centre has no patients at all, each time the list is read."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("alt", parent, edge="right")
        self._desk = desk
        self._most = _FIRST
        self._search: Search | None = None
        self._choice = chosen_before(desk)
        self._asked = 0
        self._open_first = False
        self._timer = QTimer(self, singleShot=True, interval=_WAIT)
        self._timer.timeout.connect(self.reload)
        self._build()
        theme.notifier.changed.connect(self._dress)
        self._dress()

    def _build(self) -> None:
        self.field = _Field(_("Name or number"))
        self.field.setObjectName("patient_search")
        self.field.textChanged.connect(self._typed)
        self.field.walked.connect(self._walk)
        self.field.returnPressed.connect(self._entered)
        self.filter = FilterButton(self._desk)
        self.filter.chosen.connect(self._narrowed)
        self.model = FoundModel(self)
        self.delegate = FoundDelegate(self)
        self.list = _List()
        self.list.setObjectName("patients")
        self.list.setAccessibleName(_("Patients"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setMouseTracking(True)
        self.list.clicked.connect(self._clicked)
        self.list.chosen.connect(self._open_row)
        self._none = Empty("search", "")
        offer(self._none, _("Show all"), "find_all", self.show_all, icon_name="")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._none)
        top = QVBoxLayout()
        top.setContentsMargins(tokens.PANEL_EDGE - 2, 12, tokens.PANEL_EDGE - 2, 4)
        top.setSpacing(10)
        searched = QHBoxLayout()
        searched.setSpacing(4)
        searched.addWidget(self.field, 1)
        searched.addWidget(self.filter)
        top.addLayout(searched)
        top.addLayout(self._chips())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot())

    def _foot(self) -> Ground:
        new = button(_("New patient"), "new_patient", "plus", self._new)
        new.setToolTip(_("New patient (Ctrl+N)"))
        self.line = button(_("Waiting list"), "waiting_list", "list", self._line)
        self.line.setToolTip(_("Who waits, and who a free place is proposed to"))
        file = button(_("Import from file…"), "import_patients", "document", self._file)
        save = icon_button(_("Save the list as a file…"), "export_patients", "export", self._save)
        files = QHBoxLayout()
        files.setSpacing(4)
        files.addWidget(file, 1)
        files.addWidget(save)
        foot = Ground("alt", edge="top")
        below = QVBoxLayout(foot)
        below.setContentsMargins(tokens.PANEL_EDGE, 8, tokens.PANEL_EDGE, 8)
        below.setSpacing(tokens.GAP)
        below.addWidget(self.line)
        below.addWidget(new)
        below.addLayout(files)
        return foot

    def _chips(self) -> Flow:
        flow, group = Flow(gap=6), QButtonGroup(self)
        self._filters = {choice: ChoiceChip(f"show_{choice or 'all'}") for choice in FILTERS}
        for choice, chip in self._filters.items():
            group.addButton(chip)
            chip.toggled.connect(partial(self._filtered, choice))
            flow.addWidget(chip)
        self._filters[self._choice].setChecked(True)
        self._count()
        return flow

    @property
    def shown_text(self) -> str | None:
        """The text whose answer is shown; None before the first."""
        return self._search.text if self._search else None

    # What the page asks for.

    def reload(self) -> None:
        """Read the list again for what stands in the field."""
        self._timer.stop()
        self._asked += 1
        text = " ".join(self.field.text().split())
        done = partial(self._arrived, self._asked)
        choice, today = Choice(self._choice, self.filter.choice.traits), self._desk.today()
        self.filter.show_choice(choice)
        self._desk.work.run(
            self, done, search, text, self._desk.centre.id, self._most, choice, today
        )

    def show_opened(self, patient_id: UUID | None) -> None:
        """Mark who is opened, and bring them into view."""
        self.delegate.opened = patient_id
        self._select(self.model.row_of(patient_id))
        self.list.viewport().update()

    def show_standing(self, standing: Standing | None) -> None:
        """Only those who stand there; None: all."""
        self._filters[standing].setChecked(True)

    def show_all(self) -> None:
        self.filter.show_choice(Choice())
        self.field.clear()
        self.show_standing(None)
        self.reload()
        self.field.setFocus()

    def start_over(self) -> None:
        """Another centre: nothing of the old one stays."""
        self._search, self._most = None, _FIRST
        self.delegate.opened = None
        self.field.clear()
        self.model.show(None)
        self.reload()

    # What the user does.

    def _typed(self) -> None:
        self._most = _FIRST
        self._timer.start()

    def _walk(self, by: int) -> None:
        self._select(self.model.step(self.list.currentIndex().row(), by))

    def _entered(self) -> None:
        """What was typed counts, even where its answer is not there yet."""
        if self._timer.isActive() or (self._search and self._search.text != self._typed_text()):
            self._open_first = True
            self.reload()
        else:
            row = self.list.currentIndex().row()
            self._open_row(row if row >= 0 else self.model.step(-1, 1))

    def _typed_text(self) -> str:
        return " ".join(self.field.text().split())

    def _new(self) -> None:
        self.new_asked.emit()

    def _line(self) -> None:
        self.line_asked.emit()

    def _file(self) -> None:
        self._desk.import_asked.emit("patients")

    def _save(self) -> None:
        self._desk.export_asked.emit("patients")

    def _narrowed(self, choice: Choice) -> None:
        self.filter.show_choice(choice)
        self._most = _FIRST
        if choice.standing == self._choice:
            self.reload()
        else:
            self._filters[choice.standing].setChecked(True)  # which reads the list

    def _clicked(self, index: QModelIndex) -> None:
        self._open_row(index.row())

    def _open_row(self, row: int) -> None:
        match self.model.shown(row):
            case Found(id=patient_id):
                self.opened.emit(patient_id)
            case More():
                self._most *= _MORE
                self.reload()

    def _filtered(self, choice: Standing | None, chosen: bool) -> None:  # noqa: FBT001 -- a signal
        if chosen and choice != self._choice:
            self._choice, self._most = choice, _FIRST
            self._desk.settings.put(_KEPT, choice)
            self.reload()

    # What comes back.

    def _arrived(self, asked: int, found: Search) -> None:
        if asked != self._asked:
            return  # an answer to what is no longer asked
        before, self._search = self._search, found
        same = before is not None and _asked_for(before) == _asked_for(found)
        self._show(same=same)
        if not (found.text or found.having):
            self.nobody.emit(not any(found.counts.values()))
        if self._open_first:
            self._open_first = False
            self._open_row(self.model.step(-1, 1))

    def _show(self, *, same: bool) -> None:
        """*same*: the same question again, so the list stays where it was scrolled to."""
        if self._search is None:
            return
        before = self.model.shown(self.list.currentIndex().row())
        at = self.list.indexAt(QPoint(4, 4)).row()
        self.delegate.numbers = any(c.isdigit() for c in self._search.text)
        self.delegate.today = self._desk.today()
        self.model.show(self._search)
        self._count()
        text = self._search.text
        self._none.set_text(
            _("Nobody is called “{text}” or has such a number.").format(text=text)
            if text
            else _("Nobody here.")
        )
        some = any(self._search.counts.values()) or self._search.having or text
        in_vain = self.model.empty and bool(some)
        self._stack.setCurrentWidget(self._none if in_vain else self.list)
        kept = self.model.row_of(before.id) if isinstance(before, Found) else -1
        if kept < 0:
            kept = self.model.row_of(self.delegate.opened)
        if kept < 0 and text:
            kept = self.model.step(-1, 1)
        if kept >= 0:
            self._select(kept, look=False)
        if same and at > 0:
            self.list.scrollTo(self.model.index(at), QListView.ScrollHint.PositionAtTop)

    def _select(self, row: int, *, look: bool = True) -> None:
        if row < 0:
            self.list.clearSelection()
            return
        index = self.model.index(row)
        self.list.setCurrentIndex(index)
        if look:
            self.list.scrollTo(index)

    def _count(self) -> None:
        counts = self._search.counts if self._search else {}
        for choice, chip in self._filters.items():
            many = sum(counts.values()) if choice is None else counts.get(choice, 0)
            words = _("All") if choice is None else choice.label
            chip.say(f"{words} {many}" if self._search else words)
            rare = choice in (Standing.NOWHERE, Standing.DONE, Standing.FOLLOW_UP, Standing.NEW)
            chip.setVisible(many > 0 or not rare or chip.isChecked())

    def _dress(self) -> None:
        palette = self.list.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.tokens().alt)
        self.list.setPalette(palette)
