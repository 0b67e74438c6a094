"""How word processors write the numbers of lists (ECMA-376, ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

import cn2an

LARGEST = 9999


def chinese(number: int) -> str:
    """一, 十, 十一, 二十, 一百零五."""
    written = str(cn2an.an2cn(number, "low"))
    return written.removeprefix("一") if written.startswith("一十") else written


def digits(number: int) -> str:
    """一〇五: digit by digit."""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def roman(number: int) -> str:
    """I, II, III, IV."""
    marks = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip  # noqa: E501
    written = ""
    for worth, mark in marks:
        written += mark * (number // worth)
        number %= worth
    return written


def letters(number: int) -> str:
    """A … Z, then AA, BB."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def of_series(first: str, count: int) -> Callable[[int], str]:
    """Numbers that have a character each; plain ones beyond the last."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= count else str(number)


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: "".join(chr(ord("０") + int(digit)) for digit in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord("０") + int(digit)) for digit in str(number)),
    "decimalHalfWidth": str,
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": letters,
    "lowerLetter": lambda number: letters(number).lower(),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": digits,
    "japaneseDigitalTenThousand": digits,
    "taiwaneseDigital": digits,
    "chineseLegalSimplified": lambda number: str(cn2an.an2cn(number, "up")),
    "ideographLegalTraditional": lambda number: str(cn2an.an2cn(number, "up")),
    "ideographTraditional": lambda number: "甲乙丙丁戊己庚辛壬癸"[number - 1] if 0 < number < 11 else str(number),
    "ideographZodiac": lambda number: "子丑寅卯辰巳午未申酉戌亥"[number - 1] if 0 < number < 13 else str(number),
    "decimalEnclosedCircle": of_series("①", 20),
    "decimalEnclosedCircleChinese": of_series("①", 20),
    "decimalEnclosedParen": of_series("⑴", 20),
    "decimalEnclosedFullstop": of_series("⒈", 20),
    "ideographEnclosedCircle": of_series("㊀", 10),
    "bullet": lambda number: "",
    "none": lambda number: "",
}


def written(number: int, form: str) -> str:
    """A number in a format; plain where the format is not known or the number is beyond all lists."""
    return FORMATS.get(form, str)(number) if 0 <= number <= LARGEST else str(number)
