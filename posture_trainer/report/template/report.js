"use strict";
for (const place of document.querySelectorAll("[data-chart]")) {
  const chart = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  Plotly.newPlot(place, chart.data, chart.layout, { displaylogo: false, displayModeBar: false, responsive: false })
    .then(() => { place.dataset.drawn = "yes"; });
}
