"""What a sheet said when it was printed, and what it would say now.

Kept beside each print, by key: when and where, whom with; of everything else only whether it is
still the same. No patient's name, no reason, no title of a visit.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from painprogram import i18n
from painprogram.documents.sheet import Sheet
from painprogram.domain.schedule import STAYS_AWAY, Line
from painprogram.domain.sessions import Leader, Session, Visit
from painprogram.i18n import N_, _
from painprogram.usecases.sheets import Filled

Printed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing on a sheet that is no longer as it was printed."""

    what: str
    old: str = ""
    new: str = ""

    @property
    def words(self) -> str:
        if self.old and self.new:
            return f"{self.what}: {self.old} → {self.new}"
        if self.new:
            return _("{what}: new, {new}").format(what=self.what, new=self.new)
        if self.old:
            return _("{what}: taken away, {old}").format(what=self.what, old=self.old)
        return self.what


def digest(sheet: Sheet) -> str:
    """Of everything that stands on the sheet but its number and its days."""
    plain = replace(sheet, version=0, dated=date.min, printed=date.min)
    return hashlib.sha256(repr(plain).encode()).hexdigest()


def as_printed(filled: Filled, *, chosen: bool) -> Printed:
    """What is kept of a sheet; *chosen*: in a language somebody asked for, not the patient's."""
    return {
        "chosen": chosen,
        "lines": [as_kept(line) for line in filled.lines],
        "parts": {key: _mark(read(filled.sheet)) for key, read in _READ.items()},
    }


def starts(printed: Printed | None) -> list[datetime]:
    return [datetime.fromisoformat(line["start"]) for line in (printed or {}).get("lines", ())]


def title(held: Session | Visit) -> str:
    return held.numbered_title if isinstance(held, Session) else held.title


def leaders(held: Session | Visit) -> tuple[Leader, ...]:
    if isinstance(held, Session):
        return held.leaders
    return (held.leader,) if held.leader else ()


def as_kept(line: Line) -> dict[str, Any]:
    """When, where and whom with, by key: nothing that tells whose it is."""
    held = line.session
    kept: dict[str, Any] = {
        "key": str(held.id),
        "start": held.start.isoformat(timespec="minutes"),
        "minutes": held.minutes,
        "room": held.room_name,
        "leaders": [str(leader.staff_id) for leader in leaders(held)],
    }
    if isinstance(held, Visit):
        kept["visit"] = True
    if held.cancelled:
        kept["cancelled"] = True
    if line.kind in STAYS_AWAY:
        kept["off"] = True
    if line.instead_of is not None:
        kept["instead"] = str(line.instead_of.id)
    return kept


_PARTS = {
    "name": N_("Name or number"),
    "contact": N_("Contact person or phone"),
    "practical": N_("What to bring, the way there, or how to cancel"),
    "promise": N_("Commitment, goals or home practice"),
    "programme": N_("Name of the programme"),
}
_READ: Mapping[str, Callable[[Sheet], object]] = {
    "name": lambda s: (s.patient, s.masked_number),
    "contact": lambda s: (s.centre, s.contact, s.contact_title, s.phone, s.phone_hours),
    "practical": lambda s: (s.bring, s.directions, s.cancelling),
    "promise": lambda s: (s.sentences, s.goals, s.home),
    "programme": lambda s: s.programme,
}


def _mark(read: object) -> str:
    return hashlib.sha256(repr(read).encode()).hexdigest()[:12]


def promises_as(printed: Printed | None, promise: object) -> bool | None:
    """Whether a printed sheet says ``sheets.promise`` so; None: it is not known."""
    kept = (printed or {}).get("parts", {}).get("promise")
    return None if kept is None else kept == _mark(promise)


# Old and new, in words of whoever looks at the queue.


@dataclass(frozen=True, slots=True)
class Names:
    """What keys are called, in the language in use."""

    titles: Mapping[UUID, str]
    staff: Mapping[UUID, str]

    def title(self, line: Mapping[str, Any]) -> str:
        known = self.titles.get(UUID(line["key"]))
        return known or (_("Individual visit") if line.get("visit") else _("A session"))

    def leaders(self, line: Mapping[str, Any]) -> str:
        names = [self.staff.get(UUID(key), "") for key in line["leaders"]]
        return i18n.joined([name for name in names if name]) or _("no leader")


def differences(old: Printed | None, new: Printed, names: Names) -> tuple[Difference, ...]:
    """What differs; where nothing was kept of the print, nothing is known but that it does."""
    if old is None:
        return (Difference(_("Printed before the program kept what was printed")),)
    told = [*moved(old, new, names)]
    told += [
        Difference(_(_PARTS[part]))
        for part, mark in new["parts"].items()
        if old["parts"].get(part) != mark
    ]
    return tuple(told) or (Difference(_("Words on the sheet")),)


def moved(old: Printed | None, new: Printed, names: Names) -> tuple[Difference, ...]:
    """The lines that differ, in order of time."""
    if old is None:
        return ()
    before, after = ({line["key"]: line for line in one["lines"]} for one in (old, new))
    swapped = {
        line["instead"]: line
        for key, line in after.items()
        if line.get("instead") in before and key not in before
    }
    found: list[tuple[str, Difference]] = []
    for key, line in before.items():
        now = after.get(key) or swapped.get(key)
        if now != line:
            found.append((line["start"], _of_line(line, now, names)))
    known = {line["key"] for line in swapped.values()}
    for key, line in after.items():
        if key not in before and key not in known:
            found.append((line["start"], _of_line(None, line, names)))
    return tuple(one for _start, one in sorted(found, key=lambda pair: pair[0]))


def _of_line(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, names: Names
) -> Difference:
    if old is None or new is None:
        known = new or old or {}
        title = names.title(known)
        return Difference(title, _place(old) if old else "", _place(new) if new else "")
    title = names.title(old)
    if _state(old) != _state(new):
        return Difference(title, _state(old) or _place(old), _state(new) or _place(new))
    time_differs = (old["start"], old["minutes"]) != (new["start"], new["minutes"])
    where_differs = old["room"] != new["room"]
    if time_differs or where_differs or old["key"] != new["key"]:
        whole = old["minutes"] != new["minutes"]
        return Difference(title, _place(old, whole=whole), _place(new, whole=whole))
    if old["leaders"] != new["leaders"]:
        return Difference(title, names.leaders(old), names.leaders(new))
    return Difference(title, _place(old), _place(new))


def _state(line: Mapping[str, Any]) -> str:
    if line.get("off"):
        return _("does not go")
    return _("Cancelled") if line.get("cancelled") else ""


def _place(line: Mapping[str, Any], *, whole: bool = False) -> str:
    """``tis 10 nov 10.00 Lokal 2``."""
    start = datetime.fromisoformat(line["start"])
    end = start + timedelta(minutes=line["minutes"])
    clock = i18n.clock_range(start, end) if whole else i18n.clock(start)
    return f"{i18n.day_short(start.date())} {clock} {line['room']}".rstrip()
