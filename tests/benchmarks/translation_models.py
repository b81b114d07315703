"""What both benchmarks of translation stand on: a model of the size of OPUS-MT, texts, and fair measures.

The weights are random, since what a model says does not matter to its speed. How long its translations are does, and
random weights would make them of any length. So one dimension of every vector carries nothing but the position (no
word and no layer writes into it), and the end of a sentence is read from it: every translation ends at about the
position `ENDS_AT`, whatever is translated, in every implementation, on the same weights. Each implementation is
counted by the tokens that it wrote itself.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.translation.tiny_random import LINES
from tests.translation.tiny_transformers import marian

ENDS_AT = 30
"""Position at which translations end, about: a usual sentence."""
SURE = 20.0
WORDS = (6, 40)
"""Words of a text, at least and at most."""
LENGTH = 32
"""Tokens of a text, its end included."""


@dataclass(frozen=True)
class Size:
    """The size of a model: that of OPUS-MT unless said otherwise."""

    layers: int = 6
    width: int = 512
    heads: int = 8
    inner: int = 2048
    vocabulary: int = 59_514

    def __str__(self) -> str:
        return f"{self.layers}+{self.layers} layers, {self.width} wide, {self.vocabulary:,} words"


TINY = Size(1, 64, 2, 128, 600)
"""For trying a script out."""


@dataclass(frozen=True)
class Measured:
    """What one run took: seconds by the clock and of processors, tokens written, segments."""

    seconds: float
    processor: float
    tokens: int
    segments: int

    @property
    def rate(self) -> float:
        """Tokens written a second."""
        return self.tokens / self.seconds

    @property
    def processor_rate(self) -> float:
        """Tokens written in a second of processor time: what a busy machine disturbs least."""
        return self.tokens / self.processor


def build(folder: Path, size: Size) -> Path:
    """Write a transformers model of a size, whose sentences end by position.

    Returns:
        its folder, with safetensors and the tokenizer's files.
    """
    import torch
    from safetensors.torch import load_file, save_file

    made = marian(
        folder, d_model=size.width, encoder_layers=size.layers, decoder_layers=size.layers,
        encoder_attention_heads=size.heads, decoder_attention_heads=size.heads, encoder_ffn_dim=size.inner,
        decoder_ffn_dim=size.inner, init_std=0.02,
    )  # fmt: skip
    _widen(made, size)
    weights = {name: weight.clone() for name, weight in load_file(made / "model.safetensors").items()}
    (shared,) = [name for name in weights if name.endswith("shared.weight")]
    drawn = torch.Generator().manual_seed(1)
    words = torch.randn((size.vocabulary, size.width), generator=drawn) * 0.02
    place = _dimension(size.width)
    words[:, place] = 0
    words[-1] = 0  # padding, from which every translation starts
    words[0] = 0
    words[0, place] = -SURE
    weights[shared] = words
    for name in list(weights):
        if name.endswith(("out_proj.weight", "fc2.weight")) or name.endswith(("out_proj.bias", "fc2.bias")):
            weights[name][place] = 0
        elif name.endswith("final_logits_bias"):
            weights[name] = torch.zeros((1, size.vocabulary))
    save_file(weights, made / "model.safetensors", metadata={"format": "pt"})
    return made


def texts(count: int, encode: Callable[[str], Sequence[str]], seed: int = 0) -> list[str]:
    """Texts of our own words, each of `LENGTH` tokens with its end, so that a batch is the same for everyone.

    Args:
        encode: gives the tokens of a text, without its end.
    """
    draw = random.Random(seed)
    words = [word for line in LINES for word in line.split()]
    found: list[str] = []
    while len(found) < count:
        text = " ".join(draw.choices(words, k=draw.randint(*WORDS)))
        if len(encode(text)) == LENGTH - 1:
            found.append(text)
    return found


def quiet() -> None:
    """Keep the engine's log out of the table."""
    import logging

    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def timed(work: Callable[[], int], segments: int, *, least: float = 0.0) -> Measured:
    """One round.

    Args:
        work: does all segments once and says how many tokens it wrote.
        least: seconds that the round lasts at least; it repeats the work.
    """
    start, processor, tokens, done = time.perf_counter(), time.process_time(), 0, 0
    while not done or time.perf_counter() - start < least:
        tokens += work()
        done += segments
    return Measured(time.perf_counter() - start, time.process_time() - processor, tokens, done)


