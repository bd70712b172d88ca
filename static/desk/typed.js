// Keeps what is typed into a form of the desk in this browser until it is saved, for a day, so that a
// log-in, a crash or a closed window in between loses nothing. Never passwords, digits or files.

{
  const KEEP = 24 * 60 * 60 * 1000;
  const PREFIX = "dawen-typed:";
  const SECRET = /csrf|password|digits|recovery/i;
  const COUNTING = /(?:^|-)(?:seen|TOTAL_FORMS)$/;
  const { user } = document.currentScript.dataset; // none on the log-in page
  const mine = `${PREFIX}${user}:`;

  // A browser may forbid to keep anything; then the log-in page alone carries what was sent.
  const store = {
    read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full, or forbidden */ } },
    remove(key) { try { localStorage.removeItem(key); } catch { /* forbidden */ } },
    keys(prefix) { try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { return []; } },
  };

  const here = () => location.pathname + location.search;
  const isTyped = (name) => !SECRET.test(name);
  const isKept = (form) => form.method === "post" && !form.closest("#header, .login, .second-step") && !form.querySelector("[type=password]");
  const controls = (form) => [...form.elements].filter((one) => one.name && isTyped(one.name) && !/^(?:submit|button|image|reset|file|password|fieldset)$/.test(one.type));

  /** Which form it is: where it is sent to, and the first of its fields. */
  function keyOf(form) {
    const to = new URL(form.getAttribute("action") || here(), location.href);
    const first = controls(form).find((one) => one.type !== "hidden");
    return first && `${mine}${to.pathname}${to.search} ${first.name}`;
  }

  /** The fields as pairs; what was chosen and what is hidden alike. */
  const pairs = (form) => [...new FormData(form)].filter(([name, value]) => isTyped(name) && typeof value === "string");
  /** What a form is about, by its hidden fields; rows that a script added have some of their own. */
  const about = (form) => Object.fromEntries(controls(form).filter((one) => one.type === "hidden" && !COUNTING.test(one.name)).map((one) => [one.name, one.value]));
  const isAbout = (form, then) => Object.entries(about(form)).every(([name, value]) => !(name in then) || then[name] === value);
  const lines = (rows) => JSON.stringify(rows.filter(([name]) => !COUNTING.test(name))).replaceAll("\\r\\n", "\\n");

  function keep(form) {
    const key = isKept(form) && keyOf(form);
    if (key) store.write(key, { at: Date.now(), about: about(form), typed: pairs(form) });
  }

  /** Rows of a list that a script had added are added again by the same button. */
  function addRows(form, typed) {
    for (const [name, value] of typed) {
      const total = /-TOTAL_FORMS$/.test(name) && form.elements[name];
      const more = total && document.querySelector(`#${CSS.escape(name.replace("-TOTAL_FORMS", "-group"))} .add-row a`);
      for (let missing = more ? Number(value) - Number(total.value) : 0; missing > 0 && missing < 200; missing -= 1) more.click();
    }
  }

  function restore(form) {
    const key = isKept(form) && keyOf(form);
    const kept = key && store.read(key);
    if (!kept) return;
    if (form.querySelector(".typed-note, .theirs, .errors, .errorlist")) return; // shown by the site, with what was sent
    const rest = kept.typed.slice();
    if (!isAbout(form, kept.about)) return; // it is about something else by now
    if (lines(pairs(form)) === lines(kept.typed)) return store.remove(key);
    addRows(form, kept.typed);
    for (const one of controls(form)) {
      if (one.type === "hidden" && !COUNTING.test(one.name)) continue;
      if (one.type === "checkbox" || one.type === "radio") one.checked = rest.some(([name, value]) => name === one.name && value === one.value);
      else if (one.type === "select-multiple") for (const option of one.options) option.selected = rest.some(([name, value]) => name === one.name && value === option.value);
      else {
        const at = rest.findIndex(([name]) => name === one.name);
        if (at >= 0) one.value = rest.splice(at, 1)[0][1];
      }
    }
    tell(form, key);
  }

  function tell(form, key) {
    const note = document.querySelector("#typed-note").content.firstElementChild.cloneNode(true);
    note.querySelector("button").addEventListener("click", () => {
      form.reset();
      store.remove(key);
      note.remove();
    });
    form.prepend(note);
  }

  /** What was sent is saved when the site has led from its form to here, and else is not. */
  function forgetSaved() {
    const [way] = performance.getEntriesByType("navigation");
    for (const key of store.keys(PREFIX)) {
      const kept = store.read(key);
      if (!kept || Date.now() - kept.at > KEEP) store.remove(key);
      else if (kept.sent && !user) store.write(key, { ...kept, sent: undefined });
      else if (kept.sent && way?.type === "navigate" && way.redirectCount && document.referrer.split("#")[0] === kept.sent) {
        if (document.querySelector(".messagelist .error")) store.write(key, { ...kept, sent: undefined });
        else store.remove(key);
      }
    }
  }

  forgetSaved();
  if (user) {
    document.addEventListener("input", (event) => { if (event.target.form) keep(event.target.form); });
    document.addEventListener("change", (event) => { if (event.target.form) keep(event.target.form); });
    document.addEventListener("reset", (event) => { const key = keyOf(event.target); if (key) store.remove(key); });
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (form.id === "logout-form") for (const key of store.keys(mine)) store.remove(key);
      const key = isKept(form) && keyOf(form);
      const kept = key && store.read(key);
      if (kept) store.write(key, { ...kept, sent: location.href.split("#")[0] });
    });
    document.addEventListener("opened", (event) => restore(event.target)); // by the review page's script
    // After the review page's script has looked at its form, and Django's has put its buttons there.
    const restoreAll = (tries = 20) => {
      if (tries && document.querySelector(".inline-group") && !document.querySelector(".inline-group .add-row")) setTimeout(restoreAll, 50, tries - 1);
      else for (const form of document.forms) restore(form);
    };
    document.addEventListener("DOMContentLoaded", () => restoreAll());
  }
}
