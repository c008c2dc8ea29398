"""Tables that other programs write and read: Excel (``.xlsx``) and text with separators (``.csv``).

A file comes from anywhere: how large it may become is looked at before anything is unpacked. What
leaves is text, dates and numbers; nothing that looks like a formula leaves as one.
"""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from painprogram.domain.errors import Refused
from painprogram.i18n import _

LARGEST = 30_000_000
"""Bytes in a file that is read."""
LARGEST_UNPACKED = 300_000_000
"""Bytes its parts may have together, unpacked."""
MOST_PACKED = 200
"""Times a part may be larger unpacked: text is packed to a tenth, a bomb to a thousandth."""
_SMALL = 1_000_000
"""Bytes a part may have whatever it was packed to."""
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 200_000, 200, 32_767
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | float | date | datetime | bool | None
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16 does, so it is looked for before
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = (b"%PDF", b"{\\rtf", b"<!DOCTYPE", b"<html", b"<?xml")
"""How files begin that are text, but no table."""
_SEPARATORS = ";,\t|"
_FORMULA = "=+-@\t\r"
_LOOKED_AT = 20
"""Lines in which the separator is looked for."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was written: every cell as text, dates and times as ISO has them."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row: int = 2
    """The number that the first of *rows* has in the file, as a spreadsheet shows it."""
    note: str = ""
    """How it was read: sheet, or encoding and separator."""

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row with its number in the file; empty ones are left out."""
        for number, row in enumerate(self.rows, self.first_row):
            if any(row):
                yield number, row


