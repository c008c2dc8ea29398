"""A list of 10,000 patients from a spreadsheet into the database, against openpyxl reading it."""

import io
import itertools
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from openpyxl import load_workbook

from painprogram.domain.identity import luhn
from painprogram.domain.imports import ImportKind
from painprogram.domain.progress import Progress
from painprogram.exchange.spreadsheet import as_excel
from painprogram.storage.database import Database
from painprogram.usecases import imports
from tests import make
from tests.benchmarks.runner import Result, Timed, compare, timed

PATIENTS = 10_000
_HEADER = (
    *("Förnamn", "Efternamn", "Personnummer", "Språk", "Tolk", "Telefon", "Adress"),
    *("Behov", "Anteckning", "Skyddad identitet"),
)
_fresh = itertools.count()


def measure() -> list[Result]:
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        whole, tenth = where / "whole.xlsx", where / "tenth.xlsx"
        whole.write_bytes(_sheet(PATIENTS))
        tenth.write_bytes(_sheet(PATIENTS // 10))
        ours = _imported(where, whole)
        return [
            compare(
                f"import of {PATIENTS:,} patients / openpyxl reading rows only",
                ours,
                timed(lambda: _read_alone(whole, rows_only=True)),
                rounds=5,
                most=2,
            ),
            compare(
                f"import of {PATIENTS:,} patients / openpyxl opening the book as it does",
                ours,
                timed(lambda: _read_alone(whole, rows_only=False)),
                rounds=3,
            ),
            compare(
                f"dry run of {PATIENTS:,} patients who are all known / openpyxl, rows only",
                _compared(where, whole),
                timed(lambda: _read_alone(whole, rows_only=True)),
                rounds=3,
            ),
            compare(
                f"import: {PATIENTS:,} / {PATIENTS // 10:,}",
                ours,
                _imported(where, tenth),
                rounds=3,
                most=12,
            ),
        ]


def _imported(folder: Path, file: Path) -> Timed:
    """From the file to the saved change, into a new database each time."""

    def once() -> float:
        database = Database.open(f"sqlite:///{folder / f'{next(_fresh)}.ppdb'}")
        where = make.centre(database)

        def work() -> None:
            table = imports.opened(file, make.TODAY)
            columns = imports.columns_of(table, ImportKind.PATIENTS)
            result = imports.carry_out(
                database, ImportKind.PATIENTS, table, columns, where.id, make.TODAY
            )
            assert result.done

        taken = timed(work)()
        database.close()
        return taken

    return once


def _compared(folder: Path, file: Path) -> Timed:
    database = Database.open(f"sqlite:///{folder / 'known.ppdb'}")
    where = make.centre(database)
    table = imports.opened(file, make.TODAY)
    columns = imports.columns_of(table, ImportKind.PATIENTS)
    kind = ImportKind.PATIENTS
    imports.carry_out(database, kind, table, columns, where.id, make.TODAY)

    def once() -> float:
        start = time.perf_counter()
        found = imports.opened(file, make.TODAY)
        imports.judged(database, Progress(), kind, found, columns, where.id, make.TODAY)
        return time.perf_counter() - start

    return once


def _read_alone(file: Path, *, rows_only: bool) -> int:
    book = load_workbook(io.BytesIO(file.read_bytes()), read_only=rows_only, data_only=True)
    return sum(1 for _row in book.worksheets[0].iter_rows(values_only=True))


def _sheet(many: int) -> bytes:
    return as_excel("Patienter", _HEADER, [_row(at) for at in range(many)])


def _row(at: int) -> list[str]:
    number = _number(at)
    return [
        f"Förnamn{at % 300}",
        f"Efternamn-{at % 700}",
        f"{number[:8]}-{number[8:]}",
        ("Svenska", "Arabiska", "Engelska")[at % 3],
        "Ja" if at % 7 == 0 else "Nej",
        f"070-123 {at % 10000:04}",
        f"Storgatan {at % 200}, 123 45 Ekbacken",
        "Hiss" if at % 9 == 0 else "",
        "Ringer helst på förmiddagen" if at % 5 == 0 else "",
        "Nej",
    ]


def _number(at: int) -> str:
    """One whose check digit is right; of nobody."""
    day = date(1940, 1, 1) + timedelta(days=at % 20_000)
    begun = f"{day:%Y%m%d}{at // 20_000:03}"
    return next(begun + last for last in "0123456789" if luhn(begun[2:] + last))
