/*
name: policy_lineage
title: {zh: "政策沿革", en: "Lineage of a policy"}
description:
  zh: "一份政策依据什么、被什么作为依据、取代什么、被什么取代、修改什么、被什么修改,直至各层"
  en: "What a policy is based on, replaces and amends, and what is based on, replaces and amends it, to any depth"
params:
  - name: policy
    type: policy
    required: true
    description: {zh: "政策:编号、文号或标题", en: "Policy: id, document number or title"}
  - name: as_of
    type: date
    description: {zh: "有效与否以哪一天为准(默认今天)", en: "Day that in_force is told for (default today)"}
columns:
  - {name: relation, type: string, description: {zh: "关系", en: "Relation: based_on, basis_of, supersedes, superseded_by, amends, amended_by"}}
  - {name: depth, type: integer, description: {zh: "隔几层", en: "How many steps away"}}
  - {name: policy, type: string, node: Policy, id: policy_id, description: {zh: "政策标题", en: "Title of the policy"}}
  - {name: policy_id, type: string, description: {zh: "政策编号", en: "Id of the policy"}}
  - {name: doc_number, type: string, description: {zh: "文号", en: "Document number"}}
  - {name: held, type: boolean, description: {zh: "是否收录", en: "Whether the document itself is held"}}
  - {name: date, type: date, description: {zh: "成文或发布日期", en: "Date of issue, else of publication"}}
  - {name: in_force, type: boolean, description: {zh: "在 as_of(默认今天)是否有效;空为不详", en: "Whether it was in force on as_of (default today); empty when not known"}}
order: [relation, depth, policy_id]
example: {policy: 湘政办发〔2021〕19号}
picture: {kind: timeline, date: date, label: policy, lane: relation, around: policy}
graph:
  phrase: {zh: "政策 $policy 的依据与替代", en: "What $policy is based on and replaces"}
  cypher: |
    MATCH path = (:Policy)-[:BASED_ON|SUPERSEDES|AMENDS*0..8]->(p:Policy)-[:BASED_ON|SUPERSEDES|AMENDS*0..8]->(:Policy)
    WHERE $policy IN [p.id, p.name] AND length(path) > 0
    RETURN path
  suggest:
    policy: |
      MATCH (p:Policy)-[:BASED_ON|SUPERSEDES|AMENDS]-(:Policy) RETURN DISTINCT p.name AS policy ORDER BY policy
*/
MATCH path = (p0:Policy)-[:BASED_ON*1..8]->(p:Policy)
WHERE p0.id IN $policy AND p0.id <> p.id
RETURN 'based_on' AS relation, min(length(path)) AS depth, p.name AS policy, p.id AS policy_id, p.doc_number AS doc_number,
       p.held AS held, coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force
UNION ALL
MATCH path = (p:Policy)-[:BASED_ON*1..8]->(p0:Policy)
WHERE p0.id IN $policy AND p0.id <> p.id
RETURN 'basis_of' AS relation, min(length(path)) AS depth, p.name AS policy, p.id AS policy_id, p.doc_number AS doc_number,
       p.held AS held, coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force
UNION ALL
MATCH path = (p0:Policy)-[:SUPERSEDES*1..8]->(p:Policy)
WHERE p0.id IN $policy AND p0.id <> p.id
RETURN 'supersedes' AS relation, min(length(path)) AS depth, p.name AS policy, p.id AS policy_id, p.doc_number AS doc_number,
       p.held AS held, coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force
UNION ALL
MATCH path = (p:Policy)-[:SUPERSEDES*1..8]->(p0:Policy)
WHERE p0.id IN $policy AND p0.id <> p.id
RETURN 'superseded_by' AS relation, min(length(path)) AS depth, p.name AS policy, p.id AS policy_id, p.doc_number AS doc_number,
       p.held AS held, coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force
UNION ALL
MATCH path = (p0:Policy)-[:AMENDS*1..8]->(p:Policy)
WHERE p0.id IN $policy AND p0.id <> p.id
RETURN 'amends' AS relation, min(length(path)) AS depth, p.name AS policy, p.id AS policy_id, p.doc_number AS doc_number,
       p.held AS held, coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force
UNION ALL
MATCH path = (p:Policy)-[:AMENDS*1..8]->(p0:Policy)
WHERE p0.id IN $policy AND p0.id <> p.id
RETURN 'amended_by' AS relation, min(length(path)) AS depth, p.name AS policy, p.id AS policy_id, p.doc_number AS doc_number,
       p.held AS held, coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force
