import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A place in the code of a CDK app. */
export interface SourcePlace {
  /** Absolute. */
  readonly file: string;
  /** 1-based; the column is 1 where the host language does not tell it. */
  readonly line: number;
  readonly column: number;
}

/** How many frames of one stack are looked at: the CDK writes ten. */
const MAX_FRAMES = 100;
const MAX_FRAME_LENGTH = 1_024;

/** `file:line:column`; hosts such as Python tell no column. */
const PLACE = /^(.+?):(\d{1,9})(?::(\d{1,9}))?$/;

/** Folders of installed code, and Node's own modules. */
const NOT_THE_USERS =
  /(?:^|[\\/])(?:node_modules|site-packages|dist-packages|\.m2)[\\/]|^node:|^internal[\\/]|^<|^\.\.\./;
/** The process in which the CDK runs for other languages, which unpacks itself into a folder for the moment. */
const JSII_RUNTIME = /[\\/](?:tmp|jsii-)[^\\/]*[\\/](?:lib[\\/]program|jsii-runtime)\.js$/;
/** Where the sources of a JVM language lie below an app, by package. */
const JVM_SOURCES = ['src/main/java', 'src/main/kotlin', 'src/main/scala', 'src', '.'];

/**
 * Where a construct stands in the user's own code: the first frame of the stack that the CDK wrote down when it was
 * made (`aws:cdk:creationStack`) that lies in no installed package and not in Node itself.
 *
 * Shape: `core/lib/private/stack-trace.js` of aws-cdk-lib 2.276.0. It leaves packages out by itself and writes
 * `...aws-cdk-lib...` in their place; older versions wrote them all, and those of the jsii runtime. The frames of another
 * language follow where jsii was asked for them (`JSII_HOST_STACK_TRACES=1`, jsii pull requests 5153 and 5158): without
 * a column, and for Java with the bare name of the file behind the class.
 *
 * @param frames as the assembly has them, the innermost first
 * @param app the absolute directory of the CDK app, which relative names start from
 * @returns undefined where no frame is the user's, or its file is a bare name that leads nowhere
 */
export function creationPlace(frames: readonly unknown[], app: string): SourcePlace | undefined {
  for (const frame of frames.slice(0, MAX_FRAMES)) {
    if (typeof frame !== 'string' || frame.length > MAX_FRAME_LENGTH || /^\s*\.\.\./.test(frame)) continue;
    const [, written, line, column = '1'] = PLACE.exec(placeIn(frame)) ?? [];
    const name = written === undefined ? undefined : fileOf(written);
    if (name === undefined || NOT_THE_USERS.test(name) || JSII_RUNTIME.test(name)) continue;
    const file = isAbsolute(name)
      ? name
      : [name, ...javaFiles(frame, name)].map((one) => path.resolve(app, one)).find(existsSync);
    if (file === undefined) continue;
    return {
      file,
      line: Math.max(1, Number(line)),
      column: Math.max(1, Number(column)),
    };
  }
  return undefined;
}

/** The place that a frame names: behind the function, `new Tools (file:line:column)`, or alone. */
function placeIn(frame: string): string {
  const text = frame.trim().replace(/^at\s/, '');
  const open = text.indexOf(' (');
  return open >= 0 && text.endsWith(')') ? text.slice(open + 2, -1) : text;
}

/** Where a file of a JVM language may lie, of which a frame such as `com.acme.Tools.<init> (Tools.java:4)` tells. */
function javaFiles(frame: string, name: string): string[] {
  const packages = /^\s*((?:[\w$]+\.)+)[\w$]+\.[\w$<>-]+ \(/.exec(frame)?.[1];
  if (packages === undefined || /[\\/]/.test(name)) return [];
  return JVM_SOURCES.map((folder) => path.join(folder, packages.replaceAll('.', '/'), name));
}

function fileOf(written: string): string | undefined {
  if (!written.startsWith('file:')) return written.includes('\0') ? undefined : written;
  try {
    return fileURLToPath(written);
  } catch {
    return undefined;
  }
}

/** A path of another system is absolute too: the assembly may come from a machine of another kind. */
function isAbsolute(name: string): boolean {
  return path.isAbsolute(name) || path.win32.isAbsolute(name);
}
