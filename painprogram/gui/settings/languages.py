"""What is missing in the languages of patients' papers, written beside the Swedish; approval."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.domain.patients import LANGUAGES
from painprogram.gui import icons
from painprogram.gui.desk import Desk
from painprogram.gui.settings.lines import Lines
from painprogram.gui.settings.section import Section
from painprogram.gui.settings.text_list import TextList
from painprogram.gui.tokens import GAP, SPACE
from painprogram.gui.widgets.choice import Choice
from painprogram.gui.widgets.field import Field
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, ngettext
from painprogram.usecases import approvals, translations
from painprogram.usecases.approvals import LanguageStatus
from painprogram.usecases.translations import Origin, Translated

_HIGH = 360
_LINES = 6


class LanguagesSection(Section):
    """A translation is saved as it is left; it holds wherever the same Swedish words stand."""

    def __init__(self, desk: Desk) -> None:
        text = _(
            "What stands on patients' papers in other languages. A translation holds for the same "
            "Swedish words wherever they stand. Ctrl+Enter saves and goes to the next."
        )
        super().__init__(desk, "languages", _("Languages"), text)
        self._texts: dict[str, Translated] = {}
        self._read: tuple[UUID, str] | None = None
        """Centre and language of the texts that are shown."""
        self.language = Choice()
        for key in i18n.PAPER_LANGUAGES:
            if key != "sv":
                self.language.offer(_(LANGUAGES[key]), key)
        self.language.choose("ar")
        self.language.currentIndexChanged.connect(self._choose_language)
        self.column.addWidget(Field(_("Language"), self.language, "translated_language"))
        self.column.addWidget(self._approval())
        self.count = Label("", "strong", wrap=True)
        self.count.setObjectName("translations_count")
        self.missing_only = QCheckBox(_("Only what is missing"))
        self.missing_only.setObjectName("missing_only")
        self.missing_only.toggled.connect(self._fill)
        head = QHBoxLayout()
        head.addWidget(self.count, 1)
        head.addWidget(self.missing_only)
        self.column.addLayout(head)
        self.held = TextList("translations", _("Texts"), _HIGH)
        self.held.currentItemChanged.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(SPACE[4])
        row.addWidget(self.held)
        row.addWidget(self._side(), 1)
        self.column.addLayout(row, 1)
        following = QShortcut(QKeySequence("Ctrl+Return"), self)
        following.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        following.activated.connect(self._next)

    def _approval(self) -> QWidget:
        holder = QWidget()
        self.status = Label("", wrap=True)
        self.status.setObjectName("language_status")
        self.approve = QPushButton(icons.icon("check"), _("Approve the program's words"))
        self.approve.setObjectName("language_approve")
        self.withdraw = QPushButton(_("Withdraw approval"))
        self.withdraw.setObjectName("language_withdraw")
        self.approve.clicked.connect(self._approve)
        self.withdraw.clicked.connect(self._withdraw)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.status, 1)
        for button in (self.approve, self.withdraw):
            button.setAccessibleName(button.text())
            button.hide()
            row.addWidget(button)
        return holder

    def _side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        self.where = Label("", "small", "text3", wrap=True)
        self.swedish = Label("", wrap=True)
        self.swedish.setObjectName("translation_swedish")
        self.swedish.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.editor = Lines(_LINES)
        self.editor.left.connect(self._save)
        self.field = Field(_("Translation"), self.editor, "translation")
        self.origin = Label("", "small", "text3", wrap=True)
        self.origin.setObjectName("translation_origin")
        self.following = QPushButton(icons.icon("chevron-down"), _("Next missing"))
        self.following.setObjectName("translation_next")
        self.following.setAccessibleName(self.following.text())
        self.following.clicked.connect(self._next)
        foot = QHBoxLayout()
        foot.addWidget(self.following)
        foot.addStretch(1)
        column.addWidget(self.where)
        column.addWidget(Label(_("In Swedish"), "strong"))
        for part in (self.swedish, self.field, self.origin):
            column.addWidget(part)
        column.addLayout(foot)
        column.addStretch(1)
        return side

    # Reading

    def show_language(self, language: str) -> None:
        """From a paper whose words are missing."""
        if language and language != "sv":
            self.language.choose(language)
            self.missing_only.setChecked(True)

    @property
    def _language(self) -> str:
        return str(self.language.currentData())

    def reload(self) -> None:
        centre, language, work = self.desk.centre.id, self._language, self.desk.work
        work.run(self, self._show_statuses, approvals.statuses, centre)
        work.run(self, partial(self._show, language), translations.texts, centre, language)

    def _choose_language(self, _at: int) -> None:
        self.say("")
        self.reload()

    def _show_statuses(self, found: tuple[LanguageStatus, ...]) -> None:
        for one in found:
            if one.language == self._language:
                self._show_status(one)

    def _show_status(self, one: LanguageStatus) -> None:
        if one.language != self._language:
            return
        comes = one.language in approvals.REVIEWED
        self.status.setText(one.words)
        self.status.set_colour("text2" if one.is_reviewed else "warn")
        self.approve.setVisible(not comes and not one.approved)
        self.withdraw.setVisible(not comes and one.approved)

    def _show(self, language: str, found: tuple[Translated, ...]) -> None:
        if language != self._language:
            return  # another has been chosen since
        here = self.desk.centre.id, language
        other, self._read = self._read != here, here
        self._texts = {one.source: one for one in found}
        lacking = sum(not one.text for one in found)
        words = ngettext(
            "{missing} of {number} text is not translated",
            "{missing} of {number} texts are not translated",
            len(found),
        )
        told = words.format(missing=i18n.number(lacking), number=i18n.number(len(found)))
        self.count.setText(told if lacking else _("Everything is translated"))
        self._fill(everything=other)

    def _fill(self, _on: object = None, *, everything: bool = False) -> None:
        """The list; the text that is chosen stays chosen, also when it is no longer missing."""
        current = self._current
        kept = current.source if current and not everything else ""
        shown = [
            one
            for one in self._texts.values()
            if not self.missing_only.isChecked() or not one.text or one.source == kept
        ]
        self.held.blockSignals(True)
        self.held.clear()
        for row, one in enumerate(shown):
            self.held.add(one.source, one.source)
            state = _("translated") if one.text else _("not translated")
            icon, role = ("check", "ok") if one.text else ("warning", "warn")
            self.held.sign(row, icon, role, f"{one.source}, {state}")
        sources = [one.source for one in shown]
        self.held.setCurrentRow(sources.index(kept) if kept in sources else min(0, len(shown) - 1))
        self.held.blockSignals(False)
        now = self._current
        self._put(everything=everything or now is None or now.source != kept)

    @property
    def _current(self) -> Translated | None:
        return self._texts.get(self.held.key)

    def _choose(self) -> None:
        self._put(everything=True)

    def _put(self, *, everything: bool) -> None:
        one = self._current
        self.field.setEnabled(one is not None)
        self.following.setEnabled(any(not x.text for x in self._texts.values()))
        if everything or not (self.editor.is_being_written or self.field.is_wrong):
            self.editor.put(one.text if one else "")
            self.field.clear()
        self.where.setText(one.where if one else "")
        self.swedish.setText(one.source if one else _("Nothing is missing."))
        self.origin.setText(_origin(one) if one else "")
        self.editor.setReadOnly(one is not None and one.origin is Origin.PROGRAMME)
        right = self._language in i18n.FROM_THE_RIGHT
        way = Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
        self.editor.setLayoutDirection(way)

    # Writing

    def _save(self) -> None:
        one = self._current
        written = self.editor.toPlainText().strip()
        if one is None or one.origin is Origin.PROGRAMME or written == one.text:
            self.field.clear()
            return
        task = self.desk.work.run(
            self,
            self._saved,
            translations.write,
            self.desk.centre.id,
            self._language,
            one.source,
            written,
        )
        task.or_else(partial(self._refused, one.source))

    def _saved(self, _nothing: object) -> None:
        self.say("")
        self.field.clear()
        self.editor.document().setModified(False)
        centre, language = self.desk.centre.id, self._language
        done = partial(self._show, language)
        self.desk.work.run(self, done, translations.texts, centre, language)

    def _refused(self, source: str, sentence: str) -> None:
        if self._current is not None and self._current.source == source:
            self.field.say(sentence)
        else:
            self.say(sentence)

    def _next(self) -> None:
        """Save, and go to the next that is missing, round from the last to the first."""
        self._save()
        keys, at = self.held.keys, self.held.currentRow()
        for step in range(1, len(keys)):
            row = (at + step) % len(keys)
            if not self._texts[keys[row]].text:
                self.held.setCurrentRow(row)
                self.editor.setFocus()
                return

    # Approving

    def _approve(self) -> None:
        self.desk.work.run(
            self,
            self._show_status,
            approvals.approve,
            self.desk.centre.id,
            self._language,
            self.desk.today(),
        ).or_else(self.say)

    def _withdraw(self) -> None:
        self.desk.work.run(
            self, self._show_status, approvals.withdraw, self.desk.centre.id, self._language
        ).or_else(self.say)


def _origin(one: Translated) -> str:
    if one.origin is Origin.PROGRAMME:
        return _("It belongs to the programme and comes with it.")
    if one.origin is Origin.CENTRE and one.written_by:
        return _("Written by {name}").format(name=one.written_by)
    return ""
