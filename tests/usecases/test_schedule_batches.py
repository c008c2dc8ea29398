from datetime import datetime, timedelta

from painprogram.storage.database import Database
from painprogram.usecases import publications, schedule_batches, schedules, sessions
from tests import make

HOUR = timedelta(hours=1)


def test_that_many_schedules_are_what_each_alone_is(database: Database) -> None:
    where = make.furnished(database)
    make.group(database, where, "Öppna föreläsningar", template="oppna-forelasningar", maximum=40)
    first = make.group(database, where)
    second = make.group(database, where, "H26 B", make.MONDAY + timedelta(weeks=1))
    places = [
        make.placed(database, where, group.id, number)
        for number, group in enumerate((first, first, second))
    ]
    off, base = make.of_strand(database, first.id, "relaxation")[2:4]
    other = make.of_strand(database, second.id, "relaxation")[5]
    extra = make.of_strand(database, second.id, "lecture_b")[0]
    schedules.opt_out(database, places[0].id, off.id, "bortrest")
    schedules.swap(database, places[0].id, base.id, other.id, "jobb", because="sagt")
    schedules.add(database, places[1].id, extra.id, "vill gå igen", because="sagt")
    strand, _name, minutes = schedules.visit_strands(database, first.id)[0]
    schedules.add_visit(database, places[1].id, datetime(2027, 1, 8, 9), minutes, strand=strand.key)
    schedules.add_visit(database, places[1].id, datetime(2027, 1, 9, 9), 30, title="Samtal")
    keys = [place.id for place in places]

    with database.read_patients("test") as db:
        each = {key: schedules.load(db, key) for key in keys}
        planned = schedule_batches.load(db, keys, told=False)
        told = schedule_batches.load(db, keys, told=True)

    assert planned == each
    assert told == each


def test_that_a_swap_to_what_is_not_told_yet_is_told_as_planned(database: Database) -> None:
    where = make.furnished(database)
    first = make.group(database, where)
    second = make.group(database, where, "H26 B", make.MONDAY + timedelta(weeks=1))
    place = make.placed(database, where, first.id)
    base = make.of_strand(database, first.id, "relaxation")[3]
    other = make.of_strand(database, second.id, "relaxation")[5]
    schedules.swap(database, place.id, base.id, other.id, "jobb", because="sagt")
    publications.publish(database, first.id)

    def goes_to() -> datetime:
        with database.read_patients("test") as db:
            lines = schedule_batches.load(db, [place.id], told=True)[place.id].lines
            schedules.load(db, place.id)
        return next(line.start for line in lines if line.session.id == other.id)

    sessions.move(database, other.id, other.start + HOUR)
    assert goes_to() == other.start + HOUR
    publications.publish(database, second.id)
    sessions.move(database, other.id, other.start + 2 * HOUR)
    assert goes_to() == other.start + HOUR
