"""What a programme takes: staff and room time with preparation and wrap-up, and patients' hours."""

from collections import defaultdict
from dataclasses import dataclass

from painprogram.domain.programmes import Content, Module, Need, Placement, Strand

VISIT_MINUTES = 45
"""An ordinary individual visit, to compare with."""
ANY_PROFESSION = Need(())
"""Somebody leads, whoever it is."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Minutes that one run takes; what is linked in costs its owner, and is not counted."""

    participants: int
    staff: tuple[tuple[Need, int], ...]
    """By whom, the most first. "Physiotherapist or psychologist" is a line of its own."""
    room: int

    @property
    def staff_minutes(self) -> int:
        return sum(minutes for _need, minutes in self.staff)

    @property
    def staff_minutes_per_patient(self) -> float:
        return self.staff_minutes / self.participants

    @property
    def visits_instead(self) -> int:
        """How many individual visits the same staff time would be."""
        return round(self.staff_minutes / VISIT_MINUTES)


def cost(content: Content, participants: int) -> Cost:
    """Of one run with so many *participants*: each has the individual visits of the programme.

    >>> from painprogram.domain.programmes import NO_TEXT, Commitment, ModuleKind
    >>> talk = Module("talk", ModuleKind.LECTURE, NO_TEXT, 90, preparation=20, wrap_up=10)
    >>> strand = Strand("talk", "talk", Placement.SERIES, occurrences=3)
    >>> cost(Content("x", NO_TEXT, 3, 1, 9, (talk,), (strand,), Commitment(())), 9).room
    360
    """
    staff: dict[Need, int] = defaultdict(int)
    room = 0
    for strand in content.strands:
        if strand.placement is Placement.LINKED:
            continue
        module = content.module(strand.module)
        times = strand.occurrences * (participants if strand.placement is Placement.VISIT else 1)
        minutes = times * whole_minutes(module)
        room += minutes
        for need in module.needs or (ANY_PROFESSION,):
            staff[need] += minutes
    most_first = sorted(staff.items(), key=lambda item: -item[1])
    return Cost(participants, tuple(most_first), room)


def whole_minutes(module: Module) -> int:
    """Of staff and room, for one session."""
    return module.preparation + module.minutes + module.wrap_up


def weeks_of(strand: Strand) -> tuple[int, ...]:
    """The programme weeks a strand meets in when nothing is closed; none for what is linked in."""
    if strand.placement is Placement.LINKED:
        return ()
    return tuple(strand.week + n * strand.every_weeks for n in range(strand.occurrences))


@dataclass(frozen=True, slots=True)
class Load:
    """What a programme asks of a patient, in minutes."""

    before: int
    weeks: tuple[int, ...]
    """By programme week, the first one first."""
    after: int
    any_week: int
    """Linked lectures, which stand in no week until a group is planned."""


def load(content: Content) -> Load:
    """The minutes of every patient, week by week, when nothing is closed and nothing opted out."""
    by_week: dict[int, int] = defaultdict(int)
    any_week = 0
    for strand in content.strands:
        minutes = content.module(strand.module).minutes
        if strand.placement is Placement.LINKED:
            any_week += minutes * strand.occurrences
        for week in weeks_of(strand):
            by_week[week] += minutes
    return Load(
        before=sum(minutes for week, minutes in by_week.items() if week < 1),
        weeks=tuple(by_week[week] for week in range(1, content.weeks + 1)),
        after=sum(minutes for week, minutes in by_week.items() if week > content.weeks),
        any_week=any_week,
    )
