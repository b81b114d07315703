"""What the API refuses for reasons of its own; the rest of the errors is in `medinfo.errors`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from medinfo.errors import InvalidInput, UserError


class FailedChecks(UserError):
    """A translation that a person wants to approve does not pass the checks.

    Args:
        failures: what failed, in the shape of `api.translation_shapes.FailureOut`.
    """

    code = "failed-checks"
    status = 409

    def __init__(self, failures: Sequence[dict[str, Any]]) -> None:
        super().__init__(
            "The translation did not pass the checks and was not stored: see failures.",
            hint="Send confirm if a person stands by it.",
        )
        self.failures = list(failures)


class NoResult(UserError):
    """The result of a job is asked for that has none (yet)."""

    code = "no-result"
    status = 409


class UndetectedLanguage(InvalidInput):
    """The language of a text cannot be told."""

    code = "undetected-language"
