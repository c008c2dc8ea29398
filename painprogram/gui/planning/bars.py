"""Over and under the week while a plan is made or looked at: how far it is, what signs mean."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from painprogram import i18n
from painprogram.domain.plans import PlanProgress, PlanProposal
from painprogram.gui import icons, theme
from painprogram.gui.proposed import Stage
from painprogram.gui.tokens import BANNER, GAP, RADIUS_CHIP, SCREEN_EDGE
from painprogram.gui.widgets.banner import Banner
from painprogram.gui.widgets.elided import Elided
from painprogram.gui.widgets.ground import Ground, Sign
from painprogram.gui.widgets.label import Label
from painprogram.gui.widgets.segmented import Segment, Segmented
from painprogram.gui.widgets.text_fit import elide
from painprogram.i18n import _, ngettext

_BAR = 110


class ProposalBanner(Banner):
    """That nothing is changed yet; and the other alternatives where there are any."""

    def __init__(self) -> None:
        super().__init__("accent", "magic")
        self.setObjectName("proposal_banner")
        self.other = self.add_button("", self._nothing)
        self.other.setObjectName("other_alternative")

    def _nothing(self) -> None:
        """The button says by itself that it was pressed."""

    def show_proposal(self, proposal: PlanProposal) -> None:
        self.say(
            _("Nothing is changed yet. Once applied, one step of undo takes all of it back."),
            _("Proposal"),
        )
        words = _("Other alternative ({number} of {total})")
        self.other.setText(words.format(number=proposal.number, total=proposal.of))
        self.other.setAccessibleName(self.other.text())
        self.other.setVisible(proposal.of > 1)


class RunningBar(Ground):
    """How far the search is. What is shown beside it can be worked with meanwhile."""

    stopped = Signal()

    def __init__(self, seconds: float) -> None:
        super().__init__("accent_tint", edge="bottom")
        self.setObjectName("plan_running")
        self._seconds = seconds
        self._heard = False
        self._step = ""
        self._bar = QProgressBar()
        self._bar.setObjectName("plan_progress")
        self._bar.setAccessibleName(_("How far the plan is"))
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._lead = Label(_("A plan is being made"), "strong")
        self._facts = Elided("", "body", "text2")
        self._facts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._facts.setObjectName("plan_facts")
        self.stop = QPushButton(_("Stop and keep the best"))
        self.stop.setObjectName("stop_plan")
        self.stop.setAccessibleName(self.stop.text())
        self.stop.setProperty("small", True)
        self.stop.clicked.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(SCREEN_EDGE, 4, SCREEN_EDGE - 4, 4)
        row.setSpacing(GAP)
        row.addWidget(Sign("magic", "accent"))
        row.addWidget(self._lead)
        row.addWidget(self._bar)
        row.addWidget(self._facts, 1)
        row.addWidget(self.stop)
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def show_step(self, _part: float, text: str) -> None:
        """What is done before and after the search."""
        self._step = text or self._step

    def show_seconds(self, seconds: float) -> None:
        """Until the search has something to tell."""
        if not self._heard:
            self._bar.setValue(round(1000 * min(1.0, seconds / self._seconds)))
            spent = _("{seconds} s").format(seconds=round(seconds))
            self._facts.set_text(" · ".join(part for part in (self._step, spent) if part))

    def show_progress(self, progress: PlanProgress) -> None:
        self._heard = True
        self._bar.setValue(round(1000 * min(1.0, progress.seconds / self._seconds)))
        self._facts.set_text(told(progress))
        self.setAccessibleName(f"{self._lead.text()}. {told(progress)}")

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self._lead.setText(_("Stopping"))
        self.stopped.emit()

    def _fit(self) -> None:
        self.setMinimumHeight(round(BANNER * theme.scale()))
        self._bar.setFixedWidth(round(_BAR * theme.scale()))


def told(progress: PlanProgress) -> str:
    """``best so far 1 240 · at least 900 · 2 without a place · 12 s``"""
    parts = []
    if progress.unplaced:
        words = ngettext("{number} without a place", "{number} without a place", progress.unplaced)
        parts.append(words.format(number=i18n.number(progress.unplaced)))
    parts.append(_("best so far {cost}").format(cost=i18n.number(progress.best)))
    if progress.bound > 0:
        parts.append(_("at least {cost}").format(cost=i18n.number(progress.bound)))
    parts.append(_("{seconds} s").format(seconds=round(progress.seconds)))
    return " · ".join(parts)


def stages() -> Segmented:
    """``Now | Compare | After``"""
    switch = Segmented(
        _("Which plan the week shows"),
        [
            Segment(Stage.NOW, _("Now"), tooltip=_("The schedule there is")),
            Segment(Stage.COMPARE, _("Compare"), tooltip=_("Old and new places together")),
            Segment(Stage.AFTER, _("After"), tooltip=_("As it would be once applied")),
        ],
    )
    switch.setObjectName("plan_stages")
    switch.choose(Stage.COMPARE)
    return switch


class ProposalLegend(QWidget):
    """What a dashed place, a framed one and a padlock mean; and the key for the next change."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plan_legend")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(
            " · ".join([*self._words(), f"F6: {_('next change')}"]),
        )
        theme.notifier.changed.connect(self.update)

    @staticmethod
    def _words() -> tuple[str, str, str]:
        return _("Place now"), _("Proposed place"), _("Locked, does not move")

    def sizeHint(self) -> QSize:
        return QSize(480, max(30, round(QFontMetricsF(theme.font("small")).height()) + 14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.base)
        painter.fillRect(0, 0, self.width(), 1, colours.line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        dashed = QPen(colours.ctl, 1.5)
        dashed.setDashPattern([3, 2])
        x, middle = float(SCREEN_EDGE), self.height() / 2
        old, new, locked = self._words()
        for pen, text in ((dashed, old), (QPen(colours.accent, 2), new)):
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(x + 1, middle - 6.5, 21, 13), RADIUS_CHIP, RADIUS_CHIP)
            x = self._word(painter, x + 31, text) + 22
        side = 14 * theme.scale()
        icons.paint(painter, QRectF(x, middle - side / 2, side, side), "lock", colours.text2)
        x = self._word(painter, x + side + 7, locked) + 22
        self._key(painter, x)
        painter.end()

    def _word(self, painter: QPainter, x: float, text: str) -> float:
        """Write *text* at *x*; where it ends."""
        font = theme.font("small")
        metrics = QFontMetricsF(font)
        text = elide(text, metrics, max(0.0, self.width() - x - SCREEN_EDGE))
        painter.setFont(font)
        painter.setPen(theme.tokens().text2)
        baseline = self.height() / 2 + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(x, baseline), text)
        return x + metrics.horizontalAdvance(text)

    def _key(self, painter: QPainter, from_x: float) -> None:
        """At the right, where there is room."""
        metrics = QFontMetricsF(theme.font("small", QFont.Weight.Normal))
        key, text = "F6", _("next change")
        box = QRectF(0, 0, metrics.horizontalAdvance(key) + 10, metrics.height() + 3)
        x = self.width() - SCREEN_EDGE - metrics.horizontalAdvance(text) - 8 - box.width()
        if x < from_x:
            return
        box.moveTopLeft(QPointF(x, (self.height() - box.height()) / 2))
        painter.setPen(QPen(theme.tokens().line2, 1))
        painter.drawRoundedRect(box, RADIUS_CHIP, RADIUS_CHIP)
        self._word(painter, x + 5, key)
        self._word(painter, box.right() + 8, text)
