// Award: improves pages that work without it. Saves forms while people type, counts words, scores by keyboard, guards unsaved text.
"use strict";

const PAUSE = 1200;
const LONGEST_PAUSE = 60000;

// --- saving while people type -------------------------------------------------------------------------------------------

class Autosave {
  constructor(form) {
    this.form = form;
    this.state = form.querySelector("[data-state]");
    this.dirty = false;
    this.stopped = false;
    this.submitting = false;
    this.unsaved = false;
    this.failures = 0;
    this.pending = null;
    this.flight = null;
    this.timer = 0;
    form.addEventListener("input", (event) => { if (event.target.type !== "file") this.changed(); });
    form.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("visibilitychange", () => { if (document.hidden && this.dirty) this.save(); });
    window.addEventListener("online", () => { this.save(); });
    window.addEventListener("pageshow", () => { this.submitting = false; });
    window.addEventListener("beforeunload", (event) => this.guard(event));
  }

  changed() {
    if (this.stopped) return;
    this.dirty = true;
    if (!this.failures) this.later(PAUSE);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  // What was sent is kept until it is answered: a retry carries the same content under the same key, later changes follow it.
  save() {
    clearTimeout(this.timer);
    if (this.stopped || this.flight || this.submitting || !(this.dirty || this.pending)) return;
    if (!this.pending) {
      this.pending = { key: unique(), body: content(this.form) };
      this.dirty = false;
    }
    this.say("doing", "saving");
    this.flight = this.send(this.pending).finally(() => { this.flight = null; if (this.dirty && !this.pending) this.later(PAUSE); });
  }

  async send({ key, body }) {
    let answer;
    try {
      if (this.unsaved) body.set("csrf_token", await freshToken(this.form));
      answer = await fetch(this.form.dataset.autosave, {
        method: "POST", body, redirect: "manual", credentials: "same-origin", signal: AbortSignal.timeout(20000),
        headers: { "X-Award-Autosave": "1", "Idempotency-Key": key },
      });
    } catch {
      return this.again();
    }
    if (answer.status === 429 || answer.status >= 500) return this.again();
    this.pending = null;
    this.failures = 0;
    if (answer.ok) return this.done(answer);
    if (answer.status === 409) this.stopped = true;
    const ended = answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
    this.unsaved = true;
    this.say("stop", answer.status === 409 ? "stale" : ended ? "ended" : "refused");
  }

  done(answer) {
    const version = answer.headers.get("X-Award-Version");
    const clock = answer.headers.get("X-Award-Saved");
    const field = this.form.elements.namedItem("version");
    if (version && field) field.value = version;
    if (clock && this.state) this.state.dataset.clock = clock;
    this.unsaved = false;
    if (!this.dirty) this.say("done", "saved");
  }

  again() {
    this.failures += 1;
    this.say("alert", this.state && this.state.dataset.clock ? "retry" : "never");
    this.later(Math.min(LONGEST_PAUSE, 1000 * 2 ** this.failures));
  }

  say(sign, words) {
    if (!this.state) return;
    const text = (this.state.dataset[words] || "").replace("{time}", this.state.dataset.clock || "");
    this.state.classList.remove("done", "doing", "todo", "alert", "stop");
    this.state.classList.add(sign);
    if (this.state.textContent !== text) this.state.textContent = text;
  }

  submit(event) {
    if (event.defaultPrevented) return;
    clearTimeout(this.timer);
    if (!this.flight) { this.submitting = true; return; }
    event.preventDefault();
    const button = event.submitter;
    this.flight.finally(() => { this.submitting = true; this.form.requestSubmit(button); });
  }

  guard(event) {
    if (!this.submitting && (this.dirty || this.flight || this.pending || this.unsaved)) event.preventDefault();
  }
}

function content(form) {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  return body;
}

// After a session has ended and begun anew, the form's token is stale: take the one of the same page, loaded again.
async function freshToken(form) {
  const field = form.elements.namedItem("csrf_token");
  const page = await fetch(location.href, { credentials: "same-origin", signal: AbortSignal.timeout(20000) });
  const found = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("form[data-autosave] [name=csrf_token]");
  if (found) field.value = found.value;
  return field.value;
}

function unique() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// --- forms that save only when sent: warn before leaving with unsaved text ------------------------------------------------

function guard(form) {
  let unsaved = form.querySelector(".summary") !== null;
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
}

// --- word counts ----------------------------------------------------------------------------------------------------------

function countWords(place) {
  const control = document.getElementById(place.dataset.count);
  if (!control) return;
  const limit = Number(place.dataset.limit);
  const show = () => {
    const used = control.value.trim().split(/\s+/).filter(Boolean).length;
    const words = used > limit ? place.dataset.over : place.dataset.within;
    place.textContent = words.replace("{used}", used).replace("{over}", used - limit);
    place.classList.toggle("over", used > limit);
  };
  control.addEventListener("input", show);
  show();
}

// --- scoring by keyboard: digits (and 3.5 or 3,5) choose a step of the scale that has the focus ---------------------------

function scoreByKeys(scale) {
  const steps = [...scale.querySelectorAll("input[type=radio]")];
  let typed = "";
  let at = 0;
  scale.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.type !== "radio" || !/^[0-9.,]$/.test(event.key)) return;
    event.preventDefault();
    const key = event.key.replace(",", ".");
    const grown = event.timeStamp - at < 900 ? typed + key : key;
    typed = steps.some((step) => step.value.startsWith(grown)) ? grown : key;
    at = event.timeStamp;
    choose(steps, typed);
  });
}

function choose(steps, typed) {
  const step = /\d/.test(typed) && steps.find((s) => Number(s.value) === Number(typed));
  if (!step) return;
  step.focus();
  if (!step.checked) {
    step.checked = true;
    for (const kind of ["input", "change"]) step.dispatchEvent(new Event(kind, { bubbles: true }));
  }
}

function showScored(form) {
  const words = form.querySelector("[data-scored]");
  const bar = form.querySelector("[data-scored-bar]");
  form.addEventListener("change", () => {
    const scales = [...form.querySelectorAll("fieldset.scale")];
    const done = scales.filter((s) => s.querySelector("input[type=radio]:checked") || s.querySelector("input[inputmode=decimal]")?.value.trim()).length;
    words.textContent = words.dataset.scored.replace("{done}", done);
    if (bar) bar.value = done;
  });
}

// --- start ------------------------------------------------------------------------------------------------------------------

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
for (const form of document.querySelectorAll("form[data-guard]:not([data-autosave])")) guard(form);
for (const place of document.querySelectorAll("[data-count]")) countWords(place);
for (const scale of document.querySelectorAll("fieldset.scale")) scoreByKeys(scale);
for (const form of document.querySelectorAll("form:has([data-scored])")) showScored(form);
const summary = document.querySelector(".summary");
if (summary) summary.focus();
