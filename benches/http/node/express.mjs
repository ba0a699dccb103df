import express from "express";
import { address } from "./address.mjs";

const app = express();

app.get("/", (req, res) => {
  res.type("text").send("Hello, world!");
});

app.get("/json", (req, res) => {
  res.json({ message: "Hello, world!" });
});

app.get("/products/:id", (req, res) => {
  const id = Number(req.params.id);
  res.json({ id, name: `product ${id}` });
});

app.post("/products", express.json(), (req, res) => {
  res.json(req.body);
});

app.listen(address.port, address.host);
