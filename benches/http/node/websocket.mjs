import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { address } from "./address.mjs";

const server = createServer();
const sockets = new WebSocketServer({ server, path: "/echo" });
sockets.on("connection", (socket) => {
  socket.on("message", (data, binary) => socket.send(data, { binary }));
});
server.listen(address);
