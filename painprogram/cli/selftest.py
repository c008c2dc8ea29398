"""Does everything that the program stands on work on this machine? For a newly built program."""

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from painprogram import i18n
from painprogram.cli.output import say_now
from painprogram.domain.actors import Actor
from painprogram.domain.errors import Refused
from painprogram.domain.groups import Group
from painprogram.exchange import calendar, red_days
from painprogram.i18n import N_, _
from painprogram.usecases import (
    Database,
    calendars,
    checks,
    enrolments,
    example,
    groups,
    patients,
    prints,
)


def run(today: date) -> None:
    """Try each part in a folder of its own; refused at the first that does not work."""
    with tempfile.TemporaryDirectory(prefix="painprogram-") as folder:
        database = Database.open(str(Path(folder) / "self-test.ppdb"), actor=Actor("self-test"))
        try:
            example.build(database, today)
            group = next(one for one in groups.groups(database) if one.taken)
            for title, works in _PARTS:
                if not works(database, group, today):
                    raise Refused(_("This does not work here: {what}.").format(what=_(title)))
                say_now(_("{what}: works").format(what=_(title)))
        finally:
            database.close()


def _is_sound(database: Database, _group: Group, today: date) -> bool:
    return not any(found.broken for found in checks.check(database, today))


def _prints(database: Database, group: Group, today: date) -> bool:
    patient, _name = enrolments.names(database, group.id)[0]
    place = patients.enrolments(database, patient)[0]
    posters = (
        prints.poster(database, group.id, today, language, record=False)
        for language in i18n.LANGUAGES
    )
    sheets = (
        prints.sheet(database, place.id, today, language, record=False)
        for language in i18n.PAPER_LANGUAGES
    )
    return all(paper.startswith(b"%PDF-") for paper in (*posters, *sheets))


def _exports(database: Database, group: Group, _today: date) -> bool:
    content = calendars.of_group(database, group.id, datetime.now(UTC))
    return content.startswith(b"BEGIN:VCALENDAR") and b"BEGIN:VEVENT" in content


def _knows_dates(_database: Database, _group: Group, today: date) -> bool:
    """Red days by rule, and the hour that summer time takes."""
    year = range(1, 13)
    found = red_days.red_days(date(today.year, 1, 1), date(today.year, 12, 31), None)
    zone = ZoneInfo(calendar.ZONE)
    offsets = {datetime(today.year, month, 1, tzinfo=zone).utcoffset() for month in year}
    return len(found) > len(year) and len(offsets) > 1


_PARTS: tuple[tuple[str, Callable[[Database, Group, date], bool]], ...] = (
    (N_("The database"), _is_sound),
    (N_("Papers"), _prints),
    (N_("Calendars"), _exports),
    (N_("Red days and time zones"), _knows_dates),
)