def best(rounds: Sequence[Measured]) -> Measured:
    """The round that wrote most tokens in a second of processor time."""
    return max(rounds, key=lambda one: one.processor_rate)


def ids_of(made: Path, tokens: Sequence[Sequence[str]]) -> list[list[int]]:
    """The numbers of tokens, for transformers."""
    vocabulary = json.loads((made / "vocab.json").read_text(encoding="utf-8"))
    return [[vocabulary[token] for token in one] for one in tokens]


def engine_work(engine: Any, lines: Sequence[str], expected: int) -> Callable[[], int]:
    """All texts through our engine; the model must have come to an end each time, in about the expected tokens."""

    def work() -> int:
        found = engine.translate(lines, "fr", "en")
        tokens = sum(one[0].tokens + 1 for one in found)
        assert abs(tokens - expected) < 0.1 * expected, f"{tokens} tokens instead of {expected}"
        return tokens

    return work


def raw_work(
    translator: Any, sources: Sequence[Sequence[str]], batch: int, beam: int, longest: int
) -> Callable[[], int]:
    """All sources through CTranslate2's own `translate_batch`, sorted by length by itself."""

    def work() -> int:
        results = translator.translate_batch(
            list(map(list, sources)), max_batch_size=batch, beam_size=beam, max_input_length=0,
            max_decoding_length=longest,
        )  # fmt: skip
        return sum(len(one.hypotheses[0]) + 1 for one in results)

    return work


def transformers_work(
    model: Any, sources: Sequence[Sequence[int]], batch: int, beam: int, longest: int
) -> Callable[[], int]:
    """All sources through transformers' `generate`, sorted by length, the longest first as CTranslate2 does."""
    import torch

    padding = model.config.pad_token_id
    order = sorted(sources, key=len, reverse=True)

    def work() -> int:
        tokens = 0
        for at in range(0, len(order), batch):
            group = order[at : at + batch]
            width = max(map(len, group))
            ids = torch.tensor([[*one, *[padding] * (width - len(one))] for one in group], device=model.device)
            with torch.inference_mode():
                out = model.generate(
                    input_ids=ids, attention_mask=(ids != padding).long(), num_beams=beam, do_sample=False,
                    max_new_tokens=longest, early_stopping=True,
                )  # fmt: skip
            tokens += int((out[:, 1:] != padding).sum())
        return tokens

    return work


def _dimension(width: int) -> int:
    """The dimension whose cosine crosses zero at about `ENDS_AT`."""
    return width // 2 + round(width / 2 * math.log(ENDS_AT / (math.pi / 2)) / math.log(10_000))


def _widen(made: Path, size: Size) -> None:
    """Fill the vocabulary with words that are never read."""
    vocabulary = json.loads((made / "vocab.json").read_text(encoding="utf-8"))
    vocabulary.pop("<pad>")
    for number in range(len(vocabulary), size.vocabulary - 1):
        vocabulary[f"never{number}"] = number
    vocabulary["<pad>"] = size.vocabulary - 1
    (made / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    config = json.loads((made / "config.json").read_text())
    last = {"pad_token_id": size.vocabulary - 1, "decoder_start_token_id": size.vocabulary - 1}
    config |= last | {"vocab_size": size.vocabulary, "decoder_vocab_size": size.vocabulary}
    (made / "config.json").write_text(json.dumps(config))
    generation = json.loads((made / "generation_config.json").read_text())
    generation.pop("bad_words_ids", None)
    (made / "generation_config.json").write_text(json.dumps(generation | last))
