"""The patient sheet: own schedule, commitment and contact person, on one page where it fits.

The texts in the content are in the patient's language already; headings and dates follow it.
"""

from collections.abc import Callable, Iterable, Sequence

from painprogram import i18n
from painprogram.documents import commitment, dates, fonts, large, schedule, style
from painprogram.documents.columns import END_EDGE, START_EDGE
from painprogram.documents.commitment import Promise
from painprogram.documents.flow import Block, Flow
from painprogram.documents.schedule import SheetRow
from painprogram.documents.sheet_content import Sheet
from painprogram.documents.style import CENTRE, END, Document, Pen, Type
from painprogram.domain.patients import LANGUAGES
from painprogram.domain.progress import Progress
from painprogram.i18n import N_, _, ngettext

__all__ = ["Sheet", "SheetRow", "sheet", "sheets"]

_LOWEST = 277.2
"""The last baseline above the foot."""
_BELOW_RUNNING_HEAD = 9.0
_ABOVE_TABLE = 5.8
"""Down to the baseline of its heads."""
_LOGO_ROOM = (40.0, 11.5)
_PANEL_START, _PANEL_TOP, _PANEL_INSIDE = 119.0, 22.5, 5.0
_PRACTICAL, _PRACTICAL_GAP = 54.7, 6.0


def sheet(content: Sheet, *, large_print: bool = False, twin: Sheet | None = None) -> bytes:
    """The PDF of one sheet; *twin* is the same in Swedish, printed behind it for the staff."""
    with i18n.using(content.language or i18n.language()):
        title, large = _("Your schedule"), (large_print,)
        return _printed((content,), title, content.centre, None, large, (twin,))


def sheets(
    contents: Iterable[Sheet],
    progress: Progress | None = None,
    *,
    large_print: bool | Sequence[bool] = False,
    twins: Sequence[Sheet | None] = (),
) -> bytes:
    """One PDF of many sheets, each from a page of its own and in its own language.

    Pages are numbered within a sheet. *large_print* is said of all, or of each. *twins*: of each
    the same in Swedish, or None.
    """
    known = tuple(contents)
    large = (large_print,) * len(known) if isinstance(large_print, bool) else large_print
    centre = known[0].centre if known else ""
    return _printed(known, _("Schedules"), centre, progress, large, twins)


def _printed(
    contents: tuple[Sheet, ...],
    title: str,
    centre: str,
    progress: Progress | None,
    large_print: Sequence[bool],
    twins: Sequence[Sheet | None],
) -> bytes:
    document = style.Document(title, centre)
    behind = twins or (None,) * len(contents)
    papers = zip(contents, large_print, behind, strict=True)
    for number, (content, is_large, twin) in enumerate(papers):
        if progress:
            progress.report(number / len(contents))
        language = content.language or i18n.language()
        with i18n.using(language):
            document.mark(content.patient if len(contents) > 1 else _("Your schedule"))
            _draw_pages(document, content, _recognised(content, language), is_large)
        if twin is not None:
            with i18n.using("sv"):
                document.mark(_("Your schedule"), 1)
                words = i18n.in_swedish(N_("For the staff: the schedule in {language} in Swedish"))
                told = words.format(language=_in_swedish(language))
                _draw_pages(document, twin, told, large_print=False)
    return document.saved()


def _recognised(content: Sheet, language: str) -> str:
    """A line by which the reception knows a paper that it can't read."""
    if language in i18n.LANGUAGES:
        return ""
    words = i18n.in_swedish(N_("Patient's schedule, {language}, version {number}"))
    return words.format(language=_in_swedish(language), number=content.version)


def _in_swedish(language: str) -> str:
    return i18n.in_swedish(LANGUAGES[language]).lower()


def _draw_pages(
    document: Document,
    content: Sheet,
    recognised: str,
    large_print: bool,  # noqa: FBT001 -- said once, above
) -> None:
    document.accent = content.face.accent
    if large_print:
        large.draw(document, content, recognised)
        return
    pages = _pages(content)
    for index, blocks in enumerate(pages):
        pen = Pen(document, style.PORTRAIT)
        _draw_head(pen, content, index + 1)
        for top, block in blocks:
            block.draw(pen, top)
        _draw_foot(pen, content, index + 1, len(pages), recognised)
        pen.finish()


def _pages(content: Sheet) -> list[list[tuple[float, Block]]]:
    """Lay out one sheet: two-line cells, then the commitment, then the table give way."""
    opening = _opening(content)
    flow = Flow(0.0, _running(content)[-1][1] + _BELOW_RUNNING_HEAD, _LOWEST)
    flow.add(opening)
    _add_table(flow, content)
    practical = _practical(content)
    if practical:
        flow.add(practical)
    promise = Promise(
        content.sentences, content.goals, content.home, content.review, content.signatures
    )
    if promise.sentences or promise.goals or promise.home or promise.signatures:
        commitment.add(flow, promise)
    return flow.pages


