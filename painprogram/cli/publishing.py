"""Publish, print again, bring calendars up to date, pause and resume, from the command line."""

from argparse import Namespace
from datetime import UTC, date, datetime

from painprogram import i18n
from painprogram.cli import finding
from painprogram.cli.listing import Entry, put, put_json
from painprogram.cli.output import say
from painprogram.cli.planning import reason_wanted
from painprogram.domain.progress import Progress
from painprogram.domain.publications import Changes, Notice, SessionChange
from painprogram.domain.sessions import Session
from painprogram.i18n import _, ngettext
from painprogram.usecases import Database, pauses, publications, reprints, subscriptions
from painprogram.usecases.redating import Preview
from painprogram.usecases.reprints import Waiting


def publish(database: Database, wanted: Namespace, _today: date) -> None:
    """Show what is new for each session, patient and colleague, and tell it."""
    group = finding.group(database, wanted.group)
    changes = publications.changes(database, group.id)
    number = changes.number
    if not wanted.dry_run:
        number = publications.publish(database, group.id, wanted.note, seen=changes.seen).number
    if wanted.json:
        put_json(_changes(changes, number, published=not wanted.dry_run))
        return
    for heading, notices in (
        (_("Sessions"), [(one.words,) for one in changes.sessions]),
        (_("Patients"), [_notice(one) for one in changes.patients]),
        (_("Colleagues"), [_notice(one) for one in changes.staff]),
    ):
        if notices:
            say(heading)
        for lines in notices:
            for line in lines:
                say(f"  {line}")
    if wanted.dry_run:
        say(_("Nothing was changed."))
    else:
        say(_("{group} is published as version {number}.").format(group=group.name, number=number))


def _notice(notice: Notice) -> tuple[str, ...]:
    return (notice.name, *(f"  {change.words}" for change in notice.changes))


def _changes(changes: Changes, number: int | None, *, published: bool) -> Entry:
    return {
        "group_id": changes.group_id,
        "group": changes.group_name,
        "number": number,
        "before": changes.number,
        "published": published,
        "sessions": [_change(one) for one in changes.sessions],
        "patients": [_told(one) for one in changes.patients],
        "staff": [_told(one) for one in changes.staff],
    }


def _told(notice: Notice) -> Entry:
    return {
        "id": notice.person_id,
        "name": notice.name,
        "changes": [_change(one) for one in notice.changes],
    }


def _change(change: SessionChange) -> Entry:
    return {
        "id": change.session.id,
        "kind": change.kind.value,
        "title": change.session.numbered_title,
        "before": _said(change.before),
        "after": _said(change.after),
        "text": change.words,
    }


def _said(session: Session | None) -> Entry | None:
    if session is None:
        return None
    return {
        "start": session.start,
        "minutes": session.minutes,
        "room_id": session.room_id,
        "room": session.room_name,
        "leaders": [{"id": one.staff_id, "name": one.name} for one in session.leaders],
        "cancelled": session.cancelled,
    }


def show_queue(database: Database, wanted: Namespace, today: date) -> None:
    """The sheets that are out of date, and those that nobody has printed yet."""
    centre = finding.centre(database, wanted.centre).id if wanted.centre else None
    found = reprints.queue(database, None, today, centre)
    if wanted.json:
        put_json(
            {
                "queue": [_waiting(one) for one in found.sheets],
                "never_printed": [_waiting(one) for one in found.never],
            }
        )
        return
    head = (_("Name"), _("Group"), _("Printed"), _("What has changed"))
    lines = [
        (
            one.name,
            one.group_name,
            str(one.printed_on or ""),
            "; ".join(change.words for change in one.changes),
        )
        for one in found.sheets
    ]
    if lines:
        put([], (head, lines), as_json=False)
    else:
        say(_("No printed sheet is out of date."))
    if found.never:
        many = ngettext(
            "{number} sheet is not printed yet.",
            "{number} sheets are not printed yet.",
            len(found.never),
        )
        say(many.format(number=len(found.never)))


def _waiting(one: Waiting) -> Entry:
    return {
        "patient_id": one.patient_id,
        "enrolment_id": one.enrolment_id,
        "name": one.name,
        "group_id": one.group_id,
        "group": one.group_name,
        "next": one.next,
        "printed_version": one.number,
        "printed_on": one.printed_on,
        "since": one.since,
        "changes": [
            {"what": each.what, "old": each.old, "new": each.new, "text": each.words}
            for each in one.changes
        ],
    }


def refresh_calendars(database: Database, wanted: Namespace, _today: date) -> None:
    """Write what has changed in the folder, and list whose each file is."""
    done = subscriptions.refresh_folder(
        database,
        Progress(),
        wanted.folder,
        datetime.now(UTC),
        patients=not wanted.without_patients,
    )
    files = subscriptions.listing(database, wanted.folder)
    if wanted.json:
        put_json(
            {
                "folder": str(done.folder),
                "written": done.written,
                "unchanged": done.unchanged,
                "ended": done.ended,
                "removed": done.removed,
                "protected": done.protected,
                "left_alone": list(done.left_alone),
                "files": [
                    {"kind": one.kind, "name": one.name, "path": str(one.path)} for one in files
                ],
            }
        )
        return
    say(f"{done.folder}: {done.told}")


def pause(database: Database, wanted: Namespace, today: date) -> None:
    group = finding.group(database, wanted.group)
    first = wanted.from_day or today
    touched = pauses.touched(database, group.id, first)
    visits = [one.visit.id for one in touched.visits] if wanted.visits else []
    if not wanted.dry_run:
        reason = wanted.reason or _("Paused")
        pauses.pause(database, group.id, first, reason, visits)
    if wanted.json:
        put_json(
            {
                "group_id": group.id,
                "group": group.name,
                "first": first,
                "applied": not wanted.dry_run,
                "sessions": [{"id": one.id, "start": one.start} for one in touched.sessions],
                "participants": touched.participants,
                "guests": touched.guests,
                "visits": len(touched.visits),
                "cancelled_visits": len(visits),
            }
        )
        return
    many = len(touched.sessions)
    say(
        ngettext(
            "{group} rests from {day}: {number} session waits for a new date.",
            "{group} rests from {day}: {number} sessions wait for new dates.",
            many,
        ).format(group=group.name, day=first, number=many)
    )
    if wanted.dry_run:
        say(_("Nothing was changed."))


def resume(database: Database, wanted: Namespace, today: date) -> None:
    group = finding.group(database, wanted.group)
    shown = pauses.preview(database, group.id, wanted.on_day)
    if not wanted.dry_run:
        with reason_wanted():
            pauses.resume(database, group.id, wanted.on_day, reason=wanted.reason, today=today)
    if wanted.json:
        put_json(
            {
                "group_id": group.id,
                "group": group.name,
                "on": wanted.on_day,
                "applied": not wanted.dry_run,
                "sessions": _dates(shown),
                "notes": [str(note) for note in shown.notes],
            }
        )
        return
    for one in shown.dates:
        when = f"{i18n.day_short(one.start.date())} {i18n.clock_range(one.start, one.end)}"
        say(f"  {one.session.numbered_title}: {when}")
        if one.clash:
            say(f"    {one.clash}")
    for note in shown.notes:
        say(f"  {note}")
    if wanted.dry_run:
        say(_("Nothing was changed."))
    else:
        say(_("{group} goes on.").format(group=group.name))


def _dates(shown: Preview) -> list[Entry]:
    return [
        {
            "id": one.session.id,
            "title": one.session.numbered_title,
            "before": one.session.start,
            "after": one.start,
            "clash": one.clash,
        }
        for one in shown.dates
    ]
