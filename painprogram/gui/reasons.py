"""What must be acknowledged asks for a reason, in a small dialog, and is then done with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from painprogram.domain.errors import NeedsReason
from painprogram.gui.tokens import GAP
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.ground import Sign
from painprogram.gui.widgets.label import Label
from painprogram.gui.work import Work
from painprogram.i18n import _

if TYPE_CHECKING:
    from painprogram.usecases import Database

LONGEST = 200
_WIDE = 520

Answer = Callable[[Any], object]
Told = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Instead of an answer: what somebody must take upon them."""

    findings: tuple[str, ...]


def _tried(
    database: "Database",
    usecase: Callable[..., Any],
    arguments: Sequence[Any],
    named: Mapping[str, Any],
) -> Any:
    try:
        return usecase(database, *arguments, **named)
    except NeedsReason as asked:
        return _Asked(asked.findings)


class ReasonForm(Form):
    """What stands against it, and why it is to be so all the same."""

    def __init__(
        self, parent: QWidget, findings: Sequence[str], accepted_by: Callable[[str], object]
    ) -> None:
        super().__init__(parent, _("Acknowledge with a reason"), _("Acknowledge"), self._accept)
        self.setObjectName("reason_form")
        self._answer = accepted_by
        self._told = QVBoxLayout()
        self._told.setSpacing(GAP)
        self.fields.addRow(self._told)
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST)
        self.reason.setPlaceholderText(_("Such as: agreed with everybody concerned"))
        self.add(_("Reason"), self.reason, "reason")
        hint = _("Is kept with your name, and asked again when the facts change.")
        self.fields.addRow(Label(hint, "small", "text3", wrap=True))
        self.setMinimumWidth(_WIDE)
        self.show_findings(findings)
        self.reason.setFocus()

    @property
    def findings(self) -> tuple[str, ...]:
        return self._findings

    def show_findings(self, findings: Sequence[str]) -> None:
        self._findings = tuple(findings)
        while (item := self._told.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for one in findings:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(GAP)
            row.addWidget(Sign("warning", "warn"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(one, "body", wrap=True), 1)
            self._told.addWidget(line)

    def _accept(self) -> None:
        words = self.reason.text().strip()
        if words:
            self._answer(words)
        else:
            self.fail(_("Write the reason."))
            self.reason.setFocus()


class Reasoned:
    """One use case that may need a reason.

    *done* gets its answer, *refused* the sentence of a refusal; *left* is called when the user
    gives no reason: nothing was changed then.
    """

    def __init__(
        self,
        work: Work,
        owner: QWidget,
        done: Answer,
        refused: Told,
        left: Callable[[], object],
        *,
        word: str = "reason",
    ) -> None:
        self._work, self._owner, self._word = work, owner, word
        self._done, self._refused, self._left = done, refused, left
        self._form: ReasonForm | None = None
        self._usecase: Callable[..., Any] = _tried
        self._arguments: tuple[Any, ...] = ()
        self._named: dict[str, Any] = {}

    def run(self, usecase: Callable[..., Any], *arguments: Any, **named: Any) -> None:
        self._usecase, self._arguments, self._named = usecase, arguments, named
        self._go({})

    def _go(self, more: dict[str, str]) -> None:
        task = self._work.run(
            self._owner, self._answered, _tried, self._usecase, self._arguments, self._named | more
        )
        task.or_else(self._failed)

    def _answered(self, result: Any) -> None:
        if not isinstance(result, _Asked):
            self._close()
            self._done(result)
        elif self._form is None:
            self._form = ReasonForm(self._owner, result.findings, self._given)
            self._form.rejected.connect(self._given_up)
            self._form.open()
        else:  # something new has come to stand against it meanwhile
            self._form.show_findings(result.findings)
            self._form.button.setEnabled(True)

    def _given(self, reason: str) -> None:
        self._go({self._word: reason})

    def _failed(self, sentence: str) -> None:
        self._close()
        self._refused(sentence)

    def _given_up(self) -> None:
        self._form = None
        self._left()

    def _close(self) -> None:
        if self._form is not None:
            form, self._form = self._form, None
            form.accept()
