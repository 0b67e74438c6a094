/*
name: citations_not_held
title: {zh: "未收录的被引政策", en: "Cited and not held"}
description:
  zh: "被引用而没有收录的政策"
  en: "Policies that are cited and whose documents are not held"
params:
  - name: region
    type: region
    description: {zh: "地区:代码或常用名称(430700、常德、湖南省常德市),含其下辖地区", en: "Region: code or any usual name; includes all regions within it"}
  - name: as_of
    type: date
    description: {zh: "只看该日未失效的政策(年-月-日);不填则不筛选", en: "Leave out policies known not to be in force on this day; no filter when absent"}
columns:
  - {name: cited_title, type: string, node: Policy, id: cited_id, description: {zh: "被引政策标题", en: "Title of the cited policy"}}
  - {name: cited_number, type: string, description: {zh: "被引政策文号", en: "Its document number"}}
  - {name: relation, type: string, description: {zh: "关系", en: "Relation"}}
  - {name: region, type: string, description: {zh: "地区", en: "Region"}}
  - {name: policy, type: string, node: Policy, id: policy_id, description: {zh: "政策标题", en: "Title of the policy"}}
  - {name: policy_id, type: string, description: {zh: "政策编号", en: "Id of the policy"}}
  - {name: date, type: date, description: {zh: "成文或发布日期", en: "Date of issue, else of publication"}}
  - {name: in_force, type: boolean, description: {zh: "在 as_of(默认今天)是否有效;空为不详", en: "Whether it was in force on as_of (default today); empty when not known"}}
  - {name: quote, type: string, node: Policy, id: policy_id, at: start, description: {zh: "原文", en: "The words of the document"}}
  - {name: document, type: string, description: {zh: "文件的 SHA-256", en: "SHA-256 of the document"}}
  - {name: start, type: integer, description: {zh: "原文起点(字符)", en: "Where the quote begins, in characters"}}
  - {name: end, type: integer, description: {zh: "原文终点(字符)", en: "Where the quote ends"}}
  - {name: cited_id, type: string, description: {zh: "被引政策编号", en: "Id of the cited policy"}}
order: [cited_id, policy_id, start]
example: {region: 湖南}
questions:
  zh:
    - "哪些文件被引用,可原文一直没入库"
    - "哪些上级文件被引用了却没有入库"
    - "被引用但系统里查不到原文的文件有哪些"
    - "需要补收的被引文件清单"
    - "哪些被引用的政策没有收录?"
    - "湖南省引用了但库里没有的文件"
    - "缺失的被引文件"
    - "引用而未收录的政策"
    - "哪些政策只被引用没有原文"
    - "各地政策引用的文件中还缺哪些"
    - "常德的政策提到了哪些没有全文的文件"
    - "还有哪些被引文件需要补充收集"
  en:
    - "Which cited policies are not held?"
    - "policies that Hunan cites and that are missing"
    - "documents referred to but not in the graph"
    - "missing cited documents"
    - "Which referenced policies do we not have?"
    - "citations not held"
    - "Which documents are mentioned in Hunan policies but have no full text here?"
    - "What is still missing among the documents that the policies refer to?"
    - "Which national documents are cited that we should still collect?"
    - "Which documents are quoted by the policies although you do not have their text?"
graph:
  phrase: {zh: "地区 $region 引用而未收录的政策", en: "Policies that $region cites and that are not held"}
  cypher: |
    MATCH path = (g:Region)<-[:APPLIES_IN]-(:Policy)-[:BASED_ON|SUPERSEDES|AMENDS|CITES|INTERPRETS|FORWARDS]->(c:Policy)
    MATCH (w:Region)
    WHERE NOT c.held AND $region IN [w.id, w.full_name] AND w.id IN g.ancestors
    RETURN path
  suggest:
    region: |
      MATCH (c:Policy)<-[:BASED_ON|SUPERSEDES|AMENDS|CITES|INTERPRETS|FORWARDS]-(:Policy)-[:APPLIES_IN]->(:Region)-[:PART_OF*0..4]->(w:Region)
      WHERE NOT c.held
      RETURN DISTINCT w.full_name AS region ORDER BY region
*/
MATCH (p:Policy)-[r:BASED_ON]->(c:Policy)
WHERE NOT c.held
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(g:Region)
WITH p, r, c, g WHERE ($region IN g.ancestors OR $region IS NULL)
RETURN c.title AS cited_title, c.doc_number AS cited_number, 'based_on' AS relation, g.name AS region,
       p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`, c.id AS cited_id
UNION ALL
MATCH (p:Policy)-[r:SUPERSEDES]->(c:Policy)
WHERE NOT c.held
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(g:Region)
WITH p, r, c, g WHERE ($region IN g.ancestors OR $region IS NULL)
RETURN c.title AS cited_title, c.doc_number AS cited_number, 'supersedes' AS relation, g.name AS region,
       p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`, c.id AS cited_id
UNION ALL
MATCH (p:Policy)-[r:AMENDS]->(c:Policy)
WHERE NOT c.held
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(g:Region)
WITH p, r, c, g WHERE ($region IN g.ancestors OR $region IS NULL)
RETURN c.title AS cited_title, c.doc_number AS cited_number, 'amends' AS relation, g.name AS region,
       p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`, c.id AS cited_id
UNION ALL
MATCH (p:Policy)-[r:CITES]->(c:Policy)
WHERE NOT c.held
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(g:Region)
WITH p, r, c, g WHERE ($region IN g.ancestors OR $region IS NULL)
RETURN c.title AS cited_title, c.doc_number AS cited_number, 'cites' AS relation, g.name AS region,
       p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`, c.id AS cited_id
UNION ALL
MATCH (p:Policy)-[r:INTERPRETS]->(c:Policy)
WHERE NOT c.held
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(g:Region)
WITH p, r, c, g WHERE ($region IN g.ancestors OR $region IS NULL)
RETURN c.title AS cited_title, c.doc_number AS cited_number, 'interprets' AS relation, g.name AS region,
       p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`, c.id AS cited_id
UNION ALL
MATCH (p:Policy)-[r:FORWARDS]->(c:Policy)
WHERE NOT c.held
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(g:Region)
WITH p, r, c, g WHERE ($region IN g.ancestors OR $region IS NULL)
RETURN c.title AS cited_title, c.doc_number AS cited_number, 'forwards' AS relation, g.name AS region,
       p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`, c.id AS cited_id
