import { benchMotifs } from './bench-motifs.ts';
import { worldMotifs } from './world-motifs.ts';

/** All that a cover may show. */
export const motifs = [...benchMotifs, ...worldMotifs];
