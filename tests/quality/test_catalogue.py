"""Bringing the Swedish catalogue in step with the code loses nothing and makes no noise."""

from pathlib import Path

import texts
from babel.messages import Catalog


def known(entries: str) -> Catalog:
    return texts.parse(entries, "known.po")


def code(tmp_path: Path, source: str) -> Catalog:
    package = tmp_path / "painprogram"
    package.mkdir(exist_ok=True)
    (package / "a.py").write_text(source, "utf-8")
    return texts.extracted(package)


def test_that_every_marked_text_is_found(tmp_path: Path) -> None:
    source = """
_("One"), i18n._("Two"), N_("Three"), ngettext("{n} seat", "{n} seats", 3), pgettext("verb", "Plan")
_(name), other("Four")
"""

    found = {texts.key(each) for each in texts.entries(code(tmp_path, source))}

    assert found == {
        ("One", None),
        ("Two", None),
        ("Three", None),
        ("{n} seat", None),
        ("Plan", "verb"),
    }


def test_that_translations_are_kept_and_what_is_gone_is_dropped(tmp_path: Path) -> None:
    old = known('msgid "One"\nmsgstr "Ett"\n\nmsgid "Gone"\nmsgstr "Borta"\n')

    result = texts.rewritten(old, code(tmp_path, '_("One"), _("Two")'))

    assert result.text == (
        texts.HEADER
        + '#: painprogram/a.py\nmsgid "One"\nmsgstr "Ett"\n\n'
        + '#: painprogram/a.py\nmsgid "Two"\nmsgstr ""\n'
    )
    assert (result.dropped, result.untranslated) == (["Gone"], ["Two"])


def test_that_moving_a_text_to_another_line_changes_nothing(tmp_path: Path) -> None:
    before = texts.rewritten(known(""), code(tmp_path, '_("One")\n_("Two")'))

    after = texts.rewritten(known(before.text), code(tmp_path, '\n\n_("One")\n\n_("Two")'))

    assert after.text == before.text


def test_that_a_second_rewrite_changes_nothing(tmp_path: Path) -> None:
    wanted = '_("{name} – “quoted”"), ngettext("{n} seat", "{n} seats", 3), _("100 % \\"x\\"")'
    once = texts.rewritten(known(""), code(tmp_path, wanted))

    assert texts.rewritten(known(once.text), code(tmp_path, wanted)).text == once.text


def test_that_a_translators_entries_are_taken_in(tmp_path: Path) -> None:
    old = known('msgid "One"\nmsgstr "Ett"\n')
    first = known('msgid "Two"\nmsgstr "Tva"\n\nmsgid "Other"\nmsgstr "Annan"\n')
    second = known(
        'msgid "Two"\nmsgstr "Två"\n\nmsgid "{n} seat"\nmsgid_plural "{n} seats"\n'
        'msgstr[0] "{n} plats"\nmsgstr[1] "{n} platser"\n\nmsgid "One"\nmsgstr ""\n'
    )
    source = '_("One"), _("Two"), ngettext("{n} seat", "{n} seats", 3)'

    result = texts.rewritten(old, code(tmp_path, source), [first, second])

    strings = {texts.key(each)[0]: each.string for each in texts.entries(known(result.text))}
    assert strings == {"One": "Ett", "Two": "Två", "{n} seat": ("{n} plats", "{n} platser")}
    assert (result.unknown, result.differing, result.untranslated) == (["Other"], ["Two"], [])


def test_that_a_doubtful_translation_stays_doubtful_until_somebody_gives_a_new_one(
    tmp_path: Path,
) -> None:
    old = known('#, fuzzy\nmsgid "One"\nmsgstr "Ett"\n')

    kept = texts.rewritten(old, code(tmp_path, '_("One")'))
    solved = texts.rewritten(old, code(tmp_path, '_("One")'), [known('msgid "One"\nmsgstr "En"\n')])

    assert kept.untranslated == ["One"]
    assert "fuzzy" in kept.text
    assert solved.untranslated == []
    assert "fuzzy" not in solved.text
