"""The report of a group: how many, how it ended, who came to what, how long they waited.

Of fewer than five people it gives counts alone: a share would tell of one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median

from painprogram import i18n
from painprogram.documents import dates, framed, style
from painprogram.documents.flow import Block, Flow
from painprogram.documents.fonts import Weight
from painprogram.documents.framed import Column, Frame, Row
from painprogram.documents.style import Document, Pen, Type
from painprogram.domain.progress import Progress
from painprogram.i18n import _, ngettext

__all__ = ["FEWEST", "GroupReport", "Outcome", "Part", "group_reports"]

FEWEST = 5
"""Fewer people than this are counted, and no share, median or range is told of them."""
_TITLE = Type(21, Weight.BOLD, style.ACCENT, 8.6)
_FIGURE = Type(20, Weight.BOLD, step=8)
_PANELS, _PANEL_GAP, _PANEL_INSIDE = 4, 5.0, 4.0
_BAR_WIDE, _BAR_HIGH = 24.0, 3.6
_SMALL_SECTION = Type(13.5, Weight.BOLD, style.ACCENT, 5.8)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went or stands, and with how many."""

    label: str
    many: int


@dataclass(frozen=True, slots=True)
class Part:
    """Attendance at one part of the programme: times that somebody was expected, by what came."""

    title: str
    sessions: int
    """Held so far."""
    came: int = 0
    excused: int = 0
    absent: int = 0
    no_show: int = 0
    unnoted: int = 0

    @property
    def noted(self) -> int:
        return self.came + self.excused + self.absent + self.no_show


@dataclass(frozen=True, slots=True)
class GroupReport:
    """Numbers of one group, nobody's name; in the language it is in."""

    centre: str
    group: str
    programme: str
    edition: int
    """Of the programme's template."""
    first: date | None
    last: date | None
    enrolled: int
    complete: int
    """Have done every core part."""
    outcomes: tuple[Outcome, ...]
    parts: tuple[Part, ...]
    waits: tuple[int, ...]
    """Days from referral to place, of those who were referred."""
    limit: int
    """Days that the centre holds itself to."""
    moved: int
    """Went on in another group; not among those enrolled."""
    language: str
    taken: datetime = field(compare=False, repr=False)

    @property
    def few(self) -> bool:
        return self.enrolled < FEWEST

    @property
    def came(self) -> int:
        return sum(part.came for part in self.parts)

    @property
    def noted(self) -> int:
        return sum(part.noted for part in self.parts)


def group_reports(contents: Sequence[GroupReport], progress: Progress) -> bytes:
    """One PDF; each group from a page of its own."""
    first = contents[0] if contents else None
    with i18n.using(first.language if first else i18n.language()):
        document = Document(_("Group report"), first.centre if first else "")
    for number, content in enumerate(contents):
        progress.report(number / len(contents))
        with i18n.using(content.language):
            _draw(document, content)
    return document.saved()


def _draw(document: Document, content: GroupReport) -> None:
    frame = Frame(
        content.centre,
        _("Group report, {date}").format(date=i18n.date_long(content.taken.date())),
        _foot(content),
        _("Group {name}").format(name=content.group),
    )
    flow = frame.flow()
    flow.add(_heading(frame, content))
    flow.add(_panels(frame, content))
    _add_outcomes(flow, frame, content)
    _add_parts(flow, frame, content)
    _add_waits(flow, frame, content)
    _add_words(flow, frame, content)
    frame.draw(document, flow, f"{_('Group report')} {content.group}")


def _foot(content: GroupReport) -> str:
    return _(
        "Source: places, attendance and referrals noted in the program, {centre}. "
        "Filter: group {group}, everybody who has or had a place. "
        "Taken out {date} at {time}. Template: {template}, edition {edition}."
    ).format(
        centre=content.centre,
        group=content.group,
        date=i18n.date_long(content.taken.date()),
        time=i18n.clock(content.taken),
        template=content.programme,
        edition=content.edition,
    )


def _heading(frame: Frame, content: GroupReport) -> Block:
    title = _("How it has gone for the group so far")
    about = f"{content.programme}, {_('Group {name}').format(name=content.group)}"
    if content.first and content.last:
        about = f"{about}, {dates.period(content.first, content.last)}"
    return framed.joined(
        [
            framed.text(frame.start, frame.room, title, _TITLE, 11.5),
            framed.text(frame.start, frame.room, about, style.PROGRAMME, 7.6),
        ]
    )


