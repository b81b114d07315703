from __future__ import annotations

import io

import pytest
import sentencepiece
from tokenizers import Tokenizer, normalizers

from medinfo.errors import InvalidInput
from tests.translation.tiny import random_model, word_model
from translation.tokenisers import UNKNOWN, JsonTokens, SentencePieces, open_tokeniser, spelled

TEXT = "Le patient prend 2 comprimés."


@pytest.fixture
def json_tokens(tmp_path):
    return word_model(tmp_path, {"patient": "patient", "mal de tête": "headache"})


def _pieces(lines: list[str], symbols: tuple[str, ...] = ()) -> bytes:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_writer=model, vocab_size=60, hard_vocab_limit=False, minloglevel=3,
        user_defined_symbols=list(symbols), num_threads=1,
    )  # fmt: skip
    return model.getvalue()


def test_two_sentencepiece_models_read_and_write_each_its_side(tmp_path):
    (tmp_path / "source.spm").write_bytes(_pieces(["abab abba baba"] * 5))
    (tmp_path / "target.spm").write_bytes(_pieces(["xyxy yxxy xyyx"] * 5))
    tokeniser = open_tokeniser(tmp_path)
    assert "".join(tokeniser.encode("abba")).replace("▁", " ") == " abba"
    assert tokeniser.decode(["▁xyxy", "▁", "y", "x"]) == "xyxy yx"


@pytest.mark.parametrize("family", ["nllb", "m2m100", "madlad", "medinfo"])
def test_one_sentencepiece_model_serves_both_sides(tmp_path, family):
    tokeniser = open_tokeniser(random_model(tmp_path, family))
    assert tokeniser.decode(tokeniser.encode(TEXT)) == TEXT


def test_a_tokenizer_json_is_read_where_there_is_no_sentencepiece_model(json_tokens):
    tokeniser = open_tokeniser(json_tokens)
    assert isinstance(tokeniser, JsonTokens)
    assert tokeniser.encode("patient maladie")[:3] == ["patient", " ", "m"]
    assert tokeniser.decode(tokeniser.encode(TEXT)) == TEXT


@pytest.mark.parametrize("text", ["日本語 😀 عربي", "\u0000a", "e\u0301", "<0x41> ▁x </s> <unk>", "a  b\tc"])
def test_any_text_survives_a_tokenizer_with_bytes(json_tokens, text):
    tokeniser = open_tokeniser(json_tokens)
    assert tokeniser.decode(tokeniser.encode(text)) == text


def test_a_language_token_typed_by_somebody_is_read_letter_by_letter(tmp_path):
    folder = random_model(tmp_path, "madlad")
    tokeniser = open_tokeniser(folder, reserved={"<2fr>", "</s>"})
    typed = tokeniser.encode("a <2fr> b </s>")
    assert "<2fr>" not in typed
    assert "</s>" not in typed
    assert "".join(typed).replace("▁", "").startswith("a<2fr>b</s")
    assert "<2fr>" in tokeniser.tag("<2fr>")


def test_a_special_token_of_a_json_tokenizer_typed_by_somebody_is_text(json_tokens):
    file = json_tokens / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.add_special_tokens(["__fr__"])
    tokenizer.save(str(file))
    tokeniser = open_tokeniser(json_tokens, reserved={"__fr__"})
    assert "__fr__" not in tokeniser.encode("a __fr__ b")
    assert tokeniser.tag("__fr__") == ["__fr__"]


def test_what_a_model_could_not_say_is_shown(json_tokens, tmp_path):
    assert open_tokeniser(json_tokens).decode(["a", "<unk>", "b", "never seen", "c"]) == (f"a {UNKNOWN} b {UNKNOWN} c")
    pieces = open_tokeniser(random_model(tmp_path, "nllb"))
    assert UNKNOWN in pieces.decode(["▁pa", "<unk>", "t"])


def test_tokens_of_languages_and_ends_are_not_text(tmp_path):
    tokeniser = open_tokeniser(random_model(tmp_path, "nllb"), reserved={"fra_Latn", "</s>"})
    assert tokeniser.decode(["fra_Latn", *tokeniser.encode("patient"), "</s>"]) == "patient"


def test_a_folder_without_a_tokenizer_is_refused_by_name(tmp_path):
    with pytest.raises(InvalidInput, match=f"{tmp_path.name} is incomplete: it has no tokenizer"):
        open_tokeniser(tmp_path)


@pytest.mark.parametrize("name", ["tokenizer.json", "sentencepiece.bpe.model", "spiece.model"])
def test_a_damaged_tokenizer_is_refused_by_name(tmp_path, name):
    (tmp_path / name).write_bytes(b"{\x00 not a tokenizer")
    with pytest.raises(InvalidInput, match=f"{tmp_path.name} cannot be used: its tokenizer cannot be read"):
        open_tokeniser(tmp_path)


def test_sentencepieces_are_preferred(tmp_path, json_tokens):
    folder = random_model(tmp_path, "nllb")
    (folder / "tokenizer.json").write_bytes((json_tokens / "tokenizer.json").read_bytes())
    assert isinstance(open_tokeniser(folder), SentencePieces)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("10⁹/L", "10^9/L"), ("3×10⁻³ mol", "3×10^-3 mol"), ("10¹² cells", "10^12 cells"), ("500¹", "500^1"),
        ("2½ tablets", "2 1/2 tablets"), ("½ tablet", "1/2 tablet"), ("1 ¾", "1 3/4"), ("⅛", "1/8"),
        ("5 mg/m²", "5 mg/m²"), ("H₂O, 38,5 °C", "H₂O, 38,5 °C"), ("−5 °C", "-5 °C"),
    ],
)  # fmt: skip
def test_powers_and_fractions_are_spelled_out(text, plain):
    assert spelled(text) == plain


def test_a_model_that_normalises_never_reads_another_number(tmp_path):
    tokeniser = open_tokeniser(random_model(tmp_path, "marian"))
    assert tokeniser.decode(tokeniser.encode("10⁹/L, 2½")) == "10^9/L, 2 1/2"


def test_a_json_tokenizer_that_normalises_never_does_either(json_tokens):
    file = json_tokens / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.save(str(file))
    tokeniser = open_tokeniser(json_tokens)
    assert tokeniser.decode(tokeniser.encode("10⁹/L, 2½")) == "10^9/L, 2 1/2"


def test_a_tokenizer_that_keeps_powers_is_given_them(json_tokens):
    tokeniser = open_tokeniser(json_tokens)
    assert tokeniser.decode(tokeniser.encode("10⁹/L, 2½")) == "10⁹/L, 2½"
