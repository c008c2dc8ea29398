"""What can be printed, and what somebody wants printed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from painprogram.i18n import N_, _


class Kind(StrEnum):
    """A kind of paper, as the command line names it."""

    SHEET = "sheet"
    POSTER = "poster"
    CARD = "card"
    ATTENDANCE = "attendance"
    LETTER = "letter"
    SILENCE = "silence"
    MEASURES = "measures"
    STAFF = "staff"
    DOOR = "door"
    REPORT = "report"
    HANDOVER = "handover"
    ACCESSLOG = "accesslog"
    CALIBRATION = "calibration"

    @property
    def label(self) -> str:
        return _(_LABELS[self])


_LABELS = {
    Kind.SHEET: N_("Patient's schedule"),
    Kind.POSTER: N_("Base schedule"),
    Kind.CARD: N_("Pocket card"),
    Kind.ATTENDANCE: N_("Attendance list"),
    Kind.LETTER: N_("Letter"),
    Kind.SILENCE: N_("Promise of silence"),
    Kind.MEASURES: N_("Measurement form"),
    Kind.STAFF: N_("Colleague's schedule"),
    Kind.DOOR: N_("Room's door list"),
    Kind.REPORT: N_("Group report"),
    Kind.HANDOVER: N_("Summary to the referrer"),
    Kind.ACCESSLOG: N_("Extract of the access log"),
    Kind.CALIBRATION: N_("Calibration sheet for envelopes"),
}


class LetterKind(StrEnum):
    """Why a patient is written to."""

    SUMMONS = "summons"
    CHANGE = "change"
    CANCELLATION = "cancellation"
    WAITING = "waiting"

    @property
    def label(self) -> str:
        return _(_LETTERS[self])


_LETTERS = {
    LetterKind.SUMMONS: N_("Summons"),
    LetterKind.CHANGE: N_("Changed time"),
    LetterKind.CANCELLATION: N_("Cancelled"),
    LetterKind.WAITING: N_("You are on the waiting list"),
}


class Order(StrEnum):
    """In which order a batch leaves the printer."""

    NAME = "name"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Papers of one kind. Which of the keys it needs depends on the kind; all may be empty."""

    kind: Kind
    language: str | None = None
    """None: each patient's own, or the program's where it is nobody's."""
    large: bool = False
    """Large print, 18 pt."""
    twin: bool = False
    """With the same in Swedish behind it, for the staff."""
    letter: LetterKind = LetterKind.SUMMONS
    centre: UUID | None = None
    group: UUID | None = None
    session: UUID | None = None
    staff: UUID | None = None
    room: UUID | None = None
    patient: UUID | None = None
    places: tuple[UUID, ...] = ()
    """Keys of enrolments."""
    first: date | None = None
    last: date | None = None
    initials: bool = False
    """Initials in place of names, where others may see the paper."""
    order: Order = Order.NAME
