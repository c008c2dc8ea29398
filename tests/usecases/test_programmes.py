from dataclasses import replace

from painprogram.domain.people import Centre
from painprogram.storage.database import Database
from painprogram.usecases import programmes, starting
from painprogram.usecases.starting import NewGroup
from tests import make

FOUNDING = "smarthantering"
LECTURES = "oppna-forelasningar"


def suggested(database: Database, where: Centre) -> NewGroup:
    content = programmes.template(FOUNDING)
    return starting.suggestion(database, content, where.id, "V27 A", make.MONDAY)


def test_that_templates_are_offered_before_any_group_runs(database: Database) -> None:
    found = programmes.offered(database)

    assert [(o.content.key, o.number, o.newest) for o in found] == [
        (FOUNDING, None, True),
        (LECTURES, None, True),
    ]


def test_that_each_version_is_offered_once_and_the_newest_first(database: Database) -> None:
    where = make.furnished(database)
    old = suggested(database, where)
    starting.start(database, replace(old, content=replace(old.content, maximum=10)))
    group = starting.start(database, replace(old, name="V27 B"))

    found = [o for o in programmes.offered(database) if o.content.key == FOUNDING]

    assert [(o.number, o.newest) for o in found] == [(2, True), (1, False)]
    assert found[0].version_id == group.programme_id


def test_that_a_template_that_has_changed_is_offered_beside_what_runs(database: Database) -> None:
    where = make.furnished(database)
    old = suggested(database, where)
    starting.start(database, replace(old, content=replace(old.content, maximum=10)))

    found = [o for o in programmes.offered(database) if o.content.key == FOUNDING]

    assert [(o.number, o.newest) for o in found] == [(None, True), (1, False)]
