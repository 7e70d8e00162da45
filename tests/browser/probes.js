"use strict";
/* What the tests ask a page. Put in before the page's own scripts, so its policy does not hold
   for it. Boxes are in CSS pixels from the top left of the document. */
window.probes = (() => {
  const FOCUSABLE = 'a[href], button, summary, input, select, textarea, [tabindex="0"]';
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const box = (rect) => ({
    x: rect.x + scrollX, y: rect.y + scrollY, width: rect.width, height: rect.height,
  });
  const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, 60);
  const name = (element) => {
    const mark = element.id ? `#${element.id}` : element.getAttribute("class") || "";
    return `${element.tagName.toLowerCase()} ${mark} «${short(element.textContent)}»`;
  };
  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  /* Give the test for what is there for screen readers alone: clipped away, or left of the page
     until it has the focus. */
  const findOffScreen = () => {
    const clipped = all("body *").filter((each) => getComputedStyle(each).clipPath === "inset(50%)");
    return (element) =>
      element.getBoundingClientRect().right < 0 || clipped.some((hidden) => hidden.contains(element));
  };
  const focusable = () => all(FOCUSABLE).filter(isShown);
  const plots = () => all("[data-plot]").filter(isShown);

  const textNodes = (root) => {
    const isOffScreen = findOffScreen();
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (node.data.trim() && isShown(parent) && !isOffScreen(parent)) found.push(node);
    }
    return found;
  };

  /* Text that can be seen without scrolling sideways, line by line. */
  const lines = () => textNodes(document.body).flatMap((node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const window = node.parentElement.closest(".scroll")?.getBoundingClientRect();
    const whole = (rect) => !window || (rect.x >= window.x && rect.right <= window.right);
    return [...range.getClientRects()]
      .filter((rect) => rect.width > 1 && rect.height > 1 && whole(rect))
      .map((rect) => ({ ...box(rect), node, text: short(node.data) }));
  });

  /* Letters are about half as high as their box, so a fifth above and below may be shared. */
  const meet = (a, b) =>
    Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 2 &&
    Math.min(a.y + 0.8 * a.height, b.y + 0.8 * b.height) -
      Math.max(a.y + 0.2 * a.height, b.y + 0.2 * b.height) > 0;

  const overlaps = (found) => {
    const sorted = [...found].sort((a, b) => a.y - b.y);
    return sorted.flatMap((a, place) => {
      const pairs = [];
      for (const b of sorted.slice(place + 1)) {
        if (b.y > a.y + a.height) break;
        if (a.node === b.node || !meet(a, b)) continue;
        pairs.push(`«${a.text}» and «${b.text}» at y=${Math.round(a.y)}`);
      }
      return pairs;
    });
  };

  const chartTexts = (plot) => all("svg.main-svg text", plot)
    .filter((text) => isShown(text) && text.textContent)
    .flatMap((text) => {
      const parts = all("tspan.line", text);
      return (parts.length ? parts : [text]).map((part) => ({
        ...box(part.getBoundingClientRect()),
        node: part, text: part.textContent, fill: getComputedStyle(text).fill,
      }));
    });

  return {
    focusable,

    /* Wait until every chart is there, and as wide as its place. */
    drawn: async () => {
      const isDrawn = (plot) => {
        const [place, drawing] = [plot, plot.querySelector(".main-svg")]
          .map((element) => element?.getBoundingClientRect().width);
        return Math.abs(drawing - place) <= 1;
      };
      const end = performance.now() + 5000;
      while (!plots().every(isDrawn)) {
        if (performance.now() > end) throw new Error("a chart is not drawn to the size of its place");
        await new Promise(requestAnimationFrame);
      }
    },

    addStyle: (rules) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rules);
      document.adoptedStyleSheets.push(sheet);
    },

    openDetails: () => all("details").forEach((details) => { details.open = true; }),

    lines: () => lines().map(({ node, ...line }) => line),

    textOverlaps: () => overlaps(lines().filter(({ node }) => !node.parentElement.closest("svg"))),

    sideways: () => document.documentElement.scrollWidth - document.documentElement.clientWidth,

    sticksOut: (isOffScreen = findOffScreen()) => all("body *")
      .filter((element) => isShown(element) && !isOffScreen(element) && !element.closest(".scroll > *, svg"))
      .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .map(name).slice(0, 5),

    clipped: (isOffScreen = findOffScreen()) => all("body *").filter((element) => {
      const style = getComputedStyle(element);
      const hides = [style.overflowX, style.overflowY].some((value) => ["hidden", "clip"].includes(value));
      const holdsText = !element.closest("svg") && element.textContent.trim();
      return hides && holdsText && isShown(element) && !isOffScreen(element) &&
        (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1);
    }).map(name),

    smallTargets: (isOffScreen = findOffScreen()) => focusable().filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      const inSentence = getComputedStyle(element).display === "inline" &&
        element.parentElement.textContent.trim().length > element.textContent.trim().length;
      return !isOffScreen(element) && !inSentence && (width < 24 || height < 24);
    }).map((element) => {
      const { width, height } = element.getBoundingClientRect();
      return `${name(element)} ${width.toFixed(1)} × ${height.toFixed(1)}`;
    }),

    /* Which of the elements has the focus, how it shows, and whether something lies on it. */
    focus: () => {
      const element = document.activeElement;
      const { x, y, width, height } = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const at = document.elementFromPoint(
        Math.min(Math.max(x + Math.min(width, 40) / 2, 0), innerWidth - 1),
        Math.min(Math.max(y + Math.min(height, 24) / 2, 0), innerHeight - 1));
      return {
        place: focusable().indexOf(element),
        name: name(element),
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        colour: style.outlineColor,
        inView: y + Math.min(height, 24) > 0 && y < innerHeight && x + width > 0 && x < innerWidth,
        uncovered: element === at || element.contains(at) || Boolean(at?.contains(element)),
      };
    },

    charts: () => plots().map((plot) => {
      const image = plot.closest('[role="img"]');
      return {
        key: plot.dataset.plot,
        label: image?.getAttribute("aria-label") ?? "",
        hidden: plot.getAttribute("aria-hidden"),
        focusable: image ? all(`${FOCUSABLE}, [tabindex]:not([tabindex="-1"])`, image).map(name) : [],
        texts: chartTexts(plot).length,
      };
    }),

    plotlyButtons: () =>
      all(".modebar, .modebar-container *, .js-plotly-plot :is(a, button, [data-title]), .plotly-notifier *")
        .map(name),

    /* Texts of each chart, with boxes from the top left of the chart. */
    chartTexts: () => plots().map((plot) => {
      const frame = box(plot.getBoundingClientRect());
      return chartTexts(plot)
        .map(({ node, ...text }) => ({ ...text, x: text.x - frame.x, y: text.y - frame.y }));
    }),

    /* Texts that leave their chart by more than a pixel, or run into each other. */
    chartFaults: () => plots().flatMap((plot) => {
      const frame = box(plot.querySelector(".main-svg").getBoundingClientRect());
      const texts = chartTexts(plot);
      const cut = texts.filter((text) => text.x < frame.x - 1 || text.y < frame.y - 1 ||
        text.x + text.width > frame.x + frame.width + 1 ||
        text.y + text.height > frame.y + frame.height + 1);
      return [
        ...cut.map((text) => `${plot.dataset.plot}: «${text.text}» is cut, ` +
          `x from ${Math.round(text.x - frame.x)} to ${Math.round(text.x + text.width - frame.x)} ` +
          `of ${Math.round(frame.width)}`),
        ...overlaps(texts).map((pair) => `${plot.dataset.plot}: ${pair} overlap`),
      ];
    }),

    shapes: () => [
      ...plots().flatMap((plot) => all(".point path, path.point", plot)),
      ...all(".mark-mean").filter(isShown),
    ].map((shape) => ({ ...box(shape.getBoundingClientRect()), text: shape.getAttribute("class") || "bar" }))
      .filter((shape) => shape.width > 2 && shape.height > 2),
  };
})();
