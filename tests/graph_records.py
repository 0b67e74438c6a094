"""Hand-made records for the tests of the graph: five small documents that imitate the sample ones, and a builder.

``Draft`` writes a text piece by piece and hands out the ``Span`` of each piece, so that evidence is always right.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ingest.records import (
    Agency,
    Document,
    Park,
    ParkIndustry,
    Policy,
    Record,
    Reference,
    Region,
    Responsibility,
    Span,
    Succession,
    Target,
    Task,
    ThemeMention,
    Unresolved,
)

CHINA = Region(code="100000", name="中国", full_name="中国", level="country", parent=None)
HUNAN = Region(code="430000", name="湖南省", full_name="湖南省", level="province", parent="100000")
HENAN = Region(code="410000", name="河南省", full_name="河南省", level="province", parent="100000")
ANHUI = Region(code="340000", name="安徽省", full_name="安徽省", level="province", parent="100000")
CHANGDE = Region(code="430700", name="常德市", full_name="湖南省常德市", level="prefecture", parent="430000")
ZHUMADIAN = Region(code="411700", name="驻马店市", full_name="河南省驻马店市", level="prefecture", parent="410000")
CHIZHOU = Region(code="341700", name="池州市", full_name="安徽省池州市", level="prefecture", parent="340000")
REGIONS = {region.code: region for region in (CHINA, HUNAN, HENAN, ANHUI, CHANGDE, ZHUMADIAN, CHIZHOU)}


@dataclass
class Draft:
    """A document under construction."""

    id: str
    region: Region | None
    title: str
    issued_on: date | None = None
    text: str = ""
    items: dict[str, list[Any]] = field(default_factory=dict)
    policy: dict[str, Any] = field(default_factory=dict)
    head: Span = field(init=False)

    def __post_init__(self) -> None:
        self.head = self.write(self.title)

    def write(self, piece: str) -> Span:
        start = len(self.text)
        self.text += piece + "\n"
        return Span(start=start, end=start + len(piece), quote=piece)

    def add(self, kind: str, item: Any) -> None:
        self.items.setdefault(kind, []).append(item)

    def task(self, path: str, title: str, green: str | None = None, **more: Any) -> Span:
        span = self.write(f"{title}。按要求{green or '做好工作'}。")
        themes = (ThemeMention(theme="green", terms=(green,), evidence=span),) if green else ()
        more = {"themes": themes, **more}
        self.add("tasks", Task(path=path, title=title, text=span.quote, evidence=span, **more))
        return span

    def duty(self, task: str, agency: str, role: Any = "lead", position: int = 1, basis: Any = "stated") -> Span:
        canonical = f"{self.region.name if self.region else ''}{agency}"
        span = self.write(f"({'牵头' if role == 'lead' else '责任'}单位:{agency})")
        self.add("agencies", agency_record(canonical, self.region))
        self.add(
            "responsibilities",
            Responsibility(
                task=task, agency="市" + agency, mention=agency, agency_id=canonical, canonical=canonical,
                role=role, position=position, basis=basis, evidence=span,
            ),
        )  # fmt: skip
        return span

    def cite(self, title: str | None, number: str | None, relation: Any, extent: Any = "whole") -> Span:
        span = self.write(f"{relation}《{title}》({number})")
        self.add(
            "references",
            Reference(title=title, doc_number=number, relation=relation, extent=extent, evidence=span),
        )
        return span

    def target(self, path: str, metric: str, value: float, unit: str, year: int | None = None, **more: Any) -> Span:
        span = self.write(f"到{year}年,{metric}达到{value}{unit}")
        self.add("targets", Target(path=path, metric=metric, value=value, unit=unit, year=year, evidence=span, **more))
        return span

    def record(self, source: str | None = None) -> Record:
        sha = hashlib.sha256(self.text.encode()).hexdigest()
        document = Document(sha256=sha, source=source or f"{self.id}.txt", media_type="text/plain", text=self.text)
        region = {"region": self.region.full_name, "region_code": self.region.code} if self.region else {}
        since = {"issued_on": self.issued_on, "in_force_from": self.issued_on}
        policy = Policy(**{"id": self.id, "title": self.title, "evidence": self.head, **region, **since, **self.policy})
        parts = {kind: tuple(dict.fromkeys(items)) for kind, items in self.items.items()}
        regions = {"regions": tuple(chain(self.region))} if self.region else {}
        return Record(document=document, policy=policy, covered=len(self.text) // 2, **{**parts, **regions})


def chain(region: Region | None) -> list[Region]:
    """A region and all that it is part of."""
    found = []
    while region:
        found.append(region)
        region = REGIONS.get(region.parent or "")
    return found


def agency_record(canonical: str, region: Region | None) -> Agency:
    """An agency of the table, as far as the tests care."""
    code = region.code if region else None
    short = canonical.removeprefix(region.name if region else "")
    return Agency(id=canonical, name=canonical, short_name=short, function=short[:2], level="prefecture", region=code)


def changde() -> Record:
    """A plan with plain 责任单位 lists, targets, parks, a citation by number and the overriding clause."""
    draft = Draft(
        "常德市五好园区方案2022", CHANGDE, "常德市“五好”园区攻坚专项行动实施方案(2022—2025年)", date(2022, 2, 7)
    )
    draft.cite("湖南省人民政府办公厅关于创建“五好”园区的指导意见", "湘政办发〔2021〕19号", "based_on")
    draft.task("2.9", "打造绿色安全园区", "绿色制造", parks=("常德经济技术开发区",), industries=("装备制造",))
    draft.duty("2.9", "生态环境局", "responsible", 1, "first_named")
    draft.duty("2.9", "应急管理局", "responsible", 2)
    draft.task("2.1", "做强主导产业")
    draft.duty("2.1", "工业和信息化局", "responsible", 1, "first_named")
    draft.duty("2.1", "发展和改革委员会", "responsible", 2)
    draft.target("1.2", "亩均税收", 15, "万元/亩", 2025, indicator="亩均税收", scope="全市园区", region="430700",
                 base_value=15.0, base_unit="万元/亩")  # fmt: skip
    draft.target("2.1", "技工贸总收入", 1000, "亿元", 2025, indicator="技工贸总收入", scope="常德经开区",
                 parks=("常德经济技术开发区",), base_value=1000.0, base_unit="亿元")  # fmt: skip
    span = draft.write("支持常德经开区发展装备制造")
    draft.add("parks", Park(name="常德经济技术开发区", mentions=("常德经开区",), park_class="国家级经开区",
                            level="national", region="430700", evidence=span))  # fmt: skip
    draft.add(
        "park_industries",
        ParkIndustry(park="常德经济技术开发区", industry="装备制造", mention="智能装备制造", evidence=span),
    )
    draft.cite(None, None, "supersedes", "inconsistent_parts")
    draft.add("agencies", agency_record("常德市经济和信息化委员会", CHANGDE))
    draft.add("successions", Succession(predecessor="常德市经济和信息化委员会", successor="常德市工业和信息化局",
                                        since=2019, basis="机构改革"))  # fmt: skip
    return draft.record()


def changde_2017() -> Record:
    """An older plan of the same city on the same subject, with a predecessor agency."""
    draft = Draft("常德市园区三年计划2017", CHANGDE, "常德市园区产业三年行动计划", date(2017, 5, 1))
    draft.task("3.1", "建设园区平台")
    draft.duty("3.1", "经济和信息化委员会", "lead")
    draft.duty("3.1", "发展和改革委员会", "support", 1)
    draft.add("agencies", agency_record("常德市工业和信息化局", CHANGDE))
    draft.add("successions", Succession(predecessor="常德市经济和信息化委员会", successor="常德市工业和信息化局",
                                        since=2019, basis="机构改革"))  # fmt: skip
    draft.target("1.1", "亩均税收", 12, "万元/亩", 2025, indicator="亩均税收", scope="全市园区", region="430700",
                 base_value=12.0, base_unit="万元/亩")  # fmt: skip
    return draft.record()


def hunan() -> Record:
    """Work points without owners."""
    draft = Draft("湖南省园区要点2020", HUNAN, "2020年湖南省产业园区工作要点", None)
    draft.policy["published_on"] = date(2020, 3, 5)
    for number, title in enumerate(("加强污染治理", "推进绿色园区", "发展循环经济", "节约用能"), 1):
        draft.task(f"3.4.{number}", title, "绿色")
    draft.task("3.1", "壮大装备制造", industries=("装备制造",))
    return draft.record()


def zhumadian() -> Record:
    """Leads and supports, green tasks, a cited policy that is not held."""
    draft = Draft("驻政办〔2019〕125号", ZHUMADIAN, "驻马店市推进产业集聚区高质量快速发展行动方案", date(2019, 11, 15))
    draft.policy |= {"doc_number": "驻政办〔2019〕125号", "in_force_to": date(2022, 12, 31),
                     "issuers": ("驻马店市人民政府办公室",), "issuer_ids": ("驻马店市人民政府办公室",)}  # fmt: skip
    draft.task("2.3.1", "推进绿色工厂建设", "绿色工厂")
    draft.duty("2.3.1", "工业和信息化局")
    draft.duty("2.3.1", "生态环境局", "support")
    draft.task("2.3.2", "开展绿色园区创建", "绿色园区")
    draft.duty("2.3.2", "工业和信息化局")
    draft.task("2.3.4", "实行生态共建环境共治", "生态")
    draft.duty("2.3.4", "生态环境局")
    draft.task("2.1.1", "持续开展企业分类综合评价")
    draft.duty("2.1.1", "发展和改革委员会")
    draft.duty("2.1.1", "工业和信息化局", "support")
    draft.cite("河南省产业集聚区企业分类综合评价办法", None, "cites")
    draft.target("1.2", "工业用地亩均税收", 15, "万元/亩", None, indicator="亩均税收", scope="全市产业集聚区",
                 region="411700", base_value=15.0, base_unit="万元/亩")  # fmt: skip
    span = draft.write("西平县产业集聚区发展装备制造")
    draft.add("parks", Park(name="西平县产业集聚区", mentions=("西平县产业集聚区",), region="411700", evidence=span))
    draft.add(
        "park_industries", ParkIndustry(park="西平县产业集聚区", industry="装备制造", mention="装备制造", evidence=span)
    )
    draft.add("unresolved", Unresolved(kind="number", text="30%", reason="no target quotes it", evidence=span))
    return draft.record()


def chizhou() -> Record:
    """A draft with one task that nobody owns."""
    draft = Draft("池州市园区方案2015", CHIZHOU, "园区转型升级工程实施方案", date(2015, 11, 6))
    draft.policy["status"] = "draft"
    draft.task("4.6", "推动绿色发展", "绿色")
    draft.cite("加快调结构转方式促升级实施方案", None, "based_on")
    return draft.record()


def five() -> list[Record]:
    """All of them."""
    return [changde(), changde_2017(), hunan(), zhumadian(), chizhou()]


def replaced_in_part() -> list[Record]:
    """A policy, and an older one that it replaces where the two do not agree."""
    later = Draft("后", CHANGDE, "后来的办法", date(2020, 1, 1))
    later.cite("旧办法", "常政发〔2010〕1号", "supersedes", "inconsistent_parts")
    old = Draft("旧", CHANGDE, "旧办法", date(2010, 1, 1))
    old.policy["doc_number"] = "常政发〔2010〕1号"
    return [later.record(), old.record()]
