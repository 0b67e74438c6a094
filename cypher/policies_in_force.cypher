/*
name: policies_in_force
title: {zh: "有效政策", en: "Policies in force"}
description:
  zh: "某日(默认今天)有效的政策;不详的也列出,in_force 为空"
  en: "Policies in force on a day (default today); those where it is not known are listed with an empty in_force"
params:
  - name: as_of
    type: date
    description: {zh: "哪一天(默认今天)", en: "The day (default today)"}
  - name: region
    type: region
    description: {zh: "地区:代码或常用名称(430700、常德、湖南省常德市),含其下辖地区", en: "Region: code or any usual name; includes all regions within it"}
columns:
  - {name: region, type: string, node: Region, id: region_code, description: {zh: "地区", en: "Region"}}
  - {name: region_code, type: string, description: {zh: "地区代码", en: "Code of the region"}}
  - {name: policy, type: string, node: Policy, id: policy_id, description: {zh: "政策标题", en: "Title of the policy"}}
  - {name: policy_id, type: string, description: {zh: "政策编号", en: "Id of the policy"}}
  - {name: doc_number, type: string, description: {zh: "文号", en: "Document number"}}
  - {name: doc_type, type: string, description: {zh: "文种", en: "Type of document"}}
  - {name: date, type: date, description: {zh: "成文或发布日期", en: "Date of issue, else of publication"}}
  - {name: in_force_from, type: date, description: {zh: "生效日期", en: "First day in force"}}
  - {name: ended_on, type: date, description: {zh: "失效日期", en: "First day no longer in force"}}
  - {name: in_force, type: boolean, description: {zh: "在 as_of(默认今天)是否有效;空为不详", en: "Whether it was in force on as_of (default today); empty when not known"}}
  - {name: superseded, type: boolean, description: {zh: "是否已被取代", en: "Whether a later policy replaces it"}}
  - {name: document, type: string, description: {zh: "文件的 SHA-256", en: "SHA-256 of the document"}}
  - {name: start, type: integer, description: {zh: "原文起点(字符)", en: "Where the quote begins, in characters"}}
  - {name: end, type: integer, description: {zh: "原文终点(字符)", en: "Where the quote ends"}}
  - {name: quote, type: string, node: Policy, id: policy_id, at: start, description: {zh: "原文", en: "The words of the document"}}
order: [region_code, -date, policy_id]
example: {as_of: 2021-06-01, region: 河南}
questions:
  zh:
    - "2022年底还没有废止的政策名单"
    - "现行有效的政策有哪些?"
    - "常德市有哪些有效的文件?"
    - "2021年6月1日有效的政策"
    - "截至2023年底湖南省哪些政策仍然有效"
    - "湖南省有哪些政策"
    - "哪些文件现在还有效"
    - "河南省2020年施行的政策"
    - "库里有哪些常德的文件"
    - "常德现在有哪些园区政策"
    - "目前有多少份政策有效"
    - "库里收录了哪些文件"
    - "2022年还在执行的湖南文件"
  en:
    - "Which policies are in force?"
    - "What policies are valid in Changde?"
    - "Which policies were in force on 1 June 2021?"
    - "policies still in effect in Hunan as of the end of 2023"
    - "What policies does Henan have?"
    - "documents in force in 2020"
    - "list the policies of Changde"
    - "Which regulations apply in Zhumadian now?"
    - "How many policies are in force in Hunan?"
    - "Which park policies does Changde have?"
    - "What documents were valid at the end of 2021?"
    - "Which documents do you hold for Zhumadian?"
    - "current policies of Hunan"
    - "Which policies had not lapsed by June 2023?"
    - "Which policies of Changde have not expired?"
graph:
  phrase: {zh: "在 $as_of 有效的政策", en: "Policies in force on $as_of"}
  cypher: |
    MATCH (p:Policy)
    WHERE p.held AND p.status <> 'draft' AND coalesce(p.genre, 'policy') <> 'interpretation'
      AND (p.in_force_from <= date($as_of) OR p.in_force_from IS NULL)
      AND (p.ended_on > date($as_of) OR p.ended_on IS NULL)
    OPTIONAL MATCH path = (p)-[:APPLIES_IN]->(:Region)
    RETURN p, path
  suggest:
    as_of: |
      MATCH (p:Policy)
      WHERE p.held AND p.status <> 'draft' AND coalesce(p.genre, 'policy') <> 'interpretation' AND p.in_force_from IS NOT NULL
      RETURN DISTINCT toString(p.in_force_from) AS as_of ORDER BY as_of DESC
*/
MATCH (p:Policy)
WHERE p.held AND p.status <> 'draft' AND coalesce(p.genre, 'policy') <> 'interpretation'
  AND (p.in_force_from <= $at OR p.in_force_from IS NULL) AND (p.ended_on > $at OR p.ended_on IS NULL)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(g:Region)
WITH p, g WHERE ($region IN g.ancestors OR $region IS NULL)
RETURN g.name AS region, g.id AS region_code, p.name AS policy, p.id AS policy_id, p.doc_number AS doc_number,
       p.doc_type AS doc_type, coalesce(p.issued_on, p.published_on, p.effective_on) AS date, p.in_force_from AS in_force_from, p.ended_on AS ended_on,
       CASE WHEN p.status = 'draft' OR p.in_force_from > $at OR p.ended_on <= $at THEN false
            WHEN p.in_force_from <= $at AND (p.ended_on > $at OR NOT p.superseded) THEN true END AS in_force,
       p.superseded AS superseded, p.document AS document, p.start AS start, p.`end` AS `end`, p.quote AS quote
