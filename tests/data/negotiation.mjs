// Records the choices of Express's `accepts`: npm install accepts@2 && node negotiation.mjs > negotiation.json
import accepts from "accepts";

const offers = [
  ["text/html", "application/json"],
  ["application/json", "text/html"],
  ["text/html;level=1", "text/html", "text/plain"],
  ["image/png"],
  ["application/vnd.api+json", "application/json;charset=utf-8"],
];
const headers = [
  null, "", " ", ",", "*/*", "text/html", "TEXT/HTML", "text/*", "application/*", "image/*",
  "text/html, application/json", "application/json, text/html",
  "text/html;q=0.5, application/json", "text/html, application/json;q=0.5",
  "text/html;q=0.5, application/json;q=0.5", "application/json;q=0.5, text/html;q=0.5",
  "text/*, application/json", "*/*, text/html", "*/*, application/json;q=0.9",
  "text/html;q=0, */*", "text/*;q=0, text/html", "*/*;q=0", "text/html;q=0",
  "text/html;q=0.001", "text/html;q=1.000, application/json;q=0.999",
  "text/html;level=1", "text/html;level=2", "text/html;level=1;q=0.4, text/html;q=0.7, text/html;level=2",
  "text/html;LEVEL=1", "text/html; level=1 ; q=0.8", "text/html;level=\"1\"",
  "application/json;charset=utf-8", "application/json; charset=UTF-8", "application/vnd.api+json",
  "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/png,*/*;q=0.8",
  "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "application/json, text/plain, */*",
  "text/html;q=x", "text/html;q=", "text/html;q=2, application/json", "text/html;q=-1, application/json",
  "text/html;q=.5, application/json;q=0.6", "text/html;q=0.5555, application/json;q=0.5554",
  "nonsense", "text", "*/html", "text/html/x", "text/html;q=0.5;ext=1, application/json;q=0.4",
  "text/html;a=\"x,y\", application/json;q=0.2", ", text/html ,", "text/html;;q=0.5, application/json;q=0.6",
  "image/png;q=0.3, image/*;q=0.1, */*;q=0.2",
];
const rows = [];
for (const accept of headers) {
  for (const types of offers) {
    const request = { headers: accept === null ? {} : { accept } };
    rows.push(JSON.stringify({ accept, types, express: accepts(request).types(types) || null }));
  }
}
console.log("[\n" + rows.join(",\n") + "\n]");
