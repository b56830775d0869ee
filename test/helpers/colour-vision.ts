/**
How a colour looks to eyes that lack one kind of cone, and how far two colours are from one another to them.

Sources: G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009),
its matrices of severity 1; Björn Ottosson, "A perceptual color space for image processing" (2020), for distances: to usual eyes 0.02 is about
what can just be told apart side by side.
*/

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

type Matrix = readonly [Rgb, Rgb, Rgb];

/** From linear RGB to linear RGB. */
export const visions = {
	usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
	protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
	deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
	tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
} as const satisfies Record<string, Matrix>;

export type Vision = keyof typeof visions;

const toOklabCones: Matrix = [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]];
const toOklab: Matrix = [[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]];

const times = (matrix: Matrix, [a, b, c]: Rgb): Rgb => {
	const row = ([x, y, z]: Rgb): number => (x * a) + (y * b) + (z * c);
	return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
};

const each = ([a, b, c]: Rgb, change: (channel: number) => number): Rgb => [change(a), change(b), change(c)];

/** From the 0 to 255 of sRGB to linear light, 0 to 1. */
const linear = (channel: number): number => channel <= 10.31575 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4;

const seen = (color: Rgb, vision: Vision): Rgb => {
	const light = each(times(visions[vision], each(color, linear)), channel => Math.min(1, Math.max(0, channel)));
	return times(toOklab, each(times(toOklabCones, light), Math.cbrt));
};

/** The distance in OKLab of two colours as these eyes see them. */
export function distance(one: Rgb, other: Rgb, vision: Vision): number {
	const [a, b] = [seen(one, vision), seen(other, vision)];
	return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** `#5ccfe6` as numbers. */
export const rgbOf = (hex: string): Rgb => [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
