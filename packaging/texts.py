"""The Swedish catalogue: what it must hold, what it holds, and how the two are brought together.

``texts.py`` rewrites the catalogue; ``texts.py merge FILE …`` first takes in plain po entries;
``texts.py check`` changes nothing and fails when the catalogue isn't what a rewrite would give.
"""

import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import PoFileError, read_po, write_po

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "resources" / "locale" / "sv" / "LC_MESSAGES" / "painprogram.po"
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


def parse(text: str, name: str) -> Catalog:
    """Read po entries, with or without a header."""
    if 'msgid ""\nmsgstr ""\n' not in text:
        text = HEADER + text
    try:
        return read_po(io.StringIO(text), locale="sv", abort_invalid=True)
    except PoFileError as error:
        raise SystemExit(f"{name}: {error}") from error


def catalogue() -> Catalog:
    """The Swedish catalogue as it stands."""
    return parse(CATALOGUE.read_text("utf-8") if CATALOGUE.exists() else "", CATALOGUE.name)


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


def rewritten(known: Catalog, wanted: Catalog, merged: Iterable[Catalog] = ()) -> Result:
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
    result.text = HEADER + buffer.getvalue().decode("utf-8").strip() + "\n"
    return result


def main(arguments: list[str]) -> int:
    """Do what is asked; 1 when something is left for a translator or for the catalogue."""
    checking = arguments == ["check"]
    if arguments and arguments[0] != "merge" and not checking:
        raise SystemExit("usage: texts.py [check | merge FILE …]")
    fragments = [parse(Path(name).read_text("utf-8"), name) for name in arguments[1:]]
    result = rewritten(catalogue(), extracted(), fragments)
    lists = {
        "Not translated": result.untranslated,
        "No longer in the program, dropped": result.dropped,
        "Not in the program, left out": result.unknown,
        "Translated in several ways, the last one holds": result.differing,
    }
    for title, texts in lists.items():
        for text in texts:
            print(f"{title}: {text!r}")
    current = CATALOGUE.read_text("utf-8") if CATALOGUE.exists() else ""
    if checking:
        if current != result.text:
            print("The catalogue differs from the code: run `python3 packaging/dev.py texts`.")
        return int(current != result.text or bool(result.untranslated))
    if current != result.text:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_text(result.text, "utf-8", newline="\n")
    return int(bool(result.untranslated))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
