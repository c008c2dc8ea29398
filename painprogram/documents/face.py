"""A centre's own face on its papers: logo, colour, sender and footer; and reading its logo."""

import hashlib
import io
import struct
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from painprogram.documents import style
from painprogram.documents.fonts import MM
from painprogram.documents.style import Colour, Pen, Type
from painprogram.domain import colours
from painprogram.domain.errors import Refused
from painprogram.i18n import _

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

LARGEST = 2_000_000
"""Bytes of a logo's file."""
_MOST_DOTS = 25_000_000
"""Of a picture that is unpacked at all: a small file may hold a huge one."""
_KEPT = (1200, 400)
"""Dots of a logo that is kept: 300 an inch and more, at the size it is drawn."""
LOGO_ROOM = (50.0, 14.0)
"""Millimetres."""


@dataclass(frozen=True, slots=True)
class Face:
    """What every paper of a centre may carry. Without anything it is the program's own."""

    colour: str = ""
    """Six hexadecimal digits in place of the accent; read on white with 4.5 : 1 at least."""
    logo: bytes = field(default=b"", repr=False)
    """PNG, as ``logo`` makes it."""
    sender: tuple[str, ...] = ()
    """Lines; the first is the name."""
    footer: str = ""

    @property
    def accent(self) -> Colour:
        return colours.parts(self.colour) if self.colour else style.ACCENT

    def tinted(self, role: Type) -> Type:
        """*role* in the centre's colour, where it is in the accent."""
        return replace(role, colour=self.accent) if role.colour == style.ACCENT else role

    def draw_logo(
        self, pen: Pen, end: float, top: float, most: tuple[float, float] = LOGO_ROOM
    ) -> float:
        """Put the logo so that it ends at *end* below *top*; return how far down it reaches."""
        if not self.logo:
            return top
        across, down = _dots(self.logo)
        scale = min(most[0] / across, most[1] / down)
        width, height = across * scale, down * scale

        def draw(canvas: "Canvas") -> None:
            from reportlab.lib.utils import ImageReader

            picture = ImageReader(io.BytesIO(self.logo))
            left, bottom = -width / 2 * MM, -height / 2 * MM
            canvas.drawImage(picture, left, bottom, width * MM, height * MM, mask="auto")

        # Unpacked once for all the papers of a batch.
        name = f"logo-{hashlib.sha256(self.logo).hexdigest()[:16]}-{width:.1f}"
        form = pen.document.form(name, ceil(max(width, height) * MM), draw)
        pen.place(form, end - width / 2, top + height / 2)
        return top + height


@lru_cache(64)
def _dots(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG, as its head says."""
    across, down = struct.unpack(">II", picture[16:24])
    return int(across), int(down)


NO_FACE = Face()


def logo(data: bytes) -> bytes:
    """*data* as it is kept and drawn: PNG, no larger than print needs.

    Refused where it is too large, or no picture that can be read to its end.
    """
    if len(data) > LARGEST:
        raise too_large(len(data))
    import warnings

    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
                across, down = picture.size
                if across * down > _MOST_DOTS:
                    raise _no_picture()
                kept = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as reason:
        raise _no_picture() from reason
    kept.thumbnail(_KEPT)
    buffer = io.BytesIO()
    kept.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def too_large(size: int) -> Refused:
    """*size* in bytes."""
    words = _("The logo is too large: {size} MB. Choose a PNG or JPEG picture of at most 2 MB.")
    return Refused(words.format(size=-(-size // 1_000_000)))


def _no_picture() -> Refused:
    return Refused(
        _(
            "The logo is not a picture that can be read. Choose a PNG or JPEG picture of at most "
            "2 MB."
        )
    )
