"""One made-up document: its text and its gold, from nothing but a seed and a number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from bench.made.agencies import Agencies
from bench.made.citations import Citations
from bench.made.duties import Writer as Duties
from bench.made.forms import Chance, Values, forms
from bench.made.gold import Gold, Row
from bench.made.identity import Identity, identity
from bench.made.pages import Page
from bench.made.places import cities, counties
from bench.made.plan import Plan
from bench.made.targets import Writer as Targets
from bench.made.tasks import Writer

KINDS = (
    ("高新技术产业开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经济开发区"),
    ("工业园", "工业园"),
)
HALF = str.maketrans("，：；（）", ",:;()")


class Made(NamedTuple):
    """A document: ``name`` of its files, its text, and its gold record."""

    name: str
    text: str
    gold: Row


def made(seed: int, number: int) -> Made:
    """Document ``number`` of a seed; the same two numbers give the same document, byte for byte."""
    own = identity(seed, number)
    chance = Chance(f"{seed} document {number}")
    values = values_of(chance, own)
    gold = Gold({})
    leads = chance.one_in(12)
    agencies = Agencies(own.place, f"{own.on:%Y-%m}", str(seed))
    parks = parks_of(chance, own)
    cites = Citations(chance, own, gold, values)
    writer = Writer(
        chance,
        gold,
        values,
        Duties(chance, agencies, values, leads),
        Targets(chance, values, list(parks), own.year),
        cites,
    )
    writer.parks = parks
    writer.preamble = cites.preamble()
    effect = endings(chance, own, writer, seed)
    plan = Plan(writer, own.form["layout"], own.form["form"])
    body = plan.write()
    if leads:
        body = f"{chance.choice(forms('duties')['first_named'])}\n{body}"
    page = Page(chance, own, values)
    articles = own.form["layout"] == "articles"
    text = page.around(body if articles else f"{writer.preamble}\n{body}", plan.table)
    gold.policy = {**page.policy, **effect}
    half = chance.one_in(3)
    return Made(f"{number:06}", text.translate(HALF) if half else text, gold.record())


def values_of(chance: Chance, own: Identity) -> Values:
    """What the forms may say of a document."""
    known = forms("topics")
    return {
        **known["slots"],
        "short": own.place.short,
        "level": own.place.mark,
        "region": own.place.said,
        "year": own.year,
        "y0": own.year - 1,
        "due_year": own.year + chance.randrange(2),
        "form": own.form["form"],
        "issuer": own.issuer,
        "n": lambda: str(chance.randint(11, 960)),
        "d": lambda: str(chance.randint(3, 20)),
        "month": lambda: str(chance.randint(1, 12)),
        "月": lambda: str(chance.randint(1, 12)),
        "industry": lambda: chance.choice(known["industries"]),
    }


def parks_of(chance: Chance, own: Identity) -> dict[str, str]:
    """Three parks of the place: what they are called in short, and in full."""
    inside = [each.short for each in (*cities(own.place.code), *counties(own.place.code))]
    shorts = inside if own.place.level == "province" else [own.place.short, *inside]
    found: dict[str, str] = {}
    for _ in range(40):
        full, usual = chance.choice(KINDS)
        short = chance.choice(shorts)
        if usual == "工业园" or short + usual in found or not any(f"{short}经济" in name for name in found.values()):
            found[short + usual] = short + full
        if len(found) == 3:
            break
    return found


def endings(chance: Chance, own: Identity, writer: Writer, seed: int) -> Row:
    """Sentences on effect, on what is replaced and overridden; the dates that they give."""
    effect: Row = {"effective_on": None, "expires_on": None}
    form = own.form["form"]
    if form == "要点":  # has no such part
        return effect
    if chance.one_in(4) or form == "办法":
        start = own.on + timedelta(days=chance.randint(10, 60)) if chance.one_in(2) else own.on
        years = chance.choice((2, 3, 5))
        since = "印发之日" if start == own.on else f"{start.year}年{start.month}月{start.day}日"
        limited = chance.one_in(1.5)
        writer.endings.append(f"本{form}自{since}起施行{f'，有效期{years}年' if limited else ''}。")
        effect = {"effective_on": start.isoformat(), "expires_on": expiry(start, years) if limited else None}
    if own.replaces is not None:
        writer.endings.append(writer.cites.replaced(identity(seed, own.replaces)))
    if chance.one_in(15):
        writer.endings.append(writer.cites.override())
    return effect


def expiry(start: date, years: int) -> str:
    """The day before the anniversary."""
    try:
        ends = start.replace(year=start.year + years)
    except ValueError:  # 29 February
        ends = date(start.year + years, 3, 1)
    return (ends - timedelta(days=1)).isoformat()
