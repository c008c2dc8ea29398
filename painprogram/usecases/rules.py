"""How hard a centre takes each rule; and what holds whatever a change does.

A change says which sessions and visits it touches, and ``kept`` sees to the rest: what blocks is
refused, what must be acknowledged asks for a reason and keeps it, information stops nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.clashes import Clash, spans_of_weeks
from painprogram.domain.errors import NeedsReason, Refused
from painprogram.domain.rules import Level, Rule, Rules, Setting, check_most
from painprogram.domain.rules.facts import facts, subject
from painprogram.domain.rules.loads import gathered
from painprogram.i18n import _
from painprogram.storage.database import Database
from painprogram.storage.tables import (
    AcknowledgementRow,
    CentreRow,
    RuleSettingRow,
    SessionRow,
    VisitRow,
)
from painprogram.usecases.standing import Standing

LONGEST_REASON = 200
MOST_SENTENCES = 3
"""Of what blocks, in one refusal."""
MOST_FINDINGS = 6
"""Of what must be acknowledged, in one question."""


def levels(database: Database, centre_id: UUID) -> Rules:
    """The rules of a centre."""
    with database.read() as db:
        return of_centre(db, centre_id)


def of_centre(db: Db, centre_id: UUID) -> Rules:
    rows = db.scalars(select(RuleSettingRow).where(RuleSettingRow.centre_id == centre_id))
    return Rules({Rule(row.rule): Setting(Level(row.level), row.most) for row in rows})


def set_level(
    database: Database, centre_id: UUID, rule: Rule, level: Level, most: int | None = None
) -> Rules:
    """How hard a centre takes a rule, and its limit; without *most* the limit stays as it is."""
    check_most(rule, most)
    words = _("Change the rule {rule}").format(rule=rule.label)
    with database.change(words) as db:
        row = db.scalar(
            select(RuleSettingRow).where(
                RuleSettingRow.centre_id == centre_id, RuleSettingRow.rule == rule.value
            )
        )
        if row is None:
            row = RuleSettingRow(
                centre_id=db.get_one(CentreRow, centre_id).id, rule=rule.value, level=level.value
            )
            db.add(row)
        row.level = level.value
        if most is not None:
            row.most = most
        db.flush()
        return of_centre(db, centre_id)


def as_usual(database: Database, centre_id: UUID, rule: Rule) -> Rules:
    """Give a rule its usual level and limit again."""
    with database.change(_("Change the rule {rule}").format(rule=rule.label)) as db:
        rows = db.scalars(
            select(RuleSettingRow).where(
                RuleSettingRow.centre_id == centre_id, RuleSettingRow.rule == rule.value
            )
        )
        for row in rows:
            db.delete(row)
        db.flush()
        return of_centre(db, centre_id)


def all_as_usual(database: Database, centre_id: UUID) -> Rules:
    """Give every rule its usual level and limit again."""
    with database.change(_("Set all rules as usual")) as db:
        for row in db.scalars(select(RuleSettingRow).where(RuleSettingRow.centre_id == centre_id)):
            db.delete(row)
        db.flush()
        return of_centre(db, centre_id)


@contextmanager
def kept(
    db: Db,
    occasion_ids: Collection[UUID],
    today: date | None = None,
    reason: str = "",
    who: str = "",
) -> Iterator[None]:
    """Hold what is done within against the rules; used inside ``database.change``.

    *occasion_ids* are the sessions and visits that are touched; those that are made meanwhile may
    be added to it. Only what is new counts: a clash that stood before stops nobody.
    """
    words = check_reason(reason)
    before: dict[object, int] = {}
    _note(before, _standing(db, occasion_ids, today), ())
    yield
    db.flush()
    standing = _standing(db, occasion_ids, today)
    if standing is None:
        return
    keys = frozenset(occasion_ids)
    found = _new(standing.clashes(moved=True), before, keys)
    if found:  # seldom: what would clash without them too is none of their doing
        _note(before, standing, occasion_ids)
        _settle(db, standing, _new(found, before, keys), keys, words, who)


def _new(
    found: Iterable[Clash], before: Mapping[object, int], keys: Collection[UUID]
) -> list[Clash]:
    return [
        clash
        for clash in found
        if clash.weight > before.get(clash.key, -1) and _concerns(clash, keys)
    ]


def check_reason(reason: str) -> str:
    words = " ".join(reason.split())
    if len(words) > LONGEST_REASON:
        raise Refused(
            _("The reason is too long: {most} characters at most.").format(most=LONGEST_REASON)
        )
    return words


def _concerns(clash: Clash, keys: Collection[UUID]) -> bool:
    """What has simply happened before today is no clash; only what is put there is."""
    return clash.rule is not Rule.PAST or clash.occasion in keys


def _standing(db: Db, keys: Collection[UUID], today: date | None) -> Standing | None:
    """The weeks that these stand in now; None where they do not stand anywhere."""
    wanted = list(keys)
    held = db.execute(
        select(SessionRow.start, SessionRow.group_id).where(SessionRow.id.in_(wanted))
    ).all()
    days = [row.start.date() for row in held]
    days += [
        start.date() for start in db.scalars(select(VisitRow.start).where(VisitRow.id.in_(wanted)))
    ]
    if not days:
        return None
    groups = {row.group_id for row in held}
    return Standing(db, *spans_of_weeks(min(days), max(days)), today=today, ordered=groups)


def _note(known: dict[object, int], standing: Standing | None, but: Collection[UUID]) -> None:
    """How much there is of each clash, without what *but* has a part in."""
    if standing is None:
        return
    found = standing.without(but, moved=True) if but else standing.clashes(moved=True)
    for clash in found:
        known[clash.key] = max(known.get(clash.key, -1), clash.weight)


def _settle(
    db: Db,
    standing: Standing,
    found: list[Clash],
    keys: frozenset[UUID],
    reason: str,
    who: str,
) -> None:
    """Refuse, ask for a reason, or keep the one that was given."""
    new = list(gathered(found))
    said = [(standing.level(clash), clash) for clash in new]
    blocking = [clash for level, clash in said if level is Level.BLOCKS]
    if blocking:
        raise Refused(" ".join(_sentences(standing, blocking, keys)[:MOST_SENTENCES]))
    asked = [clash for level, clash in said if level is Level.ACKNOWLEDGE]
    if asked and not reason:
        raise NeedsReason(_shortened(_sentences(standing, asked, keys)))
    for clash in asked:
        acknowledge(db, standing, clash, reason, who)


def _shortened(found: list[str]) -> tuple[str, ...]:
    """What a dialog can hold: a place in a group may clash at every session of it."""
    more = len(found) - MOST_FINDINGS
    if more <= 1:
        return tuple(found)
    rest = _("And {number} more of the same kind.").format(number=more)
    return (*found[:MOST_FINDINGS], rest)


def _sentences(standing: Standing, found: list[Clash], keys: frozenset[UUID]) -> list[str]:
    """As seen from what is changed; where several are, each with its title."""
    said = []
    for clash in found:
        turned = clash.other in keys and clash.occasion not in keys
        words = standing.sentence(clash, turned=turned)
        one = clash.other if turned and clash.other else clash.occasion
        if len(keys) > 1 or one not in keys:
            words = _("{where}: {what}").format(where=standing.where(one), what=words)
        said.append(words)
    return list(dict.fromkeys(said))


def acknowledge(db: Db, standing: Standing, clash: Clash, reason: str, who: str) -> None:
    """Keep that somebody took *clash* upon them: instead of what was said of it before."""
    other = standing.one(clash.other) if clash.other else None
    occasion = standing.one(clash.occasion)
    looked_at = facts(clash, occasion, other)
    for row in acknowledged(db, clash):
        if row.facts == looked_at or subject(row.facts) == subject(looked_at):
            db.delete(row)
    db.add(
        AcknowledgementRow(
            centre_id=occasion.centre,
            rule=clash.rule.value,
            occasion_id=clash.occasion,
            other_id=clash.other,
            facts=looked_at,
            reason=reason,
            acknowledged_by=who,
            acknowledged_at=datetime.now(UTC).replace(tzinfo=None),
        )
    )
    db.flush()


def acknowledged(db: Db, clash: Clash) -> list[AcknowledgementRow]:
    """What has been said of a clash of this rule between these two, whoever came first."""
    pair = [key for key in (clash.occasion, clash.other) if key]
    rows = db.scalars(
        select(AcknowledgementRow).where(
            AcknowledgementRow.rule == clash.rule.value, AcknowledgementRow.occasion_id.in_(pair)
        )
    )
    wanted = {clash.occasion, clash.other}
    return [row for row in rows if {row.occasion_id, row.other_id} == wanted]
