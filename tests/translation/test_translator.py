"""The translator, on a real model whose words are known: what passes, what is mended, what is flagged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medinfo.errors import Cancelled, NoModel, UnsupportedPair
from tests.translation.engines import FewEntries, IdentityEngine
from tests.translation.tiny import word_model
from translation.engine import CTranslateEngine
from translation.ports import Hypothesis
from translation.results import Segment, Term
from translation.settings import EngineSettings
from translation.translator import Translator
from translation.translator_methods import meant

WORDS = {
    "prendre": "take",
    "comprimé": "tablet",
    "comprimés": "tablets",
    "par jour": "daily",
    "par semaine": "weekly",
    "avec de l'eau": "with water",
    "ne pas dépasser": "do not exceed",
    "de": "of",
    "le": "the",
    "soir": "evening",
    "toux": "cough",
    "fièvre": "fever",
    "traite la": "treats",
    "ce médicament": "this medicine",
    "pour": "for",
    "jours": "days",
}
TREATS = "Traite la toux."


def translator(
    folder: Path, changed: Mapping[str, str] | None = None, also: Mapping[str, Sequence[str]] | None = None
) -> Translator:
    """A translator on a model of `WORDS` with some of them changed."""
    word_model(folder, {**WORDS, **(changed or {})}, also=also)
    return Translator(CTranslateEngine(EngineSettings(models=folder, threads=1)))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Translator:
    return translator(tmp_path_factory.mktemp("models"))


def one(translator: Translator, text: str, **options: object) -> Segment:
    (translated,) = translator.translate([text], "fr", "en", **options)  # type: ignore[arg-type]
    (segment,) = translated.segments
    assert translated.text == segment.target
    return segment


def test_a_sentence_is_translated_and_every_check_passes(good: Translator) -> None:
    segment = one(good, "Prendre 2 comprimés par jour.")
    assert (segment.target, segment.status, segment.engine) == ("Take 2 tablets daily.", "translated", "word-fr-en")
    assert segment.verdict.ok
    assert {"number", "frequency", "negation"} <= set(segment.verdict.passed)
    assert segment.score is not None
    assert 0 < segment.score <= 1


def test_what_stands_between_segments_is_kept(good: Translator) -> None:
    text = "  Prendre 2 comprimés.\r\n\r\n\tNe pas dépasser 4 comprimés par jour.  \n"
    (translated,) = good.translate([text], "fr", "en")
    assert translated.text == "  Take 2 tablets.\r\n\r\n\tDo not exceed 4 tablets daily.  \n"
    for segment in translated.segments:
        assert segment.source_span.of(text) == segment.source
        assert segment.target_span.of(translated.text) == segment.target


def test_a_decimal_is_written_as_the_target_language_does(good: Translator) -> None:
    assert one(good, "Prendre 2,5 mg par jour.").target == "Take 2.5 mg daily."


def test_an_empty_text_and_white_space_come_back_as_they_are(good: Translator) -> None:
    assert [translated.text for translated in good.translate(["", " \n"], "fr", "en")] == ["", " \n"]


def test_numbers_and_symbols_alone_are_not_given_to_a_model(good: Translator) -> None:
    segment = one(good, "2,5 mg/ml")
    assert (segment.target, segment.status, segment.engine) == ("2.5 mg/ml", "copied", "")


def test_a_dose_that_the_model_changes_is_flagged_with_what_changed(tmp_path: Path) -> None:
    careless = translator(tmp_path, {"5 mg": "50 mg", "[1] mg": "50 mg"})
    segment = one(careless, "Prendre 5 mg par jour.")
    assert segment.status == "flagged"
    assert "50 mg" in segment.target
    assert set(segment.verdict.failed) & {"dose", "number"}
    assert any(
        failure.source_span and failure.source_span.of(segment.source).startswith("5")
        for failure in segment.verdict.failures
    )


def test_a_word_that_became_unreadable_is_never_given_back(tmp_path: Path) -> None:
    assert one(translator(tmp_path / "a", {"toux": "\ufffd"}, {"toux": ["cough"]}), TREATS).target == "Treats cough."
    segment = one(translator(tmp_path / "b", dict.fromkeys(("toux", "Toux", "traite la"), "\ufffd")), TREATS)
    assert "\ufffd" not in segment.target + segment.attempt
    assert segment.status in {"kept", "flagged"}


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Traite la toux pour 7 jours.", {"jours": "hours"}),
        ("Prendre avec nourriture.", {"avec": "without", "nourriture": "food"}),
        ("Prendre ce médicament.", {"prendre": "do not take"}),
    ],
)
def test_no_garbled_wording_is_taken_because_no_check_can_read_it(
    tmp_path: Path, text: str, changed: dict[str, str]
) -> None:
    segment = one(translator(tmp_path, changed), text)
    assert segment.status == "flagged"
    assert set(segment.target.replace(".", "").split()) <= {
        *" ".join([*WORDS.values(), *changed.values()]).split(), "Treats", "Take", "Do", "7", "[1]",
    }  # fmt: skip


def test_wordings_that_only_fill_the_beam_are_not_meant() -> None:
    first, likely, filler = Hypothesis("a", 0.9, 10), Hypothesis("b", 0.6, 10), Hypothesis("c", 0.3, 10)
    assert meant([first, likely, filler]) == [first, likely]
    assert meant([Hypothesis("", 0.0, 5), filler]) == [Hypothesis("", 0.0, 5), filler]
    assert meant([]) == []


def test_in_strict_mode_a_failed_segment_stays_in_its_language(tmp_path: Path) -> None:
    careless = translator(tmp_path, {"5 mg": "50 mg", "[1] mg": "50 mg"})
    text = "Prendre 5 mg par jour. Traite la toux."
    (translated,) = careless.translate([text], "fr", "en", strict=True)
    assert translated.text == "Prendre 5 mg par jour. Treats cough."
    assert not translated.ok
    assert translated.segments[0].status == "kept"
    assert "50 mg" in translated.segments[0].attempt


def test_another_wording_of_the_model_is_taken_when_the_first_fails(tmp_path: Path) -> None:
    torn = translator(tmp_path, {"par semaine": "daily"}, also={"par semaine": ["weekly"]})
    segment = one(torn, "Prendre le comprimé par semaine.")
    assert (segment.target, segment.status) == ("Take the tablet weekly.", "translated")


def test_a_number_that_the_model_cannot_say_is_masked(tmp_path: Path) -> None:
    careless = translator(tmp_path, {"500": "50"})
    segment = one(careless, "Prendre 500 mg par jour.")
    assert (segment.target, segment.status) == ("Take 500 mg daily.", "translated")


def test_a_sentence_that_fails_whole_is_put_together_from_clauses(tmp_path: Path) -> None:
    careless = translator(tmp_path, {"comprimés par jour, pour": "tablets weekly, for"})
    segment = one(careless, "Prendre deux comprimés par jour, pour traite la toux et la fièvre.")
    assert segment.status in {"translated", "flagged"}
    assert segment.status == "flagged" or "daily" in segment.target


def test_a_model_that_drops_the_negation_is_caught(tmp_path: Path) -> None:
    careless = translator(tmp_path, {"ne pas dépasser": "exceed"})
    segment = one(careless, "Ne pas dépasser 4 comprimés par jour.")
    assert segment.status == "flagged"
    assert "negation" in segment.verdict.failed


def test_a_glossary_term_is_put_in_when_the_model_says_another_word(good: Translator) -> None:
    segment = one(good, "Traite la toux.", terms=[Term("toux", "tussis")])
    assert segment.target == "Treats tussis."
    assert segment.terms == (Term("toux", "tussis"),)
    assert "glossary" in segment.verdict.passed


def test_an_approved_translation_is_used_and_said(good: Translator) -> None:
    memory = FewEntries().add("Traite la toux.", "Traite la toux.", "Relieves cough.", 100.0)
    segment = one(Translator(good.engine, memory=memory), "Traite la toux.")
    assert (segment.target, segment.status, segment.engine) == ("Relieves cough.", "memory", "")
    assert segment.memory is not None
    assert segment.memory.used
    assert segment.memory.approved_by == "ana"


def test_an_approved_translation_that_fails_a_check_is_flagged(good: Translator) -> None:
    memory = FewEntries().add("Prendre 5 mg.", "Prendre 5 mg.", "Take 50 mg.", 100.0)
    segment = one(Translator(good.engine, memory=memory), "Prendre 5 mg.")
    assert (segment.target, segment.status) == ("Take 50 mg.", "flagged")


def test_an_approved_translation_that_differs_in_its_numbers_alone_is_renumbered(good: Translator) -> None:
    memory = FewEntries().add("Prendre 7,5 mg.", "Prendre 2,5 mg.", "Please take 2.5 mg.", 93.0)
    segment = one(Translator(good.engine, memory=memory), "Prendre 7,5 mg.")
    assert (segment.target, segment.status) == ("Please take 7.5 mg.", "memory")


def test_an_approved_translation_that_is_only_alike_is_suggested(good: Translator) -> None:
    memory = FewEntries().add("Traite la toux.", "Traite la fièvre.", "Treats fever.", 80.0)
    segment = one(Translator(good.engine, memory=memory), "Traite la toux.")
    assert (segment.target, segment.status) == ("Treats cough.", "translated")
    assert segment.memory is not None
    assert not segment.memory.used


def test_the_memory_is_not_asked_when_the_caller_does_not_want_it(good: Translator) -> None:
    memory = FewEntries().add("Traite la toux.", "Traite la toux.", "Relieves cough.", 100.0)
    assert one(Translator(good.engine, memory=memory), "Traite la toux.", use_memory=False).target == "Treats cough."


def test_a_text_is_given_back_when_both_languages_are_the_same(good: Translator) -> None:
    (translated,) = good.translate(["Prendre 5 mg."], "fr", "fr")
    assert translated.text == "Prendre 5 mg."
    assert translated.segments[0].status == "copied"


def test_a_text_in_another_language_than_both_are_said_to_be_is_flagged(good: Translator) -> None:
    text = "Take 5 mg. Nehmen Sie keine Tabletten ein und nicht mehr als zwei am Tag."
    (translated,) = good.translate([text], "en", "en")
    assert translated.text == text
    assert [segment.status for segment in translated.segments] == ["copied", "flagged"]
    assert translated.segments[1].verdict.failed == ("language",)


def test_the_same_segment_is_translated_once() -> None:
    engine = IdentityEngine()
    Translator(engine, methods=()).translate(["a b. a b."], "fr", "en")
    assert engine.given == []
    Translator(engine).translate(["Un mot. Un mot.", "Un mot."], "fr", "en")
    assert engine.given.count("Un mot.") <= 2  # once as it is, once for other wordings


def test_a_stream_gives_the_segments_in_their_order_and_the_same_text(good: Translator) -> None:
    texts = ["Traite la toux. " * 30, "", "Prendre 2 comprimés."]
    streamed = list(good.stream(texts, "fr", "en"))
    assert [(item.text, item.index) for item in streamed] == [*((0, index) for index in range(30)), (2, 0)]
    assert {item.count for item in streamed if item.text == 0} == {30}
    whole = good.translate(texts, "fr", "en")
    assert [item.segment for item in streamed if item.text == 0] == list(whole[0].segments)


def test_a_stream_can_be_stopped(good: Translator) -> None:
    stop = False
    streaming = good.stream(["Traite la toux. Traite la fièvre. " * 10], "fr", "en", cancelled=lambda: stop)
    next(streaming)
    stop = True
    with pytest.raises(Cancelled):
        list(streaming)


def test_without_a_model_the_answer_says_so(tmp_path: Path) -> None:
    empty = Translator(CTranslateEngine(EngineSettings(models=tmp_path)))
    with pytest.raises(NoModel):
        empty.translate(["Un mot."], "fr", "en")
    with pytest.raises(NoModel):
        next(empty.stream(["Un mot."], "fr", "en"))


def test_a_pair_that_no_model_serves_is_refused(good: Translator) -> None:
    with pytest.raises(UnsupportedPair):
        good.translate(["Ein Wort."], "de", "it")


@given(st.lists(st.text(alphabet="ab5 .,;\n\té°[1]-", max_size=60), max_size=4))
def test_every_span_points_at_its_segment_and_nothing_between_is_lost(texts: list[str]) -> None:
    for text, translated in zip(texts, Translator(IdentityEngine()).translate(texts, "fr", "en"), strict=True):
        for segment in translated.segments:
            assert segment.source_span.of(text) == segment.source
            assert segment.target_span.of(translated.text) == segment.target
        if all(segment.source == segment.target for segment in translated.segments):
            assert translated.text == text
