"""The words of letters and of practical information, in the centre's own wording."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
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
from painprogram.i18n import _
from painprogram.usecases import paper_words
from painprogram.usecases.paper_words import PaperWord

_HIGH = 440
_LINES = 7


class TextsSection(Section):
    """A text is saved as it is left; the program's own again where it is emptied."""

    def __init__(self, desk: Desk) -> None:
        text = _(
            "What letters and practical information say, in your own words. Those with a pen are "
            "your own; emptied, the program's words hold again."
        )
        super().__init__(desk, "texts", _("Texts"), text)
        self._words: dict[str, PaperWord] = {}
        self._swedish: dict[str, PaperWord] = {}
        self._centre: UUID | None = None
        self.language = Choice()
        for key in i18n.PAPER_LANGUAGES:
            self.language.offer(_(LANGUAGES[key]), key)
        self.language.currentIndexChanged.connect(self._choose_language)
        self.column.addWidget(Field(_("Language"), self.language, "texts_language"))
        self.held = TextList("texts", _("Texts"), _HIGH)
        self.held.currentItemChanged.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(SPACE[4])
        row.addWidget(self.held)
        row.addWidget(self._side(), 1)
        self.column.addLayout(row, 1)

    def _side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        self.heading = Label("", "title", wrap=True)
        self.editor = Lines(_LINES)
        self.editor.left.connect(self._save)
        self.field = Field(_("What it says"), self.editor, "text_words")
        self.filled = Label("", "small", "text3", wrap=True)
        self.filled.setObjectName("text_fields")
        self._swedish_head = Label(_("In Swedish"), "strong")
        self.swedish = Label("", colour="text2", wrap=True)
        self.swedish.setObjectName("text_swedish")
        self._usual_head = Label(_("The program's own words"), "strong")
        self.usual = Label("", colour="text2", wrap=True)
        self.usual.setObjectName("text_usual")
        self.back = QPushButton(icons.icon("undo"), _("Use the program's own"))
        self.back.setObjectName("text_back")
        self.back.setAccessibleName(self.back.text())
        self.back.clicked.connect(self._take_usual)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        for part in (self.heading, self.field, self.filled):
            column.addWidget(part)
        for part in (self._swedish_head, self.swedish, self._usual_head, self.usual):
            column.addWidget(part)
        column.addLayout(buttons)
        column.addStretch(1)
        return side

    # Reading

    def show_language(self, language: str) -> None:
        self.language.choose(language)

    def reload(self) -> None:
        centre, language = self.desk.centre.id, self._language
        self.desk.work.run(self, self._show_swedish, paper_words.words, centre, "sv")
        done = partial(self._show, language)
        self.desk.work.run(self, done, paper_words.words, centre, language)

    @property
    def _language(self) -> str:
        return str(self.language.currentData())

    def _choose_language(self, _at: int) -> None:
        """What was written in the other language was saved as its field was left."""
        self._words = {}
        self.reload()

    def _show_swedish(self, found: tuple[PaperWord, ...]) -> None:
        self._swedish = {one.key: one for one in found}

    def _show(self, language: str, found: tuple[PaperWord, ...]) -> None:
        if language != self._language:
            return  # another has been chosen since
        other = not self._words or self._centre != self.desk.centre.id
        self._centre = self.desk.centre.id
        self._words = {one.key: one for one in found}
        if self.held.keys != list(self._words):
            self.held.clear()
            for one in found:
                self.held.add(one.key, one.label)
            self.held.setCurrentRow(0)
        for row, one in enumerate(found):
            spoken = _("{text}, your own words") if one.is_own else "{text}"
            icon = "pen" if one.is_own else "document"
            self.held.sign(row, icon, "text3", spoken.format(text=one.label))
        self._put(everything=other)

    @property
    def _current(self) -> PaperWord | None:
        return self._words.get(self.held.key)

    def _choose(self) -> None:
        self._put(everything=True)

    def _put(self, *, everything: bool) -> None:
        """Of the text that is chosen; what is being written, or was refused, stays."""
        one = self._current
        if one is None:
            return
        if everything or not (self.editor.is_being_written or self.field.is_wrong):
            self.editor.put(one.text)
            self.field.clear()
        self.heading.setText(one.label)
        names = i18n.joined([f"{{{name}}}" for name in one.fields])
        told = _("Filled in by the program: {names}").format(names=names) if names else ""
        self.filled.setText(told)
        self.filled.setVisible(bool(told))
        self.usual.setText(one.usual or _("Nothing: what you leave empty is not printed."))
        self.back.setVisible(one.is_own)
        swedish = self._swedish.get(one.key)
        foreign = self._language != "sv" and swedish is not None and bool(swedish.text)
        self.swedish.setText(swedish.text if foreign and swedish else "")
        for part in (self.swedish, self._swedish_head):
            part.setVisible(foreign)
        right = self._language in i18n.FROM_THE_RIGHT
        way = Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
        self.editor.setLayoutDirection(way)

    # Saving

    def _save(self) -> None:
        one = self._current
        if one is None or self.editor.toPlainText().strip() == one.text:
            self.field.clear()
            return
        task = self.desk.work.run(
            self,
            partial(self._saved, self._language),
            paper_words.set_word,
            self.desk.centre.id,
            one.key,
            self._language,
            self.editor.toPlainText(),
        )
        task.or_else(partial(self._refused, one))

    def _refused(self, one: PaperWord, sentence: str) -> None:
        """Beside the field, as long as it shows that text."""
        if self._current is not None and self._current.key == one.key:
            self.field.say(sentence)
        else:
            self.say(f"{one.label}: {sentence}")

    def _saved(self, language: str, found: tuple[PaperWord, ...]) -> None:
        self.say("")
        self.field.clear()
        self.editor.document().setModified(False)
        if language == "sv":
            self._show_swedish(found)
        self._show(language, found)

    def _take_usual(self) -> None:
        self.editor.setPlainText("")
        self._save()
