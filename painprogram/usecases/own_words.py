"""What was written for one patient alone, in the language of the patient's papers."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from painprogram.i18n import _
from painprogram.storage.database import Database
from painprogram.usecases import commitments, sheets, translations
from painprogram.usecases.translations import Origin, Translated


def own(database: Database, enrolment_id: UUID, language: str) -> tuple[Translated, ...]:
    """Goals, home practice, reasons and what else on the sheet is this patient's alone."""
    translations.check(language)
    with database.read_patients(_("Look for missing translations")) as db:
        given = translations.own_words(db, language, [enrolment_id]).get(enrolment_id, {})
        found = sheets.content(db, enrolment_id, date.min, language)
        now = commitments.load(db, enrolment_id)
    where = dict.fromkeys(now.home, _("What I practise at home"))
    where |= dict.fromkeys(now.goals, _("My goals"))
    return tuple(
        Translated(
            source,
            where.get(source, _("In the schedule")),
            given.get(source, ""),
            Origin.CENTRE if source in given else Origin.NOBODY,
        )
        for source in found.own_words
    )


def write(database: Database, enrolment_id: UUID, language: str, words: Mapping[str, str]) -> None:
    """Write what Swedish *words* of this patient are in *language*; an empty one is taken away."""
    translations.check(language)
    wanted = {source: " ".join(text.split()) for source, text in words.items()}
    for text in wanted.values():
        translations.check_length(text)
    with database.change(_("Write translation")) as db:
        row = commitments.written(db, commitments.load(db, enrolment_id))
        by_language = dict(row.translations or {})
        kept = {**by_language.get(language, {}), **wanted}
        by_language[language] = {source: text for source, text in kept.items() if text}
        row.translations = by_language


def missing(database: Database, enrolment_id: UUID, language: str) -> tuple[str, ...]:
    """The Swedish texts that would stand on a patient's sheet in *language*."""
    with database.read_patients(_("Look for missing translations")) as db:
        return sheets.content(db, enrolment_id, date.min, language).missing
