"""What patient and team agree on: written as it is said, agreed, signed, looked back on."""

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from painprogram.domain.commitments import Commitment, ReviewKind, Score
from painprogram.gui import theme, tokens
from painprogram.gui.desk import Desk
from painprogram.gui.icons import icon
from painprogram.gui.patients.commitment_forms import AgreeForm, ReviewForm, SignForm
from painprogram.gui.patients.commitment_past import Reviews, Versions, signed_words, version_of
from painprogram.gui.patients.goal_list import GoalList
from painprogram.gui.patients.line_list import LineList
from painprogram.gui.patients.opened import Opened
from painprogram.gui.patients.parts import Flow, button, grounded, offer
from painprogram.gui.patients.saving import Saver, write_commitment
from painprogram.gui.patients.side import state_of
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.empty import Empty
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, date_short
from painprogram.usecases.signing import SheetPrinted

_WIDEST = 720
PARTS = ("sentences", "goals", "home")


class CommitmentTab(QStackedWidget):
    enrol_asked = Signal()
    stale = Signal()
    """Something was refused: read again what is there."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._opened: Opened | None = None
        self._saver: Saver[Commitment] | None = None
        self.lists: dict[str, LineList] = {
            "sentences": LineList(_("The commitment"), "sentences", _("Another sentence")),
            "goals": GoalList(_("My goals"), "goals", _("A goal in the patient's own words")),
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
        self.agree.setIcon(icon("check"))
        self.sign = button(_("Mark as signed"), "sign_here", "signature", self.ask_signature)
        self.sign.setProperty("primary", True)
        self.sheet = Label("", "small", "text2", wrap=True)
        self.sheet.setObjectName("commitment_sheet")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.version)
        words.addWidget(self.sheet)
        first = QHBoxLayout()
        first.setSpacing(tokens.GAP)
        first.addWidget(self.state)
        first.addLayout(words, 1)
        self._doing = QWidget()
        buttons = Flow(self._doing)
        buttons.addWidget(self.sign)
        buttons.addWidget(self.agree)
        top = QVBoxLayout()
        top.setSpacing(10)
        top.addLayout(first)
        top.addWidget(self._doing)
        self.reviews = Reviews()
        self.reviews.asked.connect(self.ask_review)
        self.versions = Versions()
        page = QWidget()
        page.setMaximumWidth(round(_WIDEST * theme.scale()))
        column = QVBoxLayout(page)
        column.setContentsMargins(tokens.SCREEN_EDGE, 16, tokens.SCREEN_EDGE, 24)
        column.setSpacing(20)
        column.addLayout(top)
        for each in self.lists.values():
            column.addWidget(each)
        column.addWidget(self.reviews)
        column.addWidget(self.versions)
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
        self.reviews.show_reviews(opened.reviews, opened.commitment.number)
        self.versions.show_versions(opened.commitment, opened.earlier)

    def _show(self, commitment: Commitment, *, afresh: bool) -> None:
        for part, shown in self.lists.items():
            shown.show_lines(_lines(commitment, part), afresh=afresh)
        self._tell(commitment)

    def _tell(self, commitment: Commitment) -> None:
        self.state.show_text(*state_of(commitment))
        self.agree.setVisible(commitment.agreed_on is None)
        self.sign.setVisible(commitment.signed_on is None)
        self._doing.setVisible(commitment.signed_on is None)
        self._tell_sheet(commitment, self._opened.sheet if self._opened else None)
        if commitment.agreed_on is not None:
            after = _("A change makes a new version, to be agreed again.")
            text = f"{version_of(commitment)}. {after}"
        elif commitment.number:
            text = version_of(commitment)
        else:
            text = _("The programme's sentences. Write the patient's own goals and home practice.")
        self.version.setText(text)

    def _tell_sheet(self, commitment: Commitment, sheet: SheetPrinted | None) -> None:
        """What was signed; else whether the sheet in the patient's hand says the same."""
        if commitment.signed_on is not None:
            self.sheet.setText(signed_words(commitment))
            return
        if sheet is None:
            self.sheet.setText(_("No sheet has been printed."))
            return
        said = {
            True: _("Version {number} of the sheet, printed {day}, has this commitment."),
            False: _(
                "Version {number} of the sheet, printed {day}, has another commitment: print again."
            ),
            None: _("Version {number} of the sheet was printed {day}."),
        }[sheet.same]
        self.sheet.setText(said.format(number=sheet.number, day=date_short(sheet.printed_on)))

    def ask_agreement(self) -> None:
        if self._saver is None or self._opened is None:
            return
        commitment, patient = self._saver.value, self._opened.patient
        AgreeForm(self, self._desk, commitment, self._opened.staff, patient.contact_id).open()

    def ask_signature(self) -> None:
        """Asked for by the buttons here and beside the schedule."""
        if self._saver is None or self._opened is None:
            return
        opened = self._opened
        SignForm(
            self,
            self._desk,
            self._saver.value,
            opened.staff,
            opened.patient.contact_id,
            opened.sheet,
        ).open()

    def ask_review(self, kind: ReviewKind) -> None:
        if self._saver is None or self._opened is None:
            return
        opened = self._opened
        there = next((one for one in opened.reviews if one.kind is kind), None)
        ReviewForm(
            self,
            self._desk,
            self._saver.value,
            kind,
            opened.staff,
            opened.patient.contact_id,
            there,
        ).open()

    # Writing.

    def _sentences(self, lines: tuple[str, ...]) -> None:
        self._put("sentences", lines)

    def _goals(self, lines: tuple[tuple[str, Score], ...]) -> None:
        self._put("goals", lines)

    def _home(self, lines: tuple[str, ...]) -> None:
        self._put("home", lines)

    def _put(self, part: str, lines: tuple[Any, ...]) -> None:
        if self._saver is not None:
            self._saver.put(part, lines)

    def _saved(self, part: str, commitment: Commitment) -> None:
        if self.sender() is self._saver:
            self.lists[part].show_lines(_lines(commitment, part))
            self._tell(commitment)

    def _refused(self, part: str, sentence: str) -> None:
        if self.sender() is self._saver:
            self.lists[part].fail(sentence)
        else:
            self._desk.message.emit(sentence)
        self.stale.emit()

    def _enrol(self) -> None:
        self.enrol_asked.emit()


def _lines(commitment: Commitment, part: str) -> tuple[Any, ...]:
    if part == "goals":
        return commitment.scored
    found: tuple[str, ...] = getattr(commitment, part)
    return found
