/*
name: industry_overlap
title: {zh: "产业同构", en: "Shared industries"}
description:
  zh: "政策或园区发展相同产业的两个地区"
  en: "Pairs of regions whose policies or parks develop the same industries"
params:
  - name: region
    type: region
    description: {zh: "地区:代码或常用名称(430700、常德、湖南省常德市),含其下辖地区", en: "Region: code or any usual name; includes all regions within it"}
  - name: industry
    type: industry
    description: {zh: "产业名称", en: "Industry"}
  - name: as_of
    type: date
    description: {zh: "只看该日未失效的政策(年-月-日);不填则不筛选", en: "Leave out policies known not to be in force on this day; no filter when absent"}
columns:
  - {name: region, type: string, node: Region, id: region_code, description: {zh: "地区", en: "Region"}}
  - {name: region_code, type: string, description: {zh: "地区代码", en: "Code of the region"}}
  - {name: other, type: string, node: Region, id: other_code, description: {zh: "另一地区", en: "The other region"}}
  - {name: other_code, type: string, description: {zh: "另一地区代码", en: "Its code"}}
  - {name: industries, type: integer, description: {zh: "相同产业数", en: "Industries they share"}}
  - {name: names, type: strings, node: Industry, description: {zh: "相同产业", en: "Their names"}}
order: [-industries, region_code, other_code]
example: {region: 驻马店}
questions:
  zh:
    - "驻马店的产业和谁最像"
    - "哪些地区发展相同的产业?"
    - "驻马店与哪些城市产业同构?"
    - "各市产业重叠情况"
    - "哪些城市都在发展新材料"
    - "与常德产业相同的地区"
    - "两地共有的产业"
    - "常德和驻马店有哪些相同的产业"
    - "常德和哪些地区在产业上竞争"
    - "各地主导产业有哪些重复"
    - "哪些地区和驻马店一样发展新材料"
    - "常德、驻马店共同的主导产业"
  en:
    - "Which regions develop the same industries?"
    - "Which cities share industries with Zhumadian?"
    - "industry overlap between cities"
    - "Where do the industries of cities coincide?"
    - "What industries do Changde and Zhumadian have in common?"
    - "regions that both develop new materials"
    - "overlapping industries across regions"
    - "cities with similar industries to Changde"
    - "Which regions compete in the same sectors?"
    - "Which other cities also develop the industries of Changde?"
    - "Do Changde and Zhumadian promote the same industries?"
    - "How much do the industries of Changde and Zhumadian overlap?"
    - "shared industries of Changde and other regions"
    - "Which cities are rivals of Changde in industry?"
    - "Who else develops the same industries as Changde?"
    - "To what extent do the industrial ambitions of Changde coincide with those of other places?"
picture: {kind: matrix, one: region, other: other, value: industries}
graph:
  phrase: {zh: "地区 $region 与别处相同的产业", en: "Industries that $region shares with others"}
  cypher: |
    MATCH one = (g:Region)<-[:APPLIES_IN]-(:Policy)-[:HAS_TASK|MENTIONS]->(:Task|Park)-[:PROMOTES|DEVELOPS]->(i:Industry)
    MATCH other = (i)<-[:PROMOTES|DEVELOPS]-(:Task|Park)<-[:HAS_TASK|MENTIONS]-(:Policy)-[:APPLIES_IN]->(h:Region)
    MATCH (w:Region)
    WHERE g <> h AND NOT g.id IN h.ancestors AND NOT h.id IN g.ancestors
      AND $region IN [w.id, w.full_name] AND w.id IN g.ancestors
    RETURN one, other
  suggest:
    region: |
      MATCH (g:Region)<-[:APPLIES_IN]-(:Policy)-[:HAS_TASK|MENTIONS]->(:Task|Park)-[:PROMOTES|DEVELOPS]->(i:Industry)
      WITH DISTINCT g, i
      MATCH (i)<-[:PROMOTES|DEVELOPS]-(:Task|Park)<-[:HAS_TASK|MENTIONS]-(:Policy)-[:APPLIES_IN]->(h:Region)
      WHERE g <> h AND NOT g.id IN h.ancestors AND NOT h.id IN g.ancestors
      MATCH (g)-[:PART_OF*0..4]->(w:Region)
      RETURN DISTINCT w.full_name AS region ORDER BY region
*/
MATCH (g:Region)<-[:APPLIES_IN]-(p:Policy)-[:HAS_TASK|MENTIONS]->(x:Task|Park)-[:PROMOTES|DEVELOPS]->(i:Industry)
WHERE (i.id IN $industry OR $industry IS NULL)
  AND (p.in_force_from <= $as_of OR p.in_force_from IS NULL OR $as_of IS NULL)
  AND (p.ended_on > $as_of OR p.ended_on IS NULL OR $as_of IS NULL)
  AND (p.status <> 'draft' OR $as_of IS NULL)
WITH DISTINCT g, i
WITH i, collect(g.id) AS places
UNWIND places AS one
MATCH (g:Region {id: one}) WHERE ($region IN g.ancestors OR $region IS NULL)
WITH i, places, g
UNWIND places AS two
WITH i, g, two WHERE g.id <> two AND (g.id < two OR $region IS NOT NULL)
WITH g, two, count(i.id) AS industries, collect(i.id) AS names
MATCH (h:Region {id: two}) WHERE NOT g.id IN h.ancestors AND NOT h.id IN g.ancestors
RETURN g.name AS region, g.id AS region_code, h.name AS other, h.id AS other_code,
       industries AS industries, names AS names
