/* The dataset assistant on any page. Waits for the page to be idle, asks the server whether this
   page may show it, and loads the chat itself only when somebody wants it. Whatever goes wrong
   here, the page stays as it was. Settings: docs/widget.md. */
(() => {
  "use strict";
  const tag = document.currentScript;
  if (!tag || document.getElementById("dataset-assistant")) return;

  const own = (window.datasetAssistant = window.datasetAssistant || {});
  const server = new URL(".", tag.src).href.replace(/\/$/, "");
  const data = tag.dataset;
  const HELLO_MS = 8000;
  const LOAD_MS = 60000;
  const TOKEN_MS = 4000;
  const RETURN = "dataset-assistant-visitor";

  // What the page says, read anew for each question, so that a page without reloads stays true.

  const viewing = () => {
    const said = typeof own.dataset === "function" ? own.dataset() : own.dataset;
    const meta = document.querySelector('meta[name="dataset-assistant:dataset"]');
    return String(said || (meta && meta.content) || data.dataset || "");
  };

  const asked = async () => {
    if (typeof own.token === "function") return own.token();
    if (own.token || !data.tokenUrl) return own.token || "";
    const answer = await fetch(data.tokenUrl, { credentials: "same-origin", cache: "no-store" });
    const text = answer.ok ? (await answer.text()).trim() : "";
    return text.startsWith("{") ? JSON.parse(text).token : text;
  };

  const within = (promise, ms) =>
    Promise.race([promise, new Promise((_, no) => setTimeout(() => no(new Error("too slow")), ms))]);

  const page = async () => {
    let token = "";
    try {
      token = String((await within(asked(), TOKEN_MS)) || "");
    } catch (why) {
      console.warn("dataset assistant: the page gave no token:", why.message);
    }
    return { dataset: viewing(), token, language: data.language || document.documentElement.lang };
  };

  window.addEventListener("chainlit-call-fn", (event) => {
    const call = event.detail;
    if (call && call.name === "page") page().then(call.callback);
  });

  // A visit's own name, so that each visitor has a conversation of their own without a cookie.

  const visitor = () => {
    let name = "";
    try {
      name = sessionStorage.getItem(RETURN) || "";
    } catch {
      // The page may not store anything: the name lasts until it is left.
    }
    if (!/^[0-9a-f]{32}$/.test(name)) {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      name = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    }
    try {
      sessionStorage.setItem(RETURN, name);
    } catch {
      // As above.
    }
    return name;
  };

  // The page's colours, as the chat's stylesheet wants them: "187 75% 25%".

  const hsl = (colour) => {
    const probe = document.createElement("i");
    probe.style.cssText = "display:none;color:" + colour;
    document.body.append(probe);
    const found = getComputedStyle(probe).color.match(/^rgba?\((\d+), (\d+), (\d+)/);
    probe.remove();
    if (!found) return "";
    const [r, g, b] = found.slice(1).map((part) => part / 255);
    const most = Math.max(r, g, b);
    const least = Math.min(r, g, b);
    const light = (most + least) / 2;
    const wide = most - least;
    let hue = 0;
    if (wide) {
      hue = most === r ? ((g - b) / wide) % 6 : most === g ? (b - r) / wide + 2 : (r - g) / wide + 4;
    }
    const full = wide ? wide / (1 - Math.abs(2 * light - 1)) : 0;
    return `${Math.round(hue * 60 + 360) % 360} ${Math.round(full * 100)}% ${Math.round(light * 100)}%`;
  };

  const COLOURS = {
    accent: ["--primary", "--ring"],
    "on-accent": ["--primary-foreground"],
    background: ["--background", "--card", "--popover"],
    text: ["--foreground", "--card-foreground", "--popover-foreground"],
    border: ["--border", "--input"],
  };
  const PLAIN = { font: "--font-sans", radius: "--radius" };

  const theme = () => {
    const styles = getComputedStyle(document.documentElement);
    const read = (name) => styles.getPropertyValue("--dataset-assistant-" + name).trim();
    const lines = [];
    for (const [name, ours] of Object.entries(COLOURS)) {
      const value = read(name) && hsl(read(name));
      if (value) lines.push(...ours.map((each) => `${each}: ${value} !important;`));
    }
    for (const [name, each] of Object.entries(PLAIN)) {
      if (read(name)) lines.push(`${each}: ${read(name)} !important;`);
    }
    return `#cl-shadow-root { ${lines.join(" ")} }`;
  };

  const paint = () => {
    const root = window.cl_shadowRootElement && window.cl_shadowRootElement.getRootNode();
    if (!root) return;
    let sheet = root.getElementById("dataset-assistant-theme");
    if (!sheet) {
      sheet = document.createElement("style");
      sheet.id = "dataset-assistant-theme";
      root.append(sheet);
    }
    sheet.textContent = theme();
  };

  // The button that is there before the chat is.

  const STYLE = `
    button { position: fixed; z-index: var(--dataset-assistant-layer, 1000);
      inset: auto var(--dataset-assistant-inset, 1.5rem) var(--dataset-assistant-inset, 1.5rem) auto;
      display: flex; align-items: center; gap: .6em; max-width: calc(100vw - 2rem);
      padding: .8em 1.2em; border: 0; border-radius: 99px; cursor: pointer;
      font: 600 1rem/1.2 var(--dataset-assistant-font, system-ui, sans-serif);
      color: var(--dataset-assistant-on-accent, #fff);
      background: var(--dataset-assistant-accent, hsl(187 75% 25%));
      box-shadow: 0 4px 18px rgb(0 0 0 / .22); }
    button:focus-visible { outline: 3px solid currentColor; outline-offset: 3px; }
    button[aria-busy="true"] { opacity: .75; cursor: progress; }
    svg { width: 1.4em; height: 1.4em; flex: none; fill: none; stroke: currentColor; stroke-width: 2; }
    [hidden] { display: none; }`;
  const ICON = "M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5z";
  const icon = () => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICON);
    path.setAttribute("stroke-linejoin", "round");
    svg.append(path);
    return svg;
  };

  const show = (hello) => {
    const host = document.createElement("div");
    host.id = "dataset-assistant";
    const root = host.attachShadow({ mode: "open" });
    const button = document.createElement("button");
    const words = document.createElement("span");
    const label = data.label || hello.label;
    button.type = "button";
    words.textContent = label;
    words.setAttribute("aria-live", "polite");
    button.append(icon(), words);
    const style = document.createElement("style");
    style.textContent = STYLE;
    root.append(style, button);
    document.body.append(host);
    return { host, button, words, label };
  };

  const load = (hello) => {
    if (window.mountChainlitWidget) return Promise.resolve();
    const script = document.createElement("script");
    const loaded = new Promise((yes, no) => {
      script.onload = yes;
      script.onerror = () => no(new Error("the chat could not be loaded"));
    });
    script.src = server + hello.bundle;
    document.head.append(script);
    return within(loaded, LOAD_MS).catch((why) => {
      script.remove();
      throw why;
    });
  };

  const mount = (hello) => {
    const kept = data.theme === "light" || data.theme === "dark" ? data.theme : "system";
    window.mountChainlitWidget({
      chainlitServer: server + "/embed/" + visitor(),
      theme: kept,
      language: data.language || undefined,
      customCssUrl: server + hello.styles,
      opened: true,
    });
    const root = document.getElementById("chainlit-copilot").shadowRoot;
    const name = () => {
      const theirs = root.getElementById("chainlit-copilot-button");
      if (theirs && !theirs.hasAttribute("aria-label")) {
        theirs.setAttribute("aria-label", data.label || hello.label);
      }
    };
    new MutationObserver(name).observe(root, { childList: true, subtree: true });
    paint();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
    own.repaint = paint;
  };

  const start = (hello) => {
    const { host, button, words, label } = show(hello);
    let loading = null;
    const ready = () => (loading = loading || load(hello).catch((why) => {
      loading = null;
      throw why;
    }));
    const early = () => ready().catch(() => undefined);
    button.addEventListener("pointerenter", early, { once: true });
    button.addEventListener("focus", early, { once: true });
    if (data.load === "idle") idle(early);
    own.open = async () => {
      if (host.hidden) {
        if (!window.cl_shadowRootElement.querySelector("#chainlit-copilot-chat")) {
          window.toggleChainlitCopilot();
        }
        return;
      }
      button.setAttribute("aria-busy", "true");
      try {
        await ready();
        mount(hello);
        host.hidden = true;
        button.hidden = true;
      } catch (why) {
        console.warn("dataset assistant:", why.message);
        words.textContent = hello.failed;
        setTimeout(() => (words.textContent = label), 6000);
      }
      button.removeAttribute("aria-busy");
    };
    button.addEventListener("click", own.open);
  };

  const idle = (then) =>
    window.requestIdleCallback ? requestIdleCallback(then, { timeout: 4000 }) : setTimeout(then, 200);

  const greet = async () => {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), HELLO_MS);
    try {
      const answer = await fetch(server + "/widget/hello", {
        credentials: "omit", signal: stop.signal,
      });
      if (!answer.ok) throw new Error("answered with " + answer.status);
      start(await answer.json());
    } catch (why) {
      console.warn(
        `dataset assistant: ${server} does not answer this page (${why.message}). ` +
          `Is ${location.origin} among its DATASET_ASSISTANT_ORIGINS?`,
      );
    } finally {
      clearTimeout(late);
    }
  };

  if (document.readyState === "complete") idle(greet);
  else window.addEventListener("load", () => idle(greet), { once: true });
})();
