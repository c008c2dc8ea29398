"""What a plan costs: each wish counts what its weight is for.

The search and the solver keep counts of their own; these share no line with them.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import pairwise

from painprogram.planner.held import Held
from painprogram.planner.problem import Wish


def irregular(held: Held) -> int:
    """Times of the week beyond the first that a series meets at."""
    return sum(
        len({(place.start.weekday(), place.start.time()) for place in places}) - 1
        for places in held.series.values()
    )


def leader_changes(held: Held) -> int:
    """Teams beyond the first that a series has."""
    return sum(len({place.leaders for place in each}) - 1 for each in held.series.values())


def room_changes(held: Held) -> int:
    """Rooms beyond the first that a series uses."""
    return sum(len({place.room for place in each}) - 1 for each in held.series.values())


def days_missing(held: Held) -> int:
    """Days that a series has fewer than it should."""
    missing = 0
    for series in held.problem.series:
        days = {place.start.date() for place in held.series.get(series.key, ())}
        missing += max(0, series.days - len(days))
    return missing


def isolated(held: Held) -> int:
    """Visits with no other visit of the patient near them on their day."""
    nearby = timedelta(minutes=held.problem.wishes.nearby)
    alone = 0
    for patient, visits in held.attended.items():
        spans = [(place.start, session.end(place.start)) for session, place in visits]
        for number, (start, end) in enumerate(spans):
            others = spans[:number] + spans[number + 1 :]
            alone += held.weight(patient) * (
                not any(
                    other.date() == start.date()
                    and (timedelta() <= other - end <= nearby or timedelta() <= start - o <= nearby)
                    for other, o in others
                )
            )
    return alone


def trips(held: Held) -> int:
    """Days on which a patient has to come."""
    return sum(
        held.weight(patient) * len({place.start.date() for _session, place in visits})
        for patient, visits in held.attended.items()
    )


def unwished_hours(held: Held) -> int:
    """Sessions that begin at a time when somebody they need would rather not."""
    return sum(
        any(span.start <= place.start < span.end for span in held.problem.resource[key].unwished)
        for key, times in held.taken.items()
        for _session, place in times
    )


def unfair(held: Held) -> int:
    """Sessions above somebody's fair share."""
    return sum(
        max(0, len(held.taken.get(each.key, ())) - each.fair_share)
        for each in held.problem.resources
        if each.fair_share is not None
    )


def changes(held: Held) -> int:
    """Times, rooms, teams and choices that are not as they are today."""
    changed = 0
    for session, place in held.placed:
        today = session.today
        if today is not None:
            changed += (
                (place.start != today.start)
                + (place.room != today.room)
                + (place.leaders != today.leaders)
            )
    for choice in held.problem.choices:
        number = held.plan.chosen.get(choice.key)
        changed += choice.today is not None and number is not None and number != choice.today
    return changed


def together(held: Held) -> int:
    """Pairs on one day that should be apart."""
    places = held.plan.places
    return sum(
        pair.first in places
        and pair.second in places
        and places[pair.first].start.date() == places[pair.second].start.date()
        for pair in held.problem.apart
    )


def crowded(held: Held) -> int:
    """Participants without a seat."""
    return sum(
        max(0, held.heads(session) - held.problem.resource[place.room].seats)
        for session, place in held.placed
        if session.crowding and place.room is not None
    )


def late_starts(held: Held) -> int:
    """What the chosen options cost, and the weeks that urgent sessions wait."""
    chosen = (held.plan.option(choice) for choice in held.problem.choices)
    weeks = sum(each.urgency * each.weeks_late(place.start) for each, place in held.placed)
    return sum(option.cost for option in chosen if option) + weeks


def waits(held: Held) -> int:
    """Times that a patient waits longer than what is near, from one visit of a day to the next."""
    nearby = timedelta(minutes=held.problem.wishes.nearby)
    found = 0
    for patient, visits in held.attended.items():
        for (session, place), (_next, then) in pairwise(visits):
            same_day = place.start.date() == then.start.date()
            long = then.start - session.end(place.start) > nearby
            found += held.weight(patient) * (same_day and long)
    return found


def unrested(held: Held) -> int:
    """Days with visits that follow on a day with visits, and visits soon after another."""
    rest = timedelta(minutes=held.problem.wishes.rest)
    found = 0
    for patient, visits in held.attended.items():
        days = {place.start.date() for _session, place in visits}
        tired = sum(day - timedelta(days=1) in days for day in days)
        ends = [session.end(place.start) for session, place in visits]
        tired += sum(
            any(timedelta() <= place.start - end < rest for end in ends)
            for _session, place in visits
        )
        found += held.weight(patient) * tired
    return found


def empty_seats(held: Held) -> int:
    """Of sessions that somebody comes to: better one full and one called off than two half."""
    return sum(
        session.seats - held.heads(session)
        for session, _place in held.placed
        if session.seats is not None and held.heads(session)
    )


COSTS: Mapping[Wish, Callable[[Held], int]] = {
    Wish.REGULAR: irregular,
    Wish.LEADERS: leader_changes,
    Wish.ROOMS: room_changes,
    Wish.SPREAD: days_missing,
    Wish.ISOLATED: isolated,
    Wish.TRIPS: trips,
    Wish.HOURS: unwished_hours,
    Wish.FAIR: unfair,
    Wish.CHANGES: changes,
    Wish.APART: together,
    Wish.CROWDING: crowded,
    Wish.CHOICES: late_starts,
    Wish.COMPACT: waits,
    Wish.REST: unrested,
    Wish.SEATS: empty_seats,
}
