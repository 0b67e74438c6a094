"""The sections of a document of each kind, with their headings and numbers."""

from __future__ import annotations

from bench.made.forms import forms
from bench.made.identity import below_hundred
from bench.made.tables import division, indicators
from bench.made.tasks import Subject, Writer

Sections = list[tuple[str, list[tuple[str, str]]]]


class Plan:
    """Writes the body of one document, paragraph by paragraph."""

    def __init__(self, writer: Writer, layout: str, form: str) -> None:
        self.writer, self.layout, self.form = writer, layout, form
        self.chance, self.gold = writer.chance, writer.gold
        self.paragraphs: list[str] = []
        self.dot = self.chance.choice((".", ".", "．", "、"))
        self.inline = not self.chance.one_in(4)  # what a heading says follows on its line
        self.mode = (
            "measures"
            if layout == "articles"
            else self.chance.choice(("each", "each", "each", "some", "some", "last", "table", "none"))
        )
        self.deep = self.chance.choice(("two", "two", "three", "three", "running", "flat"))
        self.sections: Sections = []
        self.decimal = layout == "plan" and self.chance.one_in(10)  # 1, 1.1, 1.1.1
        self.top = 0
        self.table = ""
        if self.mode == "table":
            writer.due = 1

    def write(self) -> str:
        """The whole body."""
        {"plan": self.plan, "points": self.points, "measures": self.measures, "articles": self.articles}[self.layout]()
        return "\n".join(self.paragraphs)

    def say(self, text: str) -> None:
        """Add a paragraph; one that holds line ends is several."""
        self.paragraphs += text.split("\n")

    def heading(self, title: str) -> str:
        """The next heading of the first level; its path."""
        self.top += 1
        self.say(f"{self.top} {title}" if self.decimal else f"{below_hundred(self.top)}、{title}")
        return str(self.top)

    def plan(self) -> None:
        """总体要求, 主要目标, 重点任务, 保障措施."""
        known = forms("documents")
        self.aims(self.heading(self.chance.choice(known["aims"])))
        self.goals(self.heading(self.chance.choice(known["goals"])))
        self.tasks(self.heading(self.chance.choice(known["tasks"])))
        self.safeguards(self.heading(self.chance.choice(known["safeguards"])))
        self.closing()
        self.annex()

    def slogan(self) -> str:
        """One to three sentences that guide and commit to nothing."""
        known = forms("distractors")["slogans"]
        return "".join(
            self.chance.fill(form, self.writer.values) for form in self.chance.sample(known, self.chance.randint(1, 3))
        )

    def aims(self, path: str) -> None:
        """What guides the plan: no tasks; now and then targets of its own part."""
        if self.chance.one_in(2):
            self.say(self.slogan() + (self.writer.distractor() if self.chance.one_in(4) else ""))
            return
        first, second = (f"{path}.1 ", f"{path}.2 ") if self.decimal else ("（一）", "（二）")
        self.say(f"{first}指导思想。{self.slogan()}")
        chosen = self.chance.sample(forms("distractors")["principles"], 3)
        self.say(f"{second}基本原则。" + "".join(self.chance.fill(form, {}) + "。" for form in chosen))

    def goals(self, path: str) -> None:
        """Targets: in sentences, in numbered items, behind dashes, or in a table."""
        way = self.chance.choice(("sentences", "sentences", "items", "dashes", "table"))
        if way == "items":
            for at, title in enumerate(
                self.chance.sample(
                    ("总量目标", "质量目标", "创新目标", "企业培育目标", "绿色发展目标"), self.chance.randint(2, 4)
                ),
                1,
            ):
                marker = f"{path}.{at} " if self.decimal else f"（{below_hundred(at)}）"
                self.say(f"{marker}{title}。{self.writer.aim(f'{path}.{at}')}")
        elif way == "dashes":
            for _ in range(self.chance.randint(2, 4)):
                self.say(f"——{self.writer.aim(path)}")
        else:
            self.say("".join(self.writer.aim(path) for _ in range(self.chance.randint(1, 4))))
            if way == "table":
                self.say(self.chance.choice(("主要指标如下：", "主要发展指标见下表。", "附表：主要指标")))
                self.say(indicators(self.chance, self.writer.targets, self.gold, path))

    def tasks(self, path: str) -> None:
        """The tasks, in as many levels as the document has."""
        if self.deep in ("two", "flat"):
            self.items(path, self.chance.randint(3, 8), "topics", "（{}）" if self.deep == "two" else "{}" + self.dot)
            return
        number = 0
        titles = self.groups(self.chance.randint(2, 4))
        for at, title in enumerate(titles, 1):
            marker = f"{path}.{at} " if self.decimal else f"（{below_hundred(at)}）"
            self.say(marker + title + ("。" if self.chance.one_in(3) else ""))
            count = self.chance.randint(2, 4)
            self.items(
                f"{path}.{at}",
                count,
                "topics",
                "{}" + self.dot,
                number if self.deep == "running" and not self.decimal else 0,
                title,
            )
            number += count

    def groups(self, count: int) -> list[str]:
        """Headings above items; now and then one of them is green, and so are all tasks beneath it."""
        known = forms("documents")
        titles = self.chance.sample(known["groups"], count)
        if self.chance.one_in(3):
            titles[-1] = self.chance.choice(known["green_groups"])
        return titles

    def items(self, path: str, count: int, kind: str, marker: str, first: int = 0, above: str = "") -> None:
        """The items under a heading, their tasks and clauses."""
        start = len(self.gold.tasks)
        section: list[tuple[str, str]] = []
        clauses = self.clauses(count, kind, bool(above))
        for at, many in enumerate(clauses, 1):
            subject = self.writer.subject(kind, green=above in forms("documents")["green_groups"])
            own = f"{path}.{first + at}"
            lifted = self.mode == "last" and bool(above) and many == 1 and at == count
            self.keep(own, subject, many, above)
            number = below_hundred(first + at) if marker.startswith("（") else str(first + at)
            written = f"{own} " if self.decimal else marker.format(number)
            self.item(written, subject, self.text(own, path, subject, many, lifted))
            section.append((own, subject.title))
        if self.mode == "last" and above:
            self.gold.tasks.insert(start, {"path": path, "title": above})
            if self.gold.green is not None and above in forms("documents")["green_groups"]:
                self.gold.green.append(path)
        self.sections.append((above or self.paragraphs[0], section))

    def clauses(self, count: int, kind: str, grouped: bool) -> list[int]:
        """How many clauses each of some items has."""
        if self.mode in ("table", "none"):
            return [0] * count
        if self.mode == "last" and grouped:
            return [0] * (count - 1) + [1]
        many = [1 if self.mode == "each" else self.chance.choice((0, 1, 1, 1)) for _ in range(count)]
        if kind == "closing" and self.chance.one_in(2):
            return [0] * count
        return [
            max(many[0], 1),
            *(self.chance.randint(2, 3) if each and self.chance.one_in(12) else each for each in many[1:]),
        ]

    def keep(self, path: str, subject: Subject, clauses: int, above: str) -> None:
        """The tasks of an item into the gold; ``above`` is the heading that they stand under."""
        green = bool(subject.topic.get("green")) or above in forms("documents")["green_groups"]
        for each in [f"{path}#{at}" for at in range(1, clauses + 1)] if clauses > 1 else [path]:
            self.gold.task(each, subject.title, green)

    def text(self, own: str, above: str, subject: Subject, clauses: int, lifted: bool) -> str:
        """What an item says; a lifted clause is that of the item above."""
        before = len(self.gold.responsibilities)
        text = self.writer.body(own, subject, clauses, prose=not lifted)
        if lifted:
            for row in self.gold.responsibilities[before:]:
                row["task"] = above
        return text

    def item(self, marker: str, subject: Subject, text: str) -> None:
        """An item's paragraphs: its heading, and what it says on the same line or the next."""
        self.say(f"{marker}{subject.title}。{text}" if self.inline else f"{marker}{subject.title}\n{text}")

    def safeguards(self, path: str) -> None:
        """The closing part, whose items are tasks as well."""
        self.items(path, self.chance.randint(2, 4), "closing", "{}" + self.dot if self.deep == "flat" else "（{}）")

    def closing(self) -> None:
        """The part that says from when the document holds and what it replaces; it has no tasks."""
        text = self.writer.end()
        if text:
            self.heading(self.chance.choice(("附则", "其他", "附则")))
            self.say(text)

    def annex(self) -> None:
        """The table that divides the tasks."""
        if self.mode == "table":
            self.table = f"附件\n{self.chance.choice(('重点任务分工表', '任务分工表', '重点工作任务分工'))}\n"
            self.table += division(self.chance, self.writer.duties, self.sections, self.gold)

    def points(self) -> None:
        """工作要点: items are whole sentences without headings."""
        self.gold.green = None
        known = forms("documents")
        self.aims(self.heading(known["aims"][0]))
        self.goals(self.heading(self.chance.choice(known["goals"])))
        path = self.heading(self.chance.choice(known["tasks"]))
        for at, title in enumerate(self.groups(self.chance.randint(2, 4)), 1):
            self.say(f"（{below_hundred(at)}）{title}。")
            self.wholes(f"{path}.{at}", self.chance.randint(2, 4), "{}" + self.dot)

    def wholes(self, path: str, count: int, marker: str, first: int = 0) -> None:
        """Items that begin with a whole sentence."""
        for at in range(first + 1, first + count + 1):
            subject = self.writer.subject("topics", "whole")
            own = f"{path}.{at}"
            self.gold.task(own, subject.title.split("，")[0], False)
            clauses = int(self.mode in ("each", "some", "measures") and (at == first + 1 or not self.chance.one_in(4)))
            self.say(f"{marker.format(at)}{subject.title}。{self.writer.body(own, subject, clauses)}")

    def measures(self) -> None:
        """若干措施: numbered headings of the first level, each with items."""
        if self.mode in ("table", "last"):
            self.mode, self.writer.due = "each", 0
        self.deep = self.chance.choice(("two", "running"))
        number = 0
        for title in self.groups(self.chance.randint(3, 5)):
            path = self.heading(title)
            count = self.chance.randint(2, 4)
            first, marker = (number, "{}" + self.dot) if self.deep == "running" else (0, "（{}）")
            self.items(path, count, "topics", marker, first, title)
            number += count
        self.closing()

    def articles(self) -> None:
        """管理办法: chapters and articles."""
        self.gold.green = None
        self.mode = "measures"
        number = 2
        self.say("第一章　总则")
        self.say(
            f"第一条　{self.writer.preamble}\n第二条　本{self.form}适用于{self.writer.values['region']}行政区域内的各类园区。"
        )
        for chapter, title in enumerate(("规划建设", "管理服务", "考核监督"), 2):
            self.say(f"第{below_hundred(chapter)}章　{title}")
            count = self.chance.randint(2, 4)
            self.article(str(chapter), number, count)
            number += count
        self.say("第五章　附则")
        self.say(f"第{below_hundred(number + 1)}条　{self.writer.end() or f'本{self.form}自印发之日起施行。'}")

    def article(self, path: str, first: int, count: int) -> None:
        """The articles of a chapter."""
        for at in range(first + 1, first + count + 1):
            subject = self.writer.subject("topics", "whole")
            self.gold.task(f"{path}.{at}", subject.title.split("，")[0], False)
            text = self.writer.sentences(subject)
            if self.chance.one_in(2):
                text += self.writer.part_in_prose(f"{path}.{at}")
            self.say(f"第{below_hundred(at)}条　{subject.title}。{text}")
