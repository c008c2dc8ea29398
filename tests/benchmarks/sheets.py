"""A batch of patient sheets, against the same marks on a bare canvas and against platypus.

All three draw the same: words, rules, the panel, the icons. The bare canvas is told where each
mark stands, so that nothing is measured, wrapped or laid out; it changes font and colour only
where they differ and places icons drawn once. Platypus gets a Paragraph in each cell, as its
manual has it. Our sheets begin each time with nothing remembered; as in a real group, everybody
has a schedule of an own.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from types import ModuleType
from typing import Any
from unittest import mock

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from painprogram.documents import columns, dates, fonts, icons, sheet, style
from painprogram.documents.fonts import MM
from painprogram.documents.sheet import Sheet, SheetRow, sheets
from painprogram.domain.programmes import ModuleKind
from painprogram.i18n import clock_range, using
from tests.benchmarks.runner import Result, compare, growth, timed
from tests.documents import papers

MANY = 300
IN_A_GROUP = 12
SLACK = 2.0  # twice the time of the bare canvas is half its speed
KINDS = (ModuleKind.RELAXATION, ModuleKind.EXERCISE, ModuleKind.LINKED)


def measure() -> list[Result]:
    with using("sv"):
        batch = contents(MANY)
        marks, forms = noted(batch)
        return [
            compare(
                f"{MANY} patient sheets / bare canvas, same marks",
                timed(lambda: ours(batch)),
                timed(lambda: on_a_bare_canvas(marks, forms)),
                rounds=5,
                most=SLACK,
            ),
            compare(
                f"{MANY} patient sheets / platypus, a Paragraph in each cell",
                timed(lambda: ours(batch)),
                timed(lambda: by_platypus(batch, forms)),
                rounds=3,
                most=1 / 6,
            ),
            growth("patient sheets", lambda many: ours(contents(many)), MANY // 10, rounds=3),
        ]


def ours(batch: Sequence[Sheet]) -> bytes:
    for module in (columns, dates, fonts):
        forget(module)
    return sheets(batch)


def forget(module: ModuleType) -> None:
    """Empty what *module* remembers; fonts stay registered, as they do for the others."""
    for name, found in vars(module).items():
        if hasattr(found, "cache_clear") and name != "font":
            found.cache_clear()


def contents(many: int) -> list[Sheet]:
    """Groups of twelve; every patient with own goals and an own first visit."""
    return [
        papers.content(
            patient=f"Anna Maria Lindgren {number}",
            rows=(first_visit(number), *rows(number // IN_A_GROUP)),
            goals=(f"Gå med hunden {number} minuter", "Laga middag två kvällar i veckan"),
            home=("Avslappning varje kväll", f"Promenad {number} minuter"),
        )
        for number in range(many)
    ]


def first_visit(number: int) -> SheetRow:
    leader = (papers.MAJA, papers.KARIN)[number % 2]
    return papers.row(
        number // IN_A_GROUP - 14 - number % 5,
        "Första besök och föremätning",
        kind=ModuleKind.INDIVIDUAL,
        leaders=(leader,),
        room=f"Samtalsrum {number % 4}",
    )


def rows(group: int) -> tuple[SheetRow, ...]:
    """Twenty sessions; every fifth a lecture."""
    return tuple(
        papers.row(
            group + number * 7 // 2,
            f"Föreläsning {number}",
            kind=ModuleKind.LECTURE,
            subtitle="Föreläsning A",
            letter="A",
            leaders=(papers.KARIN, ("Omar Nasser", "apotekare")),
            room="Hörsalen",
        )
        if number % 5 == 0
        else papers.row(
            group + number * 7 // 2, f"Avslappning {number}", kind=KINDS[number % len(KINDS)]
        )
        for number in range(20)
    )


# The bare canvas

Mark = tuple[Any, ...]
"""What is drawn, and with what; places are points from the bottom left corner."""
Form = tuple[int, Callable[[Any], None]]
"""How far an icon reaches from its middle, and what draws it."""


def noted(batch: Sequence[Sheet]) -> tuple[list[Mark], dict[str, Form]]:
    """Every mark that our sheets make, and their icons."""
    marks: list[Mark] = []
    forms: dict[str, Form] = {}

    class Document(style.Document):
        def form(self, name: str, reach: int, draw: Callable[[Any], None]) -> str:
            forms[name] = reach, draw
            return super().form(name, reach, draw)

    class Pen(style.Pen):
        def text(
            self,
            x: float,
            y: float,
            words: str,
            role: style.Type,
            align: style.Align = style.START,
            colour: style.Colour | None = None,
        ) -> float:
            wide = super().text(x, y, words, role, align, colour)
            if align is not style.START:
                x -= wide if align is style.END else wide / 2
            for name, piece, part in fonts.line(words, role.weight).runs if words else ():
                place = x * MM, (self.height - y) * MM
                marks.append(("text", name, role.size, colour or role.colour, *place, piece))
                x += part * role.size
            return wide

        def rule(
            self, start: float, end: float, y: float, weight: float, colour: style.Colour
        ) -> None:
            super().rule(start, end, y, weight, colour)
            height = (self.height - y) * MM
            marks.append(("rule", weight, colour, start * MM, height, end * MM, height))

        def box(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
            super().box(x, y, width, height, **look)
            place = x * MM, (self.height - y - height) * MM, width * MM, height * MM
            marks.append(("box", look["fill"], look.get("corner", 0) * MM, *place))

        def place(self, form: str, x: float, y: float) -> None:
            super().place(form, x, y)
            marks.append(("icon", form, x * MM, (self.height - y) * MM))

        def finish(self) -> None:
            super().finish()
            marks.append(("page",))

    with (
        mock.patch.object(style, "Document", Document),
        mock.patch.object(sheet, "Pen", Pen),
    ):
        sheets(batch)
    return marks, forms


def on_a_bare_canvas(marks: Iterable[Mark], forms: dict[str, Form]) -> bytes:
    document = style.Document("x", "x")
    for name, (reach, draw) in forms.items():
        document.form(name, reach, draw)
    page = BarePage(document.canvas)
    for what, *how in marks:
        getattr(page, what)(*how)
    return document.saved()


class BarePage:
    """Says to the canvas what is drawn, and font and colour only where they differ."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas
        self.begin()

    def begin(self) -> None:
        self.words = self.canvas.beginText()
        self.font: tuple[Any, float] | None = None
        self.line: tuple[float, Any] | None = None
        self.ink: Any = None
        self.filled: Any = None

    def text(self, name: Any, size: float, colour: Any, x: float, y: float, piece: str) -> None:
        if colour is not self.ink:
            self.words.setFillColorRGB(*colour)
            self.ink = colour
        if (name, size) != self.font:
            self.words.setFont(name, size)
            self.font = name, size
        self.words.setTextOrigin(x, y)
        self.words.textOut(piece)

    def rule(self, weight: float, colour: Any, *place: float) -> None:
        if (weight, colour) != self.line:
            self.canvas.setLineWidth(weight)
            self.canvas.setStrokeColorRGB(*colour)
            self.line = weight, colour
        self.canvas.line(*place)

    def box(self, colour: Any, corner: float, *place: float) -> None:
        if colour is not self.filled:
            self.canvas.setFillColorRGB(*colour)
            self.filled = colour
        if corner:
            self.canvas.roundRect(*place, corner, 0, 1)
        else:
            self.canvas.rect(*place, 0, 1)

    def icon(self, name: str, x: float, y: float) -> None:
        self.canvas.saveState()
        self.canvas.translate(x, y)
        self.canvas.doForm(name)
        self.canvas.restoreState()

    def page(self) -> None:
        self.canvas.drawText(self.words)
        self.canvas.showPage()
        self.begin()


