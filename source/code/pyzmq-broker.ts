/** Brokers for pyzmq, and what a worker does that talks to one. As the lab's own: see `broker/round-robin.ts` and `broker/ready-workers.ts`. */
import {heartbeatMs, liveness, mostLosses, pirateHeartbeat, pirateReady, readyText, type Policy} from '../core/policy.js';
import {type Broking} from './broking.js';
import {literal} from './program.js';

const heartbeatSeconds = heartbeatMs / 1000;
const byte = (value: number): string => String.raw`b"\x${value.toString(16).padStart(2, '0')}"`;

/** What a broker imports, before zmq. */
export const brokerImports = ({policy}: Broking): readonly string[] => [
	...(policy === 'round-robin' ? [] : ['import collections']),
	...(policy === 'paranoid-pirate' ? ['import time'] : []),
];

/** All that a broker does. `secure` gives what a socket of that name needs before it binds. */
export const broker = ({policy, frontend, backend, hasHandover}: Broking, secure: (socket: string) => readonly string[]): readonly string[] => [
	'',
	'def body_of(frames):',
	'    """What is said: it stands behind the envelope, which ends with an empty frame."""',
	'    return " ".join(frame.decode(errors="replace") for frame in frames[frames.index(b"") + 1:])',
	'',
	'',
	'frontend = context.socket(zmq.ROUTER)',
	...(hasHandover ? ['# A client that comes with the routing id of another one takes its place.', 'frontend.router_handover = 1'] : []),
	...secure('frontend'),
	`frontend.bind(${literal(frontend)})`,
	`backend = context.socket(zmq.${policy === 'round-robin' ? 'DEALER' : 'ROUTER'})`,
	...(policy === 'least-recently-used' ? ['# A worker that has gone is told of (EHOSTUNREACH).', 'backend.router_mandatory = 1'] : []),
	...secure('backend'),
	`backend.bind(${literal(backend)})`,
	'print("listening", flush=True)',
	'poller = zmq.Poller()',
	'poller.register(frontend, zmq.POLLIN)',
	'poller.register(backend, zmq.POLLIN)',
	...bodies[policy],
];

const roundRobin: readonly string[] = [
	'while True:',
	'    events = dict(poller.poll())',
	'    if frontend in events:',
	'        # The ROUTER puts the routing id of the client before its request. Where there is no worker, it waits.',
	'        request = frontend.recv_multipart()',
	'        backend.send_multipart(request)',
	'        print(">", body_of(request), flush=True)',
	'    if backend in events:',
	'        # By that routing id the ROUTER knows whose reply it is, and takes it off again.',
	'        reply = backend.recv_multipart()',
	'        frontend.send_multipart(reply)',
	'        print("<", body_of(reply), flush=True)',
];

const leastRecentlyUsed: readonly string[] = [
	'# The routing ids of those who can take a request, and the requests that wait for one.',
	'ready = collections.deque()',
	'waiting = collections.deque()',
	'while True:',
	'    events = dict(poller.poll())',
	'    if frontend in events:',
	'        waiting.append(frontend.recv_multipart())',
	'    if backend in events:',
	'        worker, _, *said = backend.recv_multipart()',
	`        # ${readyText} is one frame. A reply has the routing id of its client before it.`,
	'        if len(said) > 1:',
	'            frontend.send_multipart(said)',
	'            print("<", body_of(said), flush=True)',
	'        ready.append(worker)',
	'    while ready and waiting:',
	'        request = waiting.popleft()',
	'        try:',
	'            # A REQ takes nothing without a delimiter.',
	'            backend.send_multipart([ready.popleft(), b"", *request])',
	'            print(">", body_of(request), flush=True)',
	'        except zmq.ZMQError:',
	'            waiting.appendleft(request)',
];

