"""Who can step in for a leader who is away: ranked, each with the words why."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from painprogram import i18n
from painprogram.domain.availability import StaffTime
from painprogram.domain.clashes import Occasion
from painprogram.domain.diary import Diary, led_instead
from painprogram.domain.names import folded
from painprogram.domain.openings import Opening
from painprogram.domain.people import Profession
from painprogram.domain.programmes import Need
from painprogram.i18n import _, ngettext


class Standing(StrEnum):
    """How well somebody can be asked."""

    FREE = "free"
    ASK = "ask"
    """Outside the working week, or busy by their own calendar: may be asked all the same."""
    TAKEN = "taken"
    """Absent, or leads something else then."""


_ORDER = tuple(Standing)


class Solution(StrEnum):
    """What becomes of something whose leader is away."""

    SUBSTITUTE = "substitute"
    MOVE = "move"
    CANCEL = "cancel"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to become of one session or visit."""

    occasion_id: UUID
    solution: Solution
    staff_id: UUID | None = None
    """Who steps in."""
    start: datetime | None = None
    """When it is held instead, and in which room."""
    room_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Colleague:
    """What the ranking knows of somebody who could be asked."""

    id: UUID
    name: str
    profession: Profession
    centre_id: UUID
    centre_name: str = ""
    provider_id: UUID | None = None
    competences: tuple[str, ...] = ()
    led: Mapping[str, int] = field(default_factory=dict)
    """How many times each module, by its key."""


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A session or visit that loses a leader."""

    occasion: Occasion
    """As it stands, with the leader who is away among its staff."""
    absent: UUID
    profession: Profession
    """In which they would have led it."""
    centre_id: UUID
    provider_id: UUID | None
    module: str
    title: str
    """Of the module."""
    series: Hashable
    """What it is one of: the same substitute all through is better for the patients."""
    needs: tuple[Need, ...] = ()
    others: tuple[Profession, ...] = ()
    """Of the leaders who remain."""

    def suits(self, profession: Profession) -> bool:
        """Whether somebody of *profession* fills what would be missing."""
        short = _unmet(self.needs, self.others)
        if not short:
            return profession is self.profession
        return _unmet(self.needs, (*self.others, profession)) < short


@dataclass(frozen=True, slots=True)
class Substitute:
    """Somebody who could step in; *reasons* speak for it, *against* what stands in the way."""

    staff_id: UUID
    name: str
    profession: Profession
    standing: Standing
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """Everything in a line, what stands in the way first."""
        return " · ".join((*self.against, *self.reasons))


def ranked(
    vacancy: Vacancy,
    colleagues: Iterable[Colleague],
    diary: Diary,
    times: StaffTime,
    series: Mapping[UUID, int] | None = None,
) -> tuple[Substitute, ...]:
    """Those whose profession suits, best first: free, near, at home in the module, least to do.

    *series* says how many times each has already been chosen for the same series.
    """
    chosen = series or {}
    found = []
    for one in colleagues:
        if one.id in vacancy.occasion.staff or not vacancy.suits(one.profession):
            continue
        standing, against = _standing(vacancy.occasion, one, diary, times)
        monday = _monday(vacancy.occasion)
        minutes = diary.minutes(one.id, monday)
        key = (
            _ORDER.index(standing),
            one.provider_id != vacancy.provider_id,
            one.centre_id != vacancy.centre_id,
            -chosen.get(one.id, 0),
            not _knows(vacancy, one),
            minutes,
            folded(one.name),
        )
        reasons = tuple(_reasons(vacancy, one, minutes, standing))
        found.append(
            (key, Substitute(one.id, one.name, one.profession, standing, reasons, against))
        )
    return tuple(substitute for _key, substitute in sorted(found, key=lambda pair: pair[0]))


@dataclass(frozen=True, slots=True)
class Solved:
    """What can be done about a vacancy, and what would be best."""

    vacancy: Vacancy
    substitutes: tuple[Substitute, ...]
    times: tuple[Opening, ...]
    best: Choice


def best_for_all(
    vacancies: Iterable[Vacancy],
    colleagues: Sequence[Colleague],
    diary: Diary,
    times: StaffTime,
    elsewhere: Callable[[Vacancy], tuple[Opening, ...]],
) -> tuple[Solved, ...]:
    """Each in order of time, when those before it have taken what is best for them.

    *diary* is written in: whoever steps in at ten is not free at ten for something else, and
    *elsewhere*, which finds other times, sees that too.
    """
    chosen: dict[Hashable, Counter[UUID]] = {}
    found = []
    for vacancy in sorted(vacancies, key=lambda one: (one.occasion.start, one.occasion.id.int)):
        so_far = chosen.setdefault(vacancy.series, Counter())
        substitutes = ranked(vacancy, colleagues, diary, times, so_far)
        openings = elsewhere(vacancy)
        best = _best(vacancy.occasion.id, substitutes, openings)
        if best.solution is Solution.SUBSTITUTE and best.staff_id:
            so_far[best.staff_id] += 1
            diary.book(led_instead(vacancy.occasion, vacancy.absent, best.staff_id))
        elif best.solution is Solution.MOVE and best.start:
            length = vacancy.occasion.end - vacancy.occasion.start
            diary.book(
                replace(
                    vacancy.occasion,
                    start=best.start,
                    end=best.start + length,
                    room=best.room_id or vacancy.occasion.room,
                )
            )
        found.append(Solved(vacancy, substitutes, openings, best))
    return tuple(found)


def _best(occasion: UUID, substitutes: Sequence[Substitute], openings: Sequence[Opening]) -> Choice:
    """Somebody who is free; else another time; else somebody to ask. Never by itself cancelled."""
    first = substitutes[0] if substitutes else None
    if first is not None and first.standing is Standing.FREE:
        return Choice(occasion, Solution.SUBSTITUTE, first.staff_id)
    if openings:
        opening = openings[0]
        return Choice(occasion, Solution.MOVE, start=opening.first, room_id=opening.room_id)
    if first is not None and first.standing is Standing.ASK:
        return Choice(occasion, Solution.SUBSTITUTE, first.staff_id)
    return Choice(occasion, Solution.LEAVE)


def _standing(
    occasion: Occasion, one: Colleague, diary: Diary, times: StaffTime
) -> tuple[Standing, tuple[str, ...]]:
    """How well they can be asked, and what stands against it: the hardest alone."""
    time = times[one.id]
    if any(span.meets(occasion.start, occasion.end) for span in time.absent):
        return Standing.TAKEN, (_("absent"),)
    other = diary.meets(one.id, occasion.start, occasion.end, occasion.id)
    if other is not None:
        when = i18n.clock_range(other.start, other.end)
        return Standing.TAKEN, (_("has {title} {time}").format(title=other.title, time=when),)
    against = []
    if not time.works(occasion.start, occasion.end):
        against.append(_("does not work then"))
    busy = next((span for span in time.busy if span.meets(occasion.start, occasion.end)), None)
    if busy is not None:
        same_day = busy.start.date() == busy.end.date()
        when = i18n.clock_range(busy.start, busy.end) if same_day else _("all day")
        against.append(_("busy elsewhere {time}").format(time=when))
    return (Standing.ASK if against else Standing.FREE), tuple(against)


def _reasons(vacancy: Vacancy, one: Colleague, minutes: int, standing: Standing) -> Iterator[str]:
    if standing is Standing.FREE:
        yield _("free")
    led = one.led.get(vacancy.module, 0)
    if led:
        wording = ngettext("has led it once", "has led it {number} times", led)
        yield wording.format(number=led)
    elif _trained(vacancy, one):
        yield _("trained for it")
    if one.centre_id != vacancy.centre_id:
        yield _("from {centre}").format(centre=one.centre_name)
    hours = i18n.number(minutes / 60, 0 if minutes % 60 == 0 else 1)
    yield _("{hours} h in {week}").format(hours=hours, week=i18n.week(vacancy.occasion.start))


def _knows(vacancy: Vacancy, one: Colleague) -> bool:
    return vacancy.module in one.led or _trained(vacancy, one)


def _trained(vacancy: Vacancy, one: Colleague) -> bool:
    named = {folded(vacancy.module), folded(vacancy.title)}
    return any(folded(competence) in named for competence in one.competences)


def _monday(occasion: Occasion) -> date:
    day = occasion.start.date()
    return day - timedelta(days=day.weekday())


def _unmet(needs: Iterable[Need], professions: Iterable[Profession]) -> int:
    """How many needs nobody is left to fill. Each leader fills one, the choosiest need first."""
    left = list(professions)
    short = 0
    for need in sorted(needs, key=lambda need: len(need.professions)):
        filled = next((one for one in left if one in need.professions), None)
        if filled is None:
            short += 1
        else:
            left.remove(filled)
    return short