def read(data: bytes, *, sheet: str = "") -> Table:
    """The first table of a file, or the *sheet* of that name.

    Refused, with what is wrong and what to do, for what is neither Excel nor text, is too large,
    damaged or empty.
    """
    if len(data) > LARGEST:
        raise Refused(
            _("The file is too large: {most} MB at most.").format(most=LARGEST // 1_000_000)
        )
    if data[:4] == b"PK\x03\x04":
        return _headed(*_from_excel(data, sheet))
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Refused(
            _("This is an old or protected Excel file. Save it as .xlsx or .csv, and try again.")
        )
    return _headed(*_from_text(data))


def _headed(rows: list[tuple[str, ...]], note: str) -> Table:
    at = next((number for number, row in enumerate(rows) if any(row)), None)
    if at is None:
        raise Refused(_("The file has no rows."))
    header = rows[at]
    width = max((n for n, cell in enumerate(header, 1) if cell), default=0)
    body = tuple((*row[:width], *([""] * (width - len(row)))) for row in rows[at + 1 :])
    if not any(any(row) for row in body):
        raise Refused(_("The file has a heading but no rows under it."))
    return Table(header[:width], body, at + 2, note)


# Excel


def _from_excel(data: bytes, wanted: str) -> tuple[list[tuple[str, ...]], str]:
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    _check_unpacked(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        names = book.sheetnames
        if wanted and wanted not in names:
            raise Refused(
                _("There is no sheet {name}. There are: {names}.").format(
                    name=wanted, names=", ".join(names)
                )
            )
        sheet = book[wanted or names[0]]
        sheet.reset_dimensions()  # what a file says of its size need not be true
        rows = [_as_text(row) for row in _limited(sheet.iter_rows(values_only=True))]
        book.close()
    except (
        *(InvalidFileException, zipfile.BadZipFile, ParseError, DefusedXmlException),
        *(KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, OSError),
        *(OverflowError, NotImplementedError),
    ) as error:
        raise Refused(
            _("This is not an Excel file, or it is damaged. Save it anew as .xlsx or .csv.")
        ) from error
    return rows, _("sheet {name}").format(name=sheet.title)


def _check_unpacked(data: bytes) -> None:
    """Refuse a file that would fill the memory, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Refused(
            _("This is not an Excel file, or it is damaged. Save it anew as .xlsx or .csv.")
        ) from error
    whole = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > _SMALL and part.file_size > MOST_PACKED * max(1, part.compress_size)
        for part in parts
    )
    if whole > LARGEST_UNPACKED or swollen or len(parts) > 5000:  # noqa: PLR2004 -- pictures too
        raise Refused(_("The file is far larger unpacked than a table is. Nothing was read."))


def _limited(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:
            raise Refused(
                _("The table has more than {most} rows. Divide it.").format(most=MOST_ROWS)
            )
        yield row[:MOST_COLUMNS]


def _as_text(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple([_cell(value) for value in row])


def _cell(value: Any) -> str:
    if isinstance(value, str):  # most are
        return _plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _plain(str(value))


def _plain(text: str) -> str:
    if text.isascii():
        return text.strip()[:LONGEST_CELL]
    return text.replace("\u00a0", " ").replace("\ufeff", "").strip()[:LONGEST_CELL]


# Text with separators


def _from_text(data: bytes) -> tuple[list[tuple[str, ...]], str]:
    text, encoding = _decoded(data)
    separator = _separator(text)
    csv.field_size_limit(LONGEST_CELL * 4)
    try:
        found = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        rows = [_as_text(row) for row in _limited(found)]
    except csv.Error as error:
        raise Refused(
            _("Row {row} can't be read: is a quotation mark missing?").format(
                row=found.line_num or 1
            )
        ) from error
    shown = {"\t": _("tab"), ";": ";", ",": ",", "|": "|"}[separator]
    return rows, f"{encoding}, {shown}"


def _decoded(data: bytes) -> tuple[str, str]:
    """By its mark, else UTF-8, else what Windows writes in Sweden."""
    if data.lstrip()[:16].startswith(_OTHERS):
        raise _no_table()
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding), encoding.removesuffix("-sig").upper()
    nothing = data[:4000].count(0)
    if nothing > len(data[:4000]) // 4:
        wide = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return _strictly(data, wide), "UTF-16"
    if nothing:
        raise _no_table()
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _strictly(data, "cp1252"), "Windows-1252"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_table() from error


def _no_table() -> Refused:
    return Refused(_("This is no table: choose an Excel file (.xlsx) or a text file (.csv)."))


def _separator(text: str) -> str:
    """The one that divides the first lines into equally many; what is quoted does not count."""
    lines = [line for line in text.splitlines()[: _LOOKED_AT * 2] if line.strip()][:_LOOKED_AT]
    best, most = ";", 0.0
    for sign in _SEPARATORS:
        counts = [_outside_quotes(line, sign) for line in lines]
        if not counts or not counts[0]:
            continue
        agreeing = sum(count == counts[0] for count in counts) / len(counts)
        if agreeing * counts[0] > most:
            best, most = sign, agreeing * counts[0]
    return best


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])


# Out


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """As a Swedish Excel opens it: semicolons, UTF-8 with its mark, no formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([_harmless(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _harmless(value: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, str) and value[:1] and value[0] in _FORMULA:
        return f"'{value}"
    return value


def as_excel(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook with one sheet, its heading kept in sight and a filter on it."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(
        out,
        {
            "in_memory": True,
            "constant_memory": True,
            "strings_to_urls": False,
            "remove_timezone": True,
        },
    )
    sheet = book.add_worksheet(_sheet_name(title))
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    wrapped: list[list[Cell]] = [list(header), *map(list, rows)]
    for column, heading in enumerate(header):
        longest = max((len(str(row[column] or "")) for row in wrapped), default=8)
        sheet.set_column(column, column, min(48, max(8, longest + 2)))
        sheet.write_string(0, column, heading, bold)
    for number, row in enumerate(wrapped[1:], 1):
        for column, value in enumerate(row):
            if isinstance(value, bool) or value is None:
                sheet.write_string(number, column, "" if value is None else str(int(value)))
            elif isinstance(value, datetime):
                sheet.write_datetime(number, column, value, moment)
            elif isinstance(value, date):
                sheet.write_datetime(number, column, datetime.combine(value, time()), day)
            elif isinstance(value, int | float):
                sheet.write_number(number, column, value)
            else:
                sheet.write_string(number, column, value[:LONGEST_CELL])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(wrapped) - 1), max(0, len(header) - 1))
    book.close()
    return out.getvalue()


def _sheet_name(title: str) -> str:
    """Excel allows 31 signs, and not all of them."""
    return "".join("-" if sign in "[]:*?/\\'" else sign for sign in title)[:31] or "1"
