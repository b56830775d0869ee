/** The tools that the exports are for: Mermaid's own parser, and a renderer of SVG. */
import {Resvg} from '@resvg/resvg-js';
import mermaid from 'mermaid';

/** Gives the kind of diagram; rejects with the parser's reason. */
export async function takesMermaid(diagram: string): Promise<string> {
	const {diagramType} = await mermaid.parse(diagram);
	return diagramType;
}

/** Draws it. `inked` counts the pixels that differ from the first one, which is background. */
export function render(svg: string): {readonly width: number; readonly height: number; readonly inked: number} {
	const image = new Resvg(svg).render();
	const {buffer, byteOffset, byteLength} = image.pixels;
	const pixels = new Uint32Array(buffer, byteOffset, byteLength / Uint32Array.BYTES_PER_ELEMENT);
	return {width: image.width, height: image.height, inked: pixels.reduce((count, pixel) => count + Number(pixel !== pixels[0]), 0)};
}
