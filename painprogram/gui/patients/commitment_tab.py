"""What patient and team agree on: written as it is said, agreed with date and by whom."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from painprogram.domain.commitments import Commitment
from painprogram.domain.people import Staff
from painprogram.gui import theme, tokens
from painprogram.gui.desk import Desk
from painprogram.gui.icons import icon
from painprogram.gui.patients.line_list import LineList
from painprogram.gui.patients.opened import Opened
from painprogram.gui.patients.parts import Card, button, grounded, offer
from painprogram.gui.patients.saving import Saver, write_commitment
from painprogram.gui.patients.schedule_forms import day_field, python_date, wide
from painprogram.gui.patients.side import state_of
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, date_long
from painprogram.usecases import commitments

_WIDEST = 720
PARTS = ("sentences", "goals", "home")


class AgreeForm(Form):
    """On which day, and with which colleague."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        commitment: Commitment,
        people: tuple[Staff, ...],
        contact_id: UUID | None,
    ) -> None:
        super().__init__(parent, _("Mark as agreed"), _("Mark as agreed"), self._send)
        self._desk, self._commitment = desk, commitment
        self.day = day_field(desk.today())
        self.add(_("Agreed on"), self.day, "agreed_on")
        self.who = wide(QComboBox())
        for person in sorted(people, key=lambda one: one.centre_id != desk.centre.id):
            self.who.addItem(f"{person.name}, {person.profession.label}", person.id)
        self.who.setCurrentIndex(max(0, self.who.findData(contact_id) if contact_id else 0))
        self.add(_("With"), self.who, "agreed_by")

    def _send(self) -> None:
        who = self.who.currentData()
        if who is None:
            self.fail(_("Add a colleague first: somebody agrees with the patient."))
            return
        self._desk.work.run(
            self, self._agreed, commitments.agree, self._commitment, python_date(self.day), who
        ).or_else(self.fail)

    def _agreed(self, _commitment: Commitment) -> None:
        self.accept()


class _Earlier(Card):
    """One version as it was."""

    def __init__(self, commitment: Commitment) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(2)
        column.addWidget(Label(version_of(commitment), "strong", "text2", wrap=True))
        for heading, lines in (
            ("", commitment.sentences),
            (_("My goals"), commitment.goals),
            (_("Home practice"), commitment.home),
        ):
            if lines and heading:
                column.addWidget(Label(heading, "small", "text3"))
            for line in lines:
                column.addWidget(Label(line, "small", "text2", wrap=True))


def version_of(commitment: Commitment) -> str:
    """``Version 2, agreed 10 november 2026 with Sofia Nyström``."""
    if commitment.agreed_on is None:
        return _("Version {number}, not agreed").format(number=commitment.number)
    return _("Version {number}, agreed {day} with {name}").format(
        number=commitment.number,
        day=date_long(commitment.agreed_on),
        name=commitment.agreed_by_name,
    )


