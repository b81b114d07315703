"""Transformers models of each family, small enough for a test, with the tokenizer files of their repositories."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import sentencepiece

from tests.translation.tiny_random import LINES

LANGUAGES = ("de", "en", "es", "fr", "it", "pt")
SIZES = {
    "d_model": 32, "encoder_layers": 2, "decoder_layers": 2, "encoder_attention_heads": 4,
    "decoder_attention_heads": 4, "encoder_ffn_dim": 64, "decoder_ffn_dim": 64,
}  # fmt: skip


def spm(
    lines: Sequence[str] = LINES * 3,
    *,
    pieces: int = 250,
    kind: str = "unigram",
    symbols: Sequence[str] = (),
    ids: tuple[int, int, int, int] = (0, 1, 2, -1),
) -> bytes:
    """A SentencePiece model trained on lines; `ids` are those of unknown, begin, end and padding."""
    model = io.BytesIO()
    unknown, begin, end, padding = ids
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_writer=model, vocab_size=pieces, hard_vocab_limit=False, model_type=kind,
        character_coverage=1.0, user_defined_symbols=list(symbols), minloglevel=3, num_threads=1, unk_id=unknown,
        bos_id=begin, eos_id=end, pad_id=padding,
    )  # fmt: skip
    return model.getvalue()


def pieces_of(model: bytes) -> list[str]:
    """The pieces of a SentencePiece model, in order."""
    read = sentencepiece.SentencePieceProcessor(model_proto=model)
    return [read.id_to_piece(number) for number in range(read.get_piece_size())]


def marian(folder: Path, *, model: bytes | None = None, seed: int = 0, **sizes: Any) -> Path:
    """The layout of OPUS-MT: one vocabulary, two SentencePiece models, padding as the last token."""
    from transformers import MarianConfig, MarianMTModel

    model = model or spm()
    words = [piece for piece in pieces_of(model) if piece not in {"<unk>", "<s>", "</s>"}]
    vocabulary = {word: number for number, word in enumerate(["</s>", "<unk>", *words, "<pad>"])}
    config = MarianConfig(
        vocab_size=len(vocabulary), pad_token_id=len(vocabulary) - 1, eos_token_id=0,
        decoder_start_token_id=len(vocabulary) - 1, forced_eos_token_id=0, activation_function="swish",
        scale_embedding=True, max_position_embeddings=256, **({"init_std": 0.3} | SIZES | sizes),
    )  # fmt: skip
    folder.mkdir(parents=True)
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(model)
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    settings = {"tokenizer_class": "MarianTokenizer", "source_lang": "fr", "target_lang": "en", "model_max_length": 512}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    return _saved(folder, MarianMTModel, config, seed)


def nllb(folder: Path, *, seed: int = 0) -> Path:
    """The layout of NLLB-200: fairseq's numbers for the pieces, then the languages."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration
    from transformers.models.nllb.tokenization_nllb import FAIRSEQ_LANGUAGE_CODES

    folder.mkdir(parents=True)
    model = spm(kind="bpe")
    (folder / "sentencepiece.bpe.model").write_bytes(model)
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "NllbTokenizer"}))
    size = len(pieces_of(model)) + 1 + len(FAIRSEQ_LANGUAGE_CODES) + 3  # three words at the end that are never used
    return _saved(folder, M2M100ForConditionalGeneration, _m2m(M2M100Config, size), seed)


def m2m100(folder: Path, *, seed: int = 0) -> Path:
    """The layout of M2M-100: a vocabulary as JSON, then the languages, then words that were never used."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration, M2M100Tokenizer

    folder.mkdir(parents=True)
    model = spm()
    (folder / "sentencepiece.bpe.model").write_bytes(model)
    words = [piece for piece in pieces_of(model) if piece not in {"<unk>", "<s>", "</s>"}]
    vocabulary = {word: number for number, word in enumerate(["<s>", "<pad>", "</s>", "<unk>", *words])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    tokenizer = M2M100Tokenizer(str(folder / "vocab.json"), str(folder / "sentencepiece.bpe.model"))
    tokenizer.save_pretrained(str(folder))
    size = len(vocabulary) + len(tokenizer.lang_code_to_id) + tokenizer.num_madeup_words
    return _saved(folder, M2M100ForConditionalGeneration, _m2m(M2M100Config, size), seed)


def madlad(folder: Path, *, seed: int = 0) -> Path:
    """The layout of MADLAD-400: T5 1.1 with an output of its own, languages as pieces of the tokenizer."""
    from transformers import T5Config, T5ForConditionalGeneration

    folder.mkdir(parents=True)
    model = spm(symbols=[f"<2{language}>" for language in LANGUAGES], ids=(0, 1, 2, -1))
    (folder / "spiece.model").write_bytes(model)
    settings = {
        "tokenizer_class": "T5Tokenizer", "extra_ids": 0, "pad_token": "<s>", "bos_token": "<s>", "eos_token": "</s>",
        "unk_token": "<unk>",
    }  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    config = T5Config(
        vocab_size=len(pieces_of(model)), d_model=32, d_kv=8, d_ff=64, num_layers=2, num_heads=4,
        feed_forward_proj="gated-gelu", tie_word_embeddings=False, decoder_start_token_id=0, pad_token_id=1,
        eos_token_id=2, initializer_factor=3.0,
    )  # fmt: skip
    _saved(folder, T5ForConditionalGeneration, config, seed)
    _untie(folder, seed)
    return folder


def _untie(folder: Path, seed: int) -> None:
    """Give the output weights of its own and the config the words that T5 1.1 checkpoints have."""
    import torch
    from safetensors.torch import load_file, save_file

    weights = {name: weight.clone() for name, weight in load_file(folder / "model.safetensors").items()}
    drawn = torch.Generator().manual_seed(seed + 1)
    weights["lm_head.weight"] = 0.3 * torch.randn(weights["shared.weight"].shape, generator=drawn)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    config = json.loads((folder / "config.json").read_text())
    config.pop("scale_decoder_outputs", None)
    (folder / "config.json").write_text(json.dumps(config | {"tie_word_embeddings": False}))


BUILDERS: Mapping[str, Callable[..., Path]] = {"marian": marian, "nllb": nllb, "m2m100": m2m100, "madlad": madlad}


def _m2m(config: Any, size: int) -> Any:
    return config(
        vocab_size=size, max_position_embeddings=256, scale_embedding=True, activation_function="relu", init_std=0.3,
        pad_token_id=1, bos_token_id=0, eos_token_id=2, decoder_start_token_id=2, **SIZES,
    )  # fmt: skip


def _saved(folder: Path, kind: Any, config: Any, seed: int) -> Path:
    import torch

    torch.manual_seed(seed)
    model = kind(config).eval()
    model.save_pretrained(str(folder))
    return folder
