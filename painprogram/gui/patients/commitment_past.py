"""What has been of a commitment: how it was looked back on, and its versions with what differs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from painprogram.domain.commitments import (
    Commitment,
    Part,
    Review,
    ReviewKind,
    differences,
    told,
)
from painprogram.gui import tokens
from painprogram.gui.patients.parts import Card, button
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, date_long


def version_of(commitment: Commitment) -> str:
    """``Version 2, agreed 10 november 2026 with Sofia Nyström``."""
    if commitment.agreed_on is None:
        return _("Version {number}, not agreed").format(number=commitment.number)
    return _("Version {number}, agreed {day} with {name}").format(
        number=commitment.number,
        day=date_long(commitment.agreed_on),
        name=commitment.agreed_by_name,
    )


def signed_words(commitment: Commitment) -> str:
    """``Signed 12 november 2026 on sheet version 3``; empty where it is not."""
    if commitment.signed_on is None:
        return ""
    day = date_long(commitment.signed_on)
    if commitment.signed_number is None:
        return _("Signed {day}, on no printed sheet").format(day=day)
    return _("Signed {day} on version {number} of the sheet").format(
        day=day, number=commitment.signed_number
    )


def emptied(column: QVBoxLayout) -> None:
    while item := column.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()


class VersionCard(Card):
    """One version: what differs from the one before it; the first one whole."""

    def __init__(self, commitment: Commitment, before: Commitment | None) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(2)
        column.addWidget(Label(version_of(commitment), "strong", "text2", wrap=True))
        if words := signed_words(commitment):
            column.addWidget(Label(words, "small", "text2", wrap=True))
        if before is None:
            self._whole(column, commitment)
            return
        found = differences(before, commitment)
        for part in Part:
            lines = [one.words for one in found if one.part is part]
            if lines:
                column.addSpacing(4)
                column.addWidget(Label(part.label, "small", "text3"))
            for line in lines:
                column.addWidget(Label(line, "small", "text2", wrap=True))
        if not found:
            words = _("Says the same as version {number}.").format(number=before.number)
            column.addWidget(Label(words, "small", "text3", wrap=True))

    @staticmethod
    def _whole(column: QVBoxLayout, commitment: Commitment) -> None:
        for part, lines in (
            (Part.SENTENCES, commitment.sentences),
            (Part.GOALS, tuple(told(goal, score) for goal, score in commitment.scored)),
            (Part.HOME, commitment.home),
        ):
            if lines:
                column.addSpacing(4)
                column.addWidget(Label(part.label, "small", "text3"))
            for line in lines:
                column.addWidget(Label(line, "small", "text2", wrap=True))


class Versions(QWidget):
    """Every version, the newest first; nothing while there is one that is not agreed."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Commitment, ...] = ()
        self._title = Label(_("Versions"), "strong")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(tokens.GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP)
        column.addWidget(self._title)
        column.addLayout(self._cards)
        self.hide()

    def show_versions(self, newest: Commitment, earlier: tuple[Commitment, ...]) -> None:
        every = (newest, *earlier) if earlier else ()
        if every == self._shown:
            return
        self._shown = every
        emptied(self._cards)
        for commitment, before in zip(every, (*every[1:], None), strict=True):
            self._cards.addWidget(VersionCard(commitment, before))
        self.setVisible(bool(every))


class _ReviewCard(Card):
    asked = Signal(object)

    def __init__(self, kind: ReviewKind) -> None:
        super().__init__()
        self._kind = kind
        self.when = Label("", "small", "text2", wrap=True)
        self.when.setObjectName(f"review_{kind}_when")
        self.write = button(_("Write the review…"), f"review_{kind}", "pen", self._ask)
        top = QHBoxLayout()
        top.setSpacing(tokens.GAP)
        top.addWidget(Label(kind.label, "strong", "text2", wrap=True), 1)
        top.addWidget(self.write)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.when)
        column.addLayout(self._lines)

    def show_review(self, review: Review | None, current: int) -> None:
        emptied(self._lines)
        words = _("Change…") if review else _("Write the review…")
        self.write.setText(words)
        self.write.setAccessibleName(f"{self._kind.label}: {words}")
        self.write.setEnabled(bool(current))
        if review is None:
            self.when.setText(_("Not done yet"))
            return
        parts = [date_long(review.reviewed_on)]
        if review.reviewed_by_name:
            parts.append(_("with {name}").format(name=review.reviewed_by_name))
        if review.number != current:
            parts.append(_("on version {number}").format(number=review.number))
        self.when.setText(", ".join(parts))
        for goal in review.goals:
            self._lines.addWidget(Label(goal.words, "small", wrap=True))
        if review.note:
            self._lines.addWidget(Label(review.note, "small", "text2", wrap=True))

    def _ask(self) -> None:
        self.asked.emit(self._kind)


class Reviews(QWidget):
    """The two times that the goals are gone through together."""

    asked = Signal(object)
    """A ``ReviewKind``."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[Review, ...], int] | None = None
        self._cards = {kind: _ReviewCard(kind) for kind in ReviewKind}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP)
        column.addWidget(Label(_("We look back together"), "strong"))
        for card in self._cards.values():
            card.asked.connect(self.asked)
            column.addWidget(card)

    def show_reviews(self, found: tuple[Review, ...], current: int) -> None:
        """*current*: the number of the version that is written now; 0: none."""
        if self._shown == (found, current):
            return
        self._shown = found, current
        known = {review.kind: review for review in found}
        for kind, card in self._cards.items():
            card.show_review(known.get(kind), current)
