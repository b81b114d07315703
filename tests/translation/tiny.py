"""Real CTranslate2 models, small enough to be made in a test: one whose weights are set by hand so that it translates.

`word_model` translates word by word and copies what it does not know, letter by letter. How its weights do so: the
first values of every vector say which token it is, the next where it stands. Both are codes of +1 and -1
that are nearly orthogonal to each other. The decoder knows nothing but its own position; its attention asks for the
source token at that position, whose first half is the code of the token to write. There is nothing to learn, and every
value survives int8 exactly.

`random_model` (in tiny_random) has the layout of a family of models and random weights.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from ctranslate2.specs import TransformerSpec
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers

from tests.translation.tiny_random import random_model
from translation.engine_manifest import write_manifest

__all__ = ["random_model", "word_model"]

Floats = npt.NDArray[np.float32]

HALF = 64
"""Length of a code; a vector holds two at least."""
POSITIONS = 512
"""A source or a target longer than this is refused by the model with an error, as by any with learned positions."""
SHARP = 8.0
"""How strongly the decoder's attention prefers its own position."""
SURE = 0.5
"""How strongly the projection prefers the token that was read."""
SPECIAL = ("<unk>", "<s>", "</s>")
LETTERS = "".join(map(chr, (*range(32, 127), *range(0xA0, 0x180)))) + "–—’‘“”«»…•≤≥≠±×÷°µμ€œŒ\n\t"
BYTES = tuple(f"<0x{value:02X}>" for value in range(256))


def word_model(
    folder: Path,
    pairs: Mapping[str, str],
    source: str = "fr",
    target: str = "en",
    name: str = "",
    *,
    also: Mapping[str, Sequence[str]] | None = None,
    quality: str = "general",
    licence: str = "Apache-2.0",
    layers: int = 1,
    width: int = 2 * HALF,
    inner: int = 2 * HALF,
    heads: int = 1,
    vocabulary: int = 0,
) -> Path:
    """Write a model that translates the words of `pairs` and copies everything else exactly.

    Args:
        folder: the folder of models; the model's own folder is made inside it.
        pairs: source word or phrase to target word or phrase, either of any length, digits and signs too. A word is
            met whole only ("mal" does not touch "maladie"); with a capital first letter it is translated with one.
        source, target: languages.
        name: of the model; `word-<source>-<target>` where empty.
        also: by source word, other translations, second best and so on: hypotheses 2, 3 ... of a segment hold them.
        quality, licence: for the manifest.
        layers, width, inner, heads, vocabulary: to make it as large as a real one; it translates the same.

    Returns:
        The model's folder.
    """
    chosen = name or f"word-{source}-{target}"
    place = folder / chosen
    place.mkdir(parents=True)
    words = _with_capitals(pairs)
    others = {key: tuple(values) for key, values in (also or {}).items()}
    tokens = _vocabulary(words, others)
    _tokenizer(tokens, [*words, *others]).save(str(place / "tokenizer.json"))
    size = _Size(layers, width, inner, heads, max(vocabulary, len(tokens)))
    _specification(tokens, words, others, size).save(str(place))
    write_manifest(
        place, family="marian", pairs=[(source, target)], licence=licence, quality=quality,
        source="made by hand in a test", revision="1", quantisation="int8",
    )  # fmt: skip
    return place


def _with_capitals(pairs: Mapping[str, str]) -> dict[str, str]:
    """The pairs, and each with a capital first letter unless that is given."""
    capitals = {key[:1].upper() + key[1:]: value[:1].upper() + value[1:] for key, value in pairs.items() if key}
    return capitals | dict(pairs)


def _vocabulary(words: Mapping[str, str], others: Mapping[str, Sequence[str]]) -> list[str]:
    """Every token once: special ones, bytes, letters, then the words of both sides."""
    spoken = (*words, *words.values(), *others, *(text for texts in others.values() for text in texts))
    return list(dict.fromkeys((*SPECIAL, *BYTES, *LETTERS, *spoken)))


def _tokenizer(tokens: Sequence[str], words: Sequence[str]) -> Tokenizer:
    """Known words and phrases whole, all else by letters, and by bytes where a letter is unknown."""
    vocabulary = {token: number for number, token in enumerate(tokens)}
    pieces = models.BPE(vocab=vocabulary, merges=[], unk_token="<unk>", byte_fallback=True, ignore_merges=True)
    tokenizer = Tokenizer(pieces)
    known = "|".join(_whole(word) for word in sorted(words, key=len, reverse=True))
    # Words and runs of digits stay together, so that a known word is never found inside another.
    pattern = (known + "|" if known else "") + r"[\p{L}\p{M}]+|\p{N}|[^\p{L}\p{M}\p{N}]"
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(pattern), behavior="isolated")
    tokenizer.decoder = decoders.Sequence([decoders.ByteFallback(), decoders.Fuse()])
    return tokenizer


