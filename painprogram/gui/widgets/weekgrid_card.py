"""One card, painted once for its size and kept as a picture."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from painprogram.gui import icons, theme
from painprogram.gui.tokens import ICON_CARD, RADIUS, RADIUS_CHIP, Tokens
from painprogram.gui.widgets.bands import BAND, paint_band
from painprogram.gui.widgets.text_fit import elide, lines
from painprogram.gui.widgets.weekgrid_values import Card
from painprogram.i18n import pgettext

_TOP, _LEFT, _RIGHT, _BOTTOM = 4, BAND + 4, 4, 3
_BAR = 4  # the seat bar
_NARROW, _TIGHT = 78, 56  # the widths below which the bar, then the corner text goes
_KEPT = 1000  # pictures; some twenty weeks
_ROOM_FOR_LOCK = 58  # a narrower card has its padlock in the first row
_FADED = 0.45  # a card that is cut
_ANY_DAY = date(2000, 1, 1)


class CardPainter:
    """Holds fonts and finished pictures; ``forget`` when theme, font or week changes."""

    def __init__(self) -> None:
        self._pictures: dict[tuple[Card, int, int, float], QPixmap] = {}
        self.forget()

    def forget(self) -> None:
        self._pictures.clear()
        self._plain = theme.font("caption")
        self._bold = theme.font("caption", QFont.Weight.DemiBold)
        self._struck = QFont(self._bold)
        self._struck.setStrikeOut(True)
        self._metrics = QFontMetricsF(self._plain)
        self._bold_metrics = QFontMetricsF(self._bold)
        self._scale = theme.scale()
        self._pitch = self._metrics.height() + 1

    def picture(self, card: Card, size: QSize, ratio: float) -> QPixmap:
        # Two cards that look the same share a picture, wherever they stand.
        look = replace(
            card,
            key=None,
            day=_ANY_DAY,
            lane=None,
            start_minute=0,
            end_minute=0,
            number=0,
            tooltip="",
            accessible_text="",
        )
        key = (look, size.width(), size.height(), ratio)
        found = self._pictures.get(key)
        if found is None:
            if len(self._pictures) >= _KEPT:
                self._pictures.clear()
            found = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            painter.setOpacity(_FADED if card.cut else 1.0)
            self._paint(painter, card, QRectF(0, 0, size.width(), size.height()))
            painter.end()
            self._pictures[key] = found
        return found

    def _paint(self, painter: QPainter, card: Card, rect: QRectF) -> None:
        colours = theme.tokens()
        self._ground(painter, card, rect, colours)
        inner = rect.adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)
        quiet = colours.text3 if card.past or card.cancelled else colours.text2
        ink = colours.text3 if card.past or card.cancelled else colours.text
        if inner.width() < ICON_CARD:
            return
        if inner.height() < 2 * self._pitch + 1:
            self._one_line(painter, card, inner, ink)
            return
        narrow, tight = (
            rect.width() < _NARROW * self._scale,
            rect.width() < _TIGHT * self._scale,
        )
        self._first_line(painter, card, inner, quiet, tight=tight)
        text = inner.adjusted(0, max(self._pitch, ICON_CARD * self._scale + 1), 2, 0)
        left = int((text.height() + 1) // self._pitch)
        has_leader = bool(card.subtitle or card.badge or card.cancelled)
        has_bar = card.total is not None and not narrow and not card.cancelled
        title = lines(
            card.title,
            self._bold_metrics,
            text.width(),
            max(1, min(2, left - 1 if has_leader else left)),
        )
        painter.setFont(self._struck if card.cancelled else self._bold)
        painter.setPen(ink)
        y = text.y()
        for line in title:
            painter.drawText(QPointF(text.x(), y + self._bold_metrics.ascent()), line)
            y += self._pitch
        left -= len(title)
        if has_leader and left >= 1:
            with_seats = card.total is not None and not tight and left < 2  # noqa: PLR2004
            row = QRectF(text.x(), y, inner.width(), self._pitch)
            self._leader(painter, card, row, quiet, with_seats=with_seats)
            left -= 1
        elif has_leader and title:
            self._beside(painter, card, text, title[-1], quiet)
        if has_bar and left >= 1:
            self._seats(painter, card, inner, quiet)

    def _ground(self, painter: QPainter, card: Card, rect: QRectF, colours: Tokens) -> None:
        kind = colours.kind(card.kind)
        fill = colours.past if card.past else colours.base if card.cancelled else kind.tint
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.fillPath(shape, fill)
        painter.save()
        painter.setClipPath(shape)
        band = QRectF(rect.x(), rect.y(), BAND + 0.5, rect.height())
        if card.kind == "exercise":
            painter.fillRect(band, colours.base)
        paint_band(painter, band, card.kind, kind.colour)
        if card.changed:
            corner = [
                rect.topRight(),
                rect.topRight() + QPointF(-9, 0),
                rect.topRight() + QPointF(0, 9),
            ]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.warn)
            painter.drawPolygon(corner)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._edge(card, colours))
        wide = painter.pen().widthF() / 2
        painter.drawRoundedRect(rect.adjusted(wide, wide, -wide, -wide), RADIUS, RADIUS)

    @staticmethod
    def _edge(card: Card, colours: Tokens) -> QPen:
        if card.conflict:
            return QPen(colours.block_line, 2)
        if card.acknowledged:
            return QPen(colours.warn, 1)
        if card.cancelled or card.cut:
            return QPen(colours.ctl, 1, Qt.PenStyle.DashLine)
        if card.linked:
            return QPen(colours.kind(card.kind).colour, 1, Qt.PenStyle.DashLine)
        return QPen(colours.line2, 1)

    def _one_line(self, painter: QPainter, card: Card, inner: QRectF, ink: QColor) -> None:
        side = min(ICON_CARD * self._scale, inner.height())
        middle = inner.center().y() - 0.5
        where = QRectF(inner.x(), middle - side / 2, side, side)
        icons.paint(painter, where, self._icon(card), theme.tokens().kind(card.kind).colour)
        x = where.right() + 4
        painter.setFont(self._struck if card.cancelled else self._bold)
        painter.setPen(ink)
        baseline = middle + (self._bold_metrics.ascent() - self._bold_metrics.descent()) / 2
        text = elide(card.title, self._bold_metrics, inner.right() - x)
        painter.drawText(QPointF(x, baseline), text)

    @staticmethod
    def _icon(card: Card) -> str:
        return card.kind if card.kind in theme.tokens().kinds else "calendar"

    def _first_line(
        self, painter: QPainter, card: Card, inner: QRectF, quiet: QColor, *, tight: bool
    ) -> None:
        side = ICON_CARD * self._scale
        colours = theme.tokens()
        where = QRectF(inner.x(), inner.y(), side, side)
        icons.paint(painter, where, self._icon(card), colours.kind(card.kind).colour)
        x = where.right() + 3
        if card.acknowledged and not card.conflict:
            icons.paint(painter, QRectF(x, inner.y(), side, side), "warning", colours.warn)
            x += side + 2
        right = inner.right() - (12 if card.conflict else 7 if card.changed else 0)
        if card.locked and inner.width() < _ROOM_FOR_LOCK * self._scale and right - x > side:
            icons.paint(painter, QRectF(right - side, inner.y(), side, side), "lock", quiet)
            right -= side + 2
        text = "" if tight else elide(card.corner, self._metrics, right - x)
        if text not in ("", "…"):
            painter.setFont(self._plain)
            painter.setPen(quiet)
            at = right - self._metrics.horizontalAdvance(text)
            painter.drawText(QPointF(at, inner.y() + self._metrics.ascent()), text)

    def _beside(
        self, painter: QPainter, card: Card, text: QRectF, title: str, quiet: QColor
    ) -> None:
        """The leader after a title of one line, where there is room."""
        free = text.width() - self._bold_metrics.horizontalAdvance(title) - 6
        leader = card.subtitle
        if leader and self._metrics.horizontalAdvance(leader) <= free:
            painter.setFont(self._plain)
            painter.setPen(quiet)
            x = text.right() - self._metrics.horizontalAdvance(leader)
            painter.drawText(QPointF(x, text.y() + self._metrics.ascent()), leader)

    def _leader(
        self, painter: QPainter, card: Card, row: QRectF, quiet: QColor, *, with_seats: bool
    ) -> None:
        """Where room is short the seats go first, then the letter, then words are shortened."""
        metrics, right = self._metrics, row.right()
        baseline = row.y() + metrics.ascent()
        if card.locked and row.width() >= _ROOM_FOR_LOCK * self._scale:
            side = ICON_CARD * self._scale - 1
            icons.paint(painter, QRectF(right - side, row.y(), side, side), "lock", quiet)
            right -= side + 3
        words = pgettext("session", "Cancelled") if card.cancelled else card.subtitle
        badge = "" if card.cancelled else card.badge
        box = max(metrics.height(), self._bold_metrics.horizontalAdvance(card.badge) + 6)
        needed = metrics.horizontalAdvance(words)
        if badge and words and needed + 5 + box > right - row.x():
            badge = ""
        used = needed + (5 + box if badge else 0)
        painter.setFont(self._plain)
        painter.setPen(quiet)
        if with_seats and not card.cancelled:
            seats = f"{card.used or 0}/{card.total}"
            wide = metrics.horizontalAdvance(seats)
            if used + 5 + wide <= right - row.x():
                painter.drawText(QPointF(right - wide, baseline), seats)
        words = elide(words, metrics, right - row.x())
        painter.drawText(QPointF(row.x(), baseline), words)
        if badge:
            x = row.x() + (needed + 5 if words else 0)
            frame = QRectF(round(x) + 0.5, round(row.y()) + 0.5, round(box), metrics.height() - 0.5)
            self._badge(painter, frame, badge, quiet, past=card.past)

    def _badge(
        self, painter: QPainter, frame: QRectF, letter: str, quiet: QColor, *, past: bool
    ) -> None:
        colours = theme.tokens()
        painter.setPen(QPen(quiet, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, RADIUS_CHIP, RADIUS_CHIP)
        painter.setFont(self._bold)
        painter.setPen(colours.text3 if past else colours.text)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, letter)

    def _seats(self, painter: QPainter, card: Card, inner: QRectF, quiet: QColor) -> None:
        colours, used, total = theme.tokens(), card.used or 0, card.total or 0
        text = f"{used}/{total}"
        wide = self._metrics.horizontalAdvance(text)
        painter.setFont(self._plain)
        painter.setPen(quiet)
        painter.drawText(
            QPointF(inner.right() - wide, inner.bottom() - self._metrics.descent()), text
        )
        length = min(inner.width() - wide - 6, 60 * self._scale)
        middle = inner.bottom() - self._metrics.descent() - self._metrics.capHeight() / 2
        bar = QRectF(inner.x(), middle - _BAR / 2, length, _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.line2)
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        if total and used:
            full = used >= total
            bar.setWidth(max(_BAR, length * min(1.0, used / total)))
            painter.setBrush(colours.warn_line if full else quiet)
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
