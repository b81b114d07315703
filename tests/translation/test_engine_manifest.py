from __future__ import annotations

import hashlib
import os

import pytest

from medinfo.errors import InvalidInput, NoModel
from translation.engine_manifest import MANIFEST, digest, read_manifest, write_manifest
from translation.engine_models import Checksums


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "some-model"
    place.mkdir()
    (place / "model.bin").write_bytes(b"weights")
    (place / "config.json").write_bytes(b"{}")
    return place


def test_what_is_written_is_read_again(folder):
    written = write_manifest(
        folder, family="nllb", languages=["en", "fr"], licence="CC-BY-NC-4.0", quality="general",
        source="somewhere", revision="abc", quantisation="int8",
    )  # fmt: skip
    assert read_manifest(folder) == written
    assert (written.name, written.languages, written.pairs) == ("some-model", ("en", "fr"), ())
    assert written.sha256 == {
        "model.bin": hashlib.sha256(b"weights").hexdigest(),
        "config.json": digest(folder / "config.json"),
    }
    assert written.sizes == {"model.bin": 7, "config.json": 2}


def test_a_model_of_pairs_serves_them_only(folder):
    model = write_manifest(folder, family="marian", pairs=[("fr", "en"), ("es", "en")], licence="MIT")
    assert model.served() == {("fr", "en"), ("es", "en")}
    assert model.served_languages() == (("es", "fr"), ("en",))
    assert model.serves("fr", "en")
    assert not model.serves("en", "fr")


def test_a_model_of_languages_serves_any_two_of_them(folder):
    model = write_manifest(folder, family="nllb", languages=["en", "fr"], licence="MIT")
    assert model.served() == {("fr", "en"), ("en", "fr")}
    assert not model.serves("en", "en")
    assert model.quality == "provisional"


def test_a_manifest_that_is_far_too_large_is_not_read(folder):
    (folder / MANIFEST).write_bytes(b" " * 2_000_000)
    with pytest.raises(InvalidInput, match=r"some-model cannot be used: .* it is too large"):
        read_manifest(folder)


def test_a_digest_is_computed_again_only_after_a_change(folder):
    model = write_manifest(folder, family="marian", pairs=[("fr", "en")], licence="MIT")
    checksums = Checksums()
    checksums.check(model)
    (folder / "config.json").write_bytes(b"[]")
    os.utime(folder / "config.json", ns=(1, 1))  # clocks of file systems are coarse
    with pytest.raises(NoModel, match="not the file that was installed"):
        checksums.check(model)
    (folder / "config.json").write_bytes(b"{}")
    os.utime(folder / "config.json", ns=(2, 2))
    checksums.check(model)


def test_a_manifest_without_sizes_is_checked_by_digest_alone(folder):
    model = write_manifest(folder, family="marian", pairs=[("fr", "en")], licence="MIT")
    file = folder / MANIFEST
    file.write_text(file.read_text().replace('"bytes"', '"other"'))
    again = read_manifest(folder)
    assert again.sizes == {}
    Checksums().check(again)
    assert again.sha256 == model.sha256
