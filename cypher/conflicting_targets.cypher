/*
name: conflicting_targets
title: {zh: "互相矛盾的目标", en: "Conflicting targets"}
description:
  zh: "同一地区、指标、对象和年份而数值不同的目标"
  en: "Targets of one region, indicator, scope and year whose values differ"
params:
  - name: indicator
    type: string
    description: {zh: "指标名称", en: "Indicator"}
  - name: region
    type: region
    description: {zh: "地区:代码或常用名称(430700、常德、湖南省常德市),含其下辖地区", en: "Region: code or any usual name; includes all regions within it"}
  - name: same_scope
    type: boolean
    default: true
    description: {zh: "只比较对象相同的目标", en: "Only targets of the same scope"}
  - name: as_of
    type: date
    description: {zh: "只看该日未失效的政策(年-月-日);不填则不筛选", en: "Leave out policies known not to be in force on this day; no filter when absent"}
columns:
  - {name: region, type: string, node: Region, id: region_code, description: {zh: "地区", en: "Region"}}
  - {name: region_code, type: string, description: {zh: "地区代码", en: "Code of the region"}}
  - {name: indicator, type: string, description: {zh: "规范指标", en: "Canonical indicator"}}
  - {name: year, type: integer, description: {zh: "年份", en: "Year by which it is to be reached"}}
  - {name: unit, type: string, description: {zh: "单位", en: "Unit"}}
  - {name: one_scope, type: string, description: {zh: "其一的对象", en: "Whom the one binds"}}
  - {name: other_scope, type: string, description: {zh: "其二的对象", en: "Whom the other binds"}}
  - {name: one_value, type: number, description: {zh: "其一的数值", en: "Value of the one target, in the base unit"}}
  - {name: one_policy, type: string, node: Policy, id: one_policy_id, description: {zh: "其一的政策", en: "Policy of the one"}}
  - {name: one_policy_id, type: string, description: {zh: "其一的政策编号", en: "Id of the policy of the one"}}
  - {name: one_in_force, type: boolean, description: {zh: "其一的政策在 as_of(默认今天)是否有效", en: "Whether that policy was in force on as_of (default today)"}}
  - {name: one_quote, type: string, node: Policy, id: one_policy_id, at: one_start, description: {zh: "其一的原文", en: "Words of the one"}}
  - {name: one_start, type: integer, description: {zh: "其一的原文起点(字符)", en: "Where the quote of the one begins, in characters"}}
  - {name: other_value, type: number, description: {zh: "其二的数值", en: "Value of the other target, in the base unit"}}
  - {name: other_policy, type: string, node: Policy, id: other_policy_id, description: {zh: "其二的政策", en: "Policy of the other"}}
  - {name: other_policy_id, type: string, description: {zh: "其二的政策编号", en: "Id of the policy of the other"}}
  - {name: other_in_force, type: boolean, description: {zh: "其二的政策在 as_of(默认今天)是否有效", en: "Whether that policy was in force on as_of (default today)"}}
  - {name: other_quote, type: string, node: Policy, id: other_policy_id, at: other_start, description: {zh: "其二的原文", en: "Words of the other"}}
  - {name: other_start, type: integer, description: {zh: "其二的原文起点(字符)", en: "Where the quote of the other begins, in characters"}}
order: [region, indicator, year, one_policy_id, other_policy_id]
example: {region: 常德, same_scope: false}
questions:
  zh:
    - "哪些指标有两个口径"
    - "同一指标各文件数字对不上的有哪些"
    - "哪些目标互相矛盾?"
    - "常德市有没有互相冲突的指标?"
    - "亩均税收的目标前后不一致的有哪些"
    - "同一指标而目标不一样的地方"
    - "矛盾的目标"
    - "常德市的目标一致吗"
    - "不同文件里同一目标的数值不一样的有哪些"
    - "各政策之间的目标有没有冲突"
    - "哪些文件的目标对不上"
    - "常德市的文件在亩均税收目标上说法一致吗"
  en:
    - "Which targets conflict with each other?"
    - "contradictory targets in Changde"
    - "Are there inconsistent targets for tax per mu?"
    - "targets that contradict each other"
    - "conflicts between targets"
    - "Do any policies disagree on a target?"
    - "Do any documents give different figures for the same target?"
    - "Where do policies set different values for one indicator?"
    - "Are the targets of Changde consistent?"
    - "Is there any conflict between the targets in different policies?"
    - "same indicator, different target"
    - "Does Changde contradict itself on any figure?"
    - "Do the policies of Changde contradict one another?"
graph:
  phrase: {zh: "地区 $region 互相矛盾的目标", en: "Targets of $region that differ"}
  cypher: |
    MATCH one = (g:Region)<-[:APPLIES_IN]-(:Policy)-[:TARGETS]->(n:Target)
    MATCH other = (g)<-[:APPLIES_IN]-(:Policy)-[:TARGETS]->(m:Target)
    MATCH (w:Region)
    WHERE n.id < m.id AND coalesce(n.indicator, n.metric) = coalesce(m.indicator, m.metric)
      AND coalesce(n.base_value, n.value) <> coalesce(m.base_value, m.value) AND n.per_year = m.per_year
      AND coalesce(n.base_unit, n.unit, '') = coalesce(m.base_unit, m.unit, '')
      AND coalesce(n.year, 0) = coalesce(m.year, 0)
      AND $region IN [w.id, w.full_name] AND w.id IN g.ancestors
    RETURN one, other
  suggest:
    region: |
      MATCH (g:Region)<-[:APPLIES_IN]-(:Policy)-[:TARGETS]->(n:Target)
      MATCH (g)<-[:APPLIES_IN]-(:Policy)-[:TARGETS]->(m:Target)
      WHERE n.id < m.id AND coalesce(n.indicator, n.metric) = coalesce(m.indicator, m.metric)
        AND coalesce(n.base_value, n.value) <> coalesce(m.base_value, m.value) AND n.per_year = m.per_year
        AND coalesce(n.base_unit, n.unit, '') = coalesce(m.base_unit, m.unit, '')
        AND coalesce(n.year, 0) = coalesce(m.year, 0)
      MATCH (g)-[:PART_OF*0..4]->(w:Region)
      RETURN DISTINCT w.full_name AS region ORDER BY region
*/
MATCH (g:Region)<-[:APPLIES_IN]-(p:Policy)-[:TARGETS]->(n:Target)
WHERE n.per_year IS NOT NULL AND ($region IN g.ancestors OR $region IS NULL)
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
WITH g.id AS place, coalesce(n.indicator, n.metric) AS indicator, coalesce(n.base_unit, n.unit, '') AS unit,
     coalesce(n.year, 0) AS year, n.per_year AS per_year,
     CASE WHEN $same_scope THEN coalesce(n.scope, '') ELSE '' END AS scope,
     collect(n.id) AS ids, count(DISTINCT coalesce(n.base_value, n.value)) AS values
