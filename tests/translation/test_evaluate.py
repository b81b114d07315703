from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from medinfo.errors import InvalidInput, NoModel, UnusableSource
from tests.translation.tiny import word_model
from translation.engine import CTranslateEngine
from translation.evaluate import MOST_SEGMENTS, evaluate, read_set
from translation.settings import EngineSettings

WORDS = {"prendre": "take", "le": "the", "matin": "morning", "jamais": "never", "boire": "drink", "eau": "water"}
LINES = ["Prendre 5 mg le matin.\tTake 5 mg the morning.", "Boire eau.\tDrink water."]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def engine(folder: Path) -> Iterator[CTranslateEngine]:
    made = CTranslateEngine(EngineSettings(folder, device="cpu", threads=1))
    yield made
    made.close()


def a_set(folder: Path, name: str = "mine.fr-en.tsv", lines: list[str] = LINES) -> Path:
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_model_that_says_what_the_reference_says_scores_highest(
    tmp_path: Path, folder: Path, engine: CTranslateEngine
) -> None:
    word_model(folder, WORDS)
    told: list[tuple[int, int]] = []
    report = evaluate(a_set(tmp_path), engine, progress=lambda *step: told.append(step))
    assert (report.source, report.target, report.segments) == ("fr", "en", 2)
    assert report.model == "word-fr-en"
    assert report.raw.chrf == report.service.chrf == 100
    assert report.raw.bleu == 100
    assert report.raw.errors == report.flagged == report.reference_errors == 0
    assert told[-1] == (4, 4)
    assert "nrefs:1" in report.signatures["BLEU"]
    assert "nc:6" in report.signatures["chrF"]


def test_a_changed_dose_is_a_critical_error_of_the_model_and_never_silent_in_the_service(
    tmp_path: Path, folder: Path, engine: CTranslateEngine
) -> None:
    word_model(folder, WORDS | {"5": "50"})
    report = evaluate(a_set(tmp_path), engine)
    assert report.raw.errors == 0.5
    assert report.raw.by_check["dose"] == 0.5
    assert report.unflagged_errors == 0
    assert report.service.errors == report.flagged


def test_a_lost_negation_is_counted(tmp_path: Path, folder: Path, engine: CTranslateEngine) -> None:
    word_model(folder, WORDS | {"jamais": "always"})
    lines = ["Jamais le matin.\tNever the morning."]
    report = evaluate(a_set(tmp_path, lines=lines), engine)
    assert report.raw.errors == 1
    assert report.unflagged_errors == 0


def test_an_error_of_the_reference_is_counted_apart(tmp_path: Path, folder: Path, engine: CTranslateEngine) -> None:
    word_model(folder, WORDS)
    report = evaluate(a_set(tmp_path, lines=["Prendre 5 mg.\tTake 6 mg."]), engine)
    assert report.reference_errors == 1
    assert report.raw.errors == 0


def test_the_report_is_json_and_lines(tmp_path: Path, folder: Path, engine: CTranslateEngine) -> None:
    word_model(folder, WORDS | {"5": "50"})
    report = evaluate(a_set(tmp_path), engine)
    told = orjson.loads(orjson.dumps(report.json()))
    assert told["raw"]["errors"] == 0.5
    assert told["set"] == "mine.fr-en.tsv"
    lines = report.lines()
    assert lines[0] == "mine.fr-en.tsv: fr to en, 2 segments, word-fr-en"
    assert any(line.split()[:2] == ["dose", "50.0%"] for line in lines)
    assert "Critical errors without a flag: 0.0%." in lines
    assert any("medicine" in line for line in lines if line.startswith("Checks not made"))


def test_only_the_first_segments_where_a_limit_is_given(tmp_path: Path, folder: Path, engine: CTranslateEngine) -> None:
    word_model(folder, WORDS)
    assert evaluate(a_set(tmp_path), engine, limit=1).segments == 1


def test_the_name_tells_the_direction(tmp_path: Path) -> None:
    pairs, source, target = read_set(a_set(tmp_path, "m.fr2en.en-fr.tsv", ["water\teau"]))
    assert (source, target) == ("fr", "en")
    assert (pairs[0].source, pairs[0].reference) == ("eau", "water")
    pairs, source, target = read_set(a_set(tmp_path, "m.en-fr.tsv", ["water\teau"]))
    assert (source, target, pairs[0].source) == ("en", "fr", "water")


def test_the_callers_direction_wins(tmp_path: Path) -> None:
    file = a_set(tmp_path, "m.fr2en.en-fr.tsv", ["water\teau"])
    assert read_set(file, source="en")[1:] == ("en", "fr")
    assert read_set(file, target="en")[1:] == ("fr", "en")
    assert read_set(a_set(tmp_path, "other.txt", ["water\teau"]), "en", "fr")[1:] == ("en", "fr")


@pytest.mark.parametrize(("source", "target"), [("de", ""), ("en", "de"), ("fr", "fr")])
def test_languages_that_the_file_has_not_are_refused(tmp_path: Path, source: str, target: str) -> None:
    with pytest.raises(InvalidInput, match="holds en and fr"):
        read_set(a_set(tmp_path, "m.en-fr.tsv", ["water\teau"]), source, target)


def test_a_name_that_says_nothing_asks_for_the_languages(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="does not say"):
        read_set(a_set(tmp_path, "set.tsv"), source="en")


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["one column"], "line 1: 1 columns"),
        (["a\tb", "a\tb\tc"], "line 2: 3 columns"),
        (["a\t" + "x" * 20_000], "longer than"),
        (["", "  "], "0 segments"),
        (["a\tb"] * (MOST_SEGMENTS + 1), "segments"),
    ],
)
def test_a_file_that_is_no_set_is_refused(tmp_path: Path, lines: list[str], says: str) -> None:
    with pytest.raises(UnusableSource, match=says):
        read_set(a_set(tmp_path, lines=lines))


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableSource, match="cannot be read"):
        read_set(tmp_path / "none.en-fr.tsv")
    (tmp_path / "b.en-fr.tsv").write_bytes(b"\xff\xfe\t\x00")
    with pytest.raises(UnusableSource, match="cannot be read"):
        read_set(tmp_path / "b.en-fr.tsv")


def test_without_a_model_it_is_said(tmp_path: Path, engine: CTranslateEngine) -> None:
    with pytest.raises(NoModel):
        evaluate(a_set(tmp_path), engine)


def test_the_reference_sets_are_read_in_their_direction(reference_data: Path) -> None:
    dev = reference_data / "translation" / "dev"
    assert read_set(dev / "medline18.fr2en.en-fr.tsv")[1:] == ("fr", "en")
    pairs, source, target = read_set(dev / "tico19-dev.en-es.tsv")
    assert (len(pairs), source, target) == (970, "en", "es")
