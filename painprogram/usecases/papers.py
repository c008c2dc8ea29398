"""Papers of every kind: drawn as one file or one each, and remembered when they were printed.

Their content is read in one transaction; drawing happens with none open; what was printed is
remembered in one more. Whoever prints on a printer draws first and remembers when it is done.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from painprogram.documents import pages
from painprogram.domain.errors import Refused
from painprogram.domain.papers import Kind, LetterKind, Order, Wanted
from painprogram.domain.progress import Progress
from painprogram.i18n import _
from painprogram.storage.database import Database
from painprogram.storage.tables import PaperPrintRow
from painprogram.usecases import files, paper_places, translations
from painprogram.usecases.paper_batch import Batch, Item

Maker = Callable[[Database, Progress, Wanted, date], Batch]
_ANY = datetime.min  # noqa: DTZ901 -- wall-clock times; never compared with one
_READ = 0.3
"""How much of the way is behind us when the content is read."""


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A PDF: one paper, or all of them."""

    name: str
    """Of the file, safe everywhere; never a patient's name or number."""
    sizes: tuple[tuple[float, float], ...]
    """Width and height of each page in millimetres."""
    pdf: bytes = field(repr=False)

    @property
    def pages(self) -> int:
        return len(self.sizes)


@dataclass(frozen=True, slots=True)
class Made:
    """Papers of one kind, drawn."""

    name: str
    """For windows and queues: "Schedules H26 A"; never a patient's."""
    files: tuple[MadePaper, ...]
    missing: tuple[str, ...]
    """Swedish words that stand on them untranslated."""
    wanted: Wanted
    batch: Batch = field(repr=False)
    """What they were drawn from, in their order."""

    @property
    def pages(self) -> int:
        return sum(file.pages for file in self.files)


@dataclass(frozen=True, slots=True)
class LastPrint:
    """When a paper of one kind was printed last, and by whom."""

    kind: Kind
    letter: LetterKind | None
    language: str
    at: datetime
    """UTC."""
    by: str


def make(
    database: Database,
    progress: Progress,
    wanted: Wanted,
    today: date,
    *,
    record: bool,
    one_each: bool = False,
    missing_ok: bool = False,
) -> Made:
    """Draw what is *wanted*, as one file or *one_each*; with *record* it counts as printed.

    Words without translation are refused where it counts, unless they are *missing_ok*. Nothing
    counts as printed where it is cancelled or fails.
    """
    batch = _ordered(_read(database, progress, wanted, today), wanted.order)
    if not batch.items:
        raise Refused(_("There is nothing to print."))
    missing = tuple(dict.fromkeys(words for item in batch.items for words in item.missing))
    if record:
        translations.allow(missing, missing_ok=missing_ok)
    drawn = tuple(_each(batch, progress) if one_each else [_as_one(batch, progress)])
    made = Made(batch.name, drawn, missing, wanted, batch)
    if record:
        remember(database, made)
    return made


def save(
    database: Database,
    progress: Progress,
    wanted: Wanted,
    today: date,
    target: Path,
    *,
    one_each: bool = False,
    missing_ok: bool = False,
) -> Made:
    """Write what is *wanted* to a file, or into a folder *one_each*; then it counts as printed.

    A folder that is not there yet is made; files of the same names are replaced.
    """
    made = make(database, progress, wanted, today, record=False, one_each=one_each)
    allow(made, missing_ok=missing_ok)
    if one_each:
        _write_all(target, made)
    else:
        files.write(target, made.files[0].pdf)
    remember(database, made)
    return made


def _write_all(folder: Path, made: Made) -> None:
    files.make_folder(folder)
    for number, file in enumerate(made.files):
        try:
            files.write(folder / file.name, file.pdf)
        except Refused:
            for written in made.files[:number]:
                (folder / written.name).unlink(missing_ok=True)
            raise


def allow(made: Made, *, missing_ok: bool) -> None:
    """Refuse what would be part Swedish without anybody having said that it may."""
    translations.allow(made.missing, missing_ok=missing_ok)


def pages_of_each(made: Made, progress: Progress) -> tuple[int, ...]:
    """How many pages each paper has in the one file of all; empty where several share a page."""
    items = made.batch.items
    if len(items) == 1:
        return (made.pages,)
    found = []
    for number, item in enumerate(items):
        progress.report(number / len(items))
        found.append(pages.page_count(made.batch.draw((item,), Progress())))
    return tuple(found) if sum(found) == made.pages else ()


def remember(database: Database, made: Made, only: Sequence[Item] | None = None) -> None:
    """That these papers were printed: what, for whom, in which language, who and when.

    With *only*, that those of them were.
    """
    batch, wanted = made.batch, made.wanted
    printed = batch.items if only is None else tuple(only)
    if batch.remember is not None:
        batch.remember(database, printed)
        return
    now = datetime.now(UTC).replace(tzinfo=None)
    with database.change(_("Print {name}").format(name=batch.name), undoable=False) as db:
        for item in printed:
            db.add(
                PaperPrintRow(
                    centre_id=item.centre_id,
                    kind=_kept_kind(wanted),
                    of_id=item.of_id,
                    patient_id=item.patient_id,
                    language=item.language,
                    digest=digest((item.content, wanted.large, wanted.twin)),
                    printed_at=now,
                    printed_by=database.actor.name,
                )
            )


