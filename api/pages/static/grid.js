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
