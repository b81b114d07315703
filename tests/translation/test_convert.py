from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from medinfo.errors import InvalidInput, UnusableSource
from tests.translation.hub import COMMIT, Hub, running
from tests.translation.tiny_transformers import BUILDERS, LANGUAGES, marian, spm
from translation import models
from translation.convert import family_of, to_ctranslate2
from translation.convert_vocabulary import vocabulary
from translation.engine import CTranslateEngine
from translation.engine_manifest import read_manifest
from translation.settings import EngineSettings

FAMILIES = sorted(BUILDERS)
TEXT = "Le patient prend un comprimé de 500 mg le matin."


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[CTranslateEngine]:
    made = CTranslateEngine(EngineSettings(tmp_path / "models", device="cpu", threads=1))
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.mark.torch
@pytest.mark.parametrize("family", FAMILIES)
def test_conversion_keeps_the_probability_of_every_token(family: str, tmp_path: Path) -> None:
    import ctranslate2

    source = BUILDERS[family](tmp_path / "source")
    assert family_of(source) == family
    to_ctranslate2(source, tmp_path / "made", family, "float32")
    tokens = json.loads((tmp_path / "made" / "shared_vocabulary.json").read_text(encoding="utf-8"))
    read, written = tokens[10:25], tokens[30:42]
    ours = ctranslate2.Translator(str(tmp_path / "made")).score_batch([[*read, "</s>"]], [written])[0].log_probs
    assert ours == pytest.approx(theirs(source, tokens, read, written), rel=1e-3, abs=1e-3)


def theirs(source: Path, tokens: list[str], read: list[str], written: list[str]) -> list[float]:
    """What transformers gives for a target: the log probability of each of its tokens and of its end."""
    import torch
    from transformers import AutoModelForSeq2SeqLM

    model = AutoModelForSeq2SeqLM.from_pretrained(str(source)).eval()
    number = {token: at for at, token in enumerate(tokens)}
    end = number["</s>"]
    wanted = [*(number[token] for token in written), end]
    with torch.no_grad():
        logits = model(
            input_ids=torch.tensor([[*(number[token] for token in read), end]]),
            decoder_input_ids=torch.tensor([[model.config.decoder_start_token_id, *wanted[:-1]]]),
        ).logits[0, :, : len(tokens)]
    return [float(one) for one in logits.log_softmax(-1)[range(len(wanted)), wanted]]


@pytest.mark.torch
@pytest.mark.parametrize("family", FAMILIES)
def test_a_model_of_every_family_is_converted_from_a_folder_and_translates(
    family: str, tmp_path: Path, folder: Path, engine: CTranslateEngine
) -> None:
    source = BUILDERS[family](tmp_path / f"tiny-{family}")
    languages = ("fr", "en") if family == "marian" else LANGUAGES
    lines = models.convert(str(source), folder, languages=languages, licence="MIT", quantisation="int8")
    model = read_manifest(folder / f"tiny-{family}")
    assert (model.family, model.quantisation, model.quality) == (family, "int8", "provisional")
    assert lines[0] == "Licence: MIT."
    ((found, *_),) = engine.translate([TEXT], "fr", "en")
    assert found.tokens >= 0
    assert 0 <= found.score <= 1
    assert engine.path("fr", "en").models == (f"tiny-{family}",)


@pytest.mark.torch
def test_the_words_of_a_pair_are_told_from_the_name_of_the_model(tmp_path: Path, folder: Path) -> None:
    models.convert(str(marian(tmp_path / "opus-mt-de-it")), folder)
    assert read_manifest(folder / "opus-mt-de-it").pairs == (("de", "it"),)


