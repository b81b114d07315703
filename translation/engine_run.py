"""One batch on one model, and what CTranslate2's results say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from medinfo.errors import MedinfoError
from translation.batching import Item, Lane
from translation.engine_layout import Layout
from translation.engine_models import Loaded
from translation.families import END
from translation.ports import Hypothesis


@dataclass(frozen=True, slots=True)
class Found:
    """What a model gave for one piece.

    Attributes:
        tokens: of each hypothesis, best first, with the end where it came to one. scores: log probability per token.
        prefix: tokens that each hypothesis starts with and that are not of its text.
    """

    tokens: Sequence[Sequence[str]]
    scores: Sequence[float]
    prefix: Sequence[str] = ()


def lane(loaded: Loaded, beam: int, hypotheses: int) -> Lane[Found]:
    """Where pieces for a model are translated.

    Args:
        loaded: the model. beam: width, widened to the number of hypotheses. hypotheses: of each piece.
    """

    def run(items: Sequence[Item], bound: int) -> list[Found]:
        try:
            results = loaded.translator.translate_batch(
                [list(item.tokens) for item in items],
                target_prefix=[list(item.prefix) for item in items] if items[0].prefix else None,
                beam_size=max(beam, hypotheses), num_hypotheses=hypotheses, return_scores=True, return_end_token=True,
                max_input_length=0, max_decoding_length=loaded.layout.longest_target(bound),
            )  # fmt: skip
        except (RuntimeError, ValueError) as problem:
            raise MedinfoError(f"The model {loaded.model.name} failed on a batch: {problem}") from problem
        return [Found(one.hypotheses, one.scores, item.prefix) for one, item in zip(results, items, strict=True)]

    # The loaded model itself is part of the key: pieces for one that was installed anew go to the new one.
    return Lane((id(loaded), beam, hypotheses), run)


def hypotheses_of(layout: Layout, found: Found | None) -> list[Hypothesis]:
    """The distinct translations among what a model gave, best first.

    Args:
        layout: of the model. found: None for a piece without tokens.

    Returns:
        At least one. Those that did not come to an end are left out; where none did, one that is empty with score 0.
    """
    if found is None:
        return [Hypothesis("", 0.0, 0)]
    distinct: dict[str, Hypothesis] = {}
    for tokens, score in zip(found.tokens, found.scores, strict=True):
        if not tokens or tokens[-1] != END:
            continue
        own = tokens[len(found.prefix) : -1]
        text = layout.tokeniser.decode(own)
        if text and text not in distinct:
            distinct[text] = Hypothesis(text, min(1.0, math.exp(score)), len(own))
    return list(distinct.values()) or [Hypothesis("", 0.0, max(map(len, found.tokens), default=0))]