def _share(part: int, of: int) -> str:
    return _("{number} %").format(number=round(100 * part / of)) if of else ""


# Figures in panels


def _figures(content: GroupReport) -> list[tuple[str, str]]:
    figures = [
        (
            str(content.enrolled),
            ngettext("has or had a place", "have or had a place", content.enrolled),
        ),
        (
            _("{part} of {all}").format(part=content.complete, all=content.enrolled),
            _("have done every core part"),
        ),
    ]
    if content.few:
        came = _("{part} of {all}").format(part=content.came, all=content.noted)
        figures.append((came, _("expected times somebody came")))
    elif content.noted:
        figures.append((_share(content.came, content.noted), _("of the expected times they came")))
    else:
        figures.append(("0", _("times are noted yet")))
    if len(content.waits) >= FEWEST:
        days = i18n.number(median(content.waits), 0 if median(content.waits) % 1 == 0 else 1)
        figures.append((days, _("days waited from referral to place, median")))
    else:
        figures.append((str(len(content.waits)), _("came by a referral that is registered")))
    return figures


def _panels(frame: Frame, content: GroupReport) -> Block:
    wide = (frame.room - (_PANELS - 1) * _PANEL_GAP) / _PANELS
    room = wide - 2 * _PANEL_INSIDE
    figures = [(figure, style.CELL.wrap(words, room)) for figure, words in _figures(content)]
    tall = max(len(words) for _figure, words in figures)
    height = 13.2 + tall * style.CELL.step + 1.4

    def draw(pen: Pen, y: float) -> None:
        for number, (figure, words) in enumerate(figures):
            x = frame.start + number * (wide + _PANEL_GAP)
            pen.box(x, y + 8, wide, height, fill=style.PANEL, corner=style.CORNER)
            pen.text(x + _PANEL_INSIDE, y + 8 + 9.4, figure, _FIGURE)
            pen.lines(x + _PANEL_INSIDE, y + 8 + 15.0, words, style.CELL)

    return Block(8 + height, draw)


# Tables


def _section(frame: Frame, words: str) -> Block:
    return framed.text(frame.start, frame.room, words, _SMALL_SECTION, 12.0)


def _add_outcomes(flow: Flow, frame: Frame, content: GroupReport) -> None:
    columns = [Column("", 17, 80), Column(_("People"), 100, 22, at_end=True)]
    if not content.few:
        columns.append(Column(_("Share"), 126, 22, at_end=True))
    rows = []
    for one in content.outcomes:
        cells = [[(one.label, style.TIME)], [(str(one.many), style.STRONG)]]
        if not content.few:
            cells.append([(_share(one.many, content.enrolled), style.TIME)])
        rows.append(Row(cells))
    heading = _section(frame, _("How it has ended, and for how many it goes on"))
    _add_section(flow, frame, heading, columns, rows)


def _add_section(
    flow: Flow, frame: Frame, heading: Block, columns: Sequence[Column], rows: Sequence[Row]
) -> None:
    """The heading stays with the head of its table and the first row."""
    if heading.height + 24 > flow.room:
        flow.new_page()
    flow.add(heading)
    framed.add_table(flow, frame, columns, rows, gap=6.0)


def _add_parts(flow: Flow, frame: Frame, content: GroupReport) -> None:
    heading = _section(frame, _("Attendance at each part"))
    if not content.parts:
        flow.add(heading)
        words = _("Nothing has been held yet.")
        framed.add_text(flow, frame, words, style.BODY, 6.4)
        return
    few = content.few
    columns = [
        Column(_("Part"), 17, 66 if few else 53),
        Column(_("Held"), 85 if few else 71, 10, at_end=True),
        Column(_("Came"), 99 if few else 120, 20 if few else 12, at_end=True),
        Column(_("Excused"), 122 if few else 134, 15, at_end=True),
        Column(_("Absent"), 139 if few else 150, 14, at_end=True),
        Column(_("No-show"), 155 if few else 165, 15, at_end=True),
        Column(_("Not noted"), 172 if few else 181, 21 if few else 12, at_end=True),
    ]
    rows = []
    for part in content.parts:
        numbers = (part.sessions, part.came, part.excused, part.absent, part.no_show, part.unnoted)
        cells = [[(part.title, style.STRONG)], *([(str(each), style.TIME)] for each in numbers)]
        rows.append(Row(cells, aside=None if few else _bar(part)))
    _add_section(flow, frame, heading, columns, rows)


