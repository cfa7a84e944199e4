// The conversation as a Markdown file: made here from what the server sent, nothing is fetched.
import { useMemo, useState } from 'react'

export default function Export() {
  const [copied, setCopied] = useState(false)
  const address = useMemo(
    () => URL.createObjectURL(new Blob([props.markdown], { type: 'text/markdown;charset=utf-8' })),
    [props.markdown]
  )
  return (
    <div className="da-offers" lang={props.lang} dir={props.dir}>
      <a href={address} download={props.file}>
        {props.download}
      </a>
      <button
        type="button"
        onClick={async () => {
          await navigator.clipboard?.writeText(props.markdown)
          setCopied(true)
        }}
      >
        <span aria-live="polite">{copied ? props.words.copied : props.words.copy}</span>
      </button>
    </div>
  )
}
