"""Six languages: found by the browser's wish, changed by hand, kept on reload."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from ui.phrases import load_words

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("locale", "language"),
    [("en-GB", "en"), ("es-ES", "es"), ("de-AT", "de"), ("it-IT", "it"), ("pt-PT", "pt"), ("nl-NL", "en")],
)
def test_the_page_opens_in_the_language_of_the_browser(
    locale: str, language: str, chromium: Browser, site: str
) -> None:
    context = chromium.new_context(locale=locale)
    page = context.new_page()
    page.goto(site)
    expect(page.locator(".entry-label")).to_have_text(load_words()[language]("entry.label"))
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page).to_have_title(load_words()[language]("page.title"))
    context.close()


def test_the_address_outranks_the_browser(page: Page, site: str) -> None:
    page.goto(f"{site}/?lang=it")
    expect(page.locator("html")).to_have_attribute("lang", "it")


def test_the_language_changes_everything_and_keeps_the_list(page: Page) -> None:
    page.fill("#medicine", "colchicine, clarithromycine")
    page.keyboard.press("Enter")
    expect(page.locator("article.card .tag").first).to_contain_text("Contre-indiqué")
    page.select_option("#language", "de")
    expect(page.locator("article.card .tag").first).to_contain_text("Kontraindiziert")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator(".line")).to_have_count(2)
    expect(page.locator(".entry-label")).to_have_text(load_words()["de"]("entry.label"))
    page.select_option("#language", "pt")
    expect(page.locator("article.card .tag").first).to_contain_text("Contraindicado")


def test_a_reload_keeps_the_language(page: Page) -> None:
    page.select_option("#language", "es")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.reload()
    expect(page.locator(".entry-label")).to_have_text(load_words()["es"]("entry.label"))
