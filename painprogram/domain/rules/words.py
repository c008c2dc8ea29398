"""A broken rule in a sentence; patients are counted and never named."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from painprogram import i18n
from painprogram.domain.rooms import Equipment
from painprogram.domain.rules import Rule
from painprogram.domain.rules.occasion import Clash, Meeting, Occasion
from painprogram.i18n import _, ngettext


def sentence(
    clash: Clash, names: Mapping[UUID, str], other: Occasion | Meeting | None, *, turned: bool
) -> str:
    """What stands against one of the two: the first, or *turned* the other.

    *names* are of people and rooms; *other* is the one it clashes with, if any.
    """
    about = names.get(clash.about, "") if clash.about else ""
    if other is not None:
        return _of_two(clash, about, other, turned=turned)
    words = _OF_ONE.get(clash.rule)
    if words is not None:
        return words(clash, about)
    if clash.rule is Rule.CLOSED:
        return _("The centre is closed: {reason}.").format(reason=clash.detail)
    if clash.rule is Rule.PAST:
        return _("The day has passed.")
    if clash.rule is Rule.BEYOND:
        return _("It is long after the programme's last week.")
    return _loaded(clash)


def _of_two(clash: Clash, about: str, other: Occasion | Meeting, *, turned: bool) -> str:
    when = i18n.clock_range(other.start, other.end)
    if clash.rule is Rule.PATIENT:
        many = int(clash.detail)
        return ngettext(
            "A patient has {other} {time} at the same time.",
            "{number} patients have {other} {time} at the same time.",
            many,
        ).format(number=many, other=other.title, time=when)
    if clash.rule is Rule.BUFFER:
        return _("{about} has too little time between it and {other} {time}.").format(
            about=about, other=other.title, time=when
        )
    if clash.rule is Rule.ORDER:
        words = (
            _("{other}, {day} {time}, should come after it.")
            if turned
            else _("It should come after {other}, {day} {time}.")
        )
        return words.format(other=other.title, day=i18n.day_short(other.start.date()), time=when)
    return _("{about} has {other} {time} at the same time.").format(
        about=about, other=other.title, time=when
    )


def _needs(clash: Clash, _about: str) -> str:
    return _("No {profession} leads it.").format(profession=clash.detail)


def _competence(clash: Clash, _about: str) -> str:
    return _("Nobody who leads it has the competence {competence}.").format(competence=clash.detail)


def _seats(clash: Clash, about: str) -> str:
    taken, seats = clash.detail.split("/")
    return _("{room} has {seats} seats; {taken} are expected.").format(
        room=about, seats=seats, taken=taken
    )


def _equipment(clash: Clash, about: str) -> str:
    lacking = [Equipment(each).label for each in clash.detail.split()]
    return _("{room} lacks {equipment}.").format(room=about, equipment=i18n.joined(lacking))


def _hours(_clash: Clash, about: str) -> str:
    return _("{name} does not work then.").format(name=about)


def _absent(clash: Clash, about: str) -> str:
    first, last = _span(clash.detail)
    if first.date() == last.date():
        when = i18n.clock_range(first, last)
    elif first.date() == _last_day(last):
        when = i18n.day_short(first.date())
    else:
        when = f"{i18n.day_short(first.date())} – {i18n.day_short(_last_day(last))}"
    return _("{name} is absent {when}.").format(name=about, when=when)


def _busy(clash: Clash, about: str) -> str:
    first, last = _span(clash.detail)
    if first.date() != last.date():
        return _("{name} is busy, by their own calendar.").format(name=about)
    return _("{name} is busy {time}, by their own calendar.").format(
        name=about, time=i18n.clock_range(first, last)
    )


def _few(clash: Clash, _about: str) -> str:
    taken, fewest = clash.detail.split("/")
    return _("{taken} are expected; at least {fewest} are needed.").format(
        taken=taken, fewest=fewest
    )


def _many(clash: Clash, _about: str) -> str:
    taken, largest = clash.detail.split("/")
    return _("{taken} are expected; at most {largest} can take part.").format(
        taken=taken, largest=largest
    )


_OF_ONE = {
    Rule.NEEDS: _needs,
    Rule.COMPETENCE: _competence,
    Rule.SEATS: _seats,
    Rule.EQUIPMENT: _equipment,
    Rule.HOURS: _hours,
    Rule.ABSENT: _absent,
    Rule.BUSY: _busy,
    Rule.FEW: _few,
    Rule.MANY: _many,
}


def _loaded(clash: Clash) -> str:
    many, _cut, most = clash.detail.rpartition("/")
    number = int(many or 1)
    limit = int(most)
    if clash.rule in (Rule.HOURS_DAY, Rule.HOURS_WEEK):
        limit_told = i18n.number(limit / 60, 0 if limit % 60 == 0 else 1)
        words = (
            ngettext(
                "A patient has more than {most} hours that day.",
                "{number} patients have more than {most} hours that day.",
                number,
            )
            if clash.rule is Rule.HOURS_DAY
            else ngettext(
                "A patient has more than {most} hours that week.",
                "{number} patients have more than {most} hours that week.",
                number,
            )
        )
        return words.format(number=number, most=limit_told)
    if clash.rule is Rule.VISITS_DAY:
        words = ngettext(
            "A patient has more than {most} visits that day.",
            "{number} patients have more than {most} visits that day.",
            number,
        )
    elif clash.rule is Rule.VISITS_WEEK:
        words = ngettext(
            "A patient has more than {most} visits that week.",
            "{number} patients have more than {most} visits that week.",
            number,
        )
    else:
        words = ngettext(
            "A patient has to come on more than {most} days that week.",
            "{number} patients have to come on more than {most} days that week.",
            number,
        )
    return words.format(number=number, most=limit)


def _span(written: str) -> tuple[datetime, datetime]:
    first, last = written.split("/")
    return datetime.fromisoformat(first), datetime.fromisoformat(last)


def _last_day(end: datetime) -> date:
    """An absence until midnight has the day before as its last."""
    return (end - timedelta(microseconds=1)).date()
