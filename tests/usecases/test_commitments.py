"""The commitment of a patient: written, agreed, and then followed by a new version."""

from dataclasses import replace
from datetime import timedelta

import pytest

from painprogram.domain.commitments import GoalReview, Outcome, ReviewKind
from painprogram.domain.errors import Conflict, Refused
from painprogram.storage.database import Database
from painprogram.usecases import (
    commitments,
    history,
    patients,
    prints,
    reviews,
    signing,
    staff,
)
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


def test_that_a_goal_can_be_an_activity_with_what_the_patient_manages(
    database: Database, place
) -> None:
    made = written(database, place, scores=(3, None))
    assert made.scored == ((GOALS[0], 3), (GOALS[1], None))

    again = written(database, place, goals=(GOALS[1], GOALS[0]))  # a goal keeps its own

    assert again.scored == ((GOALS[1], None), (GOALS[0], 3))
    with pytest.raises(Refused, match="0 to 10"):
        written(database, place, scores=(11, None))


def test_that_signing_keeps_the_day_and_the_sheet_that_was_printed_last(
    database: Database, place
) -> None:
    person = staff.staff(database)[0]
    agreed = commitments.agree(database, written(database, place), make.TODAY, person.id)
    assert signing.last_sheet(database, place.id) is None
    prints.sheet(database, place.id, make.TODAY)

    known = signing.last_sheet(database, place.id)
    assert known == signing.SheetPrinted(1, make.TODAY, same=True)
    signed = signing.sign(database, agreed, make.TODAY)

    assert (signed.signed_on, signed.signed_number) == (make.TODAY, 1)
    assert commitments.commitment(database, place.id) == signed
    with pytest.raises(Refused, match="already signed"):
        signing.sign(database, signed, make.TODAY)
    assert signing.unsign(database, signed).signed_on is None


def test_that_a_sheet_with_another_commitment_is_told(database: Database, place) -> None:
    prints.sheet(database, place.id, make.TODAY)
    written(database, place)

    known = signing.last_sheet(database, place.id)

    assert known is not None
    assert known.same is False


def test_that_signing_agrees_where_nobody_had(database: Database, place) -> None:
    person = staff.staff(database)[0]
    shown = commitments.commitment(database, place.id)
    with pytest.raises(Refused, match="Choose the colleague"):
        signing.sign(database, shown, make.TODAY)

    signed = signing.sign(database, shown, make.TODAY, staff_id=person.id)

    assert (signed.number, signed.agreed_on, signed.agreed_by) == (1, make.TODAY, person.id)
    assert (signed.signed_on, signed.signed_number) == (make.TODAY, None)


def test_that_a_sheet_that_was_not_printed_cannot_be_signed(database: Database, place) -> None:
    person = staff.staff(database)[0]
    agreed = commitments.agree(database, written(database, place), make.TODAY, person.id)

    with pytest.raises(Refused, match="No sheet with the version 3"):
        signing.sign(database, agreed, make.TODAY, number=3)
    with pytest.raises(Refused, match="before it was agreed"):
        signing.sign(database, agreed, make.TODAY - timedelta(days=1))


def test_that_those_who_have_not_signed_are_listed(database: Database, place) -> None:
    (listed,) = signing.unsigned(database)
    assert (listed.enrolment_id, listed.name, listed.agreed_on) == (place.id, "Maria Öberg", None)
    person = staff.staff(database)[0]
    signed = signing.sign(
        database, commitments.commitment(database, place.id), make.TODAY, staff_id=person.id
    )
    assert signing.unsigned(database) == ()

    commitments.write(database, signed, sentences=(), goals=("Annat",), home=())

    assert [one.enrolment_id for one in signing.unsigned(database)] == [place.id]


def test_that_each_goal_is_looked_back_on_at_the_mid_point_and_the_end(
    database: Database, place
) -> None:
    person = staff.staff(database)[0]
    made = written(database, place, scores=(3, None))
    told = (
        GoalReview(GOALS[0], Outcome.PARTLY, 3, 5),
        GoalReview(GOALS[1], Outcome.NOT_REACHED),
    )

    mid = reviews.write(
        database, made, ReviewKind.MID, make.TODAY, told, "Går bra", staff_id=person.id
    )
    reviews.write(database, made, ReviewKind.END, make.TODAY + timedelta(weeks=8), told)

    found = reviews.reviews(database, place.id)
    assert [one.kind for one in found] == [ReviewKind.MID, ReviewKind.END]
    assert (mid.goals, mid.note, mid.number) == (told, "Går bra", 1)
    assert (mid.reviewed_by, mid.reviewed_by_name) == (person.id, person.name)
    assert history.undo(database) == "Write review of commitment"
    assert reviews.reviews(database, place.id) == (mid,)


def test_that_a_review_is_changed_by_who_has_seen_it_only(database: Database, place) -> None:
    made = written(database, place)
    told = tuple(GoalReview(goal, Outcome.REACHED) for goal in GOALS)
    first = reviews.write(database, made, ReviewKind.MID, make.TODAY, told)

    with pytest.raises(Conflict):
        reviews.write(database, made, ReviewKind.MID, make.TODAY, told, "Igen")
    again = reviews.write(database, made, ReviewKind.MID, make.TODAY, told, "Igen", review=first)

    assert (again.id, again.note) == (first.id, "Igen")
    reviews.remove(database, again)
    assert reviews.reviews(database, place.id) == ()


def test_that_what_was_looked_back_on_stays_as_it_was(database: Database, place) -> None:
    made = written(database, place)
    told = tuple(GoalReview(goal, Outcome.REACHED) for goal in GOALS)
    reviews.write(database, made, ReviewKind.MID, make.TODAY, told)

    second = written(database, place, goals=("Nytt",))

    assert second.number == 2
    assert reviews.reviews(database, place.id)[0].goals == told


def test_that_an_empty_review_is_refused(database: Database, place) -> None:
    made = written(database, place)
    nothing = tuple(GoalReview(goal) for goal in GOALS)

    with pytest.raises(Refused, match="Say how it went"):
        reviews.write(database, made, ReviewKind.MID, make.TODAY, nothing, "  ")
    with pytest.raises(Refused, match="The goals are others"):
        reviews.write(database, made, ReviewKind.MID, make.TODAY, nothing[:1], "Bra")
