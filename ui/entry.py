"""The bar and the entry: choosing a language, adding one medicine with suggestions, pasting a list."""

from __future__ import annotations

from ui.answers import Hit
from ui.html import Html, el
from ui.phrases import LANGUAGES, Words
from ui.session import MAX_PASTE, MAX_TEXT

MAX_HITS = 10
WORKSPACES = {"check": "page.workspace", "translate": "translate.title"}
"""The workspaces of the page and the phrases that name them."""


def bar(words: Words) -> Html:
    """The top of the page, with the language switch."""
    options = [
        el("option", name, value=code, lang=code, selected=code == words.language) for code, name in LANGUAGES.items()
    ]
    switch = el(
        "label",
        el("span", words("page.language")),
        el("select", *options, data_act="language", data_value=words.language, id="language"),
        class_="language",
    )
    name = el("h1", el("span", "Medinfo", class_="product"))
    places = [
        el("button", words(title), type="button", data_workspace=workspace, class_="workspace-name")
        for workspace, title in WORKSPACES.items()
    ]
    return el(
        "header",
        el("div", name, el("nav", *places, aria_label=words("nav.label")), class_="bar-left"),
        switch,
        class_="bar",
        data_lang=words.language,
        data_title=words("page.title"),
        data_ready=True,
    )


def entry(words: Words) -> Html:
    """The box with type-ahead (an ARIA combobox) and the field for a whole list."""
    box = el(
        "input",
        id="medicine",
        type="text",
        role="combobox",
        maxlength=MAX_TEXT,
        autocomplete="off",
        autocapitalize="off",
        spellcheck="false",
        aria_autocomplete="list",
        aria_expanded="false",
        aria_controls="suggestions",
        aria_describedby="medicine-hint",
    )
    options = el("ul", id="suggestions", role="listbox", aria_label=words("entry.suggestions"), hidden=True)
    add = el("button", words("entry.add"), type="button", class_="main-button", data_do="add")
    return el(
        "section",
        el("label", words("entry.label"), for_="medicine", class_="entry-label"),
        el("div", el("div", box, options, class_="combo"), add, class_="entry-row"),
        el("p", words("entry.hint"), id="medicine-hint", class_="hint"),
        el("p", role="status", class_="said", data_count=words("entry.count"), data_none=words("entry.none")),
        el(
            "details",
            el("summary", words("entry.paste")),
            el("label", words("entry.paste_label"), for_="pasted"),
            el("textarea", id="pasted", rows=6, maxlength=MAX_PASTE, autocomplete="off", spellcheck="false"),
            el("button", words("entry.paste_add"), type="button", class_="plain-button", data_do="paste"),
            class_="paste",
        ),
        class_="panel entry",
    )


def suggestion(hit: Hit, words: Words) -> dict[str, str]:
    """One suggestion as the page's script shows it (as text, never as markup)."""
    kinds = words.table("kind")
    substances = " + ".join(substance.name for substance in hit.substances)
    parts = [substances if substances.casefold() != hit.name.casefold() else "", kinds.get(hit.kind, "")]
    if hit.archived:
        parts.append(words("entry.archived"))
    return {"name": hit.name, "detail": " · ".join(part for part in parts if part)}
