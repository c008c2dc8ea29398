"""How buttons, fields, tabs, lists and menus are drawn: Fusion with our edges and no gradient.

A button says what it is by the dynamic properties ``primary``, ``danger``, ``big`` and ``small``.
Only the few parts below are drawn from Python, each with a handful of calls; the rest is Fusion's.
"""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QIcon,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QListView,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionHeader,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QStyleOptionSpinBox,
    QStyleOptionTab,
    QWidget,
)

from painprogram.gui import tokens as size
from painprogram.gui.focus_ring import wears_ring
from painprogram.gui.panel_paint import (
    box,
    chevron,
    progress,
    radio,
    scroll_bar,
    scroll_part,
    tab_line,
    tick_box,
    tinted,
)
from painprogram.gui.tokens import Tokens

_PE, _CE, _CC, _SC = (
    QStyle.PrimitiveElement,
    QStyle.ControlElement,
    QStyle.ComplexControl,
    QStyle.SubControl,
)
_CT, _ST, _SE, _PM = (
    QStyle.ContentsType,
    QStyle.StateFlag,
    QStyle.SubElement,
    QStyle.PixelMetric,
)
_SLIM = 12  # a scroll bar
_DRAWN = {
    _PE.PE_PanelButtonCommand: "_button",
    _PE.PE_PanelButtonTool: "_tool",
    _PE.PE_PanelLineEdit: "_field",
    _PE.PE_FrameLineEdit: "_field_edge",
    _PE.PE_IndicatorCheckBox: "_tick_box",
    _PE.PE_IndicatorItemViewItemCheck: "_tick_box",
    _PE.PE_IndicatorRadioButton: "_radio",
    _PE.PE_FrameFocusRect: "_cell_focus",
    _PE.PE_Frame: "_frame",
    _PE.PE_FrameGroupBox: "_group",
    _PE.PE_FrameMenu: "_menu_edge",
    _PE.PE_PanelMenu: "_menu",
    _PE.PE_PanelTipLabel: "_tip",
    _PE.PE_FrameTabWidget: "_nothing",
    _PE.PE_FrameTabBarBase: "_tab_base",
    _PE.PE_FrameStatusBarItem: "_nothing",
    _PE.PE_PanelStatusBar: "_nothing",
    _PE.PE_FrameButtonBevel: "_nothing",
    _PE.PE_PanelScrollAreaCorner: "_corner",
    _PE.PE_FrameDefaultButton: "_nothing",
}
_LEAST_HEIGHT = {
    _CT.CT_ComboBox: size.CONTROL,
    _CT.CT_LineEdit: size.CONTROL,
    _CT.CT_SpinBox: size.CONTROL,
    _CT.CT_ToolButton: size.CONTROL,
    _CT.CT_MenuItem: 0,
    _CT.CT_TabBarTab: size.TAB,
    _CT.CT_HeaderSection: size.TABLE_ITEM,
}


# The few measures that differ from Fusion's. Item views take the focus margin for the side of text.
_METRICS = {
    _PM.PM_FocusFrameHMargin: 7,
    _PM.PM_HeaderMargin: 7,
    _PM.PM_ScrollView_ScrollBarSpacing: 0,
}


def _is(widget: QWidget | None, name: str) -> bool:
    return widget is not None and bool(widget.property(name))


