/** The arguments of the fronts `class` and `join`: where the class is, and with which code and name one joins. */
import {userInfo} from 'node:os';
import {type ClassOptions} from '../class/classroom.js';
import {type JoinRequest} from '../class/membership.js';
import {readCode} from '../core/class/code.js';
import {usualDoorPort} from '../core/class/events.js';
import {isName, nameFrom} from '../core/class/names.js';
import {parseDuration} from '../core/duration.js';
import {checkReachable} from '../core/endpoint.js';
import {type Looks} from '../core/looks.js';
import {looksOf, type LooksGiven} from './looks.js';
import {wrong, type Wrong} from './wrong.js';

export type ClassRequest = {readonly options: ClassOptions; readonly isJson: boolean; readonly looks: Looks};
/** `isNamed`: the name was given, and not derived from the login. */
export type JoinOptions = {readonly join: JoinRequest; readonly timeout?: string; readonly isJson: boolean; readonly looks: Looks};

type Common = LooksGiven & {readonly json: boolean};
type ClassFlags = Common & {readonly endpoint?: string | undefined; readonly lesson?: string | undefined};
type JoinFlags = Common & {readonly name?: string | undefined; readonly timeout?: string | undefined};

/** Reads where to listen. */
export function checkClass({endpoint, lesson, json, ...given}: ClassFlags, input: readonly string[]): Wrong | ({readonly type: 'class'} & ClassRequest) {
	if (input.length > 0) {
		return wrong(`“${input.join(' ')}” is one word too many`, 'write zmq-playground class --endpoint <endpoint>');
	}

	const checked = endpoint === undefined ? undefined : checkReachable(endpoint, 'bind');
	if (checked?.ok === false) {
		return wrong(checked.reason, checked.next);
	}

	return {
		type: 'class',
		options: {...(checked && {endpoint: checked.endpoint}), ...(lesson !== undefined && {lesson})},
		isJson: json, looks: looksOf(given),
	};
}

/** Reads which class to join: `192.0.2.7 K7QM-3TDX`, with a port or as an endpoint if it is not the usual one. */
export function checkJoin({name, timeout, json, ...given}: JoinFlags, input: readonly string[]): Wrong | ({readonly type: 'join'} & JoinOptions) {
	const [where, ...words] = input;
	if (where === undefined || words.length === 0) {
		return wrong(where === undefined ? 'the address and the code are missing' : 'the code is missing', 'write the line from the wall: zmq-playground join 192.0.2.7 K7QM-3TDX');
	}

	const code = readCode(words.join(''));
	if (code === undefined) {
		return wrong(`“${words.join(' ')}” is no code`, 'a code has eight letters and digits, as in K7QM-3TDX');
	}

	const checked = checkReachable(endpointFrom(where), 'connect');
	if (!checked.ok) {
		return wrong(checked.reason, checked.next);
	}

	if (name !== undefined && !isName(name)) {
		return wrong(`“${name}” can’t be a name`, 'use up to 20 letters, digits, dots, dashes and underscores');
	}

	return {
		type: 'join',
		join: {door: checked.endpoint, code, name: name?.normalize('NFC') ?? nameFrom(loginName()), isWish: name === undefined},
		isJson: json, looks: looksOf(given),
		...(timeout !== undefined && parseDuration(timeout) !== undefined && {timeout}),
	};
}

/** A host alone has the usual port. */
function endpointFrom(where: string): string {
	if (where.includes('://')) {
		return where;
	}

	const isBareIpv6 = !where.startsWith('[') && where.split(':').length > 2;
	const host = isBareIpv6 ? `[${where}]` : where;
	return /\]$|^[^:]+$/v.test(host) ? `tcp://${host}:${usualDoorPort}` : `tcp://${host}`;
}

/** A system without a name for its user is no reason not to join. */
function loginName(): string {
	try {
		return userInfo().username;
	} catch {
		return '';
	}
}
