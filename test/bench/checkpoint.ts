/** What the memory program tells the bench. */

/** What is held after a collection, at so many exchanges. */
export type Checkpoint = {readonly exchanges: number; readonly events: number; readonly heapBytes: number; readonly residentBytes: number};

/** How many exchanges, and how often it is looked at. */
export const exchangesInAll = 500_000;
export const exchangesBetween = 50_000;
