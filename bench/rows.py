"""Rows for benchmarks: a made-up graph with the real schema, the same for the same size.

A node in seven is an agency, a park, a policy and its document, or a region; the others are tasks and targets. Three
edges to a node, most with a quote, as the loader makes them of documents.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from graph.delta import Changes, Delta, Edge, Node, Props, Ref, clean, edge

_WORDS = (
    *("推进绿色园区建设", "完善基础设施", "提升亩均税收", "优化营商环境", "加快数字化改造", "培育主导产业"),
    *("开展企业综合评价", "盘活闲置土地", "强化要素保障", "建设循环化改造示范园区", "引进龙头企业", "落实投资强度标准"),
    *("健全考核机制", "推动创新平台落地", "加强安全监管"),
)
_FUNCTIONS = [
    "发展和改革",
    "工业和信息化",
    "生态环境",
    "自然资源",
    "财政",
    "商务",
    "科学技术",
    "应急管理",
    "市场监督管理",
    "统计",
]


def made_graph(nodes: int = 100_000, edges: int = 300_000, seed: int = 5) -> Delta:
    """About ``nodes`` nodes and ``edges`` relationships, as added to an empty graph."""
    return _Maker(nodes, edges, random.Random(seed)).delta


class _Maker:
    def __init__(self, nodes: int, edges: int, chance: random.Random) -> None:
        self.chance = chance
        self.nodes: dict[str, list[Node]] = {}
        self.edges: dict[str, Edge] = {}
        self._make_nodes(nodes)
        self._make_edges(edges)
        self.delta = Delta(
            Changes(added=[node for some in self.nodes.values() for node in some]),
            Changes(added=list(self.edges.values())),
        )

    def _text(self, words: int) -> str:
        return ",".join(self.chance.choices(_WORDS, k=words)) + "。"

    def _here(self, policy: str, document: str, words: int = 5) -> Props:
        start = self.chance.randrange(20_000)
        quote = self._text(words)
        return {"policy": policy, "document": document, "start": start, "end": start + len(quote), "quote": quote}

    def _add(self, label: str, id_: str, name: str, **props: object) -> None:
        self.nodes.setdefault(label, []).append(Node(Ref(label, id_), clean({"name": name, **props})))

    def _make_nodes(self, count: int) -> None:
        few = max(count // 100, 2)
        for number in range(few):
            code, name = f"{100000 + number}", f"第{number}市"
            self._add("Region", code, name, full_name=f"某省{name}", level="prefecture", ancestors=[code, "100000"])
            self._add("Policy", f"某政发〔2020〕{number}号", self._text(1), doc_number=f"某政发〔2020〕{number}号",
                      region_code=code, held=True, status="issued", superseded=False,
                      issued_on=date(2015, 1, 1) + timedelta(days=number), document=f"{number:064x}")  # fmt: skip
            self._add("Document", f"{number:064x}", f"{number}.txt", source=f"{number}.txt", text=self._text(300),
                      media_type="text/plain", characters=3000, covered=2000)  # fmt: skip
        for number in range(count // 20):
            self._add("Agency", f"第{number % few}市{_FUNCTIONS[number % 10]}局{number}", f"{_FUNCTIONS[number % 10]}局",
                      function=_FUNCTIONS[number % 10], region=f"{100000 + number % few}", resolved=True)  # fmt: skip
            self._add("Park", f"第{number}经济技术开发区", f"第{number}经济技术开发区", park_class="省级经开区",
                      aliases=[f"第{number}经开区", f"{number}园"], level="province")  # fmt: skip
        for number, word in enumerate(_WORDS):
            self._add("Theme", f"theme{number}", word, name_zh=word)
            self._add("Industry", f"产业{word}", f"产业{word}")
        left = count - sum(map(len, self.nodes.values()))
        policies = self.nodes["Policy"]
        for number in range(left):
            policy = self.chance.choice(policies)
            here = self._here(policy.ref.id, policy.props["document"], 12)
            if number % 5:
                self._add("Task", f"{policy.ref.id}#{number}", self._text(1), path=f"{number}", title=self._text(1),
                          text=here["quote"], **here)  # fmt: skip
            else:
                self._add("Target", f"{policy.ref.id}#{number}", "亩均税收", metric="亩均税收", op=">=", unit="万元/亩",
                          value=float(number % 97), year=2025, per_year=False, path=f"{number}", **here)  # fmt: skip

    def _make_edges(self, count: int) -> None:
        for task in self.nodes["Task"]:
            self._join("HAS_TASK", Ref("Policy", task.props["policy"]), task.ref, task.props)
        for target in self.nodes["Target"]:
            self._join("TARGETS", Ref("Policy", target.props["policy"]), target.ref, target.props)
            self._join("APPLIES_TO", target.ref, self._any("Region"), target.props)
        for agency in self.nodes["Agency"]:
            self._join("SERVES", agency.ref, Ref("Region", agency.props["region"]), None)
        while len(self.edges) < count:
            task = self.chance.choice(self.nodes["Task"])
            self._join("RESPONSIBLE_FOR", self._any("Agency"), task.ref, task.props, role="lead", position=1,
                       basis="stated", mention="市局")  # fmt: skip
            for kind, label in (("ABOUT", "Theme"), ("PROMOTES", "Industry"), ("MENTIONS", "Park")):
                if self.chance.random() < 0.3:
                    self._join(kind, task.ref, self._any(label), task.props)

    def _any(self, label: str) -> Ref:
        return self.chance.choice(self.nodes[label]).ref

    def _join(self, kind: str, source: Ref, target: Ref, owner: Props | None, **more: object) -> None:
        here = self._here(owner["policy"], owner["document"]) if owner else {}
        made = edge(kind, source, target, {**here, **more})
        self.edges[made.key] = made
