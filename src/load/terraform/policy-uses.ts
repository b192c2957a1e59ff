import type { EstateDocument, InlinePolicy, Origin, UnresolvedPolicy } from '../../account/estate-data.js';
import { asEstateDocument, type BuiltDocument, mergeDocuments, type Rebuilt } from './document-model.js';
import { at, filledText, isMembers, type JsonPath, listOf, own, parsedJson, textOf } from './json-value.js';
import { blockStatements } from './policy-document.js';
import { oneOf, type Reading } from './reading.js';
import type { Target } from './reference-resolver.js';
import { attributePath, expressionsOf, isOpen, type TerraformResource } from './terraform-resource.js';

/** A policy argument to read. */
export interface PolicyArgument {
  readonly resource: TerraformResource;
  readonly path: JsonPath;
  /** Name of the policy for people. */
  readonly name: string;
  /** Its expression, when it does not stand at the same path of the configuration. */
  readonly expression?: unknown;
}

/** A policy whose text the file has, or should have. */
export type TextPolicy = InlinePolicy | UnresolvedPolicy;

/** The name of what is not known of a policy. */
export const restOf = (name: string): string => `${name} (the rest)`;

/** Of a policy that has no parts, what is not wholly known is not known. */
export function wholePolicy(
  uses: readonly TextPolicy[],
): { readonly document: EstateDocument } | { readonly unresolved: string } {
  const lost = uses.find((use) => 'unresolved' in use);
  if (lost !== undefined) return { unresolved: lost.unresolved };
  const [use] = uses.filter((one) => 'document' in one);
  return use === undefined ? { unresolved: 'its text is empty' } : { document: use.document };
}

/** Reads policy texts, and rebuilds those that are known only after apply. */
export class PolicyReader {
  readonly #reading: Reading;
  readonly #file: string | undefined;
  readonly #rebuilt = new Map<string, Rebuilt>();

  constructor(reading: Reading, file: string | undefined) {
    this.#reading = reading;
    this.#file = file;
  }

  origin(path: string): Origin {
    return this.#file === undefined ? { path } : { file: this.#file, path };
  }