WHERE values > 1
UNWIND ids AS one
WITH place, ids, one
UNWIND ids AS two
WITH place, one, two WHERE one < two
MATCH (n:Target {id: one})
WITH place, n, two
MATCH (m:Target {id: two})
WHERE coalesce(n.base_value, n.value) <> coalesce(m.base_value, m.value)
  AND (n.indicator = $indicator OR n.metric = $indicator OR $indicator IS NULL)
WITH place, n, m
MATCH (p:Policy {id: n.policy})
WITH place, n, m, p
MATCH (q:Policy {id: m.policy})
WITH place, n, m, p, q
MATCH (g:Region {id: place})
RETURN g.name AS region, g.id AS region_code, coalesce(n.indicator, n.metric) AS indicator, n.year AS year,
       coalesce(n.base_unit, n.unit) AS unit, n.scope AS one_scope, m.scope AS other_scope,
       coalesce(n.base_value, n.value) AS one_value, p.name AS one_policy, p.id AS one_policy_id,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS one_in_force,
       n.quote AS one_quote, n.start AS one_start,
       coalesce(m.base_value, m.value) AS other_value, q.name AS other_policy, q.id AS other_policy_id,
       CASE WHEN q.status = 'draft' OR q.in_force_from > $at OR q.ended_on <= $at THEN false
            WHEN q.in_force_from <= $at AND (q.ended_on > $at OR NOT q.superseded) THEN true END AS other_in_force,
       m.quote AS other_quote, m.start AS other_start
