import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const NAME = 'cfn-tx-lint';

export interface Registry {
  readonly url: string;
  readonly version: string;
  /** How often the package was fetched. */
  downloads(): number;
  close(): Promise<void>;
}

/**
 * An npm registry on this machine that has one package in one version.
 *
 * @param tarball the absolute file of the package
 */
export async function servePackage(tarball: string): Promise<Registry> {
  const content = readFileSync(tarball);
  const version = /-(\d[^/]*)\.tgz$/.exec(tarball)?.[1] ?? '';
  let downloads = 0;
  const server = createServer((request, response) => {
    if (request.url === `/${NAME}`) {
      const dist = {
        tarball: `${url}/${NAME}-${version}.tgz`,
        integrity: `sha512-${createHash('sha512').update(content).digest('base64')}`,
      };
      const versions = { [version]: { name: NAME, version, bin: { [NAME]: `bin/${NAME}.js` }, dist } };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ name: NAME, 'dist-tags': { latest: version }, versions }));
    } else if (request.url === `/${NAME}-${version}.tgz`) {
      downloads++;
      response.end(content);
    } else {
      response.writeHead(404).end('{}');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    version,
    downloads: () => downloads,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
