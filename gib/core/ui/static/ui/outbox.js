// The outbox of a telephone: a report is sealed for the house before it is sent, and kept until it has arrived.
(() => {
  "use strict";
  const bar = document.getElementById("uitgaand");
  if (!bar || !window.indexedDB || !window.crypto?.subtle) return;
  const words = bar.dataset;
  const MOST = 20;
  // The page without a line keeps, and sends nothing.
  const away = !words.url;
  // Says whose a report is, and tells nobody who.
  if (words.owner) localStorage.setItem("gib", words.owner);
  const owner = localStorage.getItem("gib");

  // ---- what the telephone keeps: ciphertext, a random mark and a moment ----
  const opened = new Promise((resolve, reject) => {
    const asked = indexedDB.open("gib", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("letters", { keyPath: "mark" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  async function store(mode, act) {
    const database = await opened;
    return new Promise((resolve, reject) => {
      const transaction = database.transaction("letters", mode, { durability: "strict" });
      const asked = act(transaction.objectStore("letters"));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }
  const letters = async () =>
    (await store("readonly", (all) => all.getAll())).sort((one, other) => one.at - other.at);
  const keep = (letter) => store("readwrite", (all) => all.put(letter));
  const drop = (mark) => store("readwrite", (all) => all.delete(mark));

  // ---- sealing: a key for this letter alone, of which only the half that opens nothing is kept ----
  const bytes = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
  const utf8 = (words) => new TextEncoder().encode(words);
  async function sealed(mark, message) {
    const curve = { name: "ECDH", namedCurve: "P-256" };
    const theirs = await crypto.subtle.importKey("raw", bytes(words.key), curve, false, []);
    const ours = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
    const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
    const point = await crypto.subtle.exportKey("raw", ours.publicKey);
    const stretch = { name: "HKDF", hash: "SHA-256", salt: point, info: utf8("gib letter") };
    const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
    const lock = { name: "AES-GCM", length: 256 };
    const key = await crypto.subtle.deriveKey(stretch, base, lock, false, ["encrypt"]);
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const how = { name: "AES-GCM", iv: nonce, additionalData: utf8(mark) };
    const box = await crypto.subtle.encrypt(how, key, utf8(message));
    const facts = { version: words.version, point: text(point), nonce: text(nonce), sealed: text(box) };
    return { mark, at: Date.now(), refused: false, ...facts };
  }
  function letterOf(form) {
    const filled = new URLSearchParams(new FormData(form));
    filled.delete("csrfmiddlewaretoken");
    if (!filled.get("token")) filled.set("token", crypto.randomUUID());
    const { pathname, search } = new URL(form.action, location.href);
    return sealed(filled.get("token"), JSON.stringify({ to: pathname + search, fields: String(filled), owner }));
  }

  // ---- sending: the answer says where the report led, or that somebody must look at it ----
  const FIELDS = ["version", "point", "nonce", "sealed", "mark"];
  const secret = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  async function send(letter) {
    const body = new URLSearchParams(FIELDS.map((name) => [name, letter[name]]));
    body.set("quiet", "on");
    body.set("csrfmiddlewaretoken", secret());
    const answer = await fetch(words.url, { method: "POST", body, redirect: "manual" });
    if (answer.ok) {
      const { url } = await answer.json();
      await drop(letter.mark);
      return url;
    }
    if ([404, 409, 422].includes(answer.status)) {
      await keep({ ...letter, refused: true });
      return null;
    }
    throw new Error(String(answer.status));
  }
  let running = null;
  async function sendAll() {
    try {
      for (const letter of await letters()) if (!letter.refused) await send(letter);
    } catch {
      // No line, or nobody is signed in: what waits keeps waiting.
    }
    await show();
  }
  const flush = () => (away ? knock() : (running ??= sendAll().finally(() => (running = null))));

  // ---- said loudly, on every page of hers ----
  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }
  function look(letter) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = words.url;
    for (const name of [...FIELDS, "csrfmiddlewaretoken"]) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = name in letter ? letter[name] : secret();
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  }
  async function show() {
    const all = await letters();
    const refused = all.filter((letter) => letter.refused && !away);
    const line = document.createElement("p");
    const waiting = all.length - refused.length;
    if (waiting) line.append(`${words.waiting} ${waiting} `, button(words.retry, flush));
    if (refused.length) {
      const [first] = refused;
      const gone = () => window.confirm(words.sure) && drop(first.mark).then(show);
      line.append(` ${words.refused} ${refused.length} `, button(words.look, () => look(first)));
      line.append(" ", button(words.drop, gone));
    }
    bar.replaceChildren(line);
    bar.hidden = all.length === 0;
    if (away) for (const form of document.forms) offer(form, all.length < MOST);
  }
  function offer(form, isRoom) {
    const here = new Date(Date.now() - form.dataset.behind * 24 * 3600 * 1000);
    form.held_on.value ||= here.toLocaleDateString("nl-NL");
    form.hidden = !isRoom || !owner;
  }

  // ---- without a line: knock, and never take away what is being written ----
  const isWriting = () => [...document.forms].some((form) => form.note?.value);
  const back = () => isWriting() || location.reload();
  const asked = { method: "HEAD", redirect: "manual", credentials: "omit" };
  const knock = () => fetch("/", asked).then(back, () => {});
  if (away) {
    setInterval(knock, 5000);
    window.addEventListener("beforeunload", (event) => isWriting() && event.preventDefault());
  }

  // ---- a report: sealed and kept first, so that a line that breaks at any moment loses nothing ----
  function say(form, told) {
    const line = document.createElement("p");
    line.className = "notice";
    line.dataset.tone = "busy";
    line.setAttribute("role", "status");
    line.textContent = told;
    form.replaceWith(line);
  }
  async function report(form) {
    let letter;
    try {
      if ((await letters()).length >= MOST) throw new Error("full");
      letter = await letterOf(form);
      await keep(letter);
    } catch {
      form.submit(); // It goes the ordinary way.
      return;
    }
    try {
      if (away) throw new Error("no line");
      const url = await send(letter);
      if (url) location.assign(url);
      else look(letter);
    } catch {
      await show();
      say(form, words.kept);
    }
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-outbox]")) return;
    event.preventDefault();
    if (form.dataset.outbox === "busy") return;
    form.dataset.outbox = "busy";
    report(form);
  });

  // ---- signing out: send, ask, leave nothing behind ----
  async function wipe() {
    localStorage.removeItem("gib");
    await store("readwrite", (all) => all.clear());
    for (const name of await caches.keys()) await caches.delete(name);
    const workers = (await navigator.serviceWorker?.getRegistrations()) || [];
    for (const worker of workers) await worker.unregister();
  }
  async function leave(form) {
    await flush();
    const left = (await letters()).length;
    if (left && !window.confirm(words.leave)) return;
    await wipe();
    form.dataset.empty = "yes";
    form.requestSubmit();
  }
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!form.matches("[data-leave]") || form.dataset.empty) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      leave(form).catch(() => form.submit());
    },
    true,
  );

  window.addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  window.addEventListener("pageshow", away ? show : flush);
})();
