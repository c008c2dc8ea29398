"""How names are searched and put in order: alike for every engine, as in a Swedish list."""

import unicodedata
from functools import lru_cache

_SWEDISH = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}
"""The three letters after z, in their order, as the three signs after z."""


def folded(text: str) -> str:
    """*text* without case and accents, in a form whose plain order is the Swedish one.

    >>> sorted(["Öberg", "Zorn", "Ärlig", "Åberg", "Édouard", "Ek"], key=folded)
    ['Édouard', 'Ek', 'Zorn', 'Åberg', 'Ärlig', 'Öberg']
    """
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFC", text.casefold())
    return "".join(_SWEDISH.get(letter) or _plain(letter) for letter in composed)


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))
