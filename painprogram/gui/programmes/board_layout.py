"""A programme as rows of tiles over weeks: where each stands, before anything is painted."""

from collections import defaultdict
from dataclasses import dataclass, replace

from painprogram.domain.cost import Load, load, weeks_of
from painprogram.domain.programmes import Content, ModuleKind, Placement, Strand
from painprogram.gui.programmes import wording
from painprogram.i18n import _


@dataclass(frozen=True, slots=True)
class Tile:
    """One session or visit of the programme, or the stretch in which a linked lecture may stand."""

    strand: str
    kind: ModuleKind
    first: int
    """Column, from 0."""
    last: int
    title: str
    detail: str
    words: str
    """As a screen reader says it."""
    short: bool
    """A number or a letter, set larger than words."""
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the board."""

    kind: ModuleKind
    title: str
    detail: str
    tiles: tuple[Tile, ...]
    links: tuple[tuple[int, int], ...] = ()
    """What must come before what: positions in *tiles*."""

    @property
    def low(self) -> bool:
        """Its tiles are long, and say all they have to say on one line."""
        return self.kind is ModuleKind.LINKED

    @property
    def lanes(self) -> int:
        return 1 + max((tile.lane for tile in self.tiles), default=0)


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Layout:
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    any_week: int
    """Minutes of linked lectures, which stand in no week yet."""


def layout(content: Content) -> Layout:
    asked = load(content)
    weeks = [week for strand in content.strands for week in weeks_of(strand)]
    before, after = any(w < 1 for w in weeks), any(w > content.weeks for w in weeks)
    place = _Columns(content.weeks, before=before, after=after)
    lines = [
        _series(content, strand, place)
        for strand in content.strands
        if strand.placement is Placement.SERIES
    ]
    for placement in (Placement.ONCE, Placement.LINKED, Placement.VISIT):
        for kind in ModuleKind:
            strands = [
                strand
                for strand in content.strands
                if strand.placement is placement and content.module(strand.module).kind is kind
            ]
            if strands:
                lines.append(_together(content, kind, strands, place))
    return Layout(place.columns(asked), tuple(lines), asked.any_week)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Programme weeks as columns, one more for what is before and for what is after."""

    weeks: int
    before: bool
    after: bool

    def of(self, week: int) -> int:
        offset = 0 if self.before else -1
        return max(0, min(week, self.weeks + 1) + offset)

    def columns(self, asked: Load) -> tuple[Column, ...]:
        found = [
            Column(_("wk {week}").format(week=week) if week == 1 else str(week), minutes)
            for week, minutes in enumerate(asked.weeks, 1)
        ]
        if self.before:
            found.insert(0, Column(_("before"), asked.before))
        if self.after:
            found.append(Column(_("after"), asked.after))
        return tuple(found)


def _series(content: Content, strand: Strand, place: _Columns) -> Line:
    module = content.module(strand.module)
    tiles = tuple(
        _tile(content, strand, place, week, week, number)
        for number, week in enumerate(weeks_of(strand), 1)
    )
    return Line(module.kind, str(module.name), wording.times(strand), tiles)


def _together(content: Content, kind: ModuleKind, strands: list[Strand], place: _Columns) -> Line:
    tiles: list[Tile] = []
    for strand in strands:
        if strand.placement is Placement.LINKED:
            last = strand.latest_week or content.weeks
            tiles.append(_tile(content, strand, place, strand.week, last))
        else:
            tiles += [_tile(content, strand, place, week, week) for week in weeks_of(strand)]
    tiles = _stacked(tiles)
    at = {tile.strand: position for position, tile in enumerate(tiles)}
    links = tuple(
        (at[key], at[strand.key]) for strand in strands for key in strand.after if key in at
    )
    if kind is ModuleKind.LINKED:
        detail = _("owned by the open lectures")
    elif kind is ModuleKind.LECTURE:
        detail = _order(content, strands)
    else:
        detail = _("once for each patient")
    return Line(kind, _plural(kind), detail, tuple(tiles), links)


def _tile(
    content: Content, strand: Strand, place: _Columns, first: int, last: int, number: int = 0
) -> Tile:
    module = content.module(strand.module)
    title = wording.strand_title(content, strand)
    where = wording.weeks_of_programme(first, last, content.weeks)
    short = str(number) if number else strand.letter
    detail = wording.initials(module.needs)
    if strand.placement is Placement.LINKED or first > content.weeks:
        detail = where
    numbered = f"{title} {number}" if number else title
    return Tile(
        strand.key,
        module.kind,
        place.of(first),
        place.of(last),
        short or module.card_title,
        detail,
        f"{numbered}, {where}, {wording.needed(module.needs)}"
        if module.needs
        else f"{numbered}, {where}",
        short=bool(short),
    )


def _stacked(tiles: list[Tile]) -> list[Tile]:
    """Tiles over the same weeks under each other."""
    taken: dict[int, set[int]] = defaultdict(set)
    found = []
    for tile in tiles:
        columns = range(tile.first, tile.last + 1)
        lane = next(n for n in range(len(tiles)) if not any(n in taken[c] for c in columns))
        for column in columns:
            taken[column].add(lane)
        found.append(replace(tile, lane=lane))
    return found


def _order(content: Content, strands: list[Strand]) -> str:
    """``A före B, C och D``."""
    said = [wording.before(content, strand) for strand in strands]
    return " ".join(filter(None, said))


def _plural(kind: ModuleKind) -> str:
    return {
        ModuleKind.LECTURE: _("Lectures"),
        ModuleKind.LINKED: _("Linked lectures"),
        ModuleKind.INDIVIDUAL: _("Individual visits"),
        ModuleKind.MEASUREMENT: _("Measurements"),
    }.get(kind, kind.label)
