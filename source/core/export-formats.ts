/** What can be made of a journal for another tool: the words of `open --as`. */
export const exportFormats = ['mermaid', 'svg', 'csv', 'text'] as const;
export type ExportFormat = (typeof exportFormats)[number];
