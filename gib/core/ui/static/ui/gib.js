// Additions to pages that work without it: keys, choices of the screen, drafts, focus, undo.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const safe = { createHTML: (text) => text, createScript: (text) => text, createScriptURL: (text) => text };
  const policy = window.trustedTypes ? window.trustedTypes.createPolicy("gib", safe) : safe;

  if (window.htmx) {
    window.htmx.registerExtension("gib", { init: (api) => api.initSecurity(policy) });
  }

  // ---- a page for when there is no line ----
  const { worker } = document.getElementById("uitgaand")?.dataset || {};
  if (worker) navigator.serviceWorker?.register(policy.createScriptURL(worker)).catch(() => {});

  // ---- what just happened, said aloud ----
  function say(text) {
    const place = document.getElementById("melding");
    if (!place || !text) return;
    const box = document.createElement("div");
    box.className = "notice";
    box.dataset.tone = "stop";
    box.textContent = text;
    place.replaceChildren(box);
  }
  const word = (name) => document.getElementById("melding")?.dataset[name];
  document.addEventListener("htmx:response:error", (event) => {
    const status = event.detail.ctx.response.status;
    if (status !== 422) say(word("failed"));
  });
  document.addEventListener("htmx:error", () => say(word(navigator.onLine ? "failed" : "offline")));
  window.addEventListener("offline", () => say(word("offline")));
  window.addEventListener("online", () => document.getElementById("melding")?.replaceChildren());

  // ---- focus: to the list of errors, or to the heading of what changed ----
  function focusOn(part) {
    const place = part.querySelector("[data-focus]") || part.querySelector("h1, h2, h3");
    if (!place) return;
    if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
    place.focus();
  }
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail.ctx.target;
    const part = target?.isConnected ? target : document.getElementById(target?.id);
    if (!part) return;
    ready(part);
    if (!part.contains(document.activeElement)) focusOn(part);
  });

  // ---- a swap goes along in the address; back and forward load that address again ----
  const address = () => location.pathname + location.search;
  let shown = address();
  document.addEventListener("htmx:after:history:update", (event) => {
    const { type, path } = event.detail.history;
    history[type === "push" ? "pushState" : "replaceState"](null, "", path);
    shown = address();
  });
  window.addEventListener("popstate", () => {
    if (address() !== shown) location.reload();
  });

  // ---- choices of the screen: a cookie, and the page changes in place ----
  const YEAR = 365 * 24 * 3600;
  const apply = {
    initialen: (value) => root.toggleAttribute("data-initials", value === "aan"),
    toetsen: (value) => root.toggleAttribute("data-keys", value === "aan"),
    thema: (value) => {
      if (value === "auto") delete root.dataset.theme;
      else root.dataset.theme = value === "donker" ? "dark" : "light";
    },
  };
  function press(button) {
    const form = button.form;
    if (button.name === "thema") {
      all("button", form).forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
      return;
    }
    button.setAttribute("aria-pressed", String(button.value === "aan"));
    button.value = button.value === "aan" ? "uit" : "aan";
  }
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!event.target.matches("[data-preference]") || !apply[button?.name]) return;
    event.preventDefault();
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `gib-${button.name}=${button.value}; Path=/; Max-Age=${YEAR}; SameSite=Strict${secure}`;
    apply[button.name](button.value);
    press(button);
  });

  // ---- drafts: long text goes to the server every five seconds, sealed there ----
  const PAUSE = 5000;
  const changed = new WeakMap();
  const isWaiting = (form) => changed.get(form) === true;
  const state = (form, text) => {
    const place = form.querySelector("[data-draft-state]");
    if (place) place.textContent = text;
  };
  async function save(form) {
    if (!isWaiting(form)) return true;
    changed.set(form, false);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form) });
      if (!answer.ok) throw new Error(String(answer.status));
      state(form, form.dataset.draftSaved);
      return true;
    } catch {
      changed.set(form, true);
      state(form, form.dataset.draftFailed);
      return false;
    }
  }
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-draft], .form")) changed.set(form, true);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-leave], [data-preference]")) changed.set(event.target, false);
  });
  setInterval(() => all("form[data-draft]").forEach(save), PAUSE);
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") all("form[data-draft]").forEach(save);
  });

  // ---- leaving: unsent text is saved, or asked about ----
  const unsent = () => all("form.form, form[data-draft]").filter(isWaiting);
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-leave]") || unsent().length === 0) return;
    event.preventDefault();
    const kept = await Promise.all(unsent().map((open) => open.dataset.draft && save(open)));
    if (kept.every(Boolean) || window.confirm(form.dataset.leave)) {
      unsent().forEach((open) => changed.set(open, false));
      form.submit();
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsent().length > 0) event.preventDefault();
  });

  // ---- undo: ten seconds, then the row folds away; the act itself can still be found ----
  function countDown(form) {
    let left = Number(form.dataset.undo);
    const place = form.querySelector("[data-seconds]");
    const timer = setInterval(() => {
      if (form.contains(document.activeElement) || form.matches(":hover")) return;
      left -= 1;
      if (place) place.textContent = ` ${left}`;
      if (left > 0 && form.isConnected) return;
      clearInterval(timer);
      const row = form.closest(".task.is-done") || form;
      const next = row.contains(document.activeElement) && row.nextElementSibling;
      row.remove();
      if (next) open(next)?.focus();
    }, 1000);
  }

  // ---- keys on lists of tasks: never while typing, and only when the reader wants them ----
  const tasks = () => all(".task:not(.is-done)").filter((row) => open(row)?.checkVisibility());
  const open = (row) => row?.querySelector(".task-who a, summary");
  const here = () => document.activeElement?.closest(".task");
  function step(by) {
    const rows = tasks();
    const at = rows.indexOf(here());
    const next = at < 0 && by < 0 ? rows.length - 1 : at + by;
    open(rows[Math.max(0, Math.min(rows.length - 1, next))])?.focus();
  }
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    e: () => here()?.querySelector("[data-done]")?.click(),
    n: () => {
      const log = here()?.dataset.log;
      if (log) location.assign(log);
      else document.querySelector("[data-new]")?.click();
    },
    "/": () => document.querySelector("[data-search]")?.click(),
    "?": () => document.querySelector("[data-keys-help]")?.click(),
  };
  const TYPING = "input, textarea, select, [contenteditable]";
  document.addEventListener("keydown", (event) => {
    const held = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (held || !root.hasAttribute("data-keys") || event.target.closest?.(TYPING)) return;
    const act = keys[event.key];
    if (!act || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    act();
  });

  // ---- a lent screen: other tabs show nothing any more, and neither does what the way back had kept ----
  const tabs = new BroadcastChannel("gib");
  if (root.hasAttribute("data-lent")) tabs.postMessage("lent");
  else {
    tabs.addEventListener("message", () => {
      document.body.hidden = true;
      location.reload();
    });
  }
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  // ---- what each new part of the page needs ----
  function ready(part) {
    all("form[data-undo]", part).forEach(countDown);
    all("[data-focus]", part).slice(0, 1).forEach((place) => place.focus());
    all("[data-print]", part).forEach((button) => button.addEventListener("click", () => window.print()));
  }
  ready(document);
})();
