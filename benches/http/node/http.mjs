import { createServer } from "node:http";
import { address } from "./address.mjs";

createServer(async (req, res) => {
  if (req.method === "POST" && req.url === "/products") {
    const chunks = [];
    for await (const chunk of req) chunks.push(chunk);
    json(res, JSON.parse(Buffer.concat(chunks)));
  } else if (req.url === "/") {
    send(res, "text/plain; charset=utf-8", "Hello, world!");
  } else if (req.url === "/json") {
    json(res, { message: "Hello, world!" });
  } else if (req.url.startsWith("/products/")) {
    const id = Number(req.url.slice("/products/".length));
    json(res, { id, name: `product ${id}` });
  } else {
    res.writeHead(404).end();
  }
}).listen(address);

function json(res, value) {
  send(res, "application/json", JSON.stringify(value));
}

function send(res, type, body) {
  res.writeHead(200, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) });
  res.end(body);
}
