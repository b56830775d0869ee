/**
What a command says (RFC 37 "Commands", RFC 24, RFC 26).

```
body = name-length (1 B)  name  data
```

The same name means different things under different mechanisms: CURVE's READY is a box, NULL's a list of properties. So the mechanism is the sender's own, from its greeting.
*/
import {asciiOf, copyOf, numberAt} from './bytes.js';
import {parseCurve} from './curve.js';
import {parseMetadata} from './metadata.js';
import {coverFrom, parseHello} from './plain.js';
import {type CommandContent, type Property} from './units.js';

/** How many bytes of a command are looked into; nothing that the RFCs define comes near. */
export const commandLimit = 4096;

/** A command that has been read: its name, what it says, and what is wrong with it. */
export type ReadCommand = {
	readonly name: string;
	readonly content: CommandContent;
	readonly problems: readonly string[];
};

type Reading = Omit<ReadCommand, 'name'>;
type Data = {
	/** The beginning of the command's body. */
	readonly body: Uint8Array;
	/** Where the data begin in the body. */
	readonly at: number;
	/** The true size of the data. */
	readonly size: number;
};

const commonCommands: Readonly<Record<string, (data: Data) => Reading>> = {
	ERROR: readError,
	PING: readPing,
	PONG: readPong,
	SUBSCRIBE: data => readTopic('subscribe', data),
	CANCEL: data => readTopic('cancel', data),
};

const plainCommands: Readonly<Record<string, (data: Data) => Reading>> = {
	HELLO: readHello,
	WELCOME: ({size}) => ({content: {type: 'plain-welcome'}, problems: size === 0 ? [] : ['WELCOME carries data']}),
	INITIATE: data => readProperties('plain-initiate', data),
	READY: data => readProperties('ready', data),
};

/**
Reads a command: `body` is the beginning of it (`commandLimit` bytes suffice), `bodySize` its true size, `mechanism` the sender's.

Where a password may be in it, its bytes in `body` are covered in place.
*/
export function readCommand(body: Uint8Array, bodySize: number, mechanism: string, isReady: boolean): ReadCommand {
	if (mechanism === 'PLAIN' && isMisspeltError(body)) {
		return misspeltError(body, bodySize);
	}

	const at = dataOffset(body);
	const hasName = at > 1 && at <= bodySize;
	const name = hasName ? asciiOf(body.subarray(1, at)) : '';
	const reading = hasName ? readData(name, {body, at, size: bodySize - at}, mechanism) : nameless(at === 1);
	if (mechanism === 'PLAIN' && !isReady && reading.content.type === 'unknown-command') {
		coverFrom(body, hasName ? at : 0);
	}

	return {name, ...reading};
}

/** Where the data of a command begin in its body. */
export const dataOffset = (body: Uint8Array): number => isMisspeltError(body) ? misspelt.length : 1 + (body[0] ?? 0);

/**
In C, libzmq writes the ERROR of PLAIN as "\x05ERROR", where `\x05E` is one character: so `^RROR` goes out, without a length (seen in 4.3.5; and still so in the sources of its main branch). Its own clients are compiled from the same line and understand it.
*/
export const isMisspeltError = (body: Uint8Array): boolean => body.length < misspelt.codePointAt(0)! && misspelt === String.fromCodePoint(...body.subarray(0, misspelt.length));

const misspelt = '^RROR';

function misspeltError(body: Uint8Array, bodySize: number): ReadCommand {
	const at = misspelt.length;
	const {content, problems} = readError({body, at, size: bodySize - at});
	return {name: 'ERROR', content, problems: [...problems, 'ERROR is spelt ^RROR, as libzmq does under PLAIN']};
}

function readData(name: string, data: Data, mechanism: string): Reading {
	const ofMechanism = mechanism === 'CURVE'
		? parseCurve(name, data.body.subarray(data.at), data.size)
		: mechanismReader(name, mechanism)?.(data);
	const common = Object.hasOwn(commonCommands, name) ? commonCommands[name] : undefined;
	return ofMechanism ?? common?.(data) ?? unknown(name);
}

function mechanismReader(name: string, mechanism: string): ((data: Data) => Reading) | undefined {
	if (mechanism === 'PLAIN') {
		return Object.hasOwn(plainCommands, name) ? plainCommands[name] : undefined;
	}

	return mechanism === 'NULL' && name === 'READY' ? plainCommands['READY'] : undefined;
}

const unknown = (name: string): Reading => ({
	content: {type: 'unknown-command'},
	problems: /^[A-Za-z]+$/v.test(name) ? [] : ['The name of the command is not of letters'],
});

const nameless = (isEmpty: boolean): Reading => ({
	content: {type: 'unknown-command'},
	problems: [isEmpty ? 'The command has no name' : 'The name of the command runs past its end'],
});

function readProperties(type: 'ready' | 'plain-initiate', {body, at, size}: Data): Reading {
	const {properties, problems} = parseMetadata(body, at, at + size > body.length);
	const plain: readonly Property[] = properties.map(({name, value}) => ({name, value}));
	return {content: {type, properties: plain}, problems};
}

function readHello({body, at, size}: Data): Reading {
	const {username, passwordSize, passwordAt, problems} = parseHello(body.subarray(at), size);
	coverFrom(body, at + passwordAt);
	return {content: {type: 'plain-hello', username, passwordSize}, problems};
}

function readError({body, at, size}: Data): Reading {
	const reasonSize = body[at] ?? 0;
	return {
		content: {type: 'error', reason: asciiOf(body.subarray(at + 1, at + 1 + reasonSize))},
		problems: size === 1 + reasonSize ? [] : ['The reason of ERROR has another size than it says'],
	};
}

/** Time to live in tenths of a second, then up to 16 bytes that PONG must echo. */
function readPing({body, at, size}: Data): Reading {
	const contextSize = size - 2;
	return {
		content: {type: 'ping', ttl: numberAt(body, at, 2) * 100, context: copyOf(body, at + 2)},
		problems: [
			...(contextSize < 0 ? ['PING has no time to live'] : []),
			...(contextSize > contextLimit ? [`PING's context has ${contextSize} B where ${contextLimit} are allowed`] : []),
		],
	};
}

const contextLimit = 16;

function readPong({body, at, size}: Data): Reading {
	return {
		content: {type: 'pong', context: copyOf(body, at)},
		problems: size > contextLimit ? [`PONG's context has ${size} B where ${contextLimit} are allowed`] : [],
	};
}

function readTopic(type: 'subscribe' | 'cancel', {body, at, size}: Data): Reading {
	return {content: {type, topic: copyOf(body, at), topicSize: size}, problems: []};
}
