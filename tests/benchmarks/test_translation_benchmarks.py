from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.translation_gpu import link_cublas, row
from tests.benchmarks.translation_models import LENGTH, texts


def libraries(folder: Path, version: int) -> Path:
    folder.mkdir()
    for name in ("libcublas", "libcublasLt"):
        (folder / f"{name}.so.{version}").write_bytes(b"")
    return folder


def test_cublas_of_cuda_13_is_linked_under_the_name_that_ctranslate2_opens(tmp_path: Path) -> None:
    there, links = libraries(tmp_path / "lib", 13), tmp_path / "links"
    links.mkdir()
    assert link_cublas(links, [there]) == [there]
    assert (links / "libcublas.so.12").resolve() == there / "libcublas.so.13"
    assert (links / "libcublasLt.so.12").resolve() == there / "libcublasLt.so.13"


def test_cublas_of_cuda_12_is_used_as_it_is(tmp_path: Path) -> None:
    there, links = libraries(tmp_path / "lib", 12), tmp_path / "links"
    links.mkdir()
    assert link_cublas(links, [there]) == [there]
    assert list(links.iterdir()) == []


def test_a_line_of_the_table_says_how_the_engine_compares() -> None:
    assert row(32, [2000.0, 1900.0, 475.0]) == "| 32 | 2,000 | 1,900 | 95% | 475 | 4.0 |"


def test_texts_are_all_of_one_length_and_the_same_each_time() -> None:
    lines = texts(5, str.split)
    assert lines == texts(5, str.split)
    assert {len(line.split()) for line in lines} == {LENGTH - 1}


def test_an_engine_that_does_not_come_to_an_end_is_not_measured() -> None:
    from tests.benchmarks.translation_models import engine_work
    from translation.ports import Hypothesis

    class Endless:
        """Gives nothing, as the engine does for what does not end."""

        def translate(self, lines: list[str], *_: str) -> list[list[Hypothesis]]:
            return [[Hypothesis("", 0.0, 1)] for _ in lines]

    with pytest.raises(AssertionError, match="instead of"):
        engine_work(Endless(), ["one"], 30)()
