/** What stands between the clients and the workers of `brokered-loop.ts`, in a process of its own: zeromq.js’s own Proxy, or a broker of ours. */
import process from 'node:process';
import {Dealer, Proxy, Router} from 'zeromq';
import {Broker} from '../../../source/broker/broker.js';

const anyPort = 'tcp://127.0.0.1:*';

if (process.argv[2] === 'proxy') {
	const frontend = new Router();
	const backend = new Dealer();
	frontend.bindSync(anyPort);
	backend.bindSync(anyPort);
	process.send?.({frontend: frontend.lastEndpoint, backend: backend.lastEndpoint});
	await new Proxy(frontend, backend).run();
} else {
	const broker = new Broker({
		frontend: anyPort, backend: anyPort, policy: process.argv[2] === 'broker' ? 'round-robin' : 'least-recently-used', clock: Date.now,
		async hear(event) {
			// As the front does, less the terminal: a line is made of what is told.
			JSON.stringify(event);
		},
	});
	process.send?.(await broker.listen());
	await broker.run();
}
