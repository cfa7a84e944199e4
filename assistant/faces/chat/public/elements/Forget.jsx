// "Forget me", asked once more before it is done.
import { useState } from 'react'

export default function Forget() {
  const [state, setState] = useState(props.done ? 'done' : 'asked')
  const words = props.words
  const told = { kept: words.kept, done: words.done, failed: words.failed }[state]
  if (told)
    return (
      <p className="da-notice" lang={props.lang} dir={props.dir}>
        {told}
      </p>
    )
  return (
    <div
      className="da-question"
      role="group"
      aria-label={words.name}
      lang={props.lang}
      dir={props.dir}
    >
      <p>{words.text}</p>
      <div>
        <button
          type="button"
          className="da-danger"
          disabled={state === 'busy'}
          onClick={async () => {
            setState('busy')
            try {
              await callAction({ name: 'forget', payload: {} })
              setState('done')
            } catch {
              setState('failed')
            }
          }}
        >
          {words.yes}
        </button>
        <button type="button" onClick={() => setState('kept')}>
          {words.no}
        </button>
      </div>
    </div>
  )
}
