from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from painprogram import i18n
from painprogram.domain.errors import Cancelled, Refused
from painprogram.domain.patients import Patient
from painprogram.domain.progress import Progress
from painprogram.storage.database import Database
from painprogram.storage.tables import PrintRow
from painprogram.usecases import (
    centres,
    commitments,
    enrolments,
    patients,
    prints,
    schedules,
    sessions,
)
from tests import make
from tests.documents.papers import texts

HOUR = timedelta(hours=1)
SPRING = date(2027, 4, 6)
"""Ascension Day falls on a Thursday of the group that starts here."""


def printed(database: Database) -> list[tuple[str, str, int]]:
    columns = (PrintRow.kind, PrintRow.language, PrintRow.number)
    with database.raw() as connection:
        rows = connection.execute(select(*columns).order_by(PrintRow.language, PrintRow.number))
        return [(kind, language, number) for kind, language, number in rows]


def named(database: Database, one: Patient, language: str) -> Patient:
    return patients.update(database, replace(one, language=language))


def test_that_a_version_rises_only_when_the_content_differs(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)
    later = make.TODAY + timedelta(days=3)

    first = prints.sheet(database, place.id, make.TODAY)
    again = prints.sheet(database, place.id, make.TODAY)
    relaxation = make.of_strand(database, group.id, "relaxation")[0]
    sessions.move(database, relaxation.id, relaxation.start + HOUR)
    second = prints.sheet(database, place.id, later)

    assert first == again
    assert "Version 1, 22 november 2026" in texts(first)[0]
    assert "Version 2, 25 november 2026" in texts(second)[0]
    assert "version 1" in texts(second)[0]
    assert printed(database) == [("sheet", "sv", 1), ("sheet", "sv", 2)]


def test_that_a_preview_is_what_would_be_printed_and_counts_as_nothing(
    database: Database,
) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)

    shown = prints.sheet(database, place.id, make.TODAY, record=False)
    poster = prints.poster(database, group.id, make.TODAY, record=False)

    assert printed(database) == []
    assert prints.sheet(database, place.id, make.TODAY) == shown
    assert prints.poster(database, group.id, make.TODAY) == poster


def test_that_each_language_counts_its_own_versions(database: Database) -> None:
    where = make.furnished(database)
    place = make.placed(database, where, make.group(database, where).id)

    prints.sheet(database, place.id, make.TODAY)
    english = prints.sheet(database, place.id, make.TODAY, "en")

    assert "Your schedule" in texts(english)[0]
    assert "Relaxation 1" in texts(english)[0]
    assert printed(database) == [("sheet", "en", 1), ("sheet", "sv", 1)]


def test_that_a_batch_is_in_swedish_order_and_each_sheet_in_its_patients_language(
    database: Database,
) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    for number, (given, family) in enumerate(
        [("Anna", "Öberg"), ("Bo", "Älm"), ("Cia", "Åman"), ("Dan", "Zetter")]
    ):
        one = make.patient(database, where, given, family, number)
        named(database, one, "en" if given == "Bo" else "sv")
        enrolments.enrol(database, one.id, group.id, make.TODAY)

    pages = texts(prints.all_sheets(database, Progress(), group.id, make.TODAY))

    firsts = [page for page in pages if "Page 1" in page or "Sida 1" in page]
    assert [
        next(name for name in ("Zetter", "Åman", "Älm", "Öberg") if name in page) for page in firsts
    ] == ["Zetter", "Åman", "Älm", "Öberg"]
    assert ["Your schedule" in page for page in firsts] == [False, False, True, False]
    assert [kind for kind, _language, _number in printed(database)] == ["sheet"] * 4


