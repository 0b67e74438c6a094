/*
name: agency_history
title: {zh: "机构沿革", en: "History of an agency"}
description:
  zh: "一个部门在历次机构改革中的前身与后继"
  en: "What an agency was before reforms and became after them"
params:
  - name: agency
    type: agency
    required: true
    description: {zh: "部门:全称或常用名称", en: "Agency: official or usual name"}
columns:
  - {name: predecessor, type: string, node: Agency, description: {zh: "前身", en: "Before"}}
  - {name: successor, type: string, node: Agency, description: {zh: "后继", en: "After"}}
  - {name: since, type: integer, description: {zh: "年份", en: "Year"}}
  - {name: basis, type: string, description: {zh: "依据", en: "Why: the reform"}}
order: [since, predecessor, successor]
example: {agency: 常德市工业和信息化局}
questions:
  zh:
    - "常德市安监局归到哪里去了"
    - "常德市工信局的前身是什么?"
    - "常德市环保局后来改成了什么?"
    - "驻马店市国土局的机构改革沿革"
    - "常德市经信委现在叫什么"
    - "常德市安监局并入了哪个部门"
    - "驻马店市工商局的历史"
    - "哪个部门接替了常德市环保局"
    - "常德市工信局什么时候改名的?"
    - "常德市经信委现在对应哪个部门"
    - "常德市安监局的职能现在归谁"
    - "常德市规划局是什么时候合并的"
    - "驻马店市工商局还存在吗"
  en:
    - "Where did the functions of the Changde Work Safety Administration go?"
    - "When was the Changde Bureau of Industry and Information Technology renamed?"
    - "What was the Changde Bureau of Industry and Information Technology before the reform?"
    - "What did the Changde Environmental Protection Bureau become?"
    - "history of the Zhumadian Land and Resources Bureau"
    - "predecessors of the Changde Emergency Management Bureau"
    - "Which agency succeeded the Zhumadian Work Safety Administration?"
    - "former names of the Changde Market Regulation Bureau"
    - "Which bureau replaced the Changde Environmental Protection Bureau?"
    - "What is the Changde EPB called now after the institutional reform?"
    - "Does the Zhumadian Work Safety Administration still exist?"
    - "Which bureaus were merged to form the Changde Market Regulation Bureau?"
    - "Who took over the functions of the Changde Land and Resources Bureau?"
    - "What happened to the Changde Land and Resources Bureau after the reform?"
    - "Which bureau did the Changde Environmental Protection Bureau turn into?"
picture: {kind: network, source: predecessor, target: successor, label: since, directed: true}
graph:
  phrase: {zh: "部门 $agency 的前身与后继", en: "What $agency was and became"}
  cypher: |
    MATCH path = (:Agency)-[:SUCCEEDED_BY*0..6]->(a:Agency)-[:SUCCEEDED_BY*0..6]->(:Agency)
    WHERE $agency IN [a.id, a.name] AND length(path) > 0
    RETURN path
  suggest:
    agency: |
      MATCH (a:Agency)-[:SUCCEEDED_BY]-(:Agency) RETURN DISTINCT a.name AS agency ORDER BY agency
*/
UNWIND $agency AS i
MATCH (c:Agency {id: i})
OPTIONAL MATCH (c)-[:SUCCEEDED_BY*0..6]->(a:Agency)
OPTIONAL MATCH (a)-[r:SUCCEEDED_BY]->(b:Agency)
WITH a, r, b WHERE b.id IS NOT NULL
RETURN a.id AS predecessor, b.id AS successor, r.since AS since, r.basis AS basis
UNION
UNWIND $agency AS i
MATCH (c:Agency {id: i})
OPTIONAL MATCH (c)<-[:SUCCEEDED_BY*0..6]-(b:Agency)
OPTIONAL MATCH (b)<-[r:SUCCEEDED_BY]-(a:Agency)
WITH a, r, b WHERE a.id IS NOT NULL
RETURN a.id AS predecessor, b.id AS successor, r.since AS since, r.basis AS basis
