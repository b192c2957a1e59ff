import type { Text } from '../../account/estate-data.js';
import { holeOf } from './attribute-text.js';
import type { Work } from './identities.js';
import { own } from './json-value.js';
import { putOnFunction } from './lambda-permissions.js';
import { isOpen, type TerraformResource } from './terraform-resource.js';

const path = ['authorization_type'];

/**
 * With a URL that asks for no authorization the provider adds the permission to call it to the policy of the function.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function readFunctionUrls(work: Work): void {
  for (const resource of work.reading.index.ofType('aws_lambda_function_url')) {
    const open = isOpen(resource, path);
    if (own(resource.values, 'authorization_type') !== 'NONE' && !open) continue;
    putOnFunction(work, resource, 'permission of the function URL', (arn) => {
      if (open) return 'whether the URL asks for authorization is known only after apply';
      work.reading.report({
        code: 'ambiguous',
        path: resource.address,
        message:
          'newer versions of the provider allow lambda:InvokeFunction through the URL too, older ones do not',
        hint: 'write an aws_lambda_permission with invoked_via_function_url',
      });
      return statements(resource, arn);
    });
  }
}

function statements(resource: TerraformResource, arn: Text): readonly object[] {
  const everybody = { Effect: 'Allow', Principal: '*', Resource: arn };
  return [
    {
      Sid: 'FunctionURLAllowPublicAccess',
      ...everybody,
      Action: 'lambda:InvokeFunctionUrl',
      Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
    },
    {
      Sid: 'FunctionURLInvokeAllowPublicAccess',
      ...everybody,
      Action: 'lambda:InvokeFunction',
      Condition: {
        Bool: { 'lambda:InvokedViaFunctionUrl': 'true' },
        // Whether the provider writes this statement is not known: neither is then whether it matches.
        StringEquals: { 'lambda:InvokedViaFunctionUrl': holeOf(resource, ['invoked_via_function_url']) },
      },
    },
  ];
}
