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
