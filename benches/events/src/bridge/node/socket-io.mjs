// Sends or receives events with Socket.IO's adapter for Redis Streams: `node socket-io.mjs ROLE URL EVENTS`.
// The server has no clients, so what remains is the work of the adapter.

import { createAdapter } from "@socket.io/redis-streams-adapter";
import { createClient } from "redis";
import { Server } from "socket.io";

/** How many events are sent before they are confirmed. */
const BATCH = 256;
/** The type of a broadcast among the adapter's messages. */
const BROADCAST = 3;

const [role, url, count] = process.argv.slice(2);
const events = Number(count);
const client = createClient({ url });
await client.connect();
// A receiver that is slower than the sender must not lose events.
const io = new Server({ adapter: createAdapter(client, { maxLen: 2_000_000 }) });

const sale = number => ({ number, product: "a pair of shoes", price: 59.9 });

function meter() {
  console.log("ready");
  const before = process.cpuUsage();
  return count => {
    if ([events / 10, events / 2, events].includes(count)) console.log("memory", process.memoryUsage().rss);
    if (count === events) {
      const { user, system } = process.cpuUsage(before);
      console.log("busy", user + system);
    }
  };
}

async function send() {
  const measure = meter();
  for (let number = 0; number < events; number++) {
    io.emit("sold", sale(number));
    // Redis responds to the commands of a connection in their order, so the response to `PING` confirms the events
    // before it.
    if (number % BATCH === BATCH - 1 || number === events - 1) await client.ping();
    measure(number + 1);
  }
}

function receive() {
  const adapter = io.of("/").adapter;
  const onMessage = adapter.onMessage.bind(adapter);
  let received = 0;
  let measure;
  adapter.onMessage = (message, offset) => {
    onMessage(message, offset);
    if (message.type !== BROADCAST) return;
    const { number } = message.data.packet.data[1];
    if (number !== received) throw new Error(`${number} instead of ${received}`);
    received += 1;
    measure(received);
  };
  // The adapter connects and sends its first read, which begins at the end of the stream, within this second.
  setTimeout(() => (measure = meter()), 1000);
}

role === "send" ? await send() : receive();
