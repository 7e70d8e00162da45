"use strict";
/* Draws the figures of the language that is shown, switches language, opens what a figure points
 * to, and lets a reader take figures, numbers and text along. */
(() => {
  /** @param {string} id */
  const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  /** @type {{config: object, figures: Record<string, Record<string, any>>, texts: Record<string, Record<string, string>>}} */
  const source = JSON.parse(byId("figures").textContent || "");
  const versions = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-version]")]);
  /** @param {any} value */
  const copy = (value) => JSON.parse(JSON.stringify(value));
  const shown = () => versions.find((version) => !version.hidden) || versions[0];
  /** @param {Element} inside */
  const languageOf = (inside) =>
    /** @type {HTMLElement} */ (inside.closest("[data-version]")).dataset.version || "";

  /** Give colours and font of the theme, which the figures cannot take from the style sheet. */
  const themed = () => {
    const style = getComputedStyle(document.documentElement);
    /** @param {string} name */
    const value = (name) => style.getPropertyValue(name).trim();
    return { ink: value("--kk-ink"), paper: value("--kk-paper"), font: value("--kk-font") };
  };

  /** @param {any} layout */
  const dress = (layout) => {
    const { ink, paper, font } = themed();
    layout.font = { ...layout.font, color: ink, family: font };
    return { ...layout, paper_bgcolor: paper, plot_bgcolor: paper };
  };

  /** @param {HTMLElement} version */
  const draw = (version) => {
    const figures = source.figures[version.dataset.version || ""];
    for (const plot of /** @type {NodeListOf<HTMLElement>} */ (
      version.querySelectorAll("[data-plot]")
    )) {
      if (plot.classList.contains("js-plotly-plot")) continue;
      const figure = copy(figures[plot.dataset.plot || ""]);
      Plotly.newPlot(plot, figure.data, dress(figure.layout), source.config);
    }
  };

  /** @param {string} language */
  const show = (language) => {
    for (const version of versions) version.hidden = version.dataset.version !== language;
    const version = shown();
    document.documentElement.lang = language;
    document.title = version.dataset.title || "";
    draw(version);
  };

  /** Open every part that holds an element, and go there. @param {HTMLElement} target */
  const open = (target) => {
    for (let each = target.closest("details"); each; ) {
      each.open = true;
      each = each.parentElement && each.parentElement.closest("details");
    }
    target.scrollIntoView();
    const heading = target.matches("details") ? target.querySelector("summary") : target;
    if (heading instanceof HTMLElement) heading.focus({ preventScroll: true });
  };

  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const [language] = id.split("-");
    if (!versions.some((version) => version.dataset.version === language)) return draw(shown());
    show(language);
    const target = byId(id);
    if (target) open(target);
  };

  /** @param {string} text @param {number} width */
  const wrap = (text, width) => {
    const lines = [""];
    for (const word of text.split(" ")) {
      if ((lines[lines.length - 1] + word).length > width) lines.push("");
      lines.push(`${lines.pop()}${word} `);
    }
    return lines.map((line) => escape(line.trim()));
  };

  /** @param {string} text */
  const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

  /** @param {string} href @param {string} name */
  const download = (href, name) => {
    const link = document.createElement("a");
    link.href = href;
    link.download = name;
    link.click();
  };

  /** Give a figure as it is saved: with all that it needs where the page is not beside it.
   * @param {string} language @param {string} key */
  const complete = (language, key) => {
    const { data, layout: plain, title, subtitle, note } = copy(source.figures[language][key]);
    const texts = source.texts[language];
    const layout = dress(plain);
    const head = [`<b>${wrap(title, 76).join("<br>")}</b>`, ...wrap(subtitle, 118)];
    const foot = [note, texts.example, texts.source].filter(Boolean).flatMap((t) => wrap(t, 125));
    const [top, bottom] = [34 + 19 * head.length, 24 + 17 * foot.length];
    const axis = layout.margin.b;
    layout.margin = { ...layout.margin, l: 24, r: 24, t: top, b: axis + bottom };
    const size = { width: 900, height: layout.height + top + bottom };
    const words = { xref: "paper", x: 0, xanchor: "left", showarrow: false, align: "left" };
    layout.annotations = [
      ...(layout.annotations || []),
      {
        ...words, yref: "paper", y: 1, yanchor: "bottom", yshift: 12,
        text: head.join("<br>"), font: { size: 14.5 },
      },
      {
        ...words, yref: "paper", y: 0, yanchor: "top", yshift: -axis - 8,
        text: foot.join("<br>"), font: { size: 12 },
      },
    ];
    return { data, layout: { ...layout, ...size }, size };
  };

  /** @param {HTMLElement} button */
  const save = async (button) => {
    const [language, key] = [languageOf(button), button.dataset.save || ""];
    const { data, layout, size } = complete(language, key);
    const image = await Plotly.toImage(
      { data, layout, config: source.config },
      { format: "png", scale: 2, ...size },
    );
    download(image, `kanaalkompas-${key}-${language}.png`);
  };

  /** Write a cell so that no spreadsheet computes it. @param {string} text */
  const cell = (text) => {
    const safe = /^[=@\t\r]/.test(text) || /^[+-](?!€|\d)/.test(text) ? `'${text}` : text;
    return `"${safe.replace(/"/g, '""')}"`;
  };

  /** @param {HTMLElement} button */
  const saveTables = (button) => {
    const version = /** @type {HTMLElement} */ (button.closest("[data-version]"));
    const lines = [];
    for (const table of version.querySelectorAll("table")) {
      for (const row of table.rows) {
        lines.push([...row.cells].map((c) => cell((c.textContent || "").trim().replace(/\s+/g, " "))));
      }
      lines.push([]);
    }
    const text = `\uFEFF${lines.map((line) => line.join(";")).join("\r\n")}`;
    const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    download(url, `kanaalkompas-${languageOf(button)}.csv`);
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };

  /** @param {HTMLElement} button */
  const copyText = async (button) => {
    const text = byId(button.dataset.copy || "");
    const texts = source.texts[languageOf(button)];
    const said = button.parentElement && button.parentElement.querySelector("[data-said]");
    let message = texts.copied;
    try {
      const html = new Blob([text.innerHTML], { type: "text/html" });
      const plain = new Blob([text.innerText], { type: "text/plain" });
      await navigator.clipboard.write([
        new ClipboardItem({ "text/html": html, "text/plain": plain }),
      ]);
    } catch {
      const selection = getSelection();
      if (selection) selection.selectAllChildren(text);
      message = texts.not_copied;
    }
    if (said) said.textContent = message;
  };

  /** Fit the figures to half a sheet of paper, or back to the screen.
   * @param {number | undefined} width @param {number} part */
  const resize = (width, part) => {
    const figures = source.figures[shown().dataset.version || ""];
    for (const plot of /** @type {NodeListOf<HTMLElement>} */ (
      shown().querySelectorAll(".js-plotly-plot")
    )) {
      const height = part * figures[plot.dataset.plot || ""].layout.height;
      const size = Math.round(12 * part);
      const letters = { "xaxis.tickfont.size": size, "yaxis.tickfont.size": size };
      Plotly.relayout(plot, { width, height, ...letters, autosize: !width });
    }
  };

  /** @param {string} what @param {(button: HTMLElement) => void} act */
  const onClick = (what, act) => {
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (
      document.querySelectorAll(`[data-${what}]`)
    )) {
      button.addEventListener("click", () => act(button));
    }
  };

  onClick("save", save);
  onClick("csv", saveTables);
  onClick("copy", copyText);
  onClick("print", () => print());
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => resize(325, 0.78));
  addEventListener("afterprint", () => resize(undefined, 1));
  follow();
})();
