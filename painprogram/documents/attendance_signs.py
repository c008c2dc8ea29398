"""The signs of an attendance list, and their legend."""

from enum import Enum, auto

from painprogram.documents.style import Type
from painprogram.domain.attendance import AttendanceState
from painprogram.i18n import N_, _, pgettext

_NOTE = Type(9.5, step=4.0)
SIGN_ROOM, BETWEEN = 7.0, 4.5
"""For a sign of the legend, and from its words to the next."""


class Sign(Enum):
    """What stands in a cell."""

    PRESENT = auto()
    PARTLY = auto()
    LATE = auto()
    EXCUSED = auto()
    ABSENT = auto()
    NO_SHOW = auto()
    OPEN = auto()
    """Expected and not noted: a box to write in."""
    NOT_EXPECTED = auto()
    ELSEWHERE = auto()
    """Goes another day, or with another group, instead."""


OF_STATE = {
    AttendanceState.PRESENT: Sign.PRESENT,
    AttendanceState.PARTLY: Sign.PARTLY,
    AttendanceState.LATE: Sign.LATE,
    AttendanceState.EXCUSED: Sign.EXCUSED,
    AttendanceState.ABSENT: Sign.ABSENT,
    AttendanceState.NO_SHOW: Sign.NO_SHOW,
    AttendanceState.WITHDRAWN: Sign.OPEN,
}


_WORDS = {
    Sign.PRESENT: N_("present"),
    Sign.PARTLY: N_("here for a part"),
    Sign.LATE: N_("late"),
    Sign.EXCUSED: N_("excused"),
    Sign.ABSENT: N_("absent with notice"),
    Sign.NO_SHOW: N_("no-show"),
    Sign.NOT_EXPECTED: N_("not to take part"),
    Sign.ELSEWHERE: N_("takes part another day"),
}


def letter(sign: Sign) -> str:
    """Of a state that was noted, in the language in use; the others are drawn."""
    letters = {
        Sign.PRESENT: pgettext("sign of attendance", "P"),
        Sign.PARTLY: pgettext("sign of attendance", "H"),
        Sign.LATE: pgettext("sign of attendance", "L"),
        Sign.EXCUSED: pgettext("sign of attendance", "E"),
        Sign.ABSENT: pgettext("sign of attendance", "A"),
        Sign.NO_SHOW: pgettext("sign of attendance", "N"),
    }
    return letters.get(sign, "")


def legend(room: float) -> list[list[tuple[Sign, str]]]:
    """The signs with their words, in lines of at most *room* millimetres."""
    lines: list[list[tuple[Sign, str]]] = [[]]
    taken = 0.0
    for sign, english in _WORDS.items():
        words = _(english)
        wide = SIGN_ROOM + _NOTE.width(words) + BETWEEN
        if lines[-1] and taken + wide - BETWEEN > room:
            lines.append([])
            taken = 0.0
        lines[-1].append((sign, words))
        taken += wide
    return lines
