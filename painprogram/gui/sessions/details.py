"""Beside the week: everything about the session or visit that is chosen, and what can be done."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.groups import GroupStatus
from painprogram.domain.programmes import ModuleKind
from painprogram.domain.sessions import Session
from painprogram.gui.desk import Desk
from painprogram.gui.icons import icon
from painprogram.gui.sessions.cards import first_capital, full_title, when
from painprogram.gui.sessions.clash_list import answer_of
from painprogram.gui.sessions.lanes import room_facts
from painprogram.gui.sessions.menu import lock_words
from painprogram.gui.sessions.parts import Fact, Link, Notice, Pairs
from painprogram.gui.sessions.roster import Roster
from painprogram.gui.sessions.shown import Held, Shown, is_past, leaders_of
from painprogram.gui.tokens import GAP, PANEL_EDGE
from painprogram.gui.widgets.chips import Chip, Tone
from painprogram.gui.widgets.ground import Ground, Sign
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, pgettext
from painprogram.usecases.clashes import Found


class Details(QScrollArea):
    verb_asked = Signal(str)
    """``time``, ``leaders``, ``room``, ``cancel``, ``attendance``, ``poster``, ``calendar``,
    ``common`` or ``acknowledge``."""
    closed = Signal()
    patient_asked = Signal(object)
    group_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("session_details")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._shown: Shown | None = None
        self._held: Held | None = None
        self._said: object = None
        ground = Ground("alt", edge="left")
        self._column = QVBoxLayout(ground)
        self._column.setContentsMargins(1, 0, 0, PANEL_EDGE)
        self._column.setSpacing(0)
        self._column.addLayout(self._head())
        self.notice = Notice()
        self.notice.setObjectName("notice")
        self._column.addWidget(self.notice)
        self._answers = self._make_answers()
        self._column.addWidget(self._answers)
        self._facts = QVBoxLayout()
        self._facts.setContentsMargins(PANEL_EDGE, 12, PANEL_EDGE, 12)
        self._facts.setSpacing(8)
        self._column.addLayout(self._facts)
        self.roster = Roster(desk)
        self.roster.patient_asked.connect(self.patient_asked)
        self._column.addWidget(self.roster)
        self._who = QPushButton(icon("eye"), _("Show who"))
        self._who.setObjectName("show_who")
        self._who.setToolTip(_("Opens the patient; that you looked is logged."))
        self._who.clicked.connect(self._ask_patient)
        self._buttons = Pairs()
        self._make_buttons()
        self._column.addWidget(self._buttons)
        self._column.addStretch(1)
        self.setWidget(ground)

    # Parts

    def _head(self) -> QVBoxLayout:
        self._sign = Sign("calendar", "text2", 20)
        self._title = Label("", "title", wrap=True)
        self._title.setObjectName("session_title")
        shut = QToolButton()
        shut.setObjectName("deselect")
        shut.setAutoRaise(True)
        shut.setIcon(icon("cross", "text2"))
        shut.setToolTip(_("Back to the week in short (Esc)"))
        shut.setAccessibleName(_("Back to the week in short"))
        shut.clicked.connect(self.closed)
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._title, 1)
        top.addWidget(shut, 0, Qt.AlignmentFlag.AlignTop)
        self._group = Link("group_link")
        self._group.clicked.connect(self._ask_group)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        head = QVBoxLayout()
        head.setContentsMargins(PANEL_EDGE, PANEL_EDGE, 8, 12)
        head.setSpacing(4)
        head.addLayout(top)
        head.addWidget(self._group)
        head.addSpacing(4)
        head.addLayout(self._chips)
        return head

    def _make_answers(self) -> Pairs:
        """What can be done about what stands against it."""
        self._acknowledge = _button("acknowledge", "check", _("Acknowledge…"))
        self._common = _button("common", "search", _("Find another time"))
        for button in (self._acknowledge, self._common):
            button.clicked.connect(self._ask_verb)
        answers = Pairs()
        answers.show_parts([self._acknowledge, self._common])
        answers.hide()
        return answers

    def _make_buttons(self) -> None:
        self._cancel = _button("cancel", "cancel", _("Cancel session"))
        made = (
            _button("leaders", "swap", _("Change leader")),
            _button("time", "clock", _("Change time"), _("Enter or F2")),
            _button("room", "room", _("Change room")),
            self._cancel,
            _button("lock", "lock", "", _("The automatic plan leaves it alone (L)")),
            _button("attendance", "check", _("Attendance")),
            _button(
                "poster", "printer", _("Poster"), _("The base schedule of the group, to print")
            ),
            _button("calendar", "calendar-file", _("Calendar file")),
        )
        self._by_verb = {button.objectName(): button for button in made}
        for button in made:
            button.clicked.connect(self._ask_verb)
        self._buttons.show_parts([*made, self._who])

    # What is shown

    def show_one(self, shown: Shown, held: Held, now: datetime) -> None:
        session = held if isinstance(held, Session) else None
        self._shown, self._held = shown, held
        self._sign.show_sign(held.kind.value, held.kind.value)
        self._sign.setToolTip(held.kind.label)
        self._title.setText(full_title(held))
        self._group.say(held.group_name)
        said = (held, shown.group(held.group_id), shown.board.rooms, is_past(held, now))
        if said != self._said:
            self._said = said
            self._show_chips(shown, held, now)
            self._show_facts(shown, held)
        self.show_clashes()
        self.roster.setVisible(session is not None)
        if session:
            self.roster.show_session(session)
        self._who.setVisible(session is None)
        off = held.cancelled
        self._cancel.setText(
            _("Remove visit")
            if session is None
            else _("Hold after all")
            if off
            else _("Cancel session")
        )
        self._cancel.setIcon(icon("trash" if session is None else "undo" if off else "cancel"))
        self._by_verb["lock"].setVisible(session is not None)
        locked = session is not None and bool(session.locked)
        self._by_verb["lock"].setText(_("Unlock") if locked else pgettext("verb", "Lock"))
        self._by_verb["lock"].setAccessibleName(lock_words(held))
        self._by_verb["poster"].setVisible(session is not None)
        self._by_verb["calendar"].setVisible(session is not None)
        self._buttons.lay()

    def _show_chips(self, shown: Shown, held: Held, now: datetime) -> None:
        _clear(self._chips)
        group = shown.group(held.group_id)
        chips: list[tuple[str, Tone, str]] = []
        if shown.cancelled(held):
            chips.append((_("Cancelled"), "block", "cancel"))
        if group and group.status is GroupStatus.DRAFT:
            chips.append((group.status.label, "warn", "pen"))
        if group and group.letter:
            chips.append((_("Group {letter}").format(letter=group.letter), "neutral", ""))
        if held.kind is ModuleKind.LINKED:
            chips.append((_("Linked"), "neutral", "linked"))
        if isinstance(held, Session) and held.locked:
            chips.append((pgettext("session", "Locked"), "neutral", "lock"))
        if is_past(held, now):
            chips.append((_("Past"), "neutral", ""))
        for text, tone, sign in chips:
            self._chips.addWidget(Chip(text, tone, sign))
        self._chips.addStretch(1)

    def _show_facts(self, shown: Shown, held: Held) -> None:
        _clear(self._facts)
        self._facts.addWidget(Fact("clock", first_capital(when(held))))
        room = shown.board.rooms.get(held.room_id) if held.room_id else None
        if room:
            self._facts.addWidget(Fact("room", room.name, room_facts(room), aside_below=True))
        else:
            self._facts.addWidget(Fact("room", held.room_name or _("No room")))
        for leader in leaders_of(held):
            self._facts.addWidget(Fact("person", leader.name, leader.profession.label))
        if not leaders_of(held):
            self._facts.addWidget(Fact("person", _("Nobody leads it")))

    def show_clashes(self) -> None:
        """What stands against it where it is."""
        if self._shown is None or self._held is None:
            return
        key = self._held.id
        found = self._shown.clashes_of(key)
        lead, tone, sign = _lead(found)
        said = dict.fromkeys(
            "\n".join(part for part in (clash.against(key), answer_of(clash)) if part)
            for clash in sorted(found, key=lambda clash: not clash.open)
        )
        mark = "• " if len(said) > 1 else ""
        self.notice.say(lead, "\n".join(f"{mark}{one}" for one in said), tone, sign)
        self._acknowledge.setVisible(any(clash.to_acknowledge for clash in found))
        self._common.setVisible(isinstance(self._held, Session))
        waits = any(clash.open for clash in found)
        buttons = (self._acknowledge, self._common)
        self._answers.setVisible(waits and not all(button.isHidden() for button in buttons))
        self._answers.lay()

    def show_place(self, lead: str, rest: str) -> None:
        """What stands against it where the drag has taken it."""
        self.notice.say(lead, rest)
        self._answers.hide()

    def _ask_verb(self) -> None:
        self.verb_asked.emit(self.sender().objectName())

    def _ask_group(self) -> None:
        if self._held:
            self.group_asked.emit(self._held.group_id)

    def _ask_patient(self) -> None:
        if self._held and not isinstance(self._held, Session):
            self.patient_asked.emit(self._held.patient_id)

    @property
    def shown_id(self) -> UUID | None:
        return self._held.id if self._held else None


def _lead(found: Sequence[Found]) -> tuple[str, str, str]:
    """What the hardest of them is called, with its tone and sign."""
    if any(clash.open for clash in found):
        blocks = any(clash.open and not clash.to_acknowledge for clash in found)
        return _("Clash"), "block" if blocks else "warn", "blocked" if blocks else "warning"
    if any(clash.acknowledged for clash in found):
        return _("Acknowledged clash"), "warn", "check"
    return (_("Good to know"), "accent", "info") if found else ("", "", "")


def _button(name: str, sign: str, text: str, tip: str = "") -> QPushButton:
    button = QPushButton(icon(sign), text)
    button.setObjectName(name)
    button.setAccessibleName(text)
    button.setToolTip(tip)
    return button


def _clear(layout: QHBoxLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
