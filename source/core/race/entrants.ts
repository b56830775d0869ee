/** Who races: the ways out of a reply that does not come, in the order of the board. What each really does is in source/race/entrants. */
export const entrants = [
	{name: 'none', summary: 'a strict REQ: waits for each reply, however long'},
	{name: 'timeout', summary: 'stops waiting; but its socket may not ask again'},
	{name: 'relaxed', summary: 'may ask again; can’t tell a late reply from the right one'},
	{name: 'relaxed+correlate', summary: 'may ask again; libzmq’s request ids tell late replies'},
	{name: 'lazy-pirate', summary: 'takes a new socket, and asks the same again'},
	{name: 'dealer', summary: 'a DEALER has no turns; its own ids tell late replies'},
	{name: 'broker', summary: 'a strict REQ; its broker hands on what a dead worker had'},
] as const satisfies ReadonlyArray<{readonly name: string; readonly summary: string}>;

export type EntrantName = (typeof entrants)[number]['name'];

/** The entrant of that name. */
export const entrantNamed = (name: string): EntrantName | undefined => entrants.find(each => each.name === name)?.name;

/** What a race is run with; no `names` are all of them. */
export type RaceRequest = {readonly requests: number; readonly seed: number; readonly names: readonly EntrantName[]};

/** How many questions each asks, unless told otherwise, and the fewest and most that make a race. */
export const usualRequests = 200;
export const fewestRequests = 10;
export const mostRequests = 10_000;
