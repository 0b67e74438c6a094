"""From when and until when a document holds: 自…起施行, 有效期N年, labels of the index header."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ingest.dates import PATTERN as DATE_PATTERN
from ingest.dates import last_day, parse_date
from ingest.numbering import chinese_number

START = re.compile(
    rf"自\s?(?:(?P<date>{DATE_PATTERN})|(?P<issue>(?:印发|发文|公布|发布|颁布|下发|签发)之?日))\s?(?:起|后)?"
    r"(?:满?\s?(?P<days>\d{1,3}|[一二三四五六七八九十]{1,3})\s?[日天](?:之?后|起)?)?"
    rf"(?:(?:至|到)\s?(?P<until>{DATE_PATTERN})止?)?[^。;\n]{{0,6}}(?:施行|实施|执行|生效|起效|试行)"
)
TERM = re.compile(
    r"(?:有效期|实施期限|执行期限|试行期|施行期限|有效期限|试行(?=[\d一二两三四五]))(?:限)?\s?(?:暂定)?(?:为|是|:)?\s?"
    rf"(?:(?P<years>[\d一二两三四五六七八九十]+)\s?年|(?:至|到|截[至止]到?)\s?(?P<until>{DATE_PATTERN}))"
)
SPAN = re.compile(
    rf"(?:有效期限?|施行期限?|试行期限?|执行期限?)(?:为|是|:)?\s?(?:自|从)\s?(?P<date>{DATE_PATTERN})起?\s?(?:至|到)\s?(?P<until>{DATE_PATTERN})"
)
CLOSE = re.compile(
    rf"[,]\s?(?:有效期)?(?:(?:至|到|截至)\s?(?P<until>{DATE_PATTERN})(?:止|终止|废止|失效)?"
    rf"|(?:于\s?)?(?P<ends>{DATE_PATTERN})起?(?:自行|自动)?(?:废止|失效|终止))"
)
OWN_TERM = re.compile("(?<![正副文样版基])本(?!市|省|县|区|级|地|单位|人)|施行|实施|执行|生效|印发")
UNTIL = re.compile(rf"(?:有效期|有效期限|执行)\s?(?:至|到|截[至止]到?)\s?({DATE_PATTERN})")


def terms(text: str, facts: dict[str, date | None]) -> dict[str, date | None]:
    """Validity: 自…起施行, 有效期N年, and labels of the index header. The last statement of the text counts."""
    found = {"effective_on": facts.get("effective_on"), "expires_on": facts.get("expires_on")}
    stated, until = started(text, facts)
    found["effective_on"] = found["effective_on"] or stated
    if found["expires_on"] is None:
        found["expires_on"] = until or end_of(text, found["effective_on"] or facts.get("issued_on"))
    return found


def started(text: str, facts: dict[str, date | None]) -> tuple[date | None, date | None]:
    """The first day that the text states, and the last one where the same words state it (自…至…施行)."""
    starts = [match for match in START.finditer(text) if own_statement(text, match.start())]
    if not starts:
        span = SPAN.search(text)
        own = span is not None and OWN_TERM.search(text, max(0, span.start() - 60), span.start())
        return (parse_date(span["date"]), parse_date(span["until"])) if span and own else (None, None)
    match = starts[-1]
    day = parse_date(match["date"]) if match["date"] else facts.get("issued_on") or facts.get("published_on")
    if day is not None and match["days"]:
        day += timedelta(days=int(match["days"]) if match["days"].isdigit() else chinese_number(match["days"]))
    if match["until"]:
        return day, parse_date(match["until"])
    close = CLOSE.match(text, match.end())
    return day, parse_date(close["until"] or close["ends"]) if close else None


def own_statement(text: str, at: int) -> bool:
    """Whether 自…起施行 speaks of this document: no other one in 《》 is its subject."""
    sentence = text[max(text.rfind(mark, 0, at) for mark in "。;\n,") + 1 : at]
    return "《" not in sentence or "本" in sentence


def own_words(text: str, at: int) -> int:
    """Where the words that a term belongs to begin: its sentence, or the one before where it begins its own."""
    first = max(text.rfind(mark, 0, at) for mark in "。;\n") + 1
    return first if text[first:at].strip() else max(0, at - 60)


def end_of(text: str, start: date | None) -> date | None:
    """The last day of validity that the text states."""
    last = None
    for match in TERM.finditer(text):
        if "《" in text[max(0, match.start() - 25) : match.start()] or re.search(
            r"(?:证|许可|合同|证书|资质|申报|补助)[^,。]{0,6}$", text[: match.start()][-10:]
        ):
            continue
        if OWN_TERM.search(text, own_words(text, match.start()), match.start()):
            last = match
    if last is None:
        until = UNTIL.search(text)
        return parse_date(until[1]) if until and "本" in text[max(0, until.start() - 12) : until.start()] else None
    if last["until"]:
        return parse_date(last["until"])
    if start is None:
        return None
    years = int(last["years"]) if last["years"].isdigit() else chinese_number(last["years"].replace("两", "二"))
    return last_day(start, years) if 0 < years < 100 else None
