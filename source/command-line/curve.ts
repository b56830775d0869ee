/** The arguments about keys: of the fronts that have sockets, and of the front `keys`. A secret key is never one of them: its file is. */
import {curveEndOf} from '../core/curve.js';
import {type CurveStart} from '../core/lab-port.js';
import {isKey} from '../core/z85.js';
import {type KeysOptions} from '../keys/start.js';
import {type Front} from './fronts/front.js';
import {wrong, type Wrong} from './wrong.js';

/** The flags about CURVE, of every front that has sockets. */
export type CurveFlags = {
	readonly curve: boolean;
	readonly curveSecret?: string | undefined;
	readonly curveServerKey?: string | undefined;
	readonly curveAllow?: string | undefined;
};

type KeysFlags = {readonly directory?: string | undefined; readonly json: boolean};

/** How the front's peers are secured; undefined for not at all. Any flag about CURVE asks for it. */
export function checkCurve({curve, curveSecret, curveServerKey, curveAllow}: CurveFlags, {solo}: Front): CurveStart | Wrong | undefined {
	if (!curve && curveSecret === undefined && curveServerKey === undefined && curveAllow === undefined) {
		return undefined;
	}

	if (solo && curveEndOf({name: solo.peer, role: solo.role}) === 'client' && curveServerKey === undefined) {
		const [who, whose] = solo.role === 'client' ? ['client', 'server'] : ['worker', 'broker'];
		return wrong(`a ${who} with CURVE needs the public key of its ${whose}`, `add --curve-server-key <key>; the ${whose} shows it`);
	}

	if (curveServerKey !== undefined && !isKey(curveServerKey)) {
		return wrong('the key for --curve-server-key is none', 'a public key has 40 characters (Z85); put it in single quotes');
	}

	return {
		...(curveSecret !== undefined && {secretFile: curveSecret}),
		...(curveServerKey !== undefined && {serverKey: curveServerKey}),
		...(curveAllow !== undefined && {allowFile: curveAllow}),
	};
}

/** The pair's name, which is its file's too, and so must not lead elsewhere. */
export function checkKeys({directory, json}: KeysFlags, input: readonly string[]): Wrong | ({readonly type: 'keys'} & KeysOptions) {
	const [name = 'mine'] = input;
	if (input.length > 1) {
		return wrong('keys makes one pair at a time', 'write zmq-playground keys pizzeria');
	}

	return /^\w[\w\-.]{0,63}$/v.test(name)
		? {type: 'keys', name, isJson: json, ...(directory !== undefined && {directory})}
		: wrong(`“${name}” is no name for a file`, 'use letters, digits, dots, dashes and underscores');
}
