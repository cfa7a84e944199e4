// The first screen in the visitor's language, the page's own buttons, the way of writing, and the
// light or dark that the person's machine asks for, until they choose.
(() => {
  const key = 'vite-ui-theme'
  if (!localStorage.getItem(key)) localStorage.setItem(key, 'system')
  const root = document.documentElement
  const spoken = navigator.language || 'en'
  const leftwards = /^(ar|arc|ckb|dv|fa|he|iw|ps|sd|ug|ur|yi)\b/i.test(spoken)
  root.dir = leftwards ? 'rtl' : 'ltr'
  let words = null
  let signedIn = false

  const made = (tag, name, text) => {
    const node = document.createElement(tag)
    node.className = name
    if (text) node.textContent = text
    return node
  }

  const greet = () => {
    const screen = document.getElementById('welcome-screen')
    if (!screen || !words || screen.querySelector('.da-welcome')) return
    const box = made('div', 'da-welcome')
    box.lang = words.language
    box.dir = words.direction
    box.append(made('h1', '', words.sentence), made('p', '', words.figures))
    screen.insertBefore(box, screen.children[1] || null)
  }

  const press = (wish) => window.postMessage({ assistant: wish }, window.location.origin)

  // The page's language is that of its own words; what is written in another one says so.
  const tell = () => {
    if (!words) return
    root.lang = words.shell
    if (words.language !== words.shell)
      for (const node of document.querySelectorAll('#starters, .watermark, #chat-input'))
        node.lang = words.language
  }

  const furnish = () => {
    const header = document.getElementById('header')
    if (!header || !words || header.querySelector('.da-tools')) return
    const tools = made('nav', 'da-tools')
    tools.setAttribute('aria-label', words.tools)
    tools.lang = words.language
    for (const [wish, label] of [['export', words.export], ['forget', words.forget]]) {
      const button = made('button', '', label)
      button.type = 'button'
      button.addEventListener('click', () => press(wish))
      tools.append(button)
    }
    const link = (address, label) => {
      if (!address) return
      const anchor = made('a', '', label)
      anchor.href = address
      tools.append(anchor)
    }
    if (signedIn) link(words.requests_at, words.requests)
    else link(words.sign_in_at, words.sign_in)
    header.append(tools)
  }

  // What Chainlit's own shell leaves without a name or a place for a screen reader and a keyboard.
  const name = (selector, label) => {
    for (const node of document.querySelectorAll(selector))
      if (!node.getAttribute('aria-label')) node.setAttribute('aria-label', label)
  }
  const mend = () => {
    if (!words) return
    const named = words.names
    name('#chat-input', words.placeholder)
    name('#chat-submit', named.send)
    name('#stop-button', named.stop)
    name('#new-chat-button', named.new)
    name('#theme-toggle', named.theme)
    name('#user-nav-button', named.account)
    name('#sidebar-trigger-button', named.conversations)
    name('.positive-feedback-off, .positive-feedback-on', named.good)
    name('.negative-feedback-off, .negative-feedback-on', named.bad)
    name('button[data-state]:has(svg.lucide-copy)', named.copy)
    name('#search-chats-button', named.search)
    name('button:has(> svg.lucide-arrow-down)', named.end)
    name('button:has(> svg.lucide-arrow-left)', named.close)
    name('[data-resize-handle]', named.width)
    const set = (selector, attribute, value) => {
      for (const node of document.querySelectorAll(selector))
        if (node.getAttribute(attribute) !== value) node.setAttribute(attribute, value)
    }
    name('[data-sidebar="sidebar"]', named.conversations)
    set('[data-sidebar="sidebar"]', 'role', 'navigation')
    set('#thread-options', 'role', 'button')
    name('#thread-options', named.options)
    set('ul[data-sidebar="menu"]:not(:has(> li))', 'role', 'none')
    set('#starters img', 'alt', '')
    for (const node of document.querySelectorAll('[data-resize-handle][aria-controls]'))
      if (!document.getElementById(node.getAttribute('aria-controls')))
        node.removeAttribute('aria-controls')
  }

  // A page has a first heading, also where the first screen is gone.
  const entitle = () => {
    const header = document.getElementById('header')
    const unseen = document.querySelector('h1.da-unseen')
    const greeted = document.querySelector('.da-welcome')
    if (greeted && unseen) unseen.remove()
    if (greeted || unseen || !words || !header) return
    const heading = made('h1', 'da-unseen', document.title)
    heading.lang = 'en'
    header.append(heading)
  }

  let due = false
  const look = () => {
    if (due) return
    due = true
    requestAnimationFrame(() => {
      due = false
      greet()
      furnish()
      mend()
      tell()
      entitle()
    })
  }
  new MutationObserver(look).observe(root, { childList: true, subtree: true })

  const json = (address) => fetch(address).then((answer) => (answer.ok ? answer.json() : null))
  Promise.all([
    json(`/about?language=${encodeURIComponent(spoken)}`),
    json('/user').catch(() => null)
  ])
    .then(([about, user]) => {
      words = about
      signedIn = Boolean(user && user.display_name)
      root.dataset.visitor = signedIn ? 'no' : 'yes'
      look()
    })
    .catch(() => {})
})()
