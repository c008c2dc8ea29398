"""The words of letters and of practical information: the program's own, or a centre's.

Each text has a key, and a centre may write its own for each language. What stands in braces is
filled in: ``{day}``. Keys and fields are listed in ``_WORDS``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Formatter
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram import i18n
from painprogram.domain.errors import Refused
from painprogram.domain.patients import LANGUAGES
from painprogram.i18n import N_, _
from painprogram.storage.database import Database
from painprogram.storage.tables import CentreRow, PaperTextRow

LONGEST = 2000
Translate = Callable[[str], str]
"""Puts what a centre has written in Swedish into the language of the paper."""


@dataclass(frozen=True, slots=True)
class _Word:
    """What the settings call it, the program's own words, and the fields it may use."""

    label: str
    usual: str
    fields: tuple[str, ...] = ()


_PLACE = ("programme", "centre")

_WORDS: Mapping[str, _Word] = {
    "summons.heading": _Word(N_("Summons: heading"), N_("Welcome to your first session")),
    "summons.opening": _Word(
        N_("Summons: beginning"),
        N_("You have a place in {programme} at {centre}."),
        (*_PLACE, "day"),
    ),
    "summons.schedule": _Word(
        N_("Summons: the group's dates"),
        N_("You have {number} times, from {first} to {last}. Your own schedule is enclosed."),
        ("number", "first", "last"),
    ),
    "summons.arrive": _Word(N_("Summons: when to arrive"), N_("Please come ten minutes early.")),
    "time.heading": _Word(N_("Time of one's own: heading"), N_("Your time with us")),
    "time.opening": _Word(
        N_("Time of one's own: beginning"), N_("You are welcome to {centre}."), (*_PLACE, "day")
    ),
    "change.heading": _Word(N_("Changed time: heading"), N_("Your time has changed")),
    "change.opening": _Word(
        N_("Changed time: beginning"),
        N_("There are changes in your times with us. What is written here is what holds now."),
        _PLACE,
    ),
    "change.after": _Word(
        N_("Changed time: below the times"),
        N_("Your other times are as before. Call us if the new time does not suit you."),
        _PLACE,
    ),
    "cancellation.heading": _Word(N_("Cancelled: heading"), N_("A time is cancelled")),
    "cancellation.opening": _Word(
        N_("Cancelled: beginning"),
        N_(
            "We are sorry: what is written here does not take place. Your other times are as "
            "before."
        ),
        _PLACE,
    ),
    "cancellation.paused": _Word(
        N_("Cancelled: the group pauses"),
        N_(
            "Your group rests from {day}. You keep your place, and we write to you with new "
            "times as soon as they are set. What is written here does not take place."
        ),
        (*_PLACE, "day"),
    ),
    "cancellation.group": _Word(
        N_("Cancelled: the whole group"),
        N_(
            "Your group is cancelled. You do not lose your turn, and we write to you when we "
            "have another place for you. What is written here does not take place."
        ),
        _PLACE,
    ),
    "waiting.heading": _Word(N_("Waiting list: heading"), N_("You are on our waiting list")),
    "waiting.opening": _Word(
        N_("Waiting list: beginning"),
        N_("We received your referral on {day}. You are now waiting for a place at {centre}."),
        (*_PLACE, "day"),
    ),
    "waiting.own": _Word(
        N_("Waiting list: beginning, without a referral"),
        N_("We received your request on {day}. You are now waiting for a place at {centre}."),
        (*_PLACE, "day"),
    ),
    "waiting.next": _Word(
        N_("Waiting list: what happens next"),
        N_("We write to you as soon as we have a time for you. You need not do anything now."),
        _PLACE,
    ),
    "waiting.call": _Word(
        N_("Waiting list: when to call"),
        N_(
            "Call us if you move, have a new phone number, or no longer want the place. If you "
            "feel worse, contact your health centre as usual."
        ),
        _PLACE,
    ),
    "cancelling": _Word(N_("If you can't come"), "", ("phone",)),
    "fee": _Word(N_("Fee"), ""),
    "help": _Word(
        N_("Help to come"),
        N_("Tell us if you need an interpreter, a hearing loop or a seat near the door."),
    ),
    "closing": _Word(N_("Closing words"), N_("Kind regards")),
    "silence.opening": _Word(
        N_("Promise of silence: beginning"),
        N_(
            "In the group we share what is our own. So that everybody can feel safe, we promise "
            "each other the following."
        ),
        _PLACE,
    ),
    "silence.promises": _Word(
        N_("Promise of silence: one promise a line"),
        N_(
            "I do not tell others who is in the group.\n"
            "What the others tell stays in the group, also when the group has ended.\n"
            "I do not take pictures or record, and I write nothing about the others anywhere.\n"
            "I may tell others about what is mine, and about what I have learnt."
        ),
    ),
    "silence.after": _Word(
        N_("Promise of silence: below the promises"),
        N_("Those who work here have a duty of secrecy by law."),
    ),
    "measures.training": _Word(
        N_("Measurement form: question on training"),
        N_(
            "How much time do you spend in an ordinary week on exercise that makes you short of "
            "breath?"
        ),
    ),
    "measures.everyday": _Word(
        N_("Measurement form: question on everyday activity"),
        N_(
            "How much time do you spend in an ordinary week on everyday activity, such as "
            "walking, cycling or gardening?"
        ),
    ),
    "measures.cpaq8": _Word(N_("Measurement form: items of the CPAQ-8, one a line"), ""),
    "measures.phq9": _Word(N_("Measurement form: items of the PHQ-9, one a line"), ""),
    "measures.gad7": _Word(N_("Measurement form: items of the GAD-7, one a line"), ""),
}


