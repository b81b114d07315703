"""The exact tokens that a model is given for a text: its family's layout, on its own vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from medinfo.errors import InvalidInput
from translation.engine_manifest import InstalledModel
from translation.families import END, Family
from translation.tokenisers import Tokeniser, open_tokeniser

LARGEST_VOCABULARY = 64_000_000
"""Bytes of a vocabulary file."""
SPARE = 2
"""Positions left free at the end of a target: the start and the end token."""
GROWTH, MARGIN = 3, 32
"""A target longer than so many times its source's bounding length and so many tokens more is taken to run on."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands around the tokens of a text, for one model.

    Attributes:
        family: of the model. tokeniser: its own.
        sources, targets: tokens of languages by ISO 639-1, of those that need one.
        tags: tokens of a language's token in a source, by that token.
        adds_end: CTranslate2 ends sources by itself.
    """

    family: Family
    tokeniser: Tokeniser
    sources: dict[str, str] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    tags: dict[str, tuple[str, ...]] = field(default_factory=dict)
    adds_end: bool = False

    def source(self, pieces: Sequence[str], source: str, target: str) -> list[str]:
        """The tokens of a source, given those of its text."""
        owner, _ = self.family.tagged(source, target)
        start = self.tags[self.sources[owner]] if owner in self.sources else ()
        return [*start, *pieces, *(() if self.adds_end else (END,))]

    def prefix(self, source: str, target: str) -> tuple[str, ...]:
        """The tokens that start a target."""
        _, owner = self.family.tagged(source, target)
        return (self.targets[owner],) if owner else ()

    def around(self) -> int:
        """Tokens of a source that are not its text's, at most."""
        return 2 + max(map(len, self.tags.values()), default=0)

    def longest_text(self, wanted: int) -> int:
        """Tokens of a text in one source: as many as wanted, fewer where the model has not so many positions."""
        return max(1, min(wanted, self.family.longest - SPARE - self.around()))

    def longest_target(self, bound: int) -> int:
        """Tokens that a target may have, for sources of a bounding length (see `translation.batching`)."""
        return min(self.family.longest - SPARE, bound * GROWTH + MARGIN)


def read_layout(model: InstalledModel, family: Family) -> Layout:
    """Read the tokenizer and the vocabulary of a model, and find the tokens of its languages.

    Raises:
        InvalidInput: something is missing, unreadable, or knows no token for a language that the model should serve.
    """
    spoken = sorted({language for pair in model.served_languages() for language in pair})
    candidates = {token for language in spoken for token in family.candidates(language)}
    read, written = _vocabularies(model.folder, candidates | {END})
    if END not in read | written:
        raise InvalidInput(f"The model {model.name} cannot be used: its vocabulary has no {END}.")
    sources, targets = _tokens(model, family, read, written)
    tokeniser = open_tokeniser(model.folder, reserved={*sources.values(), *targets.values(), END})
    tags = {token: tuple(tokeniser.tag(token)) if family.tag_as_text else (token,) for token in sources.values()}
    broken = [token for token, tokens in tags.items() if token not in tokens]
    if broken:
        raise InvalidInput(f"The model {model.name} cannot be used: its tokenizer does not know {broken[0]}.")
    return Layout(family, tokeniser, sources, targets, tags, _adds_end(model.folder))


def _tokens(
    model: InstalledModel, family: Family, read: frozenset[str], written: frozenset[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The tokens that start sources and targets, by language."""
    sources: dict[str, str] = {}
    targets: dict[str, str] = {}
    from_languages, to_languages = model.served_languages()
    several = len(to_languages) > 1
    for language in {"source": from_languages, "": ()}.get(family.source_tag, to_languages):
        if family.source_tag == "target-if-several" and not several:
            # A model of one target may have a token for it all the same, and then wants it.
            if token := next((token for token in family.candidates(language) if token in read), ""):
                sources[language] = token
        else:
            sources[language] = family.tag(language, read.__contains__)
    for language in to_languages if family.target_tag else ():
        targets[language] = family.tag(language, written.__contains__)
    return sources, targets


def _vocabularies(folder: Path, wanted: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Which of the wanted tokens the source's and the target's vocabulary have."""
    chosen = frozenset(wanted)
    shared = _vocabulary(folder, "shared_vocabulary")
    if shared is not None:
        return chosen & shared, chosen & shared
    source, target = _vocabulary(folder, "source_vocabulary"), _vocabulary(folder, "target_vocabulary")
    if source is None or target is None:
        raise InvalidInput(f"The model {folder.name} is incomplete: it has no vocabulary.")
    return chosen & source, chosen & target


def _vocabulary(folder: Path, name: str) -> frozenset[str] | None:
    try:
        for file in (folder / f"{name}.json", folder / f"{name}.txt"):
            if not file.is_file():
                continue
            if file.stat().st_size > LARGEST_VOCABULARY:
                raise ValueError("it is too large")
            text = file.read_text(encoding="utf-8")
            return frozenset(json.loads(text) if file.suffix == ".json" else text.split("\n"))
    except (OSError, ValueError, TypeError, RecursionError) as problem:
        raise InvalidInput(f"The model {folder.name} cannot be used: {name} cannot be read.") from problem
    return None


def _adds_end(folder: Path) -> bool:
    try:
        told: Any = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        return bool(told.get("add_source_eos", False))
    except FileNotFoundError:
        return False
    except (OSError, ValueError, AttributeError, RecursionError) as problem:
        raise InvalidInput(f"The model {folder.name} cannot be used: config.json cannot be read.") from problem
