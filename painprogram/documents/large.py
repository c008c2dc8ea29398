"""The patient sheet in large print: one block for each visit, in type that is read without glasses.

What is wide in the table of the ordinary sheet stands below each other here; nothing is left out.
"""

from collections.abc import Iterable, Sequence

from painprogram import i18n
from painprogram.documents import dates, icons, schedule, style
from painprogram.documents.flow import Block, Flow
from painprogram.documents.fonts import Weight
from painprogram.documents.schedule import People, SheetRow
from painprogram.documents.sheet_content import Sheet
from painprogram.documents.style import CENTRE, END, Document, Pen, Type
from painprogram.i18n import _, ngettext, pgettext

_START, _END = 18.0, 192.0
_ROOM = _END - _START
_LOWEST = 273.0
_PANEL_INSIDE = 6.0
_ICON = 8.6
_TEXT = _START + _ICON + 4.4
"""Where the words beside an icon begin."""
_BAR_OUT, _BAR, _TINT_OUT = 3.6, 2.0, 1.8
_SIGNING = 18.0
_WRITING_LINES, _WRITING_STEP = 3, 13.0

_TITLE = Type(38, Weight.BOLD, style.ACCENT, 14.5)
_SECTION = Type(24, Weight.BOLD, style.ACCENT, 9.6)
_PHONE = Type(30, Weight.BOLD, step=11.4)
_NAME = Type(22, Weight.SEMIBOLD, step=8.8)
_DAY = Type(20, Weight.BOLD, step=8.4)
_STRONG = Type(18, Weight.SEMIBOLD, step=7.9)
_BODY = Type(18, step=7.9)
_QUIET = Type(18, colour=style.SECONDARY, step=7.9)
_HEAD = Type(16, Weight.SEMIBOLD, step=6.6)
_HEAD_QUIET = Type(16, colour=style.SECONDARY, step=6.6)
_FOOT = Type(14, colour=style.SECONDARY, step=5.8)
_FOOT_STRONG = Type(14, Weight.SEMIBOLD, step=5.8)


def draw(document: Document, content: Sheet, recognised: str = "") -> None:
    """All pages of one sheet; *recognised* tells the staff in Swedish what it is."""
    running = _running(content)
    head = _head_lines(content)
    flow = Flow(0.0, _rule_y(head) + 9.0 + (len(running) - 1) * _STRONG.step + 6.0, _LOWEST)
    for block in _opening(content, _rule_y(head)):
        flow.add(block)
    people = schedule.people(content.rows)
    for row, who, year in zip(content.rows, people, schedule.years(content.rows), strict=True):
        flow.add(_visit(row, who, year))
    for block in _below(content):
        flow.add(block)
    flow.new_page()
    for block in _commitment(content):
        flow.add(block)
    for number, blocks in enumerate(flow.pages, start=1):
        pen = Pen(document, style.PORTRAIT)
        _draw_head(pen, head, running if number > 1 else ())
        for top, block in blocks:
            block.draw(pen, top)
        _draw_foot(pen, content, number, len(flow.pages), recognised)
        pen.finish()


# Pieces


def _paragraph(
    words: str, role: Type, gap: float, *, start: float = _START, room: float = _ROOM
) -> Block:
    """Its first baseline is *gap* below; without words it takes no place."""
    lines = role.wrap(words, room)

    def draw_it(pen: Pen, y: float) -> None:
        pen.lines(start, y + gap, lines, role)

    return Block(gap + (len(lines) - 1) * role.step if lines else 0.0, draw_it)


def _joined(blocks: Iterable[Block], below: float = 0.0) -> Block:
    """One block of several, with *below* free under them."""
    known = [block for block in blocks if block.height]

    def draw_all(pen: Pen, y: float) -> None:
        for block in known:
            block.draw(pen, y)
            y += block.height

    return Block(sum(block.height for block in known) + below, draw_all)


def _section(words: str) -> Block:
    return _paragraph(words, _SECTION, 12.5)


# The first page


def _opening(content: Sheet, top: float) -> list[Block]:
    """Whose sheet it is, whom to call, and the heading of what follows."""
    blocks = [
        Block(top, _nothing),
        _paragraph(_("Your schedule"), _TITLE, 16.2),
        _whose(content),
        _paragraph(i18n.comma(content.programme, _period(content)), _BODY, 8.9),
    ]
    if content.contact or content.phone:
        blocks.append(_panel(content))
    held = sum(not row.cancelled for row in content.rows)
    if not content.rows:
        return [*blocks, _paragraph(_("No sessions are planned yet."), _BODY, 12.0)]
    words = ngettext("Your {number} session", "Your {number} sessions", held)
    heading = _joined([_section(words.format(number=held))], below=4.0)
    return [*blocks, heading, Block(0.3, _table_rule)]


def _nothing(_pen: Pen, _y: float) -> None:
    """Draw nothing: the head of the page stands there."""