def test_that_a_cancelled_batch_counts_as_nothing_printed(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    make.placed(database, where, group.id)
    progress = Progress(lambda _done, _text: progress.cancel())

    with pytest.raises(Cancelled):
        prints.all_sheets(database, progress, group.id, make.TODAY)

    assert printed(database) == []


def test_that_progress_goes_from_nothing_to_all(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    for number in range(3):
        make.placed(database, where, group.id, number)
    done: list[float] = []

    prints.all_sheets(
        database, Progress(lambda part, _text: done.append(part)), group.id, make.TODAY
    )

    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, 1)


def test_that_a_group_without_anybody_has_no_sheets(database: Database) -> None:
    group = make.group(database, make.furnished(database))

    with pytest.raises(Refused, match="Nobody has a place"):
        prints.all_sheets(database, Progress(), group.id, make.TODAY)


def test_that_the_sheet_tells_what_is_the_patients_own(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    parallel = make.group(database, where, "H26 B", make.MONDAY + timedelta(weeks=1))
    place = make.placed(database, where, group.id)
    lecture, other = (make.of_strand(database, one.id, "lecture_a")[0] for one in (group, parallel))
    skipped = make.of_strand(database, group.id, "lecture_c")[0]
    schedules.swap(database, place.id, lecture.id, other.id, "Hemlig orsak", because="sagt")
    schedules.opt_out(database, place.id, skipped.id, "du har redan gått den.")
    schedules.add_visit(database, place.id, datetime(2027, 1, 13, 9), 45, title="Samtal")

    words = " ".join(texts(prints.sheet(database, place.id, make.TODAY, "en")))

    assert "Instead of Thursday 21 January" in words
    assert (
        "You do not go to Physical activity Thursday 11 February: du har redan gått den." in words
    )
    assert "Extra visit for you" in words


def test_that_what_must_never_appear_is_not_on_the_sheet(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    parallel = make.group(database, where, "H26 B", make.MONDAY + timedelta(weeks=1))
    place = make.placed(database, where, group.id)
    make.placed(database, where, group.id, 1, "Gunhild")
    lecture, other = (make.of_strand(database, one.id, "lecture_a")[0] for one in (group, parallel))
    schedules.swap(database, place.id, lecture.id, other.id, "Hemlig orsak", because="sagt")
    one = patients.patient(database, place.patient_id)
    patients.update(database, replace(one, note="Hemlig anteckning", phone="070-1740605"))

    words = " ".join(texts(prints.sheet(database, place.id, make.TODAY)))

    assert one.identity.masked in words
    for hidden in (one.identity.number[8:], "Hemlig", "Gunhild", "1740605", "N/A", "2027-0"):
        assert hidden not in words


def test_that_the_programmes_sentences_follow_the_language_of_the_sheet(
    database: Database,
) -> None:
    where = make.furnished(database)
    place = make.placed(database, where, make.group(database, where).id)
    shown = commitments.commitment(database, place.id)
    commitments.write(
        database,
        shown,
        sentences=[*shown.sentences, "Jag ringer på tisdagar."],
        goals=["Gå med hunden"],
        home=[],
    )

    words = " ".join(texts(prints.sheet(database, place.id, make.TODAY, "en")))

    assert "I come to the sessions as often as I can." in words
    assert "Jag ringer på tisdagar." in words
    assert "Gå med hunden" in words


def test_that_the_poster_says_what_a_red_day_moved_and_took(database: Database) -> None:
    group = make.group(database, make.furnished(database), start=SPRING)

    words = texts(prints.poster(database, group.id, make.TODAY))[0]

    assert "Thursday 6 May is Ascension Day. Lecture C is therefore on Wednesday 5 May." in words
    assert "week: Exercise." in words


def test_that_the_poster_says_nothing_of_a_closed_day_nobody_meets_on(
    database: Database,
) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    centres.close(
        database, where.id, date(2027, 1, 15), date(2027, 1, 15), "utbildning"
    )  # a Friday

    words = " ".join(texts(prints.poster(database, group.id, make.TODAY)))

    assert "utbildning" not in words


def test_that_the_poster_names_the_visits_and_no_patient(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id, given="Gunhild")
    schedules.add_visit(database, place.id, datetime(2027, 1, 13, 9), 45, title="Samtal")

    words = " ".join(texts(prints.poster(database, group.id, make.TODAY)))

    visits = "First visit, closing visit and one-year follow-up: you get a time of your own."
    assert visits in words
    assert "Gunhild" not in words
    assert "Samtal" not in words


def test_that_a_founding_group_fits_one_page_without_what_to_bring(database: Database) -> None:
    where = make.furnished(database)
    make.group(database, where, "Öppna föreläsningar", template="oppna-forelasningar", maximum=40)
    group = make.group(database, where)

    pages = texts(prints.poster(database, group.id, make.TODAY, "sv"))

    assert len(pages) == 1
    assert "Gymmet" in pages[0]
    assert "Mjuka kläder" not in pages[0]


def test_that_the_poster_has_versions_of_its_own(database: Database) -> None:
    group = make.group(database, make.furnished(database))
    prints.poster(database, group.id, make.TODAY)
    relaxation = make.of_strand(database, group.id, "relaxation")[0]
    sessions.cancel(database, relaxation.id)

    second = prints.poster(database, group.id, make.TODAY)

    assert "Base schedule version 2" in texts(second)[0]
    assert "Cancelled" in texts(second)[0]


def test_that_what_is_rendered_has_a_name_that_names_no_patient(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)

    def name(kind: str, enrolment_id=None) -> str:
        return prints.render(
            database, Progress(), kind, group.id, enrolment_id, make.TODAY, record=False
        ).name

    assert name("sheet", place.id) == "Schedule H26 A"
    assert name("sheet") == "Schedules H26 A"
    assert name("poster") == "Base schedule H26 A"


def test_that_what_is_saved_is_what_was_recorded(database: Database, tmp_path) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)
    file = tmp_path / "Schema.pdf"

    saved = prints.save(database, Progress(), file, "sheet", group.id, place.id, make.TODAY, "sv")

    assert file.read_bytes() == saved.pdf
    assert printed(database) == [("sheet", "sv", 1)]
    with pytest.raises(Refused, match="does not exist"):
        prints.save(
            database, Progress(), tmp_path / "no" / "x.pdf", "poster", group.id, None, make.TODAY
        )


def test_that_pages_are_shown_in_their_size(database: Database) -> None:
    where = make.furnished(database)
    group = make.group(database, where)
    make.placed(database, where, group.id)

    with i18n.using("sv"):
        sheet = prints.all_sheets(database, Progress(), group.id, make.TODAY, record=False)
    picture = prints.page(sheet, 0, 25.4)

    assert prints.page_count(sheet) == 2
    assert [(round(wide), round(high)) for wide, high in prints.page_sizes(sheet)] == [
        (210, 297),
        (210, 297),
    ]
    assert abs(picture.width - 210) <= 1
    assert abs(picture.height - 297) <= 1
