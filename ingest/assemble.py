"""From what the components found to one ``Record``: agencies resolved, evidence in offsets of the text as read."""

from __future__ import annotations

from spacy.tokens import Doc

from ingest.agencies import level_of
from ingest.division import Tasks, clause_of
from ingest.duties import Duty, first_named_leads
from ingest.header import Header
from ingest.parks import parks_in
from ingest.prose import prose_clauses, title_clause
from ingest.records import (
    Agency,
    Document,
    DutyBasis,
    Record,
    Region,
    Responsibility,
    Span,
    Succession,
    Task,
    ThemeMention,
    Unresolved,
)
from ingest.regions import regions
from ingest.resolve import agency_resolver
from ingest.target_records import lost_numbers, target_records
from ingest.tasks import Work
from ingest.themes import Found
from ingest.view import View

PARK_ISSUERS = ("管委会", "管理委员会")


class Agencies:
    """The agencies of one document: each mention resolved in its region and at its date, with its successions."""

    def __init__(self, header: Header, siblings: frozenset[str]) -> None:
        self.region = header.region
        self.on = header.policy.issued_on or header.policy.published_on
        self.siblings = siblings
        issuer = header.policy.issuers[0] if header.policy.issuers else ""
        self.of_park = issuer if issuer.endswith(PARK_ISSUERS) else None  # a park's own bureaus bear short names
        self.found: dict[str, Agency] = {}
        self.successions: dict[tuple[str, str], Succession] = {}

    def resolve(self, name: str) -> Agency | None:
        """The agency of a mention; None where it names none."""
        agency = agency_resolver().resolve(name, self.region, self.on, siblings=self.siblings)
        if agency is not None and agency.resolved and self.of_park and not (agency.collective or level_of(name)):
            agency = agency.model_copy(
                update={"id": f"{self.of_park}{name}", "name": f"{self.of_park}{name}", "resolved": False}
            )
        if agency is not None:
            self.keep(agency)
        return agency

    def keep(self, agency: Agency) -> None:
        """Remember an agency and the chain of those before and after it."""
        if agency.id in self.found:
            return
        self.found[agency.id] = agency
        chain, successions = agency_resolver().chain(agency)
        for other in chain:
            self.found.setdefault(other.id, other)
        for row in successions:
            self.successions[row.predecessor, row.successor] = row


def record_of(document: Document, doc: Doc) -> Record:
    """Everything that the components found, as the record of one document."""
    header: Header = doc._.header
    works: list[Work] = doc._.works
    view: View = doc._.view
    unresolved = divide(doc)
    add_prose(doc, header)
    siblings = frozenset(duty.mention.name for work in works for clause in work.clauses for duty in clause.duties)
    agencies = Agencies(header, siblings)
    responsibilities = [row for work in works for row in duties_of(view, work, agencies)]
    for issuer in header.policy.issuers:
        agencies.resolve(issuer)
    unresolved += unsettled(responsibilities, agencies)
    unresolved += lost_numbers(doc)
    targets = target_records(doc)
    mentions = doc._.park_mentions
    tasks = [
        task_of(view, work, found, parks_in(mentions, work.start, work.end), industries)
        for work, found, industries in zip(works, doc._.task_themes, doc._.task_industries, strict=True)
    ]
    found = Record(
        document=document,
        policy=header.policy,
        tasks=tuple(tasks),
        responsibilities=tuple(responsibilities),
        targets=targets,
        parks=tuple(doc._.parks),
        park_industries=tuple(doc._.park_industries),
        references=tuple(doc._.references),
        agencies=tuple(agencies.found[key] for key in sorted(agencies.found)),
        successions=tuple(agencies.successions[key] for key in sorted(agencies.successions)),
        regions=regions_of(header, agencies, [park.region for park in doc._.parks]),
        unresolved=tuple(unresolved),
        covered=covered(
            view, header, works, [row.evidence for row in (*responsibilities, *targets, *doc._.references)]
        ),
    )
    return found if header.policy.genre != "interpretation" else article_of(found, view, header)


def article_of(record: Record, view: View, header: Header) -> Record:
    """What an article about a policy says itself: what it explains, what it cites, the parks that it names.

    The tasks, duties and targets that it tells of are the policy's, and stand in the policy's own text.
    """
    return Record(
        document=record.document,
        policy=record.policy,
        parks=record.parks,
        references=record.references,
        regions=regions_of(header, Agencies(header, frozenset()), [park.region for park in record.parks]),
        unresolved=tuple(item for item in record.unresolved if item.kind == "park"),
        covered=covered(view, header, [], [row.evidence for row in record.references]),
    )


