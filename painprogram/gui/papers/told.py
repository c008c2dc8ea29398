"""What the window says of papers, in words."""

from pathlib import Path
from uuid import UUID

from painprogram import i18n
from painprogram.domain.patients import LANGUAGES
from painprogram.gui.desk import Paper
from painprogram.gui.papers.offers import Chosen, Whom
from painprogram.i18n import _, ngettext
from painprogram.usecases.papers import LastPrint, Made

_NAMED = 2
_LONGEST = 60


def subject(paper: Paper, whom: Whom) -> UUID | None:
    """What the papers are about, where it is one thing."""
    return {
        Whom.SESSION: paper.session_id,
        Whom.GROUP: paper.group_id,
        Whom.STAFF: paper.staff_id,
        Whom.ROOM: paper.room_id,
    }.get(whom)


def last(found: tuple[LastPrint, ...], chosen: Chosen) -> str:
    """When the chosen paper was printed last, and by whom; empty where it never was."""
    for one in found:
        if one.kind is chosen.kind and one.letter in (None, chosen.letter):
            at = one.at.astimezone()
            words = _("Printed last {day} {clock} by {who}")
            return words.format(
                day=i18n.day_month(at.date()), clock=i18n.clock(at), who=one.by or _("somebody")
            )
    return ""


def untranslated(made: Made) -> tuple[str, str]:
    """What stands in Swedish for want of a translation, and into which languages."""
    if not made.missing:
        return "", ""
    keys = dict.fromkeys(item.language for item in made.batch.items if item.missing)
    lead = _("Not translated: {languages}").format(
        languages=", ".join(_(LANGUAGES[key]) for key in keys)
    )
    many = len(made.missing)
    words = ngettext(
        "{number} text stands in Swedish on the paper: {texts}",
        "{number} texts stand in Swedish on the paper: {texts}",
        many,
    )
    named = [_short(text) for text in made.missing[:_NAMED]]
    texts = ", ".join(named) + (" …" if many > _NAMED else "")
    return words.format(number=many, texts=texts), lead


def _short(text: str) -> str:
    line = " ".join(text.split())
    short = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
    return _("“{text}”").format(text=short)


def saved(path: Path, made: Made) -> str:
    many = len(made.files)
    if many == 1 and path.suffix:
        return _("Saved as {file}.").format(file=path.name)
    words = ngettext(
        "{number} file is saved in {folder}.", "{number} files are saved in {folder}.", many
    )
    return words.format(number=i18n.number(many), folder=path.name)
