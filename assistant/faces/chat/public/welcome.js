// One line of welcome and one on how fresh the catalogue is, above the first question; and the
// light or dark that the person's machine asks for, until they choose.
(() => {
  const key = 'vite-ui-theme'
  if (!localStorage.getItem(key)) localStorage.setItem(key, 'system')
  let fresh = ''
  const greet = () => {
    const screen = document.getElementById('welcome-screen')
    if (!screen || screen.querySelector('.da-welcome')) return
    const box = document.createElement('div')
    box.className = 'da-welcome'
    const lead = document.createElement('strong')
    lead.textContent = 'Find data that fits, and learn what you may do with it.'
    const small = document.createElement('small')
    small.textContent = fresh
    box.append(lead, small)
    screen.insertBefore(box, screen.children[1] || null)
  }
  new MutationObserver(greet).observe(document.documentElement, { childList: true, subtree: true })
  fetch('/about')
    .then((answer) => answer.json())
    .then((about) => {
      fresh = about.fresh
      const line = document.querySelector('.da-welcome small')
      if (line) line.textContent = fresh
      greet()
    })
    .catch(() => {})
})()
