"""What a place that can't be opened is told."""

import pytest

from painprogram.domain.errors import Refused
from painprogram.storage.database import Database


def refused(place: object, **options: object) -> str:
    """The sentence with which *place* is refused."""
    with pytest.raises(Refused) as caught:
        Database.open(str(place), patience=0.1, **options).close()  # type: ignore[arg-type]
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert "secret" not in sentence
    return sentence
