/*
name: evidence
title: {zh: "出处", en: "Evidence"}
description:
  zh: "某个节点(编号或名称),或某政策某编号的条目,出自哪个文件的哪一句"
  en: "In which document and sentence a node (by id), or an item of a policy (by policy and path), stands"
params:
  - name: id
    type: string
    description: {zh: "节点编号", en: "Id of a node"}
  - name: policy
    type: policy
    description: {zh: "政策:编号、文号或标题", en: "Policy: id, document number or title"}
  - name: path
    type: string
    description: {zh: "条目编号,如 2.3.1", en: "Number of an item, such as 2.3.1"}
columns:
  - {name: what, type: string, description: {zh: "类别或角色", en: "Kind of thing, or role"}}
  - {name: name, type: string, description: {zh: "名称", en: "Its name"}}
  - {name: policy_id, type: string, description: {zh: "政策编号", en: "Id of the policy"}}
  - {name: source, type: string, description: {zh: "文件名", en: "Name of the file"}}
  - {name: quote, type: string, node: Policy, id: policy_id, at: start, description: {zh: "原文", en: "The words of the document"}}
  - {name: document, type: string, description: {zh: "文件的 SHA-256", en: "SHA-256 of the document"}}
  - {name: start, type: integer, description: {zh: "原文起点(字符)", en: "Where the quote begins, in characters"}}
  - {name: end, type: integer, description: {zh: "原文终点(字符)", en: "Where the quote ends"}}
  - {name: page, type: integer, description: {zh: "页码;没有页的文件为空", en: "Page on which the quote begins, where the file has pages"}}
  - {name: table, type: integer, description: {zh: "文件中第几个表", en: "Number of the table in the file"}}
  - {name: row, type: integer, description: {zh: "表的第几行", en: "Row of the table"}}
  - {name: column, type: integer, description: {zh: "该行第几格;跨多格为空", en: "Cell of the row; empty where the quote takes in several"}}
order: [policy_id, start, what, name]
example: {policy: 驻政办〔2019〕125号, path: "2.3.1"}
questions:
  zh:
    - "驻政办〔2019〕125号2.3.1的出处"
    - "驻政办〔2019〕125号第2.3.1条原文是什么?"
    - "驻政办〔2019〕125号的原文出处"
    - "2.3.1出自《驻马店市推进产业集聚区高质量快速发展行动方案》哪句话"
    - "驻政办〔2019〕125号第2.3.1项怎么写的"
    - "驻政办〔2019〕125号第2.3.1条"
    - "驻政办〔2019〕125号2.3.1的依据是哪句话"
    - "驻政办〔2019〕125号第2.3.1条任务的原文"
    - "驻政办〔2019〕125号关于2.3.1是怎么规定的"
    - "驻政办〔2019〕125号2.3.1这项任务写在哪里"
    - "给出驻政办〔2019〕125号2.3.1的原文依据"
    - "节点title:推进产业集聚区高质量快速发展行动方案的出处"
  en:
    - "Where does node title:推进产业集聚区高质量快速发展行动方案 come from?"
    - "Where does item 2.3.1 of 驻政办〔2019〕125号 stand?"
    - "evidence for 驻政办〔2019〕125号 2.3.1"
    - "exact words of item 2.3.1 in 驻政办〔2019〕125号"
    - "source of 驻政办〔2019〕125号"
    - "What does 驻政办〔2019〕125号 item 2.3.1 say?"
    - "quote 2.3.1 of 驻政办〔2019〕125号"
    - "Which sentence says 驻政办〔2019〕125号 2.3.1?"
    - "Show the original text of task 2.3.1 in 驻政办〔2019〕125号"
    - "On which page does 驻政办〔2019〕125号 mention item 2.3.1?"
    - "How is item 2.3.1 of 驻政办〔2019〕125号 worded?"
    - "What exactly does item 2.3.1 in 驻政办〔2019〕125号 require?"
    - "chapter and verse for item 2.3.1 of 驻政办〔2019〕125号"
graph:
  phrase: {zh: "政策 $policy 的出处", en: "Where $policy is stated"}
  cypher: |
    MATCH path = (:Document)<-[:STATED_IN]-(p:Policy)-[:HAS_TASK|TARGETS]->(:Task|Target)
    WHERE $policy IN [p.id, p.name]
    RETURN path
  suggest:
    policy: |
      MATCH (:Document)<-[:STATED_IN]-(p:Policy)-[:HAS_TASK|TARGETS]->(:Task|Target)
      RETURN DISTINCT p.name AS policy ORDER BY policy
*/
UNWIND coalesce($policy, ['']) AS i
MATCH (p:Policy {id: i})
OPTIONAL MATCH (p)-[:HAS_TASK|TARGETS]->(n:Task|Target)
WITH n WHERE n.path = $path
MATCH (d:Document {id: n.document})
RETURN n.kind AS what, n.name AS name, n.policy AS policy_id, d.source AS source, n.quote AS quote, n.document AS document, n.start AS start, n.`end` AS `end`,
       n.page AS page, n.`table` AS `table`, n.row AS row, n.`column` AS `column`
