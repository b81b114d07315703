"""An imported edition as one file."""

from __future__ import annotations

import pytest

from medinfo.errors import KnowledgeError
from medinfo.medicines.bundle import RegisterBundle, read_bundle, write_bundle
from medinfo.medicines.tables import NameRow, PackRow, ProductRow

BUNDLE = RegisterBundle(
    "2026-04",
    (ProductRow("60002283", "X 1 mg, comprimé", "comprimé", ("oral",), "active", "0", ("x", "?99999"), "", ("bdpm",)),),
    (PackRow("3400949497294", "4949729", "60002283", ("bdpm",)),),
    (NameRow("X", "brand", ("x",), "", ("bdpm",)),),
)


def test_a_bundle_comes_back_as_it_was_written() -> None:
    assert read_bundle(write_bundle(BUNDLE)) == BUNDLE


def test_the_same_edition_is_always_the_same_bytes() -> None:
    assert write_bundle(BUNDLE) == write_bundle(read_bundle(write_bundle(BUNDLE)))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nothing\n",
        b"[]\n",
        b'{"source": "bdpm", "format": 2, "edition": "2026-04", "tables": {}}\n',
        b'{"source": "other", "format": 1, "edition": "2026-04", "tables": {}}\n',
        b'{"source": "bdpm", "format": 1, "edition": "2026-04", "tables": {}}\n',
        write_bundle(BUNDLE)[:-5],
        write_bundle(BUNDLE) + b"more",
        write_bundle(BUNDLE).replace(b"cis\ttitle", b"cis\ttitre"),
    ],
)
def test_a_file_that_is_no_bundle_is_refused(content: bytes) -> None:
    with pytest.raises(KnowledgeError):
        read_bundle(content)


def test_brands_of_an_edition_replace_those_that_the_register_alone_stated() -> None:
    names = (
        NameRow("Old", "brand", ("o",), "", ("bdpm",)),
        NameRow("x", "brand", ("x",), "", ("bdpm", "romedi")),
        NameRow("Coumadin", "brand", ("warfarin",), "", ("wikipedia",)),
        NameRow("warfarine", "synonym", ("warfarin",), "fr", ("bdpm",)),
    )
    assert {row.name for row in BUNDLE.over(names)} == {"x", "Coumadin", "warfarine"}


def test_a_brand_with_a_new_meaning_is_added() -> None:
    names = (NameRow("X", "brand", ("y",), "", ("bdpm", "romedi")),)
    assert {row.substances for row in BUNDLE.over(names)} == {("x",), ("y",)}
