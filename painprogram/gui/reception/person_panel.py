"""Whoever stands in front of the reception: the day, what comes next, and the paper they hold."""

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.domain.attendance import AttendanceState
from painprogram.domain.sessions import Session, Visit
from painprogram.gui import icons, roster_rows
from painprogram.gui.desk import Desk, Paper
from painprogram.gui.tokens import GAP, PANEL_EDGE, SPACE
from painprogram.gui.widgets.chips import Chip, Tone
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.plain_button import PlainButton
from painprogram.i18n import _, ngettext, pgettext
from painprogram.usecases.reception import Here, Person
from painprogram.usecases.reprints import Waiting

_MOST_CHANGES = 6


class PersonPanel(Ground):
    came = Signal(object)
    """A ``Here`` to which the person has come."""
    occasion_asked = Signal(object)
    """The key of a session or visit of the day."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("alt", parent, edge="left")
        self._desk = desk
        self._person: Person | None = None
        self._empty = Empty(
            "person",
            _("Whoever is chosen is shown here. Type a name or a number, or choose in the list."),
        )
        self._column = QVBoxLayout()
        self._column.setContentsMargins(PANEL_EDGE, SPACE[4], PANEL_EDGE, SPACE[4])
        self._column.setSpacing(SPACE[2])
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside = Ground("alt")
        inside.setLayout(self._column)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("person")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        words = _("Print the sheet ({key})").format(key=print_key())
        self.print = self._button("print_sheet", words, "printer")
        self.print.setProperty("big", True)
        self.print.clicked.connect(self.print_sheet)
        self.open = self._button("open_patient", _("Open the patient"), "link-out")
        self.open.clicked.connect(self._open)
        foot = Ground("alt", edge="top")
        below = QVBoxLayout(foot)
        below.setContentsMargins(PANEL_EDGE, SPACE[3], PANEL_EDGE, SPACE[3])
        below.setSpacing(GAP)
        below.addWidget(self.print)
        below.addWidget(self.open)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(foot)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(shown)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(self._stack)

    @staticmethod
    def _button(name: str, text: str, sign: str) -> QPushButton:
        found = QPushButton(icons.icon(sign), text)
        found.setObjectName(name)
        found.setAccessibleName(text)
        found.setAutoDefault(False)
        found.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return found

    @property
    def person(self) -> Person | None:
        return self._person

    def show_nobody(self) -> None:
        self._person = None
        self._stack.setCurrentIndex(0)

    def take_keyboard(self) -> None:
        (self.print if self.print.isEnabled() else self.open).setFocus()

    def print_sheet(self) -> None:
        """The sheets that are out of date, else the one of the place."""
        one = self._person
        if one is None or one.place is None:
            return
        places = tuple(waiting.enrolment_id for waiting in one.outdated)
        group, place = one.place
        if len(places) > 1:
            self._desk.paper_asked.emit(Paper("sheet", places=places, patient_id=one.patient_id))
        else:
            self._desk.paper_asked.emit(Paper("sheet", group, place, patient_id=one.patient_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A walk-up who is on no open list comes by the same letter as on the lists."""
        letter = event.text().upper()
        modified = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        waits = next((one for one in self._here() if one.mark is None), None)
        if modified or self._person is None:
            event.ignore()
        elif letter == print_key():
            self.print_sheet()
        elif letter == roster_rows.keys()[AttendanceState.PRESENT] and waits is not None:
            self.came.emit(waits)
        else:
            event.ignore()

    def _here(self) -> tuple[Here, ...]:
        return self._person.here if self._person else ()

    # What is shown

    def show_person(self, one: Person, day_words: str) -> None:
        if one == self._person and self._stack.currentIndex() == 1:
            return
        focused = self._focused_occasion()
        self._person = one
        self._clear()
        name = Label(one.name, "heading", wrap=True)
        name.setObjectName("person_name")
        self._column.addWidget(name)
        if one.masked:
            self._column.addWidget(Label(one.masked, "small", "text2"))
        self._chips(one)
        self._day(one, day_words)
        self._next(one)
        self._paper(one)
        self.print.setEnabled(one.place is not None)
        self.print.setProperty("primary", bool(one.outdated or one.never))
        self.print.style().polish(self.print)
        sign = "on_accent" if one.outdated or one.never else "text"
        self.print.setIcon(icons.icon("printer", sign))
        self._stack.setCurrentIndex(1)
        if focused is not None:
            self._focus_occasion(focused)

    def _focused_occasion(self) -> object:
        """Of the line that has the keyboard: it must not lose it when the lines are made anew."""
        return next((one.property("occasion") for one in self._lines() if one.hasFocus()), None)

    def _focus_occasion(self, key: object) -> None:
        found = [one for one in self._lines() if one.property("occasion") == key]
        if found:
            found[-1].setFocus()
        else:
            self.take_keyboard()

    def _lines(self) -> list[PlainButton]:
        items = (self._column.itemAt(at) for at in range(self._column.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [one for one in widgets if isinstance(one, PlainButton)]

    def _chips(self, one: Person) -> None:
        meant = roster_rows.signs(
            protected=one.protected,
            interpreter=one.interpreter,
            language=one.language,
            access=one.access,
        )
        for sign, words in meant:
            tone: Tone = "warn" if sign == "shield" else "neutral"
            self._column.addWidget(Chip(words, tone, sign), 0, Qt.AlignmentFlag.AlignLeft)

    def _day(self, one: Person, day_words: str) -> None:
        self._heading(day_words)
        if not one.here:
            self._line(_("Nothing that day."), "text2")
        for here in one.here:
            held = here.occasion
            state = roster_rows.told(here.mark) if here.mark else ""
            text = f"{i18n.clock_range(held.start, held.end)}  {roster_rows.title(held)}"
            button = PlainButton("here", held.kind.value, font="body", tint="sunken")
            button.show_text(text)
            button.setProperty("occasion", held.id)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            spoken = [text, held.room_name, state]
            button.setAccessibleName(". ".join(part for part in spoken if part))
            button.setToolTip("\n".join((text, _("Show the attendance list"))))
            button.clicked.connect(self._ask_occasion)
            self._column.addWidget(button)
            below = " · ".join(part for part in (held.room_name, state) if part)
            self._line(below, "text2")

    def _next(self, one: Person) -> None:
        self._heading(_("Next"))
        if one.next is None:
            self._line(_("Nothing more is planned."), "text2")
            return
        self._line(_when(one.next), "text", strong=True)
        leaders = one.next.leaders if isinstance(one.next, Session) else ()
        parts = [roster_rows.title(one.next), one.next.room_name]
        parts += [leader.name for leader in leaders]
        self._line(" · ".join(part for part in parts if part), "text2")

    def _paper(self, one: Person) -> None:
        self._heading(_("Sheet"))
        if one.outdated:
            for waiting in one.outdated:
                self._outdated(waiting)
        elif one.never:
            self._line(_("No sheet has been printed yet."), "text", strong=True)
        elif one.place is None:
            self._line(_("Has no place in a group."), "text2")
        else:
            self._line(_("The paper they have is right."), "text2")

    def _outdated(self, waiting: Waiting) -> None:
        chip = Chip(_("The sheet is out of date"), "warn", "document")
        self._column.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        for change in waiting.changes[:_MOST_CHANGES]:
            if change.old and change.new:
                self._line(change.what, "text", strong=True)
                self._line(f"{change.old}\n→ {change.new}", "text2")
            else:
                self._line(change.words, "text")
        more = len(waiting.changes) - _MOST_CHANGES
        if more > 0:
            words = ngettext("and {number} more change", "and {number} more changes", more)
            self._line(words.format(number=i18n.number(more)), "text2")

    def _heading(self, text: str) -> None:
        self._column.addSpacing(SPACE[2])
        self._column.addWidget(Label(text, "strong", "text2"))

    def _line(self, text: str, colour: str, *, strong: bool = False) -> None:
        if text:
            self._column.addWidget(Label(text, "strong" if strong else "small", colour, wrap=True))

    def _clear(self) -> None:
        for item in _taken(self._column):
            item.hide()
            item.deleteLater()

    def _ask_occasion(self) -> None:
        key = self.sender().property("occasion")
        if isinstance(key, UUID):
            self.occasion_asked.emit(key)

    def _open(self) -> None:
        if self._person is not None:
            self._desk.patient_asked.emit(self._person.patient_id)


def print_key() -> str:
    return pgettext("key", "P")


def _when(held: Session | Visit) -> str:
    day = i18n.day_long(held.start.date())
    return f"{day[:1].upper()}{day[1:]} {i18n.clock_range(held.start, held.end)}"


def _taken(column: QVBoxLayout) -> Iterable[QWidget]:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            yield widget
