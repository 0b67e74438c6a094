/*
name: agency_duties
title: {zh: "部门职责", en: "Duties of an agency"}
description:
  zh: "某部门的全部任务;history 为真时,连同机构改革前后的部门"
  en: "All tasks of an agency; with history, those of the agencies before and after it in reforms too"
params:
  - name: agency
    type: agency
    required: true
    description: {zh: "部门:全称或常用名称", en: "Agency: official or usual name"}
  - name: history
    type: boolean
    default: true
    description: {zh: "是否包括机构改革前后的部门", en: "Whether agencies before and after it count"}
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
  - {name: agency, type: string, node: Agency, description: {zh: "部门全称", en: "Official name of the agency"}}
  - {name: role, type: string, description: {zh: "角色:lead 牵头,support 配合,responsible 责任单位", en: "Role: lead, support or responsible"}}
  - {name: basis, type: string, description: {zh: "依据:stated 明文,first_named 责任单位列第一位", en: "stated by the text, or first_named of a plain list"}}
  - {name: task, type: string, node: Task, id: task_id, description: {zh: "任务标题", en: "Title of the task"}}
  - {name: path, type: string, description: {zh: "任务在文中的编号", en: "Number of the item in the document"}}
  - {name: region, type: string, description: {zh: "地区", en: "Region"}}
  - {name: policy, type: string, node: Policy, id: policy_id, description: {zh: "政策标题", en: "Title of the policy"}}
  - {name: policy_id, type: string, description: {zh: "政策编号", en: "Id of the policy"}}
  - {name: date, type: date, description: {zh: "成文或发布日期", en: "Date of issue, else of publication"}}
  - {name: in_force, type: boolean, description: {zh: "在 as_of(默认今天)是否有效;空为不详", en: "Whether it was in force on as_of (default today); empty when not known"}}
  - {name: quote, type: string, node: Policy, id: policy_id, at: start, description: {zh: "原文", en: "The words of the document"}}
  - {name: document, type: string, description: {zh: "文件的 SHA-256", en: "SHA-256 of the document"}}
  - {name: start, type: integer, description: {zh: "原文起点(字符)", en: "Where the quote begins, in characters"}}
  - {name: end, type: integer, description: {zh: "原文终点(字符)", en: "Where the quote ends"}}
  - {name: task_id, type: string, description: {zh: "任务编号", en: "Id of the task"}}
order: [agency, -date, policy, start, role]
example: {agency: 常德市工业和信息化局}
questions:
  zh:
    - "给常德市教育局派了什么活"
    - "常德市工信局有哪些任务?"
    - "驻马店市生态环境局负责什么?"
    - "常德市发改委的职责"
    - "常德市财政局牵头哪些任务?"
    - "常德市科技局配合哪些绿色任务?"
    - "驻马店市自规局做什么"
    - "常德市应急管理局的工作"
    - "市商务局要承担的任务"
    - "常德市教育局"
    - "常德市工信局在安全方面的责任"
    - "根据政策,常德市商务局应当做哪些事"
    - "常德市科技局参与了几项任务"
    - "驻马店市财政局在金融方面承担的任务"
    - "按文件要求,常德市住建局要完成什么"
    - "常德市交通运输局有多少项任务"
    - "给常德市教育局安排了哪些工作"
  en:
    - "What are the duties of the Changde Bureau of Industry and Information Technology?"
    - "Which tasks does the Zhumadian Ecology and Environment Bureau lead?"
    - "What does the Changde Finance Bureau do?"
    - "tasks of the Zhumadian Development and Reform Commission"
    - "What is the Changde Commerce Bureau responsible for?"
    - "Changde Science and Technology Bureau"
    - "Which tasks does the Changde Emergency Management Bureau support?"
    - "green tasks assigned to the Changde Natural Resources and Planning Bureau"
    - "What measures does the Zhumadian DRC implement?"
    - "How many tasks does the Changde Finance Bureau have?"
    - "What have the policies asked the Zhumadian Finance Bureau to do?"
    - "Is the Changde Commerce Bureau in charge of any green tasks?"
    - "What part does the Changde Education Bureau play in the plans?"
    - "List the measures for which the Zhumadian Commerce Bureau is responsible"
    - "For which tasks is the Changde Commerce Bureau answerable?"
    - "everything assigned to the Changde Finance Bureau"
graph:
  phrase: {zh: "部门 $agency 的任务", en: "Tasks of $agency"}
  cypher: |
    MATCH path = (a:Agency)-[:RESPONSIBLE_FOR]->(:Task)<-[:HAS_TASK]-(:Policy)
    MATCH (b:Agency)
    WHERE $agency IN [b.id, b.name]
      AND (a = b OR EXISTS { MATCH (a)-[:SUCCEEDED_BY*1..6]->(b) } OR EXISTS { MATCH (b)-[:SUCCEEDED_BY*1..6]->(a) })
    RETURN path
  suggest:
    agency: |
      MATCH (a:Agency)-[:RESPONSIBLE_FOR]->(:Task) RETURN DISTINCT a.name AS agency ORDER BY agency
*/
UNWIND $agency AS i
MATCH (c:Agency {id: i})
OPTIONAL MATCH (c)-[:SUCCEEDED_BY*1..6]->(s:Agency)
OPTIONAL MATCH (c)<-[:SUCCEEDED_BY*1..6]-(f:Agency)
WITH collect(DISTINCT c.id) + collect(DISTINCT s.id) + collect(DISTINCT f.id) AS ids
UNWIND ids AS j
WITH DISTINCT j WHERE $history OR j IN $agency
MATCH (a:Agency {id: j})
OPTIONAL MATCH (a)-[r:RESPONSIBLE_FOR]->(t:Task)
OPTIONAL MATCH (t)-[:ABOUT]->(h:Theme {id: $theme})
WITH a, r, t, h WHERE t.id IS NOT NULL AND (h.id IS NOT NULL OR $theme IS NULL)
OPTIONAL MATCH (t)<-[:HAS_TASK]-(p:Policy)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(g:Region)
WITH a, r, t, p, g
WHERE p.id IS NOT NULL AND ($region IN g.ancestors OR $region IS NULL)
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
RETURN a.id AS agency, r.role AS role, r.basis AS basis, t.title AS task, t.path AS path, g.name AS region,
       p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`, t.id AS task_id
