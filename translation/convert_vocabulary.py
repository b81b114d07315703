"""The tokens of a transformers model in the order of its embeddings, read from its files.

Read from SentencePiece and JSON files alone, not through transformers' tokenizers: version 5 of those leaves the
languages of M2M-100 out of the vocabulary, and needs more libraries to read a SentencePiece model.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from medinfo.errors import UnusableSource

LARGEST_VOCABULARY = 64_000_000
"""Bytes of a vocabulary's file."""
UNKNOWN = "<unk>"


class Vocabulary:
    """What CTranslate2's converter asks of a tokenizer.

    Args:
        tokens: in the order of the embeddings. config: of the model, for the numbers of its special tokens.
    """

    unk_token = UNKNOWN
    special_tokens_map: Mapping[str, Any] = {}

    def __init__(self, tokens: list[str], config: Any) -> None:
        self._tokens = tokens
        self.unk_token_id = tokens.index(UNKNOWN)
        self.eos_token = tokens[config.eos_token_id]
        self.pad_token = tokens[config.pad_token_id]
        self.bos_token = self.pad_token

    def get_vocab(self) -> dict[str, int]:
        """Every token with its number."""
        return {token: number for number, token in enumerate(self._tokens)}

    def convert_ids_to_tokens(self, number: int) -> str:
        """The token of a number."""
        return self._tokens[number]


def vocabulary(folder: Path, family: str) -> list[str]:
    """The tokens of a model in the order of its embeddings; tokens that were never used may be missing at the end.

    Raises:
        UnusableSource: its files do not say them, or say a number or a token twice.
    """
    try:
        tokens = _READERS[family](folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, RecursionError) as problem:
        raise UnusableSource(f"The vocabulary of the model cannot be read: {str(problem)[:200]}.") from problem
    if UNKNOWN not in tokens or len(set(tokens)) != len(tokens):
        raise UnusableSource("The vocabulary of the model holds a token twice, or none for what is unknown.")
    return tokens


def _marian(folder: Path) -> list[str]:
    if (folder / "target_vocab.json").is_file():
        raise ValueError("source and target have vocabularies of their own, which is not supported")
    return _numbered(_json(folder / "vocab.json"))


def _m2m100(folder: Path) -> list[str]:
    from transformers.models.m2m_100.tokenization_m2m_100 import FAIRSEQ_LANGUAGE_CODES

    settings = folder / "tokenizer_config.json"
    told = _json(settings) if settings.is_file() else {}
    codes = FAIRSEQ_LANGUAGE_CODES[told.get("language_codes") or "m2m100"]
    words = _numbered(_json(folder / "vocab.json"))
    known = set(words)
    return words + [tag for tag in (f"__{code}__" for code in codes) if tag not in known]


def _nllb(folder: Path) -> list[str]:
    whole = folder / "tokenizer.json"
    if whole.is_file():
        from tokenizers import Tokenizer

        return _numbered(Tokenizer.from_file(str(whole)).get_vocab(with_added_tokens=True))
    from transformers.models.nllb.tokenization_nllb import FAIRSEQ_LANGUAGE_CODES

    # fairseq's own four come first; SentencePiece's first three are among them.
    pieces = _pieces(folder / "sentencepiece.bpe.model")[3:]
    return ["<s>", "<pad>", "</s>", UNKNOWN, *pieces, *FAIRSEQ_LANGUAGE_CODES, "<mask>"]


def _madlad(folder: Path) -> list[str]:
    return _pieces(folder / "spiece.model")


_READERS: Mapping[str, Callable[[Path], list[str]]] = {
    "marian": _marian, "m2m100": _m2m100, "nllb": _nllb, "madlad": _madlad,
}  # fmt: skip


def _pieces(file: Path) -> list[str]:
    from sentencepiece import SentencePieceProcessor

    model = SentencePieceProcessor(model_file=str(file))
    return [model.id_to_piece(number) for number in range(model.get_piece_size())]


def _numbered(tokens: Mapping[str, int]) -> list[str]:
    """Tokens in the order of their numbers, which must run from 0 without a gap."""
    if sorted(tokens.values()) != list(range(len(tokens))):
        raise ValueError("its numbers have gaps")
    return sorted(tokens, key=tokens.__getitem__)


def _json(file: Path) -> dict[str, Any]:
    if file.stat().st_size > LARGEST_VOCABULARY:
        raise ValueError(f"{file.name} is too large")
    told = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(told, dict):
        raise TypeError(f"{file.name} is not what it should be")
    return told
