"""The result as plain text, to paste into a record: nothing is left out that the page shows as a warning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ui.answers import Answer, Interaction, Medicine
from ui.cards import branch_state, by_strictness, lines_text, path_text, source_text
from ui.phrases import Words


def plain_text(answer: Answer, words: Words) -> str:
    """The whole result, in lines."""
    return "\n".join(_lines(answer, words)) + "\n"


def pairs_by_first(answer: Answer) -> list[tuple[str, list[str]]]:
    """The pairs without a finding, by name: each first substance with its partners, since there can be thousands."""
    names = {substance.id: substance.name for medicine in answer.medicines for substance in medicine.substances}
    partners: dict[str, list[str]] = {}
    for first, second in answer.not_listed.pairs:
        partners.setdefault(first, []).append(names.get(second, second))
    return [(names.get(first, first), seconds) for first, seconds in partners.items()]


def _lines(answer: Answer, words: Words) -> Iterator[str]:
    names = [medicine.text for medicine in answer.medicines]
    yield words("copy.heading")
    yield from (source.warning for source in answer.knowledge.sources if source.outdated and source.warning)
    yield from ("", words("copy.medicines"))
    yield from (_medicine(medicine, words) for medicine in answer.medicines)
    if answer.not_covered:
        yield from ("", words("copy.not_checked_names"))
        yield from (f"! {item.input + 1}. {item.text}: {item.message}" for item in answer.not_covered)
    for item in answer.duplicates:
        yield f"! {item.name} – {lines_text(item.inputs, names, words)}. {item.text}"
    yield from ("", words("copy.findings"))
    if not answer.interactions:
        yield words("copy.none")
    else:
        yield words("result.level_note")
    for number, interaction in enumerate(by_strictness(answer.interactions), start=1):
        yield from _finding(number, interaction, names, words)
    yield from _limits(answer, words)


def _medicine(medicine: Medicine, words: Words) -> str:
    line = f"{medicine.input + 1}. {medicine.text}"
    if medicine.status != "resolved":
        kind = "ambiguous" if medicine.status == "ambiguous" else "unknown"
        return f"{line} – {words(f'lines.{kind}')}"
    read = [words("lines.read_plain", matched=medicine.matched)] if medicine.how == "fuzzy" else []
    substances = " + ".join(substance.name for substance in medicine.substances)
    what = substances or (words("lines.homeopathic") if medicine.homeopathic else "")
    corrected = f" [{words('lines.corrected')}]" if medicine.how == "fuzzy" else ""
    return ", ".join([f"{line} – {what}" if what else line, *read]) + corrected


def _finding(number: int, interaction: Interaction, names: Sequence[str], words: Words) -> Iterator[str]:
    pair = " × ".join(party.name for party in interaction.between)
    yield f"{number}. {interaction.level_text.upper()} – {pair} ({interaction.native_level})"
    for party in interaction.between:
        if party.inputs:
            yield f"   {party.name}: {lines_text(party.inputs, names, words)}"
    for name, text in (
        ("effect", interaction.effect.text),
        ("mechanism", interaction.mechanism.text),
        ("advice", interaction.advice.text or words("finding.no_advice")),
    ):
        if text:
            yield f"   {words(f'finding.{name}')}: {text}"
    if len(interaction.branches) > 1 or any(branch.condition for branch in interaction.branches):
        for branch in interaction.branches:
            level = words.table("level").get(branch.level, branch.level)
            condition = branch.condition or words("finding.always")
            yield f"   - {level}: {condition} [{branch_state(branch, words)}]"
    yield f"   {words('finding.path')}: {path_text(interaction.path)}"
    for source in interaction.sources:
        yield f"   {words('finding.source')}: {source_text(source, words)}"


def _limits(answer: Answer, words: Words) -> Iterator[str]:
    if answer.not_applicable:
        yield from ("", words("notice.not_applicable").upper())
        for item in answer.not_applicable:
            yield f"- {' × '.join(party.name for party in item.between)}: {item.text}"
    if answer.not_listed.pairs:
        yield from ("", words("notice.not_listed", n=len(answer.not_listed.pairs)).upper(), answer.not_listed.text)
        yield from (f"- {first} × {', '.join(seconds)}" for first, seconds in pairs_by_first(answer))
    yield from ("", words("notice.not_checked").upper())
    yield from (f"- {item.text}" for item in answer.not_checked)
    yield ""
    for source in answer.knowledge.sources:
        yield f"{source.publisher}, {source.title}, {words('finding.edition', edition=source.edition)}"
    yield answer.notice
