/*
name: parks_by_industry
title: {zh: "发展某产业的园区", en: "Parks by industry"}
description:
  zh: "发展某产业的园区;包括名称含有该产业的更细产业(装备制造包括智能装备制造)"
  en: "Parks that develop an industry, or a narrower one whose name holds its name"
params:
  - name: industry
    type: industry
    description: {zh: "产业名称", en: "Industry"}
  - name: region
    type: region
    description: {zh: "地区:代码或常用名称(430700、常德、湖南省常德市),含其下辖地区", en: "Region: code or any usual name; includes all regions within it"}
  - name: as_of
    type: date
    description: {zh: "只看该日未失效的政策(年-月-日);不填则不筛选", en: "Leave out policies known not to be in force on this day; no filter when absent"}
columns:
  - {name: industry, type: string, node: Industry, description: {zh: "产业", en: "Industry"}}
  - {name: park, type: string, node: Park, description: {zh: "园区", en: "Park"}}
  - {name: park_class, type: string, description: {zh: "园区级别", en: "Class of the park"}}
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
order: [industry, region, park, policy]
example: {industry: 智能装备制造}
questions:
  zh:
    - "哪些园区发展生物医药?"
    - "新材料产业布局在哪些园区?"
    - "湖南有哪些园区做装备制造"
    - "发展电子信息的开发区"
    - "以人工智能为主导产业的园区"
    - "新材料 园区"
    - "装备制造在哪里发展"
    - "政策要求哪些园区发展电子信息"
    - "各市有哪些园区以新材料为主"
    - "常德哪几个园区主攻生物医药"
    - "哪里的园区适合做新材料"
  en:
    - "Which parks develop biomedicine?"
    - "parks that focus on new materials"
    - "Where is equipment manufacturing developed?"
    - "Which industrial parks in Hunan have electronic information as a leading industry?"
    - "zones for new materials in Changde"
    - "biomedicine parks"
    - "Which development zones host intelligent equipment manufacturing?"
    - "Who develops new materials?"
    - "Which parks do the policies name for new materials?"
    - "Are there parks for biomedicine in Changde?"
    - "What parks in each city specialise in electronic information?"
    - "Which park should be home to equipment manufacturing according to policy?"
graph:
  phrase: {zh: "发展 $industry 的园区", en: "Parks that develop $industry"}
  cypher: |
    MATCH path = (k:Park)-[:DEVELOPS]->(i:Industry)
    WHERE i.name CONTAINS $industry OR $industry IN i.aliases
    OPTIONAL MATCH place = (k)-[:LOCATED_IN]->(:Region)
    RETURN path, place
  suggest:
    industry: |
      MATCH (:Park)-[:DEVELOPS]->(i:Industry) RETURN DISTINCT i.name AS industry ORDER BY industry
  example: {industry: 电子信息}
*/
MATCH (k:Park)-[r:DEVELOPS]->(i:Industry)
WHERE EXISTS { MATCH (wide:Industry) WHERE wide.id IN $industry AND i.id CONTAINS wide.id } OR $industry IS NULL
MATCH (p:Policy {id: r.policy})
WHERE (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
OPTIONAL MATCH (k)-[:LOCATED_IN]->(g:Region)
WITH k, r, i, p, g WHERE ($region IN g.ancestors OR $region IS NULL)
RETURN i.id AS industry, k.id AS park, k.park_class AS park_class, g.name AS region, g.id AS region_code,
       p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`
