/** What page.js uses of plotly.js. */
interface Figure {
  data: object[];
  layout: object;
  config?: object;
}

declare const Plotly: {
  newPlot(place: HTMLElement, data: object[], layout: object, config: object): Promise<HTMLElement>;
  relayout(place: HTMLElement, changes: object): Promise<HTMLElement>;
  toImage(
    figure: Figure,
    options: { format: "png"; width: number; height: number; scale: number },
  ): Promise<string>;
};