@pytest.mark.torch
def test_a_pair_that_cannot_be_told_is_asked_for(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be told"):
        models.convert(str(marian(tmp_path / "mine")), folder)
    assert not (folder / "mine").exists()


@pytest.mark.torch
def test_a_model_of_the_catalogue_is_downloaded_and_converted(tmp_path: Path, folder: Path) -> None:
    source = marian(tmp_path / "served")
    with running(Hub({"Helsinki-NLP/opus-mt-fr-en": source})) as hub:
        steps: list[str] = []
        lines = models.install("opus-mt-fr-en", folder, base=hub.base, progress=lambda step, *_: steps.append(step))
    model = read_manifest(folder / "opus-mt-fr-en")
    assert (model.pairs, model.revision, model.licence) == ((("fr", "en"),), COMMIT, "Apache-2.0")
    assert model.quality == "general"
    assert steps[-1] == "convert"
    assert any(line.startswith("Held to the SHA-256") and "model.safetensors" in line for line in lines)
    assert not (folder / ".downloads" / "opus-mt-fr-en").exists()


@pytest.mark.torch
def test_a_model_outside_the_catalogue_is_converted_from_the_hub(tmp_path: Path, folder: Path) -> None:
    source = marian(tmp_path / "served")
    (source / "modeling_evil.py").write_text("raise SystemExit")
    with running(Hub({"Somebody/Opus-MT-fr-es": source}, licences={"Somebody/Opus-MT-fr-es": "apache-2.0"})) as hub:
        models.convert("Somebody/Opus-MT-fr-es", folder, base=hub.base)
        assert hub.downloads("modeling_evil.py") == []
    model = read_manifest(folder / "opus-mt-fr-es")
    assert (model.licence, model.source, model.pairs) == ("Apache-2.0", "Somebody/Opus-MT-fr-es", (("fr", "es"),))


@pytest.mark.torch
def test_a_non_commercial_model_of_the_hub_must_be_accepted_too(tmp_path: Path, folder: Path) -> None:
    served = {"facebook/nllb-mine": BUILDERS["nllb"](tmp_path / "served")}
    with running(Hub(served, licences={"facebook/nllb-mine": "cc-by-nc-4.0"})) as hub:
        with pytest.raises(InvalidInput, match="commercial"):
            models.convert("facebook/nllb-mine", folder, base=hub.base)
        lines = models.convert("facebook/nllb-mine", folder, base=hub.base, accept_licence=True)
    assert lines[0] == "Licence: CC-BY-NC-4.0. Commercial use is not allowed."


@pytest.mark.torch
def test_the_licence_is_read_from_the_card_of_a_folder(tmp_path: Path, folder: Path) -> None:
    source = marian(tmp_path / "opus-mt-fr-en")
    (source / "README.md").write_text("---\ntags:\n- translation\nlicense: cc-by-nc-sa-4.0\n---\n# Card\n")
    with pytest.raises(InvalidInput, match="cc-by-nc-sa"):
        models.convert(str(source), folder)


@pytest.mark.torch
def test_plain_tensors_in_a_pickle_are_read(tmp_path: Path, folder: Path, engine: CTranslateEngine) -> None:
    source = pickled(marian(tmp_path / "opus-mt-fr-en"))
    models.convert(str(source), folder)
    assert engine.translate([TEXT], "fr", "en")[0][0].tokens >= 0


def pickled(source: Path) -> Path:
    """The same model, its weights as older repositories have them."""
    import torch
    from safetensors.torch import load_file

    torch.save(load_file(source / "model.safetensors"), source / "pytorch_model.bin")
    (source / "model.safetensors").unlink()
    return source


class Evil:
    """A pickle of this makes a file where it is read."""

    def __init__(self, proof: Path) -> None:
        self.proof = proof

    def __reduce__(self) -> Any:
        return (Path.touch, (self.proof,))


@pytest.mark.torch
@pytest.mark.parametrize("wrapped", [True, False], ids=["torch", "plain"])
def test_code_in_a_pickle_is_never_run(tmp_path: Path, folder: Path, wrapped: bool) -> None:
    import torch

    source = pickled(marian(tmp_path / "opus-mt-fr-en"))
    proof = tmp_path / "run"
    if wrapped:
        torch.save({"x": Evil(proof)}, source / "pytorch_model.bin")
    else:
        (source / "pytorch_model.bin").write_bytes(pickle.dumps(Evil(proof)))
    with pytest.raises(UnusableSource, match="cannot be converted"):
        models.convert(str(source), folder)
    assert not proof.exists()
    assert not (folder / "opus-mt-fr-en").exists()
    assert not list(folder.glob(".incoming-*"))


@pytest.mark.torch
def test_code_beside_a_model_is_never_run(tmp_path: Path, folder: Path) -> None:
    source = marian(tmp_path / "opus-mt-fr-en")
    proof = tmp_path / "run"
    (source / "evil.py").write_text(f"import pathlib; pathlib.Path({str(proof)!r}).touch()\nclass Evil: pass\n")
    for name in ("config.json", "tokenizer_config.json"):
        told = json.loads((source / name).read_text())
        kinds = ("AutoConfig", "AutoModelForSeq2SeqLM", "AutoTokenizer")
        (source / name).write_text(json.dumps(told | {"auto_map": dict.fromkeys(kinds, "evil.Evil")}))
    models.convert(str(source), folder)
    assert not proof.exists()


@pytest.mark.torch
@pytest.mark.parametrize("fault", ["lacks one", "another shape", "no file"])
def test_weights_that_do_not_fit_the_config_are_refused(tmp_path: Path, folder: Path, fault: str) -> None:
    from safetensors.torch import load_file, save_file

    source = marian(tmp_path / "opus-mt-fr-en")
    weights = load_file(source / "model.safetensors")
    name = "model.encoder.layers.0.fc1.weight"
    weight = weights.pop(name)
    if fault == "another shape":
        weights[name] = weight[:3].clone()
    save_file(weights, source / "model.safetensors", metadata={"format": "pt"})
    if fault == "no file":
        (source / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(UnusableSource):
        models.convert(str(source), folder)
    assert not (folder / "opus-mt-fr-en").exists()


@pytest.mark.torch
def test_weights_may_be_kept_as_float16(tmp_path: Path, folder: Path) -> None:
    models.convert(str(marian(tmp_path / "opus-mt-fr-en")), folder, quantisation="float16")
    assert read_manifest(folder / "opus-mt-fr-en").quantisation == "float16"


@pytest.mark.torch
def test_safetensors_are_read_where_both_are_there(tmp_path: Path, folder: Path) -> None:
    source = marian(tmp_path / "opus-mt-fr-en")
    (source / "pytorch_model.bin").write_bytes(pickle.dumps(Evil(tmp_path / "run")))
    models.convert(str(source), folder)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ('{"model_type": "llama"}', "llama"),
        ("{}", "cannot be converted"),
        ("[]", "not what it should be"),
        ("{", "cannot be read"),
        ("[" * 100_000, "cannot be read"),
        (None, "cannot be read"),
        ('"' + "x" * 2_000_000 + '"', "too large"),
    ],
    ids=["other", "empty", "list", "broken", "deep", "none", "large"],
)
def test_a_config_of_no_model_is_refused(tmp_path: Path, config: str | None, says: str) -> None:
    if config is not None:
        (tmp_path / "config.json").write_text(config)
    with pytest.raises(UnusableSource, match=says):
        family_of(tmp_path)


