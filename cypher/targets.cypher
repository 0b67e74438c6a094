/*
name: targets
title: {zh: "指标目标", en: "Targets"}
description:
  zh: "政策要达到的指标"
  en: "Quantities that policies commit to reach"
params:
  - name: indicator
    type: string
    description: {zh: "指标名称", en: "Indicator"}
  - name: region
    type: region
    description: {zh: "地区:代码或常用名称(430700、常德、湖南省常德市),含其下辖地区", en: "Region: code or any usual name; includes all regions within it"}
  - name: park
    type: park
    description: {zh: "园区:全称或简称", en: "Park: full name or alias"}
  - name: year
    type: integer
    description: {zh: "目标年份", en: "Year by which it is to be reached"}
  - name: op
    type: string
    enum: [">=", "<=", "=", "~", range]
    description: {zh: "比较", en: "Comparator"}
  - name: as_of
    type: date
    description: {zh: "只看该日未失效的政策(年-月-日);不填则不筛选", en: "Leave out policies known not to be in force on this day; no filter when absent"}
columns:
  - {name: region, type: string, node: Region, id: region_code, description: {zh: "地区", en: "Region"}}
  - {name: region_code, type: string, description: {zh: "地区代码", en: "Code of the region"}}
  - {name: metric, type: string, description: {zh: "文中的指标", en: "Indicator in the words of the document"}}
  - {name: indicator, type: string, description: {zh: "规范指标", en: "Canonical indicator"}}
  - {name: scope, type: string, description: {zh: "适用对象", en: "Whom it binds"}}
  - {name: op, type: string, description: {zh: "比较", en: "Comparator"}}
  - {name: value, type: number, description: {zh: "数值", en: "Value as written"}}
  - {name: value_max, type: number, description: {zh: "区间上限", en: "Upper end of a range"}}
  - {name: unit, type: string, description: {zh: "单位", en: "Unit as written"}}
  - {name: base_value, type: number, description: {zh: "换算后的数值", en: "Value in the base unit"}}
  - {name: base_unit, type: string, description: {zh: "基本单位", en: "Base unit"}}
  - {name: year, type: integer, description: {zh: "年份", en: "Year by which it is to be reached"}}
  - {name: per_year, type: boolean, description: {zh: "是否每年", en: "Whether it holds for each year"}}
  - {name: path, type: string, description: {zh: "任务在文中的编号", en: "Number of the item in the document"}}
  - {name: policy, type: string, node: Policy, id: policy_id, description: {zh: "政策标题", en: "Title of the policy"}}
  - {name: policy_id, type: string, description: {zh: "政策编号", en: "Id of the policy"}}
  - {name: date, type: date, description: {zh: "成文或发布日期", en: "Date of issue, else of publication"}}
  - {name: in_force, type: boolean, description: {zh: "在 as_of(默认今天)是否有效;空为不详", en: "Whether it was in force on as_of (default today); empty when not known"}}
  - {name: quote, type: string, node: Policy, id: policy_id, at: start, description: {zh: "原文", en: "The words of the document"}}
  - {name: document, type: string, description: {zh: "文件的 SHA-256", en: "SHA-256 of the document"}}
  - {name: start, type: integer, description: {zh: "原文起点(字符)", en: "Where the quote begins, in characters"}}
  - {name: end, type: integer, description: {zh: "原文终点(字符)", en: "Where the quote ends"}}
  - {name: target_id, type: string, description: {zh: "目标编号", en: "Id of the target"}}
order: [indicator, region, year, policy, start]
example: {indicator: 亩均税收}
questions:
  zh:
    - "常德市亩均税收目标是多少?"
    - "常德市有哪些量化目标?"
    - "常德经开区的目标有哪些"
    - "亩均税收"
    - "研发投入强度要达到多少"
    - "2025年容积率目标"
    - "湖南省的指标"
    - "2025年有哪些目标"
    - "不低于的指标有哪些"
    - "常德市高新技术企业目标"
    - "驻马店要建几个绿色工厂?"
    - "亩均税收目标什么时候要达到?"
    - "到2025年常德亩均税收要达到多少"
    - "政策给常德经开区定了什么目标"
    - "常德市2025年高新技术企业要有多少家"
    - "哪些政策提出了亩均税收目标"
    - "常德的园区到2025年要实现什么目标"
  en:
    - "When is the tax per mu target to be reached?"
    - "How many green factories does Zhumadian plan to build?"
    - "What is the tax per mu target of Changde?"
    - "What quantitative targets does Changde have?"
    - "targets for the Changde Economic Development Zone"
    - "tax per mu"
    - "What R&D intensity should be reached?"
    - "floor area ratio targets for 2025"
    - "goals of Hunan"
    - "What targets has Changde set for high-tech enterprises?"
    - "Which indicators are set?"
    - "targets with a minimum"
    - "How high should tax per mu in Changde be by 2025?"
    - "Which policies set a target for tax per mu?"
    - "What is Changde to achieve in tax per mu?"
    - "What level of R&D intensity does Hunan aim for in 2025?"
    - "by how much is tax per mu to rise in Changde?"
    - "Which targets are expressed as a range?"
    - "Which targets are ceilings?"
picture: {kind: bars, x: year, value: base_value, unit: base_unit, series: [region, scope], per: [indicator, base_unit]}
graph:
  phrase: {zh: "含 $indicator 的目标", en: "Targets with $indicator in their name"}
  cypher: |
    MATCH path = (:Policy)-[:TARGETS]->(n:Target)
    WHERE n.indicator = $indicator OR n.metric CONTAINS $indicator
    OPTIONAL MATCH bound = (n)-[:APPLIES_TO]->(:Park|Region)
    RETURN path, bound
  suggest:
    indicator: |
      MATCH (:Policy)-[:TARGETS]->(n:Target) RETURN DISTINCT coalesce(n.indicator, n.metric) AS indicator ORDER BY indicator
*/
MATCH (p:Policy)-[:TARGETS]->(n:Target)
WHERE (n.indicator = $indicator OR n.metric CONTAINS $indicator OR $indicator IS NULL)
  AND (n.year = $year OR $year IS NULL) AND (n.op = $op OR $op IS NULL)
  AND (EXISTS { MATCH (n)-[:APPLIES_TO]->(k:Park) WHERE k.id IN $park } OR $park IS NULL)
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(g:Region)
WITH n, p, g WHERE ($region IN g.ancestors OR $region IS NULL)
RETURN g.name AS region, g.id AS region_code, n.metric AS metric, n.indicator AS indicator, n.scope AS scope, n.op AS op, n.value AS value, n.value_max AS value_max,
       n.unit AS unit, n.base_value AS base_value, n.base_unit AS base_unit, n.year AS year, n.per_year AS per_year, n.path AS path,
       p.name AS policy, p.id AS policy_id,
       coalesce(p.issued_on, p.published_on, p.effective_on) AS date,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       n.quote AS quote, n.document AS document, n.start AS start, n.`end` AS `end`, n.id AS target_id
