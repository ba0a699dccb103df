// The address to listen on: the first argument, such as 127.0.0.1:3000.
const [host, port] = process.argv[2].split(":");

export const address = { host, port: Number(port) };
