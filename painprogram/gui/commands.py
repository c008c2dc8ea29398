"""The commands of the window in words, signs and keys; what each does, the window says."""

from collections.abc import Callable, Mapping

from painprogram.gui.actions import Command
from painprogram.i18n import N_, _

_TABLE = (
    ("go-today", N_("Go to what waits today"), "today", "Ctrl+1"),
    ("go-sessions", N_("Go to the schedule"), "calendar", "Ctrl+2"),
    ("go-programmes", N_("Go to programmes"), "programme", "Ctrl+3"),
    ("go-patients", N_("Go to patients"), "people", "Ctrl+4"),
    ("go-reception", N_("Go to the reception"), "reception", "Ctrl+5"),
    ("go-settings", N_("Go to settings"), "settings", "Ctrl+,"),
    ("start-group", N_("Start a group"), "plus", "Ctrl+G"),
    ("new-patient", N_("New patient"), "person", "Ctrl+Shift+N"),
    ("waiting", N_("Show who waits"), "clock", "Ctrl+Shift+W"),
    ("show-clashes", N_("Show clashes"), "warning", "Ctrl+Shift+K"),
    ("print-queue", N_("Print what is out of date"), "printer", "Ctrl+Shift+P"),
    ("absence", N_("Enter an absence"), "person", "Ctrl+Shift+F"),
    ("find-time", N_("Find a common time"), "clock", "Ctrl+Shift+T"),
    ("propose-plan", N_("Propose a plan"), "magic", "Ctrl+Shift+L"),
    ("import-patients", N_("Read patients from a file"), "document", ""),
    ("import-staff", N_("Read colleagues from a file"), "document", ""),
    ("export-patients", N_("Save list of patients"), "export", ""),
    ("export-staff", N_("Save list of colleagues"), "export", ""),
    ("today", N_("Go to today"), "today", "Ctrl+T"),
    ("previous-week", N_("Previous week"), "chevron-left", "Ctrl+Shift+Left"),
    ("next-week", N_("Next week"), "chevron-right", "Ctrl+Shift+Right"),
    ("print", N_("Print what is shown"), "printer", "Ctrl+P"),
    ("undo", N_("Undo"), "undo", "Ctrl+Z"),
    ("redo", N_("Redo"), "redo", "Ctrl+Y"),
    ("search", N_("Search or command"), "search", "Ctrl+K"),
    ("help", N_("Help and shortcuts"), "help", "F1"),
)


def commands(do: Mapping[str, Callable[[], object]]) -> tuple[Command, ...]:
    """Every command in the language in use; *do* has what each of them does."""
    return tuple(Command(key, _(text), icon, keys, do[key]) for key, text, icon, keys in _TABLE)
