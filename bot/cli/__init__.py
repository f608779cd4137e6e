"""The command line: one file a command group; it reads arguments, calls a service, prints.

Groups import what they need when they run, so that `--help` and `analyse` start at once.
"""

import sys

from bot.cli.output import side
from bot.errors import PolicywireError, UsageError, sole

FAILED, USAGE = 1, 2


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; exits with 0, 1 (it failed and said why) or 2 (usage)."""
    from bot.cli.commands import application

    try:
        application()(args=arguments, prog_name="policywire")
    except (PolicywireError, ExceptionGroup) as raised:
        error = sole(raised)
        if not isinstance(error, PolicywireError):
            raise
        side().print(f"policywire: {error}")
        sys.exit(USAGE if isinstance(error, UsageError) else FAILED)
    except KeyboardInterrupt:
        side().print("Stopped.")
        sys.exit(130)
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`): nothing is wrong.
        sys.stderr.close()
        sys.exit(FAILED)
