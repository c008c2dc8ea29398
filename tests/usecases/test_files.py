import os
import stat
import sys

import pytest

from painprogram.domain.errors import Refused
from painprogram.usecases import files


def test_that_a_file_is_written_whole_and_takes_the_place_of_another(tmp_path) -> None:
    target = tmp_path / "Schema.pdf"
    target.write_bytes(b"old")

    assert files.write(target, b"new") == target
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes there")
def test_that_colleagues_may_read_what_is_saved_where_files_usually_are(tmp_path) -> None:
    usual = tmp_path / "usual"
    usual.touch()

    written = files.write(tmp_path / "x.ics", b"")

    assert stat.S_IMODE(written.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)


def test_that_what_can_not_be_written_is_said_and_leaves_nothing(tmp_path) -> None:
    with pytest.raises(Refused, match="is a folder"):
        files.write(tmp_path, b"x")
    with pytest.raises(Refused, match=r"folder .* does not exist"):
        files.write(tmp_path / "no" / "x.pdf", b"x")
    with pytest.raises(Refused, match="can't be written: file name too long"):
        files.write(tmp_path / ("x" * 300), b"x")

    assert list(tmp_path.iterdir()) == []


def test_that_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch) -> None:
    target = tmp_path / "x.pdf"
    target.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(Refused, match="no space left on device"):
        files.write(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Schema H26 A", "Schema H26 A.pdf"),
        ('Åre/Östersund: "tis"\n<kväll>', "Åre Östersund tis kväll.pdf"),
        ("../../etc", "etc.pdf"),
        ("  ..  ", "painprogram.pdf"),
        ("x" * 200, "x" * 100 + ".pdf"),
    ],
)
def test_that_a_name_is_one_every_system_takes(words: str, name: str) -> None:
    assert files.name_for(words, "pdf") == name
