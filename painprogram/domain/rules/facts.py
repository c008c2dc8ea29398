"""What a rule looked at when a clash was acknowledged, and what has changed since.

Written as text that can be compared and read back: times, keys and counts; never a name.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from painprogram import i18n
from painprogram.domain.rules import OF_ONE_PATIENT, Rule
from painprogram.domain.rules.occasion import Clash, Meeting, Occasion
from painprogram.i18n import N_, _

_TIMELESS = {
    Rule.NEEDS,
    Rule.COMPETENCE,
    Rule.SEATS,
    Rule.EQUIPMENT,
    Rule.FEW,
    Rule.MANY,
}
"""Rules that hold wherever the occasion stands."""
_LED = {Rule.NEEDS, Rule.COMPETENCE}


def facts(clash: Clash, occasion: Occasion | Meeting, other: Occasion | Meeting | None) -> str:
    """The facts of *clash*; the same text as long as they are the same."""
    told: dict[str, Any] = {"about": str(clash.about) if clash.about else None}
    if clash.rule not in _TIMELESS and clash.rule not in OF_ONE_PATIENT:
        told["time"] = _time(occasion)
    if other is not None:
        told["other"] = _time(other)
    if clash.detail:
        told["detail"] = clash.detail
    if clash.mark and (clash.rule in OF_ONE_PATIENT):
        told["day"] = clash.mark
    if clash.rule in OF_ONE_PATIENT:
        told["much"] = clash.weight
    if isinstance(occasion, Occasion):
        if clash.rule in _LED:
            told["leaders"] = _digest(occasion.staff)
        if clash.rule is Rule.PATIENT and isinstance(other, Occasion):
            told["patients"] = _digest(occasion.patients & other.patients)
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def _time(one: Occasion | Meeting) -> str:
    return f"{one.start.isoformat()}/{one.end.isoformat()}"


def _digest(keys: Any) -> str:
    return hashlib.sha256(" ".join(sorted(map(str, keys))).encode()).hexdigest()[:16]


_OTHERWISE = (
    ("about", N_("somebody or something else is concerned")),
    ("leaders", N_("the leaders are others")),
    ("patients", N_("the patients are others")),
    ("detail", N_("there is more or less of it")),
    ("much", N_("there is more or less of it")),
    ("day", N_("it is about another day")),
)


def changed(then: str, now: str) -> str:
    """What differs between two facts, in words: ``the time was tis 10 nov 13.00–14.00``."""
    before, after = _read(then), _read(now)
    said = []
    for key, words in (
        ("time", N_("its time was {time}")),
        ("other", N_("the other's time was {time}")),
    ):
        if before.get(key) != after.get(key) and before.get(key):
            said.append(_(words).format(time=_when(before[key])))
    counted = _counts(before, after)
    if counted:
        said.append(counted)
    for key, words in _OTHERWISE:
        if before.get(key) != after.get(key) and not (counted and key in ("detail", "much")):
            said.append(_(words))
    return i18n.joined(list(dict.fromkeys(said)))


def _counts(before: dict[str, Any], after: dict[str, Any]) -> str:
    """``14 of 12 then, 15 of 12 now``, where what differs are numbers."""
    one, two = str(before.get("detail", "")), str(after.get("detail", ""))
    if one == two or not all(part.isdigit() for part in f"{one}/{two}".split("/")):
        return ""
    return _("it was {before} then and is {after} now").format(
        before=one.split("/", maxsplit=1)[0], after=two.split("/", maxsplit=1)[0]
    )


def _when(written: str) -> str:
    start, end = (datetime.fromisoformat(part) for part in written.split("/"))
    return f"{i18n.day_short(start.date())} {i18n.clock_range(start, end)}"


def subject(written: str) -> tuple[str | None, str | None]:
    """What tells two clashes of one rule and one pair apart: who it is about, and which day."""
    told = _read(written)
    return told.get("about"), told.get("day")


def _read(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
