"""A paper onto a printer, page after page, on the lane for long tasks."""

from collections.abc import Iterator, Sequence
from datetime import date
from math import ceil

from PySide6.QtCore import QMarginsF, QPoint, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from painprogram.domain.errors import Refused
from painprogram.domain.papers import Wanted
from painprogram.domain.progress import Progress
from painprogram.i18n import _
from painprogram.usecases import Database, papers, prints
from painprogram.usecases.papers import Made, MadePaper

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
    wanted: Wanted,
    today: date,
    *,
    missing_ok: bool = False,
) -> Made:
    """Print what is *wanted*; it counts as printed when its last page is on its way.

    Cancelled, the rest is not sent and nothing counts as printed; of some pages, only the papers
    they belong to. Printed on both sides, nobody's paper begins on the back of another's.
    """
    first_half = Progress(lambda done, text: progress.report(done / 2, text))
    made = papers.make(database, first_half, wanted, today, record=False)
    papers.allow(made, missing_ok=missing_ok)
    (paper,) = made.files
    chosen = _chosen(printer, paper.pages)
    two_sided = printer.duplex() is not QPrinter.DuplexMode.DuplexNone
    counts: tuple[int, ...] = ()
    if two_sided or len(chosen) < paper.pages:
        counts = papers.pages_of_each(made, Progress(lambda *_told: progress.report(0.5)))
    sides = leaves(chosen, counts) if two_sided else [*chosen]
    _print(printer, paper, _copies(printer, sides, collated=two_sided), progress)
    papers.remember(database, made, [made.batch.items[at] for at in owners(chosen, counts)] or None)
    return made


def owners(chosen: Sequence[int], counts: Sequence[int]) -> list[int]:
    """Whose the chosen pages are, where each paper has its own pages."""
    whose = [at for at, many in enumerate(counts) for _page in range(many)]
    return sorted({whose[page] for page in chosen}) if whose else []


def leaves(chosen: Sequence[int], counts: Sequence[int]) -> list[int | None]:
    """The pages as sides of leaves: None is an empty back, so that each paper has its own."""
    whose = [at for at, many in enumerate(counts) for _page in range(many)]
    sides: list[int | None] = []
    for page in chosen:
        before = next((side for side in reversed(sides) if side is not None), None)
        other = whose and before is not None and whose[before] != whose[page]
        if other and len(sides) % 2:
            sides.append(None)
        sides.append(page)
    return sides


def _print(
    printer: QPrinter, paper: MadePaper, wanted: Sequence[int | None], progress: Progress
) -> None:
    painter = QPainter()
    if not painter.begin(printer):
        raise Refused(_("The printer does not answer. Check that it is on, or choose another."))
    try:
        for number, page in enumerate(wanted):
            words = _("Page {page} of {pages}").format(page=number + 1, pages=len(wanted))
            progress.report((1 + number / len(wanted)) / 2, words)
            if number:
                _turn(printer, number)
            if page is not None:
                _draw(painter, printer, paper.pdf, page)
        progress.report(1)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()


def _chosen(printer: QPrinter, many: int) -> list[int]:
    """The pages in their order, from 0."""
    first, last = printer.fromPage() or 1, printer.toPage() or many
    return list(range(first - 1, min(last, many)))


def _copies(printer: QPrinter, sides: Sequence[int | None], *, collated: bool) -> list[int | None]:
    """Every copy, where the printer does not make them."""
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if copies > 1 and collated and len(sides) % 2:
        sides = [*sides, None]
    if collated or printer.collateCopies():
        return [*sides] * copies
    return [side for side in sides for _copy in range(copies)]


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
