"""The commitment on the patient sheet: what is promised, own goals, and who signs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from painprogram.documents import style
from painprogram.documents.columns import END_EDGE, START_EDGE
from painprogram.documents.flow import Block, Draw, Flow
from painprogram.documents.style import Pen, Type
from painprogram.i18n import _

COLUMN_GAP = 8.0
_COLUMN = (END_EDGE - START_EDGE - COLUMN_GAP) / 2
_LEFT, _RIGHT = START_EDGE, START_EDGE + _COLUMN + COLUMN_GAP
_HANG = 5.1
"""From a bullet or number to its text."""
_MOST_BESIDE_SCHEDULE = 4
"""More goals or exercises than this, and the commitment has a page of its own."""
_SENTENCE_STEP, _ITEM_STEP = 5.1, 5.4
_HIGHEST_LIST = 120.0
"""A list higher than this may be divided between pages."""
_WRITING_LINES, _WRITING_STEP = 3, 8.5
_SIGNING = 13.0
"""Least free height above a signature line."""
_CAPTION = 4.3


@dataclass(frozen=True, slots=True)
class Promise:
    """What stands in the commitment."""

    sentences: Sequence[str]
    goals: Sequence[str]
    home: Sequence[str]
    review: str
    signatures: Sequence[str]
    """Who signs, two of them: "Anna Lindgren", "Maja Ek, fysioterapeut"."""


def add(flow: Flow, promise: Promise) -> None:
    """Put the commitment into *flow*, whole where any page can hold it."""
    if max(len(promise.goals), len(promise.home)) > _MOST_BESIDE_SCHEDULE:
        flow.new_page()
    blocks = [*_sentences(promise.sentences), *_goals(promise)]
    ending = _ending(promise)
    height = sum(block.height for block in (*blocks, *ending))
    if height > flow.room:
        flow.new_page()
    spare = min(5.0, max(0.0, flow.room - height + (blocks[0].top_gap if flow.is_fresh else 0)))
    last = blocks.pop()
    for block in blocks:
        flow.add(block)
    flow.add(_joined([last, *_ending(promise, _SIGNING + spare)]))


def _joined(blocks: Sequence[Block]) -> Block:
    """One block of several."""

    def draw(pen: Pen, y: float) -> None:
        for block in blocks:
            block.draw(pen, y)
            y += block.height

    gap = blocks[0].top_gap if blocks else 0.0
    return Block(sum(block.height for block in blocks), draw, gap)


def _sentences(sentences: Sequence[str]) -> list[Block]:
    """The heading with the sentences; down, then across."""

    def draw(pen: Pen, y: float) -> None:
        pen.rule(START_EDGE, END_EDGE, y + 5.1, style.HEAVY_RULE, style.ACCENT)
        pen.text(START_EDGE, y + 12.4, _("My commitment"), style.SECTION)

    half = (len(sentences) + 1) // 2
    marked = [("•", sentence) for sentence in sentences]
    heading = Block(12.4 + (1.5 if marked else 0.0), draw, 10.6)
    first, *rest = _columns(marked[:half], marked[half:], style.BODY)
    return [_joined([heading, first]), *rest]


def _goals(promise: Promise) -> list[Block]:
    """Goals and home practice side by side; the headings stay with the first of each."""

    def draw(pen: Pen, y: float) -> None:
        pen.text(_LEFT, y + 7.6, _("My goals"), style.STRONG)
        pen.text(_RIGHT, y + 7.6, _("What I practise at home"), style.STRONG)

    left, right = (
        [(str(number), text) for number, text in enumerate(texts, start=1)]
        for texts in (promise.goals, promise.home)
    )
    first, *rest = _columns(left, right, style.ITEM, with_writing_lines=True)
    return [_joined([Block(8.2, draw, 7.6), first]), *rest]


_Marked = tuple[str, str]
"""A bullet or number, and the text behind it."""


def _columns(
    left: Sequence[_Marked],
    right: Sequence[_Marked],
    role: Type,
    *,
    with_writing_lines: bool = False,
) -> list[Block]:
    """Two lists side by side as one block; as rows where that would be very high."""
    lists = [_joined([_item(item, x, role) for item in items]) for x, items in _sides(left, right)]
    if with_writing_lines:
        lists = [
            block if items else _writing_lines(x)
            for block, (x, items) in zip(lists, _sides(left, right), strict=True)
        ]
    height = max(block.height for block in lists)
    if height <= _HIGHEST_LIST:
        return [Block(height, _beside(lists))]
    pairs = zip_longest(left, right, fillvalue=("", ""))
    rows = [[_item(a, _LEFT, role), _item(b, _RIGHT, role)] for a, b in pairs]
    if with_writing_lines and not (left and right):
        rows.append([_writing_lines(_RIGHT if left else _LEFT)])
    return [Block(max(block.height for block in row), _beside(row)) for row in rows]


def _sides(
    left: Sequence[_Marked], right: Sequence[_Marked]
) -> tuple[tuple[float, Sequence[_Marked]], tuple[float, Sequence[_Marked]]]:
    return (_LEFT, left), (_RIGHT, right)


def _beside(blocks: Sequence[Block]) -> Draw:
    """Draws *blocks* from the same height."""

    def draw(pen: Pen, y: float) -> None:
        for block in blocks:
            block.draw(pen, y)

    return draw


def _item(item: _Marked, x: float, role: Type) -> Block:
    """One text with its mark before the first line; without text nothing is printed."""
    mark, text = item
    lines = role.wrap(text, _COLUMN - _HANG)
    step = _ITEM_STEP if role is style.ITEM else _SENTENCE_STEP

    def draw(pen: Pen, y: float) -> None:
        if lines:
            pen.text(x, y + step, mark, style.STRONG)
            pen.lines(x + _HANG, y + step, lines, role)

    return Block(step + max(0, len(lines) - 1) * role.step, draw)


def _writing_lines(x: float) -> Block:
    def draw(pen: Pen, y: float) -> None:
        for number in range(1, _WRITING_LINES + 1):
            pen.rule(x, x + _COLUMN, y + number * _WRITING_STEP, style.WEEK_RULE, style.LINE)

    return Block(_WRITING_LINES * _WRITING_STEP, draw)


def _ending(promise: Promise, signing: float = _SIGNING) -> list[Block]:
    """When it is reviewed, and the lines to sign on."""
    review = style.BODY.wrap(promise.review, END_EDGE - START_EDGE)
    captions = [
        style.CAPTION.wrap(_("Date and signature: {name}").format(name=name), _COLUMN)
        for name in promise.signatures
    ]

    def draw_review(pen: Pen, y: float) -> None:
        pen.lines(START_EDGE, y + 6.6, review, style.BODY)

    def draw_signatures(pen: Pen, y: float) -> None:
        for x, caption in zip((_LEFT, _RIGHT), captions, strict=False):
            pen.rule(x, x + _COLUMN, y + signing, style.WEEK_RULE, style.TEXT)
            pen.lines(x, y + signing + _CAPTION, caption, style.CAPTION)

    lowest = max((len(caption) for caption in captions), default=1)
    below = signing + _CAPTION + (lowest - 1) * style.CAPTION.step
    signatures = Block(below, draw_signatures)
    if not review:
        return [signatures]
    return [Block(6.6 + (len(review) - 1) * style.BODY.step, draw_review), signatures]
