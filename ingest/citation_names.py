"""Titles and numbers of documents as they are cited: which are policy documents, and which two are the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from ingest.tables import load_yaml

NUMERALS = "〇零一二三四五六七八九十百"
LETTERS = re.compile(r"[\u4e00-\u9fff]{1,18}(?:\([\u4e00-\u9fff]{1,4}\))?(?:[\u4e00-\u9fff]{0,6})[A-Za-z]{0,4}\s?$")
BRACKET_END = re.compile(r"\([^()]*\)$")
TITLE = r"《(?:[^《》\n]|《[^《》\n]*》)*》"
STANDARD = re.compile(r"\s*\(?(?:[A-Z]{2,4}(?:/[A-Z]{1,3})?\s?\d|GB|DB\d|HJ\d|ISO)|^(?:GB|DB\d|HJ|ISO)")
WRAPPED = re.compile(
    r"^(?P<issuer>.*?)关于(?:印发|发布|公布|转发|批转|下发|颁布)(?P<title>.+?)的(?:通知|公告|通告|函|决定)$"
)
ISSUER = re.compile(r"^[^<>]{2,60}?(?=关于)")
HEAD = re.compile(  # where a title, a number or an order can begin
    rf"[《\[(<令公第](?:(?<=[《令])|(?<=[\[(<])(?=\s?(?:19|20))|(?<=公)(?=告)|(?<=第)(?=\s?[\d{NUMERALS}]))"
)
RUN = re.compile(r"[\u4e00-\u9fff]{2,24}$")
PERIOD = re.compile(r"\(\d{4}年?[^()]{0,6}\d{4}年?\)")  # (2022-2025年)
COUNTRY = "中华人民共和国"


@dataclass(slots=True)
class Cited:
    """One document as cited: folded title and number, what is written, and where (in the view)."""

    title: str | None
    number: str | None
    start: int
    end: int
    places: list[tuple[int, int]] = field(default_factory=list)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The compiled patterns of ``citations.yml``."""
    table = load_yaml("citations.yml")
    found = {name: re.compile(pattern) for name, pattern in table["relations"].items()}
    number = "|".join(row["pattern"] for row in table["numbers"])
    orders = "|".join(row["pattern"] for row in table["orders"])
    untitled = table["untitled"]
    kinds = "|".join(untitled["kinds"])
    found |= {
        "number": re.compile(number),
        "order": re.compile(orders),
        "cite": re.compile(f"(?P<title>{TITLE})|(?P<number>{number})|(?P<order>{orders})"),
        "before_number": re.compile("^.*(?:" + "|".join(table["before_number"]) + ")"),
        "document": re.compile("(?:" + "|".join(sorted(table["documents"], key=len, reverse=True)) + ")$"),
        "form": re.compile("(?:" + "|".join(sorted(table["forms"], key=len, reverse=True)) + ")$"),
        "repeal_list": re.compile("|".join(f"(?:{row['pattern']})" for row in table["repeal_lists"])),
        "repeal_title": re.compile(table["repeal_titles"]),
        "amend_title": re.compile(table["amend_titles"]),
        "repeals": re.compile("废止|停止执行|失效"),
        "override_hint": re.compile(table["override_hint"]),
        "override": re.compile("|".join(f"(?:{row['pattern']})" for row in table["override"])),
        "untitled": re.compile(
            f"{untitled['lead']}(?P<issuer>{untitled['issuers']})(?:关于)?"
            rf"(?P<title>(?:[^,。;:《》()、\n]{{4,46}}?(?:{kinds}))|{untitled['plans']})"
            r"(?=精神|要求|部署|规定|安排|确定|提出|明确|有关|[,。;、和\n])"
        ),
        "against": re.compile(untitled["against"]),
    }
    return found


@cache
def alone() -> frozenset[str]:
    """Titles that only stand for a document named before."""
    return frozenset(load_yaml("citations.yml")["alone"])


def fold(title: str) -> str:
    """A title as it is compared: half-width, without spaces and quotation marks of 《》."""
    text = unicodedata.normalize("NFKC", title)
    return re.sub(r"\s+", "", text).translate(str.maketrans("〈〉《》—–－“”", '<><>---""'))


def is_document(title: str, follows: str) -> bool:
    """Whether 《title》 is a policy document, by its last word. ``follows`` is the text behind it."""
    if STANDARD.match(follows) or STANDARD.match(title):
        return False
    bare = title
    while BRACKET_END.search(bare):
        bare = BRACKET_END.sub("", bare)
    found = patterns()
    if found["form"].search(bare) and "关于" not in bare:
        return False
    return len(bare) > 2 and found["document"].search(bare) is not None


def issuer_of(title: str) -> str:
    """What stands before 关于 in a folded title."""
    match = ISSUER.match(title)
    return match[0] if match else ""


def core(title: str) -> str:
    """A folded title without issuer, without the notice around it, without the country and brackets at the end."""
    bare = BRACKET_END.sub("", title)
    wrapped = WRAPPED.match(bare)
    if wrapped:
        bare = wrapped["title"].strip("<>")
        bare = BRACKET_END.sub("", bare)
    return bare.removeprefix(issuer_of(bare)).removeprefix(COUNTRY).removeprefix("关于")


def alike(one: str, other: str) -> bool:
    """Whether two folded titles are equal but for what stands around them; plans for other years are others."""
    first, second = PERIOD.search(one), PERIOD.search(other)
    return core(one) == core(other) and not (first and second and first[0] != second[0])


def same(one: str, other: str) -> bool:
    """Whether two folded titles name one document: equal, or equal but for an issuer that one leaves out."""
    if one == other:
        return True
    if not alike(one, other):
        return False
    first, second = issuer_of(one), issuer_of(other)
    return not first or not second or first.endswith(second) or second.endswith(first)


def number_at(text: str, match: re.Match[str]) -> tuple[str, int] | None:
    """The full number whose year and count ``match`` has, as ``湘政办发〔2021〕19号``, and where it begins."""
    run = LETTERS.search(text, max(0, match.start() - 26), match.start())
    if run is None:
        return None
    lead = patterns()["before_number"].match(run[0].rstrip())
    letters = run[0].rstrip()[lead.end() if lead else 0 :]
    if not 1 <= len(letters) <= 12:
        return None
    return f"{letters}〔{match['year']}〕{int(match['no'])}号", run.start() + (lead.end() if lead else 0)


def order_at(text: str, match: re.Match[str]) -> tuple[str, int] | None:
    """The full number of an order or announcement (国务院令第588号, 公安部第91号令), and where it begins."""
    run = RUN.search(text, max(0, match.start() - 24), match.start())
    if run is None:
        return None
    letters = re.sub(rf"^.*(?:{COUNTRY}|日)", "", run[0])
    lead = patterns()["before_number"].match(letters)
    letters = letters[lead.end() if lead and letters[lead.end() :] else 0 :]
    if len(letters) < 2:
        return None
    return re.sub(r"\s", "", letters + match[0]), run.end() - len(letters)
