/*
name: park_profile
title: {zh: "园区画像", en: "Profile of a park"}
description:
  zh: "各政策对一个园区说了什么:提及、产业、任务、目标"
  en: "What policies say of a park: mentions, industries, tasks, targets"
params:
  - name: park
    type: park
    required: true
    description: {zh: "园区:全称或简称", en: "Park: full name or alias"}
  - name: as_of
    type: date
    description: {zh: "只看该日未失效的政策(年-月-日);不填则不筛选", en: "Leave out policies known not to be in force on this day; no filter when absent"}
columns:
  - {name: park, type: string, node: Park, description: {zh: "园区", en: "Park"}}
  - {name: section, type: string, description: {zh: "类别:mention 提及,industry 产业,task 任务,target 目标", en: "mention, industry, task or target"}}
  - {name: detail, type: string, description: {zh: "内容:级别、产业、任务或指标", en: "Class of the park, industry, task or indicator"}}
  - {name: policy, type: string, node: Policy, id: policy_id, description: {zh: "政策标题", en: "Title of the policy"}}
  - {name: policy_id, type: string, description: {zh: "政策编号", en: "Id of the policy"}}
  - {name: date, type: date, description: {zh: "成文或发布日期", en: "Date of issue, else of publication"}}
  - {name: in_force, type: boolean, description: {zh: "在 as_of(默认今天)是否有效;空为不详", en: "Whether it was in force on as_of (default today); empty when not known"}}
  - {name: quote, type: string, node: Policy, id: policy_id, at: start, description: {zh: "原文", en: "The words of the document"}}
  - {name: document, type: string, description: {zh: "文件的 SHA-256", en: "SHA-256 of the document"}}
  - {name: start, type: integer, description: {zh: "原文起点(字符)", en: "Where the quote begins, in characters"}}
  - {name: end, type: integer, description: {zh: "原文终点(字符)", en: "Where the quote ends"}}
order: [park, section, -date, policy, start]
example: {park: 常德经开区}
questions:
  zh:
    - "常德经开区的情况"
    - "政策对常德经开区说了什么?"
    - "介绍一下常德高新区"
    - "常德经开区发展哪些产业?"
    - "哪些政策提到常德经开区"
    - "常德高新区的主导产业是什么"
    - "常德经开区有哪些任务"
    - "常德经开区"
    - "政策里是怎么说常德经开区的"
    - "常德高新区有什么定位"
    - "文件对常德经开区提了哪些要求"
    - "常德经开区在哪些政策里出现过"
  en:
    - "Tell me about the Changde Economic Development Zone"
    - "What do policies say about Changde High-tech Zone?"
    - "profile of the Changde Economic and Technological Development Zone"
    - "Which industries does the Changde High-tech Zone develop?"
    - "Which policies mention the Changde Economic Development Zone?"
    - "overview of Changde Economic Development Zone"
    - "leading industries of Changde High-tech Zone"
    - "tasks that concern the Changde Economic Development Zone"
    - "Changde High-tech Zone"
    - "What is known about the Changde High-tech Zone?"
    - "What plans are there for the Changde Economic Development Zone?"
    - "In which policies does the Changde High-tech Zone appear?"
    - "What role does the Changde Economic Development Zone play in the policies?"
    - "Which sectors is Changde High-tech Zone known for?"
    - "What does the Changde High-tech Zone have to do according to the documents?"
    - "What are the targets, tasks and industries of the Changde High-tech Zone?"
graph:
  phrase: {zh: "园区 $park 的画像", en: "Profile of the park $park"}
  cypher: |
    MATCH path = (k:Park)-[:MENTIONS|APPLIES_TO|DEVELOPS|LOCATED_IN]-(:Policy|Task|Target|Industry|Region)
    WHERE $park IN [k.id, k.name] OR $park IN k.aliases
    RETURN path
  example: {park: 常德经济技术开发区}
*/
UNWIND $park AS one
MATCH (k:Park {id: one})
OPTIONAL MATCH (p:Policy)-[r:MENTIONS]->(k)
WITH k, r, p
WHERE p.id IS NOT NULL
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
RETURN k.id AS park, 'mention' AS section, k.park_class AS detail, p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`
UNION ALL
UNWIND $park AS one
MATCH (k:Park {id: one})
OPTIONAL MATCH (k)-[r:DEVELOPS]->(i:Industry)
WITH k, r, i WHERE i.id IS NOT NULL
MATCH (p:Policy {id: r.policy})
WHERE (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
RETURN k.id AS park, 'industry' AS section, i.name AS detail, p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`
UNION ALL
UNWIND $park AS one
MATCH (k:Park {id: one})
OPTIONAL MATCH (t:Task)-[r:MENTIONS]->(k)
OPTIONAL MATCH (p:Policy)-[:HAS_TASK]->(t)
WITH k, r, t, p
WHERE p.id IS NOT NULL
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
RETURN k.id AS park, 'task' AS section, t.title AS detail, p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`
UNION ALL
UNWIND $park AS one
MATCH (k:Park {id: one})
OPTIONAL MATCH (t:Target)-[r:APPLIES_TO]->(k)
OPTIONAL MATCH (p:Policy)-[:TARGETS]->(t)
WITH k, r, t, p
WHERE p.id IS NOT NULL
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
RETURN k.id AS park, 'target' AS section, t.metric AS detail, p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`
