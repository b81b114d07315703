"""HTML and SVG that cannot forget to escape.

`el` builds one element. A child or attribute that is a plain `str` is always escaped; only `Html`, which only this
module makes, passes as markup. So a medicine called `<script>` is text wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_VOID = frozenset({"input", "br", "hr", "meta"})


class Html(str):
    """Markup that is already escaped. Make it with `el` or `join`, never from text of a person or of the API."""

    __slots__ = ()


Child = str | Html | None
Attribute = str | int | float | bool | None

EMPTY = Html("")


def text(value: str) -> Html:
    """The text, escaped."""
    return Html(escape(value, quote=True))


def join(children: Iterable[Child], separator: str = "") -> Html:
    """Children one after the other, plain strings escaped, `None` left out."""
    return Html(escape(separator).join(_markup(child) for child in children if child is not None))


def el(tag: str, *children: Child, **attributes: Attribute) -> Html:
    """One element.

    Args:
        tag: element name, fixed in code.
        children: markup (`Html`) or text (`str`, escaped); `None` is left out.
        attributes: `class_` gives `class`, `data_line` gives `data-line`; `True` gives a bare attribute, `False` and
            `None` leave it out. Values are escaped.

    Returns:
        The markup. `el("b", "<i>", class_="x")` is `<b class="x">&lt;i&gt;</b>`.
    """
    opened = "".join((f"<{tag}", *(_attribute(name, value) for name, value in attributes.items()), ">"))
    if tag in _VOID:
        return Html(opened)
    return Html(f"{opened}{join(children)}</{tag}>")


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value), quote=True)}"'


def _markup(child: str | Html) -> str:
    return child if isinstance(child, Html) else escape(child, quote=True)
