"""Typed, read-only views of single entities, each by a handful of queries: what REST resources and pages show.

All take a store and an id, the day that counts as today, and the day asked for, and raise NotFoundError where the graph
has no such id. Lists in them have a fixed order, the same on every engine. ``graph.detail.lists`` has rows of many.
"""

from graph.detail.agencies import AgencyDetail, agency
from graph.detail.industries import IndustryDetail, industry
from graph.detail.parks import ParkDetail, park
from graph.detail.policies import PolicyDetail, policy
from graph.detail.regions import RegionDetail, region
from graph.detail.targets import TargetDetail, target
from graph.detail.tasks import TaskDetail, task
from graph.detail.texts import PolicyText, policy_text
from graph.detail.themes import ThemeDetail, theme

__all__ = [
    "AgencyDetail", "IndustryDetail", "ParkDetail", "PolicyDetail", "PolicyText", "RegionDetail", "TargetDetail",
    "TaskDetail", "ThemeDetail", "agency", "industry", "park", "policy", "policy_text", "region", "target", "task", "theme",
]  # fmt: skip
