"""Every kind of paper through its one door: what is drawn, named, remembered, refused."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import select

from painprogram.domain.errors import Cancelled, Refused
from painprogram.domain.papers import Kind, LetterKind, Order, Wanted
from painprogram.domain.patients import Access
from painprogram.domain.progress import Progress
from painprogram.storage.tables import PaperPrintRow, PrintRow
from painprogram.usecases import (
    Database,
    centres,
    enrolments,
    paper_words,
    papers,
    patients,
    sessions,
)
from tests import make
from tests.documents.papers import texts

NEEDY = ((0, "Anna"), (1, "Maria"))


@pytest.fixture
def engine() -> str:
    """What is tested here is beyond the engines: one is enough."""
    return "sqlite"


def test_that_sheets_come_in_order_as_one_file_or_one_each(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    for number, given in enumerate(("Åke", "Anna", "Maria")):
        make.placed(database, where, group.id, number, given)
    wanted = Wanted(Kind.SHEET, group=group.id)

    whole = papers.make(database, make.NO_PROGRESS, wanted, make.TODAY, record=False)
    each = papers.make(database, make.NO_PROGRESS, wanted, make.TODAY, record=True, one_each=True)

    assert [file.name for file in whole.files] == ["Schedules H26 A.pdf"]
    assert [f.name for f in each.files] == [f"Schedule H26 A {n}.pdf" for n in (1, 2, 3)]
    for file, given in zip(each.files, ("Anna", "Maria", "Åke"), strict=True):
        assert f"{given} Öberg" in texts(file.pdf)[0]
    assert whole.pages == each.pages
    with database.raw() as connection:
        assert len(connection.scalars(select(PrintRow.number)).all()) == 3
        assert connection.scalars(select(PaperPrintRow.id)).all() == []


def test_that_who_needs_large_print_gets_it_among_the_others(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    _first, second = (make.placed(database, where, group.id, n, name) for n, name in NEEDY)
    one = patients.patient(database, second.patient_id)
    patients.update(database, replace(one, access=(Access.LARGE_PRINT,)))
    wanted = Wanted(Kind.SHEET, group=group.id)

    made = papers.make(database, make.NO_PROGRESS, wanted, make.TODAY, record=False, one_each=True)

    usual, large = (file.pages for file in made.files)
    assert usual < large


def test_that_the_sheet_says_what_the_centre_has_written_on_cancelling_and_fees(
    database: Database,
) -> None:
    where = make.furnished(database)
    place = make.placed(database, where, make.group(database, where).id)
    wanted = Wanted(Kind.SHEET, patient=place.patient_id, language="sv")
    paper_words.set_word(database, where.id, "cancelling", "sv", "Ring {phone} dagen före.")
    paper_words.set_word(database, where.id, "fee", "sv", "Ett besök kostar 100 kr.")

    made = papers.make(database, make.NO_PROGRESS, wanted, make.TODAY, record=False)

    said = " ".join(" ".join(texts(made.files[0].pdf)).split())
    assert "dagen före. Ett besök kostar 100 kr." in said


def test_that_a_cancelled_batch_counts_as_nothing_printed(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    for number in range(3):
        make.placed(database, where, group.id, number)

    def stop(done: float, _words: str) -> None:
        if done > 0.6:
            progress.cancel()

    progress = Progress(stop)
    wanted = Wanted(Kind.SHEET, group=group.id, order=Order.TIME)
    for one_each in (False, True):
        with pytest.raises(Cancelled):
            papers.make(database, progress, wanted, make.TODAY, record=True, one_each=one_each)

    with database.raw() as connection:
        assert connection.scalars(select(PrintRow.id)).all() == []


def test_that_what_is_not_translated_is_told_and_refused_until_it_may_stand(
    database: Database, tmp_path: Path
) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)
    wanted = Wanted(Kind.SHEET, patient=place.patient_id, language="ar")

    shown = papers.make(database, make.NO_PROGRESS, wanted, make.TODAY, record=False)
    with pytest.raises(Refused, match="måndag"):
        papers.save(database, make.NO_PROGRESS, wanted, make.TODAY, tmp_path / "x.pdf")
    nothing = list(tmp_path.glob("*.pdf"))
    papers.save(database, make.NO_PROGRESS, wanted, make.TODAY, tmp_path / "x.pdf", missing_ok=True)

    assert shown.missing == ("måndag–fredag kl. 8.00–9.30",)
    assert nothing == []
    with database.raw() as connection:
        assert connection.scalars(select(PrintRow.language)).all() == ["ar"]


def test_that_a_file_that_can_not_be_written_counts_as_nothing_printed(
    database: Database, tmp_path: Path
) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    for number in range(2):
        make.placed(database, where, group.id, number)
    folder = tmp_path / "schedules"
    (folder / "Schedule H26 A 2.pdf").mkdir(parents=True)

    with pytest.raises(Refused, match="is a folder"):
        papers.save(
            database,
            make.NO_PROGRESS,
            Wanted(Kind.SHEET, group=group.id),
            make.TODAY,
            folder,
            one_each=True,
        )

    assert [one.name for one in folder.iterdir()] == ["Schedule H26 A 2.pdf"]
    with database.raw() as connection:
        assert connection.scalars(select(PrintRow.id)).all() == []


def test_that_a_letter_is_remembered_with_who_and_for_whom(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)
    wanted = Wanted(Kind.LETTER, patient=place.patient_id)

    papers.make(database, make.NO_PROGRESS, wanted, make.TODAY, record=False)
    before = papers.last_printed(database, patient=place.patient_id)
    papers.make(database, make.NO_PROGRESS, wanted, make.TODAY, record=True)
    (after,) = papers.last_printed(database, patient=place.patient_id)

    assert before == ()
    assert (after.kind, after.letter, after.by) == (
        Kind.LETTER,
        LetterKind.SUMMONS,
        database.actor.name,
    )
    assert papers.last_printed(database, patient=group.id) == ()


# Names that somebody means harm with, or that are only unusual

HOSTILE = (
    "<b>Bo</b>",
    "Åsa & </para> &amp; <img src=x/>",
    "\u202egnp.exe\u202c",
    "Zoë \U0001f600 \u0627\u062d\u0645\u062f",
    "A\u0007\u001bB\ufffd",
    "W" * 100,
    "ﷺ Ǆ ṩ̂ e\u0301",
)


@dataclass(frozen=True)
class Centre:
    """A centre where everything is called something awkward."""

    database: Database
    wanted: Wanted
    families: frozenset[str]


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    database = Database.open(f"sqlite:///{tmp_path_factory.mktemp('names') / 'names.ppdb'}")
    where = make.furnished(database)
    where = centres.update(database, replace(where, name=HOSTILE[1], directions=HOSTILE[0] * 9))
    group = make.group(database, where, f"../{HOSTILE[2]}/<b>")
    places = []
    for number, name in enumerate(HOSTILE):
        one = make.patient(database, where, name, f"{name} Öberg", number)
        one = patients.update(
            database,
            replace(
                one,
                language=("sv", "ar", "fa", "so", "uk", "fi", "other")[number],
                protected=number == 2,
                note=name,
                address=f"{name}\n123 45 {name}",
            ),
        )
        places.append(enrolments.enrol(database, one.id, group.id, make.TODAY))
    held = sessions.sessions(database, group.id)[0]
    yield Centre(
        database,
        Wanted(
            Kind.SHEET,
            centre=where.id,
            group=group.id,
            session=held.id,
            staff=held.leaders[0].staff_id,
            room=held.room_id,
            patient=places[0].patient_id,
        ),
        frozenset(f"{name} Öberg" for name in HOSTILE),
    )
    database.close()


_ALL: dict[Kind, tuple[str, ...]] = {
    Kind.ATTENDANCE: ("group",),
    Kind.STAFF: ("staff",),
    Kind.DOOR: ("room",),
    Kind.ACCESSLOG: ("patient",),
    Kind.CALIBRATION: ("centre",),
}
"""Of what each kind is made; the others of a group."""


@pytest.mark.parametrize("kind", Kind)
def test_that_no_name_breaks_a_paper_or_is_read_as_anything_but_text(
    awkward: Centre, kind: Kind, tmp_path: Path
) -> None:
    keys = _ALL.get(kind, ("group",))
    whole = awkward.wanted
    wanted = Wanted(kind, **{key: getattr(whole, key) for key in keys})

    made = papers.save(
        awkward.database,
        make.NO_PROGRESS,
        wanted,
        make.TODAY,
        tmp_path / "all",
        one_each=True,
        missing_ok=True,
    )
    together = papers.make(
        awkward.database,
        make.NO_PROGRESS,
        replace(wanted, large=True, twin=True),
        make.TODAY,
        record=False,
    )

    written = sorted((tmp_path / "all").iterdir())
    assert sorted(one.name for one in made.files) == [one.name for one in written]
    assert together.pages >= 1
    said = [words(file.pdf) for file in made.files]
    assert all(said)
    for file in written:
        assert not any(family.split()[0] in file.name for family in awkward.families)
    if kind in PERSONAL:
        assert len(made.files) == len(HOSTILE)
        assert any("<b>Bo</b>" in one for one in said)


def words(pdf: bytes) -> str:
    """What stands on the first page."""
    document = pypdfium2.PdfDocument(pdf)
    text: str = document[0].get_textpage().get_text_bounded()
    document.close()
    return text.strip()


PERSONAL = {Kind.SHEET, Kind.CARD, Kind.LETTER, Kind.SILENCE, Kind.MEASURES, Kind.HANDOVER}
