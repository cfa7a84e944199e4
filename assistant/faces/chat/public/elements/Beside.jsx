// Beside the chat: why a verdict is what it is, clause by clause; the credit; code to load the data.
import { useState } from 'react'

function Copy({ text, what }) {
  const [done, setDone] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      // A page without a secure address has no clipboard; the old way still works there.
      const area = document.createElement('textarea')
      area.value = text
      document.body.append(area)
      area.select()
      document.execCommand('copy')
      area.remove()
    }
    setDone(true)
    setTimeout(() => setDone(false), 2500)
  }
  return (
    <button type="button" onClick={copy} aria-label={`Copy ${what}`}>
      <span aria-live="polite">{done ? 'Copied' : 'Copy'}</span>
    </button>
  )
}

function Source({ where, link }) {
  return (
    <cite>
      {link ? (
        <a href={link} target="_blank" rel="noopener noreferrer">
          {where}
        </a>
      ) : (
        where
      )}
    </cite>
  )
}

function Block({ title, text, note }) {
  return (
    <figure className="da-code">
      <figcaption>
        <span>{title}</span>
        <Copy text={text} what={title} />
      </figcaption>
      <pre tabIndex={0} aria-label={title}>
        <code>{text}</code>
      </pre>
      {note && <p className="da-why">{note}</p>}
    </figure>
  )
}

export default function Beside() {
  return (
    <div className="da-beside" lang="en" dir="ltr">
      <header className={`da-${props.outcome}`}>
        <h2 dir="auto">{props.name}</h2>
        <span className="da-badge">
          <i aria-hidden="true" />
          {props.badge}
        </span>
        <p className="da-why">
          {props.use} · {props.licence} · {props.access}
        </p>
        <p dir="auto">{props.paragraph}</p>
      </header>

      <section aria-label="Reasons">
        <h3>Why</h3>
        <ol>
          {props.reasons.map((reason, at) => (
            <li key={at} className={`da-${reason.outcome}`}>
              <strong>{reason.act}</strong>{' '}
              <span className="da-badge">
                <i aria-hidden="true" />
                {reason.badge}
              </span>
              <p dir="auto">{reason.why}</p>
              <blockquote dir="auto">
                “{reason.quote}” <Source {...reason} />
              </blockquote>
            </li>
          ))}
        </ol>
      </section>

      {props.duties.length > 0 && (
        <section aria-label="What you have to do">
          <h3>What you have to do</h3>
          <ul>
            {props.duties.map((duty, at) => (
              <li key={at}>
                {duty.prior && <strong>First: </strong>}
                {duty.text} <Source {...duty} />
              </li>
            ))}
          </ul>
        </section>
      )}

      {props.missing.length > 0 && (
        <section aria-label="What decides and was not said">
          <h3>What decides and was not said</h3>
          <ul>
            {props.missing.map((question) => (
              <li key={question}>{question}</li>
            ))}
          </ul>
        </section>
      )}

      {(props.platform.length > 0 || props.also.length > 0) && (
        <section aria-label="What else is written">
          <h3>What else is written</h3>
          <ul>
            {props.platform.map((note) => (
              <li key={note}>{note}</li>
            ))}
            {props.also.map((clause, at) => (
              <li key={at} dir="auto">
                “{clause.quote}” <Source {...clause} />
              </li>
            ))}
          </ul>
        </section>
      )}

      <section aria-label="Credit and code">
        <h3>Credit it</h3>
        <Block title="Credit" text={props.credit} />
        {props.snippets.length > 0 && <h3>Load it</h3>}
        {props.snippets.map((snippet) => (
          <Block key={snippet.title} title={snippet.title} text={snippet.code} note={snippet.note} />
        ))}
      </section>
      <p className="da-notice">{props.caution}</p>
    </div>
  )
}
