"use strict";
/* Draws the figures of the language that is shown, switches language, saves a figure as PNG. */
(() => {
  const source = JSON.parse(document.getElementById("figures").textContent);
  const versions = [...document.querySelectorAll("[data-version]")];
  const copy = (value) => JSON.parse(JSON.stringify(value));
  const shown = () => versions.find((version) => !version.hidden);

  const draw = (version) => {
    const figures = source.figures[version.dataset.version];
    for (const plot of version.querySelectorAll("[data-plot]")) {
      const figure = figures[plot.dataset.plot];
      if (!plot.classList.contains("js-plotly-plot")) {
        Plotly.newPlot(plot, copy(figure.data), copy(figure.layout), source.config);
      }
    }
  };

  const show = (language) => {
    for (const version of versions) version.hidden = version.dataset.version !== language;
    const version = shown();
    document.documentElement.lang = language;
    document.title = version.dataset.title;
    draw(version);
  };

  const follow = () => {
    const [language] = location.hash.slice(1).split("-");
    const known = versions.some((version) => version.dataset.version === language);
    if (!known) return draw(shown());
    show(language);
    const target = document.getElementById(location.hash.slice(1));
    if (target) target.scrollIntoView();
  };

  const wrap = (text, width) => {
    const lines = [""];
    for (const word of text.split(" ")) {
      if ((lines.at(-1) + word).length > width) lines.push("");
      lines.push(lines.pop() + word + " ");
    }
    return lines.map((line) => line.trim()).join("<br>");
  };

  const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

  const save = async (button) => {
    const version = button.closest("[data-version]").dataset.version;
    const { data, layout, title, note } = copy(source.figures[version][button.dataset.save]);
    const head = { text: escape(title), x: 0.02, xanchor: "left", y: 0.97, yanchor: "top" };
    const below = { text: wrap(escape(note), 110), font: { size: 13 } };
    layout.title = { ...head, font: { size: 20 }, subtitle: below };
    layout.margin = { ...layout.margin, l: 24, r: 24, t: 90 };
    const size = { width: 900, height: layout.height + 90 };
    const image = await Plotly.toImage(
      { data, layout: { ...layout, ...size }, config: source.config },
      { format: "png", scale: 2, ...size },
    );
    const link = document.createElement("a");
    link.href = image;
    link.download = `kanaalkompas-${button.dataset.save}-${version}.png`;
    link.click();
  };

  const resize = (width) => {
    for (const plot of document.querySelectorAll(".js-plotly-plot")) {
      if (plot.offsetParent) Plotly.relayout(plot, { width, autosize: !width });
    }
  };

  for (const button of document.querySelectorAll("[data-save]")) {
    button.addEventListener("click", () => save(button));
  }
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => resize(320));
  addEventListener("afterprint", () => resize(undefined));
  follow();
})();
