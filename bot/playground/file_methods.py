"""Answers the app's questions about files."""

from bot.playground.api_calls import ApiRefusedError, Arguments, Reply
from bot.playground.workspace import Workspace

SCOPE = "files:read"


def files_info(workspace: Workspace, scopes: str, arguments: Arguments) -> Reply:
    """Describe a file, with the address of its bytes; `scopes` are those that the token has."""
    if SCOPE not in scopes.split(","):
        raise ApiRefusedError("missing_scope")
    file = workspace.files.get(str(arguments.get("file")))
    if file is None:
        raise ApiRefusedError("file_not_found")
    return {"file": file.to_slack(workspace.address, workspace.team_id), "comments": []}
