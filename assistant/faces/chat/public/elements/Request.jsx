// Asking for access: the form, the review, where it stands. The server decides what is shown.
import { useEffect, useRef, useState } from 'react'

function Field({ ask, value, onChange }) {
  const id = `${props.form}-${ask.field}`
  const label = (
    <label htmlFor={id}>
      {ask.question}
      {!ask.required && <small> {props.words.if_you_like}</small>}
    </label>
  )
  if (ask.kind === 'acts')
    return (
      <fieldset>
        <legend>{ask.question}</legend>
        {ask.choices.map(([code, words]) => (
          <label key={code} className="da-tick">
            <input
              type="checkbox"
              checked={value.includes(code)}
              onChange={(event) =>
                onChange(
                  event.target.checked ? [...value, code] : value.filter((one) => one !== code)
                )
              }
            />
            {words}
          </label>
        ))}
      </fieldset>
    )
  if (ask.kind === 'checkbox')
    return (
      <label className="da-tick">
        <input
          id={id}
          type="checkbox"
          checked={value === 'yes'}
          onChange={(event) => onChange(event.target.checked ? 'yes' : 'no')}
        />
        {ask.question}
      </label>
    )
  const common = { id, value, required: ask.required, onChange: (event) => onChange(event.target.value) }
  return (
    <div>
      {label}
      {ask.kind === 'choice' || ask.kind === 'country' ? (
        <select {...common}>
          <option value="">{props.words.choose}</option>
          {ask.choices.map(([code, words]) => (
            <option key={code} value={code}>
              {words}
            </option>
          ))}
        </select>
      ) : ask.long ? (
        <textarea rows={3} dir="auto" {...common} />
      ) : (
        <input type={ask.kind === 'date' ? 'date' : 'text'} dir="auto" {...common} />
      )}
    </div>
  )
}

