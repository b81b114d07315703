"""The left side of the translation workspace: what to translate, from which language to which, and how."""

from __future__ import annotations

from ui.html import Html, el
from ui.phrases import Words
from ui.translation_session import MAX_FILE, MAX_TEXT, TranslationSession


def language_name(code: str, words: Words) -> str:
    """What a language is called, or its code where the screen has no name for it."""
    return words.table("language_name").get(code, code)


def entry(session: TranslationSession, words: Words, problem: str = "") -> Html:
    """The form.

    Args:
        session: what is chosen. problem: what the API says when it cannot be asked.
    """
    if session.languages is None or not session.languages.pairs:
        return _nothing_installed(session, words, problem)
    return el(
        "section",
        el("div", _from(session, words), _to(session, words), class_="languages"),
        el("label", words("translate.text"), for_="translate-text", class_="text-label"),
        el(
            "textarea",
            session.wish.text,
            id="translate-text",
            rows=9,
            maxlength=MAX_TEXT,
            autocomplete="off",
            aria_describedby="translate-hint",
        ),
        el("p", words("translate.hint"), id="translate-hint", class_="hint"),
        _options(session, words),
        el("button", words("translate.go"), type="button", class_="main-button", data_do="translate"),
        el(
            "p",
            role="status",
            class_="said",
            data_empty=words("translate.empty"),
            data_same=words("translate.same_language"),
            data_working=words("translate.working"),
        ),
        _file(words),
        class_="panel entry translate-entry",
    )


def _nothing_installed(session: TranslationSession, words: Words, problem: str) -> Html:
    command = session.languages.install if session.languages else None
    told = problem or (words("translate.no_model_how", command=command) if command else "")
    return el(
        "section",
        el("h2", words("translate.title")),
        None if problem else el("p", words("translate.no_model"), class_="quiet-title"),
        el("p", told) if told else None,
        class_="panel entry translate-entry unavailable",
        role="status",
    )


def _select(name: str, label: str, options: list[Html], chosen: str) -> Html:
    return el("label", el("span", label), el("select", *options, id=name, data_value=chosen), class_="field")


def _from(session: TranslationSession, words: Words) -> Html:
    assert session.languages is not None
    options = [el("option", words("translate.detect"), value="")]
    options += [
        el("option", language_name(code, words), value=code, selected=code == session.wish.source)
        for code in session.languages.sources()
    ]
    return _select("translate-from", words("translate.from"), options, session.wish.source)


def _to(session: TranslationSession, words: Words) -> Html:
    assert session.languages is not None
    targets = session.languages.targets()
    preferred = session.language if session.language in targets else targets[0]
    chosen = session.wish.target if session.wish.target in targets else preferred
    options = [el("option", language_name(code, words), value=code, selected=code == chosen) for code in targets]
    return _select("translate-to", words("translate.to"), options, chosen)


def _options(session: TranslationSession, words: Words) -> Html:
    glossaries = [el("option", words("translate.no_glossary"), value="")]
    glossaries += [
        el("option", one.name, value=one.glossary_id, selected=one.glossary_id == session.wish.glossary)
        for one in session.glossaries
    ]
    strict = el("input", type="checkbox", id="translate-strict", checked=session.wish.strict)
    return el(
        "div",
        _select("translate-glossary", words("translate.glossary"), glossaries, session.wish.glossary)
        if session.glossaries
        else None,
        el("label", strict, el("span", words("translate.strict")), class_="tick"),
        class_="translate-options",
    )


def _file(words: Words) -> Html:
    told = {
        f"data_{name}": words(f"translate.file_{name}")
        for name in ("sent", "progress", "done", "checked", "flagged", "failed", "too_large", "stopped")
    }
    return el(
        "details",
        el("summary", words("translate.file")),
        el("label", words("translate.file_label"), for_="translate-file"),
        el("input", type="file", id="translate-file", aria_describedby="translate-file-hint"),
        el("p", words("translate.file_hint"), id="translate-file-hint", class_="hint"),
        el(
            "div",
            el("button", words("translate.file_go"), type="button", class_="plain-button", data_do="file"),
            el(
                "button",
                words("translate.file_stop"),
                type="button",
                class_="plain-button",
                data_do="stop",
                hidden=True,
            ),
            class_="actions",
        ),
        el("progress", max=1, value=0, hidden=True, aria_label=words("translate.file")),
        el("p", role="status", class_="file-said", data_most=MAX_FILE, **told),
        el("a", words("translate.file_download"), class_="download", hidden=True),
        class_="paste translate-file",
    )
