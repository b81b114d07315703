from __future__ import annotations

import json
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from medinfo.errors import Cancelled, InvalidInput, MedinfoError, NoModel, Overloaded, UnsupportedPair
from tests.translation.tiny import POSITIONS, random_model, word_model
from translation.engine_manifest import write_manifest

LINE = "Le patient prend 2,5 mg deux fois par jour."
ENGLISH = "The patient takes 2,5 mg two times a day."
SOON = 30.0


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def texts(found):
    return [[one.text for one in group] for group in found]


def test_a_line_is_translated(words, engine_of):
    assert texts(engine_of(words).translate([LINE], "fr", "en")) == [[ENGLISH]]


def test_what_the_model_does_not_know_is_copied_letter_by_letter(words, engine_of):
    text = "0,5 µg/kg ≥ 3×10⁹/L : « Nép-χρ » 日本語 😀 </s> >>deu<<"
    assert texts(engine_of(words).translate([text], "fr", "en")) == [[text]]


def test_results_come_in_the_order_of_the_texts(words, engine_of):
    given = [f"{'deux ' * (number % 17)}{number}" for number in range(300)]
    found = engine_of(words, batch_tokens=200).translate(given, "fr", "en")
    assert texts(found) == [[text.replace("deux", "two")] for text in given]


def test_several_hypotheses_are_distinct_the_likeliest_first(words, engine_of):
    (found,) = engine_of(words).translate([LINE], "fr", "en", hypotheses=4)
    assert [one.text for one in found[:3]] == [ENGLISH, ENGLISH.replace("two", "three"), ENGLISH.replace("two", "four")]
    assert len({one.text for one in found}) == 4
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] < scores[0] <= 1


@pytest.mark.parametrize("count", [0, -1, 17])
def test_too_many_or_no_hypotheses_are_refused(words, engine_of, count):
    with pytest.raises(InvalidInput, match="Between 1 and 16"):
        engine_of(words).translate([LINE], "fr", "en", hypotheses=count)


def test_more_hypotheses_than_the_beam_is_wide_widen_it(words, engine_of):
    (found,) = engine_of(words, beam=2).translate([LINE], "fr", "en", hypotheses=6)
    assert len(found) > 2


@pytest.mark.parametrize("text", ["", " ", "\u200b"])
def test_a_text_without_anything_to_say_gives_one_empty_hypothesis_or_itself(words, engine_of, text):
    (found,) = engine_of(words).translate([text], "fr", "en")
    assert len(found) == 1
    assert found[0].text in {"", text}


def test_no_texts_give_no_results(words, engine_of):
    assert engine_of(words).translate([], "fr", "en") == []


def test_a_segment_that_is_too_long_is_cut_and_joined_without_loss(words, engine_of):
    text = "  ".join([f"{LINE} Maladie {number}, 日本語 !" for number in range(60)])
    (found,) = engine_of(words, segment_tokens=50).translate([text], "fr", "en", hypotheses=2)
    assert found[0].text == text.replace(LINE, ENGLISH)
    assert len(found) == 2


def test_a_word_without_end_is_cut_too(words, engine_of):
    text = "x" * 3000
    assert texts(engine_of(words).translate([text], "fr", "en")) == [[text]]


def test_a_translation_that_does_not_end_is_never_given_out(tmp_path, engine_of):
    random_model(tmp_path, "marian", ends=-50)
    (found,) = engine_of(tmp_path).translate(["Le patient."], "fr", "en", hypotheses=3)
    (only,) = found
    assert (only.text, only.score) == ("", 0.0)
    assert only.tokens > 30


def test_one_piece_that_does_not_end_empties_the_whole_segment(tmp_path, engine_of):
    random_model(tmp_path, "marian", ends=-50)
    (found,) = engine_of(tmp_path, segment_tokens=20).translate(["Le patient prend deux comprimés. " * 3], "fr", "en")
    assert [(one.text, one.score) for one in found] == [("", 0.0)]


