"""The catalogues: what they must hold, what they hold, and how the two are brought together.

The Swedish one holds every text of the program, the others those of patients' papers. ``texts.py``
rewrites them; ``texts.py merge FILE …`` first takes in plain po entries in Swedish, or for a paper
those that follow ``--language CODE``; ``texts.py check`` changes nothing and fails when a
catalogue isn't what a rewrite would give.
"""

import ast
import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import PoFileError, read_po, write_po

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "resources" / "locale"
CATALOGUE = LOCALE / "sv" / "LC_MESSAGES" / "painprogram.po"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
HEADER = """\
# Swedish texts of the program. `python3 packaging/dev.py texts` keeps them in step with the code.
msgid ""
msgstr ""
"Language: sv\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
PAPER_HEADER = """\
# Texts of patients' papers. UNREVIEWED: nobody who speaks the language has read them for us; the
# program says so, and prints the Swedish behind them, until a centre has approved them.
# `python3 packaging/dev.py texts` keeps them in step with the code.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural};\\n"

"""
_SLAVIC = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2"
PLURALS = {
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"
    ),
    "fa": "nplurals=2; plural=(n > 1)",
    "so": "nplurals=2; plural=(n != 1)",
    "uk": f"nplurals=3; plural=({_SLAVIC})",
    "fi": "nplurals=2; plural=(n != 1)",
}
"""Languages that patients' papers come in beside Swedish and English."""
PAPERS = (
    "i18n.py",
    "domain/people.py",
    "documents/card.py",
    "documents/columns.py",
    "documents/commitment.py",
    "documents/framed.py",
    "documents/large.py",
    "documents/letter*.py",
    "documents/measures.py",
    "documents/schedule.py",
    "documents/sheet.py",
    "documents/silence.py",
    "usecases/cards.py",
    "usecases/letter*.py",
    "usecases/measure_forms.py",
    "usecases/paper_words.py",
    "usecases/sheets.py",
    "usecases/silence.py",
)
"""Where the texts of patients' papers are."""
NOT_ON_PAPER = frozenset(
    {"Refused", "Item", "Batch", "read_patients", "change", "report", "Document", "in_swedish"}
)
"""What is said through these stands on a screen, in the log or in the name of a file."""
LABELS = frozenset({"_Word"})
"""What names, in its first place, a text that follows."""
TABLES = frozenset({"_NOBODY", "_NO_WAY"})
"""Of sentences for the staff."""
Key = tuple[str, str | None]


def key(message: Message) -> Key:
    """What tells two texts apart: the English (singular) and its context."""
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def entries(catalogue: Catalog) -> Iterator[Message]:
    """Every text of *catalogue* without its header."""
    return (message for message in catalogue if message.id)


def is_translated(message: Message) -> bool:
    """Whether it has its Swedish, in each plural form, and nobody doubts it."""
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms) and not message.fuzzy


def parse(text: str, name: str, language: str = "sv") -> Catalog:
    """Read po entries, with or without a header."""
    if 'msgid ""\nmsgstr ""\n' not in text:
        text = (HEADER if language == "sv" else paper_header(language)) + text
    try:
        return read_po(io.StringIO(text), locale=language, abort_invalid=True)
    except PoFileError as error:
        raise SystemExit(f"{name}: {error}") from error


def catalogue() -> Catalog:
    """The Swedish catalogue as it stands."""
    return parse(CATALOGUE.read_text("utf-8") if CATALOGUE.exists() else "", CATALOGUE.name)


def on_paper(language: str, package: Path = ROOT / "painprogram") -> Catalog:
    """Every text that can stand on a patient's paper, to be said in *language*."""
    found = Catalog(locale=language, fuzzy=False)
    found.mime_headers = [("Plural-Forms", PLURALS[language])]
    for path in sorted({path for pattern in PAPERS for path in package.glob(pattern)}):
        name = path.relative_to(package.parent).as_posix()
        source = path.read_text("utf-8")
        said, named = elsewhere(source), labelled(source)
        for line, text, _comments, context in extract_from_file("python", path, KEYWORDS):
            if line not in said and text not in named:
                found.add(text, locations=[(name, line)], context=context)
    return found


