"""The list of medicines as the page shows it: what was typed, what it was read as, route and dose."""

from __future__ import annotations

from collections.abc import Mapping

from ui.answers import Answer, Candidate, Medicine
from ui.html import EMPTY, Html, el, join, text
from ui.phrases import Words
from ui.session import MAX_LINES, MAX_TEXT, Line, Session

MAX_CANDIDATES = 8


def listing(session: Session, answer: Answer | None, words: Words) -> Html:
    """The panel with all lines.

    Args:
        session: the list.
        answer: the result for exactly these lines, or None when there is none.
        words: the screen's language.
    """
    read: Mapping[int, Medicine] = {medicine.input: medicine for medicine in answer.medicines} if answer else {}
    count = el("span", str(len(session.lines)), class_="count")
    clear = el("button", words("lines.clear"), type="button", class_="quiet", data_act="clear")
    head = el("div", el("h2", words("lines.title"), " ", count), clear if session.lines else None, class_="panel-head")
    rows = [_row(index, line, read.get(index), words) for index, line in enumerate(session.lines)]
    body = el("ol", *rows, class_="lines") if rows else el("p", words("lines.empty"), class_="empty")
    return el("section", head, _lost(session, words), _left_out(session, words), body, class_="panel")


def was_corrected(medicine: Medicine) -> bool:
    """Whether the name was accepted with another spelling than typed."""
    return medicine.status == "resolved" and medicine.how == "fuzzy"


def candidate_label(candidate: Candidate) -> str:
    """A candidate with its substances, which tell two similar names apart."""
    substances = " + ".join(id.replace("-", " ") for id in candidate.substances)
    same = substances.casefold() == candidate.name.casefold().replace("-", " ")
    return candidate.name if same or not substances else f"{candidate.name} ({substances})"


def _row(index: int, line: Line, medicine: Medicine | None, words: Words) -> Html:
    number = index + 1
    remove = el(
        "button",
        "×",
        type="button",
        class_="remove",
        data_act="remove",
        data_line=line.id,
        title=words("lines.remove"),
        aria_label=words("lines.remove_line", name=line.name, n=number),
    )
    head = el(
        "div",
        el("span", str(number), class_="number"),
        el("div", el("strong", line.name, class_="name"), _reading(line, medicine, words), class_="what"),
        remove,
        class_="line-head",
    )
    status = medicine.status if medicine else "waiting"
    trouble = _trouble(number, line, medicine, words)
    corrected = " line-corrected" if medicine and was_corrected(medicine) else ""
    return el(
        "li", head, trouble, _facts(number, line, medicine, words), class_=f"line line-{_plain(status)}{corrected}"
    )


def _plain(status: str) -> str:
    return status if status in {"resolved", "ambiguous", "unknown", "waiting"} else "unknown"


def _reading(line: Line, medicine: Medicine | None, words: Words) -> Html:
    """What the line was understood as."""
    if medicine is None:
        return el("span", words("lines.waiting"), class_="muted")
    parts: list[Html] = []
    if line.typed != line.name:
        parts.append(el("span", words("lines.chosen", typed=line.typed), class_="muted"))
    if medicine.status == "resolved":
        parts += _understood(medicine, words)
    return join(parts)


def _understood(medicine: Medicine, words: Words) -> list[Html]:
    parts: list[Html] = []
    if medicine.homeopathic:
        parts.append(el("span", words("lines.homeopathic"), class_="warn-text"))
    elif medicine.substances:
        names = " + ".join(substance.name for substance in medicine.substances)
        if names.casefold() != medicine.text.casefold():
            parts.append(el("span", el("span", "→ ", aria_hidden="true"), names, class_="substances"))
    if medicine.archived:
        parts.append(el("span", words("lines.archived"), class_="muted"))
    return parts


def _trouble(number: int, line: Line, medicine: Medicine | None, words: Words) -> Html | None:
    """What a person must look at before the result is of use, or None."""
    if medicine is None:
        return None
    if was_corrected(medicine):
        text = words("lines.read_as", typed=medicine.text, matched=medicine.matched)
        return el("div", el("strong", words("lines.corrected")), el("p", text), class_="mark mark-corrected")
    if medicine.status == "resolved":
        return None
    kind = "ambiguous" if medicine.status == "ambiguous" else "unknown"
    asks = el("p", words("lines.near"), class_="asks") if kind == "unknown" and medicine.candidates else None
    return el(
        "div",
        el("strong", words(f"lines.{kind}")),
        el("p", words(f"lines.{kind}_text", text=medicine.text)),
        asks,
        _choices(number, line, medicine, words),
        class_=f"mark mark-{kind}",
    )


def _choices(number: int, line: Line, medicine: Medicine, words: Words) -> Html | None:
    if not medicine.candidates:
        return None
    return el(
        "div",
        *(
            el(
                "button",
                candidate_label(candidate),
                type="button",
                class_="choice",
                data_act="choose",
                data_line=line.id,
                data_value=candidate.name,
                aria_label=words("lines.use_line", name=candidate_label(candidate), n=number),
            )
            for candidate in medicine.candidates[:MAX_CANDIDATES]
        ),
        class_="choices",
    )


def _facts(number: int, line: Line, medicine: Medicine | None, words: Words) -> Html:
    """Route and dose: both optional, both able to decide a condition."""
    routes = words.table("route")
    stated = ", ".join(routes.get(slug, slug) for slug in medicine.route) if medicine else ""
    unstated = words("lines.route_product", routes=stated) if stated else words("lines.route_unknown")
    options = [el("option", unstated, value="", selected=not line.route)]
    options += [el("option", name, value=slug, selected=slug == line.route) for slug, name in routes.items()]
    route = el(
        "select",
        *options,
        data_act="route",
        data_line=line.id,
        data_value=line.route,
        aria_label=words("lines.route_line", n=number),
    )
    dose = el(
        "input",
        type="text",
        value=line.dose,
        maxlength=MAX_TEXT,
        autocomplete="off",
        placeholder=words("lines.dose_hint"),
        data_act="dose",
        data_line=line.id,
        data_value=line.dose,
        aria_label=words("lines.dose_line", n=number),
    )
    summary = _facts_text(line, routes, stated, unstated, words)
    fields = el(
        "div",
        el("label", el("span", words("lines.route")), route),
        el("label", el("span", words("lines.dose")), dose),
        class_="fields",
    )
    return el("details", el("summary", summary), fields, class_="facts", data_line=line.id)


def _facts_text(line: Line, routes: Mapping[str, str], stated: str, unstated: str, words: Words) -> Html:
    """Route and dose in one line, what a person entered in bold."""
    if not (line.route or line.dose or stated):
        return text(words("lines.facts_unknown"))
    route = el("b", routes.get(line.route, line.route)) if line.route else unstated
    dose = el("b", line.dose) if line.dose else words("lines.dose_unknown")
    return join([f"{words('lines.route')} ", route, f" · {words('lines.dose')} ", dose])


def _lost(session: Session, words: Words) -> Html:
    return el("p", words("lines.lost"), class_="mark mark-unknown", role="alert") if session.lost else EMPTY


def _left_out(session: Session, words: Words) -> Html:
    if not session.left_out:
        return EMPTY
    return el(
        "div",
        el("strong", words("lines.left_out")),
        el("p", words("lines.left_out_text", lines=MAX_LINES, characters=MAX_TEXT)),
        el("ul", *(el("li", name) for name in session.left_out)),
        class_="mark mark-unknown",
        role="alert",
    )
