"""Translation as a person meets it, by a real model that loses a negation."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

TEXT = "Prendre 2 comprimés par jour. Ne pas dépasser la dose.\n\nTraite la toux."


@pytest.fixture
def desk(page: Page) -> Page:
    """The page with the workspace of translation open."""
    page.click("[data-workspace=translate]")
    page.wait_for_selector("#translate-text")
    return page


def translate(page: Page, text: str) -> None:
    page.fill("#translate-text", text)
    page.click("[data-do=translate]")
    expect(page.locator("#translation-panel .segment").first).to_be_visible()
    expect(page.locator("#translation-panel.pending")).to_have_count(0)


def test_one_workspace_is_shown_at_a_time_and_a_reload_keeps_it(desk: Page) -> None:
    expect(desk.locator("#translate-text")).to_be_visible()
    expect(desk.locator("#medicine")).to_be_hidden()
    expect(desk).to_have_title("Medinfo – Traduction")
    desk.reload()
    expect(desk.locator("#translate-text")).to_be_visible()
    desk.click("[data-workspace=check]")
    expect(desk.locator("#medicine")).to_be_visible()
    expect(desk.locator("#translate-text")).to_be_hidden()


def test_sentences_stand_side_by_side_and_what_failed_stands_out(desk: Page) -> None:
    translate(desk, TEXT)
    assert desk.locator(".said-target").all_inner_texts() == [
        "Take 2 tablets daily.",
        "Do exceed the dose.",
        "Treats cough.",
    ]
    flagged = desk.locator(".segment.flagged")
    expect(flagged).to_have_count(1)
    expect(flagged).to_contain_text("À VÉRIFIER")
    expect(flagged.locator(".failures")).to_contain_text("négation")
    expect(flagged.locator("mark").first).to_have_text("Ne pas")
    expect(desk.locator(".verdict")).to_contain_text("1 segments sur 3")


def test_the_copied_text_carries_the_warning(desk: Page) -> None:
    translate(desk, TEXT)
    copied = desk.locator("#translation-panel .copy-source").input_value()
    assert copied.startswith("Take 2 tablets daily. [⚠ À VÉRIFIER : négation")
    assert copied.endswith("] Do exceed the dose.\n\nTreats cough.")


def test_a_correction_that_passes_is_remembered_and_used(desk: Page) -> None:
    text = "Ne pas dépasser 9 comprimés par jour."
    translate(desk, text)
    flagged = desk.locator(".segment.flagged")
    flagged.locator("summary").click()
    flagged.locator("textarea").fill("Do not exceed 9 tablets daily.")
    flagged.locator("[data-do=approve]").click()
    expect(desk.locator(".segment .approved")).to_be_visible()
    translate(desk, text)
    expect(desk.locator(".said-target")).to_have_text("Do not exceed 9 tablets daily.")
    expect(desk.locator(".segment.memory")).to_have_count(1)


def test_a_correction_that_fails_a_check_is_stored_only_on_second_thought(desk: Page) -> None:
    translate(desk, "Prendre 3 comprimés par jour.")
    segment = desk.locator(".segment")
    segment.locator("summary").click()
    segment.locator("textarea").fill("Take 30 tablets daily.")
    segment.locator("[data-do=approve]").click()
    expect(segment.locator("[role=alert]")).to_contain_text("30")
    expect(segment.locator("[data-do=approve]")).to_have_text("Approuver malgré tout")
    expect(segment.locator(".approved")).to_have_count(0)
    segment.locator("textarea").fill("Take 33 tablets daily.")
    segment.locator("[data-do=approve]").click()
    expect(segment.locator("[role=alert]")).to_contain_text("33")


def test_what_was_typed_stays_when_the_language_changes(desk: Page) -> None:
    translate(desk, TEXT)
    desk.fill("#translate-text", "Traite la toux. Autre chose.")
    desk.select_option("#language", "de")
    expect(desk.locator("[data-do=translate]")).to_have_text("Übersetzen")
    expect(desk.locator("#translate-text")).to_have_value("Traite la toux. Autre chose.")
    expect(desk.locator(".segment.flagged")).to_contain_text("BITTE PRÜFEN")


def test_an_empty_text_is_told_and_not_sent(desk: Page) -> None:
    desk.click("[data-do=translate]")
    expect(desk.locator(".translate-entry .said")).to_have_text("Saisissez ou collez d’abord un texte.")


def test_a_file_goes_in_and_comes_out_translated(desk: Page, tmp_path: Path) -> None:
    file = tmp_path / "conseil.html"
    file.write_text(
        "<p>Prendre <b>2 comprimés</b> par jour.</p><p>Ne pas dépasser la dose de 7 comprimés.</p>", "utf-8"
    )
    desk.click(".translate-file summary")
    desk.set_input_files("#translate-file", file)
    desk.click("[data-do=file]")
    link = desk.locator(".download")
    expect(link).to_be_visible()
    expect(desk.locator(".file-said")).to_contain_text("1 segments sur 2")
    with desk.expect_download() as download:
        link.click()
    written = Path(download.value.path()).read_text("utf-8")
    assert written.startswith("<p>Take <b>2 tablets</b> daily.</p>")
    assert "⚠ CHECK THIS" in written


def test_a_file_that_cannot_be_read_is_told(desk: Page, tmp_path: Path) -> None:
    file = tmp_path / "x.docx"
    file.write_bytes(b"PK\x03\x04 not a document")
    desk.click(".translate-file summary")
    desk.set_input_files("#translate-file", file)
    desk.click("[data-do=file]")
    expect(desk.locator(".file-said")).not_to_be_empty()
    expect(desk.locator(".file-said")).not_to_contain_text("Envoi")
    expect(desk.locator(".download")).to_be_hidden()


def test_a_large_file_is_taken_and_one_beyond_the_limit_is_refused(desk: Page, tmp_path: Path) -> None:
    large, larger = tmp_path / "large.txt", tmp_path / "larger.txt"
    lines = (f"- Prendre {number} comprimés par jour.\n" for number in range(60_000))
    large.write_text("".join(lines), "utf-8")  # far more than is done before it is stopped
    larger.write_bytes(b" " * 10_000_001)
    desk.click(".translate-file summary")
    desk.set_input_files("#translate-file", larger)
    desk.click("[data-do=file]")
    expect(desk.locator(".file-said")).to_have_text("Le fichier dépasse 10 Mo.")
    desk.set_input_files("#translate-file", large)
    desk.click("[data-do=file]")
    expect(desk.locator(".file-said")).to_contain_text("parties")
    desk.click("[data-do=stop]")
    expect(desk.locator(".file-said")).to_contain_text("Arrêté")
