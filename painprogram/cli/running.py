"""From parsed arguments to an exit code: which command it is, and how each ending is told."""

import getpass
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from painprogram import i18n
from painprogram.cli import (
    example,
    finding,
    importing,
    listing,
    output,
    placing,
    planning,
    plans,
    printing,
    publishing,
    selftest,
    starting,
)
from painprogram.cli.arguments import DATABASE_VARIABLE, LANGUAGE
from painprogram.domain.actors import Actor
from painprogram.domain.errors import Cancelled, Refused
from painprogram.i18n import _, ngettext
from painprogram.settings import Settings
from painprogram.usecases import Database, calendars, checks

DATABASE = "database"
"""The name of the database that was last open among this machine's settings."""
DONE, REFUSED = 0, 1


def run(wanted: Namespace) -> int:
    """Do what the command line asks; the exit code. Never raises but for the program's own end."""
    output.use_utf8()
    chosen = wanted.language or Settings().text(LANGUAGE)
    with i18n.using(chosen if chosen in i18n.LANGUAGES else i18n.system_language()):
        try:
            _do(wanted)
            sys.stdout.flush()
        except Refused as refused:
            output.complain(" ".join(str(refused).split()))
        except BrokenPipeError:
            output.close_quietly()
        except (Cancelled, KeyboardInterrupt):
            output.complain(_("Stopped."))
        except Exception as error:  # noqa: BLE001 -- the last place: nothing may end as a traceback
            output.complain(
                _(
                    "Something went wrong that should not. What the makers need to know, without "
                    "patient data, is in {file}."
                ).format(file=output.note_fault(error))
            )
        else:
            return DONE
        return REFUSED


def _do(wanted: Namespace) -> None:
    if wanted.command in _ON_DATABASE:
        with _opened(wanted) as database:
            _ON_DATABASE[wanted.command](database, wanted, _today())
    else:
        _COMMANDS[wanted.command](wanted)


@contextmanager
def _opened(wanted: Namespace) -> Iterator[Database]:
    place = wanted.database or Settings().text(DATABASE)
    if not place:
        raise Refused(
            _("Say which database: write --database FILE, or set {variable}.").format(
                variable=DATABASE_VARIABLE
            )
        )
    database = Database.open(place, actor=Actor(_account()), create=False)
    try:
        yield database
    finally:
        database.close()


def _account() -> str:
    """Whom the change log and the access log name: the account at this machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _list(wanted: Namespace) -> None:
    if wanted.noun == "templates":  # they lie with the program
        listing.show_templates(as_json=wanted.json)
        return
    with _opened(wanted) as database:
        listing.show(database, wanted.noun, as_json=wanted.json)


def _start(wanted: Namespace) -> None:
    with _opened(wanted) as database:
        starting.start(
            database,
            wanted.template,
            wanted.name,
            wanted.start,
            wanted.centre,
            dry_run=wanted.dry_run,
        )


def _export(wanted: Namespace) -> None:
    output.check_target(wanted.out)
    stamp = datetime.now(UTC)
    with _opened(wanted) as database:
        if wanted.group is not None:
            content = calendars.of_group(database, finding.group(database, wanted.group).id, stamp)
        elif wanted.patient is not None:
            content = calendars.of_patient(
                database, finding.patient(database, wanted.patient), stamp
            )
        elif wanted.staff is not None:
            content = calendars.of_staff(
                database, finding.colleague(database, wanted.staff).id, stamp
            )
        else:
            content = calendars.of_room(database, finding.room(database, wanted.room).id, stamp)
        output.write_file(wanted.out, content)
        output.say(str(wanted.out))


def _check(wanted: Namespace) -> None:
    with _opened(wanted) as database:
        found = checks.check(database, _today())
        broken = [one for one in found if one.broken]
        if broken:
            for one in broken:
                output.say(one.text)
            raise Refused(
                ngettext(
                    "{count} fault was found in {name}. Restore a backup, or ask for help.",
                    "{count} faults were found in {name}. Restore a backup, or ask for help.",
                    len(broken),
                ).format(count=len(broken), name=database.name)
            )
        output.say(
            _("{name} is sound (schema {schema}).").format(name=database.name, schema=checks.SCHEMA)
        )
        many = ngettext("{number} clash", "{number} clashes", len(found))
        output.say(many.format(number=len(found)))
        for one in found:
            output.say(one.text)


def _example(wanted: Namespace) -> None:
    example.make(wanted.folder, _today(), Actor(_account()))


def _self_test(_wanted: Namespace) -> None:
    selftest.run(_today())


def _today() -> date:
    """Of the machine's clock: sessions stand at wall-clock times."""
    return datetime.now().astimezone().date()


_COMMANDS: dict[str, Callable[[Namespace], None]] = {
    "example": _example,
    "list": _list,
    "start-group": _start,
    "export": _export,
    "check": _check,
    "self-test": _self_test,
}
_ON_DATABASE: dict[str, Callable[[Database, Namespace, date], None]] = {
    "clashes": planning.show_clashes,
    "move-session": planning.move,
    "absence": planning.absence,
    "plan": plans.plan,
    "import": importing.take_in,
    "publish": publishing.publish,
    "reprint-queue": publishing.show_queue,
    "calendars": publishing.refresh_calendars,
    "pause": publishing.pause,
    "resume": publishing.resume,
    "undo": planning.undo,
    "waiting": placing.show_waiting,
    "enrol": placing.enrol,
    "deviate": placing.deviate,
    "attendance": placing.note,
    "forecast": placing.show_forecast,
    "print": printing.print_papers,
}