def _table_rule(pen: Pen, y: float) -> None:
    pen.rule(_START, _END, y, style.TABLE_RULE, style.TEXT)


def _whose(content: Sheet) -> Block:
    """The name with the number at the end of its line, or below."""
    name, number = content.patient, content.masked_number
    if _NAME.width(name) + 6 + _QUIET.width(number) > _ROOM:
        return _joined([_paragraph(name, _NAME, 11.3), _paragraph(number, _QUIET, 8.6)])

    def draw_them(pen: Pen, y: float) -> None:
        pen.text(_START, y + 11.3, name, _NAME)
        pen.text(_END, y + 11.3, number, _QUIET, END)

    return Block(11.3, draw_them)


def _period(content: Sheet) -> str:
    held = [row.start.date() for row in content.rows if not row.cancelled]
    return dates.period(held[0], held[-1]) if held else ""


def _panel(content: Sheet) -> Block:
    x, room = _START + _PANEL_INSIDE, _ROOM - 2 * _PANEL_INSIDE
    if content.contact:
        heading, who = _("Your contact person"), i18n.comma(content.contact, content.contact_title)
    else:
        heading, who = _("Call us"), content.centre
    lines = [
        _paragraph(heading, _BODY, 8.0, start=x, room=room),
        _paragraph(who, _STRONG, 8.2, start=x, room=room),
    ]
    hours = content.phone_hours
    if content.phone and _PHONE.width(content.phone) + 8 + _BODY.width(hours) <= room:

        def draw_phone(pen: Pen, y: float) -> None:
            pen.text(x, y + 11.2, content.phone, _PHONE)
            pen.text(x + room, y + 11.2, hours, _BODY, END)

        lines.append(Block(11.2, draw_phone))
    else:
        lines.append(_paragraph(content.phone, _PHONE, 11.2, start=x, room=room))
        lines.append(_paragraph(hours, _BODY, 8.6, start=x, room=room))
    inner = _joined(lines, below=5.0)

    def draw_panel(pen: Pen, y: float) -> None:
        pen.box(_START, y + 6, _ROOM, inner.height, fill=style.PANEL, corner=style.CORNER)
        inner.draw(pen, y + 6)

    return Block(6 + inner.height, draw_panel)


# One visit


def _visit(row: SheetRow, who: People, year: str) -> Block:
    """Day and time; below, beside the icon, what, who and where."""
    day = dates.day(row.start.date())
    day = f"{day} {year}" if year else day
    room = _END - _TEXT
    own = row.change or (_("No session this day") if row.cancelled else "")
    texts = [
        (row.title, _QUIET if row.cancelled else _STRONG),
        (row.subtitle, _BODY),
        *((i18n.comma(name, profession), _BODY) for name, profession in who),
        ("" if row.cancelled else row.room, _BODY),
        (own, _STRONG),
    ]
    words = _joined(
        (_paragraph(text, role, 7.9, start=_TEXT, room=room) for text, role in texts), below=5.0
    )
    heading = _heading(day, row)
    height = heading.height + 1.6 + words.height

    def draw_visit(pen: Pen, y: float) -> None:
        if row.change and not row.cancelled:
            pen.box(_START - _BAR_OUT, y + 0.4, _BAR, height - 0.8, fill=style.TEXT)
            inside = _START - _BAR_OUT + _BAR
            across = _END + _TINT_OUT - inside
            pen.box(inside, y + 0.4, across, height - 0.8, fill=style.PANEL)
        heading.draw(pen, y)
        top = y + heading.height + 1.6
        words.draw(pen, top)
        if not row.cancelled:
            icons.draw(pen, row.kind, _START + _ICON / 2, top + 5.9, _ICON, row.letter)
        pen.rule(_START, _END, y + height, style.WEEK_RULE, style.LINE)

    return Block(height, draw_visit)


def _heading(day: str, row: SheetRow) -> Block:
    """The day, and at the end of its line, or below, the time or that it is cancelled."""
    role = _QUIET if row.cancelled else _DAY
    time = i18n.clock_range(row.start, row.end)
    aside = pgettext("session", "Cancelled") if row.cancelled else _("at {time}").format(time=time)
    taken = _DAY.width(aside) + (5 if row.cancelled else 0)
    below = 0.0 if role.width(day) + 6 + taken <= _ROOM else _DAY.step + 1.2
    lines = role.wrap(day, _ROOM)
    gap = 8.8

    def draw_heading(pen: Pen, y: float) -> None:
        last = pen.lines(_START, y + gap, lines, role) + below
        start = _START if below else _END - taken
        if row.cancelled:
            pen.box(start, last - 6.3, taken, 8.2, edge=style.TEXT, weight=1.4, corner=1.4)
            pen.text(start + 2.5, last, aside, _DAY)
        else:
            pen.text(start, last, aside, _DAY)

    return Block(gap + (len(lines) - 1) * role.step + below, draw_heading)


# What stands below the visits


