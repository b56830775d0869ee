/** A server that moves: from this process into one of its own, where a crash is a real SIGKILL, and back. */
import {hasCurve} from '../core/curve.js';
import {settingLines} from '../commands/settings.js';
import {type Member, type Stage} from './cast.js';
import {Server} from './server.js';
import {ServerProcess} from './server-process.js';

/** Where to, and who, if that is not clear. */
export type Move = {readonly where: 'process' | 'inside'; readonly named?: string};

/** What moving needs of the cast. `has` is false once the lab has ended or begun anew while something was awaited. */
export type Troupe = {
	readonly stage: Stage;
	readonly member: (name: string) => Member | undefined;
	readonly has: (member: Member) => boolean;
	readonly replace: (member: Server | ServerProcess) => void;
	readonly prepare: (peer: Server, settings: readonly string[]) => Promise<void>;
};

/** Closes a server here and opens it there: the same settings, the same endpoints, a new socket. Resolves when it is there, or when it is told why not. */
export async function moveServer(troupe: Troupe, line: string, {where, named}: Move): Promise<void> {
	const {snapshot, fail} = troupe.stage;
	const servers = Object.values(snapshot().peers).filter(({role}) => role === 'server').map(({name}) => name);
	const name = named ?? (servers.length === 1 ? servers[0] : undefined);
	const peer = name !== undefined && servers.includes(name) ? troupe.member(name) : undefined;
	if (!peer) {
		fail(line, named === undefined ? `there are ${servers.length} servers` : `there is no server ${named}`, servers.length === 0 ? '/scene pair makes one' : `name one: ${servers.join(' ')}`);
		return;
	}

	const isThere = peer instanceof ServerProcess;
	if (isThere === (where === 'process')) {
		fail(line, `${peer.name} runs there already`, '', peer.name);
		return;
	}

	if (!isThere && peer.socketType !== 'REP') {
		fail(line, `a worker that tells the broker when it is ready stays in this process, and ${peer.name} is one`, '/policy round-robin, then again', peer.name);
		return;
	}

	if (!isThere && hasCurve(snapshot().peers[peer.name]?.options ?? {})) {
		fail(line, 'no secret key leaves this process', '/curve off, then again', peer.name);
		return;
	}

	await peer.inTurn(async () => {
		await (isThere ? bringInside(troupe, peer) : takeOutside(troupe, peer as Server));
	});
}

async function takeOutside({stage, has, replace}: Troupe, server: Server): Promise<void> {
	const {snapshot, surroundings: {emit}, options: {seed}} = stage;
	server.close('close');
	await server.gone;
	if (!has(server)) {
		return;
	}

	const outside = new ServerProcess(server.name, {emit, known: () => snapshot().peers[server.name], seed});
	replace(outside);
	outside.open();
}

async function bringInside({stage: {snapshot, surroundings}, has, replace, prepare}: Troupe, outside: ServerProcess): Promise<void> {
	await outside.retire('close');
	if (!has(outside)) {
		return;
	}

	const known = snapshot().peers[outside.name];
	// What it is set to everybody knows already.
	let isPreparing = true;
	const server = new Server(outside.name, {
		...surroundings,
		emit(fact) {
			if (!isPreparing) {
				surroundings.emit(fact);
			}
		},
	});
	await prepare(server, settingLines(known?.options ?? {}));
	if (!has(outside)) {
		return;
	}

	isPreparing = false;
	replace(server);
	surroundings.emit({type: 'option-changed', peer: outside.name, option: 'process', value: 'inside'});
	server.endpoints.remember(known?.links ?? []);
	await server.open();
}
