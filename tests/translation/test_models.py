from __future__ import annotations

import fcntl
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from medinfo.errors import InvalidInput, NotFound, UnusableSource
from tests.translation.hub import COMMIT, Hub, running
from tests.translation.tiny import word_model
from tests.translation.tiny_random import random_model
from translation import models
from translation.download import ATTEMPTS
from translation.engine_manifest import MANIFEST, read_manifest
from translation.families import load_families
from translation.models_catalogue import CatalogueModel, catalogue, entry, families, layout
from translation.models_place import check_name

CONVERTED = "madlad400-3b-int8"
BAD_NAMES = ["../x", "..", ".", "", "a/b", "/etc", "a\\b", "A", "a..b", ".hidden", "a" * 200, "x\0y", "a-", "-a"]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """A hub with a real tiny model where the catalogue says that a converted one is."""
    made = random_model(tmp_path / "served", "madlad")
    (made / MANIFEST).unlink()
    with running(Hub({entry(CONVERTED).repository: made})) as hub:
        yield hub


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


def no_pause(seconds: float) -> None:
    """A test does not wait."""


def left(folder: Path) -> list[str]:
    """What lies in the folder of models, locks apart."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix != ".lock")


def test_a_converted_model_is_installed_verified_and_recorded(hub: Hub, folder: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    lines = models.install(CONVERTED, folder, base=hub.base, progress=lambda *step: steps.append(step))
    model = read_manifest(folder / CONVERTED)
    assert model.family == "madlad"
    assert model.licence == "Apache-2.0"
    assert model.revision == COMMIT
    assert model.source == entry(CONVERTED).repository
    for name, sha256 in model.sha256.items():
        assert hashlib.sha256((folder / CONVERTED / name).read_bytes()).hexdigest() == sha256
    said = "\n".join(lines)
    assert "Licence: Apache-2.0." in said
    assert f"at commit {COMMIT}" in said
    assert "SHA-256 that the hub gives: " in said
    assert "git SHA-1 that the hub gives: config.json" in said
    assert "converted by others" in said
    assert steps[-1][1] == steps[-1][2] > 0
    assert left(folder)[:2] == [".downloads", CONVERTED]


def test_an_installed_model_is_listed_first_and_holds_its_checksums(hub: Hub, folder: Path) -> None:
    models.install(CONVERTED, folder, base=hub.base)
    rows = models.list_models(folder)
    assert [row.name for row in rows if row.installed] == [CONVERTED]
    assert rows[0].installed
    assert rows[0].problem == ""
    assert models.verify(CONVERTED, folder) == []
    assert "installed" in models.table(rows)[1]


def test_an_altered_or_missing_file_is_found(hub: Hub, folder: Path) -> None:
    models.install(CONVERTED, folder, base=hub.base)
    with (folder / CONVERTED / "model.bin").open("ab") as file:
        file.write(b"x")
    (folder / CONVERTED / "config.json").unlink()
    assert models.verify(CONVERTED, folder) == ["config.json is missing.", "model.bin was altered."]
    assert "config.json" in models.list_models(folder)[0].problem


def test_a_model_with_a_broken_manifest_is_listed_with_its_problem(folder: Path) -> None:
    (folder / "broken").mkdir(parents=True)
    (folder / "broken" / MANIFEST).write_text("{")
    row = models.list_models(folder)[0]
    assert (row.name, row.installed) == ("broken", True)
    assert row.problem
    assert row.problem in "\n".join(models.table([row]))


def test_an_interrupted_install_leaves_no_model_and_is_continued(hub: Hub, folder: Path) -> None:
    hub.cuts["model.bin"] = [20_000, *[0] * ATTEMPTS]
    with pytest.raises(UnusableSource, match="broke"):
        models.install(CONVERTED, folder, base=hub.base, pause=no_pause)
    assert not [row for row in models.list_models(folder) if row.installed]
    assert not (folder / CONVERTED).exists()
    hub.cuts.clear()
    hub.asked.clear()
    models.install(CONVERTED, folder, base=hub.base)
    assert hub.downloads("model.bin") == ["bytes=20000-"]
    assert hub.downloads("config.json") == []
    assert models.verify(CONVERTED, folder) == []


@pytest.mark.parametrize("fault", ["altered", "grown"])
def test_a_wrong_file_is_never_installed(hub: Hub, folder: Path, fault: str) -> None:
    getattr(hub, fault).add("model.bin")
    with pytest.raises(UnusableSource):
        models.install(CONVERTED, folder, base=hub.base)
    assert not (folder / CONVERTED).exists()


def test_what_ctranslate2_cannot_load_is_not_installed(hub: Hub, folder: Path) -> None:
    (hub.repositories[entry(CONVERTED).repository] / "model.bin").write_bytes(b"no model at all" * 1000)
    with pytest.raises(UnusableSource, match="cannot be loaded"):
        models.install(CONVERTED, folder, base=hub.base)
    assert not (folder / CONVERTED).exists()
    assert not list(folder.glob(".incoming-*"))


def test_a_model_without_a_tokenizer_is_not_installed(hub: Hub, folder: Path) -> None:
    (hub.repositories[entry(CONVERTED).repository] / "spiece.model").unlink()
    with pytest.raises(UnusableSource, match="tokenizer"):
        models.install(CONVERTED, folder, base=hub.base)
    assert not (folder / CONVERTED).exists()


def test_a_repository_without_weights_is_named(hub: Hub, folder: Path) -> None:
    (hub.repositories[entry(CONVERTED).repository] / "model.bin").unlink()
    with pytest.raises(UnusableSource, match=r"has no model\.bin"):
        models.install(CONVERTED, folder, base=hub.base)


def test_a_download_far_larger_than_the_catalogue_says_is_refused_before_it_starts(hub: Hub, folder: Path) -> None:
    hub.sizes["model.bin"] = 50_000_000_000
    with pytest.raises(UnusableSource, match="more than"):
        models.install(CONVERTED, folder, base=hub.base)
    assert hub.downloads("model.bin") == []


def test_a_hub_that_has_not_the_model_is_told(folder: Path) -> None:
    with running(Hub()) as empty, pytest.raises(NotFound):
        models.install(CONVERTED, folder, base=empty.base)
    assert not (folder / CONVERTED).exists()


def test_a_hub_in_plain_http_elsewhere_is_refused(folder: Path) -> None:
    with pytest.raises(UnusableSource, match="only https"):
        models.install(CONVERTED, folder, base="http://hub.example")


def test_a_hub_that_speaks_something_else_is_told(folder: Path, hub: Hub) -> None:
    with pytest.raises(UnusableSource, match="no JSON"):
        models.install(CONVERTED, folder, base=hub.base + f"/content/{entry(CONVERTED).repository}/spiece.model#")


def test_a_model_is_not_installed_twice(hub: Hub, folder: Path) -> None:
    models.install(CONVERTED, folder, base=hub.base)
    with pytest.raises(InvalidInput, match="installed already"):
        models.install(CONVERTED, folder, base=hub.base)


def test_two_processes_do_not_install_the_same_model_at_once(hub: Hub, folder: Path) -> None:
    (folder / ".downloads").mkdir(parents=True)
    with (folder / ".downloads" / f"{CONVERTED}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(InvalidInput, match="another process"):
            models.install(CONVERTED, folder, base=hub.base)


def test_what_a_killed_install_left_is_cleared(hub: Hub, folder: Path) -> None:
    (folder / f".incoming-{CONVERTED}-abc" / CONVERTED).mkdir(parents=True)
    models.install(CONVERTED, folder, base=hub.base)
    assert not list(folder.glob(".incoming-*"))


def test_a_non_commercial_licence_is_shown_and_must_be_accepted(folder: Path) -> None:
    notice = models.licence_notice("nllb-200-distilled-600m")
    assert "CC-BY-NC-4.0" in notice
    assert models.licence_notice("opus-mt-en-fr") == ""
    with running(Hub()) as hub:
        with pytest.raises(InvalidInput, match="commercial") as refused:
            models.install("nllb-200-distilled-600m", folder, base=hub.base)
        assert refused.value.detail == notice
        assert "--accept-licence" in refused.value.hint
        assert hub.asked == []


def test_a_model_that_needs_converting_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)  # as where it is not installed
    with running(Hub()) as hub:
        with pytest.raises(InvalidInput, match="torch") as refused:
            models.install("opus-mt-en-fr", folder, base=hub.base)
        assert "medinfo[models]" in refused.value.hint
        with pytest.raises(InvalidInput, match="torch"):
            models.convert("somebody/something", folder, base=hub.base)
        assert hub.asked == []


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_cannot_lead_out_of_the_folder(folder: Path, name: str) -> None:
    (folder.parent / "x").mkdir()
    (folder.parent / "x" / MANIFEST).write_text("{}")
    folder.mkdir()
    for act in (models.install, models.remove, models.verify):
        with pytest.raises(InvalidInput, match="cannot be the name"):
            act(name, folder)
    assert (folder.parent / "x" / MANIFEST).is_file()


def test_a_model_that_nobody_knows_is_told_what_there_is(folder: Path) -> None:
    with pytest.raises(NotFound) as refused:
        models.install("something-else", folder)
    assert "models list" in refused.value.hint


def test_a_removed_model_is_gone_and_others_stay(folder: Path) -> None:
    word_model(folder, {"oui": "yes"}, name="one")
    word_model(folder, {"oui": "yes"}, name="two")
    assert models.remove("one", folder) == ["Removed one."]
    assert [row.name for row in models.list_models(folder) if row.installed] == ["two"]
    assert left(folder)[0] == "two"
    with pytest.raises(NotFound):
        models.remove("one", folder)


def test_a_folder_without_a_manifest_is_no_model_and_is_not_removed(folder: Path) -> None:
    (folder / "mine").mkdir(parents=True)
    (folder / "mine" / "letter.txt").write_text("keep")
    with pytest.raises(NotFound):
        models.remove("mine", folder)
    assert (folder / "mine" / "letter.txt").read_text() == "keep"


def test_removing_a_link_leaves_what_it_points_to(folder: Path, tmp_path: Path) -> None:
    place = word_model(tmp_path / "elsewhere", {"oui": "yes"}, name="linked")
    folder.mkdir()
    (folder / "linked").symlink_to(place)
    models.remove("linked", folder)
    assert not (folder / "linked").exists()
    assert (place / MANIFEST).is_file()


def test_removing_clears_an_interrupted_download(hub: Hub, folder: Path) -> None:
    hub.cuts["model.bin"] = [10, *[0] * ATTEMPTS]
    with pytest.raises(UnusableSource):
        models.install(CONVERTED, folder, base=hub.base, pause=no_pause)
    models.remove(CONVERTED, folder)
    assert left(folder) == [".downloads"]


def test_a_folder_that_is_not_there_lists_what_can_be_installed(folder: Path) -> None:
    rows = models.list_models(folder)
    assert {row.name for row in rows} == set(catalogue())
    assert not any(row.installed for row in rows)
    lines = models.table(rows)
    assert len(lines) == len(rows) + 1
    assert any("non-commercial use only" in line for line in lines)


def test_the_one_command_names_a_model_for_the_pair() -> None:
    assert models.install_command() == "medinfo models install opus-mt-en-fr"
    assert models.install_command("fr", "en") == "medinfo models install opus-mt-fr-en"
    assert models.install_command("pt", "de") == "medinfo models install m2m100-418m"


def test_every_pair_of_english_with_our_languages_can_be_installed() -> None:
    direct = {pair for model in catalogue().values() for pair in model.pairs}
    for other in ("fr", "es", "de", "it", "pt"):
        assert {("en", other), (other, "en")} <= direct


@pytest.mark.parametrize("known", catalogue().values(), ids=lambda known: known.name)
def test_every_entry_of_the_catalogue_can_be_used(known: CatalogueModel) -> None:
    assert check_name(known.name) == known.name
    assert known.family in load_families()
    assert known.family in families()
    assert bool(known.pairs) != bool(known.languages)
    assert set(known.languages) <= set(load_families()[known.family].languages)
    assert known.non_commercial == ("NC" in known.licence)
    assert known.size_mb > 0
    assert known.checked
    assert layout(known.family).weights[0] == "model.safetensors"
    assert not known.sha256 or all(len(digest) == 64 for digest in known.sha256.values())
