export function compileLayout(): Promise<string>;
/** Path of the committed layout. */
export const MADE: string;
