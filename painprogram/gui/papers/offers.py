"""Which papers make sense for what the window was opened from, for whom, and what can be chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from painprogram.domain.papers import Kind, LetterKind, Order, Wanted
from painprogram.gui.desk import Paper
from painprogram.i18n import N_, _


class Whom(StrEnum):
    """Whom papers are for, or what they are about."""

    ONE = "one"
    PLACES = "places"
    SESSION = "session"
    GROUP = "group"
    DAY = "day"
    STAFF = "staff"
    ROOM = "room"
    CENTRE = "centre"


class Option(StrEnum):
    """What can be chosen of a paper."""

    LETTER = "letter"
    LANGUAGE = "language"
    LARGE = "large"
    TWIN = "twin"
    INITIALS = "initials"
    DAYS = "days"


_PEOPLE = (Whom.ONE, Whom.PLACES, Whom.SESSION, Whom.GROUP, Whom.DAY)
_FOR: Mapping[Kind, tuple[Whom, ...]] = {
    Kind.SHEET: _PEOPLE,
    Kind.CARD: _PEOPLE,
    Kind.LETTER: (*_PEOPLE, Whom.CENTRE),
    Kind.SILENCE: (Whom.ONE, Whom.SESSION, Whom.GROUP),
    Kind.MEASURES: (Whom.ONE, Whom.PLACES, Whom.SESSION, Whom.GROUP),
    Kind.ATTENDANCE: (Whom.SESSION, Whom.GROUP, Whom.DAY),
    Kind.POSTER: (Whom.GROUP,),
    Kind.REPORT: (Whom.GROUP,),
    Kind.HANDOVER: (Whom.ONE, Whom.GROUP),
    Kind.ACCESSLOG: (Whom.ONE,),
    Kind.STAFF: (Whom.STAFF, Whom.CENTRE),
    Kind.DOOR: (Whom.ROOM, Whom.CENTRE),
    Kind.CALIBRATION: (Whom.CENTRE,),
}
_GIVEN = frozenset({Option.LANGUAGE, Option.LARGE, Option.TWIN})
"""What a patient is given."""
_OPTIONS: Mapping[Kind, frozenset[Option]] = {
    Kind.SHEET: _GIVEN,
    Kind.CARD: _GIVEN - {Option.LARGE},
    Kind.LETTER: _GIVEN | {Option.LETTER},
    Kind.SILENCE: _GIVEN,
    Kind.MEASURES: _GIVEN,
    Kind.POSTER: frozenset({Option.LANGUAGE}),
    Kind.ATTENDANCE: frozenset({Option.INITIALS, Option.DAYS}),
    Kind.STAFF: frozenset({Option.DAYS}),
    Kind.DOOR: frozenset({Option.DAYS, Option.INITIALS}),
    Kind.ACCESSLOG: frozenset({Option.DAYS}),
}
_ONE_BY_ONE = frozenset(
    {Kind.SHEET, Kind.CARD, Kind.LETTER, Kind.SILENCE, Kind.MEASURES, Kind.HANDOVER}
)
"""Papers of one person each: a batch has an order, and can be saved one by one."""


_OF_CENTRE: Mapping[Kind, str] = {
    Kind.LETTER: N_("Everybody on the waiting list"),
    Kind.STAFF: N_("Every colleague"),
    Kind.DOOR: N_("Every room"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen in the window, beside what it was opened from."""

    kind: Kind
    whom: Whom
    language: str | None = None
    large: bool = False
    twin: bool = False
    letter: LetterKind = LetterKind.SUMMONS
    initials: bool = False
    first: date | None = None
    last: date | None = None
    order: Order = Order.NAME


class Offer:
    """What was asked for, and from where."""

    def __init__(self, paper: Paper, centre: UUID) -> None:
        self.paper = paper
        self._centre = centre
        there = {
            Whom.PLACES: bool(paper.places),
            Whom.ONE: paper.patient_id is not None or paper.enrolment_id is not None,
            Whom.SESSION: paper.session_id is not None,
            Whom.STAFF: paper.staff_id is not None,
            Whom.ROOM: paper.room_id is not None,
            Whom.GROUP: paper.group_id is not None,
            Whom.DAY: paper.day is not None,
        }
        found = [whom for whom, known in there.items() if known]
        if not found or found[0] in (Whom.STAFF, Whom.ROOM):
            found.append(Whom.CENTRE)
        self._there = tuple(found)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Those that suit what the window was opened from, above all the one asked for."""
        asked = Kind(self.paper.kind)
        first = self._there[0]
        return tuple(kind for kind in Kind if first in _FOR[kind] or kind is asked)

    def whom(self, kind: Kind) -> tuple[Whom, ...]:
        return tuple(whom for whom in self._there if whom in _FOR[kind])

    def wanted(self, chosen: Chosen) -> Wanted:
        """The use case's words for it."""
        paper, whom, kind = self.paper, chosen.whom, chosen.kind
        has = options(kind)
        one = whom is Whom.ONE
        place = (paper.enrolment_id,) if one and paper.enrolment_id else ()
        days = Option.DAYS in has
        on = paper.day if whom is Whom.DAY else None
        return Wanted(
            kind,
            language=chosen.language if Option.LANGUAGE in has else None,
            large=chosen.large and Option.LARGE in has,
            twin=chosen.twin and Option.TWIN in has,
            letter=chosen.letter,
            centre=self._centre,
            group=paper.group_id if whom is Whom.GROUP else None,
            session=paper.session_id if whom is Whom.SESSION else None,
            staff=paper.staff_id if whom is Whom.STAFF else None,
            room=paper.room_id if whom is Whom.ROOM else None,
            patient=paper.patient_id if one else None,
            places=paper.places if whom is Whom.PLACES else place,
            first=chosen.first if days and chosen.first else on,
            last=chosen.last if days and chosen.last else on,
            initials=chosen.initials and Option.INITIALS in has,
            order=chosen.order,
        )


def options(kind: Kind) -> frozenset[Option]:
    return _OPTIONS.get(kind, frozenset())


def letters(whom: Whom) -> tuple[LetterKind, ...]:
    """Who waits has no group: letters to the waiting list go to one, or to all who wait."""
    if whom is Whom.CENTRE:
        return (LetterKind.WAITING,)
    if whom is Whom.ONE:
        return tuple(LetterKind)
    return tuple(kind for kind in LetterKind if kind is not LetterKind.WAITING)


def is_batch(kind: Kind, whom: Whom) -> bool:
    """Whether there may be several papers, one for each person."""
    return kind in _ONE_BY_ONE and whom is not Whom.ONE


def words(whom: Whom, kind: Kind, paper: Paper) -> str:
    """For the list of whom it is for."""
    if whom is Whom.CENTRE and kind in _OF_CENTRE:
        return _(_OF_CENTRE[kind])
    if whom is Whom.PLACES:
        return _("Those chosen ({number})").format(number=len(paper.places))
    return {
        Whom.ONE: _("The patient"),
        Whom.SESSION: _("Everybody at the session"),
        Whom.GROUP: _("Everybody in the group"),
        Whom.DAY: _("Everybody who comes that day"),
        Whom.STAFF: _("The colleague"),
        Whom.ROOM: _("The room"),
        Whom.CENTRE: _("The health centre"),
    }[whom]
