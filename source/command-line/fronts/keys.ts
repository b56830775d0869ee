import {type Front} from './front.js';

export const keys: Front = {
	name: 'keys',
	usage: 'zmq-playground keys [options] [name]',
	summary: 'makes a pair of CURVE keys: a secret in a file, a public key to show',
	details: [
		'The public key is printed; give it to the other side. The secret key goes to a',
		'file that only you can read (mode 0600), which is never overwritten.',
		'It exits with 0 if the pair is made, 1 if not, 2 if it was called wrongly.',
	],
	flags: [
		{name: 'directory', value: 'path', summary: 'where the file goes, if not to your configuration'},
		{name: 'json', summary: 'the public key and the path as one line of JSON'},
		{name: 'help', summary: 'this help'},
	],
	examples: ['zmq-playground keys pizzeria', 'zmq-playground keys ana --directory /media/stick'],
};
