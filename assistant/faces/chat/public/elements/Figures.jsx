// A bar for each row, and the same rows as a table for those who do not see bars.
export default function Figures() {
  const x = props.columns.indexOf(props.x)
  const y = props.columns.indexOf(props.y)
  const most = Math.max(1e-9, ...props.rows.map((row) => Number(row[y]) || 0))
  const shown = (value) => (typeof value === 'number' ? value.toLocaleString('en') : value)
  return (
    <figure className="da-figures">
      <figcaption>{props.title}</figcaption>
      <table>
        <thead>
          <tr>
            {props.columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, at) => (
            <tr key={at}>
              {row.map((value, place) =>
                place === x ? (
                  <th key={place} scope="row">
                    {shown(value)}
                  </th>
                ) : (
                  <td key={place}>
                    {place === y && (
                      <i
                        aria-hidden="true"
                        style={{ width: `${Math.max(1, (100 * (Number(value) || 0)) / most)}%` }}
                      />
                    )}
                    <span>{shown(value)}</span>
                  </td>
                )
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
