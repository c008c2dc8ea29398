"""A centre's own face on its papers: logo, colour, sender, footer, and its envelopes."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.documents import face as drawn
from painprogram.documents.face import Face
from painprogram.domain import colours
from painprogram.domain.envelopes import WINDOWS, Envelope, Fold, Window, check_window
from painprogram.domain.errors import Refused
from painprogram.domain.people import Centre
from painprogram.i18n import N_, _, ngettext
from painprogram.storage.changes import expect
from painprogram.storage.database import Database
from painprogram.storage.tables import CentreRow, PaperFaceRow

MOST_LINES = 6
"""Of the sender, and of the way on to somebody with protected identity."""
LONGEST_LINE = 80
LONGEST_FOOTER = 200
_PHONE = N_("Phone {number}")
"""Name and address are Swedish in every letter, and so is this."""


@dataclass(frozen=True, slots=True)
class PaperFace:
    """What a centre has chosen for its papers; without a choice, as the program has it."""

    centre_id: UUID
    logo: bytes = field(default=b"", repr=False)
    """A PNG or JPEG picture; it is kept as PNG."""
    colour: str = ""
    """Six hexadecimal digits, with ``#`` or not; empty: the program's own."""
    sender: str = ""
    """Lines at the top of letters; empty: name, address and phone of the centre."""
    footer: str = ""
    envelope: Envelope = Envelope.H2
    own_window: Window | None = None
    """Of an envelope with measures of its own."""
    fold: Fold = Fold.HALF
    forwarding: str = ""
    """Lines in the window of a letter to somebody with protected identity, below the name."""
    version: int = 0
    """0: nothing is kept yet."""

    @property
    def window(self) -> Window:
        if self.envelope is Envelope.OWN:
            return self.own_window or WINDOWS[Envelope.H2]
        return WINDOWS[self.envelope]

    @property
    def is_readable(self) -> bool:
        """Whether the colour can be read on white paper."""
        digits = colours.read(self.colour)
        return not self.colour or (
            digits is not None and colours.contrast(digits) >= colours.LEAST_CONTRAST
        )


def face(database: Database, centre_id: UUID) -> PaperFace:
    """What the centre has chosen."""
    with database.read() as db:
        return of_centre(db, centre_id)


def set_face(database: Database, wanted: PaperFace) -> PaperFace:
    """Keep what the centre has chosen.

    Refused, with what to do, for a logo that is no picture, a colour that can't be read, a window
    that isn't on the paper and texts that have no room.
    """
    known = face(database, wanted.centre_id)
    kept = checked(wanted, logo_is_known=bool(wanted.logo) and wanted.logo == known.logo)
    with database.change(_("Change the look of the papers")) as db:
        row = _row(db, wanted.centre_id)
        if row is None:
            row = PaperFaceRow(centre_id=db.get_one(CentreRow, wanted.centre_id).id)
            db.add(row)
        else:
            expect(row, wanted.version)
        _write(row, kept)
        db.flush()
        return _as_face(row)


def logo_from(path: Path) -> bytes:
    """The picture in a file, as ``set_face`` takes it; refused where it is none, or too large."""
    try:
        size = path.stat().st_size
        if size > drawn.LARGEST:
            raise drawn.too_large(size)
        data = path.read_bytes()
    except OSError as error:
        raise Refused(
            _("{file} can't be read: {reason}.").format(
                file=path, reason=(error.strerror or "").lower()
            )
        ) from error
    return drawn.logo(data)


def nearest_readable(colour: str) -> str:
    """The digits of the nearest colour that can be read on white paper; refused for no colour."""
    return colours.nearest_readable(_digits(colour))


# For the other use cases


def of_centre(db: Db, centre_id: UUID) -> PaperFace:
    row = _row(db, centre_id)
    return _as_face(row) if row else PaperFace(centre_id)


def on_paper(chosen: PaperFace, centre: Centre) -> Face:
    """What documents draw of it."""
    sender = _lines(chosen.sender) or (
        centre.name,
        *_lines(centre.address),
        *([i18n.in_swedish(_PHONE).format(number=centre.phone)] if centre.phone else []),
    )
    return Face(chosen.colour, chosen.logo, sender, chosen.footer)


def forwarding_lines(chosen: PaperFace) -> tuple[str, ...]:
    return _lines(chosen.forwarding)


# Inside


def _row(db: Db, centre_id: UUID) -> PaperFaceRow | None:
    return db.scalar(select(PaperFaceRow).where(PaperFaceRow.centre_id == centre_id))


def _as_face(row: PaperFaceRow) -> PaperFace:
    window = None
    if row.window_start is not None and row.window_top is not None:
        window = Window(
            row.window_start / 10,
            row.window_top / 10,
            (row.window_width or 0) / 10,
            (row.window_height or 0) / 10,
        )
    return PaperFace(
        row.centre_id,
        row.logo or b"",
        row.colour,
        row.sender,
        row.footer,
        Envelope(row.envelope),
        window,
        Fold(row.fold),
        row.forwarding,
        row.version,
    )


def _write(row: PaperFaceRow, wanted: PaperFace) -> None:
    row.logo = wanted.logo or None
    row.colour = wanted.colour
    row.sender, row.footer, row.forwarding = wanted.sender, wanted.footer, wanted.forwarding
    row.envelope, row.fold = wanted.envelope.value, wanted.fold.value
    own = wanted.own_window
    row.window_start = round(own.left * 10) if own else None
    row.window_top = round(own.top * 10) if own else None
    row.window_width = round(own.width * 10) if own else None
    row.window_height = round(own.height * 10) if own else None


def checked(wanted: PaperFace, *, logo_is_known: bool = False) -> PaperFace:
    """*wanted* as it is kept; refused where it can't be printed."""
    if wanted.envelope is Envelope.OWN and wanted.own_window is None:
        raise Refused(_("Measure where the window of your envelope is, in millimetres."))
    if wanted.own_window is not None:
        check_window(wanted.own_window)
    footer = " ".join(wanted.footer.split())
    if len(footer) > LONGEST_FOOTER:
        raise Refused(
            _("The footer is too long: {most} characters at most.").format(most=LONGEST_FOOTER)
        )
    return replace(
        wanted,
        logo=wanted.logo if logo_is_known or not wanted.logo else drawn.logo(wanted.logo),
        colour=_readable(wanted.colour) if wanted.colour.strip() else "",
        sender=_short(wanted.sender, _("The sender")),
        footer=footer,
        forwarding=_short(wanted.forwarding, _("The way on")),
    )


def _digits(colour: str) -> str:
    digits = colours.read(colour)
    if digits is None:
        raise Refused(
            _(
                "“{colour}” is no colour. Write six digits or letters from A to F, such as 0F4C5C."
            ).format(colour=colour.strip()[:20])
        )
    return digits


def _readable(colour: str) -> str:
    digits = _digits(colour)
    nearest = colours.nearest_readable(digits)
    if nearest != digits:
        raise Refused(
            _(
                "The colour {colour} is too pale to be read on white paper. The nearest that "
                "works is {nearest}."
            ).format(colour=digits, nearest=nearest)
        )
    return digits


def _lines(text: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _short(text: str, what: str) -> str:
    found = _lines(text)
    if len(found) > MOST_LINES:
        words = ngettext(
            "{what} has more than {most} line.", "{what} has more than {most} lines.", MOST_LINES
        )
        raise Refused(words.format(what=what, most=MOST_LINES))
    if any(len(line) > LONGEST_LINE for line in found):
        raise Refused(
            _("{what} has a line of more than {most} characters.").format(
                what=what, most=LONGEST_LINE
            )
        )
    return "\n".join(found)
