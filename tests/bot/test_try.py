"""`make try` as a newcomer meets it: a real browser, the real app, both languages.

Set SEVENTY_SCREENSHOTS to a folder to keep a picture of each step.
"""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.bot.conftest import environment

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
START_SECONDS = 10.0
needs_browser = pytest.mark.skipif(
    not CHROMIUM.exists() and not os.environ.get("CI"), reason=f"no Chromium at {CHROMIUM}: apt-get install chromium"
)


@dataclass(frozen=True)
class Words:
    """What a person of one language reads and presses on the way."""

    person: str
    composer: str
    verdict: str
    at_risk: str
    did_you_mean: str
    show: str
    enter: str
    form: str
    deployments: str
    save: str
    saved: str
    qualified: str
    undo: str
    undone: str
    close: str
    helped: str


EN = Words(
    person="English",
    composer="Type a command and press Enter",
    verdict="Security: 64.0 / 100, 6.0 short of 70",
    at_risk="Renewal at risk: Security is 6.0 points short of 70",
    did_you_mean="Did you mean Security?",
    show="Show Security",
    enter="Enter figures",
    form="Enter figures",
    deployments="Deployments: figure",
    save="Save",
    saved="1 figure of Security saved",
    qualified="Security: 70.7 / 100, qualifies",
    undo="Undo",
    undone="Undone. The figures before are back.",
    close="Close",
    helped="What you can ask",
)
JA = Words(
    person="日本語",
    composer="コマンドを入力して Enter を押します",
    verdict="Security: 64.0 / 100、70点まであと6.0点",
    at_risk="更新に注意: Securityが70点まであと6.0点",
    did_you_mean="のことですか?",
    show="Securityを表示",
    enter="数字を入力",
    form="数字の入力",
    deployments="導入数 (Deployments): 数値",
    save="保存",
    saved="Securityの数字を1件保存しました",
    qualified="Security: 70.7 / 100、基準を満たしています",
    undo="元に戻す",
    undone="元に戻しました。",
    close="閉じる",
    helped="使い方",
)


def is_empty(folder: Path) -> bool:
    return not any(folder.iterdir())


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """Where `python -m bot.playground` says that it is running."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot.playground"),
        cwd=tmp_path,
        env=environment({}),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout and process.stderr
    try:
        async with asyncio.timeout(START_SECONDS):
            said = (await process.stdout.readuntil(b"Ctrl-C.")).decode()
        found = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert found, said
        yield found[0]
    finally:
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(10):
            _, errors = await process.communicate()
    assert b"Traceback" not in errors, errors.decode()
    assert process.returncode == 0
    assert is_empty(tmp_path)


async def test_the_playground_prints_its_address_within_seconds_and_leaves_nothing_behind(address: str) -> None:
    assert address.startswith("http://127.0.0.1:")


@pytest.fixture
async def page(address: str) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = await browser.new_page(locale="en-US", viewport={"width": 1000, "height": 1000})
        await page.goto(address)
        yield page
        await browser.close()


async def keep(page: Page, name: str) -> None:
    """Keep a picture of this step, if somebody wants to look at it."""
    if folder := os.environ.get("SEVENTY_SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def type_command(page: Page, words: Words, text: str) -> None:
    field = page.get_by_label(words.composer)
    await field.fill(text)
    await field.press("Enter")


@needs_browser
@pytest.mark.parametrize(("language", "words"), [("en", EN), ("ja", JA)])
async def test_a_newcomer_asks_corrects_a_typo_enters_a_figure_and_takes_it_back(
    page: Page, language: str, words: Words
) -> None:
    outside: list[str] = []
    page.on("request", lambda one: None if "127.0.0.1" in one.url else outside.append(one.url))
    await page.get_by_text(words.person).click()
    await keep(page, f"{language}-1-start")

    await type_command(page, words, "/score")
    await expect(page.get_by_text(words.at_risk).first).to_be_visible()
    await keep(page, f"{language}-2-all")

    await type_command(page, words, "/score security")
    await expect(page.get_by_text(words.verdict).first).to_be_visible()
    await keep(page, f"{language}-3-security")

    await type_command(page, words, "/score securty")
    await expect(page.get_by_text(words.did_you_mean).last).to_be_visible()
    await keep(page, f"{language}-4-typo")
    await page.get_by_role("button", name=words.show).last.click()
    await expect(page.get_by_text(words.did_you_mean)).to_have_count(0)
    await expect(page.get_by_text(words.verdict)).to_have_count(2)

    await page.get_by_role("button", name=words.enter).last.click()
    form = page.get_by_role("dialog", name=words.form)
    await expect(form.get_by_label(words.deployments)).to_be_visible()
    await keep(page, f"{language}-5-form")
    await form.get_by_label(words.deployments).fill("many")
    await form.get_by_role("button", name=words.save).click()
    await keep(page, f"{language}-6-form-error")
    await form.get_by_label(words.deployments).fill("6")
    await form.get_by_role("button", name=words.save).click()

    saved = page.get_by_role("dialog")
    await expect(saved.get_by_text(words.saved)).to_be_visible()
    await expect(saved.get_by_text(words.qualified)).to_be_visible()
    await keep(page, f"{language}-7-saved")
    await saved.get_by_role("button", name=words.undo).click()
    await expect(saved.get_by_text(words.undone)).to_be_visible()
    await expect(saved.get_by_text(words.verdict)).to_be_visible()
    await keep(page, f"{language}-8-undone")
    await saved.get_by_role("button", name=words.close).last.click()
    await expect(page.get_by_role("dialog")).to_have_count(0)

    await type_command(page, words, "/score help")
    await expect(page.get_by_text(words.helped).last).to_be_visible()
    await keep(page, f"{language}-9-help")
    assert outside == []


@dataclass(frozen=True)
class ImportWords:
    """What a person of one language reads and presses while importing a file."""

    title: str
    files: str
    send: str
    checked: str
    apply: str
    imported: str


IMPORT_EN = ImportWords("Import files", "Files (up to 10)", "Check", "nothing applied yet", "Apply", "Imported")
IMPORT_JA = ImportWords(
    title="ファイルの取り込み",
    files="ファイル(10個まで)",
    send="内容を確認",
    checked="まだ反映していません",
    apply="反映する",
    imported="取り込みました",
)


@needs_browser
@pytest.mark.parametrize(("language", "words", "own"), [("en", EN, IMPORT_EN), ("ja", JA, IMPORT_JA)])
async def test_a_newcomer_imports_a_file_and_takes_it_back(
    page: Page, language: str, words: Words, own: ImportWords
) -> None:
    row = b"area,track,metric,value,as_of\nsecurity,enterprise,deployments,6,2026-11-20\n"
    await page.get_by_text(words.person).click()
    await type_command(page, words, "/score import")
    form = page.get_by_role("dialog", name=own.title)
    await form.get_by_label(own.files).set_input_files({"name": "figures.csv", "mimeType": "text/csv", "buffer": row})
    await keep(page, f"{language}-import-1-form")
    await form.get_by_role("button", name=own.send).click()
    await expect(form.get_by_text(own.checked)).to_be_visible()
    await expect(form.get_by_text("64.0 → 70.7")).to_be_visible()
    await keep(page, f"{language}-import-2-check")
    await form.get_by_role("button", name=own.apply).click()
    await expect(form.get_by_text(own.imported)).to_be_visible()
    await keep(page, f"{language}-import-3-imported")
    await form.get_by_role("button", name=words.undo).click()
    await expect(form.get_by_text("70.7 → 64.0")).to_be_visible()
    await keep(page, f"{language}-import-4-undone")
