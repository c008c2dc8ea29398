"""What the words of programmes, centres and patients are in the languages of patients' papers.

A translation belongs to the Swedish words: where they change, it is missing until it is written.
What a programme says itself in a language comes first, then what the centre has written. What was
written for one patient alone stays with that patient's commitment.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.domain.patients import LANGUAGES
from painprogram.domain.programmes import Content, Text
from painprogram.i18n import N_, _
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    CentreRow,
    CommitmentRow,
    GroupRow,
    ProgrammeVersionRow,
    RoomRow,
    TranslationRow,
)
from painprogram.usecases.programmes import content_of
from painprogram.usecases.schedule_batches import parts

LONGEST = 4000
"""Characters of a translation."""
_SCRIPTS = {
    "ar": ("\u0600", "\u06ff"),
    "fa": ("\u0600", "\u06ff"),
    "uk": ("\u0400", "\u04ff"),
}
"""Letters that no Swedish word has: what is written in them needs no translation."""


class Origin(StrEnum):
    """Who has put a text into a language."""

    NOBODY = "nobody"
    PROGRAMME = "programme"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Translated:
    """A Swedish text that can stand on a patient's paper, and what it is in a language."""

    source: str
    where: str
    """What it belongs to: "Avslappning: Bring"."""
    text: str = ""
    """Empty: there is no translation."""
    origin: Origin = Origin.NOBODY
    written_by: str = ""


