"""From text to the tokens of a model and back: SentencePiece models or a `tokenizer.json`, whichever a folder has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from medinfo.errors import InvalidInput

PAIR = ("source.spm", "target.spm")
"""The two SentencePiece models of a Marian model."""
SINGLE = ("sentencepiece.bpe.model", "spiece.model", "sentencepiece.model", "source.spm")
"""One SentencePiece model for both sides: NLLB and M2M-100, T5 and MADLAD-400, others."""
JSON = "tokenizer.json"
SPACE = "▁"
"""How SentencePiece writes a space inside a piece."""
UNKNOWN = "⁇"
"""What a token that stands for something unknown is shown as: it must be seen, never dropped."""


RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True))
POWER = re.compile(rf"(?<=\d)[{''.join(RAISED)}]+")
FRACTION = re.compile("(\\d?)([¼-¾⅐-⅞↉])")


class Tokeniser(Protocol):
    """Cuts a text into a model's tokens and joins tokens to a text. Safe to call from several threads."""

    def encode(self, text: str) -> list[str]:
        """The tokens of a source text, without any token that starts or ends it."""
        ...

    def tag(self, token: str) -> list[str]:
        """The tokens that stand for a language's token where a model reads it as a part of the text."""
        ...

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of the tokens of a target."""
        ...


def open_tokeniser(folder: Path, reserved: Iterable[str] = ()) -> Tokeniser:
    """Open whichever tokenizer a model's folder has.

    Args:
        folder: of the model. reserved: tokens with a meaning of their own (languages, the end of a sentence): where a
            text holds one of them literally, it is read letter by letter and never steers the model.

    Raises:
        InvalidInput: there is none, or it cannot be read; the sentence names the model.
    """
    apart = frozenset(reserved)
    try:
        if all((folder / name).is_file() for name in PAIR):
            return SentencePieces(folder / PAIR[0], folder / PAIR[1], apart)
        for name in SINGLE:
            if (folder / name).is_file():
                return SentencePieces(folder / name, folder / name, apart)
        if (folder / JSON).is_file():
            return JsonTokens(folder / JSON, apart)
    except Exception as problem:  # each library raises its own kinds, down to Exception itself
        raise InvalidInput(f"The model {folder.name} cannot be used: its tokenizer cannot be read.") from problem
    raise InvalidInput(f"The model {folder.name} is incomplete: it has no tokenizer ({', '.join((*SINGLE, JSON))}).")


def spelled(text: str) -> str:
    """A text with its powers and fractions spelled out: 10⁹ as 10^9, 2½ as 2 1/2; and with a plain minus sign.

    The models' own normalisation reads them as 109 and 21/2, and so does whatever is translated from it. The
    typographic minus is in the vocabulary of few models, and a sign that a model cannot read is lost.
    """
    text = text.replace("\N{MINUS SIGN}", "-")
    text = POWER.sub(lambda match: "^" + "".join(RAISED[sign] for sign in match.group()), text)
    return FRACTION.sub(_fraction, text)


def _fraction(match: re.Match[str]) -> str:
    digit, sign = match.groups()
    plain = unicodedata.normalize("NFKC", sign).replace("\N{FRACTION SLASH}", "/")
    return f"{digit} {plain}" if digit else plain


def _misread(normalised: str) -> bool:
    """Whether a model's normalisation of `10⁹` makes another number of it."""
    return "109" in normalised


class SentencePieces:
    """The tokens of one or two SentencePiece models."""

    def __init__(self, source: Path, target: Path, reserved: Collection[str] = ()) -> None:
        from sentencepiece import SentencePieceProcessor

        self._source: Any = SentencePieceProcessor(model_file=str(source))
        same = source == target
        self._target: Any = self._source if same else SentencePieceProcessor(model_file=str(target))
        self._reserved = frozenset(reserved)
        self._misreads = _misread(self._source.normalize("10⁹"))

    def encode(self, text: str) -> list[str]:
        """See `Tokeniser`."""
        pieces: list[str] = self._source.encode(spelled(text) if self._misreads else text, out_type=str)
        if self._reserved.isdisjoint(pieces):
            return pieces
        return [part for piece in pieces for part in (piece if piece in self._reserved else (piece,))]

    def tag(self, token: str) -> list[str]:
        """See `Tokeniser`."""
        pieces: list[str] = self._source.encode(token, out_type=str)
        return pieces

    def decode(self, tokens: Sequence[str]) -> str:
        """See `Tokeniser`."""
        text: str = self._target.decode([token for token in tokens if token not in self._reserved])
        # A piece that the network has and SentencePiece has not comes out as it is written.
        return text.replace(SPACE, " ").strip()


class JsonTokens:
    """The tokens of a `tokenizer.json`."""

    def __init__(self, file: Path, reserved: Collection[str] = ()) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(file))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        # What looks like a special token in a text is text.
        self._tokenizer.encode_special_tokens = True
        self._reserved = frozenset(reserved)
        self._unknown: int | None = self._tokenizer.token_to_id("<unk>")
        normalizer = self._tokenizer.normalizer
        self._misreads = normalizer is not None and _misread(normalizer.normalize_str("10⁹"))

    def encode(self, text: str) -> list[str]:
        """See `Tokeniser`."""
        given = spelled(text) if self._misreads else text
        tokens: list[str] = self._tokenizer.encode(given, add_special_tokens=False).tokens
        if self._reserved.isdisjoint(tokens):
            return tokens
        return [part for token in tokens for part in (token if token in self._reserved else (token,))]

    def tag(self, token: str) -> list[str]:
        """See `Tokeniser`."""
        tokens: list[str] = self._tokenizer.encode(token, add_special_tokens=False).tokens
        return tokens if token in tokens else [token]

    def decode(self, tokens: Sequence[str]) -> str:
        """See `Tokeniser`."""
        numbers = [self._tokenizer.token_to_id(token) for token in tokens if token not in self._reserved]
        runs: list[list[int]] = [[]]
        for number in numbers:
            if number is None or number == self._unknown:
                runs.append([])
            else:
                runs[-1].append(number)
        texts: list[str] = [self._tokenizer.decode(run, skip_special_tokens=True) for run in runs]
        return f" {UNKNOWN} ".join(texts).strip()
