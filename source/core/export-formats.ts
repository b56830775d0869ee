/** The languages that the lab can be had in, as programs. */
export const codeLanguages = ['typescript', 'javascript', 'python'] as const;
export type CodeLanguage = (typeof codeLanguages)[number];

/** What can be made of a journal for another tool: the words of `open --as`. */
export const exportFormats = ['mermaid', 'svg', 'csv', 'text', ...codeLanguages] as const;
export type ExportFormat = (typeof exportFormats)[number];
