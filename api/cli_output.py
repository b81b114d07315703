"""What commands write: lines, progress on standard error, settings read once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from medinfo.settings import Settings

Json = Annotated[bool, typer.Option("--json", help="Print JSON, in the shape that the API answers.")]


@contextmanager
def bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error; silent where that is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task(title, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total or None)


@contextmanager
def steps() -> Iterator[Callable[[str, int, int], None]]:
    """Progress bars by what is being done: downloads in bytes."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        tasks: dict[str, Any] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = shown.add_task(step, total=None)
            shown.update(tasks[step], completed=done, total=total or None)

        yield tell


def say(lines: list[str]) -> None:
    """Write lines."""
    for line in lines:
        sys.stdout.write(f"{line}\n")


def settings() -> Settings:
    """The settings of the environment; see `api.cli.settings`."""
    from api.cli import settings

    return settings()
