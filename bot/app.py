"""The Slack app: one object with every listener, the same in production, in the playground and in tests."""

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import failures, score_listeners
from bot.slack.figures_listeners import FiguresListeners
from bot.slack.import_listeners import ImportListeners
from bot.slack.services import Services


def build_app(services: Services) -> AsyncApp:
    """The app with all its listeners.

    `process_before_response` makes the reply travel in the HTTP response, without the 10 ms poll of Bolt's default;
    what takes longer than a moment is a lazy listener. `retry_handlers=[]`: the SDK's default repeats a post whose
    answer was lost.
    """
    settings = services.settings
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else None
    secret = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else None
    client = AsyncWebClient(
        token=token,
        base_url=settings.slack_api_url,
        timeout=int(settings.slack_timeout) or 1,
        retry_handlers=[],
    )
    app = AsyncApp(client=client, signing_secret=secret, process_before_response=True)
    failures.register(app, services)
    forms, imports = FiguresListeners(services), ImportListeners(services)
    score_listeners.register(app, services, forms.open_by_command, imports.open)
    forms.register(app)
    imports.register(app)
    return app
