"""The page in a real browser; set PLAYGROUND_SCREENSHOTS to a folder to keep pictures of it."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from bot.playground.standin import SlackStandIn

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}: apt-get install chromium")


@pytest.fixture
async def page(slack: SlackStandIn) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = await browser.new_page(locale="en-US", viewport={"width": 1000, "height": 900})
        await page.goto(str(slack.url))
        yield page
        await browser.close()


async def keep_screenshot(page: Page, name: str) -> None:
    """Keep a picture of the page, if somebody wants to look at it."""
    if folder := os.environ.get("PLAYGROUND_SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def type_command(page: Page, text: str, *, label: str = "Type a command and press Enter") -> None:
    await page.get_by_label(label).fill(text)
    await page.get_by_label(label).press("Enter")


async def test_a_newcomer_types_a_command_presses_a_button_and_fills_in_a_form(page: Page, slack: SlackStandIn) -> None:
    outside: list[str] = []
    page.on(
        "request",
        lambda request: None if request.url.startswith(str(slack.url)) else outside.append(request.url),
    )
    await type_command(page, "/score security")
    await expect(page.get_by_text("Security: 58 of 100 points")).to_be_visible()
    await expect(page.get_by_text("Only visible to you")).to_be_visible()
    await expect(page.get_by_role("table", name="Details")).to_contain_text("Net customer adds")
    await keep_screenshot(page, "card-en")

    await page.get_by_role("button", name="Update figures").click()
    form = page.get_by_role("dialog", name="Update figures")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("Please complete this required field.")).to_be_visible()
    await form.get_by_label("Customers").fill("1001")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("At most 1000.")).to_be_visible()
    await keep_screenshot(page, "form-en")
    await form.get_by_label("Customers").fill("12")
    await form.get_by_label("Note").fill("by phone")
    await form.get_by_label("Track").select_option("Enterprise")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_be_hidden()

    await page.get_by_role("button", name="Messages with Seventy").click()
    await expect(page.get_by_text("Saved: 12 (by phone)")).to_be_visible()
    assert outside == []


async def test_the_page_speaks_the_language_of_the_person_one_acts_as(page: Page) -> None:
    await page.get_by_text("日本語").click()
    await expect(page.get_by_text("スラッシュコマンドで Seventy に話しかけてみましょう")).to_be_visible()
    await type_command(page, "/score security", label="コマンドを入力して Enter を押します")
    await expect(page.get_by_text("セキュリティ: 58 / 100 点")).to_be_visible()
    await expect(page.get_by_text("あなただけに表示されています")).to_be_visible()
    await keep_screenshot(page, "card-ja")
    await type_command(page, "/nope", label="コマンドを入力して Enter を押します")
    await expect(page.get_by_text("は有効なコマンドではありません")).to_be_visible()
    await page.get_by_text("English").click()
    await expect(page.get_by_text("セキュリティ: 58 / 100 点")).to_be_hidden()


async def test_what_the_app_posts_by_itself_appears_and_can_be_inspected(page: Page, slack: SlackStandIn) -> None:
    await expect(page.get_by_text("Talk to Seventy with slash commands")).to_be_visible()
    await slack.mention("hello", user="U0HANAKO")
    await expect(page.get_by_text("Yes?")).to_be_visible()
    await page.get_by_role("button", name="Inspect").click()
    await expect(page.get_by_text('"method": "chat.postMessage"')).to_be_visible()


async def test_arrow_up_brings_back_what_was_typed(page: Page) -> None:
    await type_command(page, "/score security")
    await expect(page.get_by_text("Security: 58 of 100 points")).to_be_visible()
    field = page.get_by_label("Type a command and press Enter")
    await field.press("ArrowUp")
    await expect(field).to_have_value("/score security")
    await field.press("ArrowDown")
    await expect(field).to_have_value("")
