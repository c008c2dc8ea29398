"""Every text is translated, worded by the glossary, and none reaches the screen untranslated."""

import pytest
import texts
from babel.messages import Message

from tests.quality import wording
from tests.quality.house import PACKAGE
from tests.quality.project import ROOT

CODE = texts.extracted()
SWEDISH = list(texts.entries(texts.catalogue()))
# Written alike in both languages, and why that is right.
SAME: dict[str, str] = {
    "Instrument": "the same word",
    "Information": "the same word",
    "Plan": "the same word",
    "PDF": "a name",
    "OK": "the same word",
    "Version {number}, {date}": "the same word",
    "Version {number}": "the same word",
    "{letter}, version {number}, {date}.": "the same word",
    "Esc": "the name of a key",
    "Status": "the same word",
    "Patient": "the same word",
    "Reception": "the same word",
    "Filter": "the same word",
    "Filter: {what}": "the same word",
    " mm": "a unit",
    "TEXT": "the same word",
    "Zoom: {number} %": "the same word",
    "N": "a number on the command line",
}


def test_that_the_catalogue_is_in_step_with_the_code() -> None:
    """Otherwise: ``python3 packaging/dev.py texts``."""
    result = texts.rewritten(texts.catalogue(), texts.extracted())

    assert result.dropped == []
    assert texts.CATALOGUE.read_text("utf-8") == result.text


def test_that_every_text_is_translated() -> None:
    known = {texts.key(message) for message in SWEDISH if texts.is_translated(message)}

    missing = [
        key[0] for message in texts.entries(CODE) if (key := texts.key(message)) not in known
    ]

    assert missing == []


def test_that_no_translation_is_obsolete() -> None:
    assert list(texts.catalogue().obsolete) == []


def test_that_a_translation_has_the_fields_of_its_text() -> None:
    faults = [fault for message in SWEDISH for fault in wording.field_faults(message)]

    assert faults == []


def test_that_a_translation_is_not_the_english_again() -> None:
    same = [
        message.id
        for message in SWEDISH
        if message.id == message.string
        and wording.has_words(str(message.id))
        and message.id not in SAME
    ]

    assert same == []


def test_that_a_text_shouts_at_nobody_and_is_set_cleanly() -> None:
    faults = [
        f"{text!r}: {fault}"
        for message in SWEDISH
        for text in wording.forms(message.id) + wording.forms(message.string)
        for fault in wording.style_faults(text)
    ]

    assert faults == []


def test_that_texts_use_the_words_of_the_glossary() -> None:
    faults = [
        f"{text!r}: {fault}"
        for message in SWEDISH
        for translated, words in (
            (message.id, wording.AVOIDED_ENGLISH),
            (message.string, wording.AVOIDED_SWEDISH),
        )
        for text in wording.forms(translated)
        for fault in wording.avoided(text, words)
    ]

    assert faults == []


def test_that_nothing_is_shown_without_being_translated() -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{line}: {text!r}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line, text in wording.visible_literals(path.read_text("utf-8"))
    ]

    assert faults == []


@pytest.mark.parametrize(
    "source",
    [
        'label.setText("Save")',
        'QLabel("Save", parent)',
        'menu.addAction(icon, "Save")',
        'label.setText(f"Saved {n}")',
        'label.setText("Save" if n else "")',
        'label.setText("Saved: " + name)',
        'label.setText("Saved {n}".format(n=3))',
        'table.setHeaderLabels([_("Name"), "Time"])',
        'QPushButton(text="Save")',
        'raise Refused("The group is full.")',
        'database.change("Move session")',
        'canvas.drawString(1, 2, "Schedule")',
    ],
)
def test_that_a_visible_literal_is_caught(source: str) -> None:
    assert len(list(wording.visible_literals(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        'label.setText(_("Save"))',
        'label.setText(_("Saved {n}").format(n=3))',
        'label.setText("–")',
        'label.setText(f"{start}–{end}")',
        'box.addItem(_("Swedish"), "sv")',
        'label.setObjectName("save")',
        "label.setText(names['save'])",
    ],
)
def test_that_what_is_translated_or_wordless_is_left_alone(source: str) -> None:
    assert list(wording.visible_literals(source)) == []


@pytest.mark.parametrize(
    ("english", "swedish", "right"),
    [
        ("{name} is full", "{name} är full", True),
        ("{name} is full", "{namn} är full", False),
        ("{name} is full", "Den är full", False),
        ("{name} is full", "{name är full", False),
        (("{number} seat", "{number} seats"), ("en plats", "{number} platser"), True),
        (("one seat", "{number} seats"), ("{number} plats", "{number} platser"), True),
        (("{number} seat", "{number} seats"), ("en plats", "många platser"), False),
        (("{name}: {number}", "{name}: {number}"), ("{number}", "{name}: {number}"), False),
    ],
)
def test_that_a_lost_field_is_caught(english, swedish, *, right: bool) -> None:
    assert (list(wording.field_faults(Message(english, swedish))) == []) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [("Klart!", False), ("Vänta...", False), ("Vänta …", True), ("två  ord", False)],
)
def test_that_a_careless_text_is_caught(text: str, *, right: bool) -> None:
    assert (list(wording.style_faults(text)) == []) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Välj användare", False),
        ("Avtalet går ut", False),
        ("Överenskommelsen går ut", True),
        ("Ny session", False),
        ("Sessionen är slut", False),
        ("Könsfördelning", True),
        ("Slotts{slot}", True),
    ],
)
def test_that_a_word_the_glossary_avoids_is_caught(text: str, *, right: bool) -> None:
    assert (list(wording.avoided(text, wording.AVOIDED_SWEDISH)) == []) == right


def test_that_a_public_holiday_may_be_called_so() -> None:
    assert list(wording.avoided("Skipped: public holiday", wording.AVOIDED_ENGLISH)) == []
    assert len(list(wording.avoided("Skipped: holiday", wording.AVOIDED_ENGLISH))) == 1
