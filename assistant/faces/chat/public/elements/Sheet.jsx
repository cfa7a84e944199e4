// A comparison or a list: text cells, the first column says what a row is about.
export default function Sheet() {
  return (
    <figure className="da-sheet" lang={props.lang} dir={props.dir}>
      {props.title && <figcaption>{props.title}</figcaption>}
      <table>
        <thead>
          <tr>
            {props.columns.map((name, place) => (
              <th key={place} scope="col">
                <bdi>{name}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, place) =>
                place === 0 ? (
                  <th key={place} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={place}>
                    {/^https?:\/\/\S+$/.test(cell) ? (
                      <a
                        href={cell}
                        target="_blank"
                        rel="noopener noreferrer"
                        aria-label={`${cell.split('/')[2]}, ${props.columns[place]}`}
                      >
                        {cell
                          .split('/')[2]
                          .split('.')
                          .flatMap((part, at) => (at ? [<wbr key={at} />, `.${part}`] : [part]))}
                      </a>
                    ) : (
                      <bdi>{cell}</bdi>
                    )}
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
