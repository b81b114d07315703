"""The real application, served on loopback, and a real Chromium in front of it."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.translation.tiny import word_model

WORDS = {
    "prendre": "take", "comprimés": "tablets", "par jour": "daily", "traite la": "treats", "toux": "cough",
    "ne pas": "do", "dépasser": "exceed", "la dose": "the dose",
}  # fmt: skip
"""What the model of the served application knows: it loses a negation."""
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE = {"width": 1366, "height": 768}


@dataclass(frozen=True)
class Site:
    """The application in a process of its own: where it is, and what it writes to its log."""

    url: str
    log: Path


@pytest.fixture(scope="session")
def served(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The application as it is really run, on a free port, ready."""
    log = tmp_path_factory.mktemp("served") / "log"
    models = tmp_path_factory.mktemp("models")
    word_model(models, WORDS)
    environment = {
        **os.environ,
        "MEDINFO_DATA_DIR": str(data_dir),
        "MEDINFO_DATABASE_URL": f"sqlite:///{log.with_name('written.db')}",
        "MEDINFO_MODELS_DIR": str(models),
        "MEDINFO_PORT": "0",
        "MEDINFO_UI": "on",
        "MEDINFO_ENVIRONMENT": "production",
        "MEDINFO_LOG_LEVEL": "debug",
    }
    command = [str(Path(sys.executable).with_name("medinfo")), "serve"]
    with log.open("wb") as stream:
        process = subprocess.Popen(command, env=environment, stdout=stream, stderr=stream)
    try:
        yield Site(_ready(process, log), log)
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="session")
def site(served: Site) -> str:
    """Address of the application."""
    return served.url


def _ready(process: subprocess.Popen[bytes], log: Path) -> str:
    """Its address, once it answers that it is ready; the first start compiles the tables."""
    for _ in range(900):
        if process.poll() is not None or "knowledge not loaded" in log.read_text("utf-8"):
            break
        serving = re.search(r'"port": ?(\d+)', log.read_text("utf-8"))
        if serving:
            url = f"http://127.0.0.1:{serving.group(1)}"
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{url}/health/ready", trust_env=False).status_code == 200:
                    return url
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A French reader with a screen of 1366 by 768."""
    opened = chromium.new_context(viewport=WIDE, locale="fr-FR")
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, site: str) -> Page:
    """The page, open and in French."""
    opened = context.new_page()
    opened.goto(site)
    opened.wait_for_selector("html[lang=fr] #medicine")
    opened.wait_for_selector("#result-panel .result")
    return opened
