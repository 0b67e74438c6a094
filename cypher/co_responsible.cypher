/*
name: co_responsible
title: {zh: "共同负责", en: "Who works together"}
description:
  zh: "同在一项任务上的两个部门,及任务数"
  en: "Pairs of agencies on the same task, and how often"
params:
  - name: agency
    type: agency
    description: {zh: "部门:全称或常用名称", en: "Agency: official or usual name"}
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
  - {name: other, type: string, node: Agency, description: {zh: "另一部门", en: "The other agency"}}
  - {name: tasks, type: integer, description: {zh: "共同的任务数", en: "Tasks they share"}}
  - {name: policies, type: integer, description: {zh: "政策数", en: "Policies"}}
order: [-tasks, agency, other]
example: {region: 驻马店市}
questions:
  zh:
    - "各部门协同配合的情况"
    - "哪些部门共同负责任务?"
    - "与常德市工信局合作最多的部门是哪些?"
    - "驻马店市哪些单位经常一起承担任务"
    - "常德市发改委和谁一起负责任务"
    - "哪些部门联合推进绿色任务"
    - "部门之间的合作关系"
    - "驻马店市生态环境局与哪些部门协作"
    - "谁配合常德市工信局?"
    - "常德市科技局需要哪些单位配合"
    - "哪些部门和常德市财政局一起承担任务"
    - "哪些部门之间合作最多"
    - "常德市哪两个部门共同的任务最多"
    - "人才任务由哪几个部门共同承担"
    - "常德市工信局的任务由哪些部门配合"
  en:
    - "Which departments support the Changde Science and Technology Bureau?"
    - "Which agencies work together?"
    - "Which agencies share tasks with the Changde Bureau of Industry and Information Technology?"
    - "Who does the Changde Development and Reform Commission work with most?"
    - "pairs of agencies on the same task in Zhumadian"
    - "agencies jointly responsible for green tasks"
    - "co-responsible agencies"
    - "collaboration between departments"
    - "With which departments does the Zhumadian Ecology and Environment Bureau cooperate?"
    - "Which agencies are most often named together?"
    - "partners of the Zhumadian Finance Bureau"
    - "Which departments have to cooperate with the Changde DRC on innovation?"
    - "Who supports the Changde Commerce Bureau in its tasks?"
    - "Which pairs of departments appear side by side on green tasks?"
picture: {kind: network, source: agency, target: other, value: tasks}
graph:
  phrase: {zh: "与 $agency 共同负责任务的部门", en: "Agencies that share tasks with $agency"}
  cypher: |
    MATCH path = (a:Agency)-[:RESPONSIBLE_FOR]->(:Task)<-[:RESPONSIBLE_FOR]-(:Agency)
    WHERE $agency IN [a.id, a.name]
    RETURN path
  suggest:
    agency: |
      MATCH (a:Agency)-[:RESPONSIBLE_FOR]->(:Task)<-[:RESPONSIBLE_FOR]-(:Agency)
      RETURN DISTINCT a.name AS agency ORDER BY agency
  example: {agency: 驻马店市工业和信息化局}
*/
UNWIND coalesce($agency, ['']) AS i
MATCH (c:Agency {id: i})
OPTIONAL MATCH (c)-[:RESPONSIBLE_FOR]->(t:Task)
OPTIONAL MATCH (t)-[:ABOUT]->(h:Theme {id: $theme})
WITH c, t, h WHERE t.id IS NOT NULL AND (h.id IS NOT NULL OR $theme IS NULL)
OPTIONAL MATCH (t)<-[:HAS_TASK]-(p:Policy)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(g:Region)
WITH c, t, p, g
WHERE p.id IS NOT NULL AND ($region IN g.ancestors OR $region IS NULL)
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
OPTIONAL MATCH (t)<-[:RESPONSIBLE_FOR]-(o:Agency)
WITH t, p, CASE WHEN c.id < o.id THEN c.id ELSE o.id END AS one, CASE WHEN c.id < o.id THEN o.id ELSE c.id END AS two
WHERE one <> two
RETURN one AS agency, two AS other, count(DISTINCT t.id) AS tasks, count(DISTINCT p.id) AS policies
UNION ALL
MATCH (p:Policy)
WHERE $agency IS NULL AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(g:Region)
WITH p, g WHERE ($region IN g.ancestors OR $region IS NULL)
OPTIONAL MATCH (p)-[:HAS_TASK]->(t:Task)
OPTIONAL MATCH (t)-[:ABOUT]->(h:Theme {id: $theme})
WITH p, t, h WHERE t.id IS NOT NULL AND (h.id IS NOT NULL OR $theme IS NULL)
OPTIONAL MATCH (t)<-[:RESPONSIBLE_FOR]-(a:Agency)
OPTIONAL MATCH (t)<-[:RESPONSIBLE_FOR]-(b:Agency)
WITH a, b, t, p WHERE a.id < b.id
RETURN a.id AS agency, b.id AS other, count(DISTINCT t.id) AS tasks, count(DISTINCT p.id) AS policies
