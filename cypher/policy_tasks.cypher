/*
name: policy_tasks
title: {zh: "政策的任务", en: "Tasks of a policy"}
description:
  zh: "一份政策的全部任务:主题、牵头、配合与责任单位"
  en: "All tasks of a policy: themes, who leads, supports and is responsible"
params:
  - name: policy
    type: policy
    required: true
    description: {zh: "政策:编号、文号或标题", en: "Policy: id, document number or title"}
  - name: theme
    type: theme
    description: {zh: "主题(键或名称,如 green、绿色低碳)", en: "Theme: its key or name, such as green"}
  - name: as_of
    type: date
    description: {zh: "只看该日未失效的政策(年-月-日);不填则不筛选", en: "Leave out policies known not to be in force on this day; no filter when absent"}
columns:
  - {name: path, type: string, description: {zh: "任务在文中的编号", en: "Number of the item in the document"}}
  - {name: task, type: string, node: Task, id: task_id, description: {zh: "任务标题", en: "Title of the task"}}
  - {name: themes, type: strings, node: Theme, description: {zh: "主题键", en: "Keys of its themes"}}
  - {name: lead, type: strings, node: Agency, description: {zh: "牵头部门", en: "Agencies that lead"}}
  - {name: support, type: strings, node: Agency, description: {zh: "配合部门", en: "Agencies that support"}}
  - {name: responsible, type: strings, node: Agency, description: {zh: "责任单位", en: "Agencies of a plain list"}}
  - {name: policy, type: string, node: Policy, id: policy_id, description: {zh: "政策标题", en: "Title of the policy"}}
  - {name: policy_id, type: string, description: {zh: "政策编号", en: "Id of the policy"}}
  - {name: date, type: date, description: {zh: "成文或发布日期", en: "Date of issue, else of publication"}}
  - {name: in_force, type: boolean, description: {zh: "在 as_of(默认今天)是否有效;空为不详", en: "Whether it was in force on as_of (default today); empty when not known"}}
  - {name: quote, type: string, node: Policy, id: policy_id, at: start, description: {zh: "原文", en: "The words of the document"}}
  - {name: document, type: string, description: {zh: "文件的 SHA-256", en: "SHA-256 of the document"}}
  - {name: start, type: integer, description: {zh: "原文起点(字符)", en: "Where the quote begins, in characters"}}
  - {name: end, type: integer, description: {zh: "原文终点(字符)", en: "Where the quote ends"}}
  - {name: task_id, type: string, description: {zh: "任务编号", en: "Id of the task"}}
order: [policy, start, path]
example: {policy: 驻政办〔2019〕125号}
questions:
  zh:
    - "驻政办〔2019〕125号提了哪些人才方面的要求"
    - "驻政办〔2019〕125号对人才有什么计划"
    - "驻政办〔2019〕125号各项任务由谁牵头、谁配合"
    - "驻政办〔2019〕125号要求干什么"
    - "驻政办〔2019〕125号有哪些任务?"
    - "《常德市推进产业立市三年行动计划》的任务"
    - "驻政办〔2019〕125号各项任务由谁牵头"
    - "《园区转型升级工程实施方案》中的绿色任务"
    - "驻政办〔2019〕125号的任务分工"
    - "《2020年湖南省产业园区工作要点》要做什么"
    - "驻政办〔2019〕125号里哪些部门负责"
    - "驻政办〔2019〕125号对园区提出了哪些要求"
    - "驻政办〔2019〕125号一共多少项任务"
    - "驻政办〔2019〕125号中人才方面的措施"
    - "驻政办〔2019〕125号部署了什么"
    - "驻政办〔2019〕125号的主要内容"
  en:
    - "What requirements does 驻政办〔2019〕125号 make on talent?"
    - "What is planned in 驻政办〔2019〕125号?"
    - "Which agencies lead and support the tasks of 驻政办〔2019〕125号?"
    - "What is to be done according to 驻政办〔2019〕125号?"
    - "What tasks does 驻政办〔2019〕125号 set?"
    - "Tasks of 《常德市推进产业立市三年行动计划》"
    - "Who leads the tasks in 驻政办〔2019〕125号?"
    - "green measures in 《园区转型升级工程实施方案》"
    - "list the tasks and responsible agencies of policy 驻政办〔2019〕125号"
    - "What has to be done under 驻政办〔2019〕125号?"
    - "How many tasks are in 驻政办〔2019〕125号?"
    - "What does 驻政办〔2019〕125号 require on talent?"
    - "Which measures of 驻政办〔2019〕125号 concern land?"
    - "What are the contents of 驻政办〔2019〕125号?"
    - "Which agencies are responsible under 驻政办〔2019〕125号?"
    - "What does 驻政办〔2019〕125号 ask for on land?"
    - "Which tasks of 驻政办〔2019〕125号 are there, who leads and who supports each?"
graph:
  phrase: {zh: "政策 $policy 的任务分工", en: "Tasks of $policy and their agencies"}
  cypher: |
    MATCH path = (p:Policy)-[:HAS_TASK]->(t:Task)
    WHERE $policy IN [p.id, p.name]
    OPTIONAL MATCH duty = (:Agency)-[:RESPONSIBLE_FOR]->(t)
    RETURN path, duty
  suggest:
    policy: |
      MATCH (p:Policy)-[:HAS_TASK]->(:Task) RETURN DISTINCT p.name AS policy ORDER BY policy
*/
UNWIND $policy AS i
MATCH (p:Policy {id: i})
WHERE (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
OPTIONAL MATCH (p)-[:HAS_TASK]->(t:Task)
OPTIONAL MATCH (t)-[:ABOUT]->(h:Theme {id: $theme})
WITH p, t, h WHERE t.id IS NOT NULL AND (h.id IS NOT NULL OR $theme IS NULL)
OPTIONAL MATCH (t)-[:ABOUT]->(m:Theme)
WITH p, t, collect(DISTINCT m.id) AS themes
OPTIONAL MATCH (a:Agency)-[r:RESPONSIBLE_FOR]->(t)
WITH p, t, themes, collect(DISTINCT CASE WHEN r.role = 'lead' THEN a.id END) AS leads,
     collect(DISTINCT CASE WHEN r.role = 'support' THEN a.id END) AS supports,
     collect(DISTINCT CASE WHEN r.role = 'responsible' THEN a.id END) AS others
RETURN t.path AS path, t.title AS task, themes AS themes, leads AS lead, supports AS support, others AS responsible,
       p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       t.quote AS quote, t.document AS document, t.start AS start, t.`end` AS `end`, t.id AS task_id
