"""What leaves the page, what stays in the browser, and what a hostile name can do: nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, Request, WebSocket, expect

if TYPE_CHECKING:
    from conftest import Site

pytestmark = pytest.mark.browser

SECRET = "motsecretdupatient"


def use_everything(page: Page) -> None:
    """Type with suggestions, add, paste, change the language, the route and the dose."""
    page.focus("#medicine")
    page.keyboard.type(SECRET[:12], delay=10)
    page.wait_for_timeout(400)  # the type-ahead waits for a pause
    page.keyboard.type(SECRET[12:], delay=10)
    page.keyboard.press("Enter")
    expect(page.locator(".line")).to_have_count(1)
    page.click(".paste summary")
    page.fill("#pasted", f"colchicine\n{SECRET} 2\nclarithromycine")
    page.click("[data-do=paste]")
    expect(page.locator(".line")).to_have_count(4)
    page.click(".line:first-child .facts summary")
    page.fill(".line:first-child input", SECRET)
    page.keyboard.press("Enter")
    expect(page.locator(".line:first-child .facts summary")).to_contain_text(SECRET)
    page.select_option("#language", "en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#result-panel.pending")).to_have_count(0)


def test_the_page_asks_no_other_host_and_puts_no_name_in_an_address(context: BrowserContext, site: str) -> None:
    page = context.new_page()
    addresses: list[str] = []

    def keep_request(request: Request) -> None:
        addresses.append(request.url)

    def keep_socket(opened: WebSocket) -> None:
        addresses.append(opened.url)

    page.on("request", keep_request)
    page.on("websocket", keep_socket)
    page.goto(site)
    page.wait_for_selector("html[lang=fr] #medicine")
    use_everything(page)
    assert len(addresses) > 10
    assert [url for url in addresses if not url.startswith((f"{site}/", "data:", "blob:"))] == []
    assert [url for url in addresses if SECRET[:12] in url] == []
    assert SECRET not in page.url


def test_nothing_that_was_typed_stays_in_the_browser(page: Page, context: BrowserContext) -> None:
    use_everything(page)
    kept = page.evaluate(
        """async () => JSON.stringify([
            Object.entries(localStorage), Object.entries(sessionStorage), document.cookie,
            (await indexedDB.databases()).map((base) => base.name), await caches.keys(), history.state,
        ])"""
    )
    assert SECRET not in kept
    assert SECRET not in str(context.storage_state(indexed_db=True))
    assert SECRET not in str(context.cookies())


def test_a_reload_forgets_the_list(page: Page) -> None:
    use_everything(page)
    page.reload()
    expect(page.locator("#lines-panel .empty")).to_be_visible()
    assert SECRET not in page.content()


def test_the_browser_refuses_other_hosts(page: Page, site: str) -> None:
    elsewhere = site.replace("127.0.0.1", "localhost")
    outcome = page.evaluate(
        """async (url) => {
            const told = new Promise((resolve) => document.addEventListener(
                "securitypolicyviolation", (event) => resolve(event.effectiveDirective), { once: true }));
            await fetch(url).catch(() => null);
            return Promise.race([told, new Promise((resolve) => setTimeout(resolve, 3000, "allowed"))]);
        }""",
        f"{elsewhere}/health/live",
    )
    assert outcome == "connect-src"


def test_what_was_typed_is_in_no_line_of_the_log(page: Page, served: Site) -> None:
    use_everything(page)
    log = served.log.read_text("utf-8")
    assert '"event"' in log
    assert SECRET[:12] not in log


HOSTILE = (
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    '"><svg onload="window.hacked = 1">',
    "${window.hacked = 1}",
    "{{constructor.constructor('window.hacked = 1')()}}",
    "</textarea><script>window.hacked = 1</script>",
    "</svg><a href='javascript:window.hacked = 1'>",
)


def test_a_hostile_name_is_only_text(page: Page) -> None:
    page.click(".paste summary")
    page.fill("#pasted", "\n".join((*HOSTILE, "colchicine", "clarithromycine")).replace(";", ""))
    page.click("[data-do=paste]")
    expect(page.locator(".line .name")).to_have_text([*HOSTILE, "colchicine", "clarithromycine"])
    for hostile in HOSTILE:
        expect(page.locator("#result-panel .notice-stop").filter(has_text=hostile).first).to_be_visible()
    page.focus("#medicine")
    page.keyboard.type(HOSTILE[1], delay=5)
    page.wait_for_timeout(500)
    assert page.evaluate("window.hacked") is None