@pytest.mark.parametrize(
    ("vocab", "says"),
    [
        ('{"</s>": 0, "<unk>": 1, "a": 3}', "gaps"),
        ('{"</s>": 0, "a": 1}', "none for what is unknown"),
        ("[]", "not what it should be"),
        ('{"a": "b"}', "cannot be read"),
    ],
)
def test_a_vocabulary_that_does_not_number_its_words_is_refused(tmp_path: Path, vocab: str, says: str) -> None:
    (tmp_path / "vocab.json").write_text(vocab)
    with pytest.raises(UnusableSource, match=says):
        vocabulary(tmp_path, "marian")


def test_two_vocabularies_are_refused_rather_than_mixed(tmp_path: Path) -> None:
    (tmp_path / "vocab.json").write_text('{"</s>": 0, "<unk>": 1}')
    (tmp_path / "target_vocab.json").write_text("{}")
    with pytest.raises(UnusableSource, match="vocabularies of their own"):
        vocabulary(tmp_path, "marian")


def test_the_pieces_of_a_sentencepiece_model_are_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "spiece.model").write_bytes(spm(symbols=["<2en>"]))
    assert vocabulary(tmp_path, "madlad")[:4] == ["<unk>", "<s>", "</s>", "<2en>"]


@pytest.mark.torch
@pytest.mark.parametrize("missing", ["source.spm", "vocab.json", "model.safetensors"])
def test_a_folder_that_is_not_whole_is_named(tmp_path: Path, folder: Path, missing: str) -> None:
    source = marian(tmp_path / "opus-mt-fr-en")
    (source / missing).unlink()
    with pytest.raises(UnusableSource, match=missing):
        models.convert(str(source), folder)


@pytest.mark.torch
@pytest.mark.parametrize("source", ["not/there/at/all", "justaname", "../up", ""])
def test_neither_a_folder_nor_a_name_of_the_hub(source: str, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        models.convert(source, folder, name="mine", base="http://127.0.0.1:9")
    assert not (folder / "mine").exists()


@pytest.mark.torch
def test_a_folder_is_converted_without_a_network(tmp_path: Path, folder: Path) -> None:
    source = marian(tmp_path / "opus-mt-fr-en")
    shutil.copytree(source, tmp_path / "second" / "opus-mt-en-fr")
    models.convert(str(tmp_path / "second" / "opus-mt-en-fr"), folder, base="http://nowhere.invalid")
    assert read_manifest(folder / "opus-mt-en-fr").pairs == (("en", "fr"),)