# Ways between languages.


def test_a_pair_without_a_model_goes_through_english_and_says_so(words, engine_of):
    word_model(words, {"patient": "paciente", "the": "el", "takes": "toma", "three": "tres"}, "en", "es", licence="MIT")
    engine = engine_of(words)
    path = engine.path("fr", "es")
    assert (path.models, path.pivot, path.name) == (("word-fr-en", "word-en-es"), "en", "word-fr-en > word-en-es")
    assert (path.quality, path.licences) == ("general", ("Apache-2.0", "MIT"))
    (found,) = engine.translate([LINE], "fr", "es", hypotheses=3)
    assert found[0].text == "El paciente toma 2,5 mg two times a day."
    assert found[1].text == "El paciente toma 2,5 mg tres times a day."
    assert found[0].score > found[1].score


def test_pairs_over_english_are_told_beside_the_direct_ones(words, engine_of):
    word_model(words, {"a": "b"}, "en", "es")
    assert engine_of(words).pairs() == {("fr", "en"), ("en", "es"), ("fr", "es")}


def test_a_pair_that_nobody_serves_is_refused(words, engine_of):
    with pytest.raises(UnsupportedPair) as refused:
        engine_of(words).translate([LINE], "en", "fr")
    assert refused.value.params == {"source": "en", "target": "fr"}


@pytest.mark.parametrize("there", [True, False])
def test_without_any_model_the_command_to_install_one_is_told(tmp_path, engine_of, there):
    folder = tmp_path / "models"
    if there:
        folder.mkdir()
    engine = engine_of(folder)
    assert engine.pairs() == frozenset()
    with pytest.raises(NoModel) as refused:
        engine.translate([LINE], "fr", "en")
    assert refused.value.params["command"].startswith("medinfo models install ")


def test_one_model_of_many_languages_serves_each_pair_in_one_batch(tmp_path, engine_of):
    random_model(tmp_path, "nllb", quantisation="float32")
    engine = engine_of(tmp_path)
    assert len(engine.pairs()) == 30
    assert engine.path("pt", "de").pivot == ""
    assert engine.translate(["Le patient."], "fr", "de")[0]


# Models that come, go, and are damaged.


def test_nothing_is_loaded_before_it_is_used(words, engine_of):
    engine = engine_of(words)
    engine.pairs()
    engine.path("fr", "en")
    assert engine.memory() == {}
    engine.translate([LINE], "fr", "en")
    assert engine.memory() == {"word-fr-en": (words / "word-fr-en" / "model.bin").stat().st_size}


def test_a_model_that_was_idle_is_let_go_and_comes_back(words, engine_of):
    clock = Clock()
    engine = engine_of(words, clock=clock, idle_seconds=60)
    engine.translate([LINE], "fr", "en")
    clock.now = 59
    assert engine.unload_idle() == ()
    clock.now = 60
    assert engine.unload_idle() == ("word-fr-en",)
    assert engine.memory() == {}
    assert texts(engine.translate([LINE], "fr", "en")) == [[ENGLISH]]


def test_a_model_in_use_is_never_let_go(words, engine_of):
    clock = Clock()
    engine = engine_of(words, clock=clock, idle_seconds=60)
    seen: list[object] = []

    def meanwhile() -> bool:
        clock.now += 1000
        seen.append((engine.unload_idle(), dict(engine.memory())))
        return False

    engine.translate([LINE], "fr", "en", cancelled=meanwhile)
    assert seen
    assert all(gone == () and "word-fr-en" in held for gone, held in seen)


def test_without_an_idle_time_models_stay(words, engine_of):
    clock = Clock()
    engine = engine_of(words, clock=clock, idle_seconds=0)
    engine.translate([LINE], "fr", "en")
    clock.now = 1e9
    assert engine.unload_idle() == ()


