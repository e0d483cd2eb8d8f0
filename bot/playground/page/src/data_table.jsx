// The data_table block, which the library draws as nothing.
export function DataTable({ block }) {
  const [head, ...rows] = block.rows;
  const rowHeader = block.row_header_column_index ?? 0;
  return (
    <div className="data-table" tabIndex={0} role="region" aria-label={block.caption}>
      <table>
        <caption>{block.caption}</caption>
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th key={column} scope="col">
                {textOf(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) =>
                column === rowHeader ? (
                  <th key={column} scope="row">
                    {textOf(cell)}
                  </th>
                ) : (
                  <td key={column} className={cell.type === "raw_number" ? "number" : undefined}>
                    {textOf(cell)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function textOf(cell) {
  if (cell.type === "rich_text") return cell.elements.map(textOf).join("\n");
  if (cell.elements) return cell.elements.map(textOf).join("");
  return String(cell.text ?? cell.value ?? cell.url ?? "");
}
