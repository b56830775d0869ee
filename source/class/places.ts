/** Where the three doors of a class are: side by side, or wherever is free. */
import {type Endpoint} from '../core/endpoint.js';

/** The same endpoint at another port; an ipc one stays. */
export const withPort = (endpoint: Endpoint, port: number | '*'): Endpoint => endpoint.startsWith('tcp://') ? `${endpoint.slice(0, endpoint.lastIndexOf(':'))}:${port}` : endpoint;

const portOf = (endpoint: Endpoint): number => Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));

/** As a laptop is told: the port at the host that it knows, or the ipc endpoint. */
export const placeOf = (endpoint: Endpoint): number | string => endpoint.startsWith('tcp://') ? portOf(endpoint) : endpoint;

/** Where to try: so many ports after this one, then any free one. Beside an ipc path, a path of that name. */
export function beside(endpoint: Endpoint, by: number, name: string): readonly Endpoint[] {
	if (!endpoint.startsWith('tcp://')) {
		return [`${endpoint}-${name}`];
	}

	const port = portOf(endpoint);
	return [...(port > 0 && port + by <= 65_535 ? [withPort(endpoint, port + by)] : []), withPort(endpoint, '*')];
}

/** An endpoint as a laptop reaches it, from a place and the door that it was told at. */
export const endpointOf = (place: number | string, door: Endpoint): Endpoint => typeof place === 'string' ? place : withPort(door, place);
