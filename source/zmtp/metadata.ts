/**
Metadata: the properties that READY and INITIATE carry (RFC 37, "The NULL Security Mechanism").

```
property = name-length (1 B)  name  value-length (4 B, network order)  value
```
*/
import {asciiOf, copyOf, numberAt} from './bytes.js';
import {type Property} from './units.js';

/** A property and where it is: offsets from the beginning of the bytes given. */
export type PlacedProperty = Property & {readonly offset: number; readonly length: number};

type Metadata = {readonly properties: readonly PlacedProperty[]; readonly problems: readonly string[]};

/** Reads the properties from `offset` on, as far as they are well-formed. `isCut`: the bytes are only the beginning, so that running past their end is no fault. */
export function parseMetadata(bytes: Uint8Array, offset: number, isCut: boolean): Metadata {
	const properties: PlacedProperty[] = [];
	let at = offset;
	while (at < bytes.length) {
		const nameSize = bytes[at] ?? 0;
		const valueAt = at + 1 + nameSize + 4;
		const end = valueAt + numberAt(bytes, valueAt - 4, 4);
		if (nameSize === 0) {
			return {properties, problems: ['A property has no name']};
		}

		if (valueAt > bytes.length || end > bytes.length) {
			return {properties, problems: isCut ? [] : ['A property runs past the end of the command']};
		}

		properties.push({
			name: asciiOf(bytes.subarray(at + 1, at + 1 + nameSize)),
			value: copyOf(bytes, valueAt, end),
			offset: at,
			length: end - at,
		});
		at = end;
	}

	return {properties, problems: []};
}

/** The value of a property; names compare without regard to case. */
export function propertyOf(properties: readonly Property[], name: string): Uint8Array | undefined {
	return properties.find(property => property.name.toLowerCase() === name.toLowerCase())?.value;
}
