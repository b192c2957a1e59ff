import type { PrincipalInput } from '../index.js';
import { Fault } from './fault.js';

/** Identity providers that IAM knows by name rather than by ARN. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const builtInProviders: ReadonlySet<string> = new Set([
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
]);

/** Domains of service principals: `lambda.amazonaws.com`, `alexa-appkit.amazon.com`, `events.aws.internal`. */
const serviceName = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.[a-z.]+|amazon\.com|aws\.internal)$/i;

/** The PRINCIPAL argument: an ARN, a service principal, a provider or `anonymous`. */
export function readCaller(text: string): PrincipalInput {
  if (text === 'anonymous') return { anonymous: true };
  if (text.startsWith('arn:')) {
    return /:(oidc|saml)-provider\//.test(text) ? { federated: text } : { arn: text };
  }
  if (builtInProviders.has(text)) return { federated: text };
  if (serviceName.test(text)) return { service: text };
  throw new Fault(
    `\`${text}\` is no principal; write an ARN (arn:aws:iam::111122223333:user/alice), a service principal ` +
      '(lambda.amazonaws.com), an identity provider (its ARN, or accounts.google.com) or anonymous; names are those of an estate, as of --account FILE',
  );
}
