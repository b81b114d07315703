"""Basic accessibility, and the page at the widths that people have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

LIST = "\n".join(
    (
        "warfarine", "Advil 400", "amiodaronne", "colchicine", "clarithromycine", "diazepam", "morphine", "celebra",
        "xqzzyvkw", "Doliprane", "Codoliprane",
    )
)  # fmt: skip

CHECKS = """() => {
    const shown = (node) => node.getClientRects().length > 0;
    const name = (node) => {
        const ids = (node.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean);
        return node.getAttribute("aria-label")
            || ids.map((id) => document.getElementById(id)?.textContent).join(" ")
            || [...(node.labels || [])].map((label) => label.textContent).join(" ")
            || (node.matches("button, summary, a") ? node.textContent : "");
    };
    const controls = [...document.querySelectorAll(".panel-host :is(button, input, select, textarea, summary, a)")];
    const ids = [...document.querySelectorAll(".panel-host [id]")].map((node) => node.id);
    const references = [...document.querySelectorAll("[aria-controls], [aria-describedby], [for]")].flatMap((node) =>
        ["aria-controls", "aria-describedby", "for"].map((kind) => node.getAttribute(kind)).filter(Boolean));
    const levels = [...document.querySelectorAll(".panel-host :is(h1, h2, h3, h4, h5, h6)")].filter(shown)
        .map((node) => Number(node.tagName[1]));
    return {
        nameless: controls.filter((node) => shown(node) && !node.closest("[aria-hidden=true]"))
            .filter((node) => !name(node).trim()).map((node) => node.outerHTML),
        twice: ids.filter((id, index) => ids.indexOf(id) !== index),
        dangling: references.filter((id) => !document.getElementById(id)),
        h1: levels.filter((level) => level === 1).length,
        skipped: levels.filter((level, index) => index && level > levels[index - 1] + 1).length,
        images: [...document.querySelectorAll("svg[role=img], img")].filter((node) => !name(node).trim()).length,
        tables: [...document.querySelectorAll(".panel-host table")]
            .filter((table) => !table.querySelector("th[scope=col]")).length,
        live: document.querySelectorAll("[role=status]").length,
    };
}"""

CONTRAST = """() => {
    const luminance = (colour) => {
        const [r, g, b] = colour.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const parse = (text) => text.match(/[\\d.]+/g).map(Number);
    const ground = (node) => {
        for (let at = node; at; at = at.parentElement) {
            const colour = parse(getComputedStyle(at).backgroundColor);
            if (colour.length < 4 || colour[3] > 0.99) return colour.slice(0, 3);
        }
        return [255, 255, 255];
    };
    const weak = [];
    for (const node of document.querySelectorAll(".panel-host *")) {
        const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
        if (!own || !node.getClientRects().length || node.closest("svg") || node.closest(".copy-source")) continue;
        const [a, b] = [luminance(parse(getComputedStyle(node).color).slice(0, 3)), luminance(ground(node))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) weak.push([ratio.toFixed(2), node.className, node.textContent.slice(0, 40)]);
    }
    return weak;
}"""


FOCUSED = "(({ dataset, tagName }) => dataset.do || dataset.act || tagName)(document.activeElement)"


def fill(page: Page) -> None:
    page.click(".paste summary")
    page.fill("#pasted", LIST)
    page.click("[data-do=paste]")
    expect(page.locator(".line")).to_have_count(11)
    expect(page.locator("#result-panel.pending")).to_have_count(0)


@pytest.fixture
def filled(page: Page) -> Page:
    fill(page)
    return page


def test_every_control_has_a_name_and_the_page_a_sound_structure(filled: Page) -> None:
    found: dict[str, Any] = filled.evaluate(CHECKS)
    assert found == {
        "nameless": [],
        "twice": [],
        "dangling": [],
        "h1": 1,
        "skipped": 0,
        "images": 0,
        "tables": 0,
        "live": found["live"],
    }
    assert found["live"] >= 2


def test_all_text_stands_out_from_its_ground(filled: Page) -> None:
    """WCAG 2.2 AA: 4.5 to 1, as the browser computes the colours."""
    assert filled.evaluate(CONTRAST) == []


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page) -> None:
    page.fill("#medicine", "warfarine")
    page.keyboard.press("Enter")
    expect(page.locator(".line")).to_have_count(1)
    page.keyboard.press("Escape")
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
        if reached[-1] == "BODY":  # the end of the page
            break
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring != "none", reached
    assert {"add", "clear", "remove", "copy", "print"} <= set(reached)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844), (320, 640), (820, 1180)])
def test_the_page_fits_its_width(width: int, height: int, chromium: Browser, site: str, tmp_path: Path) -> None:
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="fr-FR")
    page = context.new_page()
    page.goto(site)
    page.wait_for_selector("html[lang=fr] #medicine")
    fill(page)
    page.screenshot(path=tmp_path / f"{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.evaluate(
        """(width) => [...document.querySelectorAll(".panel-host *")].filter((node) => {
            const box = node.getBoundingClientRect();
            return box.width && box.left >= 0 && box.right > width + 1;
        }).map((node) => node.outerHTML.slice(0, 120))""",
        width,
    )
    assert cut == []
    context.close()


def test_on_a_phone_the_picture_comes_after_the_findings_and_a_button_leads_to_the_result(
    chromium: Browser, site: str
) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR", has_touch=True)
    page = context.new_page()
    page.goto(site)
    page.wait_for_selector("html[lang=fr] #medicine")
    fill(page)
    tops = [page.locator(f"#{name}-panel").bounding_box() for name in ("entry", "lines", "result", "picture")]
    assert [box["y"] for box in tops if box] == sorted(box["y"] for box in tops if box)
    page.locator(".jump").tap()
    expect(page.locator("#result-panel .summary")).to_be_in_viewport()
    context.close()


def test_zoomed_to_twice_its_size_the_page_still_fits(chromium: Browser, site: str) -> None:
    """WCAG 1.4.10: 1366 pixels at 200% are 683."""
    context = chromium.new_context(viewport={"width": 683, "height": 384}, device_scale_factor=2, locale="fr-FR")
    page = context.new_page()
    page.goto(site)
    page.wait_for_selector("html[lang=fr] #medicine")
    fill(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 683
    context.close()
