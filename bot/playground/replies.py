"""Answers what a person sees of the app's reply to a command, a press or a submitted modal."""

from dataclasses import replace
from typing import Any

from bot.playground.api_calls import ApiRefusedError
from bot.playground.chat_methods import checked_content
from bot.playground.delivery import Answer
from bot.playground.notices import notice
from bot.playground.view_methods import checked_view, replace_view, stack_view
from bot.playground.workspace import BOT_USER_ID, SLACKBOT_ID, Channel, Message, Person, View, Workspace


def show_command_reply(workspace: Workspace, answer: Answer, person: Person, channel: Channel) -> Answer:
    """Turn the body of a slash command's reply into a message, or a failure into a line of Slack's own."""
    content = answer.json or {"text": answer.body}
    if answer.is_ok and any(content.get(name) for name in ("text", "blocks")):
        try:
            text, blocks = checked_content(content)
        except ApiRefusedError as refused:
            answer = replace(answer, refused=tuple(refused.messages or [refused.code]))
        else:
            seen_by = None if content.get("response_type") == "in_channel" else person.id
            message = Message(channel.id, workspace.new_ts(), BOT_USER_ID, text, blocks, visible_to=seen_by)
            message.exchange = _exchange(answer)
            workspace.post(message)
    if answer.failure:
        # Bolt answers 404 to what no listener knows; Slack would not even have sent an unregistered command.
        name = "unknown_command" if answer.status == 404 else "command_failed"
        command = str(answer.request["command"])
        _tell(
            workspace,
            answer,
            person,
            channel.id,
            notice(name, person.locale, command=command, failure=answer.failure),
        )
    return answer


def note_refusal(workspace: Workspace, answer: Answer, person: Person, source: Message | View) -> None:
    """Tell a person that the app did not accept a press; the body of an accepted one means nothing."""
    if answer.failure is None:
        return
    line = notice("press_failed", person.locale, failure=answer.failure)
    if isinstance(source, View):
        source.failure = line
        workspace.touch()
    else:
        _tell(workspace, answer, person, source.channel, line)


def obey_submission(workspace: Workspace, answer: Answer, view: View) -> Answer:
    """Do with a submitted modal what the app replied: close it, show errors, update it, or stack another."""
    view.exchange = _exchange(answer)
    try:
        _obey(workspace, answer, view)
    except ApiRefusedError as refused:
        answer = replace(answer, refused=tuple(refused.messages or [refused.code]))
    if answer.failure:
        view.failure = notice("view_failed", workspace.people[view.user].locale)
    workspace.touch()
    return answer


def _obey(workspace: Workspace, answer: Answer, view: View) -> None:
    open_views, reply = workspace.views[view.user], answer.json
    what = reply.get("response_action")
    if not answer.is_ok:
        return
    if what == "errors":
        view.errors = _checked_errors(view, reply.get("errors"))
    elif what == "update":
        replace_view(workspace, view, checked_view(reply.get("view"), "modal"))
    elif what == "push":
        stack_view(workspace, view.user, checked_view(reply.get("view"), "modal"))
    elif what == "clear":
        open_views.clear()
    elif what is None and view in open_views:
        open_views.remove(view)


def _checked_errors(view: View, errors: Any) -> dict[str, str]:
    inputs = [block["block_id"] for block in view.blocks if block["type"] == "input"]
    if not isinstance(errors, dict) or not errors:
        raise ApiRefusedError("invalid_arguments", ["/errors: must be an object that is not empty"])
    if strangers := [name for name in errors if name not in inputs]:
        raise ApiRefusedError("invalid_arguments", [f"/errors/{name}: no such input block" for name in strangers])
    return errors


def _tell(workspace: Workspace, answer: Answer, person: Person, channel: str, line: str) -> None:
    message = Message(channel, workspace.new_ts(), SLACKBOT_ID, line, visible_to=person.id)
    message.exchange = _exchange(answer)
    workspace.post(message)


def _exchange(answer: Answer) -> dict[str, Any]:
    reply: dict[str, Any] = {"status": answer.status, "seconds": round(answer.seconds, 4)}
    reply["body"] = answer.json or answer.body
    if answer.refused:
        reply["refused_by_slack"] = list(answer.refused)
    return {"request": answer.request, "reply": reply}
