// Reads responses with undici, which is Node's `fetch`: METHOD PATH on each line in, what was read as JSON on each line out.

import { createInterface } from "node:readline";

const [, , origin] = process.argv;

async function read(method, path) {
  const response = await fetch(origin + path, { method, redirect: "manual" });
  // A body that ended before its end rejects.
  const body = await response.text().catch(() => null);
  return { status: response.status, headers: [...response.headers], body };
}

for await (const line of createInterface({ input: process.stdin })) {
  const [method, path] = line.split(" ");
  console.log(JSON.stringify(await read(method, path)));
}