def elsewhere(source: str) -> set[int]:
    """Lines of *source* whose texts stand on no paper."""
    found: list[ast.expr] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and called(node.func) in NOT_ON_PAPER:
            found += [*node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [node.value for each in targets if called(each) in TABLES]
    return {
        line for each in found for line in range(each.lineno, (each.end_lineno or each.lineno) + 1)
    }


def labelled(source: str) -> set[str]:
    """Texts of *source* that only name another one, for the settings."""
    return {
        each.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and called(node.func) in LABELS
        for each in node.args[:1]
        if isinstance(each, ast.Call)
        and isinstance(each.args[0], ast.Constant)
        and isinstance(each.args[0].value, str)
    }


def called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def paper_catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "painprogram.po"


def paper_header(language: str) -> str:
    return PAPER_HEADER.format(language=language, plural=PLURALS[language])


def extracted(package: Path = ROOT / "painprogram") -> Catalog:
    """Every text marked for translation in *package*."""
    found = Catalog(locale="sv", fuzzy=False)
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package.parent).as_posix()
        for line, text, _comments, context in extract_from_file("python", path, KEYWORDS):
            found.add(text, locations=[(name, line)], context=context)
    return found


@dataclass
class Result:
    """A rewritten catalogue, and what is to be said about it."""

    text: str
    untranslated: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)


def rewritten(
    known: Catalog, wanted: Catalog, merged: Iterable[Catalog] = (), header: str = HEADER
) -> Result:
    """*wanted* with the translations of *known*, and of *merged*, of which the last one holds."""
    result = Result("")
    translations = {key(message): message.string for message in entries(known)}
    doubtful = {key(message) for message in entries(known) if message.fuzzy}
    needed = {key(message) for message in entries(wanted)}
    result.dropped = [each[0] for each in translations if each not in needed]
    seen: dict[Key, object] = {}
    for fragment in merged:
        for message in entries(fragment):
            if not is_translated(message):
                continue
            if key(message) not in needed:
                result.unknown.append(key(message)[0])
            if seen.setdefault(key(message), message.string) != message.string:
                result.differing.append(key(message)[0])
            translations[key(message)] = message.string
            doubtful.discard(key(message))
    for message in entries(wanted):
        given = translations.get(key(message))
        if given and isinstance(given, tuple) == isinstance(message.id, tuple):
            message.string = given
        if key(message) in doubtful:
            message.flags.add("fuzzy")
        if not is_translated(message):
            result.untranslated.append(key(message)[0])
    buffer = io.BytesIO()
    write_po(buffer, wanted, width=100, omit_header=True, sort_by_file=True, include_lineno=False)
    result.text = header + buffer.getvalue().decode("utf-8").strip() + "\n"
    return result


def main(arguments: list[str]) -> int:
    """Do what is asked; 1 when something is left for a translator or for a catalogue."""
    checking = arguments == ["check"]
    if arguments and arguments[0] != "merge" and not checking:
        raise SystemExit("usage: texts.py [check | merge FILE … [--language CODE FILE …] …]")
    given: dict[str, list[Catalog]] = {"sv": []}
    language = "sv"
    names = iter(arguments[1:])
    for name in names:
        if name == "--language":
            language = next(names, "")
            if language not in PLURALS:
                raise SystemExit(f"--language: one of {', '.join(PLURALS)}")
        else:
            found = parse(Path(name).read_text("utf-8"), name, language)
            given.setdefault(language, []).append(found)
    left = [_brought(CATALOGUE, HEADER, "sv", extracted(), given["sv"], checking)]
    for code in PLURALS:
        path, header = paper_catalogue(code), paper_header(code)
        left.append(_brought(path, header, code, on_paper(code), given.get(code, ()), checking))
    return int(any(left))


def _brought(
    path: Path,
    header: str,
    language: str,
    wanted: Catalog,
    fragments: Iterable[Catalog],
    checking: bool,  # noqa: FBT001 -- of the command
) -> bool:
    """Bring one catalogue in step; whether something is left to do."""
    current = path.read_text("utf-8") if path.exists() else ""
    result = rewritten(parse(current, path.name, language), wanted, fragments, header)
    lists = {
        "Not translated": result.untranslated,
        "No longer in the program, dropped": result.dropped,
        "Not in the program, left out": result.unknown,
        "Translated in several ways, the last one holds": result.differing,
    }
    for title, texts in lists.items():
        for text in texts:
            print(f"{language}: {title}: {text!r}")
    if checking:
        if current != result.text:
            print(f"{language}: differs from the code: run `python3 packaging/dev.py texts`.")
        return current != result.text or bool(result.untranslated)
    if current != result.text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(result.text, "utf-8", newline="\n")
    return bool(result.untranslated)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
