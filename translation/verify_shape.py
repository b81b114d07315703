"""Checks on a translation as a whole: empty, too short or long, cut off, looped, left as it was, another language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from translation.facts.function_words import function_words, openers
from translation.results import Failure, Span
from translation.verify_pair import Pair, Side
from translation.words import unreadable

_VERBOSITY: Mapping[str, float] = {"en": 1.0, "fr": 1.17, "es": 1.13, "de": 1.15, "it": 1.15, "pt": 1.09}
"""Characters that a language needs where English needs one; measured on published translations."""
_SHORTEST = ((28, 0.4), (40, 0.52), (60, 0.61), (10**9, 0.64))
_LONGEST = ((20, 4.0), (60, 2.2), (120, 1.8), (10**9, 1.6))
"""Source length up to which a bound holds, and the bound: target length against the length to be expected."""
_LOOSE_SHORTEST, _LOOSE_LONGEST = 0.2, 5.0
"""The same for languages whose verbosity is not in the table."""
_LOOP_WORDS, _LONG_LOOP = 14, 5
"""Words in a loop, at most; words from which on a loop is none that people write, even with a comma in it."""
_DOUBLES: Mapping[str, frozenset[str]] = {
    "fr": frozenset({"nous", "vous"}),
    "it": frozenset({"via", "piano", "man"}),
    "de": frozenset({"die", "das", "der", "sie"}),
    "en": frozenset({"had", "that"}),
}
"""Words that may stand twice in a row."""
_SENTENCE_END = re.compile(r"[.!?…。！？؟]['\"”»)\]]*\s*$")
_CUT_END = re.compile(r"[\w,;(\-–—/]\s*$")
_LETTER = re.compile(r"[^\W\d_]")
_RUN = 4
"""Words of the source in a row that are taken as left untranslated, where small words are among them."""
_PROSE = re.compile(r"\b[a-zà-ÿ]{4,} [a-zà-ÿ]{4,} [a-zà-ÿ]{4,}\b")
"""Three small-lettered words with nothing but blanks between them: no list of names."""
_SMALL = frozenset({"of", "and", "for", "the", "in", "on", "with"})
"""Small words that names hold."""
_SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "ar": re.compile(r"[\u0600-\u06ff]"), "fa": re.compile(r"[\u0600-\u06ff]"), "ur": re.compile(r"[\u0600-\u06ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"), "ru": re.compile(r"[\u0400-\u04ff]"), "uk": re.compile(r"[\u0400-\u04ff]"),
    "bg": re.compile(r"[\u0400-\u04ff]"), "el": re.compile(r"[\u0370-\u03ff]"), "zh": re.compile(r"[\u4e00-\u9fff]"),
    "ja": re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]"), "ko": re.compile(r"[\uac00-\ud7af]"),
    "hi": re.compile(r"[\u0900-\u097f]"), "th": re.compile(r"[\u0e00-\u0e7f]"),
}  # fmt: skip
"""Letters that a language is written in, where Latin ones are not those."""


def whole(pair: Pair) -> Span:
    """The whole target, without the white space around it."""
    text = pair.target.text
    return Span(len(text) - len(text.lstrip()), len(text.rstrip())) if text.strip() else Span(0, len(text))


def length(pair: Pair) -> Iterator[Failure]:
    """Empty, far too short, far too long, or cut off in the middle."""
    said, came = len(pair.source.text.strip()), len(pair.target.text.strip())
    if not came:
        if _LETTER.search(pair.source.text) or pair.source.words.words:
            yield Failure("length", "length_empty", None, whole(pair))
        return
    shortest, longest = _bounds(pair)
    if came < shortest * said:
        yield Failure("length", "length_short", None, whole(pair))
    elif came > longest * said + 12:
        yield Failure("length", "length_long", None, whole(pair))
    elif _cut(pair):
        end = pair.target.words.span(len(pair.target.words.words) - 1, len(pair.target.words.words) - 1)
        yield Failure("length", "length_cut", None, end)


def _bounds(pair: Pair) -> tuple[float, float]:
    source, target = _VERBOSITY.get(pair.source.language), _VERBOSITY.get(pair.target.language)
    if not source or not target:
        return _LOOSE_SHORTEST, _LOOSE_LONGEST
    said, expected = len(pair.source.text.strip()), target / source
    shortest = next(bound for limit, bound in _SHORTEST if said <= limit)
    longest = next(bound for limit, bound in _LONGEST if said <= limit)
    return shortest * expected, longest * expected


def _cut(pair: Pair) -> bool:
    """Whether the target ends in the middle of a sentence and the source does not."""
    source, target = pair.source, pair.target
    if not target.words.words:
        return False
    if _SENTENCE_END.search(source.text) and _CUT_END.search(target.text):
        return True
    if target.text.rstrip().endswith((",", ";")) and not source.text.rstrip().endswith((",", ";")):
        return True
    return _hangs(target) and not _hangs(source)


def _hangs(side: Side) -> bool:
    """Whether a text ends with a word that leads on to another."""
    words = side.words
    if not words.words or words.words[-1] not in openers(side.language):
        return False
    return not words.text[words.ends[-1] :].strip()


def repetition(pair: Pair) -> Iterator[Failure]:
    """A word or phrase that is said again at once, more often than in the source."""
    looped = _loops(pair.target)
    if sum(extra for extra, _ in looped) > sum(extra for extra, _ in _loops(pair.source)):
        span = looped[0][1]
        yield Failure("repetition", "repetition_looped", None, span, {"words": _short(span.of(pair.target.text))})


def _loops(side: Side) -> list[tuple[int, Span]]:
    """Where words are said again at once, and how many words too many that makes."""
    words, found, after = side.words.words, [], 0
    places: dict[str, int] = {}
    for index, word in enumerate(words):
        before = places.get(word, -1)
        places[word] = index
        size = index - before
        if before < after or size > _LOOP_WORDS or words[before:index] != words[index : index + size]:
            continue
        copies = 2
        while words[before:index] == words[before + copies * size : before + (copies + 1) * size]:
            copies += 1
        after = before + copies * size
        if _is_loop(side, index, size, copies):
            found.append(((copies - 1) * size, side.words.span(before, after - 1)))
    return found


def _is_loop(side: Side, index: int, size: int, copies: int) -> bool:
    """Whether a repetition is none that people write: "nous nous", "21 21", "the cases, the cases reported since"."""
    word = side.words.words[index]
    if size == 1 and (len(word) == 1 or word.isdigit()):
        return False
    if size == 1 and copies == 2 and word in _DOUBLES.get(side.language, frozenset()):
        return False
    return copies > 2 or size >= _LONG_LOOP or not side.words.between(index).strip()


def unreadable_signs(pair: Pair) -> Iterator[Failure]:
    """Characters that a model made of nothing: replacement and control characters that the source does not hold."""
    if unreadable(pair.target.text, pair.source.text):
        yield Failure("untranslated", "untranslated_unreadable", None, whole(pair))


def untranslated(pair: Pair) -> Iterator[Failure]:
    """Words of the source that stand in the target as they were."""
    own = _telling(pair.source.language, pair.target.language)
    if pair.source.language == pair.target.language or not own:
        return
    source, target = pair.source.words, pair.target.words
    if not target.words:
        return
    if (
        target.words == source.words
        and len(target.words) > 1
        and (own & set(target.words) or _PROSE.search(target.text))
    ):
        yield Failure("untranslated", "untranslated_all", None, whole(pair))
        return
    first, last = _longest_run(source.words, target.words, own)
    if last - first + 1 >= _RUN and _is_prose(pair.target, first, last):
        span = target.span(first, last)
        yield Failure("untranslated", "untranslated_part", None, span, {"words": _short(span.of(target.text))})


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."


def _is_prose(side: Side, first: int, last: int) -> bool:
    """Whether a stretch is more than a name or an address: it holds a small-lettered word of some length."""
    words = [Span(side.words.starts[at], side.words.ends[at]).of(side.text) for at in range(first, last + 1)]
    small = function_words(side.language) | _SMALL
    spaced = sum(" " in side.words.between(at) for at in range(first + 1, last + 1))
    return spaced >= _RUN - 1 and any(word.islower() and word.isalpha() and word not in small for word in words)


@cache
def _telling(source: str, target: str) -> frozenset[str]:
    """Small words of the source language that the target language does not have."""
    return function_words(source) - function_words(target)


def _longest_run(source: tuple[str, ...], target: tuple[str, ...], own: frozenset[str]) -> tuple[int, int]:
    """First and last word of the longest stretch of the target that stands in the source so, with small words in it."""
    starts: dict[tuple[str, ...], int] = {}
    for at in range(len(source) - 1):
        starts.setdefault(source[at : at + 2], at)
    best, at = (0, -1), 0
    while at < len(target) - 1:
        there = starts.get(target[at : at + 2])
        if there is None:
            at += 1
            continue
        size = 2
        while at + size < len(target) and there + size < len(source) and target[at + size] == source[there + size]:
            size += 1
        small = sum(word in own for word in target[at : at + size])
        if (small >= 2 or (small and size > _RUN)) and size > best[1] - best[0] + 1:
            best = (at, at + size - 1)
        at += size - 1
    return best


def language(pair: Pair) -> Iterator[Failure]:
    """Another language than the one asked for."""
    seen = _seen(pair)
    if seen and seen != pair.target.language:
        yield Failure("language", "language_wrong", None, whole(pair), {"language": seen})


def _seen(pair: Pair) -> str:
    target = pair.target
    script = _SCRIPTS.get(target.language)
    if script:
        letters = len(_LETTER.findall(target.text))
        foreign = letters - len(script.findall(target.text))
        return "?" if letters >= 12 and foreign > 0.7 * letters else ""
    from translation.detect import by_small_words

    found = by_small_words(target.words.words)
    asked = found.get(target.language, 0)
    best = max(found, key=lambda one: found[one], default=target.language)
    return best if found and found[best] >= asked + 3 and found[best] >= 1.5 * asked else ""


def language_can_be_told(target: str) -> bool:
    """Whether there is a table or a script by which the language check is made."""
    return target in _SCRIPTS or bool(function_words(target))
