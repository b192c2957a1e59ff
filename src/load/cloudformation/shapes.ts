import type { Shape } from './shape.js';
import { databaseShapes } from './shapes-data.js';
import { identityShapes } from './shapes-identity.js';
import { messageShapes } from './shapes-messages.js';
import { runtimeShapes } from './shapes-runtime.js';

export const shapes: ReadonlyMap<string, Shape> = new Map(
  [identityShapes, messageShapes, databaseShapes, runtimeShapes].flatMap((group) => Object.entries(group)),
);
