"""The result as the page shows it: first what stops a person from relying on it, then the findings, then its limits."""

from __future__ import annotations

from collections.abc import Sequence

from ui.answers import Answer, Edition, Medicine, NotCovered
from ui.cards import by_strictness, finding_groups, lines_text, source_text
from ui.client import ApiError
from ui.html import EMPTY, Attribute, Html, el, join
from ui.levels import tag
from ui.listing import was_corrected
from ui.phrases import Words
from ui.plain import pairs_by_first, plain_text


def result(answer: Answer, words: Words, revision: int) -> Html:
    """The whole result of a check.

    Args:
        answer: what the API said.
        words: the screen's language.
        revision: of the session; the page takes its "checking" mark away when it changes.
    """
    findings = by_strictness(answer.interactions)
    names = [medicine.text for medicine in answer.medicines]
    return el(
        "section",
        _head(words, plain_text(answer, words)),
        _summary(answer, words),
        _outdated(answer, words),
        *(_not_resolved(medicine, words) for medicine in answer.medicines if medicine.status != "resolved"),
        _not_covered(answer, words),
        _spelling(answer.medicines, words),
        _duplicates(answer, names, words),
        _nothing_found(answer, words),
        el("p", words("result.level_note"), class_="note") if findings else None,
        finding_groups(findings, names, words),
        _not_applicable(answer, words),
        _not_listed(answer, words),
        _not_checked(answer, words),
        _basis(answer, words),
        **_frame(words, revision),
    )


def nothing_yet(words: Words, revision: int) -> Html:
    """The result of an empty list."""
    return el(
        "section",
        el("h2", words("result.title")),
        el(
            "div",
            el("p", words("result.empty_title"), class_="quiet-title"),
            el("p", words("result.empty_text")),
            class_="empty",
            role="status",
        ),
        **_frame(words, revision),
    )


def failure(error: ApiError, words: Words, revision: int) -> Html:
    """What is shown instead of a result when there is none: never an older one."""
    detail = el("p", error.detail) if error.detail else None
    retry = el("button", words("error.retry"), type="button", class_="plain-button", data_act="retry")
    return el(
        "section",
        el("h2", words("result.title")),
        el(
            "div",
            el("h3", words("error.title")),
            el("p", words(f"error.{error.code}")),
            detail,
            el("p", words("error.no_result")),
            retry,
            class_="notice notice-stop",
            role="alert",
        ),
        **_frame(words, revision),
    )


def _frame(words: Words, revision: int) -> dict[str, Attribute]:
    return {"class_": "panel result", "data_checking": words("page.checking"), "data_revision": revision}


def _head(words: Words, plain: str) -> Html:
    copy = el(
        "button",
        words("result.copy"),
        type="button",
        class_="plain-button",
        data_do="copy",
        data_done=words("result.copied"),
        data_failed=words("result.copy_failed"),
    )
    printing = el("button", words("result.print"), type="button", class_="plain-button", data_do="print")
    holder = el("textarea", plain, class_="copy-source", tabindex="-1", aria_hidden="true", readonly=True)
    return el(
        "div",
        el("h2", words("result.title")),
        el("div", copy, printing, class_="actions"),
        holder,
        class_="panel-head",
    )


def _summary(answer: Answer, words: Words) -> Html:
    """One line that a screen reader announces after each change."""
    findings = by_strictness(answer.interactions)
    parts = [el("span", words("result.findings", n=len(findings)), class_="sum")]
    if findings:
        parts.append(tag(findings[0].level, words("result.strictest", level=findings[0].level_text)))
    statuses = [medicine.status for medicine in answer.medicines]
    covered = [item for item in answer.not_covered if item.reason in {"no_source", "homeopathic"}]
    counts = {
        "unknown": sum(status not in {"resolved", "ambiguous"} for status in statuses),
        "ambiguous": statuses.count("ambiguous"),
        "not_covered": len(covered),
        "corrected": sum(was_corrected(medicine) for medicine in answer.medicines),
        "duplicates": len(answer.duplicates),
    }
    parts += [
        el("span", words(f"result.{name}", n=count), class_=f"sum sum-{name}")
        for name, count in counts.items()
        if count
    ]
    # On a narrow screen the result stands below a long list: a bar at the foot of the screen leads to it.
    jump = el("button", words("result.jump"), type="button", class_="jump", data_do="jump")
    return join([el("div", *parts, class_="summary", role="status"), jump])


def _notice(kind: str, title: str, *body: Html) -> Html:
    return el("div", el("h3", title), *body, class_=f"notice notice-{kind}")


