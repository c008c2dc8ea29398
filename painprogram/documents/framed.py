"""What stands around the text of a paper of running pages, and the blocks that such papers share.

Head and foot are the same on every page: the centre, a remark, the day of the content and which
page of how many. Large print sets the same text in 18 points.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from painprogram.documents import fonts, style
from painprogram.documents.face import LOGO_ROOM, NO_FACE, Face
from painprogram.documents.flow import Block, Flow
from painprogram.documents.style import CENTRE, END, Document, Pen, Type
from painprogram.i18n import _

_LARGE = {
    style.TITLE: 38.0,
    style.SECTION: 24.0,
    style.PHONE: 30.0,
    style.NAME: 24.0,
    style.SUBHEADING: 20.0,
    style.STRONG: 20.0,
    style.FOOT: 14.0,
    style.FOOT_STRONG: 14.0,
}
_LARGE_TEXT = 18.0
_BELOW_RULE = 3.0
"""From the rule under the head down to the logo."""
_MOST_LINES = 30
"""A text or a row with more lines may go on on the next page."""


@cache
def sized(role: Type, *, large: bool) -> Type:
    """*role* as it is, or as it is in large print."""
    if not large:
        return role
    size = _LARGE.get(role, _LARGE_TEXT)
    return replace(role, size=size, step=role.step * size / role.size)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands on every page; *running* only from the second on."""

    centre: str
    remark: str
    foot: str
    running: str = ""
    landscape: bool = False
    large: bool = False
    face: Face = NO_FACE

    @property
    def size(self) -> tuple[float, float]:
        return style.LANDSCAPE if self.landscape else style.PORTRAIT

    @property
    def start(self) -> float:
        if self.landscape:
            return 14.0
        return 18.0 if self.large else 17.0

    @property
    def end(self) -> float:
        return self.size[0] - self.start

    @property
    def room(self) -> float:
        return self.end - self.start

    @property
    def top(self) -> float:
        """Where the rule under the head lies."""
        at = self._head_line + (3.5 if self.large else 3.0)
        return at + (len(self._head) - 1) * self.role(style.EMPHASIS).step

    @property
    def foot_rule(self) -> float:
        """Above the foot, however many lines that has."""
        step = self.role(style.FOOT).step
        return self._lowest - (len(self._foot) - 1) * step - self.role(style.FOOT).size * 0.48

    def role(self, role: Type) -> Type:
        return self.face.tinted(sized(role, large=self.large))

    def flow(self) -> Flow:
        """The room for text: below the head, and on later pages below what runs along."""
        role = self.role(style.NAME)
        lines = len(self._running)
        later = self.top + (2.5 + lines * role.step if lines else 0.0)
        return Flow(self.top, later, self.foot_rule - 3.5)

    @property
    def _lowest(self) -> float:
        """The last baseline of the foot."""
        if self.landscape:
            return 203.0
        return 283.0 if self.large else 285.5

    @property
    def _head_line(self) -> float:
        return 15.0 if self.landscape else 16.0

    @property
    def _head(self) -> tuple[str, ...]:
        aside = self.role(style.QUIET).width(self.remark)
        if aside > self.room / 2:
            return self.role(style.EMPHASIS).wrap(self.centre, self.room) + self._remark
        return self.role(style.EMPHASIS).wrap(self.centre, self.room - aside - 6) or ("",)

    @property
    def _remark(self) -> tuple[str, ...]:
        """The remark in lines of its own where it is long."""
        role = self.role(style.QUIET)
        return role.wrap(self.remark, self.room) if role.width(self.remark) > self.room / 2 else ()

    @property
    def _running(self) -> tuple[str, ...]:
        return self.role(style.NAME).wrap(self.running, self.room) if self.running else ()

    @property
    def _foot(self) -> tuple[str, ...]:
        widest = self.role(style.FOOT_STRONG).width(_page(88, 88))
        words = f"{self.foot} {self.face.footer}".strip()
        return self.role(style.FOOT).wrap(words, self.room - widest - 6) or ("",)

    def draw(self, document: Document, flow: Flow, bookmark: str = "") -> None:
        """All pages of *flow*; by *bookmark* a reader of the file finds the first."""
        if bookmark:
            self.mark(document, bookmark)
        for number, blocks in enumerate(flow.pages, start=1):
            pen = Pen(document, self.size)
            self.draw_around(pen, number, len(flow.pages))
            for top, block in blocks:
                block.draw(pen, top)
            pen.finish()

    def mark(self, document: Document, words: str) -> None:
        """Let the outline of the file lead to the page that comes next."""
        canvas = document.canvas
        key = f"paper-{canvas.getPageNumber()}"
        canvas.bookmarkPage(key)
        canvas.addOutlineEntry(fonts.clean(words), key, 0)

    def draw_around(self, pen: Pen, number: int, total: int) -> None:
        """Head and foot of page *number*."""
        self._draw_head(pen, number)
        self._draw_foot(pen, number, total)

    def _draw_head(self, pen: Pen, number: int) -> None:
        emphasis, quiet = self.role(style.EMPHASIS), self.role(style.QUIET)
        aside = len(self._remark)
        lines = self._head[: len(self._head) - aside]
        y = pen.lines(self.start, self._head_line, lines, emphasis)
        if aside:
            pen.lines(self.start, y + emphasis.step, self._remark, quiet)
        else:
            pen.text(self.end, self._head_line, self.remark, quiet, END)
        pen.rule(self.start, self.end, self.top, style.HEAVY_RULE, self.face.accent)
        if number == 1:
            self.face.draw_logo(pen, self.end, self.top + _BELOW_RULE)
        else:
            name = self.role(style.NAME)
            pen.lines(self.start, self.top + 2.5 + name.step * 0.8, self._running, name)

    def _draw_foot(self, pen: Pen, number: int, total: int) -> None:
        role, strong = self.role(style.FOOT), self.role(style.FOOT_STRONG)
        pen.rule(self.start, self.end, self.foot_rule, style.HAIR_RULE, style.LINE)
        lowest = self._lowest
        first = lowest - (len(self._foot) - 1) * role.step
        pen.lines(self.start, first, self._foot, role)
        page = _page(number, total)
        taken = pen.text(self.end, lowest, page, strong, END)
        if number < total:
            on = _("Continues on the next page")
            free_start = self.start + max(role.width(line) for line in self._foot)
            free_end = self.end - taken
            if strong.width(on) + 6 <= free_end - free_start:
                pen.text((free_start + free_end) / 2, lowest, on, strong, CENTRE)
            else:
                pen.text(self.end, lowest + strong.step, on, strong, END)


