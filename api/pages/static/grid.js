// A cell of a table: text, a link (its row holds an address under _NAME), or links made of [text, address] pairs. Texts of documents never become HTML.
window.pgCell = (params) => {
  const cell = document.createElement("span");
  cell.className = params.colDef.cellClass === "pg-cell-quote" ? "pg-clamp" : "";
  let links = params.data && params.data["_" + params.colDef.field];
  if (typeof links === "string") links = [[params.value ?? "", links]];
  if (!links) {
    cell.textContent = params.valueFormatted ?? params.value ?? "";
    return cell;
  }
  links.forEach(([text, address], place) => {
    if (place) cell.append("、");
    if (typeof address !== "string" || !address.startsWith("/")) return cell.append(text);
    const link = document.createElement("a");
    link.href = address;
    link.textContent = text;
    cell.append(link);
  });
  return cell;
};

// On a narrow window a row is a card: the name of each column beside its cell. What is empty is left out.
const pgFields = (params) => params.api.getColumnDefs().filter((each) => each.colId !== "card" && (params.data[each.field] ?? "") !== "");

window.pgCard = (params) => {
  const card = document.createElement("dl");
  card.className = "pg-rowcard";
  for (const column of pgFields(params)) {
    const name = document.createElement("dt");
    const said = document.createElement("dd");
    name.textContent = column.headerName;
    said.append(window.pgCell({ value: params.data[column.field], data: params.data, colDef: column }));
    card.append(name, said);
  }
  return card;
};

window.pgCardText = (params) => pgFields(params).map((column) => params.data[column.field]).join(" ");
