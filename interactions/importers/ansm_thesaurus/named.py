"""The medicines that a branch of an entry names, read from its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from interactions.importers.ansm_thesaurus.levels import flat

_INTRO = r"(?:avec|pour|entre|et|y compris)"
_ARTICLE = r"(?:les?|la|l['’]|des|du|de la|de l['’]|d['’]|certaines?|certains)"
_LEAD = re.compile(rf"^(?:{_INTRO}\s+)?")
_MORE = re.compile(r"(?:,|;|\bet)\s+(?:et\s+)?(?:avec|pour)\s+")
_OTHERS = re.compile(r"\b(?:les|des|d['’]?)\s*autres\b|\bautres\b(?= medicaments| substances| inducteurs| inhibiteurs)")
_STOP_WORDS = (
    r"en (?:cas|raison|l['’]absence|association|dehors)|chez|dans|pendant|lors|quand|sont|est|ne|"
    r"si|il|par voie|per os|hormis|sauf|notamment|mais|quel(?:le)?s? que|seule?s? (?:ou|les|la)|"
    r"a (?:des|faibles?|fortes?|partir|doses?|la (?:dose|posologie))|aux? (?:doses?|fortes?|faibles?|posologies?|dela)|"
    r"(?:lorsqu|utilis|administr|prescrit|respect|redui|adapt|ainsi qu|uniquement|compris|superieur|inferieur)\w*"
)
_STOP = re.compile(rf"[.:;](?:\s|$)|,?\s*\b(?:{_STOP_WORDS})(?![\w-])")
_EXCEPT = re.compile(r"\b(?:sauf|hormis|a l['’]exception d[eu]s?|excepte)\b(?:\s+(?:avec|pour))?\s*")
_DOSES = re.compile(rf"^(?:{_ARTICLE}\s*)?(?:doses?|formes?|quantites?|posologies?)\b")
_OF = re.compile(r"\bd(?:e\s+(?:la\s+|l['’])?|['’]|u\s+)(?=[a-z]{4})(?!ose|par|jour)")
_NOT_A_NAME = re.compile(
    r"^(?:(?:en|chez|dans|si|ne|pendant|lors|par|quand|voie|tous|toutes|eux|elles|contre|prise|delai|arret|debut|"
    r"preference|une?|plus|moins|il|elle|ces?|cette|risque|autres?)\b|\d|"
    r"(?:lorsqu|sublingua|injectab|surveill|adapt|reduc|evit|patient|sujet|associat|posologi|dose|forme|traitement|"
    r"respect|utilis|fonction|supplementation|administration|dosage|control|debut|antecedent|indication|cas\b))"
)
_ROUTE_TAIL = re.compile(r"(?:\s+(?:iv|im|sc|per os|oral|orale|injectable|voie .*|sublingual|a|aux?|et|ou))+$")


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names: members, exceptions, and whether it speaks of "the others"."""

    members: tuple[str, ...]
    exceptions: tuple[str, ...]
    others: bool


def read_named(text: str, known: Iterable[str] = ()) -> Named:
    """The medicines named where a text says to what it applies.

    Args:
        text: one branch, without its level ("avec la rifampicine et la phénytoïne, en cas de ...").
        known: names of the members of both sides, looked for where the wording is no list.
    """
    scope, left_out = _exceptions(text)
    others = bool(_OTHERS.search(flat(_head(scope))))
    members = () if others else _listed(scope)
    if not members and not others:
        members = _known(_head(scope), known)
    return Named(members, left_out, others)


def _head(text: str) -> str:
    # The first clause says to what the branch applies; what follows is advice.
    match = re.search(r"(?:[.:](?=\s|$)|\n)", text)
    return text[: match.start()] if match else text


def _exceptions(text: str) -> tuple[str, tuple[str, ...]]:
    head = _head(text)
    match = _EXCEPT.search(flat(head))
    if not match:
        return text, ()
    names = _split(head[match.end() :].strip(" )"))
    return head[: match.start()].rstrip(" (,"), names


def _listed(text: str) -> tuple[str, ...]:
    head = _head(text)
    lead = _LEAD.match(flat(head))
    starts = [lead.end() if lead else 0, *(match.end() for match in _MORE.finditer(flat(head)))]
    found: list[str] = []
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(head)
        part = head[start:end]
        if index == 0 and not (lead and lead.end()) and not _looks_like_a_list(part):
            continue
        found.extend(_of_doses(part) if _DOSES.match(flat(part)) else _split(part))
    return tuple(dict.fromkeys(found))


def _looks_like_a_list(part: str) -> bool:
    plain = flat(part)
    return bool(re.match(rf"{_ARTICLE}\s*[a-z]", plain)) or (plain.count(",") >= 1 and not _NOT_A_NAME.match(plain))


def _of_doses(part: str) -> tuple[str, ...]:
    plain = re.sub(r"\([^)]*\)", lambda match: " " * len(match[0]), flat(part))
    stop = _STOP.search(plain)
    match = _OF.search(plain[: stop.start()] if stop else plain)
    if not match:
        return ()
    rest = part[match.end() :]
    cut = re.search(r"\s+(?:de \d|d['’]au|\d|[<>=(])|[,.:(]", flat(rest))
    return _split(rest[: cut.start()] if cut else rest)


def _split(text: str) -> tuple[str, ...]:
    groups = re.findall(r"\(([^()]*)\)", text)
    outer = re.sub(r"\s*\([^()]*\)?|\s+où\s.*", "", text)
    stop = _STOP.search(flat(outer))
    names = [outer[: stop.start()] if stop else outer]
    inner = [group for group in groups if not re.match(r"sauf|hormis|seul|inferieur|superieur|[<>=\d]", flat(group))]
    if stop and groups and text.find("(") > stop.start():
        inner = []
    found = [
        name
        for source in (*names, *inner)
        for part in re.split(r"\s*,\s*|\s+(?:et|ou|et/ou)\s+|…|\.\.\.", source)
        if (name := _clean(part))
    ]
    return tuple(dict.fromkeys(found))


def _clean(part: str) -> str:
    name = part.strip(" .;:-–)")
    while match := re.match(rf"{_INTRO}\s+|{_ARTICLE}(?:\s+|(?<=['’]))", flat(name)):
        name = name[match.end() :].strip()
    name = name[: len(_ROUTE_TAIL.sub("", flat(name)))]
    plain = flat(name)
    if len(plain) < 3 or _NOT_A_NAME.match(plain):
        return ""
    return name


def _known(head: str, known: Iterable[str]) -> tuple[str, ...]:
    plain = flat(head)
    found = [
        (match.start(), head[match.start() : match.end()])
        for name in known
        if len(name) > 3 and (match := re.search(rf"\b{re.escape(flat(name))}\b", plain))
    ]
    return tuple(dict.fromkeys(name for _, name in sorted(found)))