def test_a_model_that_is_added_or_removed_is_noticed(words, engine_of):
    engine = engine_of(words)
    engine.translate([LINE], "fr", "en")
    word_model(words / ".incoming", {"a": "b"}, "en", "es")
    (words / ".incoming" / "word-en-es").rename(words / "word-en-es")
    assert ("en", "es") in engine.pairs()
    shutil.rmtree(words / "word-fr-en")
    assert engine.pairs() == {("en", "es")}
    assert engine.memory() == {}


def test_a_model_that_is_installed_anew_replaces_the_loaded_one(words, engine_of, tmp_path):
    engine = engine_of(words)
    engine.translate([LINE], "fr", "en")
    word_model(tmp_path / "new", {"patient": "person"}, name="word-fr-en")
    shutil.rmtree(words / "word-fr-en")
    (tmp_path / "new" / "word-fr-en").rename(words / "word-fr-en")
    assert texts(engine.translate(["patient"], "fr", "en")) == [["person"]]
    assert len(engine.memory()) == 1


@pytest.fixture
def with_another(words):
    """Beside the model from French to English, one from Spanish: it must go on whatever happens to the first."""
    word_model(words, {"hola": "hello"}, "es", "en")
    return words


def _cut_short(file):
    file.write_bytes(file.read_bytes()[:1000])


