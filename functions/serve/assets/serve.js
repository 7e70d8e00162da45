// Shows how far a run is, and the outcome when it is there.

const place = document.getElementById("progress");

/** @param {{state: string, jobs: number, done: number}} run */
function show(run) {
  const bar = /** @type {HTMLProgressElement | null} */ (document.getElementById("bar"));
  const count = document.getElementById("count");
  if (bar && count) {
    bar.max = run.jobs || 1;
    bar.value = run.done;
    count.textContent = `${run.done} / ${run.jobs}`;
  }
}

async function watch() {
  if (!place || place.dataset.ended === "yes") return;
  try {
    const answer = await fetch(`/runs/${place.dataset.run}`);
    const run = await answer.json();
    if (!["waiting", "working"].includes(run.state)) {
      location.reload();
      return;
    }
    show(run);
  } catch {
    // The server is away for a moment: ask again.
  }
  setTimeout(watch, 1000);
}

watch();
