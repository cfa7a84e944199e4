// "Forget me", asked once more before it is done.
import { useState } from 'react'

export default function Forget() {
  const [state, setState] = useState(props.done ? 'done' : 'asked')
  if (state === 'kept') return <p className="da-notice">Nothing was deleted.</p>
  if (state === 'done') return <p className="da-notice">Done: nothing of you is kept any more.</p>
  if (state === 'failed')
    return <p className="da-notice">That did not work. Reload the page and try again.</p>
  return (
    <div className="da-question" role="group" aria-label="Forget me" lang="en" dir="ltr">
      <p>{props.text}</p>
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
          Yes, forget me
        </button>
        <button type="button" onClick={() => setState('kept')}>
          No, keep it
        </button>
      </div>
    </div>
  )
}