@dataclass(frozen=True, slots=True)
class PaperWord:
    """A text as a centre has it in one language."""

    key: str
    label: str
    text: str
    usual: str
    """The program's own; may be empty."""
    fields: tuple[str, ...]
    is_own: bool


class Words:
    """The words of one centre in one language, for whoever fills in a paper.

    Where a centre has words of its own in Swedish alone, they are translated like all its others,
    or stand as they are and are noted.
    """

    def __init__(
        self, own: Mapping[tuple[str, str], str], language: str, translate: Translate
    ) -> None:
        self._own, self._language, self._translate = own, language, translate

    def text(self, key: str, **filled: str | int) -> str:
        """The text of *key* with its fields filled in; empty where there is none."""
        own = self._own.get((key, self._language))
        if own is None:
            swedish = self._own.get((key, "sv"))
            own = self._translate(swedish) if swedish else usual(key, self._language)
        try:
            return own.format(**filled)
        except (IndexError, KeyError, ValueError):  # a translation that has lost a field
            return usual(key, self._language).format(**filled)

    def lines(self, key: str, **filled: str | int) -> tuple[str, ...]:
        """The same, by its lines; empty ones left out."""
        found = (line.strip() for line in self.text(key, **filled).splitlines())
        return tuple(line for line in found if line)


def words(database: Database, centre_id: UUID, language: str) -> tuple[PaperWord, ...]:
    """Every text as the centre has it in *language*."""
    _check_language(language)
    with database.read() as db:
        own = written(db, centre_id)
    return tuple(
        PaperWord(
            key,
            _(word.label),
            own.get((key, language), usual(key, language)),
            usual(key, language),
            word.fields,
            (key, language) in own,
        )
        for key, word in _WORDS.items()
    )


def set_word(
    database: Database, centre_id: UUID, key: str, language: str, text: str
) -> tuple[PaperWord, ...]:
    """Keep the centre's own words, refused where a field is wrong; the program's own again are
    not kept, nor is nothing."""
    _check_language(language)
    wanted = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    check(key, wanted)
    with database.change(_("Change the words of the papers")) as db:
        row = db.scalar(
            select(PaperTextRow).where(
                PaperTextRow.centre_id == centre_id,
                PaperTextRow.key == key,
                PaperTextRow.language == language,
            )
        )
        if not wanted or wanted == usual(key, language):
            if row is not None:
                db.delete(row)
        elif row is None:
            centre = db.get_one(CentreRow, centre_id)
            db.add(PaperTextRow(centre_id=centre.id, key=key, language=language, text=wanted))
        else:
            row.text = wanted
    return words(database, centre_id, language)


def usual(key: str, language: str) -> str:
    """The program's own words, before anything is filled in."""
    word = _WORDS[key].usual
    with i18n.using(language):
        return _(word) if word else ""


# For the other use cases


def of_centre(db: Db, centre_id: UUID, language: str, translate: Translate) -> Words:
    return Words(written(db, centre_id), language, translate)


def written(db: Db, centre_id: UUID) -> dict[tuple[str, str], str]:
    """What the centre has written itself, by key and language."""
    rows = db.scalars(select(PaperTextRow).where(PaperTextRow.centre_id == centre_id))
    return {(row.key, row.language): row.text for row in rows}


def _check_language(language: str) -> None:
    if language not in LANGUAGES or language == "other":
        raise Refused(_("Choose one of the languages in the list."))


def check(key: str, text: str) -> None:
    """Refuse what could not be filled in, naming what is wrong."""
    word = _WORDS.get(key)
    if word is None:
        raise Refused(_("There is no text called {key}.").format(key=key))
    if len(text) > LONGEST:
        raise Refused(_("The text is too long: {most} characters at most.").format(most=LONGEST))
    try:
        parts = list(Formatter().parse(text))
    except ValueError as reason:
        raise Refused(_("A brace stands alone. Braces are only for what is filled in.")) from reason
    for _before, name, how, conversion in parts:
        if name is None:
            continue
        written = name + (f"!{conversion}" if conversion else "") + (f":{how}" if how else "")
        if written in word.fields:
            continue
        known = i18n.joined([f"{{{field}}}" for field in word.fields])
        if known:
            raise Refused(
                _("{wrong} can't be filled in here. What can be filled in: {known}.").format(
                    wrong=f"{{{written}}}", known=known
                )
            )
        raise Refused(
            _("{wrong} can't be filled in here: nothing can in this text.").format(
                wrong=f"{{{written}}}"
            )
        )
