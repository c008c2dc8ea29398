"""The shapes controls are made of: a rounded ground, a line of an icon's weight, ticks and bars."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import (
    QStyle,
    QStyleOption,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QStyleOptionTab,
)

from painprogram.gui import tokens as size
from painprogram.gui.tokens import Tokens

_SC, _ST = QStyle.SubControl, QStyle.StateFlag
_LEAST_HANDLE = 28


def box(
    painter: QPainter,
    rect: QRect,
    fill: QColor | None,
    edge: QColor | None,
    *,
    radius: float = size.RADIUS,
    line: float = 1,
) -> None:
    """A rounded ground with its edge wholly inside *rect*."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, line) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(fill or Qt.BrushStyle.NoBrush)
    inset = line / 2 if edge else 0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def stroke(painter: QPainter, colour: QColor, points: list[tuple[float, float]]) -> None:
    """A line of an icon's weight through *points*."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))
    painter.restore()


def chevron(painter: QPainter, colour: QColor, rect: QRect, *, up: bool = False) -> None:
    x, y, rise = rect.center().x() + 0.5, rect.center().y() + 0.5, -2 if up else 2
    stroke(painter, colour, [(x - 3.5, y - rise + 0.25), (x, y + rise), (x + 3.5, y - rise + 0.25)])


def tinted(pixmap: QPixmap, colour: QColor) -> QPixmap:
    """*pixmap* with every mark in *colour*."""
    painter = QPainter(pixmap)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), colour)
    painter.end()
    return pixmap


def tick_box(painter: QPainter, option: QStyleOption, colours: Tokens) -> None:
    state, where = option.state, option.rect
    on = bool(state & (_ST.State_On | _ST.State_NoChange))
    fill, edge, ink = colours.base, colours.ctl, colours.on_accent
    if not state & _ST.State_Enabled:
        fill, edge, ink = colours.alt, colours.line2, colours.text3
    elif on:
        fill = edge = colours.accent
    elif state & _ST.State_MouseOver:
        edge = colours.text2
    box(painter, where, fill, edge, radius=size.RADIUS_CHIP)
    x, y, unit = where.x(), where.y(), where.width() / 14
    if state & _ST.State_On:
        marks = [(3.5, 7.2), (6.0, 9.7), (10.5, 4.6)]
        stroke(painter, ink, [(x + a * unit, y + b * unit) for a, b in marks])
    elif state & _ST.State_NoChange:
        stroke(painter, ink, [(x + 4 * unit, y + 7 * unit), (x + 10 * unit, y + 7 * unit)])


def radio(painter: QPainter, option: QStyleOption, colours: Tokens) -> None:
    state, where = option.state, option.rect
    able, on = bool(state & _ST.State_Enabled), bool(state & _ST.State_On)
    edge = colours.line2 if not able else colours.accent if on else colours.ctl
    box(painter, where, colours.base if able else colours.alt, edge, radius=where.width() / 2)
    if on:
        third = round(where.width() * 0.29)
        dot = where.adjusted(third, third, -third, -third)
        box(painter, dot, edge if able else colours.text3, None, radius=dot.width() / 2)


def tab_line(painter: QPainter, option: QStyleOptionTab, colours: Tokens) -> None:
    """The chosen tab stands on a line; the keyboard is shown inside."""
    where = option.rect
    if option.state & _ST.State_Selected:
        inset = size.SPACE[1]
        line = QRect(where.x() + inset, where.bottom() - 1, where.width() - 2 * inset, 2)
        painter.fillRect(line, colours.accent)
    if option.state & _ST.State_HasFocus:
        box(painter, where.adjusted(2, 2, -2, -4), None, colours.accent, line=2)


def progress(painter: QPainter, option: QStyleOptionProgressBar, colours: Tokens) -> None:
    """Quiet under its own text, strong without; a step that knows no end fills a third."""
    where = option.rect
    span = option.maximum - option.minimum
    share = (option.progress - option.minimum) / span if span > 0 else 1 / 3
    done = QRect(where)
    done.setWidth(round(where.width() * min(max(share, 0), 1)))
    if option.invertedAppearance or option.direction == Qt.LayoutDirection.RightToLeft:
        done.moveRight(where.right())
    if done.width() > 0:
        ink = colours.accent_line if option.textVisible else colours.accent
        box(painter, done, ink, None, radius=size.RADIUS_CHIP)


def scroll_part(option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
    """No arrow buttons: the groove is all of it, the handle never too short to grip."""
    whole = option.rect
    if part == _SC.SC_ScrollBarGroove:
        return whole
    flat = option.orientation == Qt.Orientation.Horizontal
    length = whole.width() if flat else whole.height()
    span = option.maximum - option.minimum
    handle = length
    if span > 0:
        share = length * option.pageStep // max(1, span + option.pageStep)
        handle = min(length, max(_LEAST_HANDLE, share))
    low, high, at = option.minimum, option.maximum, option.sliderPosition
    free = length - handle
    start = QStyle.sliderPositionFromValue(low, high, at, free, option.upsideDown)
    found = {
        _SC.SC_ScrollBarSlider: (start, start + handle),
        _SC.SC_ScrollBarSubPage: (0, start),
        _SC.SC_ScrollBarAddPage: (start + handle, length),
    }.get(part)
    if found is None:
        return QRect()
    first, last = found
    if flat:
        return QRect(whole.x() + first, whole.y(), last - first, whole.height())
    return QRect(whole.x(), whole.y() + first, whole.width(), last - first)


def scroll_bar(painter: QPainter, option: QStyleOptionSlider, colours: Tokens) -> None:
    painter.fillRect(option.rect, colours.alt)
    if option.maximum <= option.minimum:
        return
    held = bool(option.state & (_ST.State_MouseOver | _ST.State_Sunken))
    flat = option.orientation == Qt.Orientation.Horizontal
    handle = scroll_part(option, _SC.SC_ScrollBarSlider)
    handle = handle.adjusted(2, 3, -2, -3) if flat else handle.adjusted(3, 2, -3, -2)
    ink = colours.text3 if held else colours.ctl
    box(painter, handle, ink, None, radius=min(handle.width(), handle.height()) / 2)