def _add_table(flow: Flow, content: Sheet) -> None:
    if content.rows:
        table = schedule.table(content.rows)
        first, total = 0, len(content.rows)
        while first < total:
            last = table.fitting(first, flow.room - _ABOVE_TABLE)
            if last == first:  # no room for a row under a long head
                flow.new_page()
                last = max(first + 1, table.fitting(first, flow.room - _ABOVE_TABLE))
            flow.add(table.block(first, last, _ABOVE_TABLE))
            if last < total:
                flow.new_page()
            first = last
    else:
        flow.add(_line(_("No sessions are planned yet."), style.BODY, 9.0))
    note = _own_note(content)
    if note:
        flow.add(note)


def _line(text: str, role: Type, height: float) -> Block:
    def draw(pen: Pen, y: float) -> None:
        pen.text(START_EDGE, y + height, text, role)

    return Block(height, draw)


# What stands at the top of the first page


def _opening(content: Sheet) -> Block:
    """Title and whose sheet it is on the left, whom to call in the panel on the right."""
    has_panel = bool(content.contact or content.phone)
    room = (_PANEL_START - 4 if has_panel else END_EDGE) - START_EDGE
    left: list[_Placed] = [(START_EDGE, 30.5, _("Your schedule"), style.TITLE)]
    y = _add_name(left, 38.3, content, room)
    y = _stacked(left, y + 6.1, style.PROGRAMME.wrap(content.programme, room), style.PROGRAMME)
    y = _stacked(left, y + 5.6, style.PERIOD.wrap(_span(content.rows), room), style.PERIOD)
    panel_bottom, draw_panel = _panel(content) if has_panel else (0.0, None)

    def draw(pen: Pen, _y: float) -> None:
        _write(pen, left)
        if draw_panel:
            draw_panel(pen)

    return Block(max(y, 50.0, panel_bottom), draw)


_Placed = tuple[float, float, str, Type]
"""Start, baseline, words, look."""


def _write(pen: Pen, lines: Iterable[_Placed]) -> None:
    for x, y, text, role in lines:
        pen.text(x, y, text, role)


def _stacked(into: list[_Placed], y: float, lines: Iterable[str], role: Type) -> float:
    """Add *lines* from *y* down; return the last baseline, or where none was the one before."""
    x, last, _text, _role = into[-1]
    for number, text in enumerate(lines):
        last = y + number * role.step
        into.append((x, last, text, role))
    return last


def _add_name(into: list[_Placed], y: float, content: Sheet, room: float) -> float:
    """The patient's name with the masked number behind it, or below it where it doesn't fit."""
    x = START_EDGE
    for number, text in enumerate(style.NAME.wrap(content.patient, room)):
        into.append((START_EDGE, y + number * style.NAME.step, text, style.NAME))
        x = START_EDGE + style.NAME.width(text) + 4
    _x, y, _text, _role = into[-1]
    if content.masked_number:
        if x + style.NUMBER.width(content.masked_number) > START_EDGE + room:
            x, y = START_EDGE, y + style.NUMBER.step
        into.append((x, y, content.masked_number, style.NUMBER))
        into.append((START_EDGE, y, "", style.NUMBER))  # what follows is below the name
    return y


def _span(rows: tuple[SheetRow, ...]) -> str:
    """``6 april – 25 maj 2027, 14 träffar``: from the first to the last that takes place."""
    held = [row for row in rows if not row.cancelled]
    if not held:
        return ""
    many = ngettext("{number} session", "{number} sessions", len(held)).format(number=len(held))
    period = dates.period(held[0].start.date(), held[-1].start.date())
    return i18n.comma(period, many)


def _panel(content: Sheet) -> tuple[float, Callable[[Pen], None]]:
    """The contact panel's bottom, and how to draw it."""
    room = END_EDGE - _PANEL_START - 2 * _PANEL_INSIDE
    x = _PANEL_START + _PANEL_INSIDE
    heading = _("Your contact person") if content.contact else _("Call us")
    lines: list[_Placed] = [(x, 29.1, heading, style.QUIET)]
    person = (content.contact, content.contact_title) if content.contact else (content.centre,)
    whole = i18n.comma(*person)
    contact_lines: tuple[str, ...] = (whole,)
    if style.CONTACT.width(whole) > room:  # the profession below the name
        contact_lines = tuple(line for part in person for line in style.CONTACT.wrap(part, room))
    y = _stacked(lines, 34.7, contact_lines, style.CONTACT)
    y = _stacked(lines, y + 8.1, style.PHONE.wrap(content.phone, room), style.PHONE)
    y = _stacked(lines, y + 6.4, style.TIME.wrap(content.phone_hours, room), style.TIME)
    bottom = max(52.5, y + 3.4)

    def draw(pen: Pen) -> None:
        pen.box(
            _PANEL_START,
            _PANEL_TOP,
            END_EDGE - _PANEL_START,
            bottom - _PANEL_TOP,
            fill=style.PANEL,
            corner=style.CORNER,
        )
        _write(pen, lines)

    return bottom, draw


