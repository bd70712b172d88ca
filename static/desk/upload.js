// Sends each file by itself as soon as it is chosen or dropped, and shows how far it is.
// Without script the form sends them all at once, to the same page with the same answer.

const AT_ONCE = 2; // requests; reading a file keeps a thread of the server busy

const one = (selector, within = document) => within.querySelector(selector);
const clone = (name) => one(`template#${name}`).content.cloneNode(true).firstElementChild;

const form = one("form.upload");
const input = one("input[type=file]", form);
const told = one("#told");
const list = one("ol", told);
const count = one("#count");

/** A name with what turns the direction of writing written out, as the pages show it. */
const shown = (name) => name.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Cc}]/gu,
  (char) => `[U+${char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);

const queue = [];
let running = 0;
let done = 0;
let all = 0;

function add(files) {
  for (const file of files) {
    // Taken now: date and convention are those that were set when the file was chosen.
    const data = new FormData(form);
    for (const name of [input.name, "text", "name"]) data.delete(name);
    data.append(input.name, file);
    const row = clone("sending");
    one("bdi", row).textContent = shown(file.name);
    list.append(row);
    enqueue({ file, data, row });
  }
  told.hidden = false;
  input.value = "";
  // A date is of these files; of those that come next it would be wrong without a sound.
  for (const field of form.querySelectorAll(".given input, .given select")) field.value = "";
}

function enqueue(job) {
  all += 1;
  queue.push(job);
  next();
}

function next() {
  tell();
  while (running < AT_ONCE && queue.length) {
    running += 1;
    send(queue.shift());
  }
}

function tell() {
  count.textContent = count.dataset.text.replace("{done}", done).replace("{all}", all);
}

function send(job) {
  const request = new XMLHttpRequest();
  const bar = one("progress", job.row);
  request.open("POST", form.action);
  request.responseType = "document";
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable && event.loaded < event.total) bar.value = event.loaded / event.total;
    else bar.removeAttribute("value"); // sent; the site is reading it
  });
  request.addEventListener("loadend", () => {
    running -= 1;
    done += 1;
    answered(job, request.status === 200 ? request.response : null);
    next();
  });
  request.send(job.data);
}

/** Puts what the page answered in the place of the row that told of the sending. */
function answered(job, page) {
  const rows = page ? [...page.querySelectorAll("#told li")] : [];
  if (!rows.length) return failed(job, one(".errorlist", page ?? document.createElement("p"))?.textContent.trim());
  job.row.replaceWith(...rows.map((row) => document.adoptNode(row)));
  // Two answers may overtake each other: the one that counts more waiting is the newer.
  const [old, fresh] = [one("#waiting"), one("#waiting", page)];
  if (Number(fresh.dataset.count) >= Number(old.dataset.count)) old.replaceWith(document.adoptNode(fresh));
}

function failed(job, sentence) {
  const row = clone("failed");
  one("bdi", row).textContent = shown(job.file.name);
  if (sentence) one(".why", row).textContent = sentence;
  one("button", row).addEventListener("click", () => {
    const again = clone("sending");
    one("bdi", again).textContent = shown(job.file.name);
    row.replaceWith(again);
    done -= 1;
    all -= 1;
    enqueue({ ...job, row: again });
  });
  job.row.replaceWith(row);
}

const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

form.classList.add("scripted");
one(".drop .field", form).append(clone("here"));
input.addEventListener("change", () => add(input.files));

// Anywhere on the page: a file dropped beside the box would otherwise open in its place.
document.addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  form.classList.add("over");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) form.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  form.classList.remove("over");
  add(event.dataTransfer.files);
});
