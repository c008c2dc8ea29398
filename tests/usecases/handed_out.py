"""Two published groups whose patients all have their sheets."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from painprogram.domain.patients import Enrolment
from painprogram.domain.progress import Progress
from painprogram.storage.database import Database
from painprogram.usecases import prints, publications
from tests import make

LATER = make.TODAY + timedelta(days=3)


def published(database: Database) -> Any:
    """Centre, both groups, and two places in each.

    The lectures that are linked into both are an activity that nobody has published yet.
    """
    where = make.furnished(database)
    make.group(database, where, "Öppna föreläsningar", template="oppna-forelasningar", maximum=40)
    first = make.group(database, where)
    second = make.group(database, where, "H26 B", make.MONDAY + timedelta(weeks=1))
    places = tuple(
        make.placed(database, where, group.id, number, given)
        for number, (group, given) in enumerate(
            [(first, "Maria"), (first, "Gunhild"), (second, "Elsa"), (second, "Bo")]
        )
    )
    for group in (first, second):
        publications.publish(database, group.id)
    print_all(database, places)
    return where, first, second, places


def print_all(database: Database, places: Iterable[Enrolment]) -> None:
    keys = [place.id for place in places]
    prints.many_sheets(database, Progress(), keys, make.TODAY)
