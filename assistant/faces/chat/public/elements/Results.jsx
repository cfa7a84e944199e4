// The cards of one answer. Everything shown is text from props: React escapes it, and links are
// only the http(s) addresses that the server let through.
import { useState } from 'react'

const MOST_COMPARED = 4
const ORDERS = {
  match: ['Best match', () => 0],
  freedom: ['Fewest conditions', (a, b) => a.order.freedom - b.order.freedom],
  hours: ['Most hours', (a, b) => b.order.hours - a.order.hours],
  records: ['Most records', (a, b) => b.order.records - a.order.records],
  day: ['Newest', (a, b) => b.order.day.localeCompare(a.order.day)],
  name: ['Name', (a, b) => a.name.localeCompare(b.name)]
}

function orders(cards) {
  const has = (key) => cards.some((card) => card.order[key])
  return Object.entries(ORDERS).filter(
    ([key]) => !['hours', 'records', 'day'].includes(key) || has(key)
  )
}

function Card({ card, picked, full, onPick, comparable }) {
  const facts = [
    ['Languages', card.languages],
    ['For', card.tasks],
    ['Size', card.size],
    ['Licence', card.licence],
    ['Access', card.access]
  ].filter(([, value]) => value)
  const call = (name) => callAction({ name, payload: { id: card.id } })
  return (
    <article className={`da-card da-${card.outcome}`} aria-label={card.name}>
      <header>
        <h3 dir="auto">
          {card.url ? (
            <a href={card.url} target="_blank" rel="noopener noreferrer">
              {card.name}
            </a>
          ) : (
            card.name
          )}
        </h3>
        <span className="da-badge">
          <i aria-hidden="true" />
          {card.badge}
        </span>
      </header>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name} className={value.length > 30 ? 'da-long' : ''}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      {card.breaks.map((words) => (
        <p key={words} className="da-breaks">
          {words}
        </p>
      ))}
      {card.not_stated.length > 0 && (
        <p className="da-unknown">Not stated: {card.not_stated.join('; ')}</p>
      )}
      {card.reason && <p className="da-reason">{card.reason}</p>}
      {card.why && (
        <p className="da-why" dir="auto">
          {card.why}
        </p>
      )}
      {card.notes.map((words) => (
        <p key={words} className="da-note" dir="auto">
          {words}
        </p>
      ))}
      <footer>
        <button type="button" aria-label={`Explain the terms of ${card.name}`} onClick={() => call('explain')}>
          Explain the terms
        </button>
        {comparable && (
          <button
            type="button"
            aria-pressed={picked}
            aria-label={`Compare ${card.name}`}
            disabled={full && !picked}
            onClick={onPick}
          >
            {picked ? 'Picked to compare' : 'Compare'}
          </button>
        )}
        <button type="button" aria-label={`Request access to ${card.name}`} onClick={() => call('request')}>
          Request access
        </button>
        <code title="Where it is listed">{card.source}</code>
      </footer>
    </article>
  )
}

export default function Results() {
  const [picked, setPicked] = useState([])
  const [order, setOrder] = useState('match')
  const [further, setFurther] = useState([])
  const [more, setMore] = useState(props.more)
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState('')
  const found = [...props.cards, ...further]
  const known = [...found, ...props.nearest]
  const sorted = [...found].sort(ORDERS[order][1])
  const toggle = (id) =>
    setPicked((ids) => (ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]))
  const say = (words) => sendUserMessage(words)
  const goOn = async () => {
    setBusy(true)
    const answer = await callAction({ name: 'more', payload: { list: props.list } }).catch(() => null)
    const page = answer?.response
    setBusy(false)
    if (!page) {
      setMore(false)
      setTold('The conversation has moved on; ask again to see more of this list.')
      return
    }
    const ids = new Set(known.map((card) => card.id))
    const fresh = page.cards.filter((card) => !ids.has(card.id))
    setFurther((cards) => [...cards, ...fresh])
    setMore(page.more)
    setTold(`${fresh.length} more shown.`)
  }
  const list = (cards) =>
    cards.map((card) => (
      <Card
        key={card.id}
        card={card}
        picked={picked.includes(card.id)}
        full={picked.length >= MOST_COMPARED}
        onPick={() => toggle(card.id)}
        comparable={known.length > 1}
      />
    ))
  return (
    <div className="da-results" lang="en" dir="ltr">
      {props.chips.length > 0 && (
        <div className="da-chips" role="group" aria-label="What was understood">
          <span>Understood</span>
          {props.chips.map((chip) => (
            <button
              key={chip.label}
              type="button"
              aria-label={`Take away: ${chip.label}`}
              title="Take away"
              onClick={() => say(chip.remove)}
            >
              {chip.label} <b aria-hidden="true">×</b>
            </button>
          ))}
        </div>
      )}
      {found.length > 2 && (
        <label className="da-sort">
          <span>Sort by</span>
          <select value={order} onChange={(event) => setOrder(event.target.value)}>
            {orders(found).map(([key, [label]]) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      {sorted.length > 0 && <h2 className="da-unseen">Datasets</h2>}
      {list(sorted)}
      {more && (
        <div className="da-offers">
          <button type="button" disabled={busy} onClick={goOn}>
            {busy ? 'Looking …' : 'Show more'}
          </button>
        </div>
      )}
      <span className="da-told" role="status">
        {told}
      </span>
      {props.nearest.length > 0 && <h2>The nearest</h2>}
      {list(props.nearest)}
      {props.notices.map((words) => (
        <p key={words} className="da-notice" dir="auto">
          {words}
        </p>
      ))}
      {picked.length > 0 && (
        <div className="da-bar" role="region" aria-label="Picked to compare">
          <span role="status">
            {picked.length === 1
              ? 'One picked; pick another'
              : `${picked.length} picked${picked.length === MOST_COMPARED ? ', the most' : ''}`}
          </span>
          <span>
            <button type="button" onClick={() => setPicked([])}>
              Clear
            </button>
            <button
              type="button"
              className="da-main"
              disabled={picked.length < 2}
              onClick={() => callAction({ name: 'compare', payload: { ids: picked } })}
            >
              Compare side by side
            </button>
          </span>
        </div>
      )}
      {props.questions.map((question) => (
        <div key={question.text} className="da-question" role="group" aria-label={question.text}>
          <p>{question.text}</p>
          <div>
            {question.answers.map(([label, words]) => (
              <button key={label} type="button" onClick={() => say(words || label)}>
                {label}
              </button>
            ))}
          </div>
        </div>
      ))}
      {props.offers.length > 0 && (
        <div className="da-offers">
          {props.offers.map((offer) =>
            offer.url ? (
              <a key={offer.label} href={offer.url} target="_blank" rel="noopener noreferrer">
                {offer.label}
              </a>
            ) : (
              <button key={offer.label} type="button" onClick={() => say(offer.say)}>
                {offer.label}
              </button>
            )
          )}
        </div>
      )}
    </div>
  )
}
