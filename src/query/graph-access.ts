import type { EstatePrincipal, EstateResource, Text } from '../account/estate-data.js';
import type { Facts } from '../account/facts.js';
import type { LinkedEstate } from '../account/link.js';
import { joinTexts, textKey, textWords } from '../account/text.js';
import {
  type AccessLevel,
  type CatalogAction,
  findAction,
  resourceTypesOf,
  services,
} from '../catalog/index.js';
import { splitArn } from '../value/arn.js';
import { matchPattern, type Pattern, parsePattern } from '../value/wildcard.js';
import { whatCanOn } from './what-can.js';
import type { Target } from './what-can-targets.js';

/** `read` is List and Read, `write` is Write and Tagging, `admin` is Permissions management. */
export type GraphAccess = 'read' | 'write' | 'admin';

/** What a principal may do to a resource of the estate, or to what is in it. */
export interface ResourceAccess {
  readonly resource: EstateResource;
  /** In the order read, write, admin. */
  readonly levels: readonly GraphAccess[];
  /** Of those, what depends on something that nobody knows. */
  readonly depends: readonly GraphAccess[];
  readonly actions: readonly string[];
}

const accessOf: Readonly<Record<AccessLevel, GraphAccess>> = {
  List: 'read',
  Read: 'read',
  Write: 'write',
  Tagging: 'write',
  'Permissions management': 'admin',
};
const all: readonly GraphAccess[] = ['read', 'write', 'admin'];

/** What an ARN of a type goes on with for what is in the thing: objects, items, messages have no ARN or one of these. */
const within: Readonly<Record<string, string>> = {
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-resources-for-iam-policies
  'AWS::S3::Bucket': '/',
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html#amazondynamodb-resources-for-iam-policies
  'AWS::DynamoDB::Table': '/index/',
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html#awslambda-resources-for-iam-policies
  'AWS::Lambda::Function': ':',
};

/** All resources of the estate that a principal may do something to. */
export function accessTo(
  linked: LinkedEstate,
  principal: EstatePrincipal,
  facts: Facts,
): readonly ResourceAccess[] {
  const caller = { kind: 'principal', key: textKey(principal.arn) } as const;
  return linked.data.resources.flatMap((resource): ResourceAccess[] => {
    const { entries } = whatCanOn(linked, caller, targetsIn(resource), facts, true);
    const listed = entries.map(({ verdict, target, actions }) => ({
      verdict,
      found: actions.map((action) => findAction(action)!).filter((action) => worksOn(action, target)),
    }));
    const levels = (wanted?: 'allowed') =>
      new Set(
        listed
          .filter(({ verdict }) => wanted === undefined || verdict === wanted)
          .flatMap(({ found }) => found.map(({ accessLevel }) => accessOf[accessLevel])),
      );
    const [some, sure] = [levels(), levels('allowed')];
    if (some.size === 0) return [];
    return [
      {
        resource,
        levels: all.filter((level) => some.has(level)),
        depends: all.filter((level) => some.has(level) && !sure.has(level)),
        actions: [...new Set(listed.flatMap(({ found }) => found.map(({ action }) => action)))].sort(),
      },
    ];
  });
}

/**
 * Whether an action does something to a resource: it is of the service of the resource, where actions have one of that name, and works on
 * its type. Actions of other services name it as what they use: events:CreateArchive has a KMS key.
 */
function worksOn({ service, resourceTypes }: CatalogAction, resource: Text): boolean {
  const arn = textKey(resource);
  const of = splitArn(arn)[2]!;
  if (service !== of && services().includes(of)) return false;
  const names = resourceTypes.map(({ name }) => name);
  return resourceTypesOf(service).some(
    ({ name, arns }) => names.includes(name) && arns.some((shape) => matchPattern(shapeOf(shape), arn)),
  );
}

/** Any text may stand in place of a placeholder. */
const shapeOf = (arn: string): Pattern => parsePattern(arn.replace(/\$\{[^}]*\}/g, '*'));

/** The resource itself, and whatever is in it. */
function targetsIn({ arn, type }: EstateResource): readonly Target[] {
  const own: Target = { resource: textWords(arn), text: arn };
  const inside = within[type];
  if (inside === undefined) return [own];
  const text: Text = joinTexts(arn, inside, { hole: 'anything' });
  return [own, { resource: `${own.resource}${inside}*`, text }];
}
