"""The rate of the check over HTTP beside that of a route that does nothing.

    python tests/benchmarks/http_rate.py            rate of both routes, one Uvicorn worker
    python tests/benchmarks/http_rate.py --vary     the same with 2,000 different lists
    python tests/benchmarks/http_rate.py --start    time until ready, and memory, with the screen off and on

Both routes stand in one application, behind the same middlewares, with the same body model; one client process with
several connections asks them in turns. Reported, never asserted: the machine decides half of it.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from multiprocessing import Process
from pathlib import Path

import orjson
import psutil
import uvicorn
from starlette.responses import Response

from api import create_app
from api.shapes import CheckIn
from medinfo import logs
from medinfo.medicines.tables import SubstanceRow, read_table
from medinfo.settings import Settings

NAMES = ["warfarin", "ibuprofen", "amiodarone", "simvastatin", "clarithromycin"]
LISTS = 2000
CONNECTIONS = 16
CHECK, NOTHING = "/v1/interactions/check", "/v1/nothing-at-all"


def body(names: Sequence[str]) -> bytes:
    """A request for a check of these names."""
    return orjson.dumps({"medicines": [{"name": name} for name in names], "language": "en"})


def bodies(vary: bool) -> list[bytes]:
    """One request, or many different ones of five substances each, drawn once and for all."""
    if not vary:
        return [body(NAMES)]
    names = sorted(row.en for row in read_table(SubstanceRow))
    draw = random.Random(5)
    return [body(draw.sample(names, 5)) for _ in range(LISTS)]


def serve(port: int, data_dir: str) -> None:
    """The application with one more route, which takes the same body and does nothing."""
    logs.configure(production=True, stream=Path(os.devnull).open("w"))  # noqa: SIM115  as long as the process
    app = create_app(Settings(port=port, data_dir=Path(data_dir), ui=False))

    @app.post(NOTHING)
    async def nothing(asked: CheckIn) -> Response:
        return Response(b"{}", media_type="application/json")

    uvicorn.run(app, port=port, log_config=None, access_log=False, server_header=False)


async def _ask(port: int, path: str, asked: Iterator[bytes], until: float, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
    while (started := time.perf_counter()) < until:
        content = next(asked)
        writer.write(f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content)
        answer = await reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200"), answer
        length = next(line for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.split(b":")[1]))
        times.append(time.perf_counter() - started)
    writer.close()


async def rate(port: int, path: str, asked: list[bytes], seconds: float) -> tuple[float, float]:
    """Answers a second, and the median time of one in milliseconds."""
    times: list[float] = []
    started = time.perf_counter()
    turns = itertools.cycle(asked)
    await asyncio.gather(*(_ask(port, path, turns, started + seconds, times) for _ in range(CONNECTIONS)))
    return len(times) / (time.perf_counter() - started), 1000 * statistics.median(times)


def free_port() -> int:
    """A TCP port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_ready(port: int, process: psutil.Process, limit: float = 60.0) -> float:
    """Seconds until /health/ready answers 200."""
    started = time.perf_counter()
    while time.perf_counter() - started < limit:
        if not process.is_running():
            raise SystemExit("the service ended")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=1) as answer:
                if answer.status == 200:
                    return time.perf_counter() - started
        except OSError:
            time.sleep(0.02)
    raise SystemExit("not ready in time")


def measure_rates(data_dir: str, asked: list[bytes], rounds: int, seconds: float) -> None:
    """Print both rates by round, and the ratio of their medians."""
    port = free_port()
    server = Process(target=serve, args=(port, data_dir), daemon=True)
    server.start()
    wait_ready(port, psutil.Process(server.pid))
    for path in (NOTHING, CHECK):
        asyncio.run(rate(port, path, asked, 1.0))
    found: dict[str, list[float]] = {NOTHING: [], CHECK: []}
    for number in range(rounds):
        for path, rates in found.items():
            answers, median = asyncio.run(rate(port, path, asked, seconds))
            rates.append(answers)
            print(f"round {number + 1}  {path:26} {answers:8.0f} /s   median {median:6.2f} ms")
    server.terminate()
    nothing, check = (statistics.median(rates) for rates in found.values())
    print(f"nothing {nothing:.0f} /s, check {check:.0f} /s, ratio {check / nothing:.0%}")


def measure_start(data_dir: str, rounds: int) -> None:
    """Print the time until ready and the memory of `medinfo serve`, tables compiled before."""
    for screen in ("off", "off", "on"):  # the first round compiles the tables and is not reported
        times, sizes = [], []
        for _ in range(rounds):
            port = free_port()
            environment = {**os.environ, "MEDINFO_UI": screen, "MEDINFO_PORT": str(port), "MEDINFO_DATA_DIR": data_dir}
            command = [str(Path(sys.executable).with_name("medinfo")), "serve"]
            process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
            seen = psutil.Process(process.pid)
            times.append(wait_ready(port, seen))
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}{CHECK}", data=body(NAMES), headers={"Content-Type": "application/json"}
            )
            urllib.request.urlopen(request, timeout=10).read()
            if screen == "on":
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).read()
            sizes.append(seen.memory_info().rss / 1e6)
            process.terminate()
            process.wait()
        ready, memory = statistics.median(times), max(sizes)
        print(f"screen {screen:3}  ready in {ready:.2f} s, memory {memory:.0f} MB ({rounds} starts)")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--start", action="store_true", help="measure start-up and memory instead of rates")
    parser.add_argument("--vary", action="store_true", help="ask about 2,000 different lists in turns")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0, help="length of one round of one route")
    parser.add_argument("--data-dir", default=str(Path(tempfile.gettempdir()) / "medinfo-benchmark"))
    asked = parser.parse_args()
    if asked.start:
        measure_start(asked.data_dir, asked.rounds)
    else:
        measure_rates(asked.data_dir, bodies(asked.vary), asked.rounds, asked.seconds)


if __name__ == "__main__":
    main()
