// Keeps the products on a page up to date while the page is open. The list also gets new products and loses deleted ones.

const list = document.querySelector("[data-source]");
const state = document.getElementById("live");
const shown = id => document.querySelectorAll(`[data-product="${id}"]`);

// Uses the same words as `catalog.rs`.
function stock(product) {
  if (product.stock === undefined) return "made to order";
  return product.stock === 0 ? "sold out" : `${product.stock} left`;
}

function fill(element, product) {
  const set = (selector, text) => {
    const target = element.querySelector(selector);
    if (target && target.textContent !== text) target.textContent = text;
  };
  set("[data-name]", product.name);
  set("[data-price]", (product.price_cents / 100).toFixed(2));
  set("[data-stock]", stock(product));
  const button = element.querySelector("[data-buy]");
  if (button) button.disabled = product.stock === 0;
  const frame = element.querySelector(".picture");
  if (frame && product.picture && frame.firstElementChild?.getAttribute("src") !== product.picture) {
    const image = document.createElement("img");
    image.src = product.picture;
    image.alt = "";
    frame.replaceChildren(image);
  }
}

// Creates a card for a product that was not on the page when the page was loaded.
function card(product) {
  const item = document.getElementById("card").content.firstElementChild.cloneNode(true);
  item.dataset.product = product.id;
  item.querySelector("[data-name]").href = `/items/${product.id}`;
  item.querySelector("form").action = `/cart/${product.id}`;
  fill(item, product);
  return item;
}

function saved(product) {
  const elements = shown(product.id);
  for (const element of elements) fill(element, product);
  // Whether and where a product belongs in the list depends on the search and the page number.
  if (list && elements.length === 0) loadSoon();
}

function deleted(id) {
  for (const element of shown(id)) {
    if (list) {
      element.remove();
    } else {
      element.querySelector("[data-stock]").textContent = "no longer available";
      element.querySelector("[data-buy]")?.setAttribute("disabled", "");
    }
  }
}

let waiting;              // changes that arrive while the products are being loaded, because the loaded products may be older
let isCurrent = false;    // whether the page has the products of the current connection

function change(apply) {
  waiting ? waiting.push(apply) : apply();
}

async function load() {
  const changes = waiting = [];
  try {
    await (list ? loadList() : loadShown());
    isCurrent = true;
  } catch {
    // Loading failed, usually because the server cannot be reached. The next connection loads the products again.
    isCurrent = false;
  }
  // A later call loads newer products, which include the changes so far.
  if (waiting !== changes) return;
  waiting = undefined;
  for (const apply of changes) apply();
}

async function loadList() {
  const response = await fetch(list.dataset.source);
  if (!response.ok) throw new Error(response.status);
  const known = new Map([...list.children].map(item => [item.dataset.product, item]));
  const items = (await response.json()).map(product => {
    const item = known.get(String(product.id));
    if (!item) return card(product);
    fill(item, product);
    return item;
  });
  const isSame = items.length === list.children.length && items.every((item, index) => item === list.children[index]);
  if (isSame) return;
  const focused = document.activeElement;
  list.replaceChildren(...items);
  focused.focus();
}

async function loadShown() {
  const ids = new Set([...document.querySelectorAll("[data-product]")].map(it => it.dataset.product));
  for (const id of ids) {
    const response = await fetch(`/products/${id}`);
    if (response.status === 404) {
      deleted(id);
    } else {
      if (!response.ok) throw new Error(response.status);
      saved(await response.json());
    }
  }
}

// Delays a load, so that many windows do not load at the same moment, and many new products cause one load.
let planned;

function loadSoon() {
  planned ??= setTimeout(() => {
    planned = undefined;
    load();
  }, Math.random() * 300);
}

function follow() {
  const events = new EventSource("/live");
  const on = (name, apply) => events.addEventListener(name, event => change(() => apply(JSON.parse(event.data))));
  on("Saved", saved);
  on("Deleted", deleted);
  // Something was missed, for instance because the server was restarted.
  events.addEventListener("gap", load);
  events.addEventListener("open", () => {
    state.textContent = "Live.";
    // The page may be older than the first connection.
    if (!isCurrent) load();
  });
  events.addEventListener("error", () => {
    state.textContent = "Reconnecting …";
    // The browser reconnects automatically, but not after an error response, such as that of a proxy.
    // A new object does not know the last event, so the products are loaded again.
    if (events.readyState === EventSource.CLOSED) {
      isCurrent = false;
      setTimeout(follow, 1000 + Math.random() * 1000);
    }
  });
}

if (document.querySelector("[data-product], [data-source]")) follow();
