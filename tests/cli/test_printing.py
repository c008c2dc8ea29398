"""Papers from the command line."""

from pathlib import Path

from painprogram.usecases import Database, centres, groups, publications, sessions
from tests import make
from tests.cli.told import Cli, text_of


def test_that_every_kind_of_paper_is_written_with_its_pages_and_seconds(
    painprogram: Cli, file: Path, tmp_path: Path
) -> None:
    with_one = ("--patient", "Maria Öberg")
    asked = {
        "card": with_one,
        "letter": with_one,
        "silence": ("--group", "H26 A"),
        "measures": with_one,
        "attendance": ("--group", "H26 A", "--initials"),
        "staff": ("--staff", "Anna Berg", "--from", "2027-01-11"),
        "door": ("--room", "Gymmet", "--from", "2027-01-11"),
        "report": ("--group", "H26 A"),
        "handover": with_one,
        "accesslog": with_one,
        "calibration": (),
    }
    for kind, whose in asked.items():
        out = tmp_path / f"{kind}.pdf"
        told = painprogram("print", kind, *whose, "--out", out, "--database", file)

        assert (told.code, told.err) == (0, ""), kind
        where, pages = told.out.splitlines()
        assert where == str(out)
        assert pages.split()[1] in ("page", "pages")
        assert pages.endswith(" s")
        assert text_of(out).strip()


def test_that_one_file_for_each_is_named_without_the_patient(told, filled, tmp_path: Path) -> None:
    database = Database.open(filled)
    make.placed(database, centres.centres(database)[0], groups.groups(database)[0].id, 1, "Anna")
    database.close()
    folder = tmp_path / "papers"

    made = told("print", "sheet", "--group", "H26 A", "--out", folder, "--one-each")

    names = ["Schedule H26 A 1.pdf", "Schedule H26 A 2.pdf"]
    assert [Path(one["file"]).name for one in made["files"]] == names
    assert sorted(one.name for one in folder.iterdir()) == names
    assert "Anna Öberg" in text_of(folder / names[0])
    assert (made["kind"], made["untranslated"]) == ("sheet", [])
    assert made["pages"] == sum(one["pages"] for one in made["files"])


def test_that_the_queue_is_printed_and_then_empty(painprogram: Cli, file: Path) -> None:
    out = file.parent / "queue.pdf"
    database = Database.open(str(file))
    group = groups.groups(database)[0]
    publications.publish(database, group.id)
    painprogram("print", "sheet", "--group", "H26 A", "--out", out, "--database", file)
    empty = painprogram("print", "sheet", "--queue", "--out", out, "--database", file)
    held = sessions.sessions(database, group.id)[0]
    sessions.cancel(database, held.id, reason="Sjuk")
    publications.publish(database, group.id)

    told = painprogram("print", "sheet", "--queue", "--out", out, "--database", file)
    again = painprogram("print", "sheet", "--queue", "--out", out, "--database", file)

    nothing = "No sheet is out of date: there is nothing to print.\n"
    assert (empty.code, empty.err) == (1, nothing)
    assert (told.code, told.err) == (0, "")
    assert (again.code, again.err) == (1, nothing)


def test_that_what_is_not_translated_is_refused_until_it_may_stand(
    painprogram: Cli, file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "sheet.pdf"
    line = ("print", "sheet", "--patient", "Maria Öberg", "--language", "ar")

    told = painprogram("--language", "en", *line, "--out", out, "--database", file)
    nothing = out.exists()
    allowed = painprogram(
        "--language", "en", *line, "--out", out, "--database", file, "--untranslated"
    )

    assert told.code == 1
    assert "not translated" in told.err
    assert not nothing
    assert (allowed.code, allowed.err) == (0, "")
