// Makes reading quicker. Every page works without it: what it needs is in the page, out of sight.

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);
const clone = (name) => one(`template#${name}`).content.cloneNode(true);

// ---- Keys: j and k from exchange to exchange, / to the search, ? for what they do ------------

const OFF = "dawen-keys-off"; // kept in this browser alone
const remembered = {
  get off() { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } },
  set off(value) { try { value ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* not allowed */ } },
};

const exchanges = all(".transcript > .exchange");

/** The exchange being read: the one in focus if it is in sight, else the last whose beginning has passed. */
function current() {
  const held = document.activeElement?.closest(".exchange");
  if (held) {
    const box = held.getBoundingClientRect();
    if (box.bottom > 0 && box.top < innerHeight) return exchanges.indexOf(held);
  }
  return exchanges.findLastIndex((exchange) => exchange.getBoundingClientRect().top < 60);
}

function step(by) {
  const at = current() + by;
  if (at >= exchanges.length || !exchanges.length) { // one alone, or the last of a page
    one(`:is(.alone ~ .neighbours, .transcript > .pagination) [rel=${by > 0 ? "next" : "prev"}]`)?.click();
    return;
  }
  const to = exchanges[Math.max(at, 0)];
  location.replace(`#${to.id}`); // marks it as the target, and "back" still leads off the page
  to.tabIndex = -1;
  to.focus({ preventScroll: true });
}

const deeds = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => { const box = one("input[type=search], input[name=q]"); box?.focus(); box?.select(); },
  "?": () => one("#keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || one("dialog[open]")) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const deed = deeds[event.key];
  if (!deed || (remembered.off && event.key !== "?")) return;
  event.preventDefault();
  deed();
});

function addKeys() {
  one("footer.site").append(clone("aids"));
  const dialog = one("#keys");
  const box = one("input", dialog);
  box.checked = !remembered.off;
  box.addEventListener("change", () => { remembered.off = !box.checked; });
  one(".keys-button").addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}

// ---- The table of contents: open where there is room, and showing where one is ----------------

function followContents() {
  const contents = one(".contents");
  if (!contents) return;
  const details = one("details", contents);
  const wide = matchMedia("(min-width: 64rem)");
  const fit = () => {
    details.open = wide.matches;
    one("summary", details).tabIndex = wide.matches ? -1 : 0;
  };
  fit();
  wide.addEventListener("change", fit);
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a") && !wide.matches) details.open = false;
  });
  // Of an exchange on another page only its line is here; it knows the page.
  const line = document.getElementById(/^#q\d+/.exec(location.hash)?.[0].slice(1))?.closest(".contents li");
  if (line) location.replace(one("a", line).href);
  const links = new Map(all("a", contents).map((link) => [link.hash.slice(1), link]));
  const seen = new Set();
  const watch = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) seen[isIntersecting ? "add" : "delete"](target);
    const here = links.get(exchanges.find((exchange) => seen.has(exchange))?.id);
    if (!here || here.hasAttribute("aria-current")) return;
    one("a[aria-current]", contents)?.removeAttribute("aria-current");
    here.setAttribute("aria-current", "true");
    const above = here.offsetTop - contents.clientHeight / 2;
    if (wide.matches) contents.scrollTop = above; // scrollIntoView would move the page too
  }, { rootMargin: "-20% 0px -60% 0px" });
  exchanges.forEach((exchange) => watch.observe(exchange));
}

// ---- Copying: the address of an exchange, and its words with where they are from ---------------

const aids = one("template#aids"); // on every page: the keys, and what is said after copying
const tools = one("template#tools"); // where there are passages
const told = document.createElement("p");

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    told.textContent = aids.dataset.copied;
  } catch {
    told.textContent = aids.dataset.notCopied;
  }
  clearTimeout(copy.timer);
  copy.timer = setTimeout(() => { told.textContent = ""; }, 4000);
}

const clean = (text) => (text ?? "").replace(/\s+/g, " ").trim();
/** The lasting address of an exchange, without a search, or a language: whoever is sent it has their own. */
function addressOf(exchange) {
  const address = new URL(one(".permalink", exchange).getAttribute("href"), location.href);
  const { mountedAt, lastingRoot } = tools.dataset;
  if (address.pathname.startsWith(mountedAt)) {
    address.pathname = lastingRoot + address.pathname.slice(mountedAt.length);
  }
  return address.href;
}

/** What is selected in `passage`, if anything is; else all its paragraphs. */
function wordsOf(passage) {
  const selection = getSelection();
  if (!selection.isCollapsed && passage.contains(selection.anchorNode) && passage.contains(selection.focusNode)) {
    return selection.toString().trim();
  }
  return all("p", passage).map((paragraph) => paragraph.textContent.trim()).join("\n");
}