def _one_bit(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("name", ["model.bin", "tokenizer.json", "shared_vocabulary.json"])
@pytest.mark.parametrize(("harm", "why"), [(_cut_short, "has 1000 bytes"), (lambda file: file.unlink(), "is missing")])
def test_an_incomplete_model_is_named_and_the_others_go_on(with_another, engine_of, harm, why, name):
    harm(with_another / "word-fr-en" / name)
    engine = engine_of(with_another)
    assert f"{name} {why}" in engine.problems()["word-fr-en"]
    assert [model.name for model in engine.installed()] == ["word-es-en"]
    with pytest.raises(NoModel, match=f"word-fr-en cannot be used: {name} {why}"):
        engine.translate([LINE], "fr", "en")
    with pytest.raises(UnsupportedPair):
        engine.translate([LINE], "de", "pt")
    assert texts(engine.translate(["hola"], "es", "en")) == [["hello"]]


@pytest.mark.parametrize("name", ["model.bin", "tokenizer.json"])
def test_a_model_whose_content_changed_is_not_loaded(with_another, engine_of, name):
    engine = engine_of(with_another)
    _one_bit(with_another / "word-fr-en" / name)
    with pytest.raises(NoModel, match=f"word-fr-en cannot be used: {name} is not the file that was installed") as told:
        engine.translate([LINE], "fr", "en")
    assert told.value.params["command"] == "medinfo models install word-fr-en"
    assert engine.memory() == {}
    assert texts(engine.translate(["hola"], "es", "en")) == [["hello"]]


def test_another_model_of_the_pair_takes_over_from_a_damaged_one(words, engine_of):
    word_model(words, {"deux": "2"}, name="second", quality="provisional")
    engine = engine_of(words)
    assert engine.path("fr", "en").name == "word-fr-en"
    _one_bit(words / "word-fr-en" / "model.bin")
    with pytest.raises(NoModel, match="word-fr-en"):
        engine.translate(["deux"], "fr", "en")
    assert (engine.path("fr", "en").name, engine.path("fr", "en").quality) == ("second", "provisional")
    assert texts(engine.translate(["deux"], "fr", "en")) == [["2"]]
    assert "model.bin is not the file that was installed" in engine.problems()["word-fr-en"]


def test_a_damaged_model_that_is_repaired_serves_again(words, engine_of, tmp_path):
    engine = engine_of(words)
    whole = (words / "word-fr-en" / "model.bin").read_bytes()
    _one_bit(words / "word-fr-en" / "model.bin")
    for _ in range(2):
        with pytest.raises(NoModel, match=r"model\.bin is not the file that was installed"):
            engine.translate([LINE], "fr", "en")
    (words / "word-fr-en" / "model.bin").write_bytes(whole)
    engine.refresh()
    assert texts(engine.translate([LINE], "fr", "en")) == [[ENGLISH]]


def test_a_model_damaged_before_it_was_installed_is_named(with_another, engine_of):
    folder = with_another / "word-fr-en"
    _cut_short(folder / "model.bin")
    write_manifest(folder, family="marian", pairs=[("fr", "en")], licence="CC0-1.0")
    with pytest.raises(MedinfoError, match="word-fr-en"):
        engine_of(with_another).translate([LINE], "fr", "en")


@pytest.mark.parametrize(
    ("manifest", "why"),
    [
        (None, "No such file"), ("{", "Expecting"), ("[]", ""), ("{}", "neither pairs nor languages"),
        ('{"pairs": [["fr", "en"]]}', "'family' is missing"),
        ('{"pairs": [["fr", "en"]], "family": "gpt"}', "no family of models"),
        ('{"pairs": [["fr", "en"]], "family": "marian", "quality": "best"}', "none of provisional"),
        ('{"pairs": [["fr", "en"]], "family": "marian", "sha256": {"../other": "0"}}', "not the name of a file"),
        ("[" * 100_000, ""),
    ],
)  # fmt: skip
def test_a_manifest_that_cannot_be_used_is_told(with_another, engine_of, manifest, why):
    file = with_another / "word-fr-en" / "medinfo-model.json"
    if manifest is None:
        file.unlink()
    else:
        file.write_text(manifest)
    engine = engine_of(with_another)
    assert why in engine.problems()["word-fr-en"]
    assert engine.pairs() == {("es", "en")}


def test_a_folder_on_its_way_and_a_file_are_no_models(words, engine_of):
    (words / ".downloads").mkdir()
    (words / "notes.txt").write_text("x")
    engine = engine_of(words)
    assert len(engine.installed()) == 1
    assert engine.problems() == {}


def test_the_manifest_says_where_a_model_is_from(words, engine_of):
    (model,) = engine_of(words).installed()
    told = json.loads((words / "word-fr-en" / "medinfo-model.json").read_text())
    assert (model.licence, model.quality, model.quantisation) == ("Apache-2.0", "general", "int8")
    assert dict(model.sha256) == told["sha256"]
    assert set(model.sha256) >= {"model.bin", "tokenizer.json", "config.json"}


# Many at once.


def test_sixteen_threads_at_once_load_once_and_get_their_own(words, engine_of, caplog):
    caplog.set_level("INFO")
    engine = engine_of(words)
    start = threading.Barrier(16)

    def call(number: int):
        start.wait(SOON)
        return texts(engine.translate([f"deux {number}-{line}" for line in range(20)], "fr", "en"))

    with ThreadPoolExecutor(16) as pool:
        for number, found in enumerate(pool.map(call, range(16))):
            assert found == [[f"two {number}-{line}"] for line in range(20)]
    lines = [record.msg for record in caplog.records]
    assert [line["model"] for line in lines if line["event"] == "model_loaded"] == ["word-fr-en"]


def test_the_same_text_gives_the_same_whatever_else_is_translated(tmp_path, engine_of):
    random_model(tmp_path, "marian", layers=2, width=64, inner=128)
    given = [
        " ".join(["Le patient prend", str(number), "comprimés", "par jour"] * (1 + number % 5)) for number in range(60)
    ]
    alone = engine_of(tmp_path, threads=1, batch_tokens=1)
    expected = alone.translate(given, "fr", "en", hypotheses=2)
    assert len({group[0].text for group in expected}) > 30
    together = engine_of(tmp_path, batch_tokens=4096)
    for order in (given, given[::-1]):
        found = dict(zip(order, together.translate(order, "fr", "en", hypotheses=2), strict=True))
        assert texts([found[text] for text in given]) == texts(expected)


def test_cancelling_under_load_leaves_the_others_alone(words, engine_of):
    engine = engine_of(words, batch_tokens=64)
    stop = threading.Event()

    def call(number: int):
        given = [f"deux {number}-{line}" for line in range(100)]
        try:
            return texts(engine.translate(given, "fr", "en", cancelled=stop.is_set if number % 2 else None))
        except Cancelled as error:
            return error

    with ThreadPoolExecutor(12) as pool:
        calls = [pool.submit(call, number) for number in range(12)]
        stop.set()
        results = [one.result(SOON) for one in calls]
    assert all(results[number] == [[f"two {number}-{line}"] for line in range(100)] for number in range(0, 12, 2))
    assert any(isinstance(result, Cancelled) for result in results)
    assert engine.waiting_tokens == 0


def test_past_the_limit_of_the_queue_callers_are_refused(words, engine_of):
    engine = engine_of(words, queue_tokens=200, batch_tokens=64)
    start = threading.Barrier(16)

    def call(number: int):
        start.wait(SOON)
        try:
            return texts(engine.translate([f"deux {number}-{line}" for line in range(8)], "fr", "en"))
        except Overloaded as error:
            return error

    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(call, range(16)))
    refused = [result for result in results if isinstance(result, Overloaded)]
    assert refused
    assert all(error.retry_after >= 1 for error in refused)
    served = [(number, result) for number, result in enumerate(results) if not isinstance(result, Overloaded)]
    assert served
    assert all(result == [[f"two {number}-{line}"] for line in range(8)] for number, result in served)


