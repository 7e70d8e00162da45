// Shows how far a run is, and the outcome when it is there.

const place = document.getElementById("progress");

/** @param {{parts: {jobs: number, done: number}[]}} run */
function show(run) {
  const jobs = run.parts.reduce((sum, part) => sum + part.jobs, 0);
  const done = run.parts.reduce((sum, part) => sum + part.done, 0);
  const bar = /** @type {HTMLProgressElement | null} */ (document.getElementById("bar"));
  const count = document.getElementById("count");
  if (bar && count) {
    bar.max = jobs || 1;
    bar.value = done;
    count.textContent = `${done} / ${jobs}`;
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