function whoSaid(passage, exchange) {
  const names = passage.matches(".answer") ? all("h3 .speaker, h3 .printed", passage) : all(".who .badge, .who .printed, .who .reporter", exchange);
  return clean((names[0] ?? one("h3 .kind", passage))?.textContent);
}

function quote(passage, exchange) {
  const words = tools.dataset.quote.replace("{words}", () => wordsOf(passage));
  const source = tools.dataset.source.replace("{who}", () => whoSaid(passage, exchange));
  return `${words}\n${source.replace("{address}", () => addressOf(exchange))}`;
}

function button(kind, deed) {
  const made = clone("tools").querySelector(`[data-copies=${kind}]`);
  made.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
  made.addEventListener("click", deed);
  return made;
}

function addTools(exchange) {
  const place = one(".tools", exchange);
  place.prepend(button("link", () => copy(addressOf(exchange))));
  const question = one(".question", exchange);
  if (question) place.prepend(button("quote", () => copy(quote(question, exchange))));
  for (const answer of all(".answer:not(.is-note)", exchange)) {
    const made = button("quote", () => copy(quote(answer, exchange)));
    one("h3", answer) ? one("h3", answer).after(made) : answer.prepend(made);
  }
}

/** A button that copies the text of what it names; hidden while there is no script to do it. */
function addCopying(button) {
  button.hidden = false;
  button.addEventListener("click", () => copy(one(button.dataset.copyTarget).textContent));
}

function addCopies() {
  told.className = "told";
  told.setAttribute("role", "status");
  document.body.append(told);
  if (tools) all(".exchange").forEach(addTools);
  all("button[data-copy-target]").forEach(addCopying);
}

// ---- Suggestions: a combobox with a list, as the ARIA Authoring Practices have it --------------

const WAIT = 150; // milliseconds without typing before the server is asked

/** What a suggestion shows, and what it is. */
function option(id, { label, alias, lang, is, count, q }) {
  const made = document.createElement("li");
  const [name, kind] = [document.createElement("span"), document.createElement("small")];
  name.textContent = label;
  if (lang) name.lang = lang;
  kind.textContent = `${alias && `${alias} · `}${is} ${count.toLocaleString(document.documentElement.lang)}`;
  Object.assign(made, { id, role: "option", ariaSelected: "false" });
  made.dataset.q = q;
  made.append(name, " ", kind);
  return made;
}

function addSuggestions(form, number) {
  const input = one("input[name=q]", form);
  const list = document.createElement("ul");
  const status = document.createElement("p");
  Object.assign(list, { id: `suggestions-${number}`, className: "suggested", role: "listbox", hidden: true });
  list.ariaLabel = form.dataset.suggestions;
  Object.assign(status, { className: "visually-hidden", role: "status" });
  input.after(list, status);
  Object.assign(input, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false", autocomplete: "off" });
  input.setAttribute("aria-controls", list.id);
  let [timer, asked, at] = [0, "", -1];

  const open = (yes) => { list.hidden = !yes; input.ariaExpanded = String(yes); if (!yes) point(-1); };
  const point = (to) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = to;
    const here = list.children[at];
    here?.setAttribute("aria-selected", "true");
    here?.scrollIntoView({ block: "nearest" });
    here ? input.setAttribute("aria-activedescendant", here.id) : input.removeAttribute("aria-activedescendant");
  };
  const close = () => { clearTimeout(timer); asked = ""; status.textContent = ""; open(false); };
  const take = (chosen) => { input.value = chosen.dataset.q; close(); input.focus(); };
  const ask = async () => {
    const typed = asked = input.value;
    if (!typed.trim()) { close(); return; }
    try {
      const response = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: typed })}`);
      const found = response.ok ? await response.json() : { said: "", suggestions: [] };
      if (typed !== asked) return; // typed on, or closed, meanwhile
      point(-1);
      list.replaceChildren(...found.suggestions.map((each, index) => option(`${list.id}-${index}`, each)));
      status.textContent = found.said;
      open(found.suggestions.length > 0);
    } catch { close(); } // no connection: the box works without
  };

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const many = list.children.length;
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); return; }
    if (event.key === "Enter") {
      if (at >= 0) { event.preventDefault(); take(list.children[at]); } else close();
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (list.hidden) { ask(); return; }
    // Beyond either end stands the box itself.
    point(event.key === "ArrowDown" ? (at + 2) % (many + 1) - 1 : (at + many + 1) % (many + 1) - 1);
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) take(chosen);
  });
}

all("form[data-suggest]").forEach(addSuggestions);
if (aids) addKeys();
followContents();
if (aids && navigator.clipboard) addCopies(); // only where the address is https, or this machine
