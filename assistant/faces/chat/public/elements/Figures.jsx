// A bar for each row inside the table of the same figures: who sees no bars reads the numbers.
import { useMemo } from 'react'

const cell = (value) => `"${String(value).replaceAll('"', '""')}"`

export default function Figures() {
  const x = props.columns.indexOf(props.x)
  const y = props.columns.indexOf(props.y)
  const most = Math.max(1e-9, ...props.rows.map((row) => Number(row[y]) || 0))
  const written = new Intl.NumberFormat(`${props.lang}-u-nu-latn`, { useGrouping: 'always' })
  const shown = (value) => (typeof value === 'number' ? written.format(value) : value)
  const sheet = useMemo(() => {
    const lines = [props.columns, ...props.rows].map((row) => row.map(cell).join(','))
    return URL.createObjectURL(new Blob([lines.join('\r\n')], { type: 'text/csv;charset=utf-8' }))
  }, [props.rows])
  return (
    <figure className="da-figures" lang={props.lang} dir={props.dir}>
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
                    <bdi>{shown(value)}</bdi>
                  </th>
                ) : (
                  <td key={place}>
                    {place === y ? (
                      <span className="da-figure">
                        <i
                          aria-hidden="true"
                          style={{ width: `${Math.max(1, (82 * (Number(value) || 0)) / most)}%` }}
                        />
                        <span>{shown(value)}</span>
                      </span>
                    ) : (
                      shown(value)
                    )}
                  </td>
                )
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <footer className="da-offers">
        <a href={sheet} download="figures.csv">
          {props.words.download}
        </a>
      </footer>
    </figure>
  )
}
