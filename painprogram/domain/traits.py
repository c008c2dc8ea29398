"""What a list of patients can be narrowed to, and choices that are kept under a name."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from painprogram.domain.errors import Refused
from painprogram.domain.ways import Standing
from painprogram.i18n import N_, _

LONGEST_NAME = 40
MOST_SAVED = 12


class Trait(StrEnum):
    INTERPRETER = "interpreter"
    UNSIGNED = "unsigned"
    LATE = "late"
    OVER_LIMIT = "over_limit"

    @property
    def label(self) -> str:
        return _(_LABELS[self])


_LABELS = {
    Trait.INTERPRETER: N_("Needs an interpreter"),
    Trait.UNSIGNED: N_("Commitment is not signed"),
    Trait.LATE: N_("The next step is late"),
    Trait.OVER_LIMIT: N_("Has waited longer than the limit"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a list of patients shows: it names no patient, so it may be kept on the machine."""

    standing: Standing | None = None
    traits: frozenset[Trait] = frozenset()
    name: str = ""
    """What it is kept under."""


def named(choice: Choice, name: str, kept: Iterable[Choice]) -> tuple[Choice, ...]:
    """*kept* with *choice* under *name*, instead of what had that name."""
    wanted = " ".join(name.split())
    if not wanted:
        raise Refused(_("Write a name for the filter."))
    if len(wanted) > LONGEST_NAME:
        raise Refused(
            _("The name is too long: {most} characters at most.").format(most=LONGEST_NAME)
        )
    others = tuple(one for one in kept if one.name.casefold() != wanted.casefold())
    if len(others) >= MOST_SAVED:
        raise Refused(_("{most} filters are kept. Remove one first.").format(most=MOST_SAVED))
    return (*others, Choice(choice.standing, choice.traits, wanted))


def written(kept: Iterable[Choice]) -> str:
    return json.dumps([[one.name, one.standing, sorted(one.traits)] for one in kept])


def read(text: str) -> tuple[Choice, ...]:
    """What :func:`written` made; whatever can't be read is left out."""
    try:
        return tuple(
            Choice(
                Standing(standing) if standing else None,
                frozenset(map(Trait, traits)),
                str(name)[:LONGEST_NAME],
            )
            for name, standing, traits in json.loads(text or "[]")
        )
    except (ValueError, TypeError):
        return ()
