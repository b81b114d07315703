"""The screen as one Gradio application: a client of the API, mounted by it at `/`.

    blocks = build("http://127.0.0.1:8000")
    gr.mount_gradio_app(app, blocks, path="/", theme=theme(), css=css(), head=head(),
                        footer_links=[], run_history=False, ssr_mode=False, show_error=False, pwa=False)

`run_history=False` matters: Gradio's default keeps what was typed in the browser's storage.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from urllib.parse import quote

import gradio as gr

from ui.client import ApiClient
from ui.phrases import DEFAULT_LANGUAGE, load_words
from ui.workspaces import check, translate

FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "sans-serif")
"""Fonts of the reader's own machine: none is fetched."""


def build(api_url: str) -> gr.Blocks:
    """The screen.

    Args:
        api_url: where the API listens, such as `http://127.0.0.1:8000`.
    """

    async def assemble() -> gr.Blocks:
        words = load_words()[DEFAULT_LANGUAGE]
        with gr.Blocks(title="Medinfo", analytics_enabled=False, fill_width=True) as blocks:
            client = ApiClient(api_url)
            top = check.lay_out(blocks, check.CheckWorkspace(client), words)
            translate.lay_out(blocks, translate.TranslateWorkspace(client), words, top)
        return blocks

    return _in_a_loop(assemble())


def _in_a_loop(assembling: Coroutine[None, None, gr.Blocks]) -> gr.Blocks:
    """Outside an event loop Gradio makes several and closes none; so give it one, and close it."""
    with ThreadPoolExecutor(max_workers=1) as thread:  # a thread of its own: the caller's may run a loop already
        return thread.submit(asyncio.run, assembling).result()


def theme() -> gr.themes.Base:
    """A theme that names fonts of the reader's machine only."""
    fonts = [gr.themes.Font(name) for name in FONTS]
    return gr.themes.Base(font=fonts, font_mono=[gr.themes.Font("ui-monospace"), gr.themes.Font("monospace")])


def css() -> str:
    """The page's style sheet."""
    return _data("check.css") + _data("translate.css")


def head() -> str:
    """What stands in the page's head: a policy by which the browser refuses every other host, and the printed frame."""
    policy = "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval'",  # Gradio compiles its templates
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'self'",
            "object-src 'none'",
        )
    )
    return (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="referrer" content="no-referrer">'
        f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{quote(_data("icon.svg"))}">'
        f'<style media="print">{_data("print.css")}</style>'
        f"<style>{_data('workspaces.css')}</style>"  # Gradio would rewrite a selector that begins at the page's root
    )


def _data(name: str) -> str:
    return files("ui").joinpath("data", name).read_text("utf-8")
