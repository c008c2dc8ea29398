from dataclasses import replace

import pytest

from painprogram.domain.errors import Refused
from painprogram.domain.people import Centre
from painprogram.domain.programmes import NO_TEXT, Text
from painprogram.domain.progress import Progress
from painprogram.storage.database import Database
from painprogram.usecases import (
    approvals,
    centres,
    commitments,
    own_words,
    patients,
    prints,
    reprints,
    translations,
)
from painprogram.usecases.translations import Origin, Translator
from tests import make
from tests.documents.papers import texts

GOAL = "Gå med hunden"
HOURS = "måndag–fredag kl. 8.00–9.30"


def wordy(database: Database) -> Centre:
    """A centre with words of its own on papers."""
    where = make.furnished(database)
    return centres.update(
        database,
        replace(
            where, phone_hours=HOURS, cancelling="Ring i god tid.", directions="Andra våningen."
        ),
    )


def test_that_what_a_programme_says_comes_before_what_a_centre_has_written() -> None:
    known = {translations.digest("Ring"): "Zadzwoń", translations.digest("Hej"): "Moi"}
    say = Translator("fi", known, {"Gå": "Kävely"})

    assert say.text(Text({"sv": "Hej", "fi": "Terve"})) == "Terve"
    assert say.text(Text({"sv": "Hej"})) == "Moi"
    assert say.own_words("Gå") == "Kävely"
    assert not say.missing
    assert (say.words("Nytt"), say.words("Nytt"), say.text(NO_TEXT)) == ("Nytt", "Nytt", "")
    assert say.missing == ("Nytt",)


def test_that_words_in_another_script_or_without_letters_need_no_translation() -> None:
    assert Translator("ar").words("ملابس (Hörsalen)") == "ملابس (Hörsalen)"
    assert Translator("uk").find("031-390 06 12") == "031-390 06 12"
    assert Translator("fi").find("Salen") is None
    assert Translator("sv").find("Salen") == "Salen"


def test_that_a_centre_writes_changes_and_deletes_a_translation_and_takes_it_back(
    database: Database,
) -> None:
    where = wordy(database)
    make.group(database, where)

    def found() -> dict[str, translations.Translated]:
        return {one.source: one for one in translations.texts(database, where.id, "fi")}

    assert found()[HOURS].origin is Origin.NOBODY
    translations.write(database, where.id, "fi", HOURS, " arkisin ")
    translations.write(database, where.id, "fi", HOURS, "arkisin klo 8–9.30")
    one = found()[HOURS]
    assert (one.text, one.origin) == ("arkisin klo 8–9.30", Origin.CENTRE)
    assert one.written_by == database.actor.name
    assert HOURS not in {
        each.source for each in translations.untranslated(database, where.id, "fi")
    }
    translations.delete(database, where.id, "fi", HOURS)
    assert found()[HOURS].text == ""
    database.undo()
    assert found()[HOURS].text == "arkisin klo 8–9.30"
    assert found()["Avslappning"].origin is Origin.PROGRAMME
    with pytest.raises(Refused):
        translations.write(database, where.id, "sv", HOURS, "x")
    with pytest.raises(Refused, match="4000"):
        translations.write(database, where.id, "fi", HOURS, "x" * 4001)


def test_that_a_sheet_says_what_it_lacks_and_no_more_when_it_is_written(
    database: Database,
) -> None:
    where = wordy(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)
    shown = commitments.commitment(database, place.id)
    commitments.write(
        database, shown, sentences=[*shown.sentences, "Jag ringer."], goals=[GOAL], home=()
    )

    lacking = own_words.missing(database, place.id, "fi")
    assert {HOURS, "Ring i god tid.", "Andra våningen.", "Jag ringer.", GOAL} == set(lacking)
    with pytest.raises(Refused, match="Andra våningen"):
        prints.sheet(database, place.id, make.TODAY, "fi", missing_ok=False)
    assert own_words.missing(database, place.id, "sv") == ()

    for source in (HOURS, "Ring i god tid.", "Andra våningen."):
        translations.write(database, where.id, "fi", source, f"FI {source}")
    own_words.write(database, place.id, "fi", {GOAL: "Koiran kanssa", "Jag ringer.": "Soitan."})

    assert own_words.missing(database, place.id, "fi") == ()
    assert [one.text for one in own_words.own(database, place.id, "fi")] == [
        "Soitan.",
        "Koiran kanssa",
    ]
    words = " ".join(texts(prints.sheet(database, place.id, make.TODAY, "fi", missing_ok=False)))
    assert "Koiran kanssa" in words
    assert "FI Andra våningen." in words
    assert "Rentoutus 1" in words


def test_that_a_new_version_of_the_commitment_keeps_its_translations(database: Database) -> None:
    where = wordy(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)
    first = commitments.write(
        database,
        commitments.commitment(database, place.id),
        sentences=(),
        goals=[GOAL],
        home=(),
    )
    own_words.write(database, place.id, "so", {GOAL: "Eyga la soco"})
    agreed = commitments.agree(
        database,
        commitments.commitment(database, place.id),
        make.TODAY,
        make.team(database, where)[0].id,
    )
    commitments.write(database, agreed, sentences=(), goals=[GOAL, "Nytt"], home=())

    assert first.number == 1
    found = {one.source: one.text for one in own_words.own(database, place.id, "so")}
    assert found == {GOAL: "Eyga la soco", "Nytt": ""}


def test_that_the_swedish_is_behind_until_the_centre_has_approved_the_language(
    database: Database,
) -> None:
    where = wordy(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)

    def last_page() -> str:
        return texts(prints.sheet(database, place.id, make.TODAY, "fi", record=False))[-1]

    assert "på svenska" in last_page() or "in Swedish" in last_page()
    status = approvals.approve(database, where.id, "fi", make.TODAY)
    assert status.is_reviewed
    assert (status.by, status.on) == (database.actor.name, make.TODAY)
    assert "på svenska" not in last_page()
    assert "in Swedish" not in last_page()
    approvals.withdraw(database, where.id, "fi")
    assert {one.language: one.is_reviewed for one in approvals.statuses(database, where.id)} == {
        "sv": True,
        "en": True,
        **dict.fromkeys(("ar", "fa", "so", "uk", "fi"), False),
    }
    with pytest.raises(Refused):
        approvals.approve(database, where.id, "en", make.TODAY)


def test_that_changed_words_are_unreviewed_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = wordy(database)
    approvals.approve(database, where.id, "uk", make.TODAY)

    monkeypatch.setattr("painprogram.i18n.catalogue_digest", lambda language: f"new {language}")

    found = {one.language: one for one in approvals.statuses(database, where.id)}
    assert (found["uk"].is_reviewed, found["uk"].changed) == (False, True)
    with database.read() as db:
        assert approvals.needs_twin(db, where.id, "uk")
        assert not approvals.needs_twin(db, where.id, "en")


def test_that_a_patient_who_reads_arabic_gets_an_arabic_sheet_in_large_print(
    database: Database,
) -> None:
    where = wordy(database)
    group = make.group(database, where)
    place = make.placed(database, where, group.id)
    one = patients.patient(database, place.patient_id)
    patients.update(database, replace(one, language="ar"))

    pdf = prints.all_sheets(database, Progress(), group.id, make.TODAY, large=True)

    pages = texts(pdf)
    assert "Patient" in pages[0]
    assert "Ditt schema" in " ".join(pages)
    assert reprints.count(database, make.TODAY).sheets == 0
