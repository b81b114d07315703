"""Running `medinfo` in this process."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass

import pytest

from api import cli


@dataclass
class Command:
    """Runs `medinfo` with arguments and keeps what it said: exit code, standard output, standard error."""

    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def __call__(self, *arguments: str, stdin: bytes | None = None) -> tuple[int, str, str]:
        self.patch.setattr(sys, "argv", ["medinfo", *arguments])
        if stdin is not None:
            self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = self.capture.readouterr()
        return int(ended.value.code or 0), out, err