function Rows({ rows }) {
  return (
    <dl>
      {rows.map(([question, said]) => (
        <div key={question}>
          <dt>{question}</dt>
          <dd>
            <bdi>{said}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Badge({ tone, words }) {
  return (
    <span className={`da-badge da-${tone}`}>
      <i aria-hidden="true" />
      {words}
    </span>
  )
}

export default function Request() {
  const words = props.words
  const [answers, setAnswers] = useState(props.given || {})
  const [accepted, setAccepted] = useState({})
  const [paid, setPaid] = useState(false)
  const [email, setEmail] = useState('')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState('')
  const top = useRef(null)

  useEffect(() => {
    setBusy(false)
    setFailed('')
    setAnswers(props.given || {})
    const ticked = (props.agreements || []).filter((each) => each.accepted)
    setAccepted(Object.fromEntries(ticked.map((each) => [each.id, each.sha256])))
    top.current?.focus({ preventScroll: true })
  }, [props.key])

  const press = async (step, more = {}) => {
    setBusy(true)
    setFailed('')
    const payload = {
      step,
      form: props.form,
      key: props.key,
      card: props.card,
      request: props.request || '',
      ...more
    }
    try {
      await callAction({ name: 'request_step', payload })
    } catch {
      setFailed(words.failed)
    }
    setBusy(false)
  }
  const put = (name) => (value) => setAnswers((all) => ({ ...all, [name]: value }))
  const fields = (asks) =>
    asks.map((ask) => (
      <Field
        key={ask.field}
        ask={ask}
        value={answers[ask.field] ?? ask.value}
        onChange={put(ask.field)}
      />
    ))
  const shell = (title, children) => (
    <section
      className="da-form"
      aria-label={`${title}${words.colon}${props.name}`}
      lang={props.lang}
      dir={props.dir}
    >
      <h2 ref={top} tabIndex={-1}>
        {title}
        {words.colon}
        <bdi>{props.name}</bdi>
      </h2>
      {props.note && (
        <p className="da-problem" role="alert">
          {props.note}
        </p>
      )}
      {children}
      {failed && (
        <p className="da-problem" role="alert">
          {failed}
        </p>
      )}
    </section>
  )

  if (props.stage === 'public') {
    const [before, page, after] = words.open_to_all.split(/[[\]]/)
    return shell(
      words.open_title,
      <p>
        {before}
        {props.url && (
          <a href={props.url} target="_blank" rel="noopener noreferrer">
            {page}
          </a>
        )}
        {after}
      </p>
    )
  }

  if (props.stage === 'fill')
    return shell(
      words.title,
      <form
        onSubmit={(event) => {
          event.preventDefault()
          press('fill', { answers })
        }}
      >
        {props.known.length > 0 && (
          <details>
            <summary>{props.known_already}</summary>
            <Rows rows={props.known} />
          </details>
        )}
        {fields(props.missing)}
        {props.optional.length > 0 && (
          <details>
            <summary>{words.more}</summary>
            {fields(props.optional)}
          </details>
        )}
        <p className="da-why">{words.not_sent}</p>
        <div className="da-row">
          <button type="submit" className="da-main" disabled={busy}>
            {words.review}
          </button>
        </div>
      </form>
    )

  if (props.stage === 'review') {
    const ready =
      props.agreements.every((each) => accepted[each.id] === each.sha256) && (!props.price || paid)
    return shell(
      words.look_over,
      <>
        <Rows rows={props.rows} />
        <p>
          {props.use}
          {words.colon}
          <Badge tone={props.outcome} words={props.badge} />
        </p>
        <p className="da-why">{props.why}</p>
        {props.agreements.map((each) => (
          <div key={each.id} className="da-agreement">
            <strong>{each.title}</strong>
            {each.gloss && <p className="da-gloss">{each.gloss}</p>}
            <p dir="auto" lang="en">
              {each.text}
            </p>
            {each.url && (
              <a href={each.url} target="_blank" rel="noopener noreferrer">
                {words.read_it}
              </a>
            )}
            <label className="da-tick">
              <input
                type="checkbox"
                checked={accepted[each.id] === each.sha256}
                onChange={(event) =>
                  setAccepted((all) => ({
                    ...all,
                    [each.id]: event.target.checked ? each.sha256 : ''
                  }))
                }
              />
              {each.accept}
            </label>
          </div>
        ))}
        {props.price && (
          <label className="da-tick">
            <input
              type="checkbox"
              checked={paid}
              onChange={(event) => setPaid(event.target.checked)}
            />
            {props.price}
          </label>
        )}
        <p className="da-why">{props.here ? words.here : words.away}</p>
        <div className="da-row">
          <button
            type="button"
            className="da-main"
            disabled={busy || !ready}
            onClick={() =>
              press('send', {
                accepted,
                price_agreed: paid,
                fingerprint: props.fingerprint,
                here: props.here
              })
            }
          >
            {props.here ? words.send : words.go_on}
          </button>
          <button
            type="button"
            disabled={busy}
            onClick={() => press('change', { answers: props.given })}
          >
            {words.change}
          </button>
        </div>
      </>
    )
  }

  if (props.stage === 'address')
    return shell(
      words.address,
      <form
        onSubmit={(event) => {
          event.preventDefault()
          press('address', { email })
        }}
      >
        <p>{words.address_why}</p>
        <div>
          <label htmlFor={`${props.form}-email`}>{words.email}</label>
          <input
            id={`${props.form}-email`}
            type="email"
            autoComplete="email"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </div>
        <div className="da-row">
          <button type="submit" className="da-main" disabled={busy}>
            {words.send_link}
          </button>
          <button type="button" disabled={busy} onClick={() => press('look')}>
            {words.back}
          </button>
        </div>
      </form>
    )

  if (props.stage === 'told') {
    const [before, after] = words.told.split('{address}')
    return shell(
      words.mail,
      <p role="status">
        {before}
        <bdi>{props.told}</bdi>
        {after}
      </p>
    )
  }

  return shell(
    words.standing,
    <>
      <p role="status">
        <Badge tone={props.tone} words={props.badge} />
      </p>
      <p>{props.sentence}</p>
      {props.conditions && <p>{props.conditions}</p>}
      <p className="da-why">{props.next}</p>
      {props.letter && (
        <details open>
          <summary>{words.letter}</summary>
          <pre tabIndex={0}>{props.letter}</pre>
        </details>
      )}
      {props.history.length > 0 && (
        <details>
          <summary>{words.happened}</summary>
          <Rows rows={props.history.map(([what, when]) => [when, what])} />
        </details>
      )}
      <div className="da-row">
        {props.may_edit && (
          <button type="button" className="da-main" disabled={busy} onClick={() => press('change')}>
            {props.state === 'returned' ? words.answer : words.continue}
          </button>
        )}
        {props.url && (
          <a href={props.url} target="_blank" rel="noopener noreferrer">
            {words.open_page}
          </a>
        )}
        {props.may_ask_again && (
          <button type="button" disabled={busy} onClick={() => press('again')}>
            {words.again}
          </button>
        )}
        {props.may_withdraw && (
          <button type="button" disabled={busy} onClick={() => press('withdraw')}>
            {words.withdraw}
          </button>
        )}
      </div>
    </>
  )
}
