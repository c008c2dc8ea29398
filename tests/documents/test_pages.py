import pytest

from painprogram.documents import pages
from painprogram.documents.sheet import sheet
from painprogram.domain.errors import Refused
from tests.documents.papers import content, rows


def test_that_a_page_becomes_a_picture_of_the_paper() -> None:
    pdf = sheet(content())

    picture = pages.page(pdf, 0, 72)

    assert (picture.width, picture.height) == (596, 842)
    assert len(picture.bgra) == picture.stride * picture.height
    assert picture.bgra[:4] == b"\xff\xff\xff\xff"
    assert set(picture.bgra[3::4]) == {255}
    assert min(picture.bgra[0::4]) < 60


def test_that_all_pages_come_one_after_the_other() -> None:
    pdf = sheet(content(rows=rows(45)))

    pictures = list(pages.pages(pdf, 36))

    assert pages.page_count(pdf) == len(pictures) == 3
    assert pictures[0] != pictures[1]


def test_that_the_size_of_a_page_is_that_of_the_paper() -> None:
    width, height = pages.page_size(sheet(content()), 0)

    assert (round(width), round(height)) == (210, 297)


@pytest.mark.parametrize("broken", [b"", b"no document", b"%PDF-1.4\n"])
def test_that_what_is_no_pdf_is_refused_in_words(broken) -> None:
    with pytest.raises(Refused, match="not a readable PDF"):
        pages.page_count(broken)
