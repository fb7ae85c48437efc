// The source tree as the conventions see it: every tracked or new file, and what each module imports.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

export const ROOT = path.join(import.meta.dirname, "../..");

/** `to` is a path from the root without extension, or `npm:` and the name of a package or builtin. */
export type Import = { from: string; to: string; isType: boolean };

export type Source = { file: string; text: string; lines: number };

/** Every file that belongs to the repository, from its root. */
export function trackedFiles(): string[] {
  const list = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: ROOT });
  return list
    .toString()
    .split("\n")
    .filter((file) => file !== "" && existsSync(path.join(ROOT, file)));
}

export function read(file: string): Source {
  const text = readFileSync(path.join(ROOT, file), "utf8");
  return { file, text, lines: text.split("\n").length - 1 };
}

/** Static, dynamic and re-exporting imports; one that TypeScript erases is marked as a type. */
export function importsOf({ file, text }: Source): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, isType: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier)) {
      found.push({ from: file, to: resolve(file, specifier.text), isType });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isErased(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && loads(node.expression)) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found;
}

function loads(expression: ts.Expression): boolean {
  const isRequire = ts.isIdentifier(expression) && expression.text === "require";
  return isRequire || expression.kind === ts.SyntaxKind.ImportKeyword;
}

function isErased(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  if (clause.name || !named || !ts.isNamedImports(named)) return false;
  return named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
}

function resolve(from: string, specifier: string): string {
  const isOwn = specifier.startsWith("@/") || specifier.startsWith(".");
  if (!isOwn) return `npm:${specifier}`;
  const target = specifier.startsWith("@/") ? specifier.slice(2) : path.posix.join(path.posix.dirname(from), specifier);
  return target.replace(/\.(tsx?|mjs)$/, "");
}
