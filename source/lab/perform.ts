/** Carries out an action on one peer. What a peer can't do is told as a problem; what libzmq refuses, the peer tells as an event. */
import {type Action, type Problem} from '../commands/record.js';
import {type BrokerPeer} from './broker-peer.js';
import {Client} from './client.js';
import {type Server} from './server.js';

/** Resolves when the action is done or refused. Rejects with libzmq's own error where an endpoint is not taken. */
export async function perform(peer: Client | Server, action: Action, tell: (problem: Problem) => void): Promise<void> {
	switch (action.verb) {
		case 'receive': {
			await (peer.isReceiving ? tell({reason: `${peer.name} is already receiving: libzmq allows one receive at a time`, next: 'its next message will be shown as it comes'}) : peer.receive());
			return;
		}

		case 'park-send': {
			await peer.parkSend(action.frames);
			return;
		}

		case 'park-receive': {
			await (peer.isReceiving ? tell({reason: `${peer.name} is already receiving: libzmq allows one receive at a time`, next: peer.role === 'server' ? 'park one while it owes a reply' : 'park one before it asks'}) : peer.parkReceive());
			return;
		}

		case 'unpark': {
			peer.close('close');
			await peer.open();
			return;
		}

		case 'open': {
			await peer.open();
			return;
		}

		case 'close':
		case 'crash': {
			peer.close(action.verb);
			return;
		}

		case 'restart': {
			peer.close('crash');
			await peer.open();
			return;
		}

		case 'socket-option': {
			await peer.setSocketOption(action.option);
			return;
		}

		case 'bind':
		case 'connect':
		case 'unbind':
		case 'disconnect': {
			if (peer.hasParkedSend) {
				tell({reason: `${peer.name} has a parked send: a call about endpoints would leave it asleep`, next: '/unpark first'});
				return;
			}

			await (peer.isOpen ? move(peer, action, tell) : tell({reason: `${peer.name} is closed`, next: '/open makes a new socket'}));
			return;
		}

		default: {
			await (peer instanceof Client ? performOnClient(peer, action) : performOnServer(peer, action));
		}
	}
}

/** A broker has two sockets and an engine that drives them: it can be opened, closed and set, and says nothing of its own. */
export async function performOnBroker(broker: BrokerPeer, action: Action, tell: (problem: Problem) => void): Promise<void> {
	switch (action.verb) {
		case 'open': {
			await broker.open();
			return;
		}

		case 'close':
		case 'crash': {
			broker.close(action.verb);
			return;
		}

		case 'restart': {
			broker.close('crash');
			await broker.open();
			return;
		}

		default: {
			tell({reason: `${broker.name} has two sockets, and its engine sends and receives with them`, next: 'close, crash, open and restart are for it, /policy and /handover'});
		}
	}
}

async function performOnClient(client: Client, action: Action): Promise<void> {
	switch (action.verb) {
		case 'send': {
			await client.send(action.frames);
			break;
		}

		case 'id': {
			await client.setId(action.id);
			break;
		}

		case 'every': {
			await client.every(action.intervalMs, action.frames);
			break;
		}

		case 'every-off': {
			client.everyOff();
			break;
		}

		case 'timeout': {
			client.setTimeout(action.ms);
			break;
		}

		case 'recover': {
			await client.recoverBy(action.recovery);
			break;
		}

		default:
	}
}

async function performOnServer(server: Server, action: Action): Promise<void> {
	switch (action.verb) {
		case 'reply': {
			await server.reply(action.frames);
			break;
		}

		case 'delay': {
			server.setDelay(action.delay, action.once);
			break;
		}

		case 'delay-step': {
			server.stepDelay(action.by);
			break;
		}

		case 'hold': {
			server.hold();
			break;
		}

		case 'release': {
			await server.release();
			break;
		}

		case 'reply-with': {
			server.replyWith(action.template);
			break;
		}

		case 'by-hand': {
			server.byHand();
			break;
		}

		default:
	}
}

type Move = Extract<Action, {readonly verb: 'bind' | 'connect' | 'unbind' | 'disconnect'}>;

async function move(peer: Client | Server, action: Move, tell: (problem: Problem) => void): Promise<void> {
	switch (action.verb) {
		case 'bind':
		case 'connect': {
			const isBinding = action.verb === 'bind';
			// A socket that meets itself shakes hands with nobody, ten times a second.
			if (peer.endpoints.of(isBinding ? 'connect' : 'bind').includes(action.endpoint)) {
				tell({
					reason: `${peer.name} ${isBinding ? 'connects to' : 'listens at'} ${action.endpoint}, and would meet itself`,
					next: isBinding ? '/disconnect first, then /bind' : '/connect somewhere else, or let another one connect',
				});
				return;
			}

			await (isBinding ? peer.endpoints.bind(action.endpoint) : peer.endpoints.connect(action.endpoint));
			return;
		}

		case 'unbind':
		case 'disconnect': {
			leave(peer, action.verb, action.endpoint, tell);
		}
	}
}

/** Leaves the endpoint named, or the only one. */
function leave(peer: Client | Server, verb: 'unbind' | 'disconnect', named: string | undefined, tell: (problem: Problem) => void): void {
	const endpoints = peer.endpoints.of(verb === 'unbind' ? 'bind' : 'connect');
	const endpoint = named ?? (endpoints.length === 1 ? endpoints[0] : undefined);
	const doing = verb === 'unbind' ? 'listens' : 'connects';
	if (endpoint === undefined || !endpoints.includes(endpoint)) {
		tell({
			reason: endpoint === undefined && endpoints.length > 1 ? `${peer.name} ${doing} at several endpoints` : `${peer.name} ${doing} ${endpoint === undefined ? 'nowhere' : `not at ${endpoint}`}`,
			next: endpoints.length === 0 ? '' : `name one: ${endpoints.join(' ')}`,
		});
		return;
	}

	if (verb === 'unbind') {
		peer.endpoints.unbind(endpoint);
	} else {
		peer.endpoints.disconnect(endpoint);
	}
}
