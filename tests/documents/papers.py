"""Content for papers, and what can be read from the PDF that comes out."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from pypdfium2 import raw

from painprogram.documents.poster import Poster, PosterCell, PosterStrand
from painprogram.documents.sheet import Sheet, SheetRow
from painprogram.domain.programmes import ModuleKind

MAJA = ("Maja Ek", "physiotherapist")
KARIN = ("Karin Holm", "psychologist")
FIRST = datetime(2027, 9, 14, 13)


def row(day: int = 0, title: str = "Relaxation", **other) -> SheetRow:
    start = FIRST + timedelta(days=day)
    facts = {"kind": ModuleKind.RELAXATION, "leaders": (MAJA,), "room": "Hall", **other}
    return SheetRow(start=start, end=start + timedelta(hours=1), title=title, **facts)


def rows(many: int) -> tuple[SheetRow, ...]:
    """Sessions twice a week, every third of them a lecture on two lines."""
    return tuple(
        row(number * 7 // 2, f"Exercise {number + 1}", kind=ModuleKind.EXERCISE)
        if number % 3
        else row(
            number * 7 // 2,
            f"Lecture on sleep {number + 1}",
            kind=ModuleKind.LECTURE,
            subtitle=f"Lecture {number + 1}",
            letter="A",
            leaders=(KARIN, ("Omar Nasser", "pharmacist")),
        )
        for number in range(many)
    )


def content(**other) -> Sheet:
    facts = {
        "centre": "Björkvikens vårdcentral",
        "patient": "Anna Lindgren",
        "masked_number": "19670312-••••",
        "programme": "Living with pain",
        "rows": rows(14),
        "version": 3,
        "dated": date(2027, 3, 22),
        "printed": date(2027, 3, 23),
        "contact": "Maja Ek",
        "contact_title": "physiotherapist",
        "phone": "031-390 06 12",
        "phone_hours": "Monday–Friday 8:00–9:30",
        "not_attending": ("You do not go to Stress 13 May: you have been to it.",),
        "bring": ("Soft clothes", "A bottle of water"),
        "directions": ("Storgatan 14, Björkviken",),
        "cancelling": ("Call 031-390 06 12.",),
        "sentences": ("I come as often as I can.", "I call when I can't.", "I keep silent."),
        "goals": ("Walk the dog", "Cook twice a week"),
        "home": ("Relaxation every evening",),
        "review": "We go through the goals together on Tuesday 25 May.",
        "signatures": ("Anna Lindgren", "Maja Ek, physiotherapist"),
        "replaces": 2,
        "replaces_dated": date(2027, 3, 8),
    }
    return Sheet(**{**facts, **other})


def cells(many: int, day: int = 0, **other) -> tuple[PosterCell, ...]:
    """One session a week."""
    starts = [FIRST + timedelta(days=day + 7 * number) for number in range(many)]
    return tuple(
        PosterCell(start, start + timedelta(hours=1), number, many, **other)
        for number, start in enumerate(starts, start=1)
    )


def strands(weeks: int = 8) -> tuple[PosterStrand, ...]:
    return (
        PosterStrand(
            ModuleKind.RELAXATION,
            "Relaxation",
            ("Maja Ek, physiotherapist",),
            "Hall",
            "Soft clothes",
            cells(weeks),
        ),
        PosterStrand(ModuleKind.EXERCISE, "Exercise", ("Jon Berg",), cells=cells(weeks, 2)),
        PosterStrand(
            ModuleKind.LECTURE,
            "Lectures",
            room="Auditorium",
            cells=tuple(
                PosterCell(
                    cell.start,
                    cell.end,
                    letter="A",
                    title="Pain and medi\u00adcines",
                    professions=("physician", "pharmacist"),
                )
                for cell in cells(weeks, 3)[::2]
            ),
        ),
    )


def board(**other) -> Poster:
    facts = {
        "centre": "Björkvikens vårdcentral",
        "programme": "Living with pain",
        "group": "autumn",
        "strands": strands(),
        "template": "Pain management",
        "template_version": 4,
        "version": 2,
        "dated": date(2027, 3, 8),
        "owner": "Karin Holm, psychologist",
        "notes": ("Thursday 6 May is Ascension Day.", "Lecture C is on Wednesday."),
        "phone": "031-390 06 12",
        "phone_hours": "Monday–Friday 8:00–9:30",
    }
    return Poster(**{**facts, **other})


def texts(pdf: bytes) -> list[str]:
    """The words of each page in the order of reading, with single spaces."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def fonts(pdf: bytes) -> dict[str, bool]:
    """The fonts of the document, and whether each of them is embedded."""
    found = {}
    for page in PdfReader(io.BytesIO(pdf)).pages:
        resources = cast("DictionaryObject", page["/Resources"])
        for entry in cast("DictionaryObject", resources["/Font"]).values():
            font = cast("DictionaryObject", entry.get_object())
            descriptor = cast("DictionaryObject", font.get("/FontDescriptor", {}))
            found[str(font["/BaseFont"]).split("+")[-1]] = "/FontFile2" in descriptor
    return found


@dataclass(frozen=True)
class Letter:
    page: int
    text: str
    size: float
    box: tuple[float, float, float, float]
    """Left, bottom, right, top in points."""


def letters(pdf: bytes) -> Iterator[Letter]:
    """Every visible letter with its size and place."""
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            letter = chr(raw.FPDFText_GetUnicode(text, index))
            if not letter.isspace() and letter.isprintable():
                size = raw.FPDFText_GetFontSize(text, index)
                yield Letter(number, letter, size, text.get_charbox(index))
    document.close()


def misplaced(pdf: bytes, width: float, height: float, margin: float = 12.0) -> list[Letter]:
    """Letters smaller than 9.5 points, or nearer to the edge than *margin* points."""
    return [
        letter
        for letter in letters(pdf)
        if letter.size < 9.5
        or letter.box[0] < margin
        or letter.box[1] < margin
        or letter.box[2] > width - margin
        or letter.box[3] > height - margin
    ]


def rules(pdf: bytes, page: int, thickness: float) -> list[float]:
    """How long in points the lines on *page* are that are so thick."""
    stream = PdfReader(io.BytesIO(pdf)).pages[page].get_contents()
    assert stream is not None
    now, start, found = 0.0, 0.0, []
    for operands, operator in stream.operations:
        if operator == b"w":
            now = float(operands[0])
        elif operator == b"m":
            start = float(operands[0])
        elif operator == b"l" and now == thickness:
            found.append(float(operands[0]) - start)
    return found