def divide(doc: Doc) -> list[Unresolved]:
    """Give the rows of task-division tables to the tasks they mean; list those that mean none."""
    lost = []
    if not doc._.tables:
        return []
    first_leads = first_named_leads(doc._.view.text)
    outline, works, view = doc._.outline, doc._.works, doc._.view
    tasks = Tasks(outline, works)
    for table in doc._.tables:
        for row in table.rows:
            clause = clause_of(outline, row, first_leads)
            work = tasks.meant(row) if clause else None
            if clause and work:
                work.clauses.append(clause)
            elif clause:
                span = view.span(row.start, row.end)
                lost.append(
                    Unresolved(kind="clause", text=span.quote, reason="a table row that no task matches", evidence=span)
                )
    return lost


def add_prose(doc: Doc, header: Header) -> None:
    """Look for duties in the sentences of tasks that no clause and no table speaks of."""
    on = header.policy.issued_on or header.policy.published_on
    text = doc._.view.text
    taken = [clause.start for work in doc._.works for clause in work.clauses]
    for work in doc._.works:
        if not work.clauses:
            # a clause within is that of the item above
            end = min((at for at in taken if work.start < at < work.end), default=work.end)
            work.clauses += title_clause(text, work.title, header.region, on)
            work.clauses += prose_clauses(text, work.start, end, header.region, on)


def duties_of(view: View, work: Work, agencies: Agencies) -> list[Responsibility]:
    """Rows of one task, each agency once for each role."""
    rows: dict[tuple[str, str], Responsibility] = {}
    leaders = any(duty.role == "lead" for clause in work.clauses for duty in clause.duties)
    for clause in work.clauses:
        evidence = view.span(clause.start, clause.end)
        first = True
        for duty in clause.duties:
            agency = agencies.resolve(duty.mention.name)
            if agency is None:
                continue
            named_first = first and duty.role == "responsible" and not leaders
            first = False
            basis: DutyBasis = "first_named" if named_first else "stated"
            row = row_of(view, work, evidence, duty, basis, agency)
            rows.setdefault((row.agency, row.role), row)
    return list(rows.values())


def row_of(view: View, work: Work, evidence: Span, duty: Duty, basis: DutyBasis, agency: Agency) -> Responsibility:
    """One responsibility; its evidence is the clause."""
    return Responsibility(
        task=work.path,
        agency=duty.mention.name,
        mention=view.quote(duty.mention.start, duty.mention.end),
        agency_id=agency.id,
        canonical=agency_resolver().canonical(agency),
        role=duty.role,
        position=duty.position,
        basis=basis,
        evidence=evidence,
    )


def task_of(view: View, work: Work, found: list[Found], parks: tuple[str, ...], industries: tuple[str, ...]) -> Task:
    """A task with its title, its text, what it is about, the parks it names and the industries it develops."""
    span = view.span(work.start, work.end)
    return Task(
        path=work.path,
        title="".join(view.written(*work.title).split()),
        text=span.quote,
        evidence=span,
        themes=tuple(
            ThemeMention(theme=item.key, terms=item.terms, evidence=view.span(item.start, item.end)) for item in found
        ),
        industries=industries,
        parks=parks,
    )


def unsettled(rows: list[Responsibility], agencies: Agencies) -> list[Unresolved]:
    """Mentions whose agency no table settles, each name once."""
    seen: dict[str, Unresolved] = {}
    for row in rows:
        agency = agencies.found[row.agency_id]
        if not agency.resolved and row.agency not in seen:
            seen[row.agency] = Unresolved(
                kind="agency", text=row.agency, reason="no table knows its official name", evidence=row.evidence
            )
    return list(seen.values())


def regions_of(header: Header, agencies: Agencies, others: list[str | None]) -> tuple[Region, ...]:
    """Every region that the record names, and those above them."""
    codes = {agency.region for agency in agencies.found.values() if agency.region}
    codes |= {header.region.code} if header.region else set()
    codes |= {code for code in others if code}
    table = regions()
    every = {region.code: region for code in codes for region in (table[code], *table.ancestors(code))}
    return tuple(every[code] for code in sorted(every))


def covered(view: View, header: Header, works: list[Work], evidence: list[Span]) -> int:
    """Characters of the source that some node or edge rests on."""
    spans = [(view.offset(start), view.offset(end)) for start, end in header.covered]
    spans += [(view.offset(work.start), view.offset(work.end)) for work in works]
    spans += [(span.start, span.end) for span in evidence]
    total = reach = 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reach))
        reach = max(reach, end)
    return total
