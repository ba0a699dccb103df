// Prints the nanoseconds that Node's EventEmitter takes per event, a line for each number of listeners in the arguments.
'use strict';
const EventEmitter = require('node:events');

let sink = 0;

function emitter(listeners) {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  for (let n = 0; n < listeners; n++) {
    emitter.on('told', number => { sink ^= number + n; });
  }
  return emitter;
}

function nanoseconds(emitter, times) {
  const start = process.cpuUsage();
  for (let number = 0; number < times; number++) emitter.emit('told', number);
  const { user, system } = process.cpuUsage(start);
  return (user + system) * 1000 / times;
}

for (const listeners of process.argv.slice(2).map(Number)) {
  const it = emitter(listeners);
  const times = Math.ceil(2e6 / (1 + listeners));
  nanoseconds(it, times);
  const rounds = Array.from({ length: 15 }, () => nanoseconds(it, times));
  console.log(rounds.sort((a, b) => a - b)[7]);
}
if (sink === 0.5) console.log('never');
