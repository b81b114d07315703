"""What a sentence states in numbers: numbers, quantities, frequencies, dates, comparisons, codes.

Values, each independent of language and notation, so that two facts that say the same are equal:

- `number`: `Decimal`.
- `quantity`: `translation.facts.quantities.Quantity`.
- `frequency`: `translation.facts.frequencies.Frequency`.
- `date`: ISO text, partial allowed.
- `comparison`: one of `lt le gt ge approx eq pm`.
- `code`: its text.
"""

from __future__ import annotations

from translation.facts import numbers_words
from translation.facts.lexicon import Lexicon, lexicon
from translation.facts.literals import value as code_value
from translation.facts.model import Fact
from translation.facts.quantities import Quantity, quantity_unit
from translation.facts.tokens import Token, tokens
from translation.results import Span


def extract(text: str, language: str) -> tuple[Fact, ...]:
    """Every fact in a text, by where it stands; a fact inside a larger one is not repeated.

    Args:
        text: usually a sentence. language: ISO 639-1; of one without a table only digits, symbols and codes are read.
    """
    words = lexicon(language)
    found = numbers_words.join(tokens(text, words), words)
    facts: list[Fact] = []
    index = 0
    while index < len(found):
        token = found[index]
        if token.kind == "code":
            facts.append(Fact("code", Span(token.start, token.end), code_value(token.text)))
        elif token.kind == "number":
            index = _numeric(facts, found, index, words)
            continue
        index += 1
    return tuple(facts)


def _numeric(facts: list[Fact], found: list[Token], index: int, words: Lexicon) -> int:
    token = found[index]
    assert token.value is not None
    read = quantity_unit(found, index + 1, words, digits=token.digits)
    if not read:
        facts.append(Fact("number", Span(token.start, token.end), token.value, token.ambiguous))
        return index + 1
    unit, per, end = read
    span = Span(token.start, found[end - 1].end)
    facts.append(Fact("quantity", span, Quantity(token.value, token.high, unit, per), token.ambiguous))
    return end
