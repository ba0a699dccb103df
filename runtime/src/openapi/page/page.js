"use strict";

// The page of an API: its routes, requests to them, and the events of the server. It reads `openapi.json` and `live`,
// and loads nothing else. All text is set as text, never as HTML.

const base = document.body.dataset.base;
const byId = (id) => document.getElementById(id);
const keys = new Map();
let api = { paths: {} };
let shown = "";
let selected = null;

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

// ---- the document

async function load() {
  const response = await fetch(`${base}/openapi.json`, { cache: "no-store" });
  const text = await response.text();
  if (text === shown) return;
  shown = text;
  api = JSON.parse(text);
  document.title = api.info.title;
  document.querySelector("h1").textContent = api.info.title;
  byId("version").textContent = api.info.version;
  byId("description").textContent = api.info.description ?? "";
  showSchemes(api.components?.securitySchemes ?? {});
  showRoutes();
}

function resolve(schema) {
  let seen = 0;
  while (schema?.$ref && seen++ < 20) {
    const names = schema.$ref.slice(2).split("/");
    schema = names.reduce((value, name) => value?.[decodeURIComponent(name)], api);
  }
  return schema ?? {};
}

const METHODS = ["get", "head", "post", "put", "patch", "delete", "options", "trace"];

function operations() {
  const all = [];
  for (const [path, item] of Object.entries(api.paths)) {
    for (const method of METHODS) {
      if (item[method]) all.push({ path, method: method.toUpperCase(), ...item[method] });
    }
  }
  return all;
}

function showRoutes() {
  const open = new Set([...document.querySelectorAll(".route[open]")].map((it) => it.id));
  const groups = new Map((api.tags ?? []).map((tag) => [tag.name, { docs: tag.description, all: [] }]));
  for (const operation of operations()) {
    const tag = operation.tags?.[0] ?? "";
    if (!groups.has(tag)) groups.set(tag, { docs: "", all: [] });
    groups.get(tag).all.push(operation);
  }
  const list = element("div");
  for (const [name, group] of groups) {
    if (!group.all.length) continue;
    const section = element("section", { className: "group" }, element("h2", {}, name));
    if (group.docs) section.append(element("p", { className: "docs" }, group.docs));
    for (const operation of group.all) section.append(route(operation, open));
    list.append(section);
  }
  byId("list").replaceChildren(list);
  filter();
}

function route(operation, open) {
  const { method, path, summary } = operation;
  const line = element("summary", {},
    element("span", { className: `method ${method}` }, method),
    element("span", { className: operation.security?.length ? "path lock" : "path" }, path),
    summary === `${method} ${path}` ? null : element("span", { className: "summary" }, summary));
  const details = element("details", { className: "route", id: `route-${operation.operationId}` }, line);
  details.dataset.text = `${method} ${path} ${summary} ${operation.operationId}`.toLowerCase();
  // The details are built when they are opened for the first time, so that a long list loads fast.
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) details.append(inside(operation));
  });
  details.open = open.has(details.id);
  return details;
}

function inside(operation) {
  const box = element("div", { className: "inside" });
  if (operation.description) box.append(element("p", { className: "docs" }, operation.description));
  const form = element("form", { noValidate: true });
  const inputs = parameters(operation, form);
  const body = bodyField(operation, form);
  const stop = element("button", { type: "button", hidden: true }, "Stop");
  form.append(element("div", { className: "row" }, element("button", { className: "send" }, "Send"), stop));
  const output = element("div", { className: "output", "aria-live": "polite" });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(operation, inputs, body, output, stop);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  box.append(form, output, responses(operation));
  return box;
}

function parameters(operation, form) {
  const all = operation.parameters ?? [];
  if (!all.length) return [];
  const fields = element("div", { className: "fields" });
  const inputs = all.map((parameter) => {
    const schema = resolve(parameter.schema);
    const id = `${operation.operationId}-${parameter.in}-${parameter.name}`;
    const options = schema.enum ?? schema.oneOf?.map((it) => it.const);
    const hint = schema.default !== undefined ? `${schema.default}` : kind(parameter.schema);
    const input = options?.every((it) => it !== undefined)
      ? element("select", { id }, element("option", { value: "" }, parameter.required ? "" : `(${hint})`),
          ...options.map((it) => element("option", {}, String(it))))
      : element("input", { id, placeholder: hint, className: "value", spellcheck: false });
    const label = element("label", { htmlFor: id, className: parameter.required ? "required" : "", title: parameter.description ?? "" },
      parameter.in === "path" ? `{${parameter.name}}` : `?${parameter.name}`);
    fields.append(label, input);
    return { parameter, input, isArray: schema.type === "array" };
  });
  form.append(element("h3", {}, "Parameters"), fields);
  return inputs;
}

