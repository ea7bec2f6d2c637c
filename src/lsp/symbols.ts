import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import { consumerKindOfType } from '../agentcore/facts/consumer-kinds.js';
import { consumerKey } from '../lint/outcome.js';
import type { CheckedRun } from '../lint/run.js';
import { visible } from '../plain/visible.js';
import { Navigation } from './navigation.js';

/** The AgentCore resources of a file, consumers with how their exchange ended. */
export function documentSymbols(
  run: CheckedRun,
  file: string,
  uriOf: (file: string) => string,
): DocumentSymbol[] {
  const navigation = new Navigation(run, uriOf);
  const shown = (text: string): string => visible(run.result.masking?.text(text) ?? text);
  return navigation.resources(file).map((node) => {
    const place = { instance: node.instance, path: node.cursor.path };
    const outcome = run.outcomes.get(consumerKey(file, node.logicalId));
    const type = node.type.split('::').at(-1) ?? node.type;
    return {
      name: shown(node.instance.template.input.nameOf(node.logicalId)),
      detail: shown(outcome === undefined ? type : `${type}, ${outcome}`),
      kind: consumerKindOfType(node.type) === undefined ? SymbolKind.Object : SymbolKind.Function,
      range: navigation.extent(place),
      selectionRange: navigation.location(place).range,
    };
  });
}