def _bar(part: Part) -> framed.Aside:
    """The share that came, as a bar and in words."""

    def draw(pen: Pen, baseline: float) -> None:
        if part.noted < FEWEST:
            return
        x, y = 84.0, baseline - 3.2
        share = part.came / part.noted
        pen.box(x, y, _BAR_WIDE, _BAR_HIGH, edge=style.TEXT, weight=0.7)
        pen.box(x, y, _BAR_WIDE * share, _BAR_HIGH, fill=style.ACCENT)
        pen.text(x + _BAR_WIDE + 1.6, baseline, _share(part.came, part.noted), style.CELL)

    return draw


def _add_waits(flow: Flow, frame: Frame, content: GroupReport) -> None:
    heading = _section(frame, _("Waiting from referral to place"))
    words = framed.text(frame.start, frame.room, _waited(content), style.BODY, 6.4)
    flow.add(framed.joined([heading, words]))


def _waited(content: GroupReport) -> str:
    many = len(content.waits)
    late = sum(days > content.limit for days in content.waits)
    told = ngettext(
        "{number} of {all} came by a referral that is registered.",
        "{number} of {all} came by a referral that is registered.",
        many,
    ).format(number=many, all=content.enrolled)
    if not many:
        return told
    over = ngettext(
        "{number} waited longer than the {limit} days that the centre holds itself to.",
        "{number} waited longer than the {limit} days that the centre holds itself to.",
        late,
    ).format(number=late, limit=content.limit)
    if many < FEWEST:
        return f"{told} {over}"
    middle = median(content.waits)
    spread = _(
        "Half of them waited {median} days or less; the shortest {least}, the longest {most} days."
    )
    return " ".join(
        (
            told,
            spread.format(
                median=i18n.number(middle, 0 if middle % 1 == 0 else 1),
                least=min(content.waits),
                most=max(content.waits),
            ),
            over,
        )
    )


def _add_words(flow: Flow, frame: Frame, content: GroupReport) -> None:
    results = framed.joined(
        [
            _section(frame, _("Results of the measurements")),
            framed.text(
                frame.start,
                frame.room,
                _(
                    "No measurements before and after are registered for this group, so nothing "
                    "is said here about how the participants have fared."
                ),
                style.BODY,
                6.4,
            ),
        ]
    )
    flow.add(results)
    paragraphs = _definitions(content)
    flow.add(
        framed.joined(
            [
                _section(frame, _("How it is counted")),
                framed.text(frame.start, frame.room, paragraphs[0], style.NOTE, 6.4),
            ]
        )
    )
    for words in paragraphs[1:]:
        framed.add_text(flow, frame, words, style.NOTE, 6.2)


def _definitions(content: GroupReport) -> list[str]:
    found = [
        _(
            "A person counts once, by the latest place in the group. Somebody who never came to "
            "anything, who stopped early and who completed are told apart as the team noted it."
        ),
        _(
            "Every core part is done when the attendance that the programme asks for is noted; "
            "what was made up in another group counts."
        ),
        _(
            "Came: present, late, or there for a part. Each expected time counts once for each "
            "participant; sessions that were cancelled, times that lie ahead and opt-outs that "
            "were agreed do not count."
        ),
        _(
            "Waiting is counted in days, from the day on which the referral was received to the "
            "first day of the place."
        ),
    ]
    if content.moved:
        found.append(
            ngettext(
                "{number} person went on in another group and is not counted here.",
                "{number} people went on in another group and are not counted here.",
                content.moved,
            ).format(number=content.moved)
        )
    if content.few:
        found.append(
            _(
                "The group has fewer than {fewest} people: only counts are given, no shares and "
                "no medians, since they would tell of single people. Do not share the report "
                "outside the centre."
            ).format(fewest=FEWEST)
        )
    else:
        found.append(
            _(
                "The group is small. The numbers describe this group alone, and do not show what "
                "the programme has caused."
            )
        )
    return found
