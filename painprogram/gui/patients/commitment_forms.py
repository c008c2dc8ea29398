"""What is asked about a commitment: when it was agreed and signed, and how the goals went."""

from uuid import UUID

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from painprogram.domain.commitments import (
    BEST,
    Commitment,
    GoalReview,
    Outcome,
    Review,
    ReviewKind,
)
from painprogram.domain.people import Staff
from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.patients.goal_list import ScoreBox, scale_words
from painprogram.gui.patients.schedule_forms import day_field, python_date, wide
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, date_short
from painprogram.usecases import commitments, reviews, signing
from painprogram.usecases.signing import SheetPrinted

_GOALS = 4
"""As many are seen without scrolling."""
_LINES = 4


def colleagues(people: tuple[Staff, ...], centre_id: UUID, chosen: UUID | None) -> QComboBox:
    """Those of the centre first; *chosen*, or the first."""
    box = wide(QComboBox())
    for person in sorted(people, key=lambda one: one.centre_id != centre_id):
        box.addItem(f"{person.name}, {person.profession.label}", person.id)
    keys = [box.itemData(at) for at in range(box.count())]
    box.setCurrentIndex(keys.index(chosen) if chosen in keys else 0)
    return box


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
        self.who = colleagues(people, desk.centre.id, contact_id)
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


class SignForm(Form):
    """On which day, on which sheet; with whom, where it is not agreed before."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        commitment: Commitment,
        people: tuple[Staff, ...],
        contact_id: UUID | None,
        sheet: SheetPrinted | None,
    ) -> None:
        super().__init__(parent, _("Mark as signed"), _("Mark as signed"), self._send)
        self._desk, self._commitment = desk, commitment
        self.day = day_field(desk.today())
        self.add(_("Signed on"), self.day, "signed_on")
        self.who: QComboBox | None = None
        if commitment.agreed_on is None:
            self.who = colleagues(people, desk.centre.id, contact_id)
            self.add(_("Agreed with"), self.who, "agreed_by")
        self.number = wide(QComboBox())
        for number in range(sheet.number if sheet else 0, 0, -1):
            last = sheet is not None and number == sheet.number
            text = _("Version {number}").format(number=number)
            if sheet is not None and last:
                text = _("Version {number}, printed {day}").format(
                    number=number, day=date_short(sheet.printed_on)
                )
            self.number.addItem(text, number)
        if sheet is None:
            self.number.addItem(_("No sheet has been printed"), None)
        self.number.setEnabled(self.number.count() > 1)
        self.add(_("Sheet"), self.number, "signed_number")
        if sheet is not None and sheet.same is False:
            words = _(
                "The sheet that was printed last has another commitment than what is written now."
            )
            warned = Label(words, "small", "warn", wrap=True)
            warned.setObjectName("other_sheet")
            self.fields.addRow(warned)

    def _send(self) -> None:
        who = self.who.currentData() if self.who is not None else None
        if self.who is not None and who is None:
            self.fail(_("Add a colleague first: somebody agrees with the patient."))
            return
        self._desk.work.run(
            self,
            self._signed,
            signing.sign,
            self._commitment,
            python_date(self.day),
            number=self.number.currentData(),
            staff_id=who,
        ).or_else(self.fail)

    def _signed(self, _commitment: Commitment) -> None:
        self.accept()


class _Goals(QScrollArea):
    """Each goal with how it went, and what the patient manages now."""

    def __init__(self, goals: tuple[GoalReview, ...]) -> None:
        super().__init__()
        self._goals = goals
        self.outcomes: list[QComboBox] = []
        self.scores: list[ScoreBox] = []
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        for at, goal in enumerate(goals):
            self._row(grid, at, goal)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        high = inside.sizeHint().height() // max(1, len(goals)) + 10
        self.setMinimumHeight(round(high * min(_GOALS, len(goals))))
        self.setMinimumWidth(round(520 * theme.scale()))

    def _row(self, grid: QGridLayout, at: int, goal: GoalReview) -> None:
        words = Label(goal.goal, "body", wrap=True)
        words.setMinimumWidth(round(180 * theme.scale()))
        outcome = QComboBox()
        for one in Outcome:
            outcome.addItem(one.label, one)
        outcome.setCurrentIndex(list(Outcome).index(goal.outcome))
        outcome.setObjectName(f"outcome_{at + 1}")
        outcome.setAccessibleName(_("How it went: {goal}").format(goal=goal.goal))
        before = "" if goal.before is None else _("{score} →").format(score=goal.before)
        then = Label(before, "body", "text3")
        score = ScoreBox(goal.after)
        score.setObjectName(f"after_{at + 1}")
        score.setAccessibleName(
            _("{title}: what the patient manages now, 0 to {best}").format(
                title=goal.goal, best=BEST
            )
        )
        for column, widget in enumerate((words, outcome, then, score)):
            grid.addWidget(widget, at, column)
        self.outcomes.append(outcome)
        self.scores.append(score)

    @property
    def written(self) -> tuple[GoalReview, ...]:
        return tuple(
            GoalReview(goal.goal, Outcome(outcome.currentData()), goal.before, score.score)
            for goal, outcome, score in zip(self._goals, self.outcomes, self.scores, strict=True)
        )


class ReviewForm(Form):
    """How each goal went, half-way or at the end."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        commitment: Commitment,
        kind: ReviewKind,
        people: tuple[Staff, ...],
        contact_id: UUID | None,
        review: Review | None = None,
    ) -> None:
        super().__init__(parent, kind.label, _("Save the review"), self._send)
        self._desk, self._commitment, self._kind, self._review = desk, commitment, kind, review
        self.day = day_field(review.reviewed_on if review else desk.today())
        self.day.setMaximumDate(QDate(9999, 12, 31))
        self.add(_("Day"), self.day, "reviewed_on")
        self.who = colleagues(people, desk.centre.id, review.reviewed_by if review else contact_id)
        self.add(_("With"), self.who, "reviewed_by")
        gone_through = _of(commitment, review)
        self.goals = _Goals(gone_through)
        if gone_through:
            self.fields.addRow(Label(_("My goals"), "strong"))
            self.fields.addRow(Label(scale_words(), "small", "text3", wrap=True))
            self.fields.addRow(self.goals)
        else:
            words = _("No goals are written. A note can be kept all the same.")
            self.fields.addRow(Label(words, "small", "text3", wrap=True))
        self.note = QPlainTextEdit(review.note if review else "")
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(round(self.note.fontMetrics().lineSpacing() * _LINES + 18))
        self.add(_("Note"), self.note, "review_note")

    def _send(self) -> None:
        self._desk.work.run(
            self,
            self._written,
            reviews.write,
            self._commitment,
            self._kind,
            python_date(self.day),
            self.goals.written,
            self.note.toPlainText(),
            staff_id=self.who.currentData(),
            review=self._review,
        ).or_else(self.fail)

    def _written(self, _review: Review) -> None:
        self.accept()


def _of(commitment: Commitment, review: Review | None) -> tuple[GoalReview, ...]:
    """What was said of the goals; else the goals as they are now."""
    if review is not None:
        return review.goals
    return tuple(GoalReview(goal, Outcome.OPEN, score) for goal, score in commitment.scored)
