import { createServer } from "node:http2";
import { address } from "./address.mjs";

createServer((req, res) => {
  const body = "Hello, world!";
  const type = "text/plain; charset=utf-8";
  const length = Buffer.byteLength(body);
  res.writeHead(req.url === "/" ? 200 : 404, { "content-type": type, "content-length": length });
  res.end(body);
}).listen(address);
