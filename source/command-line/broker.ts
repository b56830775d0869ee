/** The arguments of the front `broker`: where clients connect, and where workers do. */
import {checkReachable, firstEndpoint, firstFrontend, type Endpoint} from '../core/endpoint.js';
import {type CurveStart} from '../core/lab-port.js';
import {firstPolicy, policyNames, type Policy} from '../core/policy.js';
import {checkCurve, type CurveFlags} from './curve.js';
import {broker} from './fronts/broker.js';
import {wrong, type Wrong} from './wrong.js';

export type BrokerOptions = {readonly frontend: Endpoint; readonly backend: Endpoint; readonly policy: Policy; readonly curve?: CurveStart; readonly isJson: boolean; readonly isAscii: boolean};

type Flags = {readonly frontend?: string | undefined; readonly backend?: string | undefined; readonly policy?: string | undefined; readonly json: boolean; readonly ascii: boolean} & CurveFlags;

/** Reads where to listen. */
export function checkBroker({frontend = firstFrontend, backend = firstEndpoint, policy: named = firstPolicy, json, ascii, ...keys}: Flags, input: readonly string[]): Wrong | ({readonly type: 'broker'} & BrokerOptions) {
	if (input.length > 0) {
		return wrong(`“${input.join(' ')}” is one word too many`, 'write zmq-playground broker --frontend <endpoint> --backend <endpoint>');
	}

	const policy = policyNames.find(name => name === named);
	if (!policy) {
		return wrong(`“${named}” is no policy`, `choose one of: ${policyNames.join(', ')}`);
	}

	const front = checkReachable(frontend, 'bind');
	const back = checkReachable(backend, 'bind');
	if (!front.ok) {
		return wrong(front.reason, front.next);
	}

	if (!back.ok) {
		return wrong(back.reason, back.next);
	}

	const curve = checkCurve(keys, broker);
	if (curve && 'type' in curve) {
		return curve;
	}

	return front.endpoint === back.endpoint && !front.endpoint.endsWith(':*')
		? wrong('clients and workers would connect to the same socket', 'give --frontend and --backend two endpoints')
		: {type: 'broker', frontend: front.endpoint, backend: back.endpoint, policy, ...(curve && {curve}), isJson: json, isAscii: ascii};
}
