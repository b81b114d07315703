"""Each family's layout: the exact tokens, and that the engine gives CTranslate2 these and no others."""

from __future__ import annotations

import json

import ctranslate2
import pytest
import sentencepiece

from medinfo.errors import InvalidInput, NoModel
from tests.translation.tiny import random_model, word_model
from translation.batching import bounding_length
from translation.engine_layout import read_layout
from translation.engine_manifest import read_manifest, write_manifest
from translation.families import family

TEXT = "Le patient prend 2 comprimés par jour."


def _pieces(folder) -> list[str]:
    (file, *_) = sorted([*folder.glob("*.spm"), *folder.glob("*.model")])
    return sentencepiece.SentencePieceProcessor(model_file=str(file)).encode(TEXT, out_type=str)


LAYOUTS = [
    ("marian", {"pairs": [("fr", "en")]}, ("fr", "en"), [], []),
    ("marian", {"pairs": [("en", "fr"), ("en", "es")]}, ("en", "fr"), [">>fra<<"], []),
    ("marian", {"pairs": [("en", "fr"), ("en", "es")]}, ("en", "es"), [">>spa<<"], []),
    ("nllb", {}, ("fr", "en"), ["fra_Latn"], ["eng_Latn"]),
    ("nllb", {"languages": ["ar", "zh"]}, ("ar", "zh"), ["arb_Arab"], ["zho_Hans"]),
    ("m2m100", {}, ("fr", "en"), ["__fr__"], ["__en__"]),
    ("madlad", {}, ("fr", "en"), ["▁", "<2en>"], []),
    ("medinfo", {}, ("fr", "en"), ["<2en>"], []),
]


@pytest.mark.parametrize(("name", "served", "pair", "start", "prefix"), LAYOUTS)
def test_a_family_gives_its_tokens(tmp_path, engine_of, name, served, pair, start, prefix):
    folder = random_model(tmp_path, name, **served)
    tokens = [*start, *_pieces(folder), "</s>"]
    layout = read_layout(read_manifest(folder), family(name))
    assert layout.source(layout.tokeniser.encode(TEXT), *pair) == tokens
    assert list(layout.prefix(*pair)) == prefix

    (plain,) = ctranslate2.Translator(str(folder), compute_type="int8", intra_threads=1).translate_batch(
        [tokens], target_prefix=[prefix] if prefix else None, beam_size=4, num_hypotheses=4, return_scores=True,
        return_end_token=True, max_input_length=0,
        max_decoding_length=layout.longest_target(bounding_length(len(tokens))),
    )  # fmt: skip
    ended = [one for one in plain.hypotheses if one[-1] == "</s>"]
    assert ended, "the weights of this test end their sentences"
    expected = [layout.tokeniser.decode(one[len(prefix) : -1]) for one in ended]
    found = engine_of(tmp_path).translate([TEXT], *pair, hypotheses=4)[0]
    assert [one.text for one in found] == [text for text in dict.fromkeys(expected) if text] or [""]


def test_a_marian_model_of_one_target_that_has_a_token_for_it_gets_it(tmp_path):
    folder = random_model(tmp_path, "marian", pairs=[("en", "fr"), ("en", "es")])
    write_manifest(folder, family="marian", pairs=[("en", "es")], licence="CC0-1.0")
    layout = read_layout(read_manifest(folder), family("marian"))
    assert layout.source(["▁a"], "en", "es") == [">>spa<<", "▁a", "</s>"]


def test_an_end_that_ctranslate2_adds_is_not_added_twice(tmp_path):
    folder = word_model(tmp_path, {"mal": "badly"})
    config = (folder / "config.json").read_text()
    (folder / "config.json").write_text(config.replace('"add_source_eos": false', '"add_source_eos": true'))
    write_manifest(folder, family="marian", pairs=[("fr", "en")], licence="CC0-1.0")
    layout = read_layout(read_manifest(folder), family("marian"))
    assert layout.source(["mal"], "fr", "en") == ["mal"]


def test_a_model_that_knows_no_token_for_a_language_it_should_serve_is_refused(tmp_path, engine_of):
    folder = random_model(tmp_path, "nllb", languages=["en", "fr"])
    write_manifest(folder, family="nllb", languages=["en", "fr", "de"], licence="CC-BY-NC-4.0")
    with pytest.raises(NoModel, match=r"random-nllb.*no token for the language de"):
        engine_of(tmp_path).translate([TEXT], "fr", "en")


def test_a_text_never_takes_more_positions_than_the_model_has(tmp_path):
    layout = read_layout(read_manifest(random_model(tmp_path, "nllb")), family("nllb"))
    assert layout.longest_text(400) == 400
    assert len(layout.source(["▁a"] * layout.longest_text(5000), "fr", "en")) <= 1024
    assert layout.longest_target(bounding_length(1000)) < 1024


def _layout(folder):
    return read_layout(read_manifest(folder), family(read_manifest(folder).family))


def test_vocabularies_of_source_and_target_may_differ(tmp_path):
    folder = random_model(tmp_path, "nllb", languages=["en", "fr"])
    shared = json.loads((folder / "shared_vocabulary.json").read_text())
    (folder / "shared_vocabulary.json").unlink()
    (folder / "source_vocabulary.json").write_text(json.dumps(shared))
    (folder / "target_vocabulary.txt").write_text("\n".join(one for one in shared if one != "eng_Latn"))
    with pytest.raises(InvalidInput, match="no token for the language en"):
        _layout(folder)
    (folder / "target_vocabulary.txt").write_text("\n".join(shared))
    assert _layout(folder).prefix("fr", "en") == ("eng_Latn",)


@pytest.mark.parametrize(
    ("file", "content", "why"),
    [
        ("shared_vocabulary.json", None, "is incomplete: it has no vocabulary"),
        ("shared_vocabulary.json", b"{", "shared_vocabulary cannot be read"),
        ("shared_vocabulary.json", b"\xff\xfe", "shared_vocabulary cannot be read"),
        ("shared_vocabulary.json", b'["a"]', "its vocabulary has no </s>"),
        ("config.json", b"{", "config.json cannot be read"),
        ("config.json", b"[]", "config.json cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path, file, content, why):
    folder = word_model(tmp_path, {"mal": "badly"})
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_bytes(content)
    with pytest.raises(InvalidInput, match=f"word-fr-en.*{why}"):
        _layout(folder)


def test_a_model_without_a_configuration_ends_no_source_by_itself(tmp_path):
    folder = word_model(tmp_path, {"mal": "badly"})
    (folder / "config.json").unlink()
    assert _layout(folder).source(["mal"], "fr", "en") == ["mal", "</s>"]


def test_a_language_that_the_tokenizer_does_not_know_is_told(tmp_path):
    folder = random_model(tmp_path, "madlad", languages=["en", "fr"])
    other = random_model(tmp_path, "medinfo")
    (folder / "spiece.model").write_bytes((other / "sentencepiece.model").read_bytes())
    with pytest.raises(InvalidInput, match="its tokenizer does not know <2en>"):
        _layout(folder)
