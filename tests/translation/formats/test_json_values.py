"""JSON: strings that are text are translated; everything else stays as written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medinfo.errors import InvalidInput, UnusableDocument
from tests.translation.formats.changes import identity, replaced, with_text
from translation.formats.base import LIMITS
from translation.formats.json_rules import is_text, matches, patterns
from translation.formats.json_tokens import strings, top_level
from translation.formats.json_values import read_json
from translation.marked import Mark, Marked

TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["Prendre 5 mg", "<p>Un <b>deux</b></p>", "active", "http://x", 'été\n"x"', "\u2028 a b", "\ud800 a"]
    ),
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXTS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=20,
)

FILE = b"""\xef\xbb\xbf{ "id" : "Notice une",\t"n":1.0,"big":12345678901234567890123,"e":-1E5,
  "texte": "Prendre 5\\u00a0mg\\/jour \\"x\\"", "texte": "encore une fois",
  "html": "<p title='deux mots'>Un <b>mot</b> &amp; deux</p>",
  "liste": ["un deux", ["Bonjour", {"status": "Active", "le": "2024-01-05"}], "active", "fr-FR", "CamelCase", "a@b.c"],
  "vide": {}, "rien": [ ], "z": [null,true, false ,0]}\r\n"""


def texts(content: bytes, *pointers: str) -> list[str]:
    return [unit.text for unit in read_json(content, pointers).units]


@given(value=VALUES, indent=st.sampled_from([None, 0, 2, "\t"]), ascii_only=st.booleans())
def test_unchanged_values_are_the_same_byte_by_byte(value: Any, indent: int | str | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    content = text.encode("utf-8", "replace")
    for pointers in ((), ("/**",)):
        assert identity(read_json(content, pointers)) == content


@given(value=VALUES, added=st.sampled_from(["x", ' "\\', "\n</p>", "é \u2028"]))
def test_changed_values_change_nothing_else(value: Any, added: str) -> None:
    content = json.dumps(value).encode()
    document = read_json(content)
    back = document.rebuild(with_text(document.units, added), "en")
    assert shape(json.loads(back)) == shape(value)
    assert len(read_json(back, ["/**"]).units) >= len(document.units)


def shape(value: Any) -> Any:
    """A value without its strings."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shape(one) for one in value]
    return str if isinstance(value, str) else value


@given(value=VALUES, place=st.integers(min_value=0), char=st.sampled_from('{}[],:"\\ 0a-.eE'))
def test_what_is_refused_is_what_is_not_json(value: Any, place: int, char: str) -> None:
    text = json.dumps(value)
    broken = text[: place % len(text)] + char + text[place % len(text) + 1 :]
    assert accepted(broken) == valid(broken)


def accepted(text: str) -> bool:
    try:
        list(strings(text))
    except UnusableDocument:
        return False
    return True


def valid(text: str) -> bool:
    try:
        json.loads(text, parse_constant=lambda name: 1 / 0)
    except (ValueError, ZeroDivisionError):
        return False
    return True


def test_texts_are_found_and_codes_left_alone() -> None:
    assert texts(FILE) == [
        'Prendre 5\u00a0mg/jour "x"',
        "encore une fois",
        "deux mots",
        "Un mot & deux",
        "un deux",
        "Bonjour",
    ]


def test_a_translated_file_keeps_all_else() -> None:
    document = read_json(FILE)
    back = document.rebuild(replaced(document.units, {"Prendre": "Take", "mot": "wörd", "encore": '"once"'}), "en")
    assert back == (
        FILE.replace(b'"Prendre 5\\u00a0mg\\/jour \\"x\\""', b'"Take 5\\u00a0mg/jour \\"x\\""')
        .replace(b'"encore une fois"', b'"\\"once\\" une fois"')
        .replace(b"<b>mot</b>", b"<b>w\\u00f6rd</b>")
    )


def test_marks_of_html_stand_at_their_words() -> None:
    assert read_json(FILE).units[3] == Marked("Un mot & deux", (Mark(3, 0), Mark(6, 1)))


def test_letters_beyond_ascii_stay_readable_where_the_file_has_them() -> None:
    document = read_json('{"a": "un été"}'.encode())
    assert document.rebuild([Marked("uma estação")], "pt") == '{"a": "uma estação"}'.encode()


