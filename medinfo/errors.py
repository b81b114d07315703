"""The one tree of errors.

Every error that a user can cause is a `UserError`: it has a stable `code`, a sentence for a person, and where it
helps what to do next. The command line prints it as one line; the API renders it as problem details, in the
caller's language, from the phrases `error.<code>`.

    MedinfoError
    ├── UserError                 somebody's input or request cannot be used
    │   ├── InvalidCode           a code of a coding system does not hold (form or check digit)
    │   ├── InvalidInput          any other input out of its bounds
    │   ├── NotFound              the thing asked for is not there
    │   ├── UnusableSource        a file given for import is not what it should be
    │   ├── UnusableDocument      a file given for translation cannot be read or is out of bounds
    │   ├── UnsupportedPair       no installed model translates between these languages
    │   ├── NoModel               no translation model is installed
    │   ├── Overloaded            more is waiting than can be taken; try again later
    │   ├── StorageUnavailable    the database cannot be opened or used
    │   └── Cancelled             the caller stopped the work
    ├── UnsafeConfiguration       settings that would expose data; the service refuses to start
    └── KnowledgeError            tables of knowledge contradict each other (a defect of a build)
"""

from __future__ import annotations

from collections.abc import Mapping


class MedinfoError(Exception):
    """The root of all errors raised on purpose.

    Args:
        detail: one English sentence for a person.
        hint: what to do next, in English, or empty.
        params: values for the translated phrase `error.<code>`.
    """

    code = "internal"
    status = 500

    def __init__(self, detail: str, *, hint: str = "", params: Mapping[str, str | int] | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.hint = hint
        self.params = dict(params or {})


class UserError(MedinfoError):
    """Somebody's input or request cannot be used."""

    code = "bad-request"
    status = 400


class InvalidCode(UserError, ValueError):
    """A code of a coding system does not hold: wrong form or wrong check digit."""

    code = "invalid-code"
    status = 422


class InvalidInput(UserError, ValueError):
    """An input is out of its bounds."""

    code = "invalid-input"
    status = 422


class NotFound(UserError, LookupError):
    """The thing asked for is not there."""

    code = "not-found"
    status = 404


class UnusableSource(UserError):
    """A file given for import is not what it should be."""

    code = "unusable-source"
    status = 422


class UnusableDocument(UserError):
    """A file given for translation cannot be read, or is out of bounds."""

    code = "unusable-document"
    status = 422


class UnsupportedPair(UserError, ValueError):
    """No installed model translates between these languages. Params: `source`, `target`."""

    code = "unsupported-pair"
    status = 422


class NoModel(UserError):
    """No translation model is installed. Params: `command`, the one command that installs one."""

    code = "no-model"
    status = 503


class Overloaded(UserError):
    """More is waiting than can be taken.

    Args:
        retry_after: seconds after which to try again; the API's `Retry-After`.
    """

    code = "overloaded"
    status = 503

    def __init__(self, detail: str, *, retry_after: int = 5, hint: str = "") -> None:
        super().__init__(detail, hint=hint, params={"seconds": retry_after})
        self.retry_after = retry_after


class StorageUnavailable(UserError):
    """The database cannot be opened: wrong address, not reachable, or written by a newer version."""

    code = "storage-unavailable"
    status = 503


class Cancelled(UserError):
    """The caller stopped the work."""

    code = "cancelled"
    status = 409


class UnsafeConfiguration(UserError):
    """The settings would expose data; the service refuses to start."""

    code = "unsafe-configuration"


class KnowledgeError(MedinfoError):
    """Tables of knowledge contradict each other."""

    code = "knowledge-error"
