"""Tables from other programs, in whatever they were saved as; and our own, read back."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from painprogram.domain.errors import Refused
from painprogram.exchange import spreadsheet
from painprogram.exchange.spreadsheet import Cell, as_csv, as_excel, read

HEADER = ("Namn", "Personnummer", "Ort")
ROWS = (("Åsa Öberg", "19900118-9804", "Växjö; norr"), ("Nils, d.ä.", "", 'Kvarteret "Eken"'))


def written(separator: str, encoding: str) -> bytes:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if set(text) & set(';,\t|"') else text

    lines = [separator.join(cell(text) for text in row) for row in (HEADER, *ROWS)]
    return "\r\n".join(lines).encode(encoding)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_that_a_text_is_read_in_every_encoding_and_with_every_separator(
    separator: str, encoding: str
) -> None:
    table = read(written(separator, encoding))

    assert table.header == HEADER
    assert table.rows == ROWS


def test_that_rows_keep_the_numbers_that_a_spreadsheet_shows() -> None:
    table = read(b"\r\n\r\nNamn;Ort\r\nA;B\r\n;\r\nC;D\r\n")

    assert list(table.numbered()) == [(4, ("A", "B")), (6, ("C", "D"))]


def test_that_short_rows_are_filled_and_long_ones_end_with_the_heading() -> None:
    assert read(b"a;b\n1\n1;2;3\n").rows == (("1", ""), ("1", "2"))


def test_that_an_excel_file_gives_dates_numbers_and_texts_as_text() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Namn", "Dag", "Antal", "Tid"])
    sheet.append(["Åsa\u00a0", date(2026, 11, 22), 3.0, datetime(2026, 11, 22, 13, 30)])
    out = io.BytesIO()
    book.save(out)

    table = read(out.getvalue())

    assert table.header == ("Namn", "Dag", "Antal", "Tid")
    assert table.rows == (("Åsa", "2026-11-22", "3", "2026-11-22 13:30"),)


def test_that_a_sheet_is_chosen_by_name_or_named_as_missing() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a"])
    other = book.create_sheet("Personal")
    other.append(["Namn"])
    other.append(["Anna"])
    out = io.BytesIO()
    book.save(out)

    assert read(out.getvalue(), sheet="Personal").rows == (("Anna",),)
    with pytest.raises(Refused, match=r"no sheet Rum.*Personal"):
        read(out.getvalue(), sheet="Rum")


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return out.getvalue()


def entities() -> bytes:
    """A workbook whose sheet defines entities within entities."""
    book = io.BytesIO(as_excel("x", ["a"], [["b"]]))
    out = io.BytesIO()
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.endswith("sharedStrings.xml") or "sheet1" in part.filename:
                head, _mark, rest = content.partition(b"?>")
                content = head + b"?><!DOCTYPE x [" + laughs.encode() + b"]>" + rest
            new.writestr(part.filename, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no rows"),
        (b"\xef\xbb\xbf", "no rows"),
        (b"Namn;Ort\r\n", "no rows under"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"%PDF-1.7\0\0\0\x01\x02", "no table"),
        (b"%PDF-1.7 in one line\nand another", "no table"),
        (b"<html><table><tr><td>Namn</td></tr></table>", "no table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "old or protected"),
        (b'a;b\n"open;1\n', "quotation mark"),
        (bomb(), "far larger unpacked"),
        (entities(), "damaged"),
        (b"x" * (spreadsheet.LARGEST + 1), "too large"),
    ],
)
def test_that_what_is_no_table_is_refused_in_words(data: bytes, told: str) -> None:
    with pytest.raises(Refused, match=told):
        read(data)


@given(st.binary(max_size=400))
def test_that_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        table = read(data)
    except Refused:
        return
    assert all(len(row) == len(table.header) for row in table.rows)


HOSTILE = ("=1+1", "+46 70", "-3", "@SUM(A1)", "\tx", "\rx", "=cmd|' /C calc'!A0", "http://x.se")


def test_that_no_text_leaves_as_a_formula() -> None:
    rows = [[text] for text in HOSTILE]

    book = openpyxl.load_workbook(io.BytesIO(as_excel("Lista", ["Text"], rows)))
    cells = [cell for (cell,) in book.active.iter_rows(min_row=2)]
    lines = as_csv(["Text"], rows).decode("utf-8-sig")

    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    assert [line for line in lines.split("\r\n") if line[:1] in {*"=+-@"}] == []


def test_that_what_we_write_is_what_we_read() -> None:
    rows: list[list[Cell]] = [
        ["Åsa Öberg", date(2026, 11, 22), 3, None],
        ["x; y", date(1999, 12, 31), 4.5, "ö"],
    ]
    told = (("Åsa Öberg", "2026-11-22", "3", ""), ("x; y", "1999-12-31", "4.5", "ö"))
    header = ("Namn", "Dag", "Antal", "Annat")

    assert read(as_excel("Patienter: [a/b]", header, rows)).rows == told
    assert read(as_csv(header, rows)).rows == told
