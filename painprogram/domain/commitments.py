"""The commitment (åtagande): what patient and team agree on; goals and home practice are own."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from painprogram.domain.errors import Refused
from painprogram.i18n import _

LONGEST = 200
"""Characters in a goal, an exercise or a sentence: it must fit a line or two on the sheet."""
MOST = 12


@dataclass(frozen=True, slots=True)
class Commitment:
    """One version of a patient's commitment in a group."""

    enrolment_id: UUID
    number: int = 0
    """0: not written yet, *sentences* are the programme's."""
    sentences: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    """Home practice, with how often."""
    agreed_on: date | None = None
    agreed_by: UUID | None = None
    agreed_by_name: str = ""
    id: UUID | None = None
    version: int = 0


def cleaned(lines: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Without empty lines; refused where a line or the list is too long to print."""
    kept = tuple(" ".join(line.split()) for line in lines if line.strip())
    for line in kept:
        if len(line) > LONGEST:
            raise Refused(
                _("“{start}…” is too long: {most} characters at most.").format(
                    start=line[:30], most=LONGEST
                )
            )
    if len(kept) > MOST:
        raise Refused(
            _("There are {many} lines; {most} at most.").format(many=len(kept), most=MOST)
        )
    return kept
