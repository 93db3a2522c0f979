// What a telephone shows when there is no line. Two lines before this one name the store and what lies in it.
// Nothing else is ever kept: no page with data, and nothing that was sent.
const PATIENCE = 20_000;
const anonymous = (url) => new Request(url, { credentials: "omit", cache: "no-cache" });
const kept = (url) => caches.match(url, { ignoreVary: true });
const late = () => new Promise((_, refuse) => setTimeout(refuse, PATIENCE));

async function lay() {
  const store = await caches.open(STORE);
  await store.addAll(SHELL.map(anonymous));
  await self.skipWaiting();
}
async function tidy() {
  for (const name of await caches.keys()) if (name !== STORE) await caches.delete(name);
}
self.addEventListener("install", (event) => event.waitUntil(lay()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { pathname } = new URL(request.url);
  const isPage = request.mode === "navigate";
  if (!isPage && !SHELL.includes(pathname)) return;
  const line = Promise.race([fetch(request), late()]);
  event.respondWith(line.catch(() => kept(isPage ? SHELL[0] : pathname)));
});