def _page(number: int, total: int) -> str:
    return _("Page {number} of {total}").format(number=number, total=total)


# Blocks


def text(x: float, room: float, words: str, role: Type, gap: float) -> Block:
    """One paragraph whose first baseline is *gap* below; without words it takes no place."""
    return lines(x, role.wrap(words, room), role, gap)


def lines(x: float, wrapped: Sequence[str], role: Type, gap: float) -> Block:
    def draw(pen: Pen, y: float) -> None:
        pen.lines(x, y + gap, wrapped, role)

    return Block(gap + (len(wrapped) - 1) * role.step if wrapped else 0.0, draw)


def joined(blocks: Iterable[Block]) -> Block:
    """One block of several below each other."""
    known = tuple(block for block in blocks if block.height)

    def draw(pen: Pen, y: float) -> None:
        for block in known:
            block.draw(pen, y)
            y += block.height

    return Block(sum(block.height for block in known), draw)


def beside(*blocks: Block) -> Block:
    """Blocks drawn from the same height, as high as the highest."""

    def draw(pen: Pen, y: float) -> None:
        for block in blocks:
            block.draw(pen, y)

    return Block(max(block.height for block in blocks), draw)


def add_text(flow: Flow, frame: Frame, words: str, role: Type, gap: float) -> None:
    """A paragraph; one that is very long may be divided between pages."""
    used = frame.role(role)
    wrapped = used.wrap(words, frame.room)
    for first in range(0, len(wrapped), _MOST_LINES):
        part = wrapped[first : first + _MOST_LINES]
        flow.add(lines(frame.start, part, used, used.step if first else gap))


