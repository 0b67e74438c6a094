/*
name: policy_lineage
title: {zh: "政策沿革", en: "Lineage of a policy"}
description:
  zh: "一份政策依据、取代、修改什么,又被什么依据、取代、修改,直至各层;它的解读、转发、征求意见稿和定稿"
  en: "What a policy is based on, replaces and amends, and what is based on, replaces and amends it, to any depth; what explains and forwards it, its drafts"
params:
  - name: policy
    type: policy
    required: true
    description: {zh: "政策:编号、文号或标题", en: "Policy: id, document number or title"}
  - name: as_of
    type: date
    description: {zh: "有效与否以哪一天为准(默认今天)", en: "Day that in_force is told for (default today)"}
columns:
  - {name: relation, type: string, description: {zh: "关系", en: "Relation: based_on, basis_of, supersedes, superseded_by, amends, amended_by, interprets, interpreted_by, forwards, forwarded_by, draft_of, has_draft"}}
  - {name: depth, type: integer, description: {zh: "隔几层", en: "How many steps away"}}
  - {name: policy, type: string, node: Policy, id: policy_id, description: {zh: "政策标题", en: "Title of the policy"}}
  - {name: policy_id, type: string, description: {zh: "政策编号", en: "Id of the policy"}}
  - {name: doc_number, type: string, description: {zh: "文号", en: "Document number"}}
  - {name: held, type: boolean, description: {zh: "是否收录", en: "Whether the document itself is held"}}
  - {name: date, type: date, description: {zh: "成文或发布日期", en: "Date of issue, else of publication"}}
  - {name: in_force, type: boolean, description: {zh: "在 as_of(默认今天)是否有效;空为不详", en: "Whether it was in force on as_of (default today); empty when not known"}}
order: [relation, depth, policy_id]
example: {policy: 湘政办发〔2021〕19号}
questions:
  zh:
    - "湘政办发〔2021〕19号依据什么制定?"
    - "湘政办发〔2021〕19号被什么取代?"
    - "湘政办发〔2021〕19号取代了哪些文件"
    - "《常德市推进产业立市三年行动计划》的来龙去脉"
    - "哪些文件以湘政办发〔2021〕19号为依据"
    - "湘政办发〔2021〕19号修改过吗"
    - "谁废止了湘政办发〔2021〕19号"
    - "湘政办发〔2021〕19号的政策沿革"
    - "湘政办发〔2021〕19号引用了哪些文件"
    - "湘政办发〔2021〕19号还有效吗"
    - "哪些文件落实湘政办发〔2021〕19号"
    - "湘政办发〔2021〕19号失效了吗"
    - "湘政办发〔2021〕19号的上位政策是什么"
    - "湘政办发〔2021〕19号的依据文件有哪些"
    - "湘政办发〔2021〕19号出台前是什么文件"
    - "湘政办发〔2021〕19号后来有没有修订"
    - "哪些政策提到湘政办发〔2021〕19号"
  en:
    - "Is 湘政办发〔2021〕19号 no longer in force?"
    - "Where does 湘政办发〔2021〕19号 come from?"
    - "What is 湘政办发〔2021〕19号 based on?"
    - "Which policies replaced 湘政办发〔2021〕19号?"
    - "lineage of 湘政办发〔2021〕19号"
    - "Which policies are based on 湘政办发〔2021〕19号?"
    - "What does 湘政办发〔2021〕19号 supersede or amend?"
    - "Has 湘政办发〔2021〕19号 been repealed?"
    - "history of policy 湘政办发〔2021〕19号"
    - "Which documents does 湘政办发〔2021〕19号 cite?"
    - "Which policies implement 湘政办发〔2021〕19号?"
    - "Which policy does 湘政办发〔2021〕19号 implement?"
    - "What upper-level policies is 湘政办发〔2021〕19号 based on?"
    - "Is 湘政办发〔2021〕19号 still in force?"
    - "Which policies refer to 湘政办发〔2021〕19号?"
    - "What came before 湘政办发〔2021〕19号?"
    - "Was 湘政办发〔2021〕19号 amended later?"
    - "On what authority does 湘政办发〔2021〕19号 rest, and what has replaced it?"
picture: {kind: timeline, date: date, label: policy, lane: relation, around: policy}
graph:
  phrase: {zh: "政策 $policy 的依据与替代", en: "What $policy is based on and replaces"}
  cypher: |
    MATCH path = (:Policy)-[:BASED_ON|SUPERSEDES|AMENDS|INTERPRETS|FORWARDS|DRAFT_OF*0..8]->(p:Policy)-[:BASED_ON|SUPERSEDES|AMENDS|INTERPRETS|FORWARDS|DRAFT_OF*0..8]->(:Policy)
    WHERE $policy IN [p.id, p.name] AND length(path) > 0
    RETURN path
  suggest:
    policy: |
      MATCH (p:Policy)-[:BASED_ON|SUPERSEDES|AMENDS|INTERPRETS|FORWARDS|DRAFT_OF]-(:Policy) RETURN DISTINCT p.name AS policy ORDER BY policy
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
UNION ALL
MATCH (p0:Policy)-[:INTERPRETS]->(p:Policy)
WHERE p0.id IN $policy AND p0.id <> p.id
RETURN 'interprets' AS relation, 1 AS depth, p.name AS policy, p.id AS policy_id, p.doc_number AS doc_number,
       p.held AS held, coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force
UNION ALL
MATCH (p:Policy)-[:INTERPRETS]->(p0:Policy)
WHERE p0.id IN $policy AND p0.id <> p.id
RETURN 'interpreted_by' AS relation, 1 AS depth, p.name AS policy, p.id AS policy_id, p.doc_number AS doc_number,
       p.held AS held, coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force
UNION ALL
MATCH (p0:Policy)-[:FORWARDS]->(p:Policy)
WHERE p0.id IN $policy AND p0.id <> p.id
RETURN 'forwards' AS relation, 1 AS depth, p.name AS policy, p.id AS policy_id, p.doc_number AS doc_number,
       p.held AS held, coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force
UNION ALL
MATCH (p:Policy)-[:FORWARDS]->(p0:Policy)
WHERE p0.id IN $policy AND p0.id <> p.id
RETURN 'forwarded_by' AS relation, 1 AS depth, p.name AS policy, p.id AS policy_id, p.doc_number AS doc_number,
       p.held AS held, coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force
UNION ALL
MATCH (p0:Policy)-[:DRAFT_OF]->(p:Policy)
WHERE p0.id IN $policy AND p0.id <> p.id
RETURN 'draft_of' AS relation, 1 AS depth, p.name AS policy, p.id AS policy_id, p.doc_number AS doc_number,
       p.held AS held, coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force
UNION ALL
MATCH (p:Policy)-[:DRAFT_OF]->(p0:Policy)
WHERE p0.id IN $policy AND p0.id <> p.id
RETURN 'has_draft' AS relation, 1 AS depth, p.name AS policy, p.id AS policy_id, p.doc_number AS doc_number,
       p.held AS held, coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force
