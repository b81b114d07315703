from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import ui
from ui.app import build, css, head, theme

FOLDER = Path(ui.__path__[0])
ELSEWHERE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/2000/svg)[\w.-]+\.\w+|@import", re.IGNORECASE)


def test_the_page_asks_nothing_of_another_host() -> None:
    for text in (css(), head(), theme()._get_theme_css()):
        assert ELSEWHERE.findall(text) == []


@pytest.mark.parametrize("script", sorted((FOLDER / "data").glob("*.js")), ids=lambda path: path.name)
def test_scripts_call_no_host_keep_nothing_and_write_no_markup(script: Path) -> None:
    code = script.read_text("utf-8")
    forbidden = (
        r"fetch\(|XMLHttpRequest|sendBeacon|WebSocket|localStorage|sessionStorage|indexedDB|cookie|innerHTML|eval\("
    )
    assert re.findall(forbidden, code) == []
    assert ELSEWHERE.findall(re.sub(r"//.*", "", code)) == []


def test_the_browser_itself_refuses_other_hosts() -> None:
    assert "default-src 'self'" in head()
    assert "connect-src 'self'" in head()
    assert 'name="referrer" content="no-referrer"' in head()


def test_building_the_page_calls_no_one_and_counts_no_one() -> None:
    blocks = build("http://127.0.0.1:9")
    assert blocks.analytics_enabled is False


def test_no_event_of_the_page_is_offered_as_an_interface() -> None:
    events = build("http://127.0.0.1:9").get_config_file()["dependencies"]
    assert {event["api_visibility"] for event in events} == {"private"}


def test_acts_of_one_person_are_never_dropped_and_never_wait_for_another() -> None:
    blocks = build("http://127.0.0.1:9")
    assert {event["trigger_mode"] for event in blocks.get_config_file()["dependencies"]} == {"multiple"}
    assert {function.concurrency_limit for function in blocks.fns.values()} == {None}


def test_the_first_moment_of_the_page_holds_no_medicine() -> None:
    config = json.dumps(build("http://127.0.0.1:9").get_config_file(), default=str)
    assert 'class=\\"line ' not in config


def _variables(sheet: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", sheet))


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"),
        ("soft", "paper"),
        ("soft", "ground"),
        ("accent", "paper"),
        ("stop", "stop-ground"),
        ("soft", "stop-ground"),
        ("check", "check-ground"),
        ("soft", "check-ground"),
        ("contraindicated", "paper"),
        ("avoid", "paper"),
        ("caution", "paper"),
        ("consider", "paper"),
    ],
)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    """WCAG 2.2 AA: 4.5 to 1."""
    colours = _variables(css())
    light, dark = sorted((_luminance(colours[text]), _luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("level", ["contraindicated", "avoid", "caution", "consider"])
def test_the_sheet_and_the_picture_use_the_same_colours(level: str) -> None:
    from ui.levels import style_of

    assert _variables(css())[level] == style_of(level).colour


def test_the_page_can_be_printed() -> None:
    assert "@media print" in css()
