// Each line below a `@ts-expect-error` is a type error: tsc reports the comment if the line has no error. This file is
// never run.

import createClient from "openapi-fetch";
import type { components, paths } from "./library.js";

const client = createClient<paths>();

export async function mistakes(): Promise<void> {
  // A path that does not exist.
  // @ts-expect-error
  await client.GET("/bookz");

  // A method that the path does not have.
  // @ts-expect-error
  await client.PUT("/books/{id}", { params: { path: { id: 7 } } });

  // A parameter of the path with another type.
  // @ts-expect-error
  await client.GET("/books/{id}", { params: { path: { id: "seven" } } });

  // A parameter of the path that is missing.
  // @ts-expect-error
  await client.GET("/books/{id}", { params: { path: {} } });

  // A parameter of the query with another type.
  // @ts-expect-error
  await client.GET("/books", { params: { query: { page: "two" } } });

  // A parameter of the query that does not exist.
  // @ts-expect-error
  await client.GET("/books", { params: { query: { pages: 2 } } });

  // A value that the enum does not have.
  // @ts-expect-error
  await client.GET("/books", { params: { query: { order: "price" } } });

  // A field of the body with another type.
  // @ts-expect-error
  await client.POST("/staff/books", { body: { title: 7 } });

  // A required field of the body that is missing.
  // @ts-expect-error
  await client.POST("/staff/books", { body: { year: 1815 } });

  // A field of the body that does not exist.
  // @ts-expect-error
  const book: components["schemas"]["BookInput"] = { title: "Emma", pages: 400 };
  await client.POST("/staff/books", { body: book });

  const { data, error } = await client.GET("/books/{id}", { params: { path: { id: 7 } } });
  if (data) {
    // A field of the reply that does not exist.
    // @ts-expect-error
    console.log(data.pages);
    // A field of the reply with another type.
    // @ts-expect-error
    const title: number = data.title;
    console.log(title);
  }
  // A field of the error that does not exist.
  // @ts-expect-error
  console.log(error?.message);
}
