"""A service in a process of its own, as it is really run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx


class Running:
    """A service in a process of its own.

    Args:
        data_dir: its data folder. log: the file that takes its standard output and error.
    """

    def __init__(self, data_dir: Path, log: Path, **settings: str) -> None:
        self._log = log
        environment = {
            **os.environ, "MEDINFO_DATA_DIR": str(data_dir), "MEDINFO_PORT": "0", "MEDINFO_UI": "off",
            "MEDINFO_ENVIRONMENT": "production", "MEDINFO_LOG_LEVEL": "debug", **settings,
        }  # fmt: skip
        with log.open("wb") as stream:
            command = [str(Path(sys.executable).with_name("medinfo")), "serve"]
            self.process = subprocess.Popen(command, env=environment, stdout=stream, stderr=stream)
        self.url = ""

    def wait_ready(self) -> Running:
        """Wait for it, and stop it if it does not come."""
        for _ in range(600):
            if self._is_ready():
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        self.stop()
        raise AssertionError(self.text())

    def _is_ready(self) -> bool:
        self.url = next((str(line["url"]) for line in self.lines() if line["event"] == "serving"), "")
        if not self.url:
            return False
        try:
            return httpx.get(f"{self.url}/health/ready", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def text(self) -> str:
        return self._log.read_text("utf-8")

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.text().splitlines() if line.startswith("{")]

    def lines_of(self, *requests: str) -> list[dict[str, object]]:
        """The lines that the requests with these ids ended with; written when the answer is already away."""
        for _ in range(300):
            ended = {str(line.get("request_id")): line for line in self.lines() if line["event"] == "request"}
            if set(requests) <= set(ended):
                return [ended[id] for id in requests]
            time.sleep(0.1)
        raise AssertionError(self.text())

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)
