"""Busy times, patients and colleagues from other programs' files, from the command line."""

from argparse import Namespace
from datetime import date
from uuid import UUID

from painprogram.cli import finding
from painprogram.cli.listing import Entry, put_json
from painprogram.cli.output import say
from painprogram.domain.errors import Refused
from painprogram.domain.imports import ImportKind, Outcome, Verdict, told_plainly
from painprogram.domain.progress import Progress
from painprogram.i18n import _
from painprogram.usecases import Database, busy, centres, imports
from painprogram.usecases.busy import BusyPreview

MOST_TOLD = 20
"""Rows that are told one by one."""


def take_in(database: Database, wanted: Namespace, today: date) -> None:
    if wanted.what == "busy":
        _busy(database, wanted, today)
    else:
        _table(database, wanted, today)


def _busy(database: Database, wanted: Namespace, today: date) -> None:
    if not wanted.staff:
        raise Refused(_("Say whose calendar it is: --staff COLLEAGUE."))
    person = finding.colleague(database, wanted.staff)
    take = busy.preview if wanted.dry_run else busy.read
    found = take(database, person.id, wanted.file, today)
    if wanted.json:
        put_json(_times(found, applied=not wanted.dry_run))
        return
    say(f"{person.name}: {found.told}")
    for skipped in found.skipped:
        say(f"  {skipped.told}")
    if wanted.dry_run:
        say(_("Nothing was changed."))
    elif found.unchanged:
        say(_("Nothing has changed since it was last read."))


def _times(found: BusyPreview, *, applied: bool) -> Entry:
    return {
        "staff_id": found.staff_id,
        "first": found.first,
        "last": found.last,
        "files": found.files,
        "events": found.events,
        "free": found.free,
        "skipped": [
            {"reason": each.reason.value, "count": each.count, "text": each.told}
            for each in found.skipped
        ],
        "busy": [{"start": span.start, "end": span.end} for span in found.spans],
        "unchanged": found.unchanged,
        "applied": applied,
    }


def _table(database: Database, wanted: Namespace, today: date) -> None:
    """All rows, or none: what is wrong is told by row and column, and nothing written."""
    kind = ImportKind(wanted.what)
    centre = _centre(database, wanted)
    table = imports.opened(wanted.file, today)
    if wanted.map:
        columns = imports.columns_in(wanted.map, table, kind)
    else:
        columns = imports.columns_of(table, kind)
    if wanted.dry_run:
        found = imports.judged(database, Progress(), kind, table, columns, centre, today)
    else:
        found = imports.carry_out(database, kind, table, columns, centre, today)
    if wanted.json:
        put_json(told_plainly(found))
    else:
        _say(found)
    if found.stopped and not wanted.dry_run:
        raise Refused(_("Nothing was imported. Put the file right, and try again."))


def _centre(database: Database, wanted: Namespace) -> UUID:
    if wanted.centre:
        return finding.centre(database, wanted.centre).id
    known = centres.centres(database)
    if len(known) != 1:
        raise Refused(_("There are several health centres: say which with --centre."))
    return known[0].id


def _say(found: Outcome) -> None:
    for sentence in found.lacks:
        say(sentence)
    for verdict in Verdict:
        if found.counts[verdict]:
            say(f"{verdict.label}: {found.counts[verdict]}")
    wrong = [one for one in found.rows if one.faults]
    for one in wrong[:MOST_TOLD]:
        for fault in one.faults:
            told = _("Row {row}, {column}: {reason}").format(
                row=one.row, column=fault.column, reason=fault.reason
            )
            say(f"  {told}")
    if len(wrong) > MOST_TOLD:
        say("  " + _("{count} more").format(count=len(wrong) - MOST_TOLD))
