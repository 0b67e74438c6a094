/*
name: unowned_tasks
title: {zh: "无人负责的任务", en: "Tasks without an owner"}
description:
  zh: "没有写明任何部门的任务"
  en: "Tasks that the text ties to no agency"
params:
  - name: theme
    type: theme
    description: {zh: "主题(键或名称,如 green、绿色低碳)", en: "Theme: its key or name, such as green"}
  - name: region
    type: region
    description: {zh: "地区:代码或常用名称(430700、常德、湖南省常德市),含其下辖地区", en: "Region: code or any usual name; includes all regions within it"}
  - name: as_of
    type: date
    description: {zh: "只看该日未失效的政策(年-月-日);不填则不筛选", en: "Leave out policies known not to be in force on this day; no filter when absent"}
columns:
  - {name: region, type: string, node: Region, id: region_code, description: {zh: "地区", en: "Region"}}
  - {name: region_code, type: string, description: {zh: "地区代码", en: "Code of the region"}}
  - {name: task, type: string, node: Task, id: task_id, description: {zh: "任务标题", en: "Title of the task"}}
  - {name: path, type: string, description: {zh: "任务在文中的编号", en: "Number of the item in the document"}}
  - {name: policy, type: string, node: Policy, id: policy_id, description: {zh: "政策标题", en: "Title of the policy"}}
  - {name: policy_id, type: string, description: {zh: "政策编号", en: "Id of the policy"}}
  - {name: date, type: date, description: {zh: "成文或发布日期", en: "Date of issue, else of publication"}}
  - {name: in_force, type: boolean, description: {zh: "在 as_of(默认今天)是否有效;空为不详", en: "Whether it was in force on as_of (default today); empty when not known"}}
  - {name: quote, type: string, node: Policy, id: policy_id, at: start, description: {zh: "原文", en: "The words of the document"}}
  - {name: document, type: string, description: {zh: "文件的 SHA-256", en: "SHA-256 of the document"}}
  - {name: start, type: integer, description: {zh: "原文起点(字符)", en: "Where the quote begins, in characters"}}
  - {name: end, type: integer, description: {zh: "原文终点(字符)", en: "Where the quote ends"}}
  - {name: task_id, type: string, description: {zh: "任务编号", en: "Id of the task"}}
order: [region, policy, start, path]
example: {theme: green}
questions:
  zh:
    - "写进文件却没落到部门头上的任务"
    - "哪些任务没有部门负责?"
    - "没有写明责任单位的绿色任务"
    - "常德市无人负责的任务"
    - "哪些工作没有牵头部门?"
    - "没人管的任务有哪些"
    - "湖南省责任不明的任务"
    - "常德有多少任务没有明确责任部门"
    - "哪些绿色任务没有牵头部门"
    - "政策里没有写由谁负责的任务"
    - "没有分工的人才任务"
  en:
    - "Which tasks have not been allocated to an agency?"
    - "Which tasks is nobody in charge of?"
    - "tasks that nobody leads"
    - "Which tasks have no responsible agency?"
    - "green tasks that name no agency"
    - "unowned tasks in Hunan"
    - "tasks without a lead agency"
    - "Which measures are not assigned to anyone?"
    - "Nobody is responsible for which tasks?"
    - "Which tasks do not name any agency?"
    - "orphan tasks"
    - "How many tasks have no responsible agency?"
    - "Which green tasks do not say who is responsible?"
    - "tasks for which no department is named"
    - "Which tasks in Changde are left without an agency?"
    - "Is there any task that nobody is responsible for?"
    - "Which tasks have been left without an owner in the text?"
graph:
  phrase: {zh: "没有部门负责的 $theme 任务", en: "Tasks on $theme that name no agency"}
  cypher: |
    MATCH path = (h:Theme)<-[:ABOUT]-(t:Task)<-[:HAS_TASK]-(:Policy)
    WHERE $theme IN [h.id, h.name_zh, h.name_en] AND NOT EXISTS { MATCH (:Agency)-[:RESPONSIBLE_FOR]->(t) }
    RETURN path
  suggest:
    theme: |
      MATCH (h:Theme)<-[:ABOUT]-(t:Task)
      WHERE NOT EXISTS { MATCH (:Agency)-[:RESPONSIBLE_FOR]->(t) }
      RETURN DISTINCT h.name_{lang} AS theme ORDER BY theme
*/
MATCH (p:Policy)
WHERE (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(g:Region)
WITH p, g WHERE ($region IN g.ancestors OR $region IS NULL)
OPTIONAL MATCH (p)-[:HAS_TASK]->(t:Task)
OPTIONAL MATCH (t)-[:ABOUT]->(h:Theme {id: $theme})
WITH p, g, t, h
WHERE t.id IS NOT NULL AND (h.id IS NOT NULL OR $theme IS NULL) AND NOT EXISTS { MATCH (:Agency)-[:RESPONSIBLE_FOR]->(t) }
RETURN g.name AS region, g.id AS region_code, t.title AS task, t.path AS path, p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       t.quote AS quote, t.document AS document, t.start AS start, t.`end` AS `end`, t.id AS task_id