# Platypus


class Icon(Flowable):
    """An icon drawn once in the document, with its letter."""

    def __init__(self, forms: dict[str, Form], row: SheetRow) -> None:
        super().__init__()
        kind = "letter" if row.letter else row.kind.value
        self.name = f"icon-{kind}-{icons.SHEET:g}"
        self.forms, self.letter = forms, row.letter
        self.width = self.height = icons.SHEET * MM

    def draw(self) -> None:
        canvas = self.canv
        if not canvas.hasForm(self.name):
            reach, draw = self.forms[self.name]
            canvas.beginForm(self.name, -reach, -reach, reach, reach)
            draw(canvas)
            canvas.endForm()
        middle = self.width / 2
        canvas.saveState()
        canvas.translate(middle, middle)
        canvas.doForm(self.name)
        canvas.restoreState()
        if self.letter:
            canvas.setFont(style.STRONG.weight.value[1], 10.8)
            canvas.drawCentredString(middle, middle - 3.6, self.letter)


def look(role: style.Type) -> ParagraphStyle:
    name = role.weight.value[1]
    return ParagraphStyle(
        f"{name}-{role.size}",
        fontName=name,
        fontSize=role.size,
        leading=role.step * MM,
        textColor=Color(*role.colour),
    )


def by_platypus(batch: Sequence[Sheet], forms: dict[str, Form]) -> bytes:
    file = io.BytesIO()
    story: list[Any] = []
    for content in batch:
        story += [head(content), *schedule(content, forms), *below(content), PageBreak()]
    frame = batch[0]

    def around(canvas: Any, _document: Any) -> None:
        start_edge, end_edge = edges()
        canvas.setLineWidth(style.HEAVY_RULE)
        canvas.setStrokeColorRGB(*style.ACCENT)
        canvas.line(start_edge, 278 * MM, end_edge, 278 * MM)
        canvas.setLineWidth(style.HAIR_RULE)
        canvas.setStrokeColorRGB(*style.LINE)
        canvas.line(start_edge, 16 * MM, end_edge, 16 * MM)
        for role, y, start, end in (
            (style.EMPHASIS, 281, frame.centre, f"Version {frame.version}, 22 mars 2027"),
            (style.FOOT, 11.5, f"Version {frame.version}, utskriven 23 mars 2027.", "Sida 1 av 1"),
        ):
            canvas.setFont(role.weight.value[1], role.size)
            canvas.setFillColorRGB(*role.colour)
            canvas.drawString(start_edge, y * MM, start)
            canvas.drawRightString(end_edge, y * MM, end)

    SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=17 * MM - 6,
        rightMargin=17 * MM - 6,
        topMargin=20 * MM,
        bottomMargin=17 * MM,
    ).build(story, onFirstPage=around, onLaterPages=around)
    return file.getvalue()


