import type { EstateDocument, PolicyUse, Text } from '../../account/estate-data.js';
import { joinTexts } from '../../account/text.js';
import { readYamlTemplate } from '../cloudformation/yaml-template.js';
import { isWritten, type Work } from './identities.js';
import { isMembers, own, parsedJson } from './json-value.js';
import { attributePath, isOpen, type TerraformResource } from './terraform-resource.js';

export const apiType = 'aws_api_gateway_rest_api';
const extension = 'x-amazon-apigateway-policy';

/**
 * The policy of an API is an argument of its own or a part of its definition. A policy in a block of its own comes after the definition
 * and replaces what that says.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-policy.html
 */
export function apiPolicies(
  work: Work,
  resource: TerraformResource,
  ofArgument: readonly PolicyUse[],
): readonly PolicyUse[] {
  const { policies, draft } = work;
  const where = attributePath(resource, ['body']);
  const written = resource.configuration !== undefined && isWritten(resource, 'policy');
  // What AWS has is in the argument, whoever wrote it.
  const refreshed = !written && (ofArgument.length > 0 || isState(resource));
  if (refreshed || (ofArgument.length > 0 && isOpen(resource, ['body']))) return ofArgument;
  const inBody = policyOfBody(work, resource);
  if (ofArgument.length > 0) {
    if (inBody === undefined) return ofArgument;
    const reason = 'the API has a policy and its definition has one too';
    return [policies.unresolved('policy', where, reason)];
  }
  if (inBody === undefined) return [];
  draft.computed.add(inBody);
  return [inBody];
}

/** A state tells the policy of an API that has none as an empty text. */
const isState = (resource: TerraformResource): boolean =>
  !resource.planned && typeof own(resource.values, 'policy') === 'string';

function policyOfBody({ policies }: Work, resource: TerraformResource): PolicyUse | undefined {
  const where = attributePath(resource, ['body']);
  if (isOpen(resource, ['body']))
    return policies.unresolved('policy', where, 'the definition of the API is known only after apply');
  const text = own(resource.values, 'body');
  if (typeof text !== 'string' || text.trim() === '') return undefined;
  const definition = parsedJson(text) ?? parsedYaml(text, where);
  if (!isMembers(definition))
    return policies.unresolved('policy', where, 'the definition of the API is neither JSON nor YAML');
  const value = own(definition, extension);
  if (value === undefined || value === null) return undefined;
  const path = `${where}.${extension}`;
  if (!isMembers(value)) return policies.unresolved('policy', path, 'it is no object');
  return { name: 'policy', document: value as unknown as EstateDocument, origin: policies.origin(path) };
}

function parsedYaml(text: string, path: string): unknown {
  try {
    return readYamlTemplate(text, path, []);
  } catch {
    return undefined;
  }
}

/** API Gateway writes the ARN of the API before `execute-api:/stage/…`. */
export function relativeToApi({ draft }: Work, use: PolicyUse, arn: Text): PolicyUse {
  if (!('document' in use)) return use;
  const document = typeof use.document === 'string' ? parsedJson(use.document) : use.document;
  const statements: readonly unknown[] = [own(document, 'Statement')].flat();
  if (!isMembers(document) || !statements.some(isRelative)) return use;
  const Statement = statements.map((one) => (isRelative(one) ? withArn(one, arn) : one));
  const found = { ...use, document: { ...document, Statement } as unknown as EstateDocument };
  if (draft.computed.has(use)) draft.computed.add(found);
  return found;
}

const elements = ['Resource', 'NotResource'] as const;
const relative = /^execute-api:(?=\/)/;

const isRelative = (statement: unknown): boolean =>
  elements.some((name) =>
    [own(statement, name)].flat().some((one) => typeof one === 'string' && relative.test(one)),
  );

function withArn(statement: unknown, arn: Text): unknown {
  const out: Record<string, unknown> = { ...(statement as object) };
  for (const name of elements) {
    const value = out[name];
    if (value === undefined) continue;
    const list = [value].flat().map((one) => absolute(one, arn));
    out[name] = Array.isArray(value) ? list : list[0];
  }
  return out;
}

const absolute = (value: unknown, arn: Text): unknown =>
  typeof value === 'string' && relative.test(value) ? joinTexts(arn, value.replace(relative, '')) : value;
