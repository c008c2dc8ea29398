"""Whether an occasion can stand when it does: its leaders' time, the centre's days, its group."""

from collections.abc import Iterator

from painprogram.domain.availability import Span
from painprogram.domain.rules import Rule
from painprogram.domain.rules.occasion import Clash, Course, Occasion, Surroundings


def outside_working_hours(occasion: Occasion, around: Surroundings) -> Iterator[Clash]:
    """A leader does not work all of the time."""
    for one in sorted(occasion.staff):
        if not around.time[one].works(occasion.start, occasion.end):
            mark = occasion.start.date().isoformat()
            yield Clash(Rule.HOURS, occasion.id, None, one, mark=mark)


def leader_absent(occasion: Occasion, around: Surroundings) -> Iterator[Clash]:
    """A leader is away during some of it."""
    day = occasion.start.date()
    for one in sorted(occasion.staff):
        for span in around.absent_on(one, day):
            if span.meets(occasion.start, occasion.end):
                mark = day.isoformat()
                yield Clash(Rule.ABSENT, occasion.id, None, one, written(span), mark=mark)
                break


def leader_busy(occasion: Occasion, around: Surroundings) -> Iterator[Clash]:
    """A leader is busy, by their own calendar, during some of it."""
    day = occasion.start.date()
    for one in sorted(occasion.staff):
        for span in around.busy_on(one, day):
            if span.meets(occasion.start, occasion.end):
                mark = day.isoformat()
                yield Clash(Rule.BUSY, occasion.id, None, one, written(span), mark=mark)
                break


def written(span: Span) -> str:
    return f"{span.start.isoformat()}/{span.end.isoformat()}"


def on_a_closed_day(occasion: Occasion, around: Surroundings) -> Iterator[Clash]:
    """It stands on a closed day, or ends after closing time on a half one."""
    day = occasion.start.date()
    for closure in around.closures_on(occasion.centre, day):
        if closure.covers(occasion.start, occasion.end):
            yield Clash(Rule.CLOSED, occasion.id, None, None, closure.reason, mark=day.isoformat())
            break


def before_today(occasion: Occasion, around: Surroundings) -> Iterator[Clash]:
    """Its day has passed. Asked of what is moved or made."""
    if around.today is not None and occasion.start.date() < around.today:
        yield Clash(Rule.PAST, occasion.id)


def beyond_the_end(occasion: Occasion) -> Iterator[Clash]:
    """It stands later than its programme can reasonably last."""
    if occasion.latest is not None and occasion.start.date() >= occasion.latest:
        yield Clash(Rule.BEYOND, occasion.id)


def too_early_in_order(occasion: Occasion, course: Course) -> Iterator[Clash]:
    """It begins before the last of what it must come after has ended."""
    for before in course.before_me(occasion.strand):
        if before.end > occasion.start:
            yield Clash(Rule.ORDER, occasion.id, before.id)


def too_late_in_order(occasion: Occasion, course: Course) -> Iterator[Clash]:
    """It ends after something began that must come after it."""
    for later in course.after_me(occasion.strand):
        if later.start < occasion.end:
            yield Clash(Rule.ORDER, later.id, occasion.id)
