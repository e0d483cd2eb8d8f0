"""How long and foreign texts are fitted into Slack's blocks."""

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.blocks import HEADER_LIMIT, cut, escaped, header, sections


@given(st.lists(st.text(min_size=1, max_size=900), max_size=30), st.integers(1, 400))
def test_long_paragraphs_are_split_and_long_verdicts_stay_whole(lines: list[str], length: int) -> None:
    assert all(0 < len(block["text"]["text"]) <= 3000 for block in sections(lines))
    verdict = header("x" * length)
    assert verdict["type"] == ("header" if length <= HEADER_LIMIT else "section")
    assert "x" * length in verdict["text"]["text"]


@given(st.text(max_size=50), st.integers(1, 60))
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, limit: int) -> None:
    shown = cut(text, limit)
    assert len(shown) <= limit
    assert shown == text or shown.endswith("…")


@given(st.text())
def test_escaped_text_holds_no_sign_that_slack_reads(text: str) -> None:
    plain = escaped(text)
    assert "<" not in plain and ">" not in plain
    assert plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text
