"""A paper onto a printer, page after page, on the lane for long tasks."""

from collections.abc import Iterator, Sequence
from datetime import date
from math import ceil

from PySide6.QtCore import QMarginsF, QPoint, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from painprogram.domain.errors import Refused
from painprogram.domain.progress import Progress
from painprogram.gui.desk import Paper
from painprogram.i18n import _
from painprogram.usecases import Database, prints

DPI = 300
_MOST = 400
"""A printer that wants more dots an inch gets each of ours as several of its own."""
_BAND = 240
"""Rows drawn at a time, about: the window gets its turn in between."""


def printer_for(name: str, sizes: Sequence[tuple[float, float]]) -> QPrinter:
    """A printer set for pages of *sizes* (millimetres); *name* is what its queue shows."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setDocName(name)
    printer.setFullPage(True)
    width, height = sizes[0]
    paper = QPageSize(QSizeF(min(width, height), max(width, height)), QPageSize.Unit.Millimeter)
    lying = width > height
    way = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(paper, way, QMarginsF()))
    return printer


def send(
    database: Database,
    progress: Progress,
    printer: QPrinter,
    paper: Paper,
    today: date,
    language: str | None,
) -> prints.Rendered:
    """Record *paper* as printed, and print just that; cancelled, the rest is not sent."""
    first_half = Progress(lambda done, text: progress.report(done / 2, text))
    rendered = prints.render(
        database,
        first_half,
        paper.kind,
        paper.group_id,
        paper.enrolment_id,
        today,
        language,
        record=True,
        places=paper.places,
    )
    wanted = _wanted(printer, len(rendered.sizes))
    painter = QPainter()
    if not painter.begin(printer):
        raise Refused(_("The printer does not answer. Check that it is on, or choose another."))
    try:
        for number, page in enumerate(wanted):
            words = _("Page {page} of {pages}").format(page=number + 1, pages=len(wanted))
            progress.report((1 + number / len(wanted)) / 2, words)
            if number:
                _turn(printer, number)
            _draw(painter, printer, rendered.pdf, page)
        progress.report(1)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return rendered


def _wanted(printer: QPrinter, many: int) -> list[int]:
    """The pages in their order, from 0; every copy, where the printer does not make them."""
    first, last = printer.fromPage() or 1, printer.toPage() or many
    pages = list(range(first - 1, min(last, many)))
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return pages * copies
    return [page for page in pages for _copy in range(copies)]


def _turn(printer: QPrinter, number: int) -> None:
    if not printer.newPage():
        raise Refused(_("The printer stopped at page {page}.").format(page=number + 1))


def _draw(painter: QPainter, printer: QPrinter, pdf: bytes, number: int) -> None:
    """The page in bands, dot by dot."""
    times = ceil(printer.resolution() / _MOST)
    picture = prints.page(pdf, number, printer.resolution() / times)
    painter.resetTransform()
    painter.scale(times, times)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    for top, end in _bands(picture):
        dots = picture.bgra[top * picture.stride : end * picture.stride]
        rgb = QImage.Format.Format_RGB32
        band = QImage(dots, picture.width, end - top, picture.stride, rgb)
        painter.drawImage(QPoint(0, top), band)


def _bands(picture: prints.PageImage) -> Iterator[tuple[int, int]]:
    """First row and end of each; they meet only where there is no ink, so no seam can show."""
    blank = b"\xff" * picture.stride
    first: int | None = None
    end = 0
    for row in range(picture.height):
        start = row * picture.stride
        if picture.bgra[start : start + picture.stride] != blank:
            first = row if first is None else first
            end = row + 1
        elif first is not None and row - first >= _BAND:
            yield first, end
            first = None
    if first is not None:
        yield first, end
