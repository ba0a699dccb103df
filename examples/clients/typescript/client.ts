// A client of the example `library`. `library.d.ts` is generated: `npx openapi-typescript library.json -o library.d.ts`.
// It calls every operation and checks the responses; the first argument is the URL of the server.

import createClient from "openapi-fetch";
import type { components, paths } from "./library.js";

type Book = components["schemas"]["Book"];

declare const process: { argv: string[] };

const client = createClient<paths>({ baseUrl: process.argv[2] ?? "http://127.0.0.1:3000" });
const staff = { headers: { authorization: "Bearer let-me-in" } };

function expect(actual: unknown, expected: unknown, what: string): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
  }
}

// Only the title is required: fields with a serde default are optional in a request.
const added = await client.POST("/staff/books", { body: { title: "Emma", year: 1815, tags: ["irony"] }, ...staff });
expect(added.response.status, 201, "add");
const book: Book = added.data!;
expect(book.genre, "novel", "genre");
const path = { id: book.id };

const denied = await client.POST("/staff/books", { body: { title: "Emma" } });
expect(denied.response.status, 401, "add without a key");
expect(denied.error!.error.startsWith("401"), true, "the error is typed");

const changed = await client.PATCH("/staff/books/{id}", { params: { path }, body: { year: 1816 }, ...staff });
expect(changed.data!.year, 1816, "change");
const count = await client.GET("/staff/count", staff);
expect(count.data! >= 1, true, "count");

const books = await client.GET("/books", {
  params: { query: { page: 1, order: "title", tag: ["irony"], genre: "novel", since: 1800 } },
});
expect(books.data!.some((it) => it.id === book.id), true, "books");
const found = await client.GET("/books/{id}", { params: { path } });
expect(found.data!.title, "Emma", "book");
const missing = await client.GET("/books/{id}", { params: { path: { id: 4_000_000_000 } } });
expect(missing.response.status, 404, "no such book");

const lent = await client.POST("/books/{id}/loan", { params: { path } });
expect(lent.data!.is_lent, true, "lend");
const again = await client.POST("/books/{id}/loan", { params: { path } });
expect(again.response.status, 409, "lend again");
const back = await client.DELETE("/books/{id}/loan", { params: { path } });
expect(back.response.status, 204, "give back");

const bodySerializer = (body: unknown) => body as BodyInit;
const image = new Uint8Array([1, 2, 3]);
const headers = { "content-type": "application/octet-stream" };
const stored = await client.PUT("/covers/{id}", { params: { path }, body: image as never, bodySerializer, headers });
expect(stored.response.status, 204, "set cover");
const cover = await client.GET("/covers/{id}", { params: { path }, parseAs: "arrayBuffer" });
expect([...new Uint8Array(cover.data as ArrayBuffer)], [1, 2, 3], "cover");

const name = { path: { name: "for ada/1" } };
const text = { "content-type": "text/plain" };
const written = await client.PUT("/notes/{name}", { params: name, body: "Return Emma", bodySerializer, headers: text });
expect(written.response.status, 204, "write note");
const note = await client.GET("/notes/{name}", { params: name, parseAs: "text" });
expect(note.data, "Return Emma", "note");

const subscribed = await client.POST("/newsletter", {
  body: { email: "ada@library.example", weekly: true },
  bodySerializer: (body) => new URLSearchParams(Object.entries(body).map(([key, value]) => [key, String(value)])),
  headers: { "content-type": "application/x-www-form-urlencoded" },
});
expect(subscribed.data!.weekly, true, "subscribe");
const about = await client.GET("/about", { parseAs: "text" });
expect(about.data, "<h1>The library</h1>", "about");

const removed = await client.DELETE("/staff/books/{id}", { params: { path }, ...staff });
expect(removed.response.status, 204, "remove");
console.log("every operation works");
