"""What is said of a bad question or file, in the language of the page: messages are English and hold what was given."""

from __future__ import annotations

import re

from api.pages.words import Words

_NEAR = r"(?:; (?:did you mean (?P<near>.+?)\?|use its code or name))?"
# The form of a message, and the text that says the same. What a group holds fills the text.
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(form), f"said.{name}")
    for form, name in (
        (rf"(?P<kind>\w+) (?P<name>.+): (?:not in this graph|not known){_NEAR}", "absent"),
        (r"policy (?P<name>.+): .*document.*", "no_document"),
        (r"(?:\w+ )?(?P<name>.+): several have this name: (?P<near>.+)", "several"),
        (r"(?P<name>.+): nothing in this graph has this name", "nameless"),
        (r"(?P<param>\w+) is required", "required"),
        (r"(?P<param>\w+) is of type \w+, not (?P<name>.+)", "type"),
        (r"(?P<param>\w+) is one of (?P<near>.+), not (?P<name>.+)", "one_of"),
        (r"(?P<param>\w+): one of (?P<near>.+)", "one_of_these"),
        (r"(?P<param>as_of): not a day.*", "day"),
        (r"(?P<param>year).*: (?:not a year|no such year).*", "year"),
        (r"(?P<param>page): not a number from 1 on", "number"),
        (r"(?P<param>sort): no such column", "column"),
        (r"no parameter (?P<name>.+); .*", "parameter"),
        (r"(?P<param>\w+): (?P<name>.+): not understood", "not_understood"),
        (r"the query takes too long.*", "too_long"),
        (r"the answer has more than (?P<name>\d+) rows.*", "too_many"),
        (r"(?P<name>.+): no path leads to such a node.*", "no_path"),
        (r"the store does not answer", "away"),
        (r"the file is empty", "file.empty"),
        (r"not text in UTF-8 or GB18030.*", "file.not_text"),
        (r"not a Chinese document", "file.not_chinese"),
        (r"no policy document: .*", "file.no_policy"),
        (r"needs OCR: .*", "file.ocr"),
        (r"(?:encrypted|protected by a password): .*", "file.locked"),
        (r"larger than (?P<name>\d+) MB.*", "file.large"),
        (
            r"holds no (?:text|documents)|damaged: it has no body|a message without text and without documents",
            "file.nothing",
        ),
        (r"(?:a )?damaged.*|the line is no JSON.*", "file.damaged"),
        (r".*LibreOffice.*save it as DOCX", "file.convert"),
        (
            r"unpacks to more than .*|.*(?:nested too deep|deep in archives).*|.* of more than .*|its XML declares .*",
            "file.strange",
        ),
        (r"cannot be read: .*|crashed the reader .*", "file.unreadable"),
        (r"took longer than (?P<name>.+) s", "file.slow"),
        (r"needed more than (?P<name>\d+) MB", "file.heavy"),
    )
)


def told(t: Words, message: str) -> str:
    """``message`` as the page's language says it: English as it is; in Chinese nothing where no form fits."""
    if t.lang == "en":
        return message
    for text in (message, re.sub(r"^\w+: ", "", message, count=1)):  # a question's name may stand before
        for form, key in _FORMS:
            if found := form.fullmatch(text):
                return _filled(t, key, found.groupdict())
    return ""


def _filled(t: Words, key: str, groups: dict[str, str | None]) -> str:
    values = {name: (value or "").strip("'\"") for name, value in groups.items()}
    for group in {"param", "kind"} & values.keys():
        name = values[group]
        values[group] = t.maybe(
            f"param.{name}", t.maybe(f"listing.filter.{name}", t.maybe(f"kind.{name.title()}", name))
        )
    near = values.pop("near", "")
    said = t(key, **values, near=near)
    return said + t("said.near", near=near) if near and "{near}" not in t(key) else said
