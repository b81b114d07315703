"""A file is translated with progress, goes on after a kill where it was, and tells what to look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from medinfo.errors import Cancelled, InvalidInput, UnusableDocument
from tests.translation.engines import IdentityEngine
from tests.translation.tiny import word_model
from translation.document_job import Order, told_language, translate_document
from translation.engine import CTranslateEngine
from translation.settings import EngineSettings
from translation.translator import CHUNK, Translator

LINES = [f"- Prendre {number} comprimés par jour." for number in range(2, 202)]
TEXT = ("\n".join(LINES) + "\n").encode()


@pytest.fixture(scope="module")
def translator(tmp_path_factory: pytest.TempPathFactory) -> Translator:
    folder: Path = tmp_path_factory.mktemp("models")
    word_model(folder, {"prendre": "take", "comprimés": "tablets", "par jour": "daily", "99": "9", "[1]": "9"})
    return Translator(CTranslateEngine(EngineSettings(models=folder, threads=1)))


def test_a_text_is_translated_and_what_failed_is_marked_and_reported(translator: Translator) -> None:
    steps: list[tuple[int, int]] = []
    done = translate_document(
        TEXT, Order("en", "fr", "list.txt"), translator, progress=lambda now, total: steps.append((now, total))
    )
    lines = done.content.decode().splitlines()
    assert lines[0] == "- Take 2 tablets daily."
    assert lines[97].startswith("- [⚠ CHECK THIS: ")
    assert done.report["flagged"] == 1
    assert done.report["models"] == ["word-fr-en"]
    (flag,) = done.report["flags"]
    assert flag["source"] == "Prendre 99 comprimés par jour."
    assert flag["failures"][0]["message"]
    assert steps[0] == (0, steps[-1][1])
    assert steps[-1][0] == steps[-1][1]


def test_it_goes_on_where_it_was_after_a_kill(translator: Translator) -> None:
    saved: dict[str, bytes] = {}
    asked = 0

    def killed() -> bool:
        nonlocal asked
        asked += len(saved) > 0
        return asked > 0

    order = Order("en", "fr", "list.txt")
    whole = translate_document(TEXT, order, translator)
    many = ("\n\n".join(LINES * 3) + "\n").encode()
    expected = translate_document(many, order, translator)
    with pytest.raises(Cancelled):
        translate_document(many, order, translator, cancelled=killed, save=saved.__setitem__)
    assert saved
    counting = IdentityEngine()
    resumed = translate_document(many, order, translator, saved=saved, save=saved.__setitem__)
    assert resumed.content == expected.content
    assert resumed.report == expected.report
    again = translate_document(many, order, Translator(counting), saved=saved)
    assert again.content == expected.content
    assert counting.given == []
    assert whole.report["segments"] > 0


def test_work_is_saved_by_segments_also_where_units_are_long() -> None:
    saved: dict[str, bytes] = {}
    steps: list[tuple[int, int]] = []
    paragraph = " ".join(f"Toux {number} fois." for number in range(CHUNK))
    text = "\n\n".join([paragraph] * 3).encode()
    order = Order("en", "fr", "long.txt")
    translate_document(
        text, order, Translator(IdentityEngine()), save=saved.__setitem__, progress=lambda *step: steps.append(step)
    )
    assert len(saved) > 2
    assert len(set(steps)) > 2


def test_strict_leaves_what_failed_in_its_language(translator: Translator) -> None:
    done = translate_document(TEXT, Order("en", "fr", "list.txt", strict=True), translator)
    assert done.content.decode().splitlines()[97] == "- Prendre 99 comprimés par jour."
    assert (done.report["flagged"], done.report["kept"]) == (0, 1)


def test_the_language_of_a_file_is_told_when_it_is_not_given(translator: Translator) -> None:
    done = translate_document(TEXT, Order("en", filename="list.txt"), translator)
    assert done.report["source"] == "fr"


def test_a_text_without_words_is_taken_for_english(translator: Translator) -> None:
    assert told_language(["1 2 3"], translator) in {"en", "fr"}


def test_a_file_that_cannot_be_read_is_refused(translator: Translator) -> None:
    with pytest.raises(UnusableDocument):
        translate_document(b"\xff\xfa\x00bad", Order("en", "fr", "x.txt"), translator)


def test_what_is_written_is_named_as_what_it_is(translator: Translator) -> None:
    text = translate_document(b"Prendre.", Order("en", "fr", "a.txt"), translator)
    assert text.media_type == "text/plain"
    page = translate_document(b"<p>Prendre.</p>", Order("en", "fr", "a.html"), translator)
    assert page.media_type == "text/html"
    with pytest.raises(InvalidInput):
        translate_document(b"Prendre.", Order("en", "fr", "a.txt", output="docx"), translator)
