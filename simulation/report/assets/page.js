"use strict";
/* Draws the figures of the language that is shown, switches language, opens what a figure points
 * to, and lets a reader take figures, numbers and text along. */
(() => {
  /** @param {string} id */
  const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  /** @type {{config: object, figures: Record<string, Record<string, any>>, texts: Record<string, Record<string, string>>, csv: Record<string, string>}} */
  const source = JSON.parse(byId("figures").textContent || "");
  const versions = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-version]")]);
  const shown = () => versions.find((version) => !version.hidden) || versions[0];
  /** @param {Element} inside */
  const languageOf = (inside) =>
    /** @type {HTMLElement} */ (inside.closest("[data-version]")).dataset.version || "";

  /** Neutral colours in the figures, and what a theme calls them.
   * @type {Record<string, string>} */
  const neutral = {
    "#1b2733": "--kk-ink", "#52606d": "--kk-quiet", "#dfe5eb": "--kk-line", "#ffffff": "--kk-paper",
  };

  /** Give a figure to draw, in the colours and the font of the theme.
   * @param {string} language @param {string} key */
  const dressed = (language, key) => {
    const style = getComputedStyle(document.documentElement);
    const text = JSON.stringify(source.figures[language][key], (_, value) =>
      typeof value === "string" && neutral[value]
        ? style.getPropertyValue(neutral[value]).trim()
        : value,
    );
    const figure = JSON.parse(text);
    figure.layout.font.family = style.getPropertyValue("--kk-font").trim();
    return figure;
  };

  /** @param {HTMLElement} version */
  const draw = (version) => {
    for (const plot of /** @type {NodeListOf<HTMLElement>} */ (
      version.querySelectorAll("[data-plot]")
    )) {
      if (plot.classList.contains("js-plotly-plot")) continue;
      const figure = dressed(version.dataset.version || "", plot.dataset.plot || "");
      // Plotly forgets the height of a figure when the window changes: its place keeps it.
      plot.style.height = `${figure.layout.height}px`;
      Plotly.newPlot(plot, figure.data, figure.layout, source.config);
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

  /** Open every part that holds an element, and go there.
   * @param {HTMLElement} target */
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

  /**
   * @param {string} text
   * @param {number} width
   */
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

  /**
   * @param {string} href
   * @param {string} name
   */
  const download = (href, name) => {
    const link = document.createElement("a");
    link.href = href;
    link.download = name;
    link.click();
  };

  /** Give the room that the labels beside an axis take.
   * @param {any} axis */
  const besides = (axis) => {
    if (axis.showticklabels === false) return 24;
    /** @type {string[]} */
    const lines = axis.ticktext.flatMap((/** @type {string} */ text) => text.split("<br>"));
    return 34 + 7 * Math.max(...lines.map((line) => line.length));
  };

  /** Give a figure as it is saved: with all that it needs where the page is not beside it.
   * @param {string} language @param {string} key */
  const complete = (language, key) => {
    const { data, layout, title, subtitle, note } = dressed(language, key);
    const texts = source.texts[language];
    const [head, below] = [wrap(title, 76), wrap(subtitle, 125)];
    const foot = [note, texts.example, texts.source].filter(Boolean).flatMap((t) => wrap(t, 125));
    const [above, bottom] = [20 + 18 * below.length, 24 + 17 * foot.length];
    const { t: inner, b: axis } = layout.margin;
    const top = above + 26 * head.length + 12;
    const axes = Object.keys(layout).filter((name) => name.startsWith("yaxis"));
    const left = Math.max(...axes.map((name) => besides(layout[name])));
    for (const name of axes) layout[name].automargin = false;
    layout.margin = { ...layout.margin, l: left, r: 24, t: inner + top, b: axis + bottom };
    const size = { width: 900, height: layout.height + top + bottom };
    const words = {
      xref: "paper", x: 0, xanchor: "left", xshift: 24 - left, showarrow: false, align: "left",
    };
    layout.annotations = [
      ...(layout.annotations || []),
      {
        ...words, yref: "paper", y: 1, yanchor: "bottom", yshift: inner + above,
        text: head.join("<br>"), font: { size: 20, weight: 700 },
      },
      {
        ...words, yref: "paper", y: 1, yanchor: "bottom", yshift: inner + 10,
        text: below.join("<br>"), font: { size: 13 },
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

  /** Save the figures as they stand in the result. With its mark, a spreadsheet reads UTF-8.
   * @param {HTMLElement} button */
  const saveNumbers = (button) => {
    const language = languageOf(button);
    const url = URL.createObjectURL(new Blob(["\uFEFF", source.csv[language]], { type: "text/csv" }));
    download(url, `kanaalkompas-${language}.csv`);
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };

  /** @param {HTMLElement} button */
  const copyText = async (button) => {
    const text = byId(button.dataset.copy || "");
    const texts = source.texts[languageOf(button)];
    const said = button.parentElement && button.parentElement.querySelector("[data-said]");
    let message = texts.copied;
    try {
      // Links and paths lead nowhere outside this page.
      const bare = /** @type {HTMLElement} */ (text.cloneNode(true));
      for (const each of bare.querySelectorAll("a, span")) each.replaceWith(...each.childNodes);
      const html = new Blob([bare.innerHTML], { type: "text/html" });
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

  /** Part of its height that a figure has on paper, where its rows need more than others.
   * @type {Record<string, number>} */
  const parts = { service: 0.84, waterfall: 0.7, staffing: 0.7 };

  /** Fit the figures to half a sheet of paper, or back to the screen.
   * @param {number | undefined} width @param {boolean} onPaper */
  const resize = (width, onPaper) => {
    const figures = source.figures[shown().dataset.version || ""];
    for (const plot of /** @type {NodeListOf<HTMLElement>} */ (
      shown().querySelectorAll(".js-plotly-plot")
    )) {
      const key = plot.dataset.plot || "";
      const part = onPaper ? parts[key] || 0.66 : 1;
      const { height: full, annotations } = figures[key].layout;
      const height = part * full;
      plot.style.height = `${height}px`;
      const size = onPaper ? 10 : 12;
      /** @type {Record<string, number>} */
      const letters = { "xaxis.tickfont.size": size, "yaxis.tickfont.size": size };
      annotations.forEach((/** @type {any} */ { font }, /** @type {number} */ place) => {
        letters[`annotations[${place}].font.size`] = onPaper ? size : font.size;
      });
      Plotly.relayout(plot, { width, height, ...letters, autosize: !width });
    }
  };

  /**
   * @param {string} what
   * @param {(button: HTMLElement) => void} act
   */
  const onClick = (what, act) => {
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (
      document.querySelectorAll(`[data-${what}]`)
    )) {
      button.addEventListener("click", () => act(button));
    }
  };

  onClick("save", save);
  onClick("csv", saveNumbers);
  onClick("copy", copyText);
  onClick("print", () => print());
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => resize(325, true));
  addEventListener("afterprint", () => resize(undefined, false));
  follow();
})();
