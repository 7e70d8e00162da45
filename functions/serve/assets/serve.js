// Keeps a page with runs under way as it is on the server, and tells when the server is away.

const EVERY = 1000;
const away = document.getElementById("away");

/** Put in what is new; leave alone what is the same, for who reads or has the focus there.
 * @param {Document} fresh */
function renew(fresh) {
  const held = document.activeElement;
  for (const old of document.querySelectorAll("[data-fresh]")) {
    const now = fresh.getElementById(old.id);
    if (now && now.innerHTML !== old.innerHTML) old.replaceChildren(...now.childNodes);
  }
  document.title = fresh.title;
  document.body.dataset.live = fresh.body.dataset.live;
  if (held && !held.isConnected) document.getElementById("main")?.focus();
}

/** Say that the server is away; how far a run is, is not known then.
 * @param {boolean} gone */
function show(gone) {
  if (away) away.hidden = !gone;
  document.body.toggleAttribute("data-away", gone);
}

async function watch() {
  if (document.body.dataset.live !== "yes") return;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.ok) renew(new DOMParser().parseFromString(await answer.text(), "text/html"));
    show(false);
  } catch {
    show(true);
  }
  setTimeout(watch, EVERY);
}

document.documentElement.dataset.watched = "yes";
(document.getElementById("problems") ?? document.getElementById("price"))?.focus();
watch();