@dataclass(slots=True)
class Translator:
    """Puts the words of one paper into its language, and notes what it has no words for."""

    language: str
    known: Mapping[str, str] = field(default_factory=dict, repr=False)
    """By digest of the Swedish."""
    own: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Of this patient alone, by the Swedish."""
    _missing: dict[str, None] = field(default_factory=dict, repr=False)
    _private: dict[str, None] = field(default_factory=dict, repr=False)

    @property
    def private(self) -> tuple[str, ...]:
        """Each text of this patient alone that was asked for, once; none for Swedish."""
        return tuple(self._private)

    @property
    def missing(self) -> tuple[str, ...]:
        """Each Swedish text that was asked for and stands as it is, once."""
        return tuple(self._missing)

    def text(self, text: Text) -> str:
        """In the language, as the programme says it or the centre has written it."""
        return text.by_language.get(self.language) or self.words(text.by_language.get("sv", ""))

    def words(self, swedish: str) -> str:
        """The translation of *swedish*; the same where there is none, which is noted."""
        found = self.find(swedish)
        if found is None:
            self._missing.setdefault(swedish)
        return swedish if found is None else found

    def own_words(self, swedish: str) -> str:
        """The same of what was written for this patient alone."""
        if self.language != "sv" and swedish.strip():
            self._private.setdefault(swedish)
        return self.words(swedish)

    def find(self, swedish: str) -> str | None:
        """The translation of *swedish*, None where there is none; nothing is noted."""
        if self.language == "sv" or not swedish.strip() or _is_in(self.language, swedish):
            return swedish
        return self.own.get(swedish) or self.known.get(digest(swedish))


def digest(swedish: str) -> str:
    return hashlib.sha256(swedish.strip().encode()).hexdigest()


def _is_in(language: str, words: str) -> bool:
    """Whether *words* are in the script of *language*, or without any letter."""
    if not any(map(str.isalpha, words)):
        return True
    if language not in _SCRIPTS:
        return False
    first, last = _SCRIPTS[language]
    return any(first <= letter <= last for letter in words)


def allow(missing: Sequence[str], *, missing_ok: bool) -> None:
    """Refuse what would be part Swedish without anybody having said that it may."""
    if missing and not missing_ok:
        words = _(
            "This would stand in Swedish, because it is not translated: {texts}. Write it in "
            "Settings, under Languages, or say that it may stand so."
        )
        raise Refused(words.format(texts=_some(missing)))


def _some(texts: Sequence[str], most: int = 3, longest: int = 60) -> str:
    """The first of them, shortened; how many more there are."""
    lines = [" ".join(text.split()) for text in texts[:most]]
    short = [line if len(line) <= longest else f"{line[: longest - 1]}…" for line in lines]
    told = "; ".join(f"“{line}”" for line in short)
    if len(texts) > most:
        told += " " + _("and {count} more").format(count=len(texts) - most)
    return told


# For those that read what stands on papers


def translator(
    db: Db, language: str, centres: Iterable[UUID], enrolment_id: UUID | None = None
) -> Translator:
    """For one paper: what *centres* have written, the first before the others."""
    wanted = list(dict.fromkeys(centres))
    memory = written(db, language, wanted)
    own = own_words(db, language, [enrolment_id]) if enrolment_id else {}
    known = merged(memory, wanted)
    return Translator(language, known, own.get(enrolment_id, {}) if enrolment_id else {})


def written(db: Db, language: str, centres: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """What each centre has written in a language, by digest of the Swedish."""
    found: dict[UUID, dict[str, str]] = {}
    if language != "sv":
        rows = select(TranslationRow.centre_id, TranslationRow.digest, TranslationRow.text).where(
            TranslationRow.language == language, TranslationRow.centre_id.in_(set(centres))
        )
        for centre_id, mark, text in db.execute(rows):
            found.setdefault(centre_id, {})[mark] = text
    return found


def merged(memory: Mapping[UUID, Mapping[str, str]], centres: Iterable[UUID]) -> Mapping[str, str]:
    """What several centres have written, the first before the others."""
    known: dict[str, str] = {}
    for centre_id in reversed(list(centres)):
        known |= memory.get(centre_id, {})
    return known


def own_words(db: Db, language: str, enrolments: Iterable[UUID]) -> dict[UUID, Mapping[str, str]]:
    """What was written for single patients: whoever shows it says to the door whose it was."""
    found: dict[UUID, Mapping[str, str]] = {}
    if language == "sv":
        return found
    for part in parts(enrolments):
        for key, by_language in db.execute(
            select(CommitmentRow.enrolment_id, CommitmentRow.translations)
            .where(CommitmentRow.enrolment_id.in_(part))
            .order_by(CommitmentRow.number)
        ):
            found[key] = (by_language or {}).get(language, {})
    return found


# A centre's translations


def texts(database: Database, centre_id: UUID, language: str) -> tuple[Translated, ...]:
    """Every text of a centre's programmes, rooms and papers, in the order they are met with.

    Each once, where it is met first.
    """
    check(language)
    with database.read() as db:
        rows = db.scalars(
            select(TranslationRow).where(
                TranslationRow.centre_id == centre_id, TranslationRow.language == language
            )
        )
        known = {row.digest: row for row in rows}
        found: dict[str, Translated] = {}
        for where, text in (*_of_centre(db, centre_id), *_of_programmes(db, centre_id)):
            source = text.by_language.get("sv", "").strip()
            if source and source not in found:
                found[source] = _translated(source, where, text, language, known)
        return tuple(found.values())


def untranslated(database: Database, centre_id: UUID, language: str) -> tuple[Translated, ...]:
    """Those of ``texts`` that nobody has put into *language*."""
    return tuple(one for one in texts(database, centre_id, language) if not one.text)


def write(database: Database, centre_id: UUID, language: str, source: str, text: str) -> None:
    """Write what the Swedish *source* is in *language*; an empty *text* takes it away."""
    check(language)
    wanted = text.strip()
    if not wanted:
        delete(database, centre_id, language, source)
        return
    check_length(wanted)
    with database.change(_("Write translation")) as db:
        row = _row(db, centre_id, language, source)
        if row is None:
            row = TranslationRow(
                centre_id=db.get_one(CentreRow, centre_id).id,
                language=language,
                digest=digest(source),
                source=source.strip(),
                text=wanted,
                written_by=database.actor.name,
            )
            db.add(row)
        row.text, row.written_by = wanted, database.actor.name


def delete(database: Database, centre_id: UUID, language: str, source: str) -> None:
    """Take away what a centre has written."""
    check(language)
    with database.change(_("Delete translation")) as db:
        row = _row(db, centre_id, language, source)
        if row is not None:
            db.delete(row)


def _row(db: Db, centre_id: UUID, language: str, source: str) -> TranslationRow | None:
    return db.scalar(
        select(TranslationRow).where(
            TranslationRow.centre_id == centre_id,
            TranslationRow.language == language,
            TranslationRow.digest == digest(source),
        )
    )


def check(language: str) -> None:
    """Refuse what nothing is translated into."""
    if language == "sv" or language not in i18n.PAPER_LANGUAGES:
        raise Refused(
            _("Choose one of the languages that papers are translated into: {languages}.").format(
                languages=i18n.joined([_(LANGUAGES[key]) for key in i18n.PAPER_LANGUAGES[1:]])
            )
        )


def check_length(text: str) -> None:
    if len(text) > LONGEST:
        raise _too_long()


def _too_long() -> Refused:
    return Refused(
        _("The translation is too long: {most} characters at most.").format(most=LONGEST)
    )


def _translated(
    source: str, where: str, text: Text, language: str, known: Mapping[str, TranslationRow]
) -> Translated:
    given = text.by_language.get(language, "")
    if given:
        return Translated(source, where, given, Origin.PROGRAMME)
    row = known.get(digest(source))
    if row is None:
        return Translated(source, where)
    return Translated(source, where, row.text, Origin.CENTRE, row.written_by)


_Named = tuple[str, Text]
"""What a text belongs to, and the text."""


def _of_centre(db: Db, centre_id: UUID) -> list[_Named]:
    centre = db.get_one(CentreRow, centre_id)
    found = [
        (_("Phone hours"), centre.phone_hours),
        (_("How to find us"), centre.directions),
        (_("If you can't come"), centre.cancelling),
    ]
    rooms = select(RoomRow).where(RoomRow.centre_id == centre_id, RoomRow.active)
    found += [(room.name, room.directions) for room in db.scalars(rooms.order_by(RoomRow.name))]
    return [(where, Text({"sv": words})) for where, words in found]


def _of_programmes(db: Db, centre_id: UUID) -> list[_Named]:
    """Of the programmes that the centre's groups follow, the newest version of each first."""
    versions = db.scalars(
        select(ProgrammeVersionRow)
        .where(
            select(GroupRow.id)
            .where(
                GroupRow.centre_id == centre_id,
                GroupRow.programme_version_id == ProgrammeVersionRow.id,
            )
            .exists()
        )
        .order_by(ProgrammeVersionRow.number.desc(), ProgrammeVersionRow.id)
    )
    return [named for version in versions for named in of_content(content_of(version))]


_MODULE = N_("{module}: {part}")


def of_content(content: Content) -> list[_Named]:
    """Every text of a programme that can stand on a patient's paper."""
    found = [(_("Programme"), content.name), (_("Public name"), content.public_name)]
    for module in content.modules:
        name = str(module.name)
        found.append((_("Module"), module.name))
        for part, text in (
            (_("What to bring"), module.bring),
            (_("Text for patients"), module.patient_text),
        ):
            found.append((_(_MODULE).format(module=name, part=part), text))
    found += [(_("Commitment"), sentence) for sentence in content.commitment.sentences]
    return found