def title(frame: Frame, words: str, below: Iterable[tuple[str, Type]]) -> Block:
    """The heading of the paper, and lines about it."""
    role = frame.role(style.TITLE)
    room = frame.room - (LOGO_ROOM[0] + 4 if frame.face.logo else 0)
    blocks = [text(frame.start, room, words, role, role.step * 1.1)]
    for line, kind in below:
        used = frame.role(kind)
        blocks.append(text(frame.start, room, line, used, used.step * 1.25))
    return joined(blocks)


def section(frame: Frame, words: str) -> Block:
    role = frame.role(style.SECTION)
    return text(frame.start, frame.room, words, role, role.step * 1.75)


# Tables


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    x: float
    room: float
    at_end: bool = False
    """Its text ends at the end of the column: numbers."""


Cell = Sequence[tuple[str, Type]]
"""Paragraphs below each other, each in its look."""
_ABOVE, _BELOW = 4.9, 2.2
"""From the rule above a row to its first baseline, from its last to the rule below."""
_GAP = 0.3


Aside = Callable[[Pen, float], None]


@dataclass(frozen=True, slots=True)
class Row:
    cells: Sequence[Cell]
    new_part: bool = False
    """A line over the whole width stands above it."""
    aside: Aside | None = None
    """Draws something more at the row's first baseline."""


def add_table(
    flow: Flow, frame: Frame, columns: Sequence[Column], rows: Sequence[Row], gap: float = 7.0
) -> None:
    """A table whose heads come again on every page that it goes on to."""
    head = _head(frame, columns, gap)
    blocks = [block for row in rows for block in _row(frame, columns, row)]
    for number, block in enumerate(blocks):
        if number == 0 or block.height + _BELOW > flow.room:
            if number or head.height + block.height + _BELOW > flow.room:
                flow.new_page()
            flow.add(joined([head, block]))
        else:
            flow.add(block)


def _head(frame: Frame, columns: Sequence[Column], gap: float) -> Block:
    role = frame.role(style.HEAD)
    wrapped = [role.wrap(column.heading, column.room) for column in columns]
    tall = max((len(each) for each in wrapped), default=1)
    lowest = gap + (tall - 1) * role.step

    def draw(pen: Pen, y: float) -> None:
        for column, each in zip(columns, wrapped, strict=True):
            _write(pen, column, each, role, y + lowest - (len(each) - 1) * role.step)
        pen.rule(frame.start, frame.end, y + lowest + 2.0, style.TABLE_RULE, style.TEXT)

    return Block(lowest + 2.0, draw)


def _write(pen: Pen, column: Column, wrapped: Sequence[str], role: Type, y: float) -> None:
    for number, words in enumerate(wrapped):
        at = y + number * role.step
        if column.at_end:
            pen.text(column.x + column.room, at, words, role, END)
        else:
            pen.text(column.x, at, words, role)


def _row(frame: Frame, columns: Sequence[Column], row: Row) -> list[Block]:
    """One block, or several where a cell has very many lines."""
    cells = [
        [(line, role) for words, role in cell for line in role.wrap(words, column.room)]
        for column, cell in zip(columns, row.cells, strict=True)
    ]
    tall = max((len(each) for each in cells), default=0)
    return [
        _row_part(
            frame, columns, [each[first : first + _MOST_LINES] for each in cells], row, first == 0
        )
        for first in range(0, max(tall, 1), _MOST_LINES)
    ]


def _row_part(
    frame: Frame,
    columns: Sequence[Column],
    cells: Sequence[Sequence[tuple[str, Type]]],
    row: Row,
    begins: bool,  # noqa: FBT001 -- said once, above
) -> Block:
    above = _ABOVE * (1.5 if frame.large else 1.0)
    deepest = max((sum(role.step + _GAP for _w, role in each[1:]) for each in cells), default=0.0)
    height = above + deepest + _BELOW

    def draw(pen: Pen, y: float) -> None:
        if row.new_part and begins:
            pen.rule(frame.start, frame.end, y, style.WEEK_RULE, style.LINE)
        if row.aside and begins:
            row.aside(pen, y + above)
        for column, each in zip(columns, cells, strict=True):
            at = y + above
            for number, (words, role) in enumerate(each):
                at += role.step + _GAP if number else 0.0
                _write(pen, column, (words,), role, at)
        pen.rule(frame.start, frame.end, y + height, style.HAIR_RULE, style.HAIRLINE)

    return Block(height, draw)
