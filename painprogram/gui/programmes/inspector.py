"""The right side: everything about the chosen module."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from painprogram import i18n
from painprogram.domain.cost import whole_minutes
from painprogram.domain.programmes import Content, Module, Strand
from painprogram.gui import theme
from painprogram.gui.icons import icon
from painprogram.gui.programmes import wording
from painprogram.gui.tokens import INSPECTOR, PANEL_EDGE
from painprogram.gui.widgets.chips import Chip
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _

_ANY_WIDTH = 16_777_215  # Qt's own largest


class Inspector(QScrollArea):
    """Shows one strand of a programme and the module that stands in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName(_("The chosen module"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._shown: tuple[Content, str] | None = None
        self._beside = True
        self._fit()
        self.clear()
        theme.notifier.changed.connect(self._fit)

    def clear(self) -> None:
        self._shown = None
        card = _Card()
        card.add(Label(_("Choose a module to see what it needs."), "body", "text3", wrap=True))
        self.setWidget(card)

    def show_strand(self, content: Content, key: str) -> None:
        if (content, key) == self._shown:
            return
        self._shown = content, key
        strand = content.strand(key)
        self.setWidget(_card(content, strand, content.module(strand.module)))

    def place(self, *, beside: bool) -> None:
        """Beside the programme, as wide as inspectors are; or under it where that is narrow."""
        if beside != self._beside:
            self._beside = beside
            self._fit()

    def _fit(self) -> None:
        wide = round(INSPECTOR * theme.scale())
        self.setMinimumWidth(wide if self._beside else 0)
        self.setMaximumWidth(wide if self._beside else _ANY_WIDTH)


class _Card(QWidget):
    """Headings, facts and paragraphs under each other."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.AlternateBase)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(PANEL_EDGE, PANEL_EDGE, PANEL_EDGE, PANEL_EDGE)
        self._column.setSpacing(4)
        self._column.addStretch(1)

    def add(self, part: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, part)

    def heading(self, text: str) -> None:
        self._column.insertSpacing(self._column.count() - 1, 14)
        self.add(Label(text, "strong", "text2"))

    def fact(self, name: str, value: str) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(Label(name), 1)
        line.addWidget(Label(value, "strong"))
        row.setAccessibleName(f"{name}: {value}")
        self.add(row)

    def paragraph(self, text: str, title: str = "") -> None:
        """Nothing where there is no *text*."""
        if text:
            if title:
                self.heading(title)
            self.add(Label(text, wrap=True))


def _card(content: Content, strand: Strand, module: Module) -> _Card:
    card = _Card()
    _head(card, content, strand, module)
    if module.needs:
        _needs(card, module)
    _times(card, module)
    _room(card, module)
    card.paragraph(wording.order(content, strand), _("Order"))
    card.paragraph(str(module.patient_text), _("To the patient"))
    card.paragraph(str(module.bring), _("To bring"))
    card.paragraph(str(module.goals), _("Learning goals"))
    card.paragraph(str(module.material), _("Materials"))
    source = module.source
    if module.reviewed:
        reviewed = _("Reviewed {day}.").format(day=i18n.date_long(module.reviewed))
        source = f"{source}\n{reviewed}".strip()
    card.paragraph(source or _("No source is given."), _("Source"))
    return card


def _head(card: _Card, content: Content, strand: Strand, module: Module) -> None:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    sign = QLabel()
    side = round(18 * theme.scale())
    sign.setPixmap(icon(module.kind, module.kind).pixmap(side, side))
    line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    title = Label(wording.strand_title(content, strand), "title", wrap=True)
    title.setObjectName("module_title")
    line.addWidget(title, 1)
    card.add(row)
    parts = [module.kind.label, wording.when(content, strand)]
    if strand.core:
        parts.append(_("core"))
    card.add(Label(" · ".join(parts), "small", "text2", wrap=True))


def _needs(card: _Card, module: Module) -> None:
    many = len(module.needs)
    card.heading(_("Needs at the same time") if many > 1 else _("Needs"))
    for number, need in enumerate(module.needs):
        if number:
            card.add(Label(_("and"), "small", "text2"))
        card.add(Chip(wording.who(need), "accent"))


def _times(card: _Card, module: Module) -> None:
    minutes = _("{number} minutes")
    card.heading(_("Time"))
    card.fact(_("With the patients"), minutes.format(number=module.minutes))
    if module.preparation or module.wrap_up:
        card.fact(_("Preparation"), minutes.format(number=module.preparation))
        card.fact(_("Wrap-up"), minutes.format(number=module.wrap_up))
        card.fact(_("For staff and room"), minutes.format(number=whole_minutes(module)))


def _room(card: _Card, module: Module) -> None:
    least, most = module.smallest, module.largest
    if not module.equipment and least is None and most is None:
        return
    card.heading(_("Room and participants"))
    if module.equipment:
        wanted = i18n.joined([item.label for item in module.equipment])
        card.paragraph(wording.sentence(wanted))
    if least is not None and most is not None:
        card.fact(_("Participants"), f"{least}–{most}")
    elif most is not None:
        card.fact(_("Participants"), _("{number} at most").format(number=most))
    elif least is not None:
        card.fact(_("Participants"), _("{number} at least").format(number=least))
