// Reads responses with undici, which is Node's `fetch`: each line of the input is METHOD PATH, and each line of the output is the response as JSON.

import { createInterface } from "node:readline";

const [, , origin] = process.argv;

async function read(method, path) {
  const response = await fetch(origin + path, { method, redirect: "manual" });
  // The promise rejects if the body is truncated.
  const body = await response.text().catch(() => null);
  return { status: response.status, headers: [...response.headers], body };
}

for await (const line of createInterface({ input: process.stdin })) {
  const [method, path] = line.split(" ");
  console.log(JSON.stringify(await read(method, path)));
}