def _whole(word: str) -> str:
    """A pattern that finds a word with no letter or digit of another beside its own."""
    before = r"(?<![\p{L}\p{M}\p{N}])" if word[0].isalnum() else ""
    after = r"(?![\p{L}\p{M}\p{N}])" if word[-1].isalnum() else ""
    return before + re.escape(word) + after


def _codes(count: int, seed: int) -> Floats:
    """Vectors of +1 and -1, as many of one as of the other, no two alike in more than three places of four."""
    draw = np.random.default_rng(seed)
    plain = np.repeat(np.array([1.0, -1.0], dtype=np.float32), HALF // 2)
    found = np.empty((count, HALF), dtype=np.float32)
    filled = 0
    while filled < count:
        new = draw.permutation(plain)
        if np.max(np.abs(found[:filled] @ new), initial=0) <= HALF / 2:
            found[filled] = new
            filled += 1
    return found


@dataclass(frozen=True)
class _Size:
    layers: int
    width: int
    inner: int
    heads: int
    vocabulary: int


def _specification(
    tokens: Sequence[str], words: Mapping[str, str], others: Mapping[str, Sequence[str]], size: _Size
) -> TransformerSpec:
    number = {token: place for place, token in enumerate(tokens)}
    codes = _codes(len(tokens), seed=1)
    reads, writes = codes.copy(), codes * SURE
    for word, text in words.items():
        reads[number[word]] = codes[number[text]]
    for word, texts in others.items():
        for rank, text in enumerate(texts, start=1):
            # Slightly weaker than the first choice: the beam keeps it as another hypothesis.
            row, read = writes[number[text]], reads[number[word]]
            row += (SURE * (1 - 0.05 * rank) - row @ read / HALF) * read
    spec = TransformerSpec.from_config(size.layers, size.heads, pre_norm=True)
    spec.config.add_source_eos = False
    spec.config.decoder_start_token = "</s>"
    _fill(spec, reads, writes, size)
    filled = [*tokens, *(f"madeupword{number}" for number in range(size.vocabulary - len(tokens)))]
    spec.register_source_vocabulary(filled)
    spec.register_target_vocabulary(filled)
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def _fill(spec: TransformerSpec, reads: Floats, writes: Floats, size: _Size) -> None:
    """Set every weight: tokens in the first values of a vector, positions after them, the rest empty."""
    tokens_part, places_part = slice(0, HALF), slice(HALF, 2 * HALF)
    places = _in(_codes(POSITIONS, seed=2), places_part, POSITIONS, size.width)
    encoder, decoder = spec.encoder, spec.decoder
    for part in (encoder, decoder):
        part.scale_embeddings = False
        part.position_encodings.encodings = places
        _neutral(part.layer_norm, size.width)
        for layer in part.layer:
            _silent(layer.self_attention, (3, 1), size.width)
            _silent_feed_forward(layer.ffn, size)
            if part is decoder:
                _silent(layer.attention, (1, 2, 1), size.width)
    encoder.embeddings[0].weight = _in(reads, tokens_part, size.vocabulary, size.width)
    decoder.start_from_zero_embedding = True
    decoder.embeddings.weight = np.zeros((size.vocabulary, size.width), dtype=np.float32)
    decoder.projection.weight = _in(writes, tokens_part, size.vocabulary, size.width)
    # In the first head the first decoder layer asks for its own position and is given the token there.
    asked, keys_and_values, given = decoder.layer[0].attention.linear
    one = np.eye(HALF, dtype=np.float32)
    asked.weight[:HALF, places_part] = one * SHARP
    keys_and_values.weight[:HALF, places_part] = one
    keys_and_values.weight[size.width : size.width + HALF, tokens_part] = one
    given.weight[tokens_part, :HALF] = one


def _in(codes: Floats, columns: slice, rows: int, width: int) -> Floats:
    """The codes in some columns of an empty matrix."""
    matrix = np.zeros((rows, width), dtype=np.float32)
    matrix[: len(codes), columns] = codes
    return matrix


def _neutral(norm: Any, width: int) -> None:
    norm.gamma = np.ones(width, dtype=np.float32)
    norm.beta = np.zeros(width, dtype=np.float32)


def _silent(attention: Any, outputs: Sequence[int], width: int) -> None:
    """An attention that adds nothing."""
    _neutral(attention.layer_norm, width)
    for linear, times in zip(attention.linear, outputs, strict=True):
        linear.weight = np.zeros((times * width, width), dtype=np.float32)
        linear.bias = np.zeros(times * width, dtype=np.float32)


def _silent_feed_forward(layer: Any, size: _Size) -> None:
    _neutral(layer.layer_norm, size.width)
    for linear, (outputs, inputs) in (
        (layer.linear_0, (size.inner, size.width)),
        (layer.linear_1, (size.width, size.inner)),
    ):
        linear.weight = np.zeros((outputs, inputs), dtype=np.float32)
        linear.bias = np.zeros(outputs, dtype=np.float32)
