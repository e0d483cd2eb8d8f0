"""Answers the Web API methods about modals and home tabs."""

from typing import Any

from bot.playground.api_calls import ApiRefusedError, Arguments, Reply
from bot.playground.block_limits import refusals
from bot.playground.elements import placed, with_ids
from bot.playground.tickets import TicketRefusedError, Tickets
from bot.playground.workspace import View, Workspace

MOST_VIEWS = 3


def open_view(workspace: Workspace, tickets: Tickets, arguments: Arguments) -> Reply:
    """Open a modal in place of what is open; the trigger id is good for three seconds and one view."""
    content = checked_view(arguments.get("view"), "modal")
    user = _person_of(tickets, arguments)
    view = new_view(workspace, user, content)
    workspace.views[user] = [view]
    workspace.touch()
    return {"view": view.to_slack(workspace.team_id)}


def push_view(workspace: Workspace, tickets: Tickets, arguments: Arguments) -> Reply:
    """Put a modal on top of the one that is open."""
    content = checked_view(arguments.get("view"), "modal")
    return {"view": stack_view(workspace, _person_of(tickets, arguments), content).to_slack(workspace.team_id)}


def update_view(workspace: Workspace, arguments: Arguments) -> Reply:
    """Give an open modal a new content; a hash says which version the app knows."""
    content = checked_view(arguments.get("view"), "modal")
    view = workspace.view(str(arguments.get("view_id") or arguments.get("external_id")))
    if view is None:
        raise ApiRefusedError("not_found")
    if arguments.get("hash") not in (None, view.hash):
        raise ApiRefusedError("hash_conflict")
    replace_view(workspace, view, content)
    return {"view": view.to_slack(workspace.team_id)}


def publish_view(workspace: Workspace, arguments: Arguments) -> Reply:
    """Give a person's home tab a new content."""
    user = arguments.get("user_id")
    if user not in workspace.people:
        raise ApiRefusedError("invalid_arguments", ["/user_id: no such user"])
    home = workspace.homes.get(user)
    if arguments.get("hash") and home and arguments["hash"] != home.hash:
        raise ApiRefusedError("hash_conflict")
    content = checked_view(arguments.get("view"), "home")
    if home is None:
        home = workspace.homes[user] = new_view(workspace, user, content)
        workspace.touch()
    else:
        replace_view(workspace, home, content)
    return {"view": home.to_slack(workspace.team_id)}


def checked_view(view: Any, kind: str) -> dict[str, Any]:
    """Take a view that Slack would accept.

    Raises: ApiRefusedError for what Slack refuses.
    """
    if not isinstance(view, dict) or view.get("type") != kind:
        raise ApiRefusedError("invalid_arguments", [f"/view: must be an object of type {kind}"])
    if found := refusals(view):
        raise ApiRefusedError("invalid_arguments", [f"/view{problem}" for problem in found])
    return view


def new_view(workspace: Workspace, user: str, content: dict[str, Any], *, below: View | None = None) -> View:
    """Make a view, naming its blocks; `below` is the one it is put on."""
    view_id = workspace.new_id("V")
    workspace.latest = View(
        id=view_id,
        user=user,
        content=content | {"blocks": with_ids(content["blocks"], workspace.new_id)},
        hash=workspace.new_id("hash."),
        root_id=below.root_id if below else view_id,
        previous_id=below.id if below else None,
    )
    return workspace.latest


def stack_view(workspace: Workspace, user: str, content: dict[str, Any]) -> View:
    """Put a modal on top of a person's open ones.

    Raises: ApiRefusedError when three are open, or none.
    """
    open_views = workspace.views[user]
    if len(open_views) >= MOST_VIEWS:
        raise ApiRefusedError("push_limit_reached")
    if not open_views:
        raise ApiRefusedError("invalid_arguments", ["no modal is open to put another one on"])
    open_views.append(new_view(workspace, user, content, below=open_views[-1]))
    workspace.touch()
    return open_views[-1]


def replace_view(workspace: Workspace, view: View, content: dict[str, Any]) -> None:
    """Change a view; inputs that keep both their block_id and action_id keep what was filled in."""
    view.content = content | {"blocks": with_ids(content["blocks"], workspace.new_id)}
    workspace.latest = view
    view.hash, view.errors, view.failure = workspace.new_id("hash."), {}, None
    kept = {candidate.key for candidate in placed(view.blocks)}
    view.held = {key: value for key, value in view.held.items() if key in kept}
    workspace.touch()


def _person_of(tickets: Tickets, arguments: Arguments) -> str:
    try:
        return tickets.use_trigger(str(arguments.get("trigger_id")))
    except TicketRefusedError as error:
        raise ApiRefusedError(str(error)) from error
