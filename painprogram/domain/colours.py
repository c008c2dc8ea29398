"""Colours as six hexadecimal digits, and whether text in them can be read on white paper."""

import colorsys
import re

LEAST_CONTRAST = 4.5
"""To one, as WCAG asks of text."""
_DIGITS = re.compile(r"[0-9a-f]{6}", re.IGNORECASE)


def read(text: str) -> str | None:
    """Six capitals of *text* with or without ``#``; None where it is no colour.

    >>> read(" #0f4c5c ")
    '0F4C5C'
    """
    digits = text.strip().removeprefix("#")
    return digits.upper() if _DIGITS.fullmatch(digits) else None


def contrast(digits: str) -> float:
    """Of text in this colour on white: 1 to 21.

    >>> round(contrast("000000"), 1), round(contrast("0F4C5C"), 1)
    (21.0, 9.5)
    """
    return 1.05 / (_luminance(parts(digits)) + 0.05)


def nearest_readable(digits: str) -> str:
    """The same hue, no darker than it has to be.

    >>> nearest_readable("0F4C5C"), contrast(nearest_readable("FFD400")) >= LEAST_CONTRAST
    ('0F4C5C', True)
    """
    if contrast(digits) >= LEAST_CONTRAST:
        return digits
    hue, light, saturation = colorsys.rgb_to_hls(*parts(digits))
    low, high = 0.0, light
    for _step in range(12):
        middle = (low + high) / 2
        tried = _digits(colorsys.hls_to_rgb(hue, middle, saturation))
        low, high = (middle, high) if contrast(tried) >= LEAST_CONTRAST else (low, middle)
    return _digits(colorsys.hls_to_rgb(hue, low, saturation))


def parts(digits: str) -> tuple[float, float, float]:
    """Red, green and blue, each from 0 to 1."""
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _digits(rgb: tuple[float, float, float]) -> str:
    return "".join(f"{round(part * 255):02X}" for part in rgb)


def _luminance(rgb: tuple[float, float, float]) -> float:
    """Relative luminance of sRGB."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for part in rgb
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
