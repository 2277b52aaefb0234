// The page: language, figures, table and evidence. All text of plans is set as text, never as markup.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const statements = data.statements;
  const byKey = new Map(statements.map((statement) => [statement.key, statement]));
  const PAGE = 100; // rows that are made at once, so that thousands stay fluid
  const COMPARABLE = new Set(["exact", "rescaled", "narrower", "broader"]);
  const filters = {};
  let sorting = { column: "", descending: false };
  let shown = [];
  let drawn = 0; // rows of the table
  let lang = "zh";

  // --- Small things --------------------------------------------------------------------------------------------

  const $ = (selector, within = document) => within.querySelector(selector);
  const word = (key, fields = {}) =>
    (data.words[key] ? data.words[key][lang] : key).replace(/\{(\w*)\}/g, (_, name) => fields[name] ?? "");
  const named = (table, key) => (data[table][key] ? data[table][key].name[lang] : key || "");

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }

  const address = (key) => "#m=" + encodeURIComponent(key).replaceAll("%40", "@");
  const chinese = (text, tag = "span", attributes = {}) => make(tag, { lang: "zh-CN", ...attributes }, text || "");
  const toEvidence = (key, text, attributes = {}) => make("a", { href: address(key), ...attributes }, text);
  const verdict = (code) => make("span", { class: "verdict " + code }, word(code));

  // --- The table of statements ---------------------------------------------------------------------------------

  const lead = (s) => (s.provision && data.provisions[s.provision] ? data.provisions[s.provision].lead : []);
  const themes = (s) => [...new Set([s.theme, data.indicators[s.indicator].theme].filter(Boolean))];
  const reasons = new Map(statements.map((s) => [s.reason.zh, s.reason]));
  // Each filter: the values of a statement that it may be limited to, and how a value is called.
  const FILTERS = {
    plan: { values: (s) => [s.plan], name: (value) => named("plans", value), order: Object.keys(data.plans) },
    theme: { values: themes, name: (value) => named("themes", value), order: Object.keys(data.themes) },
    kind: {
      values: (s) => [s.kind, ...(s.is_commitment ? ["commitment"] : [])],
      name: word,
      order: ["commitment", "target", "incentive", "funding", "condition", "allocation", "sanction", "baseline"],
    },
    indicator: { values: (s) => [s.indicator], name: (value) => named("indicators", value) },
    verdict: {
      values: (s) => [s.verdict, ...(COMPARABLE.has(s.verdict) ? ["comparable"] : [])],
      name: (value) => word(value === "comparable" ? "all_comparable" : value),
      order: ["comparable", "exact", "rescaled", "narrower", "broader", "not_comparable", "restatement"],
    },
    reason: { values: (s) => (s.reason.zh ? [s.reason.zh] : []), name: (value) => reasons.get(value)[lang] },
    year: { values: (s) => (s.year ? [String(s.year)] : []), name: (value) => value },
    agency: { values: lead, name: (value) => named("agencies", value) },
  };
  // Beside those with a field of their own: a search, and statements chosen by their keys in a figure or a sentence.
  const NAMES = [...Object.keys(FILTERS), "q", "k"];
  const LABELS = { year: "year_filter" };
  const COLUMNS = [
    { key: "plan", sort: (s) => FILTERS.plan.order.indexOf(s.plan), cell: (s) => named("plans", s.plan) },
    { key: "theme", wide: true, sort: (s) => FILTERS.theme.order.indexOf(s.theme), cell: (s) => named("themes", s.theme) },
    {
      key: "indicator",
      sort: (s) => named("indicators", s.indicator),
      cell: (s) => [named("indicators", s.indicator), chinese(s.text, "small")],
    },
    { key: "kind", wide: true, sort: (s) => word(s.kind), cell: (s) => word(s.kind) },
    {
      key: "value",
      sort: (s) => s.value,
      cell: (s) => [toEvidence(s.key, s.stated[lang], { "aria-label": s.stated[lang] + ", " + word("evidence") }),
        s.is_aspirational ? make("small", {}, word("aspirational")) : ""],
      number: true,
    },
    {
      key: "comparable",
      sort: (s) => s.comparable_value,
      cell: (s) => (s.comparable ? s.comparable[lang] : "–"),
      number: true,
      wide: true,
    },
    { key: "due", wide: true, sort: (s) => s.year, cell: (s) => String(s.year || "–") },
    { key: "verdict", sort: (s) => FILTERS.verdict.order.indexOf(s.verdict), cell: (s) => verdict(s.verdict) },
  ];

  const searchable = new Map(
    statements.map((s) => [
      s.key,
      [
        s.key, s.text, s.quote, s.value_text, s.path, s.recipient, s.period, s.stated.zh, s.stated.en,
        ...["plans", "themes", "indicators"].flatMap((table, index) =>
          Object.values(data[table][[s.plan, s.theme, s.indicator][index]]?.name || {})),
        data.plans[s.plan].title,
      ].join(" ").toLowerCase(),
    ]),
  );

  function fits(s) {
    for (const [key, { values }] of Object.entries(FILTERS)) {
      if (filters[key] && !values(s).includes(filters[key])) return false;
    }
    if (filters.k && !filters.k.split(" ").includes(s.key)) return false;
    return !filters.q || filters.q.toLowerCase().split(/\s+/).every((part) => searchable.get(s.key).includes(part));
  }

  function compare(a, b) {
    if (a === b) return 0;
    if (a === null || a === undefined) return 1; // what is not stated comes last, either way
    if (b === null || b === undefined) return -1;
    const order = typeof a === "number" ? a - b : String(a).localeCompare(String(b), lang);
    return sorting.descending ? -order : order;
  }

  function select() {
    shown = statements.filter(fits);
    const column = COLUMNS.find(({ key }) => key === sorting.column);
    if (column) {
      const keys = new Map(shown.map((s) => [s, column.sort(s)]));
      shown.sort((a, b) => compare(keys.get(a), keys.get(b)));
    }
    drawn = 0;
    $("#statements tbody").replaceChildren();
    drawRows(PAGE);
    const count = $("#count");
    count.textContent = shown.length
      ? word("shown", { n: shown.length, all: statements.length })
      : word("nothing_found");
  }

  function drawRows(count) {
    const rows = document.createDocumentFragment();
    for (const statement of shown.slice(drawn, drawn + count)) {
      const row = make("tr", { "data-key": statement.key });
      for (const { cell, number, wide } of COLUMNS) {
        const kind = [number && "number", wide && "wide"].filter(Boolean).join(" ");
        row.append(make("td", { class: kind || null }, ...[cell(statement)].flat()));
      }
      rows.append(row);
    }
    $("#statements tbody").append(rows);
    drawn = Math.min(shown.length, drawn + count);
    const more = $("#more");
    more.hidden = drawn >= shown.length;
    more.textContent = word("show_more", { n: Math.min(PAGE, shown.length - drawn) });
  }

  function drawHead() {
    const cells = COLUMNS.map(({ key, number, wide }) => {
      const direction = sorting.column === key ? (sorting.descending ? "descending" : "ascending") : null;
      const kind = [number && "number", wide && "wide"].filter(Boolean).join(" ");
      const button = make("button", { type: "button", title: word("sort", { "": word(key) }) }, word(key));
      button.addEventListener("click", () => {
        sorting = { column: key, descending: sorting.column === key && !sorting.descending };
        drawHead();
        select();
        $(`#statements th[data-column="${key}"] button`).focus();
      });
      return make("th", { scope: "col", class: kind || null, "aria-sort": direction, "data-column": key }, button);
    });
    $("#statements thead tr").replaceChildren(...cells);
  }

  function drawFilters() {
    const form = $("#filters");
    const fields = Object.entries(FILTERS).map(([key, { values, name, order }]) => {
      const found = new Set(statements.flatMap(values));
      const options = order
        ? order.filter((value) => found.has(value))
        : [...found].sort((a, b) => name(a).localeCompare(name(b), lang));
      const box = make("select", { id: "filter-" + key, name: key }, make("option", { value: "" }, word("any")));
      box.append(...options.map((value) => make("option", { value }, name(value))));
      box.value = filters[key] || "";
      return make("div", { class: "field" }, make("label", { for: "filter-" + key }, word(LABELS[key] || key)), box);
    });
    const search = make("input", {
      type: "search", id: "filter-q", name: "q", autocomplete: "off", placeholder: word("search_hint"),
    });
    search.value = filters.q || "";
    fields.unshift(make("div", { class: "field search" }, make("label", { for: "filter-q" }, word("search")), search));
    if (filters.k) {
      const chosen = make("select", { id: "filter-k" }, make("option", { value: filters.k, selected: true },
        String(filters.k.split(" ").length)), make("option", { value: "" }, word("any")));
      fields.push(make("div", { class: "field" }, make("label", { for: "filter-k" }, word("chosen")), chosen));
    }
    form.replaceChildren(...fields, make("button", { type: "reset" }, word("reset")));
  }

  function filtersChanged() {
    for (const name of NAMES) filters[name] = $("#filter-" + name)?.value.trim() || "";
    const set = Object.entries(filters).filter(([, value]) => value);
    const hash = set.map(([name, value]) => name + "=" + encodeURIComponent(value)).join("&");
    history.replaceState(history.state, "", location.pathname + location.search + (hash ? "#" + hash : ""));
    select();
  }

  function setFilters(params) {
    for (const name of NAMES) filters[name] = params.get(name) || "";
    drawFilters();
    select();
  }

  // --- Evidence ------------------------------------------------------------------------------------------------

  const dialog = $("#evidence");

  /** Return a passage with the sentence and the value in it marked; `base` is where the passage begins in the plan. */
  function passage(text, base, s) {
    const points = [...text]; // offsets count code points, as in the tables
    const piece = (from, to) => points.slice(Math.max(0, from - base), Math.max(0, to - base)).join("");
    const end = s.quote_start + [...s.quote].length;
    return [
      piece(base, s.quote_start),
      make("span", { class: "sentence" }, piece(s.quote_start, s.start), make("mark", {}, piece(s.start, s.end)),
        piece(s.end, end)),
      piece(end, base + points.length),
    ];
  }

  function evidence(s) {
    const provision = data.provisions[s.provision];
    const plan = data.plans[s.plan];
    const indicator = data.indicators[s.indicator];
    const offices = (keys) => (keys || []).map((key) => named("agencies", key)).join(word("and"));
    const others = (keys) => keys.map((key) => {
      const other = byKey.get(key);
      return make("div", {}, other ? toEvidence(key, other.stated[lang]) : key, other ? chinese(" " + other.text) : "");
    });
    const linked = (field) => statements.filter((other) => other[field] === s.key).map((other) => other.key);
    const rows = [
      ["value", [make("b", {}, s.stated[lang]), " ", chinese("（" + s.value_text + "）")]],
      ["comparable", s.comparable && s.comparable[lang]],
      ["verdict", verdict(s.verdict)],
      ["reason", s.reason[lang]],
      ["formula", s.formula && make("code", {}, s.formula)],
      ["per_million", s.per_million && s.per_million[lang]],
      ["words", chinese(s.text)],
      ["definition", indicator.definition[lang]],
      ["theme", themes(s).map((key) => named("themes", key)).join(word("and"))],
      ["kind", word(s.kind) + word("and") + word(s.form)],
      ["comparator", word(s.comparator)],
      ["is_aspirational", s.is_aspirational && word("is_aspirational")],
      ["per", s.per && word(s.per)],
      ["recipient_zh", s.recipient && chinese(s.recipient)],
      ["due", [s.period && chinese(s.period), s.year && (s.period ? " → " : "") + s.year].filter(Boolean)],
      ["agency", provision && offices(provision.lead)],
      ["supporting", provision && offices(provision.supporting)],
      ["restates", s.restates && others([s.restates])],
      ["restated_by", others(linked("restates"))],
      ["governs", s.governs && others([s.governs])],
      ["governed_by", others(linked("governs"))],
      ["offset", `${s.start}–${s.end}`],
      ["copy_link", toEvidence(s.key, s.key)],
    ].filter(([, value]) => (Array.isArray(value) ? value.length : value));
    const list = make("dl");
    for (const [key, value] of rows) {
      const label = key === "is_aspirational" ? "aspirational" : key;
      list.append(make("dt", {}, word(label)), make("dd", {}, ...[value].flat()));
    }
    const body = [
      make("p", { class: "kicker" }, word("evidence") + word("dot") + plan.name[lang]),
      make("h2", { id: "evidence-title", tabindex: "-1" }, named("indicators", s.indicator), " ", make("b", {}, s.stated[lang])),
      make("p", { class: "cite", lang: "zh-CN" }, plan.source.zh),
      make("p", { class: "path", lang: "zh-CN" }, s.path || word("outside_provisions")),
      make("blockquote", { lang: "zh-CN" }, ...passage(s.quote, s.quote_start, s)),
    ];
    if (provision && provision.text !== s.quote) {
      body.push(make("details", {}, make("summary", {}, word("whole_provision")),
        make("p", { class: "provision", lang: "zh-CN" }, ...passage(provision.text, provision.start, s))));
    }
    body.push(list, make("p", { class: "explain" }, word("explain"), make("code", {}, "ip-plans explain " + s.key)));
    return body;
  }

  function showEvidence(key) {
    const s = byKey.get(key);
    const body = s ? evidence(s) : [
      make("h2", { id: "evidence-title", tabindex: "-1" }, word("evidence")),
      make("p", {}, word("unknown_measure", { key })),
    ];
    $(".body", dialog).replaceChildren(...body);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    $("#evidence-title").focus();
  }

  const keyInAddress = () => new URLSearchParams(location.hash.slice(1)).get("m");
  let leaving = false; // going back has begun; the address is still that of the evidence

  /** Go to the evidence of a measure, as a step that the back button takes back. */
  function go(key) {
    if (leaving) return window.addEventListener("popstate", () => go(key), { once: true });
    if (keyInAddress() !== key) {
      const steps = ((history.state && history.state.steps) || 0) + 1;
      history.pushState({ steps }, "", address(key));
    } else if (dialog.open) return;
    showEvidence(key);
  }

  // Closing goes back to where the reader came from; who came by a link address stays on the page. The event comes a
  // frame after the closing: by then the dialog may be open again, or have been closed twice.
  dialog.addEventListener("close", () => {
    if (dialog.open || leaving || !keyInAddress()) return;
    const steps = history.state && history.state.steps;
    leaving = Boolean(steps);
    if (steps) history.go(-steps);
    else history.replaceState(null, "", location.pathname + location.search);
  });
  $(".close", dialog).addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside the box
  });

  // --- Figures -------------------------------------------------------------------------------------------------

  const charts = [...document.querySelectorAll("figure.chart")];

  function read(figure) {
    return JSON.parse(document.getElementById(`figure-${figure.dataset.figure}-${lang}`).textContent);
  }

  function fit(figure, space) {
    const plot = $(".plot", figure);
    const { width, height } = plot.dataset;
    const scroll = $(".scroll", figure);
    const scale = Math.min(1, Math.max(space ? 0 : 0.6, (space || scroll.clientWidth) / width));
    plot.style.transform = `scale(${scale})`;
    plot.style.width = width + "px";
    scroll.style.height = Math.ceil(height * scale) + (scale * width > scroll.clientWidth + 1 ? 16 : 0) + "px";
  }

  function draw(figure) {
    if (typeof Plotly === "undefined" || figure.dataset.drawn === lang) return;
    figure.dataset.drawn = lang;
    const { chart } = read(figure);
    const plot = $(".plot", figure);
    Plotly.react(plot, chart.data, chart.layout, { displaylogo: false, displayModeBar: false, responsive: false });
    fit(figure);
    if (plot.dataset.listens) return;
    plot.dataset.listens = "yes";
    plot.on("plotly_click", (event) => follow(event.points[0]));
    plot.on("plotly_clickannotation", (event) => follow({ customdata: event.annotation.name }));
  }

  /** Follow a mark to its evidence, or to the statements that it counts. */
  function follow(point) {
    const found = [point.customdata].flat(2);
    const keys = [...new Set(found.filter((value) => byKey.has(value)))];
    if (keys.length === 1) go(keys[0]);
    else if (keys.length) location.hash = "k=" + encodeURIComponent(keys.join(" "));
  }

  function describe(figure) {
    const { chart, marks } = read(figure);
    const plot = $(".plot", figure);
    plot.dataset.width = chart.layout.width;
    plot.dataset.height = chart.layout.height;
    plot.style.height = chart.layout.height + "px";
    fit(figure);
    const details = $(".behind", figure);
    details.hidden = !marks.length;
    $("summary", details).textContent = word("behind", { n: marks.length });
    const items = marks.map(({ text, keys }) => {
      const said = keys.map((key) => byKey.get(key));
      const links = said.flatMap((s, index) => [index ? word("and") : "", toEvidence(s.key, s.stated[lang])]);
      if (said.length !== 1) return make("li", {}, text, said.length ? word("colon") : "", ...links);
      const [s] = said;
      const names = [named("plans", s.plan), named("indicators", s.indicator)].join(word("dot"));
      return make("li", {}, names + word("colon"), ...links, " ", verdict(s.verdict));
    });
    $(".marks", details).replaceChildren(make("ul", {}, ...items));
  }

  const watcher = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => draw(entry.target)),
    { rootMargin: "800px" },
  );

  // --- Language and address ------------------------------------------------------------------------------------

  function setLanguage(next) {
    lang = next;
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.title = data.title[lang];
    for (const button of document.querySelectorAll("button[data-lang]")) {
      button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
    }
    for (const element of document.querySelectorAll("[data-label]")) {
      element.setAttribute("aria-label", word(element.dataset.label));
    }
    drawFilters();
    drawHead();
    select();
    for (const figure of charts) {
      describe(figure);
      watcher.unobserve(figure);
      watcher.observe(figure);
    }
    if (dialog.open) showEvidence(keyInAddress());
  }

  function rememberLanguage() {
    const params = new URLSearchParams(location.search);
    params.set("lang", lang);
    history.replaceState(history.state, "", `${location.pathname}?${params}${location.hash}`);
  }

  function route(event) {
    leaving = false;
    const params = new URLSearchParams(location.hash.slice(1));
    const key = params.get("m");
    if (key) return showEvidence(key);
    if (dialog.open) dialog.close();
    if (!NAMES.some((name) => params.has(name))) return;
    // Back from the evidence nothing has changed, and the reader stays where they were.
    if (NAMES.every((name) => (filters[name] || "") === (params.get(name) || ""))) return;
    setFilters(params);
    if (event) $("#measures-title").focus({ preventScroll: true });
    $("#measures").scrollIntoView();
  }

  document.addEventListener("click", (event) => {
    const anchor = event.target.closest && event.target.closest('a[href^="#m="]');
    if (anchor && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      go(new URLSearchParams(anchor.hash.slice(1)).get("m"));
    }
    const filter = event.target.closest && event.target.closest('a[href^="#"][href*="="]');
    if (filter && filter !== anchor && filter.hash === location.hash) $("#measures").scrollIntoView();
    const button = event.target.closest && event.target.closest("button[data-lang]");
    if (button && button.dataset.lang !== lang) {
      setLanguage(button.dataset.lang);
      rememberLanguage();
    }
  });
  $("#statements tbody").addEventListener("click", (event) => {
    const row = event.target.closest("tr");
    if (row && !event.target.closest("a") && !String(getSelection())) go(row.dataset.key);
  });
  $("#filters").addEventListener("input", filtersChanged);
  $("#filters").addEventListener("submit", (event) => event.preventDefault());
  $("#filters").addEventListener("reset", () => setTimeout(filtersChanged));
  $("#more").addEventListener("click", () => {
    const first = drawn;
    drawRows(PAGE);
    const row = $("#statements tbody").rows[first];
    if (row) $("a", row).focus();
  });
  window.addEventListener("popstate", route);
  window.addEventListener("resize", () => charts.forEach((figure) => fit(figure)));
  window.addEventListener("beforeprint", () => {
    drawRows(shown.length);
    for (const figure of charts) {
      draw(figure);
      fit(figure, 680); // the width of A4 between its margins, in CSS pixels
    }
  });
  window.addEventListener("afterprint", () => charts.forEach((figure) => fit(figure)));

  $("#no-plotly").hidden = typeof Plotly !== "undefined";
  if (typeof Plotly === "undefined") document.body.classList.add("no-plotly");
  const wanted = new URLSearchParams(location.search).get("lang") || data.lang || navigator.language || "zh";
  setLanguage(wanted.startsWith("zh") ? "zh" : "en");
  route();
})();
