"""Which approved texts may be like a text: an index of words, so that a lookup reads few of them.

Each entry is stored under each of its words with its length. A lookup takes the words of the text that the fewest
entries hold, reads those of about its length, and hands on the entries that share the most of them. A text that is
at least 75% the same, letter by letter, shares some rare word with it but in made-up cases; what is missed is
translated as if it were new, and nothing worse.
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from sqlalchemy import Connection, RowMapping, bindparam, func, insert, literal, select

from medinfo.storage.schema import memory_entries, memory_words
from medinfo.storage.text import normal

_RAREST = 6
"""Words of a text that are looked up."""
_COUNTED = 400
"""Entries under a word are counted up to this; a word with more is common."""
_READ = 400
"""Entries read under a common word, on each side of the text's own length, the nearest first."""
_SCORED = 64
"""Entries that are compared letter by letter."""
_SHORTEST, _LONGEST = 0.6, 5 / 3
"""Lengths between which 75% can be the same: 2 * min / (min + max) >= 0.75."""
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{2,}")


def digest(text: str) -> str:
    """What two texts share if and only if their normal forms are the same."""
    return hashlib.sha256(normal(text).encode("utf-8", "surrogatepass")).hexdigest()


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded, each once; of a script without spaces, its pairs of characters."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return tuple(sorted({part for word in _WORD.findall(folded) for part in _parts(word)}))


def _parts(word: str) -> Iterator[str]:
    found = _UNSPACED.search(word)
    if found is None:
        yield word
        return
    run = found[0]
    yield from (run[at : at + 2] for at in range(len(run) - 1))
    for rest in (word[: found.start()], word[found.end() :]):
        if rest:
            yield from _parts(rest)


def index_words(connection: Connection, entry: int, text: str, source: str, target: str) -> None:
    """Store an entry under its words."""
    length = len(normal(text))
    rows = [{"word": _hash(word, source, target), "length": length, "entry": entry} for word in words(text)]
    if rows:
        connection.execute(insert(memory_words), rows)


def _hash(word: str, source: str, target: str) -> int:
    told = f"{source}\0{target}\0{word}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), signed=True)


_WORDS = memory_words.c
_HERE = _WORDS.word == bindparam("word")
_BETWEEN = _WORDS.length.between(bindparam("low"), bindparam("high"))
_COUNT = select(func.count()).select_from(select(literal(1)).where(_HERE).limit(_COUNTED).subquery())
_LONGER = select(_WORDS.entry).where(_HERE, _BETWEEN).order_by(_WORDS.length, _WORDS.entry).limit(_READ)
_SHORTER = select(_WORDS.entry).where(_HERE, _BETWEEN).order_by(_WORDS.length.desc(), _WORDS.entry.desc()).limit(_READ)
_ENTRIES = select(memory_entries).where(memory_entries.c.number.in_(bindparam("numbers", expanding=True)))


class Candidates:
    """Entries that may be like texts of one pair of languages; remembers how common a word is.

    Args:
        connection: to read with; the object lives no longer than its transaction.
    """

    def __init__(self, connection: Connection, source: str, target: str) -> None:
        self._connection = connection
        self._pair = source, target
        self._counts: dict[int, int] = {}

    def near(self, text: str) -> Sequence[RowMapping]:
        """Entries to compare with a text in its normal form, likely ones first; few, and not all of them near."""
        hashes = [] if self._empty else [_hash(word, *self._pair) for word in words(text)]
        rare = sorted((count, word) for word in hashes if (count := self._count(word)))[:_RAREST]
        shared: Counter[int] = Counter()
        for _, word in rare:
            shared.update(self._read(word, len(text)))
        best = [entry for entry, _ in shared.most_common(_SCORED)]
        return self._connection.execute(_ENTRIES, {"numbers": best}).mappings().all() if best else ()

    def _count(self, word: int) -> int:
        if word not in self._counts:
            self._counts[word] = self._connection.scalar(_COUNT, {"word": word}) or 0
        return self._counts[word]

    def _read(self, word: int, length: int) -> Iterator[int]:
        longer = {"word": word, "low": length, "high": math.floor(length * _LONGEST)}
        shorter = {"word": word, "low": math.ceil(length * _SHORTEST), "high": length - 1}
        yield from self._connection.scalars(_LONGER, longer)
        yield from self._connection.scalars(_SHORTER, shorter)

    @cached_property
    def _empty(self) -> bool:
        source, target = self._pair
        here = (memory_entries.c.source_lang == source, memory_entries.c.target_lang == target)
        return self._connection.scalar(select(memory_entries.c.number).where(*here).limit(1)) is None
