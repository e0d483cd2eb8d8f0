"""Every button and menu of every card and form is heard by the app and leads to something Slack can show."""

import copy
from typing import Any

import pytest

from bot.playground.block_limits import problems
from bot.playground.elements import placed
from bot.playground.workspace import BOT_USER_ID, Message, View
from bot.slack import action_ids
from tests.bot.conftest import CHANNEL, READERS, TEAM, Seventy, first_line, said

TYPED = ("", "security", "help", "sample", "securty", "figures securty", "on 2020-01-01", "security on 2027-03-01")
OTHERS = ("FIGURES_", "IMPORT_", "UNDO_FILES")  # names of forms, and what test_import.py presses
LISTENED = {value for name, value in vars(action_ids).items() if name.isupper() and not name.startswith(OTHERS)}

Press = tuple[str, str, str | None]  # kind of element, action_id, value


def presses(source: Message | View) -> list[Press]:
    """All that can be pressed or chosen."""
    found: list[Press] = []
    for one in placed(source.blocks):
        element = one.element
        if element["type"] == "button":
            found.append(("button", element["action_id"], element.get("value")))
        elif element["type"] == "static_select":
            found += [("menu", element["action_id"], option["value"]) for option in element["options"]]
    return found


class Walk:
    """A person who presses everything there is, once."""

    def __init__(self, seventy: Seventy, user: str) -> None:
        self.seventy = seventy
        self.user = user
        self.done: set[Press] = set()

    async def everything(self, card: Message) -> None:
        """Press all of a card, and of the cards that come of it."""
        for press in presses(card):
            if press in self.done:
                continue
            self.done.add(press)
            await self.one(self.again(card), press)

    def again(self, card: Message) -> Message:
        """The same card once more: a press replaces it."""
        ts, blocks = self.seventy.slack.workspace.new_ts(), copy.deepcopy(card.blocks)
        fresh = Message(CHANNEL, ts, BOT_USER_ID, card.text, blocks, visible_to=self.user)
        return self.seventy.slack.workspace.post(fresh)

    async def one(self, card: Message, press: Press) -> None:
        kind, action_id, value = press
        before = copy.deepcopy(card.blocks)
        act: Any = self.seventy.press if kind == "button" else self.seventy.choose
        call: Any = await act(card, action_id, user=self.user, value=value)
        if call.method == "views.open":
            assert not problems(call.arguments["view"]), press
            return
        assert not problems(call.arguments), press
        assert card.blocks != before, press
        assert first_line(card), press
        assert card.text, press
        await self.everything(card)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("is_known", [True, False])
async def test_every_button_and_menu_of_every_card_leads_somewhere(
    seventy: Seventy, language: str, is_known: bool
) -> None:
    if is_known:
        await seventy.know_sample()
    walk = Walk(seventy, READERS[language])
    for typed in TYPED:
        await walk.everything(await seventy.score(typed, user=walk.user))
    pressed = {action_id.partition(":")[0] for _, action_id, _ in walk.done}
    assert pressed >= {"show_help", "show_sample", "enter_figures", "show_area", "show_all_areas"}
    assert {"choose_area"} <= pressed or not is_known


async def test_every_name_in_the_list_of_actions_stands_on_some_card_or_form(company: Seventy) -> None:
    walk = Walk(company, READERS["en"])
    for typed in TYPED:
        await walk.everything(await company.score(typed, user=walk.user))
    form = await company.form("figures security", user=walk.user)
    seen = {action_id.partition(":")[0] for _, action_id, _ in walk.done} | {press[1] for press in presses(form)}
    await company.submit(form, {"security:enterprise:deployments::value": "9"}, user=walk.user)
    seen |= {press[1] for press in presses(company.slack.views[walk.user][-1])}
    assert seen & LISTENED == LISTENED


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_every_choice_of_area_and_track_in_the_form_shows_a_form_that_slack_takes(
    company: Seventy, language: str
) -> None:
    user = READERS[language]
    form = await company.form("figures", user=user)
    areas = [value for _, action_id, value in presses(form) if action_id == action_ids.FORM_AREA]
    assert areas == list(company.services.rulebook.areas)
    for area in areas:
        await company.choose(form, action_ids.FORM_AREA, str(area), user=user)
        for track in ("smb", "enterprise"):
            call = await company.choose(form, action_ids.FORM_TRACK, track, user=user)
            assert not problems(call.arguments["view"])
            assert form.content["private_metadata"] == f"{area} {track}"


async def test_a_button_of_an_area_that_was_renamed_since_is_answered(company: Seventy) -> None:
    card = await company.score("securty")
    card.blocks[1]["elements"][0]["value"] = "windows_phone"
    await company.press(card, "show_area:security")
    assert first_line(card) == 'No area is called "windows_phone".'


async def test_a_button_without_a_listener_would_be_noticed_by_these_tests(company: Seventy) -> None:
    card = await company.score("help")
    card.blocks[-1]["elements"][0]["action_id"] = "nobody_listens"
    answer = await company.slack.click(card, "nobody_listens", user=READERS["en"])
    assert answer.status == 404


async def test_a_press_that_slack_sends_twice_shows_the_same_card(company: Seventy) -> None:
    card = await company.score("help")
    twin = Walk(company, READERS["en"]).again(card)
    await company.press(card, "show_all_areas")
    await company.press(twin, "show_all_areas")
    assert said([{**block, "block_id": ""} for block in card.blocks]) == said(twin.blocks)
    assert await company.services.worker.call(lambda store: len(store.imports(TEAM))) == 1
