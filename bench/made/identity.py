"""What a made-up document is: its place, date, title, number, and what it replaces. Each number stands alone.

Documents come in tens. The first three of each ten are a chain in one place on one subject, three years apart, the
later replacing the earlier; so nothing needs to be kept in memory to know what another one is called.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from bench.made.forms import Chance, forms
from bench.made.places import Place, cities, counties, places

TEN, CHAIN = 10, 3
NUMERALS = "〇一二三四五六七八九"


class Identity(NamedTuple):
    """A document as others cite it. ``form`` is its kind's entry in ``documents.yml``; ``replaces`` a document's number."""

    number: int
    place: Place
    on: date
    form: dict[str, Any]
    subject: str
    title: str
    doc_number: str
    issuer: str
    draft: bool
    replaces: int | None

    @property
    def year(self) -> int:
        """The year under its signature."""
        return self.on.year


@lru_cache(maxsize=64)
def identity(seed: int, number: int) -> Identity:
    """Document ``number`` of a seed."""
    ten, at = divmod(number, TEN)
    shared = at < CHAIN
    chance = Chance(f"{seed} identity {ten} {'chain' if shared else at}")
    here = some_place(chance)
    form = chance.weighted(
        [
            form
            for form in forms("documents")["kinds"]
            if not shared or form.get("period") or form["layout"] == "measures"
        ]
    )
    subject = chance.fill(chance.choice(forms("documents")["subjects"]), {})
    day = date(2010, 1, 4) + timedelta(days=chance.randrange(5500 if not shared else 2900))
    office = chance.one_in(1.5)
    if shared:
        day = day.replace(day=min(day.day, 28), year=day.year + 3 * at)
    draft = not shared and chance.one_in(20)
    serial = Chance(f"{seed} serial {number}").randint(1, 160)
    own = f"{here.prefix}政{'办' if office else ''}发〔{day.year}〕{serial}号"
    return Identity(
        number=number,
        place=here,
        on=day,
        form=form,
        subject=subject,
        title=title_of(form, subject, here, day, chance),
        doc_number=own,
        issuer=here.said + "人民政府" + ("办公" + ("厅" if here.level == "province" else "室")) * office,
        draft=draft,
        replaces=number - 1 if shared and at else None,
    )


def some_place(chance: Chance) -> Place:
    """A city mostly, now and then a county or a province."""
    if chance.one_in(12):
        return chance.choice([each for each in places("province") if len(cities(each.code)) > 2])
    city = chance.choice(places("prefecture"))
    return chance.choice(counties(city.code)) if chance.one_in(6) and counties(city.code) else city


def title_of(form: dict[str, Any], subject: str, here: Place, day: date, chance: Chance) -> str:
    """The title; those of plans for some years have their years behind."""
    name = here.said if here.level != "county" else here.name
    title = chance.fill(form["title"], {"name": name, "subject": subject, "year": day.year})
    return f"{title}（{day.year}—{day.year + form['period'] - 1}年）" if form.get("period") else title


def in_chinese(day: date) -> str:
    """二〇二一年三月五日."""
    year = "".join(NUMERALS[int(digit)] for digit in str(day.year))
    return f"{year}年{below_hundred(day.month)}月{below_hundred(day.day)}日"


def below_hundred(number: int) -> str:
    """A number below 100 as ordinals are written: 三, 十一, 二十."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else NUMERALS[tens]) + ("十" if tens else "") + (NUMERALS[ones] if ones else "")
