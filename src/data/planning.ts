/**
 * What an estimate of a backup rests on. Where it is from is read at build alone: named imports
 * leave the sources out of what browsers get.
 */
import { assumptions, lines, links, plans } from './planning.json';
import type { Planning } from './schema.ts';

export const planning: Planning = { assumptions, lines, links, plans };
