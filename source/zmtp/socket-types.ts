/**
Which socket types there are and which may talk to which (RFC 37, "The Socket-Type Property").
*/

const partners: Readonly<Record<string, readonly string[]>> = {
	REQ: ['REP', 'ROUTER'],
	REP: ['REQ', 'DEALER'],
	DEALER: ['REP', 'DEALER', 'ROUTER'],
	ROUTER: ['REQ', 'DEALER', 'ROUTER'],
	PUB: ['SUB', 'XSUB'],
	XPUB: ['SUB', 'XSUB'],
	SUB: ['PUB', 'XPUB'],
	XSUB: ['PUB', 'XPUB'],
	PUSH: ['PULL'],
	PULL: ['PUSH'],
	PAIR: ['PAIR'],
	CLIENT: ['SERVER'],
	SERVER: ['CLIENT'],
	RADIO: ['DISH'],
	DISH: ['RADIO'],
	SCATTER: ['GATHER'],
	GATHER: ['SCATTER'],
	PEER: ['PEER'],
	CHANNEL: ['CHANNEL'],
};

/** The socket types by the number that ZMTP 2.0 sends (RFC 15); XPUB and XSUB as libzmq numbers them. */
export const oldSocketTypes: readonly string[] = ['PAIR', 'PUB', 'SUB', 'REQ', 'REP', 'DEALER', 'ROUTER', 'PULL', 'PUSH', 'XPUB', 'XSUB'];

/** The types that a socket of this type may talk to; none if nobody has heard of it. */
export const partnersOf = (socketType: string): readonly string[] => Object.hasOwn(partners, socketType) ? partners[socketType] ?? [] : [];

/** Whether two sockets of these types may talk; `undefined` if one of them is no type of the RFC. */
export function canTalk(one: string, other: string): boolean | undefined {
	const fits = partnersOf(one);
	return fits.length === 0 || partnersOf(other).length === 0 ? undefined : fits.includes(other);
}
