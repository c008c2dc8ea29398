"""Start a group from the command line: every date is shown before anything is made."""

from datetime import date, datetime
from uuid import UUID

from painprogram import i18n
from painprogram.cli import finding
from painprogram.cli.output import say
from painprogram.i18n import _, ngettext
from painprogram.usecases import Database, programmes, rooms, staff, starting


def start(
    database: Database, template: str, name: str, first: date, centre: str, *, dry_run: bool
) -> None:
    """Show the group that would be made, and make it unless it is a *dry_run*."""
    content = programmes.template(template)
    where = finding.centre(database, centre)
    wanted = starting.suggestion(database, content, where.id, name, first)
    shown = starting.preview(database, wanted)
    many = len(shown.timetable.sessions)
    say(f"{name}, {content.name}, {where.name}")
    _show(database, shown)
    if dry_run:
        say(_("Nothing was changed."))
        return
    made = starting.start(database, wanted)
    say(
        ngettext(
            "{name} is made with {count} session, as a draft: {id}",
            "{name} is made with {count} sessions, as a draft: {id}",
            many,
        ).format(name=made.name, count=many, id=made.id)
        if not made.activity
        else ngettext(
            "{name} is made with {count} session: {id}",
            "{name} is made with {count} sessions: {id}",
            many,
        ).format(name=made.name, count=many, id=made.id)
    )


def _show(database: Database, shown: starting.Preview) -> None:
    """Every date in order of time, what stands against it, and what is skipped or moved."""
    people = {person.id: person.name for person in staff.staff(database)}
    places = {room.id: room.name for room in rooms.rooms(database)}
    lines: list[tuple[datetime, str]] = []
    for dated in shown.timetable.sessions:
        title = f"{dated.module.name} {dated.number}" if dated.of > 1 else str(dated.module.name)
        who = ", ".join(people[one] for one in dated.leaders)
        told = _line(dated.start, dated.end, title, _named(places, dated.room_id), who)
        against = shown.clashes.get((dated.strand, dated.number))
        lines.append((dated.start, f"{told}\n    {against}" if against else told))
    for link in shown.links:
        session = link.session
        title = _("{title} (linked in)").format(title=session.title)
        who = ", ".join(leader.name for leader in session.leaders)
        told = _line(session.start, session.end, title, session.room_name, who)
        against = shown.clashes.get((link.strand, link.number))
        lines.append((session.start, f"{told}\n    {against}" if against else told))
    for _start, told in sorted(lines):
        say(told)
    for note in shown.notes:
        say(str(note))


def _line(start: datetime, end: datetime, title: str, room: str, who: str) -> str:
    day = start.date()
    when = f"{day} {i18n.weekday_short(day)} {i18n.clock_range(start, end):>11}"
    return "  ".join(part for part in (when, i18n.week(day), title, room, who) if part)


def _named(names: dict[UUID, str], one: UUID | None) -> str:
    return names[one] if one else ""
