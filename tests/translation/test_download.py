from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from medinfo.errors import InvalidInput, NotFound, UnusableSource
from tests.translation.hub import COMMIT, Hub, running
from translation import models_hub
from translation.download import ATTEMPTS, Remote, check_address, client, fetch, require_space
from translation.models_catalogue import layout

NAME = "somebody/something"
CONTENT = bytes(range(256)) * 200
LITTLE = b'{"a": "small file"}'


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Hub]:
    """A hub with a large file and a small one."""
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "large.bin").write_bytes(CONTENT)
    (folder / "small.json").write_bytes(LITTLE)
    with running(Hub({NAME: folder})) as hub:
        yield hub


def remote(hub: Hub, name: str = "large.bin") -> Remote:
    with client(hub.base) as http:
        found = models_hub.repository(http, hub.base, NAME, "main")
        (one,) = models_hub.remote_files(http, hub.base, found, [name])
    return one


def brought(hub: Hub, folder: Path, name: str = "large.bin") -> Path:
    one = remote(hub, name)
    with client(hub.base) as http:
        return fetch(http, one, folder, hub.base, pause=lambda seconds: None)


def test_a_large_file_comes_whole_and_is_held_to_its_sha256(held: Hub, tmp_path: Path) -> None:
    assert brought(held, tmp_path / "in").read_bytes() == CONTENT
    assert remote(held).verified_by == "SHA-256"


def test_a_small_file_is_held_to_the_blob_that_git_names(held: Hub, tmp_path: Path) -> None:
    assert brought(held, tmp_path / "in", "small.json").read_bytes() == LITTLE
    assert remote(held, "small.json").verified_by == "git SHA-1"


def test_progress_is_told_up_to_the_whole_size(held: Hub, tmp_path: Path) -> None:
    told: list[int] = []
    with client(held.base) as http:
        fetch(http, remote(held), tmp_path / "in", held.base, done=told.append)
    assert told == sorted(told)
    assert told[-1] == len(CONTENT)


def test_a_cut_connection_is_continued_where_it_broke(held: Hub, tmp_path: Path) -> None:
    held.cuts["large.bin"] = [10_000, 5_000]
    assert brought(held, tmp_path / "in").read_bytes() == CONTENT
    assert held.downloads("large.bin") == ["", "bytes=10000-", "bytes=15000-"]


def test_what_came_is_kept_when_the_connection_keeps_breaking_and_continued_later(held: Hub, tmp_path: Path) -> None:
    held.cuts["large.bin"] = [1000] * ATTEMPTS
    with pytest.raises(UnusableSource, match="broke") as refused:
        brought(held, tmp_path / "in")
    assert "continues" in refused.value.hint
    assert not (tmp_path / "in" / "large.bin").exists()
    assert (tmp_path / "in" / "large.bin.part").stat().st_size == 1000 * ATTEMPTS
    assert brought(held, tmp_path / "in").read_bytes() == CONTENT
    assert held.downloads("large.bin")[-1] == f"bytes={1000 * ATTEMPTS}-"


def test_a_server_without_ranges_starts_anew(held: Hub, tmp_path: Path) -> None:
    held.ranges = False
    held.cuts["large.bin"] = [10_000]
    assert brought(held, tmp_path / "in").read_bytes() == CONTENT


@pytest.mark.parametrize("name", ["large.bin", "small.json"])
def test_altered_content_is_refused_and_removed(held: Hub, tmp_path: Path, name: str) -> None:
    held.altered.add(name)
    with pytest.raises(UnusableSource, match="differs"):
        brought(held, tmp_path / "in", name)
    assert list((tmp_path / "in").iterdir()) == []


def test_a_part_of_another_file_is_found_out(held: Hub, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "large.bin.part").write_bytes(b"something else")
    with pytest.raises(UnusableSource, match="SHA-256"):
        brought(held, tmp_path / "in")
    assert brought(held, tmp_path / "in").read_bytes() == CONTENT


def test_more_bytes_than_announced_are_refused(held: Hub, tmp_path: Path) -> None:
    held.sizes["large.bin"] = len(CONTENT) - 100
    held.elsewhere = held.base + "/content/{path}"
    with pytest.raises(UnusableSource, match="larger"):
        brought(held, tmp_path / "in")
    assert list((tmp_path / "in").iterdir()) == []