def test_white_space_around_a_string_stays() -> None:
    document = read_json(b'["  un deux\\n"]')
    assert document.rebuild([Marked("one two")], "en") == b'["  one two\\n"]'


@pytest.mark.parametrize(
    ("pointers", "found"),
    [
        (["/liste/*"], ["un deux", "active", "fr-FR", "CamelCase", "a@b.c"]),
        (["/liste/1/**"], ["Bonjour", "Active"]),
        (["/**/status", "/id"], ["Notice une", "Active"]),
        (["/nothing"], []),
    ],
)
def test_chosen_strings_are_translated_whatever_they_are(pointers: list[str], found: list[str]) -> None:
    assert [text for text in texts(FILE, *pointers) if not text.startswith("2024")] == found


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("", (), True),
        ("/a", ("a",), True),
        ("/a", ("a", 0), False),
        ("/a/*", ("a", 0), True),
        ("/a/**", ("a",), True),
        ("/**/b", ("b",), True),
        ("/**/b/**", ("a", 1, "b", 2, "c"), True),
        ("/a/**/**/b", ("a", "b"), True),
        ("/a/**/b", ("a", "c"), False),
        ("/a~1b/~0", ("a/b", "~"), True),
    ],
)
def test_patterns(pattern: str, path: tuple[str | int, ...], fits: bool) -> None:
    assert matches(path, patterns([pattern])[0]) is fits


@pytest.mark.parametrize("pattern", ["a", "a/b", "/a~2", "/a" * 60])
def test_what_is_no_pointer_is_refused(pattern: str) -> None:
    with pytest.raises(InvalidInput, match="no JSON Pointer"):
        patterns([pattern])


def test_too_many_patterns_are_refused() -> None:
    with pytest.raises(InvalidInput, match="At most"):
        patterns(["/a"] * 101)


@pytest.mark.parametrize(
    ("value", "key", "text"),
    [
        ("Paracetamol", "name", True),
        ("Céphalée", "label", True),
        ("mal de tête", "type", True),
        ("Active", "status", False),
        ("headache", "label", False),
        ("céphalée", "label", True),
        ("2024-05-01T10:00:00Z", "label", False),
        ("2024-05-01 10:00 UTC", "label", False),
        ("https://example.org/a b", "url", False),
        ("urn:oid:1.2.3", "label", False),
        ("userName", "label", False),
        ("J45.9", "label", False),
        ("Some words", "userId", False),
        ("Some words", "user_id", False),
        ("Some words", "$ref", False),
        ("Some words", "paid", True),
        ("12 345", "label", False),
        ("", "label", False),
        ("\ud800 some words", "label", False),
    ],
)
def test_the_rule_for_text(value: str, key: str, text: bool) -> None:
    assert is_text(value, (key, 0)) is text


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "line 1, column 1"),
        (b'{"a":1,}', "line 1, column 8"),
        (b"[1,\n 01]", "line 2, column 2"),
        (b"[1] x", "line 1, column 5"),
    ],
)
def test_what_is_not_json_is_refused_with_its_place(content: bytes, place: str) -> None:
    with pytest.raises(UnusableDocument, match=place):
        read_json(content)


def test_deep_nesting_is_refused_without_recursion() -> None:
    depth = LIMITS.depth
    assert texts(b"[" * depth + b'"a b"' + b"]" * depth) == ["a b"]
    with pytest.raises(UnusableDocument, match="deeper"):
        read_json(b"[" * 1_000_000)
    with pytest.raises(UnusableDocument, match="deeper"):
        read_json(b'{"a":' * (depth + 1))


def test_too_many_strings_are_refused() -> None:
    with pytest.raises(UnusableDocument, match="pieces of text"):
        read_json(b"[" + b'"a b",' * LIMITS.units + b'"a b"]')


def test_lost_marks_are_told() -> None:
    document = read_json(FILE)
    bare = [Marked(unit.text) for unit in document.units]
    with pytest.raises(ValueError, match="unit 3: its marks"):
        document.rebuild(bare, "en")


def test_the_string_under_a_key_of_the_outermost_object() -> None:
    assert top_level('{"a": {"resourceType": "No"}, "resourceType": "Bundle"}', "resourceType") == "Bundle"
    assert top_level('[{"resourceType": "No"}]', "resourceType") == ""
