import { assemble } from '../account/assemble.js';
import type { Text } from '../account/estate-data.js';
import type { Caller, Facts } from '../account/facts.js';
import type { LinkedEstate } from '../account/link.js';
import { type Answer, answer } from './answer.js';

/** One question to an estate whose names are looked up: all that `can`, `whoCan` and the others ask. */
export const askCaller = (
  linked: LinkedEstate,
  caller: Caller,
  action: string,
  resource: Text,
  facts: Facts = {},
): Answer => answer(assemble(linked, caller, action, resource, facts));