def test_a_whole_file_that_is_there_is_verified_and_not_brought_again(held: Hub, tmp_path: Path) -> None:
    brought(held, tmp_path / "in")
    brought(held, tmp_path / "in")
    assert len(held.downloads("large.bin")) == 1


def test_a_redirect_to_another_server_on_this_machine_is_followed(held: Hub, tmp_path: Path) -> None:
    with running(Hub(held.repositories)) as other:
        held.elsewhere = other.base + "/content/{path}"
        assert brought(held, tmp_path / "in").read_bytes() == CONTENT
        assert other.downloads("large.bin") == [""]


@pytest.mark.parametrize("name", ["large.bin", "small.json"])
def test_a_redirect_on_the_same_server_is_followed_to_what_the_file_is(held: Hub, tmp_path: Path, name: str) -> None:
    held.near = True
    assert brought(held, tmp_path / "in", name).read_bytes() == {"large.bin": CONTENT, "small.json": LITTLE}[name]


@pytest.mark.parametrize("elsewhere", ["http://example.org/{path}", "ftp://127.0.0.1/{path}", "file:///etc/passwd"])
def test_a_redirect_to_anything_but_https_is_refused(held: Hub, tmp_path: Path, elsewhere: str) -> None:
    held.elsewhere = elsewhere
    with pytest.raises(UnusableSource, match="only https"):
        brought(held, tmp_path / "in")


def test_a_hub_on_the_network_may_not_lead_to_this_machine() -> None:
    with pytest.raises(UnusableSource, match="only https"):
        check_address("http://127.0.0.1:8080/secret", "https://hub.example")
    assert check_address("https://cdn.example/x", "https://hub.example")


def test_a_redirect_that_leads_in_circles_is_given_up(held: Hub, tmp_path: Path) -> None:
    held.elsewhere = held.base + "/" + NAME + "/resolve/" + COMMIT + "/large.bin"
    with pytest.raises(UnusableSource, match="redirects more than"):
        brought(held, tmp_path / "in")


def test_a_file_that_the_hub_has_not_is_named(held: Hub) -> None:
    with pytest.raises(NotFound, match=r"absent\.bin"):
        remote(held, "absent.bin")


def test_a_file_without_any_checksum_is_not_taken(held: Hub) -> None:
    held.no_checksums = True
    with pytest.raises(UnusableSource, match="no checksum"):
        remote(held)


def test_a_disk_without_room_is_told_before_anything_comes(tmp_path: Path) -> None:
    require_space(tmp_path / "not" / "there" / "yet", 1)
    with pytest.raises(InvalidInput, match="no room"):
        require_space(tmp_path, 10**18)


@pytest.mark.parametrize("name", ["../secret", "a/b/c", "justone", "a/..", "https://x/y", "a/b?x=1", ""])
def test_only_a_name_of_two_parts_is_looked_up(held: Hub, name: str) -> None:
    with client(held.base) as http, pytest.raises(InvalidInput):
        models_hub.repository(http, held.base, name, "main")
    assert held.asked == []


def test_a_revision_cannot_lead_elsewhere(held: Hub) -> None:
    with client(held.base) as http, pytest.raises(InvalidInput):
        models_hub.repository(http, held.base, NAME, "../../x")
    assert held.asked == []


def test_parts_of_large_weights_are_taken_with_their_index() -> None:
    names = ("config.json", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors",
             "model.safetensors.index.json", "evil.py", "model-x.safetensors", "sentencepiece.bpe.model")  # fmt: skip
    found = models_hub.Repository(NAME, COMMIT, names, "")
    assert models_hub.wanted(found, layout("nllb")) == (
        "config.json", "sentencepiece.bpe.model", "model.safetensors.index.json",
        "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors",
    )  # fmt: skip


def test_safetensors_are_preferred_to_pickles() -> None:
    names = ("config.json", "model.safetensors", "pytorch_model.bin", "source.spm", "target.spm", "vocab.json")
    chosen = models_hub.wanted(models_hub.Repository(NAME, COMMIT, names, ""), layout("marian"))
    assert "model.safetensors" in chosen
    assert "pytorch_model.bin" not in chosen