class CommitmentTab(QStackedWidget):
    enrol_asked = Signal()
    stale = Signal()
    """Something was refused: read again what is there."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._opened: Opened | None = None
        self._saver: Saver[Commitment] | None = None
        self._shown_earlier: tuple[Commitment, ...] = ()
        self.lists = {
            "sentences": LineList(_("The commitment"), "sentences", _("Another sentence")),
            "goals": LineList(_("My goals"), "goals", _("A goal in the patient's own words")),
            "home": LineList(
                _("Home practice"), "home", _("What and how often: relaxation 10 min every evening")
            ),
        }
        self.lists["sentences"].changed.connect(self._sentences)
        self.lists["goals"].changed.connect(self._goals)
        self.lists["home"].changed.connect(self._home)
        self._none = Empty(
            "signature", _("The commitment belongs to a place in a group. There is none yet.")
        )
        offer(self._none, _("Place in a group"), "enrol_for_commitment", self._enrol)
        self.addWidget(self._scrolled())
        self.addWidget(grounded(self._none))

    def _scrolled(self) -> QScrollArea:
        self.state = Chip()
        self.version = Label("", "body", "text2", wrap=True)
        self.version.setObjectName("commitment_version")
        self.agree = button(_("Mark as agreed"), "agree_here", "signature", self.ask_agreement)
        self.agree.setIcon(icon("signature"))
        self.agree.setProperty("primary", True)
        top = QHBoxLayout()
        top.setSpacing(tokens.GAP)
        top.addWidget(self.state)
        top.addWidget(self.version, 1)
        top.addWidget(self.agree)
        self._earlier_title = Label(_("Earlier versions"), "strong")
        self._earlier_title.hide()
        self._earlier = QVBoxLayout()
        self._earlier.setSpacing(tokens.GAP)
        page = QWidget()
        page.setMaximumWidth(round(_WIDEST * theme.scale()))
        column = QVBoxLayout(page)
        column.setContentsMargins(tokens.SCREEN_EDGE, 16, tokens.SCREEN_EDGE, 24)
        column.setSpacing(20)
        column.addLayout(top)
        for each in self.lists.values():
            column.addWidget(each)
        column.addWidget(self._earlier_title)
        column.addLayout(self._earlier)
        column.addStretch(1)
        inside = Ground("base")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(page, 1)
        row.addStretch(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        area.setFocusPolicy(area.focusPolicy().NoFocus)
        return area

    def show_patient(self, opened: Opened, today: date) -> None:
        del today
        before = self._opened.place.id if self._opened and self._opened.place else None
        afresh = opened.place is None or before != opened.place.id
        self._opened = opened
        self.setCurrentIndex(1 if opened.commitment is None else 0)
        if opened.commitment is None:
            self._saver = None
            return
        if afresh or self._saver is None:
            self._saver = Saver(self._desk.work, opened.commitment, write_commitment, self)
            self._saver.saved.connect(self._saved)
            self._saver.refused.connect(self._refused)
        self._saver.refresh(opened.commitment)
        if not self._saver.busy:
            self._show(self._saver.value, afresh=afresh)
        self._show_earlier(opened.earlier)

    def _show(self, commitment: Commitment, *, afresh: bool) -> None:
        for part, shown in self.lists.items():
            shown.show_lines(getattr(commitment, part), afresh=afresh)
        self._tell(commitment)

    def _tell(self, commitment: Commitment) -> None:
        self.state.show_text(*state_of(commitment))
        self.agree.setVisible(commitment.agreed_on is None)
        if commitment.agreed_on is not None:
            after = _("A change makes a new version, to be agreed again.")
            text = f"{version_of(commitment)}. {after}"
        elif commitment.number:
            text = version_of(commitment)
        else:
            text = _("The programme's sentences. Write the patient's own goals and home practice.")
        self.version.setText(text)

    def _show_earlier(self, earlier: tuple[Commitment, ...]) -> None:
        if earlier == self._shown_earlier:
            return
        self._shown_earlier = earlier
        while item := self._earlier.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._earlier_title.setVisible(bool(earlier))
        for commitment in earlier:
            self._earlier.addWidget(_Earlier(commitment))

    def ask_agreement(self) -> None:
        """Asked for by the buttons here and beside the schedule."""
        if self._saver is None or self._opened is None:
            return
        commitment, patient = self._saver.value, self._opened.patient
        AgreeForm(self, self._desk, commitment, self._opened.staff, patient.contact_id).open()

    # Writing.

    def _sentences(self, lines: tuple[str, ...]) -> None:
        self._put("sentences", lines)

    def _goals(self, lines: tuple[str, ...]) -> None:
        self._put("goals", lines)

    def _home(self, lines: tuple[str, ...]) -> None:
        self._put("home", lines)

    def _put(self, part: str, lines: tuple[str, ...]) -> None:
        if self._saver is not None:
            self._saver.put(part, lines)

    def _saved(self, part: str, commitment: Commitment) -> None:
        if self.sender() is self._saver:
            self.lists[part].show_lines(getattr(commitment, part))
            self._tell(commitment)

    def _refused(self, part: str, sentence: str) -> None:
        if self.sender() is self._saver:
            self.lists[part].fail(sentence)
        else:
            self._desk.message.emit(sentence)
        self.stale.emit()

    def _enrol(self) -> None:
        self.enrol_asked.emit()