def edges() -> tuple[float, float]:
    return columns.START_EDGE * MM, columns.END_EDGE * MM


def paragraphs(texts: Iterable[str], role: style.Type) -> list[Paragraph]:
    return [Paragraph(text, look(role)) for text in texts]


def head(content: Sheet) -> Table:
    """Title and name beside the panel."""
    own = [
        *paragraphs(["Ditt schema"], style.TITLE),
        *paragraphs([f"{content.patient} {content.masked_number}"], style.NAME),
        *paragraphs([content.programme], style.PROGRAMME),
        *paragraphs(["14 september – 29 oktober 2027, 21 träffar"], style.PERIOD),
    ]
    panel = [
        *paragraphs(["Din kontaktperson"], style.QUIET),
        *paragraphs([f"{content.contact}, {content.contact_title}"], style.CONTACT),
        *paragraphs([content.phone], style.PHONE),
        *paragraphs([content.phone_hours], style.TIME),
    ]
    grey = ("BACKGROUND", (1, 0), (1, 0), Color(*style.PANEL))
    return Table(
        [[own, panel]],
        colWidths=[102 * MM, 74 * MM],
        style=[grey, ("ROUNDEDCORNERS", [style.CORNER * MM] * 4)],
    )


def schedule(content: Sheet, forms: dict[str, Form]) -> list[Flowable]:
    heads = ("Vecka", "Dag", "Tid", "", "Vad", "Med vem", "Var")
    cells: list[list[Any]] = [list(paragraphs(heads, style.HEAD))]
    for row in content.rows:
        day = row.start.date()
        what = paragraphs([row.title], style.STRONG) + paragraphs(
            [row.subtitle] if row.subtitle else [], style.CELL
        )
        who = paragraphs([", ".join(leader) for leader in row.leaders], style.CELL)
        cells.append(
            [
                *paragraphs([str(day.isocalendar().week)], style.QUIET),
                *paragraphs([dates.day(day)], style.STRONG),
                *paragraphs([clock_range(row.start, row.end)], style.TIME),
                Icon(forms, row),
                what,
                who,
                *paragraphs([row.room], style.CELL),
            ]
        )
    widths = [34, 95, 72, 24, 110, 100, 64]
    looks: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("LEFTPADDING", (0, 0), (-1, -1), 1),
        ("RIGHTPADDING", (0, 0), (-1, -1), 1),
        ("LINEBELOW", (0, 0), (-1, 0), style.TABLE_RULE, Color(*style.TEXT)),
        ("LINEBELOW", (0, -1), (-1, -1), style.TABLE_RULE, Color(*style.TEXT)),
        ("LINEBELOW", (0, 1), (-1, -2), style.HAIR_RULE, Color(*style.HAIRLINE)),
    ]
    note = f"Gäller bara dig. {' '.join(content.not_attending)}"
    return [Table(cells, colWidths=widths, style=looks), *paragraphs([note], style.NOTE)]


def below(content: Sheet) -> list[Flowable]:
    """What to bring, the commitment, the lines to sign on."""
    practical = [
        paragraphs([heading], style.SUBHEADING) + paragraphs(texts, style.BODY)
        for heading, texts in (
            ("Ta med", content.bring),
            ("Hitta hit", content.directions),
            ("Om du inte kan komma", content.cancelling),
        )
    ]
    half = (len(content.sentences) + 1) // 2
    promised = [
        paragraphs([f"• {text}" for text in texts], style.BODY)
        for texts in (content.sentences[:half], content.sentences[half:])
    ]
    goals = [
        paragraphs([heading], style.STRONG)
        + paragraphs([f"{number} {text}" for number, text in enumerate(texts, 1)], style.ITEM)
        for heading, texts in (("Mina mål", content.goals), ("Det jag övar hemma", content.home))
    ]
    signed = paragraphs(
        [f"Datum och underskrift: {name}" for name in content.signatures], style.CAPTION
    )
    two = [88 * MM, 88 * MM]
    above = ("LINEABOVE", (0, 0), (-1, -1), style.WEEK_RULE, Color(*style.TEXT))
    top = ("VALIGN", (0, 0), (-1, -1), "TOP")
    return [
        Table([practical], colWidths=[58.6 * MM] * 3, style=[top]),
        HRFlowable(width="100%", thickness=style.HEAVY_RULE, color=Color(*style.ACCENT)),
        *paragraphs(["Mitt åtagande"], style.SECTION),
        Table([promised, goals], colWidths=two, style=[top]),
        *paragraphs([content.review], style.BODY),
        Spacer(1, 13 * MM),
        Table([signed], colWidths=two, style=[above]),
    ]
