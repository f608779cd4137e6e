"""What can go wrong, said so that the person reading it can act.

PolicywireError
├── UsageError               a command, option or value that is not understood
│   ├── NotFound             a named thing that is not there
│   └── NotAllowed           the person may not do this
├── ConfigError              a file of settings, with its line
├── StoreError               the database: locked, read-only, full, newer than the program
├── PlatformRefused          a chat platform does not know our token
├── FeedError                a feed that cannot be fetched or read, with its `kind`
└── SendError                a message that a platform did not take
    ├── MessageRefused       the content: park this message alone
    ├── MessageGone          an edit of a message that is no longer there
    ├── ChannelUnavailable   the channel: deleted, no access
    ├── WorkspaceUnavailable the workspace: token revoked, uninstalled
    ├── Wait                 a rate limit or outage: try again later
    └── OutcomeUnknown       posted or not? look before trying again
"""

from enum import StrEnum
from pathlib import Path


class PolicywireError(Exception):
    """Base of all errors with a message for a person."""


def sole(error: Exception) -> Exception:
    """The error itself; out of a task group, the one that it holds, if it holds just one."""
    while isinstance(error, ExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error


class UsageError(PolicywireError):
    """What was typed cannot be done; the message says what would be."""


class NotFound(UsageError):
    """A named thing does not exist here; `suggestions` holds the nearest names.

    `instead` says what else to do, where no name is near.
    """

    def __init__(
        self, what: str, name: str, suggestions: tuple[str, ...] = (), *, instead: str = ""
    ) -> None:
        self.what, self.name, self.suggestions = what, name, suggestions
        hint = f"Did you mean {_either(suggestions)}?" if suggestions else instead
        super().__init__(f"There is no {what} “{name}”. {hint}".rstrip())


class NotAllowed(UsageError):
    """The person lacks a right; the message names the right and who has it."""


class ConfigError(PolicywireError):
    """A bad file of settings; `path` and `line` (from 1) say where."""

    def __init__(self, path: Path | str, problem: str, line: int | None = None) -> None:
        self.path, self.problem, self.line = Path(path), problem, line
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{where}: {problem}")


class StoreError(PolicywireError):
    """The database cannot be used as asked."""


class AlreadyRunning(StoreError):
    """Another process polls and sends on this database."""

    def __init__(self, database: str, process: str = "") -> None:
        by = f" (process {process})" if process else ""
        super().__init__(
            f"policywire already runs on {database}{by}. Stop that one first, or give this one "
            "another DATABASE_URL; `poll`, `console` and the other commands work beside it."
        )


class FeedErrorKind(StrEnum):
    """Why a feed could not be read; the words are what `status` and `feeds check` show."""

    REFUSED = "refused address"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timed out"
    CERTIFICATE = "bad certificate"
    BLOCKED = "blocked"
    NOT_FOUND = "not found"
    GONE = "gone"
    HTTP = "HTTP error"
    THROTTLED = "asked to wait"
    REDIRECTS = "redirect loop"
    TOO_LARGE = "too large"
    HTML = "a page instead of a feed"
    NOT_A_FEED = "not a feed"
    EMPTY = "empty"


class FeedError(PolicywireError):
    """A feed that could not be fetched or read.

    `retry_after` is in seconds where the server named one.
    """

    def __init__(self, kind: FeedErrorKind, message: str, retry_after: float | None = None) -> None:
        self.kind, self.retry_after = kind, retry_after
        super().__init__(message)


class PlatformRefused(PolicywireError):
    """A chat platform refuses what it was configured with; trying again mends nothing."""


class SendError(PolicywireError):
    """A platform did not take a message; `reason` is its own word."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class MessageRefused(SendError):
    """The content was refused: park this message alone and go on."""


class MessageGone(SendError):
    """The message to edit is gone: stop editing it, never post it again."""


class ChannelUnavailable(SendError):
    """The channel is deleted, archived or closed to us: park it and pause its subscriptions."""


class WorkspaceUnavailable(SendError):
    """The workspace is closed to us (token revoked, uninstalled): pause all of it."""


class Wait(SendError):
    """Not now. `seconds` is the platform's own time, None where it named none."""

    def __init__(
        self, reason: str, seconds: float | None = None, *, whole_workspace: bool = False
    ) -> None:
        self.seconds, self.whole_workspace = seconds, whole_workspace
        super().__init__(reason)


class OutcomeUnknown(SendError):
    """The connection broke after the message left: it may stand in the channel already."""


def _either(names: tuple[str, ...]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " or " + quoted[-1]
