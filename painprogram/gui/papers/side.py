"""What can be chosen of a paper: which, for whom, in which language, how large, in which order."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.domain.papers import Kind, LetterKind, Order
from painprogram.domain.patients import LANGUAGES
from painprogram.gui import theme
from painprogram.gui.desk import Paper
from painprogram.gui.papers import offers
from painprogram.gui.papers.offers import Chosen, Offer, Option, Whom
from painprogram.gui.tokens import PANEL_EDGE, SPACE
from painprogram.gui.widgets.choice import Choice
from painprogram.gui.widgets.field import Field
from painprogram.gui.widgets.ground import Ground
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _

_WIDE = 264
_NARROW = 14
"""Characters a box shows at least."""


class Side(QScrollArea):
    """``changed`` when another paper is to be shown; ``one_each`` only matters when it is saved."""

    changed = Signal()

    def __init__(self, offer: Offer, today: date) -> None:
        super().__init__()
        self._offer = offer
        self._silent = False
        self._unreviewed: frozenset[str] = frozenset()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ground = Ground("alt", edge="right")
        self._column = QVBoxLayout(self._ground)
        self._column.setContentsMargins(PANEL_EDGE, SPACE[4], PANEL_EDGE, SPACE[4])
        self._column.setSpacing(SPACE[3])
        self._fields: dict[QWidget, QWidget] = {}
        self.kind = self._box(_("Paper"), "kind")
        self.letter = self._box(_("Which letter"), "letter")
        self.whom = self._box(_("For whom"), "whom")
        self.language = self._box(_("Language"), "language")
        self.first = self._day(_("From"), "first", today)
        self.last = self._day(_("To"), "last", today)
        self.days = self._tick(_("Only some days"), "days")
        self._column.insertWidget(self._column.indexOf(self._fields[self.first]), self.days)
        self.large = self._tick(_("Large print"), "large")
        self.twin = self._tick(_("With the same in Swedish"), "twin")
        words = _("The same in Swedish is printed behind it: nobody has approved the language.")
        self._behind = Label(words, "small", "text3", wrap=True)
        self._column.addWidget(self._behind)
        self.initials = self._tick(_("Initials in place of names"), "initials")
        self.order = self._box(_("In order of"), "order")
        self.one_each = self._tick(_("Save one file for each"), "one_each", tells=False)
        self.printed = Label("", "small", "text3", wrap=True)
        self.printed.setObjectName("last_printed")
        self._column.addWidget(self.printed)
        self._column.addStretch(1)
        self.setWidget(self._ground)
        self._fill(offer.paper)
        self._dress()
        theme.notifier.changed.connect(self._dress)

    def _box(self, label: str, name: str) -> Choice:
        box = Choice(_NARROW)
        self._add(Field(label, box, name), box)
        box.currentIndexChanged.connect(self._told)
        return box

    def _tick(self, label: str, name: str, *, tells: bool = True) -> QCheckBox:
        box = QCheckBox(label)
        box.setObjectName(name)
        box.setAccessibleName(label)
        self._add(box, box)
        if tells:
            box.toggled.connect(self._told)
        return box

    def _day(self, label: str, name: str, today: date) -> QDateEdit:
        edit = QDateEdit(QDate(today.year, today.month, today.day))
        edit.setCalendarPopup(True)
        edit.setDisplayFormat("yyyy-MM-dd")
        self._add(Field(label, edit, name), edit)
        edit.dateChanged.connect(self._told)
        return edit

    def _add(self, widget: QWidget, editor: QWidget) -> None:
        self._fields[editor] = widget
        self._column.addWidget(widget)

    def _fill(self, paper: Paper) -> None:
        def fill() -> None:
            for kind in self._offer.kinds:
                self.kind.offer(kind.label, kind)
            self.kind.choose(Kind(paper.kind))
            self.order.offer(_("Name"), Order.NAME)
            self.order.offer(_("Next time"), Order.TIME)
            self.order.choose(Order(paper.order))
            self._follow()
            self.letter.choose(LetterKind(paper.letter or self.letter.currentData()))

        self._quietly(fill)

    # What depends on what

    def _told(self, _value: object = None) -> None:
        if not self._silent:
            self._quietly(self._follow)
            self.changed.emit()

    def _quietly(self, change: Callable[[], None]) -> None:
        self._silent = True
        try:
            change()
        finally:
            self._silent = False

    def _follow(self) -> None:
        self._offer_whom()
        self._offer_letters()
        self._offer_languages()
        self._show_what_counts()

    def _offer_whom(self) -> None:
        there = self._offer.whom(self._kind)
        before = self.whom.currentData()
        self.whom.clear()
        for whom in there:
            self.whom.offer(offers.words(whom, self._kind, self._offer.paper), whom)
        self.whom.choose(before)

    def _offer_letters(self) -> None:
        before = self.letter.currentData()
        self.letter.clear()
        for letter in offers.letters(self._whom):
            self.letter.offer(letter.label, letter)
        self.letter.choose(before)

    def _offer_languages(self) -> None:
        """A poster hangs on a wall: in one language. Everybody's own papers are in their own."""
        own = _("The patient's own") if self._whom is Whom.ONE else _("Each patient's own")
        if self._kind is Kind.POSTER:
            own = _("The program's")
        before = self.language.currentData()
        if self.language.count() and self.language.itemText(0) == own:
            return
        self.language.clear()
        self.language.offer(own, None)
        for key in i18n.PAPER_LANGUAGES:
            self.language.offer(self._called(key), key)
        self.language.choose(before)

    def _called(self, language: str) -> str:
        name = _(LANGUAGES[language])
        if language not in self._unreviewed:
            return name
        return _("{language}, not reviewed").format(language=name)

    def mark_unreviewed(self, languages: frozenset[str]) -> None:
        """The centre has not approved the program's words in these: Swedish is printed behind."""
        self._unreviewed = languages
        for row in range(self.language.count()):
            if key := self.language.itemData(row):
                self.language.rename(row, self._called(key))
        self._show_what_counts()

    def _show_what_counts(self) -> None:
        has, many = offers.options(self._kind), offers.is_batch(self._kind, self._whom)
        for option, editor in (
            (Option.LETTER, self.letter),
            (Option.LANGUAGE, self.language),
            (Option.LARGE, self.large),
            (Option.TWIN, self.twin),
            (Option.INITIALS, self.initials),
            (Option.DAYS, self.days),
        ):
            self._fields[editor].setVisible(option in has)
        chosen = self.language.currentData()
        is_behind = Option.TWIN in has and chosen in self._unreviewed
        self._behind.setVisible(is_behind)
        if chosen == "sv" or is_behind:
            self.twin.hide()
        within = Option.DAYS in has and self.days.isChecked()
        for day in (self.first, self.last):
            self._fields[day].setVisible(within)
        self._fields[self.whom].setVisible(self.whom.count() > 1)
        self._fields[self.kind].setVisible(self.kind.count() > 1)
        for editor in (self.order, self.one_each):
            self._fields[editor].setVisible(many)

    # What is chosen

    @property
    def _kind(self) -> Kind:
        return Kind(self.kind.currentData())

    @property
    def _whom(self) -> Whom:
        found = self.whom.currentData()
        return Whom(found) if found else self._offer.whom(self._kind)[0]

    @property
    def chosen(self) -> Chosen:
        within = self.days.isChecked()
        return Chosen(
            self._kind,
            self._whom,
            language=self.language.currentData(),
            large=self.large.isChecked(),
            twin=self.twin.isChecked() and self.language.currentData() != "sv",
            letter=LetterKind(self.letter.currentData()),
            initials=self.initials.isChecked(),
            first=_date(self.first) if within else None,
            last=_date(self.last) if within else None,
            order=Order(self.order.currentData()),
        )

    @property
    def is_each(self) -> bool:
        return self.one_each.isChecked() and offers.is_batch(self._kind, self._whom)

    def show_chosen(self, chosen: Chosen) -> None:
        """Back to what the shown pages are of, without a signal."""

        def back() -> None:
            self.kind.choose(chosen.kind)
            self._offer_whom()
            self.whom.choose(chosen.whom)
            self._offer_letters()
            self._offer_languages()
            self.language.choose(chosen.language)
            self.letter.choose(chosen.letter)
            self.large.setChecked(chosen.large)
            self.twin.setChecked(chosen.twin)
            self.initials.setChecked(chosen.initials)
            self.order.choose(chosen.order)
            self._show_what_counts()

        self._quietly(back)

    def controls(self) -> tuple[QWidget, ...]:
        """In the order of the keyboard."""
        boxes: tuple[QWidget, ...] = (self.kind, self.letter, self.whom, self.language)
        days: tuple[QWidget, ...] = (self.days, self.first, self.last)
        return (
            *boxes,
            *days,
            *(self.large, self.twin, self.initials, self.order, self.one_each),
        )

    def _dress(self) -> None:
        self.setFixedWidth(round(_WIDE * theme.scale()))


def _date(edit: QDateEdit) -> date:
    found = edit.date()
    return date(found.year(), found.month(), found.day())
