/**
 * What is known beforehand of the names of a resource type. In patterns, `{name}` is the physical name, `{arn}` the ARN,
 * `{partition}`, `{region}` and `{account}` those of the stack, `{mrk}` how the ids of keys of several regions begin, and `{.Property}` a
 * property of the resource.
 */
export interface Shape {
  /** The property that gives the physical name. */
  readonly name?: string;
  readonly arn?: string;
  /** What `Ref` returns; `{name}` unless said. */
  readonly ref?: string;
  /** Attributes of `Fn::GetAtt` besides `Arn`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Ids of this type begin so. */
  readonly prefix?: string;
  /** Generated names of this type do not begin with the stack. */
  readonly stackless?: boolean;
  /** Names of this type have no capitals. */
  readonly lower?: boolean;
  /** It cannot carry a resource policy or tags that a policy reads: no resource of the estate. */
  readonly hidden?: boolean;
}
