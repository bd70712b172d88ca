// Makes reviewing quicker. The page works without it: every form is a page of its own.

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);

// ---- The open form: opened and closed in place, left only on purpose --------------------------

const openForm = () => one(".turn-form");
const values = (form) => new URLSearchParams([...new FormData(form)].filter(([name]) => !/token|seen/.test(name))).toString();
let asOpened = "";

function isChanged() {
  const form = openForm();
  return Boolean(form) && (form.dataset.sent === undefined) && (Boolean(one(".theirs, .errors", form)) || values(form) !== asOpened);
}

/** Puts the row of `turn` in its place anew, with its form when `open`. */
async function fetchRow(turn, open) {
  const answer = await fetch(`?turn=${turn}&alone=1${open ? "" : "&closed=1"}`, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  const row = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
  one(`[data-turn="${turn}"]`).replaceWith(row);
  return row;
}

/** Asks before what was typed is dropped, and drops it where it is kept, too. */
function mayLeave() {
  if (!isChanged()) return true;
  if (!confirm(one("#leaving").content.textContent)) return false;
  openForm().reset();
  return true;
}

async function open(turn) {
  if (!mayLeave()) return;
  const before = openForm()?.closest(".row").dataset.turn;
  try {
    if (before !== undefined) await fetchRow(before, false);
    const row = await fetchRow(turn, true);
    history.replaceState(null, "", `?turn=${turn}#${row.id}`);
    prepare();
    openForm().dispatchEvent(new Event("opened", { bubbles: true }));
    one("textarea[name=words], [name=date]", row)?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  } catch {
    location.href = `?turn=${turn}#${turn === "about" ? turn : `turn-${turn}`}`;
  }
}

async function close() {
  const row = openForm()?.closest(".row");
  if (!row || !mayLeave()) return;
  try {
    const back = one(".cancel", row).href;
    const now = await fetchRow(row.dataset.turn, false);
    history.replaceState(null, "", back);
    hold(now);
  } catch {
    openForm().dataset.sent = "";
    location.href = one(".cancel", row).href;
  }
}

function prepare() {
  const form = openForm();
  if (!form) return;
  asOpened = values(form);
  form.addEventListener("submit", () => { form.dataset.sent = ""; });
  addSplitAtCursor(form);
}

/** A button that makes two paragraphs where the cursor stands, and a new turn of the second. */
function addSplitAtCursor(form) {
  const words = form.elements.words;
  if (!words) return;
  const button = one("#split-here").content.firstElementChild.cloneNode(true);
  button.addEventListener("click", () => {
    const at = words.selectionStart;
    const before = words.value.slice(0, at).split("\n").filter((line) => line.trim()).length;
    words.setRangeText("\n", at, at);
    button.value = `line:${before + 1}`;
  });
  one(".split > .field, .split > ul", form).after(button);
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest?.(".edit, .cancel");
  if (!link) return;
  event.preventDefault();
  if (link.matches(".cancel")) close();
  else open(link.closest(".row").dataset.turn);
});

addEventListener("beforeunload", (event) => { if (isChanged()) event.preventDefault(); });

// ---- Keys: j and k from turn to turn, n and p from doubt to doubt, e to edit -------------------

const OFF = "dawen-keys-off"; // kept in this browser alone, as on the public pages
const remembered = {
  get off() { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } },
  set off(value) { try { value ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* not allowed */ } },
};

// What is said about the conference comes first, but not between two pages of turns.
const rows = () => all(one(".stretch [rel=prev]") ? ".row:not(.about)" : ".row");

function hold(row) {
  for (const other of all(".row.current")) other.classList.remove("current");
  row.classList.add("current");
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "start" });
}

/** The row in focus or last held; else the one at the top of the window. */
function current(among) {
  const held = document.activeElement?.closest(".row") ?? one(".row.current") ?? one(".row:target");
  if (held) return held;
  return among.findLast((row) => row.getBoundingClientRect().top < 80) ?? null;
}

function step(by, marked = () => true) {
  const among = rows();
  const at = among.indexOf(current(among));
  const rest = by > 0 ? among.slice(at + 1) : among.slice(0, Math.max(at, 0)).reverse();
  const to = rest.find(marked);
  if (to) hold(to);
  else one(marked === isDoubtful ? `.jumps [rel=${by > 0 ? "next" : "prev"}]` : `.stretch [rel=${by > 0 ? "next" : "prev"}]`)?.click();
}

const isDoubtful = (row) => Boolean(one(".doubt", row));
const deeds = {
  j: () => step(1),
  k: () => step(-1),
  n: () => step(1, isDoubtful),
  p: () => step(-1, isDoubtful),
  e: () => { const row = current(rows()); if (row && one(".edit", row)) open(row.dataset.turn); },
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Escape" && openForm()) { event.preventDefault(); close(); return; }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest?.(".turn-form");
    if (form) { event.preventDefault(); form.requestSubmit(one("[value=save]", form)); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || remembered.off) return;
  if (event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select")) return;
  const deed = deeds[event.key];
  if (!deed) return;
  event.preventDefault();
  deed();
});

function addKeys() {
  const keys = one("#keys");
  keys.hidden = false;
  const box = one("input", keys);
  box.checked = !remembered.off;
  box.addEventListener("change", () => { remembered.off = !box.checked; });
}

/** An address that only says #turn-250 leads to the page that has that turn. */
function findTurn() {
  const turn = location.hash.match(/^#turn-(\d+)$/)?.[1];
  if (turn && one(".stretch") && !one(location.hash) && !location.search.includes("at=")) location.replace(`?at=${turn}${location.hash}`);
}

findTurn();
addEventListener("hashchange", findTurn);
addKeys();
prepare();
if (openForm() && !one(".theirs")) one("textarea[name=words], [name=date]")?.focus({ preventScroll: true });
else if (location.hash) document.getElementById(location.hash.slice(1))?.closest(".row")?.classList.add("current"); // :target is not set yet
