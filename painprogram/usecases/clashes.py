"""What stands against the schedule: every clash, with what it clashes with, in words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.clashes import (
    Clash,
    Occasion,
    Surroundings,
    clashes,
    gathered,
    spans_of_weeks,
)
from painprogram.domain.errors import Refused
from painprogram.domain.rules import HARDEST_FIRST, OF_ONE_PATIENT, Level, Rule
from painprogram.domain.rules.facts import changed, facts, subject
from painprogram.domain.rules.words import sentence
from painprogram.i18n import _
from painprogram.storage.database import Database
from painprogram.storage.tables import AcknowledgementRow
from painprogram.usecases import rules
from painprogram.usecases.availability import staff_time
from painprogram.usecases.occasions import load
from painprogram.usecases.standing import Standing, limits_of, names_of, rules_of

AHEAD = timedelta(days=182)


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """That somebody took a clash upon them."""

    reason: str
    who: str
    when: datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class Found:
    """A clash for a list: where it is, what it is about, and what it clashes with."""

    rule: Rule
    level: Level
    occasion: UUID
    other: UUID | None
    centre_id: UUID
    start: datetime
    title: str
    """``Avslappning 3 (H26 A), tis 10 nov 13.00``"""
    text: str
    """``Anna Berg har Enskilt besök (H26 B) 13.30–14.15 samtidigt.``"""
    other_text: str = ""
    """The same as seen from *other*."""
    other_centre_id: UUID | None = None
    acknowledged: Acknowledged | None = None
    """Holds as long as the facts are those that were acknowledged."""
    asked_again: Acknowledged | None = None
    """Was acknowledged; *changed* says what is no longer so."""
    changed: str = ""
    facts: str = ""
    """What the rule looked at."""

    @property
    def open(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.level is not Level.INFORMATION and self.acknowledged is None

    @property
    def to_acknowledge(self) -> bool:
        return self.open and self.level is Level.ACKNOWLEDGE

    def touches(self, key: UUID) -> bool:
        """Whether the session or visit *key* is one of those involved."""
        return key in (self.occasion, self.other)

    def against(self, key: UUID) -> str:
        """What stands against *key*, one of the two, in a sentence."""
        return self.other_text if key == self.other else self.text


def found(
    database: Database,
    first: date,
    last: date,
    centre_id: UUID | None = None,
    *,
    today: date | None = None,
) -> tuple[Found, ...]:
    """Every clash from *first* to *last*; all centres are looked at, one may be shown.

    With *today* also groups that soon begin with too few. Patients are not named: the list is no
    reading of their data. Who it is, stands on the card of the patient.
    """
    with database.read() as db:
        return found_in(db, first, last, centre_id, today=today)


def open_ahead(database: Database, today: date, centre_id: UUID | None = None) -> tuple[Found, ...]:
    """The clashes of the half year ahead that block or must be acknowledged, and are not yet."""
    every = found(database, today, today + AHEAD, centre_id, today=today)
    return tuple(one for one in every if one.open)


def found_in(
    db: Db,
    first: date,
    last: date,
    centre_id: UUID | None = None,
    *,
    today: date | None = None,
) -> tuple[Found, ...]:
    standing = Standing(db, *spans_of_weeks(first, last), today=today)
    every = [clash for clash in standing.clashes() if _within(standing, clash, first, last)]
    if centre_id:
        every = [clash for clash in every if centre_id in _centres(standing, clash)]
    said = _Said(db)
    told = [_told(standing, clash, said) for clash in gathered(every)]
    return tuple(
        sorted(told, key=lambda f: (f.start, HARDEST_FIRST.index(f.level), f.title, f.text))
    )


def acknowledge(database: Database, clash: Found, reason: str) -> None:
    """Take a clash upon you, and say why. It is asked again when the facts change."""
    acknowledge_all(database, (clash,), reason)


def acknowledge_all(database: Database, found: Sequence[Found], reason: str) -> None:
    """The same of several, in one step."""
    words = rules.check_reason(reason)
    if not words:
        raise Refused(_("Write why it is to be so all the same."))
    with database.change(_("Acknowledge a clash")) as db:
        for clash in found:
            standing, now = _now(db, clash)
            level = standing.level(now)
            if level is Level.BLOCKS:
                raise Refused(
                    _(
                        "This can't be acknowledged: the rule {rule} blocks. "
                        "Move one of them, or change the level of the rule in the settings."
                    ).format(rule=clash.rule.label)
                )
            rules.acknowledge(db, standing, now, words, database.actor.name)


def withdraw(database: Database, clash: Found) -> None:
    """Take back what was acknowledged: the clash is open again."""
    with database.change(_("Withdraw the acknowledgement of a clash")) as db:
        rows = [
            row
            for row in rules.acknowledged(db, _as_clash(clash))
            if subject(row.facts) == subject(clash.facts)
        ]
        if not rows:
            raise Refused(_("Nobody has acknowledged this clash."))
        for row in rows:
            db.delete(row)


def _now(db: Db, wanted: Found) -> tuple[Standing, Clash]:
    """The clash as it is now; refused where it is another one, or gone."""
    day = wanted.start.date()
    standing = Standing(db, *spans_of_weeks(day, day), today=day)
    for clash in gathered(standing.clashes()):
        alike = (clash.rule, clash.occasion, clash.other) == (
            wanted.rule,
            wanted.occasion,
            wanted.other,
        )
        if alike and _facts(standing, clash) == wanted.facts:
            return standing, clash
    raise Refused(_("The clash is no longer as it was. Look at it as it is now."))


def _as_clash(clash: Found) -> Clash:
    return Clash(clash.rule, clash.occasion, clash.other)


def _facts(standing: Standing, clash: Clash) -> str:
    other = standing.one(clash.other) if clash.other else None
    return facts(clash, standing.one(clash.occasion), other)


class _Said:
    """Everything that has been acknowledged, by rule and pair."""

    def __init__(self, db: Db) -> None:
        self._rows: dict[tuple[str, frozenset[UUID | None]], list[AcknowledgementRow]]
        self._rows = defaultdict(list)
        for row in db.scalars(
            select(AcknowledgementRow).order_by(AcknowledgementRow.acknowledged_at)
        ):
            self._rows[row.rule, frozenset((row.occasion_id, row.other_id))].append(row)

    def of(self, clash: Clash, now: str) -> tuple[Acknowledged | None, Acknowledged | None, str]:
        """Holding, or else from before; and what has changed since."""
        pair = frozenset((clash.occasion, clash.other))
        rows = self._rows.get((clash.rule.value, pair), [])
        for row in rows:
            if row.facts == now:
                return _as_acknowledged(row), None, ""
        for row in reversed(rows):
            if clash.rule in OF_ONE_PATIENT or subject(row.facts) == subject(now):
                return None, _as_acknowledged(row), changed(row.facts, now)
        return None, None, ""


def _as_acknowledged(row: AcknowledgementRow) -> Acknowledged:
    return Acknowledged(row.reason, row.acknowledged_by, row.acknowledged_at.replace(tzinfo=UTC))


def _within(standing: Standing, clash: Clash, first: date, last: date) -> bool:
    """Whole weeks were looked at: of what patients can take. Shown are the days asked for."""
    keys = (clash.occasion, clash.other) if clash.other else (clash.occasion,)
    return any(first <= standing.one(key).start.date() <= last for key in keys)


def _centres(standing: Standing, clash: Clash) -> set[UUID | None]:
    keys = (clash.occasion, clash.other) if clash.other else (clash.occasion,)
    return {standing.one(key).centre for key in keys}


def _told(standing: Standing, clash: Clash, said: _Said) -> Found:
    occasion = standing.one(clash.occasion)
    other = standing.one(clash.other) if clash.other else None
    now = facts(clash, occasion, other)
    acknowledged, before, since = said.of(clash, now)
    assert occasion.centre  # noqa: S101 -- everything stands at a centre
    return Found(
        rule=clash.rule,
        level=standing.level(clash),
        occasion=clash.occasion,
        other=clash.other,
        centre_id=occasion.centre,
        start=occasion.start,
        title=standing.where(clash.occasion),
        text=standing.sentence(clash),
        other_text=standing.sentence(clash, turned=True) if other else "",
        other_centre_id=other.centre if other else None,
        acknowledged=acknowledged,
        asked_again=before,
        changed=since,
        facts=now,
    )


# For the other use cases


def against(
    db: Db,
    planned: Iterable[Occasion],
    centre_id: UUID,
    first: date,
    last: date,
) -> dict[UUID, str]:
    """By planned occasion: the hardest thing that stands against it between *first* and *last*.

    A planned one that has the key of something that stands there takes its place. What is only
    good to know is not said.
    """
    ours = {one.id: replace(one, centre=one.centre or centre_id) for one in planned}
    every = {key: held.occasion for key, held in load(db, first, last).items()} | ours
    around = Surroundings(rules_of(db), time=staff_time(db, first, last), limits=limits_of(db))
    names = names_of(db)
    said: dict[UUID, tuple[int, str]] = {}
    for clash in gathered(clashes(every.values(), around)):
        pair = [key for key in (clash.occasion, clash.other) if key]
        level = around.level(clash.rule, *(every[key].centre for key in pair))
        hard = HARDEST_FIRST.index(level)
        for key in pair:
            if level is Level.INFORMATION or key not in ours or said.get(key, (9,))[0] <= hard:
                continue
            turned = key == clash.other
            other = clash.occasion if turned else clash.other
            there = every[other] if other else None
            said[key] = hard, sentence(clash, names, there, turned=turned)
    return {key: words for key, (_hard, words) in said.items()}
