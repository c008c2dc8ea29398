"""Pages as they will be printed: one below the other, zoomed, walked by keys.

The widget knows no format: *render(page, dpi)* gives the picture of a page counted from 0, and is
asked only for the pages in view.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from painprogram.gui import icons, theme
from painprogram.gui.tokens import GAP, SPACE, TOOLBAR
from painprogram.i18n import _, number

Render = Callable[[int, float], QImage]

ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_GAP = SPACE[4]
_KEPT = 12  # pictures; a page of A4 at 200 % takes some 8 MB


class Pages(QAbstractScrollArea):
    """The scrolled pages; sizes are given in points."""

    page_changed = Signal(int)  # counted from 0
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._render: Render | None = None
        self._sizes: list[QSizeF] = []
        self._rects: list[QRect] = []
        self._zoom = 1.0
        self._fits = True
        self._page = 0
        self._pictures: dict[tuple[int, float], QPixmap] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.notifier.changed.connect(self.viewport().update)
        self._name()

    def show_pages(self, sizes: Sequence[QSizeF], render: Render) -> None:
        """*sizes* in points; the page and the zoom stay where they can."""
        self._render, self._sizes = render, list(sizes)
        self._pictures.clear()
        self._page = min(self._page, max(0, len(sizes) - 1))
        self._lay_out()
        self._name()
        self.page_changed.emit(self._page)

    @property
    def count(self) -> int:
        return len(self._sizes)

    @property
    def page(self) -> int:
        return self._page

    @property
    def zoom(self) -> float:
        return self._zoom

    def go_to(self, page: int) -> None:
        if self._rects:
            page = min(max(page, 0), self.count - 1)
            self.verticalScrollBar().setValue(self._rects[page].top() - _GAP)
            self._note(page)

    def set_zoom(self, zoom: float) -> None:
        """1 is the size on paper; the page at the top stays there."""
        self._fits = False
        self._zoom_to(zoom)

    def fit_width(self) -> None:
        """As wide as the view, from now on."""
        self._fits = True
        self._lay_out()

    def step_zoom(self, way: int) -> None:
        steps = [z for z in ZOOMS if (z > self._zoom + 0.01 if way > 0 else z < self._zoom - 0.01)]
        if steps:
            self.set_zoom(steps[0] if way > 0 else steps[-1])

    def _zoom_to(self, zoom: float) -> None:
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum() + bar.pageStep())
        self._zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        self._place()
        bar.setValue(round(share * (bar.maximum() + bar.pageStep())))
        self.zoom_changed.emit(self._zoom)

    def _lay_out(self) -> None:
        widest = max((size.width() for size in self._sizes), default=0.0)
        if self._fits and widest:
            room = self.viewport().width() - 2 * _GAP
            self._zoom_to(room / (widest * self._unit()))
        else:
            self._place()

    def _unit(self) -> float:
        """Pixels of the screen in a point."""
        return self.logicalDpiX() / 72

    def _place(self) -> None:
        view = self.viewport().size()
        scale = self._zoom * self._unit()
        sizes = [(size * scale).toSize() for size in self._sizes]
        wide = max((size.width() for size in sizes), default=0) + 2 * _GAP
        y, self._rects = _GAP, []
        for size in sizes:
            x = max(_GAP, (max(wide, view.width()) - size.width()) // 2)
            self._rects.append(QRect(x, y, size.width(), size.height()))
            y += size.height() + _GAP
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(0, wide - view.width()))
        across.setPageStep(view.width())
        down.setRange(0, max(0, y - view.height()))
        down.setPageStep(view.height())
        down.setSingleStep(40)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        above = [index for index, rect in enumerate(self._rects) if rect.top() <= middle]
        self._note(above[-1] if above else 0)

    def _note(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self._name()
            self.page_changed.emit(page)

    def _name(self) -> None:
        words = _("Page {page} of {pages}").format(page=self._page + 1, pages=self.count)
        self.setAccessibleName(words if self.count else _("No pages"))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colours.sunken)
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        view = event.rect().translated(
            self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        )
        for page, rect in enumerate(self._rects):
            if rect.intersects(view):
                painter.fillRect(rect.adjusted(-1, -1, 1, 1), colours.line2)
                painter.drawPixmap(rect, self._picture(page))
        painter.end()
        if self.hasFocus():
            focus = QPainter(self.viewport())
            focus.setPen(colours.accent)
            focus.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
            focus.end()

    def _picture(self, page: int) -> QPixmap:
        ratio = self.viewport().devicePixelRatioF()
        dpi = round(self._zoom * self.logicalDpiX() * ratio, 2)
        found = self._pictures.pop((page, dpi), None)
        if found is None:
            image = self._render(page, dpi) if self._render is not None else QImage()
            found = QPixmap.fromImage(image)
        self._pictures[page, dpi] = found
        for old in list(self._pictures)[:-_KEPT]:
            del self._pictures[old]
        return found

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(event.angleDelta().y())
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, ctrl = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.step_zoom(1)
        elif ctrl and key == Qt.Key.Key_Minus:
            self.step_zoom(-1)
        elif ctrl and key == Qt.Key.Key_0:
            self.fit_width()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.go_to(self._page + (1 if key == Qt.Key.Key_PageDown else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if key == Qt.Key.Key_Home else self.count - 1)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(560, 720)


class Preview(QWidget):
    """The pages with a bar above: page, zoom, and room for the caller's own buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = Pages()
        self._where, self._zoom = QLabel(), QLabel()
        bar = QHBoxLayout()
        bar.setContentsMargins(_GAP, 4, _GAP, 4)
        bar.setSpacing(GAP // 2)
        self._up = self._button("chevron-up", _("Previous page"), lambda: self._turn(-1))
        self._down = self._button("chevron-down", _("Next page"), lambda: self._turn(1))
        smaller = self._button("minus", _("Smaller"), lambda: self.pages.step_zoom(-1))
        larger = self._button("plus", _("Larger"), lambda: self.pages.step_zoom(1))
        fit = self._button("fit-width", _("Fit to width"), self.pages.fit_width)
        for part in (self._up, self._where, self._down):
            bar.addWidget(part)
        bar.addSpacing(_GAP)
        for part in (smaller, self._zoom, larger, fit):
            bar.addWidget(part)
        bar.addStretch(1)
        self.bar = bar
        head = QWidget()
        head.setLayout(bar)
        head.setMinimumHeight(TOOLBAR)
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.pages, 1)
        self.setFocusProxy(self.pages)
        self.pages.page_changed.connect(self._tell)
        self.pages.zoom_changed.connect(self._tell)
        self._tell()

    def show_pages(self, sizes: Sequence[QSizeF], render: Render) -> None:
        """*sizes* of the pages in points, *render(page, dpi)* the picture of one from 0."""
        self.pages.show_pages(sizes, render)

    @staticmethod
    def _button(icon: str, name: str, pressed: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIcon(icons.icon(icon))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(lambda _on=False: pressed())
        return button

    def _turn(self, way: int) -> None:
        self.pages.go_to(self.pages.page + way)

    def _tell(self, _what: object = None) -> None:
        pages = self.pages
        self._where.setText(
            _("{page} of {pages}").format(page=pages.page + 1, pages=pages.count)
            if pages.count
            else "–"
        )
        self._zoom.setText(_("{percent} %").format(percent=number(pages.zoom * 100)))
        self._up.setEnabled(pages.page > 0)
        self._down.setEnabled(pages.page < pages.count - 1)
