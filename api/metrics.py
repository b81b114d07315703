"""Metrics in Prometheus' text form: requests by route template, checks by their size, the process."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

CONTENT_TYPE = "text/plain; version=1.0.0; charset=utf-8"
_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The metrics of one application, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        labels = ("method", "route", "status")
        self._requests = Counter("medinfo_http_requests", "Requests answered.", labels, registry=self.registry)
        self._seconds = Histogram(
            "medinfo_http_request_seconds",
            "Time to answer.",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._age = Gauge("medinfo_knowledge_age_months", "Age of a source.", ("source",), registry=self.registry)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request.

        Args:
            route: the route's template, so that labels stay few.
            seconds: time from the first byte of the request's head to the end of the answer.
        """
        self._requests.labels(method if method in _METHODS else "other", route, f"{status // 100}xx").inc()
        self._seconds.labels(route).observe(seconds)

    def knowledge(self, source: str, months: int) -> None:
        """Note the age of a source in use, in whole months."""
        self._age.labels(source).set(months)

    def text(self) -> bytes:
        """All metrics in Prometheus' text form."""
        return generate_latest(self.registry)
