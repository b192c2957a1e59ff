import type { EstateDocument, Text } from '../../account/estate-data.js';

/** A statement as the data source `aws_iam_policy_document` writes it. */
export interface BuiltStatement {
  readonly Sid?: Text;
  readonly Effect: Text;
  readonly [element: string]: unknown;
}

export interface BuiltDocument {
  readonly Version: string;
  readonly Id?: string;
  readonly Statement: readonly BuiltStatement[];
}

/** What could be rebuilt of a document that is known only after apply. */
export type Rebuilt =
  /** `missing` says why there may be more statements than these. */
  | { readonly document: BuiltDocument; readonly missing?: string }
  | { readonly document?: undefined; readonly missing: string };

/**
 * Lays documents over each other as the provider does: the highest Version counts, and a statement with a Sid takes the place of the
 * one that has it already.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function mergeDocuments(documents: readonly BuiltDocument[]): BuiltDocument {
  const statements: BuiltStatement[] = [];
  const places = new Map<string, number>();
  let version = '';
  let id: string | undefined;
  for (const document of documents) {
    if (document.Version > version) version = document.Version;
    id = document.Id ?? id;
    for (const statement of document.Statement) {
      const sid = typeof statement.Sid === 'string' ? statement.Sid : '';
      const place = sid === '' ? undefined : places.get(sid);
      if (place !== undefined) {
        statements[place] = statement;
        continue;
      }
      if (sid !== '') places.set(sid, statements.length);
      statements.push(statement);
    }
  }
  return { Version: version, ...(id === undefined ? {} : { Id: id }), Statement: statements };
}

export const asEstateDocument = (document: BuiltDocument): EstateDocument =>
  document as unknown as EstateDocument;
