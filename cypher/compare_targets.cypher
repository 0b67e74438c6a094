/*
name: compare_targets
title: {zh: "指标比较", en: "One indicator across regions"}
description:
  zh: "同一指标在各地区、各年份的目标,数值换算为同一单位"
  en: "One indicator across regions and years, in one unit"
params:
  - name: indicator
    type: string
    required: true
    description: {zh: "指标名称", en: "Indicator"}
  - name: region
    type: region
    description: {zh: "地区:代码或常用名称(430700、常德、湖南省常德市),含其下辖地区", en: "Region: code or any usual name; includes all regions within it"}
  - name: year
    type: integer
    description: {zh: "目标年份", en: "Year by which it is to be reached"}
  - name: as_of
    type: date
    description: {zh: "只看该日未失效的政策(年-月-日);不填则不筛选", en: "Leave out policies known not to be in force on this day; no filter when absent"}
columns:
  - {name: region, type: string, node: Region, id: region_code, description: {zh: "地区", en: "Region"}}
  - {name: region_code, type: string, description: {zh: "地区代码", en: "Code of the region"}}
  - {name: year, type: integer, description: {zh: "年份", en: "Year by which it is to be reached"}}
  - {name: base_value, type: number, description: {zh: "换算后的数值", en: "Value in the base unit"}}
  - {name: base_unit, type: string, description: {zh: "基本单位", en: "Base unit"}}
  - {name: op, type: string, description: {zh: "比较", en: "Comparator"}}
  - {name: value, type: number, description: {zh: "数值", en: "Value as written"}}
  - {name: value_max, type: number, description: {zh: "区间上限", en: "Upper end of a range"}}
  - {name: unit, type: string, description: {zh: "单位", en: "Unit as written"}}
  - {name: scope, type: string, description: {zh: "适用对象", en: "Whom it binds"}}
  - {name: metric, type: string, description: {zh: "文中的指标", en: "Indicator in the words of the document"}}
  - {name: policy, type: string, node: Policy, id: policy_id, description: {zh: "政策标题", en: "Title of the policy"}}
  - {name: policy_id, type: string, description: {zh: "政策编号", en: "Id of the policy"}}
  - {name: date, type: date, description: {zh: "成文或发布日期", en: "Date of issue, else of publication"}}
  - {name: in_force, type: boolean, description: {zh: "在 as_of(默认今天)是否有效;空为不详", en: "Whether it was in force on as_of (default today); empty when not known"}}
  - {name: quote, type: string, node: Policy, id: policy_id, at: start, description: {zh: "原文", en: "The words of the document"}}
  - {name: document, type: string, description: {zh: "文件的 SHA-256", en: "SHA-256 of the document"}}
  - {name: start, type: integer, description: {zh: "原文起点(字符)", en: "Where the quote begins, in characters"}}
  - {name: end, type: integer, description: {zh: "原文终点(字符)", en: "Where the quote ends"}}
  - {name: target_id, type: string, description: {zh: "目标编号", en: "Id of the target"}}
order: [base_unit, year, -base_value, region]
example: {indicator: 亩均税收}
questions:
  zh:
    - "各地定的容积率目标放在一起比一比"
    - "亩均税收目标常德比驻马店高还是低"
    - "亩均税收目标各地差多少"
    - "各市亩均税收目标比较"
    - "各地区的亩均税收目标有什么不同?"
    - "常德和驻马店的研发投入强度目标对比"
    - "哪个市的亩均税收目标最高?"
    - "比较容积率"
    - "不同城市的固体废物处置率目标"
    - "各城市的亩均税收目标是多少"
    - "各省2025年高新技术企业目标排名"
    - "谁的亩均税收目标最高"
    - "常德、驻马店和池州的亩均税收目标哪个高"
    - "湖南各市2025年亩均税收目标对比"
    - "哪些城市定了亩均税收目标,分别是多少"
    - "亩均税收目标从高到低排"
    - "各地政策中容积率目标的差异"
  en:
    - "How do the regions differ in the number of high-tech enterprises they aim for by 2025?"
    - "How do the regions stack up on tax per mu?"
    - "Who has set the highest target for tax per mu?"
    - "How do the cities compare on tax per mu?"
    - "Compare the tax per mu targets across regions"
    - "Which city has the highest R&D intensity target?"
    - "floor area ratio targets of different cities"
    - "compare R&D intensity targets of Changde and Zhumadian"
    - "rank regions by their 2025 target for high-tech enterprises"
    - "How do the tax per mu targets of the cities differ?"
    - "tax per mu by region"
    - "Which regions have set a target for tax per mu, and how high is it?"
    - "Is the tax per mu target of Changde higher than that of Zhumadian?"
    - "How far apart are the regions on R&D intensity?"
    - "tax per mu targets of Changde and Zhumadian side by side"
    - "Where is the tax per mu target highest?"
    - "Which region is most ambitious on tax per mu?"
    - "Put the tax per mu targets of the cities side by side"
picture: {kind: bars, x: year, value: base_value, unit: base_unit, series: [region, scope], per: [base_unit]}
graph:
  phrase: {zh: "各地区的 $indicator 目标", en: "Targets for $indicator across regions"}
  cypher: |
    MATCH path = (:Region)<-[:APPLIES_IN]-(:Policy)-[:TARGETS]->(n:Target)
    WHERE n.indicator = $indicator OR n.metric = $indicator
    RETURN path
  suggest:
    indicator: |
      MATCH (:Region)<-[:APPLIES_IN]-(:Policy)-[:TARGETS]->(n:Target)
      RETURN DISTINCT coalesce(n.indicator, n.metric) AS indicator ORDER BY indicator
*/
MATCH (p:Policy)-[:TARGETS]->(n:Target)
WHERE (n.indicator = $indicator OR n.metric = $indicator) AND (n.year = $year OR $year IS NULL)
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(g:Region)
WITH n, p, g WHERE ($region IN g.ancestors OR $region IS NULL)
RETURN g.name AS region, g.id AS region_code, n.year AS year, n.base_value AS base_value, n.base_unit AS base_unit,
       n.op AS op, n.value AS value, n.value_max AS value_max, n.unit AS unit, n.scope AS scope, n.metric AS metric,
       p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       n.quote AS quote, n.document AS document, n.start AS start, n.`end` AS `end`, n.id AS target_id