def _outdated(answer: Answer, words: Words) -> Html:
    old = [source for source in answer.knowledge.sources if source.outdated]
    if not old:
        return EMPTY
    warnings = (source.warning or _edition(source, words) for source in old)
    return _notice("old", words("notice.outdated"), *(el("p", warning) for warning in warnings))


def _edition(source: Edition, words: Words) -> str:
    edition = words("finding.edition", edition=source.edition)
    return f"{source.publisher}, {source.title}, {edition} ({words('notice.age', n=source.age_months)})"


def _not_resolved(medicine: Medicine, words: Words) -> Html:
    kind = "ambiguous" if medicine.status == "ambiguous" else "unknown"
    place = el("span", words("lines.line", n=medicine.input + 1), class_="place")
    return el(
        "div",
        el("h3", words(f"lines.{kind}"), " ", place),
        el("p", words(f"lines.{kind}_text", text=medicine.text)),
        class_=f"notice notice-stop notice-{kind}",
    )


def _not_covered(answer: Answer, words: Words) -> Html:
    """Substances without a source and homeopathic products; names not resolved have a notice each."""
    items = [item for item in answer.not_covered if item.reason not in {"unknown", "ambiguous"}]
    if not items:
        return EMPTY
    return _notice("stop", words("notice.not_covered"), el("ul", *(_uncovered(item, words) for item in items)))


def _uncovered(item: NotCovered, words: Words) -> Html:
    return el("li", el("strong", f"{words('lines.line', n=item.input + 1)} – {item.text}"), " ", item.message)


def _spelling(medicines: Sequence[Medicine], words: Words) -> Html:
    corrected = [medicine for medicine in medicines if was_corrected(medicine)]
    if not corrected:
        return EMPTY
    items = [
        el(
            "li",
            el("strong", words("lines.line", n=medicine.input + 1)),
            " ",
            words("lines.read_as", typed=medicine.text, matched=medicine.matched),
        )
        for medicine in corrected
    ]
    return _notice("check", words("notice.spelling"), el("ul", *items))


def _duplicates(answer: Answer, names: Sequence[str], words: Words) -> Html:
    if not answer.duplicates:
        return EMPTY
    items = [
        el("li", el("strong", item.name), f" – {lines_text(item.inputs, names, words)}. ", item.text)
        for item in answer.duplicates
    ]
    return _notice("check", words("notice.duplicates"), el("ul", *items))


def _nothing_found(answer: Answer, words: Words) -> Html:
    if answer.interactions:
        return EMPTY
    if len(answer.medicines) == 1:
        return el("div", el("h3", words("result.one_title")), el("p", words("result.one_text")), class_="notice")
    return el("div", el("h3", words("result.none_title")), el("p", words("result.none_text")), class_="notice")


def _not_applicable(answer: Answer, words: Words) -> Html:
    if not answer.not_applicable:
        return EMPTY
    items = []
    for item in answer.not_applicable:
        pair = " × ".join(party.name for party in item.between)
        sources = "; ".join(source_text(source, words) for source in item.sources)
        items.append(el("li", el("strong", pair), " ", item.text, " ", el("span", sources, class_="muted")))
    return _notice("limit", words("notice.not_applicable"), el("ul", *items))


def _not_listed(answer: Answer, words: Words) -> Html:
    pairs = answer.not_listed.pairs
    if not pairs:
        return EMPTY
    sources = " · ".join(f"{source.publisher}, {source.edition}" for source in answer.knowledge.sources)
    statement = words("notice.not_listed_in", source=sources)
    head = el("tr", *(el("th", words(f"notice.{column}"), scope="col") for column in ("first", "second", "state")))
    rows = [
        el("tr", el("td", first), el("td", ", ".join(seconds)), el("td", statement))
        for first, seconds in pairs_by_first(answer)
    ]
    table = el("table", el("thead", head), el("tbody", *rows))
    summary = el("summary", words("notice.not_listed", n=len(pairs)))
    return el(
        "div",
        el("details", summary, table),
        el("p", answer.not_listed.text),
        class_="notice notice-limit not-listed",
    )


def _not_checked(answer: Answer, words: Words) -> Html:
    items = [el("li", item.text) for item in answer.not_checked]
    return _notice("limit", words("notice.not_checked"), el("ul", *items))


def _basis(answer: Answer, words: Words) -> Html:
    sources = [el("li", _edition(source, words)) for source in answer.knowledge.sources]
    return _notice("limit", words("notice.basis"), join([el("ul", *sources), el("p", answer.notice)]))
