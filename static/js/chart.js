// Lines of month averages: <div data-chart="id of the JSON">. Without it the table behind the chart says the same.
(() => {
  "use strict";
  const short = (value) => {
    const language = document.documentElement.lang;
    return new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 }).format(value);
  };

  // the style sheet says: colour of text, of lines between, and of the figures
  const colours = (place) => {
    const style = getComputedStyle(place);
    return { text: style.color, grid: style.borderTopColor, line: style.outlineColor };
  };

  const options = (data, { text, grid, line }) => ({
    animation: false,
    grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      valueFormatter: (value) => new Intl.NumberFormat(document.documentElement.lang).format(value),
    },
    xAxis: { type: "category", data: data.months, axisLabel: { color: text } },
    yAxis: {
      type: "value",
      scale: true,
      axisLabel: { color: text, formatter: short },
      splitLine: { lineStyle: { color: grid } },
    },
    series: [
      {
        type: "line",
        name: data.label,
        data: data.values,
        symbolSize: 6,
        lineStyle: { width: 2 },
        itemStyle: { color: line },
        areaStyle: { opacity: 0.08 },
      },
    ],
  });

  const draw = (place) => {
    const source = document.getElementById(place.dataset.chart);
    if (!source || !window.echarts) return;
    const chart = window.echarts.init(place, null, { renderer: "canvas" });
    const data = JSON.parse(source.textContent);
    const show = () => chart.setOption(options(data, colours(place)));
    show();
    addEventListener("resize", () => chart.resize());
    new MutationObserver(show).observe(document.documentElement, {
      attributeFilter: ["data-bs-theme"],
    });
  };

  document.querySelectorAll("[data-chart]").forEach(draw);
})();