def last_printed(
    database: Database, *, patient: UUID | None = None, of: UUID | None = None
) -> tuple[LastPrint, ...]:
    """The last print of each kind for a *patient*, or about a group, session, colleague, room.

    The newest first. Schedules have versions of their own.
    """
    row = PaperPrintRow
    statement = select(row.kind, row.language, row.printed_at, row.printed_by)
    if patient is not None:
        statement = statement.where(row.patient_id == patient)
    if of is not None:
        statement = statement.where(row.of_id == of)
    found: dict[str, LastPrint] = {}
    with database.read() as db:
        for kind, language, at, by in db.execute(statement.order_by(row.printed_at.desc())):
            name, _dot, letter = kind.partition(".")
            known = LetterKind(letter) if letter else None
            new = LastPrint(Kind(name), known, language, at.replace(tzinfo=UTC), by)
            found.setdefault(kind, new)
    return tuple(found.values())


def _kept_kind(wanted: Wanted) -> str:
    return f"{wanted.kind}.{wanted.letter}" if wanted.kind is Kind.LETTER else wanted.kind.value


# What stands on them


def _read(database: Database, progress: Progress, wanted: Wanted, today: date) -> Batch:
    progress.report(0)
    told = Progress(lambda done, text: progress.report(_READ * min(max(done, 0), 1), text))
    return maker(wanted.kind)(database, told, _named(database, wanted), today)


def _named(database: Database, wanted: Wanted) -> Wanted:
    """With the places named, where a day or a session is said of papers that know only people."""
    known = wanted.places or wanted.patient or wanted.group
    of_days = wanted.kind is Kind.LETTER and not wanted.session and wanted.first
    if known or not (of_days or wanted.kind is Kind.SILENCE):
        return wanted
    with database.read() as db:
        return replace(wanted, places=paper_places.places(db, wanted))


def maker(kind: Kind) -> Maker:
    """What makes papers of a kind; each is loaded when it is wanted."""
    match kind:
        case Kind.SHEET:
            from painprogram.usecases.sheet_batches import sheets

            return sheets
        case Kind.POSTER:
            from painprogram.usecases.sheet_batches import poster

            return poster
        case Kind.LETTER:
            from painprogram.usecases.letters import letter

            return letter
        case Kind.SILENCE:
            from painprogram.usecases.silence import silence

            return silence
        case Kind.CALIBRATION:
            from painprogram.usecases.letters import calibration

            return calibration
        case _:
            return _list_maker(kind)


def _list_maker(kind: Kind) -> Maker:
    match kind:
        case Kind.CARD:
            from painprogram.usecases.cards import card

            return card
        case Kind.ATTENDANCE:
            from painprogram.usecases.attendance_lists import lists

            return lists
        case Kind.MEASURES:
            from painprogram.usecases.measure_forms import measures

            return measures
        case Kind.STAFF:
            from painprogram.usecases.staff_papers import schedules

            return schedules
        case Kind.DOOR:
            from painprogram.usecases.staff_papers import door_lists_of

            return door_lists_of
        case Kind.REPORT:
            from painprogram.usecases.group_reports import report

            return report
        case Kind.HANDOVER:
            from painprogram.usecases.handover_summaries import handover

            return handover
        case _:
            from painprogram.usecases.access_extracts import accesslog

            return accesslog


def _ordered(batch: Batch, order: Order) -> Batch:
    items = sorted(batch.items, key=lambda item: item.by_name)
    if order is Order.TIME:  # who comes at no time, comes last
        items.sort(key=lambda item: (item.by_time is None, item.by_time or _ANY))
    return replace(batch, items=tuple(items))


# Drawing


def _as_one(batch: Batch, progress: Progress) -> MadePaper:
    told = Progress(lambda done, text: progress.report(_drawn(done), text))
    pdf = batch.draw(batch.items, told)
    progress.report(1)  # stops here where it was cancelled meanwhile
    return _paper(files.name_for(batch.name, "pdf"), pdf)


def _each(batch: Batch, progress: Progress) -> Iterable[MadePaper]:
    many = len(batch.items)
    for number, item in enumerate(batch.items):
        words = _("{number} of {total}").format(number=number + 1, total=many)
        progress.report(_drawn(number / many), words)
        pdf = batch.draw((item,), Progress())
        yield _paper(_file_name(item, number + 1, many), pdf)
    progress.report(1)


def _drawn(done: float) -> float:
    return _READ + (1 - _READ) * min(max(done, 0), 1)


def _file_name(item: Item, number: int, many: int) -> str:
    """What it is, and a running number: names of patients stay out of folders."""
    tail = f" {number:0{len(str(many))}}" if many > 1 else ""
    return files.name_for(item.name, "pdf", tail)


def _paper(name: str, pdf: bytes) -> MadePaper:
    return MadePaper(name, pages.sizes(pdf), pdf)


# What makes papers the same


def digest(content: object) -> str:
    """SHA-256 of a paper's content: values of our own, texts, numbers, times, pictures."""
    found = hashlib.sha256()
    for part in _leaves(content):
        found.update(part)
        found.update(b"\x1f")
    return found.hexdigest()


def _leaves(content: object) -> Iterable[bytes]:
    if is_dataclass(content) and not isinstance(content, type):
        yield type(content).__name__.encode()
        for one in fields(content):
            yield from _leaves(getattr(content, one.name))
    elif isinstance(content, tuple | list):
        yield f"[{len(content)}]".encode()
        for each in content:
            yield from _leaves(each)
    elif isinstance(content, bytes):
        yield content
    else:
        yield repr(content).encode("utf-8", "backslashreplace")
