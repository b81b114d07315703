"""The interaction check as a person meets it."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser


def add(page: Page, name: str) -> None:
    """Type a name and press Enter."""
    page.fill("#medicine", name)
    page.keyboard.press("Enter")


def paste(page: Page, *names: str) -> None:
    page.click(".paste summary")
    page.fill("#pasted", "\n".join(names))
    page.click("[data-do=paste]")
    checked(page)


def checked(page: Page) -> None:
    """Wait until the result on the page is the one for the list on the page."""
    expect(page.locator("#result-panel.pending")).to_have_count(0)


def lines(page: Page) -> list[str]:
    return page.locator(".line .name").all_inner_texts()


def card(page: Page, *parties: str) -> object:
    found = page.locator("article.card")
    for party in parties:
        found = found.filter(has=page.locator("h4", has_text=party))
    return found.first


def test_a_name_is_chosen_from_suggestions_by_keyboard_alone(page: Page) -> None:
    page.focus("#medicine")
    page.keyboard.type("warfar", delay=20)
    option = page.locator("[role=option]").first
    expect(option).to_be_visible()
    expect(page.locator("#medicine")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(page.locator("#medicine")).to_have_attribute("aria-activedescendant", "suggestion-0")
    chosen = option.locator(".hit-name").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".line .name")).to_have_text([chosen])
    expect(page.locator("#medicine")).to_be_focused()
    expect(page.locator("#medicine")).to_have_value("")


def test_nothing_is_chosen_that_a_person_did_not_choose(page: Page) -> None:
    page.focus("#medicine")
    page.keyboard.type("warfar", delay=20)
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".line .name")).to_have_text(["warfar"])


def test_a_suggestion_is_chosen_by_mouse(page: Page) -> None:
    page.focus("#medicine")
    page.keyboard.type("warfar", delay=20)
    option = page.locator("[role=option]").first
    chosen = option.locator(".hit-name").inner_text()
    option.click()
    expect(page.locator(".line .name")).to_have_text([chosen])


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(page: Page) -> None:
    page.focus("#medicine")
    page.keyboard.type("warfar", delay=20)
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(page.locator("#medicine")).to_have_value("warfar")


def test_a_finding_is_shown_with_level_effect_path_and_source(page: Page) -> None:
    add(page, "colchicine")
    add(page, "clarithromycine")
    found = card(page, "colchicine", "clarithromycine")
    expect(found).to_be_visible()
    text = found.inner_text()
    assert "Contre-indiqué" in text
    assert "ANSM" in text
    assert "2023-09" in text
    assert re.search(r"pages? \d+", text)
    assert "×" in text
    assert "ligne 1 « colchicine »" in text


def test_cards_come_strictest_first_and_consider_is_neither_green_nor_hidden(page: Page) -> None:
    paste(page, "colchicine", "clarithromycine", "diazepam", "morphine", "warfarine", "amiodarone")
    ranks = {"contraindicated": 0, "avoid": 1, "caution": 2, "consider": 3}
    classes = page.eval_on_selector_all("article.card", "cards => cards.map(card => card.className.split('level-')[1])")
    assert [ranks[name] for name in classes] == sorted(ranks[name] for name in classes)
    assert "consider" in classes
    tag = page.locator("article.card .tag.level-consider").first
    expect(tag).to_be_visible()
    red, green, blue = map(int, re.findall(r"\d+", tag.evaluate("tag => getComputedStyle(tag).backgroundColor"))[:3])
    assert not (green > red and green > blue)
    assert max(red, green, blue) < 128


def test_a_corrected_spelling_is_seen_in_the_list_and_in_the_result(page: Page) -> None:
    add(page, "amiodaronne")
    expect(page.locator(".line-corrected .mark")).to_contain_text("« amiodaronne » a été lu")
    expect(page.locator("#result-panel .notice-check")).to_contain_text("Orthographe corrigée")
    expect(page.locator("#result-panel .summary")).to_contain_text("Orthographe corrigée : 1")


def test_an_unknown_name_is_as_loud_as_a_finding(page: Page) -> None:
    paste(page, "colchicine", "clarithromycine", "xqzzyvkw")
    notice = page.locator("#result-panel .notice-unknown")
    expect(notice).to_contain_text("« xqzzyvkw » n’est pas un nom connu")
    style = notice.evaluate("n => { const s = getComputedStyle(n); return [s.borderTopColor, s.borderTopWidth] }")
    assert style == ["rgb(163, 21, 31)", "2px"]
    first_card = page.locator("article.card").first.bounding_box()
    place = notice.bounding_box()
    assert first_card
    assert place
    assert place["y"] < first_card["y"]
    assert place["width"] == pytest.approx(first_card["width"], abs=1)
    expect(page.locator(".graph .node-unknown")).to_have_count(1)


def test_an_uncertain_name_is_settled_with_one_click(page: Page) -> None:
    add(page, "celebra")
    expect(page.locator(".line-ambiguous")).to_be_visible()
    choice = page.locator(".choice").first
    name = choice.get_attribute("data-value")
    choice.click()
    expect(page.locator(".line-resolved .name")).to_have_text(name or "")
    expect(page.locator(".line-resolved")).to_contain_text("vous aviez saisi « celebra »")
    expect(page.locator(".notice-ambiguous")).to_have_count(0)


def test_a_list_pasted_into_the_box_becomes_lines(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('1. warfarine\\n2. Advil 400\\n')")
    page.focus("#medicine")
    page.keyboard.press("Control+V")
    expect(page.locator(".line .name")).to_have_text(["warfarine", "Advil 400"])
    expect(page.locator("#medicine")).to_have_value("")


def test_a_line_is_removed_and_its_findings_with_it(page: Page) -> None:
    paste(page, "colchicine", "clarithromycine", "warfarine")
    expect(card(page, "colchicine", "clarithromycine")).to_be_visible()
    page.click("button[aria-label='Retirer colchicine, ligne 1']")
    expect(page.locator(".line .name")).to_have_text(["clarithromycine", "warfarine"])
    checked(page)
    expect(page.locator("article.card h4", has_text="colchicine")).to_have_count(0)


def test_a_local_route_makes_a_finding_not_applicable_and_says_so(page: Page) -> None:
    paste(page, "ibuprofène", "warfarine")
    expect(card(page, "ibuprof", "warfarine")).to_be_visible()
    page.click(".line:first-child .facts summary")
    page.select_option(".line:first-child select", "cutaneous")
    expect(page.locator(".result .notice h3", has_text="Sans objet ici")).to_be_visible()
    expect(page.locator("article.card")).to_have_count(0)
    expect(page.locator(".line:first-child .facts")).to_have_attribute("open", "")
    page.select_option(".line:first-child select", "")
    expect(card(page, "ibuprof", "warfarine")).to_be_visible()


def test_route_and_dose_follow_their_line_when_one_above_goes(page: Page) -> None:
    paste(page, "warfarine", "ibuprofène")
    page.click(".line:nth-child(2) .facts summary")
    page.select_option(".line:nth-child(2) select", "oral")
    checked(page)
    page.fill(".line:nth-child(2) input", "400 mg")
    page.keyboard.press("Enter")
    checked(page)
    page.click("button[aria-label^='Retirer warfarine']")
    expect(page.locator(".line .name")).to_have_text(["ibuprofène"])
    checked(page)
    expect(page.locator(".line select")).to_have_value("oral")
    expect(page.locator(".line input")).to_have_value("400 mg")
    expect(page.locator(".line .facts")).to_have_attribute("open", "")


def test_many_quick_changes_are_all_kept_in_order(page: Page) -> None:
    names = [f"inconnu{letter}" for letter in "abcdefghijkl"]
    for name in names:
        add(page, name)  # without waiting for the answer to the one before
    expect(page.locator(".line .name")).to_have_text(names)
    checked(page)
    expect(page.locator(".notice-unknown")).to_have_count(len(names))


def test_what_does_not_fit_is_named(page: Page) -> None:
    paste(page, *(f"inconnu {n}" for n in range(104)))
    expect(page.locator(".line")).to_have_count(100)
    expect(page.locator("#lines-panel [role=alert]")).to_contain_text("inconnu 103")


def test_without_the_server_the_older_result_does_not_look_current(page: Page, context: BrowserContext) -> None:
    paste(page, "colchicine", "clarithromycine")
    context.set_offline(True)
    add(page, "warfarine")
    expect(page.locator("#result-panel.pending")).to_be_visible()
    content = page.locator("#result-panel.pending .result").evaluate("r => getComputedStyle(r, '::before').content")
    assert "Vérification" in content
    context.set_offline(False)


def test_the_result_is_copied_as_text(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    paste(page, "colchicine", "clarithromycine", "xqzzyvkw")
    page.click("[data-do=copy]")
    expect(page.locator("[data-do=copy]")).to_have_text("Copié")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "CONTRE-INDIQUÉ" in copied
    assert "xqzzyvkw – Non reconnu" in copied
    assert "2023-09" in copied


def test_the_printed_page_has_the_result_and_no_controls(page: Page) -> None:
    paste(page, "colchicine", "clarithromycine", "xqzzyvkw")
    page.emulate_media(media="print")
    expect(page.locator("#entry-panel")).to_be_hidden()
    expect(page.locator(".remove").first).to_be_hidden()
    expect(page.locator(".notice-unknown")).to_be_visible()
    expect(page.locator("article.card").first).to_be_visible()


def test_paper_holds_everything_to_the_last_word(page: Page, tmp_path: Path) -> None:
    paste(
        page,
        "warfarine",
        "ibuprofène",
        "amiodarone",
        "colchicine",
        "clarithromycine",
        "morphine",
        "codéine",
        "xqzzyvkw",
    )
    page.wait_for_selector("article.card")
    page.pdf(path=tmp_path / "printed.pdf", format="A4")
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as document:
        printed = squeezed("".join(leaf.get_textpage().get_text_range() for leaf in document))
    shown = page.locator(".result .notice p, .result .notice li, .card h4, .card dd, .card .source").all_inner_texts()
    assert len(shown) > 30
    assert [text for text in shown if squeezed(text) not in printed] == []


def squeezed(text: str) -> str:
    """Without white space and hyphens, which a page break or a line break may add or take away."""
    return re.sub(r"[\s\u00ad\u0002\ufffe-]+", "", text)


def test_two_people_do_not_see_each_others_list(page: Page, chromium: Browser, site: str) -> None:
    add(page, "warfarine")
    expect(page.locator(".line")).to_have_count(1)
    other = chromium.new_context(locale="fr-FR")
    second = other.new_page()
    second.goto(site)
    second.wait_for_selector("html[lang=fr] #medicine")
    expect(second.locator("#lines-panel .empty")).to_be_visible()
    expect(second.locator(".line")).to_have_count(0)
    other.close()
