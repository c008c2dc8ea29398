"""Everything that can stand on a patient's paper is said in every language of papers."""

import ast
import re

import pytest
import texts

from painprogram import i18n

LANGUAGES = [key for key in i18n.PAPER_LANGUAGES if key not in i18n.LANGUAGES]


def known(language: str) -> dict[texts.Key, tuple[str, ...]]:
    path = texts.paper_catalogue(language)
    said = texts.parse(path.read_text("utf-8"), path.name, language)
    return {
        texts.key(each): tuple(each.string) if not isinstance(each.string, str) else (each.string,)
        for each in texts.entries(said)
        if texts.is_translated(each) and each.string
    }


def fields(words: str) -> set[str]:
    return set(re.findall(r"{\w+}", words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_text_of_a_patients_paper_lacks_a_translation(language) -> None:
    said = known(language)
    wanted = list(texts.entries(texts.on_paper(language)))

    assert [texts.key(each) for each in wanted if texts.key(each) not in said] == []
    assert len(said) == len(wanted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_translations_fill_in_what_the_english_does(language) -> None:
    wrong = [
        (key, words)
        for key, forms in known(language).items()
        for words in forms
        # One or two of something may be said without the figure.
        if fields(words) != fields(key[0])
        and not (len(forms) > 1 and fields(words) < fields(key[0]) == {"{number}"})
    ]

    assert wrong == []


def test_that_every_language_says_that_nobody_has_reviewed_it() -> None:
    for language in LANGUAGES:
        assert "UNREVIEWED" in texts.paper_catalogue(language).read_text("utf-8")[:200]
        assert i18n.catalogue_digest(language) != i18n.catalogue_digest("sv")


def test_that_what_is_said_to_the_staff_alone_is_not_asked_for() -> None:
    source = 'raise Refused(_("a"))\nx = _("b")\n_NOBODY = {1: _("c")}\n_Word(_("d"), _("e"))\n'

    assert texts.elsewhere(source) == {1, 3}
    assert texts.labelled(source) == {"d"}
    assert isinstance(ast.parse(source), ast.Module)
