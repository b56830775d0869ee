/**
What to do about two peers that can't talk, in words: shared by whoever finds it out.

Law: pure words. Texts that come from the wire are not in here.
*/
import {type LooksLike} from './units.js';

/** Who speaks what is not ZMTP. */
export const looks: Readonly<Record<LooksLike, string>> = {
	'http-request': 'an HTTP client',
	'http-response': 'a web server (HTTP)',
	http2: 'a web server (HTTP/2)',
	tls: 'a TLS server',
	ssh: 'an SSH server',
	'smtp-or-ftp': 'a mail or FTP server',
	redis: 'a Redis server',
	amqp: 'an AMQP broker',
	mysql: 'a MySQL server',
	telnet: 'a Telnet server',
	text: 'something that speaks text',
	binary: 'something that speaks another binary protocol',
};

/** What a client needs for a mechanism. */
export const mechanismRemedies: Readonly<Record<string, string>> = {
	CURVE: 'a client needs the server’s public key and a key pair of its own; a plain one (NULL) is refused. Its socket type is hidden until then',
	PLAIN: 'a client needs a user name and a password; a plain one (NULL) is refused',
	GSSAPI: 'a client needs a Kerberos ticket; a plain one (NULL) is refused',
};

/** `a, b and c`. */
export const listOf = (words: readonly string[]): string => words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
