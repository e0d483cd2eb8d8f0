"""Answers what Slack itself tells a person when a command or a form goes wrong."""

_NOTICES = {
    "unknown_command": (
        "`{command}` is not a valid command. Type /score help to see what the app can do.",
        "`{command}` は有効なコマンドではありません。使い方は /score help で確認できます。",
    ),
    "command_failed": (
        "`{command}` failed with the error “{failure}”.",
        "`{command}` はエラー「{failure}」のため失敗しました。",
    ),
    "press_failed": (
        "The app did not accept what you pressed: “{failure}”.",
        "アプリが操作を受け付けませんでした:「{failure}」",
    ),
    "view_failed": (
        "We had some trouble connecting. Try again?",
        "接続に問題が発生しました。もう一度お試しください。",
    ),
}


def notice(name: str, locale: str, **parts: str) -> str:
    """Give one of Slack's own lines in the person's language."""
    return _NOTICES[name][locale.startswith("ja")].format(**parts)
