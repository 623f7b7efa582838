// Lines of month averages: <div data-chart="id of the JSON">. Without it the table behind the chart says the same.
(() => {
  "use strict";
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const short = (value) => {
    const language = document.documentElement.lang;
    return new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 }).format(value);
  };

  const options = (data) => ({
    animation: false,
    grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      valueFormatter: (value) => new Intl.NumberFormat(document.documentElement.lang).format(value),
    },
    xAxis: { type: "category", data: data.months, axisLabel: { color: colour("--tblr-secondary") } },
    yAxis: {
      type: "value",
      scale: true,
      axisLabel: { color: colour("--tblr-secondary"), formatter: short },
      splitLine: { lineStyle: { color: colour("--tblr-border-color") } },
    },
    series: [
      {
        type: "line",
        name: data.label,
        data: data.values,
        symbolSize: 6,
        lineStyle: { width: 2 },
        itemStyle: { color: colour("--tblr-primary") },
        areaStyle: { opacity: 0.08 },
      },
    ],
  });

  const draw = (place) => {
    const source = document.getElementById(place.dataset.chart);
    if (!source || !window.echarts) return;
    const chart = window.echarts.init(place, null, { renderer: "canvas" });
    const data = JSON.parse(source.textContent);
    chart.setOption(options(data));
    addEventListener("resize", () => chart.resize());
    new MutationObserver(() => chart.setOption(options(data))).observe(document.documentElement, {
      attributeFilter: ["data-bs-theme"],
    });
  };

  document.querySelectorAll("[data-chart]").forEach(draw);
})();
