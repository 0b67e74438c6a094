/*
name: targets_due
title: {zh: "到期目标", en: "Targets due"}
description:
  zh: "在某年应当达到的目标"
  en: "Targets that are to be reached by a year"
params:
  - name: year
    type: integer
    required: true
    description: {zh: "目标年份", en: "Year by which it is to be reached"}
  - name: region
    type: region
    description: {zh: "地区:代码或常用名称(430700、常德、湖南省常德市),含其下辖地区", en: "Region: code or any usual name; includes all regions within it"}
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
order: [region, policy, start]
example: {year: 2025}
questions:
  zh:
    - "2025年到期的目标有哪些?"
    - "常德市到2025年要达到哪些目标?"
    - "2020年底前要完成的指标"
    - "哪些目标的期限是2022年"
    - "2025年的目标"
    - "2025年应实现的指标"
    - "湖南2025年底要完成哪些目标"
    - "哪些指标到2022年截止"
    - "2020年到期的有哪些"
    - "政策要求2025年前实现的目标"
  en:
    - "Which targets are due in 2025?"
    - "What has to be reached by 2025 in Changde?"
    - "targets to be met by the end of 2020"
    - "goals with a 2022 deadline"
    - "2025 targets"
    - "Which targets fall due in 2022 in Hunan?"
    - "What are the targets for 2025?"
    - "Which goals have to be reached by the end of 2025?"
    - "What is due in Changde in 2022?"
    - "targets for 2025 in Hunan"
    - "What are cities to achieve by 2020?"
    - "Which targets have 2025 as their deadline?"
    - "Which targets mature in 2020?"
graph:
  phrase: {zh: "在 $year 年到期的目标", en: "Targets due in $year"}
  cypher: |
    MATCH path = (:Policy)-[:TARGETS]->(n:Target)
    WHERE n.year = toInteger($year)
    RETURN path
  suggest:
    year: |
      MATCH (:Policy)-[:TARGETS]->(n:Target) WHERE n.year IS NOT NULL RETURN DISTINCT n.year AS year ORDER BY year
*/
MATCH (p:Policy)-[:TARGETS]->(n:Target)
WHERE n.year = $year
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
