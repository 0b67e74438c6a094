// The picture of the explorer: fitting it into its frame, taking it away as a file, where a node lies; and the focus,
// which stays on the same control when its part of the page is drawn anew.
window.pgExplore = (() => {
  let last = "";
  document.addEventListener("focusin", (event) => { last = event.target.dataset?.k ?? last; });
  const chartOf = (id) => getElement(id)?.chart;
  const seriesOf = (chart) => chart?.getModel()?.getSeriesByIndex(0);

  function points(chart) {
    const series = seriesOf(chart), data = series.getData(), found = [];
    for (let place = 0; place < data.count(); place++) {
      const [x, y] = series.coordinateSystem.dataToPoint(data.getItemLayout(place) ?? [0, 0]);
      found.push({ mark: data.getId(place), x, y, raw: data.getItemLayout(place) });
    }
    return found;
  }

  const margins = (chart) => (chart.getWidth() < 500 ? { x: 58, top: 24, bottom: 56 } : { x: 68, top: 26, bottom: 58 });

  function zoomBy(chart, zoom, x = chart.getWidth() / 2, y = chart.getHeight() / 2) {
    chart.dispatchAction({ type: "graphRoam", seriesIndex: 0, zoom, originX: x, originY: y });
  }

  function fit(id, count, tries = 60) {
    const chart = chartOf(id), data = seriesOf(chart)?.getData?.();
    if (!data || data.count() !== count || (count && !data.getItemLayout(0))) {
      if (tries) setTimeout(() => fit(id, count, tries - 1), 40);
      return;
    }
    if (!count) return;
    watch(id, chart);
    const margin = margins(chart);
    const box = () => {
      const all = points(chart), xs = all.map((p) => p.x), ys = all.map((p) => p.y);
      return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
    };
    let seen = box();
    const wide = chart.getWidth() - 2 * margin.x, high = chart.getHeight() - margin.top - margin.bottom;
    const zoom = Math.min(wide / Math.max(1, seen.right - seen.left), high / Math.max(1, seen.bottom - seen.top), 3);
    zoomBy(chart, zoom);
    seen = box();
    chart.dispatchAction({
      type: "graphRoam", seriesIndex: 0,
      dx: margin.x + wide / 2 - (seen.left + seen.right) / 2,
      dy: margin.top + high / 2 - (seen.top + seen.bottom) / 2,
    });
    chart.getDom().dataset.drawn = String(count);
  }

  function watch(id, chart) {
    const frame = chart.getDom();
    if (frame.dataset.watched) return;
    frame.dataset.watched = "1";
    let width = frame.offsetWidth, height = frame.offsetHeight;
    new ResizeObserver(() => {
      if (frame.offsetWidth === width && frame.offsetHeight === height) return;
      [width, height] = [frame.offsetWidth, frame.offsetHeight];
      setTimeout(() => fit(id, seriesOf(chart).getData().count()), 60);
    }).observe(frame);
  }

  function save(url, name) {
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
  }

  const back = () => getComputedStyle(document.body).getPropertyValue("--pg-back").trim();
  const svg = (chart) => chart.getDataURL({ type: "svg", backgroundColor: back() });

  return {
    fit,
    zoom: (id, factor) => zoomBy(chartOf(id), factor),
    refit: (id) => fit(id, seriesOf(chartOf(id)).getData().count()),
    place(id, mark) {
      const found = points(chartOf(id)).find((each) => each.mark === mark);
      return found ? found.raw.map(Math.round) : null;
    },
    svg(id) { save(svg(chartOf(id)), "parkgraph.svg"); },
    png(id) {
      const chart = chartOf(id), picture = new Image();
      picture.onload = () => {
        const canvas = document.createElement("canvas");
        canvas.width = 2 * chart.getWidth();
        canvas.height = 2 * chart.getHeight();
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        save(canvas.toDataURL("image/png"), "parkgraph.png");
      };
      picture.src = svg(chart);
    },
    async copy(id, done) {
      const field = document.querySelector("[data-cypher]"), text = field.textContent;
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        getSelection().selectAllChildren(field);
        document.execCommand("copy");
      }
      document.getElementById(id).textContent = done;
    },
    drawnAnew() {
      const language = document.querySelector("a.pg-switch[hreflang]");
      if (language) {
        const query = new URLSearchParams(location.search);
        query.set("lang", language.hreflang);
        language.href = `?${query}`;
      }
      if (!last || document.activeElement !== document.body) return;
      (document.querySelector(`[data-k="${CSS.escape(last)}"]`) ?? document.querySelector('[data-k="card"]'))?.focus();
    },
  };
})();