function bodyField(operation, form) {
  const content = operation.requestBody?.content;
  if (!content) return null;
  const [type, media] = Object.entries(content)[0];
  const value = sample(media.schema, 0);
  const text = type.includes("json") ? JSON.stringify(value ?? {}, null, 2)
    : type.includes("urlencoded") ? new URLSearchParams(value ?? {}).toString() : "";
  const id = `${operation.operationId}-body`;
  const area = element("textarea", { id, value: text, spellcheck: false });
  form.append(element("h3", {}, element("label", { htmlFor: id }, `Body · ${type} · ${kind(media.schema)}`)), area);
  return { area, type };
}

function responses(operation) {
  const rows = Object.entries(operation.responses).map(([status, response]) => {
    const content = Object.entries(response.content ?? {});
    const types = content.map(([type, media]) => `${type.split(";")[0]} ${kind(media.schema)}`).join(", ");
    return element("tr", {}, element("td", { className: `s${status[0]}` }, status),
      element("td", {}, response.description), element("td", { className: "value" }, types));
  });
  return element("div", {}, element("h3", {}, "Responses"), element("table", {}, element("tbody", {}, ...rows)));
}

/** Returns a short name for a schema. */
function kind(schema) {
  if (!schema || schema === true) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.type === "array") return `[${kind(schema.items)}]`;
  const either = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (either) return either.map(kind).join(" | ");
  return [schema.type].flat().join(" | ") + (schema.format ? ` ${schema.format}` : "");
}

/** Returns an example of a value that a schema allows. */
function sample(schema, depth) {
  schema = resolve(schema);
  if (depth > 6) return null;
  if (schema.examples?.length) return schema.examples[0];
  for (const key of ["default", "const"]) if (schema[key] !== undefined) return schema[key];
  if (schema.enum) return schema.enum[0];
  const either = (schema.anyOf ?? schema.oneOf)?.find((it) => it.type !== "null");
  if (either) return sample(either, depth + 1);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((it) => sample(it, depth + 1)));
  const type = [schema.type].flat().find((it) => it !== "null");
  if (type === "object" || schema.properties) {
    const properties = Object.entries(schema.properties ?? {});
    return Object.fromEntries(properties.map(([name, it]) => [name, sample(it, depth + 1)]));
  }
  if (type === "array") return schema.prefixItems?.map((it) => sample(it, depth + 1)) ?? [];
  if (type === "integer" || type === "number") return Math.max(schema.minimum > 0 ? schema.minimum : 0, 0);
  if (type === "boolean") return false;
  return type === "string" ? "" : null;
}

// ---- requests

async function send(operation, inputs, body, output, stop) {
  let path = operation.path;
  const query = new URLSearchParams();
  for (const { parameter, input, isArray } of inputs) {
    if (parameter.in === "path") {
      path = path.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    } else if (input.value !== "") {
      const values = isArray ? input.value.split(",") : [input.value];
      values.forEach((value) => query.append(parameter.name, value.trim()));
    }
  }
  const headers = {};
  authorize(operation, headers, query);
  if (body && body.area.value !== "") headers["content-type"] = body.type === "*/*" ? "application/octet-stream" : body.type;
  const server = api.servers?.[0]?.url ?? "/";
  const url = server.replace(/\/$/, "") + path + (query.size ? `?${query}` : "");
  const abort = new AbortController();
  stop.hidden = false;
  stop.onclick = () => abort.abort();
  const start = performance.now();
  try {
    const response = await fetch(url, {
      method: operation.method, headers, signal: abort.signal,
      body: body && body.area.value !== "" ? body.area.value : undefined,
    });
    const text = await read(response, abort);
    show(output, operation.method, url, response, text, performance.now() - start);
  } catch (error) {
    output.replaceChildren(element("pre", { className: "error" }, `${operation.method} ${url}\n${error.message}`));
  }
  stop.hidden = true;
}

/** Reads about 1 MiB at most, because a response may be endless. */
async function read(response, abort) {
  const type = response.headers.get("content-type") ?? "";
  const isText = /text|json|xml|javascript|urlencoded/.test(type);
  if (!response.body) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for (const reader = response.body.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.length;
      if (isText) text += decoder.decode(value, { stream: true });
      if (bytes > 1 << 20) { abort.abort(); break; }
    }
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
  return isText ? text : bytes ? `${bytes} bytes` : "";
}

function show(output, method, url, response, text, duration) {
  let pretty = text;
  try { pretty = JSON.stringify(JSON.parse(text), null, 2); } catch { /* It is not JSON. */ }
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
  output.replaceChildren(
    element("p", {}, element("strong", { className: `status s${String(response.status)[0]}` }, `${response.status} ${response.statusText}`),
      ` · ${duration.toFixed(1)} ms · ${method} ${url}`),
    element("pre", { className: "body" }, pretty || "(no body)"),
    element("details", {}, element("summary", {}, "Headers"), element("pre", {}, headers)));
}

