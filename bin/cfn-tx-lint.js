#!/usr/bin/env node
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

/*
 * Starts the program, which is one file, and keeps what V8 compiles of it for the runs to come: more than half of what a
 * short run costs is compiling the functions that it calls. Node's own compile cache keeps a file as it is before the
 * first of its functions is called, so it spares a run a third of that only.
 *
 * An entry is named by the content of the program and the version of Node, and V8 refuses one that does not fit. It lies in
 * the user's cache folder, and only one that nobody else can write into is used. NODE_DISABLE_COMPILE_CACHE=1 turns it
 * off, NODE_COMPILE_CACHE names another folder; both are Node's own.
 */
const PROGRAM = path.join(__dirname, '..', 'dist', 'cli.cjs');

/** The build writes the hash of the program into its first line. */
const HASH = /^"use strict";\/\*([0-9a-f]{16})\*\//;

/** Entries that were written so long ago are taken away when a new one is written. */
const DAYS_KEPT = 30;
const DAY = 24 * 60 * 60 * 1000;

/** Loads the program, runs it, and keeps what was compiled where there is no entry yet. */
async function start() {
  // The build leaves nothing but ASCII in it.
  const source = fs.readFileSync(PROGRAM, 'latin1');
  const entry = entryOf(source);
  const cachedData = entry && readEntry(entry);
  const wrapped = `(function(exports,require,module,__filename,__dirname){${source}\n})`;
  const script = new vm.Script(wrapped, { filename: PROGRAM, cachedData });
  const program = loadedModule();
  script.runInThisContext()(program.exports, requireOf(program), program, PROGRAM, path.dirname(PROGRAM));
  const { main, warmUp } = program.exports;
  await main();
  const isMissing = cachedData === undefined || script.cachedDataRejected === true;
  // A machine that is thrown away after the run has no use for an entry.
  if (entry === undefined || !isMissing || process.env.CI || process.exitCode > 1) return;
  try {
    await warmUp();
    writeEntry(entry, script.createCachedData());
  } catch {
    // The report is out: where nothing can be kept, the next run is as slow as this one.
  }
}

/** The program as a module, so that its parts find it as they would if Node had loaded it. */
function loadedModule() {
  const made = new module.constructor(PROGRAM, module);
  made.filename = PROGRAM;
  made.loaded = true;
  require.cache[PROGRAM] = made;
  return made;
}

/** Modules of Node's that are loaded already: asking for one of them each time costs as much as parsing a template. */
const LOADED = { 'node:fs': fs, 'node:path': path };

/** The program's `require`. Its other parts, which few runs need, are kept by Node, from 22.1 on. */
function requireOf(program) {
  let isFirst = true;
  return (id) => {
    if (LOADED[id] !== undefined) return LOADED[id];
    if (isFirst && id.startsWith('.')) {
      isFirst = false;
      require('node:module').enableCompileCache?.();
    }
    return program.require(id);
  };
}

/** The path of the program's entry; undefined where there is no place for it. */
function entryOf(text) {
  const { NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA, HOME } = process.env;
  const [, hash] = HASH.exec(text) ?? [];
  if (NODE_DISABLE_COMPILE_CACHE || hash === undefined) return undefined;
  const folder =
    NODE_COMPILE_CACHE ||
    XDG_CACHE_HOME ||
    (process.platform === 'win32' ? LOCALAPPDATA : HOME && path.join(HOME, '.cache'));
  if (!folder || !path.isAbsolute(folder)) return undefined;
  const own = path.join(folder, 'cfn-tx-lint');
  return isOwn(own) ? path.join(own, `${hash}-${process.version}-${process.arch}`) : undefined;
}

/** Whether nobody but this user and root can write into a folder, or it is yet to be made. */
function isOwn(folder) {
  try {
    const stats = fs.statSync(folder, { throwIfNoEntry: false });
    if (stats === undefined || process.getuid === undefined) return true;
    return stats.uid === process.getuid() && (stats.mode & 0o022) === 0;
  } catch {
    return false;
  }
}

/**
 * What an entry holds; undefined where there is none that is whole. V8 does not look whether what it is given is what it
 * made, and crashes on less than a byte, so an entry holds everything twice: comparing that is faster than any sum.
 */
function readEntry(file) {
  try {
    const twice = fs.readFileSync(file);
    const half = twice.subarray(0, twice.length / 2);
    return half.equals(twice.subarray(half.length)) ? half : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the entry as a whole or not at all. */
function writeEntry(file, data) {
  const folder = path.dirname(file);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unfinished = `${file}.${process.pid}`;
  fs.writeFileSync(unfinished, Buffer.concat([data, data]), { mode: 0o600, flag: 'wx' });
  fs.renameSync(unfinished, file);
  for (const name of fs.readdirSync(folder)) {
    const other = path.join(folder, name);
    if (Date.now() - fs.statSync(other).mtimeMs > DAYS_KEPT * DAY) fs.rmSync(other);
  }
}

void start();
