from __future__ import annotations

from colorsys import rgb_to_hls
from typing import get_args

import pytest

from api.shapes import LevelCode
from ui.levels import style_of, tag

LEVELS = get_args(LevelCode)


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def contrast_with_white(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def test_levels_are_ordered_from_the_strictest() -> None:
    assert sorted(LEVELS, key=lambda level: style_of(level).rank) == ["contraindicated", "avoid", "caution", "consider"]


@pytest.mark.parametrize("feature", ["shape", "dashes", "colour"])
def test_no_two_levels_share_a_shape_a_line_or_a_colour(feature: str) -> None:
    assert len({getattr(style_of(level), feature) for level in LEVELS}) == len(LEVELS)


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_can_be_read_on_white_and_white_on_it(level: str) -> None:
    assert contrast_with_white(style_of(level).colour) >= 4.5


@pytest.mark.parametrize("level", LEVELS)
def test_no_level_looks_green_or_pale(level: str) -> None:
    hue, lightness, _ = rgb_to_hls(*_channels(style_of(level).colour))
    assert not 70 <= hue * 360 <= 180
    assert lightness < 0.4


def test_consider_is_as_dark_as_the_strictest() -> None:
    assert contrast_with_white(style_of("consider").colour) >= contrast_with_white(style_of("contraindicated").colour)


def test_a_level_that_the_page_does_not_know_comes_first_and_is_loud() -> None:
    style = style_of("level of tomorrow")
    assert style.rank < style_of("contraindicated").rank
    assert style.width >= style_of("contraindicated").width


def test_a_level_is_said_in_words_beside_its_sign() -> None:
    assert "<span>Contre-indication</span>" in tag("contraindicated", "Contre-indication")