# What stands below the table


def _own_note(content: Sheet) -> Block | None:
    """What the black bar means, and what the patient doesn't go to."""
    has_own = any(row.change and not row.cancelled for row in content.rows)
    if not content.not_attending and not has_own:
        return None
    lead = _("Only for you.")
    own_rows = _("The rows with a black bar are your own.")
    words = fonts.clean(" ".join(content.not_attending)) or own_rows
    indent = style.CHANGE.width(lead) + 1.6
    first, *rest = style.NOTE.wrap(words, END_EDGE - START_EDGE - indent)
    lines = style.NOTE.wrap(" ".join(rest), END_EDGE - START_EDGE)

    def draw(pen: Pen, y: float) -> None:
        baseline = y + 5.4
        schedule.draw_own_mark(pen, baseline - 3.3, 4.1)
        pen.text(START_EDGE, baseline, lead, style.CHANGE)
        pen.text(START_EDGE + indent, baseline, first, style.NOTE)
        pen.lines(START_EDGE, baseline + style.NOTE.step, lines, style.NOTE)

    return Block(5.4 + len(lines) * style.NOTE.step, draw, 5.4)


def _practical(content: Sheet) -> Block | None:
    """Up to three columns: what to bring, how to find us, what to do if one can't come."""
    columns = [
        (heading, [line for text in texts for line in style.BODY.wrap(text, _PRACTICAL)])
        for heading, texts in (
            (_("Bring"), content.bring),
            (_("Find us"), content.directions),
            (_("If you can't come"), content.cancelling),
        )
    ]
    columns = [(heading, lines) for heading, lines in columns if lines]
    if not columns:
        return None

    def draw(pen: Pen, y: float) -> None:
        for number, (heading, lines) in enumerate(columns):
            x = START_EDGE + number * (_PRACTICAL + _PRACTICAL_GAP)
            pen.text(x, y + 8.9, heading, style.SUBHEADING)
            pen.lines(x, y + 8.9 + 5.3, lines, style.BODY)

    longest = max(len(lines) for _heading, lines in columns)
    return Block(8.9 + 5.3 + (longest - 1) * style.BODY.step, draw, 8.9)


# What stands on every page


def _running(content: Sheet) -> list[_Placed]:
    """What later pages repeat: name, masked number, programme."""
    room = END_EDGE - START_EDGE
    lines: list[_Placed] = [(START_EDGE, 27.5, "", style.NAME)]
    y = _add_name(lines, 27.5, content, room)
    _stacked(lines, y + 6.1, style.PROGRAMME.wrap(content.programme, room), style.PROGRAMME)
    return lines


def _draw_head(pen: Pen, content: Sheet, number: int) -> None:
    """Centre and version at the top, and whose sheet it is on later pages."""
    version = _("Version {number}, {date}").format(
        number=content.version, date=dates.long(content.dated)
    )
    room = END_EDGE - START_EDGE - style.QUIET.width(version) - 4
    if content.face.logo:
        content.face.draw_logo(pen, START_EDGE + room - 2, 5.5, _LOGO_ROOM)
        room -= _LOGO_ROOM[0] + 6
    centre = style.EMPHASIS.wrap(content.centre, room)
    pen.lines(START_EDGE, 16 - (len(centre) - 1) * style.BODY.step, centre, style.EMPHASIS)
    pen.text(END_EDGE, 16, version, style.QUIET, END)
    pen.rule(START_EDGE, END_EDGE, 19, style.HEAVY_RULE, style.ACCENT)
    if number > 1:
        _write(pen, _running(content))


def _draw_foot(pen: Pen, content: Sheet, number: int, total: int, recognised: str) -> None:
    pen.rule(START_EDGE, END_EDGE, 281, style.HAIR_RULE, style.LINE)
    foot = _("Version {number}, printed {date}.").format(
        number=content.version, date=dates.long(content.printed)
    )
    if content.replaces is not None and content.replaces_dated is not None:
        foot += " " + _("Replaces version {number} of {date}.").format(
            number=content.replaces, date=dates.long(content.replaces_dated)
        )
    pen.text(START_EDGE, 285.5, foot, style.FOOT)
    page = _("Page {number} of {total}").format(number=number, total=total)
    page_width = pen.text(END_EDGE, 285.5, page, style.FOOT_STRONG, END)
    free_start = START_EDGE + style.FOOT.width(foot)
    free_end = END_EDGE - page_width
    if number < total:
        on = _("Continues on the next page")
        if style.FOOT_STRONG.width(on) + 6 <= free_end - free_start:
            pen.text((free_start + free_end) / 2, 285.5, on, style.FOOT_STRONG, CENTRE)
        else:
            pen.text(END_EDGE, 289.6, on, style.FOOT_STRONG, END)
    elif recognised and style.FOOT.width(recognised) + 9 <= free_end - free_start:
        pen.text(free_end - 5, 285.5, recognised, style.FOOT, END)
        return
    pen.text(START_EDGE, 289.6, recognised, style.FOOT)
