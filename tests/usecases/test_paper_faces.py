"""A centre's own face and words on its papers: kept, undone, or refused with what to do."""

import io
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image

from painprogram.domain.envelopes import WINDOWS, Envelope, Fold, Window
from painprogram.domain.errors import Conflict, Refused
from painprogram.storage.database import Database
from painprogram.usecases import paper_faces, paper_words
from painprogram.usecases.paper_faces import PaperFace
from tests import make


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (300, 100), (10, 90, 40)).save(buffer, "JPEG")
    return buffer.getvalue()


def text_of(database: Database, centre_id, key: str, language: str = "en") -> str:
    found = paper_words.words(database, centre_id, language)
    return next(word.text for word in found if word.key == key)


def test_that_a_face_is_kept_and_can_be_undone(database: Database, tmp_path: Path) -> None:
    where = make.centre(database)
    plain = paper_faces.face(database, where.id)
    file = tmp_path / "logo.jpg"
    file.write_bytes(picture())
    wanted = replace(
        plain,
        logo=paper_faces.logo_from(file),
        colour=" #7a1f1f",
        sender=" Ek \n\n Box  1 ",
        footer="Org.nr 1",
        envelope=Envelope.OWN,
        own_window=Window(20.5, 45, 100, 35),
        fold=Fold.THIRDS,
        forwarding="Box 2",
    )

    kept = paper_faces.set_face(database, wanted)

    assert paper_faces.face(database, where.id) == kept
    assert kept.logo.startswith(b"\x89PNG")
    assert (kept.colour, kept.sender) == ("7A1F1F", "Ek\nBox 1")
    assert (kept.window, kept.fold) == (Window(20.5, 45, 100, 35), Fold.THIRDS)
    again = paper_faces.set_face(database, replace(kept, logo=b"", colour=""))
    assert again.logo == b""
    with pytest.raises(Conflict):
        paper_faces.set_face(database, replace(kept, footer="Old"))
    database.undo_recorded()  # as a later start of the program would, from the journal
    assert paper_faces.face(database, where.id).logo == kept.logo
    database.undo()
    assert paper_faces.face(database, where.id) == plain
    assert plain.window == WINDOWS[Envelope.H2]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"colour": "FFD400"}, "nearest that works is [0-9A-F]{6}"),
        ({"colour": "blue"}, "“blue” is no colour"),
        ({"logo": b"<svg/>"}, "not a picture"),
        ({"logo": bytes(3_000_000)}, "too large: 3 MB"),
        ({"sender": "line\n" * 7}, "more than 6 lines"),
        ({"forwarding": "w" * 81}, "more than 80 characters"),
        ({"footer": "w" * 201}, "too long"),
        ({"envelope": Envelope.OWN}, "Measure where the window"),
        ({"own_window": Window(0, 40, 300, 40)}, "not on the paper"),
    ],
)
def test_that_a_face_that_cannot_be_printed_is_refused(wrong, why: str) -> None:
    with pytest.raises(Refused, match=why):
        paper_faces.checked(PaperFace(uuid4(), **wrong))


def test_that_a_file_that_is_no_logo_is_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.png"
    with huge.open("wb") as file:
        file.truncate(80_000_000)

    with pytest.raises(Refused, match="80 MB"):
        paper_faces.logo_from(huge)
    with pytest.raises(Refused, match=r"none\.png can't be read"):
        paper_faces.logo_from(tmp_path / "none.png")
    with pytest.raises(Refused, match="can't be read"):
        paper_faces.logo_from(tmp_path)
    assert paper_faces.nearest_readable("0f4c5c") == "0F4C5C"


def test_that_words_of_ones_own_take_the_place_of_the_programs(database: Database) -> None:
    where = make.centre(database)
    usual = text_of(database, where.id, "closing")
    assert usual == "Kind regards"

    paper_words.set_word(database, where.id, "closing", "en", "  Welcome \n Bye ")
    assert text_of(database, where.id, "closing") == "Welcome\nBye"
    assert text_of(database, where.id, "closing", "sv") != "Welcome\nBye"
    paper_words.set_word(database, where.id, "closing", "en", usual)
    found = paper_words.words(database, where.id, "en")
    assert not any(word.is_own for word in found)
    database.undo()
    assert text_of(database, where.id, "closing") == "Welcome\nBye"
    paper_words.set_word(database, where.id, "closing", "en", " ")
    assert text_of(database, where.id, "closing") == usual


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        (
            "waiting.opening",
            "Since {dag}",
            r"\{dag\} can't .* \{programme\}, \{centre\} and \{day\}",
        ),
        ("waiting.opening", "{day.__class__}", r"\{day\.__class__\} can't"),
        ("waiting.opening", "{day!r}", r"\{day!r\} can't"),
        ("waiting.opening", "{day:>99999999}", r"\{day:>99999999\} can't"),
        ("waiting.opening", "{0} {}", r"\{0\} can't"),
        ("waiting.opening", "On {day", "brace stands alone"),
        ("closing", "Hello {name}", "nothing can in this text"),
        ("closing", "w" * 2001, "too long"),
        ("nothing", "w", "no text called nothing"),
    ],
)
def test_that_a_text_that_could_not_be_filled_in_is_refused(key: str, text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        paper_words.check(key, text)


def test_that_what_a_translation_has_lost_does_not_stop_a_letter() -> None:
    own = {("waiting.opening", "sv"): "Sedan {day}"}
    found = paper_words.Words(own, "en", lambda _swedish: "Since {gone}")

    assert "2 May" in found.text("waiting.opening", day="2 May", programme="", centre="Ek")
