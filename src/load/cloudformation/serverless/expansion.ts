import type { Finding } from '../symbolic.js';
import type { Raw } from './policies.js';

/** One serverless resource while it is expanded. */
export interface Expansion {
  readonly id: string;
  /** Its properties, globals merged in. */
  readonly properties: Raw;
  /** Its attributes that go to everything made of it: condition and metadata. */
  readonly attributes: Raw;
  readonly path: string;
  /** All resources of the template, those made so far among them. */
  readonly resources: Record<string, unknown>;
  /** All conditions of the template, those made so far among them. */
  readonly conditions: Record<string, unknown>;
  readonly report: (finding: Finding) => void;
}

/** Adds a resource with the condition of what it is made for. */
export function make(expansion: Expansion, id: string, type: string, properties: Raw): void {
  const { Condition } = expansion.attributes;
  const attributes =
    id === expansion.id ? expansion.attributes : Condition === undefined ? {} : { Condition };
  expansion.resources[id] = { ...attributes, Type: type, Properties: properties };
}

/** The same resource, for what is made only where one more condition holds. */
export function onlyIf(expansion: Expansion, name: string, condition: Raw): Expansion {
  const { Condition } = expansion.attributes;
  const all = Condition === undefined ? [condition] : [{ Condition }, condition];
  expansion.conditions[name] = { 'Fn::And': all };
  return { ...expansion, attributes: { Condition: name } };
}

export const arnOf = (id: string): Raw => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** A trust policy for services. */
export const trust = (...services: readonly string[]): Raw => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: services }, Action: ['sts:AssumeRole'] }],
});

export const allow = (action: string | readonly string[], resource: unknown): Raw => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
});

/** Leaves out what is not given. */
export const given = (members: Raw): Raw =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null));

/** Tags of serverless resources are a map; the transform adds one that says who made the resource. */
export function tagList(tags: unknown, createdBy?: string): unknown {
  const own = typeof tags === 'object' && tags !== null && !Array.isArray(tags) ? tags : {};
  const isFunction = Object.keys(own).some((key) => key.startsWith('Fn::') || key === 'Ref');
  if (Array.isArray(tags) || isFunction) return tags;
  const all = createdBy === undefined ? own : { [createdBy]: 'SAM', ...own };
  return Object.entries(all).map(([Key, Value]) => ({ Key, Value }));
}
