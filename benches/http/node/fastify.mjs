import { fastify } from "fastify";
import { address } from "./address.mjs";

const app = fastify();

app.get("/", async () => "Hello, world!");

app.get("/json", async () => ({ message: "Hello, world!" }));

app.get("/products/:id", async (request) => {
  const id = Number(request.params.id);
  return { id, name: `product ${id}` };
});

app.post("/products", async (request) => request.body);

await app.listen(address);
