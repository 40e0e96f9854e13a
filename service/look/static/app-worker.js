// The worker: static files and the offline page, and, where somebody has said that this device is theirs, what app.js has kept.
// It stores no page itself.

const STATIC = "zachetka-static";
const KEPT = "zachetka-kept";
const MARK = "/kept";
const MONTH = 30 * 24 * 3600 * 1000;
const DAY = 24 * 3600 * 1000;
const MAY_BE_KEPT = /^\/wallet\/[\w-]+(?:\/badges\/[\w-]+(?:\.(?:json|jwt))?)?$/;
const LOOK = "/static/look/";
const FILES = ["tokens.css", "zachetka.css", "print.css", "zachetka.js", "app.js", "mark.svg", "fonts/golos-text-cyrillic.woff2", "fonts/golos-text-latin.woff2"];
const OFFLINE = `/offline?language=${new URL(location.href).searchParams.get("speaks") === "en" ? "en" : "ru"}`;

async function prepare() {
  const shelf = await caches.open(STATIC);
  // Without cookies: the page of a stranger, with nobody's name on it.
  await shelf.put(OFFLINE, await fetch(OFFLINE, { credentials: "omit", cache: "no-store" }));
  await shelf.addAll(FILES.map((file) => LOOK + file));
  await skipWaiting();
}

async function sweep(now) {
  const mark = await caches.match(MARK, { cacheName: KEPT });
  const since = mark ? (await mark.json()).at : null;
  const age = now - since;
  if (since === null || age >= MONTH || age < -DAY) await caches.delete(KEPT); // a clock that was set back keeps nothing alive
}

async function stillFile(request) {
  const shelf = await caches.open(STATIC);
  try {
    const answer = await fetch(request);
    if (answer.status === 200 && new URL(request.url).search === "") await shelf.put(request, answer.clone());
    return answer;
  } catch {
    return (await shelf.match(request, { ignoreVary: true })) ?? Response.error();
  }
}

async function kept(url) {
  if (!MAY_BE_KEPT.test(url.pathname) || url.search !== "") return undefined;
  await sweep(Date.now());
  return caches.match(url.pathname, { cacheName: KEPT, ignoreVary: true });
}

async function noConnection() {
  const page = await caches.match(OFFLINE, { cacheName: STATIC, ignoreVary: true });
  return page ? new Response(page.body, { status: 503, headers: page.headers }) : Response.error();
}

async function page(request, url) {
  try {
    return await fetch(request);
  } catch {
    return (await kept(url)) ?? (request.mode === "navigate" ? noConnection() : Response.error());
  }
}

addEventListener("install", (event) => event.waitUntil(prepare()));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  if (typeof event.data?.sweep !== "number") return;
  event.waitUntil(sweep(event.data.sweep).then(() => event.ports[0]?.postMessage("swept")));
});
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith(LOOK)) event.respondWith(stillFile(event.request));
  else if (event.request.mode === "navigate" || MAY_BE_KEPT.test(url.pathname)) event.respondWith(page(event.request, url));
});
