"""Small documents for tests, in the forms in which such documents come. None of them is a real one."""

from __future__ import annotations

import hashlib

from ingest.pipeline import extract
from ingest.records import Document, Record

TITLE = "常德市园区提质行动方案\n为推动园区高质量发展，制定本方案，请认真贯彻执行。\n"
BODY = """一、总体要求
坚持新发展理念，推动园区高质量发展，为建设现代化城市提供有力支撑。
二、重点任务
（一）推进绿色发展
1.推进绿色工厂建设。开展企业能效提升，建设绿色工厂。
2.开展绿色园区创建。完善基础设施，创建绿色园区。
（二）深化改革创新
1.完善园区管理体制。深化管理体制改革，推行聘任制。
2.健全企业退出机制。对达不到要求的企业实行退出。
三、保障措施
（一）加强组织领导。成立领导小组，统筹推进工作。
（二）强化督查考核。建立考核机制，定期督查。
"""


def lines_of_table(rows: list[list[str]], mark: str) -> str:
    """The rows of a table with tabs, or with bars, between the cells; bars stand at both ends too."""
    end = "" if mark == "\t" else "|"
    return "".join(f"{end}{mark.join(row)}{end}\n" for row in rows)


def record(text: str) -> Record:
    """Extract a text as if read from a file."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return extract(Document(sha256=digest, source="a.txt", media_type="text/plain", text=text))


def duties(text: str) -> list[tuple[str, str, str]]:
    """(path, agency, role) of every responsibility of a text."""
    return [(row.task, row.agency, row.role) for row in record(text).responsibilities]
