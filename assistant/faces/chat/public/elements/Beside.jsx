// Beside the chat: why a verdict is what it is, clause by clause; the credit; code to load the data.
import { useState } from 'react'

function Copy({ text, label }) {
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
    <button type="button" onClick={copy} aria-label={label}>
      <span aria-live="polite">{done ? props.words.copied : props.words.copy}</span>
    </button>
  )
}

function Source({ where, link }) {
  return (
    <cite dir={props.dir}>
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

function Block({ title, text, note, copy }) {
  return (
    <figure className="da-code">
      <figcaption>
        <span>{title}</span>
        <Copy text={text} label={copy} />
      </figcaption>
      <pre tabIndex={0} aria-label={title}>
        <code>{text}</code>
      </pre>
      {note && <p className="da-why">{note}</p>}
    </figure>
  )
}

export default function Beside() {
  const words = props.words
  return (
    <div className="da-beside" lang={props.lang} dir={props.dir}>
      <header className={`da-${props.outcome}`}>
        <h2>
          <bdi>{props.name}</bdi>
        </h2>
        <span className="da-badge">
          <i aria-hidden="true" />
          {props.badge}
        </span>
        <p className="da-why">
          {props.use} · {props.licence} · {props.access}
        </p>
        <p>{props.paragraph}</p>
      </header>

      <section aria-label={words.reasons}>
        <h3>{words.why}</h3>
        <ol>
          {props.reasons.map((reason, at) => (
            <li key={at} className={`da-${reason.outcome}`}>
              <strong>{reason.act}</strong>{' '}
              <span className="da-badge">
                <i aria-hidden="true" />
                {reason.badge}
              </span>
              <p>{reason.why}</p>
              <blockquote dir="auto">
                “{reason.quote}” <Source {...reason} />
              </blockquote>
            </li>
          ))}
        </ol>
      </section>

      {props.duties.length > 0 && (
        <section aria-label={words.to_do}>
          <h3>{words.to_do}</h3>
          <ul>
            {props.duties.map((duty, at) => (
              <li key={at}>
                {duty.prior && <strong>{words.first}</strong>}
                {duty.text} <Source {...duty} />
              </li>
            ))}
          </ul>
        </section>
      )}

      {props.missing.length > 0 && (
        <section aria-label={words.undecided}>
          <h3>{words.undecided}</h3>
          <ul>
            {props.missing.map((question) => (
              <li key={question}>{question}</li>
            ))}
          </ul>
        </section>
      )}

      {(props.platform.length > 0 || props.also.length > 0) && (
        <section aria-label={words.else}>
          <h3>{words.else}</h3>
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

      <section aria-label={words.credit_and_code}>
        <h3>{words.credit_it}</h3>
        <Block title={words.credit} text={props.credit} copy={props.copy_credit} />
        {props.snippets.length > 0 && <h3>{words.load_it}</h3>}
        {props.snippets.map((snippet) => (
          <Block
            key={snippet.title}
            title={snippet.title}
            text={snippet.code}
            note={snippet.note}
            copy={snippet.copy}
          />
        ))}
      </section>
      <p className="da-notice">{props.caution}</p>
    </div>
  )
}
