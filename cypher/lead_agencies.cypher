/*
name: lead_agencies
title: {zh: "哪些部门牵头", en: "Who leads"}
description:
  zh: "牵头某一主题任务的部门;未写明牵头的任务,取责任单位中列第一位的(basis 为 first_named)"
  en: "Agencies that lead the tasks on a theme; where no lead is stated, the first of the plain list (basis first_named)"
params:
  - name: theme
    type: theme
    description: {zh: "主题(键或名称,如 green、绿色低碳)", en: "Theme: its key or name, such as green"}
  - name: region
    type: region
    description: {zh: "地区:代码或常用名称(430700、常德、湖南省常德市),含其下辖地区", en: "Region: code or any usual name; includes all regions within it"}
  - name: role
    type: string
    default: lead
    enum: [lead, support, responsible]
    description: {zh: "角色", en: "Role"}
  - name: as_of
    type: date
    description: {zh: "只看该日未失效的政策(年-月-日);不填则不筛选", en: "Leave out policies known not to be in force on this day; no filter when absent"}
columns:
  - {name: region, type: string, node: Region, id: region_code, description: {zh: "地区", en: "Region"}}
  - {name: region_code, type: string, description: {zh: "地区代码", en: "Code of the region"}}
  - {name: agency, type: string, node: Agency, description: {zh: "部门全称", en: "Official name of the agency"}}
  - {name: task, type: string, node: Task, id: task_id, description: {zh: "任务标题", en: "Title of the task"}}
  - {name: path, type: string, description: {zh: "任务在文中的编号", en: "Number of the item in the document"}}
  - {name: role, type: string, description: {zh: "角色:lead 牵头,support 配合,responsible 责任单位", en: "Role: lead, support or responsible"}}
  - {name: basis, type: string, description: {zh: "依据:stated 明文,first_named 责任单位列第一位", en: "stated by the text, or first_named of a plain list"}}
  - {name: policy, type: string, node: Policy, id: policy_id, description: {zh: "政策标题", en: "Title of the policy"}}
  - {name: policy_id, type: string, description: {zh: "政策编号", en: "Id of the policy"}}
  - {name: date, type: date, description: {zh: "成文或发布日期", en: "Date of issue, else of publication"}}
  - {name: in_force, type: boolean, description: {zh: "在 as_of(默认今天)是否有效;空为不详", en: "Whether it was in force on as_of (default today); empty when not known"}}
  - {name: quote, type: string, node: Policy, id: policy_id, at: start, description: {zh: "原文", en: "The words of the document"}}
  - {name: document, type: string, description: {zh: "文件的 SHA-256", en: "SHA-256 of the document"}}
  - {name: start, type: integer, description: {zh: "原文起点(字符)", en: "Where the quote begins, in characters"}}
  - {name: end, type: integer, description: {zh: "原文终点(字符)", en: "Where the quote ends"}}
  - {name: task_id, type: string, description: {zh: "任务编号", en: "Id of the task"}}
order: [region, policy, start, agency]
example: {theme: green}
questions:
  zh:
    - "哪些部门牵头绿色任务?"
    - "各市的绿色园区任务由谁牵头?"
    - "常德市安全生产工作的牵头单位有哪些?"
    - "哪些单位配合数字化任务?"
    - "招商引资任务的责任单位"
    - "谁负责人才工作?"
    - "营商环境 牵头"
    - "在驻马店,产业集群由哪个部门牵头"
    - "各地区牵头部门有哪些"
    - "支持科技创新任务的部门"
    - "哪个部门管土地"
    - "政策里绿色任务的牵头部门和任务"
    - "常德市园区人才工作由谁负责"
    - "哪几个部门在抓营商环境"
    - "各市负责土地任务的部门"
    - "截至2023年底常德由哪些部门牵头绿色任务"
    - "配合部门有哪些"
  en:
    - "Whose job is talent work in the parks?"
    - "Which agencies lead green tasks?"
    - "Who leads work safety in Changde?"
    - "Which departments support digital tasks across cities?"
    - "responsible agencies for investment promotion"
    - "agencies responsible for talent"
    - "Who is in charge of talent work?"
    - "lead agencies innovation"
    - "Which agencies lead the tasks on business environment?"
    - "Which bureaus lead green-park tasks across cities?"
    - "agencies that support land tasks"
    - "who handles infrastructure"
    - "Which authorities take the lead on finance in each city?"
    - "According to the policies, who should lead innovation in Changde?"
    - "Which agency is responsible for green tasks in Zhumadian's plan?"
    - "Which bureaus work on land in Changde?"
    - "Who does the talent tasks in each city?"
    - "Which agencies play a supporting role in green tasks?"
    - "Which bodies are answerable for green tasks in Changde?"
graph:
  phrase: {zh: "牵头 $theme 任务的部门", en: "Agencies that lead tasks on $theme"}
  cypher: |
    MATCH path = (a:Agency)-[r:RESPONSIBLE_FOR]->(t:Task)<-[:HAS_TASK]-(:Policy)
    MATCH about = (t)-[:ABOUT]->(h:Theme)
    WHERE $theme IN [h.id, h.name_zh, h.name_en]
      AND (r.role = 'lead' OR (r.role = 'responsible' AND r.basis = 'first_named'
        AND NOT EXISTS { MATCH (:Agency)-[l:RESPONSIBLE_FOR]->(t) WHERE l.role = 'lead' }))
    RETURN path, about
  suggest:
    theme: |
      MATCH (:Agency)-[r:RESPONSIBLE_FOR]->(t:Task)-[:ABOUT]->(h:Theme)
      WHERE (r.role = 'lead' OR (r.role = 'responsible' AND r.basis = 'first_named'
          AND NOT EXISTS { MATCH (:Agency)-[l:RESPONSIBLE_FOR]->(t) WHERE l.role = 'lead' }))
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
WITH p, g, t, h WHERE t.id IS NOT NULL AND (h.id IS NOT NULL OR $theme IS NULL)
OPTIONAL MATCH (t)<-[r:RESPONSIBLE_FOR]-(a:Agency)
WITH p, g, t, r, a
WHERE r.role = $role
   OR ($role = 'lead' AND r.role = 'responsible' AND r.basis = 'first_named'
     AND NOT EXISTS { MATCH (:Agency)-[l:RESPONSIBLE_FOR]->(t) WHERE l.role = 'lead' })
RETURN g.name AS region, g.id AS region_code, a.id AS agency, t.title AS task, t.path AS path,
       r.role AS role, r.basis AS basis, p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`, t.id AS task_id
