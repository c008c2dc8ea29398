"""The program's own words on papers: read and approved by the centre, language by language.

What the program says in Swedish and English is written by those who make it. Of the other
languages it says that nobody has reviewed them until a centre has; when the words change, they are
unreviewed again. Until then the Swedish is printed behind each paper.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.domain.patients import LANGUAGES
from painprogram.i18n import _
from painprogram.storage.database import Database
from painprogram.storage.tables import CentreRow, LanguageApprovalRow

REVIEWED = frozenset(i18n.LANGUAGES)
"""Languages that come with the program as they should be."""


@dataclass(frozen=True, slots=True)
class LanguageStatus:
    """How a language of papers stands at a centre."""

    language: str
    approved: bool = False
    """Somebody at the centre has read the words as they are now."""
    by: str = ""
    on: date | None = None
    changed: bool = False
    """Other words were approved: they have changed since."""

    @property
    def is_reviewed(self) -> bool:
        return self.approved or self.language in REVIEWED

    @property
    def words(self) -> str:
        """How it stands, in a sentence."""
        if self.language in REVIEWED:
            return _("Comes with the program")
        if self.approved and self.on is not None:
            return _("Approved by {name} on {date}").format(
                name=self.by, date=i18n.date_short(self.on)
            )
        if self.changed:
            return _("Not reviewed: the program's words have changed since they were approved")
        return _("Not reviewed: the Swedish is printed behind each paper")


def statuses(database: Database, centre_id: UUID) -> tuple[LanguageStatus, ...]:
    """Every language that papers can be in, as it stands at a centre."""
    with database.read() as db:
        rows = db.scalars(
            select(LanguageApprovalRow).where(LanguageApprovalRow.centre_id == centre_id)
        )
        known = {row.language: row for row in rows}
        return tuple(_status(key, known.get(key)) for key in i18n.PAPER_LANGUAGES)


def approve(database: Database, centre_id: UUID, language: str, today: date) -> LanguageStatus:
    """Somebody at the centre has read the program's words in *language* and stands for them."""
    _check(language)
    label = _("Approve texts in {language}").format(language=_(LANGUAGES[language]))
    with database.change(label) as db:
        row = _row(db, centre_id, language)
        mark, who = i18n.catalogue_digest(language), database.actor.name
        if row is None:
            row = LanguageApprovalRow(
                centre_id=db.get_one(CentreRow, centre_id).id,
                language=language,
                digest=mark,
                approved_by=who,
                approved_on=today,
            )
            db.add(row)
        row.digest, row.approved_by, row.approved_on = mark, who, today
        db.flush()
        return _status(language, row)


def withdraw(database: Database, centre_id: UUID, language: str) -> LanguageStatus:
    """The centre no longer stands for the program's words in *language*."""
    _check(language)
    label = _("Withdraw approval of texts in {language}").format(language=_(LANGUAGES[language]))
    with database.change(label) as db:
        row = _row(db, centre_id, language)
        if row is not None:
            db.delete(row)
        return LanguageStatus(language)


def unreviewed(db: Db, centres: Iterable[UUID]) -> frozenset[tuple[UUID, str]]:
    """Centres with the languages whose words they have not approved as they are now."""
    wanted = set(centres)
    rows = db.execute(
        select(
            LanguageApprovalRow.centre_id, LanguageApprovalRow.language, LanguageApprovalRow.digest
        ).where(LanguageApprovalRow.centre_id.in_(wanted))
    )
    approved = {
        (row.centre_id, row.language)
        for row in rows
        if row.digest == i18n.catalogue_digest(row.language)
    }
    return frozenset(
        (centre_id, language)
        for centre_id in wanted
        for language in i18n.PAPER_LANGUAGES
        if language not in REVIEWED and (centre_id, language) not in approved
    )


def needs_twin(db: Db, centre_id: UUID, language: str) -> bool:
    """Whether the Swedish is to be printed behind a paper of a centre without being asked for."""
    return language not in REVIEWED and (centre_id, language) in unreviewed(db, [centre_id])


def _row(db: Db, centre_id: UUID, language: str) -> LanguageApprovalRow | None:
    return db.scalar(
        select(LanguageApprovalRow).where(
            LanguageApprovalRow.centre_id == centre_id, LanguageApprovalRow.language == language
        )
    )


def _status(language: str, row: LanguageApprovalRow | None) -> LanguageStatus:
    if row is None:
        return LanguageStatus(language)
    same = row.digest == i18n.catalogue_digest(language)
    return LanguageStatus(language, same, row.approved_by, row.approved_on, not same)


def _check(language: str) -> None:
    if language in REVIEWED or language not in i18n.PAPER_LANGUAGES:
        others = [_(LANGUAGES[key]) for key in i18n.PAPER_LANGUAGES if key not in REVIEWED]
        raise Refused(
            _("Only texts in {languages} are approved by the centre.").format(
                languages=i18n.joined(others)
            )
        )
