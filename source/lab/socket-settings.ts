/** The options of libzmq that a peer's next socket gets, and which of them the present one can take. */
import {type SocketOption} from '../core/socket-options.js';

/** How long (ms) a closed socket goes on delivering, unless told otherwise. */
const usualLingerMs = 1000;

/** As zeromq.js names them. */
export type SocketSettings = {
	readonly linger: number;
	readonly heartbeatInterval?: number;
	readonly heartbeatTimeout?: number;
	readonly sendHighWaterMark?: number;
	readonly receiveHighWaterMark?: number;
	readonly immediate?: boolean;
};

/** CURVE's options, as zeromq.js names them: empty is no security; and a routing id, where it is a secret too. A socket takes them before it binds or connects. */
export type Credentials = {
	readonly curveServer?: true;
	readonly curveSecretKey?: string;
	readonly curvePublicKey?: string;
	readonly curveServerKey?: string;
	readonly zapDomain?: string;
	readonly zapEnforceDomain?: true;
	readonly routingId?: string;
};

export const usualSettings: SocketSettings = {linger: usualLingerMs};

/** Whether a socket that has its connections already takes it. The others concern connections that are made afterwards. */
export const isTakenAtOnce = ({name}: SocketOption): boolean => name === 'linger';

/** The settings with one option changed. */
export function withOption(settings: SocketSettings, option: SocketOption): SocketSettings {
	switch (option.name) {
		case 'immediate': {
			return {...settings, immediate: option.isOn};
		}

		case 'heartbeat': {
			return {...settings, heartbeatInterval: option.intervalMs, heartbeatTimeout: option.timeoutMs};
		}

		case 'linger': {
			return {...settings, linger: option.ms};
		}

		case 'hwm': {
			return {...settings, sendHighWaterMark: option.messages, receiveHighWaterMark: option.messages};
		}
	}
}