UNION
MATCH (n:Task {id: $id})
MATCH (d:Document {id: n.document})
RETURN n.kind AS what, n.name AS name, n.policy AS policy_id, d.source AS source, n.quote AS quote, n.document AS document, n.start AS start, n.`end` AS `end`,
       n.page AS page, n.`table` AS `table`, n.row AS row, n.`column` AS `column`
UNION
MATCH (n:Target {id: $id})
MATCH (d:Document {id: n.document})
RETURN n.kind AS what, n.name AS name, n.policy AS policy_id, d.source AS source, n.quote AS quote, n.document AS document, n.start AS start, n.`end` AS `end`,
       n.page AS page, n.`table` AS `table`, n.row AS row, n.`column` AS `column`
UNION
MATCH (n:Unresolved {id: $id})
MATCH (d:Document {id: n.document})
RETURN n.kind AS what, n.name AS name, n.policy AS policy_id, d.source AS source, n.quote AS quote, n.document AS document, n.start AS start, n.`end` AS `end`,
       n.page AS page, n.`table` AS `table`, n.row AS row, n.`column` AS `column`
UNION
MATCH (n:Policy {id: $id})
MATCH (d:Document {id: n.document})
RETURN n.kind AS what, n.name AS name, n.id AS policy_id, d.source AS source, n.quote AS quote, n.document AS document, n.start AS start, n.`end` AS `end`,
       n.page AS page, n.`table` AS `table`, n.row AS row, n.`column` AS `column`
UNION
UNWIND coalesce($policy, ['']) AS i
MATCH (n:Policy {id: i})
WHERE $path IS NULL
MATCH (d:Document {id: n.document})
RETURN n.kind AS what, n.name AS name, n.id AS policy_id, d.source AS source, n.quote AS quote, n.document AS document, n.start AS start, n.`end` AS `end`,
       n.page AS page, n.`table` AS `table`, n.row AS row, n.`column` AS `column`
UNION
UNWIND coalesce($policy, ['']) AS i
MATCH (p:Policy {id: i})
OPTIONAL MATCH (p)-[:HAS_TASK]->(t:Task)
WITH collect(CASE WHEN t.path = $path THEN t.id END) + [coalesce($id, '')] AS ids
UNWIND ids AS j
MATCH (t:Task {id: j})
OPTIONAL MATCH (n:Agency)-[r:RESPONSIBLE_FOR]->(t)
WITH n, r WHERE n.id IS NOT NULL
MATCH (d:Document {id: r.document})
RETURN r.role AS what, n.name AS name, r.policy AS policy_id, d.source AS source, r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`,
       r.page AS page, r.`table` AS `table`, r.row AS row, r.`column` AS `column`
UNION
MATCH (n:Agency {id: $id})
OPTIONAL MATCH (n)-[r:RESPONSIBLE_FOR]->(t:Task)
WITH n, t, r WHERE t.id IS NOT NULL
MATCH (d:Document {id: r.document})
RETURN r.role AS what, n.name AS name, r.policy AS policy_id, d.source AS source, r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`,
       r.page AS page, r.`table` AS `table`, r.row AS row, r.`column` AS `column`
