import { testCondition } from '../condition/condition.js';
import { testAction } from '../match/action.js';
import { testNotPrincipal, testPrincipal } from '../match/principal.js';
import { testResource } from '../match/resource.js';
import type { Request } from '../request/request.js';
import type { Outcome } from '../value/outcome.js';
import type { Leaf } from './plan.js';

/** The meaning of a leaf: the one place where every reader of a plan asks. */
export function testLeaf(leaf: Leaf, request: Request): Outcome {
  // Those that are asked most stand first.
  switch (leaf.element) {
    case 'Condition':
      return testCondition(leaf.test, request);
    case 'Resource':
    case 'NotResource':
      return testResource(leaf.test, request);
    case 'Principal':
      return testPrincipal(leaf.test, leaf.effect, request.principal);
    case 'NotPrincipal':
      return testNotPrincipal(leaf.test, request.principal);
    case 'Action':
    case 'NotAction':
      return testAction(leaf.test, request.action);
  }
}
