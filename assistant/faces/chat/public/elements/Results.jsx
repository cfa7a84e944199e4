// The cards of one answer. Everything shown is text from props: React escapes it, and links are
// only the http(s) addresses that the server let through.
import { useState } from 'react'

const ORDERS = {
  match: () => 0,
  freedom: (a, b) => a.order.freedom - b.order.freedom,
  hours: (a, b) => b.order.hours - a.order.hours,
  records: (a, b) => b.order.records - a.order.records,
  day: (a, b) => b.order.day.localeCompare(a.order.day),
  name: (a, b) => a.name.localeCompare(b.name)
}

function orders(cards, words) {
  const has = (key) => cards.some((card) => card.order[key])
  const named = [
    ['match', words.by_match],
    ['freedom', words.by_freedom],
    ['hours', words.by_hours],
    ['records', words.by_records],
    ['day', words.by_day],
    ['name', words.by_name]
  ]
  return named.filter(([key]) => !['hours', 'records', 'day'].includes(key) || has(key))
}

function Card({ card, words, picked, full, onPick, comparable }) {
  const facts = [
    [words.languages, card.languages],
    [words.for, card.tasks],
    [words.size, card.size],
    [words.licence, card.licence],
    [words.access, card.access]
  ].filter(([, value]) => value)
  const call = (name) => callAction({ name, payload: { id: card.id } })
  return (
    <article className={`da-card da-${card.outcome}`} aria-label={card.name}>
      <header>
        <h3>
          {card.url ? (
            <a href={card.url} target="_blank" rel="noopener noreferrer">
              <bdi>{card.name}</bdi>
            </a>
          ) : (
            <bdi>{card.name}</bdi>
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
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {card.breaks.map((limit) => (
        <p key={limit} className="da-breaks">
          {limit}
        </p>
      ))}
      {card.unknown && <p className="da-unknown">{card.unknown}</p>}
      {card.reason && <p className="da-reason">{card.reason}</p>}
      {card.why && <p className="da-why">{card.why}</p>}
      {card.notes.map((note) => (
        <p key={note} className="da-note" dir="auto">
          {note}
        </p>
      ))}
      <footer>
        <button type="button" aria-label={card.explain} onClick={() => call('explain')}>
          {words.explain}
        </button>
        {comparable && (
          <button
            type="button"
            aria-pressed={picked}
            aria-label={card.compare}
            disabled={full && !picked}
            onClick={onPick}
          >
            {picked ? words.picked : words.compare}
          </button>
        )}
        <button type="button" aria-label={card.request} onClick={() => call('request')}>
          {words.request}
        </button>
        <code title={words.listed}>{card.source}</code>
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
  const words = props.words
  const most = props.picked.length - 1
  const found = [...props.cards, ...further]
  const known = [...found, ...props.nearest]
  const sorted = [...found].sort(ORDERS[order])
  const toggle = (id) =>
    setPicked((ids) => (ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]))
  // The command goes along with what is shown of it: the server reads the one, the chat the other.
  const say = (button) => sendUserMessage(button.shown, button.say)
  const goOn = async () => {
    setBusy(true)
    const answer = await callAction({ name: 'more', payload: { list: props.list } }).catch(() => null)
    const page = answer?.response
    setBusy(false)
    if (!page) {
      setMore(false)
      setTold(words.moved_on)
      return
    }
    const ids = new Set(known.map((card) => card.id))
    const fresh = page.cards.filter((card) => !ids.has(card.id))
    setFurther((cards) => [...cards, ...fresh])
    setMore(page.more)
    setTold(page.told[fresh.length])
  }
  const list = (cards) =>
    cards.map((card) => (
      <Card
        key={card.id}
        card={card}
        words={words}
        picked={picked.includes(card.id)}
        full={picked.length >= most}
        onPick={() => toggle(card.id)}
        comparable={known.length > 1}
      />
    ))
  return (
    <div className="da-results" lang={props.lang} dir={props.dir}>
      {props.chips.length > 0 && (
        <div className="da-chips" role="group" aria-label={words.what_was_understood}>
          <span>{words.understood}</span>
          {props.chips.map((chip) => (
            <button
              key={chip.label}
              type="button"
              aria-label={chip.take}
              title={words.take_away}
              onClick={() => say(chip)}
            >
              {chip.label} <b aria-hidden="true">×</b>
            </button>
          ))}
        </div>
      )}
      {found.length > 2 && (
        <label className="da-sort">
          <span>{words.sort_by}</span>
          <select value={order} onChange={(event) => setOrder(event.target.value)}>
            {orders(found, words).map(([key, label]) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      {sorted.length > 0 && <h2 className="da-unseen">{words.datasets}</h2>}
      {list(sorted)}
      {more && (
        <div className="da-offers">
          <button type="button" disabled={busy} onClick={goOn}>
            {busy ? words.looking : words.more}
          </button>
        </div>
      )}
      <span className="da-told" role="status">
        {told}
      </span>
      {props.nearest.length > 0 && <h2>{words.nearest}</h2>}
      {list(props.nearest)}
      {props.notices.map((notice) => (
        <p key={notice} className="da-notice">
          {notice}
        </p>
      ))}
      {picked.length > 0 && (
        <div className="da-bar" role="region" aria-label={words.picked}>
          <span role="status">{props.picked[picked.length]}</span>
          <span>
            <button type="button" onClick={() => setPicked([])}>
              {words.clear}
            </button>
            <button
              type="button"
              className="da-main"
              disabled={picked.length < 2}
              onClick={() => callAction({ name: 'compare', payload: { ids: picked } })}
            >
              {words.side_by_side}
            </button>
          </span>
        </div>
      )}
      {props.questions.map((question) => (
        <div key={question.text} className="da-question" role="group" aria-label={question.text}>
          <p>{question.text}</p>
          <div>
            {question.answers.map((answer) => (
              <button key={answer.label} type="button" onClick={() => say(answer)}>
                {answer.label}
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
              <button key={offer.label} type="button" onClick={() => say(offer)}>
                {offer.label}
              </button>
            )
          )}
        </div>
      )}
    </div>
  )
}
