// Records the headers of Express's `cors`: npm install express@5 cors@2 && node cors.mjs > cors.json
import express from "express";
import cors from "cors";
import http from "node:http";

const A = "https://a.example", B = "https://b.example";
const configs = {
  any: { origin: "*" },
  one: { origin: A },
  list: { origin: [A, B] },
  credentials: { origin: [A], credentials: true },
  options: { origin: [A], methods: ["GET", "PUT"], allowedHeaders: ["x-a", "x-b"], exposedHeaders: ["x-total", "x-page"], maxAge: 600 },
};
const requests = [
  ["GET", "/", {}],
  ["GET", "/", { origin: A }],
  ["GET", "/", { origin: B }],
  ["GET", "/", { origin: "https://evil.example" }],
  ["GET", "/", { origin: "null" }],
  ["GET", "/", { origin: A + ".evil.example" }],
  ["GET", "/", { origin: "HTTPS://A.EXAMPLE" }],
  ["GET", "/missing", { origin: A }],
  ["POST", "/", { origin: A }],
  ["OPTIONS", "/", {}],
  ["OPTIONS", "/", { origin: A }],
  ["OPTIONS", "/", { origin: A, "access-control-request-method": "PUT" }],
  ["OPTIONS", "/", { origin: B, "access-control-request-method": "PUT" }],
  ["OPTIONS", "/", { origin: "https://evil.example", "access-control-request-method": "PUT" }],
  ["OPTIONS", "/", { origin: A, "access-control-request-method": "PUT", "access-control-request-headers": "x-a,content-type" }],
  ["OPTIONS", "/missing", { origin: A, "access-control-request-method": "GET" }],
  ["OPTIONS", "/", { "access-control-request-method": "PUT" }],
];
const seen = ["vary", "access-control-allow-origin", "access-control-allow-credentials", "access-control-allow-methods",
  "access-control-allow-headers", "access-control-expose-headers", "access-control-max-age"];
const rows = [];
for (const [config, options] of Object.entries(configs)) {
  const app = express();
  app.use(cors(options));
  app.get("/", (req, res) => res.send("read"));
  app.put("/", (req, res) => res.send("written"));
  const server = app.listen(0, "127.0.0.1");
  await new Promise((done) => server.on("listening", done));
  for (const [method, path, headers] of requests) {
    const res = await new Promise((done) => {
      const req = http.request({ port: server.address().port, method, path, headers, agent: false }, done);
      req.end();
    });
    res.resume();
    const express = { status: res.statusCode };
    for (const name of seen) if (res.headers[name] !== undefined) express[name] = res.headers[name];
    rows.push(JSON.stringify({ config, method, path, headers, express }));
  }
  server.close();
}
console.log("[\n" + rows.join(",\n") + "\n]");
process.exit(0);
