/*
name: region_diff
title: {zh: "两地差异", en: "What one region has and another lacks"}
description:
  zh: "甲地政策有而乙地政策没有的主题,及甲地的任务"
  en: "Themes that region has tasks on and other has none on, with the tasks of region"
params:
  - name: region
    type: region
    required: true
    description: {zh: "甲地", en: "The region that has them"}
  - name: other
    type: region
    required: true
    description: {zh: "乙地", en: "The region to compare with"}
  - name: theme
    type: theme
    description: {zh: "主题(键或名称,如 green、绿色低碳)", en: "Theme: its key or name, such as green"}
  - name: missing_only
    type: boolean
    default: true
    description: {zh: "只看乙地没有的主题", en: "Only themes that the other lacks"}
  - name: as_of
    type: date
    description: {zh: "只看该日未失效的政策(年-月-日);不填则不筛选", en: "Leave out policies known not to be in force on this day; no filter when absent"}
columns:
  - {name: theme, type: string, description: {zh: "主题键", en: "Key of the theme"}}
  - {name: theme_name, type: string, node: Theme, id: theme, description: {zh: "主题名称", en: "Name of the theme"}}
  - {name: task, type: string, node: Task, id: task_id, description: {zh: "任务标题", en: "Title of the task"}}
  - {name: path, type: string, description: {zh: "任务在文中的编号", en: "Number of the item in the document"}}
  - {name: other_tasks, type: integer, description: {zh: "乙地在该主题上的任务数", en: "Tasks of the other region on this theme"}}
  - {name: region, type: string, node: Region, id: region_code, description: {zh: "地区", en: "Region"}}
  - {name: region_code, type: string, description: {zh: "地区代码", en: "Code of the region"}}
  - {name: policy, type: string, node: Policy, id: policy_id, description: {zh: "政策标题", en: "Title of the policy"}}
  - {name: policy_id, type: string, description: {zh: "政策编号", en: "Id of the policy"}}
  - {name: date, type: date, description: {zh: "成文或发布日期", en: "Date of issue, else of publication"}}
  - {name: in_force, type: boolean, description: {zh: "在 as_of(默认今天)是否有效;空为不详", en: "Whether it was in force on as_of (default today); empty when not known"}}
  - {name: quote, type: string, node: Policy, id: policy_id, at: start, description: {zh: "原文", en: "The words of the document"}}
  - {name: document, type: string, description: {zh: "文件的 SHA-256", en: "SHA-256 of the document"}}
  - {name: start, type: integer, description: {zh: "原文起点(字符)", en: "Where the quote begins, in characters"}}
  - {name: end, type: integer, description: {zh: "原文终点(字符)", en: "Where the quote ends"}}
  - {name: task_id, type: string, description: {zh: "任务编号", en: "Id of the task"}}
order: [theme, policy, start, path]
example: {region: 驻马店, other: 常德, missing_only: false}
questions:
  zh:
    - "常德和驻马店在人才工作上的差别在哪里"
    - "湖南要求的任务池州没有跟上的有哪些"
    - "以常德为参照,驻马店缺了什么"
    - "常德有而驻马店没有的主题"
    - "驻马店相比常德缺少哪些方面的任务?"
    - "常德和驻马店的政策有什么差异?"
    - "湖南省的任务中常德没有落实的有哪些"
    - "驻马店没有涉及而常德有的领域"
    - "常德与驻马店在绿色任务上的区别"
    - "常德做了、驻马店没做的有哪些任务"
    - "驻马店没有而常德有的人才任务"
    - "与常德相比,驻马店在哪些方面是空白"
    - "常德和驻马店各自的任务有何不同"
    - "对比常德和驻马店的主题和任务"
  en:
    - "Which themes does Changde have that Zhumadian lacks?"
    - "What does Zhumadian lack compared with Changde?"
    - "How do the policies of Changde and Zhumadian differ?"
    - "Which tasks of Hunan did Changde leave out?"
    - "themes covered in Changde but not in Zhumadian"
    - "differences between Changde and Zhumadian on green tasks"
    - "gaps of Zhumadian against Changde"
    - "What does Changde do that Zhumadian does not?"
    - "Which tasks are in Hunan's policies but not in those of Changde?"
    - "How does Changde differ from Zhumadian on talent?"
    - "Compare the tasks of Changde and Zhumadian"
    - "Which themes of Hunan are missing in Changde?"
    - "Compare the themes and tasks of Changde with those of Zhumadian"
    - "Set the tasks of Changde against those of Zhumadian"
    - "Changde against Zhumadian on talent"
graph:
  phrase: {zh: "地区 $region 有而 $other 没有的主题", en: "Themes that $region has tasks on and $other has not"}
  cypher: |
    MATCH path = (g:Region)<-[:APPLIES_IN]-(:Policy)-[:HAS_TASK]->(:Task)-[:ABOUT]->(m:Theme)
    MATCH (w:Region), (o:Region)
    WHERE $region IN [w.id, w.full_name] AND w.id IN g.ancestors AND $other IN [o.id, o.full_name]
      AND NOT EXISTS {
        MATCH (m)<-[:ABOUT]-(:Task)<-[:HAS_TASK]-(:Policy)-[:APPLIES_IN]->(h:Region) WHERE o.id IN h.ancestors
      }
    RETURN path
  suggest:
    region: |
      MATCH (:Theme)<-[:ABOUT]-(:Task)<-[:HAS_TASK]-(:Policy)-[:APPLIES_IN]->(:Region)-[:PART_OF*0..4]->(w:Region)
      RETURN DISTINCT w.full_name AS region ORDER BY region
    other: |
      MATCH (:Theme)<-[:ABOUT]-(:Task)<-[:HAS_TASK]-(:Policy)-[:APPLIES_IN]->(:Region)-[:PART_OF*0..4]->(w:Region)
      RETURN DISTINCT w.full_name AS other ORDER BY other
  example: {other: 池州}
*/
MATCH (g:Region)<-[:APPLIES_IN]-(p:Policy)-[:HAS_TASK]->(t:Task)-[:ABOUT]->(m:Theme)
WHERE $region IN g.ancestors AND (m.id = $theme OR $theme IS NULL)
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
OPTIONAL MATCH (o:Region)<-[:APPLIES_IN]-(q:Policy)-[:HAS_TASK]->(u:Task)-[:ABOUT]->(m)
WHERE $other IN o.ancestors
  AND (q.in_force_from <= $as_of OR q.in_force_from IS NULL OR $as_of IS NULL)
  AND (q.ended_on > $as_of OR q.ended_on IS NULL OR $as_of IS NULL)
  AND (q.status <> 'draft' OR $as_of IS NULL)
WITH g, p, t, m, count(DISTINCT u.id) AS others WHERE others = 0 OR NOT $missing_only
RETURN m.id AS theme, m.name_zh AS theme_name, t.title AS task, t.path AS path, others AS other_tasks,
       g.name AS region, g.id AS region_code, p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       t.quote AS quote, t.document AS document, t.start AS start, t.`end` AS `end`, t.id AS task_id