function showSchemes(schemes) {
  const names = Object.keys(schemes);
  byId("keys-of-api").hidden = !names.length;
  byId("schemes").replaceChildren(...names.map((name) => {
    const scheme = schemes[name];
    const id = `scheme-${name}`;
    const input = element("input", { id, type: "password", autocomplete: "off", value: keys.get(name) ?? "",
      placeholder: scheme.scheme === "basic" ? "name:password" : "" });
    input.addEventListener("input", () => keys.set(name, input.value));
    const hint = scheme.description ?? [scheme.scheme ?? scheme.in, scheme.name].filter(Boolean).join(" ");
    return element("p", {}, element("label", { htmlFor: id }, `${name} (${hint}) `), input);
  }));
}

function authorize(operation, headers, query) {
  const alternatives = operation.security ?? [];
  const filled = alternatives.find((needs) => Object.keys(needs).every((name) => keys.get(name)));
  for (const name of Object.keys(filled ?? {})) {
    const scheme = api.components.securitySchemes[name];
    const key = keys.get(name);
    if (scheme.scheme === "basic") headers.authorization = `Basic ${btoa(key)}`;
    else if (scheme.in === "header") headers[scheme.name] = key;
    else if (scheme.in === "query") query.append(scheme.name, key);
    else if (scheme.in !== "cookie") headers.authorization = `Bearer ${key}`;
  }
}

// ---- the list: filter and keys

function filter() {
  const words = byId("filter").value.toLowerCase().split(/\s+/);
  let count = 0;
  for (const group of document.querySelectorAll(".group")) {
    let visible = 0;
    for (const route of group.querySelectorAll(".route")) {
      route.hidden = !words.every((word) => route.dataset.text.includes(word));
      visible += route.hidden ? 0 : 1;
    }
    group.hidden = visible === 0;
    count += visible;
  }
  byId("count").textContent = `${count} routes`;
}

function move(step) {
  const all = [...document.querySelectorAll(".route:not([hidden])")];
  const at = all.indexOf(selected);
  selected = all[Math.min(Math.max(at + step, 0), all.length - 1)] ?? null;
  selected?.querySelector("summary").focus();
}

byId("filter").addEventListener("input", filter);
document.addEventListener("focusin", (event) => {
  selected = event.target.closest?.(".route") ?? selected;
});
document.addEventListener("keydown", (event) => {
  const isTyping = /INPUT|TEXTAREA|SELECT/.test(event.target.tagName);
  if (event.key === "Escape" && isTyping) {
    event.target.blur();
    selected?.querySelector("summary").focus();
  }
  if (isTyping && event.target.id === "filter" && event.key === "ArrowDown") move(1);
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") { event.preventDefault(); byId("filter").focus(); }
  if (event.key === "j") move(1);
  if (event.key === "k") move(-1);
});

// ---- live

const totals = { connections: 0, requests: 0, errors: 0 };

function add(kindOfEvent, ...parts) {
  totals[`${kindOfEvent}s`] += 1;
  byId("totals").textContent = `${totals.requests} requests · ${totals.connections} connections · ${totals.errors} errors`;
  if (byId("pause").checked) return;
  const time = new Date().toLocaleTimeString("en-GB");
  const events = byId("events");
  events.prepend(element("li", { className: `${kindOfEvent} new` }, element("time", {}, time), ...parts));
  while (events.children.length > 300) events.lastChild.remove();
}

/** Returns whether a request belongs to this page; such requests are not shown. */
const isOwn = (url) => url === base || url.startsWith(`${base}/`) || url.startsWith(`${base}?`);

function listen() {
  const live = new EventSource(`${base}/live`);
  live.addEventListener("open", () => {
    byId("state").textContent = "connected";
    // After a restart of the server, its routes may differ.
    load().catch(() => {});
  });
  live.addEventListener("error", () => { byId("state").textContent = "reconnecting"; });
  live.addEventListener("connection", (event) => {
    add("connection", element("span", { className: "what" }, `connection from ${JSON.parse(event.data).from}`));
  });
  live.addEventListener("request", (event) => {
    const it = JSON.parse(event.data);
    if (isOwn(it.url)) return;
    const status = it.status ?? "–";
    add("request", element("span", { className: `method ${it.method}` }, it.method),
      element("span", { className: "what", title: it.route ?? "no route" }, it.url, it.cause ? element("div", { className: "error" }, it.cause) : null),
      element("span", { className: `s${String(status)[0]}`, title: it.outcome }, it.outcome === "Complete" ? String(status) : `${status} ${it.outcome}`),
      element("span", { className: "ms" }, `${it.ms.toFixed(1)} ms`));
  });
  live.addEventListener("failure", (event) => {
    add("error", element("span", { className: "what" }, JSON.parse(event.data).text));
  });
}

byId("clear").addEventListener("click", () => byId("events").replaceChildren());
load().catch((error) => { byId("list").textContent = error.message; });
listen();
