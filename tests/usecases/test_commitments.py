"""The commitment of a patient: written, agreed, and then followed by a new version."""

from dataclasses import replace

import pytest

from painprogram.domain.errors import Conflict, Refused
from painprogram.storage.database import Database
from painprogram.usecases import commitments, history, patients, staff
from tests import make

GOALS = ("Gå en halvtimme om dagen", "Sova sju timmar")


@pytest.fixture
def place(database: Database):
    where = make.furnished(database)
    return make.placed(database, where, make.group(database, where).id)


def written(database: Database, place, **changed):
    shown = commitments.commitment(database, place.id)
    lines = {"sentences": shown.sentences, "goals": GOALS, "home": ("Andas",)} | changed
    return commitments.write(database, shown, **lines)


def test_that_a_new_place_has_the_sentences_of_the_programme_and_nothing_agreed(
    database: Database, place
) -> None:
    shown = commitments.commitment(database, place.id)

    assert shown.sentences
    assert (shown.goals, shown.home, shown.agreed_on, shown.id) == ((), (), None, None)
    assert commitments.history(database, place.id) == ()


def test_that_the_sentences_are_in_the_patients_language(database: Database, place) -> None:
    swedish = commitments.commitment(database, place.id).sentences
    known = patients.patient(database, place.patient_id)
    patients.update(database, replace(known, language="en"))

    english = commitments.commitment(database, place.id).sentences
    assert len(english) == len(swedish)
    assert english != swedish


def test_that_what_is_written_is_there_and_can_be_taken_back(database: Database, place) -> None:
    made = written(database, place)

    assert (made.number, made.goals, made.home) == (1, GOALS, ("Andas",))
    assert commitments.commitment(database, place.id) == made
    assert history.undo(database) == "Write commitment"
    assert commitments.commitment(database, place.id).id is None


def test_that_one_that_is_not_agreed_is_changed_in_its_place(database: Database, place) -> None:
    made = written(database, place)

    again = written(database, place, goals=GOALS[:1])

    assert (again.id, again.number, again.goals) == (made.id, 1, GOALS[:1])
    assert len(commitments.history(database, place.id)) == 1


def test_that_an_agreed_one_is_followed_by_a_new_version_and_stays(
    database: Database, place
) -> None:
    person = staff.staff(database)[0]
    agreed = commitments.agree(database, written(database, place), make.TODAY, person.id)
    assert (agreed.agreed_on, agreed.agreed_by_name) == (make.TODAY, person.name)

    second = written(database, place, goals=GOALS[:1])

    assert (second.number, second.agreed_on, second.agreed_by) == (2, None, None)
    assert commitments.history(database, place.id) == (second, agreed)


def test_that_one_can_be_agreed_as_the_programme_says_it(database: Database, place) -> None:
    shown = commitments.commitment(database, place.id)

    agreed = commitments.agree(database, shown, make.TODAY, staff.staff(database)[0].id)

    assert (agreed.number, agreed.sentences) == (1, shown.sentences)


def test_that_it_is_agreed_once(database: Database, place) -> None:
    person = staff.staff(database)[0]
    agreed = commitments.agree(database, written(database, place), make.TODAY, person.id)

    with pytest.raises(Refused, match="already agreed"):
        commitments.agree(database, agreed, make.TODAY, person.id)


def test_that_nobody_writes_over_what_somebody_else_wrote_meanwhile(
    database: Database, place
) -> None:
    shown = commitments.commitment(database, place.id)
    first = written(database, place)

    with pytest.raises(Conflict):  # it was not there when it was shown
        commitments.write(database, shown, sentences=(), goals=("Annat",), home=())
    second = commitments.write(database, first, sentences=(), goals=("Nytt",), home=())
    with pytest.raises(Conflict):  # it was another version
        commitments.write(database, first, sentences=(), goals=("Annat",), home=())

    assert commitments.commitment(database, place.id) == second


def test_that_blank_lines_are_left_out(database: Database, place) -> None:
    made = written(database, place, goals=(" Gå  ", "", "   "))

    assert made.goals == ("Gå",)


def test_that_a_line_too_long_for_the_paper_is_refused(database: Database, place) -> None:
    with pytest.raises(Refused):
        written(database, place, goals=("x" * 2000,))

    assert commitments.commitment(database, place.id).id is None


def test_that_reading_and_writing_stand_in_the_patients_log(database: Database, place) -> None:
    written(database, place)

    told = [reading.action for reading in patients.readings(database, place.patient_id)]

    assert told[:2] == ["Write commitment", "Open commitment"]
