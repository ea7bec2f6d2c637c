const REFUSED = /^(?:node:)?(?:net|child_process)$/;

/**
 * Leaves out what the library of the language server could open sockets and start processes with: the server speaks
 * over standard input and output, and the package is to hold nothing that could do more.
 */
export const noConnections = {
  name: 'no-connections',
  setup(api) {
    api.onResolve({ filter: REFUSED }, ({ path, importer }) =>
      /[\\/]node_modules[\\/]vscode-/.test(importer) ? { path, namespace: 'no-connections' } : undefined,
    );
    api.onLoad({ filter: REFUSED, namespace: 'no-connections' }, () => ({
      contents: 'module.exports = {};',
    }));
  },
};
