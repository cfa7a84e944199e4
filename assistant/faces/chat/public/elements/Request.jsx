// Asking for access: the form, the review, where it stands. The server decides what is shown.
import { useEffect, useRef, useState } from 'react'

function Field({ ask, value, onChange }) {
  const id = `${props.form}-${ask.field}`
  const label = (
    <label htmlFor={id}>
      {ask.question}
      {!ask.required && <small> (if you like)</small>}
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
          <option value="">Choose …</option>
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
          <dd dir="auto">{said}</dd>
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
      setFailed('That did not reach the server. Reload the page if you signed in or out elsewhere.')
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
    <section className="da-form" aria-label={`${title}: ${props.name}`} lang="en" dir="ltr">
      <h2 ref={top} tabIndex={-1}>
        {title}: <span dir="auto">{props.name}</span>
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

  if (props.stage === 'public')
    return shell(
      'Nobody need be asked',
      <p>
        The files are open to everybody{' '}
        {props.url && (
          <a href={props.url} target="_blank" rel="noopener noreferrer">
            on its page
          </a>
        )}
        . Its terms still hold.
      </p>
    )

  if (props.stage === 'fill')
    return shell(
      'Request access',
      <form
        onSubmit={(event) => {
          event.preventDefault()
          press('fill', { answers })
        }}
      >
        {props.known.length > 0 && (
          <details>
            <summary>Known already: {props.known.length}</summary>
            <Rows rows={props.known} />
          </details>
        )}
        {fields(props.missing)}
        {props.optional.length > 0 && (
          <details>
            <summary>More, if you like</summary>
            {fields(props.optional)}
          </details>
        )}
        <p className="da-why">Nothing is sent yet: you look it over first.</p>
        <div className="da-row">
          <button type="submit" className="da-main" disabled={busy}>
            Review
          </button>
        </div>
      </form>
    )

  if (props.stage === 'review') {
    const ready =
      props.agreements.every((each) => accepted[each.id] === each.sha256) && (!props.price || paid)
    return shell(
      'Look it over',
      <>
        <Rows rows={props.rows} />
        <p>
          {props.use}: <Badge tone={props.outcome} words={props.badge} />
        </p>
        <p className="da-why">{props.why}</p>
        {props.agreements.map((each) => (
          <div key={each.id} className="da-agreement">
            <strong>{each.title}</strong>
            <p dir="auto">{each.text}</p>
            {each.url && (
              <a href={each.url} target="_blank" rel="noopener noreferrer">
                Read it where it stands
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
              I accept: {each.title}
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
            I agree to the price: {props.price}. Nothing is paid here.
          </label>
        )}
        <p className="da-why">
          {props.here
            ? 'The owner sees your answers as soon as you send them, and not before.'
            : 'Its owner does not decide here: your letter is made ready to paste on the dataset’s own page.'}
        </p>
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
            {props.here ? 'Confirm and send' : 'Confirm and go on'}
          </button>
          <button
            type="button"
            disabled={busy}
            onClick={() => press('change', { answers: props.given })}
          >
            Change something
          </button>
        </div>
      </>
    )
  }

  if (props.stage === 'address')
    return shell(
      'Your address',
      <form
        onSubmit={(event) => {
          event.preventDefault()
          press('address', { email })
        }}
      >
        <p>
          The owner answers to an address that is yours. We send a link to it; opening it there signs
          you in, and you send the request yourself. This chat stays as it is.
        </p>
        <div>
          <label htmlFor={`${props.form}-email`}>E-mail address</label>
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
            Send me the link
          </button>
          <button type="button" disabled={busy} onClick={() => press('look')}>
            Back
          </button>
        </div>
      </form>
    )

  if (props.stage === 'told')
    return shell(
      'Look at your mail',
      <p role="status">
        A link was sent to <bdi>{props.told}</bdi>, if it can get mail. Your draft waits three days
        for it.
      </p>
    )

  return shell(
    'Request',
    <>
      <p role="status">
        <Badge tone={props.tone} words={props.badge} />
      </p>
      <p dir="auto">{props.sentence}</p>
      {props.conditions && <p dir="auto">The owner’s conditions: “{props.conditions}”</p>}
      <p className="da-why">{props.next}</p>
      {props.letter && (
        <details open>
          <summary>The letter, ready to paste</summary>
          <pre tabIndex={0}>{props.letter}</pre>
        </details>
      )}
      {props.history.length > 0 && (
        <details>
          <summary>What happened so far</summary>
          <Rows rows={props.history.map(([what, when]) => [when, what])} />
        </details>
      )}
      <div className="da-row">
        {props.may_edit && (
          <button type="button" className="da-main" disabled={busy} onClick={() => press('change')}>
            {props.state === 'returned' ? 'Answer the owner' : 'Go on with it'}
          </button>
        )}
        {props.url && (
          <a href={props.url} target="_blank" rel="noopener noreferrer">
            Open its page
          </a>
        )}
        {props.may_ask_again && (
          <button type="button" disabled={busy} onClick={() => press('again')}>
            Ask again
          </button>
        )}
        {props.may_withdraw && (
          <button type="button" disabled={busy} onClick={() => press('withdraw')}>
            Withdraw
          </button>
        )}
      </div>
    </>
  )
}
