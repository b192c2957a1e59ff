import type { NestedTemplates } from './nested.js';

/** A value for a parameter or an export. */
export type Given = string | number | boolean | readonly (string | number)[];

/** With what a template is deployed. Nothing is guessed: what is not given is reported when it matters. */
export interface CloudFormationOptions {
  /** 12 digits; `123456789012` stands for it when it is not given, with a diagnostic. */
  readonly accountId?: string | undefined;
  /** `us-east-1` stands for it when it is not given, with a diagnostic. */
  readonly region?: string | undefined;
  /** `aws` unless the region is of another one. */
  readonly partition?: string | undefined;
  /** Begins the names of resources that the template does not name; the name of the file when it is not given. */
  readonly stackName?: string | undefined;
  /** Values of parameters; also of dynamic references, by their text (`{{resolve:ssm:/app/bucket}}`). */
  readonly parameters?: Readonly<Record<string, Given>> | undefined;
  /** Values of `Fn::ImportValue`, by the name of the export, and of `Fn::GetStackOutput`, by `stack.Output`. */
  readonly imports?: Readonly<Record<string, Given>> | undefined;
  /** Templates of nested stacks, by logical id, by `TemplateURL` or by file name. */
  readonly nested?: NestedTemplates | undefined;
  /** What the file is called in diagnostics. */
  readonly file?: string | undefined;
  /** Construct paths, or other names, by logical id. */
  readonly names?: Readonly<Record<string, string | readonly string[]>> | undefined;
}
