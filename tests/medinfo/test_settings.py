from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from medinfo.errors import UnsafeConfiguration
from medinfo.settings import Settings

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MEDINFO_{name.upper()}", raising=False)


def _documented() -> dict[str, tuple[str, str]]:
    rows = re.findall(r"^\| `(MEDINFO_\w+)` \| `([^`]*)` \| (.+?) \|$", DOCS.read_text("utf-8"), re.MULTILINE)
    return {name: (default, text) for name, default, text in rows}


def test_every_setting_is_documented_and_nothing_else_is() -> None:
    assert set(_documented()) == {f"MEDINFO_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_documented_text_and_default_are_those_of_the_code(name: str) -> None:
    default, text = _documented()[f"MEDINFO_{name.upper()}"]
    field = Settings.model_fields[name]
    assert text == field.description
    if name == "data_dir":
        assert default == "~/.local/share/medinfo"
    elif name == "reference_data":
        assert (DOCS.parents[1] / default).resolve() == Settings().reference_data.resolve()
    elif name == "models_dir":
        assert default == "~/.local/share/medinfo/models"
        assert Settings(data_dir=Path("/x")).models_dir == Path("/x/models")
    elif name == "database_url":
        assert default == "sqlite:///~/.local/share/medinfo/medinfo.sqlite"
        assert Settings(data_dir=Path("/x")).database_url == "sqlite:////x/medinfo.sqlite"
    elif name == "ui":
        assert (default, field.default) == ("on", True)
    elif name == "allow_insecure":
        assert (default, field.default) == ("0", False)
    else:
        assert default == str(field.default)


@pytest.mark.parametrize(("text", "value"), [("on", True), ("off", False), ("ON", True), ("1", True), ("0", False)])
def test_the_screen_is_switched_by_on_and_off(monkeypatch: pytest.MonkeyPatch, text: str, value: bool) -> None:
    monkeypatch.setenv("MEDINFO_UI", text)
    assert Settings().ui is value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("UI", "perhaps"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("ENVIRONMENT", "staging"),
        ("LOG_LEVEL", "loud"),
        ("DEVICE", "tpu"),
        ("GPUS", "0;1"),
        ("GPUS", "first"),
        ("COMPUTE_TYPE", "int8 or so"),
        ("TRANSLATION_THREADS", "-1"),
        ("TRANSLATION_QUEUE_TOKENS", "0"),
        ("MODEL_IDLE_SECONDS", "-1"),
        ("MODEL_HUB", "file:///etc"),
        ("JOB_RETENTION_HOURS", "0"),
        ("ALLOWED_HOSTS", "a b"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MEDINFO_{name}", value)
    with pytest.raises(ValidationError):
        Settings()


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MEDINFO_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MEDINFO_PORT", "8123")
    settings = Settings()
    assert (settings.data_dir, settings.port) == (tmp_path, 8123)


def test_a_tilde_in_a_folder_is_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDINFO_DATA_DIR", "~/medinfo-data")
    assert Settings().data_dir == Path.home() / "medinfo-data"


def test_settings_cannot_be_changed_once_read() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost"])
def test_loopback_is_safe(host: str) -> None:
    Settings(host=host).require_safe()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", "localhost.example.org", ""])
def test_any_other_address_is_refused(host: str) -> None:
    with pytest.raises(UnsafeConfiguration, match="no sign-in"):
        Settings(host=host).require_safe()


def test_any_other_address_is_taken_when_asked_for_by_name() -> None:
    Settings(host="0.0.0.0", allow_insecure=True).require_safe()


@pytest.mark.parametrize(
    ("host", "allowed", "names"),
    [
        ("127.0.0.1", "auto", {"localhost", "127.0.0.1", "[::1]"}),
        ("0.0.0.0", "auto", None),
        ("0.0.0.0", "Ward.example:8000,[fe80::1]", {"ward.example", "[fe80::1]", "localhost", "127.0.0.1", "[::1]"}),
        ("127.0.0.1", "ward.example", {"ward.example", "localhost", "127.0.0.1", "[::1]"}),
    ],
)
def test_the_names_that_are_answered(host: str, allowed: str, names: set[str] | None) -> None:
    found = Settings(host=host, allowed_hosts=allowed).host_names
    assert found == (None if names is None else frozenset(names))


@pytest.mark.parametrize(("text", "indices"), [("all", ()), ("0", (0,)), ("1,3", (1, 3))])
def test_gpus_are_named_by_their_numbers(text: str, indices: tuple[int, ...]) -> None:
    assert Settings(gpus=text).gpu_indices == indices


def test_the_password_of_the_database_is_not_shown_with_the_settings() -> None:
    assert "hunter2" not in repr(Settings(database_url="postgresql+psycopg://me:hunter2@db/medinfo"))
