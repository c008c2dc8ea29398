"""Pages of a PDF as pictures, for the preview and for printing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from painprogram.domain.errors import Refused
from painprogram.i18n import _

POINTS = 72
"""In an inch."""
_one_at_a_time = Lock()
"""The renderer is not safe to use from two threads at once."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page: rows from the top, four bytes a dot (blue, green, red, 255)."""

    width: int
    height: int
    stride: int
    """Bytes from one row to the next."""
    bgra: bytes = field(repr=False)


def page_count(pdf: bytes) -> int:
    """How many pages *pdf* has; ``Refused`` where it can't be read."""
    with _opened(pdf) as document:
        return len(document)


def page_size(pdf: bytes, number: int) -> tuple[float, float]:
    """Width and height in millimetres of page *number*, the first being 0."""
    with _opened(pdf) as document:
        width, height = document.get_page_size(number)
        return width * 25.4 / POINTS, height * 25.4 / POINTS


def sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of every page in millimetres."""
    with _opened(pdf) as document:
        found = (document.get_page_size(number) for number in range(len(document)))
        return tuple((width * 25.4 / POINTS, height * 25.4 / POINTS) for width, height in found)


def page(pdf: bytes, number: int, dpi: float) -> PageImage:
    """Page *number*, the first being 0, at *dpi* dots an inch."""
    with _opened(pdf) as document:
        return _rendered(document, number, dpi)


def pages(pdf: bytes, dpi: float) -> Iterator[PageImage]:
    """One page after the other: a batch never lies in memory as a whole."""
    for number in range(page_count(pdf)):
        yield page(pdf, number, dpi)


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    import pypdfium2

    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as reason:
            raise Refused(_("The document can't be shown: it is not a readable PDF.")) from reason
        try:
            yield document
        finally:
            document.close()


def _rendered(document: Any, number: int, dpi: float) -> PageImage:
    from pypdfium2 import raw

    leaf = document[number]
    try:
        bitmap = leaf.render(scale=dpi / POINTS, force_bitmap_format=raw.FPDFBitmap_BGRA)
        try:
            return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        finally:
            bitmap.close()
    finally:
        leaf.close()
