/** Makes something at the first call, and gives that same thing from then on: for what is costly and often not needed. */
export function once<T>(make: () => T): () => T {
	let made: {readonly value: T} | undefined;
	return () => {
		made ??= {value: make()};
		return made.value;
	};
}
