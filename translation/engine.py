"""Translates segments with CTranslate2 models: on CPU or GPU, in batches across callers, over a pivot where needed.

    engine = CTranslateEngine(EngineSettings(models=Path("models")))
    engine.translate(["Ne pas avaler."], "fr", "en")[0][0].text

Nothing is truncated. A segment that is longer than the model takes is cut and joined again; a translation that does
not come to an end within its limit is not given out: where no hypothesis ends, the text is empty and its score 0.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from medinfo import logs
from medinfo.errors import InvalidInput, NoModel
from translation.batching import Batcher, Item
from translation.devices import Place, resolve
from translation.engine_cut import Piece, cut, join, mean_score
from translation.engine_manifest import InstalledModel
from translation.engine_models import Loaded, ModelPool, reason_of, scan
from translation.engine_routes import Hop, Routes, sentence
from translation.engine_run import Found, hypotheses_of, lane
from translation.ports import Cancelled, Hypothesis
from translation.ports import Path as Route
from translation.settings import EngineSettings

MOST_HYPOTHESES = 16
"""Hypotheses that may be asked for."""

log = logs.get(__name__)


class CTranslateEngine:
    """The engine: fulfils `translation.ports.Engine`. Safe to call from several threads.

    Args:
        settings: where models are and how they run. Nothing is loaded before the first translation.
        clock: seconds; decides when a model was idle for long.
    """

    def __init__(self, settings: EngineSettings, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._place: Place | None = None
        self._batcher: Batcher[Found] | None = None
        self._closed = False
        self._pool = ModelPool(self.place, settings.idle_seconds, clock)
        self._stamp: tuple[int, ...] = ()
        self._routes = Routes(())
        self.refresh()

    def installed(self) -> tuple[InstalledModel, ...]:
        """The models that can be used, sorted by name."""
        return self._current().models

    def problems(self) -> Mapping[str, str]:
        """What is wrong with folders that look like models and cannot be used: a sentence by name."""
        return {name: sentence(name, damaged.reason) for name, damaged in self._current().damaged.items()}

    def pairs(self) -> frozenset[tuple[str, str]]:
        """See `translation.ports.Engine`."""
        return self._current().pairs

    def path(self, source: str, target: str) -> Route:
        """See `translation.ports.Engine`. The best quality wins, then the direct way, then English between."""
        return self._current().route(source, target)

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, hypotheses: int = 1, cancelled: Cancelled | None = None
    ) -> list[list[Hypothesis]]:
        """See `translation.ports.Engine`.

        Where no hypothesis of a text ends within its limit, its only hypothesis is empty and has score 0.

        Raises:
            NoModel: none is installed, or the one chosen is damaged. UnsupportedPair, Overloaded, Cancelled: see there.
            InvalidInput: more hypotheses than can be given, or the settings ask for what this machine has not.
            MedinfoError: CTranslate2 failed.
        """
        if not 1 <= hypotheses <= MOST_HYPOTHESES:
            raise InvalidInput(f"Between 1 and {MOST_HYPOTHESES} hypotheses can be asked for, not {hypotheses}.")
        hops = self._current().hops(source, target)
        with ExitStack() as used:
            # Held over both hops: a model is never let go of between them.
            loaded = [used.enter_context(self._use(hop.model)) for hop in hops]
            found = self._hop(hops[0], loaded[0], texts, hypotheses, cancelled, admitted=False)
            for hop, model in zip(hops[1:], loaded[1:], strict=True):
                found = self._onwards(hop, model, found, hypotheses, cancelled)
        return found

    @property
    def waiting_tokens(self) -> int:
        """Source tokens that wait for a batch."""
        return self._batcher.waiting_tokens if self._batcher else 0

    def memory(self) -> Mapping[str, int]:
        """Bytes held by each loaded model: the size of its weights on disk.

        That is what they take in memory where they are stored in the type that they run in, as installed models are.
        """
        return self._pool.memory()

    def unload_idle(self) -> tuple[str, ...]:
        """Let go of models that nobody used for the time set; their names. Called from time to time by itself too."""
        return self._pool.unload_idle()

    def refresh(self) -> None:
        """Look at the folder of models again. A change of the folder itself is noticed without being told."""
        with self._lock:
            self._stamp = _stamp(self._settings.models)
            models, damaged = scan(self._settings.models)
            for name in damaged.keys() - self._routes.damaged.keys():
                log.warning("model_unusable", model=name, reason=damaged[name].reason)
            self._routes = Routes(models, damaged)
        self._pool.keep(models)

    def close(self, timeout: float = 10.0) -> None:
        """Stop: callers that wait get `Overloaded`. Waits for running batches, at most so many seconds."""
        with self._lock:
            self._closed = True
            batcher = self._batcher
        if batcher is not None:
            batcher.close(timeout)
        self._pool.close()

    def place(self) -> Place:
        """Where models run; found out when first asked.

        Raises:
            InvalidInput: the settings ask for a GPU or a compute type that this machine has not.
        """
        with self._lock:
            if self._place is None:
                self._place = resolve(self._settings)
            return self._place

    @contextmanager
    def _use(self, model: InstalledModel) -> Iterator[Loaded]:
        """A model in memory; one that turns out to be damaged is told, and left out from then on."""
        with ExitStack() as used:
            try:
                loaded = used.enter_context(self._pool.use(model))
            except NoModel as problem:
                log.warning("model_unusable", model=model.name, reason=problem.detail)
                with self._lock:
                    self._routes = self._routes.without(model, reason_of(model.name, problem))
                raise
            yield loaded

    def _current(self) -> Routes:
        if _stamp(self._settings.models) != self._stamp:
            self.refresh()
        return self._routes

    def _running(self) -> Batcher[Found]:
        place = self.place()
        with self._lock:
            if self._batcher is None:
                settings = self._settings
                self._batcher = Batcher(
                    workers=place.workers, batch_tokens=settings.batch_tokens, queue_tokens=settings.queue_tokens,
                    spread=place.device == "cpu", idle=self._pool.unload_idle,
                )  # fmt: skip
                if self._closed:
                    self._batcher.close()
            return self._batcher

    def _hop(
        self,
        hop: Hop,
        loaded: Loaded,
        texts: Sequence[str],
        hypotheses: int,
        cancelled: Cancelled | None,
        *,
        admitted: bool,
    ) -> list[list[Hypothesis]]:
        """Translate texts with one model; `admitted` where they were let in for a hop before."""
        plan: list[list[Piece]] = []
        items = self._items(hop, loaded, texts, plan)
        one = lane(loaded, self._settings.beam, hypotheses)
        found = self._running().run(one, items, cancelled=cancelled, admitted=admitted)
        results: list[list[Hypothesis]] = []
        index = 0
        for pieces in plan:
            numbers = range(index, index + len(pieces))
            results.append(join(pieces, [hypotheses_of(loaded.layout, found.get(number)) for number in numbers]))
            index += len(pieces)
        return results

    def _items(self, hop: Hop, loaded: Loaded, texts: Sequence[str], plan: list[list[Piece]]) -> Iterator[Item]:
        """The pieces of texts, made as they are asked for; notes in `plan` how each text was cut."""
        layout = loaded.layout
        limit = layout.longest_text(self._settings.segment_tokens)
        prefix = layout.prefix(hop.source, hop.target)
        index = 0
        for text in texts:
            whole = layout.tokeniser.encode(text)
            fits = len(whole) <= limit
            pieces = [Piece(text)] if fits else cut(text, limit, lambda part: len(layout.tokeniser.encode(part)))
            plan.append(pieces)
            for piece in pieces:
                if tokens := whole if fits else layout.tokeniser.encode(piece.text):
                    yield Item(index, layout.source(tokens, hop.source, hop.target), prefix)
                index += 1

    def _onwards(
        self, hop: Hop, loaded: Loaded, before: list[list[Hypothesis]], hypotheses: int, cancelled: Cancelled | None
    ) -> list[list[Hypothesis]]:
        """Translate on from the pivot, from every hypothesis there; the likeliest over both hops first."""
        texts = [one.text for group in before for one in group]
        after = iter(self._hop(hop, loaded, texts, hypotheses, cancelled, admitted=True))
        return [_best([(one, next(after)) for one in group], hypotheses) for group in before]


def _best(found: Sequence[tuple[Hypothesis, Sequence[Hypothesis]]], count: int) -> list[Hypothesis]:
    over_both = [Hypothesis(two.text, mean_score((one, two)), two.tokens) for one, twos in found for two in twos]
    over_both.sort(key=lambda one: -one.score)
    distinct = {one.text: one for one in reversed(over_both) if one.text}
    best = sorted(distinct.values(), key=lambda one: -one.score)[:count]
    return best or over_both[:1]


def _stamp(folder: Path) -> tuple[int, ...]:
    """Changes when a model is added to the folder or taken out of it."""
    try:
        told = folder.stat()
    except OSError:
        return ()
    return told.st_mtime_ns, told.st_ino