UNION
UNWIND coalesce($policy, ['']) AS i
MATCH (p:Policy {id: i})
OPTIONAL MATCH (p)-[:HAS_TASK]->(t:Task)
WITH collect(CASE WHEN t.path = $path THEN t.id END) + [coalesce($id, '')] AS ids
UNWIND ids AS j
MATCH (t:Task {id: j})
OPTIONAL MATCH (t)-[r:ABOUT]->(n:Theme)
WITH n, r WHERE n.id IS NOT NULL
MATCH (d:Document {id: r.document})
RETURN n.kind AS what, n.name AS name, r.policy AS policy_id, d.source AS source, r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`,
       r.page AS page, r.`table` AS `table`, r.row AS row, r.`column` AS `column`
UNION
MATCH (n:Theme {id: $id})
OPTIONAL MATCH (t:Task)-[r:ABOUT]->(n)
WITH n, t, r WHERE t.id IS NOT NULL
MATCH (d:Document {id: r.document})
RETURN n.kind AS what, n.name AS name, r.policy AS policy_id, d.source AS source, r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`,
       r.page AS page, r.`table` AS `table`, r.row AS row, r.`column` AS `column`
UNION
UNWIND coalesce($policy, ['']) AS i
MATCH (p:Policy {id: i})
OPTIONAL MATCH (p)-[:HAS_TASK]->(t:Task)
WITH collect(CASE WHEN t.path = $path THEN t.id END) + [coalesce($id, '')] AS ids
UNWIND ids AS j
MATCH (t:Task {id: j})
OPTIONAL MATCH (t)-[r:PROMOTES|MENTIONS]->(n:Industry|Park)
WITH n, r WHERE n.id IS NOT NULL
MATCH (d:Document {id: r.document})
RETURN n.kind AS what, n.name AS name, r.policy AS policy_id, d.source AS source, r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`,
       r.page AS page, r.`table` AS `table`, r.row AS row, r.`column` AS `column`
UNION
MATCH (n:Industry {id: $id})
OPTIONAL MATCH (t:Task|Park)-[r:PROMOTES|DEVELOPS]->(n)
WITH n, t, r WHERE t.id IS NOT NULL
MATCH (d:Document {id: r.document})
RETURN n.kind AS what, n.name AS name, r.policy AS policy_id, d.source AS source, r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`,
       r.page AS page, r.`table` AS `table`, r.row AS row, r.`column` AS `column`
UNION
MATCH (n:Park {id: $id})
OPTIONAL MATCH (t:Task|Policy)-[r:MENTIONS]->(n)
WITH n, t, r WHERE t.id IS NOT NULL
MATCH (d:Document {id: r.document})
RETURN n.kind AS what, n.name AS name, r.policy AS policy_id, d.source AS source, r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`,
       r.page AS page, r.`table` AS `table`, r.row AS row, r.`column` AS `column`
UNION
MATCH (k:Park {id: $id})
OPTIONAL MATCH (k)-[r:DEVELOPS]->(n:Industry)
WITH n, r WHERE n.id IS NOT NULL
MATCH (d:Document {id: r.document})
RETURN n.kind AS what, n.name AS name, r.policy AS policy_id, d.source AS source, r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`,
       r.page AS page, r.`table` AS `table`, r.row AS row, r.`column` AS `column`
UNION
UNWIND coalesce($policy, ['']) + [coalesce($id, '')] AS i
MATCH (n:Policy {id: i})
WHERE $path IS NULL OR n.id = $id
OPTIONAL MATCH (q:Policy)-[r:SUPERSEDES|BASED_ON|CITES|AMENDS|INTERPRETS|FORWARDS|DRAFT_OF]->(n)
WITH n, q, r WHERE q.id IS NOT NULL
MATCH (d:Document {id: r.document})
RETURN 'cited' AS what, n.name AS name, r.policy AS policy_id, d.source AS source, r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`,
       r.page AS page, r.`table` AS `table`, r.row AS row, r.`column` AS `column`
