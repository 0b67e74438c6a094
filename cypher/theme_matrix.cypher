/*
name: theme_matrix
title: {zh: "地区与主题", en: "Regions by themes"}
description:
  zh: "各地区在各主题上的政策、任务和部门数"
  en: "How many policies, tasks and agencies each region has on each theme"
params:
  - name: region
    type: region
    description: {zh: "地区:代码或常用名称(430700、常德、湖南省常德市),含其下辖地区", en: "Region: code or any usual name; includes all regions within it"}
  - name: theme
    type: theme
    description: {zh: "主题(键或名称,如 green、绿色低碳)", en: "Theme: its key or name, such as green"}
  - name: as_of
    type: date
    description: {zh: "只看该日未失效的政策(年-月-日);不填则不筛选", en: "Leave out policies known not to be in force on this day; no filter when absent"}
columns:
  - {name: region, type: string, node: Region, id: region_code, description: {zh: "地区", en: "Region"}}
  - {name: region_code, type: string, description: {zh: "地区代码", en: "Code of the region"}}
  - {name: theme, type: string, description: {zh: "主题键", en: "Key of the theme"}}
  - {name: theme_name, type: string, node: Theme, id: theme, description: {zh: "主题名称", en: "Name of the theme"}}
  - {name: policies, type: integer, description: {zh: "政策数", en: "Policies"}}
  - {name: tasks, type: integer, description: {zh: "任务数", en: "Tasks"}}
  - {name: agencies, type: integer, description: {zh: "部门数", en: "Agencies"}}
order: [region_code, theme]
example: {theme: green}
questions:
  zh:
    - "常德和驻马店谁的绿色任务多"
    - "各市绿色任务数量对比"
    - "各地区各主题的任务数、政策数和部门数"
    - "常德的文件里有没有关于人才的内容"
    - "各地区各主题有多少任务?"
    - "各市在哪些主题上有任务?"
    - "绿色任务在各地区的分布"
    - "哪个市的绿色任务最多?"
    - "常德市的任务涉及哪些主题?"
    - "常德市各领域有多少政策和任务"
    - "地区与主题的矩阵"
    - "每个城市有多少安全生产任务"
    - "各地的重点领域"
    - "哪些地区有绿色任务"
    - "哪里的绿色任务最多"
    - "常德的任务主要集中在哪些方面"
    - "哪个主题的任务最多"
    - "各主题的任务数量"
    - "各市分别侧重什么"
    - "常德有多少绿色任务"
    - "池州有没有数字化任务"
    - "各地区在不同主题上的政策和任务数量统计"
    - "按主题统计各市任务"
  en:
    - "Does Changde or Zhumadian have more green tasks?"
    - "Compare the number of green tasks across cities"
    - "number of tasks and agencies by theme and region"
    - "Is there anything on talent in Changde's documents?"
    - "Where are green tasks most numerous?"
    - "How many tasks does each region have on each theme?"
    - "Which themes do the cities cover?"
    - "Which regions have green tasks?"
    - "Which city pays most attention to innovation?"
    - "distribution of green tasks across regions"
    - "Which city has the most green tasks?"
    - "What themes does Changde cover?"
    - "number of policies and tasks by theme in Changde"
    - "regions by themes matrix"
    - "How many innovation tasks are there per city?"
    - "theme heat map of the regions"
    - "Which topics do Changde policies focus on?"
    - "Which theme has the most tasks?"
    - "What do the policies of Changde concentrate on?"
    - "Does Chizhou have digital tasks?"
    - "How many tasks are there on each theme?"
    - "Which cities have talent tasks?"
    - "What subjects do the documents of Hunan deal with?"
    - "statistics of policies and tasks by theme and region"
    - "How do the tasks of Changde break down by theme?"
picture: {kind: heatmap, x: theme_name, y: region, value: tasks, open: {region: region_code, theme: theme}}
graph:
  phrase: {zh: "各地区的 $theme 任务", en: "Tasks on $theme across regions"}
  cypher: |
    MATCH path = (h:Theme)<-[:ABOUT]-(:Task)<-[:HAS_TASK]-(p:Policy)
    WHERE $theme IN [h.id, h.name_zh, h.name_en]
    OPTIONAL MATCH place = (p)-[:APPLIES_IN]->(:Region)
    RETURN path, place
*/
MATCH (g:Region)<-[:APPLIES_IN]-(p:Policy)-[:HAS_TASK]->(t:Task)-[:ABOUT]->(m:Theme)
WHERE ($region IN g.ancestors OR $region IS NULL) AND (m.id = $theme OR $theme IS NULL)
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
OPTIONAL MATCH (a:Agency)-[:RESPONSIBLE_FOR]->(t)
RETURN g.name AS region, g.id AS region_code, m.id AS theme, m.name_zh AS theme_name,
       count(DISTINCT p.id) AS policies, count(DISTINCT t.id) AS tasks, count(DISTINCT a.id) AS agencies
