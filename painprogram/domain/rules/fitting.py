"""Whether an occasion has what it asks for: leaders, room, participants. Wherever it stands."""

from collections.abc import Iterator

from painprogram.domain.rules import Rule
from painprogram.domain.rules.occasion import Clash, Occasion, Surroundings, folded_competence


def missing_professions(occasion: Occasion) -> Iterator[Clash]:
    """A need that no leader is left to fill. Each leader fills one need."""
    if not occasion.needs:
        return
    left = list(occasion.professions)
    for need in sorted(occasion.needs, key=lambda n: len(n.professions)):
        filled = next((p for p in left if p in need.professions), None)
        if filled is None:
            yield Clash(Rule.NEEDS, occasion.id, detail=str(need))
        else:
            left.remove(filled)


def missing_competence(occasion: Occasion) -> Iterator[Clash]:
    """A competence that none of the leaders has."""
    for name in occasion.competences:
        if folded_competence(name) not in occasion.mastered:
            yield Clash(Rule.COMPETENCE, occasion.id, detail=name)


def too_small_a_room(occasion: Occasion) -> Iterator[Clash]:
    """More participants, own schedules counted in, than the room has seats."""
    many = len(occasion.patients)
    if occasion.seats is not None and many > occasion.seats:
        detail = f"{many}/{occasion.seats}"
        yield Clash(Rule.SEATS, occasion.id, None, occasion.room, detail, many)


def lacking_equipment(occasion: Occasion) -> Iterator[Clash]:
    """Something the module needs is not in the room."""
    if occasion.offered is not None:
        lacking = [each for each in occasion.equipment if each not in occasion.offered]
        if lacking:
            yield Clash(
                Rule.EQUIPMENT,
                occasion.id,
                None,
                occasion.room,
                " ".join(each.value for each in lacking),
                len(lacking),
            )


def too_many(occasion: Occasion) -> Iterator[Clash]:
    """More than the module or the group takes, or by a link beyond the seats of their group."""
    many = len(occasion.patients)
    over = max(occasion.over_quota, many - occasion.largest if occasion.largest is not None else 0)
    if over > 0:
        yield Clash(Rule.MANY, occasion.id, None, None, f"{many}/{many - over}", over)


def too_few(occasion: Occasion, around: Surroundings) -> Iterator[Clash]:
    """Fewer than the group or the module needs, and little time left to find them."""
    if around.today is None or occasion.fewest is None:
        return
    near = around.rules_of(occasion.centre).most(Rule.FEW)
    many = len(occasion.patients)
    if 0 <= (occasion.start.date() - around.today).days <= near and many < occasion.fewest:
        detail = f"{many}/{occasion.fewest}"
        yield Clash(Rule.FEW, occasion.id, None, None, detail, occasion.fewest - many)
