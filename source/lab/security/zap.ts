/**
The ZAP handler: libzmq asks it about each client's key before it lets a CURVE handshake end.

libzmq knows one handler a context, at a fixed name; so all labs of a process share this one, and each secured server has a domain of its own.
It is there while anybody needs it: its pending receive would keep the process from ending.
Source: RFC 27/ZAP; libzmq's `zap_client.cpp`.
*/
import {Reply} from 'zeromq';
import {decodeUtf8} from '../../core/text.js';
import {encodeZ85, type Key} from '../../core/z85.js';
import {failureOf} from '../failure.js';
import {PatientBinding} from '../patient-binding.js';

const handlerEndpoint = 'inproc://zeromq.zap.01';

/** Who asks to be let in: the address that it comes from, and its public key. */
export type Visitor = {readonly address: string; readonly key: Key};
/** Whether the visitor is let in. Asked once for each handshake. */
export type Policy = (visitor: Visitor) => boolean;

class ZapHandler {
	readonly #policies = new Map<string, Policy>();
	#socket: Reply | undefined;
	#opening: Promise<void> | undefined;

	/** Resolves when libzmq will ask; only then the server of that domain may open. Rejects if another program part has the handler's place. */
	async register(domain: string, policy: Policy): Promise<void> {
		this.#policies.set(domain, policy);
		this.#opening ??= this.#open();
		try {
			await this.#opening;
		} catch (error) {
			this.unregister(domain);
			throw error;
		}
	}

	/** The last one takes the handler along. */
	unregister(domain: string): void {
		this.#policies.delete(domain);
		if (this.#policies.size === 0) {
			this.#socket?.close();
			this.#socket = undefined;
			this.#opening = undefined;
		}
	}

	async #open(): Promise<void> {
		const socket = new Reply({linger: 0});
		this.#socket = socket;
		// The one before may not be gone yet.
		await new PatientBinding().bind(handlerEndpoint, () => !socket.closed, () => {
			socket.bindSync(handlerEndpoint);
		});
		void this.#serve(socket);
	}

	async #serve(socket: Reply): Promise<void> {
		for (;;) {
			try {
				await socket.send(this.#answer(await socket.receive()));
			} catch (error) {
				if (socket.closed) {
					return;
				}

				// A server that hangs up in the middle wakes the receive for nothing.
				if (failureOf(error).code !== 'EAGAIN') {
					throw error;
				}
			}
		}
	}

	/** `[version, request id, domain, address, identity, mechanism, credentials…]` in; `[version, request id, status, text, user id, metadata]` out. */
	#answer([version = empty, id = empty, domain = empty, address = empty, , mechanism = empty, key = empty]: readonly Uint8Array[]): Uint8Array[] {
		const isAllowed = decodeUtf8(mechanism) === 'CURVE' && key.length === keyBytes
			&& this.#isAllowed(decodeUtf8(domain) ?? '', {address: decodeUtf8(address) ?? '', key: encodeZ85(key)});
		const [status, text] = isAllowed ? ['200', 'OK'] : ['400', 'not on the allow-list'];
		const encoder = new TextEncoder();
		return [version, id, encoder.encode(status), encoder.encode(text), empty, empty];
	}

	/** A socket without a domain is none of ours and asked for no check; libzmq asks all the same. */
	#isAllowed(domain: string, visitor: Visitor): boolean {
		return domain === '' || (this.#policies.get(domain)?.(visitor) ?? false);
	}
}

const keyBytes = 32;
const empty = new Uint8Array();

/** The one of this process. */
export const zapHandler = new ZapHandler();
