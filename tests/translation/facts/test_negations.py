"""Where negations stand in a text."""

from __future__ import annotations

import pytest

from translation.facts.negations import extract


def negations(text, language):
    return [fact.span.of(text) for fact in extract(text, language) if fact.value == "negation"]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Il ne faut pas fumer, ni boire.", "fr", ["ne faut pas"]),
        ("Rien ne change et personne n'a mal.", "fr", ["Rien", "n'a"]),
        ("Aucun enfant ne doit en prendre.", "fr", ["Aucun"]),
        ("Aucun cas, et il ne pleut pas.", "fr", ["Aucun", "ne pleut pas"]),
        ("On ne peut exclure que cela aide.", "fr", ["ne peut"]),
        ("Il ne peut boire que de l'eau.", "fr", []),
        ("Avant qu'il ne tombe. Il ne prend plus jamais rien.", "fr", ["ne prend plus"]),
        ("Un groupe (n = 45) et plus de soins", "fr", []),
        ("n", "fr", []),
        ("Il ne ne dort pas", "fr", ["ne dort pas"]),
        ("No tome ningún otro ni nada más fuerte.", "es", ["No"]),
        ("No, nunca.", "es", ["No", "nunca"]),
        ("No tome más que agua.", "es", []),
        ("No tome agua. Más que nada, descanse.", "es", ["No"]),
        ("No, no es así.", "es", ["No", "no"]),
        ("Duele, ¿no?", "es", []),
        ("Duele. ¿No?", "es", ["No"]),
        ("Duele, no?", "es", []),
        ("Non fumi, a meno che il medico non lo dica.", "it", ["Non"]),
        ("A meno che piova", "it", []),
        ("A meno che", "it", []),
        ("Take it or not.", "en", []),
        ("Taking it or not taking it", "en", ["not"]),
        ("See No. 5 and no 6, and no.", "en", ["no", "no"]),
        ("Neither he nor she came, nor they.", "en", ["Neither"]),
        ("We don't know; they can't.", "en", ["don't", "can't"]),
        ("Niet roken", "nl", []),
    ],
)
def test_a_negation_is_found_once_at_its_words(text, language, found):
    assert negations(text, language) == found
