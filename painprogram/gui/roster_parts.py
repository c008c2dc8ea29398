"""What stands above and below the rows of an attendance list."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from painprogram.domain.attendance import AttendanceState, EventKind
from painprogram.domain.sessions import Session
from painprogram.gui import icons, roster_rows, theme
from painprogram.gui.tokens import GAP, SCREEN_EDGE, SPACE
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.ground import Ground, Sign
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.tiles import Tiles
from painprogram.i18n import _
from painprogram.usecases.attendance import Attendee, Sheet

_ORDER = (
    *(AttendanceState.PRESENT, AttendanceState.LATE, AttendanceState.PARTLY),
    *(AttendanceState.EXCUSED, AttendanceState.ABSENT, AttendanceState.NO_SHOW),
)
_ACROSS = 6
"""Buttons side by side, where there is room."""
_HIGH = 34


class RosterHead(Ground):
    """Which session or visit it is, how many have come, and what became of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("base", parent, edge="bottom")
        self._sign = Sign("calendar", "text2", 22)
        self.title = Elided("", "heading")
        self.title.setObjectName("roster_title")
        self.became = Chip()
        self.became.hide()
        self._facts = Elided("", "small", "text2")
        self._facts.setObjectName("roster_facts")
        self._told = Elided("", "small", "text2")
        self._told.hide()
        self.counts = Elided("", "strong")
        self.counts.setObjectName("roster_counts")
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self._sign)
        top.addWidget(self.title, 1)
        top.addWidget(self.became)
        column = QVBoxLayout(self)
        column.setContentsMargins(SCREEN_EDGE, SPACE[3], SCREEN_EDGE, SPACE[3])
        column.setSpacing(SPACE[1])
        column.addLayout(top)
        column.addWidget(self._facts)
        column.addWidget(self._told)
        column.addWidget(self.counts)

    def show_sheet(self, sheet: Sheet, now: datetime) -> None:
        held = sheet.occasion
        self._sign.show_sign(held.kind.value, held.kind.value)
        self.title.set_text(roster_rows.title(held))
        self._facts.set_text(roster_rows.facts(held))
        self.counts.set_text(roster_rows.counts(sheet))
        event = sheet.events[0] if sheet.events else None
        self.became.setVisible(event is not None or held.cancelled)
        self._told.setVisible(event is not None or sheet.kept)
        if event is not None:
            self.became.show_text(*roster_rows.event_chip(event))
            self._told.set_text(roster_rows.event_told(event, now))
        elif held.cancelled:
            self.became.show_text(_("Cancelled"), "warn", "cancel")
        if event is None and sheet.kept:
            words = _("The list is kept as it was: places that change later do not change it.")
            self._told.set_text(words)


class RosterFoot(Ground):
    """What can be noted, each with its key, and what was refused."""

    state_asked = Signal(object)
    event_asked = Signal(object)
    correction_asked = Signal()
    taking_back_asked = Signal()
    rest_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("alt", parent, edge="top")
        self.wrong = Label(colour="block", wrap=True)
        self.wrong.setObjectName("roster_wrong")
        self.wrong.hide()
        states, more = Tiles(_ACROSS), Tiles(_ACROSS)
        letters = roster_rows.keys()
        self._states: list[QPushButton] = []
        for state in _ORDER:
            words = _("{verb} ({key})").format(verb=roster_rows.verb(state), key=letters[state])
            one = _button(f"as_{state}", words, partial(self.state_asked.emit, state))
            one.setMinimumHeight(round(_HIGH * theme.scale()))
            one.setIcon(icons.icon(*_icon_of(state)))
            states.addWidget(one)
            self._states.append(one)
        correct, back = _("Minutes and note (F2)"), _("Take back (Del)")
        self._correct = _button("correct", correct, self.correction_asked.emit)
        self._back = _button("take_back", back, self.taking_back_asked.emit)
        self._rest = _button("rest_came", _("The others came"), self.rest_asked.emit)
        self._events = [
            _button(name, words, partial(self.event_asked.emit, kind))
            for name, words, kind in (
                ("was_held", _("The session was held"), EventKind.HELD),
                ("was_cancelled", _("The session was cancelled…"), EventKind.CANCELLED),
                ("was_moved", _("Moved at the last moment…"), EventKind.MOVED),
            )
        ]
        for one in (self._correct, self._back, self._rest, *self._events):
            more.addWidget(one)
        hint = _("Nothing here is undone: what was wrong is corrected, and both lines are kept.")
        column = QVBoxLayout(self)
        column.setContentsMargins(SCREEN_EDGE, SPACE[3], SCREEN_EDGE, SPACE[3])
        column.setSpacing(GAP)
        column.addWidget(self.wrong)
        column.addLayout(states)
        column.addLayout(more)
        column.addWidget(Elided(hint, "small", "text3"))

    def fail(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.show()

    def enable(self, sheet: Sheet | None, one: Attendee | None) -> None:
        """What can be done with the list, and with whoever is chosen on it."""
        on = sheet is not None and not sheet.occasion.cancelled
        for button in (*self._states, self._correct):
            button.setEnabled(on and one is not None)
        self._back.setEnabled(on and one is not None and one.mark is not None)
        self._rest.setEnabled(on and sheet is not None and sheet.noted < len(sheet.attendees))
        session = sheet is not None and isinstance(sheet.occasion, Session)
        for button in self._events:
            button.setVisible(session)


def _button(name: str, text: str, pressed: Callable[[], object]) -> QPushButton:
    found = QPushButton(text)
    found.setObjectName(name)
    found.setAccessibleName(text)
    found.setAutoDefault(False)
    found.clicked.connect(lambda _on=False: pressed())
    return found


def _icon_of(state: AttendanceState) -> tuple[str, str]:
    icon, tone = roster_rows.tick_of(state)
    return icon, "text2" if tone == "neutral" else tone
