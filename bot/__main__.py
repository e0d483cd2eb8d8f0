"""`python -m bot`: the app on real Slack, by Socket Mode when an app-level token is set, else over HTTP."""

import asyncio
import logging
import os
import sys

from bot.settings import Settings, SettingsError, check_slack_settings, load_settings


def main() -> int:
    """Start and stay; a wrong setting is one sentence and exit code 2."""
    try:
        settings = load_settings()
        check_slack_settings(settings)
    except SettingsError as error:
        print(f"Seventy cannot start: {error}", file=sys.stderr)  # noqa: T201 - there is no log yet
        return 2
    logging.basicConfig(level=settings.seventy_log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    os.environ.pop("SLACK_BOT_TOKEN", None)  # Bolt would read it a second time, and warn that it has two
    # Slack's and Bolt's libraries take half a second to load: a wrong token is told before that.
    from bot.running import StartError, run

    try:
        asyncio.run(run(settings))
    except StartError as error:
        print(f"Seventy cannot start: {error}", file=sys.stderr)  # noqa: T201
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


__all__ = ["Settings", "main"]

if __name__ == "__main__":
    sys.exit(main())
