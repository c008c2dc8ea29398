"""What a text may not look like, as functions that list what does."""

import ast
import re
from collections.abc import Iterator
from string import Formatter

from babel.messages import Message

# One word per thing: what we don't say, and what we say instead (see the glossary).
AVOIDED_SWEDISH = {
    r"användar(e|en|na|es)": "medarbetare (a person) or konto (an account)",
    r"anställd(a|as)?": "medarbetare",
    r"avtal(et|en|s)?": "överenskommelse",
    r"kontrakt(et|en)?": "åtagande",
    r"klinik(en|er|erna)?": "vårdcentral",
    r"kohort(en|er)?": "grupp",
    r"kurs(en|er|erna)?": "grupp or modul",
    r"lärare(n|na)?": "ledare",
    r"session(en|er|erna)?": "träff",
    r"bokning(en|ar|arna)?": "deltagande or träff",
    r"tidslucka(n)?|tidsluckor(na)?|slot(s|en)?": "plats or träff",
    r"kö(n|er)?": "väntelista",
    r"enkät(en|er|erna)?": "instrument",
    r"komponent(en|er)?": "modul",
    r"mötesrum(met)?|sal(en|ar)?": "lokal",
}
AVOIDED_ENGLISH = {
    r"clinics?": "health centre",
    r"users?|employees?": "colleague or account",
    r"contracts?": "agreement or commitment",
    r"teachers?": "leader",
    r"cohorts?": "group",
    r"appointments?": "session or individual visit",
    r"bookings?": "place",
    r"slots?": "seat",
    r"queues?": "waiting list",
    r"surveys?": "instrument",
    r"KPIs?": "indicator",
    r"holidays?": "closed day (public holiday is right for a public one)",
}
_MEANT = re.compile(r"public holidays?", re.IGNORECASE)

# Calls that put their text in front of somebody, and which of their positions are text.
_FIRST = """
setText setWindowTitle setToolTip setStatusTip setWhatsThis setPlaceholderText setTitle setPrefix
setAccessibleName setAccessibleDescription setSuffix setLabelText setInformativeText
setDetailedText setSpecialValueText setHeaderLabels setHorizontalHeaderLabels addItems addItem
setVerticalHeaderLabels showMessage setApplicationDisplayName QLabel QPushButton QToolButton
QCheckBox QRadioButton QGroupBox QListWidgetItem QTreeWidgetItem QTableWidgetItem QDockWidget
QMenu Refused Conflict change read_patients
"""
_ANY = "addAction QAction addMenu addRow addTab insertTab drawText"
_THIRD = "drawString drawCentredString drawRightString"
VISIBLE = {
    **dict.fromkeys(_FIRST.split(), (0,)),
    **dict.fromkeys(_ANY.split(), (0, 1, 2, 3)),
    **dict.fromkeys(_THIRD.split(), (2,)),
}


def visible_literals(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every literal with letters that is shown without being translated."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = str(getattr(function, "attr", "") or getattr(function, "id", ""))
        shown = [node.args[at] for at in VISIBLE.get(name, ()) if at < len(node.args)]
        shown += [each.value for each in node.keywords if each.arg == "text"]
        for part in shown:
            yield from ((node.lineno, text) for text in _literals(part) if has_words(text))


def _literals(node: ast.expr) -> Iterator[str]:
    """The literals that *node* is made of; what another call is given is that call's business."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr | ast.List | ast.Tuple):
        parts = node.values if isinstance(node, ast.JoinedStr) else node.elts
        for part in parts:
            yield from _literals(part)
    elif isinstance(node, ast.BinOp):
        yield from _literals(node.left)
        yield from _literals(node.right)
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "format":
        assert isinstance(node.func, ast.Attribute)
        yield from _literals(node.func.value)


def has_words(text: str) -> bool:
    """Whether *text* has a word of two letters or more outside its fields."""
    return re.search(r"[^\W\d_]{2}", re.sub(r"\{[^}]*\}|<[^>]*>|&\w+;", "", text)) is not None


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The text, or its singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def fields(text: str) -> set[str]:
    """The names in braces: ``{name}``."""
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def field_faults(message: Message) -> Iterator[str]:
    """A field that only one language has; the singular may leave the number out."""
    english, swedish = forms(message.id), forms(message.string)
    if not all(swedish):  # not translated yet: another rule says so
        return
    try:
        for position, text in enumerate(swedish):
            expected = fields(english[min(position, len(english) - 1)])
            found = fields(text)
            spare = {"number", "count"} if len(swedish) > 1 and position == 0 else set()
            if found - spare != expected - spare:
                yield f"{english[0]!r}: {sorted(found)} instead of {sorted(expected)}"
    except ValueError as error:
        yield f"{english[0]!r}: {error}"


def style_faults(text: str) -> Iterator[str]:
    if "!" in text:
        yield "an exclamation mark"
    if "..." in text:
        yield "three dots instead of …"
    if text != text.strip(" ") and has_words(text) and len(text.split()) > 1:
        yield "a space at an end"
    if "  " in text:
        yield "two spaces"


def avoided(text: str, words: dict[str, str]) -> Iterator[str]:
    plain = _MEANT.sub("", re.sub(r"\{[^}]*\}", "", text))
    for pattern, instead in words.items():
        if found := re.search(rf"\b(?:{pattern})\b", plain, re.IGNORECASE):
            yield f"{found.group()}: say {instead}"