def test_a_batch_that_fails_is_told_and_the_next_one_is_made(tmp_path, engine_of):
    # The tables of positions are shorter than the family's: what is longer fails inside CTranslate2.
    random_model(tmp_path, "marian", positions=100, ends=20)
    engine = engine_of(tmp_path)
    with pytest.raises(MedinfoError, match="random-marian failed on a batch"):
        engine.translate(["x1 " * 100], "fr", "en")
    assert len(engine.translate(["Le patient."], "fr", "en")) == 1


def test_the_longest_source_that_is_not_cut_fits_into_the_model(words, engine_of):
    text = "x" * (POSITIONS - 20)
    assert texts(engine_of(words, segment_tokens=POSITIONS).translate([text], "fr", "en")) == [[text]]


def test_after_closing_callers_are_refused(words, engine_of):
    engine = engine_of(words)
    engine.translate([LINE], "fr", "en")
    engine.close()
    with pytest.raises(Overloaded, match="shutting down"):
        engine.translate([LINE], "fr", "en")


def test_closing_before_the_first_use_is_fine(words, engine_of):
    engine = engine_of(words)
    engine.close()
    with pytest.raises(Overloaded):
        engine.translate([LINE], "fr", "en")


def test_closing_under_load_frees_every_caller(words, engine_of):
    engine = engine_of(words, batch_tokens=64)
    engine.translate([LINE], "fr", "en")

    def call(number: int):
        try:
            return texts(engine.translate([f"deux {number}-{line}" for line in range(300)], "fr", "en"))
        except Overloaded as error:
            return error

    with ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(call, number) for number in range(8)]
        while not engine.waiting_tokens:
            assert not all(one.done() for one in calls)
        engine.close()
        results = [one.result(SOON) for one in calls]
    assert any(isinstance(result, Overloaded) for result in results)


def test_what_is_logged_names_models_and_never_text(words, engine_of, caplog):
    caplog.set_level("DEBUG")
    engine = engine_of(words)
    engine.translate(["Un secret : patient 4711"], "fr", "en")
    engine.close()
    lines = [record.msg for record in caplog.records]
    assert [line["event"] for line in lines] == ["model_loaded", "model_unloaded"]
    assert "4711" not in str(lines)