const paranoidPirate: readonly string[] = [
	'# When each worker was heard of, and the request that it has (with how many workers were lost with it); those who can take one, the one that has been ready longest first.',
	'heard_at = {}',
	'has = {}',
	'ready = collections.OrderedDict()',
	'waiting = collections.deque()',
	'',
	'',
	'def take_back(worker):',
	`    """What a worker had that begins anew, or is given up, goes to another one; but once ${mostLosses} were lost with it, it may be what kills them."""`,
	'    if worker in has:',
	'        losses, request = has.pop(worker)',
	`        if losses + 1 < ${mostLosses}:`,
	'            waiting.appendleft((losses + 1, request))',
	'        else:',
	'            print("dropped", body_of(request), flush=True)',
	'',
	'',
	`next_beat = time.monotonic() + ${heartbeatSeconds}`,
	'while True:',
	'    events = dict(poller.poll(max(0, int((next_beat - time.monotonic()) * 1000))))',
	'    if frontend in events:',
	'        waiting.append((0, frontend.recv_multipart()))',
	'    if backend in events:',
	'        worker, *said = backend.recv_multipart()',
	`        is_heartbeat = said == [${byte(pirateHeartbeat)}]`,
	'        if worker in heard_at or not is_heartbeat:',
	'            heard_at[worker] = time.monotonic()',
	'        if not is_heartbeat:',
	'            if len(said) > 1 and worker in has and has[worker][1][0] == said[0]:',
	'                del has[worker]',
	'                frontend.send_multipart(said)',
	'                print("<", body_of(said), flush=True)',
	'            take_back(worker)',
	'            ready.pop(worker, None)',
	'            ready[worker] = True',
	'    if time.monotonic() >= next_beat:',
	`        next_beat = time.monotonic() + ${heartbeatSeconds}`,
	'        for worker in list(heard_at):',
	`            if time.monotonic() - heard_at[worker] > ${heartbeatSeconds * liveness}:`,
	'                print("a worker is silent: given up", flush=True)',
	'                del heard_at[worker]',
	'                ready.pop(worker, None)',
	'                take_back(worker)',
	'            else:',
	`                backend.send_multipart([worker, ${byte(pirateHeartbeat)}])`,
	'    while ready and waiting:',
	'        worker, _ = ready.popitem(last=False)',
	'        has[worker] = waiting.popleft()',
	'        _, request = has[worker]',
	'        backend.send_multipart([worker, *request])',
	'        print(">", body_of(request), flush=True)',
];

const bodies: Readonly<Record<Policy, readonly string[]>> = {'round-robin': roundRobin, 'least-recently-used': leastRecentlyUsed, 'paranoid-pirate': paranoidPirate};

/** How a server talks to whoever gives it requests: `before` its loop, `taking` a request in it, `send` its reply, `sleep` for its delay. */
type Worker = {readonly type: string; readonly before: readonly string[]; readonly taking: readonly string[]; readonly send: (frames: string) => string; readonly sleep: string};

const unwrap: readonly string[] = [
	'# Before what is said stands whose request it is: it goes before the reply as well.',
	'end = message.index(b"") + 1',
	'envelope, request = message[:end], message[end:]',
];

const enveloped = (frames: string): string => `socket.send_multipart(envelope + ${frames})`;

/** What is special about a worker; a REP is any server. */
export function workerOf(policy: Policy): Worker {
	switch (policy) {
		case 'round-robin': {
			return {type: 'REP', before: [], taking: ['request = socket.recv_multipart()'], send: frames => `socket.send_multipart(${frames})`, sleep: 'time.sleep'};
		}

		case 'least-recently-used': {
			return {type: 'REQ', before: [`socket.send_string(${literal(readyText)})`], taking: ['message = socket.recv_multipart()', ...unwrap], send: enveloped, sleep: 'time.sleep'};
		}

		case 'paranoid-pirate': {
			return {
				type: 'DEALER',
				before: [
					'',
					'',
					'def pause(seconds):',
					'    """Says that it is alive, every so often, until the time is over."""',
					'    end = time.monotonic() + seconds',
					'    while time.monotonic() < end:',
					`        time.sleep(max(0, min(${heartbeatSeconds}, end - time.monotonic())))`,
					`        socket.send(${byte(pirateHeartbeat)})`,
					'',
					'',
					'# READY.',
					`socket.send(${byte(pirateReady)})`,
				],
				taking: [
					`while not socket.poll(${heartbeatMs}):`,
					`    socket.send(${byte(pirateHeartbeat)})`,
					'message = socket.recv_multipart()',
					'if len(message) == 1:',
					'    # The broker is alive; it wants to know the same.',
					`    socket.send(${byte(pirateHeartbeat)})`,
					'    continue',
					...unwrap,
				],
				send: enveloped,
				sleep: 'pause',
			};
		}
	}
}
