import doctest

from painprogram.domain import names
from painprogram.domain.names import folded


def test_that_names_stand_in_swedish_order() -> None:
    assert doctest.testmod(names).failed == 0
    listed = ["Al-Jabiri", "Åberg", "Ärlig", "Öberg", "Zetterberg", "Ahlm"]
    assert sorted(listed, key=folded) == [
        "Ahlm",
        "Al-Jabiri",
        "Zetterberg",
        "Åberg",
        "Ärlig",
        "Öberg",
    ]


def test_that_a_letter_of_the_alphabet_is_no_accent() -> None:
    assert folded("Åsa") != folded("Asa")
    assert folded("ÅSA") == folded("åsa") == folded("a\N{COMBINING RING ABOVE}sa")
    assert folded("André") == folded("andre")
