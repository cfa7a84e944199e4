// The cards of one answer. Everything shown is text from props: React escapes it, and links are
// only the http(s) addresses that the server let through.
import { useState } from 'react'

function Card({ card, picked, onPick, comparable }) {
  const facts = [
    ['Languages', card.languages],
    ['For', card.tasks],
    ['Size', card.size],
    ['Licence', card.licence],
    ['Access', card.access]
  ].filter(([, value]) => value)
  return (
    <article className={`da-card da-${card.outcome}`} aria-label={card.name}>
      <header>
        <h3>
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
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
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
      {card.why && <p className="da-why">{card.why}</p>}
      {card.notes.map((words) => (
        <p key={words} className="da-note">
          {words}
        </p>
      ))}
      <footer>
        <button
          type="button"
          onClick={() => callAction({ name: 'explain', payload: { id: card.id, name: card.name } })}
        >
          Explain the terms
        </button>
        {comparable && (
          <button type="button" aria-pressed={picked} onClick={onPick}>
            {picked ? 'Picked to compare' : 'Compare'}
          </button>
        )}
        {card.url && (
          <a className="da-request" href={card.url} target="_blank" rel="noopener noreferrer">
            Request access
          </a>
        )}
        <code title="Id in the catalogue">{card.source}</code>
      </footer>
    </article>
  )
}

export default function Results() {
  const [picked, setPicked] = useState([])
  const toggle = (id) =>
    setPicked((ids) => (ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]))
  const say = (words) => sendUserMessage(words)
  const list = (cards) =>
    cards.map((card) => (
      <Card
        key={card.id}
        card={card}
        picked={picked.includes(card.id)}
        onPick={() => toggle(card.id)}
        comparable={props.cards.length + props.nearest.length > 1}
      />
    ))
  return (
    <div className="da-results">
      {props.chips.length > 0 && (
        <div className="da-chips" role="group" aria-label="What was understood">
          <span>Understood</span>
          {props.chips.map((chip) => (
            <button
              key={chip.remove}
              type="button"
              title={`Take away: ${chip.label}`}
              onClick={() => say(chip.remove)}
            >
              {chip.label} <b aria-hidden="true">×</b>
            </button>
          ))}
        </div>
      )}
      {list(props.cards)}
      {props.nearest.length > 0 && <h2>The nearest</h2>}
      {list(props.nearest)}
      {props.notices.map((words) => (
        <p key={words} className="da-notice">
          {words}
        </p>
      ))}
      {picked.length > 0 && (
        <div className="da-bar">
          <span>{picked.length === 1 ? 'One picked; pick another' : `${picked.length} picked`}</span>
          <button
            type="button"
            disabled={picked.length < 2}
            onClick={() => callAction({ name: 'compare', payload: { ids: picked } })}
          >
            Compare side by side
          </button>
        </div>
      )}
      {props.questions.map((question) => (
        <div key={question.text} className="da-question">
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
