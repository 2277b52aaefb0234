// The page: language, figures, table and evidence. All text of plans is set as text, never as markup.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const PAGE = 100; // rows that are made at once, so that thousands stay fluid
  const FIRST = 10; // rows at the beginning, and in the sections where there are too many
  const COMPARABLE = new Set(["exact", "rescaled", "narrower", "broader"]);
  const MONEY = new Set(["funding", "allocation"]);
  const keys = Object.fromEntries(["plans", "themes", "indicators"].map((table) => [table, Object.keys(data[table])]));
  const isSplit = data.parts.length === 0 && data.index.key.length > 0;
  const statements = data.index.key.map((key, i) => statement(key, i));
  const byKey = new Map(statements.map((s) => [s.key, s]));
  const provisions = {};
  const filters = {};
  let sorting = { column: "", descending: false };
  let shown = [];
  let drawn = 0; // rows of the table
  let lang = "zh";

  /** Return what the index has of a statement; the rest of it comes with its part. */
  function statement(key, i) {
    const { index } = data;
    const coded = (name) => index.codes[name][index[name][i]];
    return {
      i, key, plan: coded("plan"), theme: coded("theme"), indicator: coded("indicator"), kind: coded("kind"),
      verdict: coded("verdict"), reason: coded("reason"), office_from: coded("office_from"), payers: coded("payers"),
      offices: coded("offices"), is_commitment: index.is_commitment[i] === 1, year: index.year[i],
      value: index.value[i], comparable_value: index.comparable_value[i], text: index.text[i],
      restates: index.restates[i], governs: index.governs[i], strength: index.strength[i],
    };
  }

  // --- Parts of the statements: in the page, or in files beside it ---------------------------------------------

  const waiting = new Map(); // what is to be done once a part is there

  function take(number, part) {
    part.rows.forEach((row, n) => Object.assign(statements[number * data.size + n], row));
    Object.assign(provisions, part.provisions);
    const jobs = waiting.get(number) || [];
    waiting.set(number, null);
    jobs.forEach((job) => job());
  }

  /** Have all of some statements, and then do something: at once where they are there. */
  function need(some, then) {
    const missing = [...new Set(some.filter((s) => s.quote === undefined).map((s) => Math.floor(s.i / data.size)))];
    let left = missing.length;
    if (!left) return then();
    for (const number of missing) {
      const jobs = waiting.get(number) || [];
      if (!jobs.length) load(number);
      waiting.set(number, [...jobs, () => (left -= 1) || then()]);
    }
  }

  function load(number) {
    fetchScript(`rows/${String(number).padStart(4, "0")}.js`);
  }

  function fetchScript(path) {
    const script = document.createElement("script");
    script.src = path;
    script.onerror = () => ($("#no-rows").hidden = false);
    document.head.append(script);
  }

  window.ipPlansRows = take;

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

  const tagged = (text) => make("span", { class: "tag" }, text);
  const ended = (year) => year && year < new Date().getFullYear();

  // --- The table of statements ---------------------------------------------------------------------------------

  function themes(s) {
    const other = data.indicators[s.indicator].theme;
    return other && other !== s.theme ? [s.theme, other] : [s.theme];
  }

  const reasons = new Map(data.index.codes.reason.map((reason) => [reason.zh, reason]));
  const groups = (s) => [s.kind, ...(s.is_commitment
    ? ["commitment", "commitment_" + (MONEY.has(s.kind) ? "money" : s.kind)] : [])];
  const payerKeys = [...new Set(data.index.codes.payers.flat())];
  // Each filter: the values of a statement that it may be limited to, and how a value is called.
  const FILTERS = {
    plan: { values: (s) => [s.plan], name: (value) => named("plans", value), order: keys.plans },
    theme: { values: themes, name: (value) => named("themes", value), order: keys.themes },
    kind: {
      values: groups,
      name: (value) => word(value),
      order: ["commitment", "commitment_target", "commitment_incentive", "commitment_money", "commitment_sanction",
        "target", "incentive", "funding", "condition", "allocation", "sanction", "baseline"],
    },
    indicator: { values: (s) => [s.indicator], name: (value) => named("indicators", value) },
    verdict: {
      values: (s) => [s.verdict, ...(COMPARABLE.has(s.verdict) ? ["comparable"] : [])],
      name: (value) => word(value === "comparable" ? "all_comparable" : value),
      order: ["comparable", "exact", "rescaled", "narrower", "broader", "not_comparable", "restatement"],
    },
    reason: { values: (s) => (s.reason.zh ? [s.reason.zh] : []), name: (value) => reasons.get(value)[lang] },
    year: { values: (s) => (s.year ? [String(s.year), "dated"] : ["undated"]), name: (value) => word(value) },
    payer: {
      values: (s) => (s.payers.length ? ["any_payer", ...s.payers] : ["no_payer"]),
      name: (value) => word(value),
      order: ["any_payer", "no_payer", ...payerKeys],
    },
    agency: {
      values: (s) => [...(s.office_from ? ["office_" + s.office_from] : []), ...s.offices],
      name: (value) => (value.startsWith("office_") ? word(value) : named("agencies", value)),
    },
    strength: { values: (s) => (s.strength === null ? [] : [String(s.strength)]), name: (value) => value },
  };
  // Beside those with a field of their own: a search, and statements chosen by their keys in a figure or a sentence.
  const NAMES = [...Object.keys(FILTERS), "q", "k"];
  const LABELS = { year: "year_filter", agency: "office" };

  const bar = (n) => "●".repeat(n) + "○".repeat(4 - n);
  const partsOf = (s) => s.parts.map((part) => word(part + "_part")).join(word("and")) || word("none_of_them");

  function strength(s) {
    if (s.strength === null) return "–";
    const said = word("strength_of", { n: s.strength, parts: partsOf(s) });
    return [make("span", { class: "dots", title: said, "aria-hidden": "true" }, bar(s.strength)),
      make("span", { class: "visually-hidden" }, said)];
  }

  function office(s) {
    if (!s.office) return "–";
    return [s.office[lang], s.office_from === "theme" ? tagged(word("of_theme")) : ""];
  }

  function payer(s) {
    return [s.payer ? s.payer[lang] : "–"];
  }

  function stated(s) {
    const small = [s.comparable && s.comparable[lang] !== s.stated[lang] && "= " + s.comparable[lang],
      s.per_million && word("per_million") + word("colon") + s.per_million[lang]].filter(Boolean);
    return [toEvidence(s.key, s.stated[lang], { "aria-label": s.stated[lang] + ", " + word("evidence") }),
      s.is_aspirational ? make("small", {}, word("aspirational")) : "", ...small.map((text) => make("small", {}, text))];
  }

  /** Return what other plans state on the indicator of a statement, where all can be compared. */
  function peers(s) {
    if (!COMPARABLE.has(s.verdict)) return "–";
    const others = (onAxis.get(s.indicator) || []).filter((other) => other.plan !== s.plan);
    if (!others.length) return "–";
    if (others.length > 3 || isSplit) {
      return make("a", { href: "#" + new URLSearchParams({ indicator: s.indicator, verdict: "comparable" }) },
        word("peers_many", { n: others.length }));
    }
    return others.map((other) => make("span", { class: "peer" }, named("plans", other.plan), " ",
      toEvidence(other.key, other.comparable[lang])));
  }

  const onAxis = grouped(statements.filter((s) => COMPARABLE.has(s.verdict)), "indicator");

  function grouped(list, field) {
    const found = new Map();
    for (const s of list) {
      if (!found.has(s[field])) found.set(s[field], []);
      found.get(s[field]).push(s);
    }
    return found;
  }

  const COLUMN = {
    plan: { sort: (s) => FILTERS.plan.order.indexOf(s.plan), cell: (s) => named("plans", s.plan) },
    theme: { sort: (s) => FILTERS.theme.order.indexOf(s.theme), cell: (s) => named("themes", s.theme) },
    indicator: {
      sort: (s) => named("indicators", s.indicator),
      cell: (s) => [named("indicators", s.indicator), chinese(s.text, "small")],
    },
    value: { sort: (s) => s.value, cell: stated, number: true },
    due: { sort: (s) => s.year, cell: (s) => [String(s.year || "–"), ended(s.year) ? tagged(word("ended")) : ""] },
    payer: { sort: (s) => s.payers[0], cell: payer },
    office: { sort: (s) => s.offices[0], cell: office },
    strength: { sort: (s) => s.strength, cell: strength },
    verdict: { sort: (s) => FILTERS.verdict.order.indexOf(s.verdict), cell: (s) => verdict(s.verdict) },
    peers: { cell: peers },
    // What is promised, in a sentence where there is one in the language of the page.
    promise: {
      cell: (s) => (lang === "en" && s.sentence_en
        ? [s.sentence_en, chinese(s.text, "small")]
        : [named("indicators", s.indicator), chinese(s.text, "small")]),
    },
  };
  const columns = (...names) => names.map((key) => ({ key, ...COLUMN[key] }));
  const COLUMNS = columns("plan", "theme", "indicator", "value", "due", "payer", "office", "strength", "verdict");

  const texts = new Map(); // what the search has looked at

  function searchable(s) {
    if (!texts.has(s.key)) {
      const said = isSplit ? [] : [s.quote, s.value_text, s.path, s.recipient, s.period, s.stated.zh, s.stated.en];
      const names = ["plans", "themes", "indicators"].flatMap((table, index) =>
        Object.values(data[table][[s.plan, s.theme, s.indicator][index]]?.name || {}));
      texts.set(s.key, [s.key, s.text, ...said, ...names, data.plans[s.plan].title].join(" ").toLowerCase());
    }
    return texts.get(s.key);
  }

  function fits(s) {
    for (const [key, { values }] of Object.entries(FILTERS)) {
      if (filters[key] && !values(s).includes(filters[key])) return false;
    }
    if (filters.k && !filters.k.split(" ").includes(s.key)) return false;
    return !filters.q || filters.q.toLowerCase().split(/\s+/).every((part) => searchable(s).includes(part));
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
      const values = new Map(shown.map((s) => [s, column.sort(s)]));
      shown.sort((a, b) => compare(values.get(a), values.get(b)));
    } else {
      const order = new Map(keys.themes.map((key, place) => [key, place]));
      shown.sort((a, b) => order.get(a.theme) - order.get(b.theme) || a.i - b.i);
    }
    drawn = 0;
    $("#statements tbody").replaceChildren();
    $("#more").hidden = true;
    drawRows(FIRST);
    const count = $("#count");
    count.textContent = shown.length
      ? word("shown", { n: shown.length, all: statements.length })
      : word("nothing_found");
  }

  /** Return a row; on a narrow screen each of its cells says what it is. */
  function row(s, of) {
    const made = make("tr", { "data-key": s.key });
    for (const { key, cell, number } of of) {
      const content = [cell(s)].flat();
      const kind = [number && "number", content[0] === "–" && "empty"].filter(Boolean).join(" ");
      made.append(make("td", { class: kind || null, "data-label": word(key) }, ...content));
    }
    return made;
  }

  function drawRows(count, then = () => {}) {
    const list = shown;
    const some = list.slice(drawn, drawn + count);
    need(some, () => {
      if (list !== shown) return; // others were chosen meanwhile
      $("#statements tbody").append(...some.map((s) => row(s, COLUMNS)));
      drawn += some.length;
      const more = $("#more");
      more.hidden = drawn >= shown.length;
      more.textContent = word("show_more", { n: Math.min(PAGE, shown.length - drawn) });
      then();
    });
  }

  /** Fill a place with a table of statements: what is too much for it is in the table of all. */
  function drawTable(where, list, of, query) {
    const some = list.slice(0, isSplit ? FIRST : PAGE);
    need(some, () => {
      const head = make("tr", {}, ...of.map(({ key, number }) =>
        make("th", { scope: "col", class: number ? "number" : null }, word(key))));
      const body = make("tbody", {}, ...some.map((s) => row(s, of)));
      const table = make("table", { class: "cards" }, make("thead", {}, head), body);
      where.replaceChildren(list.length ? table : make("p", {}, word("no_promises")),
        list.length > some.length
          ? make("p", {}, make("a", { href: "#" + new URLSearchParams(query) }, word("all_of_them", { n: list.length })))
          : "");
    });
  }

  function drawHead() {
    const cells = COLUMNS.map(({ key, number }) => {
      const direction = sorting.column === key ? (sorting.descending ? "descending" : "ascending") : null;
      const button = make("button", { type: "button", title: word("sort", { "": word(key) }) }, word(key));
      button.addEventListener("click", () => {
        sorting = { column: key, descending: sorting.column === key && !sorting.descending };
        drawHead();
        select();
        $(`#statements th[data-column="${key}"] button`).focus();
      });
      return make("th", { scope: "col", class: number ? "number" : null, "aria-sort": direction, "data-column": key }, button);
    });
    $("#statements thead tr").replaceChildren(...cells);
  }

  const choices = new Map(); // of each filter, what it can be limited to

  function foundIn(key, values) {
    if (!choices.has(key)) {
      const found = new Set();
      for (const s of statements) for (const value of values(s)) found.add(value);
      choices.set(key, found);
    }
    return choices.get(key);
  }

  function drawFilters() {
    const form = $("#filters");
    const collator = new Intl.Collator(lang);
    const fields = Object.entries(FILTERS).map(([key, { values, name, order }]) => {
      const found = foundIn(key, values);
      const options = order
        ? order.filter((value) => found.has(value))
        : [...found].map((value) => [name(value), value]).sort((a, b) => collator.compare(a[0], b[0])).map(([, value]) => value);
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
    // Without a filter the page would begin with the commitments again.
    const hash = set.map(([name, value]) => name + "=" + encodeURIComponent(value)).join("&") || "kind=all";
    history.replaceState(history.state, "", location.pathname + location.search + "#" + hash);
    select();
  }

  /** Take the filters of an address; one that names none means all commitments. */
  function setFilters(params) {
    const isAny = NAMES.some((name) => params.has(name));
    for (const name of NAMES) filters[name] = params.get(name) || "";
    if (!isAny) filters.kind = "commitment";
    if (filters.kind === "all") filters.kind = "";
    drawFilters();
    select();
  }

  // --- Places and themes ---------------------------------------------------------------------------------------

  const commitments = statements.filter((s) => s.is_commitment);
  const ofPlan = grouped(commitments, "plan");
  const countOf = new Map();
  for (const s of commitments) for (const theme of themes(s)) countOf.set(theme, (countOf.get(theme) || 0) + 1);
  let placesShown = FIRST;

  function drawPlaces() {
    const head = ["plan", "document", "promised", "dated", "latest", "payer", "office", "mean_strength"];
    $("#place-table thead tr").replaceChildren(...head.map((key) => make("th", { scope: "col" }, word(key))));
    $("#place-table tbody").replaceChildren(...keys.plans.slice(0, placesShown).map((key) => {
      const of = ofPlan.get(key) || [];
      const count = (test) => of.filter(test).length;
      const latest = Math.max(0, ...of.map((s) => s.year || 0));
      const own = count((s) => s.office_from === "own");
      const theme = count((s) => s.office_from === "theme");
      const cells = [
        make("a", { href: "#place=" + encodeURIComponent(key) }, named("plans", key)),
        data.plans[key].document_type[lang],
        make("a", { href: "#" + new URLSearchParams({ plan: key, kind: "commitment" }) }, String(of.length)),
        String(count((s) => s.year)),
        latest ? [String(latest), ended(latest) ? tagged(word("ended")) : ""] : "–",
        String(count((s) => s.payers.length)),
        [String(own), theme ? tagged(`+ ${theme} ${word("of_theme")}`) : ""],
        of.length ? (of.reduce((sum, s) => sum + s.strength, 0) / of.length).toFixed(1) : "–",
      ];
      return make("tr", {}, ...cells.map((cell, n) => make("td", { "data-label": word(head[n]) }, ...[cell].flat())));
    }));
    const more = $("#more-places");
    more.hidden = placesShown >= keys.plans.length;
    more.textContent = word("show_more", { n: Math.min(PAGE, keys.plans.length - placesShown) });
  }

  const placeInAddress = () => new URLSearchParams(location.hash.slice(1)).get("place");

  /** Show what a plan promises: how much, by when, with whose money, by which office, beside parent and peers. */
  function showPlace(key) {
    const box = $("#profile");
    const plan = data.plans[key];
    box.hidden = !plan;
    if (!plan) return;
    const list = ofPlan.get(key) || [];
    const residents = plan.residents && word("residents",
      { n: (plan.residents / (lang === "zh" ? 1e4 : 1e6)).toFixed(lang === "zh" ? 0 : 1) });
    const period = [plan.start, plan.end].filter(Boolean).join("–");
    const about = [plan.document_type[lang], period, ended(plan.end) && word("ended"), residents].filter(Boolean);
    const close = make("button", { type: "button" }, word("close_profile"));
    close.addEventListener("click", () => {
      box.hidden = true;
      history.replaceState(null, "", location.pathname + location.search + "#places");
      $(`#place-table a[href="#place=${encodeURIComponent(key)}"]`)?.focus();
    });
    const rows = make("div", { class: "rows" });
    drawTable(rows, list, columns("theme", "promise", "value", "due", "payer", "office", "strength", "peers"),
      { plan: key, kind: "commitment" });
    box.replaceChildren(
      make("h3", { id: "profile-title", tabindex: "-1" }, plan.name[lang]),
      make("p", { class: "cite-line", lang: "zh-CN" }, [plan.title, plan.number, plan.issuer, plan.issued].filter(Boolean).join("，")),
      make("p", {}, about.join(word("dot")), plan.url ? " " : "", plan.url ? official(plan) : ""),
      rows, make("p", { class: "note" }, word("strength_note")), ...parents(key), ...silences(key), close);
  }

  const official = (plan) => make("a", { href: plan.url, rel: "noreferrer" }, word("official_page"));

  /** Return the commitments of the plans that stand over a plan, beside what it says of the same. */
  function parents(key) {
    const rows = data.above.filter((each) => each.plan === key);
    if (!rows.length) return [make("p", {}, word("no_parent"))];
    const head = ["parent", "indicator", "above_says", "below_says", "relation"];
    const body = rows.slice(0, PAGE).map((each) => {
      const cells = [
        each.parent[lang], each.indicator[lang], sentenceOf(each.key, each.stated),
        each.child ? sentenceOf(each.child, each.child_stated) : each.child_stated || "–",
        [each.relation[lang], each.time && each.time[lang], each.reason[lang]].filter(Boolean).join(word("and")),
      ];
      return make("tr", {}, ...cells.map((cell, n) => make("td", { "data-label": word(head[n]) }, cell)));
    });
    return [make("h4", {}, word("beside_parent")), make("table", { class: "cards" },
      make("thead", {}, make("tr", {}, ...head.map((name) => make("th", { scope: "col" }, word(name))))),
      make("tbody", {}, ...body)),
      rows.length > PAGE ? make("p", { class: "note" }, word("beside_more", { n: rows.length - PAGE })) : ""];
  }

  /** Return the value of a statement, which leads to its sentence; of one that is not on the page, as printed. */
  function sentenceOf(key, printed) {
    const s = byKey.get(key);
    return s ? toEvidence(key, s.stated ? s.stated[lang] : printed) : printed;
  }

  /** Return what a plan says without a number: the headline themes, each with what it does instead. */
  function silences(key) {
    const of = keys.themes.filter((theme) => data.themes[theme].is_headline && (data.silent[theme] || {})[key]);
    const said = of.map((theme) => word("silent_as", { plan: named("themes", theme), status: word(data.silent[theme][key]) }));
    return said.length ? [make("p", {}, word("without_number"), said.join(word("and")))] : [];
  }

  /** Show what the plans promise on a theme, and which of them put no number to it. */
  function showTheme(where, theme) {
    const list = commitments.filter((s) => themes(s).includes(theme));
    const rows = make("div", {});
    drawTable(rows, list, columns("plan", "promise", "value", "due", "payer", "office", "strength", "verdict"),
      { theme, kind: "commitment" });
    const silent = Object.entries(data.silent[theme] || {}).slice(0, FIRST)
      .map(([plan, status]) => word("silent_as", { plan: named("plans", plan), status: word(status) }));
    where.replaceChildren(rows, silent.length ? make("p", {}, word("without_number"), silent.join(word("and"))) : "");
  }

  function openTheme(details) {
    const rows = $(".rows", details);
    if (details.open && rows) showTheme(rows, rows.dataset.theme || details.dataset.theme);
    for (const figure of details.querySelectorAll("figure.chart")) fit(figure);
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
    const provision = provisions[s.provision];
    const plan = data.plans[s.plan];
    const indicator = data.indicators[s.indicator];
    const offices = (keys) => (keys || []).map((key) => named("agencies", key)).join(word("and"));
    const others = (keys) => keys.map((key) => {
      const other = byKey.get(key);
      return make("div", {}, other ? toEvidence(key, other.stated ? other.stated[lang] : key) : key,
        other ? chinese(" " + other.text) : "");
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
      ["composed", lang === "en" && s.sentence_en],
      ["definition", indicator.definition[lang]],
      ["theme", themes(s).map((key) => named("themes", key)).join(word("and"))],
      ["kind", word(s.kind) + word("and") + word(s.form)],
      ["comparator", word(s.comparator)],
      ["is_aspirational", s.is_aspirational && word("is_aspirational")],
      ["per", s.per && word(s.per)],
      ["recipient_zh", s.recipient && chinese(s.recipient)],
      ["due", [s.period && chinese(s.period), s.year && (s.period ? " → " : "") + s.year].filter(Boolean)],
      ["payer", s.payer && s.payer[lang]],
      ["office", s.office && office(s)],
      ["strength", s.strength !== null && word("strength_of", { n: s.strength, parts: partsOf(s) })],
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
      make("p", { class: "cite-line", lang: "zh-CN" }, plan.source.zh, plan.url ? " " : "", plan.url ? official(plan) : ""),
      make("p", { class: "path", lang: "zh-CN" }, s.path || word("outside_provisions")),
      make("blockquote", { lang: "zh-CN" }, ...passage(s.quote, s.quote_start, s)),
    ];
    if (provision && provision.text !== s.quote) {
      body.push(make("details", {}, make("summary", {}, word("whole_provision")),
        make("p", { class: "provision", lang: "zh-CN" }, ...passage(provision.text, provision.start, s))));
    }
    body.push(list, cite(plan), make("p", { class: "explain" }, word("explain"), make("code", {}, "ip-plans explain " + s.key)));
    return body;
  }

  /** Return how a plan is cited, each style with a button that copies it. */
  function cite(plan) {
    const styles = Object.entries(plan.cite).flatMap(([style, text]) => [
      make("p", { class: "cite-head" }, make("b", {}, word(style)), " ",
        make("button", { type: "button", "data-copy": true }, word("copy"))),
      make("pre", { lang: "zh-CN" }, text),
    ]);
    return make("details", { class: "cite" }, make("summary", {}, word("cite")), ...styles);
  }

  async function copy(button) {
    const text = button.parentElement.nextElementSibling;
    let isCopied = true;
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch {
      getSelection().selectAllChildren(text);
      isCopied = document.execCommand("copy");
    }
    button.textContent = word(isCopied ? "copied" : "copy");
    $("#said").textContent = word(isCopied ? "copied" : "not_copied");
  }

  function showEvidence(key) {
    const s = byKey.get(key);
    if (s) need([s], () => openEvidence(key, s));
    else openEvidence(key);
  }

  function openEvidence(key, s) {
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
  const isNarrow = window.matchMedia("(max-width: 45rem)");

  const chartsRead = new Map(); // of figures in files beside the page: what they hold, or what waits for it

  /** Return what the page itself has of a figure: all of it, or its size where it is in a file beside the page. */
  const inPage = (figure) =>
    JSON.parse(document.getElementById(`figure-${figure.dataset.figure}-${lang}`).textContent);

  /** Have a figure, and then do something with it: at once where it is there. */
  function read(figure, then) {
    const own = inPage(figure);
    if (own.chart) return then(own);
    const name = `${figure.dataset.figure}-${lang}`;
    const found = chartsRead.get(name);
    if (found && !Array.isArray(found)) return then(found);
    chartsRead.set(name, [...(found || []), then]);
    if (!found) fetchScript(`charts/${figure.dataset.figure}.${lang}.js`);
  }

  window.ipPlansChart = (name, content) => {
    const jobs = chartsRead.get(name) || [];
    chartsRead.set(name, content);
    jobs.forEach((job) => job(content));
  };

  function fit(figure, space) {
    const plot = $(".plot", figure);
    const { width, height } = plot.dataset;
    const scroll = $(".scroll", figure);
    if (!scroll.clientWidth && !space) return; // in what is closed
    const scale = Math.min(1, Math.max(space ? 0 : 0.6, (space || scroll.clientWidth) / width));
    plot.style.transform = `scale(${scale})`;
    plot.style.width = width + "px";
    scroll.style.height = Math.ceil(height * scale) + (scale * width > scroll.clientWidth + 1 ? 16 : 0) + "px";
  }

  function draw(figure) {
    if (typeof Plotly === "undefined" || figure.dataset.drawn === lang) return;
    figure.dataset.drawn = lang;
    const wanted = lang;
    read(figure, ({ chart }) => wanted === lang && show(figure, chart));
  }

  function show(figure, chart) {
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
    const own = inPage(figure);
    const { width, height } = own.chart ? own.chart.layout : own;
    const count = own.chart ? own.marks.length : own.marks;
    const plot = $(".plot", figure);
    plot.dataset.width = width;
    plot.dataset.height = height;
    plot.style.height = height + "px";
    fit(figure);
    const details = $(".behind", figure);
    details.hidden = !count;
    $("summary", details).textContent = word("behind", { n: count });
    if (isNarrow.matches && figure.closest(".theme-section")) details.open = true;
    if (own.chart || details.open) list(figure, count);
    details.ontoggle = own.chart ? null : () => details.open && list(figure, count);
  }

  /** List what a figure shows; of one in a file beside the page the first marks, and how many more there are. */
  function list(figure, count) {
    const wanted = lang;
    read(figure, ({ marks }) => wanted === lang && listMarks(figure, marks, count - marks.length));
  }

  function listMarks(figure, marks, more) {
    const items = marks.map(({ text, keys }) => {
      const said = keys.map((key) => byKey.get(key));
      const links = said.flatMap((s, index) =>
        [index ? word("and") : "", toEvidence(s.key, s.stated ? s.stated[lang] : s.key)]);
      if (said.length !== 1) return make("li", {}, text, said.length ? word("colon") : "", ...links);
      const [s] = said;
      const name = s.per === "year" ? named("indicators", s.indicator) : data.indicators[s.indicator].told[lang];
      const names = [named("plans", s.plan), name].join(word("dot"));
      return make("li", {}, names + word("colon"), ...links, " ", verdict(s.verdict));
    });
    $(".marks", figure).replaceChildren(make("ul", {}, ...items),
      more ? make("p", { class: "note" }, word("marks_more", { n: more })) : "");
  }

  /** Save a figure as the picture that the page shows, or what it shows as a table. */
  function save(figure, kind) {
    read(figure, (content) => saveAs(figure, kind, content));
  }

  async function saveAs(figure, kind, { chart, table }) {
    const name = [figure.dataset.figure, lang, data.release].join("-");
    if (kind !== "csv") {
      const { width, height } = chart.layout;
      await Plotly.downloadImage(chart, { format: kind, width, height, scale: 2, filename: name });
      return;
    }
    if (!table) {
      make("a", { download: name + ".csv", href: `../figures/${figure.dataset.figure}.${lang}.csv` }).click();
      return;
    }
    const cell = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
    const lines = [table.columns, ...table.rows].map((line) => line.map((value) => cell(String(value ?? ""))).join(","));
    const link = make("a", { download: name + ".csv" });
    // With the mark by which Excel knows UTF-8.
    link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
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
    drawPlaces();
    if (!$("#profile").hidden) showPlace(placeInAddress());
    for (const count of document.querySelectorAll("[data-count]")) {
      count.textContent = String(countOf.get(count.dataset.count) || 0);
    }
    document.querySelectorAll("main details[open]").forEach(openTheme);
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
    if (params.has("place")) return goPlace(params.get("place"));
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") target.open = true;
    if (!NAMES.some((name) => params.has(name))) return;
    // Back from the evidence nothing has changed, and the reader stays where they were.
    if (NAMES.every((name) => (filters[name] || "") === (params.get(name) || "").replace(/^all$/, ""))) return;
    setFilters(params);
    if (event) $("#measures-title").focus({ preventScroll: true });
    $("#measures").scrollIntoView();
  }

  function goPlace(key) {
    showPlace(key);
    if ($("#profile").hidden) return;
    $("#profile-title").focus({ preventScroll: true });
    $("#profile").scrollIntoView();
  }

  document.addEventListener("click", (event) => {
    const anchor = event.target.closest && event.target.closest('a[href^="#m="]');
    if (anchor && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      go(new URLSearchParams(anchor.hash.slice(1)).get("m"));
    }
    const filter = event.target.closest && event.target.closest('a[href^="#"][href*="="]');
    if (filter && filter !== anchor && filter.hash === location.hash) $("#measures").scrollIntoView();
    const button = event.target.closest && event.target.closest("button");
    if (button && button.dataset.lang && button.dataset.lang !== lang) {
      setLanguage(button.dataset.lang);
      rememberLanguage();
    }
    if (button && button.dataset.save) save(button.closest("figure"), button.dataset.save);
    if (button && "copy" in button.dataset) copy(button);
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches("main details")) openTheme(event.target);
  }, true);
  $("#main").addEventListener("click", (event) => {
    const line = event.target.closest("tr[data-key]");
    if (line && !event.target.closest("a") && !String(getSelection())) go(line.dataset.key);
  });
  $("#filters").addEventListener("input", filtersChanged);
  $("#filters").addEventListener("submit", (event) => event.preventDefault());
  $("#filters").addEventListener("reset", () => setTimeout(filtersChanged));
  $("#more").addEventListener("click", () => {
    const first = drawn;
    drawRows(PAGE, () => {
      const next = $("#statements tbody").rows[first];
      if (next) $("a", next).focus();
    });
  });
  $("#more-places").addEventListener("click", () => {
    placesShown += PAGE;
    drawPlaces();
  });
  window.addEventListener("popstate", route);
  window.addEventListener("resize", () => charts.forEach((figure) => fit(figure)));
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("main details:not(.behind, .cite)")) details.open = true;
    drawRows(shown.length);
    for (const figure of charts) {
      draw(figure);
      fit(figure, 680); // the width of A4 between its margins, in CSS pixels
    }
  });
  window.addEventListener("afterprint", () => charts.forEach((figure) => fit(figure)));

  data.parts.forEach((part, number) => take(number, part));
  $("#partly").hidden = !isSplit;
  $("#no-plotly").hidden = typeof Plotly !== "undefined";
  if (typeof Plotly === "undefined") document.body.classList.add("no-plotly");
  const wanted = new URLSearchParams(location.search).get("lang") || data.lang || navigator.language || "zh";
  filters.kind = "commitment";
  setLanguage(wanted.startsWith("zh") ? "zh" : "en");
  route();
})();