class PanelStyle(QProxyStyle):
    """*tokens* gives the colours in force, *font* the font of a role."""

    def __init__(self, tokens: Callable[[], Tokens], font: Callable[..., QFont]) -> None:
        super().__init__("fusion")
        self._tokens = tokens
        self._font = font
        self._primitives = {part: getattr(self, name) for part, name in _DRAWN.items()}
        self.setObjectName("panel")

    # What Qt asks for.

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        draw = self._primitives.get(element)
        if draw is None:
            super().drawPrimitive(element, option, painter, widget)
        else:
            draw(option, painter, widget)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element == _CE.CE_PushButtonLabel and isinstance(option, QStyleOptionButton):
            self._button_label(option, painter, widget)
        elif element == _CE.CE_TabBarTabShape and isinstance(option, QStyleOptionTab):
            tab_line(painter, option, self._tokens())
        elif element == _CE.CE_TabBarTabLabel and isinstance(option, QStyleOptionTab):
            self._tab_label(option, painter, widget)
        elif element == _CE.CE_HeaderSection and isinstance(option, QStyleOptionHeader):
            self._header(option, painter)
        elif element == _CE.CE_HeaderLabel and isinstance(option, QStyleOptionHeader):
            self._header_label(option, painter, widget)
        elif element == _CE.CE_HeaderEmptyArea:
            painter.fillRect(option.rect, self._tokens().alt)
        elif element == _CE.CE_ProgressBarGroove:
            box(painter, option.rect, self._tokens().line, None, radius=size.RADIUS_CHIP)
        elif element == _CE.CE_ProgressBarContents and isinstance(option, QStyleOptionProgressBar):
            progress(painter, option, self._tokens())
        else:
            super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control == _CC.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            scroll_bar(painter, option, self._tokens())
        elif control == _CC.CC_ComboBox and isinstance(option, QStyleOptionComboBox):
            self._combo_box(option, painter, widget)
        elif control == _CC.CC_SpinBox and isinstance(option, QStyleOptionSpinBox):
            self._spin_box(option, painter, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def sizeFromContents(
        self,
        kind: QStyle.ContentsType,
        option: QStyleOption,
        contents: QSize,
        widget: QWidget | None = None,
    ) -> QSize:
        found = super().sizeFromContents(kind, option, contents, widget)  # type: ignore[arg-type]
        if kind == _CT.CT_PushButton and isinstance(option, QStyleOptionButton):
            return self._button_size(option, contents, widget)
        if kind == _CT.CT_ScrollBar:
            upright = option.state & _ST.State_Horizontal == _ST.State_None
            return QSize(_SLIM, found.height()) if upright else QSize(found.width(), _SLIM)
        if kind == _CT.CT_ItemViewItem:
            least = size.LIST_ITEM if isinstance(widget, QListView) else size.TABLE_ITEM
            return found.expandedTo(QSize(0, least))
        if kind == _CT.CT_MenuItem:
            return QSize(found.width(), found.height() + 6 if found.height() > 10 else 9)  # noqa: PLR2004
        if kind == _CT.CT_TabBarTab:
            return QSize(found.width() + size.GAP, max(found.height(), size.TAB))
        return found.expandedTo(QSize(0, _LEAST_HEIGHT.get(kind, 0)))

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        if control == _CC.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            return scroll_part(option, part)
        found = super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]
        if control == _CC.CC_ComboBox and part == _SC.SC_ComboBoxEditField:
            return found.adjusted(4, 0, 0, 0)
        return found

    def subElementRect(
        self,
        element: QStyle.SubElement,
        option: QStyleOption,
        widget: QWidget | None = None,
    ) -> QRect:
        found = super().subElementRect(element, option, widget)  # type: ignore[arg-type]
        if element == _SE.SE_LineEditContents and widget is not None:
            inside = isinstance(widget.parent(), QAbstractSpinBox | QComboBox)
            return found if inside else found.adjusted(4, 0, -2, 0)
        return found

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        found = _METRICS.get(metric)
        return super().pixelMetric(metric, option, widget) if found is None else found

    # Buttons.

    def _button_font(self, widget: QWidget | None) -> QFont | None:
        if _is(widget, "big"):
            return self._font("title", QFont.Weight.Medium)
        return self._font("body", QFont.Weight.Medium) if _is(widget, "primary") else None

    def _button_size(
        self, option: QStyleOptionButton, contents: QSize, widget: QWidget | None
    ) -> QSize:
        big, small = _is(widget, "big"), _is(widget, "small")
        least = size.CONTROL_BIG if big else size.CONTROL_SMALL if small else size.CONTROL
        wide, high = contents.width(), contents.height()
        own = self._button_font(widget)
        if own is not None:
            metrics = QFontMetrics(own)
            wide += metrics.horizontalAdvance(option.text)
            wide -= option.fontMetrics.horizontalAdvance(option.text)
            high = max(high, metrics.height())
        pad = size.SPACE[4] if big else size.SPACE[3]
        wide += 2 if not option.icon.isNull() else 0  # the gap Fusion reckons with is smaller
        return QSize(max(wide + 2 * pad, 2 * least), max(least, high + (4 if small else 8)))

    def _button(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        colours, state = self._tokens(), option.state
        fill, edge = colours.raised, colours.ctl
        pressed = bool(state & _ST.State_Sunken)
        over = bool(state & _ST.State_MouseOver)
        if not state & _ST.State_Enabled:
            fill, edge = colours.alt, colours.line2
        elif _is(widget, "primary"):
            fill = colours.accent
            if pressed or over:
                fill = fill.lighter(112) if colours.dark else fill.darker(125 if pressed else 112)
            edge = fill
        elif state & _ST.State_On:
            fill, edge = colours.accent_tint, colours.accent
        elif _is(widget, "danger"):
            fill, edge = (colours.block_tint if over or pressed else fill), colours.block_line
        elif pressed:
            fill = colours.sunken
        elif over:
            fill = colours.alt
        box(painter, option.rect, fill, edge)

    def _tool(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        colours, state = self._tokens(), option.state
        if not state & _ST.State_AutoRaise and not _is(widget, "flat"):
            self._button(option, painter, widget)
        elif state & _ST.State_On:
            box(painter, option.rect, colours.accent_tint, None)
        elif state & _ST.State_Enabled and state & (_ST.State_MouseOver | _ST.State_Sunken):
            box(painter, option.rect, colours.line, None)

    def _button_label(
        self, option: QStyleOptionButton, painter: QPainter, widget: QWidget | None
    ) -> None:
        colours, able = self._tokens(), bool(option.state & _ST.State_Enabled)
        ink = colours.text if able else colours.ctl
        if able and _is(widget, "primary"):
            ink = colours.on_accent
        elif able and _is(widget, "danger"):
            ink = colours.block
        painter.setFont(self._button_font(widget) or painter.font())
        where = option.rect
        if option.features & QStyleOptionButton.ButtonFeature.HasMenu:  # Fusion draws the arrow
            where = where.adjusted(0, 0, -14, 0)
        text = option.text
        wide = painter.fontMetrics().horizontalAdvance(text.replace("&", ""))
        mark = option.iconSize.width() if not option.icon.isNull() else 0
        gap = size.ICON_GAP if mark and text else 0
        x = where.x() + max(2, (where.width() - wide - mark - gap) // 2)
        if mark:
            ratio = widget.devicePixelRatioF() if widget else 1.0
            mode = QIcon.Mode.Normal if able else QIcon.Mode.Disabled
            found = option.icon.pixmap(option.iconSize, ratio, mode)
            if ink is not colours.text and able:
                found = tinted(found, ink)
            top = where.y() + (where.height() - option.iconSize.height()) // 2
            painter.drawPixmap(x, top, found)
        painter.setPen(ink)
        rest = QRect(x + mark + gap, where.y(), wide + 2, where.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        if not self.styleHint(QStyle.StyleHint.SH_UnderlineShortcut, option, widget):
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextHideMnemonic
        painter.drawText(rest, int(flags), text)

    # Fields.

    def _field(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        if getattr(option, "lineWidth", 1) > 0:
            self._field_edge(option, painter, widget)

    def _field_edge(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        colours, state = self._tokens(), option.state
        if not state & _ST.State_Enabled:
            box(painter, option.rect, colours.alt, colours.line2)
        elif state & _ST.State_HasFocus:
            box(painter, option.rect, colours.base, colours.accent, line=2)
        else:
            box(painter, option.rect, colours.base, colours.ctl)

    def _combo_box(
        self, option: QStyleOptionComboBox, painter: QPainter, widget: QWidget | None
    ) -> None:
        if option.editable:
            self._field_edge(option, painter, widget)
        elif option.frame:
            self._button(option, painter, widget)
        arrow = self.subControlRect(_CC.CC_ComboBox, option, _SC.SC_ComboBoxArrow, widget)
        chevron(painter, self._ink(option), arrow.translated(-2, 0))

    def _spin_box(
        self, option: QStyleOptionSpinBox, painter: QPainter, widget: QWidget | None
    ) -> None:
        if option.frame:
            self._field_edge(option, painter, widget)
        for part, up in ((_SC.SC_SpinBoxUp, True), (_SC.SC_SpinBoxDown, False)):
            if option.subControls & part:
                where = self.subControlRect(_CC.CC_SpinBox, option, part, widget)
                chevron(painter, self._ink(option), where, up=up)

    def _ink(self, option: QStyleOption) -> QColor:
        colours = self._tokens()
        return colours.text2 if option.state & _ST.State_Enabled else colours.ctl

    def _tick_box(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        tick_box(painter, option, self._tokens())

    def _radio(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        radio(painter, option, self._tokens())

    # Frames, lists, menus.

    def _cell_focus(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        if not wears_ring(widget):
            box(painter, option.rect, None, self._tokens().accent, line=2)

    def _frame(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        """A field of several lines has the edge of a field; any other frame is quieter."""
        colours = self._tokens()
        if not isinstance(widget, QPlainTextEdit):
            box(painter, option.rect, None, colours.line2)
        elif option.state & _ST.State_HasFocus:
            box(painter, option.rect, None, colours.accent, line=2)
        else:
            box(painter, option.rect, None, colours.ctl)

    def _group(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        box(painter, option.rect, None, self._tokens().line, radius=size.RADIUS_PANEL)

    def _menu(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        painter.fillRect(option.rect, self._tokens().raised)
        self._menu_edge(option, painter, widget)

    def _menu_edge(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        painter.setPen(self._tokens().line2)
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1))

    def _tip(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        painter.fillRect(option.rect, self._tokens().tip)

    def _corner(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        painter.fillRect(option.rect, self._tokens().alt)

    def _nothing(self, *_: object) -> None:
        """This frame is not drawn."""

    def _header(self, option: QStyleOptionHeader, painter: QPainter) -> None:
        colours, where = self._tokens(), option.rect
        painter.fillRect(where, colours.alt)
        if option.orientation == Qt.Orientation.Horizontal:
            painter.fillRect(where.x(), where.bottom(), where.width(), 1, colours.line2)
        else:
            painter.fillRect(where.x(), where.bottom(), where.width(), 1, colours.line)

    def _header_label(
        self, option: QStyleOptionHeader, painter: QPainter, widget: QWidget | None
    ) -> None:
        """As its column: at the left, unless it was told otherwise."""
        plain = QStyleOptionHeader(option)
        plain.palette.setColor(QPalette.ColorRole.ButtonText, self._tokens().text2)
        if option.textAlignment & Qt.AlignmentFlag.AlignHCenter:
            plain.textAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._font("small", QFont.Weight.DemiBold))
        super().drawControl(_CE.CE_HeaderLabel, plain, painter, widget)

    # Tabs.

    def _tab_base(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        where = option.rect
        painter.fillRect(where.x(), where.bottom(), where.width(), 1, self._tokens().line)

    def _tab_label(
        self, option: QStyleOptionTab, painter: QPainter, widget: QWidget | None
    ) -> None:
        chosen = bool(option.state & _ST.State_Selected)
        over = bool(option.state & _ST.State_MouseOver)
        colours, plain = self._tokens(), QStyleOptionTab(option)
        plain.state = option.state & ~_ST.State_HasFocus
        plain.palette.setColor(
            QPalette.ColorRole.WindowText, colours.text if chosen or over else colours.text2
        )
        if chosen:
            painter.setFont(self._font("strong"))
        super().drawControl(_CE.CE_TabBarTabLabel, plain, painter, widget)