  /** The policies that an argument holds: none when it is not there or empty, two when only a part of its text is known. */
  uses({ resource, path, name, expression }: PolicyArgument): readonly TextPolicy[] {
    const where = attributePath(resource, path);
    const value = at(resource.values, path);
    const origin = this.origin(where);
    if (isMembers(value)) return [{ name, document: value as unknown as EstateDocument, origin }];
    const text = typeof value === 'string' ? value.trim() : undefined;
    if (text === '') {
      this.#reading.report({
        code: 'ignored',
        path: where,
        message: 'the policy text is empty: there is no such policy',
        hint: 'leave the argument out, or write the policy',
      });
      return [];
    }
    if (text !== undefined) return [this.#written(text, name, where)];
    if (!isOpen(resource, path)) return [];
    const written = expression ?? at(expressionsOf(resource), path);
    return this.#computed(this.#reading.resolver.targetsOf(resource, written), name, where);
  }

  /** Like `uses`, for arguments that every such resource has: nothing there means that nobody knows what it is. */
  required(argument: PolicyArgument): readonly TextPolicy[] {
    const { resource, path, name } = argument;
    const value = at(resource.values, path);
    if ((value === undefined || value === null) && !isOpen(resource, path)) {
      const where = attributePath(resource, path);
      return [this.unresolved(name, where, 'the file does not have its text')];
    }
    return this.uses(argument);
  }

  unresolved(name: string, where: string, reason: string): UnresolvedPolicy {
    this.#reading.report({
      code: 'unresolvedReference',
      path: where,
      message: `the text of this policy is not known: ${reason}`,
      hint: 'answers that hang on it depend on it; load the state after apply, or use aws_iam_policy_document',
    });
    return { name, unresolved: reason, origin: this.origin(where) };
  }

  #written(text: string, name: string, where: string): TextPolicy {
    const document = parsedJson(text);
    if (isMembers(document)) return { name, document: text, origin: this.origin(where) };
    const reason = 'its text is no JSON object';
    this.#reading.report({
      code: 'malformed',
      path: where,
      message: `the policy cannot be read: ${reason}`,
      hint: 'write one JSON object',
    });
    return { name, unresolved: reason, origin: this.origin(where) };
  }

  #computed(targets: readonly Target[], name: string, where: string): readonly TextPolicy[] {
    const objects = targets.filter((one) => one.kind !== 'value');
    const [target, ...others] = objects.length === 0 ? targets : objects;
    const rebuilt =
      target === undefined || others.length > 0
        ? { missing: 'it is computed while applying' }
        : this.#ofTarget(target, where);
    if (rebuilt.document === undefined) return [this.unresolved(name, where, rebuilt.missing)];
    const origin = this.origin(where);
    const use: InlinePolicy = { name, document: asEstateDocument(rebuilt.document), origin };
    if (rebuilt.missing === undefined) return [use];
    return [use, this.unresolved(restOf(name), where, rebuilt.missing)];
  }

  /** What a reference in a policy argument leads to, as a document. */
  #ofTarget(target: Target, where: string): Rebuilt {
    if (target.kind === 'value') return fromText(textOf(target.value), `${where} is not known`);
    if (target.kind === 'open') return { missing: `it is computed from ${target.reference}` };
    const [instance, ...others] = target.instances;
    if (target.oneOf === true) return { missing: `count.index chooses ${oneOf(target.instances)}` };
    const [attribute = 'json', ...below] = target.path.map(String);
    if (instance === undefined || others.length > 0 || below.length > 0) {
      return { missing: 'it is computed from several resources' };
    }
    if (instance.type === 'aws_iam_policy_document' && instance.mode === 'data') {
      if (attribute === 'json' || attribute === 'minified_json') return this.rebuild(instance);
    } else if (/policy|^json$|^content$/.test(attribute)) {
      const text = filledText(own(instance.values, attribute));
      if (text !== undefined) return fromText(text, '');
      const inner = this.#inner(instance, attribute, where);
      if (inner !== undefined) return inner;
    }
    return { missing: `it is computed from ${attributePath(instance, [attribute])}` };
  }

  /** `policy = aws_iam_policy.other.policy` takes over what that one refers to. */
  #inner(instance: TerraformResource, attribute: string, where: string): Rebuilt | undefined {
    const key = attributePath(instance, [attribute]);
    const known = this.#rebuilt.get(key);
    if (known !== undefined) return known;
    this.#rebuilt.set(key, { missing: 'it refers to itself' });
    const [target, ...others] = this.#reading.resolver.targetsAt(instance, [attribute]);
    const found = target === undefined || others.length > 0 ? undefined : this.#ofTarget(target, where);
    this.#rebuilt.set(key, found ?? { missing: `it is computed from ${key}` });
    return found;
  }

  /** The document of a data source `aws_iam_policy_document`, from its text or its blocks. */
  rebuild(resource: TerraformResource): Rebuilt {
    const known = this.#rebuilt.get(resource.address);
    if (known !== undefined) return known;
    this.#rebuilt.set(resource.address, { missing: 'it refers to itself' });
    const text = filledText(own(resource.values, 'json'));
    const found =
      text === undefined ? this.#fromBlocks(resource) : fromText(text, 'its text is no JSON object');
    this.#rebuilt.set(resource.address, found);
    return found;
  }

  #fromBlocks(resource: TerraformResource): Rebuilt {
    const { statements, missing } = blockStatements(this.#reading, resource);
    const id = filledText(own(resource.values, 'policy_id'));
    const version = filledText(own(resource.values, 'version')) ?? '2012-10-17';
    const document: BuiltDocument = {
      Version: version,
      ...(id === undefined ? {} : { Id: id }),
      Statement: statements,
    };
    if (isOpen(resource, ['version']))
      return { missing: `${resource.address}.version is known only after apply` };
    const sources = [
      ...this.#parts(resource, ['source_json']),
      ...this.#parts(resource, ['source_policy_documents']),
    ];
    const overrides = [
      ...this.#parts(resource, ['override_policy_documents']),
      ...this.#parts(resource, ['override_json']),
    ];
    if (sources.length + overrides.length === 0) {
      return missing === undefined ? { document } : { document, missing: `${resource.address}: ${missing}` };
    }
    // What is not known may take the place of statements that are: nothing is left that is certain.
    const parts: Rebuilt[] = [
      ...sources,
      missing === undefined ? { document } : { document, missing },
      ...overrides,
    ];
    const documents: BuiltDocument[] = [];
    for (const part of parts) {
      if (part.document === undefined || part.missing !== undefined)
        return { missing: `a part of ${resource.address} is not known: ${part.missing}` };
      documents.push(part.document);
    }
    return { document: mergeDocuments(documents) };
  }

  /** The documents that a data source is laid over, or that are laid over it. */
  #parts(resource: TerraformResource, path: JsonPath): readonly Rebuilt[] {
    const where = attributePath(resource, path);
    const value = at(resource.values, path);
    const list = Array.isArray(value) ? listOf(value) : value === undefined || value === null ? [] : [value];
    const open = isOpen(resource, path);
    if (list.length === 0 && !open) return [];
    const targets = this.#reading.resolver.targetsAt(resource, path).filter((one) => one.kind !== 'value');
    if (open && !Array.isArray(value)) {
      // One text, or a list of which not even the length is known.
      const single = String(path[0]).endsWith('_json') && targets.length === 1 ? targets[0] : undefined;
      return [
        single === undefined
          ? { missing: `${where} is known only after apply` }
          : this.#ofTarget(single, where),
      ];
    }
    const unknown = list.map((item, i) => item === null || isOpen(resource, [...path, i]));
    const matched = unknown.filter(Boolean).length === targets.length ? [...targets] : [];
    return list.flatMap((item, i): Rebuilt[] => {
      if (!unknown[i])
        return textOf(item)?.trim() === '' ? [] : [fromText(textOf(item), `${where}[${i}] is no JSON`)];
      const target = matched.shift();
      return [
        target === undefined
          ? { missing: `${where}[${i}] is known only after apply` }
          : this.#ofTarget(target, where),
      ];
    });
  }
}

function fromText(text: string | undefined, reason: string): Rebuilt {
  const document = text === undefined ? undefined : parsedJson(text);
  if (!isMembers(document)) return { missing: reason };
  const { Statement } = document;
  const statements = Array.isArray(Statement) ? Statement : Statement === undefined ? [] : [Statement];
  const version = filledText(document.Version) ?? '2008-10-17';
  return {
    document: { ...document, Version: version, Statement: statements } as unknown as BuiltDocument,
  };
}