def _below(content: Sheet) -> list[Block]:
    """What is only for the patient, what to bring, how to find us, and what to do otherwise."""
    blocks: list[Block] = []
    if content.not_attending or any(r.change and not r.cancelled for r in content.rows):
        texts = content.not_attending or (_("The rows with a black bar are your own."),)
        blocks += _listed(_("Only for you."), texts, with_bar=True)
    for heading, lines in (
        (_("Bring"), content.bring),
        (_("Find us"), content.directions),
        (_("If you can't come"), content.cancelling),
    ):
        blocks += _listed(heading, lines)
    return blocks


def _listed(heading: str, texts: Sequence[str], *, with_bar: bool = False) -> list[Block]:
    """A heading with its first text, and the others; without texts nothing."""
    if not texts:
        return []
    first, *rest = (_paragraph(text, _BODY, 8.4) for text in texts)
    top = _joined([_section(heading), first])

    def draw_top(pen: Pen, y: float) -> None:
        if with_bar:
            pen.box(_START - _BAR_OUT, y + 5.6, _BAR, 8.4, fill=style.TEXT)
        top.draw(pen, y)

    return [Block(top.height, draw_top), *rest]


def _commitment(content: Sheet) -> list[Block]:
    """Heading, sentences, goals, home practice, and lines to sign on."""
    if not (content.sentences or content.goals or content.home or content.signatures):
        return []
    blocks = []
    first, *rest = [_marked("•", text) for text in content.sentences] or [Block(0.0, _nothing)]
    blocks += [_joined([_section(_("My commitment")), Block(1.5, _nothing), first]), *rest]
    for heading, texts in (
        (_("My goals"), content.goals),
        (_("What I practise at home"), content.home),
    ):
        top = _paragraph(heading, _DAY, 13.0)
        items = [_marked(str(number), text) for number, text in enumerate(texts, start=1)]
        first, *rest = items or [Block(_WRITING_LINES * _WRITING_STEP, _draw_writing_lines)]
        blocks += [_joined([top, first]), *rest]
    if content.review:
        blocks.append(_paragraph(content.review, _BODY, 11.0))
    blocks.append(_joined([_signature(name) for name in content.signatures]))
    return blocks


def _marked(mark: str, text: str) -> Block:
    """One text with its bullet or number before the first line."""
    inner = _paragraph(text, _BODY, 8.6, start=_START + 8, room=_ROOM - 8)

    def draw_it(pen: Pen, y: float) -> None:
        pen.text(_START, y + 8.6, mark, _STRONG)
        inner.draw(pen, y)

    return Block(inner.height, draw_it)


def _draw_writing_lines(pen: Pen, y: float) -> None:
    for number in range(1, _WRITING_LINES + 1):
        pen.rule(_START, _END, y + number * _WRITING_STEP, style.WEEK_RULE, style.LINE)


def _signature(name: str) -> Block:
    caption = _("Date and signature: {name}").format(name=name)
    below = _paragraph(caption, _FOOT, 6.2)

    def draw_it(pen: Pen, y: float) -> None:
        pen.rule(_START, _END, y + _SIGNING, style.WEEK_RULE, style.TEXT)
        below.draw(pen, y + _SIGNING)

    return Block(_SIGNING + below.height, draw_it)


# What stands on every page


def _running(content: Sheet) -> tuple[str, ...]:
    """What later pages repeat: name and masked number."""
    return _STRONG.wrap(f"{content.patient}  {content.masked_number}", _ROOM)


def _head_lines(content: Sheet) -> tuple[str, ...]:
    return _HEAD.wrap(content.centre, _ROOM - _HEAD_QUIET.width(_("Large print")) - 6)


def _rule_y(head: Sequence[str]) -> float:
    return 20.8 + max(0, len(head) - 1) * _HEAD.step


def _draw_head(pen: Pen, head: Sequence[str], running: Sequence[str]) -> None:
    pen.lines(_START, 16.5, head, _HEAD)
    pen.text(_END, 16.5, _("Large print"), _HEAD_QUIET, END)
    pen.rule(_START, _END, _rule_y(head), style.HEAVY_RULE, style.ACCENT)
    pen.lines(_START, _rule_y(head) + 9.0, running, _STRONG)


def _draw_foot(pen: Pen, content: Sheet, number: int, total: int, recognised: str) -> None:
    version = _("Version {number}, {date}").format(
        number=content.version, date=dates.long(content.dated)
    )
    used = pen.text(_START, 284.5, version, _FOOT)
    page = _("Page {number} of {total}").format(number=number, total=total)
    taken = pen.text(_END, 284.5, page, _FOOT_STRONG, END)
    on = _("Continues on the next page")
    start, end = _START + used, _END - taken
    if number < total:
        if _FOOT_STRONG.width(on) + 6 <= end - start:
            pen.text((start + end) / 2, 284.5, on, _FOOT_STRONG, CENTRE)
        else:
            pen.text(_END, 290.2, on, _FOOT_STRONG, END)
    pen.text(_START, 290.2, recognised, style.FOOT)
